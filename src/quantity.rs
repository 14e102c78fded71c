//! A number that knows its error and its unit, and from them how many digits may be shown.
//!
//! This is the one place where digits are decided. A digit is shown only if every number within the
//! error rounds to it, so a screen never claims more than the method delivered.

mod shown;

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use self::shown::{DIGITS, PLACES, places, settled, shown, written};
pub use self::shown::{Shown, power_of_ten};

/// What a number measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A pure number, a probability, a length on the x axis.
    One,
    /// Information in nats; shown in bits where the reader asks for bits.
    Nats,
    /// Information in bits whatever the reader asked for (code lengths).
    Bits,
    /// A share, shown in per cent.
    Percent,
    /// A count of observations, symbols or steps.
    Count,
}

/// How a value was got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Method {
    /// By a formula; the error is that of rounding.
    #[serde(rename = "closed form")]
    ClosedForm,
    /// By a finite sum; the error is that of rounding.
    #[serde(rename = "sum")]
    Sum,
    /// By adaptive quadrature; the error is a bound.
    #[serde(rename = "quadrature")]
    Quadrature,
    /// From random draws; the error is a standard error.
    #[serde(rename = "sampling")]
    Sampling,
}

impl Method {
    /// Whether the error is more than rounding, so that a reader wants to see it.
    pub const fn is_approximate(self) -> bool {
        matches!(self, Self::Quadrature | Self::Sampling)
    }

    /// The name on the wire and on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ClosedForm => "closed form",
            Self::Sum => "sum",
            Self::Quadrature => "quadrature",
            Self::Sampling => "sampling",
        }
    }
}

/// Nats in a bit.
pub const LN_2: f64 = std::f64::consts::LN_2;

/// A value, an absolute bound on its error, and a unit. It serializes with the form it is shown in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// The value; `+inf` is a value, NaN is not.
    pub value: f64,
    /// An absolute bound of its error (a standard error where it was sampled).
    pub error: f64,
    /// What it measures.
    pub unit: Unit,
    /// Digits it is shown with beyond the usual, where its error allows.
    more: u8,
    /// Whether it stands beside others of its kind, with as many decimals as they.
    even: bool,
}

impl Quantity {
    /// A number that is exact by definition: a setting, a count.
    pub const fn exact(value: f64) -> Self {
        Self { value, error: 0.0, unit: Unit::One, more: 0, even: false }
    }

    /// So many nats exactly, by definition: a threshold.
    pub const fn nats(value: f64) -> Self {
        Self::exact(value).unit(Unit::Nats)
    }

    /// A number computed in a few roundings.
    pub fn rounded(value: f64) -> Self {
        Self { value, error: 1e-13 * value.abs(), unit: Unit::One, more: 0, even: false }
    }

    /// A number with a stated bound of its error.
    pub const fn bounded(value: f64, error: f64) -> Self {
        Self { value, error, unit: Unit::One, more: 0, even: false }
    }

    /// A place on an axis with a bound of its error. Nobody reads a place as a power of ten of five digits: one that would
    /// read as 0.0000 has two.
    pub const fn place(value: f64, error: f64) -> Self {
        let place = Self::bounded(value, error);
        if value.abs() < 0.5 * 1e-4 { place.even() } else { place }
    }

    /// The same number in another unit of measure (nothing is converted).
    #[must_use]
    pub const fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// The number shown with one more digit, where its error allows: a place where something happens.
    #[must_use]
    pub const fn finer(mut self) -> Self {
        self.more += 1;
        self
    }

    /// The number shown with the usual decimals while that leaves it a digit: one of a list of its kind, such as
    /// probabilities. One that would read as 0.0000 is shown as a power of ten with two digits; exact zeros stay 0.
    #[must_use]
    pub const fn even(mut self) -> Self {
        self.even = true;
        self
    }

    /// The number with as many more digits as tell it from another that it is compared with, in bits too. Where the
    /// errors leave nothing to tell, as it is: then words have to say that both are equal.
    #[must_use]
    pub fn beside(self, other: &Self) -> Self {
        if self.may_equal(other) {
            return self;
        }
        let apart = |more: u8| {
            let (a, b) = (Self { more, ..self }, Self { more, ..*other });
            a.to_string() != b.to_string() && a.in_bits().to_string() != b.in_bits().to_string()
        };
        let more = (self.more..=MOST).find(|more| apart(*more)).unwrap_or(self.more);
        Self { more, ..self }
    }

