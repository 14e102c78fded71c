"""Writes further.json: cases beyond the reference, as requests to the calculator with values of 20 to 30 digits.

Needs mpmath and scipy. Every value is computed twice, at two precisions (integrals also with other panels), and
is given to the digits on which both agree, at least 20. `peers` holds what scipy's own functions, scipy's quad with its defaults on scipy's densities,
and the textbook formula in plain floats make of the same case; null where there is no such thing.

    python3 further.py > further.json
"""

import json
import math
import random
import sys
from fractions import Fraction

import numpy as np
from mpmath import mp, mpf, inf
from scipy import integrate, special, stats
from scipy.spatial import distance

random.seed(20240607)
CASES = []


def twice(compute, precisions):
    """The value, and to how many digits two precisions agree on it (at least 20)."""
    values = []
    for digits in precisions:
        mp.dps = digits
        values.append(+compute())
    a, b = values
    agreed = 30 if a == b else min(30, int(-mp.log10(abs(a - b) / abs(b))))
    if agreed < 20:
        raise ValueError(f"{a} {b}")
    return b, agreed


def case(family, request, compute, precisions=(90, 110), **peers):
    value, digits = twice(compute, precisions)
    clean = {}
    for name, peer in peers.items():
        try:
            with np.errstate(all="ignore"):
                x = float(peer())
            clean[name] = None if math.isnan(x) else (str(x) if math.isinf(x) else x)
        except Exception:
            clean[name] = None
    text = "inf" if value == inf else mp.nstr(value, digits, min_fixed=1, max_fixed=0) if value else "0"
    print(len(CASES), family, request["measure"], text, file=sys.stderr)
    CASES.append({"id": f"further-{len(CASES):03}", "family": family, "request": request, "value": text, "peers": clean})


# --- finitely many outcomes -----------------------------------------------------------------------------------


def discrete(measure, p, q, order=None):
    """A measure of exact fractions."""
    p, q = [[mpf(f.numerator) / f.denominator for f in d] for d in (p, q)]
    def kl(a, b):
        return sum(x * mp.log(x / y) if x else mpf(0) for x, y in zip(a, b))
    m = [(x + y) / 2 for x, y in zip(p, q)]
    if measure == "kl":
        return kl(p, q)
    if measure == "js":
        return (kl(p, m) + kl(q, m)) / 2
    if measure == "tv":
        return sum(abs(x - y) for x, y in zip(p, q)) / 2
    if measure == "hellinger":
        return mp.sqrt(sum((mp.sqrt(x) - mp.sqrt(y)) ** 2 for x, y in zip(p, q)) / 2)
    if measure == "fisher_rao":
        return 4 * mp.asin(mp.sqrt(sum((mp.sqrt(x) - mp.sqrt(y)) ** 2 for x, y in zip(p, q))) / 2)
    if measure == "chi2":
        return sum((x - y) ** 2 / y for x, y in zip(p, q))
    if measure == "renyi":
        return mp.log(sum(x**order * y ** (1 - order) for x, y in zip(p, q))) / (order - 1)
    if measure == "alpha":
        return (1 - sum(x**order * y ** (1 - order) for x, y in zip(p, q))) / (order * (1 - order))
    if measure == "entropy":
        return -sum(x * mp.log(x) if x else mpf(0) for x in p)
    if measure in ("w1", "w2"):
        total, i, j, left_p, left_q = mpf(0), 0, 0, p[0], q[0]
        power = 1 if measure == "w1" else 2
        while True:
            step = min(left_p, left_q)
            total += step * abs(i - j) ** power
            left_p, left_q = left_p - step, left_q - step
            if left_p <= mpf(10) ** -38:
                i += 1
                if i == len(p):
                    break
                left_p = p[i] + (left_p if left_p < 0 else 0)
            if left_q <= mpf(10) ** -38:
                j += 1
                if j == len(q):
                    break
                left_q = q[j] + (left_q if left_q < 0 else 0)
        return total if power == 1 else mp.sqrt(total)
    raise ValueError(measure)


