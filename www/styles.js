// The scenes' style sheets, fetched once for all of them.

import { Refusal } from './phrase.js';
import * as supply from './supply.js';

const FILES = ['theme.css', 'scene.css'];

let loading = null;

/** The sheets that a scene's shadow tree adopts, once they are there. */
export let sheets = null;

/** Resolves to the sheets. */
export function styles() {
  // What failed once, for want of a network, may be tried again.
  loading ??= Promise.all(FILES.map(load)).then(
    (loaded) => (sheets = loaded),
    (fault) => {
      loading = null;
      throw fault;
    },
  );
  return loading;
}

async function load(file) {
  const response = await supply.sheet(file).catch(() => ({ ok: false, status: '–' }));
  if (!response.ok) throw new Refusal('its style {file} could not be loaded ({status})', { file, status: response.status });
  return new CSSStyleSheet().replace(await response.text());
}
