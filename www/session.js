// The state of one scene, and its one way: what was given -> the core -> its reply -> the board.

import { Board } from './board.js';
import * as core from './core.js';
import * as frames from './frames.js';
import { History } from './history.js';
import { Refusal, phrase, said } from './phrase.js';
import { plainReadouts } from './readouts.js';

/** Narrower than this nothing can be drawn. */
const LEAST_WIDTH = 40;

/** One scene in use. `host` is its element; it tells the scene's id and the unit, and sends the events. */
export class Session {
  /** What the reader, a link or the author set: control -> value. */
  #given;
  /** What pointers and keys want changed, worked off in the next frame: who asks -> job, and the movement it is of. */
  #jobs = new Map();
  /** The drag that is going on, if one is: the axes stay as they were where it began. */
  #held = null;
  /** What a link held that can't be applied, and the question that it opens. */
  #problems = [];
  #question;
  /** The list of controls to be shown that was last looked through for names of none. */
  #only = null;
  #board = null;
  #width = 0;
  #height = null;
  #settled = null;
  #history = new History();
  /** Whether the next drawing shows a state that the reader did not make. */
  #quiet = true;
  /** Whether it shows one that the reader chose whole. */
  #handed = false;
  #falls = 0;
  #drawn;
  #draw = () => this.redrawNow();

