// <kl-scene scene="two-bells" p-mean="0">: a scene of the lesson as an element.
//
// Attributes set controls, with dashes for underscores. The properties: `values` (get and set; controls that are not
// named take their defaults), `readouts`, and `ready`, a promise for the first drawing. The event `kl-change` tells
// each settled change that the reader made. State runs one way: what was given -> the core -> its reply -> the page.

import { OWN, controlOf, valuesOf } from './attributes.js';
import { Board } from './board.js';
import * as core from './core.js';
import * as frames from './frames.js';
import { plainReadouts } from './readouts.js';
import { styles } from './styles.js';
import { Words } from './words.js';

/** Narrower than this nothing can be drawn. */
const LEAST_WIDTH = 40;

export class KlScene extends HTMLElement {
  /** What the reader, a link or the author set: control -> value. */
  #given = null;
  /** What a reset goes back to, if not to the attributes. */
  #start = null;
  /** What pointers and keys want changed, worked off in the next frame: who asks -> job. */
  #jobs = new Map();
  #board = null;
  #width = 0;
  #settled = null;
  #quiet = true;
  #falls = 0;
  #question = null;
  #problems = [];
  #life = null;
  #attributes = new MutationObserver((records) => this.#changed(records));
  #size = new ResizeObserver(([entry]) => this.#resize(entry.contentRect.width));
  #drawn;
  #draw = () => this.redrawNow();

