// On paper every figure is a drawing made for it, with its own proportions; one scene may be printed alone; and numbers with
// powers of ten keep to their place on every screen.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, HOME, launch, openPage } from './harness.js';
import { drawn, FRAMED, inside, openDrawn, openFramed, registry } from './scenes.js';

const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** How the figures of a page stand there: their boxes, and the proportions that they were drawn in. */
const figures = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('kl-scene')].map((scene) => {
      const root = scene.shadowRoot;
      const canvas = root.querySelector('canvas');
      const svg = root.querySelector('.paper svg');
      const box = svg?.getBoundingClientRect();
      const { width, height } = svg?.viewBox.baseVal ?? {};
      const plot = root.querySelector('.plot').getBoundingClientRect();
      return {
        scene: scene.scene,
        canvas: canvas.checkVisibility(),
        drawing: Boolean(svg?.checkVisibility()),
        stretch: box && (box.width / box.height) / (width / height),
        whole: box && box.left >= -1 && box.right <= document.documentElement.clientWidth + 1 && box.height <= plot.height + 1,
        shapes: svg?.querySelectorAll('polyline, polygon, text').length ?? 0,
        pictures: svg?.querySelectorAll('image').length ?? 0,
        paper: svg?.querySelector('rect, polygon')?.getAttribute('fill'),
      };
    }),
  );

function assertDrawn(found, count) {
  assert.equal(found.length, count);
  for (const { scene, canvas, drawing, stretch, whole, shapes, pictures, paper } of found) {
    assert.ok(drawing && !canvas, `${scene}: the figure on paper is a drawing`);
    assert.ok(Math.abs(stretch - 1) < 0.01, `${scene}: stretched by ${stretch}`);
    assert.ok(whole, `${scene}: cut off`);
    assert.ok(shapes > 5 && pictures === 0, `${scene}: ${shapes} shapes, ${pictures} pictures`);
    assert.match(String(paper), /^(#fff(fff)?|rgb\(255, ?255, ?255\))$/i, `${scene}: paper is white`);
  }
}

const told = (kind) => dispatchEvent(new Event(kind));

for (const name of BROWSERS) {
  describe(name, { timeout: 1_800_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    // Firefox has no way to be shown as on paper from outside.
    const onPaper = { skip: name !== 'chromium' };

    test('a lesson is printed as drawings that nothing stretches, whatever the window was', onPaper, async () => {
      for (const [width, theme] of [[375, 'dark'], [1280, 'light']]) {
        const page = await openPage(browser, '', { width, theme });
        await page.evaluate(() => customElements.whenDefined('kl-scene'));
        await page.emulateMediaType('print');
        await page.setViewport({ width: 718, height: 1000 });
        await drawn(page);
        await settled(page);
        assertDrawn(await figures(page), 18);
        await page.emulateMediaType('screen');
        await settled(page);
        const back = await figures(page);
        assert.ok(back.every(({ canvas, drawing }) => canvas && !drawing), 'the screen has its canvas again');
        await assertClean(page);
        await page.close();
      }
    });

    test('a frame printed alone is whole, and a drawing', onPaper, async () => {
      const page = await openFramed(browser, 'scene=two-fits', { width: 360, height: 400 });
      const scenes = (await registry(page)).map(({ id }) => id);
      await page.close();
      for (const id of scenes) {
        const page = await openFramed(browser, `scene=${id}`, { width: 360, height: 400 });
        await page.emulateMediaType('print');
        await page.setViewport({ width: 718, height: 1000 });
        await settled(page);
        assertDrawn(await figures(page), 1);
        const shown = await page.$eval(FRAMED, (scene) => [...scene.shadowRoot.querySelectorAll('.number')].filter((one) => one.checkVisibility()).length);
        assert.ok(shown > 0, `${id}: its numbers are printed`);
        await assertClean(page);
        await page.close();
      }
    });

    test('a dark frame is printed in the colours of paper', onPaper, async () => {
      const page = await openFramed(browser, 'scene=two-bells&theme=dark');
      const ink = () => page.$eval(FRAMED, (scene) => [...scene.shadowRoot.querySelectorAll('.title, .said, .formula')].map((words) => getComputedStyle(words).color));
      const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const dark = [await paper(), await ink()];
      await page.emulateMediaType('print');
      await settled(page);
      const printed = [await paper(), await ink()];
      assert.equal(printed[0], 'rgb(255, 255, 255)');
      assert.notEqual(dark[0], printed[0]);
      assert.ok(printed[1].length > 2 && printed[1].every((color, at) => color !== dark[1][at]), printed.join());
      await page.close();
    });

    test('a browser that tells of printing by its events alone gets drawings too', async () => {
      const page = await openDrawn(browser, 'www/embed.html?scene=two-bells');
      await page.evaluate(told, 'beforeprint');
      assert.equal(await page.$eval(FRAMED, (scene) => scene.shadowRoot.querySelectorAll('.paper svg').length), 1);
      await page.evaluate(told, 'afterprint');
      assert.equal(await page.$eval(FRAMED, (scene) => scene.shadowRoot.querySelectorAll('.paper *').length), 0);
      await page.close();
    });

    const press = async (page, where) => {
      const button = async (css) => (await inside(page, where, css)).evaluate((one) => one.click());
      await button('.tools button[aria-expanded]');
      await button('[data-action="print"]');
      await settled(page);
    };

    test('one scene of a lesson is printed alone, and afterwards all is as it was', async () => {
      const page = await openDrawn(browser);
      await page.evaluate(() => {
        window.print = () => {
          dispatchEvent(new Event('beforeprint'));
          window.aside = [...document.querySelectorAll('.kl-aside')];
          const scene = document.querySelector('#two-coins > kl-scene');
          const shown = [...document.querySelectorAll('kl-scene')].filter((one) => !one.closest('.kl-aside'));
          window.alone = shown.length === 1 && shown[0] === scene && !document.querySelector('h1, h2').closest('main:not(:has(.kl-aside))');
          dispatchEvent(new Event('afterprint'));
        };
      });
      await press(page, '#two-coins > kl-scene');
      assert.deepEqual(await page.evaluate(() => [window.alone, window.aside.length > 5, document.querySelectorAll('.kl-aside').length]), [true, true, 0]);
      await page.close();
    });

    test('a frame that may not print says so and gives the drawing instead', async () => {
      const server = createServer((request, response) =>
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
          .end(`<!doctype html><title>A course</title><iframe width=800 height=1500 sandbox="allow-scripts allow-same-origin" src="${HOME}www/embed.html?scene=two-coins" title="KL Explorer"></iframe>`),
      );
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const page = await openPage(browser, `http://127.0.0.1:${server.address().port}/`);
      const framed = await page.waitForFrame((frame) => frame.url().includes('embed.html'));
      await framed.evaluate(async () => {
        await customElements.whenDefined('kl-scene');
        await document.querySelector('kl-scene').ready;
      });
      await framed.$eval('kl-scene', (scene) => {
        const root = scene.shadowRoot;
        root.querySelector('.tools button[aria-expanded]').click();
        root.querySelector('[data-action="print"]').click();
      });
      await framed.waitForFunction(() => document.querySelector('kl-scene').shadowRoot.querySelector('.by-hand textarea'));
      const [said, given] = await framed.$eval('kl-scene', (scene) => {
        const root = scene.shadowRoot;
        return [root.querySelector('.share > .told').textContent, root.querySelector('.by-hand textarea').value];
      });
      assert.equal(said, 'This frame may not print. Here is the drawing, to be printed from elsewhere.');
      assert.match(given, /^<svg /);
      await page.close();
      server.close();
    });
  });
}
