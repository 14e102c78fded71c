//! Factorised fits to two equal bells ½N(−g, Σ) + ½N(g, Σ): every stationary point of D(Q‖P) that may be a minimum.
//!
//! Only along v = s·x, s = Σ⁻¹g, is P more than one bell. With Λ = Σ⁻¹, d² = g·s, T₁ = E tanh v and T₂ = E sech² v
//! a stationary point has mean T₁g and variances 1/(Λᵢᵢ − sᵢ²T₂), so that v has mean μ = d²T₁ and variance
//! τ² = Σ sᵢ²/(Λᵢᵢ − sᵢ²T₂). For one τ the first equation holds in the middle, μ = 0, and, where d²T₂(0, τ) > 1, for one
//! μ on either side, since T₁ is concave in μ > 0. What is left is an equation in τ alone on each of two curves, both
//! of known extent. It is bracketed there: no step can run away, however flat the divergence is.

use std::f64::consts::PI;
use std::sync::LazyLock;

use crate::numeric::effort::spend;
use crate::numeric::root::bracketed;
use crate::numeric::special::erf;

/// The target, as far as the equations need it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Along {
    /// sᵢ².
    pub squares: [f64; 2],
    /// Λᵢᵢ.
    pub precision: [f64; 2],
    /// d².
    pub d2: f64,
}

/// A stationary point: its mean is T₁g.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    /// E tanh v and the means of its derivatives.
    pub t: [f64; 4],
    /// The variances.
    pub variances: [f64; 2],
}

/// One place on a curve: ln τ², and how much 1/Σsᵢ²vᵢ exceeds 1/τ² there, with its slope.
#[derive(Clone, Copy)]
struct Place {
    ln: f64,
    mean: f64,
    excess: f64,
    slope: f64,
}

/// Into so many stretches the curve on the side is cut: roots closer together are told by the slopes at their ends.
const STRETCHES: usize = 12;

/// Newton's method for the mean stops after so many steps, also where two roots meet and each only halves the distance.
const STEPS: usize = 60;

impl Along {
    /// The stationary points that minima are among: the one in the middle, and those on the side of g.
    pub fn points(&self) -> Vec<Point> {
        // τ² cannot be less than with T₂ = 0; a little below it the excess is negative for certain.
        let least = (0.9 * self.spread(self.variances(0.0))).ln();
        let mut found = Vec::new();
        let far = outwards(least, |ln| self.middle(ln).excess > 0.0);
        let middle = far.and_then(|far| bracketed(least, far, 0.0, |ln| self.middle(ln).excess));
        found.extend(middle.map(|ln| self.point(0.0, ln)));
        let side = |ln: f64| self.d2 * moments(0.0, sd(ln))[1] - 1.0;
        // The side ends where it meets the middle, if there is one at all.
        let end = outwards(least, |ln| side(ln) < 0.0).and_then(|far| bracketed(least, far, 0.0, side));
        if let Some(end) = end.filter(|end| *end > least) {
            found.extend(self.rises(least, end).into_iter().map(|at| self.point(at.mean, at.ln)));
        }
        found
    }

    /// The places on the side at which the excess rises through 0.
    fn rises(&self, least: f64, end: f64) -> Vec<Place> {
        let mut found = Vec::new();
        let mut here = self.side(self.d2, least);
        for k in 1..=STRETCHES {
            let ln = least + (end - least) * k as f64 / STRETCHES as f64;
            let next = if k == STRETCHES { self.middle(end) } else { self.side(here.mean, ln) };
            let from = here.mean;
            let at = |ln: f64| self.side(from, ln);
            // Where both ends have one sign but bend back towards 0, two roots may hide: they part at the turn.
            let dips = (here.excess > 0.0) == (next.excess > 0.0)
                && here.slope * here.excess < 0.0
                && next.slope * next.excess > 0.0;
            let turn = dips.then(|| bracketed(here.ln, next.ln, 1e-9, |ln| at(ln).slope)).flatten().map(at);
            let stops = [Some(here), turn, Some(next)];
            let stops: Vec<Place> = stops.into_iter().flatten().collect();
            for pair in stops.windows(2).filter(|pair| pair[0].excess < 0.0 && pair[1].excess >= 0.0) {
                found.extend(bracketed(pair[0].ln, pair[1].ln, 0.0, |ln| at(ln).excess).map(at));
            }
            here = next;
        }
        found
    }

