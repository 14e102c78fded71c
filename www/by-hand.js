// What could not be saved, to be taken by hand: it stands until it is put away, and says when the scene has left it behind.

import { element, write } from './dom.js';
import { spoken } from './share-words.js';

/** The content of one file, as elements. `closed` is told when the reader puts it away. */
export class ByHand {
  /** The state that the content is of. */
  #state = null;

  constructor(words, closed) {
    this.words = words;
    this.stale = element('p.told', { role: 'status' });
    this.content = element('div.content');
    const close = () => {
      this.clear();
      closed();
    };
    const button = element('button.small', { type: 'button', textContent: spoken(words, 'close'), onclick: close });
    this.root = element('div.by-hand', { hidden: true }, this.stale, this.content, button);
  }

  show(content, state) {
    this.#state = state;
    this.content.replaceChildren(...content);
    this.root.hidden = false;
    this.follow(state);
  }

  /** The scene is in this state now. */
  follow(state) {
    const old = this.#state !== null && state !== this.#state;
    write(this.stale, old ? spoken(this.words, 'stale') : '');
  }

  clear() {
    this.#state = null;
    this.root.hidden = true;
    this.content.replaceChildren();
  }
}
