// embed.html?scene=two-bells&p_mean=0: one scene in a frame.

import { scene, state } from './poster.js';
import './kl-scene.js';
import { valuesOf } from './attributes.js';
import { tellHeight } from './height.js';
import { listen } from './messages.js';

document.querySelector('.missing')?.remove();
state.values = { ...valuesOf(scene), ...state.values };
state.question ??= scene.getAttribute('question');
scene.begin(state);
tellHeight();
listen(scene);
