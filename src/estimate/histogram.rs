//! The plug-in estimate: count both samples in the same bins and take the divergence of the shares.

use crate::divergence::Cell;
use crate::error::{Error, Result};
use crate::estimate::Estimate;
use crate::numeric::sums::sum;
use crate::quantity::Quantity;
use crate::text::Text;

/// The most bins.
pub const BINS: usize = 10_000;

/// Two samples counted in bins of equal width over their common range.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// The lower end of the first bin and the upper end of the last.
    pub range: (f64, f64),
    /// Counts of the first sample.
    pub x: Vec<f64>,
    /// Counts of the second sample.
    pub y: Vec<f64>,
}

impl Histogram {
    /// Counts `x` and `y` in `bins` bins.
    ///
    /// # Errors
    /// Refuses empty samples, values that are not finite, and bins outside 1 to [`BINS`].
    pub fn new(x: &[f64], y: &[f64], bins: usize) -> Result<Self> {
        if !(1..=BINS).contains(&bins) {
            return Err(Error::bad("bins", bins, "must be from 1 to 10000"));
        }
        for (name, sample) in [("x", x), ("y", y)] {
            if sample.is_empty() {
                return Err(Error::bad(name, "[]", "must not be empty"));
            }
            if let Some(i) = sample.iter().position(|v| !v.is_finite()) {
                return Err(Error::bad(format!("{name}[{i}]"), sample[i], "must be finite"));
            }
        }
        let all = || x.iter().chain(y).copied();
        let range = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        // Halves, so that the width cannot overflow.
        let half_width = 0.5 * range.1 - 0.5 * range.0;
        let count = |sample: &[f64]| {
            let mut counts = vec![0.0; bins];
            for v in sample {
                let share = if half_width > 0.0 { (0.5 * v - 0.5 * range.0) / half_width } else { 0.0 };
                counts[((share * bins as f64) as usize).min(bins - 1)] += 1.0;
            }
            counts
        };
        Ok(Self { range, x: count(x), y: count(y) })
    }

    /// The ends of a bin.
    pub fn bin(&self, i: usize) -> (f64, f64) {
        let n = self.x.len() as f64;
        let at = |k: f64| self.range.0 * (1.0 - k / n) + self.range.1 * (k / n);
        (at(i as f64), at(i as f64 + 1.0))
    }

    /// Σ p̂ ln(p̂/q̂) over the bins, with `pseudo` added to every count (0 leaves empty bins empty: then the
    /// estimate is infinite as soon as `x` falls into a bin where `y` has nothing).
    ///
    /// The standard error is that of the delta method, Var_p[ln(p̂/q̂)]/n + Var_q[p̂/q̂]/m; the bias, which
    /// grows with the number of bins, is not in it. What the samples come from is not known, so whether the estimate has
    /// a variance can't be told; with one value in a sample there is no standard error.
    ///
    /// # Errors
    /// Refuses a pseudo-count that is negative or not finite.
    pub fn divergence(&self, pseudo: f64) -> Result<Estimate> {
        if !(pseudo >= 0.0 && pseudo.is_finite()) {
            return Err(Error::bad("pseudo", pseudo, "must be at least 0 and finite"));
        }
        let (n, m) = (sum(self.x.iter().copied()), sum(self.y.iter().copied()));
        let extra = pseudo * self.x.len() as f64;
        let share = |count: f64, total: f64| (count + pseudo) / (total + extra);
        let cells: Vec<Cell> = self.x.iter().zip(&self.y).map(|(&a, &b)| Cell::new(share(a, n), share(b, m))).collect();
        if let Some(i) = cells.iter().position(|c| c.log_ratio == f64::INFINITY) {
            let (from, to) = self.bin(i);
            let cause = Text::new("x falls between {from} and {to}, where y has nothing")
                .with("from", Quantity::rounded(from))
                .with("to", Quantity::rounded(to));
            return Ok(Estimate { value: f64::INFINITY, standard_error: 0.0, cause: Some(cause) });
        }
        let value = sum(cells.iter().map(Cell::kl));
        let first = sum(cells.iter().filter(|c| c.p > 0.0).map(|c| c.p * (c.log_ratio - value).powi(2))) / n;
        let second = sum(cells.iter().filter(|c| c.q > 0.0).map(|c| c.difference * (c.difference / c.q))) / m;
        let estimate = Estimate { value, standard_error: (first + second).sqrt(), cause: None };
        Ok(estimate.with_draws(n.min(m) as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_value_are_those_by_hand() {
        let h = Histogram::new(&[0.0, 0.1, 0.9, 1.0], &[0.2, 0.7, 0.8, 0.6], 2).unwrap();
        assert_eq!((h.x.clone(), h.y.clone()), (vec![2.0, 2.0], vec![1.0, 3.0]));
        // ½ ln 2 + ½ ln(2/3).
        let want = 0.5 * 2f64.ln() + 0.5 * (2.0f64 / 3.0).ln();
        assert!((h.divergence(0.0).unwrap().value - want).abs() < 1e-15);
        assert_eq!(h.bin(1), (0.5, 1.0));
    }

    #[test]
    fn an_empty_bin_is_named_and_a_pseudo_count_is_a_choice() {
        let h = Histogram::new(&[0.0, 1.0], &[0.0, 0.1], 4).unwrap();
        let estimate = h.divergence(0.0).unwrap();
        assert_eq!(estimate.value, f64::INFINITY);
        assert_eq!(estimate.cause.unwrap().english(), "x falls between 0.7500 and 1.0000, where y has nothing");
        assert!(h.divergence(0.5).unwrap().value.is_finite());
        assert!(h.divergence(-1.0).is_err());
    }

    #[test]
    fn samples_without_width_share_one_bin() {
        let h = Histogram::new(&[3.0], &[3.0, 3.0], 5).unwrap();
        assert_eq!(h.divergence(0.0).unwrap().value, 0.0);
        assert!(Histogram::new(&[], &[1.0], 5).is_err() && Histogram::new(&[1.0], &[1.0], 0).is_err());
        assert!(Histogram::new(&[f64::NAN], &[1.0], 5).unwrap_err().to_string().starts_with("x[0]: NaN"));
        assert!(Histogram::new(&[-1e308, 1e308], &[0.0], 3).unwrap().x.iter().sum::<f64>() == 2.0);
    }
}
