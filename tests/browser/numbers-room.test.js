// The live numbers have room: none runs into another one or out of the scene, in every preset and in states with powers of ten,
// on every width of window, in both languages and both units.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BROWSERS, launch } from './harness.js';
import { FRAMED, LESSONS, openFramed, registry, walked } from './scenes.js';

/** States whose numbers are long: powers of ten, infinities with their causes. */
const LONG = {
  'two-coins': [{ p: 1e-12, q: 0 }, { p: 1e-12, q: 1 }, { p: 0.5, q: 1e-12 }, { p: 1, q: 0 }],
  temperature: [{ log_t: 2 }, { log_t: -2 }],
  'impossible-events': [{ log_eps: -12 }],
  'never-negative': [{ q_snow: 0 }],
};

/** What runs into what, in every state at one width: sentences. */
const collisions = (scene, states, widths, units) =>
  (async () => {
    const host = document.querySelector('kl-scene');
    // A scene that was told first is drawn first.
    const frame = () => new Promise(requestAnimationFrame);
    const found = [];
    let checked = 0;
    // Words by the lines that they are set in.
    const boxes = (root) =>
      [...root.querySelectorAll('.number')].filter((one) => one.checkVisibility()).map((one) => {
        const range = document.createRange();
        range.selectNodeContents(one);
        return { id: one.dataset.id, list: one.parentElement, rects: [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0) };
      });
    for (const unit of units) {
      host.setAttribute('units', unit);
      const presets = [...host.shadowRoot.querySelectorAll('[data-preset]')].map((preset) => () => preset.click());
      const set = states.map((values) => () => (host.values = values));
      for (const [at, go] of [() => (host.values = {}), ...presets, ...set].entries()) {
        go();
        await frame();
        // Where numbers stand is the style sheet's work alone: it is done when it is asked for.
        for (const width of widths) {
          document.body.style.width = `${width}px`;
          const card = host.shadowRoot.querySelector('.scene').getBoundingClientRect();
          const all = boxes(host.shadowRoot);
          checked += all.length;
          for (const [one, { id, rects }] of all.entries()) {
            const where = `${scene} state ${at} at ${width} in ${unit}: ${id}`;
            if (rects.some(({ left, right }) => left < card.left - 0.5 || right > card.right + 0.5)) found.push(`${where} leaves the card`);
            for (const other of all.slice(one + 1)) {
              const covers = rects.some((a) => other.rects.some((b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 2 && b.top < a.bottom - 2));
              // The main numbers stay in sight over what is scrolled beneath them.
              if (covers && other.list === all[one].list) found.push(`${where} runs into ${other.id}`);
            }
          }
        }
      }
    }
    return { found, checked };
  })();

for (const name of BROWSERS) {
  describe(name, { timeout: 3_600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    for (const [turn, language] of Object.keys(LESSONS).entries()) {
      test(`no number runs into another one or out of its scene: ${language}`, async () => {
        let page = await openFramed(browser, 'scene=two-coins');
        const scenes = (await registry(page)).map(({ id }) => id);
        await page.close();
        const faults = [];
        for (const id of walked(browser, scenes, turn)) {
          page = await openFramed(browser, `scene=${id}&lang=${language}`, { width: 1280 });
          const { found, checked } = await page.evaluate(collisions, id, LONG[id] ?? [], [320, 375, 768, 1280], ['nats', 'bits']);
          assert.ok(checked > 20, `${id}: ${checked}`);
          faults.push(...found);
          await page.close();
        }
        assert.deepEqual(faults, []);
      });
    }
  });
}
