// Scenes on a page that is not ours: many of them, coming and going, dressed by the page, with words of its own.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, HOME, launch, openPage } from './harness.js';
import { drawn, FRAMED, inside, openFramed, visibleText } from './scenes.js';
import { press } from './sharing.js';

/** Counts what observers of any kind have in sight. */
function countObserved() {
  let count = 0;
  window.observed = () => count;
  for (const kind of ['ResizeObserver', 'IntersectionObserver', 'MutationObserver']) {
    window[kind] = class extends window[kind] {
      #targets = new Set();
      observe(target, ...how) {
        if (!this.#targets.has(target)) count += 1;
        this.#targets.add(target);
        super.observe(target, ...how);
      }
      unobserve(target) {
        if (this.#targets.delete(target)) count -= 1;
        super.unobserve(target);
      }
      disconnect() {
        count -= this.#targets.size;
        this.#targets.clear();
        super.disconnect();
      }
    };
  }
}

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name, { args: ['--js-flags=--expose-gc'] });
    });

    after(() => browser?.close());

    /** Puts a scene into the page and takes it away again, so many times; keeps weak references to each. */
    const comeAndGo = (page, times) =>
      page.evaluate(async (count) => {
        window.weak = [];
        for (let at = 0; at < count; at += 1) {
          const scene = document.createElement('kl-scene');
          scene.setAttribute('scene', at % 2 ? 'two-coins' : 'two-bells');
          document.querySelector('main').replaceChildren(scene);
          await scene.ready;
          window.weak.push(new WeakRef(scene));
        }
        document.querySelector('main').replaceChildren();
      }, times);

    test('a hundred scenes come and go, and leave nothing', async () => {
      const page = await openPage(browser, 'www/embed.html?scene=two-coins');
      await page.evaluateOnNewDocument(countObserved);
      await page.goto(new URL('www/embed.html?scene=two-bells', HOME).href);
      await drawn(page);
      assert.ok((await standing(page)).observed > 0);
      await comeAndGo(page, 10);
      const before = await standing(page);
      assert.equal(before.observed, 0);
      const held = name === 'chromium' ? await metrics(page) : null;
      await comeAndGo(page, 100);
      assert.deepEqual(await standing(page), before);
      if (name === 'chromium') {
        const now = await metrics(page);
        // The last one may still be held by the protocol.
        const left = await page.evaluate(() => window.weak.filter((ref) => ref.deref()).length);
        assert.ok(left <= 1, `${left} scenes are still held`);
        assert.ok(now.Nodes <= held.Nodes + 200, `${now.Nodes} nodes after ${held.Nodes}`);
        assert.ok(now.JSEventListeners <= held.JSEventListeners + 20, `${now.JSEventListeners} listeners after ${held.JSEventListeners}`);
        // What the browser has compiled meanwhile may stay.
        assert.ok(now.JSHeapUsedSize <= held.JSHeapUsedSize + 1_000_000, `${now.JSHeapUsedSize} bytes after ${held.JSHeapUsedSize}`);
      }
      await assertClean(page);
    });

    /** What a scene could leave behind on its page: globals, elements, what is observed, the core's memory in bytes. */
    function standing(page) {
      return page.evaluate(async () => {
        const { default: core } = await import(new URL('pkg/kl_explorer.js', location.href));
        return {
          globals: Object.keys(window).sort(),
          elements: document.querySelectorAll('*').length,
          observed: window.observed(),
          core: (await core()).memory.buffer.byteLength,
        };
      });
    }

    async function metrics(page) {
      await page.evaluate(async () => {
        for (let turn = 0; turn < 10; turn += 1) {
          await new Promise((done) => setTimeout(done));
          window.gc();
        }
      });
      return page.metrics();
    }

    test('thirty scenes share one core', async () => {
      const page = await openFramed(browser, 'scene=two-bells');
      const compiled = await page.evaluate(async () => {
        let count = 0;
        for (const entry of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming']) {
          const real = WebAssembly[entry];
          WebAssembly[entry] = (...given) => ((count += 1), real(...given));
        }
        const main = document.querySelector('main');
        for (let at = 0; at < 30; at += 1) main.append(Object.assign(document.createElement('div'), { innerHTML: `<kl-scene scene="two-coins" q="0.${10 + at}"></kl-scene>` }));
        const scenes = [...main.querySelectorAll('kl-scene')];
        await Promise.all(scenes.map((scene) => scene.ready));
        return { count, values: scenes.slice(1).map((scene) => scene.values.q) };
      });
      assert.equal(compiled.count, 0);
      assert.deepEqual(compiled.values, Array.from({ length: 30 }, (_, at) => Number(`0.${10 + at}`)));
    });

    test('the page dresses a scene by properties and parts, and its own words stay', async () => {
      const page = await openFramed(browser, 'scene=two-bells');
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('kl-scene { --kl-paper: rgb(1, 2, 3); --kl-p: rgb(4, 200, 6) } kl-scene::part(scene) { border-radius: 0 }');
        document.adoptedStyleSheets = [sheet];
        document.querySelector('main').innerHTML =
          '<kl-scene scene="two-bells"><p id="own">Until then</p><p slot="caption">Move Q until both agree.</p></kl-scene>';
      });
      await drawn(page);
      const corner = await (await inside(page, FRAMED, 'canvas')).evaluate((canvas) => [...canvas.getContext('2d').getImageData(0, 0, 1, 1).data]);
      assert.deepEqual(corner, [1, 2, 3, 255]);
      assert.equal(await (await inside(page, FRAMED, '.scene')).evaluate((scene) => getComputedStyle(scene).borderRadius), '0px');
      assert.equal(await page.$eval('#own', (own) => own.getClientRects().length), 0, 'the live figure has taken its place');
      const [top, height] = await page.$eval('[slot="caption"]', (words) => {
        const place = words.getBoundingClientRect();
        return [place.top, place.height];
      });
      const canvas = await (await inside(page, FRAMED, 'canvas')).evaluate((figure) => figure.getBoundingClientRect().bottom);
      assert.ok(height > 0 && top >= canvas, `${top} and ${height}, below ${canvas}`);
    });

    test('where a scene fails, the page’s own words stay, with the sentence', async () => {
      const page = await openFramed(browser, 'scene=two-bells');
      await page.evaluate(() => {
        document.querySelector('main').innerHTML = '<kl-scene scene="two-balls"><p id="own">A picture of two bells</p></kl-scene>';
      });
      await page.waitForFunction(() => document.querySelector('kl-scene').shadowRoot?.querySelector('.failure'));
      assert.match(await visibleText(page, FRAMED, '.failure'), /two-balls is not the name of a scene/);
      assert.ok((await page.$eval('#own', (own) => own.getClientRects().length)) > 0);
      assert.match(await page.$eval(FRAMED, (scene) => scene.ready.catch((fault) => fault.message)), /two-balls/);
    });

    test('`ready` is of the scene that is named now, and so is what a reset goes back to', async () => {
      const page = await openFramed(browser, 'scene=two-bells&p_mean=0');
      const told = await page.$eval(FRAMED, async (scene) => {
        const numbers = () => scene.readouts.forward?.value.toFixed(6);
        const failed = () => scene.matches(':state(failed)');
        const bells = scene.ready;
        scene.setAttribute('scene', 'two-coins');
        const coins = scene.ready;
        const out = { another: coins !== bells, same: coins === scene.ready };
        await coins;
        out.coins = numbers();
        scene.setAttribute('scene', 'two-balls');
        out.refused = await scene.ready.catch(({ message }) => message);
        out.failed = failed();
        // Who waits for a scene that never came is told of the one that did.
        scene.setAttribute('scene', 'mixtures');
        const waiting = scene.ready;
        scene.setAttribute('scene', 'two-coins');
        scene.values = { p: 0.6, q: 0.5 };
        await waiting;
        out.set = [scene.scene, numbers(), failed()];
        scene.remove();
        scene.setAttribute('scene', 'two-bells');
        document.querySelector('main').append(scene);
        await scene.ready;
        out.again = numbers();
        scene.setAttribute('scene', 'two-coins');
        scene.values = { p: 0.6, q: 0.5 };
        await scene.ready;
        scene.setAttribute('chrome', 'figure');
        await scene.ready;
        out.kept = numbers();
        return out;
      });
      // As in links.txt, by the closed forms.
      assert.deepEqual([told.another, told.same], [true, true]);
      assert.equal(told.coins, '0.534111');
      assert.match(told.refused, /two-balls is not the name of a scene/);
      assert.equal(told.failed, true);
      assert.deepEqual(told.set, ['two-coins', '0.020136', false]);
      assert.equal(told.again, '1.099397');
      assert.equal(told.kept, '0.020136');
      await page.$eval(FRAMED, (scene) => scene.setAttribute('chrome', 'full'));
      await drawn(page);
      await press(page, FRAMED, 'Reset');
      assert.equal((await page.$eval(FRAMED, (scene) => scene.readouts.forward.value)).toFixed(6), '0.534111');
      assert.equal(await visibleText(page, FRAMED, '.notices'), '');
      await assertClean(page);
    });

    test('a page that takes the element in twice has it once', async () => {
      const page = await openPage(browser, 'www/embed.html?scene=two-bells');
      await page.evaluate(() => import(new URL('kl-scene.js?again', location.href)));
      await drawn(page);
      await assertClean(page);
    });
  });
}
