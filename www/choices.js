// Choices and switches.

import { element, write } from './dom.js';

let count = 0;

/** One of several options, as radio buttons side by side. */
export class ChoiceControl {
  constructor({ id, options }, scene) {
    count += 1;
    const name = `choice-${count}`;
    this.legend = element('legend');
    this.inputs = options.map(([value]) =>
      element('input', { type: 'radio', name, value, onchange: () => scene.set({ [id]: value }) }),
    );
    this.labels = options.map(() => element('span'));
    const buttons = options.map((_, at) => element('label', {}, this.inputs[at], this.labels[at]));
    this.root = element('fieldset.control.choice', { 'data-control': id }, this.legend, element('div.options', {}, ...buttons));
  }

  update({ label, options, value }, words) {
    write(this.legend, words.say(label));
    options.forEach(([option, text], at) => {
      write(this.labels[at], words.say(text));
      this.inputs[at].checked = option === value;
    });
  }
}

/** On or off. */
export class SwitchControl {
  constructor({ id }, scene) {
    this.input = element('input', {
      type: 'checkbox',
      role: 'switch',
      onchange: () => scene.set({ [id]: this.input.checked }),
    });
    this.words = element('span');
    this.root = element('div.control.switch', { 'data-control': id }, element('label', {}, this.input, this.words));
  }

  update({ label, value }, words) {
    write(this.words, words.say(label));
    this.input.checked = value;
  }
}
