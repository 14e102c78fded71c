//! The forward fit: the normal Q with the least D(P‖Q), which has the mean and the variance of P.
//!
//! ln q is a parabola, so D(P‖Q) = −H(P) − E_p[ln q] depends on P only through its entropy and two moments.

use crate::dist::mixture::Mixture;
use crate::dist::normal::{HALF_LN_2_PI, Normal};
use crate::divergence::answer::Answer;
use crate::divergence::mixture::{entropy, kl};
use crate::error::Result;
use crate::numeric::tolerance::EPS;

/// The forward fit and its divergence.
#[derive(Clone, Debug, PartialEq)]
pub struct ForwardFit {
    /// The fitted Q.
    pub normal: Normal,
    /// D(P‖Q) in nats.
    pub value: Answer,
}

/// The normal nearest to `p` by D(P‖Q): mean and variance of P.
///
/// # Errors
/// Only where the variance of `p` is too large for a f64.
pub fn forward(p: &Mixture, tolerance: f64) -> Result<ForwardFit> {
    fit(p, Normal::new(p.mean(), p.variance().sqrt())?, tolerance)
}

/// The normal of the given `sd` nearest to `p` by D(P‖Q): the mean of P.
///
/// # Errors
/// `sd` must be a finite number above 0.
pub fn forward_with_sd(p: &Mixture, sd: f64, tolerance: f64) -> Result<ForwardFit> {
    fit(p, Normal::new(p.mean(), sd)?, tolerance)
}

fn fit(p: &Mixture, normal: Normal, tolerance: f64) -> Result<ForwardFit> {
    let value = kl(p, &Mixture::of_normal(&normal)?, tolerance);
    Ok(ForwardFit { normal, value })
}

/// D(P‖N(mean, sd)) as a function of mean and ln sd: the entropy and the two moments of P that it needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForwardObjective {
    mean: f64,
    variance: f64,
    entropy: f64,
    error: f64,
}

impl ForwardObjective {
    /// The objective of the target `p`.
    pub fn new(p: &Mixture, tolerance: f64) -> Self {
        let entropy = entropy(p, tolerance);
        Self { mean: p.mean(), variance: p.variance(), entropy: entropy.value, error: entropy.error }
    }

    /// D(P‖N(mean, sd)), −H(P) + ½ ln 2πs² + (variance of P + (mean of P − m)²)/2s², with a bound of its error.
    ///
    /// Near a perfect fit the terms cancel: the error is then absolute, about 1e-15.
    pub fn value(&self, mean: f64, sd: f64) -> (f64, f64) {
        let distance = (mean - self.mean) / sd;
        let cross = sd.ln() + HALF_LN_2_PI + 0.5 * (self.variance / (sd * sd) + distance * distance);
        (cross - self.entropy, self.error + 8.0 * EPS * (cross.abs() + sd.ln().abs()))
    }

    /// The derivatives by mean and by ln sd.
    pub fn gradient(&self, mean: f64, sd: f64) -> [f64; 2] {
        let distance = (mean - self.mean) / sd;
        [distance / sd, 1.0 - self.variance / (sd * sd) - distance * distance]
    }
}
