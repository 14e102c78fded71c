//! The categorical distribution: one of K outcomes, given by probabilities, weights or logits.
//!
//! Two categoricals that nearly agree differ by less than the rounding of their probabilities, so each
//! probability is kept with the rest that rounding leaves out, and a distribution that came from logits
//! or by tilting another keeps its exponents: [`crate::divergence`] compares those, not the rounded
//! probabilities.

use crate::dist::bernoulli::{Bernoulli, ln_pair};
use crate::error::{Error, Result};
use crate::numeric::decimal;
use crate::numeric::double::{self, Double};
use crate::numeric::rng::Rng;

/// Probabilities of the outcomes 0 to K − 1; they sum to 1 with their rests taken along.
#[derive(Clone, Debug, PartialEq)]
pub struct Categorical {
    /// The probabilities, rounded.
    probs: Vec<f64>,
    /// What rounding left out of each.
    rests: Vec<f64>,
    /// Their logarithms.
    logs: Vec<f64>,
    /// How the probabilities came about, if by exponents.
    tilt: Option<Tilt>,
}

/// Probabilities proportional to base · exp(exponent).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tilt {
    /// Base probabilities.
    pub base: Vec<Double>,
    /// What is divided by the temperature to give the exponents.
    pub numerators: Vec<f64>,
    /// The temperature.
    pub temperature: f64,
}

impl Tilt {
    /// The exponent of outcome `i`.
    pub fn exponent(&self, i: usize) -> Double {
        double::divide((self.numerators[i], 0.0), (self.temperature, 0.0))
    }
}

/// How far given probabilities may sum from 1.
pub const SUM_TOLERANCE: f64 = 1e-9;

impl Categorical {
    /// From probabilities, which must sum to 1 within 1e-9 and are then normalised exactly.
    ///
    /// # Errors
    /// Names the entry that is outside [0, 1] or not a number, or the sum, or an empty list.
    pub fn from_probs(probs: &[f64]) -> Result<Self> {
        check_each(probs, "probs", |p| (0.0..=1.0).contains(&p), "must be between 0 and 1")?;
        let sum = double::total(probs.iter().copied()).0;
        if (sum - 1.0).abs() > SUM_TOLERANCE {
            return Err(Error::bad("probs", format!("sum {sum}"), "must sum to 1 within 1e-9"));
        }
        Ok(Self::normalised(probs))
    }

    /// From weights, at least 0 and not all 0, which are normalised exactly.
    ///
    /// # Errors
    /// Names the weight that is negative or not finite, or an empty list, or one that is 0 throughout.
    pub fn from_weights(weights: &[f64]) -> Result<Self> {
        check_each(weights, "weights", |w| w >= 0.0 && w.is_finite(), "must be at least 0 and finite")?;
        if weights.iter().all(|&w| w == 0.0) {
            return Err(Error::bad("weights", "0 throughout", "must not all be 0"));
        }
        Ok(Self::normalised(weights))
    }

    /// From weights as they are written, in decimals: 0.1 and 0.3 are one to three, as 0.2 and 0.6 are.
    ///
    /// # Errors
    /// As [`Categorical::from_weights`].
    pub fn from_written(weights: &[f64]) -> Result<Self> {
        Self::from_weights(&decimal::proportions(weights))
    }

    /// The two outcomes of a coin, tails (0) and heads (1).
    pub fn from_coin(coin: &Bernoulli) -> Self {
        Self::from_pairs(&[coin.tails(), (coin.p(), 0.0)])
    }

    /// The softmax of logits over a temperature: probabilities proportional to exp(logit / temperature).
    ///
    /// # Errors
    /// Names the logit that is not finite, an empty list, or a temperature that is not above 0 and finite.
    pub fn from_logits(logits: &[f64], temperature: f64) -> Result<Self> {
        check_each(logits, "logits", f64::is_finite, "must be finite")?;
        if !(temperature > 0.0 && temperature.is_finite()) {
            return Err(Error::bad("temperature", temperature, "must be above 0 and finite"));
        }
        let base = Self::normalised(&vec![1.0; logits.len()]);
        base.exponentially_tilted(logits, temperature)
            .ok_or_else(|| Error::bad("temperature", temperature, "must be large enough for logits / temperature"))
    }