    /// Whether another number may be the same, as far as both are known.
    pub fn may_equal(&self, other: &Self) -> bool {
        self.value == other.value || (self.value - other.value).abs() <= self.error + other.error
    }

    /// Information converted from nats to bits; anything else unchanged.
    #[must_use]
    pub fn in_bits(mut self) -> Self {
        if self.unit == Unit::Nats {
            self.value /= LN_2;
            self.error = self.error / LN_2 + f64::EPSILON * self.value.abs();
            self.unit = Unit::Bits;
        }
        self
    }

    /// The bound of the error in the size in which the number is shown.
    pub fn shown_error(&self) -> f64 {
        if self.unit == Unit::Percent { 100.0 * self.error } else { self.error }
    }

    /// Whether what is shown is the number itself, as far as it is known, and not its rounding.
    pub fn is_shown_in_full(&self) -> bool {
        let scale = if self.unit == Unit::Percent { 100.0 } else { 1.0 };
        let read = match self.shown() {
            Shown::Fixed { value, places } => written(value, places),
            Shown::Scientific { mantissa, places, exponent } => format!("{mantissa:.places$}e{exponent}").parse().ok(),
            Shown::Infinite { .. } => return true,
            Shown::Below { .. } => return false,
        };
        let value = self.value * scale;
        read.is_some_and(|read: f64| (read - value).abs() <= scale * self.error + f64::EPSILON * value.abs())
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(mut self) -> Self {
        self.value = -self.value;
        self
    }

    /// How the number may be shown.
    pub fn shown(&self) -> Shown {
        let scale = if self.unit == Unit::Percent { 100.0 } else { 1.0 };
        let (value, error) = (self.value * scale, self.error * scale);
        if self.even && value != 0.0 && value.abs() < 1.0 {
            let value = settled(value, error, PLACES);
            return match places(value, error, PLACES) {
                Some(places) => Shown::Fixed { value, places },
                None => shown(value, error, 2 - DIGITS),
            };
        }
        shown(value, error, i32::from(self.more))
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Quantity", 4)?;
        fields.serialize_field("value", &self.value)?;
        fields.serialize_field("error", &self.error)?;
        fields.serialize_field("unit", &self.unit)?;
        fields.serialize_field("shown", &self.shown())?;
        fields.end()
    }
}

/// More digits than there are to a double.
const MOST: u8 = 13;

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suffix = match self.unit {
            Unit::One | Unit::Count => "",
            Unit::Nats => " nats",
            Unit::Bits => " bits",
            Unit::Percent => " %",
        };
        write!(f, "{}{suffix}", self.shown())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: f64, error: f64) -> String {
        Quantity::bounded(value, error).to_string()
    }

    #[test]
    fn digits_follow_from_value_and_error() {
        for (value, error, want) in [
            (0.318147180559945, 1e-16, "0.3181"),
            (555.5555555555555, 1e-13, "555.56"),
            (0.0201355, 1e-17, "0.0201"),
            (2.36619e-4, 1e-18, "2.3662 × 10⁻⁴"),
            (0.001234567, 1e-18, "0.00123"),
            (0.318147, 1e-3, "0.32"),
            (0.318147, 0.2, "0 ± 5e-1"),
            (f64::INFINITY, 0.0, "∞"),
            (0.01125, 1e-17, "0.0113"),
            (5.03125, 1e-15, "5.0313"),
            (-0.551_249_999_999_999_9, 1e-15, "−0.5513"),
            (0.55125, 1e-4, "0.551"),
            (0.00125, 0.0, "0.00125"),
            (3.000_05e-7, 1e-21, "3.0001 × 10⁻⁷"),
            (-0.5, 0.0, "−0.5"),
            (0.0, 0.0, "0"),
            (1e-17, 1e-16, "0.0000"),
            (1e-17, 1e-3, "0 ± 1e-3"),
            (99999.96, 1e-9, "100000"),
            (9.999999e-5, 1e-20, "1.0000 × 10⁻⁴"),
            (1.5e7, 0.0, "1.5 × 10⁷"),
            (1e-9, 0.0, "10⁻⁹"),
            (1e6, 0.0, "10⁶"),
            (-1e6, 0.0, "−1 × 10⁶"),
        ] {
            assert_eq!(read(value, error), want, "{value} ± {error}");
        }
    }

    #[test]
    fn what_is_not_zero_never_reads_as_zero() {
        for (value, want) in [
            (8.3e-7, "8.3 × 10⁻⁷"),
            (-8.3e-7, "−8.3 × 10⁻⁷"),
            (4.9e-5, "4.9 × 10⁻⁵"),
            (9.96e-6, "1.0 × 10⁻⁵"),
            (0.000_06, "0.0001"),
            (0.318_147, "0.3181"),
            (0.0, "0"),
        ] {
            let error = 1e-13 * f64::abs(value);
            assert_eq!(Quantity::bounded(value, error).even().to_string(), want);
            if value.abs() < 1e-5 {
                assert_eq!(Quantity::place(value, error).to_string(), want);
            }
        }
        // A digit that is zero is none, however large the error; and what can't be told from zero is so to four decimals.
        assert_eq!(read(0.03, 0.01), "0 ± 4e-2");
        assert_eq!(Quantity::place(1e-17, 1e-13).to_string(), "0.0000");
        for k in 0..4000 {
            let anywhere = |step: f64| (f64::from(k) * step).fract();
            let value = 10f64.powf(16.0 * anywhere(0.618_033_988_749) - 12.0);
            let error = value * 10f64.powf(-16.0 * anywhere(0.754_877_666_246)).min(0.999);
            for quantity in [Quantity::bounded(value, error), Quantity::bounded(-value, error)] {
                for shown in [quantity, quantity.even(), quantity.finer(), Quantity::place(quantity.value, error)] {
                    let zero = shown.to_string().trim_start_matches('−').chars().all(|c| c == '0' || c == '.');
                    assert!(!zero, "{value:e} ± {error:e} reads {shown}");
                }
            }
        }
    }

    #[test]
    fn numbers_that_are_compared_have_the_digits_that_tell_them_apart() {
        let nats = |value: f64, error: f64| Quantity::bounded(value, error).unit(Unit::Nats);
        let beside = |a: Quantity, b: Quantity| (a.beside(&b).to_string(), b.beside(&a).to_string());
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(beside(nats(0.5, 1e-15), nats(0.7, 1e-15)), pair("0.5000 nats", "0.7000 nats"));
        let close = (nats(0.684_312, 1e-15), nats(0.684_278, 1e-15));
        assert_eq!(beside(close.0, close.1), pair("0.68431 nats", "0.68428 nats"));
        let [a, b] = [close.0.beside(&close.1), close.1.beside(&close.0)].map(|q| q.in_bits().to_string());
        assert!(a != b, "{a} {b}");
        assert_eq!(beside(nats(1.0, 1e-16), nats(1.0 + 1e-12, 1e-16)).1, "1.000000000001 nats");
        // What is equal, or may be, stays as it is.
        assert_eq!(beside(nats(0.5, 1e-15), nats(0.5, 1e-15)), pair("0.5000 nats", "0.5000 nats"));
        let near = (nats(0.500_001, 1e-5), nats(0.500_002, 1e-5));
        assert!(near.0.may_equal(&near.1) && !close.0.may_equal(&close.1));
        assert!(nats(f64::INFINITY, 0.0).may_equal(&nats(f64::INFINITY, 0.0)));
        assert_eq!(beside(near.0, near.1), pair("0.5000 nats", "0.5000 nats"));
    }

    #[test]
    fn a_finer_number_has_one_digit_more_if_it_is_right() {
        for (value, error, want) in
            [(2.800_078_9, 1e-9, "2.80008"), (0.688_77, 1e-9, "0.68877"), (2.800_078_9, 2e-5, "2.8001")]
        {
            assert_eq!(Quantity::bounded(value, error).finer().to_string(), want);
        }
    }

    #[test]
    fn a_number_is_shown_in_full_where_no_digit_was_cut() {
        for (value, error, full) in [
            (0.25, 0.0, true),
            (0.5, 1e-14, true),
            (0.510_825_6, 1e-14, false),
            (1.0 / 3.0, 0.0, false),
            (f64::INFINITY, 0.0, true),
            (1e-9, 0.0, true),
            (1.234_567e-9, 0.0, false),
            (0.3, 0.2, false),
        ] {
            assert_eq!(Quantity::bounded(value, error).is_shown_in_full(), full, "{value} ± {error}");
        }
        assert!(Quantity::exact(0.07).unit(Unit::Percent).is_shown_in_full());
    }

    #[test]
    fn nats_become_bits_and_nothing_else_does() {
        let one = Quantity::bounded(LN_2, 1e-16).unit(Unit::Nats).in_bits();
        assert_eq!(one.to_string(), "1.0000 bits");
        assert_eq!(Quantity::exact(2.0).in_bits().to_string(), "2");
    }
}
