// The way through the course: a table of contents that follows the reader, links from each section to its neighbours, and
// what has been read, remembered where storage allows it.

import { attribute, element, write } from './dom.js';
import { phrase } from './phrase.js';
import { remember, remembered } from './store.js';

/** The contents of a page: `list` is the list of links that stands in it. */
export class Contents {
  #sections;
  #links = new Map();
  #read;
  #current = null;

  constructor(words, list, sections) {
    this.words = words;
    this.#sections = sections;
    this.#read = new Set((remembered('read') ?? '').split(' ').filter((id) => sections.some((section) => section.id === id)));
    const copy = list.cloneNode(true);
    this.told = element('span');
    this.onward = element('a');
    this.forget = element('button', { type: 'button', textContent: words.say('Forget'), onclick: () => this.#forget() });
    this.progress = element('p.progress', {}, this.told, ' ', this.forget, ' ', this.onward);
    this.panel = element('nav.toc-panel', { 'aria-label': words.say('Contents') }, this.progress, copy);
    this.root = element('details.toc', {}, element('summary', {}, element('span.icon', { textContent: '☰', 'aria-hidden': 'true' }), element('span.words', { textContent: words.say('Contents') })), this.panel);
    this.#collect(list);
    this.#collect(copy);
    this.#fold();
    sections.forEach((section, at) => section.append(this.#neighbours(at)));
    this.#follow();
    this.#show();
  }

  /** The section that the reader is in; nothing above the first. */
  get current() {
    return this.#sections.find(({ id }) => id === this.#current);
  }

  #collect(list) {
    for (const link of list.querySelectorAll('a[href^="#"]')) {
      const id = link.hash.slice(1);
      const mark = element('span.tick', { 'aria-hidden': 'true' });
      link.before(mark);
      if (!this.#links.has(id)) this.#links.set(id, []);
      this.#links.get(id).push({ link, mark, title: link.textContent });
    }
  }

  /** The panel closes as a menu does: by Escape, by leaving it, and when a link is followed. */
  #fold() {
    const { root } = this;
    root.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape' || !root.open) return;
      root.open = false;
      root.querySelector('summary').focus();
    });
    root.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget && !root.contains(relatedTarget)) root.open = false;
    });
    addEventListener('pointerdown', ({ target }) => {
      if (!root.contains(target)) root.open = false;
    });
    this.panel.addEventListener('click', ({ target }) => {
      if (target.closest('a')) root.open = false;
    });
  }

  #neighbours(at) {
    const { words } = this;
    const link = (section, template, rel) => {
      if (!section) return element('span');
      return element('a', { href: `#${section.id}`, rel, textContent: words.say(template, { title: titleOf(section) }) });
    };
    const [before, next] = [this.#sections[at - 1], this.#sections[at + 1]];
    const name = words.say('After {title}', { title: titleOf(this.#sections[at]) });
    return element('nav.neighbours', { 'aria-label': name }, link(before, phrase('← {title}'), 'prev'), link(next, phrase('{title} →'), 'next'));
  }

  #follow() {
    const here = new IntersectionObserver(
      (entries) => entries.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => this.#arrive(target.id)),
      { rootMargin: '-30% 0px -69% 0px' },
    );
    // Who saw a section's heading and then its end has read it; who only came past its end has not.
    const begun = new Set();
    const heads = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) begun.add(target.parentElement.id);
    });
    const ends = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting && begun.has(target.parentElement.id)) this.#finish(target.parentElement.id);
    });
    this.#sections.forEach((section) => here.observe(section));
    // Before the reader does anything, scenes are still growing, and ends come past by themselves.
    const begin = new AbortController();
    const watch = () => {
      begin.abort();
      for (const section of this.#sections) {
        heads.observe(section.querySelector('h3'));
        ends.observe(section.querySelector('.neighbours'));
      }
    };
    for (const kind of ['wheel', 'touchmove', 'keydown', 'pointerdown']) addEventListener(kind, watch, { signal: begin.signal, passive: true });
  }

  #arrive(id) {
    this.#current = id;
    this.#show();
  }

  #finish(id) {
    if (this.#read.has(id)) return;
    this.#read.add(id);
    remember('read', [...this.#read].join(' '));
    this.#show();
  }

  #forget() {
    this.#read.clear();
    remember('read', '');
    this.#show();
  }

  #show() {
    const { words } = this;
    for (const [id, places] of this.#links) {
      const read = this.#read.has(id);
      for (const { link, mark, title } of places) {
        attribute(link, 'aria-current', id === this.#current ? 'true' : null);
        write(mark, read ? '✓' : '');
        attribute(link, 'aria-label', read ? words.say('{title} (read)', { title }) : null);
      }
    }
    const chapter = document.getElementById(this.#current)?.closest('.chapter');
    for (const link of document.querySelectorAll('.bar > nav a')) {
      const current = chapter?.contains(document.getElementById(link.hash.slice(1)));
      attribute(link, 'aria-current', current ? 'true' : null);
    }
    write(this.told, words.say('{number} of {count} read.', { number: this.#read.size, count: this.#sections.length }));
    this.forget.hidden = this.#read.size === 0;
    const next = this.#sections.find(({ id }) => !this.#read.has(id));
    this.onward.hidden = !next || this.#read.size === 0;
    if (!next) return;
    this.onward.href = `#${next.id}`;
    write(this.onward, words.say('Go on: {title}', { title: titleOf(next) }));
  }
}

function titleOf(section) {
  return section.querySelector('h3').textContent;
}
