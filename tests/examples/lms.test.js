// Pages of Moodle and Canvas: the scene as one uploaded file, in the frames that they allow.

import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, launch } from '../browser/harness.js';
import { assertLive, assertPolite, DIST, openFramed, serve, stage } from './examples.js';

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    for (const place of ['moodle', 'canvas']) {
      test(`${place}: what is pasted shows the uploaded scene alive`, async (t) => {
        const folder = await stage(place);
        await cp(join(DIST, 'embed/two-bells.html'), join(folder, 'two-bells.html'));
        const pasted = await readFile(join(folder, 'page.html'), 'utf8');
        const course = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A course</title><h1>Week 3</h1>${pasted}`;
        const { page, frame, element } = await openFramed(browser, await serve(t, folder, { '/index.html': course }));
        await assertPolite(element);
        await assertLive(page, frame);
        await assertClean(page);
      });
    }
  });
}
