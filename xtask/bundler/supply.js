// Where the parts of the explorer come from in a single file: they are inside it. Built in place of www/supply.js.

import { glue as makeGlue } from 'kl:glue';
import sceneStyle from '../../www/scene.css';
import themeStyle from '../../www/theme.css';

const SHEETS = { 'theme.css': themeStyle, 'scene.css': sceneStyle };

/** A glue of its own for each start of the core. */
export const glue = async () => makeGlue();

/** The core's code, unpacked from the data block that holds it. */
export async function core() {
  if (typeof DecompressionStream !== 'function') throw new Error('this browser can’t unpack it; a newer one can');
  const packed = Uint8Array.from(atob(document.getElementById('kl-core').textContent), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(unpacked, { headers: { 'Content-Type': 'application/wasm' } });
}

/** A style sheet's text, as a response. */
export async function sheet(file) {
  if (!Object.hasOwn(SHEETS, file)) throw new Error(`${file} is not in this file`);
  return new Response(SHEETS[file]);
}

/** Every scene that the file shows holds its poster already; another has none. */
export const poster = () => 'data:,';

/** Links to a state lead to this very file. */
export const lesson = () => location.href.replace(/[?#].*$/s, '');
