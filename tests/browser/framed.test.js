// The page for frames: it tells its height, and settles.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, launch } from './harness.js';
import { openFramed } from './scenes.js';

for (const name of BROWSERS) {
  describe(name, { timeout: 180_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    test('the frame is told the height, a host that follows it shows no scroll bar, and nothing rocks', async () => {
      // A page of the same site plays the host; it is the frame in it that is looked at.
      const page = await openFramed(browser, 'scene=two-coins');
      await page.evaluate(() => {
        document.body.textContent = '';
        window.heights = [];
        addEventListener('message', ({ data, source }) => {
          const frame = document.querySelector('iframe');
          if (source !== frame.contentWindow || data?.type !== 'kl-resize') return;
          window.heights.push(data.height);
          frame.height = data.height;
        });
        const frame = document.createElement('iframe');
        frame.width = 700;
        frame.height = 100;
        frame.src = 'embed.html?scene=two-bells&p_mean=0';
        document.body.append(frame);
      });
      await page.waitForFunction(() => {
        const root = document.querySelector('iframe').contentDocument?.documentElement;
        return window.heights.length > 0 && root && root.querySelector('kl-scene')?.reply !== null && root.scrollHeight === window.heights.at(-1) && root.scrollHeight > 400;
      });
      const before = await page.evaluate(() => window.heights.length);
      await page.evaluate(async () => {
        for (let frame = 0; frame < 20; frame += 1) await new Promise(requestAnimationFrame);
      });
      assert.equal(await page.evaluate(() => window.heights.length), before, 'it goes on telling');
      await page.evaluate(() => (document.querySelector('iframe').width = 360));
      await page.waitForFunction((n) => window.heights.length > n && window.heights.at(-1) > 700, {}, before);
      await assertClean(page);
    });
  });
}
