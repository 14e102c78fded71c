// The figure's data as tables, made when they are opened: what the core says is plotted, point by point.

import * as core from './core.js';
import { element, write } from './dom.js';

/** The tables of one scene. */
export class Data {
  #stale = true;

  constructor(scene) {
    this.scene = scene;
    const { words } = scene;
    this.tables = element('div.tables');
    this.root = element(
      'details.data',
      { ontoggle: () => this.#show() },
      element('summary', { textContent: words.say('The figure’s data as tables') }),
      this.tables,
    );
  }

  /** The state has changed; a question that is open hides the data. */
  update(asked) {
    this.root.hidden = asked;
    if (asked) this.tables.replaceChildren();
    this.#stale = true;
    // While something moves the tables wait until it has settled.
    if (this.root.open && !asked && !this.tables.firstChild) this.#show();
  }

  settle() {
    if (!this.root.hidden) this.#show();
  }

  #show() {
    const { request, words } = this.scene;
    if (!this.root.open || !this.#stale || !request || !core.running()) return;
    this.#stale = false;
    const groups = sharing(core.table(request));
    const made = groups.map((series) => table(series, words));
    this.tables.replaceChildren(...made);
    if (!made.length) this.tables.append(element('p', { textContent: words.say('This figure has no series of points.') }));
  }
}

/** Neighbouring series of one panel that stand at the same places share a table. */
function sharing(series) {
  const groups = [];
  for (const one of series) {
    const last = groups.at(-1)?.[0];
    const same = last && last.id === one.id && last.points.length === one.points.length && last.points.every(([x], at) => x === one.points[at][0]);
    if (same) groups.at(-1).push(one);
    else groups.push([one]);
  }
  return groups;
}

function table(series, words) {
  const [{ panel, x, x_unit: unit, points }] = series;
  const name = (text, of) => {
    const unit = words.unit(of);
    if (!unit || !text.key) return unit || words.say(text);
    return words.say('{name} ({unit})', { name: text, unit });
  };
  const heads = [name(x, unit), ...series.map((one) => (one.name.key ? words.say(one.name) : name(one.y, one.y_unit)))];
  const last = name(series[0].y, series[0].y_unit);
  const title = words.say(panel.key ? panel : series[0].name);
  const caption = last && last !== title ? words.say('{title}: {values}', { title, values: last }) : title;
  const cell = (tag, text, scope) => element(tag, { textContent: text, scope });
  const row = ([place], at) =>
    element('tr', {}, cell('th', words.plotted(place), 'row'), ...series.map((one) => cell('td', words.plotted(one.points[at][1]), null)));
  const made = element(
    'table',
    {},
    element('caption', { textContent: caption }),
    element('thead', {}, element('tr', {}, ...heads.map((head) => cell('th', head, 'col')))),
    element('tbody', {}, ...points.map(row)),
  );
  // It scrolls, and must then be reachable without a mouse.
  return element('div.scrolls', { tabIndex: 0, role: 'region', 'aria-label': caption }, made);
}
