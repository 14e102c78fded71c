// The tables of docs/embedding.md name all that the element offers, and nothing that it does not.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { CHROMES, OWN, UNITS } from '../../www/attributes.js';
import { BROWSERS, launch } from './harness.js';
import { FRAMED, openFramed } from './scenes.js';

const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The table with that heading in its first column: the names in code of each row's first cell, and the rest of the row. */
function table(text, heading) {
  const [, rows] = text.match(new RegExp(`^\\| ${heading} \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`, 'm')) ?? assert.fail(`no table of ${heading}`);
  const cells = rows.trim().split('\n').map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim()));
  return new Map(cells.flatMap(([names, ...rest]) => [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => [name, rest.join(' ')])));
}

const sorted = (names) => [...new Set(names)].sort();
const element = async () => {
  const docs = await read('docs/embedding.md');
  return docs.slice(docs.indexOf('## The element'));
};

test('attributes are those that the element reads, with their words', async () => {
  const told = table(await element(), 'attribute');
  // A control stands for all.
  assert.ok(told.delete('p-mean'));
  assert.deepEqual(sorted(told.keys()), sorted(OWN));
  for (const [name, words] of [['units', UNITS], ['chrome', [...CHROMES, 'lecture']]]) {
    assert.deepEqual([...told.get(name).matchAll(/`([^`]+)`/g)].map(([, word]) => word), words);
  }
});

test('properties and events are those of the types', async () => {
  const docs = await element();
  const types = await read('www/kl-scene.d.ts');
  const [, members] = types.match(/class KlScene[^{]*\{([^]*?)\n\}/);
  const properties = [...members.matchAll(/^ {2}(?:readonly |get |set )?(\w+)[(:]/gm)].map(([, name]) => name);
  assert.deepEqual(sorted(table(docs, 'property').keys()).filter((name) => !name.startsWith('--')), sorted(properties));
  const events = [...types.matchAll(/'(kl-\w+)': CustomEvent/g)].map(([, name]) => name);
  assert.deepEqual(sorted(table(docs, 'event').keys()), sorted(events));
  const scripts = (await readdir(new URL('../../www/', import.meta.url))).filter((name) => name.endsWith('.js'));
  const code = (await Promise.all(scripts.map((name) => read(`www/${name}`)))).join('\n');
  assert.deepEqual(sorted([...code.matchAll(/\btell\('(kl-\w+)'/g)].map(([, name]) => name)), sorted(events));
  const [, readout] = types.match(/interface Readout \{([^]*?)\n\}/);
  for (const [, name] of readout.matchAll(/readonly (\w+):/g)) assert.ok(table(docs, 'property').get('readouts').includes(name), name);
});

test('custom properties are those of the style sheets', async () => {
  const docs = await element();
  const [, rows] = docs.match(/\| property \| what it colours or sets \|\n\|[-|]+\n((?:\|.*\n)+)/);
  const told = [...rows.matchAll(/`(--kl-[\w-]+)`/g)].map(([, name]) => name);
  const used = (await Promise.all(['www/theme.css', 'www/scene.css'].map(read))).join('\n');
  assert.deepEqual(sorted(told), sorted([...used.matchAll(/--kl-[\w-]+/g)].map(([name]) => name)));
});

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    test('parts, slots and properties are there', async () => {
      const docs = await element();
      const page = await openFramed(browser, 'scene=two-bells');
      const [parts, slots, missing] = await page.$eval(
        FRAMED,
        async (scene, properties) => {
          const parts = [];
          const slots = [];
          const look = () => {
            for (const one of scene.shadowRoot.querySelectorAll('[part]')) parts.push(...one.part);
            for (const one of scene.shadowRoot.querySelectorAll('slot')) slots.push(one.name);
          };
          look();
          const missing = properties.filter((property) => !(property in scene));
          scene.setAttribute('scene', 'two-balls');
          await scene.ready.catch(() => {});
          look();
          return [parts, slots, missing];
        },
        [...table(docs, 'property').keys()].filter((property) => !property.startsWith('--')),
      );
      assert.deepEqual(missing, []);
      assert.deepEqual(sorted(parts), sorted(table(docs, 'part').keys()));
      assert.deepEqual(sorted(slots), sorted(['', ...table(docs, 'slot').keys()]));
    });
  });
}
