// Lecture mode: one scene at a time, led by keys as presenter's remotes send them; type that can be read from the back.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibilityFaults, assertClean, BROWSERS, launch } from './harness.js';
import { openDrawn } from './scenes.js';

const STAGE = '.lecture kl-scene';

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    const stage = (page) =>
      page.$eval(STAGE, (scene) => {
        const root = scene.shadowRoot;
        const seen = (css) => root.querySelector(css)?.checkVisibility({ visibilityProperty: true }) ?? false;
        return { scene: scene.scene, asked: scene.asked, figure: seen('canvas'), numbers: seen('.main'), card: seen('.card') };
      });

    /** In a lecture; in the `windowed` one the full screen, which has a size of its own, is refused. */
    async function lecture(browserOf, { at = 'two-coins', windowed = false, ...options } = {}) {
      const page = await openDrawn(browserOf, `#${at}`, { width: 1920, height: 1080, ...options });
      if (windowed) await page.evaluate(() => (document.documentElement.requestFullscreen = () => Promise.reject(new Error('refused'))));
      await page.evaluate(() => [...document.querySelectorAll('#switches button')].find((button) => button.textContent === 'Lecture').click());
      await ready(page);
      return page;
    }

    async function ready(page) {
      await page.waitForSelector(STAGE);
      await page.$eval(STAGE, (scene) => scene.ready);
    }

    const press = async (page, key) => {
      await page.keyboard.press(key);
      await ready(page);
    };

    test('a remote leads through a scene, its questions alone, their answers, and on to the next scene', async () => {
      const page = await lecture(browser);
      const free = { scene: 'two-coins', asked: false, figure: true, numbers: true, card: false };
      assert.deepEqual(await stage(page), free);
      const questions = await page.$eval(STAGE, (scene) => scene.questions.length);
      for (let question = 0; question < questions; question += 1) {
        await press(page, 'PageDown');
        assert.deepEqual(await stage(page), { ...free, asked: true, figure: false, numbers: false, card: true }, 'the question alone');
        await press(page, 'PageDown');
        assert.deepEqual(await stage(page), { ...free, card: true }, 'the answer with the figure');
      }
      await press(page, 'PageDown');
      assert.equal((await stage(page)).scene, 'two-bells');
      await press(page, 'PageUp');
      assert.deepEqual(await stage(page), free);
      await assertClean(page);
    });

    test('the space bar leads on, what covers the stage goes first, and a remote’s start key loads nothing', async () => {
      const page = await lecture(browser);
      await press(page, ' ');
      assert.equal((await stage(page)).asked, true, 'the space bar asks');
      const covered = () => page.$eval('.lecture', (root) => [root.classList.contains('blank'), root.querySelector('.lecture-qr').checkVisibility()]);
      for (const [key, cover] of [['b', [true, false]], ['.', [true, false]], ['q', [false, true]]]) {
        await press(page, key);
        assert.deepEqual(await covered(), cover);
        await press(page, 'PageDown');
        assert.deepEqual(await covered(), [false, false]);
        assert.equal((await stage(page)).asked, true, `${key}: nothing was answered unseen`);
      }
      await page.evaluate(() => addEventListener('keydown', (event) => (window.prevented = event.defaultPrevented), { capture: true }));
      await page.keyboard.press('F5');
      assert.equal(await page.evaluate(() => window.prevented), true);
      await press(page, ' ');
      assert.equal((await stage(page)).asked, false);
      // The answer has the focus now, and no button.
      await press(page, ' ');
      assert.equal((await stage(page)).asked, true, 'the next question');
      await assertClean(page);
    });

    test('letters reveal, hide and freeze, and can be switched off', async () => {
      const page = await lecture(browser);
      await press(page, 'n');
      assert.equal((await stage(page)).numbers, false);
      await press(page, 'n');
      await press(page, 'f');
      const frozen = () => page.$eval(STAGE, (scene) => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(scene.shadowRoot.querySelector('.handles').inert)))));
      assert.equal(await frozen(), true);
      await press(page, 'f');
      assert.equal(await frozen(), false);
      await press(page, 'ArrowRight');
      await press(page, 'r');
      assert.deepEqual([(await stage(page)).asked, (await stage(page)).card], [false, true]);
      const hints = () => page.$$eval('.lecture kbd', (all) => all.filter((one) => one.checkVisibility()).map((one) => one.textContent).join(''));
      assert.equal(await hints(), 'RFNCQB', 'each stands on its button');
      await page.click('.lecture [data-action="letters"]');
      assert.equal(await hints(), '');
      await press(page, 'n');
      assert.equal((await stage(page)).numbers, true, 'letters mean nothing now');
      await press(page, 'ArrowLeft');
      assert.equal((await stage(page)).card, false, 'arrows still do');
    });

    test('numbers that are hidden are hidden on the figure too, and come back', async () => {
      const page = await lecture(browser, { at: 'evidence' });
      await page.evaluate(() => {
        const { fillText } = CanvasRenderingContext2D.prototype;
        CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
          window.written.push(text);
          return fillText.call(this, text, ...place);
        };
      });
      const written = async (key) => {
        await page.evaluate(() => (window.written = []));
        await press(page, key);
        await page.waitForFunction(() => window.written.length);
        return page.evaluate(() => window.written);
      };
      const told = (words) => words.filter((text) => text.includes('0.0201'));
      assert.deepEqual(told(await written('n')), []);
      assert.ok(told(await written('n')).length > 0);
    });

    test('keys move the handle that the keyboard is on, and lead on after the mouse', async () => {
      const page = await lecture(browser);
      const q = () => page.$eval(STAGE, (scene) => scene.values.q);
      const before = await q();
      await page.$eval(STAGE, (scene) => scene.shadowRoot.querySelector('.handle[data-id="q-heads"]')?.focus({ focusVisible: true }));
      await page.keyboard.press('ArrowUp');
      assert.notEqual(await q(), before);
      const at = await page.$eval(STAGE, (scene) => {
        const { x, y, width, height } = scene.shadowRoot.querySelector('.handle[data-id="q-heads"]').getBoundingClientRect();
        return [x + width / 2, y + height / 2];
      });
      await page.$eval(STAGE, (scene) => scene.shadowRoot.activeElement.blur());
      await page.mouse.move(...at);
      await page.mouse.down();
      await page.mouse.move(at[0], at[1] - 20);
      await page.mouse.up();
      await press(page, 'PageDown');
      assert.equal((await stage(page)).asked, true);
    });

    test('no word before the class is smaller than 3 % of the screen’s height', async () => {
      const page = await lecture(browser);
      const small = async () => {
        const found = await page.$eval(STAGE, async (scene) => {
          const least = 0.03 * innerHeight;
          const out = [];
          // What the lecturer alone needs is as small as on any page.
          for (const part of scene.shadowRoot.querySelectorAll('*')) {
            const words = [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
            if (!words || part.closest('.unseen, .presets, .controls, .played, .said, button') || !part.checkVisibility({ visibilityProperty: true })) continue;
            const size = parseFloat(getComputedStyle(part).fontSize);
            if (size < least) out.push(`${part.outerHTML.slice(0, 60)}: ${size}`);
          }
          return out;
        });
        return found;
      };
      assert.deepEqual(await small(), []);
      await press(page, 'PageDown');
      assert.deepEqual(await small(), []);
      await press(page, 'PageDown');
      assert.deepEqual(await small(), []);
    });

    for (const [width, height] of [[1280, 720], [1920, 1080]]) {
      test(`every scene fits a screen of ${width} × ${height}, its type 3 % of that height, also with an answer below it`, async () => {
        const page = await lecture(browser, { width, height, windowed: true });
        const seen = new Set();
        const place = () => page.$eval('.lecture .place', (place) => place.textContent);
        const count = Number((await place()).split(' ').at(-1));
        for (let ended = false; !ended; ) {
          const { scene, asked, over, stage, type } = await page.$eval(STAGE, async (one) => {
            const room = one.shadowRoot.querySelector('.room');
            // A figure is drawn, and in the next frame again in the room that its numbers have left it.
            for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
            const stage = document.querySelector('.lecture .stage');
            const look = getComputedStyle(one.shadowRoot.querySelector('.probe'));
            const type = (12.5 / 16) * parseFloat(look.fontSize);
            return { scene: one.scene, asked: one.asked, over: room.scrollHeight - room.clientHeight, stage: stage.scrollHeight - stage.clientHeight, type };
          });
          assert.ok(asked || over <= 0, `${scene} is ${over} pixels too high`);
          assert.ok(stage <= 0, `${scene}: the stage is ${stage} pixels too high`);
          assert.ok(type >= 0.03 * height, `${scene}: ${type}`);
          seen.add(scene);
          const before = await page.$eval(STAGE, (one) => one.outerHTML + one.shadowRoot.querySelector('.card').outerHTML);
          await press(page, 'PageDown');
          ended = before === (await page.$eval(STAGE, (one) => one.outerHTML + one.shadowRoot.querySelector('.card').outerHTML));
        }
        assert.ok(count > 10 && seen.size === count, `${seen.size} of ${count} scenes were shown`);
      });
    }

    test('a class can scan the state it sees', async () => {
      const page = await lecture(browser);
      await page.$eval(STAGE, (scene) => (scene.values = { p: 0.25, q: 0.5 }));
      await press(page, 'q');
      const link = await page.$eval('.lecture-qr figcaption', (caption) => caption.textContent);
      assert.match(link, /#two-coins\?p=0.25&q=0.5$/);
      const { side, seen } = await page.$eval('.lecture-qr svg', (code) => ({ side: code.getBoundingClientRect().height, seen: code.checkVisibility() }));
      assert.ok(seen && side > 0.5 * (await page.evaluate(() => innerHeight)), `${side} pixels`);
      await press(page, 'q');
      assert.equal(await page.$eval('.lecture-qr', (code) => code.checkVisibility()), false);
    });

    test('axe finds nothing, and leaving goes back to the scene', async () => {
      const page = await lecture(browser, { width: 1280, height: 720 });
      assert.deepEqual(await accessibilityFaults(page, '.lecture'), []);
      await press(page, 'PageDown');
      assert.deepEqual(await accessibilityFaults(page, '.lecture'), []);
      await page.click('.lecture [data-action="leave"]');
      await page.waitForFunction(() => !document.querySelector('.lecture').open && !document.fullscreenElement);
      const top = await page.$eval('#two-coins > kl-scene', (scene) => scene.getBoundingClientRect().top);
      assert.ok(top >= 0 && top < 200, `the scene begins at ${top}`);
    });
  });
}
