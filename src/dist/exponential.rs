//! The exponential distribution: waiting times at a constant rate.

use crate::dist::check::positive;
use crate::dist::density::{Density, Tail};
use crate::error::Result;
use crate::numeric::rng::Rng;

/// Density rate·exp(−rate·x) for x ≥ 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    rate: f64,
}

impl Exponential {
    /// Exponential with events at `rate`.
    ///
    /// # Errors
    /// Names `rate` if it is not above 0 and finite.
    pub fn new(rate: f64) -> Result<Self> {
        Ok(Self { rate: positive("rate", rate)? })
    }

    /// The rate, one over the mean.
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// The mean, 1/rate.
    pub fn mean(&self) -> f64 {
        self.rate.recip()
    }

    /// One draw.
    pub fn sample(&self, rng: &mut Rng) -> f64 {
        -rng.open01().ln() / self.rate
    }
}

impl Density for Exponential {
    fn ln_pdf(&self, x: f64) -> f64 {
        if x >= 0.0 { self.rate.ln() - self.rate * x } else { f64::NEG_INFINITY }
    }

    fn cdf(&self, x: f64) -> f64 {
        if x > 0.0 { -(-self.rate * x).exp_m1() } else { 0.0 }
    }

    fn survival(&self, x: f64) -> f64 {
        if x > 0.0 { (-self.rate * x).exp() } else { 1.0 }
    }

    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn tails(&self) -> [Tail; 2] {
        [Tail::NONE, Tail { square: 0.0, linear: self.rate, log: 0.0 }]
    }

    fn centre(&self) -> (f64, f64) {
        (0.0, self.mean())
    }

    fn landmarks(&self) -> Vec<f64> {
        [0.0, 1.5, 5.0, 15.0, 40.0].iter().map(|k| k / self.rate).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_density_is_that_of_the_books() {
        let e = Exponential::new(2.0).unwrap();
        assert!((e.pdf(0.5) - 2.0 * (-1f64).exp()).abs() < 1e-15);
        assert_eq!(e.pdf(-0.1), 0.0);
        assert!((e.cdf(0.5) - (1.0 - (-1f64).exp())).abs() < 1e-16);
        assert!(Exponential::new(-1.0).is_err());
    }

    #[test]
    fn draws_have_the_mean() {
        let e = Exponential::new(4.0).unwrap();
        let mut rng = Rng::new(3);
        let n = 20_000;
        let mean = (0..n).map(|_| e.sample(&mut rng)).sum::<f64>() / f64::from(n);
        assert!((mean - 0.25).abs() < 5.0 * 0.25 / f64::from(n).sqrt());
    }
}
