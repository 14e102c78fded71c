// Sharing a state: what is taken away by link, QR code, code or file shows the same state elsewhere.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { accessibilityFaults, assertClean, BROWSERS, HOME, launch, openPage } from './harness.js';
import { chapter, drawn, FRAMED, inside, openDrawn, openFramed, shown, visibleText } from './scenes.js';
import { servePages } from './hosts.js';
import { buttonNamed, decodeQr, openShare, pasted, press, shareText } from './sharing.js';

/** A course page of another origin that frames a scene without leave to use the clipboard, and has a field to paste into. */
const HOST = `<!doctype html><title>A course</title><textarea></textarea>
  <iframe width=900 height=2600 src="${HOME}www/embed.html?scene=two-bells&p_mean=-2" title="KL Explorer"></iframe>`;

const STATE = 'scene=two-bells&p_mean=-2&q_sd=0.35&units=bits';
const LINK = `${HOME}index.html#two-bells?p_mean=-2&q_sd=0.35&units=bits`;

let server;
let home;

before(async () => {
  server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(HOST);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  home = `http://127.0.0.1:${server.address().port}/`;
});

after(() => server.close());

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    test('the panel opens and closes by keyboard, and every part of it can be reached and has a name', async () => {
      const page = await openFramed(browser, STATE);
      const button = await buttonNamed(page, FRAMED, 'Share and save');
      await button.focus();
      await page.keyboard.press('Enter');
      assert.equal(await button.evaluate((b) => b.getAttribute('aria-expanded')), 'true');
      const reached = [];
      for (let at = 0; at < 14; at += 1) {
        await page.keyboard.press('Tab');
        reached.push(await page.$eval(FRAMED, (scene) => {
          const { activeElement: on } = scene.shadowRoot;
          return on?.closest('.share') ? (on.getAttribute('aria-label') ?? on.textContent) : null;
        }));
      }
      const names = ['Link to this state', 'Copy the link', 'Picture, PNG', 'Data, CSV', 'dark', 'Python', 'Copy the code', 'Frame'];
      for (const wanted of names) assert.ok(reached.includes(wanted), `${wanted} is not in ${reached}`);
      assert.deepEqual(await accessibilityFaults(page), []);
      await (await inside(page, FRAMED, '.share .address')).focus();
      await page.keyboard.press('Escape');
      assert.equal(await visibleText(page, FRAMED, '.share'), '');
      assert.equal(await page.$eval(FRAMED, (scene) => scene.shadowRoot.activeElement.textContent), 'Share and save');
      await assertClean(page);
    });

    test('the link that is copied opens another page with the same numbers and picture', async () => {
      const page = await openFramed(browser, STATE);
      const here = await shown(page, FRAMED);
      await openShare(page, FRAMED);
      await press(page, FRAMED, 'Copy the link');
      await page.waitForFunction(() => document.querySelector('kl-scene').shadowRoot.querySelector('.share > .told').textContent);
      assert.equal(await visibleText(page, FRAMED, '.share > .told'), 'The link is copied.');
      const link = await pasted(page, browser);
      assert.equal(link, LINK);
      const there = await openDrawn(browser, link);
      const { values, readouts } = await shown(there, chapter('two-bells'));
      assert.deepEqual([values, readouts], [here.values, here.readouts]);
    });

    test('in a frame of another origin the link is copied all the same', async () => {
      const page = await openPage(browser, home);
      const framed = await page.waitForFrame((frame) => frame.url().includes('embed.html'));
      await drawn(framed);
      await openShare(framed, FRAMED);
      await press(framed, FRAMED, 'Copy the link');
      await framed.waitForFunction(() => document.querySelector('kl-scene').shadowRoot.querySelector('.share > .told').textContent);
      assert.equal(await pasted(page, browser), `${HOME}index.html#two-bells?p_mean=-2`);
    });

    test('where nothing may be copied the link stands selected, and a sentence says so', async () => {
      const page = await openFramed(browser, STATE);
      await page.evaluate(() => {
        document.execCommand = () => false;
        navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
      });
      await openShare(page, FRAMED);
      await press(page, FRAMED, 'Copy the link');
      await page.waitForFunction(() => document.querySelector('kl-scene').shadowRoot.querySelector('.share > .told').textContent);
      assert.match(await visibleText(page, FRAMED, '.share > .told'), /may not copy/);
      const selected = await (await inside(page, FRAMED, '.share .address')).evaluate((field) =>
        field.value.slice(field.selectionStart, field.selectionEnd),
      );
      assert.equal(selected, LINK);
    });

    test('the link under the tools, offered by hand, stays through a redraw and follows the state', async () => {
      const page = await openFramed(browser, STATE);
      await page.evaluate(() => {
        document.execCommand = () => false;
        navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
      });
      await press(page, FRAMED, 'Copy link');
      await page.waitForFunction(() => document.querySelector('kl-scene').shadowRoot.querySelector('.tools .told').textContent);
      const told = () => visibleText(page, FRAMED, '.tools .told');
      const offered = async () => {
        const field = await inside(page, FRAMED, '.tools .link');
        return field.evaluate((one) => (one.checkVisibility() ? [one.value, one.value.slice(one.selectionStart, one.selectionEnd)] : null));
      };
      assert.match(await told(), /may not copy; it is selected/);
      assert.deepEqual(await offered(), [LINK, LINK]);
      const wide = await (await inside(page, FRAMED, 'canvas')).evaluate((canvas) => canvas.width);
      await page.setViewport({ width: 600, height: 800 });
      await page.waitForFunction((before) => document.querySelector('kl-scene').shadowRoot.querySelector('canvas').width < before, {}, wide);
      assert.deepEqual(await offered(), [LINK, LINK]);
      assert.match(await told(), /it is selected/);
      await page.$eval(FRAMED, (scene) => (scene.values = { p_mean: 1.25 }));
      await page.waitForFunction(() => document.querySelector('kl-scene').shadowRoot.querySelector('.tools .link').value.includes('1.25'));
      assert.match(await told(), /^The state has changed, and the link with it/);
      assert.equal((await offered())[0], `${HOME}index.html#two-bells?p_mean=1.25&units=bits`);
    });

    test('the QR code holds the link, in the light and in the dark, and follows the state', async () => {
      for (const theme of ['light', 'dark']) {
        const page = await openFramed(browser, STATE, { theme, ratio: 2 });
        await openShare(page, FRAMED);
        assert.equal(await decodeQr(page, FRAMED), LINK);
        await page.$eval(FRAMED, (scene) => (scene.values = { p_mean: 1.25 }));
        await page.waitForFunction(() => document.querySelector('kl-scene').shadowRoot.querySelector('.address').value.includes('1.25'));
        assert.equal(await decodeQr(page, FRAMED), `${HOME}index.html#two-bells?p_mean=1.25&units=bits`);
        await page.close();
      }
    });

    test('the frame and the element that are pasted elsewhere show the state', async () => {
      const page = await openFramed(browser, STATE);
      const here = await shown(page, FRAMED);
      await openShare(page, FRAMED);
      const [frame, element] = [await shareText(page, FRAMED, 'Frame'), await shareText(page, FRAMED, 'Element')];
      for (const part of ['title="Two bells"', 'loading="lazy"', 'allow="fullscreen; clipboard-write"', 'height=']) assert.ok(frame.includes(part), frame);
      const course = await servePages();
      course.pages.set('/', { html: `<!doctype html><title>A course</title><h1>A course</h1>${frame}` });
      const around = await openPage(browser, `${course.address}/`);
      const framed = await around.waitForFrame((one) => one.url().includes('p_mean=-2'));
      await framed.waitForSelector(FRAMED);
      await drawn(framed);
      const there = await framed.$eval(FRAMED, (scene) => ({ values: scene.values, readouts: scene.readouts }));
      assert.deepEqual(there, { values: here.values, readouts: here.readouts });
      course.close();
      const other = await openFramed(browser, 'scene=two-coins');
      await other.evaluate((pastedTag) => (document.querySelector('main').innerHTML = pastedTag), element);
      await drawn(other);
      assert.deepEqual((await shown(other, FRAMED)).readouts, here.readouts);
      assert.deepEqual(await other.$eval('main', (main) => main.querySelector('script').src), `${HOME}www/kl-scene.js`);
    });

    test('reference and programs are of this state', async () => {
      const page = await openFramed(browser, STATE);
      await openShare(page, FRAMED);
      const reference = await shareText(page, FRAMED, 'BibTeX');
      assert.match(reference, /^@misc\{kl-two-bells,\n/);
      assert.ok(reference.includes(`= {${LINK}},`) && reference.includes('{Two bells}'), reference);
      assert.equal(reference.split('{').length, reference.split('}').length);
      const python = await shareText(page, FRAMED, 'Python');
      assert.ok(python.startsWith(`# Two bells, from KL Explorer: ${LINK}\n`), python);
      assert.match(python, /a = \(-2\.0, 0\.8\)\nb = \(1\.0, 0\.35\)\nprint\("D\(P‖Q\):", .*"bits"\)/);
      assert.match(await shareText(page, FRAMED, 'Rust'), /"mean": -2\.0, "sd": 0\.8.*"unit": "bits"/);
    });
  });
}
