// A framed scene and the page around it, by messages: the page asks for the state and sets values, the scene answers,
// and tells each settled change. Whatever does not come from that page, or is not meant for us, is left alone.

import { UNITS } from './attributes.js';

/** More of them than any scene has controls. */
const MOST_VALUES = 100;

/** Answers for this scene from now on. */
export function listen(scene) {
  if (parent === window) return;
  // Frames without an origin of their own can't be told apart by it; the window can.
  const send = (message) => parent.postMessage(message, '*');
  addEventListener('message', async ({ source, data }) => {
    if (source !== parent || !isRecord(data) || !Object.hasOwn(ANSWERS, data.type)) return;
    const id = ['string', 'number'].includes(typeof data.id) ? data.id : null;
    try {
      await scene.ready;
      send({ id, ...ANSWERS[data.type](scene, data) });
    } catch (fault) {
      send({ id, type: 'kl-error', message: fault.message });
    }
  });
  scene.addEventListener('kl-change', () => send({ ...state(scene), type: 'kl-change' }));
  scene.addEventListener('kl-units', () => send({ ...state(scene), type: 'kl-change' }));
  scene.ready.then(
    () => send({ ...state(scene), type: 'kl-ready' }),
    (fault) => send({ id: null, type: 'kl-error', message: fault.message }),
  );
}

const ANSWERS = {
  'kl-get': (scene) => state(scene),
  'kl-set'(scene, { values = {}, units = null }) {
    if (units !== null && !UNITS.includes(units)) refuse('units', units, `is not one of ${UNITS.join(', ')}`);
    if (!isRecord(values)) refuse('values', values, 'is not an object of values by control');
    const entries = Object.entries(values);
    if (entries.length > MOST_VALUES) refuse('values', entries.length, `is more than ${MOST_VALUES}`);
    for (const [field, value] of entries) {
      if (!['string', 'number', 'boolean'].includes(typeof value)) refuse(field, value, 'is not a string, number or boolean');
    }
    if (units) scene.setAttribute('units', units);
    const problems = scene.apply(Object.fromEntries(entries));
    return { ...state(scene), problems };
  },
};

function state(scene) {
  const { values, readouts, units } = scene;
  return { type: 'kl-state', scene: scene.scene, units, values, readouts };
}

function isRecord(what) {
  return typeof what === 'object' && what !== null && !Array.isArray(what);
}

function refuse(field, value, rule) {
  throw new Error(`${field}: ${describe(value)} ${rule}`);
}

function describe(value) {
  const text = typeof value === 'string' ? value : String(JSON.stringify(value));
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
