// What a reader may do wherever the explorer is put: find a way and go back, be remembered, answer, copy, save, fill the screen. Where
// the place forbids it, the next best is there, and nothing breaks. What is seen in these places is in places.test.js.

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { launchSaving, readPng } from './files.js';
import { BROWSERS, faults } from './harness.js';
import {
  ALLOW,
  ALLOW_ALL,
  around,
  at,
  closePlaces,
  disk,
  framed,
  inData,
  innerFrame,
  inSrcdoc,
  inSrcdocWithBase,
  NO_WASM,
  openPlace,
  openPlaces,
  SAME,
  SANDBOX,
  seesStill,
} from './places.js';
import { chapter, inside, visibleText } from './scenes.js';
import { pasted, press } from './sharing.js';

const SINGLE = 'kl-explorer.html';
const BELLS = chapter('two-bells');
const CAN = { live: true, script: true, keeps: true, full: false, saves: true, link: true };

/** Each place with what it allows: a live figure, scripts, storage, the full screen, saving; and whether a state has a link. */
const PLACES = [
  ['A the lesson', { page: at('plain', '') }, { full: true }],
  ['A the lesson in one file', { page: at('plain', SINGLE) }, { full: true }],
  ['B the lesson', { html: framed('plain', '') }, {}],
  ['B the lesson, with leave', { html: framed('plain', '', ALLOW) }, { full: true }],
  ['B the lesson in one file', { html: framed('plain', SINGLE) }, {}],
  ['C the lesson', { html: framed('cors', '', SANDBOX) }, { keeps: false, saves: false }],
  ['C the lesson, with leave', { html: framed('cors', '', `${ALLOW_ALL} sandbox="allow-scripts allow-downloads"`) }, { keeps: false, full: true }],
  ['C the lesson in one file', { html: framed('plain', SINGLE, SANDBOX) }, { keeps: false, saves: false }],
  ['C the lesson in one file, by srcdoc', { html: inSrcdoc('lesson', SANDBOX) }, { keeps: false, saves: false, link: false }],
  ['C the lesson in one file, by a data URL', { html: inData('lesson', SANDBOX) }, { keeps: false, saves: false, link: false }],
  ['C the lesson, no CORS headers', { html: framed('plain', '', SANDBOX) }, { live: false, script: false }],
  ['D the lesson', { html: framed('plain', '', SAME) }, { saves: false }],
  ['D the lesson in one file', { html: framed('plain', SINGLE, SAME) }, { saves: false }],
  ['E the lesson', { page: at('strict', '') }, { full: true }],
  ['E the lesson in one file', { page: at('inline-strict', SINGLE) }, { full: true }],
  ['F the lesson', { page: at('no-wasm', '') }, { live: false, full: true }],
  ['F the lesson in one file', { page: at('inline-no-wasm', SINGLE) }, { live: false, full: true }],
  ['G the lesson', { html: framed('strict+cors', '', SANDBOX) }, { keeps: false, saves: false }],
  ['G the lesson in one file', { html: framed('inline-strict', SINGLE, SANDBOX) }, { keeps: false, saves: false }],
  // The text is of the course page's own origin, and may what that may.
  ['I the lesson in one file', { html: inSrcdoc('lesson'), headers: around("'unsafe-inline'") }, { live: false, full: true }],
  ['I the lesson', { html: inSrcdocWithBase('index', 'cors'), headers: around('SITE') }, { live: false, full: true }],
  ['J the lesson in one file', { page: disk(SINGLE) }, { full: true }],
  ['J the site', { page: disk('index.html') }, { live: false, script: false }],
];

before(openPlaces);
after(closePlaces);

const inView = (frame, css) =>
  frame.waitForFunction((part) => document.querySelector(part).getBoundingClientRect().top < innerHeight && document.querySelector(part).getBoundingClientRect().bottom > 0, {}, css);
const hash = (frame, wanted) => frame.waitForFunction((one) => location.hash === one, {}, wanted);
const read = (frame) => frame.$eval('.progress span', (told) => told.textContent.split(' ')[0]);
const switchTo = async (frame, words) => {
  const button = await frame.evaluateHandle((name) => [...document.querySelectorAll('#switches button')].find((one) => one.textContent === name), words);
  await button.asElement().click();
};
const told = (frame) => visibleText(frame, BELLS, '.share > .told');

