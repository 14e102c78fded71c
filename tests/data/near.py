"""Writes near.json: what scenes compare, at settings where both sides are equal or nearly so.

Needs mpmath. A case is a scene, its settings as they are written in a link, and the true values of readouts: each taken
of the very doubles that the settings are read as (or, where parts are divided by their sum, or compared with a quotient,
of the decimals that are written: 0.1 and 0.3 stand for one to three), at 80 digits and again at 100, and given to 30 (integrals at 34 and 44, and to 18).

    python3 near.py > near.json
"""

import json
from fractions import Fraction

from mpmath import mp, mpf, quad, inf

CASES = []


def number(text, decimal=False):
    """The double that a setting is read as, exactly, or the decimal that was written, if it has at most nine places."""
    short = decimal and Fraction(text) * 10**9 % 1 == 0
    f = Fraction(text) if short else Fraction(float(text))
    return mpf(f.numerator) / f.denominator


def case(scene, settings, compute, precisions=(80, 100), digits=30):
    """`compute` is given nothing and answers with {readout: value}, on whose digits both precisions must agree."""
    mp.dps = precisions[0]
    first = compute()
    mp.dps = precisions[1]
    second = compute()
    values = {}
    for name, value in second.items():
        exact = abs(value) < mpf(10) ** (10 - precisions[0])
        if not exact and value != inf and abs(value - first[name]) > abs(value) * mpf(10) ** -digits:
            raise ValueError((scene, settings, name, first[name], value))
        values[name] = "0" if exact else "inf" if value == inf else mp.nstr(value, digits, min_fixed=1, max_fixed=0)
    CASES.append({"scene": scene, "settings": settings, "values": values})


def term(a, b):
    return mpf(0) if a == 0 else inf if b == 0 else a * mp.log(a / b)


def kl(p, q):
    return sum((term(a, b) for a, b in zip(p, q)), mpf(0))


def entropy(p):
    return -sum((x * mp.log(x) for x in p if x), mpf(0))


def js(p, q):
    m = [(a + b) / 2 for a, b in zip(p, q)]
    return (kl(p, m) + kl(q, m)) / 2


def tv(p, q):
    return sum(abs(a - b) for a, b in zip(p, q)) / 2


def coin(p):
    return [1 - p, p]


def shares(texts):
    parts = [number(t, True) for t in texts]
    return [part / sum(parts) for part in parts]


def softmax(logits):
    weights = [mp.exp(z) for z in logits]
    return [w / sum(weights) for w in weights]


# Two coins and more: equal, next to each other, and near an end.
NEAR = [
    ("0.5", "0.5"), ("0.5", "0.50001"), ("0.5", "0.5000000001"), ("0.3", "0.30000000000001"), ("0.1", "0.10000000000000002"),
    ("0.999999", "0.9999990001"), ("0.000001", "0.0000010000001"), ("1", "0.9999999999"), ("0", "0.0000000001"),
    ("0.999999999999", "0.9999999999990001"), ("0.7", "0.7"), ("1", "1"), ("0", "0"), ("0.25", "0.250000001"),
    ("0.000000000001", "0.0000000000010000001"),
]
TINY = [("1e-300", "3e-300"), ("1e-310", "1e-300"), ("1e-300", "1.0000001e-300")]
for p, q in NEAR + TINY:
    precisions = (700, 720) if (p, q) in TINY else (80, 100)
    def of_coins(p=p, q=q):
        a, b = coin(number(p)), coin(number(q))
        return {"forward": kl(a, b), "reverse": kl(b, a)}

    case("two-coins", {"p": p, "q": q}, of_coins, precisions)
    case("evidence", {"p": p, "q": q}, lambda f=of_coins: {"forward": f()["forward"]}, precisions)

for p, q, r in [("0.4", "0.4", "0.4"), ("0.4", "0.4000001", "0.4000002"), ("0.4", "0.4", "0.400001"), ("0.2", "0.2000001", "0.2"),
                ("0.3", "0.30000000000001", "0.30000000000002"), ("0", "0", "0"), ("1", "1", "0.999999")]:
    def of_three(p=p, q=q, r=r):
        p, q, r = (coin(number(x)) for x in (p, q, r))
        return {"straight": kl(p, r), "forward": kl(p, q), "second": kl(q, r), "detour": kl(p, q) + kl(q, r), "reverse": kl(q, p)}

    case("not-a-distance", {"p": p, "q": q, "r": r}, of_three)

