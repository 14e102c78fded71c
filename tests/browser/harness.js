// Drives the page in real browsers, Chromium and Firefox alike, and keeps account of everything a clean page must not do.
//
// `cargo xtask test --only page` runs every *.test.js here. One alone, beside a running `cargo xtask serve`:
// `node --test tests/browser/NAME.test.js`.

import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterEach, beforeEach } from 'node:test';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';

/** The browsers there are; every test should run in each. */
export const BROWSERS = ['chromium', 'firefox'];

/** Where the page is served. */
export const HOME = process.env.KL_URL ?? 'http://127.0.0.1:8000/';

/** How long anything may take, in ms: what hangs ends, and a slow machine is not taken for it. */
const PATIENCE = 120_000;

const PROGRAMS = {
  chromium: process.env.CHROMIUM ?? '/usr/bin/chromium',
  firefox: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
};

const QUIET_CHROMIUM = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  // A mouse that can hover, also where the machine has none; emulated touch overrides it.
  '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4',
];

const QUIET_FIREFOX = {
  'app.normandy.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
};

/**
 * A browser to open pages in: `launch('chromium')` or `launch('firefox')`. `prefs` are further preferences of Firefox,
 * `args` further flags of Chromium. Close it with `await browser.close()`, which closes its pages too.
 */
export async function launch(name, { args = [], prefs = {} } = {}) {
  assert.ok(BROWSERS.includes(name), `no browser is called ${name}`);
  const browser = new Browser(name, args, prefs);
  await browser.process({});
  return browser;
}

/**
 * Opens the page at `path`, relative to the served page (or at a whole URL), as somebody would see it who has a window
 * of width x height CSS pixels at `ratio` device pixels each, prefers a theme ('light' or 'dark') or less motion, has
 * forced colours (the theme is then that of the colours), or a touch screen as the only pointer. Gives Puppeteer's page,
 * loaded.
 */
export async function openPage(browser, path = '', options = {}) {
  const { width = 1280, height = 800, ratio = 1, touch = false, ...unknown } = options;
  const { theme = 'light', forcedColors = false, reducedMotion = false, ...rest } = unknown;
  assert.deepEqual(rest, {}, 'openPage knows no such option');
  assert.ok(theme === 'light' || theme === 'dark', `no theme is called ${theme}`);
  const media = { theme, forcedColors, reducedMotion, touch };
  const page = await (await browser.process(media)).newPage();
  opened.at(-1)?.push(page);
  page.setDefaultTimeout(PATIENCE);
  watch(page, new URL(path, HOME).origin);
  await page.setViewport({ width, height, deviceScaleFactor: ratio, hasTouch: touch, isMobile: touch && browser.name === 'chromium' });
  if (browser.name === 'chromium') await emulate(page, media);
  // Firefox reports a refusal by the content security policy to the document alone.
  await page.evaluateOnNewDocument(() => {
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`content security policy: ${event.violatedDirective} refuses ${event.blockedURI || 'inline'}`),
    );
    // The dialog for printing stops the page until a person answers it; the page is told what it would be told around it.
    if (window === top) window.print = () => ['beforeprint', 'afterprint'].forEach((kind) => dispatchEvent(new Event(kind)));
  });
  await page.goto(new URL(path, HOME).href, { waitUntil: 'load' });
  return page;
}

// The pages that each running test has opened, the innermost test last: they are closed when it ends, so that a browser
// does not go on drawing what nobody looks at. What a suite opens for all its tests stays until its browser is closed.
const opened = [];
beforeEach(() => opened.push([]));
afterEach(() => Promise.all(opened.pop().map((page) => page.close().catch(() => undefined))));

/** What the page did so far that a clean page does not: sentences. */
export function faults(page) {
  return accounts.get(page);
}

/**
 * Asserts that the page wrote no error or warning to the console, threw nothing, failed at no request, and asked
 * nothing of another origin. What a test brought about on purpose it allows: `allow` matches those sentences.
 */
export async function assertClean(page, { allow } = {}) {
  // Faults are told in the background; what has happened by now has been told when the page answers.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 20)));
  assert.deepEqual(faults(page).filter((fault) => !allow?.test(fault)), []);
}

