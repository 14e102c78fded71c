//! The Beta distribution: what one believes about a coin's probability.

use std::ops::RangeInclusive;

use crate::dist::check::positive;
use crate::dist::density::{Density, Tail};
use crate::error::{Error, Result};
use crate::numeric::cancellation::{phi, psi};
use crate::numeric::quadrature::{Goal, on_line};
use crate::numeric::rng::Rng;
use crate::numeric::special::{HALF_LN_2_PI, beta_cdf, stirling_rest};

/// Density x^(a−1)·(1−x)^(b−1) / B(a, b) between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    a: f64,
    b: f64,
}

/// Parameters for which the incomplete beta function is quick and right; others are integrated.
const TABLE: RangeInclusive<f64> = 1e-2..=1e4;

impl Beta {
    /// Beta with `a` − 1 heads and `b` − 1 tails seen from a uniform start.
    ///
    /// # Errors
    /// Names `a` or `b` if it is not between 1e-70 and 1e70, where no product of parameters overflows.
    pub fn new(a: f64, b: f64) -> Result<Self> {
        for (name, x) in [("a", a), ("b", b)] {
            if positive(name, x)?.ln().abs() > 70.0 * std::f64::consts::LN_10 {
                return Err(Error::bad(name, x, "must be between 1e-70 and 1e70"));
            }
        }
        Ok(Self { a, b })
    }

    /// The uniform distribution on [0, 1], Beta(1, 1).
    pub const fn uniform() -> Self {
        Self { a: 1.0, b: 1.0 }
    }

    /// The first parameter.
    pub fn a(&self) -> f64 {
        self.a
    }

    /// The second parameter.
    pub fn b(&self) -> f64 {
        self.b
    }

    /// The mean, a/(a + b).
    pub fn mean(&self) -> f64 {
        self.a / (self.a + self.b)
    }

    /// The variance, ab / ((a + b)²(a + b + 1)).
    pub fn variance(&self) -> f64 {
        let n = self.a + self.b;
        (self.a / n) * (self.b / n) / (n + 1.0)
    }

    /// The belief after `heads` heads and `tails` tails.
    ///
    /// # Errors
    /// As [`Beta::new`], where a count is negative or not finite.
    pub fn updated(&self, heads: f64, tails: f64) -> Result<Self> {
        Self::new(self.a + heads, self.b + tails)
    }

    /// The logarithm of the density of u = ln(x/(1−x)): a smooth hump on the whole line, whatever happens
    /// at 0 and 1.
    ///
    /// It is taken from the top of the hump, u₀ = ln(a/b), so that large parameters do not cancel: with n = a + b,
    /// m = a/n and v = u − u₀ it is ½ln(ab/2πn) − Stirling's rests + a·v − n·ln(1 + m(eᵛ − 1)).
    pub fn ln_pdf_logit(&self, u: f64) -> f64 {
        let (a, b) = (self.a, self.b);
        let n = a + b;
        // The smaller parameter first; the mirror image has the same density.
        let (m, v) = if a <= b { (a / n, u - (a / b).ln()) } else { (b / n, (a / b).ln() - u) };
        let fall = if v.abs() < 1.0 {
            n * (phi(m * v.exp_m1()) - m * psi(v))
        } else if v > 0.0 {
            // n·(m·v − ln(1 − m + m·eᵛ)), from the larger end.
            -n * ((1.0 - m) * v + ((m - 1.0) * -(-v).exp_m1()).ln_1p())
        } else {
            n * (m * v - (m * v.exp_m1()).ln_1p())
        };
        0.5 * (a.ln() + b.ln() - n.ln()) - HALF_LN_2_PI - (stirling_rest(a) + stirling_rest(b) - stirling_rest(n))
            + fall
    }

    /// Points at which to split an integral over u = ln(x/(1−x)).
    pub(crate) fn logit_landmarks(&self) -> Vec<f64> {
        let mode = (self.a / self.b).ln();
        let scale = (self.a.recip() + self.b.recip()).sqrt();
        let mut points: Vec<f64> = [-9.0, -4.5, -2.0, -0.7, 0.0, 0.7, 2.0, 4.5, 9.0].map(|k| mode + k * scale).to_vec();
        points.extend([2.0, 10.0, 45.0].map(|k| mode - scale - k / self.a));
        points.extend([2.0, 10.0, 45.0].map(|k| mode + scale + k / self.b));
        points
    }

    /// The probability below u = ln(x/(1−x)).
    fn below(&self, u: f64) -> f64 {
        if u.is_nan() || u == f64::INFINITY {
            return if u.is_nan() { 0.0 } else { 1.0 };
        }
        if [self.a, self.b].iter().all(|c| TABLE.contains(c)) {
            return beta_cdf(logistic(u), self.a, self.b);
        }
        let mut cuts: Vec<f64> = self.logit_landmarks().into_iter().filter(|&cut| cut < u).collect();
        cuts.push(u);
        cuts.sort_by(f64::total_cmp);
        let goal = Goal::<1>::new(1e-12, 1e-300);
        on_line(&cuts, Some(1.0), None, &goal, |u| [self.ln_pdf_logit(u).exp()]).values[0].min(1.0)
    }