# The share of heads is a quotient, and seven of ten are 0.7.
for flips, heads, theta in [(10, 7, "0.7"), (10, 3, "0.3"), (3, 1, "0.3333333333"), (3, 1, "0.333333333333333"), (3, 2, "0.66666666666"),
                            (7, 1, "0.142857"), (50, 50, "1"), (50, 0, "0"), (49, 7, "0.14285714285714285"), (10, 7, "0.70000000001")]:
    def of_flips(flips=flips, heads=heads, theta=theta):
        share, q = mpf(heads) / flips, coin(number(theta, True))
        p = coin(share)
        return {"forward": kl(p, q), "entropy": entropy(p), "likelihood": -entropy(p) - kl(p, q)}

    case("likelihood", {"flips": str(flips), "heads": str(heads), "theta": theta}, of_flips)

# Bells.
for m1, s1, m2, s2 in [("0", "1", "0", "1"), ("0", "1", "0.0000001", "1"), ("0", "1", "0", "1.0000001"), ("1.7", "0.3", "1.7", "0.3"),
                       ("2", "0.7", "2.00000001", "0.70000001"), ("0", "1", "0", "1.000000000001")]:
    def of_bells(m1=m1, s1=s1, m2=m2, s2=s2):
        m, s, n, t = (number(x) for x in (m1, s1, m2, s2))
        d = lambda m, s, n, t: mp.log(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - mpf(1) / 2
        return {"forward": d(m, s, n, t), "reverse": d(n, t, m, s)}

    case("two-bells", {"p_mean": m1, "p_sd": s1, "q_mean": m2, "q_sd": s2}, of_bells)

# Shares of a whole: equal, in proportion, and nearly.
FOUR = ["sun", "cloud", "rain", "snow"]
PARTS = [
    (["0.4", "0.3", "0.2", "0.1"], ["0.4", "0.3", "0.2", "0.1"]),
    (["0.4", "0.3", "0.2", "0.1"], ["0.8", "0.6", "0.4", "0.2"]),
    (["0.1", "0.3", "0.6", "0"], ["0.03", "0.09", "0.18", "0"]),
    (["1", "1", "1", "0"], ["0.3", "0.3", "0.3", "0"]),
    (["1", "1", "1", "0"], ["0.34", "0.33", "0.33", "0"]),
    (["1", "1", "1", "1"], ["0.7", "0.7", "0.7", "0.700001"]),
    (["0.35", "0.15", "0.15", "0.05"], ["0.35", "0.15", "0.15", "0.050001"]),
    (["0.7", "0.7", "0.7", "0"], ["1", "1", "1", "0.0001"]),
    (["1", "0", "0", "0"], ["0.15", "0", "0", "0"]),
    (["0.3", "0.3", "0.3", "0"], ["0.300000001", "0.3", "0.3", "0"]),
]
for p, q in PARTS:
    settings = {f"{side}_{name}": part for side, parts in (("p", p), ("q", q)) for name, part in zip(FOUR, parts)}
    case("never-negative", settings, lambda p=p, q=q: {"forward": kl(shares(p), shares(q)), "tv": tv(shares(p), shares(q))})
    settings = {f"{side}_{name}": part for side, parts in (("p", p), ("q", q)) for name, part in zip("abcd", parts)}
    bits = lambda v: v / mp.log(2)
    case("extra-bits", settings, lambda p=p, q=q: {
        "entropy": bits(entropy(shares(p))), "forward": bits(kl(shares(p), shares(q))),
        "cross": bits(entropy(shares(p)) + kl(shares(p), shares(q))), "forward_nats": kl(shares(p), shares(q))})
    names = ["windows", "macos", "linux", "android"]
    for floor in ("-3", "0", "-12"):
        def floored(p=p, q=q, floor=floor):
            p, q, e = shares(p), shares(q), mp.mpf(10) ** number(floor)
            low = [(1 - e) * x + e / len(q) for x in q]
            return {"forward": kl(p, q), "reverse": kl(q, p), "js": js(p, q), "tv": tv(p, q), "smoothed": kl(p, low)}

        settings = {f"{side}_{name}": part for side, parts in (("p", p), ("q", q)) for name, part in zip(names, parts)}
        case("impossible-events", {"outcomes": "4", "log_eps": floor, **settings}, floored)

# Energies: all alike, nearly so, and hot.
for energies, log_t in [(["0"] * 5, "0"), (["3"] * 5, "-1"), (["1", "1", "1", "1", "1.000001"], "0"), (["0", "1", "2", "3", "4"], "2"),
                        (["0", "1", "2", "3", "4"], "-2"), (["2.5", "2.5", "2.5", "2.5", "2.50001"], "2"), (["0", "0.1", "0.2", "0.3", "0.4"], "1")]:
    def heated(energies=energies, log_t=log_t):
        e, t = [number(x) for x in energies], mp.mpf(10) ** number(log_t)
        hot, even = softmax([-x / t for x in e]), [mpf(1) / 5] * 5
        return {"forward": kl(hot, even), "reverse": kl(even, hot)}

    case("temperature", {**{f"e{i + 1}": x for i, x in enumerate(energies)}, "log_t": log_t}, heated)

# Ice cream in every weather, and nearly.
for sun, first, second in [("0.6", "0.7", "0.7"), ("0.1", "0.1", "0.100001"), ("0.6", "0.7", "0.7000000001"), ("0.5", "0", "0"), ("0.5", "1", "1"),
                           ("0.3", "0.999999", "0.9999990001"), ("0", "0.3", "0.9"), ("1", "0.3", "0.9"), ("0.999999", "0.2", "0.9"),
                           ("0.5", "0.5", "0.50000000000001"), ("0.01", "0.01", "0.02"), ("0.6", "0.1", "0.10000000000000002"),
                           ("0.000001", "0.000001", "0.000002"), ("0.6", "0.7", "0.2"), ("0.5", "1", "0"), ("0.25", "0", "0.0000001")]:
    def weather(sun=sun, first=first, second=second):
        w, a, b = (coin(number(x)) for x in (sun, first, second))
        margin = [w[1] * x + w[0] * y for x, y in zip(a, b)]
        joint = [w[1] * x for x in a] + [w[0] * x for x in b]
        return {"information": w[1] * kl(a, margin) + w[0] * kl(b, margin), "entropy_x": entropy(w), "entropy_y": entropy(margin),
                "entropy_joint": entropy(joint)}

    case("mutual-information", {"sun": sun, "ice_sun": first, "ice_rain": second}, weather)
for rho in ("0", "0.0000001", "-0.00001", "0.99", "0.5", "0.01"):
    case("mutual-information", {"kind": "gaussian", "rho": rho}, lambda rho=rho: {"information": -mp.log(1 - number(rho) ** 2) / 2})

# Labels that are what the model says, and nearly.
def labelled(y, z, smoothing):
    y, z, e = shares(y), [number(x) for x in z], number(smoothing)
    y, q = [(1 - e) * v + e / 3 for v in y], softmax(z)
    return {"forward": kl(y, q), "entropy": entropy(y), "loss": entropy(y) + kl(y, q), "perplexity": mp.exp(entropy(y) + kl(y, q))}


for y, z, smoothing in [(["0.6", "0.3", "0.1"], ["1.791759469228055", "1.0986122886681098", "0"], "0"), (["1", "1", "1"], ["0", "0", "0"], "0"),
                        (["0.2", "0.2", "0.2"], ["5", "5", "5"], "0.3"), (["1", "1", "1"], ["0.1", "0.1", "0.100001"], "0.5"),
                        (["1", "0", "0"], ["8", "-6", "-6"], "0"), (["0.5", "0.3", "0.2"], ["1", "0.4892", "0.0837"], "0"),
                        (["1", "1", "0.5"], ["0.6931471806", "0.6931471806", "0"], "0.01"), (["1", "1", "0.5"], ["2", "2", "1.3068528194400546"], "0")]:
    settings = {"label": "votes", "smoothing": smoothing, **{f"y_{n}": v for n, v in zip(("cat", "dog", "fox"), y)},
                **{f"z_{n}": v for n, v in zip(("cat", "dog", "fox"), z)}}
    case("cross-entropy", settings, lambda y=y, z=z, smoothing=smoothing: labelled(y, z, smoothing))

# What slides apart, from the start.
def density(bells, x):
    return sum(w * mp.exp(-(((x - m) / s) ** 2) / 2) / (s * mp.sqrt(2 * mp.pi)) for w, m, s in bells)


def over_the_line(f, bells):
    ends = sorted({m + k * s for _, m, s in bells for k in (-11, -7, -4, -2, 0, 2, 4, 7, 11)})
    points = [ends[0]] + [b for a, b in zip(ends, ends[1:]) if b - a > mpf(10) ** -2]
    return quad(f, points)


def kl_of(p, q):
    def f(x):
        a, b = density(p, x), density(q, x)
        return a * mp.log(a / b) - a + b

    return over_the_line(f, p + q)


def js_of(p, q):
    def f(x):
        a, b = density(p, x), density(q, x)
        m = (a + b) / 2
        return (a * mp.log(a / m) + b * mp.log(b / m)) / 2

    return over_the_line(f, p + q)


for gap in ("0", "0.000001", "0.0001", "0.05"):
    def bells_apart(gap=gap):
        g = number(gap)
        same = g == 0
        js = mpf(0) if same else js_of([(1, mpf(0), mpf(1))], [(1, g, mpf(1))])
        return {"forward": g**2 / 2, "js": js, "tv": mp.erf(g / (2 * mp.sqrt(2))), "w": g}

    case("sliding-apart", {"gap": gap}, bells_apart, (34, 44), 18)
for gap in ("0", "0.000001", "1", "1.000001"):
    def boxes_apart(gap=gap):
        g = number(gap)
        return {"forward": inf if g else g, "js": min(g, 1) * mp.log(2), "tv": min(g, 1), "w": g}

    case("sliding-apart", {"shape": "boxes", "box_gap": gap}, boxes_apart)


def bells(letter, parts):
    names = [(f"{letter}{i + 1}_{what}", v) for i, part in enumerate(parts) for what, v in zip(("weight", "mean", "sd"), part)]
    return {f"{letter}_bells": str(len(parts)), **dict(names)}


# Mixtures: the same bells in another order, with weights in the same proportions, counted twice; and nearly the same.
ONE, TWO, SPLIT = ("0.7", "-2", "0.8"), ("0.3", "2", "0.6"), [("0.35", "-2", "0.8"), ("0.3", "2", "0.6"), ("0.35", "-2", "0.8")]
MIXED = [
    ([ONE, TWO], [ONE, TWO]), ([ONE, TWO], [TWO, ONE]), ([ONE, TWO], SPLIT), (SPLIT, [TWO, ONE]),
    ([("0.1", "-2", "0.8"), ("0.3", "2", "0.6")], [("0.3", "-2", "0.8"), ("0.9", "2", "0.6")]),
    ([("0.07", "1", "1"), ("0.07", "2", "1"), ("0.07", "3", "1")], [("0.3", "1", "1"), ("0.3", "2", "1"), ("0.3", "3", "1")]),
    ([("0.2", "1", "1"), ("0.5", "1", "1")], [("1", "1", "1")]),
    ([ONE, TWO], [ONE, ("0.3", "2", "0.600001")]), ([ONE, TWO], [("0.7", "-2.00001", "0.8"), TWO]),
    ([ONE, TWO], [("0.70001", "-2", "0.8"), ("0.3", "2", "0.6")]), ([ONE, TWO], [("0.7", "-2", "0.8"), ("0.3", "2.0000001", "0.6")]),
    ([ONE, TWO], SPLIT[:2] + [("0.35", "-2", "0.80001")]),
]


def exactly(parts):
    parts = [(number(w, True), number(m), number(s)) for w, m, s in parts]
    total, merged = sum(w for w, _, _ in parts), {}
    for w, m, s in parts:
        merged[m, s] = merged.get((m, s), 0) + w / total
    return sorted((m, s, w) for (m, s), w in merged.items())


for p, q in MIXED:
    def mixed(p=p, q=q):
        p, q = exactly(p), exactly(q)
        if all(abs(x - y) < mpf(10) ** -30 for a, b in zip(p, q) for x, y in zip(a, b)) and len(p) == len(q):
            return {"forward": mpf(0), "reverse": mpf(0)}
        p, q = ([(w, m, s) for m, s, w in d] for d in (p, q))
        return {"forward": kl_of(p, q), "reverse": kl_of(q, p)}

    case("mixtures", {**bells("p", p), **bells("q", q)}, mixed, (34, 44), 18)

# Where the fit is P itself nothing is left; and Q beside it.
for q_mean, q_sd in [("1", "1.2"), ("1.0000001", "1.2"), ("1", "1.2000001")]:
    def one_mode(m=q_mean, s=q_sd):
        p, q = (number("1"), number("1.2")), (number(m), number(s))
        d = lambda p, q: mp.log(q[1] / p[1]) + (p[1] ** 2 + (p[0] - q[0]) ** 2) / (2 * q[1] ** 2) - mpf(1) / 2
        return {"forward": d(p, q), "reverse": d(q, p), "forward_fit": mpf(0), "reverse_fit_1": mpf(0)}

    case("two-fits", {"modes": "1", "p1_mean": "1", "p1_sd": "1.2", "q_mean": q_mean, "q_sd": q_sd}, one_mode)
for weight in ("0.5", "0.3", "0.05"):
    for alpha in ("-1", "0", "0.3", "0.5", "1", "2"):
        settings = {"weight": weight, "p1_mean": "0.7", "p2_mean": "0.7", "p1_sd": "0.9", "p2_sd": "0.9", "alpha": alpha}
        case("family", settings, lambda: {"value": mpf(0)})
case("when-modes-split", {"d": "0"}, lambda: {"best": mpf(0), "followed": mpf(0), "middle": mpf(0)})
for family in ("factorised", "full"):
    settings = {"target": "one", "rho": "0", "family": family, "q_x": "0", "q_y": "0", "q_sd_x": "1", "q_sd_y": "1"}
    case("mean-field", settings, lambda: {"forward": mpf(0), "reverse": mpf(0), "forward_fit": mpf(0), "reverse_fit_1": mpf(0)})

# The calculator: one distribution written as probabilities, weights and logits, and tables that are nearly independent.
def categorical(how, values, t="1"):
    family = {"family": "categorical", how: [float(v) for v in values]}
    return {**family, "temperature": float(t)} if how == "logits" else family


def probabilities(how, values, t="1"):
    values = [number(v) for v in values]
    return softmax([v / number(t) for v in values]) if how == "logits" else [v / sum(values) for v in values]


def measures(p, q):
    m = {"kl": kl(p, q), "js": js(p, q), "tv": tv(p, q), "chi2": sum(((a - b) ** 2 / b for a, b in zip(p, q) if a != b), mpf(0))}
    m["hellinger"] = mp.sqrt(sum((mp.sqrt(a) - mp.sqrt(b)) ** 2 for a, b in zip(p, q)) / 2)
    return m


for a, b in [
    (("weights", ["1", "2", "1"]), ("probs", ["0.25", "0.5", "0.25"])), (("weights", ["3", "3", "3"]), ("logits", ["7", "7", "7"])),
    (("logits", ["1", "2", "3"]), ("logits", ["101", "102", "103"])), (("logits", ["1", "2", "3"]), ("logits", ["2", "4", "6"], "2")),
    (("weights", ["1", "2"]), ("logits", ["0", "0.6931471805599453"])), (("weights", ["1", "3", "9"]), ("logits", ["0", "1.0986122886681098", "2.1972245773362196"])),
    (("logits", ["0", "0.000000001", "0.000000002"]), ("logits", ["0", "0", "0"])), (("logits", ["1", "2", "3"]), ("logits", ["1", "2", "3.0000000001"])),
    (("logits", ["1", "2", "3"], "1"), ("logits", ["1", "2", "3"], "1.00000001")), (("weights", ["1", "2", "3"]), ("weights", ["1", "2", "3.00000000001"])),
    (("probs", ["0.6590011388859679", "0.2424329707047139", "0.0985658904093182"]), ("logits", ["2", "1", "0.1"])),
    (("probs", ["0.1", "0.2", "0.7"]), ("weights", ["1", "2", "7"])), (("weights", ["0", "1", "1"]), ("weights", ["0", "1", "1.0000001"])),
    (("logits", ["0", "40"]), ("logits", ["0", "40.0000001"])), (("logits", ["0", "800"]), ("logits", ["0", "800.01"])),
]:
    request = {"p": categorical(*a), "q": categorical(*b)}
    precisions = (400, 420) if "800" in a[1] else (80, 100)
    case("measure", request, lambda a=a, b=b: measures(probabilities(*a), probabilities(*b)), precisions)
for table in [[["1", "2"], ["3", "6"]], [["1", "2"], ["3", "6.000001"]], [["0.07", "0.03"], ["0.63", "0.27"]], [["0.01", "0.09"], ["0.090001", "0.809999"]],
              [["1", "1", "1"], ["1", "1", "1.0000000001"]], [["0.1", "0.2"], ["0.1", "0.2"]], [["0", "1"], ["0", "2"]], [["0.5", "0"], ["0.5", "0.000000001"]]]:
    def of_table(table=table):
        cells = [[number(v) for v in row] for row in table]
        total = sum(sum(row) for row in cells)
        cells = [[v / total for v in row] for row in cells]
        rows, columns = [sum(row) for row in cells], [sum(column) for column in zip(*cells)]
        return {"mutual_information": kl([v for row in cells for v in row], [r * c for r in rows for c in columns])}

    case("measure", {"table": [[float(v) for v in row] for row in table]}, of_table)

print('{"cases": [\n' + ",\n".join(json.dumps(case, ensure_ascii=False) for case in CASES) + "\n]}")
