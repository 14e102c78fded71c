// A row of buttons of which one is pressed.

import { attribute, element } from './dom.js';

/** `options` are ids with their words. `press` shows an option as chosen; `choose` is called with the option that was clicked. */
export function segments(label, options, choose) {
  const buttons = new Map(
    options.map(([option, words]) => [option, element('button', { type: 'button', textContent: words, onclick: () => choose(option) })]),
  );
  const root = element('div.segments', { role: 'group', 'aria-label': label }, ...buttons.values());
  const press = (chosen) => buttons.forEach((button, option) => attribute(button, 'aria-pressed', option === chosen));
  return { root, press };
}
