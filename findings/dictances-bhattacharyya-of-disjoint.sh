#!/usr/bin/env bash
# What: dictances 1.5.3 (PyPI), bhattacharyya(a, b), the distance −ln Σ √(p q).
# Guess beforehand: infinite for distributions that share no event.
# Seen: 0, as for a distribution from itself, with numpy's warning of a division by zero on the way.
# Why it surprises: the two pairs that are furthest apart and nearest get the same number, while the coefficient beside it
# (bhattacharyya_coefficient) tells them apart: 0 and 1.
# Who is hurt: whoever searches neighbours or clusters by this distance: what has nothing in common is merged first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "dictances==1.5.3" "numpy==2.2.6"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from importlib.metadata import version
from dictances import bhattacharyya, bhattacharyya_coefficient

heads, tails = {"heads": 1.0}, {"tails": 1.0}
print("dictances", version("dictances"))
print("Distributions without a shared event have distance 0, as equal ones have.")
print("distance of (heads 1) and (tails 1):", bhattacharyya(heads, tails), " coefficient:", bhattacharyya_coefficient(heads, tails))
print("distance of (heads 1) and itself:   ", bhattacharyya(heads, heads), " coefficient:", bhattacharyya_coefficient(heads, heads))
assert bhattacharyya(heads, tails) == 0 and bhattacharyya(heads, heads) == 0, "the behaviour has changed"
assert bhattacharyya_coefficient(heads, tails) == 0 and bhattacharyya_coefficient(heads, heads) == 1, "the behaviour has changed"
PYTHON