    fn middle(&self, ln: f64) -> Place {
        self.place(0.0, ln, moments(0.0, sd(ln)))
    }

    /// The place on the side with variance e^`ln`; `above` is a mean that is not below its own. From there Newton's method
    /// comes down to it and does not overshoot, since μ ↦ d²T₁ − μ is concave.
    fn side(&self, above: f64, ln: f64) -> Place {
        let (mut mean, sd) = (above, sd(ln));
        let mut t = moments(mean, sd);
        for _ in 0..STEPS {
            let step = (mean - self.d2 * t[0]) / (1.0 - self.d2 * t[1]);
            if !(step.is_finite() && step > 4.0 * f64::EPSILON * mean && step < mean) {
                break;
            }
            mean -= step;
            t = moments(mean, sd);
        }
        self.place(mean, ln, t)
    }

    fn place(&self, mean: f64, ln: f64, t: [f64; 4]) -> Place {
        let (variance, v) = (ln.exp(), self.variances(t[1]));
        let spread = self.spread(v);
        // dT₂/dτ² along the curve; in the middle T₃ is 0.
        let drift = 0.5 * self.d2 * t[2] / (1.0 - self.d2 * t[1]);
        let along = if mean == 0.0 { 0.5 * t[3] } else { t[2] * drift + 0.5 * t[3] };
        let squares = self.squares[0] * v[0] * self.squares[0] * v[0] + self.squares[1] * v[1] * self.squares[1] * v[1];
        let (own, other) = (1.0 / variance, if spread.is_finite() { 1.0 / spread } else { 0.0 });
        let falls = if spread.is_finite() { squares / (spread * spread) * along * variance } else { 0.0 };
        Place { ln, mean, excess: other - own, slope: own - falls }
    }

    fn point(&self, mean: f64, ln: f64) -> Point {
        let t = moments(mean, sd(ln));
        Point { t, variances: self.variances(t[1]) }
    }

    /// 1/(Λᵢᵢ − sᵢ²T₂): infinite from where the divergence falls for ever.
    fn variances(&self, t2: f64) -> [f64; 2] {
        [0, 1].map(|i| {
            let narrow = self.precision[i] - self.squares[i] * t2;
            if narrow > 0.0 { 1.0 / narrow } else { f64::INFINITY }
        })
    }

    /// The variance of v.
    fn spread(&self, v: [f64; 2]) -> f64 {
        let part = |i: usize| if self.squares[i] == 0.0 { 0.0 } else { self.squares[i] * v[i] };
        part(0) + part(1)
    }
}

fn sd(ln: f64) -> f64 {
    (0.5 * ln).exp()
}

/// A place above `from` that is beyond what is looked for, found by doubling steps.
fn outwards(from: f64, beyond: impl Fn(f64) -> bool) -> Option<f64> {
    (0..10).map(|k| from + f64::from(1 << k)).find(|ln| beyond(*ln))
}

/// Points at a quarter of a unit, in sds or in v itself, whichever is finer: the nearest poles of tanh are π/2 away, so that
/// the trapezoidal rule is right to e^(−4π²).
const STEP: f64 = 0.25;
/// Beyond so many steps, 9 sds, there is no mass; and beyond so many in v, 20, tanh is ±1.
const SDS: i32 = 36;
const FLAT: i32 = 80;
/// The slope of the error function that is taken off tanh where it is summed in v.
const STEEP: f64 = 0.8;

