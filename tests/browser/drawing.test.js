// Every scene draws, cleanly, on every kind of screen, and again when the screen changes.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, HOME, launch, openPage } from './harness.js';
import { chapter, drawn, FRAMED, inside, openDrawn, openFramed, registry, shown } from './scenes.js';

/** How many pixels of a scene's canvas differ from its first one. */
function inked(page, selector) {
  return page.$eval(selector, (scene) => {
    const canvas = scene.shadowRoot.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let different = 0;
    for (let at = 4; at < data.length; at += 4) {
      if (data[at] !== data[0] || data[at + 1] !== data[1] || data[at + 2] !== data[2]) different += 1;
    }
    return different / (data.length / 4);
  });
}

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    test('the lesson has a chapter for every scene, each one draws, and the page stays clean', async () => {
      const page = await openDrawn(browser);
      const scenes = await registry(page);
      assert.ok(scenes.length >= 3);
      for (const { id, title } of scenes) {
        assert.ok((await inked(page, chapter(id))) > 0.01, `${id} is blank`);
        const heading = await inside(page, chapter(id), 'h3.title');
        assert.equal(await heading.evaluate((h) => h.textContent), title);
        assert.ok(Object.keys((await shown(page, chapter(id))).readouts).length > 0, `${id} has no numbers`);
      }
      await assertClean(page);
    });

    test('a scene alone draws, and the page stays clean', async () => {
      const page = await openFramed(browser, 'scene=two-bells&p_mean=0');
      assert.ok((await inked(page, FRAMED)) > 0.01);
      await assertClean(page);
    });

    for (const ratio of [1, 2]) {
      test(`at ratio ${ratio} the canvas has a pixel for each of the screen's`, async () => {
        const page = await openFramed(browser, 'scene=two-coins', { width: 700, height: 600, ratio });
        const size = await page.$eval(FRAMED, (scene) => {
          const canvas = scene.shadowRoot.querySelector('canvas');
          const { width, height } = canvas.getBoundingClientRect();
          return { pixels: [canvas.width, canvas.height], css: [width, height] };
        });
        assert.deepEqual(size.pixels, size.css.map((css) => Math.round(Math.floor(css) * ratio)));
      });
    }

    test('another width of the window draws the figure anew', async () => {
      const page = await openFramed(browser, 'scene=two-bells', { width: 800, height: 700 });
      const before = await shown(page, FRAMED);
      await page.setViewport({ width: 420, height: 700 });
      await page.waitForFunction(() => {
        const canvas = document.querySelector('kl-scene').shadowRoot.querySelector('canvas');
        return canvas.width === Math.round(Math.floor(canvas.getBoundingClientRect().width) * devicePixelRatio) && canvas.width < 420;
      });
      const after = await shown(page, FRAMED);
      assert.deepEqual([after.values, after.readouts], [before.values, before.readouts]);
      assert.notEqual(after.picture, before.picture);
    });

    test('the theme switch redraws in other colours, and back to the same picture', async () => {
      const page = await openDrawn(browser);
      const at = chapter('two-bells');
      const corner = () =>
        page.$eval(at, (scene) => [...scene.shadowRoot.querySelector('canvas').getContext('2d').getImageData(1, 1, 1, 1).data]);
      const choose = (theme) =>
        page.evaluate((wanted) => [...document.querySelectorAll('#switches button')].find((b) => b.textContent === wanted).click(), theme);
      const is = (color) =>
        page.waitForFunction(
          (selector, [red]) => {
            const canvas = document.querySelector(selector).shadowRoot.querySelector('canvas');
            return canvas.getContext('2d').getImageData(1, 1, 1, 1).data[0] === red;
          },
          {},
          at,
          color,
        );
      await is([255]);
      const light = await shown(page, at);
      await choose('dark');
      await is([0x15]);
      assert.deepEqual((await corner()).slice(0, 3), [0x15, 0x18, 0x1d]);
      await choose('light');
      await is([255]);
      assert.equal((await shown(page, at)).picture, light.picture);
    });

    test("the reader's dark theme and forced colours reach the canvas", async () => {
      const paper = (page) =>
        page.$eval(FRAMED, (scene) => {
          const data = scene.shadowRoot.querySelector('canvas').getContext('2d').getImageData(1, 1, 1, 1).data;
          return [`rgb(${data[0]}, ${data[1]}, ${data[2]})`, getComputedStyle(scene.shadowRoot.querySelector('.scene')).backgroundColor];
        });
      for (const options of [{ theme: 'dark' }, { forcedColors: true, theme: 'dark' }, { forcedColors: true }]) {
        const page = await openFramed(browser, 'scene=two-bells', options);
        const [canvas, page_] = await paper(page);
        assert.equal(canvas, page_, JSON.stringify(options));
        assert.ok((await inked(page, FRAMED)) > 0.01);
      }
    });

    test('on paper the figures are drawn dark on white, and afterwards as before', async () => {
      const page = await openFramed(browser, 'scene=two-bells', { theme: 'dark' });
      const paper = () =>
        page.$eval(FRAMED, (scene) => scene.shadowRoot.querySelector('canvas').getContext('2d').getImageData(1, 1, 1, 1).data[0]);
      const before = await shown(page, FRAMED);
      assert.equal(await paper(), 0x15);
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      assert.equal(await paper(), 255);
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      assert.deepEqual(await shown(page, FRAMED), before);
    });

    test('an idle page has no animation frame and no timer, neither as it opens nor after something was moved', async () => {
      const page = await openPage(browser, 'www/embed.html?scene=two-coins');
      await page.evaluateOnNewDocument(() => {
        const real = requestAnimationFrame.bind(window);
        const waiting = new Set();
        let asked = 0;
        for (const [ask, take] of [['requestAnimationFrame', 'cancelAnimationFrame'], ['requestIdleCallback', 'cancelIdleCallback'], ['setTimeout', 'clearTimeout'], ['setInterval', 'clearInterval']]) {
          const [asks, takes] = [window[ask].bind(window), window[take].bind(window)];
          window[ask] = (job, ...rest) => {
            asked += 1;
            const name = () => `${ask} ${id}`;
            const id = asks((...given) => {
              if (ask !== 'setInterval') waiting.delete(name());
              return job(...given);
            }, ...rest);
            waiting.add(name());
            return id;
          };
          window[take] = (id) => {
            waiting.delete(`${ask} ${id}`);
            takes(id);
          };
        }
        const frame = () => new Promise((done) => real(done));
        const moving = () => [document, ...[...document.querySelectorAll('kl-scene')].map(({ shadowRoot }) => shadowRoot)].flatMap((root) => root.getAnimations());
        /** What is still asked for once the page's own last frames have come and gone. */
        window.idle = async () => {
          for (let frames = 0; frames < 600 && waiting.size + moving().length; frames += 1) await frame();
          const before = asked;
          for (let frames = 0; frames < 20; frames += 1) await frame();
          return { waiting: [...waiting], moving: moving().length, asked: asked - before };
        };
        window.everAsked = () => asked;
      });
      await page.goto(HOME);
      await drawn(page);
      const nothing = { waiting: [], moving: 0, asked: 0 };
      assert.deepEqual(await page.evaluate(() => window.idle()), nothing);
      const before = await page.evaluate(() => window.everAsked());
      assert.ok(before > 0, 'what the page asks for is counted');
      await page.$eval(chapter('two-bells'), (scene) => scene.setAttribute('q-mean', '2'));
      await page.waitForFunction((at) => document.querySelector(at).readouts.forward.value > 2, {}, chapter('two-bells'));
      assert.deepEqual(await page.evaluate(() => window.idle()), nothing);
    });

    test('an element that is moved to another place still works', async () => {
      const page = await openFramed(browser, 'scene=two-bells');
      const before = await shown(page, FRAMED);
      await page.evaluate(() => {
        const scene = document.querySelector('kl-scene');
        const other = document.createElement('div');
        document.body.append(other);
        other.append(scene);
      });
      await drawn(page);
      await page.$eval(FRAMED, (scene) => scene.setAttribute('q-mean', '3'));
      await page.waitForFunction(() => document.querySelector('kl-scene').values.q_mean === 3);
      assert.notEqual((await shown(page, FRAMED)).picture, before.picture);
      await assertClean(page);
    });
  });
}