/** A link of the lesson leads to its section, and going back leads back, without leaving the page. */
async function findsTheWay(frame, { script }) {
  await frame.evaluate(() => (window.stayed = true));
  await inView(frame, 'h1');
  if (script) await frame.click('.toc summary');
  await (await frame.waitForSelector(`${script ? '.toc-panel' : '.contents'} a[href="#temperature"]`, { visible: true })).click();
  await hash(frame, '#temperature');
  await inView(frame, '#temperature h3');
  await frame.evaluate(() => history.back());
  await hash(frame, '');
  await inView(frame, script ? 'h1' : '.contents');
  assert.equal(await frame.evaluate(() => window.stayed), true, 'it is the same document still');
}

/** A state that the address asks for is gone to. */
async function followsALink(frame) {
  await frame.evaluate(() => (location.hash = '#two-bells?p_mean=0&p_sd=1&q_mean=0&q_sd=2'));
  await frame.waitForFunction((scene) => document.querySelector(scene).values.q_sd === 2, {}, BELLS);
  // ln 2 + 1/8 − 1/2.
  await frame.waitForFunction((scene) => document.querySelector(scene).readouts.forward?.text === '0.3181 nats', {}, BELLS);
}

/** Colours and what was read hold while the page is open; the next visit knows of them where the place keeps anything. */
async function isRemembered(page, frame, { keeps }) {
  const paper = (one) => one.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper(frame);
  await switchTo(frame, 'dark');
  const dark = await paper(frame);
  assert.notEqual(dark, light);
  await frame.evaluate(() => document.querySelector('#two-bells h3').scrollIntoView({ behavior: 'instant' }));
  await (await frame.$('#two-bells h3')).hover();
  await page.mouse.wheel({ deltaY: 10 });
  await frame.waitForFunction(() => document.querySelector('.toc-panel [aria-current]')?.hash === '#two-bells');
  await frame.evaluate(() => document.querySelector('#two-bells .neighbours').scrollIntoView({ block: 'end', behavior: 'instant' }));
  await frame.waitForFunction(() => !document.querySelector('.progress span').textContent.startsWith('0 '));
  await page.reload();
  const again = page.mainFrame() === frame ? frame : await innerFrame(page);
  await again.waitForSelector('#switches button');
  assert.equal(await paper(again), keeps ? dark : light);
  assert.equal((await read(again)) !== '0', keeps);
  return again;
}

/** A state is copied as code, and as a link where it has one. */
async function copies(page, frame, browser, { link }) {
  await press(frame, BELLS, 'Share and save');
  await press(frame, BELLS, 'Copy the code');
  await frame.waitForFunction((scene) => document.querySelector(scene).shadowRoot.querySelector('.share > .told').textContent, {}, BELLS);
  assert.equal(await told(frame), 'The code is copied.');
  const code = await frame.$eval(BELLS, (scene) => scene.shadowRoot.querySelector('.share-code .code').value);
  assert.equal((await pasted(page, browser)).trim(), code.trim());
  assert.equal((await visibleText(frame, BELLS, '.share-link')) !== '', link);
  if (!link) return;
  await press(frame, BELLS, 'Copy the link');
  await frame.waitForFunction((scene) => document.querySelector(scene).shadowRoot.querySelector('.share > .told').textContent.includes('link'), {}, BELLS);
  assert.equal(await pasted(page, browser), await frame.$eval(BELLS, (scene) => scene.link));
}

/** Questions are answered, by Enter and by the mouse: the numbers are gone until then. */
async function answers(page, frame) {
  const commits = [() => page.keyboard.press('Enter'), () => press(frame, BELLS, 'Commit')];
  for (const [at, commit] of commits.entries()) {
    await frame.$eval(BELLS, ({ shadowRoot }, which) => shadowRoot.querySelectorAll('.ask')[which].click(), at);
    assert.equal(await visibleText(frame, BELLS, '.main'), '');
    const choice = await inside(frame, BELLS, '.card input');
    await choice.evaluate((one) => one.scrollIntoView({ block: 'center', behavior: 'instant' }));
    await choice.click();
    await commit();
    await frame.waitForFunction((scene) => document.querySelector(scene).shadowRoot.querySelector('.card .verdict')?.checkVisibility(), {}, BELLS);
    assert.notEqual(await visibleText(frame, BELLS, '.main'), '');
    await press(frame, BELLS, 'Close');
  }
}

