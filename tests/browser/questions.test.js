// Predict, then reveal: what would answer a question stays out of the page until the reader has committed.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, launch } from './harness.js';
import { chapter, FRAMED, inside, openDrawn, openFramed, registry, shown, type, values, visibleText, walked } from './scenes.js';

const ASKED = 'scene=two-coins&question=impossible';

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    const hidden = async (page, at) => {
      for (const part of ['.main', '.more', '.formulas', '.said']) assert.equal(await visibleText(page, at, part), '', part);
      assert.deepEqual((await shown(page, at)).readouts, {});
      // Nor may a screen reader find it where nothing is to be seen.
      const told = await page.$eval(at, (scene) => ['.said', '[role="status"]:last-of-type'].map((part) => scene.shadowRoot.querySelector(part).textContent).join(''));
      assert.doesNotMatch(told, /\d/);
    };

    const choose = async (page, at, value) => {
      const option = await inside(page, at, `.card input[value="${value}"]`);
      await option.evaluate((input) => input.click());
    };

    const commit = async (page, at) => {
      const button = await inside(page, at, '.card button[type="submit"]');
      await button.evaluate((b) => b.click());
    };

    test('an open question hides the numbers, a committed answer reveals them', async () => {
      const page = await openFramed(browser, ASKED);
      assert.deepEqual(await values(page, FRAMED), { p: 0.15, q: 0 });
      await hidden(page, FRAMED);
      const asked = await shown(page, FRAMED);
      await commit(page, FRAMED);
      await hidden(page, FRAMED);
      await choose(page, FRAMED, 'reverse');
      await commit(page, FRAMED);
      assert.match(await visibleText(page, FRAMED, '.verdict'), /^✗ D\(Q‖P\) only\.$/);
      assert.match(await visibleText(page, FRAMED, '.card'), /The answer: D\(P‖Q\) only\./);
      assert.match(await visibleText(page, FRAMED, '.card'), /Here Q samples/);
      assert.match(await visibleText(page, FRAMED, '.main'), /∞/);
      assert.notEqual((await shown(page, FRAMED)).picture, asked.picture);
      await assertClean(page);
    });

    test('the right answer is told so', async () => {
      const page = await openFramed(browser, ASKED);
      await choose(page, FRAMED, 'forward');
      await commit(page, FRAMED);
      assert.match(await visibleText(page, FRAMED, '.verdict'), /^✓ D\(P‖Q\) only\.$/);
    });

    test('a question that is left gives back the state before it', async () => {
      const page = await openFramed(browser, 'scene=two-coins&p=0.3&q=0.9');
      const before = await shown(page, FRAMED);
      await (await inside(page, FRAMED, '.ask')).evaluate((button) => button.click());
      await hidden(page, FRAMED);
      await (await inside(page, FRAMED, '.card button[type="button"]')).evaluate((button) => button.click());
      assert.deepEqual(await shown(page, FRAMED), before);
    });

    test('every question of every scene can be opened, and hides its answer', async () => {
      const page = await openDrawn(browser);
      for (const { id } of walked(browser, await registry(page))) {
        const at = chapter(id);
        const count = await page.$eval(at, (scene) => scene.shadowRoot.querySelectorAll('.ask').length);
        assert.ok(count > 0, `${id} asks nothing`);
        for (let which = 0; which < count; which += 1) {
          await page.$eval(at, (scene, n) => scene.shadowRoot.querySelectorAll('.ask')[n].click(), which);
          await hidden(page, at);
          await (await inside(page, at, '.card input')).evaluate((input) => input.click());
          await commit(page, at);
          assert.ok((await visibleText(page, at, '.main')).length > 0, `${id} reveals nothing`);
        }
      }
      await assertClean(page);
    });

    test('a goal is ticked when it is reached by hand, and stays so', async () => {
      const page = await openFramed(browser, 'scene=two-bells');
      const ticked = () => page.$eval(FRAMED, (scene) => scene.shadowRoot.querySelectorAll('.goals .reached').length);
      assert.equal(await ticked(), 0);
      // The preset reaches one, and so does what is near it; that is not the reader's doing.
      await (await inside(page, FRAMED, '[data-preset="far"]')).evaluate((button) => button.click());
      assert.equal(await ticked(), 0);
      await type(page, FRAMED, 'q_mean', '4.9');
      assert.equal(await ticked(), 0);
      await type(page, FRAMED, 'q_mean', '-4');
      await type(page, FRAMED, 'q_mean', '4.9');
      assert.equal(await ticked(), 1);
      await (await inside(page, FRAMED, '[data-preset="offset"]')).evaluate((button) => button.click());
      assert.equal(await ticked(), 1);
    });
  });
}
