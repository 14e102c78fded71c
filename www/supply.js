// Where the parts of the explorer come from: the files beside this one. The single files, which have everything
// inside themselves, are built with another module in this one's place; so nothing else may ask for files.
//
// Each address stands whole where it is made, so that bundlers find the file and take it along.

import { LANGUAGES } from './words/languages.js';

const GLUE = new URL('./pkg/kl_explorer.js', import.meta.url).href;
const CORE = new URL('./pkg/kl_explorer_bg.wasm', import.meta.url).href;
const SHEETS = {
  'theme.css': new URL('./theme.css', import.meta.url).href,
  'scene.css': new URL('./scene.css', import.meta.url).href,
};

/** The one of the languages that a tag stands for; none for English, for those that read English, and where no tag is given. */
const spoken = (language = 'en') => LANGUAGES.find((one) => one === language) ?? LANGUAGES.find((one) => one === language.split('-')[0]);

/** The translations by their English templates that are for a language; none where it has none. */
export async function catalogue(language) {
  const tag = spoken(language);
  return tag ? (await import(`./words/${tag}.js`)).default : {};
}

/** Where this module is; what is not to be taken along is found from here. */
const HERE = import.meta.url;

/**
 * The core's glue. It holds its instance for good; under another address the browser makes another glue, which is why
 * bundlers are to keep away from it.
 */
export const glue = (start) => import(/* webpackIgnore: true */ /* @vite-ignore */ start ? `${GLUE}?start=${start}` : GLUE);

/** The core's code, as a response that may be compiled while it arrives. */
export const core = () => fetch(CORE);

/** A style sheet's text, as a response. */
export const sheet = (file) => fetch(SHEETS[file]);

/** The poster of a scene in a language. */
export function poster(scene, language) {
  const tag = spoken(language);
  return new URL(`./posters/${tag ? `${tag}/` : ''}${encodeURIComponent(scene)}.svg`, HERE).href;
}

/** Whether this module stands in the site; a bundler has put it far from the pages. */
const atHome = new URL(HERE).pathname.endsWith('/supply.js');

/** The address of the lesson in a language at a scene in a state; null where there is none. */
export function address(scene, state, language) {
  const tag = spoken(language);
  return atHome ? `${new URL(tag ? `${tag}.html` : '../index.html', HERE).href}#${scene}${asked(state)}` : null;
}

/** The address of a frame with a scene in a state and a language; null where there is none. */
export function frame(scene, state, language = 'en') {
  const query = new URLSearchParams([['scene', scene], ...(language === 'en' ? [] : [['lang', language]]), ...state]);
  return atHome ? `${new URL('embed.html', HERE).href}?${query}` : null;
}

/** The address of the element's own module; null where there is none. */
export const module = () => (atHome ? new URL('kl-scene.js', HERE).href : null);

/** A state as the end of an address. */
const asked = (state) => (state.size ? `?${state}` : '');
