// Where the parts of the explorer come from in a single file: they are inside it. Built in place of www/supply.js.

import { glue as makeGlue } from 'kl:glue';
import { Refusal } from '../../www/phrase.js';
import sceneStyle from '../../www/scene.css';
import themeStyle from '../../www/theme.css';

const SHEETS = { 'theme.css': themeStyle, 'scene.css': sceneStyle };

/** A glue of its own for each start of the core. */
export const glue = async () => makeGlue();

/** The core's code. */
export const core = async () => unpacked('kl-core', 'application/wasm');

/** What a data block holds, unpacked. */
function unpacked(id, type) {
  if (typeof DecompressionStream !== 'function') throw new Refusal('this browser can’t unpack it; a newer one can');
  const packed = bytes(document.getElementById(id));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream, { headers: { 'Content-Type': type } });
}

/** What an element holds four bytes in five letters: base 85, from `#` on, with `y` for `<`. */
function bytes({ textContent: letters, dataset }) {
  const groups = new DataView(new ArrayBuffer((letters.length / 5) * 4));
  const digit = (at) => (letters[at] === 'y' ? 60 : letters.charCodeAt(at)) - 35;
  for (let at = 0; at < letters.length; at += 5) {
    let number = 0;
    for (let place = at; place < at + 5; place += 1) number = number * 85 + digit(place);
    groups.setUint32((at / 5) * 4, number);
  }
  return groups.buffer.slice(0, Number(dataset.bytes));
}

/** A file speaks one language beside English, if it holds that one's words. */
export async function catalogue(language) {
  const words = document.getElementById('kl-words');
  return words?.lang === language.split('-')[0] ? unpacked('kl-words', 'application/json').json() : {};
}

/** A style sheet's text, as a response. */
export async function sheet(file) {
  if (!Object.hasOwn(SHEETS, file)) throw new Error(`${file} is not in this file`);
  return new Response(SHEETS[file]);
}

/** Every scene that the file shows holds its poster already; another has none. */
export const poster = () => 'data:,';

/** This very file at a scene in a state; null where it has no address, as in the text of another page. */
export function address(scene, state) {
  if (!/^(https?|file):$/.test(location.protocol)) return null;
  const asked = state.size ? `?${state}` : '';
  return location.href.replace(/[?#].*$/s, '') + (document.getElementById('lesson') ? `#${scene}${asked}` : asked);
}

/** A frame shows the file itself. */
export const frame = address;

/** The element has no module of its own here. */
export const module = () => null;
