// Sets up the examples as a course author would, and looks whether a live scene is in what their tools make of them.
//
// `cargo xtask test --only examples` builds dist/, installs the tools and runs every *.test.js here. One alone, after
// that: `node --test tests/examples/NAME.test.js`.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { delimiter, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openPage } from '../browser/harness.js';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** The deployable site, as `cargo xtask build` has written it. */
export const DIST = path('../../dist');
/** Where the tools' own programs are: npm's and Python's. */
export const TOOLS = path('node_modules');
export const PYTHON = path('../../target/tools/python/bin');

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** A fresh copy of an example, with the site put at `site` in it; gives the copy's folder. */
export async function stage(name, { site } = {}) {
  const folder = path(`../../target/examples/${name}`);
  await rm(folder, { recursive: true, force: true });
  await cp(path(`../../examples/${name}`), folder, { recursive: true });
  if (site) await cp(DIST, join(folder, site), { recursive: true, filter: (from) => from !== join(DIST, 'npm') });
  return folder;
}

/** Runs a tool to its end and gives what it printed; what a failed one printed is in the error. */
export async function run(folder, program, ...args) {
  const tools = [join(TOOLS, '.bin'), PYTHON, process.env.PATH].join(delimiter);
  try {
    const { stdout } = await promisify(execFile)(program, args, { cwd: folder, env: { ...process.env, PATH: tools } });
    return stdout;
  } catch (fault) {
    throw new Error(`${program} ${args.join(' ')}: ${fault.stdout}${fault.stderr || fault.message}`);
  }
}

/** Serves a folder like any plain host of course pages, until test `t` ends. `extra` are further pages: path -> HTML. */
export async function serve(t, folder, extra = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const name = decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    // Browsers ask for it unbidden.
    if (name === '/favicon.ico') return response.writeHead(204).end();
    try {
      const body = extra[name] ?? (await readFile(join(folder, name)));
      response.writeHead(200, { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${server.address().port}/`;
}

/** Opens a page and gives it with the frame that its first iframe shows. */
export async function openFramed(browser, url) {
  const page = await openPage(browser, url);
  const element = await page.waitForSelector('iframe');
  await element.evaluate((iframe) => iframe.scrollIntoView({ block: 'start' }));
  const frame = await element.contentFrame();
  await frame.waitForSelector('kl-scene');
  return { page, frame, element };
}

/** Asserts what every recipe gives a frame: a name, leave for full screen and copying, a height, and that it may wait. */
export async function assertPolite(element) {
  const given = await element.evaluate((iframe) =>
    Object.fromEntries(['title', 'loading', 'allow', 'height'].map((name) => [name, iframe.getAttribute(name)])),
  );
  assert.match(given.title, /^KL Explorer: /);
  assert.equal(given.loading, 'lazy');
  assert.match(given.allow, /fullscreen.*clipboard-write/);
  assert.ok(Number(given.height) > 300, given.height);
}

/** Asserts that a page or frame shows the scene of two bells alive: its number is right, and still is after a key. */
export async function assertLive(page, frame = page) {
  const first = await shown(frame);
  const slider = await frame.evaluateHandle(() =>
    document.querySelector('kl-scene').shadowRoot.querySelector('[data-control="q_sd"] input[type="range"]'),
  );
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await frame.waitForFunction((before) => document.querySelector('kl-scene').values.q_sd !== before, {}, first.q_sd);
  await shown(frame);
}

/** The values of a scene whose main number is D(P‖Q) of two normals, and says what the closed form says. */
async function shown(frame) {
  const { values, number } = await frame.evaluate(async () => {
    // The element stands there with its picture before its module has come.
    await customElements.whenDefined('kl-scene');
    const scene = document.querySelector('kl-scene');
    await scene.ready;
    const { values } = scene;
    return { values, number: scene.shadowRoot.querySelector('.numbers.main [data-id="forward"] .value')?.innerText };
  });
  const { p_mean, p_sd, q_mean, q_sd } = values;
  const truth = Math.log(q_sd / p_sd) + (p_sd ** 2 + (p_mean - q_mean) ** 2) / (2 * q_sd ** 2) - 0.5;
  assert.match(number ?? 'nothing', /^\d\.\d{3,}$/);
  assert.ok(Math.abs(Number(number) - truth) <= 0.0005, `${number} for ${truth}`);
  return values;
}
