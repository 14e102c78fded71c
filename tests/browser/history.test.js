// Undo, redo and a pinned state: one step for each change that has come to rest.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, drag, launch } from './harness.js';
import { FRAMED, handleAt, inside, openFramed, shown, texts, type, values } from './scenes.js';

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    const tool = async (page, words) => {
      const button = await page.evaluateHandle(
        (scene, text) => [...document.querySelector(scene).shadowRoot.querySelectorAll('button')].find((one) => one.textContent === text),
        FRAMED,
        words,
      );
      await button.asElement().click();
    };

    const chord = async (page, ...keys) => {
      for (const key of keys.slice(0, -1)) await page.keyboard.down(key);
      await page.keyboard.press(keys.at(-1));
      for (const key of keys.slice(0, -1).reverse()) await page.keyboard.up(key);
    };

    test('a drag, a typed value, a preset and a reset are a step each, back and forth to the last pixel', async () => {
      const page = await openFramed(browser, 'scene=two-bells&p_sd=1.5');
      const states = [await shown(page, FRAMED)];
      const did = async () => states.push(await shown(page, FRAMED));
      const [x, y] = await handleAt(page, FRAMED, 'q_mean');
      await drag(page, [x, y], [x + 90, y]);
      await did();
      await type(page, FRAMED, 'p_mean', '0.125');
      await did();
      await (await inside(page, FRAMED, '[data-preset="far"]')).evaluate((button) => button.click());
      await did();
      await tool(page, 'Reset');
      await did();
      assert.equal(new Set(states.slice(0, 4).map((state) => JSON.stringify(state))).size, 4, 'each is another state');
      assert.deepEqual(states[4], states[0]);
      for (const state of states.slice(0, 4).reverse()) {
        await tool(page, 'Undo');
        assert.deepEqual(await shown(page, FRAMED), state);
      }
      const ends = await page.$eval(FRAMED, (scene) => [...scene.shadowRoot.querySelectorAll('.tools [aria-disabled]')].map((b) => [b.textContent, b.ariaDisabled]));
      assert.deepEqual(ends, [['Undo', 'true'], ['Redo', 'false']]);
      for (const state of states.slice(1)) {
        await tool(page, 'Redo');
        assert.deepEqual(await shown(page, FRAMED), state);
      }
      await assertClean(page);
    });

    test('the keys undo and redo, what is typed has an undo of its own, and a new change forgets what was undone', async () => {
      const page = await openFramed(browser, 'scene=two-bells');
      const mean = async () => (await values(page, FRAMED)).q_mean;
      const handle = await inside(page, FRAMED, '.handle[data-id="q_mean"]');
      await handle.focus();
      for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowRight');
      assert.equal(await mean(), 1.15);
      await chord(page, 'Control', 'z');
      await chord(page, 'Control', 'z');
      assert.equal(await mean(), 1.05);
      await chord(page, 'Control', 'Shift', 'Z');
      assert.equal(await mean(), 1.1);
      await chord(page, 'Control', 'z');
      await chord(page, 'Control', 'y');
      assert.equal(await mean(), 1.1);
      await page.keyboard.press('ArrowLeft');
      assert.equal(await mean(), 1.05);
      await chord(page, 'Control', 'y');
      assert.equal(await mean(), 1.05, 'nothing is left to redo');
      const field = await inside(page, FRAMED, '[data-control="q_mean"] .field');
      await field.focus();
      await page.keyboard.type('7');
      await chord(page, 'Control', 'z');
      assert.equal(await mean(), 1.05);
    });

    test('a movement is one step, however many frames it took; a drag that is given up is none', async () => {
      const page = await openFramed(browser, 'scene=two-bells');
      const before = await values(page, FRAMED);
      const [x, y] = await handleAt(page, FRAMED, 'p_mean');
      await drag(page, [x, y], [x + 120, y], { steps: 20 });
      await tool(page, 'Undo');
      assert.deepEqual(await values(page, FRAMED), before);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 40, y, { steps: 4 });
      await page.keyboard.press('Escape');
      await page.mouse.up();
      assert.deepEqual(await values(page, FRAMED), before);
      await tool(page, 'Undo');
      assert.deepEqual(await values(page, FRAMED), before, 'there was nothing to undo');
    });

    test('a pinned state stays beside the present one, with the numbers of both as the core gives them', async () => {
      const page = await openFramed(browser, 'scene=two-bells');
      const pinned = { state: await shown(page, FRAMED), texts: await texts(page, FRAMED) };
      await tool(page, 'Pin');
      const picture = () => page.$eval(FRAMED, (scene) => scene.shadowRoot.querySelector('.pinned canvas').toDataURL());
      const first = await picture();
      await type(page, FRAMED, 'q_sd', '3');
      const now = await texts(page, FRAMED);
      assert.notEqual(now.forward, pinned.texts.forward);
      const rows = await page.$eval(FRAMED, (scene) =>
        [...scene.shadowRoot.querySelectorAll('.pinned tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent)),
      );
      assert.deepEqual(rows, [
        ['D(P‖Q)', pinned.texts.forward, now.forward],
        ['D(Q‖P)', pinned.texts.reverse, now.reverse],
        ['Model Q: sd of Q', '1.6', '3'],
      ]);
      assert.equal(await picture(), first, 'the pinned figure stays');
      await tool(page, 'Go to the pinned state');
      assert.deepEqual(await shown(page, FRAMED), pinned.state);
      await tool(page, 'Undo');
      assert.equal((await values(page, FRAMED)).q_sd, 3);
      await tool(page, 'Unpin');
      assert.equal(await page.$eval(FRAMED, (scene) => scene.shadowRoot.querySelector('.pinned').checkVisibility()), false);
    });
  });
}
