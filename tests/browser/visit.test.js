// A whole visit under the strict policy: every scene is shown and every button of it pressed. Nothing is refused, nothing is
// asked of another origin, no cookie is set.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LANGUAGES } from '../../www/words/languages.js';
import { assertClean, BROWSERS, launch, openPage } from './harness.js';
import { onDisk, serveSite } from './hosts.js';

let site;

before(async () => {
  site = await serveSite();
});

after(() => site?.close());

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name, { prefs: { 'security.fileuri.strict_origin_policy': true } });
    });

    after(() => browser?.close());

    for (const [place, address] of [
      ['the site', () => `${site.address}/strict/some/base/`],
      ['the lesson in one file', () => onDisk('kl-explorer.html')],
      ...LANGUAGES.flatMap((language) => [
        [`the site in ${language}`, () => `${site.address}/strict/some/base/www/${language}.html`],
        [`the lesson in one file in ${language}`, () => onDisk(`kl-explorer.${language}.html`)],
      ]),
    ]) {
      test(`a whole visit of ${place}`, async () => {
        const page = await openPage(browser, address());
        const scenes = await page.$$eval('.scene-chapter > kl-scene', (all) => all.map((scene) => scene.getAttribute('scene')));
        assert.ok(scenes.length > 10);
        let pressed = 0;
        for (const id of scenes) {
          pressed += await page.$eval(`#${id} > kl-scene`, async (scene) => {
            scene.scrollIntoView({ behavior: 'instant' });
            await scene.ready;
            const buttons = [...scene.shadowRoot.querySelectorAll('button')];
            let count = 0;
            for (const button of buttons) {
              if (!button.checkVisibility() || button.disabled || button.closest('[inert]')) continue;
              button.click();
              count += 1;
              await new Promise(requestAnimationFrame);
              // A question hides the rest until it is put away.
              scene.shadowRoot.querySelector('.card:not([hidden]) button:not(.primary)')?.click();
            }
            return count;
          });
        }
        assert.ok(pressed > scenes.length * 3, `${pressed} buttons were pressed`);
        assert.deepEqual(await page.cookies(), []);
        await assertClean(page);
      });
    }
  });
}
