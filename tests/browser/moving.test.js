// All ways to move a thing lead to the same place: mouse, finger, slider, arrow keys, typing.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, drag, launch } from './harness.js';
import { FRAMED, handleAt, handleWould, inside, openFramed, shown, type, values } from './scenes.js';

const START = 'scene=two-bells&q_mean=1';

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;
    /** What q_mean = 2 shows. */
    let wanted;

    before(async () => {
      browser = await launch(name);
      wanted = await shown(await openFramed(browser, 'scene=two-bells&q_mean=2'), FRAMED);
      assert.equal(wanted.values.q_mean, 2);
    });

    after(() => browser?.close());

    const changes = (page) =>
      page.evaluate(() => {
        window.told = [];
        addEventListener('kl-change', ({ detail }) => window.told.push(detail.values.q_mean));
      });

    for (const touch of [false, true]) {
      test(`dragging a handle by ${touch ? 'finger' : 'mouse'}`, async () => {
        const page = await openFramed(browser, START, { touch });
        await changes(page);
        const to = await handleWould(page, FRAMED, 'q_mean', { q_mean: 2 });
        const from = await handleAt(page, FRAMED, 'q_mean');
        await drag(page, from, [to[0], from[1]], { touch });
        // A touch screen's scroll bars take no room, so that its figure may be another width.
        const there = await shown(await openFramed(browser, 'scene=two-bells&q_mean=2', { touch }), FRAMED);
        assert.deepEqual(await shown(page, FRAMED), there);
        assert.deepEqual(there.readouts, wanted.readouts);
        assert.deepEqual(await page.evaluate(() => window.told), [2], 'one event, when it has come to rest');
        await assertClean(page);
      });
    }

    test('a bar that lies is dragged sideways', async () => {
      const page = await openFramed(browser, 'scene=cross-entropy');
      const to = await handleWould(page, FRAMED, 'logit-cat', { z_cat: 4 });
      const from = await handleAt(page, FRAMED, 'logit-cat');
      await drag(page, from, [to[0], from[1]]);
      assert.equal((await values(page, FRAMED)).z_cat, 4);
      await assertClean(page);
    });

    test('arrow keys on the handle', async () => {
      const page = await openFramed(browser, START);
      await (await inside(page, FRAMED, '.handle[data-id="q_mean"]')).focus();
      for (let press = 0; press < 10; press += 1) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('PageUp');
      assert.deepEqual(await shown(page, FRAMED), wanted);
    });

    test('arrow keys on the slider', async () => {
      const page = await openFramed(browser, START);
      await (await inside(page, FRAMED, '[data-control="q_mean"] input[type="range"]')).focus();
      await page.keyboard.press('PageUp');
      for (let press = 0; press < 10; press += 1) await page.keyboard.press('ArrowRight');
      assert.deepEqual(await shown(page, FRAMED), wanted);
    });

    test('typing, with a comma-free number in any form', async () => {
      for (const text of ['2', '2.0', ' 2e0 ']) {
        const page = await openFramed(browser, START);
        await type(page, FRAMED, 'q_mean', text);
        assert.deepEqual(await shown(page, FRAMED), wanted);
      }
    });

    test('an attribute and a property', async () => {
      const page = await openFramed(browser, START);
      await page.$eval(FRAMED, (scene) => (scene.values = { q_mean: 2 }));
      assert.deepEqual(await shown(page, FRAMED), wanted);
      await page.evaluate(() => {
        const scene = document.createElement('kl-scene');
        scene.setAttribute('scene', 'two-bells');
        scene.setAttribute('q-mean', '2');
        document.querySelector('kl-scene').replaceWith(scene);
        return scene.ready;
      });
      assert.deepEqual(await shown(page, FRAMED), wanted);
    });

    test('the slider dragged by mouse stops on the grid of the arrow keys', async () => {
      const page = await openFramed(browser, START);
      const range = await inside(page, FRAMED, '[data-control="q_mean"] input[type="range"]');
      await range.evaluate((input) => input.scrollIntoView({ block: 'center', behavior: 'instant' }));
      const { x, y, width, height } = await range.boundingBox();
      await drag(page, [x + width * 0.58, y + height / 2], [x + width * 0.8, y + height / 2]);
      const after = await shown(page, FRAMED);
      const { q_mean: mean } = after.values;
      assert.ok(mean > 2 && Math.abs(mean * 20 - Math.round(mean * 20)) < 1e-9, `${mean}`);
      await type(page, FRAMED, 'q_mean', '1');
      await type(page, FRAMED, 'q_mean', String(mean));
      assert.deepEqual(await shown(page, FRAMED), after);
    });

    test('Home, End and fine steps', async () => {
      const page = await openFramed(browser, START);
      await (await inside(page, FRAMED, '.handle[data-id="q_mean"]')).focus();
      await page.keyboard.press('End');
      assert.equal((await values(page, FRAMED)).q_mean, 6);
      await page.keyboard.press('Home');
      assert.equal((await values(page, FRAMED)).q_mean, -6);
      await page.keyboard.down('Shift');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.up('Shift');
      assert.equal((await values(page, FRAMED)).q_mean, -5.995);
    });

    test('Escape during a drag gives back what was', async () => {
      const page = await openFramed(browser, START);
      await changes(page);
      const before = await shown(page, FRAMED);
      const [x, y] = await handleAt(page, FRAMED, 'q_mean');
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 90, y, { steps: 4 });
      assert.notEqual((await values(page, FRAMED)).q_mean, 1);
      await page.keyboard.press('Escape');
      assert.deepEqual(await shown(page, FRAMED), before);
      await page.mouse.move(x + 120, y);
      await page.mouse.up();
      assert.deepEqual(await shown(page, FRAMED), before);
      assert.deepEqual(await page.evaluate(() => window.told), []);
    });

    test('where handles overlap, the nearest is taken', async () => {
      const page = await openFramed(browser, 'scene=two-bells&p_mean=0&p_sd=1&q_mean=0.3&q_sd=1');
      const [px, py] = await handleAt(page, FRAMED, 'p_mean');
      const [qx] = await handleAt(page, FRAMED, 'q_mean');
      assert.ok(Math.abs(qx - px) < 20, 'they do overlap');
      await drag(page, [px - 3, py], [px - 120, py]);
      const after = await values(page, FRAMED);
      assert.ok(after.p_mean < -1 && after.q_mean === 0.3, JSON.stringify(after));
    });

    for (const touch of [false, true]) {
      test(`one press sweeps over neighbouring bars by ${touch ? 'finger' : 'mouse'}, however fast, and what it has drawn stays`, async () => {
        for (const steps of [1, 12]) {
          const page = await openFramed(browser, 'scene=impossible-events&p_macos=0.1', { touch });
          const bars = ['p_macos', 'p_linux', 'p_android'];
          const from = await handleAt(page, FRAMED, bars[0]);
          const to = await handleAt(page, FRAMED, bars[2]);
          await drag(page, from, [to[0], from[1]], { steps, touch });
          const set = await values(page, FRAMED);
          // A level line, drawn as level: the bars under it alike, and the others in the proportion they had.
          for (const id of bars) assert.equal(set[id], set.p_macos, `${steps} steps: ${JSON.stringify(set)}`);
          assert.ok(Math.abs(set.p_windows / set.p_ios - 0.35 / 0.15) < 0.1, `${steps} steps: ${JSON.stringify(set)}`);
          for (const id of bars) {
            const [, y] = await handleAt(page, FRAMED, id);
            assert.ok(Math.abs(y - from[1]) <= 2, `${steps} steps: ${id} at ${y} and not ${from[1]}`);
          }
        }
      });
    }

    test('hovering shows the plotted values, and leaving hides them', async () => {
      const page = await openFramed(browser, START);
      const [x, y] = await handleAt(page, FRAMED, 'q_mean');
      await page.mouse.move(x, y + 40);
      await page.waitForFunction(() => !document.querySelector('kl-scene').shadowRoot.querySelector('.tip').hidden);
      const tip = await (await inside(page, FRAMED, '.tip')).evaluate((t) => t.innerText);
      assert.match(tip, /x: [01]\.\d/);
      assert.match(tip, /Q\s+0\.2/);
      await page.mouse.move(2, 2);
      await page.waitForFunction(() => document.querySelector('kl-scene').shadowRoot.querySelector('.tip').hidden);
    });

    test('the wheel over a figure scrolls the page', async () => {
      const page = await openFramed(browser, START, { width: 400, height: 400 });
      await page.mouse.move(200, 200);
      await page.mouse.wheel({ deltaY: 200 });
      await page.waitForFunction(() => scrollY > 0);
      assert.equal((await values(page, FRAMED)).q_mean, 1);
    });
  });
}
