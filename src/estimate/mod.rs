//! Estimates of a divergence from samples: Monte Carlo with known densities, histograms, nearest neighbours.

pub mod histogram;
pub mod monte_carlo;
pub mod nearest_neighbour;
pub mod spread;

use crate::text::Text;

/// An estimate from random draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate in nats; unlike a divergence it may be negative.
    pub value: f64,
    /// Its standard error; infinite where there is none, or where it cannot be told.
    pub standard_error: f64,
    /// Why the value, or else its standard error, is infinite.
    pub cause: Option<Text>,
}

impl Estimate {
    /// The same without a standard error, and why; an infinite value keeps its own cause.
    #[must_use]
    pub fn without_error(self, why: Text) -> Self {
        if self.value.is_infinite() {
            return self;
        }
        Self { standard_error: f64::INFINITY, cause: Some(why), ..self }
    }

    /// The estimate, whose standard error cannot be told from a single draw of a distribution, nor if it is no number.
    #[must_use]
    fn with_draws(self, draws: usize) -> Self {
        if draws < 2 {
            self.without_error(Text::new("a single draw does not tell how much others differ"))
        } else if !self.standard_error.is_finite() {
            self.without_error(Text::new("the spread is above the largest number, 1.8e308"))
        } else {
            self
        }
    }
}
