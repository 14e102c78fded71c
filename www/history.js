// Undo and redo: the states that the reader settled on, one entry for each.

/** Where Ctrl (or ⌘) and a key lead: -1 back, 1 forward, 0 nowhere. */
export function direction({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (altKey || ctrlKey === metaKey) return 0;
  const letter = key.toLowerCase();
  if (letter === 'z') return shiftKey ? 1 : -1;
  return letter === 'y' && !shiftKey ? 1 : 0;
}

/** The states of one scene: what was given (`values`), told apart by what came of it (`state`). */
export class History {
  #entries = [];
  #at = -1;

  /** The reader settled on another state: what was undone is gone. */
  record(entry) {
    if (entry.state === this.#entries[this.#at]?.state) return;
    this.#entries.splice(this.#at + 1, Infinity, entry);
    this.#at += 1;
  }

  /** A link or a program changed the state: that is no step of the reader's. */
  replace(entry) {
    this.#at = Math.max(0, this.#at);
    this.#entries[this.#at] = entry;
  }

  /** Whether there is a state so many steps away. */
  has(steps) {
    return this.#at + steps in this.#entries;
  }

  /** The state so many steps away, from now on the present one. */
  go(steps) {
    this.#at += steps;
    return this.#entries[this.#at];
  }
}
