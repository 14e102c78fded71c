// The harness itself: it must see each fault that it is there for, and be in earnest about pointers, keys and preferences.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, drag, faults, launch, openPage } from './harness.js';

const CANVAS = `<!doctype html><title>t</title><canvas width=300 height=300 style="touch-action:none;border:0"></canvas>
  <input type=range min=0 max=10 value=5><script>
  window.seen = []; const canvas = document.querySelector('canvas');
  for (const type of ['pointerdown', 'pointermove', 'pointerup'])
    canvas.addEventListener(type, (e) => seen.push([type, e.pointerType, e.isTrusted]));
  </script>`;

const PAGES = {
  '/clean': '<!doctype html><title>t</title><meta name=viewport content="width=device-width"><script>console.log("fine")</script><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
  '/console': '<!doctype html><title>t</title><script>console.warn("careful"); console.error("wrong")</script>',
  '/thrown': '<!doctype html><title>t</title><script>setTimeout(() => { throw new Error("dropped") }); Promise.reject(new Error("refused"))</script>',
  '/missing': '<!doctype html><title>t</title><img src=/none.png>',
  '/foreign': '<!doctype html><title>t</title><script>new Image().src = `http://localhost:${location.port}/clean`</script>',
  '/strict': '<!doctype html><title>t</title><p style="color: red">',
  '/canvas': CANVAS,
};

let server;
let home;

before(async () => {
  server = createServer((request, response) => {
    const headers = { 'Content-Type': 'text/html; charset=utf-8' };
    if (request.url === '/strict') headers['Content-Security-Policy'] = "default-src 'none'";
    const page = request.url === '/favicon.ico' ? '' : PAGES[request.url];
    response.writeHead(page === undefined ? 404 : 200, headers).end(page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  home = `http://127.0.0.1:${server.address().port}`;
});

after(() => server.close());

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    test('a clean page is clean', async () => {
      const page = await openPage(browser, `${home}/clean`);
      await assertClean(page);
    });

    for (const [path, ...expected] of [
      ['/console', /^console warn: careful/, /^console error: wrong/],
      ['/thrown', /^thrown: .*dropped/, /^thrown: .*refused/],
      ['/missing', /^failed request: .*none\.png 404/],
      ['/foreign', /^request to another origin: http:\/\/localhost:/],
      ['/strict', /content security policy: style-src/i],
    ]) {
      test(`the fault of ${path} is seen`, async () => {
        const page = await openPage(browser, home + path);
        for (const fault of expected) {
          // A fault is told some time after it happened.
          for (let waited = 0; waited < 5000 && !faults(page).some((it) => fault.test(it)); waited += 50) {
            await new Promise((done) => setTimeout(done, 50));
          }
          assert.ok(faults(page).some((it) => fault.test(it)), `${fault} in ${JSON.stringify(faults(page))}`);
        }
        await assert.rejects(assertClean(page));
        await assertClean(page, { allow: /./ });
      });
    }

    test('window, theme, motion, colours and pointer are as asked for', async () => {
      const QUERIES = {
        theme: '(prefers-color-scheme: dark)',
        reducedMotion: '(prefers-reduced-motion: reduce)',
        forcedColors: '(forced-colors: active)',
        touch: '(pointer: coarse) and (hover: none)',
        mouse: '(pointer: fine) and (hover: hover)',
      };
      for (const [options, size, ...matching] of [
        [{}, [1280, 800, 1], 'mouse'],
        [{ width: 500, height: 400, ratio: 2 }, [500, 400, 2], 'mouse'],
        [{ theme: 'dark', reducedMotion: true }, [1280, 800, 1], 'theme', 'reducedMotion', 'mouse'],
        [{ forcedColors: true }, [1280, 800, 1], 'forcedColors', 'mouse'],
        [{ width: 360, height: 640, ratio: 3, touch: true }, [360, 640, 3], 'touch'],
      ]) {
        const page = await openPage(browser, `${home}/clean`, options);
        const seen = await page.evaluate(
          (queries) => ({
            size: [innerWidth, innerHeight, devicePixelRatio],
            matching: Object.keys(queries).filter((name) => matchMedia(queries[name]).matches),
          }),
          QUERIES,
        );
        assert.deepEqual(seen, { size, matching }, JSON.stringify(options));
      }
    });

    for (const touch of [false, true]) {
      test(`a drag by ${touch ? 'finger' : 'mouse'} is made of real pointer events`, async () => {
        const page = await openPage(browser, `${home}/canvas`, { touch });
        await drag(page, [50, 50], [150, 120], { touch, steps: 4 });
        const seen = await page.evaluate(() => window.seen);
        const kinds = seen.map(([type]) => type);
        const down = kinds.indexOf('pointerdown');
        assert.ok(down >= 0 && kinds.lastIndexOf('pointermove') > down && kinds.at(-1) === 'pointerup', kinds.join());
        assert.ok(seen.every(([, pointer, trusted]) => trusted && pointer === (touch ? 'touch' : 'mouse')), seen.join());
        await assertClean(page);
      });
    }

    test('keys are real', async () => {
      const page = await openPage(browser, `${home}/canvas`);
      await page.focus('input');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      assert.equal(await page.$eval('input', (input) => input.value), '7');
    });
  });
}