def discrete_peers(measure, p, q, order=None):
    p, q = np.array([float(x) for x in p]), np.array([float(x) for x in q])
    scipys = {
        "kl": lambda: stats.entropy(p, q),
        "js": lambda: distance.jensenshannon(p, q) ** 2,
        "w1": lambda: stats.wasserstein_distance(range(len(p)), range(len(q)), p, q),
        "entropy": lambda: stats.entropy(p),
    }
    books = {
        "kl": lambda: np.sum(p * np.log(p / q)),
        "js": lambda: 0.5 * np.sum(p * np.log(2 * p / (p + q))) + 0.5 * np.sum(q * np.log(2 * q / (p + q))),
        "tv": lambda: 0.5 * np.sum(np.abs(p - q)),
        "hellinger": lambda: np.sqrt(1 - np.sum(np.sqrt(p * q))),
        "fisher_rao": lambda: 2 * np.arccos(np.sum(np.sqrt(p * q))),
        "chi2": lambda: np.sum(p * p / q) - 1,
        "renyi": lambda: np.log(np.sum(p**order * q ** (1 - order))) / (order - 1),
        "alpha": lambda: (1 - np.sum(p**order * q ** (1 - order))) / (order * (1 - order)),
        "entropy": lambda: -np.sum(p * np.log(p)),
    }
    return {"scipy": scipys.get(measure, lambda: math.nan), "textbook": books.get(measure, lambda: math.nan)}


MEASURES = ["kl", "js", "tv", "hellinger", "chi2", "fisher_rao"]


def coins(p, q, measure, order=None):
    exact = [[1 - Fraction(x), Fraction(x)] for x in (p, q)]
    request = {"measure": measure, "p": {"family": "bernoulli", "p": p}, "q": {"family": "bernoulli", "p": q}}
    if order is not None:
        request["alpha"] = order
    o = None if order is None else Fraction(order)
    def compute():
        return discrete(measure, *exact, None if o is None else mpf(o.numerator) / o.denominator)
    case("bernoulli", request, compute, **discrete_peers(measure, *exact, order))


for measure in MEASURES:
    coins(0.3, 0.3 * (1 + 1e-8), measure)
    coins(1e-7, 3e-5, measure)
for order in (1 + 1e-9, 1 - 1e-6, 1e-9, 40.0):
    coins(0.4, 0.41, "renyi", order)
for order in (1 + 1e-9, 1e-12, -3.0, 0.5, 2.0):
    coins(0.4, 0.4001, "alpha", order)
coins(0.25, 0.75, "w2")


def weighted(p, q, measure):
    exact = [[Fraction(x) / sum(Fraction(y) for y in w) for x in w] for w in (p, q)]
    request = {
        "measure": measure,
        "p": {"family": "categorical", "weights": p},
        "q": {"family": "categorical", "weights": q},
    }
    case("categorical", request, lambda: discrete(measure, *exact), **discrete_peers(measure, *exact))


for size, near in ((4, 1e-8), (7, 1e-10), (12, 1.0)):
    p = [random.uniform(0.1, 9) for _ in range(size)]
    q = [x * (1 + near * random.uniform(-1, 1) * 0.9) for x in p]
    for measure in MEASURES + ["w1"]:
        weighted(p, q, measure)
weighted([1, 0, 2, 5, 0.5], [2, 1, 1, 1, 7], "w2")


def logits(p, q, t, measure):
    def softmax(values):
        e = [mp.exp(mpf(v) / mpf(t)) for v in values]
        s = mp.fsum(e)
        return [x / s for x in e]
    def compute():
        a, b = softmax(p), softmax(q)
        if measure == "kl":
            return mp.fsum(x * mp.log(x / y) for x, y in zip(a, b))
        m = [(x + y) / 2 for x, y in zip(a, b)]
        return mp.fsum(x * mp.log(x / z) + y * mp.log(y / z) for x, y, z in zip(a, b, m)) / 2
    def soft(values):
        e = np.exp(np.array(values) / t)
        return e / e.sum()
    side = lambda v: {"family": "categorical", "logits": v, "temperature": t}
    case(
        "softmax",
        {"measure": measure, "p": side(p), "q": side(q)},
        compute,
        (700, 800),
        scipy=lambda: stats.entropy(special.softmax(np.array(p) / t), special.softmax(np.array(q) / t))
        if measure == "kl"
        else distance.jensenshannon(special.softmax(np.array(p) / t), special.softmax(np.array(q) / t)) ** 2,
        textbook=lambda: np.sum(soft(p) * np.log(soft(p) / soft(q))) if measure == "kl" else math.nan,
    )


