// What a pointer reads off: the outcome whose bar it is over, by name, with its number in the unit that is chosen.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, launch } from './harness.js';
import { FRAMED, openFramed } from './scenes.js';

/** Where a panel stands in the window, by its share of width and height. */
const placeOn = async (page, panel, across, down) =>
  page.$eval(
    FRAMED,
    async (scene, id, right, below, query) => {
      const { top, left, width } = scene.shadowRoot.querySelector('.plot').getBoundingClientRect();
      const glue = await import(new URL('pkg/kl_explorer.js', location.href));
      const reply = glue.render(document.createElement('canvas'), { scene: scene.scene, width: Math.floor(width), values: query });
      const found = reply.panels.find((one) => one.id === id);
      return [left + found.left + right * found.width, top + found.top + below * found.height];
    },
    panel, across, down, await page.$eval(FRAMED, (scene) => scene.values),
  );

async function tipAt(page, panel, across, down) {
  // From elsewhere, so that it moves.
  await page.mouse.move(2, 2);
  await page.mouse.move(...(await placeOn(page, panel, across, down)));
  await page.waitForFunction((scene) => !document.querySelector(scene).shadowRoot.querySelector('.tip').hidden, {}, FRAMED);
  return page.$eval(FRAMED, (scene) => [...scene.shadowRoot.querySelectorAll('.tip > div')].map((line) => line.textContent));
}

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    test('a bar is named by its outcome, in the language of the page', async () => {
      for (const [language, snow] of [['en', 'snow'], ['de', 'Schnee']]) {
        const page = await openFramed(browser, `scene=never-negative&lang=${language}`);
        const [head, p, q] = await tipAt(page, 'bars', 0.9, 0.05);
        assert.equal(head, snow);
        assert.match(p, /^P 0[.,]\d+$/);
        assert.match(q, /^Q 0[.,]\d+$/);
        await assertClean(page);
        await page.close();
      }
    });

    test('numbers are in the unit that is chosen, and say so; infinity too', async () => {
      const page = await openFramed(browser, 'scene=not-a-distance');
      assert.deepEqual(await tipAt(page, 'both', 0.3, 0.05), ['D(P‖Q)', 'D(P‖Q) 0.1438 nats']);
      await page.$eval(FRAMED, (scene) => scene.setAttribute('units', 'bits'));
      assert.deepEqual(await tipAt(page, 'both', 0.3, 0.05), ['D(P‖Q)', 'D(P‖Q) 0.2075 bits']);
      await page.$eval(FRAMED, (scene) => {
        scene.values = { q: 0 };
        return scene.values;
      });
      assert.deepEqual(await tipAt(page, 'both', 0.3, 0.05), ['D(P‖Q)', 'D(P‖Q) ∞ bits']);
      await page.close();
    });
  });
}
