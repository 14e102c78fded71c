// What the page's tests have in common: opening a page until its scenes are drawn, and reaching into a scene.

import { createHash } from 'node:crypto';
import { LANGUAGES } from '../../www/words/languages.js';
import { openPage } from './harness.js';

/** The lesson's page in each language. */
export const LESSONS = { en: 'index.html', ...Object.fromEntries(LANGUAGES.map((language) => [language, `www/${language}.html`])) };

/** A scene in its chapter of the lesson. */
export const chapter = (id) => `#${id} > kl-scene`;

/** The one scene of the page for frames. */
export const FRAMED = 'kl-scene';

/** Opens a page, and waits until every scene on it is drawn. */
export async function openDrawn(browser, path = '', options = {}) {
  const page = await openPage(browser, path, options);
  await drawn(page);
  return page;
}

export function drawn(page) {
  return page.evaluate(async () => {
    // The element may stand there, with its poster, before its module has come.
    await customElements.whenDefined('kl-scene');
    await Promise.all([...document.querySelectorAll('kl-scene')].map((scene) => scene.ready));
  });
}

/** Opens one scene alone. */
export function openFramed(browser, query, options) {
  return openDrawn(browser, `www/embed.html?${query}`, options);
}

/**
 * The scenes that a test walks: all of them in Chromium, and in Firefox every sixth, beginning with the one of that `turn`;
 * so six tests of different turns have all of them between them.
 */
export function walked(browser, scenes, turn = 0) {
  const ROUND = 6;
  return browser.name === 'chromium' ? scenes : scenes.filter((_, at) => at % ROUND === turn % ROUND);
}

/** Everything that a state shows: values, readouts, and the picture to the last pixel, as a digest of it. */
export async function shown(page, selector) {
  const { values, readouts, picture } = await page.$eval(selector, (scene) => ({
    values: scene.values,
    readouts: scene.readouts,
    picture: scene.shadowRoot.querySelector('canvas').toDataURL(),
  }));
  return { values, readouts, picture: createHash('sha256').update(picture).digest('hex') };
}

export function values(page, selector) {
  return page.$eval(selector, (scene) => scene.values);
}

/** The readouts' words by id. */
export function texts(page, selector) {
  return page.$eval(selector, (scene) =>
    Object.fromEntries(Object.entries(scene.readouts).map(([id, { text }]) => [id, text])),
  );
}

/** An element inside a scene. */
export async function inside(page, selector, css) {
  const handle = await page.evaluateHandle(
    (scene, part) => document.querySelector(scene).shadowRoot.querySelector(part),
    selector,
    css,
  );
  const found = handle.asElement();
  if (!found) throw new Error(`${selector} has no ${css}`);
  return found;
}

/** The words that can be seen in a part of a scene; nothing where the part is hidden. */
export function visibleText(page, selector, css) {
  return page.$eval(
    selector,
    (scene, part) => {
      const found = scene.shadowRoot.querySelector(part);
      return found?.checkVisibility() ? found.innerText : '';
    },
    css,
  );
}

/** Where a handle stands in the window, once it is scrolled into it. */
export async function handleAt(page, selector, id) {
  const handle = await inside(page, selector, `.handle[data-id="${id}"]`);
  await handle.evaluate((knob) => knob.scrollIntoView({ block: 'center', behavior: 'instant' }));
  return handle.evaluate((knob) => {
    const { x, y, width, height } = knob.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  });
}

/** Where a handle would stand in a state; the scene then goes back to where it was. */
export async function handleWould(page, selector, id, changes) {
  const before = await values(page, selector);
  await page.$eval(selector, (scene, next) => (scene.values = next), { ...before, ...changes });
  await values(page, selector);
  const place = await handleAt(page, selector, id);
  await page.$eval(selector, (scene, next) => (scene.values = next), before);
  await values(page, selector);
  return place;
}

/** Types into a control's field, and Enter. */
export async function type(page, selector, control, text) {
  // What was set a moment before is drawn first; written into the field later, it would undo the selection.
  await values(page, selector);
  const field = await inside(page, selector, `[data-control="${control}"] .field`);
  await field.evaluate((input) => {
    input.focus();
    input.select();
  });
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** The scenes that the core knows. */
export function registry(page) {
  return page.evaluate(async () => {
    const core = await import(new URL('www/core.js', new URL('/', location.href)));
    await core.init();
    return core.scenes();
  });
}
