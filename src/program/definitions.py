# What the Python programs are made of: each takes the definitions that it needs, in this order.

import math


def kl(p, q):
    """D(p‖q) in nats: what p never does adds nothing, what q rules out makes it infinite."""
    return math.fsum(a * math.log(a / b) if b else math.inf for a, b in zip(p, q) if a)


def kl_of_logs(p, q):
    """D(p‖q) in nats of the logarithms of probabilities, some of which are too small for a number."""
    return math.fsum(math.exp(a) * (a - b) for a, b in zip(p, q) if a > -math.inf)


def entropy(p):
    """H(p) in nats."""
    return math.fsum(-a * math.log(a) for a in p if a)


def cross_entropy(p, q):
    """H(p, q) in nats."""
    return math.fsum(-a * math.log(b) if b else math.inf for a, b in zip(p, q) if a)


def cross_entropy_of_logs(p, q):
    """H(p, q) in nats of the logarithms of probabilities, some of which are too small for a number."""
    return math.fsum(-math.exp(a) * b for a, b in zip(p, q) if a > -math.inf)


def js(p, q):
    """The Jensen–Shannon divergence in nats: both against their average."""
    average = [(a + b) / 2 for a, b in zip(p, q)]
    return (kl(p, average) + kl(q, average)) / 2


def tv(p, q):
    """The total variation."""
    return math.fsum(abs(a - b) for a, b in zip(p, q)) / 2