/// The bell at every step of an sd.
static BELL: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let z = |k: i32| STEP * f64::from(k);
    (-SDS..=SDS).map(|k| (-0.5 * z(k) * z(k)).exp()).collect()
});

/// What is summed at every step of v: tanh less the error function, and the derivatives of tanh.
static SUMMED: LazyLock<Vec<[f64; 4]>> = LazyLock::new(|| {
    let at = |v: f64| {
        let [t, u, u1, u2] = tanh(v);
        [t - erf(STEEP * v), u, u1, u2]
    };
    (-FLAT..=FLAT).map(|k| at(STEP * f64::from(k))).collect()
});

/// tanh v and its first three derivatives.
fn tanh(v: f64) -> [f64; 4] {
    let e = (-2.0 * v.abs()).exp();
    let share = 1.0 / (1.0 + e);
    let (t, u) = (((1.0 - e) * share).copysign(v), 4.0 * e * share * share);
    [t, u, -2.0 * t * u, u * (6.0 * t * t - 2.0)]
}

/// The means of tanh v and of its first three derivatives for v ~ N(mean, sd): by 73 points in (v − mean)/sd, or, where
/// the bell is wider than 1, by up to 161 in v.
fn moments(mean: f64, sd: f64) -> [f64; 4] {
    let [t1, t2, t3, t4] = summed(mean, sd);
    // In the middle the odd ones are 0: what rounding leaves of them would make two fits of one.
    if mean == 0.0 { [0.0, t2, 0.0, t4] } else { [t1, t2, t3, t4] }
}

fn summed(mean: f64, sd: f64) -> [f64; 4] {
    let (mut sums, mut mass) = ([0.0; 4], 0.0);
    let mut add = |weight: f64, terms: [f64; 4]| {
        mass += weight;
        sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += weight * term);
    };
    if sd <= 1.0 {
        spend(BELL.len());
        (-SDS..=SDS).zip(BELL.iter()).for_each(|(k, weight)| add(*weight, tanh(mean + sd * STEP * f64::from(k))));
        return sums.map(|sum| sum / mass);
    }
    spend(SUMMED.len());
    for (k, terms) in (-FLAT..=FLAT).zip(SUMMED.iter()) {
        let z = (STEP * f64::from(k) - mean) / sd;
        add((-0.5 * z * z).exp(), *terms);
    }
    let scale = STEP / (sd * (2.0 * PI).sqrt());
    let step = erf(STEEP * mean / (1.0 + 2.0 * STEEP * STEEP * sd * sd).sqrt());
    [step + scale * sums[0], scale * sums[1], scale * sums[2], scale * sums[3]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sums_of_the_moments_agree() {
        for mean in [0.0, 0.3, 2.0, 15.0, -40.0] {
            let (below, above) = (moments(mean, 1.0), moments(mean, 1.0 + 1e-13));
            for (a, b) in below.iter().zip(above) {
                assert!((a - b).abs() < 1e-12, "{mean}: {below:?} {above:?}");
            }
        }
    }

    #[test]
    fn moments_are_those_of_limits_that_are_known() {
        // So narrow a bell sees tanh itself; so wide a one sees the sign of v, and sech² v as 2δ(v).
        let t = moments(0.7, 1e-9);
        assert!((t[0] - 0.7f64.tanh()).abs() < 1e-15 && (t[1] - (1.0 - 0.7f64.tanh().powi(2))).abs() < 1e-15);
        let (mean, sd) = (3e7, 1e8);
        let wide = moments(mean, sd);
        assert!((wide[0] - erf(0.3 / std::f64::consts::SQRT_2)).abs() < 1e-15);
        let density = (-0.045f64).exp() / (sd * (2.0 * PI).sqrt());
        assert!((wide[1] / (2.0 * density) - 1.0).abs() < 1e-12);
    }
}
