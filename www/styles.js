// The scenes' style sheets, fetched once for all of them.

import { Refusal } from './phrase.js';
import * as supply from './supply.js';

const FILES = ['theme.css', 'scene.css'];

let sheets = null;

/** Resolves to the sheets that a scene's shadow tree adopts. */
export function styles() {
  return (sheets ??= Promise.all(FILES.map(load)));
}

async function load(file) {
  const response = await supply.sheet(file);
  if (!response.ok) throw new Refusal('its style {file} could not be loaded ({status})', { file, status: response.status });
  return new CSSStyleSheet().replace(await response.text());
}
