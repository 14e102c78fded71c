// Presets, goals and the row of tools under a scene.

import { copyFrom } from './copying.js';
import { Keyed, attribute, element, sign, write } from './dom.js';
import { segments } from './segments.js';
import { spoken } from './share-words.js';
import * as supply from './supply.js';

/** States worth seeing, as buttons. */
export class Presets {
  constructor(scene) {
    this.list = element('div.buttons');
    this.heading = element(`h${scene.level + 1}.heading`, { textContent: scene.words.say('Try') });
    this.root = element('section.presets', { hidden: true }, this.heading, this.list);
    this.buttons = new Keyed(this.list, ({ id }) => {
      const root = element('button', { type: 'button', 'data-preset': id, onclick: () => scene.restart(this.values.get(id)) });
      return { root };
    });
  }

  update({ presets, controls }, words) {
    this.values = new Map(presets.map(({ id, values }) => [id, Object.fromEntries(values)]));
    this.root.hidden = presets.length === 0;
    this.buttons.update(presets).forEach(({ root }, at) => {
      write(root, words.say(presets[at].label));
      const values = this.values.get(presets[at].id);
      const here = controls.every(({ id, value, default: usual }) => value === (values[id] ?? usual));
      attribute(root, 'aria-pressed', here);
    });
  }
}

/** Things to bring about, by the reader's own hand. What was reached once stays ticked. */
export class Goals {
  #reached = new Set();
  /** What a state had reached that was chosen whole: it counts once it has been left. */
  #handed = new Set();

  constructor(scene) {
    this.list = element('ul');
    const heading = element(`h${scene.level + 1}.heading`, { textContent: scene.words.say('Bring about') });
    this.root = element('section.goals', { hidden: true }, heading, this.list);
    this.items = new Keyed(this.list, () => {
      const mark = element('span.mark');
      const words = element('span');
      return { root: element('li', {}, mark, words), mark, words };
    });
  }

  /** Gives the words of goals that have just been reached; `made` says whether the reader made the state. */
  update({ goals }, words, made) {
    this.root.hidden = goals.length === 0;
    const fresh = [];
    this.items.update(goals).forEach(({ root, mark, words: text }, at) => {
      const { id, text: goal, reached } = goals[at];
      if (!reached) this.#handed.delete(id);
      else if (!made) this.#handed.add(id);
      if (reached && !this.#handed.has(id) && !this.#reached.has(id)) {
        this.#reached.add(id);
        fresh.push(words.say(goal));
      }
      const done = this.#reached.has(id);
      write(text, words.say(goal));
      sign(mark, done ? '✓' : '', done && words.say('reached'));
      root.classList.toggle('reached', done);
    });
    return fresh;
  }
}

/** Unit, undo and redo, reset, link, and `more` buttons. */
export class Tools {
  constructor(scene, ...more) {
    const { words } = scene;
    this.scene = scene;
    const names = [['nats', words.say('nats')], ['bits', words.say('bits')]];
    this.units = segments(words.say('Unit'), names, (unit) => scene.host.choose(unit));
    this.units.root.part = 'units';
    this.copied = element('span.told', { role: 'status' });
    this.link = element('input.field.link', { readOnly: true, hidden: true, 'aria-label': spoken(words, 'link') });
    const link = element('button', { type: 'button', textContent: words.say('Copy link'), onclick: () => copyFrom(this.link, this.copied, words, 'linkCopied') });
    const step = (words, steps) => element('button', { type: 'button', textContent: words, onclick: () => scene.travel(steps) });
    this.back = step(words.say('Undo'), -1);
    this.forward = step(words.say('Redo'), 1);
    const reset = element('button', { type: 'button', textContent: words.say('Reset'), onclick: () => scene.reset() });
    const links = supply.address('', new URLSearchParams(), words.language) ? [link, this.copied, this.link] : [];
    this.root = element('div.tools', {}, this.units.root, this.back, this.forward, reset, ...more, ...links);
  }

  update({ counts_in: fixed }, units) {
    this.units.root.hidden = Boolean(fixed);
    this.units.press(units);
    const { host, words } = this.scene;
    if (this.link.value === host.link) return;
    this.link.value = host.link;
    // What was offered to be taken by hand stays.
    write(this.copied, this.link.hidden ? '' : spoken(words, 'linkFollowed'));
  }

  /** Which of undo and redo there are; a button that has the focus keeps it. */
  travels(history) {
    attribute(this.back, 'aria-disabled', !history.has(-1));
    attribute(this.forward, 'aria-disabled', !history.has(1));
  }
}
