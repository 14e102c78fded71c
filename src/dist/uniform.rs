//! The uniform distribution on an interval.

use crate::dist::check::interval;
use crate::dist::density::{Density, Tail};
use crate::error::Result;
use crate::numeric::rng::Rng;

/// Density 1/(high − low) between low and high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    low: f64,
    high: f64,
}

impl Uniform {
    /// Uniform between `low` and `high`.
    ///
    /// # Errors
    /// Names an end that is not finite, or `high` if it is not above `low`.
    pub fn new(low: f64, high: f64) -> Result<Self> {
        let (low, high) = interval(low, high)?;
        Ok(Self { low, high })
    }

    /// The lower end.
    pub fn low(&self) -> f64 {
        self.low
    }

    /// The upper end.
    pub fn high(&self) -> f64 {
        self.high
    }

    /// The length of the interval.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.low + 0.5 * self.width()
    }

    /// The standard deviation, width/√12.
    pub fn sd(&self) -> f64 {
        self.width() / 12f64.sqrt()
    }

    /// One draw.
    pub fn sample(&self, rng: &mut Rng) -> f64 {
        self.low + self.width() * rng.open01()
    }
}

impl Density for Uniform {
    fn ln_pdf(&self, x: f64) -> f64 {
        if (self.low..=self.high).contains(&x) { -self.width().ln() } else { f64::NEG_INFINITY }
    }

    fn cdf(&self, x: f64) -> f64 {
        ((x - self.low) / self.width()).clamp(0.0, 1.0)
    }

    fn survival(&self, x: f64) -> f64 {
        ((self.high - x) / self.width()).clamp(0.0, 1.0)
    }

    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn tails(&self) -> [Tail; 2] {
        [Tail::NONE; 2]
    }

    fn centre(&self) -> (f64, f64) {
        (self.mean(), self.sd())
    }

    fn landmarks(&self) -> Vec<f64> {
        vec![self.low, self.high]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_density_fills_the_interval() {
        let u = Uniform::new(-1.0, 3.0).unwrap();
        assert_eq!((u.pdf(0.0), u.pdf(3.5), u.cdf(0.0), u.survival(0.0)), (0.25, 0.0, 0.25, 0.75));
        assert_eq!((u.mean(), u.sd()), (1.0, 4.0 / 12f64.sqrt()));
    }

    #[test]
    fn an_interval_that_is_none_is_refused() {
        assert_eq!(Uniform::new(1.0, 1.0).unwrap_err().to_string(), "high: 1 must be above low");
        assert!(Uniform::new(f64::NAN, 1.0).is_err() && Uniform::new(0.0, f64::INFINITY).is_err());
        assert!(Uniform::new(-1e308, 1e308).is_err());
    }
}
