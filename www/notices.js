// What could not be applied, told by name until the reader puts it away.

import { element } from './dom.js';

/** What is wrong with a value, in one line. */
export function refusal({ field, value, rule }, words) {
  return words.say('{field}: {value} {rule}', { field, value: value === '' ? words.say('(nothing)') : value, rule });
}

/** Notices above a figure or a page. */
export class Notices {
  constructor(words) {
    this.words = words;
    this.list = element('ul');
    const close = element('button.small', { type: 'button', textContent: words.say('Dismiss'), onclick: () => this.clear() });
    this.root = element('div.notices', { role: 'status', hidden: true }, this.list, close);
  }

  /** Problems as the core and links give them: field, the label of its control if it has one, value, rule. */
  problems(problems) {
    const { words } = this;
    for (const { field, label, ...rest } of problems) {
      // Who wrote the link needs the name that stands there, who reads it the one that stands at the control.
      const named = label ? words.say('{label} ({field})', { label, field }) : field;
      this.say('{problem}. It was left out.', { problem: refusal({ ...rest, field: named }, words) });
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
