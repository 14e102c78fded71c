// A state as a link: `#two-bells?p_mean=0&units=bits`, only what differs from its default, and back again.

import { TWICE, UNITS, oneOf } from './attributes.js';
import * as supply from './supply.js';

/**
 * A state from the part of a link after the question mark: the controls' values as they stand there, the unit, the
 * question that is open, and what in it can't be read. `more` are keys that mean something else to the page.
 */
export function readState(query, more = []) {
  // Any name may stand in a link, __proto__ too.
  const state = { values: Object.create(null), units: null, question: null, problems: [] };
  const entries = [...new URLSearchParams(query)];
  const last = new Map(entries.map(([field], at) => [field, at]));
  for (const [at, [field, value]] of entries.entries()) {
    if (more.includes(field)) continue;
    if (at < last.get(field)) state.problems.push({ field, value, rule: TWICE });
    else if (field === 'question') state.question = value;
    else if (field !== 'units') state.values[field] = value;
    else if (UNITS.includes(value)) state.units = value;
    else state.problems.push({ field, value, rule: oneOf(UNITS) });
  }
  return state;
}

/** The scene and state that a page's hash names; nothing where it has none. */
export function readHash(hash) {
  const [scene, query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  return scene ? { scene: decoded(scene), ...readState(query) } : null;
}

/** A state as the part of a link after the question mark: what differs from its default. */
export function stateQuery(controls, { units, question }) {
  const query = new URLSearchParams();
  for (const { id, value, default: usual } of controls) if (value !== usual) query.set(id, value);
  if (units === 'bits') query.set('units', units);
  if (question) query.set('question', question);
  return query;
}

/** The address of the lesson in the language that is shown at a scene in a state; null where it has none. */
export function address(scene, controls, shown) {
  return supply.address(scene, stateQuery(controls, shown), shown.language);
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
