// <kl-scene scene="two-bells" p-mean="0">: a scene of the lesson as an element.
//
// Attributes set controls, with dashes for underscores; `units` is nats or bits, `chrome` full, bare or figure,
// `question` the id of a question to open. The properties: `values` (get and set; controls that are not named take
// their defaults), `readouts`, and `ready`, a promise for the first drawing. The event `kl-change` tells each settled
// change that the reader made, `kl-units` that the reader chose a unit.

import { OWN, controlOf, problemsOf, valuesOf } from './attributes.js';
import * as core from './core.js';
import { Session } from './session.js';
import { styles } from './styles.js';
import { Words } from './words.js';

export class KlScene extends HTMLElement {
  #session = null;
  /** A state that was shown before there was a session, and the one that a reset goes back to. */
  #early = null;
  #start = null;
  #life = null;
  #isReady;
  #attributes = new MutationObserver((records) => this.#changed(records));
  #size = new ResizeObserver(([entry]) => this.#session.resize(Math.floor(entry.contentRect.width)));

  constructor() {
    super();
    this.ready = new Promise((resolve) => (this.#isReady = resolve));
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
    const words = new Words(this.closest('[lang]')?.lang || 'en');
    const { problems = [], ...state } = this.#early ?? this.#written();
    this.#session ??= new Session(this, words, { ...state, problems: [...problemsOf(this), ...problems] });
    this.#session.ready.then(this.#isReady);
    this.#attributes.observe(this, { attributes: true });
    core.life.addEventListener('lost', () => this.#session.lost(), { signal });
    core.life.addEventListener('restored', () => this.#session.restored(), { signal });
    this.#begin(signal);
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

  /** The values that a reset goes back to. */
  get start() {
    return this.#start ?? valuesOf(this);
  }

  get values() {
    return this.#session?.values ?? {};
  }

  set values(values) {
    this.show({ values });
  }

  get readouts() {
    return this.#session?.readouts ?? {};
  }

  /** Goes to a state as a link holds it: values, units, the question that is open, problems to be told. */
  show(state) {
    if (state.units) this.setAttribute('units', state.units);
    if (this.#session) this.#session.show(state);
    else this.#early = state;
  }

  /** The same, as the state that a reset goes back to. */
  begin(state) {
    this.#start = { ...state.values };
    this.show(state);
  }

  /** The reader chose a unit. */
  choose(units) {
    this.setAttribute('units', units);
    this.tell('kl-units', { units });
  }

  tell(event, detail) {
    this.dispatchEvent(new CustomEvent(event, { bubbles: true, composed: true, detail }));
  }

  #written() {
    return { values: valuesOf(this), question: this.getAttribute('question') };
  }

  async #begin(signal) {
    try {
      const [sheets] = await Promise.all([styles(), core.init()]);
      if (signal.aborted) return;
      const board = this.#session.build();
      if (!this.shadowRoot) this.attachShadow({ mode: 'open' }).adoptedStyleSheets = sheets;
      board.root.className = `scene chrome-${this.getAttribute('chrome') ?? 'full'}`;
      this.shadowRoot.replaceChildren(board.root);
      board.look.watch(signal);
      this.#size.observe(board.plot);
    } catch (fault) {
      this.#fail(fault);
    }
  }

  /** No figure is to be had: what the author put inside stays, and a sentence says why. */
  #fail(fault) {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const sentence = document.createElement('p');
    sentence.className = 'failure';
    sentence.textContent = `The figure can’t be shown here: ${fault.message}.`;
    root.replaceChildren(document.createElement('slot'), sentence);
  }

  #changed(records) {
    const names = new Set(records.map(({ attributeName }) => attributeName));
    if (names.has('scene') || names.has('chrome')) {
      this.disconnectedCallback();
      this.#session = null;
      this.#early = null;
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

customElements.define('kl-scene', KlScene);
