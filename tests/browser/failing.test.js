// When the core fails or can't be had, the page says so in words and keeps what it has.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, HOME, launch, openPage } from './harness.js';
import { chapter, drawn, FRAMED, inside, LESSONS, openDrawn, shown, type, values } from './scenes.js';

/** Opens the page with a core whose `render` traps, as a panic does, or that does not start, when the page says so. */
async function openTrapping(browser, path) {
  const page = await openPage(browser, 'www/embed.html?scene=two-coins');
  await page.evaluateOnNewDocument(() => {
    window.traps = 0;
    window.refusals = 0;
    const real = WebAssembly.instantiate;
    WebAssembly.instantiate = async (module, imports) => {
      if (window.refusals > 0) {
        window.refusals -= 1;
        throw new Error('no memory');
      }
      const { exports } = await real(module, imports);
      const render = (...given) => {
        if (window.traps > 0) {
          window.traps -= 1;
          throw new WebAssembly.RuntimeError('unreachable');
        }
        return exports.render(...given);
      };
      return { instance: { exports: { ...exports, render } }, module };
    };
  });
  await page.goto(new URL(path, HOME).href);
  await drawn(page);
  return page;
}

const told = (page, selector) => page.$eval(selector, (scene) => scene.shadowRoot.querySelector('.notices').innerText);

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    test('a core that stops is started afresh; the state is kept, and the page says what happened', async () => {
      const page = await openTrapping(browser, '');
      const at = chapter('two-bells');
      await type(page, at, 'p_mean', '0.5');
      const before = await shown(page, at);
      await page.evaluate(() => (window.traps = 1));
      await page.$eval(at, (scene) => scene.setAttribute('q-mean', '2'));
      await page.waitForFunction((selector) => document.querySelector(selector).readouts.forward && document.querySelector(selector).values.q_mean === 2, {}, at);
      assert.deepEqual(await values(page, at), { ...before.values, q_mean: 2 });
      assert.match(await told(page, at), /started afresh/);
      const { readouts } = await shown(page, at);
      const fresh = await openDrawn(browser, '#two-bells?p_mean=0.5&q_mean=2');
      assert.deepEqual(readouts, (await shown(fresh, at)).readouts);
      // The other scenes go on with the fresh core.
      await type(page, chapter('two-coins'), 'p', '0.25');
      assert.equal((await values(page, chapter('two-coins'))).p, 0.25);
    });

    test('values from a program that the core falls over are not taken over', async () => {
      const page = await openTrapping(browser, 'www/embed.html?scene=two-bells&p_mean=0.5');
      const before = await values(page, FRAMED);
      const fault = await page.$eval(FRAMED, (scene) => {
        window.traps = 1;
        try {
          return scene.apply({ q_mean: 2 });
        } catch ({ message }) {
          return message;
        }
      });
      assert.match(fault, /unreachable/);
      await page.$eval(FRAMED, (scene) => scene.setAttribute('p-sd', '2'));
      await page.waitForFunction((selector) => document.querySelector(selector).values.p_sd === 2, {}, FRAMED);
      assert.deepEqual(await values(page, FRAMED), { ...before, p_sd: 2 });
    });

    test('a fresh start that failed is tried again for the next scene, and all go on', async () => {
      const page = await openTrapping(browser, 'www/embed.html?scene=two-bells');
      await page.$eval(FRAMED, (scene) => {
        window.traps = 1;
        window.refusals = 1;
        scene.setAttribute('q-mean', '2');
      });
      await page.waitForFunction(() => window.refusals === 0);
      await page.evaluate(async () => {
        const next = document.createElement('kl-scene');
        next.setAttribute('scene', 'two-coins');
        document.querySelector('main').append(next);
        await next.ready;
      });
      await page.waitForFunction((selector) => document.querySelector(selector).values.q_mean === 2, {}, FRAMED);
    });

    test('a state that the core falls over again and again is not tried without end', async () => {
      const page = await openTrapping(browser, 'www/embed.html?scene=two-bells');
      await page.evaluate(() => (window.traps = 1e9));
      await page.$eval(FRAMED, (scene) => scene.setAttribute('q-mean', '2'));
      await page.waitForFunction(() => 1e9 - window.traps >= 2);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const tries = await page.evaluate(() => 1e9 - window.traps);
      await page.evaluate(async () => {
        for (let frame = 0; frame < 20; frame += 1) await new Promise(requestAnimationFrame);
      });
      assert.equal(await page.evaluate(() => 1e9 - window.traps), tries);
      await page.evaluate(() => (window.traps = 0));
      await page.$eval(FRAMED, (scene) => scene.setAttribute('q-mean', '3'));
      await page.waitForFunction(() => document.querySelector('kl-scene').values.q_mean === 3);
    });

    test('a browser without WebAssembly keeps the prose, and says what is missing', async () => {
      const page = await openPage(browser, 'www/embed.html?scene=two-coins');
      await page.evaluateOnNewDocument(() => delete window.WebAssembly);
      await page.goto(HOME);
      await page.evaluate(() => Promise.allSettled([...document.querySelectorAll('kl-scene')].map((scene) => scene.ready)));
      const sentences = await page.$$eval('kl-scene', (scenes) => scenes.map((scene) => scene.shadowRoot.textContent));
      for (const sentence of sentences) assert.equal(sentence, 'The figure can’t be shown here: this browser does not run WebAssembly.');
      assert.match(await page.$eval('main', (main) => main.innerText), /what believing Q cost you/i);
    });

    test('a core that is not there is told too', async () => {
      const page = await openPage(browser, 'www/embed.html?scene=two-coins');
      await page.evaluateOnNewDocument(() => {
        const real = window.fetch;
        window.fetch = (what, ...rest) => (String(what).endsWith('.wasm') ? Promise.resolve(new Response('', { status: 404 })) : real(what, ...rest));
      });
      await page.goto(HOME);
      await page.waitForFunction(() => document.querySelector('kl-scene').shadowRoot?.textContent.includes('its core could not be loaded (404)'));
    });

    test('a wasm file of the wrong type is loaded all the same', async () => {
      const page = await openPage(browser, 'www/embed.html?scene=two-coins');
      await page.evaluateOnNewDocument(() => {
        const real = window.fetch;
        window.fetch = async (what, ...rest) => {
          const response = await real(what, ...rest);
          if (!String(what).endsWith('.wasm')) return response;
          return new Response(await response.arrayBuffer(), { headers: { 'Content-Type': 'application/octet-stream' } });
        };
      });
      await page.goto(new URL('www/embed.html?scene=two-bells', HOME).href);
      await drawn(page);
      assert.equal((await values(page, FRAMED)).q_mean, 1);
      await assertClean(page);
    });

    // Firefox's protocol has no way to switch scripts off.
    for (const [language, path] of Object.entries(LESSONS)) {
      test(`without scripts the lesson is there to be read: ${language}`, { skip: name === 'firefox' }, async () => {
        const page = await openPage(browser, 'www/embed.html?scene=two-coins');
        await page.setJavaScriptEnabled(false);
        await page.goto(new URL(path, HOME).href);
        await page.setJavaScriptEnabled(true);
        // The sentence waits a while for scripts that may only be late.
        await page.waitForFunction(() => /JavaScript/.test(document.body.innerText));
        assert.match(await page.$eval('body', (body) => body.innerText), /Kullback.Leibler.*D\(P‖Q\)/s);
      });
    }
  });
}