def kl_of_normals(p, q):
    """D(p‖q) in nats of normals (mean, sd)."""
    (m, s), (n, t) = p, q
    return math.log(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - 1 / 2


def entropy_of_normal(p):
    """H(p) in nats of a normal (mean, sd)."""
    return math.log(p[1] * math.sqrt(2 * math.pi * math.e))


def mean_log_likelihood(points, q):
    """The mean logarithm of the density of a normal (mean, sd) at some points."""
    m, s = q
    return math.fsum(-(((x - m) / s) ** 2) / 2 for x in points) / len(points) - math.log(s * math.sqrt(2 * math.pi))


def w2_of_normals(p, q):
    """The Wasserstein distance W2 of normals (mean, sd)."""
    return math.hypot(p[0] - q[0], p[1] - q[1])


def boxes(p, q):
    """The probabilities under two uniform distributions (low, high) of the pieces that their ends cut the line into."""
    ends = sorted({*p, *q})

    def mass(box, a, b):
        low, high = box
        return (b - a) / (high - low) if low <= a and b <= high else 0.0

    pieces = list(zip(ends, ends[1:]))
    return [mass(p, *piece) for piece in pieces], [mass(q, *piece) for piece in pieces]


def kl_of_boxes(p, q):
    """D(p‖q) in nats of uniform distributions (low, high)."""
    return kl(*boxes(p, q))


def js_of_boxes(p, q):
    """The Jensen–Shannon divergence in nats of uniform distributions (low, high)."""
    return js(*boxes(p, q))


def tv_of_boxes(p, q):
    """The total variation of uniform distributions (low, high)."""
    return tv(*boxes(p, q))


def w1_of_boxes(p, q):
    """The Wasserstein distance W1 of uniform distributions (low, high): the mean distance of their quantiles."""
    low, high = q[0] - p[0], q[1] - p[1]
    if low * high >= 0:
        return abs(low + high) / 2
    return (low**2 + high**2) / (2 * abs(high - low))


def ln_density(bells, x):
    """The logarithm of the density of a mixture of bells (weight, mean, sd), which can't underflow."""
    logs = [math.log(w / (s * math.sqrt(2 * math.pi))) - ((x - m) / s) ** 2 / 2 for w, m, s in bells]
    most = max(logs)
    return most + math.log(math.fsum(math.exp(v - most) for v in logs))


def integral(f, *mixtures, tolerance=1e-13):
    """The integral of f by Simpson's rule, between points where the bells bend, halved wherever it is not yet right."""
    steps = [-40, -12, -7, -4, -2, -1, 0, 1, 2, 4, 7, 12, 40]
    cuts = sorted({m + k * s for bells in mixtures for _, m, s in bells for k in steps})

    def halved(a, fa, m, fm, b, fb, whole, depth):
        l, r = (a + m) / 2, (m + b) / 2
        fl, fr = f(l), f(r)
        left, right = (m - a) * (fa + 4 * fl + fm) / 6, (b - m) * (fm + 4 * fr + fb) / 6
        change = left + right - whole
        if depth == 0 or abs(change) <= tolerance * (1 + abs(whole)):
            return left + right + change / 15
        return halved(a, fa, l, fl, m, fm, left, depth - 1) + halved(m, fm, r, fr, b, fb, right, depth - 1)

    def part(a, b):
        m = (a + b) / 2
        fa, fm, fb = f(a), f(m), f(b)
        return halved(a, fa, m, fm, b, fb, (b - a) * (fa + 4 * fm + fb) / 6, 40)

    return math.fsum(part(a, b) for a, b in zip(cuts, cuts[1:]))


def kl_of_densities(p, q):
    """D(p‖q) in nats of mixtures of bells (weight, mean, sd)."""

    def integrand(x):
        a, b = ln_density(p, x), ln_density(q, x)
        return math.exp(a) * (a - b)

    return integral(integrand, p, q)


def js_of_densities(p, q):
    """The Jensen–Shannon divergence in nats of mixtures of bells (weight, mean, sd)."""
    average = [(w / 2, m, s) for w, m, s in p + q]
    return (kl_of_densities(p, average) + kl_of_densities(q, average)) / 2


def tv_of_densities(p, q):
    """The total variation of mixtures of bells (weight, mean, sd)."""
    return integral(lambda x: abs(math.exp(ln_density(p, x)) - math.exp(ln_density(q, x))) / 2, p, q)


def alpha_of_densities(p, q, alpha):
    """The α-divergence, (∫ p^α q^(1−α) − 1) / (α(α − 1)), of mixtures of bells (weight, mean, sd)."""
    whole = integral(lambda x: math.exp(alpha * ln_density(p, x) + (1 - alpha) * ln_density(q, x)), p, q)
    return (whole - 1) / (alpha * (alpha - 1))


def kl_of_plane_normals(p, q):
    """D(p‖q) in nats of normals ((x, y), (xx, xy, yy)) in the plane: means and covariances."""
    (m, (a, b, c)), (n, (d, e, f)) = p, q
    det_p, det_q = a * c - b * b, d * f - e * e
    x, y = m[0] - n[0], m[1] - n[1]
    trace = (f * a - 2 * e * b + d * c) / det_q
    square = (f * x * x - 2 * e * x * y + d * y * y) / det_q
    return (trace + square - 2 + math.log(det_q / det_p)) / 2


def ln_plane_density(bells, x, y):
    """The logarithm of the density of a mixture of bells (weight, (x, y), (xx, xy, yy)) in the plane."""
    logs = []
    for w, (m, n), (a, b, c) in bells:
        det, u, v = a * c - b * b, x - m, y - n
        square = (c * u * u - 2 * b * u * v + a * v * v) / det
        logs.append(math.log(w / (2 * math.pi * math.sqrt(det))) - square / 2)
    most = max(logs)
    return most + math.log(math.fsum(math.exp(v - most) for v in logs))


def kl_in_the_plane(p, q):
    """D(p‖q) in nats of mixtures in the plane, summed on a grid so fine that the sum is the integral."""
    step = min(math.sqrt((a * c - b * b) / max(a, c)) for _, _, (a, b, c) in p + q) / 6
    ends = [[], []]
    for _, mean, (a, _, c) in p:
        for axis, variance in enumerate((a, c)):
            ends[axis] += [mean[axis] - 8 * math.sqrt(variance), mean[axis] + 8 * math.sqrt(variance)]
    xs, ys = ([min(e) + step * k for k in range(int((max(e) - min(e)) / step) + 1)] for e in ends)
    total = 0.0
    for x in xs:
        for y in ys:
            a = ln_plane_density(p, x, y)
            if a > -60:
                total += math.exp(a) * (a - ln_plane_density(q, x, y))
    return total * step**2


def mutual_information(table):
    """I(X; Y) in nats of a table of joint probabilities."""
    rows, columns = [math.fsum(row) for row in table], [math.fsum(column) for column in zip(*table)]
    cells = [(cell, r * c) for row, r in zip(table, rows) for cell, c in zip(row, columns) if cell]
    return math.fsum(cell * math.log(cell / apart) for cell, apart in cells)


def information_of_correlation(rho):
    """I(X; Y) in nats of two normals with that correlation."""
    return -math.log1p(-(rho**2)) / 2
