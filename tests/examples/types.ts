// A program that uses the package as its types say; each line after `@ts-expect-error` must be refused.

import { KlScene, type Readout } from 'kl-explorer';
import init, { fit, measure, scenes, svg } from 'kl-explorer/core';

const made: KlScene = document.createElement('kl-scene');
made.setAttribute('scene', scenes()[0]?.id ?? '');
made.values = { p_mean: 0, q_sd: 2 };
const drawn: Promise<void> = made.ready;
await drawn;

const forward: Readout | undefined = made.readouts['forward'];
const told: string = `${forward?.text}, by ${forward?.method ?? 'nothing'}`;
document.querySelector('kl-scene')?.addEventListener('kl-change', ({ detail }) => {
  const mean: number | boolean | string | undefined = detail.values['p_mean'];
  console.log(detail.scene, mean, told);
});
made.addEventListener('kl-units', ({ detail }) => console.log(detail.units === 'bits'));

await init();
const p = { family: 'normal', mean: 0, sd: 1 } as const;
const value: number = measure({ measure: 'kl', p, q: { family: 'laplace', mean: 0, scale: 1 }, unit: 'bits' }).value;
const kinds: string[] = fit({ target: p, direction: 'reverse', family: 'normal' }).points.map(({ kind }) => kind);
console.log(value, kinds, svg({ scene: 'two-bells', values: { q_sd: 2 } }).length);

// @ts-expect-error: set by an attribute
made.scene = 'two-coins';
// @ts-expect-error: no unit is called so
measure({ measure: 'kl', p, q: p, unit: 'hartleys' });
// @ts-expect-error: a normal has a standard deviation
measure({ measure: 'entropy', p: { family: 'normal', mean: 0 } });
// @ts-expect-error: an order is missing
measure({ measure: 'renyi', p, q: p });
