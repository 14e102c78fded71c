// Everywhere a teacher may put the explorer, a reader sees it live, or sees the words, still pictures and a sentence
// that says what is missing. The places A to J are those of docs/embedding.md.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BROWSERS, launch, openPage } from './harness.js';
import { attribute, built, onDisk, servePages, serveSite } from './hosts.js';

/** The numbers of the scene's default state: D(N(−1, 0.8)‖N(1, 1.6)), by the closed form. */
const FORWARD = (Math.log(1.6 / 0.8) + (0.8 ** 2 + 2 ** 2) / (2 * 1.6 ** 2) - 0.5).toFixed(4);

const NO_WASM = /The figure can’t be shown here: the security policy of this page does not allow WebAssembly\./;
const NO_SCRIPT = /need(s)? JavaScript, which does not run here/;
const LESSON = /How wrong is a model, and who is asking\?/;

/** In a frame: the live number is there to be read, on a figure that is drawn, and no sentence of failure. */
async function seesLive(frame) {
  await frame.waitForFunction(
    (number) => {
      const scene = document.querySelector('[scene="two-bells"]:not([chrome="figure"])') ?? document.querySelector('kl-scene');
      scene.ready?.catch(() => {});
      const value = scene.shadowRoot?.querySelector('.main .value');
      return value?.checkVisibility() && value.textContent.includes(number);
    },
    {},
    FORWARD,
  );
  const seen = await frame.evaluate(() => {
    const scene = document.querySelector('[scene="two-bells"]:not([chrome="figure"])') ?? document.querySelector('kl-scene');
    const canvas = scene.shadowRoot.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const colors = new Set();
    for (let at = 0; at < data.length; at += 4) colors.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
    return { colors: colors.size, words: document.body.innerText };
  });
  assert.ok(seen.colors > 10, `the figure has ${seen.colors} colours only`);
  assert.doesNotMatch(seen.words, /can’t be shown|JavaScript/);
}

/** In a frame: the words, a still picture where a figure would be, and the sentence that says why. */
async function seesStill(frame, sentence, words = LESSON) {
  await frame.waitForFunction(
    (source) => {
      const visible = [];
      const walk = (root) => {
        for (const element of root.querySelectorAll('p')) if (element.checkVisibility({ visibilityProperty: true })) visible.push(element.textContent);
        for (const element of root.querySelectorAll('*')) if (element.shadowRoot) walk(element.shadowRoot);
      };
      walk(document);
      return visible.some((text) => new RegExp(source).test(text));
    },
    {},
    sentence.source,
  );
  if (!words) return;
  assert.match(await frame.evaluate(() => document.body.innerText), words);
  await frame.waitForFunction(() => {
    const picture = document.querySelector('.poster > *');
    const { width, height } = picture.getBoundingClientRect();
    const drawn = picture.tagName === 'IMG' ? picture.complete && picture.naturalWidth > 0 : picture.querySelectorAll('path').length > 3;
    return picture.checkVisibility() && width > 200 && height > 100 && drawn;
  });
}

const still = (sentence, words) => (frame) => seesStill(frame, sentence, words);

let site;
let course;
const files = {};

before(async () => {
  site = await serveSite();
  course = await servePages();
  files.lesson = await built('kl-explorer.html');
  files.scene = await built('embed/two-bells.html');
});

after(() => {
  site?.close();
  course?.close();
});

/** Where the file is put, as a page or in a frame of one. */
const SCENE = 'www/embed.html?scene=two-bells';
const at = (host, file) => () => `${site.address}/${host}/some/base/${file}`;
const frame = (attributes) => `<iframe width="900" height="900" title="KL Explorer" ${attributes}></iframe>`;
const framed = (host, file, more = '') => () => frame(`src="${at(host, file)()}" ${more}`);
const inSrcdoc = (name, more = '') => () => frame(`srcdoc="${attribute(files[name])}" ${more}`);
const inData = (name, more = '') => () => frame(`src="data:text/html;charset=utf-8;base64,${Buffer.from(files[name]).toString('base64')}" ${more}`);
const SANDBOX = 'sandbox="allow-scripts"';
const SAME = 'sandbox="allow-scripts allow-same-origin"';
const csp = (policy) => ({ 'Content-Security-Policy': policy });
const PARENT = "default-src 'none'; frame-src *; img-src data:; style-src 'unsafe-inline'; script-src";

