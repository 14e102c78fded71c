// The lesson's page: one switch for the unit, one for the theme, and links that open a scene in a state.

import './kl-scene.js';
import { attribute } from './dom.js';
import { readHash } from './link.js';
import { Notices } from './notices.js';
import { segments } from './segments.js';

document.querySelector('.missing')?.remove();
const scenes = [...document.querySelectorAll('.scene-chapter > kl-scene')];
const notices = new Notices();
const units = segments('Unit', ['nats', 'bits'], (unit) => setUnits(unit));
const theme = segments('Theme', ['auto', 'light', 'dark'], (name) => setTheme(name));

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
    notices.say(`scene: ${state.scene} is not the name of a scene.`);
    return;
  }
  if (state.units) setUnits(state.units);
  scene.show(state);
  arrive(scene.closest('section'));
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
  const beside = scenes.slice(Math.max(0, below - 1), below + 1);
  place.scrollIntoView({ behavior: 'instant' });
  Promise.allSettled(beside.map((one) => one.ready)).then(() => {
    if (!leave.signal.aborted) place.scrollIntoView({ behavior: 'instant' });
    leave.abort();
  });
}

/** Storage may be refused, and does without. */
function remember(key, value) {
  try {
    localStorage.setItem(`kl-${key}`, value);
  } catch {
    // The choice holds for this visit.
  }
}

function remembered(key) {
  try {
    return localStorage.getItem(`kl-${key}`);
  } catch {
    return null;
  }
}

// A formula too long for the window scrolls, and must then be reachable without a mouse.
const reachable = new ResizeObserver((entries) => {
  for (const { target } of entries) attribute(target, 'tabindex', target.scrollWidth > target.clientWidth ? 0 : null);
});
for (const formula of document.querySelectorAll('.formula')) reachable.observe(formula);

document.getElementById('notices').append(notices.root);
const switches = document.getElementById('switches');
switches.append(units.root, theme.root);
switches.hidden = false;
setUnits('nats');
setTheme(['light', 'dark'].find((name) => name === remembered('theme')) ?? 'auto');
addEventListener('kl-units', ({ detail }) => setUnits(detail.units));
addEventListener('hashchange', follow);
follow();
