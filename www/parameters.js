// The parameters of a scene in a frame. Each is checked by itself: a bad one is told, and the others hold.

import { CHROMES, TWICE, oneOf } from './attributes.js';
import { readState } from './link.js';
import { phrase } from './phrase.js';

const THEMES = ['auto', 'light', 'dark'];
const KEYS = ['scene', 'chrome', 'controls', 'theme', 'lang', 'ask'];

/** What a frame's address asks for; null for what it does not name. `state` goes to the scene, with the problems. */
export function readParameters(search) {
  const query = new URLSearchParams(search);
  const state = readState(search, KEYS);
  const refuse = (field, value, rule) => state.problems.push({ field, value, rule });
  const chosen = (field, options) => {
    const value = query.get(field);
    if (value === null || options.includes(value)) return value;
    refuse(field, value, oneOf(options));
    return null;
  };
  const chrome = chosen('chrome', CHROMES);
  const theme = chosen('theme', THEMES);
  let lang = query.get('lang');
  if (lang !== null && !isLanguage(lang)) {
    refuse('lang', lang, { key: phrase('is not the tag of a language, such as en or pt-BR'), args: [] });
    lang = null;
  }
  for (const field of KEYS) for (const value of query.getAll(field).slice(1)) refuse(field, value, TWICE);
  if (query.has('ask') && state.question !== null) refuse('question', state.question, TWICE);
  state.question = query.get('ask') ?? state.question;
  return { scene: query.get('scene'), chrome, controls: query.get('controls'), theme, lang, state };
}

function isLanguage(tag) {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
