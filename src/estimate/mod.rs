//! Estimates of a divergence from samples: Monte Carlo with known densities, histograms, nearest neighbours.

pub mod histogram;
pub mod monte_carlo;
pub mod nearest_neighbour;

/// An estimate from random draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate in nats; unlike a divergence it may be negative.
    pub value: f64,
    /// Its standard error; infinite where it cannot be told.
    pub standard_error: f64,
    /// Why the value is infinite, if it is.
    pub cause: Option<crate::text::Text>,
}
