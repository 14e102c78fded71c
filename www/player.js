// Playing the steps of a process: one frame after the other while it runs, and none when it doesn't.

import { element, write } from './dom.js';

/** Rewind, back, play or pause, forward. */
export class Player {
  #control = null;
  #turn = 0;
  #since = 0;
  #from = 0;
  #playing = 0;

  constructor(id, scene) {
    this.id = id;
    this.scene = scene;
    this.play = element('button.small', { type: 'button', onclick: () => (this.#turn ? this.stop() : this.#start()) });
    const { words } = scene;
    const go = (label, to) => element('button.small', { type: 'button', textContent: label, onclick: () => this.#go(to()) });
    this.root = element(
      'div.player',
      {},
      go(words.say('Rewind'), () => 0),
      go(words.say('Back'), () => this.#control.value - 1),
      this.play,
      go(words.say('Step'), () => this.#control.value + 1),
    );
  }

  update(control) {
    // Moved by other means while it plays: it has been taken over.
    if (this.#turn && control.value !== this.#playing) this.stop();
    this.#control = control;
    this.#name();
    if (!control.active || !this.root.isConnected || this.root.closest('[inert]')) this.stop();
  }

  stop() {
    if (!this.#turn) return;
    cancelAnimationFrame(this.#turn);
    this.#turn = 0;
    this.#name();
    this.scene.settle();
  }

  #name() {
    const { words } = this.scene;
    write(this.play, this.#turn ? words.say('Pause') : words.say('Play'));
  }

  #go(to) {
    this.stop();
    this.scene.set({ [this.id]: Math.min(this.#control.max, Math.max(0, to)) });
  }

  #start() {
    const { value, max } = this.#control;
    this.#from = value < max ? value : 0;
    this.#playing = this.#from;
    this.#since = 0;
    this.#turn = requestAnimationFrame((now) => this.#tick(now));
    if (value !== this.#from) this.#show(this.#from);
    this.#name();
  }

  #tick(now) {
    this.#since ||= now;
    const { max, per_second: speed } = this.#control;
    const due = Math.min(max, this.#from + Math.floor(((now - this.#since) / 1000) * speed));
    this.#turn = requestAnimationFrame((next) => this.#tick(next));
    if (due !== this.#playing) this.#show(due);
    if (due >= max || !this.root.isConnected) this.stop();
  }

  #show(step) {
    this.#playing = step;
    this.scene.change(this.id, () => ({ [this.id]: step }));
  }
}
