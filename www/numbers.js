// A number as a slider and as a field to type in. The core puts the slider on its grid of steps, so that every way
// of setting a value can reach the same ones.

import * as core from './core.js';
import { attribute, element, write } from './dom.js';
import { direction } from './history.js';
import { refusal } from './notices.js';
import { Player } from './player.js';

const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };
const ENDS = { Home: -Infinity, End: Infinity };

let count = 0;

/** A slider, steps of a process, or a seed. */
export class NumberControl {
  /** What was typed and not yet taken over. */
  #typing = false;
  #shown = null;
  #control = null;
  /** The movement of the slider, while it is moved. */
  #movement = null;

  constructor({ id, kind, max }, scene) {
    this.id = id;
    this.scene = scene;
    count += 1;
    const name = `number-${count}`;
    this.label = element('label', { htmlFor: name });
    this.range = element('input', {
      type: 'range',
      id: name,
      step: 'any',
      oninput: () => this.#slide(this.range.valueAsNumber),
      onchange: () => this.#settle(),
      onkeydown: (event) => this.#step(event),
      onkeyup: () => scene.settle(),
    });
    this.field = element('input.field', {
      type: 'text',
      autocomplete: 'off',
      spellcheck: false,
      onfocus: () => this.player?.stop(),
      oninput: () => this.#type(),
      onblur: () => this.#take(),
      onkeydown: (event) => this.#edit(event),
    });
    this.refusal = element('p.refusal', { id: `${name}-refusal`, role: 'alert' });
    this.player = kind === 'steps' ? new Player(id, scene) : null;
    const extras = this.player ? [this.player.root] : kind === 'seed' ? [anew(id, max, scene)] : [];
    this.root = element(
      `div.control.number-control.${kind}`,
      { 'data-control': id },
      this.label,
      this.range,
      this.field,
      ...extras,
      this.refusal,
    );
  }

  update(control, words) {
    this.words = words;
    // The core gives the very control again while it stays as it was; but its slider may have been moved off the grid.
    if (control !== this.#control || this.range.valueAsNumber !== control.value) this.#show(control, words);
    this.#control = control;
    this.player?.update(control);
  }

  #show({ label, kind, value, min = 0, max, whole = kind !== 'slider' }, words) {
    const name = words.say(label);
    write(this.label, name);
    // Telephones have no minus, per cent or line of a fraction on their pads of digits.
    attribute(this.field, 'inputmode', whole && min >= 0 ? 'numeric' : 'text');
    attribute(this.field, 'aria-label', words.say('{name}, typed', { name }));
    if (this.range.min !== String(min)) this.range.min = min;
    if (this.range.max !== String(max)) this.range.max = max;
    if (this.range.valueAsNumber !== value) this.range.value = value;
    const setting = words.setting(value);
    attribute(this.range, 'aria-valuetext', setting);
    // A value that came another way ends what was being typed; else the typed text stays, to be mended.
    if (value !== this.#shown) this.#endTyping();
    if (!this.#typing && this.field.value !== setting) this.field.value = setting;
    this.#shown = value;
  }

  #slide(value) {
    const { id } = this;
    this.#movement ??= this.scene.begin();
    this.scene.change(id, (request) => core.slide(request, id, value, false), this.#movement);
  }

  #settle() {
    this.#movement = null;
    this.scene.settle();
  }

  #step(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { key, shiftKey: fine } = event;
    const { id } = this;
    if (key in ENDS) this.#slide(ENDS[key]);
    else if (key in STEPS) this.scene.change(id, (request) => core.step(request, id, STEPS[key], fine));
    else return;
    event.preventDefault();
    if (!event.repeat) this.#settle();
  }

  /** What was typed is still to be taken over, unless it has been taken back. */
  #type() {
    if (this.field.value === this.words.setting(this.#shown)) this.#endTyping();
    else this.#typing = true;
  }

  #edit(event) {
    // What is being typed has an undo of its own.
    if (this.#typing && direction(event)) event.stopPropagation();
    if (event.key === 'Enter') {
      this.#typing = true;
      this.#take();
    } else if (event.key === 'Escape' && this.#typing) {
      event.preventDefault();
      this.#endTyping();
      this.field.value = this.words.setting(this.#shown);
    }
  }

  #take() {
    if (!this.#typing) return;
    const problem = this.scene.offer(this.id, this.field.value);
    if (!problem) {
      this.#endTyping();
      this.field.value = this.words.setting(this.#shown);
      return;
    }
    // In the reader's own words: the label of the control, and what was typed.
    write(this.refusal, refusal({ ...problem, field: problem.label, value: this.field.value.trim() }, this.words));
    this.field.setAttribute('aria-invalid', 'true');
    this.field.setAttribute('aria-describedby', this.refusal.id);
  }

  #endTyping() {
    this.#typing = false;
    write(this.refusal, '');
    this.field.removeAttribute('aria-invalid');
    this.field.removeAttribute('aria-describedby');
  }
}

/** A button that draws another seed. */
function anew(id, max, scene) {
  const other = () => scene.set({ [id]: Math.floor(Math.random() * (max + 1)) });
  return element('button.small', { type: 'button', textContent: scene.words.say('Draw anew'), onclick: other });
}
