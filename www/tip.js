// The plotted values under the pointer.

import * as core from './core.js';
import { element } from './dom.js';
import { draw, forget } from './frames.js';

/** The tip of one figure. */
export class Tip {
  #at = null;

  constructor(scene, plot) {
    this.scene = scene;
    this.plot = plot;
    this.root = element('div.tip', { hidden: true, 'aria-hidden': 'true' });
    this.follow = () => this.#show();
    plot.addEventListener('pointermove', (event) => this.#move(event));
    plot.addEventListener('pointerleave', () => this.hide());
    plot.addEventListener('pointerdown', () => this.hide());
  }

  hide() {
    forget(this.follow);
    this.root.hidden = true;
  }

  #move(event) {
    if (event.pointerType === 'touch' || event.buttons || this.scene.asked) return;
    const { left, top } = this.plot.getBoundingClientRect();
    this.#at = [event.clientX - left, event.clientY - top];
    draw(this.follow);
  }

  #show() {
    const { request, words } = this.scene;
    if (!request || !core.running()) return;
    const [x, y] = this.#at;
    const reading = core.probe(request, x, y);
    if (!reading?.values.length) {
      this.hide();
      return;
    }
    const rows = reading.values.map(([name, value]) =>
      element('div', {}, element('span', { textContent: words.say(name) }), ' ', element('b', { textContent: words.quantity(value) })),
    );
    this.root.replaceChildren(element('div.at', { textContent: whereOf(reading, words) }), ...rows);
    this.root.hidden = false;
    // On whichever side of the pointer there is room.
    const { width } = this.plot.getBoundingClientRect();
    const onLeft = x > width / 2;
    this.root.style.transform = `translate(${Math.round(onLeft ? x - 14 : x + 14)}px, ${Math.round(y + 14)}px)${onLeft ? ' translateX(-100%)' : ''}`;
  }
}

/** What the values belong to: an outcome by its name, one of what is numbered, or a place by what its axis measures. */
function whereOf({ name, number, place }, words) {
  const label = words.say(name);
  if (number) return words.say('{label} {number}', { label, number: words.say(number) });
  return place ? words.say('{label}: {value}', { label, value: words.quantity(place) }) : label;
}
