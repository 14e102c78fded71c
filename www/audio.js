// The figure's curves as sound: from left to right through the ears, higher where the curve is higher, one curve after
// the other. Started and stopped by the reader.

import * as core from './core.js';
import { element, write } from './dom.js';

/** Seconds to a curve, and between two. */
const LONG = 3;
const PAUSE = 1.2;
/** The pitch of the least and the greatest value, in Hz: two octaves. */
const PITCH = [220, 880];
/** How often the pitch is set anew, times a curve. */
const STEPS = 300;

/** Plays the curves of one scene. */
export class Audio {
  #context = null;
  #timers = [];

  constructor(scene) {
    this.scene = scene;
    this.button = element('button', { type: 'button', onclick: () => (this.#context ? this.stop() : this.#play()) });
    this.#name();
  }

  /** The button is of no use while a question is open or where nothing can sound. */
  update(asked) {
    this.button.hidden = typeof AudioContext !== 'function';
    if (asked) this.stop();
    this.button.disabled = asked;
  }

  stop() {
    if (!this.#context) return;
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
    this.#context.close();
    this.#context = null;
    this.#name();
  }

  #name() {
    const { words } = this.scene;
    write(this.button, this.#context ? words.say('Stop listening') : words.say('Listen'));
  }

  #play() {
    const { request, words } = this.scene;
    if (!request || !core.running()) return;
    const curves = heard(core.table(request));
    if (!curves.length) {
      this.scene.say(words.say('This figure has no curves to listen to.'));
      return;
    }
    this.#context = new AudioContext();
    this.#name();
    curves.forEach((curve, turn) => {
      const begin = turn * (LONG + PAUSE);
      this.#later(begin, () => this.scene.say(words.say('{number} of {count}: {name}', { number: turn + 1, count: curves.length, name: curve.name })));
      this.#later(begin + PAUSE, () => this.#sound(curve));
    });
    this.#later(curves.length * (LONG + PAUSE), () => this.stop());
  }

  #later(seconds, job) {
    this.#timers.push(setTimeout(job, 1000 * seconds));
  }

  #sound({ pitches, pans }) {
    const tone = this.#context.createOscillator();
    const loud = this.#context.createGain();
    const where = this.#context.createStereoPanner();
    const now = this.#context.currentTime;
    tone.frequency.setValueCurveAtTime(pitches, now, LONG);
    where.pan.setValueCurveAtTime(pans, now, LONG);
    // Without a click at either end.
    loud.gain.setValueAtTime(0, now);
    loud.gain.linearRampToValueAtTime(0.2, now + 0.03);
    loud.gain.setValueAtTime(0.2, now + LONG - 0.05);
    loud.gain.linearRampToValueAtTime(0, now + LONG);
    tone.connect(loud).connect(where).connect(this.#context.destination);
    tone.start(now);
    tone.stop(now + LONG);
  }
}

/** The curves that can be heard: lines of several points, none of a crowd; a panel's curves share one scale. */
export function heard(series) {
  const curves = series
    .filter(({ crowd, points }) => !crowd && points.length > 2)
    .map((one) => ({ ...one, points: one.points.filter((point) => point.every(Number.isFinite)) }))
    .filter(({ points }) => points.length > 2 && points.every(([x], at) => at === 0 || x >= points[at - 1][0]));
  const range = (panel, axis) => {
    const all = curves.filter(({ id }) => id === panel).flatMap(({ points }) => points.map((point) => point[axis]));
    return all.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
  };
  return curves.map(({ id, name, points }) => trace(name, points, range(id, 0), range(id, 1)));
}

function trace(name, points, [left, right], [low, high]) {
  const share = (v, from, to) => (to > from ? (v - from) / (to - from) : 0.5);
  const times = Array.from({ length: STEPS }, (_, step) => step / (STEPS - 1));
  const heights = times.map((time) => share(at(points, left + time * (right - left)), low, high));
  const [deepest, highest] = PITCH;
  return {
    name,
    pitches: Float32Array.from(heights, (height) => deepest * (highest / deepest) ** height),
    pans: Float32Array.from(times, (time) => 2 * time - 1),
  };
}

/** The height of a curve at a place, straight between its points; at its ends beyond them. */
function at(points, x) {
  const next = points.findIndex(([place]) => place >= x);
  if (next === 0) return points[0][1];
  if (next < 0) return points.at(-1)[1];
  const [[x0, y0], [x1, y1]] = [points[next - 1], points[next]];
  return x1 > x0 ? y0 + ((y1 - y0) * (x - x0)) / (x1 - x0) : y1;
}
