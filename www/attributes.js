// Attributes as control values: every attribute that HTML, the element and the page's tools don't know is a control.

import { phrase } from './phrase.js';

/** What the element itself reads. */
export const OWN = ['scene', 'units', 'chrome', 'controls', 'question', 'frozen', 'numberless', 'controlled'];

/** The words that some of these take. */
export const UNITS = ['nats', 'bits'];
export const CHROMES = ['full', 'bare', 'figure'];
const WORDS = { units: UNITS, chrome: [...CHROMES, 'lecture'] };

const GLOBAL = new Set(
  `accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts height
  hidden id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part popover role slot spellcheck
  style tabindex title translate width writingsuggestions`.split(/\s+/),
);

/** The control that an attribute sets; null if it sets none. */
export function controlOf(name) {
  const other = OWN.includes(name) || GLOBAL.has(name) || /^(data-|aria-|on|xml)/.test(name) || name.includes(':');
  return other ? null : name.replaceAll('-', '_');
}

/** What the element's own attributes say that they can't, of those that are named. */
export function problemsOf(host, names = OWN) {
  return names.flatMap((field) => {
    const value = host.getAttribute(field);
    const words = WORDS[field];
    if (value === null || !words || words.includes(value)) return [];
    return [{ field, value, rule: oneOf(words) }];
  });
}

/** The rule that a link breaks that sets one thing twice. */
export const TWICE = { key: phrase('stands beside another value of the same name, which holds'), args: [] };

/** The rule that a word is to be one of some. */
export function oneOf(words) {
  return { key: phrase('is not one of {options}'), args: [['options', { kind: 'name', is: words.join(', ') }]] };
}

/** The control values that an element's attributes set, as they are written. */
export function valuesOf(host) {
  const values = {};
  for (const { name, value } of host.attributes) {
    const control = controlOf(name);
    if (control) values[control] = value;
  }
  return values;
}
