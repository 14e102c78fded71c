// What stands in a scene's shadow tree, and how a reply of the core fills it.

import { Audio } from './audio.js';
import { Controls } from './controls.js';
import { Data } from './data.js';
import { Keyed, element, write } from './dom.js';
import { Goals, Presets, Tools } from './extras.js';
import { Formula } from './formula.js';
import { Handles } from './handles.js';
import { direction } from './history.js';
import { Look } from './look.js';
import { Notices } from './notices.js';
import { Pin } from './pin.js';
import { Paper } from './print.js';
import { Questions } from './questions.js';
import { Readouts } from './readouts.js';
import { Share } from './share.js';
import { Tip } from './tip.js';

/** How much a screen reader is told at a time. */
const SPOKEN = 140;

let count = 0;

/** All of one scene that can be seen. */
export class Board {
  constructor(scene, { title, about }) {
    count += 1;
    const [name, said] = [`scene-${count}`, `said-${count}`];
    const { words } = scene;
    this.words = words;
    this.canvas = element('canvas', { role: 'img', 'aria-labelledby': name, 'aria-describedby': said });
    this.handles = new Handles(scene);
    this.paper = new Paper(name, said);
    this.plot = element('div.plot', {}, this.canvas, this.handles.root, this.paper.root);
    this.tip = new Tip(scene, this.plot);
    this.plot.append(this.tip.root);
    this.said = element('p.said', { id: said });
    this.notices = new Notices(words);
    this.readouts = new Readouts(scene);
    this.presets = new Presets(scene);
    this.controls = new Controls(scene);
    this.questions = new Questions(scene);
    this.goals = new Goals(scene);
    this.data = new Data(scene);
    this.audio = new Audio(scene);
    this.pin = new Pin(scene);
    this.tools = new Tools(scene, this.pin.button, this.audio.button);
    this.share = new Share(scene, words.say(title));
    this.tools.root.append(this.share.button);
    this.look = new Look(({ now } = {}) => (now ? scene.redrawNow() : scene.redraw()));
    this.formulas = element('div.formulas');
    this.formulaOf = new Keyed(this.formulas, () => new Formula());
    for (const [part, { part: names }] of Object.entries({ canvas: this.canvas, readouts: this.readouts.main, controls: this.controls.root })) names.add(part);
    this.status = element('p.unseen', { role: 'status' });
    this.side = element(
      'div.side',
      {},
      this.questions.card,
      this.readouts.main,
      this.controls.root,
      element('div.tasks', {}, this.questions.list, this.goals.root),
    );
    this.room = element('div.room', {}, this.plot);
    const figure = element('div.figure', {}, this.room, this.controls.played, this.said, element('slot', { name: 'caption' }));
    this.root = element(
      'article.scene',
      { 'aria-labelledby': name },
      element('header', {}, element(`h${scene.level}.title`, { id: name, textContent: words.say(title) }), element('p.about', { textContent: words.say(about) })),
      this.notices.root,
      this.presets.root,
      element('div.board', {}, element('div.shown', {}, figure, this.readouts.more, this.formulas), this.side),
      this.data.root,
      this.pin.root,
      this.tools.root,
      this.share.root,
      this.status,
      this.look.root,
    );
    this.root.addEventListener('keydown', (event) => {
      const way = direction(event);
      if (way && scene.travel(way)) event.preventDefault();
    });
  }

  /** Shows a reply. While a question is `asked`, what would answer it stays out. */
  update(reply, words, { asked, frozen, units, only, made, request }) {
    const { canvas, plot } = this;
    canvas.style.height = plot.style.height = `${reply.height}px`;
    this.paper.update(request, this.look.printing);
    this.handles.update(reply, words);
    this.controls.update(reply, words, only);
    this.presets.update(reply, words);
    this.questions.update(reply, words);
    this.tools.update(reply, units);
    this.share.update();
    const reached = this.goals.update(reply, words, made && !asked);
    if (!asked) this.readouts.update(reply.readouts, words);
    write(this.said, asked ? '' : words.say(reply.description));
    const formulas = asked ? [] : reply.formulas;
    const keyed = this.formulaOf.update(formulas, ({ label }) => words.say(label));
    keyed.forEach((formula, at) => formula.update(formulas[at], words));
    this.pin.update(request, reply, words, asked);
    this.data.update(asked);
    this.audio.update(asked);
    for (const part of [this.readouts.main, this.readouts.more, this.formulas]) part.hidden = asked;
    for (const part of [this.controls.root, this.controls.played, this.presets.root, this.handles.root]) part.inert = asked || frozen;
    this.root.classList.toggle('asking', asked);
    if (reached.length) this.announce(words.say('Reached: {goals}', { goals: reached.join(' ') }));
  }

  /** Tells a screen reader, once for each settled change. */
  announce(sentence) {
    const short = sentence.length <= SPOKEN ? sentence : `${sentence.slice(0, SPOKEN - 1).replace(/\s\S*$/, '')}…`;
    write(this.status, short);
  }
}
