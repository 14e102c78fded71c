// What a figure is for those who don't see it, or see it another way: its description, its data, its sound, and
// the keyboard; every scene in turn.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { heard } from '../../www/audio.js';
import { accessibilityFaults, assertClean, BROWSERS, launch } from './harness.js';
import { FRAMED, inside, LESSONS, openFramed, registry, visibleText, walked } from './scenes.js';

const SETTLED = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

for (const name of BROWSERS) {
  describe(name, { timeout: 1_800_000 }, () => {
    let browser;
    let scenes;

    before(async () => {
      browser = await launch(name);
      const page = await openFramed(browser, 'scene=two-bells');
      scenes = (await registry(page)).map(({ id }) => id);
      await page.close();
    });

    after(() => browser?.close());

    /** Calls `check` with a page of each scene in this turn, closing it after. */
    async function each(turn, check, options) {
      assert.equal(scenes.length > 10, true);
      for (const id of walked(browser, scenes, turn)) {
        const page = await openFramed(browser, `scene=${id}`, options);
        await check(page, id);
        await assertClean(page);
        await page.close();
      }
    }

    test('axe finds nothing on tables and a pinned state', async () => {
      for (const id of ['two-coins', 'cross-entropy']) {
        const page = await openFramed(browser, `scene=${id}`);
        await page.$eval(FRAMED, (scene) => {
          scene.shadowRoot.querySelector('.data').open = true;
          [...scene.shadowRoot.querySelectorAll('.tools button')].find((button) => button.textContent === 'Pin').click();
        });
        await page.evaluate(SETTLED);
        assert.deepEqual(await accessibilityFaults(page), [], id);
        await page.close();
      }
    });

    test('a figure has a name and a description, whose numbers are those of the model and change with it', () =>
      each(0, async (page, id) => {
        const read = () =>
          page.$eval(FRAMED, (scene) => {
            const root = scene.shadowRoot;
            const canvas = root.querySelector('canvas');
            const words = (attribute) => root.getElementById(canvas.getAttribute(attribute)).textContent;
            const numbers = [...Object.values(scene.readouts).map(({ value }) => value), ...Object.values(scene.values).map(Number)].filter((value) => !Number.isNaN(value));
            return { role: canvas.getAttribute('role'), name: words('aria-labelledby'), told: words('aria-describedby'), numbers };
          });
        const before = await read();
        assert.equal(before.role, 'img');
        assert.ok(before.name && before.told, id);
        const held = ({ told, numbers }) => {
          // What has three decimals or more is a result: one of the numbers, rounded.
          for (const [whole, decimals] of told.matchAll(/\d+\.(\d{3,})/g)) {
            const off = Math.min(...numbers.map((value) => Math.abs(Math.abs(value) - Number(whole))));
            assert.ok(off <= 0.500001 * 10 ** -decimals.length, `${id}: ${whole} of “${told}” is no number of the model`);
          }
        };
        held(before);
        const handles = await page.$eval(FRAMED, (scene) => [...scene.shadowRoot.querySelectorAll('.handle')].map((handle) => handle.dataset.id));
        let changed = false;
        for (const handle of handles) {
          await (await inside(page, FRAMED, `.handle[data-id="${handle}"]`)).focus();
          await page.keyboard.press('PageUp');
          await page.keyboard.press('ArrowRight');
          await page.evaluate(SETTLED);
          const now = await read();
          held(now);
          if (now.told !== before.told) {
            changed = true;
            break;
          }
        }
        assert.ok(changed, `${id}: the description stays as it is`);
      }));

    test('every handle is a slider to the keyboard: arrows, pages, ends, and a value in words', () =>
      each(1, async (page, id) => {
        const handles = await page.$eval(FRAMED, (scene) => [...scene.shadowRoot.querySelectorAll('.handle')].map((handle) => handle.dataset.id));
        assert.ok(handles.length, id);
        for (const handle of handles) {
          const at = `.handle[data-id="${handle}"]`;
          const state = () =>
            page.$eval(
              FRAMED,
              (scene, css) => {
                const knob = scene.shadowRoot.querySelector(css);
                return knob && ['role', 'aria-label', 'aria-valuenow', 'aria-valuemin', 'aria-valuemax', 'aria-valuetext'].map((key) => knob.getAttribute(key));
              },
              at,
            );
          const first = await state();
          // A handle may leave as another one moves.
          if (!first) continue;
          assert.equal(first[0], 'slider');
          assert.ok(first.every((part) => part !== null && part !== ''), `${id} ${handle}: ${first}`);
          await (await inside(page, FRAMED, at)).focus();
          const seen = new Set();
          for (const key of ['End', 'Home', 'PageUp', 'ArrowUp', 'ArrowRight']) {
            // A key that is let go has been worked off.
            await page.keyboard.press(key);
            const now = await state();
            if (!now) break;
            const [, , value, min, max] = now.map(Number);
            assert.ok(value >= min && value <= max, `${id} ${handle} after ${key}: ${now}`);
            seen.add(now[2]);
          }
          assert.ok(seen.size > 1, `${id} ${handle}: no key moves it`);
          await page.$eval(FRAMED, (scene) => {
            scene.values = {};
            return scene.values;
          });
        }
      }));

    test('Tab reaches everything that can be pressed, and leads on out of it, all parts being open', () =>
      each(2, async (page, id) => {
        for (const css of ['.data > summary', '.tools button[aria-expanded]']) {
          await (await inside(page, FRAMED, css)).focus();
          await page.keyboard.press('Enter');
        }
        await page.evaluate(SETTLED);
        // Back to the page's start.
        await page.evaluate(() => {
          document.body.tabIndex = -1;
          document.body.focus();
        });
        const all = await page.$eval(FRAMED, (scene) => {
          const pressed = [...scene.shadowRoot.querySelectorAll('button, input, textarea, summary, [tabindex="0"]')];
          const open = pressed.filter((part) => part.checkVisibility() && !part.disabled && !part.closest('[inert]'));
          // Of the radio buttons of a group, the chosen one is the way in.
          const stops = open.filter((part) => part.type !== 'radio' || part.checked);
          stops.forEach((part, at) => (part.dataset.stop = at));
          return stops.length;
        });
        const reached = new Set();
        for (let tab = 0; tab < all + 5; tab += 1) {
          await page.keyboard.press('Tab');
          const stop = await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.dataset.stop ?? null);
          if (stop === null) break;
          reached.add(stop);
        }
        assert.equal(reached.size, all, `${id}: ${reached.size} of ${all}`);
        assert.equal(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement ?? null), null, `${id} keeps the focus`);
      }));

    test('the tables hold what is plotted, point by point, and nothing while a question is open', () =>
      each(3, async (page, id) => {
        assert.equal(await page.$eval(FRAMED, (scene) => scene.shadowRoot.querySelectorAll('.tables *').length), 0, 'made when opened');
        const { told, plotted } = await page.$eval(FRAMED, async (scene) => {
          scene.shadowRoot.querySelector('.data').open = true;
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          const glue = await import(new URL('pkg/kl_explorer.js', location.href));
          const power = (signs) => [...signs].map((sign) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)).map((digit) => (digit < 0 ? '-' : digit)).join('');
          const number = (text) => Number(text.replaceAll('−', '-').replace(/ × 10(.+)$/, (_, signs) => `e${power(signs)}`).replace('∞', 'Infinity'));
          const cells = (css) => [...scene.shadowRoot.querySelectorAll(`.tables tbody ${css}`)].map((cell) => cell.textContent);
          const series = glue.table({ scene: scene.scene });
          const digits = (numbers) => numbers.map((value) => value.toPrecision(6)).sort();
          // In a panel of named rows the place is the row; a place with a name has no number of its own.
          const values = series.flatMap(({ points, y_names: rows }) => points.map(([x, y]) => (rows.length ? x : y)));
          const places = series.filter(({ x_names: across, y_names: rows }) => !across.length && !rows.length).flatMap(({ points }) => points.map(([x]) => x));
          const heads = digits(cells('th').map(number));
          // The CSV is made from the figure another way.
          const points = new Set(glue.csv({ scene: scene.scene }).trim().split('\r\n').slice(1).map((line) => line.replace(/"(?:[^"]|"")*"/g, '').split(',').slice(2, 4).map((v) => Number(v.replace('inf', 'Infinity'))).join()));
          const strange = series.flatMap((one) => one.points).filter((point) => !points.has(point.map(Number).join()));
          return {
            told: digits(cells('td').map(number)),
            plotted: digits(values),
            missing: digits(places).filter((place) => !heads.includes(place)),
            strange: strange.map(String),
          };
        }).then(({ missing, strange, ...both }) => {
          assert.deepEqual([missing.slice(0, 3), strange.slice(0, 3)], [[], []], id);
          return both;
        });
        assert.ok(told.length > 1, `${id}: ${told.length} cells`);
        assert.deepEqual(told, plotted, id);
        await (await inside(page, FRAMED, '.ask')).evaluate((button) => button.click());
        assert.equal(await visibleText(page, FRAMED, '.data'), '');
        assert.equal(await page.$eval(FRAMED, (scene) => scene.shadowRoot.querySelectorAll('.tables td').length), 0);
      }));

    for (const [turn, language] of Object.keys(LESSONS).entries()) {
      test(`each settled change is announced once, whole and in 140 characters: ${language}`, async () => {
        for (const id of walked(browser, scenes, 5 + turn)) {
          const page = await openFramed(browser, `scene=${id}&lang=${language}`);
          const told = await page.$eval(FRAMED, async (scene) => {
            const root = scene.shadowRoot;
            const settled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            let heard = [];
            const status = root.querySelector('.scene > [role="status"].unseen');
            new MutationObserver(() => heard.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
            const told = [];
            let before = root.querySelector('.said').textContent;
            for (const preset of root.querySelectorAll('[data-preset]')) {
              heard = [];
              preset.click();
              await settled();
              const said = root.querySelector('.said').textContent;
              if (said !== before) told.push({ said, heard });
              before = said;
            }
            return told;
          });
          assert.ok(told.length > 1, id);
          for (const { said, heard } of told) {
            assert.deepEqual(heard, [said], id);
            assert.ok(said.length <= 140, `${id}: ${said.length}: ${said}`);
          }
          await page.close();
        }
      });
    }

    test('with the spacing that readers may ask for, no words are cut', () =>
      each(4, async (page, id) => {
        const cut = await page.$eval(FRAMED, async (scene) => {
          const spaced = new CSSStyleSheet();
          spaced.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }');
          scene.shadowRoot.adoptedStyleSheets.push(spaced);
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          const parts = [...scene.shadowRoot.querySelectorAll('button, label, legend, dt, dd, li, p, h1, h2, h3')];
          return parts
            .filter((part) => part.checkVisibility() && !part.closest('.unseen, .presets .buttons') && getComputedStyle(part).display !== 'inline')
            .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().right > innerWidth + 1)
            .map((part) => part.outerHTML.slice(0, 80));
        });
        assert.deepEqual(cut, [], id);
      }, { width: 375, height: 700 }));

    test('sound is begun and ended by the reader', async () => {
      const page = await openFramed(browser, 'scene=two-bells');
      await page.evaluate(() => {
        const Real = window.AudioContext;
        window.contexts = [];
        window.AudioContext = class extends Real {
          constructor() {
            super();
            window.contexts.push(this);
          }
        };
      });
      const button = await page.evaluateHandle((scene) => [...document.querySelector(scene).shadowRoot.querySelectorAll('.tools button')].find((b) => b.textContent === 'Listen'), FRAMED);
      assert.equal(await page.evaluate(() => window.contexts.length), 0, 'nothing sounds by itself');
      await button.click();
      assert.equal(await button.evaluate((b) => b.textContent), 'Stop listening');
      await button.click();
      await page.waitForFunction(() => window.contexts.length === 1 && window.contexts[0].state === 'closed');
      assert.equal(await button.evaluate((b) => b.textContent), 'Listen');
    });
  });
}

test('a curve sounds high where it is high, and from left to right', () => {
  const bell = Array.from({ length: 81 }, (_, at) => [at / 10 - 4, Math.exp(-((at / 10 - 4 - 1) ** 2))]);
  const flat = [[-4, 0], [0, 0], [4, 0]];
  const [high, low] = heard([
    { id: 'a', name: 'bell', crowd: false, points: bell },
    { id: 'a', name: 'flat', crowd: false, points: flat },
    { id: 'a', name: 'one of many', crowd: true, points: bell },
    { id: 'a', name: 'a dot', crowd: false, points: [[0, 9]] },
  ]);
  const top = high.pitches.indexOf(Math.max(...high.pitches));
  assert.ok(Math.abs(high.pitches[top] - 880) < 1 && Math.abs(Math.min(...high.pitches) - 220) < 1, 'two octaves');
  assert.ok(Math.abs(high.pans[top] - 1 / 4) < 0.02, 'the peak at 1 of −4 to 4 is a quarter to the right');
  assert.deepEqual([high.pans[0], high.pans.at(-1)], [-1, 1]);
  assert.ok(low.pitches.every((pitch) => Math.abs(pitch - 220) < 1), 'the panel’s curves share a scale');
});
