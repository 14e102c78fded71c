// What stands in a scene's shadow tree, and how a reply of the core fills it.

import { Controls } from './controls.js';
import { Keyed, element, write } from './dom.js';
import { Goals, Presets, Tools } from './extras.js';
import { Formula } from './formula.js';
import { Handles } from './handles.js';
import { Look } from './look.js';
import { Notices } from './notices.js';
import { Questions } from './questions.js';
import { Readouts } from './readouts.js';
import { Tip } from './tip.js';

/** How much a screen reader is told at a time. */
const SPOKEN = 140;

let count = 0;

/** All of one scene that can be seen. */
export class Board {
  constructor(scene, { title, about }) {
    count += 1;
    const [name, said] = [`scene-${count}`, `said-${count}`];
    this.canvas = element('canvas', { role: 'img', 'aria-labelledby': name, 'aria-describedby': said });
    this.handles = new Handles(scene);
    this.plot = element('div.plot', {}, this.canvas, this.handles.root);
    this.tip = new Tip(scene, this.plot);
    this.plot.append(this.tip.root);
    this.said = element('p.said', { id: said });
    this.notices = new Notices();
    this.readouts = new Readouts(scene);
    this.presets = new Presets(scene);
    this.controls = new Controls(scene);
    this.questions = new Questions(scene);
    this.goals = new Goals(scene);
    this.tools = new Tools(scene);
    this.look = new Look(({ now } = {}) => (now ? scene.redrawNow() : scene.redraw()));
    this.formulas = element('div.formulas');
    this.formulaOf = new Keyed(this.formulas, () => new Formula());
    for (const [part, { part: names }] of Object.entries({ canvas: this.canvas, readouts: this.readouts.main, controls: this.controls.root })) names.add(part);
    this.status = element('p.unseen', { role: 'status' });
    this.under = element('div.under', {}, this.formulas, element('div.tasks', {}, this.questions.list, this.goals.root));
    this.side = element(
      'div.side',
      {},
      this.questions.card,
      this.readouts.main,
      this.presets.root,
      this.controls.root,
    );
    this.root = element(
      'article.scene',
      { 'aria-labelledby': name },
      element('header', {}, element(`h${scene.level}.title`, { id: name, textContent: title }), element('p.about', { textContent: about })),
      this.notices.root,
      element('div.board', {}, element('div.figure', {}, this.plot, this.said, element('slot', { name: 'caption' })), this.side, this.readouts.more),
      this.under,
      this.tools.root,
      this.status,
      this.look.root,
    );
  }

  /** Shows a reply. While a question is `asked`, what would answer it stays out. */
  update(reply, words, { asked, units, only }) {
    const { canvas, plot } = this;
    canvas.style.height = plot.style.height = `${reply.height}px`;
    this.handles.update(reply, words);
    this.controls.update(reply, words, only);
    this.presets.update(reply, words);
    this.questions.update(reply, words);
    this.tools.update(units);
    const reached = this.goals.update(reply, words, asked);
    if (!asked) this.readouts.update(reply.readouts, words);
    write(this.said, asked ? '' : words.say(reply.description));
    const formulas = asked ? [] : reply.formulas;
    const keyed = this.formulaOf.update(formulas, ({ label }) => words.say(label));
    keyed.forEach((formula, at) => formula.update(formulas[at], words));
    for (const part of [this.readouts.main, this.readouts.more, this.formulas]) part.hidden = asked;
    for (const part of [this.controls.root, this.presets.root, this.handles.root]) part.inert = asked;
    this.root.classList.toggle('asking', asked);
    if (reached.length) this.announce(`Reached: ${reached.join(' ')}`);
  }

  /** Tells a screen reader, once for each settled change. */
  announce(sentence) {
    const short = sentence.length <= SPOKEN ? sentence : `${sentence.slice(0, SPOKEN - 1).replace(/\s\S*$/, '')}…`;
    write(this.status, short);
  }
}
