//! Independent normals side by side: the posterior of a variational autoencoder.

use crate::dist::check::{finite, positive};
use crate::error::{Error, Result};

/// N(mean₁, sd₁) × N(mean₂, sd₂) × …
#[derive(Clone, Debug, PartialEq)]
pub struct DiagonalNormal {
    mean: Vec<f64>,
    sd: Vec<f64>,
}

impl DiagonalNormal {
    /// Independent normals with these means and standard deviations.
    ///
    /// # Errors
    /// Names an empty list, a length that differs, a mean that is not finite or a standard deviation that is
    /// not above 0 and finite.
    pub fn new(mean: &[f64], sd: &[f64]) -> Result<Self> {
        if mean.is_empty() {
            return Err(Error::bad("mean", "[]", "must not be empty"));
        }
        if sd.len() != mean.len() {
            return Err(Error::bad("sd", format!("{} values", sd.len()), "must be as many as in mean"));
        }
        for (i, (&m, &s)) in mean.iter().zip(sd).enumerate() {
            finite(&format!("mean[{i}]"), m)?;
            positive(&format!("sd[{i}]"), s)?;
        }
        Ok(Self { mean: mean.to_vec(), sd: sd.to_vec() })
    }

    /// The standard normal N(0, I) of so many dimensions (at least one).
    pub fn standard(dimensions: usize) -> Self {
        let n = dimensions.max(1);
        Self { mean: vec![0.0; n], sd: vec![1.0; n] }
    }

    /// The number of dimensions.
    pub fn dimensions(&self) -> usize {
        self.mean.len()
    }

    /// The means.
    pub fn mean(&self) -> &[f64] {
        &self.mean
    }

    /// The standard deviations.
    pub fn sd(&self) -> &[f64] {
        &self.sd
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unequal_lengths_are_refused_by_name() {
        let message = DiagonalNormal::new(&[0.0, 0.0], &[1.0]).unwrap_err().to_string();
        assert_eq!(message, "sd: 1 values must be as many as in mean");
        let message = DiagonalNormal::new(&[0.0, 0.0], &[1.0, 0.0]).unwrap_err().to_string();
        assert_eq!(message, "sd[1]: 0 must be above 0 and finite");
        assert_eq!(DiagonalNormal::standard(3).dimensions(), 3);
    }
}
