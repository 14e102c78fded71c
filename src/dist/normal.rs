//! The normal distribution N(mean, sd).

use std::f64::consts::PI;

use crate::error::{Error, Result};

pub use crate::numeric::special::HALF_LN_2_PI;

/// A normal distribution by its mean and standard deviation (not variance).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    mean: f64,
    sd: f64,
}

impl Normal {
    /// N(mean, sd).
    ///
    /// # Errors
    /// `mean` and `sd` must be finite numbers, `sd` above 0.
    pub fn new(mean: f64, sd: f64) -> Result<Self> {
        if !mean.is_finite() {
            return Err(Error::bad("mean", mean, "must be a finite number"));
        }
        if !sd.is_finite() {
            return Err(Error::bad("sd", sd, "must be a finite number"));
        }
        if sd <= 0.0 {
            return Err(Error::bad("sd", sd, "must be above 0"));
        }
        Ok(Self { mean, sd })
    }

    /// The mean.
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation.
    pub const fn sd(&self) -> f64 {
        self.sd
    }

    /// The logarithm of the density, −½z² − ln sd − ½ ln 2π.
    pub fn ln_pdf(&self, x: f64) -> f64 {
        let z = (x - self.mean) / self.sd;
        -0.5 * z * z - self.sd.ln() - HALF_LN_2_PI
    }

    /// The density.
    pub fn pdf(&self, x: f64) -> f64 {
        let z = (x - self.mean) / self.sd;
        (-0.5 * z * z).exp() / (self.sd * (2.0 * PI).sqrt())
    }

    /// The differential entropy ln sd + ½ ln 2πe, in nats; it may be negative.
    pub fn entropy(&self) -> f64 {
        self.sd.ln() + HALF_LN_2_PI + 0.5
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn density_and_entropy_have_their_textbook_values() -> Result<()> {
        let bell = Normal::new(1.0, 2.0)?;
        assert!((bell.pdf(1.0) - 0.199471140200716338970).abs() < 1e-16);
        assert!((bell.ln_pdf(5.0) - (-3.612085713764618)).abs() < 1e-15);
        assert!((bell.entropy() - 2.112085713764618).abs() < 1e-15);
        Ok(())
    }

    #[test]
    fn bad_parameters_are_named() {
        let said = |mean, sd| Normal::new(mean, sd).err().map(|e| e.to_string());
        assert_eq!(said(f64::NAN, 1.0).as_deref(), Some("mean: NaN must be a finite number"));
        assert_eq!(said(0.0, -1.0).as_deref(), Some("sd: -1 must be above 0"));
        assert_eq!(said(0.0, f64::INFINITY).as_deref(), Some("sd: inf must be a finite number"));
    }
}
