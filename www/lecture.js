// Lecture mode: one scene at a time before a class, as large as the screen. Keys and presenter's remotes lead through the
// scenes and their questions; a question stands alone until the lecturer reveals its answer.

import { attribute, element, write } from './dom.js';
import { qrCode } from './qr.js';

/** What remotes send and what lecturers press. Keys that are letters can be switched off. */
const KEYS = { PageDown: 'next', ArrowRight: 'next', ArrowDown: 'next', PageUp: 'back', ArrowLeft: 'back', ArrowUp: 'back' };
/** Keys that press the button that has the focus, and lead on where none has it. */
const PRESSING = { ' ': 'next', Enter: 'next' };
const LETTERS = { r: 'reveal', f: 'freeze', n: 'numbers', c: 'controls', q: 'qr', b: 'blank', '.': 'blank' };

/** The lecture of a page. `scenes` are the elements of its scenes, in order; each lecture begins with their states. */
export class Lecture {
  #scenes;
  #at = 0;
  /** How many of the scene's questions were asked, and whether the last one is still open. */
  #asked = 0;
  #scene = null;
  #letters = true;
  #full = false;

  constructor(words, scenes) {
    this.words = words;
    this.#scenes = scenes;
    this.start = element('button', { type: 'button', textContent: words.say('Lecture'), onclick: () => this.open() });
    const button = (name, textContent) => element('button', { type: 'button', 'data-action': name, textContent, onclick: () => this.#act(name) });
    this.buttons = {
      back: button('back', words.say('Back')),
      next: button('next', words.say('Next')),
      reveal: button('reveal', words.say('Reveal')),
      freeze: button('freeze', words.say('Freeze')),
      numbers: button('numbers', words.say('Hide numbers')),
      controls: button('controls', words.say('Controls')),
      qr: button('qr', words.say('QR code')),
      blank: button('blank', words.say('Blank')),
      letters: button('letters', words.say('Letter keys: R F N C Q B')),
      leave: button('leave', words.say('Leave')),
    };
    this.buttons.next.autofocus = true;
    // Which letter is whose can't be guessed in every language.
    for (const [key, name] of Object.entries(LETTERS)) if (key !== '.') this.buttons[name].append(' ', element('kbd', { textContent: key.toUpperCase() }));
    this.place = element('span.place', { role: 'status' });
    this.stage = element('div.stage');
    this.code = element('figure.lecture-qr', { hidden: true });
    this.root = element(
      'dialog.lecture',
      { 'aria-label': words.say('Lecture'), onclose: () => this.#closed() },
      this.stage,
      this.code,
      element('div.lecture-bar', {}, ...Object.values(this.buttons), this.place),
    );
    // Where nothing has the focus, keys come to the page's body.
    addEventListener('keydown', (event) => this.root.open && this.#press(event), { capture: true });
    document.addEventListener('fullscreenchange', () => {
      if (this.#full && !document.fullscreenElement) this.root.close();
    });
  }

  /** Opens the lecture at the scene that the reader is at, on the full screen where that is allowed. */
  async open() {
    const middle = innerHeight / 2;
    const away = (scene) => Math.abs(scene.getBoundingClientRect().top - middle);
    this.#at = this.#scenes.reduce((best, scene, at) => (away(scene) < away(this.#scenes[best]) ? at : best), 0);
    try {
      await document.documentElement.requestFullscreen();
      this.#full = true;
    } catch {
      // The whole window has to do.
    }
    document.documentElement.classList.add('lecturing');
    if (!this.root.isConnected) document.body.append(this.root);
    this.root.showModal();
    this.#letters = true;
    this.#show();
  }

  #closed() {
    document.documentElement.classList.remove('lecturing');
    this.stage.replaceChildren();
    this.#scene = null;
    if (this.#full && document.fullscreenElement) document.exitFullscreen();
    this.#full = false;
    this.#scenes[this.#at].scrollIntoView({ block: 'start', behavior: 'instant' });
    this.start.focus({ preventScroll: true });
  }

  /** Puts a scene on the stage, in the state it has on the page. */
  #show() {
    const from = this.#scenes[this.#at];
    this.#asked = 0;
    this.#scene = document.createElement('kl-scene');
    for (const [name, value] of [['scene', from.scene], ['units', from.units], ['chrome', 'lecture']]) this.#scene.setAttribute(name, value);
    this.#scene.begin({ values: from.values });
    this.stage.replaceChildren(this.#scene);
    // One that can't be drawn says so itself.
    this.#scene.ready.catch(() => {}).then(() => this.#tell());
    for (const name of ['freeze', 'numbers', 'controls']) attribute(this.buttons[name], 'aria-pressed', false);
    this.#uncover();
    this.#tell();
  }

  /** Takes away what covers the stage; says whether anything did. */
  #uncover() {
    const covered = this.root.classList.contains('blank') || !this.code.hidden;
    this.root.classList.remove('blank');
    this.code.hidden = true;
    for (const name of ['qr', 'blank']) attribute(this.buttons[name], 'aria-pressed', false);
    return covered;
  }

  #tell() {
    const { words, buttons } = this;
    const open = this.#scene?.asked ?? false;
    buttons.reveal.disabled = !open;
    attribute(buttons.letters, 'aria-pressed', this.#letters);
    this.root.classList.toggle('letters', this.#letters);
    write(this.place, words.say('{number} of {count}', { number: this.#at + 1, count: this.#scenes.length }));
  }

  /** The scene, then each of its questions, first alone and then revealed, then the next scene. */
  async #next() {
    // Before it is drawn a scene does not tell its questions; a press in haste must not miss them.
    const scene = this.#scene;
    await scene.ready.catch(() => {});
    if (scene !== this.#scene) return;
    this.#lead();
    this.#tell();
  }

  #lead() {
    if (this.#scene.asked) this.#scene.reveal();
    else if (this.#asked < this.#scene.questions.length) {
      this.#scene.ask(this.#scene.questions[this.#asked]);
      this.#asked += 1;
    } else if (this.#at + 1 < this.#scenes.length) this.#go(1);
  }

  #back() {
    if (this.#asked > 0) this.#show();
    else if (this.#at > 0) this.#go(-1);
  }

  #go(steps) {
    this.#at += steps;
    this.#show();
  }

  #act(name) {
    const toggles = { freeze: 'frozen', numbers: 'numberless', controls: 'controlled' };
    // Nothing is to happen unseen: what covers the stage goes first.
    const leads = name === 'next' || name === 'back';
    if (leads && this.#uncover()) return;
    if (name === 'next') this.#next();
    else if (name === 'back') this.#back();
    else if (name === 'leave') this.root.close();
    else if (name === 'qr') this.#showCode();
    else if (name === 'letters') this.#letters = !this.#letters;
    else if (name === 'reveal') {
      if (this.#scene.asked) this.#scene.reveal();
    } else if (name === 'blank') attribute(this.buttons.blank, 'aria-pressed', this.root.classList.toggle('blank'));
    else attribute(this.buttons[name], 'aria-pressed', this.#scene.toggleAttribute(toggles[name]));
    this.#tell();
  }

  /** The present state for the telephones of a class. */
  #showCode() {
    const { words, code } = this;
    const { link } = this.#scene;
    code.hidden = !code.hidden || !link;
    attribute(this.buttons.qr, 'aria-pressed', !code.hidden);
    if (code.hidden) return;
    code.replaceChildren(qrCode(link, words), element('figcaption', { textContent: link }));
  }

  #press(event) {
    const { key, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey) return;
    const [target] = event.composedPath();
    // What takes these keys itself keeps them while the keyboard is in it; after a mouse they lead on.
    const takes = target.matches('input, select, textarea, [role="slider"], .scrolls');
    const typing = target.matches('input[type="text"], textarea');
    if (typing || (takes && target.matches(':focus-visible'))) return;
    // Remotes have a key for the start of a slide show, which would load the page anew.
    if (key === 'F5') event.preventDefault();
    const pressing = target.matches('button, summary, a') ? null : PRESSING[key];
    const action = KEYS[key] ?? pressing ?? (this.#letters ? LETTERS[key.toLowerCase()] : null);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    this.#act(action);
  }
}
