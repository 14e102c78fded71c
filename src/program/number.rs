//! A number that a program prints, and what both languages ask of it.

use crate::dist::Categorical;
use crate::divergence::Request;
use crate::quantity::Unit;

/// A number that a program prints.
pub struct Number<'a> {
    /// Its name.
    pub label: String,
    /// What it is.
    pub request: &'a Request,
    /// The unit that it is printed in.
    pub unit: Unit,
}

/// A unit's name after a number.
pub fn word(unit: Unit) -> &'static str {
    match unit {
        Unit::Nats => " nats",
        Unit::Bits => " bits",
        Unit::One | Unit::Percent | Unit::Count => "",
    }
}

/// Whether it has a probability above 0 that is too small for a number of its own; the logarithm is not.
pub fn underflows(of: &Categorical) -> bool {
    of.probs().iter().zip(of.logs()).any(|(p, ln_p)| *p < f64::MIN_POSITIVE && ln_p.is_finite())
}
