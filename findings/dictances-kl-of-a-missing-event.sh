#!/usr/bin/env bash
# What: dictances 1.5.3 (PyPI), kullback_leibler(a, b) for distributions written as dictionaries.
# Guess beforehand: where b lacks an event that a has, the divergence is infinite.
# Seen: the event is left out of the sum, and the "divergence" of (½, ½) from (1) is −0.3466; only where no event at all is
# shared is it infinite.
# Why it surprises: leaving one key out of a dictionary is how the package says that a probability is 0; the worst model
# then looks better than the true one, whose divergence is 0.
# Who is hurt: whoever ranks models or documents by it, the smaller the better.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "dictances==1.5.3" "numpy==2.2.6"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version
from math import inf, log
from dictances import kullback_leibler

fair = {"heads": 0.5, "tails": 0.5}
missing, same, disjoint = kullback_leibler(fair, {"heads": 1.0}), kullback_leibler(fair, fair), kullback_leibler({"heads": 1.0}, {"tails": 1.0})
print("dictances", version("dictances"))
print("An event that the second distribution lacks is left out of the sum; only distributions without a shared event are infinitely far apart.")
print("D((heads ½, tails ½) ‖ (heads 1)) =", missing)
print("D((heads ½, tails ½) ‖ itself)    =", same)
print("D((heads 1) ‖ (tails 1))          =", disjoint)
assert abs(missing + 0.5 * log(2)) < 1e-12 and same == 0 and disjoint == inf, "the behaviour has changed"
PYTHON
