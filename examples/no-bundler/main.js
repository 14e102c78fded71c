// The element, and the numbers alone.

import 'kl-explorer';
import init, { measure } from 'kl-explorer/core';

const p = { family: 'normal', mean: 0, sd: 1 };
const q = { family: 'normal', mean: 0, sd: 2 };

init().then(() => {
  document.getElementById('measured').value = measure({ measure: 'kl', p, q }).value;
});