for t in (0.02, 1.0, 1e5):
    for measure in ("kl", "js"):
        logits([2.0, 0.5, -1.0, 3.25], [1.0, 0.75, 0.5, 2.0], t, measure)
        base = [12.0, 0.5, -1.0, 3.25]
        logits(base, [x + 1e-9 * k for k, x in enumerate(base)], t, measure)

# --- densities on the line ------------------------------------------------------------------------------------


class Normal:
    def __init__(self, mean, sd):
        self.wire = {"family": "normal", "mean": mean, "sd": sd}
        self.mean, self.sd = mean, sd
        self.scipy = stats.norm(mean, sd)
        self.support = (-inf, inf)
        self.cuts = [mean + k * sd for k in (-20, -9, -5, -2, 0, 2, 5, 9, 20)]

    def ln(self, x):
        z = (x - mpf(self.mean)) / mpf(self.sd)
        return -z * z / 2 - mp.log(mpf(self.sd)) - mp.log(2 * mp.pi) / 2


class Laplace:
    def __init__(self, mean, scale):
        self.wire = {"family": "laplace", "mean": mean, "scale": scale}
        self.mean, self.scale = mean, scale
        self.scipy = stats.laplace(mean, scale)
        self.support = (-inf, inf)
        self.cuts = [mean + k * scale for k in (-120, -40, -10, -3, 0, 3, 10, 40, 120)]

    def ln(self, x):
        return -abs(x - mpf(self.mean)) / mpf(self.scale) - mp.log(2 * mpf(self.scale))


class Exponential:
    def __init__(self, rate):
        self.wire = {"family": "exponential", "rate": rate}
        self.rate = rate
        self.scipy = stats.expon(scale=1 / rate)
        self.support = (mpf(0), inf)
        self.cuts = [0] + [k / rate for k in (1, 3, 10, 40, 120)]

    def ln(self, x):
        return mp.log(mpf(self.rate)) - mpf(self.rate) * x


class Cauchy:
    def __init__(self, location, scale):
        self.wire = {"family": "cauchy", "location": location, "scale": scale}
        self.scipy = stats.cauchy(location, scale)
        self.location, self.scale = location, scale
        self.support = (-inf, inf)
        self.cuts = [location + k * scale for k in (-1000, -30, -5, -1, 0, 1, 5, 30, 1000)]

    def ln(self, x):
        z = (x - mpf(self.location)) / mpf(self.scale)
        return -mp.log(1 + z * z) - mp.log(mp.pi * mpf(self.scale))


class Uniform:
    def __init__(self, low, high):
        self.wire = {"family": "uniform", "low": low, "high": high}
        self.low, self.high = low, high
        self.scipy = stats.uniform(low, high - low)
        self.support = (mpf(low), mpf(high))
        self.cuts = [low, high]

    def ln(self, x):
        return -mp.log(mpf(self.high) - mpf(self.low))


class Truncated:
    def __init__(self, mean, sd, low, high):
        self.wire = {"family": "truncated_normal", "mean": mean, "sd": sd, "low": low, "high": high}
        self.normal, self.low, self.high = Normal(mean, sd), low, high
        self.scipy = stats.truncnorm((low - mean) / sd, (high - mean) / sd, mean, sd)
        self.support = (mpf(low), mpf(high))
        self.cuts = [low, high] + [c for c in self.normal.cuts if low < c < high]

    def ln(self, x):
        n = self.normal
        a, b = [(mpf(e) - mpf(n.mean)) / mpf(n.sd) / mp.sqrt(2) for e in (self.low, self.high)]
        mass = (mp.erfc(a) - mp.erfc(b)) / 2 if a > 0 else (mp.erfc(-b) - mp.erfc(-a)) / 2
        return n.ln(x) - mp.log(mass)


class Beta:
    def __init__(self, a, b):
        self.wire = {"family": "beta", "a": a, "b": b}
        self.a, self.b = a, b
        self.scipy = stats.beta(a, b)
        self.support = (mpf(0), mpf(1))
        mean = a / (a + b)
        sd = math.sqrt(mean * (1 - mean) / (a + b + 1))
        self.cuts = [0, 1] + [c for c in (mean + k * sd for k in (-12, -5, -2, 0, 2, 5, 12)) if 0 < c < 1]

    def ln(self, x):
        a, b = mpf(self.a), mpf(self.b)
        ln_beta = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
        return (a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x) - ln_beta


