// embed.html?scene=two-bells&p_mean=0: one scene in a frame. In a file of its own, the scene stands in the page already.

import './kl-scene.js';
import { valuesOf } from './attributes.js';
import { element } from './dom.js';
import { tellHeight } from './height.js';
import { listen } from './messages.js';
import { readParameters } from './parameters.js';
import * as supply from './supply.js';

const { scene: id, chrome, controls, theme, lang, state } = readParameters(location.search);
if (theme && theme !== 'auto') document.documentElement.dataset.theme = theme;
if (lang) document.documentElement.lang = lang;
document.querySelector('.missing')?.remove();
const main = document.querySelector('main');
const written = main.querySelector('kl-scene');
// What stands in the page has begun already; one that has not can begin as the address asks.
const scene = written?.cloneNode(true) ?? made(id ?? '');
written?.remove();
for (const [name, value] of Object.entries({ chrome, controls })) if (value !== null) scene.setAttribute(name, value);
state.values = { ...valuesOf(scene), ...state.values };
state.question ??= scene.getAttribute('question');
scene.begin(state);
main.append(scene);
tellHeight();
listen(scene);

function made(name) {
  const scene = element('kl-scene');
  scene.setAttribute('scene', name);
  // What is no name has no poster either.
  if (/^[a-z0-9-]+$/.test(name)) scene.append(element('div.poster', {}, element('img', { src: supply.poster(name, document.documentElement.lang), alt: '' })));
  return scene;
}
