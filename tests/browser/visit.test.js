// A whole visit under the strict policy: all that can be used is used, in every scene and on the page around them. Nothing
// is refused, nothing is asked of another origin, no cookie is set.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LANGUAGES } from '../../www/words/languages.js';
import { assertClean, BROWSERS, drag, launch, openPage } from './harness.js';
import { onDisk, serveSite } from './hosts.js';
import { handleAt, inside } from './scenes.js';

let site;

before(async () => {
  site = await serveSite();
});

after(() => site?.close());

/** Uses all that one scene offers, as its own page would be told of it; gives how much there was of each kind. */
const use = (page, selector) =>
  page.$eval(selector, async (scene) => {
    const frame = () => new Promise(requestAnimationFrame);
    scene.scrollIntoView({ behavior: 'instant' });
    await scene.ready;
    const root = scene.shadowRoot;
    const usable = (css) => [...root.querySelectorAll(css)].filter((one) => one.checkVisibility() && !one.disabled && !one.closest('[inert]'));
    const key = (target, name) => {
      for (const kind of ['keydown', 'keyup']) target.dispatchEvent(new KeyboardEvent(kind, { key: name, bubbles: true, composed: true }));
    };
    const told = (target, ...kinds) => kinds.forEach((kind) => target.dispatchEvent(new Event(kind, { bubbles: true, composed: true })));
    const used = {};
    const each = async (kind, css, how) => {
      const found = usable(css);
      used[kind] = found.length;
      for (const one of found) await how(one);
      await frame();
    };
    await each('handles', '.handle', (handle) => {
      handle.focus();
      for (const name of ['ArrowRight', 'End']) key(handle, name);
    });
    await each('sliders', 'input[type="range"]', (slider) => {
      slider.value = slider.min;
      told(slider, 'input');
    });
    await each('fields', 'input.field:not([readonly])', (field) => {
      field.value = 'much';
      key(field, 'Enter');
    });
    await each('choices', 'input[type="radio"], input[type="checkbox"]', (choice) => choice.click());
    await each('answers', '.ask', async (ask) => {
      ask.click();
      await frame();
      root.querySelector('.card input').click();
      root.querySelector('.card .primary').click();
      await frame();
      root.querySelector('.card button').click();
    });
    await each('buttons', 'button:not(.ask)', (button) => button.click());
    // What those have brought: the panel for sharing, and the pinned state.
    await each('brought', '.share button, .pinned button', (button) => button.click());
    await each('tables', 'summary', (summary) => summary.click());
    // Closed again, so that all scenes can follow what is done to the page.
    usable('summary, .tools [aria-expanded="true"]').forEach((one) => one.click());
    await frame();
    return used;
  });

/** Uses what stands on the lesson's page around its scenes. */
async function useTheRest(page) {
  const button = async (name) => {
    const found = await page.evaluateHandle((words) => [...document.querySelectorAll('#switches button, .lecture button')].find(({ textContent }) => textContent === words), name);
    await found.asElement().click();
  };
  const named = await page.$$eval('#switches button', (all) => all.map(({ textContent }) => textContent));
  const lecture = named.pop();
  for (const name of named) await button(name);
  await page.click('.toc summary');
  await (await page.waitForSelector('.toc-panel a[href="#temperature"]', { visible: true })).click();
  for (const hash of ['#two-bells?p_mean=0&units=bits', '#two-bells?p_mean=99&question=no', '#no-scene?x=1']) {
    await page.evaluate((one) => new Promise((arrived) => {
      addEventListener('hashchange', arrived, { once: true });
      location.hash = one;
    }), hash);
  }
  await drag(page, await handleAt(page, '#two-bells > kl-scene', 'p_mean'), [300, 300]);
  await button(lecture);
  await page.waitForSelector('.lecture kl-scene');
  await page.$eval('.lecture kl-scene', (scene) => scene.ready);
  for (const action of ['next', 'reveal', 'numbers', 'controls', 'freeze', 'qr', 'blank', 'letters', 'back', 'leave']) {
    await page.$eval(`.lecture [data-action="${action}"]`, (one) => one.click());
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await page.waitForFunction(() => !document.fullscreenElement && !document.querySelector('.lecture').open);
  await page.evaluate(() => ['beforeprint', 'afterprint'].forEach((kind) => dispatchEvent(new Event(kind))));
  await page.setViewport({ width: 400, height: 700 });
  await page.waitForFunction(() => innerWidth === 400);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

const ONE = 'scene=two-fits&chrome=bare&theme=dark&lang=de&units=bits&controls=q_mean,no&ask=no&q_sd=wide';

for (const name of BROWSERS) {
  describe(name, { timeout: 1_800_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name, { prefs: { 'security.fileuri.strict_origin_policy': true } });
    });

    after(() => browser?.close());

    const visited = [
      ['the site', () => `${site.address}/strict/some/base/`],
      ['the lesson in one file', () => onDisk('kl-explorer.html')],
      ...LANGUAGES.flatMap((language) => [
        [`the lesson in one file in ${language}`, () => onDisk(`kl-explorer.${language}.html`)],
        [`the site in ${language}`, () => `${site.address}/strict/some/base/www/${language}.html`],
      ]),
    ];
    // Each place in one browser, each language and each kind of place in both.
    for (const [place, address] of visited.filter((_, at) => at % 2 === BROWSERS.indexOf(name) % 2)) {
      test(`a whole visit of ${place}`, async () => {
        const page = await openPage(browser, address());
        const scenes = await page.$$eval('.scene-chapter > kl-scene', (all) => all.map((scene) => scene.getAttribute('scene')));
        assert.ok(scenes.length > 10);
        const sum = {};
        for (const id of scenes) {
          const used = await use(page, `#${id} > kl-scene`);
          for (const [kind, count] of Object.entries(used)) sum[kind] = (sum[kind] ?? 0) + count;
          assert.ok(used.buttons > 10 && used.answers > 0 && used.tables > 0, `${id}: ${JSON.stringify(used)}`);
        }
        for (const [kind, count] of Object.entries(sum)) assert.ok(count >= scenes.length, `${count} ${kind} were used`);
        await useTheRest(page);
        assert.deepEqual(await page.cookies(), []);
        await assertClean(page);
        await page.close();
      });
    }

    for (const [place, address] of [
      ['a frame', () => `${site.address}/strict/some/base/www/embed.html?${ONE}`],
      ['a scene in one file', () => `${onDisk('embed/two-fits.html')}?${ONE}`],
    ]) {
      test(`a whole visit of ${place}`, async () => {
        const page = await openPage(browser, address());
        const used = await use(page, 'kl-scene');
        assert.ok(used.buttons > 10 && used.handles > 0, JSON.stringify(used));
        await (await inside(page, 'kl-scene', 'canvas')).hover();
        assert.deepEqual(await page.cookies(), []);
        await assertClean(page);
        await page.close();
      });
    }
  });
}
