#!/usr/bin/env bash
# What: pyinform 0.2.0 (PyPI, the Python side of the Inform library), relative entropy of two series and of two histograms.
# Guess beforehand: infinity where the second has never seen a state that the first has.
# Seen: nan, from both functions, without an error or a warning; where it is finite it is in bits.
# Why it surprises: the library raises errors of its own for bad input, and this input is not bad: the value is known, and
# every comparison with nan is false, so that neither "close" nor "far" holds.
# Who is hurt: whoever compares a short observed series with a model fitted to a shorter one; means over many pairs become nan.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "pyinform==0.2.0" "numpy==1.26.4"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version
from math import isnan, log2
from pyinform import shannon
from pyinform.dist import Dist
from pyinform.relativeentropy import relative_entropy

series, histograms = relative_entropy([0, 1], [0, 0]), shannon.relative_entropy(Dist([1, 1]), Dist([1, 0]))
finite = relative_entropy([0] * 9 + [1], [0] * 6 + [1] * 4)
print("pyinform", version("pyinform"))
print("A state that the second has never seen makes the relative entropy nan, not infinite; finite ones are in bits.")
print("series (0, 1) against (0, 0):     ", series)
print("counts (1, 1) against (1, 0):     ", histograms)
print("nine 0 and a 1 against six and four:", finite, "bits")
assert isnan(series) and isnan(histograms), "the behaviour has changed"
assert abs(finite - (0.9 * log2(1.5) + 0.1 * log2(0.25))) < 1e-12, "the behaviour has changed"
PYTHON
