// The way through the course: contents that follow, neighbours, progress that is kept where it may be, and the print.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibilityFaults, assertClean, BROWSERS, launch, openPage } from './harness.js';
import { drawn, openDrawn } from './scenes.js';

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    const order = (page) => page.$$eval('.contents a', (links) => links.map((link) => link.hash.slice(1)));
    const current = (page) => page.$$eval('.toc-panel [aria-current]', (links) => links.map((link) => link.hash.slice(1)));
    const goTo = (page, css, block) => page.$eval(css, (part, where) => part.scrollIntoView({ block: where, behavior: 'instant' }), block);
    const progress = (page) => page.$eval('.progress span', (told) => told.textContent);

    test('the contents mark where the reader is, and lead where they say', async () => {
      const page = await openDrawn(browser);
      for (const id of ['mixtures', 'two-coins', 'temperature']) {
        await goTo(page, `#${id}`, 'start');
        await page.waitForFunction((wanted) => document.querySelector('.toc-panel [aria-current]')?.hash === `#${wanted}`, {}, id);
        assert.deepEqual(await current(page), [id]);
      }
      assert.deepEqual(await page.$$eval('.bar > nav [aria-current]', (links) => links.map((link) => link.hash)), ['#the-rules']);
      await page.click('.toc summary');
      assert.deepEqual(await accessibilityFaults(page, '.bar'), []);
      await page.click('.toc-panel a[href="#family"]');
      await page.waitForFunction(() => document.querySelector('.toc-panel [aria-current]')?.hash === '#family');
      assert.equal(await page.$eval('.toc', (toc) => toc.open), false);
      await page.focus('.toc summary');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      assert.ok(await page.$eval('.toc-panel', (panel) => panel.contains(document.activeElement)));
      await page.keyboard.press('Escape');
      assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY');
      await assertClean(page);
    });

    test('from each section to its neighbours, in the order of the contents', async () => {
      const page = await openDrawn(browser);
      const ids = await order(page);
      const [back, forth] = await page.evaluate(() =>
        ['prev', 'next'].map((rel) => [...document.querySelectorAll('.scene-chapter')].map((section) => section.querySelector(`.neighbours [rel="${rel}"]`)?.hash.slice(1) ?? null)),
      );
      assert.deepEqual(forth, [...ids.slice(1), null]);
      assert.deepEqual(back, [null, ...ids.slice(0, -1)]);
    });

    test('what was read to its end is ticked, and remembered', async () => {
      const page = await openDrawn(browser);
      const all = (await order(page)).length;
      assert.equal(await progress(page), `0 of ${all} read.`);
      await page.mouse.wheel({ deltaY: 10 });
      await goTo(page, '#two-bells', 'start');
      await page.waitForFunction(() => document.querySelector('.toc-panel [aria-current]')?.hash === '#two-bells');
      await goTo(page, '#two-bells .neighbours', 'end');
      await page.waitForFunction(() => document.querySelector('.progress span').textContent.startsWith('1 '));
      await page.reload();
      await drawn(page);
      assert.equal(await progress(page), `1 of ${all} read.`);
      assert.deepEqual(await page.$$eval('.contents a', (links) => links.filter((link) => link.getAttribute('aria-label')?.endsWith('(read)')).map((link) => link.hash)), ['#two-bells']);
      await page.click('.toc summary');
      await page.click('.progress button');
      assert.equal(await progress(page), `0 of ${all} read.`);
      await page.reload();
      await drawn(page);
      assert.equal(await progress(page), `0 of ${all} read.`);
    });

    test('where storage is refused, progress lasts as long as the page', async () => {
      const page = await openPage(browser, 'www/embed.html?scene=two-coins');
      await page.evaluateOnNewDocument(() => {
        Object.defineProperty(window, 'localStorage', {
          get() {
            throw new DOMException('refused', 'SecurityError');
          },
        });
      });
      await page.goto(new URL('../', page.url()).href);
      await drawn(page);
      await page.mouse.wheel({ deltaY: 10 });
      await goTo(page, '#two-bells', 'start');
      await page.waitForFunction(() => document.querySelector('.toc-panel [aria-current]')?.hash === '#two-bells');
      await goTo(page, '#two-bells .neighbours', 'end');
      await page.waitForFunction(() => document.querySelector('.progress span').textContent.startsWith('1 '));
      await assertClean(page);
    });

    // Firefox's protocol emulates no medium: its pages can't be looked at as they are on paper.
    test('on paper there are prose and figures, and nothing to press', { skip: name === 'firefox' && 'Firefox can’t be told to show a page as on paper' }, async () => {
      const page = await openDrawn(browser, '', { width: 800 });
      await page.emulateMediaType('print');
      assert.ok(await page.evaluate(() => matchMedia('print').matches));
      await page.waitForFunction(() => [...document.querySelectorAll('kl-scene')].every((scene) => scene.shadowRoot.querySelector('.paper svg')));
      const seen = await page.evaluate(() => {
        const pressed = [];
        const look = (root) => {
          for (const part of root.querySelectorAll('button, input, summary, .handle')) if (part.checkVisibility()) pressed.push(part.outerHTML.slice(0, 80));
        };
        look(document);
        const scenes = [...document.querySelectorAll('kl-scene')];
        scenes.forEach((scene) => look(scene.shadowRoot));
        const figures = scenes.filter((scene) => scene.shadowRoot.querySelector('.paper svg')?.checkVisibility()).length;
        return { pressed, figures, prose: document.querySelector('.idea').checkVisibility(), all: scenes.length };
      });
      assert.deepEqual(seen.pressed, []);
      assert.equal(seen.figures, seen.all);
      assert.ok(seen.prose);
    });
  });
}
