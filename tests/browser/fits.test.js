// Chapter 4 as a reader sets and drags it: the optima of the reference appear with their kinds, and one Q moves everywhere.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, drag, launch } from './harness.js';
import { FRAMED, handleAt, openFramed, values } from './scenes.js';

const { cases } = JSON.parse(await readFile(new URL('../data/values.json', import.meta.url), 'utf8'));
const FITS = cases.filter(({ family }) => family === 'gaussian_fit');

/** The controls that set a case's target. */
function controls({ inputs: { p } }) {
  const set = { modes: p.w.length };
  p.w.forEach((weight, k) => Object.assign(set, { [`p${k + 1}_weight`]: weight, [`p${k + 1}_mean`]: p.mu[k], [`p${k + 1}_sd`]: p.sigma[k] }));
  return set;
}

/** What the page lists under ids that begin so: [mean, sd, value] each. */
function listed(readouts, kind) {
  const found = [];
  for (let n = 1; `${kind}_${n}` in readouts; n += 1) {
    found.push(['_mean', '_sd', ''].map((part) => readouts[`${kind}_${n}${part}`].value));
  }
  return found;
}

function holds(readouts, { id, values: want }) {
  const near = (got, [mean, sd, value]) =>
    Math.abs(got[0] - mean) < 1e-8 * sd && Math.abs(got[1] - sd) < 1e-8 * sd && Math.abs(got[2] - value) < 1e-9 * Math.max(value, 1e-3);
  const forward = ['_mean', '_sd', ''].map((part) => readouts[`forward_fit${part}`].value);
  const moments = [want.forward_mu, want.forward_sigma, want.forward_kl].map(Number);
  assert.ok(near(forward, moments), `${id}: ${forward} is not ${moments}`);
  for (const [kind, points] of [['reverse_fit', want.reverse_minima], ['reverse_saddle', want.other_critical]]) {
    const found = listed(readouts, kind);
    assert.equal(found.length, points.length, `${id}: ${kind}`);
    for (const { mu, sigma, kl } of points) {
      const point = [mu, sigma, kl].map(Number);
      assert.ok(found.some((other) => near(other, point)), `${id}: no ${kind} at ${point} among ${found.join('; ')}`);
    }
  }
}

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    test('the optima of the reference appear with their kinds when attributes set their targets', async () => {
      assert.ok(FITS.length > 20);
      const page = await openFramed(browser, 'scene=two-fits');
      for (const fit of FITS) {
        const readouts = await page.$eval(
          FRAMED,
          async (scene, set) => {
            for (const [control, value] of Object.entries(set)) scene.setAttribute(control.replaceAll('_', '-'), String(value));
            // Attributes are taken over all at once, before the next task.
            await Promise.resolve();
            return scene.readouts;
          },
          controls(fit),
        );
        holds(readouts, fit);
      }
      await assertClean(page);
    });

    test('and when a link does', async () => {
      for (const fit of [FITS[4], FITS.at(-1)]) {
        const page = await openFramed(browser, `scene=two-fits&${new URLSearchParams(controls(fit))}`);
        holds(await page.$eval(FRAMED, (scene) => scene.readouts), fit);
        await page.close();
      }
    });

    test('Q dragged on its curve moves on both maps, and dragged on a map it moves the curve', async () => {
      const page = await openFramed(browser, 'scene=two-fits');
      const places = async () => {
        const found = {};
        for (const id of ['q', 'q-forward', 'q-reverse']) found[id] = await handleAt(page, FRAMED, id);
        return found;
      };
      const start = await values(page, FRAMED);
      const before = await places();
      const [x, y] = await handleAt(page, FRAMED, 'q');
      await drag(page, [x, y], [x + 60, y]);
      const moved = await values(page, FRAMED);
      assert.ok(moved.q_mean > start.q_mean && moved.q_sd === start.q_sd);
      const right = await places();
      for (const id of ['q-forward', 'q-reverse']) assert.ok(right[id][0] > before[id][0] + 10, `${id} stayed`);
      const [mx, my] = await handleAt(page, FRAMED, 'q-reverse');
      await drag(page, [mx, my], [mx - 30, my - 20]);
      const widened = await values(page, FRAMED);
      assert.ok(widened.q_mean < moved.q_mean && widened.q_sd > moved.q_sd);
      const after = await places();
      assert.ok(after.q[0] < right.q[0] - 5, 'the curve stayed');
      assert.ok(after['q-forward'][0] < right['q-forward'][0] - 10, 'the other map stayed');
      await assertClean(page);
    });
  });
}
