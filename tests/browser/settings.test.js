// What a setting means: drags that come back give everything back, numbers are read as people write them, and what can't be is
// refused by name wherever it comes from.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, drag, launch } from './harness.js';
import { chapter, drawn, FRAMED, handleAt, inside, openDrawn, openFramed, shown, type, values, visibleText } from './scenes.js';

const LOCALES = ['en', 'en-IN', 'de', 'de-AT', 'de-CH', 'fr', 'es', 'pt', 'pl', 'ru', 'sv', 'tr', 'fa', 'ar-EG', 'bn', 'mr', 'hi', 'ne', 'my', 'th', 'ja', 'he'];

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    const told = (page, at = FRAMED) => page.$eval(at, (scene) => [...scene.shadowRoot.querySelectorAll('.notices li')].map((item) => item.textContent));
    const refused = (page, control) => visibleText(page, FRAMED, `[data-control="${control}"] .refusal`);

    /** Presses a handle and takes the pointer through some points, as what it has moved by; lets go at the last. */
    async function through(page, id, points, between = async () => {}) {
      const [x, y] = await handleAt(page, FRAMED, id);
      await page.mouse.move(x, y);
      await page.mouse.down();
      for (const [dx, dy] of points) {
        await page.mouse.move(x + dx, y + dy);
        await between();
      }
      await page.mouse.up();
    }

    const outAndBack = (dx, dy, steps) => {
      const out = Array.from({ length: steps }, (_, k) => [(dx * (k + 1)) / steps, (dy * (k + 1)) / steps]);
      return [...out, ...out.toReversed().slice(1), [0, 0]];
    };

    for (const [query, id, way] of [
      ['scene=never-negative', 'p_sun', outAndBack(0, -100, 100)],
      ['scene=impossible-events', 'p_windows', outAndBack(0, -100, 10)],
      ['scene=impossible-events&p_macos=0.123', 'p_macos', outAndBack(300, 20, 9)],
      ['scene=two-fits&p1_weight=0.333', 'p1', [...outAndBack(140, 0, 7), ...outAndBack(0, 60, 5), ...outAndBack(-50, -50, 3)]],
      ['scene=two-bells&p_mean=0.123', 'p_mean', [[0, 0]]],
      ['scene=likelihood&kind=points&x1=0.123', 'x1', outAndBack(-80, 30, 4)],
    ]) {
      test(`out and back with ${id} of ${query.split('&')[0].slice(6)}, and nothing has changed`, async () => {
        const page = await openFramed(browser, query);
        const before = await shown(page, FRAMED);
        const link = await page.$eval(FRAMED, (scene) => scene.link);
        const events = await page.evaluateHandle(() => {
          const all = [];
          addEventListener('kl-change', ({ detail }) => all.push(detail.values));
          return all;
        });
        let [step, away] = [0, 0];
        await through(page, id, way, async () => {
          // Between looks the pointer moves as fast as it can.
          if (step % 8 === 0) away += Number((await page.$eval(FRAMED, (scene) => scene.link)) !== link);
          step += 1;
        });
        assert.deepEqual(await shown(page, FRAMED), before);
        assert.equal(await page.$eval(FRAMED, (scene) => scene.link), link);
        assert.deepEqual(await events.jsonValue(), []);
        if (way.length > 1) assert.ok(away > 0, 'it was away');
        await assertClean(page);
      });
    }

    test('a page that scrolls under a hand that is still moves nothing', async () => {
      const page = await openFramed(browser, 'scene=not-a-distance', { height: 500 });
      const before = await values(page, FRAMED);
      let [step, least] = [0, before.q];
      await through(page, 'pq', outAndBack(0, 40, 6), async () => {
        step += 1;
        if (step === 6) await page.evaluate(() => window.scrollBy(0, 25));
        least = Math.min(least, (await values(page, FRAMED)).q);
      });
      assert.ok(least < before.q, 'it was away');
      assert.deepEqual(await values(page, FRAMED), before);
      await assertClean(page);
    });

    test('a drag keeps to one direction until the other is clearly meant, and the axes hold until it ends', async () => {
      const page = await openFramed(browser, 'scene=two-fits');
      const { p1_weight: weight, p1_mean: mean } = await values(page, FRAMED);
      const [, height] = await handleAt(page, FRAMED, 'p1');
      const peak = () => page.$eval(FRAMED, (scene) => new DOMMatrix(getComputedStyle(scene.shadowRoot.querySelector('.handle[data-id="p1"]')).transform).f);
      const before = await peak();
      assert.ok(height > 0);
      const heights = [];
      await through(page, 'p1', Array.from({ length: 30 }, (_, k) => [4 * (k + 1), k % 7]), async () => {
        assert.equal((await values(page, FRAMED)).p1_weight, weight);
        heights.push(await peak());
      });
      assert.ok(heights.every((y) => Math.abs(y - before) < 0.01), `the peak stays as high: ${before} and ${heights}`);
      assert.notEqual((await values(page, FRAMED)).p1_mean, mean);
      // Let go, the picture is that of the state, whatever led there.
      const here = await shown(page, FRAMED);
      const query = new URLSearchParams({ scene: 'two-fits', p1_mean: here.values.p1_mean });
      const other = await openFramed(browser, query);
      assert.deepEqual(await shown(other, FRAMED), here);
      // A page that another one covers answers a pointer late.
      await other.close();
      const { p1_mean: there } = here.values;
      await through(page, 'p1', [[8, 0], [8, 30], [2, 40]]);
      const now = await values(page, FRAMED);
      assert.equal(now.p1_mean, there);
      assert.notEqual(now.p1_weight, weight);
      await assertClean(page);
    });

    test('a point of a map is dragged both ways at once', async () => {
      const page = await openFramed(browser, 'scene=not-a-distance');
      const before = await values(page, FRAMED);
      const [x, y] = await handleAt(page, FRAMED, 'pq');
      await drag(page, [x, y], [x + 30, y - 25]);
      const now = await values(page, FRAMED);
      assert.ok(now.p > before.p && now.q > before.q, JSON.stringify(now));
    });

    test('a slider of a share moves its bar, and the others give way; what is typed is a weight', async () => {
      const page = await openFramed(browser, 'scene=never-negative');
      await (await inside(page, FRAMED, '[data-control="p_sun"] input[type="range"]')).focus();
      await page.keyboard.press('PageUp');
      const slid = await values(page, FRAMED);
      assert.deepEqual([slid.p_sun, slid.p_cloud, slid.p_rain, slid.p_snow], [0.45, 0.275, 0.1833, 0.0917]);
      await type(page, FRAMED, 'p_sun', '95 %');
      const typed = await values(page, FRAMED);
      assert.deepEqual([typed.p_sun, typed.p_cloud], [0.95, 0.275]);
      assert.match(await visibleText(page, FRAMED, '[data-control="p_sun"] label'), /^P: sun, as a weight: 0\.63\d\d of the whole$/);
      await assertClean(page);
    });

    test('weights that are all 0 are refused where they are typed, and the last picture stays', async () => {
      const page = await openFramed(browser, 'scene=never-negative');
      for (const id of ['p_sun', 'p_cloud', 'p_rain']) await type(page, FRAMED, id, '0');
      const before = await shown(page, FRAMED);
      await type(page, FRAMED, 'p_snow', '0');
      assert.match(await refused(page, 'p_snow'), /^P: snow.*: 0 must not be 0 together with all beside it/);
      assert.equal(await (await inside(page, FRAMED, '[data-control="p_snow"] .field')).evaluate((field) => field.value), '0', 'it stays, to be mended');
      assert.deepEqual(await shown(page, FRAMED), before);
      await assertClean(page);
    });

    test('more heads than flips are refused by name, wherever they come from', async () => {
      const rule = /^heads \(heads\): 7 is outside 0 to 3\. It was left out\.$/;
      const lesson = await openDrawn(browser, '#likelihood?flips=3&heads=7');
      assert.match((await told(lesson, chapter('likelihood')))[0], rule);
      const page = await openFramed(browser, 'scene=likelihood&flips=3&heads=7');
      assert.match((await told(page))[0], rule);
      const kept = { flips: 3, heads: 2 };
      await page.$eval(FRAMED, (scene, state) => (scene.values = state), kept);
      await type(page, FRAMED, 'heads', '7');
      assert.equal(await refused(page, 'heads'), 'heads: 7 is outside 0 to 3');
      const problems = await page.$eval(FRAMED, (scene) => scene.apply({ heads: 7 }));
      assert.deepEqual(problems, [{ field: 'heads', value: '7', rule: 'is outside 0 to 3' }]);
      const { flips, heads } = await values(page, FRAMED);
      assert.deepEqual({ flips, heads }, kept);
      await page.$eval(FRAMED, (scene) => (scene.values = { flips: 3, heads: 7 }));
      await page.waitForFunction((at) => document.querySelector(at).values.heads === 3, {}, FRAMED);
      await page.evaluate(() => {
        document.querySelector('main').innerHTML = '<kl-scene scene="likelihood" flips="3" heads="7"></kl-scene>';
      });
      await drawn(page);
      assert.match((await told(page))[0], rule);
      await assertClean(page);
    });

    test('fewer flips take the heads along, and the slider brings them back', async () => {
      const page = await openFramed(browser, 'scene=likelihood');
      const slide = (...to) =>
        page.$eval(
          FRAMED,
          (scene, stops) => {
            const range = scene.shadowRoot.querySelector('[data-control="flips"] input[type="range"]');
            const seen = stops.map((stop) => {
              range.valueAsNumber = stop;
              range.dispatchEvent(new Event('input'));
              const { flips, heads } = scene.values;
              return [flips, heads];
            });
            range.dispatchEvent(new Event('change'));
            return seen;
          },
          to,
        );
      assert.deepEqual(await slide(8, 3, 1, 5, 10), [[8, 7], [3, 3], [1, 1], [5, 5], [10, 7]]);
      assert.deepEqual(await slide(3), [[3, 3]]);
      await type(page, FRAMED, 'flips', '2');
      assert.equal((await values(page, FRAMED)).heads, 2);
      assert.deepEqual(await told(page), []);
      await assertClean(page);
    });

    test('what is set twice, and values that are none, are told', async () => {
      const page = await openFramed(browser, 'scene=two-bells&p_mean=1&p_mean=2&chrome=bare&chrome=full&ask=far-apart&question=why');
      const twice = 'stands beside another value of the same name, which holds. It was left out.';
      assert.deepEqual((await told(page)).sort(), [`chrome: full ${twice}`, `p_mean: 1 ${twice}`, `question: why ${twice}`]);
      const plain = await openFramed(browser, 'scene=two-bells&p_mean=1e-999');
      assert.deepEqual(await told(plain), ['mean of P (p_mean): 1e-999 is too small to be told from 0. It was left out.']);
      for (const nonsense of [5, 'p_mean=1', true, [1]]) {
        await plain.$eval(FRAMED, (scene, what) => (scene.values = what), nonsense);
        const words = `values: ${String(nonsense)} is not an object of values by control`;
        await plain.waitForFunction((at, sentence) => document.querySelector(at).shadowRoot.querySelector('.notices').textContent.includes(sentence), {}, FRAMED, words);
        const [problem] = await plain.$eval(FRAMED, (scene, what) => scene.apply(what), nonsense);
        assert.equal(`${problem.field}: ${problem.value} ${problem.rule}`, words);
      }
      await assertClean(page);
    });

    test('every language reads the numbers that it prints', async () => {
      const page = await openFramed(browser, 'scene=evidence');
      const faults = await page.evaluate(async (locales) => {
        const core = await import(new URL('core.js', location.href));
        const { Words } = await import(new URL('words.js', location.href));
        const read = (locale, control, words) => {
          const { values, problem } = core.typed({ scene: 'evidence' }, { control, words, ...new Words(locale).signs });
          return values ? values[control] : problem.rule.key;
        };
        const wrong = [];
        for (const locale of locales) {
          const print = (value, how) => new Intl.NumberFormat(locale, how).format(value);
          for (const [control, words, want] of [
            ['p', print(0.05, { maximumFractionDigits: 9 }), 0.05],
            ['p', print(0.125), 0.125],
            ['p', print(0.05, { style: 'percent' }), 0.05],
            ['p', print(0.625, { style: 'percent', maximumFractionDigits: 1 }), 0.625],
            ['p', '5 %', 0.05],
            ['p', '0.05', 0.05],
            ['p', '0,05', 0.05],
            ['seed', print(1234), 1234],
            ['seed', print(1234, { useGrouping: 'always' }), 1234],
            ['seed', print(9999, { useGrouping: false }), 9999],
            ['seed', print(-1), 'is outside {min} to {max}'],
            ['seed', print(1234567.5), 'is outside {min} to {max}'],
          ]) {
            const got = read(locale, control, words);
            if (got !== want) wrong.push(`${locale}: “${words}” is ${got} and not ${want}`);
          }
          const half = read(locale, 'p', '1/2');
          if (half !== (locale === 'fa' ? 'could be a fraction or a decimal; a half is written {half}' : 0.5)) wrong.push(`${locale}: 1/2 is ${half}`);
        }
        return wrong;
      }, LOCALES);
      assert.deepEqual(faults, []);
    });

    test('typed on a German page, 1.000 is a thousand; on a French one it is asked what is meant', async () => {
      const page = await openFramed(browser, 'scene=evidence');
      const inLanguage = async (lang) => {
        await page.evaluate((tag) => {
          document.querySelector('main').innerHTML = `<div lang="${tag}"><kl-scene scene="evidence"></kl-scene></div>`;
        }, lang);
        await drawn(page);
      };
      await inLanguage('de');
      for (const [control, words, want] of [['seed', '1.000', 1000], ['p', '0,05', 0.05], ['p', '5 %', 0.05], ['p', '1/20', 0.05]]) {
        await type(page, FRAMED, control, words);
        assert.equal((await values(page, FRAMED))[control], want, words);
        assert.equal(await refused(page, control), '');
      }
      await inLanguage('fr');
      await type(page, FRAMED, 'seed', '1.000');
      assert.match(await refused(page, 'seed'), /: 1\.000 could be 1 or 1000 here; write one of these$/);
      assert.equal((await values(page, FRAMED)).seed, 1);
    });

    test('a telephone shows the keys that a number may need', async () => {
      const page = await openFramed(browser, 'scene=evidence');
      const mode = async (control) => (await inside(page, FRAMED, `[data-control="${control}"] .field`)).evaluate((field) => field.inputMode);
      assert.deepEqual([await mode('p'), await mode('seed')], ['text', 'numeric']);
      const bells = await openFramed(browser, 'scene=two-bells');
      assert.equal(await (await inside(bells, FRAMED, '[data-control="p_mean"] .field')).evaluate((field) => field.inputMode), 'text');
      await type(bells, FRAMED, 'p_mean', '–1.5');
      assert.equal((await values(bells, FRAMED)).p_mean, -1.5);
    });
  });
}
