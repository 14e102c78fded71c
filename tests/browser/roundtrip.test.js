// Links under stress: states by the hundred thousand come back as they were, and no string whatever does harm.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, launch } from './harness.js';
import { chapter, drawn, openDrawn, openFramed } from './scenes.js';

const MANY = 100_000;
/** So many go at once, so that a busy browser answers in time, and so many of these through the core as well. */
const ROUND = 5_000;
const SOME = 10;

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    test('states of every scene come back from their links to the last bit', async () => {
      const page = await openFramed(browser, 'scene=two-coins');
      const round = (number) =>
        page.evaluate(async ({ number: round, many, some }) => {
          const core = await import(new URL('core.js', location.href));
          const { address, readHash } = await import(new URL('link.js', location.href));
          const canvas = document.createElement('canvas');
          const ask = (scene, values = {}) => core.render(canvas, { scene, values, width: 300 });
          const scenes = core.scenes().map(({ id }) => ({ id, controls: ask(id).controls }));

          // A generator of its own (mulberry32), so that a fault can be had again.
          let seed = 20_240_229 + round;
          const bits = () => {
            seed = (seed + 0x6d2b79f5) | 0;
            let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
            t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
            return (t ^ (t >>> 14)) >>> 0;
          };
          const random = () => (bits() * 2 ** 21 + (bits() >>> 11)) / 2 ** 53;
          const pick = (list) => list[bits() % list.length];
          const kinds = new Set();
          /** Ends, zeros, round numbers, numbers of all digits, and tiny ones. */
          const value = (control) => {
            kinds.add(control.kind);
            if (control.kind === 'choice') return pick(control.options)[0];
            if (control.kind === 'switch') return bits() % 2 === 0;
            const { min = 0, max, whole = control.kind !== 'slider' } = control;
            const any = min + random() * (max - min);
            if (whole) return Math.round(any);
            const candidates = [min, max, 0, -0, any, Number(any.toFixed(2)), any * 1e-9, -any * 1e-12, 5e-324];
            const chosen = pick(candidates);
            return chosen >= min && chosen <= max ? chosen : any;
          };

          const faults = [];
          let tried = 0;
          for (let at = 0; at < many && faults.length < 5; at += 1) {
            const { id, controls } = scenes[at % scenes.length];
            const state = controls.map((control) => ({ ...control, value: bits() % 3 ? value(control) : control.default }));
            const units = pick(['nats', 'bits']);
            const question = pick([null, 'a-question', 'ä & b=c#d']);
            const link = address(id, state, { units, question });
            const { scene, values, units: read, question: open, problems } = readHash(new URL(link).hash);
            const usual = Object.fromEntries(controls.map((control) => [control.id, control.default]));
            const same = state.every(({ id: control, kind, value: was }) => {
              const is = control in values ? values[control] : usual[control];
              if (kind === 'choice') return is === was;
              if (kind === 'switch') return String(is) === String(was);
              return Number(is) === was;
            });
            if (scene !== id || !same || (read ?? 'nats') !== units || open !== question || problems.length) faults.push(link);
            // What the core makes of the written values is what was meant, to the last bit; minus zero is zero.
            if (at % Math.floor(many / some) === 0) {
              const { values: applied, problems: refused } = ask(id, values);
              const right = state.every(({ id: control, value: was }) => Object.is(applied[control], was === 0 ? 0 : was));
              if (!right || refused.length) faults.push(`${link}: ${JSON.stringify([applied, refused])}`);
            }
            tried += 1;
          }
          return { tried, kinds: [...kinds], faults };
        }, { number, many: ROUND, some: SOME });
      let tried = 0;
      const kinds = new Set();
      for (let number = 0; number < MANY / ROUND; number += 1) {
        const done = await round(number);
        assert.deepEqual(done.faults, []);
        tried += done.tried;
        done.kinds.forEach((kind) => kinds.add(kind));
      }
      assert.equal(tried, MANY);
      assert.deepEqual([...kinds].sort(), ['choice', 'seed', 'slider', 'steps', 'switch']);
      await assertClean(page);
    });

    test('no string throws, and some of them pasted into the address leave a page that works', async () => {
      const page = await openDrawn(browser, '#two-bells?p_mean=2');
      const sample = await page.evaluate(async (many) => {
        const { readHash, readState } = await import(new URL('www/link.js', location.href));
        const { readParameters } = await import(new URL('www/parameters.js', location.href));
        let seed = 7;
        const below = (n) => {
          seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
          return Math.floor((seed / 2 ** 32) * n);
        };
        const parts = [
          ...['#', '?', '&', '=', '%', '%%', '%2', '%zz', '%E0%A4%A', '+', ';', '/', '\\', '\0', '\u202e', '💥', '\ud800', '<b>', '"', "'"],
          ...['two-bells', 'two-coins', 'mixtures', 'p_mean', 'p_sd', 'units', 'bits', 'question', 'far-apart', '__proto__', 'constructor'],
          ...['0', '-0', '−1', '1e999', '-1e-999', 'NaN', 'Infinity', '0x10', '1,5', ' 2 ', '9'.repeat(400), 'x'.repeat(300)],
        ];
        const kept = [];
        for (let at = 0; at < many; at += 1) {
          const words = Array.from({ length: 1 + below(9) }, () => (below(4) ? parts[below(parts.length)] : String.fromCharCode(below(65_536))));
          const text = words.join(below(2) ? '' : pick(['&', '=', '?']));
          const state = readHash(`#${text}`);
          if (state !== null && typeof state.scene !== 'string') throw new Error(`no scene in ${text}`);
          readState(text, ['scene']);
          readParameters(`?scene=two-bells&lang=${text}`);
          readParameters(`?${text}`);
          if (at % Math.floor(many / 40) === 0) kept.push(`#two-bells?${text}`);
        }
        return kept;

        function pick(list) {
          return list[below(list.length)];
        }
      }, MANY);
      assert.ok(sample.length >= 40);
      for (const hash of sample) {
        await page.evaluate((text) => (location.hash = text), hash);
        await drawn(page);
      }
      await page.evaluate(() => (location.hash = '#two-bells?p_mean=-3.5'));
      await page.waitForFunction((at) => document.querySelector(at).values.p_mean === -3.5, {}, chapter('two-bells'));
      assert.equal(await page.evaluate(() => Object.prototype.p_mean), undefined);
      await assertClean(page);
    });
  });
}
