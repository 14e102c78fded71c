// The page for frames: it tells its height, and settles.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, HOME, launch, openPage } from './harness.js';

/** A course page of another origin, that gives the frame the height that it asks for. */
const HOST = `<!doctype html><title>A course</title>
  <iframe width=800 height=100 src="${HOME}www/embed.html?scene=two-bells&p_mean=0" title="KL Explorer"></iframe><script>
  window.heights = [];
  const frame = document.querySelector('iframe');
  addEventListener('message', ({ data, source }) => {
    if (source !== frame.contentWindow || data?.type !== 'kl-resize') return;
    heights.push(data.height);
    frame.height = data.height;
  });</script>`;

let server;
let home;

before(async () => {
  server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(request.url === '/' ? HOST : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  home = `http://127.0.0.1:${server.address().port}/`;
});

after(() => server.close());

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    test('the frame is told the height, a host that follows it shows no scroll bar, and nothing rocks', async () => {
      const page = await openPage(browser, home);
      const framed = await page.waitForFrame((frame) => frame.url().includes('embed.html'));
      await framed.evaluate(() => document.querySelector('kl-scene').ready);
      // Once the host has followed, the frame has no more to scroll.
      const settled = () => framed.waitForFunction(() => document.documentElement.scrollHeight === innerHeight && innerHeight > 400);
      await settled();
      const told = () => page.evaluate(() => window.heights.length);
      const before = await told();
      await framed.evaluate(async () => {
        for (let frame = 0; frame < 20; frame += 1) await new Promise(requestAnimationFrame);
      });
      assert.equal(await told(), before, 'it goes on telling');
      const wide = await page.evaluate(() => window.heights.at(-1));
      await page.$eval('iframe', (frame) => (frame.width = 360));
      await page.waitForFunction((height) => window.heights.at(-1) > height, {}, wide);
      await settled();
      await assertClean(page, { allow: /^request to another origin/ });
    });
  });
}
