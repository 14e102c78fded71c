// Predict, then reveal: the reader commits to an answer while the numbers are hidden, then the figure answers.

import { element, sign } from './dom.js';

let count = 0;

/** The questions of one scene: `list` offers them, `card` holds the one that is open or was just answered. */
export class Questions {
  #questions = [];
  #signature = '';
  #card = null;
  #answered = new Map();

  constructor(scene) {
    this.scene = scene;
    this.list = element('section.questions', { hidden: true });
    this.card = element('div.card', { hidden: true });
  }

  /** The id of the question that is open and not yet answered. */
  get open() {
    return this.#card?.chosen === null ? this.#card.question.id : null;
  }

  update({ questions }, words) {
    this.words = words;
    this.#questions = questions;
    const signature = JSON.stringify([questions.map(({ id }) => id), [...this.#answered], this.open]);
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.list.hidden = questions.length === 0;
    const items = questions.map((question) => element('li', {}, this.#offer(question)));
    const heading = element(`h${this.scene.level + 1}.heading`, { textContent: words.say('Predict, then reveal') });
    this.list.replaceChildren(heading, element('ul', {}, ...items));
  }

  #offer({ id, ask }) {
    const answered = this.#answered.get(id);
    const { words } = this;
    const mark = element('span.mark');
    if (answered === undefined) sign(mark, '?');
    else if (answered) sign(mark, '✓', words.say('answered rightly'));
    else sign(mark, '✗', words.say('answered wrongly'));
    return element(
      'button.ask',
      { type: 'button', disabled: this.open === id, onclick: () => this.ask(id) },
      mark,
      element('span', { textContent: words.say(ask) }),
    );
  }

  /** Opens the question of that id; says whether there is one. */
  ask(id, { quietly = false } = {}) {
    const question = this.#questions.find((q) => q.id === id);
    if (!question) return false;
    const before = this.#card?.before ?? this.scene.keep();
    this.#card = { question, before, chosen: null };
    this.#build(question);
    this.scene.restore(Object.fromEntries(question.values));
    // Where a link opened it, the page stays where it is.
    if (!quietly) this.card.querySelector('input, button').focus();
    return true;
  }

  /** Puts the card away, whatever its state. */
  close() {
    this.#card = null;
    this.card.hidden = true;
    this.card.replaceChildren();
  }

  /** For a class: the question with its options, and nothing to choose. */
  #pose({ ask, options }) {
    const choices = options.map(([, text]) => element('li', { textContent: this.words.say(text) }));
    const reveal = element('button.primary', { type: 'button', textContent: this.words.say('Reveal'), onclick: () => this.answer() });
    this.card.replaceChildren(element('p.asked', { textContent: this.words.say(ask) }), element('ol.choices', {}, ...choices), element('p.buttons', {}, reveal));
    this.card.hidden = false;
  }

  /** The answer, to a class. */
  answer() {
    if (this.open !== null) this.#reveal(this.#card.question.answer, this.words.say('The answer: {answer}.', { answer: this.#option(this.#card.question.answer) }));
  }

  #build({ ask, options }) {
    if (this.scene.host.lecturing) {
      this.#pose({ ask, options });
      return;
    }
    count += 1;
    const name = `question-${count}`;
    // A sandbox may refuse to submit forms; the button is pressed all the same, by Enter too.
    const commit = element('button.primary', { type: 'submit', textContent: this.words.say('Commit'), disabled: true, onclick: (event) => this.#commit(event) });
    const choices = options.map(([value, text]) =>
      element(
        'label',
        {},
        element('input', { type: 'radio', name, value, onchange: () => (commit.disabled = false) }),
        element('span', { textContent: this.words.say(text) }),
      ),
    );
    const leave = element('button', { type: 'button', textContent: this.words.say('Not now'), onclick: () => this.#leave() });
    const form = element(
      'form',
      {},
      element('fieldset', {}, element('legend', { textContent: this.words.say(ask) }), ...choices),
      element('p.hint', { textContent: this.words.say('The numbers are hidden until you commit.') }),
      element('p.buttons', {}, commit, leave),
    );
    this.card.replaceChildren(form);
    this.card.hidden = false;
  }

  #leave() {
    const { before } = this.#card;
    this.close();
    this.scene.restore(before);
  }

  #commit(event) {
    event.preventDefault();
    const chosen = this.card.querySelector('input:checked')?.value;
    if (!chosen) return;
    const { question } = this.#card;
    const right = chosen === question.answer;
    this.#answered.set(question.id, right);
    const given = { chosen: this.#option(chosen), answer: this.#option(question.answer) };
    const verdict = right ? this.words.say('✓ {chosen}.', given) : this.words.say('✗ {chosen}.', given);
    // What is said of the choice stands by it; the answer comes after.
    const answer = right ? [] : [element('p', { textContent: this.words.say('The answer: {answer}.', given) })];
    this.#reveal(chosen, verdict, right ? 'right' : 'wrong', answer);
  }

  #option(id) {
    return this.words.say(this.#card.question.options.find(([option]) => option === id)[1]);
  }

  /** Shows what an option means, and lets the figure answer. */
  #reveal(chosen, words, kind = 'right', more = []) {
    const { question } = this.#card;
    this.#card.chosen = chosen;
    const verdict = element(`p.verdict.${kind}`, { tabIndex: -1, textContent: words });
    const [, , why] = question.options.find(([option]) => option === chosen);
    const done = element('button', { type: 'button', textContent: this.words.say('Close'), onclick: () => this.#done() });
    this.card.replaceChildren(
      element('p.asked', { textContent: this.words.say(question.ask) }),
      verdict,
      element('p', { textContent: this.words.say(why) }),
      ...more,
      element('p.buttons', {}, done),
    );
    this.scene.reveal();
    verdict.focus({ preventScroll: true });
  }

  #done() {
    this.close();
    this.scene.reveal();
  }
}
