// What could not be applied, told by name until the reader puts it away.

import { element } from './dom.js';

/** What is wrong with a value, in one line. */
export function refusal({ field, value, rule }, words) {
  return said(words, '{field}: {value} {rule}', { field, value: value === '' ? '(nothing)' : value, rule });
}

function said(words, key, parts) {
  const arg = (is) => ({ kind: typeof is === 'string' ? 'name' : 'text', is });
  return words.say({ key, args: Object.entries(parts).map(([name, is]) => [name, arg(is)]) });
}

/** Notices above a figure or a page. */
export class Notices {
  constructor() {
    this.list = element('ul');
    const close = element('button.small', { type: 'button', textContent: 'Dismiss', onclick: () => this.clear() });
    this.root = element('div.notices', { role: 'status', hidden: true }, this.list, close);
  }

  /** Problems as the core and links give them: field, the label of its control if it has one, value, rule. */
  problems(problems, words) {
    for (const { field, label, ...rest } of problems) {
      // Who wrote the link needs the name that stands there, who reads it the one that stands at the control.
      const named = label ? said(words, '{label} ({field})', { label, field }) : field;
      this.say(said(words, '{problem}. It was left out.', { problem: refusal({ ...rest, field: named }, words) }));
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