class Mixture:
    def __init__(self, *parts):
        self.wire = {"family": "mixture", "components": [dict(zip(("weight", "mean", "sd"), c)) for c in parts]}
        self.parts = [(mpf(w), Normal(m, s)) for w, m, s in parts]
        total = sum(Fraction(w) for w, _, _ in parts)
        assert total == 1
        self.support = (-inf, inf)
        self.cuts = [c for _, n in self.parts for c in n.cuts]
        floats = [(float(w), n.scipy) for w, n in self.parts]

        class Frozen:
            def pdf(self, x):
                return sum(w * n.pdf(x) for w, n in floats)

            def logpdf(self, x):
                return np.log(self.pdf(x))

            def cdf(self, x):
                return sum(w * n.cdf(x) for w, n in floats)

        self.scipy = Frozen()

    def ln(self, x):
        return mp.log(mp.fsum(w * mp.exp(n.ln(x)) for w, n in self.parts))


def crossings(p, q, low, high, cuts):
    """Where p and q cross between the cuts."""
    found = []
    grid = sorted({mpf(c) for c in cuts if low <= c <= high and abs(c) < inf})
    fine = grid[:1]
    for a, b in zip(grid, grid[1:]):
        fine += between(a, b)
    fine += grid[-1:]
    return roots(lambda x: p.ln(x) - q.ln(x), fine)


def between(a, b):
    """Points of an interval on which no crossing falls by symmetry."""
    return [a + (b - a) * (k + 1 / mp.e) / 17 for k in range(17)]


def roots(gap, points):
    """Where gap changes its sign between the points, by bisection to the last digit."""
    found = []
    for a, b in zip(points, points[1:]):
        ga, gb = gap(a), gap(b)
        if ga * gb < 0:
            for _ in range(4 * mp.dps):
                m = (a + b) / 2
                gm = gap(m)
                a, b, ga = (m, b, gm) if ga * gm > 0 else (a, m, ga)
            found.append((a + b) / 2)
    return found


