//! The Cauchy distribution: tails so heavy that there is no mean.

use std::f64::consts::PI;

use crate::dist::check::{finite, positive};
use crate::dist::density::{Density, Tail};
use crate::error::Result;
use crate::numeric::rng::Rng;

/// Density scale / (π·((x − location)² + scale²)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cauchy {
    location: f64,
    scale: f64,
}

impl Cauchy {
    /// Cauchy with median `location` and half-width at half height `scale`.
    ///
    /// # Errors
    /// Names `location` if it is not finite, `scale` if it is not above 0 and finite.
    pub fn new(location: f64, scale: f64) -> Result<Self> {
        Ok(Self { location: finite("location", location)?, scale: positive("scale", scale)? })
    }

    /// The median.
    pub fn location(&self) -> f64 {
        self.location
    }

    /// The half-width at half height, also half the distance between the quartiles.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// One draw.
    pub fn sample(&self, rng: &mut Rng) -> f64 {
        self.location + self.scale * (PI * (rng.open01() - 0.5)).tan()
    }
}

impl Density for Cauchy {
    fn ln_pdf(&self, x: f64) -> f64 {
        // ln(1 + z²) by the larger of 1 and z, so that z² cannot overflow.
        let z = ((x - self.location) / self.scale).abs();
        let ln_1p_square = if z > 1e8 { 2.0 * z.ln() } else { (z * z).ln_1p() };
        -ln_1p_square - self.scale.ln() - PI.ln()
    }

    fn cdf(&self, x: f64) -> f64 {
        self.scale.atan2(self.location - x) / PI
    }

    fn survival(&self, x: f64) -> f64 {
        self.scale.atan2(x - self.location) / PI
    }

    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn tails(&self) -> [Tail; 2] {
        [Tail { square: 0.0, linear: 0.0, log: 2.0 }; 2]
    }

    fn centre(&self) -> (f64, f64) {
        (self.location, self.scale)
    }

    fn landmarks(&self) -> Vec<f64> {
        [-8.0, -1.5, 0.0, 1.5, 8.0].iter().map(|k| self.location + k * self.scale).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_density_is_that_of_the_books() {
        let c = Cauchy::new(1.0, 2.0).unwrap();
        assert!((c.pdf(1.0) - 1.0 / (2.0 * PI)).abs() < 1e-16);
        assert!((c.pdf(3.0) - 1.0 / (4.0 * PI)).abs() < 1e-16);
        assert!((c.cdf(3.0) - 0.75).abs() < 1e-15 && (c.survival(3.0) - 0.25).abs() < 1e-15);
        // Far out the tail is scale/(π·distance).
        assert!((c.survival(1e20) * PI * 1e20 / 2.0 - 1.0).abs() < 1e-14);
        assert!(c.ln_pdf(1e200).is_finite());
    }

    #[test]
    fn half_of_the_draws_fall_between_the_quartiles() {
        let c = Cauchy::new(-2.0, 3.0).unwrap();
        let mut rng = Rng::new(4);
        let n = 20_000;
        let inside = (0..n).filter(|_| (c.sample(&mut rng) + 2.0).abs() < 3.0).count() as f64 / f64::from(n);
        assert!((inside - 0.5).abs() < 5.0 * 0.5 / f64::from(n).sqrt());
    }
}
