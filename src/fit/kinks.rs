//! Bends of ln p that are shorter than the step of a table, put right where they are sampled.
//!
//! Near a bend ln p is a parabola and w·softplus of the distance over w, the bend's width. A sum over samples misses the
//! integral of such a function, against anything smooth, by what Euler's and Maclaurin's formula says of its kink, and
//! by what the samples miss of ln(1 + e^−|t|) beside it. Both act on the first terms of the smooth function's series
//! alone; so four neighbours of the bend can carry the difference.

use crate::dist::bends::Bend;
use crate::fit::bell::Spaced;

/// From this width on, in steps, samples miss less of a bend than four neighbours can carry.
pub(super) const SHARP: f64 = 0.3;

/// ln(1 + e^−t) is nothing from here on.
const GONE: f64 = 38.0;

/// Simpson's rule for the integral of ln(1 + e^−t): intervals, and their length.
const INTERVALS: usize = 192;
const INTERVAL: f64 = 0.125;

/// Adds to samples of ln p at `places` what they miss of a bend of a width below [`SHARP`] steps.
pub(super) fn mend(values: &mut [f64], places: &Spaced, bend: &Bend) {
    let step = places.spacing;
    let at = ((bend.mean - places.first) + bend.offset) / step;
    let width = bend.width / step;
    let mut add = |index: f64, much: f64| {
        // A bend beyond the table has no part in it.
        if index >= 0.0
            && let Some(value) = values.get_mut(index as usize)
        {
            *value += bend.share * much;
        }
    };
    // The kink: its slope turns by 1/width, its curvature by `turn`, both times the step, the unit of length here.
    let right = at.floor() + 1.0;
    let eta = right - at;
    let (slope, turn) = (1.0 / width, bend.turn * step * step);
    let moments: [f64; 4] = std::array::from_fn(|n| {
        let n = n as f64;
        slope * bernoulli(n as usize + 2, eta) / (n + 2.0) + 0.5 * turn * bernoulli(n as usize + 3, eta) / (n + 3.0)
    });
    for (k, carried) in carried(eta, moments).into_iter().enumerate() {
        add(right + k as f64 - 2.0, carried);
    }
    // The excess over the kink: its integral in place of its samples.
    for i in 0..=INTERVALS {
        let t = INTERVAL * i as f64;
        let simpson = if i == 0 || i == INTERVALS { 1.0 } else { 2.0 + 2.0 * (i % 2) as f64 };
        let mass = width * simpson * INTERVAL / 3.0 * excess(t);
        for side in [-1.0, 1.0] {
            let place = at + side * width * t;
            let (left, f) = (place.floor(), place - place.floor());
            for (k, share) in between(f).into_iter().enumerate() {
                add(left + k as f64 - 1.0, mass * share);
            }
        }
    }
    let reach = (GONE * width).ceil() as i32;
    for k in -reach..=reach {
        let index = right + f64::from(k);
        add(index, -excess((index - at).abs() / width));
    }
}

/// ln(1 + e^−t).
fn excess(t: f64) -> f64 {
    (-t).exp().ln_1p()
}

/// The shares of the points −1, 0, 1, 2 in the value of the cubic through them at `f`.
fn between(f: f64) -> [f64; 4] {
    let (a, b, c) = (f + 1.0, f - 1.0, f - 2.0);
    [-f * b * c / 6.0, a * b * c / 2.0, -a * f * c / 2.0, a * f * b / 6.0]
}

/// The amounts at η − 2, η − 1, η and η + 1 that have the given moments of order 0 to 3.
fn carried(eta: f64, moments: [f64; 4]) -> [f64; 4] {
    std::array::from_fn(|j| {
        // The cubic that is 1 at point j and 0 at the others, by its coefficients.
        let place = |k: usize| eta + k as f64 - 2.0;
        let mut cubic = [1.0, 0.0, 0.0, 0.0];
        for other in (0..4).filter(|k| *k != j) {
            let (from, scale) = (place(other), 1.0 / (place(j) - place(other)));
            for n in (0..4).rev() {
                let below = if n > 0 { cubic[n - 1] } else { 0.0 };
                cubic[n] = (below - from * cubic[n]) * scale;
            }
        }
        cubic.iter().zip(moments).map(|(c, m)| c * m).sum()
    })
}

/// Bernoulli's polynomials of degree 2 to 6.
fn bernoulli(degree: usize, x: f64) -> f64 {
    let x2 = x * x;
    match degree {
        2 => x2 - x + 1.0 / 6.0,
        3 => x * (x2 - 1.5 * x + 0.5),
        4 => x2 * (x2 - 2.0 * x + 1.0) - 1.0 / 30.0,
        5 => x * (x2 * (x2 - 2.5 * x + 5.0 / 3.0) - 1.0 / 6.0),
        _ => x2 * (x2 * (x2 - 3.0 * x + 2.5) - 0.5) + 1.0 / 42.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_carried_has_its_moments() {
        let moments = [0.3, -1.2, 0.7, 2.0];
        for eta in [0.01, 0.4, 1.0] {
            let found = carried(eta, moments);
            for (n, want) in moments.into_iter().enumerate() {
                let got: f64 = found.iter().enumerate().map(|(k, c)| c * (eta + k as f64 - 2.0).powi(n as i32)).sum();
                assert!((got - want).abs() < 1e-13, "{eta} {n}: {got}");
            }
        }
    }

    #[test]
    fn shares_between_points_give_every_cubic_its_value() {
        let cubic = |x: f64| 2.0 - x + 3.0 * x * x - 0.5 * x * x * x;
        for f in [0.0, 0.3, 0.99] {
            let got: f64 = between(f).into_iter().zip([-1.0, 0.0, 1.0, 2.0]).map(|(share, x)| share * cubic(x)).sum();
            assert!((got - cubic(f)).abs() < 1e-14, "{f}");
        }
    }

    #[test]
    fn sums_over_mended_samples_are_integrals() {
        // A kink between parabolas of curvature 0 and −2: softplus(x/w), and −x² from 0 on.
        let bell = |x: f64, sd: f64| (-0.5 * x * x / (sd * sd)).exp();
        let places = Spaced { first: -60.0, spacing: 1.0, count: 121 };
        for (width, offset) in [(1e-3, 0.37), (0.05, 0.0), (0.05, 0.5), (0.29, 0.9)] {
            let bend = Bend { mean: 0.0, offset, width, sharp: true, hidden: false, share: 1.0, turn: -2.0 };
            let f = |x: f64| {
                let y = x - offset;
                let soft = y.max(0.0) / width + excess(y.abs() / width);
                if y > 0.0 { soft - y * y } else { soft }
            };
            let mut values: Vec<f64> = places.iter().map(f).collect();
            mend(&mut values, &places, &bend);
            for sd in [1.6, 3.0, 6.0] {
                let got: f64 = places.iter().zip(&values).map(|(x, v)| v * bell(x - 0.2, sd)).sum();
                // On either side of the kink by itself.
                let step = 1.0 / 4096.0;
                let half = |side: f64| {
                    let at = |k: i32| {
                        let x = offset + side * step * (f64::from(k) + 0.5);
                        f(x) * bell(x - 0.2, sd) * step
                    };
                    (0..40 * 4096).map(at).sum::<f64>()
                };
                let want = half(-1.0) + half(1.0);
                let error = (got - want).abs() * width;
                assert!(error < 0.01 / sd.powi(4), "{width} {offset} {sd}: {got} is not {want}, {error:e}");
            }
        }
    }
}