def line(p, q, measure, order=None):
    def kernel(lp, lq):
        x, y = mp.exp(lp), mp.exp(lq)
        t = lp - lq
        if measure == "kl":
            return x * t
        if measure == "js":
            m = (x + y) / 2
            return (x * (mp.log(x / m) if x else 0) + y * (mp.log(y / m) if y else 0)) / 2 if m else mpf(0)
        if measure == "tv":
            return abs(x - y) / 2
        if measure == "hellinger":
            return (mp.sqrt(x) - mp.sqrt(y)) ** 2 / 2
        if measure == "chi2":
            return mp.exp(2 * lp - lq) - 2 * x + y
        o = mpf(order)
        return mp.exp(o * lp + (1 - o) * lq)

    def compute():
        low, high = max(p.support[0], q.support[0]), min(p.support[1], q.support[1])
        cuts = [mpf(c) for c in p.cuts + q.cuts if low < c < high]
        if measure == "tv":
            cuts += crossings(p, q, low, high, cuts + [low, high])
        if mp.dps > 50:
            inner = sorted(set(cuts))
            cuts += [(a + b) / 2 for a, b in zip(inner, inner[1:])]
        ends = sorted(set([low, high] + cuts))
        value = mp.quad(lambda x: kernel(p.ln(x), q.ln(x)), ends, maxdegree=11)
        outside = mpf(0)
        if measure in ("js", "tv", "hellinger"):
            rate = mp.log(2) / 2 if measure == "js" else mpf(1) / 2
            for d in (p, q):
                inside = mp.quad(lambda x: mp.exp(d.ln(x)), ends, maxdegree=11)
                whole = d.support == (low, high)
                outside += mpf(0) if whole else rate * (1 - inside)
        value += outside
        if measure == "hellinger":
            return mp.sqrt(value)
        if measure == "bhattacharyya":
            return -mp.log(value)
        o = None if order is None else mpf(order)
        if measure == "renyi":
            return mp.log(value) / (o - 1)
        if measure == "alpha":
            return (1 - value) / (o * (1 - o))
        return value

    if measure == "bhattacharyya":
        order = 0.5

    def by_quad():
        f, g = p.scipy, q.scipy
        low, high = [float(e) for e in (max(p.support[0], q.support[0]), min(p.support[1], q.support[1]))]
        if measure == "kl":
            h = lambda x: f.pdf(x) * (f.logpdf(x) - g.logpdf(x))
        elif measure == "js":
            low, high = -np.inf, np.inf
            def h(x):
                a, b = f.pdf(x), g.pdf(x)
                return 0.5 * (special.rel_entr(a, (a + b) / 2) + special.rel_entr(b, (a + b) / 2))
        elif measure == "tv":
            low, high = -np.inf, np.inf
            h = lambda x: 0.5 * abs(f.pdf(x) - g.pdf(x))
        elif measure == "hellinger":
            low, high = -np.inf, np.inf
            h = lambda x: 0.5 * (math.sqrt(f.pdf(x)) - math.sqrt(g.pdf(x))) ** 2
        elif measure == "chi2":
            h = lambda x: (f.pdf(x) - g.pdf(x)) ** 2 / g.pdf(x)
        else:
            h = lambda x: math.exp(order * f.logpdf(x) + (1 - order) * g.logpdf(x))
        value = integrate.quad(h, low, high)[0]
        if measure == "hellinger":
            return math.sqrt(value)
        if measure == "bhattacharyya":
            return -math.log(value)
        if measure == "renyi":
            return math.log(value) / (order - 1)
        if measure == "alpha":
            return (1 - value) / (order * (1 - order))
        return value

    def textbook():
        if isinstance(p, Normal) and isinstance(q, Normal):
            a, b = p, q
            v = order and order * b.sd**2 + (1 - order) * a.sd**2
            if measure == "kl":
                return math.log(b.sd / a.sd) + (a.sd**2 + (a.mean - b.mean) ** 2) / (2 * b.sd**2) - 0.5
            if measure in ("renyi", "alpha"):
                r = math.log(b.sd / a.sd) + math.log(b.sd**2 / v) / (2 * (order - 1)) + order * (a.mean - b.mean) ** 2 / (2 * v)
                return r if measure == "renyi" else (1 - math.exp((order - 1) * r)) / (order * (1 - order))
            if measure == "hellinger":
                s = a.sd**2 + b.sd**2
                return math.sqrt(1 - math.sqrt(2 * a.sd * b.sd / s) * math.exp(-0.25 * (a.mean - b.mean) ** 2 / s))
        if isinstance(p, Beta) and isinstance(q, Beta) and measure == "kl":
            a, b, c, d = p.a, p.b, q.a, q.b
            return (special.betaln(c, d) - special.betaln(a, b) + (a - c) * special.digamma(a)
                    + (b - d) * special.digamma(b) + (c - a + d - b) * special.digamma(a + b))
        if isinstance(p, Cauchy) and isinstance(q, Cauchy) and measure == "kl":
            return math.log(((p.scale + q.scale) ** 2 + (p.location - q.location) ** 2) / (4 * p.scale * q.scale))
        if isinstance(p, Exponential) and isinstance(q, Exponential) and measure == "kl":
            return math.log(p.rate / q.rate) + q.rate / p.rate - 1
        return math.nan

    request = {"measure": measure, "p": p.wire, "q": q.wire}
    if order is not None and measure != "bhattacharyya":
        request["alpha"] = order
    case(p.wire["family"] + "/" + q.wire["family"], request, compute, (45, 55), scipy=by_quad, textbook=textbook)


for order in (0.3, 1 + 1e-7, 1 - 1e-9, 1e-8, 2.0, -0.7):
    line(Normal(0.2, 1.0), Normal(-0.4, 1.3), "alpha", order)
for order in (0.3, 1 + 1e-7, 1.9):
    line(Normal(0.2, 1.0), Normal(0.21, 1.02), "renyi", order)
