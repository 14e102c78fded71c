//! The Beta distribution: what one believes about a coin's probability.

use crate::dist::check::positive;
use crate::dist::density::{Density, Tail};
use crate::error::Result;
use crate::numeric::rng::Rng;
use crate::numeric::special::{beta_cdf, ln_beta};

/// Density x^(a−1)·(1−x)^(b−1) / B(a, b) between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    a: f64,
    b: f64,
}

impl Beta {
    /// Beta with `a` − 1 heads and `b` − 1 tails seen from a uniform start.
    ///
    /// # Errors
    /// Names `a` or `b` if it is not above 0 and finite.
    pub fn new(a: f64, b: f64) -> Result<Self> {
        Ok(Self { a: positive("a", a)?, b: positive("b", b)? })
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
    pub fn ln_pdf_logit(&self, u: f64) -> f64 {
        self.a * ln_logistic(u) + self.b * ln_logistic(-u) - ln_beta(self.a, self.b)
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
        // 0·ln 0 = 0: where a parameter is 1 its factor is 1 up to the end.
        let part = |c: f64, ln: f64| if c == 1.0 { 0.0 } else { (c - 1.0) * ln };
        part(self.a, x.ln()) + part(self.b, (-x).ln_1p()) - ln_beta(self.a, self.b)
    }

    fn cdf(&self, x: f64) -> f64 {
        beta_cdf(x, self.a, self.b)
    }

    fn survival(&self, x: f64) -> f64 {
        beta_cdf(1.0 - x, self.b, self.a)
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
        assert!((b.cdf(0.3) + b.survival(0.3) - 1.0).abs() < 1e-14);
        assert_eq!(b.updated(1.0, 0.0).unwrap(), Beta::new(3.0, 3.0).unwrap());
        assert!(Beta::new(0.0, 1.0).is_err() && Beta::new(1.0, f64::NAN).is_err());
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
