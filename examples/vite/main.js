// The element, and the numbers alone.

import 'kl-explorer';
import init, { measure } from 'kl-explorer/core';

await init();
const p = { family: 'normal', mean: 0, sd: 1 };
const q = { family: 'normal', mean: 0, sd: 2 };
document.getElementById('measured').value = measure({ measure: 'kl', p, q }).value;