line(Normal(0.2, 1.0), Normal(-0.4, 1.3), "chi2")
line(Normal(0.0, 1.0), Normal(1e-4, 1.0001), "hellinger")
line(Normal(0.0, 1.0), Normal(0.5, 30.0), "kl")
for measure in ("kl", "js", "tv", "hellinger", "bhattacharyya"):
    line(Laplace(0.0, 1.0), Normal(0.5, 1.2), measure)
    line(Normal(0.5, 1.2), Laplace(0.0, 1.0), measure)
    line(Laplace(0.3, 0.8), Laplace(-1.0, 2.0), measure)
    line(Exponential(1.5), Exponential(4.0), measure)
    line(Cauchy(0.0, 1.0), Cauchy(3.0, 0.5), measure)
    line(Truncated(0.0, 1.0, -1.0, 2.0), Truncated(0.5, 2.0, -1.0, 2.0), measure)
    line(Beta(2.5, 4.0), Beta(3.0, 3.5), measure)
line(Normal(0.0, 1.0), Cauchy(0.5, 2.0), "kl")
line(Laplace(0.0, 1.0), Cauchy(0.5, 2.0), "kl")
line(Exponential(2.0), Normal(0.5, 1.0), "kl")
line(Truncated(0.0, 1.0, 6.0, 8.0), Uniform(5.0, 9.0), "kl")
line(Uniform(0.2, 0.7), Beta(0.5, 3.0), "kl")
line(Beta(2.0, 2.0), Truncated(0.3, 0.5, 0.0, 1.0), "kl")
line(Beta(200.0, 300.0), Beta(210.0, 280.0), "js")
line(Beta(0.5, 0.5), Beta(2.0, 0.7), "hellinger")
for measure in ("js", "tv", "hellinger"):
    line(Uniform(-1.0, 1.0), Normal(0.5, 1.0), measure)
    line(Exponential(1.0), Normal(1.0, 1.0), measure)
for measure in ("chi2", "renyi", "alpha", "bhattacharyya"):
    order = 0.3 if measure in ("renyi", "alpha") else None
    line(Mixture((0.5, -1.0, 0.5), (0.5, 2.0, 1.0)), Mixture((0.25, 0.0, 1.5), (0.75, 1.0, 2.0)), measure, order)
line(Laplace(0.0, 1.0), Laplace(1.0, 1.5), "chi2")
line(Laplace(0.0, 1.0), Laplace(1.0, 1.5), "renyi", 1.5)


def betas(a, b, c, d):
    """D between Beta distributions by their logarithmic normalisers."""
    p, q = Beta(a, b), Beta(c, d)
    def compute():
        a_, b_, c_, d_ = mpf(a), mpf(b), mpf(c), mpf(d)
        with mp.extradps(30):
            lb = lambda x, y: mp.loggamma(x) + mp.loggamma(y) - mp.loggamma(x + y)
            return (lb(c_, d_) - lb(a_, b_) + (a_ - c_) * mp.digamma(a_) + (b_ - d_) * mp.digamma(b_)
                    + (c_ - a_ + d_ - b_) * mp.digamma(a_ + b_))
    def textbook():
        return (special.betaln(c, d) - special.betaln(a, b) + (a - c) * special.digamma(a)
                + (b - d) * special.digamma(b) + (c - a + d - b) * special.digamma(a + b))
    def by_quad():
        return integrate.quad(lambda x: p.scipy.pdf(x) * (p.scipy.logpdf(x) - q.scipy.logpdf(x)), 0, 1)[0]
    case("beta/beta", {"measure": "kl", "p": p.wire, "q": q.wire}, compute, scipy=by_quad, textbook=textbook)


betas(0.01, 5.0, 3.0, 0.2)
betas(1e6, 1e6, 1.000001e6, 0.999999e6)
betas(3e8, 2e8, 3.00001e8, 2.00001e8)
betas(1e-8, 1.0, 1e4, 2.0)
betas(2.0, 3.0, 2.00000001, 3.00000001)


# --- counts, entropies, information, transport ----------------------------------------------------------------


def poissons(a, b, measure):
    def compute():
        low = max(0, int(min(a, b) - 25 * math.sqrt(min(a, b)) - 60))
        high = int(max(a, b) + 25 * math.sqrt(max(a, b)) + 160)
        ln = lambda rate, k: k * mp.log(mpf(rate)) - mpf(rate) - mp.loggamma(k + 1)
        total = mpf(0)
        for k in range(low, high):
            x, y = mp.exp(ln(a, k)), mp.exp(ln(b, k))
            m = (x + y) / 2
            total += (x * mp.log(x / m) + y * mp.log(y / m)) / 2 if measure == "js" else abs(x - y) / 2
        return total
    k = np.arange(0, int(max(a, b) + 20 * math.sqrt(max(a, b)) + 60))
    f, g = stats.poisson.pmf(k, a), stats.poisson.pmf(k, b)
    case(
        "poisson",
        {"measure": measure, "p": {"family": "poisson", "rate": a}, "q": {"family": "poisson", "rate": b}},
        compute,
        scipy=lambda: distance.jensenshannon(f, g) ** 2 if measure == "js" else 0.5 * np.sum(np.abs(f - g)),
        textbook=lambda: math.nan,
    )


