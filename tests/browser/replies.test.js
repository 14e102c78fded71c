// Replies of the core: what stays as it was is given again as the very object, and nothing else is.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BROWSERS, HOME, launch } from './harness.js';
import { openFramed, registry } from './scenes.js';

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;
    let page;

    before(async () => {
      browser = await launch(name);
      page = await openFramed(browser, 'scene=two-coins');
    });

    after(() => browser?.close());

    /** Draws states of scenes one after the other and compares what is told of them. */
    const compared = (scene, other) =>
      page.evaluate(
        async (home, scene, other) => {
          const core = await import(`${home}www/core.js`);
          const canvas = document.createElement('canvas');
          const frame = { width: 600, ratio: 1, language: 'en', decimal: '.' };
          const draw = (request) => core.render(canvas, { scene, values: {}, ...frame, ...request });
          const first = draw({});
          const told = JSON.stringify(first);
          const { id, min, max, value } = first.controls.find(({ kind, active }) => kind === 'slider' && active);
          const moved = draw({ values: { [id]: value === max ? min : max } });
          const entries = ['controls', 'readouts', 'presets', 'questions'].flatMap((list) =>
            first[list].slice(0, moved[list].length).map((entry, at) => ({
              list,
              entry: JSON.stringify(entry),
              equal: JSON.stringify(entry) === JSON.stringify(moved[list][at]),
              same: entry === moved[list][at],
            })),
          );
          const back = { 'after another state': draw({}) };
          draw({ bits: true });
          back['after bits'] = draw({});
          draw({ asked: true });
          back['after a question'] = draw({});
          core.render(canvas, { scene: other, values: {}, ...frame });
          back['after another scene'] = draw({});
          let refused = false;
          try {
            draw({ width: -1 });
          } catch {
            refused = true;
          }
          back['after a refusal'] = draw({});
          const changed = Object.entries(back).filter(([, reply]) => JSON.stringify(reply) !== told);
          return { id, entries, refused, changed: changed.map(([when]) => when), kept: JSON.stringify(first) === told };
        },
        HOME,
        scene,
        other,
      );

    test('an entry is the same object if, and only if, it has not changed', async () => {
      const scenes = (await registry(page)).map(({ id }) => id);
      for (const [at, scene] of scenes.entries()) {
        const { id, entries, refused, changed, kept } = await compared(scene, scenes[(at + 1) % scenes.length]);
        for (const { list, entry, equal, same } of entries) assert.equal(same, equal, `${scene} ${list}: ${entry}`);
        assert.ok(entries.some(({ same }) => same) && entries.some(({ same }) => !same), `${scene}: ${id} changes all or nothing`);
        assert.ok(refused, `${scene}: a width below 0 is taken`);
        assert.deepEqual(changed, [], `${scene} tells something else`);
        assert.ok(kept, `${scene}: a reply changed after it was given`);
      }
    });
  });
}