    /// This distribution times exp(rewards / beta), normalised; `None` if the lengths differ or a quotient
    /// is too large for a number.
    pub(crate) fn exponentially_tilted(&self, rewards: &[f64], beta: f64) -> Option<Self> {
        let base: Vec<Double> = self.pairs().collect();
        let tilt = Tilt { base, numerators: rewards.to_vec(), temperature: beta };
        let exponents: Vec<Double> = (0..rewards.len()).map(|i| tilt.exponent(i)).collect();
        if rewards.len() != self.len() || exponents.iter().any(|z| !z.0.is_finite() || z.0.abs() > 1e300) {
            return None;
        }
        let base = &tilt.base;
        // Everything relative to the most likely outcome, so that nothing overflows and the logarithm of
        // the largest probability is taken of its distance to 1.
        let top = (0..base.len())
            .filter(|&i| base[i].0 > 0.0)
            .max_by(|&i, &j| (self.logs[i] + exponents[i].0).total_cmp(&(self.logs[j] + exponents[j].0)))?;
        let relative: Vec<f64> = (0..base.len())
            .map(|i| {
                let (hi, lo) = double::subtract(exponents[i], exponents[top]);
                base[i].0 / base[top].0 * (hi.exp() * (1.0 + lo))
            })
            .collect();
        let others: f64 = relative.iter().enumerate().filter(|&(i, _)| i != top).map(|(_, r)| r).sum();
        let ln_total = others.ln_1p();
        let logs: Vec<f64> = (0..base.len())
            .map(|i| {
                let (hi, lo) = double::subtract(exponents[i], exponents[top]);
                if i == top { -ln_total } else { (self.logs[i] - self.logs[top]) + (hi + lo) - ln_total }
            })
            .collect();
        let probs: Vec<f64> = relative.iter().map(|r| r / (1.0 + others)).collect();
        Some(Self { rests: vec![0.0; probs.len()], probs, logs, tilt: Some(tilt) })
    }

    /// From probabilities that sum to 1 with their rests.
    pub(crate) fn from_pairs(pairs: &[Double]) -> Self {
        Self {
            logs: pairs.iter().map(|&p| ln_pair(p)).collect(),
            probs: pairs.iter().map(|p| p.0).collect(),
            rests: pairs.iter().map(|p| p.1).collect(),
            tilt: None,
        }
    }

    /// Checked weights divided by their sum, rests kept.
    fn normalised(weights: &[f64]) -> Self {
        // Scaled by a power of two, which is exact, so that the sum cannot overflow nor the largest vanish.
        let largest = weights.iter().copied().fold(0.0, f64::max);
        let shift = -libm::ilogb(largest);
        let scaled: Vec<f64> = weights.iter().map(|&w| libm::scalbn(w, shift)).collect();
        let sum = double::total(scaled.iter().copied());
        let pairs: Vec<Double> = scaled.iter().map(|&w| double::divide((w, 0.0), sum)).collect();
        Self::from_pairs(&pairs)
    }

    /// The number of outcomes.
    #[allow(clippy::len_without_is_empty)] // there is always at least one outcome
    pub fn len(&self) -> usize {
        self.probs.len()
    }

    /// The probabilities.
    pub fn probs(&self) -> &[f64] {
        &self.probs
    }

    /// The logarithms of the probabilities, right where a probability is near 1 or too small for a number.
    pub fn logs(&self) -> &[f64] {
        &self.logs
    }

    /// The probabilities with their rests.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = Double> + '_ {
        self.probs.iter().copied().zip(self.rests.iter().copied())
    }

    /// The exponents it came from, if it did.
    pub(crate) fn tilt(&self) -> Option<&Tilt> {
        self.tilt.as_ref()
    }

    /// The mean outcome number.
    pub fn mean(&self) -> f64 {
        self.probs.iter().enumerate().map(|(i, p)| i as f64 * p).sum()
    }

    /// The expectation of a value given per outcome.
    pub fn expectation(&self, values: &[f64]) -> f64 {
        self.probs.iter().zip(values).map(|(p, v)| if *p == 0.0 { 0.0 } else { p * v }).sum()
    }

    /// One draw: the number of its outcome.
    pub fn sample(&self, rng: &mut Rng) -> usize {
        let mut left = rng.open01();
        for (i, p) in self.probs.iter().enumerate() {
            left -= p;
            if left < 0.0 {
                return i;
            }
        }
        // Rounding left a crumb: the last outcome that can happen.
        self.probs.iter().rposition(|&p| p > 0.0).unwrap_or(0)
    }
}

