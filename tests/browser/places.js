// The places where a teacher may put the explorer, A to J as in docs/embedding.md, and what a reader sees there.

import assert from 'node:assert/strict';
import { openPage } from './harness.js';
import { attribute, built, onDisk, servePages, serveSite } from './hosts.js';

/** The numbers of the scene's default state: D(N(−1, 0.8)‖N(1, 1.6)), by the closed form. */
const FORWARD = (Math.log(1.6 / 0.8) + (0.8 ** 2 + 2 ** 2) / (2 * 1.6 ** 2) - 0.5).toFixed(4);

export const NO_WASM = /The figure can’t be shown here: the security policy of this page does not allow WebAssembly\./;
export const NO_SCRIPT = /need(s)? JavaScript, which does not run here/;
const LESSON = /How wrong is a model, and who is asking\?/;

/** Asserts what is live in a frame: the number is there to be read, on a figure that is drawn and dressed, and nothing says that it failed. */
export async function seesLive(frame) {
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
    const dressed = [getComputedStyle(canvas).display, canvas.style.height === `${canvas.getBoundingClientRect().height}px`];
    return { colors: colors.size, dressed, words: document.body.innerText };
  });
  assert.ok(seen.colors > 10, `the figure has ${seen.colors} colours only`);
  assert.deepEqual(seen.dressed, ['block', true], 'by its style sheet, and by its script');
  assert.doesNotMatch(seen.words, /can’t be shown|JavaScript/);
}

/** Asserts what stands still in a frame: the words, a picture where a figure would be, and the sentence that says why. */
export async function seesStill(frame, sentence, words = LESSON) {
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

export const still = (sentence, words) => (frame) => seesStill(frame, sentence, words);

let site;
let course;
const files = {};

/** Starts what the places need: hosts of the site, and of course pages at another origin. */
export async function openPlaces() {
  site = await serveSite();
  course = await servePages();
  const [lesson, scene, index, embed] = await Promise.all(['kl-explorer.html', 'embed/two-bells.html', 'index.html', 'www/embed.html'].map(built));
  Object.assign(files, { lesson, scene, index, embed });
  return { files, course };
}

export function closePlaces() {
  site?.close();
  course?.close();
}

/** The scene as the site shows it alone. */
export const SCENE = 'www/embed.html?scene=two-bells';
export const SANDBOX = 'sandbox="allow-scripts"';
export const SAME = 'sandbox="allow-scripts allow-same-origin"';
export const ALLOW = 'allow="fullscreen; clipboard-write"';
/** Firefox gives a sandboxed frame no leave that does not name all origins. */
export const ALLOW_ALL = 'allow="fullscreen *; clipboard-write *"';

/** Where a file is put: at the top of a window, in a frame of a course page, or in such a frame as text. */
export const at = (host, file) => () => `${site.address}/${host}/some/base/${file}`;
export const disk = (file) => () => onDisk(file);
const frame = (attributes) => `<iframe width="1200" height="900" title="KL Explorer" ${attributes}></iframe>`;
export const framed = (host, file, more = '') => () => frame(`src="${at(host, file)()}" ${more}`);
export const inSrcdoc = (name, more = '') => () => frame(`srcdoc="${attribute(files[name])}" ${more}`);
export const inData = (name, more = '') => () => frame(`src="data:text/html;charset=utf-8;base64,${Buffer.from(files[name]).toString('base64')}" ${more}`);

/** A page of the site as text in a course page, with a base, so that its relative addresses lead to the host. */
export const inSrcdocWithBase = (name, host, more = '') => () => {
  const folder = at(host, name === 'embed' ? 'www/' : '')();
  return frame(`srcdoc="${attribute(files[name].replace('<head>', `$&<base href="${folder}">`))}" ${more}`);
};

/** A policy of the course page, which text in it is under too: it allows pictures, styles and data of the site, and scripts as said. */
export const around = (scripts) => () => ({
  'Content-Security-Policy': `default-src 'none'; frame-src *; img-src data: ${site.address}; style-src 'unsafe-inline' ${site.address}; connect-src ${site.address}; script-src ${scripts.replace('SITE', site.address)}`,
});

/** Opens a place: {page: its address}, or {html: a frame of a course page, headers}. Gives the page, and the frame that the explorer is in. */
export async function openPlace(browser, { page: address, html, headers }, options) {
  if (address) {
    const page = await openPage(browser, address(), options);
    return { page, frame: page.mainFrame() };
  }
  course.pages.set('/course', { html: `<!doctype html><title>A course</title><h1>A course</h1><textarea></textarea>${html()}`, headers: headers?.() });
  const page = await openPage(browser, `${course.address}/course`, options);
  return { page, frame: await innerFrame(page) };
}

/** The frame that a course page holds. */
export const innerFrame = (page) => page.waitForFrame((one) => one.parentFrame() === page.mainFrame());
