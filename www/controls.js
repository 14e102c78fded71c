// The controls beside the figure, in groups: what the scene declares, in the order in which it does.

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

/** The controls of one scene. */
export class Controls {
  constructor(scene) {
    this.root = element('div.controls');
    this.groups = new Keyed(this.root, (group) => new Group(group, scene));
  }

  /** Shows the controls, or those alone that `only` names. */
  update({ controls }, words, only) {
    const groups = [];
    for (const control of controls) {
      if (only && !only.includes(control.id)) continue;
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
    this.rows = new Keyed(this.list, (control) => new KINDS[control.kind](control, scene));
  }

  update({ label, controls }, words) {
    write(this.legend, label);
    this.rows.update(controls, ({ id, kind }) => `${kind} ${id}`).forEach((row, at) => {
      row.root.hidden = !controls[at].active;
      row.update(controls[at], words);
    });
    this.root.hidden = controls.every(({ active }) => !active);
  }
}