const PLACES = [
  ['A the lesson, at the top of a window', { page: at('plain', '') }, seesLive],
  ['A a scene, at the top of a window', { page: at('plain', SCENE) }, seesLive],
  ['A the lesson in one file', { page: at('plain', 'kl-explorer.html') }, seesLive],
  ['A a scene in one file', { page: at('plain', 'embed/two-bells.html') }, seesLive],
  ['A a host with a wrong type for wasm', { page: at('wrong-types', SCENE) }, seesLive],
  ['B the lesson in a frame of another origin', { html: framed('plain', '') }, seesLive],
  ['B a scene in a frame of another origin', { html: framed('plain', SCENE) }, seesLive],
  ['B one file in a frame of another origin', { html: framed('plain', 'kl-explorer.html') }, seesLive],
  ['C a scene in a sandbox, the host sends CORS headers', { html: framed('cors', SCENE, SANDBOX) }, seesLive],
  ['C the lesson in a sandbox, the host sends CORS headers', { html: framed('cors', '', SANDBOX) }, seesLive],
  ['C the lesson in a sandbox, no CORS headers', { html: framed('plain', '', SANDBOX) }, still(NO_SCRIPT)],
  ['C a scene in a sandbox, no CORS headers', { html: framed('plain', SCENE, SANDBOX) }, still(NO_SCRIPT, null)],
  ['C one file in a sandbox', { html: framed('plain', 'kl-explorer.html', SANDBOX) }, seesLive],
  ['C a scene in one file in a sandbox', { html: framed('plain', 'embed/two-bells.html', SANDBOX) }, seesLive],
  ['C one file in a sandbox, by srcdoc', { html: inSrcdoc('lesson', SANDBOX) }, seesLive],
  ['C a scene in one file in a sandbox, by srcdoc', { html: inSrcdoc('scene', SANDBOX) }, seesLive],
  ['C one file in a sandbox, by a data URL', { html: inData('lesson', SANDBOX) }, seesLive],
  ['C a scene in one file in a sandbox, by a data URL', { html: inData('scene', SANDBOX) }, seesLive],
  ['D the lesson in a sandbox of the same origin', { html: framed('plain', '', SAME) }, seesLive],
  ['D one file in a sandbox of the same origin', { html: framed('plain', 'kl-explorer.html', SAME) }, seesLive],
  ['D one file by srcdoc', { html: inSrcdoc('lesson') }, seesLive],
  ['E the lesson under a strict policy', { page: at('strict', '') }, seesLive],
  ['E a scene under a strict policy', { page: at('strict', SCENE) }, seesLive],
  ['E one file under a policy that allows what is inline', { page: at('inline-strict', 'kl-explorer.html') }, seesLive],
  ['E one file under a policy that does not', { page: at('strict', 'kl-explorer.html') }, still(NO_SCRIPT)],
  ['F the lesson under a policy without wasm', { page: at('no-wasm', '') }, still(NO_WASM)],
  ['F a scene under a policy without wasm', { page: at('no-wasm', SCENE) }, still(NO_WASM, /^/)],
  ['F one file under a policy without wasm', { page: at('inline-no-wasm', 'kl-explorer.html') }, still(NO_WASM)],
  ['F a scene in one file under a policy without wasm', { page: at('inline-no-wasm', 'embed/two-bells.html') }, still(NO_WASM, /^/)],
  ['G a scene in a sandbox under a strict policy, CORS headers', { html: framed('strict-cors', SCENE, SANDBOX) }, seesLive],
  ['G a scene in a sandbox under a strict policy', { html: framed('strict', SCENE, SANDBOX) }, still(NO_SCRIPT, null)],
  ['G one file in a sandbox under a strict policy', { html: framed('inline-strict', 'kl-explorer.html', SANDBOX) }, seesLive],
  [
    'I one file by srcdoc, the page around it allows no wasm',
    { html: inSrcdoc('lesson'), headers: csp(`${PARENT} 'unsafe-inline'`) },
    still(NO_WASM),
  ],
  ['I one file by srcdoc, the page around it allows no script', { html: inSrcdoc('lesson'), headers: csp(`${PARENT} 'self'`) }, still(NO_SCRIPT)],
  ['J the lesson in one file, from the disk', { page: () => onDisk('kl-explorer.html') }, seesLive],
  ['J a scene in one file, from the disk', { page: () => onDisk('embed/two-bells.html') }, seesLive],
  ['J the site from the disk', { page: () => onDisk('index.html') }, still(NO_SCRIPT)],
];

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      // A driven Firefox lets files read files, which no reader's does.
      browser = await launch(name, { prefs: { 'security.fileuri.strict_origin_policy': true } });
    });

    after(() => browser?.close());

    test('a scene in one file begins with what is written in it, and as its address asks', async () => {
      const html = files.scene.replace('<kl-scene scene="two-bells"', '$& p-mean="0" p-sd="1" q-mean="0" q-sd="2" mode="odd"');
      course.pages.set('/written', { html });
      const read = async (query) => {
        const page = await openPage(browser, `${course.address}/written${query}`);
        await page.$eval('kl-scene', (scene) => scene.ready);
        const seen = await page.$eval('kl-scene', (scene) => [
          scene.readouts.forward.text,
          scene.shadowRoot.querySelector('.notices').textContent.includes('mode'),
        ]);
        await page.close();
        return seen;
      };
      // ln 2 + 1/8 − 1/2; and 0 where both are the same.
      assert.deepEqual(await read(''), ['0.3181 nats', true]);
      assert.deepEqual(await read('?lang=de'), ['0,3181 nats', true]);
      assert.deepEqual(await read('?q_sd=1'), ['0 nats', true]);
    });

    PLACES.forEach(([place, { page: address, html, headers }, sees], number) => {
      test(place, async () => {
        if (address) {
          const page = await openPage(browser, address());
          await sees(page.mainFrame());
          await page.close();
          return;
        }
        course.pages.set(`/${number}`, { html: `<!doctype html><title>A course</title><h1>A course</h1>${html()}`, headers });
        const page = await openPage(browser, `${course.address}/${number}`);
        const inner = await page.waitForFrame((one) => one.parentFrame() === page.mainFrame());
        await sees(inner);
        await page.close();
      });
    });
  });
}