for a, b in ((3.0, 4.5), (0.01, 6.0), (900.0, 900.001)):
    poissons(a, b, "js")
    poissons(a, b, "tv")


def entropy(wire, compute, scipys, precisions=(90, 110)):
    case("entropy", {"measure": "entropy", "p": wire}, compute, precisions, scipy=scipys, textbook=lambda: math.nan)


def beta_entropy(a, b):
    def compute():
        x, y = mpf(a), mpf(b)
        with mp.extradps(25):
            return (mp.loggamma(x) + mp.loggamma(y) - mp.loggamma(x + y) - (x - 1) * mp.digamma(x)
                    - (y - 1) * mp.digamma(y) + (x + y - 2) * mp.digamma(x + y))
    entropy(Beta(a, b).wire, compute, lambda: stats.beta(a, b).entropy())


for a, b in ((2.0, 3.0), (0.02, 0.5), (1e5, 3e5), (1.0, 1.0000001)):
    beta_entropy(a, b)
for rate in (0.3, 20.0):
    def compute(rate=rate):
        ln = lambda k: k * mp.log(mpf(rate)) - mpf(rate) - mp.loggamma(k + 1)
        return -mp.fsum(mp.exp(ln(k)) * ln(k) for k in range(int(rate + 40 * math.sqrt(rate) + 80)))
    entropy({"family": "poisson", "rate": rate}, compute, lambda rate=rate: stats.poisson(rate).entropy())
for t in (Truncated(0.0, 1.0, -1.0, 2.0), Truncated(0.0, 2.0, 1.0, 9.0)):
    def compute(t=t):
        return -mp.quad(lambda x: mp.exp(t.ln(x)) * t.ln(x), sorted({mpf(c) for c in t.cuts}), maxdegree=11)
    entropy(t.wire, compute, lambda t=t: t.scipy.entropy(), (40, 50))


def table(rows):
    total = sum(Fraction(x) for row in rows for x in row)
    joint = [[Fraction(x) / total for x in row] for row in rows]
    r = [sum(row) for row in joint]
    c = [sum(col) for col in zip(*joint)]
    def compute():
        f = lambda x: mpf(x.numerator) / x.denominator
        return mp.fsum(f(x) * mp.log(f(x) / (f(r[i]) * f(c[j]))) for i, row in enumerate(joint) for j, x in enumerate(row) if x)
    a = np.array([[float(x) for x in row] for row in joint])
    def textbook():
        h = lambda v: -np.sum(v[v > 0] * np.log(v[v > 0]))
        return h(a.sum(0)) + h(a.sum(1)) - h(a)
    case(
        "mutual information",
        {"measure": "mutual_information", "table": rows},
        compute,
        scipy=lambda: np.sum(special.rel_entr(a, np.outer(a.sum(1), a.sum(0)))),
        textbook=textbook,
    )


table([[1, 2, 3], [4, 5, 6], [7, 8, 1]])
table([[30, 20, 10], [60, 40, 20.000001], [15, 10, 5]])
table([[0.2, 0.3], [0.2 * (1 + 1e-9), 0.3]])
table([[1e-9, 1], [1, 1e9]])


