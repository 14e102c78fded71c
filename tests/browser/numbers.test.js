// The numbers of the lesson appear where the lesson says so: presets by their buttons, in nats and in bits.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BROWSERS, launch } from './harness.js';
import { chapter, inside, openDrawn, texts, visibleText } from './scenes.js';

const NATS = {
  'two-coins': {
    suspicious: { forward: '0.0201 nats' },
    'alice-bob': { forward: '0.5341 nats', reverse: '0.5827 nats' },
    'cat-dog': { forward: '0.2263 nats', reverse: '0.3112 nats' },
    friend: { forward: '0.0823 nats' },
    'sure-wrong': { forward: '∞ nats', reverse: '0.1625 nats' },
  },
  'two-bells': {
    offset: { forward: '1.0994 nats', reverse: '3.9319 nats' },
    widths: { forward: '0.3181 nats', reverse: '0.8069 nats' },
    far: { forward: '555.56 nats' },
    equal: { forward: '0 nats', reverse: '0 nats' },
  },
};

const BITS = { suspicious: { forward: '0.0290 bits' }, friend: { forward: '0.1187 bits' } };

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;
    let page;

    before(async () => {
      browser = await launch(name);
      page = await openDrawn(browser);
    });

    after(() => browser?.close());

    async function preset(scene, id) {
      const button = await inside(page, chapter(scene), `[data-preset="${id}"]`);
      await button.evaluate((b) => b.click());
    }

    async function holds(scene, expected) {
      const read = await texts(page, chapter(scene));
      for (const [id, text] of Object.entries(expected)) assert.equal(read[id], text, `${scene} ${id}`);
      const seen = (await visibleText(page, chapter(scene), '.main')).replace(/\s+/g, ' ');
      for (const text of Object.values(expected)) assert.ok(seen.includes(text), `${text} is not to be seen in: ${seen}`);
    }

    for (const [scene, presets] of Object.entries(NATS)) {
      test(`the presets of ${scene}`, async () => {
        for (const [id, expected] of Object.entries(presets)) {
          await preset(scene, id);
          await holds(scene, expected);
        }
      });
    }

    test('the infinity of a sure and wrong coin names its cause', async () => {
      await preset('two-coins', 'sure-wrong');
      assert.match(await visibleText(page, chapter('two-coins'), '.main .cause'), /heads/);
    });

    test('the forward fit of two modes has their mean and spread', async () => {
      const all = Object.values(await page.$eval(chapter('two-fits'), (scene) => scene.readouts));
      assert.ok(all.some(({ value }) => Math.abs(value) < 1e-9), 'no mean of 0');
      assert.ok(all.some(({ text }) => text === '2.0881'), 'no sd of 2.0881');
      assert.match(await visibleText(page, chapter('two-fits'), '.more'), /2\.0881/);
    });

    test('one switch puts the whole page into bits, and back', async () => {
      const units = (unit) =>
        page.evaluate((wanted) => [...document.querySelectorAll('#switches button')].find((b) => b.textContent === wanted).click(), unit);
      await units('bits');
      for (const [id, expected] of Object.entries(BITS)) {
        await preset('two-coins', id);
        // The unit's attribute is taken over with the next drawing.
        await page.waitForFunction((at) => document.querySelector(at).readouts.forward.unit === 'bits', {}, chapter('two-coins'));
        await holds('two-coins', expected);
      }
      await page.waitForFunction(() =>
        [...document.querySelectorAll('kl-scene')].every(({ readouts }) => Object.values(readouts).every(({ unit }) => unit !== 'nats')),
      );
      await units('nats');
      await page.waitForFunction(() => document.querySelector('kl-scene').readouts.forward.unit === 'nats');
    });

    test('every number says how it was got', async () => {
      for (const scene of Object.keys(NATS)) {
        const badges = await page.$eval(chapter(scene), (s) => [...s.shadowRoot.querySelectorAll('.main .method')].map((m) => m.textContent));
        assert.ok(badges.length > 0 && badges.every((badge) => /^(closed form|sum|quadrature ± .+)$/.test(badge)), String(badges));
      }
    });
  });
}
