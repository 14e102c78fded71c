// embed.html?scene=two-bells&p_mean=0: one scene in a frame, which is told the height that it takes.

import './kl-scene.js';
import { readState } from './link.js';

const query = new URLSearchParams(location.search);
const scene = document.createElement('kl-scene');
scene.setAttribute('scene', query.get('scene') ?? '');
scene.begin(readState(location.search, ['scene']));
document.querySelector('main').append(scene);

let told = 0;
new ResizeObserver(() => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  if (parent === window || height === told) return;
  told = height;
  parent.postMessage({ type: 'kl-resize', height }, '*');
  parent.postMessage({ subject: 'lti.frameResize', height }, '*');
}).observe(document.documentElement);
