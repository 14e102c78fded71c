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

/** Series of one panel that stand at the same places share a table. */
function sharing(series) {
  const groups = new Map();
  for (const one of series) {
    const columns = read(one);
    const key = JSON.stringify([one.id, columns.lies, columns.rows.map(([place]) => place)]);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push({ ...one, ...columns });
  }
  return [...groups.values()];
}

/** A series as rows of a place and a value. In a panel of named rows the place is the row; a named place is its name. */
function read({ points, x_names: across, y_names: upward }) {
  const lies = upward.length > 0;
  const names = lies ? upward : across;
  const nearest = (at) => names.reduce((best, name) => (Math.abs(name[0] - at) < Math.abs(best[0] - at) ? name : best))[1];
  const rows = points.map(([x, y]) => {
    const [place, value] = lies ? [y, x] : [x, y];
    return [names.length ? nearest(place) : place, value];
  });
  return { lies, rows };
}

function table(series, words) {
  const [{ lies, rows, panel, x, y, x_unit: unitX, y_unit: unitY, name: first }] = series;
  const named = (text, unit, other) => {
    const said = text.key ? words.say(text) : other;
    const name = words.unit(unit);
    return name && said ? words.say('{name} ({unit})', { name: said, unit: name }) : name || said;
  };
  const place = lies ? named(y, unitY, words.say('row')) : named(x, unitX, words.say('place'));
  const value = lies ? named(x, unitX, '') : named(y, unitY, '');
  const title = words.say(panel.key ? panel : first);
  const caption = value ? words.say('{title}: {values}', { title, values: value }) : title;
  const head = (text, scope) => element('th', { textContent: text, scope });
  const heads = [place, ...series.map((one) => (one.name.key ? words.say(one.name) : value || title))];
  const row = ([at], index) =>
    element(
      'tr',
      {},
      head(typeof at === 'number' ? words.plotted(at) : words.say(at), 'row'),
      ...series.map((one) => element('td', { textContent: words.plotted(one.rows[index][1]) })),
    );
  const made = element(
    'table',
    {},
    element('caption', { textContent: caption }),
    element('thead', {}, element('tr', {}, ...heads.map((text) => head(text, 'col')))),
    element('tbody', {}, ...rows.map(row)),
  );
  // It scrolls, and must then be reachable without a mouse.
  return element('div.scrolls', { tabIndex: 0, role: 'group', 'aria-label': caption }, made);
}
