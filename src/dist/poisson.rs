//! The Poisson distribution: counts of events at a constant rate.

use crate::dist::check::positive;
use crate::error::Result;
use crate::numeric::rng::Rng;
use crate::numeric::special::ln_gamma;

/// P(k) = e^(−rate)·rate^k / k!.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poisson {
    rate: f64,
}

impl Poisson {
    /// Poisson with mean `rate`.
    ///
    /// # Errors
    /// Names `rate` if it is not above 0 and finite.
    pub fn new(rate: f64) -> Result<Self> {
        Ok(Self { rate: positive("rate", rate)? })
    }

    /// The rate, both mean and variance.
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// ln P(k).
    pub fn ln_pmf(&self, k: u64) -> f64 {
        let n = k as f64;
        n * self.rate.ln() - self.rate - ln_gamma(n + 1.0)
    }

    /// The counts outside of which less than 1e-30 of the probability lies, by a Bernstein bound:
    /// P(|K − λ| ≥ d) ≤ 2·exp(−d²/(2λ + 2d/3)).
    pub(crate) fn window(&self) -> (f64, f64) {
        let t = 70.0;
        let d = t / 3.0 + (t * t / 9.0 + 2.0 * t * self.rate).sqrt();
        ((self.rate - d).floor().max(0.0), (self.rate + d).ceil())
    }

    /// One draw, by counting exponential waiting times (rates up to some thousands).
    pub fn sample(&self, rng: &mut Rng) -> u64 {
        let mut time = 0.0;
        let mut count = 0;
        loop {
            time -= rng.open01().ln();
            if time > self.rate {
                return count;
            }
            count += 1;
        }
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