def plane(mean_p, cov_p, mean_q, cov_q, measure):
    def compute():
        M = lambda c: mp.matrix([[mpf(c[0]), mpf(c[1])], [mpf(c[1]), mpf(c[2])]])
        P, Q = M(cov_p), M(cov_q)
        d = mp.matrix([mpf(mean_p[0]) - mpf(mean_q[0]), mpf(mean_p[1]) - mpf(mean_q[1])])
        with mp.extradps(25):
            if measure == "kl":
                S = mp.inverse(Q) * P
                return ((S[0, 0] + S[1, 1]) - 2 - mp.log(mp.det(S)) + (d.T * mp.inverse(Q) * d)[0]) / 2
            X = P * Q
            cross = mp.sqrt(X[0, 0] + X[1, 1] + 2 * mp.sqrt(mp.det(P) * mp.det(Q)))
            return mp.sqrt(d[0] ** 2 + d[1] ** 2 + P[0, 0] + P[1, 1] + Q[0, 0] + Q[1, 1] - 2 * cross)
    N = lambda c: np.array([[c[0], c[1]], [c[1], c[2]]])
    def textbook():
        P, Q, d = N(cov_p), N(cov_q), np.array(mean_p) - np.array(mean_q)
        if measure == "kl":
            return 0.5 * (np.trace(np.linalg.solve(Q, P)) - 2 - math.log(np.linalg.det(P) / np.linalg.det(Q)) + d @ np.linalg.solve(Q, d))
        from scipy.linalg import sqrtm
        r = sqrtm(P)
        return math.sqrt(d @ d + np.trace(P + Q - 2 * sqrtm(r @ Q @ r)).real)
    wire = lambda m, c: {"family": "normal2", "mean": m, "cov": c}
    case("normal2", {"measure": measure, "p": wire(mean_p, cov_p), "q": wire(mean_q, cov_q)}, compute,
         scipy=lambda: math.nan, textbook=textbook)


for measure in ("kl", "w2"):
    plane([0.0, 1.0], [2.0, 0.5, 1.0], [0.5, -1.0], [1.0, -0.3, 3.0], measure)
    plane([0.0, 0.0], [2.0, 0.5, 1.0], [0.0, 0.0], [2.0000002, 0.5, 1.0000001], measure)
    plane([0.0, 0.0], [1.0, 0.99999, 1.0], [0.0, 0.0], [1.0, -0.99, 1.0], measure)


def transport(p, q, measure):
    """W1 as the integral of |F − G|, W2 by the quantiles of a uniform."""
    def cdf(d):
        if isinstance(d, Normal):
            return lambda x: mp.erfc((mpf(d.mean) - x) / mpf(d.sd) / mp.sqrt(2)) / 2
        if isinstance(d, Laplace):
            def f(x):
                z = (x - mpf(d.mean)) / mpf(d.scale)
                return mp.exp(z) / 2 if z < 0 else 1 - mp.exp(-z) / 2
            return f
        if isinstance(d, Uniform):
            return lambda x: min(max((x - mpf(d.low)) / (mpf(d.high) - mpf(d.low)), mpf(0)), mpf(1))
        if isinstance(d, Mixture):
            return lambda x: mp.fsum(w * mp.erfc((mpf(n.mean) - x) / mpf(n.sd) / mp.sqrt(2)) / 2 for w, n in d.parts)
    def compute():
        f, g = cdf(p), cdf(q)
        gap = lambda x: f(x) - g(x)
        cuts = sorted({mpf(c) for c in p.cuts + q.cuts})
        fine = [x for a, b in zip(cuts, cuts[1:]) for x in between(a, b)]
        cuts += roots(gap, fine)
        if mp.dps > 45:
            cuts += [(a + b) / 2 for a, b in zip(sorted(cuts), sorted(cuts)[1:])]
        return mp.quad(lambda x: abs(gap(x)), [-inf] + sorted(cuts) + [inf], maxdegree=11)
    case("transport", {"measure": measure, "p": p.wire, "q": q.wire}, compute, (40, 50),
         scipy=lambda: integrate.quad(lambda x: abs(p.scipy.cdf(x) - q.scipy.cdf(x)), -np.inf, np.inf)[0],
         textbook=lambda: math.nan)


transport(Normal(0.0, 1.0), Normal(0.5, 3.0), "w1")
transport(Normal(0.0, 1.0), Laplace(0.5, 2.0), "w1")
transport(Uniform(-1.0, 2.0), Normal(0.5, 1.0), "w1")
transport(Uniform(-1.0, 2.0), Uniform(0.5, 1.0), "w1")
transport(Laplace(-1.0, 2.0), Laplace(0.5, 1.0), "w1")
transport(Mixture((0.5, -2.0, 0.5), (0.5, 2.0, 0.5)), Normal(0.0, 2.0), "w1")

print(json.dumps({"cases": CASES}, indent=1))
