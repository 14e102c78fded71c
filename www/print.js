// Paper: a figure is drawn for it anew, in lines that are sharp at any size; and one scene may be printed without what is
// around it.

import * as core from './core.js';
import { element } from './dom.js';

/** What figures on paper are drawn for, in CSS pixels; the width of the paper scales it. */
const WIDTH = 680;

/** The figure of one scene on paper; it is there only while the page is printed. */
export class Paper {
  constructor(name, said) {
    this.root = element('div.paper', { role: 'img', 'aria-labelledby': name, 'aria-describedby': said });
  }

  /** Draws what is shown, or, where nothing is being printed, nothing. */
  update(request, printing) {
    if (!printing) {
      if (this.root.firstChild) this.root.replaceChildren();
      return;
    }
    const { height: _, ...state } = request;
    const drawing = core.svg({ ...state, width: WIDTH, ratio: 2, scale: 1 });
    const svg = new DOMParser().parseFromString(drawing, 'image/svg+xml').documentElement;
    // The page's own words name it.
    svg.querySelectorAll('title, desc').forEach((words) => words.remove());
    this.root.replaceChildren(document.adoptNode(svg));
  }
}

/** What stays off the paper while one scene is printed alone. */
const ASIDE = 'kl-aside';

let sheet = null;

/** Prints one scene without what is around it; says whether the browser began to. A frame may be one that may not print. */
export async function printAlone(scene) {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(`@media print { .${ASIDE} { display: none !important; } }`);
    document.adoptedStyleSheets.push(sheet);
  }
  const aside = around(scene);
  const put = (there) => aside.forEach((other) => other.classList.toggle(ASIDE, there));
  const waiting = new AbortController();
  let begun = false;
  addEventListener('beforeprint', () => (begun = true), { signal: waiting.signal });
  addEventListener('afterprint', () => put(false), { once: true, signal: waiting.signal });
  put(true);
  print();
  // Some browsers tell of it a moment later.
  if (!begun) await new Promise((done) => setTimeout(done));
  if (!begun) {
    waiting.abort();
    put(false);
  }
  return begun;
}

/** Everything beside an element and beside what it stands in. */
function around(scene) {
  const found = [];
  for (let one = scene; one && one !== document.body; one = one.parentElement ?? one.getRootNode().host) {
    const others = [...(one.parentNode?.children ?? [])];
    found.push(...others.filter((other) => other !== one));
  }
  return found;
}
