// Handles: what can be grabbed on the figure, by mouse, finger, pen or arrow keys. The core says which values a
// pointer or a key sets; nothing here knows what a handle means.
//
// The knobs are for the keyboard and for screen readers. A pointer meets their pads, which together are one area to
// press: wherever it is there, it gets the nearest handle, also where handles crowd.

import * as core from './core.js';
import { Keyed, attribute, element } from './dom.js';

/** How far from a handle, in CSS pixels, it still answers: half of a pad's size in scene.css. */
const REACH = 22;

/** How far a drag has to go, in CSS pixels, to mean a direction, and how many times further the other way to change it. */
const MEANT = 4;
const CLEARLY = 2;

const ARROWS = {
  ArrowLeft: ['horizontal', -1],
  ArrowRight: ['horizontal', 1],
  ArrowDown: ['vertical', -1],
  ArrowUp: ['vertical', 1],
};
const PAGES = { PageDown: -10, PageUp: 10 };
const ENDS = { Home: -Infinity, End: Infinity };

/** The handles of one scene. */
export class Handles {
  #handles = [];
  #held = null;
  /** The knob of the handle that the pointer would get. */
  #near = null;

  constructor(scene) {
    this.scene = scene;
    this.root = element('div.handles');
    this.knobs = new Keyed(this.root, (handle) => this.#knob(handle));
    this.root.addEventListener('pointerdown', (event) => this.#grab(event));
    this.root.addEventListener('pointermove', (event) => (this.#held ? this.#move(event) : this.#point(this.#nearest(event))));
    this.root.addEventListener('pointerleave', () => this.#point(null));
    this.root.addEventListener('pointerup', (event) => this.#release(event));
    this.root.addEventListener('pointercancel', (event) => this.#letGo(event));
    this.root.addEventListener('lostpointercapture', (event) => this.#letGo(event));
  }

  /** Whether one is being dragged. */
  get held() {
    return this.#held !== null;
  }

  update({ handles, controls }, words) {
    this.#handles = handles;
    const byId = new Map(controls.map((control) => [control.id, control]));
    this.knobs.update(handles).forEach(({ root }, at) => {
      const { x, y, label, grips } = handles[at];
      const set = grips.map(({ control }) => byId.get(control)).filter(Boolean);
      root.style.transform = `translate(${x}px, ${y}px)`;
      attribute(root, 'aria-label', words.say(label));
      if (!set.length) return;
      const [{ value, min, max }] = set;
      attribute(root, 'aria-valuenow', value);
      attribute(root, 'aria-valuemin', min ?? 0);
      attribute(root, 'aria-valuemax', max);
      attribute(root, 'aria-valuetext', words.settings(set));
      attribute(root, 'aria-orientation', grips.every(({ keys }) => keys === 'vertical') ? 'vertical' : 'horizontal');
    });
  }

  #knob({ id, role }) {
    const root = element(`div.handle.role-${role}`, { role: 'slider', tabIndex: 0, 'data-id': id }, element('div.pad'));
    root.addEventListener('keydown', (event) => this.#press(event, id));
    root.addEventListener('keyup', () => this.scene.settle());
    root.addEventListener('blur', () => this.scene.settle());
    return { root };
  }

  #at(event) {
    const { left, top } = this.root.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  /** The handle that a pointer gets there, if one is near enough. */
  #nearest(event) {
    const [x, y] = this.#at(event);
    const away = (handle) => Math.hypot(handle.x - x, handle.y - y);
    const near = this.#handles.filter((h) => Math.max(Math.abs(h.x - x), Math.abs(h.y - y)) <= REACH + 1);
    return near.sort((a, b) => away(a) - away(b))[0] ?? null;
  }

  /** Shows which handle the pointer would get. */
  #point(handle) {
    const knob = handle && this.knobs.get(handle.id).root;
    if (knob === this.#near) return;
    this.#near?.classList.remove('near');
    knob?.classList.add('near');
    this.#near = knob;
  }

  #grab(event) {
    if (event.button !== 0 || this.#held || !this.scene.request) return;
    const nearest = this.#nearest(event);
    if (!nearest) return;
    event.preventDefault();
    const { root } = this.knobs.get(nearest.id);
    root.focus({ preventScroll: true, focusVisible: false });
    root.setPointerCapture(event.pointerId);
    root.classList.add('held');
    const movement = this.scene.begin({ holds: true });
    this.#held = { handle: nearest, root, pointer: event.pointerId, from: [event.clientX, event.clientY], movement, along: null, by: [0, 0], drawn: new Map() };
  }

  #move(event) {
    const held = this.#held;
    if (!held || event.pointerId !== held.pointer) return;
    // As the hand has moved: the page may scroll under it when what is dragged changes its height.
    const by = [event.clientX - held.from[0], event.clientY - held.from[1]];
    if (held.handle.swept) this.#sweep(held, by, event.shiftKey);
    else this.#pull(held, by, event.shiftKey);
    held.by = by;
  }

  /** Only where the drag began and where it is counts. A handle with two settings changes the one that is meant. */
  #pull(held, [dx, dy], fine) {
    const { id, free, grips } = held.handle;
    const several = !free && new Set(grips.map(({ keys }) => keys)).size > 1;
    held.along = several ? direction(held.along, dx, dy) : null;
    const moved = several && !held.along ? { dx: 0, dy: 0 } : { dx, dy };
    const { along } = held;
    this.scene.change(id, (request) => core.drag(request, { handle: id, ...moved, ...(along && { along }), fine }), held.movement);
  }

  /**
   * Over neighbours of one kind, each takes the height at which the pointer passes it, however fast. What it has come
   * back over is as it was.
   */
  #sweep(held, [dx, dy], fine) {
    const { handle, by, drawn } = held;
    const [x0, y0, x1, y1] = [handle.x + by[0], handle.y + by[1], handle.x + dx, handle.y + dy];
    const row = this.#handles.filter(({ swept, panel, role }) => swept && panel === handle.panel && role === handle.role);
    for (const other of row) {
      const along = (other.x - x0) / (x1 - x0);
      if (along >= 0 && along < 1) drawn.set(other.id, y0 + along * (y1 - y0));
    }
    const [nearest] = [...row].sort((a, b) => Math.abs(a.x - x1) - Math.abs(b.x - x1));
    drawn.set(nearest.id, y1);
    for (const { id, x } of row) if ((x - handle.x) * (x - nearest.x) > 0) drawn.delete(id);
    const heights = Object.fromEntries(drawn);
    this.scene.change(handle.id, (request) => core.sweep(request, { drawn: heights, fine }), held.movement);
  }

  #release(event) {
    if (event.pointerId !== this.#held?.pointer) return;
    this.#drop();
    this.scene.settle();
  }

  /** The system took the pointer away: what was being dragged goes back. */
  #letGo(event) {
    if (event.pointerId !== this.#held?.pointer) return;
    this.#giveBack();
  }

  #giveBack() {
    const { given } = this.#held.movement;
    this.#drop();
    this.scene.restore(given);
  }

  #drop() {
    const { root } = this.#held;
    this.#held = null;
    root.classList.remove('held');
  }

  #press(event, id) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape' && this.#held) {
      event.preventDefault();
      this.#giveBack();
      return;
    }
    const { grips } = this.#handles.find((handle) => handle.id === id) ?? {};
    const job = grips?.length && this.#key(event, id, grips);
    if (!job) return;
    event.preventDefault();
    this.scene.change(id, job);
    // Holding a key down is one movement, that ends when the key comes up.
    if (!event.repeat) this.scene.settle();
  }

  #key({ key, shiftKey: fine }, id, grips) {
    const [{ control, keys }] = grips;
    if (key in ENDS) return (request) => core.slide(request, control, ENDS[key], false);
    const [wanted, steps] = ARROWS[key] ?? [keys, PAGES[key]];
    if (!steps) return null;
    // A handle that moves one way only answers to all arrows, as any slider does.
    const direction = grips.some((grip) => grip.keys === wanted) ? wanted : keys;
    return (request) => core.press(request, { handle: id, direction, steps, fine });
  }
}

/** The direction that a drag keeps to: the one it took first, until it has clearly gone further the other way. */
function direction(before, dx, dy) {
  const [across, up] = [Math.abs(dx), Math.abs(dy)];
  if (Math.max(across, up) < MEANT) return null;
  const lead = { horizontal: CLEARLY, vertical: 1 / CLEARLY }[before] ?? 1;
  return up > lead * across ? 'vertical' : 'horizontal';
}
