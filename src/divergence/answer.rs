//! What a computation answers: a value, a bound of its error, how it was got and, if infinite, why.

use crate::numeric::tolerance::{EPS, FORMULA_ROUNDING};
use crate::quantity::{Method, Quantity, Unit};
use crate::text::Text;

/// A value in nats (or in the unit its function names) with its error bound, method and cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The value; infinity is a value, NaN is not.
    pub value: f64,
    /// A bound of the absolute error; 0 only where the value is exact by definition.
    pub error: f64,
    /// How the value was got.
    pub method: Method,
    /// Why the value is infinite.
    pub cause: Option<Text>,
    /// Evaluations of the integrand (0 where there is none).
    pub evaluations: usize,
}

impl Answer {
    /// A value by a formula that loses no digits: its error is a few roundings.
    pub fn closed_form(value: f64) -> Self {
        Self::new(value, FORMULA_ROUNDING * value.abs(), Method::ClosedForm, 0)
    }

    /// A value that is exact by definition, such as the divergence of a distribution from itself.
    pub fn exact(value: f64) -> Self {
        Self::new(value, 0.0, Method::ClosedForm, 0)
    }

    /// A sum of so many terms of one sign, each right to a few roundings.
    pub fn sum(value: f64, terms: usize) -> Self {
        Self::new(value, (16.0 + terms as f64) * EPS * value.abs(), Method::Sum, 0)
    }

    /// A value by quadrature with the bound it came with.
    pub fn quadrature(value: f64, error: f64, evaluations: usize) -> Self {
        Self::new(value, error, Method::Quadrature, evaluations)
    }

    /// Infinity and its cause; `method` tells what showed it.
    pub fn infinite(cause: Text, method: Method) -> Self {
        Self { cause: Some(cause), ..Self::new(f64::INFINITY, 0.0, method, 0) }
    }

    fn new(value: f64, error: f64, method: Method, evaluations: usize) -> Self {
        let error = if value.is_finite() { error } else { 0.0 };
        Self { value, error, method, cause: None, evaluations }
    }

    /// The answer as a number with its unit, to be shown.
    pub fn quantity(&self, unit: Unit) -> Quantity {
        Quantity::bounded(self.value, self.error).unit(unit)
    }

    /// The sum of two answers, such as a cross-entropy from an entropy and a divergence.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let value = self.value + other.value;
        let error = self.error + other.error + EPS * value.abs();
        let method = if self.method == Method::ClosedForm { other.method } else { self.method };
        let overflow = || value.is_infinite().then(too_large);
        let cause = self.cause.clone().or_else(|| other.cause.clone()).or_else(overflow);
        Self { cause, ..Self::new(value, error, method, self.evaluations.max(other.evaluations)) }
    }
}

/// The cause of an infinity that is only one of f64.
pub(crate) fn too_large() -> Text {
    Text::new("the value is above the largest number, 1.8e308")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_infinite_answer_has_a_cause_and_no_error() {
        let answer = Answer::infinite(Text::new("no mass"), Method::Sum);
        assert_eq!(answer.quantity(Unit::Nats).to_string(), "∞ nats");
        let total = Answer::closed_form(1.0).plus(&answer);
        assert_eq!((total.value, total.error, total.method), (f64::INFINITY, 0.0, Method::Sum));
        assert_eq!(total.cause, Some(Text::new("no mass")));
    }

    #[test]
    fn a_formula_is_shown_to_all_digits_and_zero_is_exact() {
        assert_eq!(Answer::closed_form(0.5).quantity(Unit::One).to_string(), "0.5000");
        assert_eq!(Answer::exact(0.0).quantity(Unit::One).to_string(), "0");
    }
}
