// What could not be applied, told by name until the reader puts it away.

import { element } from './dom.js';

/** Notices above a figure or a page. */
export class Notices {
  constructor() {
    this.list = element('ul');
    const close = element('button.small', { type: 'button', textContent: 'Dismiss', onclick: () => this.clear() });
    this.root = element('div.notices', { role: 'status', hidden: true }, this.list, close);
  }

  /** Problems as the core and links give them: field, value, rule. */
  problems(problems, words) {
    for (const { field, value, rule } of problems) {
      const shown = value === '' ? '(nothing)' : value;
      this.say(`${field}: ${shown} ${words.say(rule)}. It was left out.`);
    }
  }

  /** A sentence; one that stands there already is not repeated. */
  say(sentence) {
    if ([...this.list.children].some((item) => item.textContent === sentence)) return;
    this.list.append(element('li', { textContent: sentence }));
    this.root.hidden = false;
  }

  clear() {
    this.list.replaceChildren();
    this.root.hidden = true;
  }
}
