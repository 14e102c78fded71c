// What could not be applied, told by name until the reader puts it away.

import { element } from './dom.js';

/** Notices above a figure or a page. */
export class Notices {
  constructor(words) {
    this.words = words;
    this.list = element('ul');
    const close = element('button.small', { type: 'button', textContent: words.say('Dismiss'), onclick: () => this.clear() });
    this.root = element('div.notices', { role: 'status', hidden: true }, this.list, close);
  }

  /** Problems as the core and links give them: field, value, rule. */
  problems(problems) {
    const { words } = this;
    for (const { field, value, rule } of problems) {
      this.say('{field}: {value} {rule}. It was left out.', { field, value: value || words.say('(nothing)'), rule });
    }
  }

  /** A sentence, as a template with its arguments; one that stands there already is not repeated. */
  say(template, given) {
    const sentence = this.words.say(template, given);
    if ([...this.list.children].some((item) => item.textContent === sentence)) return;
    this.list.append(element('li', { textContent: sentence }));
    this.root.hidden = false;
  }

  clear() {
    this.list.replaceChildren();
    this.root.hidden = true;
  }
}
