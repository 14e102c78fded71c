// How a figure looks here: the colours of the roles as the page's style has them, the type's size, the screen's
// ratio; and word of any change in these.

import { element } from './dom.js';

const ROLES = ['p', 'q', 'forward', 'reverse', 'other', 'further', 'ink', 'muted', 'rule', 'paper'];

/** The look of one scene. `root` goes into its shadow tree, so that the colours are those that hold there. */
export class Look {
  #probes = ROLES.map((role) => element(`span.role-${role}`));
  #colors = null;
  #scale = 1;
  #paper = matchMedia('print');
  /** Whether the page is being printed. */
  printing = false;

  constructor(changed) {
    this.root = element('span.probe', { 'aria-hidden': 'true' }, ...this.#probes);
    this.changed = changed;
    // Whatever changes a colour, be it the system, the page's theme or forced colours, starts a transition here.
    this.root.addEventListener('transitionend', () => this.refresh());
  }

  /** Listens until the signal; from now on as on paper, where the page is being printed already. */
  watch(signal, printing) {
    this.#watchRatio(signal);
    const page = { signal };
    matchMedia('(forced-colors: active)').addEventListener('change', () => this.refresh(), page);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.refresh(), page);
    // A browser may tell by either.
    addEventListener('beforeprint', () => this.#onPaper(true), page);
    addEventListener('afterprint', () => this.#onPaper(this.#paper.matches), page);
    this.#paper.addEventListener('change', ({ matches }) => this.#onPaper(matches), page);
    if (printing || this.#paper.matches) this.#onPaper(true);
  }

  /** The look's part of a request to the core. */
  get request() {
    if (!this.#colors) this.#read();
    const ratio = Math.min(16, Math.max(0.25, devicePixelRatio));
    return { ratio, scale: this.#scale, colors: this.#colors };
  }

  /** Reads everything anew. */
  refresh() {
    this.#colors = null;
    this.changed();
  }

  #read() {
    const style = getComputedStyle(this.root);
    this.#scale = Math.min(8, Math.max(0.5, parseFloat(style.fontSize) / 16));
    this.#colors = Object.fromEntries(ROLES.map((role, at) => [role, opaque(getComputedStyle(this.#probes[at]).color)]));
  }

  #watchRatio(signal) {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    const moved = () => {
      this.changed();
      this.#watchRatio(signal);
    };
    query.addEventListener('change', moved, { once: true, signal });
  }

  /** Paper is white, whatever the screen. */
  #onPaper(printing) {
    if (printing === this.printing) return;
    this.printing = printing;
    this.root.style.colorScheme = printing ? 'light' : '';
    this.#colors = null;
    this.#read();
    this.changed({ now: true });
  }
}

/** A colour in red, green and blue: newer notations are painted to see what they come to. */
function opaque(color) {
  if (/^rgba?\(/.test(color)) return color;
  const canvas = element('canvas', { width: 1, height: 1 });
  const context = canvas.getContext('2d');
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}
