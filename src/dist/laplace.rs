//! The Laplace distribution: two exponentials back to back.

use std::f64::consts::LN_2;

use crate::dist::check::{finite, positive};
use crate::dist::density::{Density, Tail};
use crate::error::Result;
use crate::numeric::rng::Rng;

/// Density exp(−|x − mean|/scale) / (2·scale).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Laplace {
    mean: f64,
    scale: f64,
}

impl Laplace {
    /// Laplace around `mean` with mean absolute deviation `scale`.
    ///
    /// # Errors
    /// Names `mean` if it is not finite, `scale` if it is not above 0 and finite.
    pub fn new(mean: f64, scale: f64) -> Result<Self> {
        Ok(Self { mean: finite("mean", mean)?, scale: positive("scale", scale)? })
    }

    /// The mean, also the median.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The scale, the mean absolute deviation.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The standard deviation, √2·scale.
    pub fn sd(&self) -> f64 {
        std::f64::consts::SQRT_2 * self.scale
    }

    /// One draw.
    pub fn sample(&self, rng: &mut Rng) -> f64 {
        let u = rng.open01();
        let size = if u < 0.5 { (2.0 * u).ln() } else { -(2.0 * (1.0 - u)).ln() };
        self.mean + self.scale * size
    }
}

impl Density for Laplace {
    fn ln_pdf(&self, x: f64) -> f64 {
        -(x - self.mean).abs() / self.scale - self.scale.ln() - LN_2
    }

    fn cdf(&self, x: f64) -> f64 {
        let z = (x - self.mean) / self.scale;
        if z <= 0.0 { 0.5 * z.exp() } else { 1.0 - 0.5 * (-z).exp() }
    }

    fn survival(&self, x: f64) -> f64 {
        let z = (x - self.mean) / self.scale;
        if z >= 0.0 { 0.5 * (-z).exp() } else { 1.0 - 0.5 * z.exp() }
    }

    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn tails(&self) -> [Tail; 2] {
        [Tail { square: 0.0, linear: self.scale.recip(), log: 0.0 }; 2]
    }

    fn centre(&self) -> (f64, f64) {
        (self.mean, self.scale)
    }

    fn landmarks(&self) -> Vec<f64> {
        [-40.0, -15.0, -5.0, -1.5, 0.0, 1.5, 5.0, 15.0, 40.0].iter().map(|k| self.mean + k * self.scale).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_density_is_that_of_the_books() {
        let l = Laplace::new(1.0, 2.0).unwrap();
        assert!((l.pdf(1.0) - 0.25).abs() < 1e-16);
        assert!((l.pdf(3.0) - 0.25 * (-1f64).exp()).abs() < 1e-16);
        assert!((l.cdf(-1.0) - 0.5 * (-1f64).exp()).abs() < 1e-16);
        assert!((l.cdf(4.0) + l.survival(4.0) - 1.0).abs() < 1e-15);
        assert!(Laplace::new(0.0, 0.0).is_err() && Laplace::new(f64::INFINITY, 1.0).is_err());
    }

    #[test]
    fn draws_have_the_mean_absolute_deviation() {
        let l = Laplace::new(3.0, 0.5).unwrap();
        let mut rng = Rng::new(2);
        let n = 20_000;
        let mad = (0..n).map(|_| (l.sample(&mut rng) - 3.0).abs()).sum::<f64>() / f64::from(n);
        assert!((mad - 0.5).abs() < 5.0 * 0.5 / f64::from(n).sqrt());
    }
}
