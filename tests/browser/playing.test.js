// Processes and chance: steps are played, paused, stepped and rewound; a seed gives the same draws every time.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, launch } from './harness.js';
import { FRAMED, inside, openFramed, shown, type, values } from './scenes.js';

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    const press = (page, control, label) =>
      page.$eval(
        FRAMED,
        (scene, id, words) => {
          const buttons = [...scene.shadowRoot.querySelectorAll(`[data-control="${id}"] button`)];
          buttons.find((button) => button.textContent === words).click();
        },
        control,
        label,
      );

    test('a process is stepped, rewound and played to its end, and then rests', async () => {
      const page = await openFramed(browser, 'scene=evidence&n=390');
      await press(page, 'n', 'Step');
      assert.equal((await values(page, FRAMED)).n, 391);
      await press(page, 'n', 'Back');
      const before = await shown(page, FRAMED);
      assert.equal(before.values.n, 390);
      await press(page, 'n', 'Play');
      await page.waitForFunction(() => document.querySelector('kl-scene').values.n === 400);
      const label = () =>
        page.$eval(FRAMED, (scene) => scene.shadowRoot.querySelector('.player button:nth-child(3)').textContent);
      await page.waitForFunction(() => document.querySelector('kl-scene').shadowRoot.querySelector('.player button:nth-child(3)').textContent === 'Play');
      await press(page, 'n', 'Rewind');
      assert.equal((await values(page, FRAMED)).n, 0);
      await press(page, 'n', 'Play');
      assert.equal(await label(), 'Pause');
      await page.waitForFunction(() => document.querySelector('kl-scene').values.n > 2);
      await press(page, 'n', 'Pause');
      assert.equal(await label(), 'Play');
      await type(page, FRAMED, 'n', '390');
      assert.deepEqual(await shown(page, FRAMED), before);
      await assertClean(page);
    });

    test('what is moved by hand while it plays is taken over', async () => {
      const page = await openFramed(browser, 'scene=evidence&n=0');
      await press(page, 'n', 'Play');
      await page.waitForFunction(() => document.querySelector('kl-scene').values.n > 0);
      await type(page, FRAMED, 'n', '300');
      await page.evaluate(async () => {
        for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
      });
      assert.equal((await values(page, FRAMED)).n, 300);
    });

    test('another seed gives other draws, the same seed the same ones', async () => {
      const page = await openFramed(browser, 'scene=evidence');
      const before = await shown(page, FRAMED);
      await page.evaluate(() => (Math.random = () => 0.5));
      await press(page, 'seed', 'Draw anew');
      const other = await shown(page, FRAMED);
      assert.notEqual(other.values.seed, before.values.seed);
      assert.notEqual(other.picture, before.picture);
      const field = await inside(page, FRAMED, '[data-control="seed"] .field');
      assert.equal(await field.evaluate((input) => input.value), String(other.values.seed));
      await type(page, FRAMED, 'seed', String(before.values.seed));
      assert.deepEqual(await shown(page, FRAMED), before);
    });
  });
}
