//! The Poisson distribution: counts of events at a constant rate.

use std::f64::consts::PI;

use crate::dist::check::positive;
use crate::error::{Error, Result};
use crate::numeric::cancellation::scaled_psi;
use crate::numeric::rng::Rng;
use crate::numeric::special::stirling_rest;

/// P(k) = e^(−rate)·rate^k / k!.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poisson {
    rate: f64,
}

impl Poisson {
    /// Poisson with mean `rate`, at most 10¹⁵: beyond, counts are not whole numbers in f64.
    ///
    /// # Errors
    /// Names `rate` if it is not above 0 and at most 10¹⁵.
    pub fn new(rate: f64) -> Result<Self> {
        if positive("rate", rate)? > 1e15 {
            return Err(Error::bad("rate", rate, "must be at most 1e15"));
        }
        Ok(Self { rate })
    }

    /// The rate, both mean and variance.
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// ln P(k).
    pub fn ln_pmf(&self, k: u64) -> f64 {
        let k = k as f64;
        if k == 0.0 {
            return -self.rate;
        }
        // By the saddle point (Loader 2000), so that large parts do not cancel.
        let t = (k / self.rate).ln();
        let deviance = scaled_psi(k, -t, self.rate);
        -deviance - stirling_rest(k) - 0.5 * (2.0 * PI * k).ln()
    }

    /// The counts outside of which less than 1e-30 of the probability lies, by a Bernstein bound:
    /// P(|K − λ| ≥ d) ≤ 2·exp(−d²/(2λ + 2d/3)).
    pub(crate) fn window(&self) -> (f64, f64) {
        let t = 70.0;
        let d = t / 3.0 + (t * t / 9.0 + 2.0 * t * self.rate).sqrt();
        ((self.rate - d).floor().max(0.0), (self.rate + d).ceil())
    }

    /// One draw.
    pub fn sample(&self, rng: &mut Rng) -> u64 {
        // The rate was checked to be one that the sampler takes.
        rand_distr::Poisson::new(self.rate).map_or(0, |d| rng.draw(&d) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_probabilities_sum_to_one_inside_the_window() {
        for rate in [1e-3, 0.5, 3.0, 250.0] {
            let p = Poisson::new(rate).unwrap();
            let (low, high) = p.window();
            let sum: f64 = (low as u64..=high as u64).map(|k| p.ln_pmf(k).exp()).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{rate}: {sum}");
        }
        assert!((Poisson::new(2.0).unwrap().ln_pmf(3) - (4.0f64 / 3.0).ln() + 2.0).abs() < 1e-15);
        // mpmath: ln P(10^6) at rate 10^6 and ln P(20) at rate 3.
        assert!((Poisson::new(1e6).unwrap().ln_pmf(1_000_000) + 7.8266938955201431272).abs() < 1e-14);
        assert!((Poisson::new(3.0).unwrap().ln_pmf(20) + 23.363370687391291202).abs() < 1e-14);
    }

    #[test]
    fn rates_out_of_range_are_refused() {
        for rate in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e16] {
            assert!(Poisson::new(rate).unwrap_err().to_string().starts_with("rate: "));
        }
    }

    #[test]
    fn draws_have_the_mean() {
        let p = Poisson::new(4.0).unwrap();
        let mut rng = Rng::new(5);
        let n = 10_000;
        let mean = (0..n).map(|_| p.sample(&mut rng) as f64).sum::<f64>() / f64::from(n);
        assert!((mean - 4.0).abs() < 5.0 * 2.0 / f64::from(n).sqrt());
    }
}
