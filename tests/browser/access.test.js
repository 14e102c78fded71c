// For everybody: axe, names and sizes, the keyboard alone, one announcement for each settled change.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibilityFaults, assertClean, BROWSERS, drag, launch } from './harness.js';
import { chapter, FRAMED, handleAt, inside, LESSONS, openDrawn, openFramed, values, visibleText } from './scenes.js';

/** What the live region said, in order. */
const listen = (page, selector) =>
  page.$eval(selector, (scene) => {
    window.said = [];
    const status = scene.shadowRoot.querySelector('.scene > [role="status"].unseen');
    new MutationObserver(() => window.said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  });

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    for (const [what, options] of [
      ['light', {}],
      ['dark', { theme: 'dark' }],
      ['forced colours', { forcedColors: true, theme: 'dark' }],
      ['less motion', { reducedMotion: true }],
      ['narrow', { width: 320, height: 640 }],
      ...Object.keys(LESSONS).filter((language) => language !== 'en').map((language) => [`in ${language}`, { language }]),
    ]) {
      test(`axe finds nothing on the lesson, ${what}`, async () => {
        const { language = 'en', ...seen } = options;
        const page = await openDrawn(browser, LESSONS[language], seen);
        assert.deepEqual(await accessibilityFaults(page), []);
      });
    }

    test('axe finds nothing while a question is open, or on the page for frames', async () => {
      const page = await openFramed(browser, 'scene=two-bells&question=wide-or-narrow&foo=1');
      assert.deepEqual(await accessibilityFaults(page), []);
    });

    for (const language of Object.keys(LESSONS)) {
      test(`everything that can be pressed has a name and room enough for a finger: ${language}`, async () => {
        const page = await openDrawn(browser, LESSONS[language], { width: 375, height: 700 });
        const faults = await page.evaluate(() => {
          const faults = [];
          const look = (root) => {
            for (const found of root.querySelectorAll('a, button, input, [tabindex="0"]')) {
              if (!found.checkVisibility() || found.closest('[inert]') || found.matches('p a, li a, .skip')) continue;
              const target = found.closest('label') ?? found;
              const { width, height } = target.getBoundingClientRect();
              const least = found.classList.contains('handle') ? 43.99 : 24;
              if (width < least || height < least) faults.push(`${found.outerHTML.slice(0, 90)}: ${width} × ${height}`);
              const named = found.ariaLabel || found.getAttribute('aria-label') || found.textContent.trim() || found.labels?.length;
              if (!named) faults.push(`${found.outerHTML.slice(0, 90)}: no name`);
            }
          };
          look(document);
          for (const scene of document.querySelectorAll('kl-scene')) look(scene.shadowRoot);
          return faults;
        });
        assert.deepEqual(faults, []);
      });

      test(`nothing sticks out at any width: ${language}`, async () => {
        const page = await openDrawn(browser, LESSONS[language], { width: 320, height: 800 });
        for (const width of [320, 375, 480, 768, 1024, 1280, 1600]) {
          await page.setViewport({ width, height: 800 });
          await page.waitForFunction((wanted) => innerWidth === wanted, {}, width);
          const wide = await page.evaluate(async () => {
            // The figures take some frames to fill a window that has grown.
            for (let frame = 0; frame < 12; frame += 1) await new Promise(requestAnimationFrame);
            const most = document.documentElement.clientWidth;
            const out = [];
            const look = (root) => {
              for (const found of root.querySelectorAll('*')) {
                if (found.closest('.skip, .unseen, .probe, .formula, .handles')) continue;
                // Presets stand in a line that is swiped; the line itself fits.
                if (found.parentElement?.closest('.presets .buttons')) continue;
                const { right, width: w } = found.getBoundingClientRect();
                if (w && right > most + 1) out.push(`${found.outerHTML.slice(0, 80)}: ${right}`);
                if (found.shadowRoot) look(found.shadowRoot);
              }
            };
            look(document.body);
            return [document.documentElement.scrollWidth <= most, out];
          });
          assert.deepEqual(wide, [true, []], `at ${width} pixels`);
        }
      });
    }

    test('what a handle sets can be set by a slider too: handles may stand where the data crowd them', async () => {
      const page = await openDrawn(browser);
      const { handles, lacking } = await page.evaluate(async () => {
        const glue = await import(new URL('www/pkg/kl_explorer.js', location.href));
        const lacking = [];
        let handles = 0;
        for (const scene of document.querySelectorAll('.scene-chapter > kl-scene')) {
          const reply = glue.render(document.createElement('canvas'), { scene: scene.scene, width: 900 });
          handles += reply.handles.length;
          for (const control of reply.handles.flatMap(({ grips }) => grips.map((grip) => grip.control))) {
            const slider = scene.shadowRoot.querySelector(`[data-control="${control}"] input[type="range"]`);
            if (!slider?.checkVisibility() || slider.getBoundingClientRect().height < 24) lacking.push(`${scene.scene}: ${control}`);
          }
        }
        return { handles, lacking };
      });
      assert.ok(handles > 50, `${handles} handles`);
      assert.deepEqual(lacking, []);
    });

    test('where handles crowd, the pointer gets the nearest, and is shown which', async () => {
      const page = await openFramed(browser, 'scene=two-bells&p_mean=0&q_mean=0.2&p_sd=1&q_sd=1');
      const [p, q] = [await handleAt(page, FRAMED, 'p_mean'), await handleAt(page, FRAMED, 'q_mean')];
      assert.ok(q[0] - p[0] < 24 && q[0] - p[0] > 4, 'they overlap');
      const marked = (css) => page.$eval(FRAMED, (scene, part) => [...scene.shadowRoot.querySelectorAll(part)].map((knob) => knob.dataset.id), css);
      for (const [id, x] of [['p_mean', p[0] - 3], ['q_mean', q[0] + 3], ['p_mean', p[0] + 1]]) {
        await page.mouse.move(x, p[1]);
        assert.deepEqual(await marked('.handle.near'), [id]);
        await page.mouse.down();
        assert.deepEqual(await marked('.handle.held'), [id]);
        await page.mouse.up();
      }
      await page.mouse.move(2, 2);
      assert.deepEqual(await marked('.handle.near'), []);
    });

    test('a scene can be worked by the keyboard alone, and Tab leads on out of it', async () => {
      const page = await openFramed(browser, 'scene=two-bells');
      const focused = () =>
        page.evaluate(() => {
          const at = document.activeElement?.shadowRoot?.activeElement;
          return at && (at.dataset.id ?? at.closest('[data-control]')?.dataset.control ?? at.textContent ?? at.tagName);
        });
      const stops = [];
      for (let tab = 0; tab < 60; tab += 1) {
        await page.keyboard.press('Tab');
        const stop = await focused();
        if (stop === null || stop === undefined) break;
        stops.push(stop);
        if (stop === 'p_mean' && stops.length < 6) {
          await page.keyboard.press('ArrowRight');
          assert.equal((await values(page, FRAMED)).p_mean, -0.95);
        }
      }
      assert.ok(stops.length > 10 && stops.length < 60, stops.join());
      for (const wanted of ['p_mean', 'q_sd', 'Reset', 'Copy link', 'Worlds apart']) assert.ok(stops.includes(wanted), wanted);
    });

    test('a handle says what it sets', async () => {
      const page = await openFramed(browser, 'scene=two-bells');
      const handle = await inside(page, FRAMED, '.handle[data-id="q_mean"]');
      const said = await handle.evaluate((knob) => ['role', 'aria-label', 'aria-valuenow', 'aria-valuemin', 'aria-valuemax', 'aria-valuetext'].map((a) => knob.getAttribute(a)));
      assert.equal(said[0], 'slider');
      assert.match(said[1], /Q/);
      assert.deepEqual(said.slice(2, 5), ['1', '-6', '6']);
      assert.equal(said[5], 'mean of Q: 1');
    });

    test('one announcement for a drag, when it has come to rest, and it is short', async () => {
      const page = await openFramed(browser, 'scene=two-bells');
      await listen(page, FRAMED);
      const [x, y] = await handleAt(page, FRAMED, 'q_mean');
      await drag(page, [x, y], [x + 80, y]);
      await values(page, FRAMED);
      const said = await page.evaluate(() => window.said);
      assert.equal(said.length, 1, said.join(' | '));
      assert.ok(said[0].length <= 140 && said[0] === (await visibleText(page, FRAMED, '.said')), said[0]);
    });

    test('less motion is asked for: nothing glides', async () => {
      const page = await openDrawn(browser, '', { reducedMotion: true });
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), 'auto');
      await assertClean(page);
    });

    test('the numbers stay in sight on a phone while a handle of the figure is held', async () => {
      const page = await openDrawn(browser, '', { width: 375, height: 667 });
      const at = chapter('two-bells');
      await handleAt(page, at, 'q_mean');
      const seen = await page.$eval(at, (scene) => {
        const { top, bottom } = scene.shadowRoot.querySelector('.main').getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      });
      assert.ok(seen);
    });
  });
}
