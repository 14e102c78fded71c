// The panel under a scene's tools: its state as a link, a QR code, code for other places, and files of the figure.

import { ByHand } from './by-hand.js';
import { captionOf } from './caption.js';
import { copyFrom } from './copying.js';
import * as core from './core.js';
import { attribute, element, write } from './dom.js';
import { csv, picture, png, svg } from './export.js';
import { stateQuery } from './link.js';
import { Look } from './look.js';
import { printAlone } from './print.js';
import { qrCode } from './qr.js';
import { fileName, mayBeRefused, save } from './save.js';
import { spoken } from './share-words.js';
import { bibtex, frame, tag } from './snippets.js';

const CODES = ['frame', 'element', 'bibtex', 'python', 'rust'];
const THEMES = ['shown', 'light', 'dark'];
/** What is longer scrolls. */
const LINES = 16;

let count = 0;

/** `button` opens and closes `root`. */
export class Share {
  #code = 'frame';
  #theme = 'shown';
  /** The state that is shared, as words to be compared. */
  #state = '';
  /** The colours of the theme that is chosen, read where the panel stands. */
  #look = new Look(() => {});

  constructor(scene, title) {
    count += 1;
    this.scene = scene;
    this.title = title;
    const id = `share-${count}`;
    const say = (name) => spoken(scene.words, name);
    const heading = (name) => element(`h${scene.level + 1}.heading`, { textContent: say(name) });
    const button = (textContent, onclick, more) => element('button', { type: 'button', textContent, onclick, ...more });

    this.button = button(say('share'), () => this.#toggle(), { 'aria-expanded': 'false', 'aria-controls': id });
    this.link = element('input.field.address', { readOnly: true, 'aria-label': say('link'), onfocus: () => this.link.select() });
    const copyLink = button(say('copy'), () => copyFrom(this.link, this.told, scene.words, 'linkCopied'), { 'aria-label': say('copyLink') });
    this.linked = element('div.share-link', {}, heading('link'), element('div.with-copy', {}, this.link, copyLink));
    this.qr = element('div.qr');

    this.themes = this.#row('colours', THEMES, (theme) => {
      this.#theme = theme;
      this.#press();
    });
    const files = [['picture', () => this.#png()], ['drawing', () => this.#svg()], ['data', () => this.#csv()]];
    this.files = element('div.buttons', {}, ...files.map(([name, make]) => button(say(name), () => this.#make(make), { 'data-file': name })));
    this.print = button(spoken(scene.words, 'print'), () => this.#make(() => this.#print()), { 'data-action': 'print' });
    this.byHand = new ByHand(scene.words, () => this.files.querySelector('button').focus());

    this.codes = this.#row('code', CODES, (code) => {
      this.#code = code;
      this.update();
    });
    this.text = element('textarea.code', { readOnly: true, wrap: 'off', spellcheck: false });
    const copyCode = button(say('copy'), () => copyFrom(this.text, this.told, scene.words, 'codeCopied'), { 'aria-label': say('copyCode') });

    this.told = element('p.told', { role: 'status' });
    this.root = element(
      'section.share',
      { id, hidden: true, 'aria-label': say('share'), onkeydown: (event) => this.#key(event) },
      this.linked,
      this.qr,
      element('div.share-figure', {}, heading('figure'), element('div.buttons', {}, this.files, this.themes.root, this.print), this.byHand.root),
      element('div.share-code', {}, heading('code'), copyCode, this.codes.root, this.text),
      this.told,
      this.#look.root,
    );
    this.#press();
  }

  /** Follows what is shown, while it is open. */
  update() {
    if (this.root.hidden || !this.scene.reply) return;
    const state = this.#present();
    // A sentence on what was done holds until there is another state.
    if (state.key !== this.#state) write(this.told, '');
    this.#state = state.key;
    this.byHand.follow(state.key);
    this.linked.hidden = this.qr.hidden = !state.link;
    if (state.link) {
      this.link.value = state.link;
      this.qr.replaceChildren(qrCode(state.link, this.scene.words));
    }
    const heading = state.link ? spoken(this.scene.words, 'heading', state) : spoken(this.scene.words, 'unlinked', state);
    const program = (language) => core.program(this.scene.request, language, heading);
    // Without an address there is nothing to embed; while a question is open there are no programs, which would answer it.
    const texts = { frame: frame(state), element: tag(state), bibtex: bibtex(state), python: program('python'), rust: program('rust') };
    this.codes.buttons.forEach((button, code) => (button.hidden = !texts[code]));
    if (!texts[this.#code]) this.#code = CODES.find((code) => texts[code]);
    this.text.value = texts[this.#code];
    this.text.rows = Math.min(LINES, this.text.value.split('\n').length);
    attribute(this.text, 'aria-label', spoken(this.scene.words, this.#code));
    this.#press();
  }

  #present() {
    const { host, reply, asked, words } = this.scene;
    const shown = { units: host.units, question: asked, language: words.language };
    const { controls } = reply;
    const height = 10 * Math.ceil((host.offsetHeight - this.root.offsetHeight) / 10);
    const key = JSON.stringify([reply.values, shown]);
    return { key, scene: host.scene, controls, shown, title: this.title, link: host.link, height };
  }

  #toggle() {
    this.root.hidden = !this.root.hidden;
    attribute(this.button, 'aria-expanded', !this.root.hidden);
    if (this.root.hidden) this.byHand.clear();
    this.update();
  }

  #key(event) {
    if (event.key !== 'Escape') return;
    this.#toggle();
    this.button.focus();
  }

  /** Options side by side, of which one is pressed. */
  #row(label, options, choose) {
    const words = this.scene.words;
    const made = (option) => element('button', { type: 'button', textContent: spoken(words, option), onclick: () => choose(option) });
    const buttons = new Map(options.map((option) => [option, made(option)]));
    return { root: element('div.segments', { role: 'group', 'aria-label': spoken(words, label) }, ...buttons.values()), buttons };
  }

  #press() {
    this.themes.buttons.forEach((button, theme) => attribute(button, 'aria-pressed', theme === this.#theme));
    this.codes.buttons.forEach((button, code) => attribute(button, 'aria-pressed', code === this.#code));
  }

  /** What of the figure is to be taken: the request that is on the canvas, the colours, the caption, the file's name. */
  #taken(ending) {
    const { request, reply, words, asked } = this.scene;
    const { key, scene, controls, shown, title, link } = this.#present();
    this.#look.root.style.colorScheme = this.#theme === 'shown' ? '' : this.#theme;
    this.#look.refresh();
    return {
      key,
      request,
      colors: this.#look.request.colors,
      caption: captionOf(reply, words, { title, link, asked: asked !== null }),
      name: fileName(scene, stateQuery(controls, shown), ending),
    };
  }

  async #make(make) {
    if (!this.scene.reply) return;
    try {
      await make();
    } catch (fault) {
      write(this.told, spoken(this.scene.words, 'failed', { why: fault.message }));
    }
  }

  async #png() {
    const { key, request, colors, caption, name } = this.#taken('png');
    const canvas = picture(request, colors, caption);
    attribute(canvas, 'role', 'img');
    attribute(canvas, 'aria-label', name);
    const hint = element('p.told', { textContent: spoken(this.scene.words, 'byHandPicture') });
    this.#hand(name, 'image/png', await png(canvas, caption), [canvas, hint], key);
  }

  #svg() {
    const { key, request, colors, caption, name } = this.#taken('svg');
    this.#text(name, 'image/svg+xml', svg(request, colors, caption), key);
  }

  async #print() {
    if (await printAlone(this.scene.host)) {
      write(this.told, '');
      return;
    }
    const { key, request, colors, caption, name } = this.#taken('svg');
    this.byHand.show(this.#field(name, svg(request, colors, caption)), key);
    write(this.told, spoken(this.scene.words, 'unprinted'));
  }

  #csv() {
    const { key, request, caption, name } = this.#taken('csv');
    this.#text(name, 'text/csv', csv(request, caption), key);
  }

  /** A file of text. */
  #text(name, type, value, key) {
    this.#hand(name, type, value, this.#field(name, value), key);
  }

  /** Text in a field, with a button that copies it. */
  #field(name, value) {
    const field = element('textarea.code', { readOnly: true, rows: 6, wrap: 'off', value, 'aria-label': name });
    const words = this.scene.words;
    const button = { type: 'button', textContent: spoken(words, 'copy'), onclick: () => copyFrom(field, this.told, words, 'codeCopied') };
    return [element('button', button), field];
  }

  /** Saves a file; where that may do nothing, its content stands there too. */
  #hand(name, type, content, byHand, key) {
    save(name, type, content, this.root);
    const doubtful = mayBeRefused();
    if (doubtful) this.byHand.show(byHand, key);
    else this.byHand.clear();
    write(this.told, spoken(this.scene.words, doubtful ? 'doubtful' : 'saved', { name }));
  }
}
