// Before a scene is drawn there is a picture of it, of its size; scenes start when they are near, or asked for, or printed.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, HOME, launch, openPage } from './harness.js';
import { chapter, LESSONS, registry } from './scenes.js';

/** Opens the lesson with a core that does not come before `release` is called. */
async function openHeld(browser, path, options) {
  const page = await openPage(browser, 'www/embed.html?scene=two-coins', options);
  await page.evaluateOnNewDocument(() => {
    const real = window.fetch;
    const held = new Promise((resolve) => (window.release = resolve));
    window.fetch = async (what, ...rest) => {
      if (String(what).endsWith('.wasm')) await held;
      return real(what, ...rest);
    };
  });
  await page.goto(new URL(path, HOME).href);
  return page;
}

const box = (page, selector, part) =>
  page.$eval(
    selector,
    (scene, css) => {
      const { x, y, width, height } = (css ? scene.shadowRoot.querySelector(css) : scene.querySelector('.poster > *')).getBoundingClientRect();
      return { x, y: y + scrollY, width, height };
    },
    part,
  );

const near = (one, other, by) => Object.keys(one).every((key) => Math.abs(one[key] - other[key]) <= by);

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    for (const [language, path] of Object.entries(LESSONS)) {
      for (const width of [1280, 900, 375]) {
        test(`the live figures take their pictures’ places at ${width}, and nothing that is in sight moves: ${language}`, async () => {
          const page = await openHeld(browser, path, { width, height: 900 });
          const hero = '.hero kl-scene';
          await page.waitForFunction(() => document.querySelector('.hero .poster > *').complete);
          const [first, coins] = [await box(page, hero), await box(page, chapter('two-coins'))];
          const below = () => page.$eval('.contents', (part) => part.getBoundingClientRect().top);
          const before = await below();
          await page.evaluate(() => window.release());
          await page.$eval(hero, (scene) => scene.ready);
          const live = await box(page, hero, 'canvas');
          assert.ok(near(live, first, 1), `${JSON.stringify(live)} for ${JSON.stringify(first)}`);
          const moved = (await below()) - before;
          assert.ok(Math.abs(moved) <= 12, `what follows moved by ${moved}`);
          await page.$eval(chapter('two-coins'), (scene) => scene.ready);
          const { width: w, height: h } = await box(page, chapter('two-coins'), 'canvas');
          assert.ok(near({ w, h }, { w: coins.width, h: coins.height }, 1), `${w} × ${h} for ${coins.width} × ${coins.height}`);
          await assertClean(page);
        });
      }

      test(`every scene of the lesson has a picture, that loads: ${language}`, async () => {
        const page = await openPage(browser, path);
        const scenes = (await registry(page)).map(({ id }) => id);
        const pictured = await page.$$eval('.scene-chapter > kl-scene', (all) =>
          all.map((scene) => [scene.getAttribute('scene'), scene.querySelector('.poster img[alt]')?.getAttribute('src')]),
        );
        assert.deepEqual(pictured.map(([scene]) => scene), scenes);
        const sizes = await page.evaluate(
          (sources) =>
            Promise.all(
              sources.map(async (source) => {
                const picture = new Image();
                picture.src = source;
                await picture.decode();
                return [picture.naturalWidth, picture.naturalHeight];
              }),
            ),
          pictured.map(([, source]) => source),
        );
        for (const [width, height] of sizes) assert.ok(width === 720 && height > 300, `${width} × ${height}`);
      });
    }

    test('a scene out of sight waits; it starts when it comes near, or is asked for', async () => {
      const page = await openPage(browser);
      await page.$eval('.hero kl-scene', (scene) => scene.ready);
      const started = (id) => page.$eval(chapter(id), (scene) => scene.shadowRoot !== null);
      assert.equal(await started('family'), false);
      assert.equal(await started('mixtures'), false);
      await page.$eval('#family', (section) => section.scrollIntoView({ behavior: 'instant' }));
      await page.waitForFunction(() => document.querySelector('#family > kl-scene').shadowRoot?.querySelector('.main .value')?.checkVisibility());
      assert.equal(await started('mixtures'), false);
      const readouts = await page.$eval(chapter('mixtures'), async (scene) => {
        await scene.ready;
        return Object.keys(scene.readouts);
      });
      assert.ok(readouts.includes('forward'));
      await assertClean(page);
    });

    test('a link to a scene out of sight goes there, and the scene is live', async () => {
      const page = await openPage(browser, '#mean-field');
      await page.waitForFunction(() => {
        const { top } = document.querySelector('#mean-field').getBoundingClientRect();
        const scene = document.querySelector('#mean-field > kl-scene');
        return top >= 0 && top < 200 && scene.shadowRoot?.querySelector('.main .value')?.checkVisibility();
      });
    });

    test('all scenes are drawn for printing', async () => {
      const page = await openPage(browser);
      await page.$eval('.hero kl-scene', (scene) => scene.ready);
      const drawn = await page.evaluate(() => {
        dispatchEvent(new Event('beforeprint'));
        const seen = [...document.querySelectorAll('kl-scene')].map((scene) => scene.shadowRoot?.querySelector('canvas').height > 200);
        dispatchEvent(new Event('afterprint'));
        return seen;
      });
      assert.ok(drawn.length > 10 && drawn.every(Boolean), String(drawn));
      await assertClean(page);
    });
  });
}
