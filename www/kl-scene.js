// <kl-scene scene="two-bells" p-mean="0">: a scene of the lesson as an element.
//
// Attributes set controls, with dashes for underscores; `units` is nats or bits, `chrome` full, bare or figure,
// `controls` names those that are to be shown, `question` is the id of a question to open, `frozen` lets nothing be moved.
// The properties: `values` (get and set; controls that are not named take their defaults), `readouts`, and `ready`, a
// promise for the first drawing of the scene that is named. The event `kl-change` tells each settled change that the reader made, `kl-units` that the reader chose a unit.
//
// A scene starts when it comes near the window, or when it is asked for anything. Until it is drawn, and where it can't
// be, what the author put inside is shown; a child with slot="caption" stays below the figure.

import { OWN, controlOf, problemsOf, valuesOf } from './attributes.js';
import * as core from './core.js';
import { element } from './dom.js';
import { forget, whenNear } from './near.js';
import { address } from './link.js';
import { phrase, said } from './phrase.js';
import { Session } from './session.js';
import { sheets, styles } from './styles.js';
import { Words } from './words.js';

export class KlScene extends HTMLElement {
  #session = null;
  #words = null;
  /** A state that was shown before there was a session, and the one that a reset goes back to. */
  #early = null;
  #start = null;
  #life = null;
  /** What the session is of: scene and chrome. */
  #shown = null;
  #inner = this.attachInternals();
  #woken = false;
  #ready;
  #isReady;
  #isNot;
  #attributes = new MutationObserver((records) => this.#changed(records));
  #size = new ResizeObserver(([{ contentRect: { width, height } }]) =>
    this.#session.resize(Math.floor(width), this.lecturing ? Math.floor(height) : null),
  );

  constructor() {
    super();
    this.#expect();
  }

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    // A property that was set before the element was defined hides the real one.
    if (Object.hasOwn(this, 'values')) {
      const { values } = this;
      delete this.values;
      this.values = values;
    }
    this.#putAway();
    this.#words ??= new Words(this.closest('[lang]')?.lang || 'en');
    const { problems = [], ...state } = this.#early ?? this.#written();
    this.#session ??= new Session(this, this.#words, { ...state, problems: [...problemsOf(this), ...problems] });
    this.#shown = { scene: this.scene, chrome: this.getAttribute('chrome') };
    // One that failed may be tried again.
    if (this.#inner.states.delete('failed')) this.#expect();
    this.#session.ready.then(this.#isReady);
    this.#attributes.observe(this, { attributes: true });
    core.life.addEventListener('lost', () => this.#session.lost(), { signal });
    core.life.addEventListener('restored', () => this.#session.restored(), { signal });
    const wanted = this.#woken;
    this.#woken = false;
    if (wanted) this.#wake();
    else whenNear(this, (how) => this.#wake(how), signal);
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#attributes.disconnect();
    this.#size.disconnect();
    this.#session.rest();
  }

  get scene() {
    return this.getAttribute('scene') ?? '';
  }

  get units() {
    return this.getAttribute('units') === 'bits' ? 'bits' : 'nats';
  }

  /** Whether the scene stands before a class: it fills its place, and questions are asked of all. */
  get lecturing() {
    return this.getAttribute('chrome') === 'lecture';
  }

  /** The controls that are to be shown; null where all are. */
  get only() {
    return this.getAttribute('controls')?.split(',').map((name) => name.trim()).filter(Boolean) ?? null;
  }

  get ready() {
    this.#wake();
    return this.#ready;
  }

  /** The values that a reset goes back to. */
  get start() {
    return this.#start ?? valuesOf(this);
  }

  get values() {
    this.#wake();
    return this.#session?.values ?? {};
  }

  set values(values) {
    const problem = notValues(values ?? {});
    if (problem) {
      if (this.#session) this.#session.complain([problem]);
      else this.#early = { ...(this.#early ?? this.#written()), problems: [problem] };
      return;
    }
    // What no control could have is refused by name as text would be, and the rest holds.
    const kept = (value) => {
      if (typeof value === 'bigint') return String(value);
      return ['object', 'function', 'symbol'].includes(typeof value) && value !== null ? String(JSON.stringify(value) ?? typeof value) : value;
    };
    this.show({ values: Object.fromEntries(Object.entries(values ?? {}).map(([control, value]) => [control, kept(value)])) });
  }

  get readouts() {
    this.#wake();
    return this.#session?.readouts ?? {};
  }

  /** Goes to a state as a link holds it: values, units, the question that is open, problems to be told. */
  show(state) {
    this.#catchUp();
    if (state.units) this.setAttribute('units', state.units);
    if (this.#session) this.#session.show(state);
    else this.#early = state;
  }

  /** The same, as the state that a reset goes back to. */
  begin(state) {
    this.#catchUp();
    this.#start = { ...state.values };
    this.show(state);
  }

  /** Sets some values at once, once the scene is drawn; gives the problems of those that could not be: {field, value, rule}. */
  apply(values) {
    this.#catchUp();
    const problem = notValues(values);
    if (problem) return [{ ...problem, rule: this.#words.say(problem.rule) }];
    return this.#session.apply(values);
  }

  /** The ids of the scene's questions, once it is drawn. */
  get questions() {
    return this.#session?.reply?.questions.map(({ id }) => id) ?? [];
  }

  /** Whether a question is open. */
  get asked() {
    return (this.#session?.asked ?? null) !== null;
  }

  /** The link to the present state. */
  get link() {
    // A change that waits for its frame is in the link already.
    this.#session?.keep();
    const { reply, asked = null } = this.#session ?? {};
    return reply && address(this.scene, reply.controls, { units: this.units, question: asked, language: this.#words.language });
  }

  /** Opens a question. */
  ask(question) {
    this.#session?.ask(question);
  }

  /** Answers the question that is open, for a class. */
  reveal() {
    this.#session?.answer();
  }

  /** The reader chose a unit. */
  choose(units) {
    this.setAttribute('units', units);
    // Who is told may ask for the numbers at once.
    this.#session?.redrawNow();
    this.tell('kl-units', { units });
  }

  tell(event, detail) {
    this.dispatchEvent(new CustomEvent(event, { bubbles: true, composed: true, detail }));
  }

  #written() {
    return { values: valuesOf(this), question: this.getAttribute('question') };
  }

  /** Takes in what attributes say now; their observer is told of changes a moment later. */
  #catchUp() {
    const records = this.#attributes.takeRecords();
    if (records.length) this.#changed(records);
    else if (!this.isConnected) this.#putAway();
  }

  /** Another scene begins as it is written; the same one in another frame goes on. */
  #putAway() {
    if (!this.#session) return;
    const { scene, chrome } = this.#shown;
    if (scene === this.scene && chrome === this.getAttribute('chrome')) return;
    this.#early = scene === this.scene ? this.#session.state : null;
    if (!this.#early) this.#start = null;
    this.#session = null;
    this.#inner.states.delete('failed');
    this.#expect();
  }

  /** From now on `ready` is of another drawing. Who waits still for the one before waits for this one. */
  #expect() {
    const before = this.#isReady;
    this.#ready = new Promise((resolve, reject) => {
      this.#isReady = resolve;
      this.#isNot = reject;
    });
    // Whoever does not ask need not handle a failure, which the scene tells itself.
    this.#ready.catch(() => {});
    before?.(this.#ready);
  }

  /** Starts the scene, once for each time that it is in the page; at once where all that it needs is there. */
  #wake(how = {}) {
    this.#catchUp();
    if (this.#woken) return;
    this.#woken = true;
    if (!this.isConnected) return;
    forget(this);
    const { signal } = this.#life;
    const open = () => {
      try {
        if (!signal.aborted) this.#open(signal, how);
      } catch (fault) {
        this.#fail(fault);
      }
    };
    const fail = (fault) => {
      if (!signal.aborted) this.#fail(fault);
    };
    if (core.running() && sheets && this.#words.loaded) open();
    else Promise.all([styles(), core.init(), this.#words.load()]).then(open, fail);
  }

  #open(signal, { printing = false }) {
    const board = this.#session.build();
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = sheets;
    board.root.className = `scene chrome-${this.getAttribute('chrome') ?? 'full'} waiting`;
    board.root.part = 'scene';
    // It is measured unseen; what the author put inside gives way to it when it is drawn.
    const before = element('slot');
    root.replaceChildren(before, board.root);
    this.#session.ready.then(() => {
      before.remove();
      board.root.classList.remove('waiting');
    });
    board.look.watch(signal, printing);
    if (printing) {
      this.#session.resize(board.plot.clientWidth);
      this.#session.redrawNow();
    }
    this.#size.observe(this.lecturing ? board.room : board.plot);
  }

  /** No figure is to be had: what the author put inside stays, and a sentence says why. */
  #fail(fault) {
    this.#isNot(fault);
    const sentence = element('p.failure', {
      textContent: this.#words.say('The figure can’t be shown here: {fault}.', { fault: said(fault) }),
    });
    sentence.part = 'failure';
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.replaceChildren(element('slot'), element('slot', { name: 'caption' }), sentence);
    // Without a style the words can be read all the same.
    styles().then((loaded) => (root.adoptedStyleSheets = loaded), () => {});
    this.#inner.states.add('failed');
  }

  #changed(records) {
    const names = new Set(records.map(({ attributeName }) => attributeName));
    if (names.has('scene') || names.has('chrome')) {
      this.disconnectedCallback();
      this.connectedCallback();
      return;
    }
    const controls = [...names].filter(controlOf);
    if (controls.length) this.#session.merge(Object.fromEntries(controls.map((name) => [controlOf(name), this.getAttribute(name)])));
    if (names.has('question')) this.#session.show(this.#written());
    const own = OWN.filter((name) => names.has(name));
    if (own.length) this.#session.complain(problemsOf(this, own));
  }
}

/** What is wrong with what was set as values, if it is not an object of values by control. */
function notValues(values) {
  if (typeof values === 'object' && values !== null && !Array.isArray(values)) return null;
  return { field: 'values', value: String(values), rule: { key: phrase('is not an object of values by control'), args: [] } };
}

// A page that takes the explorer in twice has it once.
if (!customElements.get('kl-scene')) customElements.define('kl-scene', KlScene);
