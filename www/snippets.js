// A state to be pasted elsewhere: as a frame, as an element, as a reference.

import * as core from './core.js';
import { stateQuery } from './link.js';
import * as supply from './supply.js';

/** A frame for any page, null where there is none to show; `height` is for hosts that do not follow the frame's own. */
export function frame({ scene, controls, shown, title, height }) {
  const src = supply.frame(scene, stateQuery(controls, shown), shown.language);
  if (!src) return null;
  const attributes = {
    src,
    title,
    width: '100%',
    height,
    loading: 'lazy',
    allow: 'fullscreen; clipboard-write',
  };
  return `<iframe${written(attributes)}></iframe>\n`;
}

/** The element, for pages that may load its script; null where it has none. */
export function tag({ scene, controls, shown }) {
  const module = supply.module();
  if (!module) return null;
  const state = [...stateQuery(controls, shown)].map(([name, value]) => [name.replaceAll('_', '-'), value]);
  const attributes = { scene, ...(shown.language !== 'en' && { lang: shown.language }), ...Object.fromEntries(state) };
  return `<script type="module" src="${escaped(module)}"></script>\n<kl-scene${written(attributes)}></kl-scene>\n`;
}

/** A reference to the state. */
export function bibtex({ scene, title, link }) {
  const now = new Date();
  const fields = {
    author: '{The KL Explorer contributors}',
    title: tex(title),
    howpublished: `KL Explorer, version ${core.version()}`,
    year: String(now.getFullYear()),
    ...(link && { url: link }),
    urldate: now.toISOString().slice(0, 10),
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name.padEnd(12)} = {${value}},\n`);
  return `@misc{kl-${scene},\n${lines.join('')}}\n`;
}

/** Attributes, one a line. */
function written(attributes) {
  return Object.entries(attributes)
    .map(([name, value]) => `\n  ${name}="${escaped(value)}"`)
    .join('');
}

function escaped(value) {
  const names = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
  return String(value).replace(/[&"<>]/g, (sign) => names[sign]);
}

/** Words as TeX reads them. */
function tex(words) {
  return words.replace(/[&%$#_{}]/g, '\\$&').replace(/~/g, '\\textasciitilde{}').replace(/\^/g, '\\textasciicircum{}');
}
