"""The best fits by the α-divergence, for tests/two_directions.rs: by trapezoidal sums over the line, minimised over
mean and ln sd from several starts. Needs numpy and scipy."""

import numpy as np
from scipy.optimize import minimize

x, step = np.linspace(-60, 60, 240001, retstep=True)


def ln_normal(mean, sd):
    return -0.5 * ((x - mean) / sd) ** 2 - np.log(sd) - 0.5 * np.log(2 * np.pi)


def best(w, m1, s1, m2, s2, alpha):
    ln_p = np.logaddexp(np.log(w) + ln_normal(m1, s1), np.log(1 - w) + ln_normal(m2, s2))

    def divergence(t):
        ln_q = ln_normal(t[0], np.exp(t[1]))
        if alpha == 1:
            return np.sum(np.exp(ln_p) * (ln_p - ln_q)) * step
        mixed = np.sum(np.exp(np.minimum(alpha * ln_p + (1 - alpha) * ln_q, 600))) * step
        return (1 - mixed) / (alpha * (1 - alpha))

    mean = w * m1 + (1 - w) * m2
    sd = np.sqrt(w * (s1**2 + m1**2) + (1 - w) * (s2**2 + m2**2) - mean**2)
    options = {"xatol": 1e-10, "fatol": 1e-15, "maxiter": 2000}
    starts = [(m1, s1), (m2, s2), (mean, sd), (m1, 0.8 * s1), (m2, 1.3 * s2)]
    found = [minimize(divergence, [m, np.log(s)], method="Nelder-Mead", options=options) for m, s in starts]
    least = min(found, key=lambda f: f.fun)
    return least.x[0], np.exp(least.x[1]), least.fun


TARGETS = [
    (0.8, 0, 0.3, 4, 0.75, 1),
    (0.95, 4, 0.3, 1.35, 0.39, 1.55),
    (0.95, 4, 0.3, 1.35, 0.4, 1.55),
    (0.8, -1.35, 0.7, 1.35, 0.75, 0.5),
]
for target in TARGETS:
    print(target, [round(float(v), 9) for v in best(*target)])
