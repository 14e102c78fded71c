//! The Bernoulli distribution: a coin.

use crate::error::{Error, Result};
use crate::numeric::double::{self, Double};
use crate::numeric::rng::Rng;

/// A coin: heads (1) with probability `p`, tails (0) otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bernoulli {
    p: f64,
}

impl Bernoulli {
    /// The coin that gives heads with probability `p` in [0, 1].
    ///
    /// # Errors
    /// Names `p` if it is outside [0, 1] or not a number.
    pub fn new(p: f64) -> Result<Self> {
        if (0.0..=1.0).contains(&p) {
            Ok(Self { p: p.abs() })
        } else {
            Err(Error::bad("p", p, "must be between 0 and 1"))
        }
    }

    /// The probability of heads.
    pub fn p(&self) -> f64 {
        self.p
    }

    /// The probability of tails as a pair: the nearest double and what rounding leaves out of 1 − p.
    pub fn tails(&self) -> Double {
        double::sum(1.0, -self.p)
    }

    /// The logarithms of the probabilities of tails and of heads, each to an ulp.
    pub fn logs(&self) -> [f64; 2] {
        [(-self.p).ln_1p(), ln_pair((self.p, 0.0))]
    }

    /// The mean, p.
    pub fn mean(&self) -> f64 {
        self.p
    }

    /// The variance, p(1 − p).
    pub fn variance(&self) -> f64 {
        self.p * self.tails().0
    }

    /// One toss: whether it is heads.
    pub fn sample(&self, rng: &mut Rng) -> bool {
        rng.open01() < self.p
    }
}

/// The logarithm of a probability given as a pair; near 1 it is taken of the distance to 1.
pub(crate) fn ln_pair((hi, lo): Double) -> f64 {
    if hi > 0.5 { ((hi - 1.0) + lo).ln_1p() } else { hi.ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_complement_keeps_its_digits() {
        let coin = Bernoulli::new(1e-20).unwrap();
        assert_eq!(coin.tails(), (1.0, -1e-20));
        assert_eq!(coin.logs()[0], -1e-20);
        assert_eq!(Bernoulli::new(1.0).unwrap().logs(), [f64::NEG_INFINITY, 0.0]);
    }

    #[test]
    fn what_is_no_probability_is_refused_by_name() {
        for p in [-1e-300, 1.0 + f64::EPSILON, f64::NAN, f64::INFINITY] {
            let message = Bernoulli::new(p).unwrap_err().to_string();
            assert!(message.starts_with("p: ") && message.ends_with("must be between 0 and 1"), "{message}");
        }
    }
}