    /// One draw.
    pub fn sample(&self, rng: &mut Rng) -> f64 {
        // The parameters were checked to be ones that the sampler takes.
        rand_distr::Beta::new(self.a, self.b).map_or(self.mean(), |d| rng.draw(&d))
    }
}

/// 1/(1 + e^−u).
pub(crate) fn logistic(u: f64) -> f64 {
    if u >= 0.0 {
        1.0 / (1.0 + (-u).exp())
    } else {
        let e = u.exp();
        e / (1.0 + e)
    }
}

/// ln(1/(1 + e^−u)).
pub(crate) fn ln_logistic(u: f64) -> f64 {
    if u >= 0.0 { -(-u).exp().ln_1p() } else { u - u.exp().ln_1p() }
}

impl Density for Beta {
    fn ln_pdf(&self, x: f64) -> f64 {
        if !(0.0..=1.0).contains(&x) {
            return f64::NEG_INFINITY;
        }
        if x == 0.0 || x == 1.0 {
            // The other factor is 1 there; its own is 0, 1 or infinite.
            let (own, other) = if x == 0.0 { (self.a, self.b) } else { (self.b, self.a) };
            return if own == 1.0 { other.ln() } else { (1.0 - own) * f64::INFINITY };
        }
        let (ln_x, ln_rest) = (x.ln(), (-x).ln_1p());
        self.ln_pdf_logit(ln_x - ln_rest) - ln_x - ln_rest
    }

    fn cdf(&self, x: f64) -> f64 {
        self.below(x.ln() - (-x).ln_1p())
    }

    fn survival(&self, x: f64) -> f64 {
        Self { a: self.b, b: self.a }.below((-x).ln_1p() - x.ln())
    }

    fn support(&self) -> (f64, f64) {
        (0.0, 1.0)
    }

    fn tails(&self) -> [Tail; 2] {
        [Tail::NONE; 2]
    }

    fn centre(&self) -> (f64, f64) {
        (self.mean(), self.variance().sqrt())
    }

    fn landmarks(&self) -> Vec<f64> {
        let mut points: Vec<f64> = self.logit_landmarks().into_iter().map(logistic).collect();
        points.extend([0.0, 1.0]);
        points
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_density_is_that_of_the_books() {
        let b = Beta::new(2.0, 3.0).unwrap();
        // 12·x·(1−x)².
        assert!((b.pdf(0.3) - 12.0 * 0.3 * 0.49).abs() < 1e-14);
        assert_eq!(Beta::new(1.0, 1.0).unwrap().pdf(0.0), 1.0);
        let u = (0.3f64 / 0.7).ln();
        assert!((b.ln_pdf_logit(u) - b.ln_pdf(0.3) - (0.3f64 * 0.7).ln()).abs() < 1e-14);
        for (x, want) in [(0.0, 0.0), (0.3, 0.3483), (1.0, 1.0)] {
            assert!((b.cdf(x) - want).abs() < 1e-14 && (b.survival(x) + want - 1.0).abs() < 1e-14);
        }
        assert!((b.cdf(0.3) + b.survival(0.3) - 1.0).abs() < 1e-14);
        assert_eq!(b.updated(1.0, 0.0).unwrap(), Beta::new(3.0, 3.0).unwrap());
        assert!(Beta::new(0.0, 1.0).is_err() && Beta::new(1.0, f64::NAN).is_err());
    }

    #[test]
    fn large_and_small_parameters_keep_their_digits() {
        // mpmath: ln of the density at x.
        for (a, b, x, want) in [
            (1e9, 1e9, 0.50002, 8.8824151563002505159),
            (0.001, 2.0, 0.3, -6.0606618910661757675),
            (300000.0, 100000.0, 0.7501, 6.3572568857976833363),
            (2.0, 1e6, 1e-06, 12.815512057963940771),
            (0.5, 0.5, 1e-300, 344.24303406325745242),
        ] {
            let got = Beta::new(a, b).unwrap().ln_pdf(x);
            assert!((got - want).abs() < 1e-9 * want.abs().max(1.0), "{a} {b} {x}: {got} for {want}");
        }
        // The median of a symmetric one, integrated and by the incomplete beta function.
        for a in [1e-3, 0.5, 2e4, 1e9] {
            assert!((Beta::new(a, a).unwrap().cdf(0.5) - 0.5).abs() < 1e-11, "{a}");
        }
    }

    #[test]
    fn draws_have_the_mean_and_the_variance() {
        let b = Beta::new(0.5, 1.5).unwrap();
        let mut rng = Rng::new(8);
        let n = 5_000;
        let draws: Vec<f64> = (0..n).map(|_| b.sample(&mut rng)).collect();
        let mean = draws.iter().sum::<f64>() / n as f64;
        assert!((mean - b.mean()).abs() < 5.0 * (b.variance() / n as f64).sqrt());
    }
}
