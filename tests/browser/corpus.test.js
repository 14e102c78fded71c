// Links that readers have keep showing what they showed: every line of tests/links.txt, on the open lesson and in frames.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, launch } from './harness.js';
import { chapter, FRAMED, openDrawn, registry } from './scenes.js';

const text = await readFile(new URL('../links.txt', import.meta.url), 'utf8');
const isLink = (line) => /^(#[a-z]|www\/)/.test(line);
const LINKS = text.split('\n').filter(isLink).map((line) => {
  const [link, ...numbers] = line.split(' | ');
  return { link, numbers: numbers.map((number) => number.split(' ')) };
});

/** Half a unit of the last digit written. */
function tolerance(written) {
  const decimals = written.split('.')[1]?.length ?? 0;
  return 0.5 * 10 ** -decimals * (1 + 1e-9);
}

/** Asserts that a scene shows the numbers of a line; words, since infinity does not cross from page to test. */
async function assertShows(page, selector, { link, numbers }) {
  const shown = await page.$eval(selector, ({ readouts, shadowRoot }) => ({
    values: Object.fromEntries(Object.entries(readouts).map(([id, { value }]) => [id, String(value)])),
    notices: [...shadowRoot.querySelectorAll('.notices li')].map((item) => item.textContent),
  }));
  assert.deepEqual(shown.notices, [], link);
  assert.ok(numbers.length > 0, link);
  for (const [id, written] of numbers) {
    const value = Number(shown.values[id]);
    const right = written === 'inf' ? value === Infinity : Math.abs(value - Number(written)) <= tolerance(written);
    assert.ok(right, `${link}: ${id} is ${shown.values[id]}, not ${written}`);
  }
}

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    test('every link to the lesson shows its numbers', async () => {
      const page = await openDrawn(browser);
      const there = LINKS.filter(({ link }) => link.startsWith('#'));
      for (const line of there) {
        const [, scene] = line.link.match(/^#([\w-]+)/);
        const at = chapter(scene);
        // A bare link leaves a scene as it is; the one before may have set it.
        await page.$eval(at, (one) => one.show({ units: 'nats' }));
        await page.evaluate((hash) => new Promise((arrived) => {
          addEventListener('hashchange', arrived, { once: true });
          location.hash = hash;
        }), line.link);
        await assertShows(page, at, line);
      }
      const scenes = new Set(there.map(({ link }) => link.match(/^#([\w-]+)/)[1]));
      const known = (await registry(page)).map(({ id }) => id);
      assert.deepEqual([...scenes].filter((id) => !known.includes(id)), [], 'a scene of a link is gone');
      await assertClean(page);
    });

    test('every link to a frame shows its numbers', async () => {
      const frames = LINKS.filter(({ link }) => link.startsWith('www/'));
      assert.ok(frames.length > 1);
      for (const line of frames) {
        const page = await openDrawn(browser, line.link);
        await assertShows(page, FRAMED, line);
        await assertClean(page);
        await page.close();
      }
    });
  });
}
