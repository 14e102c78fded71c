"""Factorised fits to two equal bells by brute force, for src/fit/plane.rs and tests/two_directions.rs: D(Q‖P) by sums over
the plane, which converge faster than any power of the step, minimised over means and ln sds from several starts. Needs
numpy and scipy."""

import numpy as np
from scipy.optimize import minimize

z = np.linspace(-9, 9, 181)
w = np.exp(-z * z / 2)
w = w / w.sum()
X, Y = np.meshgrid(z, z, indexing="ij")
W = np.outer(w, w)


def reverse(gap, sd, rho):
    cov = np.array([[sd[0] ** 2, rho * sd[0] * sd[1]], [rho * sd[0] * sd[1], sd[1] ** 2]])
    inverse, level = np.linalg.inv(cov), -0.5 * np.log(np.linalg.det(cov)) - np.log(2 * np.pi)

    def bell(x, y, side):
        a, b = x - side * gap[0], y - side * gap[1]
        return level - 0.5 * (inverse[0, 0] * a * a + 2 * inverse[0, 1] * a * b + inverse[1, 1] * b * b)

    def divergence(t):
        x, y = t[0] + np.exp(t[2]) * X, t[1] + np.exp(t[3]) * Y
        ln_p = np.logaddexp(bell(x, y, 1), bell(x, y, -1)) - np.log(2)
        return -1 - np.log(2 * np.pi) - t[2] - t[3] - np.sum(W * ln_p)

    return divergence


TARGETS = [
    ((1.5, -1), (1, 1), 0),
    ((3, 3), (1, 1), 0.8),
    ((0.5, 0.5), (1, 1), -0.6),
    ((1.5, -1), (1, 1), 0.05),
    ((1, 1), (0.7, 0.7), 0),
    ((1.2, 0), (1, 0.6), 0),
    ((0.05, 0.05), (1, 1), 0.5),
    ((3, -3), (0.3, 0.3), 0.95),
    ((2.5, 2.5), (2, 0.3), -0.95),
]
for gap, sd, rho in TARGETS:
    objective = reverse(gap, sd, rho)
    best = None
    for share in (0, 1, 0.5):
        for scale in (0.5, 1):
            found = minimize(objective, [share * gap[0], share * gap[1], np.log(sd[0] * scale), np.log(sd[1] * scale)])
            options = {"xatol": 1e-9, "fatol": 1e-14, "maxiter": 4000}
            found = minimize(objective, found.x, method="Nelder-Mead", options=options)
            if np.isfinite(found.fun) and (best is None or found.fun < best.fun - 1e-9):
                best = found
    x, y, ln_x, ln_y = best.x
    print(gap, sd, rho, [round(float(v), 6) for v in (abs(x), abs(y), np.exp(2 * ln_x), np.exp(2 * ln_y))], round(float(best.fun), 9))
