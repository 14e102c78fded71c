// The controls beside the figure, in groups: what the scene declares, in the order in which it does. What sets the
// figure going, steps to play and draws to repeat, stands under the figure itself.

import { ChoiceControl, SwitchControl } from './choices.js';
import { Keyed, element, write } from './dom.js';
import { NumberControl } from './numbers.js';
import { swatch } from './swatch.js';

const KINDS = {
  slider: NumberControl,
  steps: NumberControl,
  seed: NumberControl,
  choice: ChoiceControl,
  switch: SwitchControl,
};

/** The kinds that are used while looking at the figure. */
const PLAYED = ['steps', 'seed'];

/** The controls of one scene: `root` stands beside the figure, `played` under it. */
export class Controls {
  constructor(scene) {
    this.root = element('div.controls');
    this.groups = new Keyed(this.root, (group) => new Group(group, scene));
    this.played = element('div.played');
    this.rows = new Keyed(this.played, (control) => row(control, scene));
  }

  /** Shows the controls, or those alone that `only` names. */
  update({ controls }, words, only) {
    const named = controls.filter(({ id }) => !only || only.includes(id));
    const played = named.filter(({ kind }) => PLAYED.includes(kind));
    fill(this.rows, played, words);
    this.played.hidden = played.every(({ active }) => !active);
    const groups = [];
    for (const control of named.filter(({ kind }) => !PLAYED.includes(kind))) {
      const last = groups.at(-1);
      const label = words.say(control.group);
      if (last?.label === label && last.role === control.role) last.controls.push(control);
      else groups.push({ id: `${control.role} ${label}`, label, role: control.role, controls: [control] });
    }
    this.groups.update(groups).forEach((group, at) => group.update(groups[at], words));
  }
}

class Group {
  constructor({ role, label }, scene) {
    this.legend = element('span');
    this.root = element(`fieldset.role-${role}`, {}, element('legend', {}, swatch(role), this.legend));
    this.root.classList.toggle('untitled', !label);
    this.list = element('div.list');
    this.root.append(this.list);
    this.rows = new Keyed(this.list, (control) => row(control, scene));
  }

  update({ label, controls }, words) {
    write(this.legend, label);
    fill(this.rows, controls, words);
    this.root.hidden = controls.every(({ active }) => !active);
  }
}

function row(control, scene) {
  return new KINDS[control.kind](control, scene);
}

function fill(rows, controls, words) {
  rows.update(controls, ({ id, kind }) => `${kind} ${id}`).forEach((row, at) => {
    row.root.hidden = !controls[at].active;
    row.update(controls[at], words);
  });
}