/// Refuses an empty list, and the first entry that breaks the rule.
fn check_each(values: &[f64], field: &str, good: impl Fn(f64) -> bool, rule: &'static str) -> Result<()> {
    if values.is_empty() {
        return Err(Error::bad(field, "[]", "must not be empty"));
    }
    match values.iter().position(|&v| !good(v)) {
        Some(i) => Err(Error::bad(format!("{field}[{i}]"), values[i], rule)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_in_proportion_are_the_same_distribution() {
        let a = Categorical::from_weights(&[1.0, 2.0, 3.0]).unwrap();
        assert_eq!(a, Categorical::from_weights(&[1e300, 2e300, 3e300]).unwrap());
        assert_eq!(a, Categorical::from_weights(&[3.0, 6.0, 9.0]).unwrap());
        let sum = double::total(a.pairs().flat_map(|(hi, lo)| [hi, lo]));
        assert!((sum.0 - 1.0 + sum.1).abs() < 1e-31);
    }

    #[test]
    fn weights_are_taken_as_they_are_written() {
        let written = |weights: &[f64]| Categorical::from_written(weights).unwrap();
        for scale in [0.1, 0.2, 0.3, 0.7, 0.001, 3.0] {
            let scaled: Vec<f64> = [1.0, 3.0, 6.0].iter().map(|w| (w * scale * 1e6f64).round() / 1e6).collect();
            assert_eq!(written(&scaled), written(&[1.0, 3.0, 6.0]), "{scaled:?}");
        }
        // What has more decimals than anybody writes is a number like any other.
        let third = [1.0 / 3.0, 2.0 / 3.0];
        assert_eq!(written(&third), Categorical::from_weights(&third).unwrap());
    }

    #[test]
    fn probabilities_that_sum_to_one_stay_as_they_are() {
        let p = [0.125, 0.0, 0.875];
        let a = Categorical::from_probs(&p).unwrap();
        assert_eq!(a.probs(), p);
        assert_eq!(a.logs()[1], f64::NEG_INFINITY);
    }

    #[test]
    fn softmax_is_that_of_the_books() {
        // Logits (2, 1, 0.1): 0.6590, 0.2424, 0.0986.
        let q = Categorical::from_logits(&[2.0, 1.0, 0.1], 1.0).unwrap();
        for (got, want) in q.probs().iter().zip([0.65900113888597, 0.24243297070471, 0.098565890409318]) {
            assert!((got - want).abs() < 1e-10);
        }
        let cold = Categorical::from_logits(&[1000.0, 0.0, -1000.0], 1e-3).unwrap();
        assert_eq!(cold.probs(), [1.0, 0.0, 0.0]);
        assert_eq!(cold.logs()[2], -2e6);
    }

    #[test]
    fn what_is_no_distribution_is_refused_by_name() {
        let message = |r: Result<Categorical>| r.unwrap_err().to_string();
        assert_eq!(message(Categorical::from_probs(&[0.5, f64::NAN])), "probs[1]: NaN must be between 0 and 1");
        assert_eq!(message(Categorical::from_probs(&[0.5, 0.4])), "probs: sum 0.9 must sum to 1 within 1e-9");
        assert_eq!(message(Categorical::from_probs(&[])), "probs: [] must not be empty");
        assert_eq!(message(Categorical::from_weights(&[0.0])), "weights: 0 throughout must not all be 0");
        assert_eq!(message(Categorical::from_logits(&[0.0], 0.0)), "temperature: 0 must be above 0 and finite");
        assert!(message(Categorical::from_logits(&[1e10, 0.0], 1e-300)).starts_with("temperature: "));
    }

    #[test]
    fn draws_come_in_proportion() {
        let p = Categorical::from_probs(&[0.2, 0.0, 0.8]).unwrap();
        let mut rng = Rng::new(1);
        let n = 20_000;
        let ones = (0..n).filter(|_| p.sample(&mut rng) == 2).count() as f64 / f64::from(n);
        assert!((ones - 0.8).abs() < 5.0 * (0.16 / f64::from(n)).sqrt());
    }
}