  constructor(host, words, { values, question = null, problems = [] }) {
    this.host = host;
    this.words = words;
    /** The level of the scene's heading: alone on a page it is the page's. */
    this.level = document.querySelector('h1') ? 3 : 1;
    this.#given = { ...values };
    this.#question = question;
    this.#problems = [...problems];
    /** Resolves with the first drawing. */
    this.ready = new Promise((resolve) => (this.#drawn = resolve));
    /** The request that is on the canvas, and the core's reply to it. */
    this.request = null;
    this.reply = null;
  }

  /** Makes the board, once the core runs. */
  build() {
    const { scene } = this.host;
    const about = core.scenes().find(({ id }) => id === scene);
    if (!about) throw new Refusal('scene: {id} is not the name of a scene', { id: scene || this.words.say('(nothing)') });
    return (this.#board ??= new Board(this, about));
  }

  /** The id of the question that is open; its answer must not be seen while it is. */
  get asked() {
    return this.#board?.questions.open ?? null;
  }

  get values() {
    this.#flush();
    return { ...(this.reply?.values ?? this.#given) };
  }

  get readouts() {
    this.#flush();
    return this.reply && this.asked === null ? plainReadouts(this.reply.readouts, this.words) : {};
  }

  /** What another session of the same scene may go on with. */
  get state() {
    return { values: this.keep(), question: this.asked ?? this.#question };
  }

  /** Goes to a state that a program or a link holds; controls that it doesn't name take their defaults. */
  show({ values = {}, question = null, problems = [] }) {
    this.#given = { ...values };
    this.#question = question;
    this.#problems = [...problems];
    this.#board?.questions.close();
    this.#board?.notices.clear();
    this.#quiet = true;
    this.redraw();
  }

  /** Sets some values as an attribute does, or, where one is null, gives it back its default. */
  merge(values) {
    for (const [control, value] of Object.entries(values)) {
      if (value === null) delete this.#given[control];
      else this.#given[control] = value;
    }
    this.#quiet = true;
    this.redraw();
  }

  /** Draws again and tells of problems. */
  complain(problems) {
    this.#problems.push(...problems);
    this.redraw();
  }

  /**
   * Sets some values for another program, at once: what is right is taken over, what is not comes back as problems
   * and leaves its control as it was.
   */
  apply(values) {
    this.#flush();
    if (!this.reply) throw new Error('nothing is drawn yet');
    // A question that is open would put its own values back.
    if (this.asked !== null) this.#board.questions.close();
    const before = this.#given;
    const { problems } = this.#try(values).reply;
    for (const { field } of problems) {
      delete this.#given[field];
      if (Object.hasOwn(before, field)) this.#given[field] = before[field];
    }
    const { request, reply } = this.#render();
    this.#quiet = true;
    this.#accept(request, reply);
    return problems.map(({ field, value, rule }) => ({ field, value, rule: this.words.say(rule) }));
  }

  /** A movement that begins now, for `change`: what is given and the request on the canvas. One that `holds` stills the axes. */
  begin({ holds = false } = {}) {
    return { given: this.keep(), request: this.request, moved: [], holds };
  }

  /**
   * Wants values changed in the next frame; the job gets the request that is on the canvas and gives the values. As part
   * of a movement it gets the one with which that began, whatever has come of it since: coming back gives all back.
   */
  change(who, job, movement = null) {
    this.#jobs.set(who, { job, movement });
    this.redraw();
  }

  /** Changes values at once and for good. */
  set(values) {
    this.change(this, () => values);
    this.settle();
  }

  /** The end of a movement: draws what is still to be drawn, and tells of it once. */
  settle() {
    this.#flush();
    if (!this.reply) return;
    if (this.#held) {
      this.#held = null;
      this.redrawNow();
    }
    const state = JSON.stringify(this.reply.values);
    if (state === this.#settled) return;
    this.#settled = state;
    this.#record();
    this.#board.data.settle();
    if (this.asked === null) this.#board.announce(this.words.say(this.reply.description));
    this.host.tell('kl-change', { scene: this.host.scene, values: this.values, readouts: this.readouts });
  }

  /** Offers a number as it was typed: taken over, or given back as the problem it is. */
  offer(control, words) {
    this.#flush();
    const before = this.#given;
    let read;
    let drawn;
    try {
      read = core.typed(this.request, { control, words, ...this.words.signs });
      if (read.problem) return read.problem;
      drawn = this.#try(read.values);
    } catch (fault) {
      if (fault instanceof core.CoreLost) return null;
      throw fault;
    }
    const { request, reply } = drawn;
    const problem = reply.problems.find(({ field }) => Object.hasOwn(read.values, field));
    if (problem) {
      this.#given = before;
      this.#render();
      return problem;
    }
    this.#accept(request, reply);
    this.settle();
    return null;
  }

  /** What was given so far, to be given back by `restore`. */
  keep() {
    this.#flush();
    return { ...this.#given };
  }

  restore(given) {
    this.#jobs.clear();
    this.#held = null;
    this.#given = { ...given };
    this.#quiet = true;
    this.redrawNow();
  }

  /** Goes to a state that the reader chose; controls that it doesn't name take their defaults. */
  restart(values) {
    this.#board.questions.close();
    this.#given = { ...values };
    this.#handed = true;
    this.redraw();
    this.settle();
  }

  /** Back to how the author set it. */
  reset() {
    this.#board.notices.clear();
    this.restart(this.host.start);
  }

  /** Back (-1) or forward (1) through what the reader settled on; says whether there was anything. */
  travel(steps) {
    this.#flush();
    if (this.asked !== null || !this.#history.has(steps)) return false;
    this.#board.notices.clear();
    this.restart(this.#history.go(steps).values);
    this.#board.tools.travels(this.#history);
    return true;
  }

  /** Tells a screen reader. */
  say(sentence) {
    this.#board.announce(sentence);
  }

  /** A question was answered or put away. */
  reveal() {
    this.#handed = true;
    this.redrawNow();
    this.#record();
    this.settle();
  }

  /** Opens a question. */
  ask(question) {
    this.#flush();
    this.#board?.questions.ask(question, { quietly: true });
  }

  /** Answers the question that is open. */
  answer() {
    this.#board?.questions.answer();
  }

  /** The room for the figure; its height follows from its width where none is given. */
  resize(width, height = null) {
    if (width === this.#width && height === this.#height) return;
    this.#width = width;
    this.#height = height;
    if (this.reply) this.redraw();
    else frames.drawFirst(this.#draw);
  }

  redraw() {
    frames.draw(this.#draw);
  }

  redrawNow() {
    frames.forget(this.#draw);
    if (!core.running() || !this.#board || this.#width < LEAST_WIDTH) return;
    try {
      const jobs = [...this.#jobs.values()];
      this.#jobs.clear();
      const before = { ...this.#given };
      for (const job of jobs) this.#work(job);
      let { request, reply } = this.#render();
      if (jobs.length && reply.problems.length) {
        // Nothing is moved to where no state is: the last one stays, and it is told why.
        this.#board.notices.problems(reply.problems);
        this.#given = before;
        ({ request, reply } = this.#render());
      }
      this.#accept(request, reply);
    } catch (fault) {
      if (fault instanceof core.CoreLost) this.#falls += 1;
      else this.#board.notices.say('{fault}.', { fault: said(fault) });
    }
  }

  /** Draws nothing any more. */
  rest() {
    frames.forget(this.#draw);
    this.#board?.audio.stop();
  }

  lost() {
    this.#board?.notices.say('The core stopped with a fault of its own and was started afresh; your settings are kept.');
  }

  restored() {
    // A state that the core fell over twice is not tried again before it changes.
    if (this.#falls < 2) this.redraw();
  }

  #work({ job, movement }) {
    if (!movement) {
      Object.assign(this.#given, job(this.request));
      return;
    }
    const { given, request, moved, holds } = movement;
    for (const control of moved) {
      delete this.#given[control];
      if (Object.hasOwn(given, control)) this.#given[control] = given[control];
    }
    const set = job(request);
    movement.moved = Object.keys(set);
    Object.assign(this.#given, set);
    if (holds) this.#held = movement;
  }

  #entry() {
    return { state: JSON.stringify(this.reply.values), values: { ...this.#given } };
  }

  #record() {
    if (this.asked !== null || !this.reply) return;
    this.#history.record(this.#entry());
    this.#board.tools.travels(this.#history);
  }

  #flush() {
    if (frames.waits(this.#draw)) this.redrawNow();
  }

  #render() {
    const request = {
      scene: this.host.scene,
      values: { ...this.#given },
      ...(this.#held && { held: this.#held.request.values }),
      width: this.#width,
      ...(this.#height > 40 && { height: this.#height }),
      bits: this.host.units === 'bits',
      asked: this.asked !== null,
      numberless: this.host.hasAttribute('numberless'),
      language: this.words.language,
      decimal: this.words.decimal,
      ...this.#board.look.request,
    };
    return { request, reply: core.render(this.#board.canvas, request) };
  }

  /** Draws with these values over what was given; where that fails, they are not taken over. */
  #try(values) {
    const before = this.#given;
    this.#given = { ...before, ...values };
    try {
      return this.#render();
    } catch (fault) {
      this.#given = before;
      throw fault;
    }
  }

  #accept(request, reply) {
    this.request = request;
    this.reply = reply;
    this.#falls = 0;
    const problems = [...this.#problems, ...reply.problems];
    this.#problems = [];
    this.#board.notices.problems(problems);
    for (const { field } of reply.problems) delete this.#given[field];
    this.#board.update(reply, this.words, {
      asked: this.asked !== null,
      frozen: this.host.hasAttribute('frozen'),
      units: this.host.units,
      only: this.host.only,
      made: !this.#quiet && !this.#handed,
      request,
    });
    if (this.#quiet) {
      this.#settled = JSON.stringify(reply.values);
      // What a question sets is a step of the reader's once it is answered.
      if (this.asked === null) this.#history.replace(this.#entry());
      this.#board.tools.travels(this.#history);
    }
    this.#quiet = false;
    this.#handed = false;
    // Tables follow what has settled, not each frame of a movement.
    if (JSON.stringify(reply.values) === this.#settled) this.#board.data.settle();
    this.#drawn();
    this.#tellUnknown(reply.controls);
    this.#ask();
  }

  /** Tells once of names in the list of controls to be shown that no control has. */
  #tellUnknown(controls) {
    const { only } = this.host;
    if (String(only) === this.#only) return;
    this.#only = String(only);
    const unknown = (only ?? []).filter((name) => !controls.some(({ id }) => id === name));
    const rule = { key: phrase('is not the name of a control here'), args: [] };
    this.#board.notices.problems(unknown.map((value) => ({ field: 'controls', value, rule })));
  }

  /** Opens the question that a link or an attribute names. */
  #ask() {
    const value = this.#question;
    this.#question = null;
    if (value === null || this.#board.questions.ask(value, { quietly: true })) return;
    const rule = { key: phrase('is not the name of a question here'), args: [] };
    this.#board.notices.problems([{ field: 'question', value, rule }]);
  }
}
