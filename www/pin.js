// A pinned state, to be compared with the present one: its figure, drawn by the same core, and its numbers and settings
// beside the present ones.

import * as core from './core.js';
import { element, write } from './dom.js';
import { phrase } from './phrase.js';

/** What of a request is a matter of look: the pinned figure follows it. */
const LOOK = ['width', 'ratio', 'scale', 'bits', 'language', 'decimal', 'colors'];

let count = 0;

/** The pinned state of one scene, below its figure. */
export class Pin {
  #values = null;
  #drawn = '';
  #reply = null;

  constructor(scene) {
    this.scene = scene;
    const { words } = scene;
    count += 1;
    const [name, said] = [`pin-${count}`, `pin-said-${count}`];
    this.canvas = element('canvas', { role: 'img', 'aria-labelledby': name, 'aria-describedby': said });
    this.said = element('p.said', { id: said });
    this.body = element('tbody');
    const head = [element('td'), ...[words.say('pinned'), words.say('now')].map((text) => element('th', { textContent: text, scope: 'col' }))];
    this.root = element(
      'section.pinned',
      { hidden: true },
      element(`h${scene.level + 1}.heading`, { id: name, textContent: words.say('Pinned state') }),
      element('div.plot', {}, this.canvas, this.said),
      element('div.compared', {}, element('table', {}, element('thead', {}, element('tr', {}, ...head)), this.body)),
      element(
        'div.buttons',
        {},
        element('button', { type: 'button', textContent: words.say('Go to the pinned state'), onclick: () => scene.restart(this.#values) }),
        element('button', { type: 'button', textContent: words.say('Unpin'), onclick: () => this.#unpin() }),
      ),
    );
    this.button = element('button', { type: 'button', textContent: words.say('Pin'), onclick: () => this.#pin() });
  }

  #pin() {
    if (!this.scene.reply) return;
    this.#values = this.scene.values;
    this.#drawn = '';
    this.scene.redrawNow();
    this.scene.say(this.scene.words.say('This state is pinned below the figure.'));
    this.root.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }

  #unpin() {
    this.#values = null;
    this.root.hidden = true;
    this.button.focus();
  }

  /** Follows the present state; while a question is asked nothing is compared. */
  update(request, reply, words, asked) {
    this.root.hidden = !this.#values || asked;
    if (this.root.hidden) return;
    const look = Object.fromEntries(LOOK.map((key) => [key, request[key]]));
    const wanted = JSON.stringify(look);
    if (wanted !== this.#drawn) {
      this.#reply = core.render(this.canvas, { ...look, scene: request.scene, values: this.#values });
      this.#drawn = wanted;
      this.canvas.style.height = `${this.#reply.height}px`;
      write(this.said, words.say(this.#reply.description));
    }
    this.body.replaceChildren(...rows(this.#reply, reply, words));
  }
}

/** The numbers of both states, and the settings that differ. */
function rows(pinned, now, words) {
  const row = (name, ...cells) =>
    element('tr', {}, element('th', { scope: 'row', textContent: name }), ...cells.map((cell) => element('td', { textContent: cell })));
  const present = new Map(now.readouts.map((readout) => [readout.id, readout]));
  const main = pinned.readouts.filter(({ group, id }) => !group.key && present.has(id));
  const numbers = main.map((readout) => row(words.say(readout.label), words.quantity(readout), words.quantity(present.get(readout.id))));
  const value = (control) => words.say(control.options?.find(([id]) => id === control.value)?.[1] ?? onOff(control) ?? words.setting(control.value));
  const controls = now.controls.map((control) => [pinned.controls.find(({ id }) => id === control.id), control]);
  const differ = controls.filter(([before, after]) => before && after.active && before.value !== after.value);
  const settings = differ.map(([before, after]) => row(words.say(named(after)), value(before), value(after)));
  return [...numbers, ...settings];

  function onOff({ value: on }) {
    if (typeof on !== 'boolean') return null;
    return on ? words.say('on') : words.say('off');
  }
}

/** A control's name under the heading of its group. */
function named({ group, label }) {
  return group.key ? { key: phrase('{group}: {label}'), args: [['group', group], ['label', label]] } : label;
}