/** The figure's data and its picture are saved as files, or stand there to be taken by hand. */
async function saves(page, frame, { saved, folder }, { saves: may }) {
  const toldOf = (ending) =>
    frame.waitForFunction((scene, end) => document.querySelector(scene).shadowRoot.querySelector('.share > .told').textContent.includes(end), {}, BELLS, ending);
  await press(frame, BELLS, 'Data, CSV');
  await toldOf('.csv');
  const framed = page.mainFrame() !== frame;
  const file = async (ending) => saved(page, new RegExp(`kl-two-bells\\S*\\.${ending}`).exec(await told(frame))[0]);
  if (may) assert.match((await file('csv')).toString('utf8'), /\r\ndensities,P,/);
  if (framed) {
    assert.match(await told(frame), /^If no file .* appeared, this frame may not save files\. Here it is/);
    assert.match(await (await inside(frame, BELLS, '.by-hand .code')).evaluate((field) => field.value), /\r?\ndensities,P,/);
  }
  await press(frame, BELLS, 'Picture, PNG');
  await toldOf('.png');
  if (framed) {
    const canvas = await inside(frame, BELLS, '.by-hand canvas');
    assert.deepEqual(await canvas.evaluate((one) => [one.width, one.checkVisibility(), one.toDataURL().length > 10_000]), [1696, true, true]);
  }
  if (may) assert.equal(readPng(await file('png')).width, 1696);
  else assert.deepEqual(await readdir(folder), []);
}

/** The lecture fills the screen, or else the frame. */
async function fillsTheScreen(frame, { full, live }) {
  const width = await frame.evaluate(() => innerWidth);
  await switchTo(frame, 'Lecture');
  await frame.waitForSelector('.lecture kl-scene');
  await frame.waitForFunction((wanted) => Boolean(document.fullscreenElement) === wanted, {}, full);
  await frame.waitForFunction(() => {
    const { left, top, width, height } = document.querySelector('.lecture').getBoundingClientRect();
    return left === 0 && top === 0 && width === innerWidth && height === innerHeight;
  });
  if (live) await frame.waitForFunction(() => document.querySelector('.lecture kl-scene').shadowRoot?.querySelector('canvas')?.checkVisibility());
  else await seesStill(frame, NO_WASM, null);
  await frame.click('.lecture [data-action="leave"]');
  await frame.waitForFunction((before) => !document.fullscreenElement && !document.querySelector('.lecture').open && innerWidth === before, {}, width);
}

for (const name of BROWSERS) {
  describe(name, { timeout: 1_800_000 }, () => {
    let saving;

    before(async () => {
      // A driven Firefox lets files read files, which no reader's does.
      saving = await launchSaving(name, { 'security.fileuri.strict_origin_policy': true });
    });

    after(() => saving?.close());

    for (const [place, where, allows] of PLACES) {
      test(place, async (t) => {
        const can = { ...CAN, ...allows };
        const { page, frame: first } = await openPlace(saving.browser, where, { height: 1200, reducedMotion: true });
        let frame = first;
        await frame.waitForSelector(can.script ? '#switches button' : '.contents a');
        try {
          await t.test('a link leads to its section, and back', () => findsTheWay(frame, can));
          if (can.script) await t.test(can.keeps ? 'the next visit knows of this one' : 'this visit is remembered while it lasts', async () => (frame = await isRemembered(page, frame, can)));
          if (can.script) await t.test(can.full ? 'a lecture fills the screen' : 'a lecture fills the frame', () => fillsTheScreen(frame, can));
          if (can.live) {
            await t.test('the address leads to a state', () => followsALink(frame));
            await t.test('questions are answered', () => answers(page, frame));
            await t.test('a state is copied', () => copies(page, frame, saving.browser, can));
            await t.test(can.saves ? 'files are saved' : 'files are to be taken by hand', () => saves(page, frame, saving, can));
          }
          if (can.script) assert.deepEqual(faults(page).filter((fault) => /^thrown: (?!Error: Content-Security-Policy)/.test(fault)), []);
        } finally {
          // Several of these places keep things under one origin.
          if (can.script && can.keeps) await frame.evaluate(() => localStorage.clear());
        }
      });
    }
  });
}
