// What stands in a frame before the rest of its modules have come: the scene's element with its still picture, in the
// theme and language that the address asks for.

import { element } from './dom.js';
import { readParameters } from './parameters.js';
import * as supply from './supply.js';

const { scene: id, chrome, controls, theme, lang, state } = readParameters(location.search);

if (theme && theme !== 'auto') document.documentElement.dataset.theme = theme;
if (lang) document.documentElement.lang = lang;

/** The state that the address asks for. */
export { state };

/** The frame's scene; in a file of its own, it stands in the page already. */
export const scene = document.querySelector('kl-scene') ?? made(id ?? '');

for (const [name, value] of Object.entries({ chrome, controls })) if (value !== null) scene.setAttribute(name, value);
document.querySelector('main').append(scene);

function made(name) {
  const scene = element('kl-scene');
  scene.setAttribute('scene', name);
  // What is no name has no poster either.
  if (/^[a-z0-9-]+$/.test(name)) scene.append(element('div.poster', {}, element('img', { fetchPriority: 'high', src: supply.poster(name, document.documentElement.lang), alt: '' })));
  return scene;
}
