#!/usr/bin/env bash
# What: @stdlib/stats-base-dists-geometric-entropy 0.3.1 (npm), entropy(p) in nats.
# Guess beforehand: 0 at p = 1, where the first trial succeeds for certain.
# Seen: NaN, from 0·ln 0 in the formula, though p = 1 is allowed: the same package family gives mean 0 and probability 1 for no
# failure there, and the Bernoulli entropy at its two certain ends is 0.
# Why it surprises: NaN is this family's sign for a parameter that is out of range, and 1 is in it.
# Who is hurt: whoever plots the entropy over p, or sums entropies of fitted distributions: one certain item makes all of it NaN.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @stdlib/stats-base-dists-{geometric-entropy,geometric-mean,geometric-pmf,bernoulli-entropy}@0.3.1 >/dev/null
node - <<'JAVASCRIPT'
const of = (name) => require(`@stdlib/stats-base-dists-${name}`);
const seen = {
  'geometric entropy at p = 1': of('geometric-entropy')(1),
  'geometric entropy at p = 0.5': of('geometric-entropy')(0.5),
  'geometric mean at p = 1': of('geometric-mean')(1),
  'geometric probability of no failure at p = 1': of('geometric-pmf')(0, 1),
  'Bernoulli entropy at p = 1': of('bernoulli-entropy')(1),
};
console.log('@stdlib/stats-base-dists-geometric-entropy', require('@stdlib/stats-base-dists-geometric-entropy/package.json').version);
console.log('The geometric distribution of a sure success is known to its siblings, and its entropy is NaN, not 0.');
for (const [what, value] of Object.entries(seen)) console.log(`${what}: ${value}`);
const [sure, half, mean, none, coin] = Object.values(seen);
if (!(Number.isNaN(sure) && Math.abs(half - 2 * Math.LN2) < 1e-12 && mean === 0 && none === 1 && coin === 0)) throw new Error('the behaviour has changed');
JAVASCRIPT
