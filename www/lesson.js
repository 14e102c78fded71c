// The lesson's page: one switch for the unit, one for the theme, and links that open a scene in a state.

import './kl-scene.js';
import { Contents } from './contents.js';
import { attribute } from './dom.js';
import { Lecture } from './lecture.js';
import { readHash } from './link.js';
import { Notices } from './notices.js';
import { segments } from './segments.js';
import { remember, remembered } from './store.js';
import { Words } from './words.js';

document.querySelector('.missing')?.remove();
const scenes = [...document.querySelectorAll('.scene-chapter > kl-scene')];
const words = new Words(document.documentElement.lang);
await words.load();
const notices = new Notices(words);
const unitNames = [['nats', words.say('nats')], ['bits', words.say('bits')]];
const units = segments(words.say('Unit'), unitNames, (unit) => setUnits(unit));
const themeNames = [['auto', words.say('auto')], ['light', words.say('light')], ['dark', words.say('dark')]];
const theme = segments(words.say('Theme'), themeNames, (name) => setTheme(name));

function setUnits(unit) {
  units.press(unit);
  for (const scene of document.querySelectorAll('kl-scene')) scene.setAttribute('units', unit);
}

function setTheme(name) {
  theme.press(name);
  if (name === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  remember('theme', name);
}

/** Goes where the address points: a scene in a state, if it names one. */
function follow() {
  const state = readHash(location.hash);
  notices.clear();
  if (!state) return;
  const place = document.getElementById(state.scene);
  if (place && !location.hash.includes('?')) {
    arrive(place);
    return;
  }
  const scene = scenes.find((one) => one.getAttribute('scene') === state.scene);
  if (!scene) {
    notices.say('{fault}.', { fault: words.say('scene: {id} is not the name of a scene', { id: state.scene }) });
    return;
  }
  if (state.units) setUnits(state.units);
  scene.show(state);
  arrive(scene.closest('section'));
}

/** In a frame that was given its text instead of an address, a link to a place on this page would lead to the page around it. */
function stay(event) {
  const link = event.target.closest('a[href^="#"]');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const page = (address) => address.replace(/#.*$/s, '');
  if (page(link.href) === page(location.href)) return;
  event.preventDefault();
  location.hash = link.getAttribute('href');
}

/**
 * Scenes that start beside a place grow, and would push it out of sight; so it is gone to again when they stand. A reader
 * who scrolls is left alone.
 */
function arrive(place) {
  const leave = new AbortController();
  for (const kind of ['wheel', 'touchmove', 'keydown', 'pointerdown', 'hashchange']) {
    addEventListener(kind, () => leave.abort(), { signal: leave.signal, passive: true });
  }
  const below = scenes.findIndex((scene) => place.compareDocumentPosition(scene) & Node.DOCUMENT_POSITION_FOLLOWING);
  const { hash } = location;
  const beside = scenes.slice(Math.max(0, below - 1), below + 1);
  place.scrollIntoView({ behavior: 'instant' });
  Promise.allSettled(beside.map((one) => one.ready)).then(() => {
    // Going back changes the address before any event tells of it.
    if (!leave.signal.aborted && location.hash === hash) place.scrollIntoView({ behavior: 'instant' });
    leave.abort();
  });
}

// A formula too long for the window scrolls, and must then be reachable without a mouse.
const reachable = new ResizeObserver((entries) => {
  for (const { target } of entries) attribute(target, 'tabindex', target.scrollWidth > target.clientWidth ? 0 : null);
});
for (const formula of document.querySelectorAll('.formula')) reachable.observe(formula);

const contents = new Contents(words, document.querySelector('.contents ol'), scenes.map((scene) => scene.closest('section')));
document.getElementById('notices').append(notices.root);
const switches = document.getElementById('switches');
// After what stands in the bar already, so that nothing moves.
switches.before(contents.root);
const lecture = new Lecture(words, scenes);
switches.append(units.root, theme.root, lecture.start);
switches.hidden = false;
setUnits('nats');
setTheme(['light', 'dark'].find((name) => name === remembered('theme')) ?? 'auto');
// The page in the other language opens where the reader is: at the scene that is being read, in its state.
const other = document.querySelector('.language');
for (const kind of ['pointerdown', 'focus']) {
  other?.addEventListener(kind, () => {
    const link = scenes.find((scene) => scene.closest('section') === contents.current)?.link;
    other.hash = link ? new URL(link).hash : (contents.current?.id ?? '');
  });
}
addEventListener('kl-units', ({ detail }) => setUnits(detail.units));
addEventListener('hashchange', follow);
addEventListener('click', stay);
follow();
