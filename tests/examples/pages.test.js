// A page of one's own: the element in it, or a frame.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, launch, openPage } from '../browser/harness.js';
import { assertLive, assertPolite, openFramed, serve, stage } from './examples.js';

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    test('the element in a page, and the page beside it that reads its number', async (t) => {
      const home = await serve(t, await stage('page', { site: 'kl-explorer' }));
      const page = await openPage(browser, home);
      await assertLive(page);
      const [told, text] = await page.evaluate(() => [
        document.getElementById('forward').value,
        document.querySelector('kl-scene').readouts.forward.text,
      ]);
      assert.equal(told, text);
      await assertClean(page);
    });

    test('a frame, which takes the height that it asks for', async (t) => {
      const home = await serve(t, await stage('frame', { site: 'kl-explorer' }));
      const { page, frame, element } = await openFramed(browser, home);
      await assertPolite(element);
      await assertLive(page, frame);
      await frame.waitForFunction(() => document.documentElement.scrollHeight === innerHeight);
      await assertClean(page);
    });
  });
}
