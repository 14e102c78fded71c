// A scene in a frame: what its address may ask for, and the messages between it and the page around it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, HOME, launch, openPage } from './harness.js';
import { servePages } from './hosts.js';
import { drawn, FRAMED, inside, openFramed, texts, values, visibleText } from './scenes.js';

const notices = (page) => page.$eval(FRAMED, (scene) => [...scene.shadowRoot.querySelectorAll('.notices li')].map((item) => item.textContent));

/** A course page with the scene in a frame, that keeps what it is told, and a second frame that means no good. */
const HOST = `<!doctype html><title>A course</title>
  <iframe id="scene" width="900" height="700" src="${HOME}www/embed.html?scene=two-bells" title="KL Explorer"></iframe>
  <iframe id="other" srcdoc="<p>Something else</p>" title="Other"></iframe><script>
  window.told = [];
  const scene = document.querySelector('#scene');
  addEventListener('message', ({ data, source }) => { if (source === scene.contentWindow) told.push(data); });
  window.ask = (message) => scene.contentWindow.postMessage(message, '*');
  </script>`;

let course;

before(async () => {
  course = await servePages();
  course.pages.set('/', { html: HOST });
});

after(() => course?.close());

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    const controls = (page) =>
      page.$eval(FRAMED, (scene) =>
        [...scene.shadowRoot.querySelectorAll('[data-control]')].filter((row) => row.checkVisibility()).map((row) => row.dataset.control),
      );

    test('the controls that are named are the ones to be seen', async () => {
      const page = await openFramed(browser, 'scene=two-bells&controls=q_mean,p_sd&p_mean=0');
      assert.deepEqual((await controls(page)).sort(), ['p_sd', 'q_mean']);
      assert.equal((await values(page, FRAMED)).p_mean, 0, 'what is not shown can be set all the same');
      assert.deepEqual(await notices(page), []);
      const all = await openFramed(browser, 'scene=two-bells');
      assert.deepEqual((await controls(all)).sort(), ['p_mean', 'p_sd', 'q_mean', 'q_sd']);
    });

    test('chrome, theme, language, unit and a question', async () => {
      const page = await openFramed(browser, 'scene=two-bells&chrome=bare&theme=dark&lang=de&units=bits');
      assert.equal(await (await inside(page, FRAMED, 'header')).evaluate((header) => header.checkVisibility()), false);
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(21, 24, 29)');
      // 1.0994 nats over ln 2, with the decimal sign of German.
      assert.match((await texts(page, FRAMED)).forward, /^1,586\d/);
      await assertClean(page);
      const asking = await openFramed(browser, 'scene=two-bells&ask=far-apart');
      assert.match(await visibleText(asking, FRAMED, '.card'), /The numbers are hidden until you commit/);
      assert.equal(await visibleText(asking, FRAMED, '.main'), '');
    });

    test('each bad value is told, and the others hold', async () => {
      const page = await openFramed(
        browser,
        'scene=two-bells&chrome=shiny&theme=pink&lang=x_y&units=nuts&controls=p_mean,%3Cb%3E&ask=why&p_sd=2&q_sd=-1&p-mean=1',
      );
      const told = (await notices(page)).sort();
      assert.deepEqual(
        told.map((sentence) => /^.*?: \S+/.exec(sentence)[0]),
        ['chrome: shiny', 'controls: <b>', 'lang: x_y', 'p-mean: 1', 'sd of Q (q_sd): -1', 'question: why', 'theme: pink', 'units: nuts'].sort(),
      );
      assert.equal((await values(page, FRAMED)).p_sd, 2);
      assert.deepEqual(await controls(page), ['p_mean']);
      await assertClean(page);
    });

    /** Opens the course page; `say` sends a message to the scene and gives the first answer that `match`es. */
    async function openCourse() {
      const page = await openPage(browser, `${course.address}/`);
      await page.waitForFunction(() => window.told.some(({ type }) => type === 'kl-ready'));
      const say = async (message) => {
        const before = await page.evaluate(() => window.told.length);
        // As text: protocols refuse some names that a page may well send.
        await page.evaluate((what) => window.ask(JSON.parse(what)), JSON.stringify(message));
        await page.waitForFunction((count) => window.told.slice(count).some((one) => 'id' in one), {}, before);
        return page.evaluate((count) => window.told.slice(count).find((one) => 'id' in one), before);
      };
      return { page, say };
    }

    test('the state is told when it is asked for, set when it may be, and refused by name where not', async () => {
      const { page, say } = await openCourse();
      const state = await say({ type: 'kl-get', id: 'a' });
      assert.equal(state.type, 'kl-state');
      assert.equal(state.id, 'a');
      assert.deepEqual(state.values, { p_mean: -1, p_sd: 0.8, q_mean: 1, q_sd: 1.6 });
      assert.match(state.readouts.forward.text, /^1\.0994 nats/);

      const same = await say({ type: 'kl-set', id: 2, values: { p_mean: 1, p_sd: 1.6 } });
      assert.deepEqual([same.id, same.problems, same.readouts.forward.value], [2, [], 0]);

      const mixed = await say({ type: 'kl-set', id: 3, values: { p_mean: 0, q_sd: 99, nothing: 1 } });
      assert.deepEqual(mixed.values, { p_mean: 0, p_sd: 1.6, q_mean: 1, q_sd: 1.6 }, 'the good value holds, the bad one changes nothing');
      assert.deepEqual(mixed.problems.map(({ field, value }) => [field, value]).sort(), [['nothing', '1'], ['q_sd', '99']]);
      assert.match(mixed.problems.find(({ field }) => field === 'q_sd').rule, /^is outside 0\.1 to /);

      // Names that every object has are the names of no control.
      const inherited = await say({ type: 'kl-set', id: 5, values: { constructor: 1, toString: 'x' } });
      assert.deepEqual(inherited.problems.map(({ field }) => field).sort(), ['constructor', 'toString']);
      assert.deepEqual(inherited.values, mixed.values);

      const bits = await say({ type: 'kl-set', id: 4, units: 'bits', values: { p_mean: -1, p_sd: 0.8 } });
      assert.equal(bits.units, 'bits');
      assert.match(bits.readouts.forward.text, /^1\.586\d bits/);
      await assertClean(page, { allow: /^request to another origin/ });
    });

    test('bad messages are answered with what is wrong, and change nothing', async () => {
      const { say } = await openCourse();
      const { values: before } = await say({ type: 'kl-get', id: 0 });
      for (const [message, words] of [
        [{ values: 'all' }, /^values: all is not an object/],
        [{ values: [1] }, /^values: \[1\] is not an object/],
        [{ values: { p_mean: { much: 1 } } }, /^p_mean: \{"much":1\} is not a string, number or boolean/],
        [{ values: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`x${i}`, 1])) }, /^values: 101 is more than 100/],
        [{ units: 'nuts' }, /^units: nuts is not one of nats, bits/],
      ]) {
        const answer = await say({ type: 'kl-set', id: 'bad', ...message });
        assert.equal(answer.type, 'kl-error');
        assert.match(answer.message, words);
      }
      const { values: now } = await say({ type: 'kl-get', id: 1 });
      assert.deepEqual(now, before);
    });

    test('what is not meant for it, or comes from elsewhere, gets no answer', async () => {
      const { page, say } = await openCourse();
      const scene = await page.waitForFrame((frame) => frame.url().includes('embed.html'));
      const other = await page.waitForFrame((frame) => frame.parentFrame() === page.mainFrame() && !frame.url().includes('embed.html'));
      const before = await page.evaluate(() => window.told.length);
      await other.evaluate(() => parent.frames[0].postMessage({ type: 'kl-set', id: 'theft', values: { p_mean: 3 } }, '*'));
      await scene.evaluate(() => window.postMessage({ type: 'kl-set', id: 'self', values: { p_mean: 3 } }, '*'));
      for (const stray of [null, 7, 'kl-get', [], { type: 'toString' }, { type: '__proto__' }, { type: 'kl-reset' }]) {
        await page.evaluate((message) => window.ask(message), stray);
      }
      // The answer to a last message comes after all others would have.
      const { values: now } = await say({ type: 'kl-get', id: 'last' });
      assert.equal(now.p_mean, -1);
      assert.deepEqual(await page.evaluate((count) => window.told.slice(count).filter((one) => 'id' in one).map(({ id }) => id), before), ['last']);
    });

    test('what the reader changes is told once it has settled', async () => {
      const { page, say } = await openCourse();
      await say({ type: 'kl-set', id: 1, values: { p_mean: 0 } });
      assert.deepEqual(await page.evaluate(() => window.told.filter(({ type }) => type === 'kl-change')), [], 'what the page set itself is no news to it');
      const scene = await page.waitForFrame((frame) => frame.url().includes('embed.html'));
      await drawn(scene);
      const slider = await scene.evaluateHandle(() => document.querySelector('kl-scene').shadowRoot.querySelector('[data-control="q_mean"] .field'));
      await slider.asElement().evaluate((field) => {
        field.focus();
        field.select();
      });
      await page.keyboard.type('2.5');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => window.told.some(({ type }) => type === 'kl-change'));
      const change = await page.evaluate(() => window.told.find(({ type }) => type === 'kl-change'));
      assert.deepEqual(change.values, { p_mean: 0, p_sd: 0.8, q_mean: 2.5, q_sd: 1.6 });
      assert.equal(change.scene, 'two-bells');
    });
  });
}
