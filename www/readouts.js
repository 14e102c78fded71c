// The live numbers: the scene's main ones large, the others in groups below, each with its unit and how it was got.

import { Keyed, element, write } from './dom.js';
import { phrase } from './phrase.js';
import { swatch } from './swatch.js';

const METHODS = {
  'closed form': phrase('closed form'),
  sum: phrase('sum'),
  quadrature: phrase('quadrature'),
  sampling: phrase('sampling'),
};

/** `main` and `more` are two elements, so that the main numbers can stay in sight. */
export class Readouts {
  constructor(scene) {
    this.main = element('dl.numbers.main');
    this.more = element('div.more');
    this.numbers = new Keyed(this.main, (readout) => new Tile(readout, swatch(readout.role)));
    this.groups = new Keyed(this.more, (group) => new Group(group, scene.level + 1));
  }

  update(readouts, words) {
    const main = readouts.filter(({ group }) => !group.key);
    this.numbers.update(main).forEach((number, at) => number.update(main[at], words));
    const groups = new Map();
    for (const readout of readouts) {
      const { group } = readout;
      if (!group.key) continue;
      const id = words.say(group);
      if (!groups.has(id)) groups.set(id, { id, readouts: [] });
      groups.get(id).readouts.push(readout);
    }
    const listed = [...groups.values()];
    this.groups.update(listed).forEach((group, at) => group.update(listed[at], words));
  }
}

/** The readouts as programs read them: id -> {value, error, unit, text, method, cause}. */
export function plainReadouts(readouts, words) {
  const plain = (r) => ({
    value: r.value,
    error: r.error,
    unit: r.unit,
    text: words.quantity(r),
    method: r.method,
    cause: r.cause && words.say(r.cause),
  });
  return Object.fromEntries(readouts.map((readout) => [readout.id, plain(readout)]));
}

/** How a number was got, and how far it can be off where that is not rounding alone. */
export function badge({ method, within }, words) {
  if (!method) return '';
  const name = words.say(METHODS[method]);
  // The bound does not break within.
  const bound = within !== null && `±\u00a0${words.rough(within).replaceAll(' ', '\u00a0')}`;
  return bound ? words.say('{method} {bound}', { method: name, bound }) : name;
}

class Group {
  constructor({ id }, level) {
    this.list = element('dl.numbers');
    this.root = element('section', {}, element(`h${level}.heading`, { textContent: id }), this.list);
    this.numbers = new Keyed(this.list, (readout) => new Tile(readout));
  }

  update({ readouts }, words) {
    this.numbers.update(readouts).forEach((number, at) => number.update(readouts[at], words));
  }
}

class Tile {
  #shown = null;

  constructor({ id, role }, key = '') {
    this.label = element('span');
    this.value = element('span.value');
    this.unit = element('span.unit');
    this.method = element('span.method');
    this.cause = element('span.cause');
    this.root = element(
      `div.number.role-${role}`,
      { 'data-id': id },
      element('dt', {}, key, this.label),
      element('dd', {}, this.value, ' ', this.unit, ' ', this.method, ' ', this.cause),
    );
  }

  update(readout, words) {
    // The core gives the very readout again while it stays as it was.
    if (readout === this.#shown) return;
    this.#shown = readout;
    write(this.label, words.say(readout.label));
    // A number with a power of ten may take two lines, and then breaks before its sign.
    const number = words.number(readout.shown);
    write(this.value, number.replace(' × ', ' ×\u00a0'));
    this.value.classList.toggle('power', number.includes(' × '));
    write(this.unit, words.unit(readout.unit));
    write(this.method, badge(readout, words));
    write(this.cause, readout.cause ? words.say(readout.cause) : '');
  }
}