/** Drags from one point of the viewport to another ([x, y] in CSS pixels), by mouse or, with `touch`, by a finger. */
export async function drag(page, from, to, { touch = false, steps = 8 } = {}) {
  const at = (step) => [0, 1].map((axis) => from[axis] + ((to[axis] - from[axis]) * step) / steps);
  if (touch) await page.touchscreen.touchStart(...from);
  else {
    await page.mouse.move(...from);
    await page.mouse.down();
  }
  for (let step = 1; step <= steps; step += 1) {
    await (touch ? page.touchscreen.touchMove(...at(step)) : page.mouse.move(...at(step)));
  }
  await (touch ? page.touchscreen.touchEnd() : page.mouse.up());
}

/** Writes a picture of what the window shows (or, with `fullPage`, of all the page) to target/pages/NAME.png. */
export async function screenshot(page, name, { fullPage = false } = {}) {
  const folder = new URL('../../target/pages/', import.meta.url);
  await mkdir(folder, { recursive: true });
  const path = fileURLToPath(new URL(`${name}.png`, folder));
  await page.screenshot({ path, fullPage });
  return path;
}

/** What axe-core finds wrong with the page, or with the part of it that `selector` names: {id, help, nodes} each. */
export async function accessibilityFaults(page, selector) {
  // Evaluated rather than added as a script, which the page's content security policy would refuse.
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8'));
  return page.evaluate(async (part) => {
    // The size of targets is asked for by WCAG 2.2; axe leaves it out unless told.
    const { violations } = await globalThis.axe.run(part ?? document, { rules: { 'target-size': { enabled: true } } });
    return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.html) }));
  }, selector);
}

/** One browser by name. Firefox takes a reader's preferences at its start only, so it is a process for each set of them. */
class Browser {
  #args;
  #prefs;
  #running = new Map();

  constructor(name, args, prefs) {
    this.name = name;
    this.#args = args;
    this.#prefs = prefs;
  }

  process(media) {
    const prefs = this.name === 'firefox' ? { ...QUIET_FIREFOX, ...firefoxPrefs(media), ...this.#prefs } : {};
    const key = JSON.stringify(prefs);
    if (!this.#running.has(key)) this.#running.set(key, this.#start(prefs));
    return this.#running.get(key);
  }

  #start(prefs) {
    const common = { executablePath: PROGRAMS[this.name], headless: true, timeout: PATIENCE, protocolTimeout: 2 * PATIENCE };
    return this.name === 'chromium'
      ? puppeteer.launch({ ...common, browser: 'chrome', args: [...QUIET_CHROMIUM, ...this.#args] })
      : puppeteer.launch({ ...common, browser: 'firefox', extraPrefsFirefox: prefs });
  }

  async close() {
    const running = await Promise.allSettled(this.#running.values());
    this.#running.clear();
    await Promise.all(running.map(({ value }) => value?.close()));
  }
}

function firefoxPrefs({ theme = 'light', forcedColors = false, reducedMotion = false, touch = false }) {
  const COARSE = 1;
  const FINE_AND_HOVER = 6;
  return {
    'layout.css.prefers-color-scheme.content-override': theme === 'dark' ? 0 : 1,
    'ui.prefersReducedMotion': reducedMotion ? 1 : 0,
    'browser.display.document_color_use': forcedColors ? 2 : 1,
    'dom.w3c_touch_events.enabled': touch ? 1 : 0,
    'ui.primaryPointerCapabilities': touch ? COARSE : FINE_AND_HOVER,
    'ui.allPointerCapabilities': touch ? COARSE : FINE_AND_HOVER,
  };
}

/** Chromium's media features; Puppeteer's own method does not know forced colours. */
async function emulate(page, { theme, forcedColors, reducedMotion }) {
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-color-scheme', value: theme },
      { name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : 'no-preference' },
      { name: 'forced-colors', value: forcedColors ? 'active' : 'none' },
    ],
  });
}

const accounts = new WeakMap();

function watch(page, origin) {
  const account = [];
  accounts.set(page, account);
  const foreign = (url) => !/^(data|blob|about):/.test(url) && new URL(url).origin !== origin;
  page.on('console', (message) => {
    if (['error', 'warn', 'assert'].includes(message.type())) account.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => account.push(`thrown: ${error?.stack ?? error}`));
  page.on('request', (request) => {
    if (foreign(request.url())) account.push(`request to another origin: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    const why = String(request.failure()?.errorText);
    // A page that is left cuts its own requests short; that is no fault of its.
    if (!why.includes('ABORTED')) account.push(`failed request: ${request.url()} ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) account.push(`failed request: ${response.url()} ${response.status()}`);
  });
}