  constructor() {
    super();
    this.ready = new Promise((resolve) => (this.#drawn = resolve));
    /** The request that is on the canvas, and the core's reply to it. */
    this.request = null;
    this.reply = null;
  }

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.words = new Words(this.closest('[lang]')?.lang || 'en');
    // Set before the element was defined.
    const early = Object.hasOwn(this, 'values') ? this.values : null;
    delete this.values;
    this.#given ??= early ?? valuesOf(this);
    this.#question ??= this.#board ? null : this.getAttribute('question');
    this.#attributes.observe(this, { attributes: true });
    core.life.addEventListener('lost', () => this.#lost(), { signal });
    core.life.addEventListener('restored', () => this.#restored(), { signal });
    this.#begin(signal);
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#attributes.disconnect();
    this.#size.disconnect();
    frames.forget(this.#draw);
  }

  get scene() {
    return this.getAttribute('scene') ?? '';
  }

  get units() {
    return this.getAttribute('units') === 'bits' ? 'bits' : 'nats';
  }

  /** The id of the question that is open; the answer must not be seen while one is. */
  get asked() {
    return this.#board?.questions.open ?? null;
  }

  get values() {
    this.#flush();
    return { ...(this.reply?.values ?? this.#given) };
  }

  set values(values) {
    this.show({ values });
  }

  get readouts() {
    this.#flush();
    return this.reply && !this.asked ? plainReadouts(this.reply.readouts, this.words) : {};
  }

  /** Goes to a state as a link holds it: values, units, the question that is open, problems to be told. */
  show({ values = {}, units = null, question = null, problems = [] }) {
    this.#given = { ...values };
    this.#question = question;
    this.#problems = problems;
    this.#quiet = true;
    this.#board?.questions.close();
    this.#board?.notices.clear();
    if (units) this.setAttribute('units', units);
    this.redraw();
  }

  /** The same, as the state that a reset goes back to. */
  begin(state) {
    this.#start = { ...state.values };
    this.show(state);
  }

  // What the parts of the board ask for.

  /** Wants values changed in the next frame; the job gets the request that is on the canvas and gives the values. */
  change(who, job) {
    this.#jobs.set(who, job);
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
    const state = JSON.stringify(this.reply.values);
    if (state === this.#settled) return;
    this.#settled = state;
    const { scene, values, readouts } = this;
    if (!this.asked) this.#board.announce(this.words.say(this.reply.description));
    this.dispatchEvent(new CustomEvent('kl-change', { bubbles: true, composed: true, detail: { scene, values, readouts } }));
  }

  /** Offers a typed value: taken over, or given back as the problem it is. */
  offer(control, text) {
    this.#flush();
    const before = this.#given;
    this.#given = { ...before, [control]: text };
    const { request, reply } = this.#render();
    const problem = reply.problems.find(({ field }) => field === control);
    if (problem) {
      this.#given = before;
      this.#render();
      return problem;
    }
    this.#given[control] = reply.values[control];
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
    this.#given = { ...given };
    this.#quiet = true;
    this.redrawNow();
  }

  /** Goes to a state by its values; all others take their defaults. */
  restart(values) {
    this.#board.questions.close();
    this.#given = { ...values };
    this.redraw();
    this.settle();
  }

  /** Back to how the author set it. */
  reset() {
    this.#board.notices.clear();
    this.restart(this.#start ?? valuesOf(this));
  }

  /** A question was answered or put away. */
  reveal() {
    this.redrawNow();
    this.settle();
  }

  /** The reader chose a unit. */
  choose(units) {
    this.setAttribute('units', units);
    this.dispatchEvent(new CustomEvent('kl-units', { bubbles: true, composed: true, detail: { units } }));
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
      for (const job of jobs) Object.assign(this.#given, job(this.request));
      const { request, reply } = this.#render();
      this.#accept(request, reply);
    } catch (fault) {
      this.#stumble(fault);
    }
  }

  async #begin(signal) {
    try {
      const [sheets] = await Promise.all([styles(), core.init()]);
      if (signal.aborted) return;
      if (!this.shadowRoot) this.attachShadow({ mode: 'open' }).adoptedStyleSheets = sheets;
      if (!this.#board) this.#build();
    } catch (fault) {
      this.#fail(fault);
      return;
    }
    this.#board.look.watch(signal);
    this.#size.observe(this.#board.plot);
  }

  #build() {
    const about = core.scenes().find(({ id }) => id === this.scene);
    if (!about) throw new Error(`scene: ${this.scene || '(nothing)'} is not the name of a scene`);
    this.#board = new Board(this, about);
    this.#board.root.classList.add(`chrome-${this.getAttribute('chrome') ?? 'full'}`);
    this.shadowRoot.replaceChildren(this.#board.root);
  }

  /** No figure is to be had: what the author put inside stays, and a sentence says why. */
  #fail(fault) {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const sentence = document.createElement('p');
    sentence.className = 'failure';
    sentence.textContent = `The figure can’t be shown here: ${fault.message}.`;
    root.replaceChildren(document.createElement('slot'), sentence);
  }

  #resize(width) {
    const whole = Math.floor(width);
    if (whole === this.#width) return;
    this.#width = whole;
    if (this.reply) this.redraw();
    else frames.drawFirst(this.#draw);
  }

  #render() {
    const request = {
      scene: this.scene,
      values: { ...this.#given },
      width: this.#width,
      bits: this.units === 'bits',
      asked: this.asked !== null,
      decimal: this.words.decimal,
      ...this.#board.look.request,
    };
    return { request, reply: core.render(this.#board.canvas, request) };
  }

  #accept(request, reply) {
    this.request = request;
    this.reply = reply;
    this.#falls = 0;
    const problems = [...this.#problems, ...reply.problems];
    this.#problems = [];
    this.#board.notices.problems(problems, this.words);
    for (const { field } of reply.problems) delete this.#given[field];
    this.#board.update(reply, this.words, { asked: this.asked !== null, units: this.units });
    if (this.#quiet) this.#settled = JSON.stringify(reply.values);
    this.#quiet = false;
    this.#drawn();
    this.#ask();
  }

  /** Opens the question that a link or an attribute names. */
  #ask() {
    const value = this.#question;
    this.#question = null;
    if (value === null || this.#board.questions.ask(value, { quietly: true })) return;
    const rule = { key: 'is not the name of a question here', args: [] };
    this.#board.notices.problems([{ field: 'question', value, rule }], this.words);
  }

  #flush() {
    if (frames.waits(this.#draw)) this.redrawNow();
  }

  #stumble(fault) {
    if (!(fault instanceof core.CoreLost)) this.#board.notices.say(`${fault.message}.`);
    else this.#falls += 1;
  }

  #lost() {
    this.#board?.notices.say('The core stopped with a fault of its own and was started afresh; your settings are kept.');
  }

  #restored() {
    // A state that the core fell over twice is not tried again before it changes.
    if (this.#falls < 2) this.redraw();
  }

  #changed(records) {
    const names = new Set(records.map(({ attributeName }) => attributeName));
    if (names.has('scene') || names.has('chrome')) {
      this.#board = null;
      this.#given = valuesOf(this);
      this.#life.abort();
      this.#size.disconnect();
      this.disconnectedCallback();
      this.connectedCallback();
      return;
    }
    for (const name of names) {
      const control = controlOf(name);
      if (!control) continue;
      if (this.hasAttribute(name)) this.#given[control] = this.getAttribute(name);
      else delete this.#given[control];
      this.#quiet = true;
    }
    if (names.has('question')) this.#question = this.getAttribute('question');
    if ([...names].some((name) => controlOf(name) || OWN.includes(name))) this.redraw();
  }
}

customElements.define('kl-scene', KlScene);
