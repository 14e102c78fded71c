// The wasm core: loaded once for the page, and started afresh should it ever stop with a fault of its own.

import { Refusal } from './phrase.js';
import * as supply from './supply.js';

/** The smallest module there is. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

let glue = null;
let loading = null;
let compiled = null;
let starts = 0;
const speakers = new Map();

/** Tells `lost` when the core has stopped with a fault, and `restored` when a fresh one runs. */
export const life = new EventTarget();

/** What a call throws that the core did not survive. */
export class CoreLost extends Error {}

/** Resolves when the core runs; rejects with words for the reader where it can't. */
export function init() {
  // What failed once, for want of a network, may be tried again.
  loading ??= start().catch((fault) => {
    loading = null;
    throw fault;
  });
  return loading;
}

/** Whether calls may be made now. */
export const running = () => glue !== null;

/** From now on requests in that language have their words filled in by `say`. */
export function speak(language, say) {
  speakers.set(language, say);
  glue?.speak(language, say);
}

export const scenes = () => call('scenes');
export const render = (canvas, request) => call('render', canvas, request);
export const drag = (request, moved) => call('drag', request, moved);
export const sweep = (request, passed) => call('sweep', request, passed);
export const typed = (request, words) => call('typed', request, words);
export const press = (request, key) => call('press', request, key);
export const slide = (request, control, value, fine) => call('slide', request, control, value, fine);
export const step = (request, control, steps, fine) => call('step', request, control, steps, fine);
export const table = (request) => call('table', request);
export const probe = (request, x, y) => call('probe', request, x, y);
export const svg = (request) => call('svg', request);
export const csv = (request) => call('csv', request);
export const program = (request, language, heading) => call('program', request, language, heading);
export const qr = (words) => call('qr', words);
export const version = () => call('version');

async function start() {
  compiled ??= await compile();
  const fresh = await supply.glue(starts);
  await fresh.default({ module_or_path: compiled });
  speakers.forEach((say, language) => fresh.speak(language, say));
  glue = fresh;
  if (starts) life.dispatchEvent(new Event('restored'));
}

async function compile() {
  if (typeof WebAssembly !== 'object') throw new Refusal('this browser does not run WebAssembly');
  // A policy against it refuses any module; learnt from the smallest, that costs nothing.
  await WebAssembly.compile(EMPTY).catch(() => {
    throw new Refusal('the security policy of this page does not allow WebAssembly');
  });
  const response = await supply.core().catch(unreachable);
  if (!response.ok) throw new Refusal('its core could not be loaded ({status})', { status: response.status });
  // Streaming insists on this type, which not every server of course pages sends.
  const streams = response.headers.get('Content-Type') === 'application/wasm' && WebAssembly.compileStreaming;
  const compiling = streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
  return compiling.catch((fault) => {
    if (!(fault instanceof WebAssembly.CompileError)) unreachable(fault);
    throw new Refusal('its core is damaged, or the browser is too old for it');
  });
}

function unreachable(fault) {
  throw new Refusal('its core could not be loaded ({status})', { status: fault.message });
}

function call(name, ...given) {
  if (!glue) throw new CoreLost('the core is not running');
  try {
    return glue[name](...given);
  } catch (fault) {
    if (!fatal(fault)) throw fault;
    restart();
    throw new CoreLost(String(fault), { cause: fault });
  }
}

/** A trap, or a stack that ran over: after either, the instance's memory can't be relied on. */
function fatal(fault) {
  return fault instanceof WebAssembly.RuntimeError || fault instanceof RangeError || fault?.name === 'InternalError';
}

function restart() {
  glue = null;
  starts += 1;
  loading = null;
  life.dispatchEvent(new Event('lost'));
  init().catch(reportError);
}
