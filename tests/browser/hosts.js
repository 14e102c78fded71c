// Servers of our own: the built site as different hosts serve it, and course pages of another origin around it.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What `cargo xtask build` writes. */
export const DIST = new URL(process.env.KL_DIST ?? '../../dist/', import.meta.url);

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.wasm': 'application/wasm' };

/** No worker is needed, nor any other origin. */
const STRICT = "default-src 'none'; worker-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; script-src 'self'";
const INLINE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'unsafe-inline'";

/** What hosts do, each by a word: headers that they send, and the type that they give to wasm. */
const HABITS = {
  plain: {},
  cors: { 'Access-Control-Allow-Origin': '*' },
  strict: { 'Content-Security-Policy': `${STRICT} 'wasm-unsafe-eval'` },
  'no-wasm': { 'Content-Security-Policy': STRICT },
  'inline-strict': { 'Content-Security-Policy': `${INLINE} 'wasm-unsafe-eval'` },
  'inline-no-wasm': { 'Content-Security-Policy': INLINE },
  'wrong-types': { wasm: 'application/octet-stream' },
};

/** Serves dist/ at /HOST/some/base/, HOST being one or more of the above, as in `strict+cors`, on a port of its own. */
export async function serveSite() {
  return serve(async (path, response) => {
    const [, host, file] = /^\/([\w+-]+)\/some\/base\/(.*)$/.exec(path);
    const { wasm, ...headers } = Object.assign({}, ...host.split('+').map((habit) => HABITS[habit] ?? assert.fail(`no host is ${habit}`)));
    const name = file || 'index.html';
    const body = await readFile(new URL(name, DIST));
    const type = extname(name) === '.wasm' && wasm ? wasm : TYPES[extname(name)];
    response.writeHead(200, { ...headers, 'Content-Type': type ?? 'application/octet-stream' }).end(body);
  });
}

/** Serves pages that are set while it runs: `pages.set('/course', {html, headers})`. */
export async function servePages() {
  const pages = new Map();
  const { address, close } = await serve(async (path, response) => {
    const { html, headers = {} } = pages.get(path);
    response.writeHead(200, { ...headers, 'Content-Type': TYPES['.html'] }).end(html);
  });
  return { pages, address, close };
}

async function serve(answer) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    try {
      await answer(decodeURIComponent(pathname), response);
    } catch {
      // Browsers ask for the icon unbidden.
      response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** A file of dist/ as text. */
export const built = (name) => readFile(new URL(name, DIST), 'utf8');

/** A file of dist/ by its address on the disk. */
export const onDisk = (name) => `file://${fileURLToPath(new URL(name, DIST))}`;

/** Words as an attribute's value. */
export const attribute = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
