#!/usr/bin/env bash
# What: @stdlib/stats-base-dists-gamma-entropy 0.3.1 (npm), entropy(shape, rate) in nats.
# Guess beforehand: right to nearly all digits for every shape.
# Seen: α + ln Γ(α) + (1 − α)ψ(α) is summed as it stands. Its terms are of the size of α ln α and cancel to some ½ ln α: at α = 10⁶
# ten digits are left, at 10¹⁰ six, at 10¹⁴ the answer is 18 where 17.537 is right, and at 10¹⁶ it is 0 where 19.84 is right.
# (The truth here is the series ½ ln(2πeα) − 1/(3α) − …, whose next term is below 1/α².)
# Why it surprises: the functions that it is made of are among the most careful in JavaScript, and nothing warns.
# Who is hurt: whoever computes divergences or mutual information of waiting times with many events as differences of entropies.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @stdlib/stats-base-dists-gamma-entropy@0.3.1 >/dev/null
node - <<'JAVASCRIPT'
const entropy = require('@stdlib/stats-base-dists-gamma-entropy');
const truth = (shape) => 0.5 * Math.log(2 * Math.PI * Math.E * shape) - 1 / (3 * shape);
console.log('@stdlib/stats-base-dists-gamma-entropy', require('@stdlib/stats-base-dists-gamma-entropy/package.json').version);
console.log('The larger the shape, the fewer digits are right; from 10¹⁴ on none is.');
const off = {};
for (const power of [3, 6, 10, 14, 16]) {
  const shape = 10 ** power;
  off[power] = Math.abs(entropy(shape, 1) - truth(shape));
  console.log(`shape 1e${power}: ${entropy(shape, 1)}, right is ${truth(shape).toFixed(8)}`);
}
if (!(off[3] < 1e-6 && off[10] > 1e-6 && off[14] > 0.4 && off[16] > 19)) throw new Error('the behaviour has changed');
JAVASCRIPT
