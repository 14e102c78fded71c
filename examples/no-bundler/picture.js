// A scene as a picture for paper, without a browser: node picture.js > two-bells.svg

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import init, { svg } from 'kl-explorer/core';

await init({ module_or_path: await readFile(fileURLToPath(import.meta.resolve('kl-explorer/core.wasm'))) });
console.log(svg({ scene: 'two-bells', values: { p_mean: 0, q_mean: 0, q_sd: 2 } }));
