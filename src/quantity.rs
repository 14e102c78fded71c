//! A number that knows its error and its unit, and from them how many digits may be shown.
//!
//! This is the one place where digits are decided. A digit is shown only if every number within the
//! error rounds to it, so a screen never claims more than the method delivered.

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

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
        self.more = 1;
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

/// A number ready to be written: what the page formats in its own locale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "form")]
pub enum Shown {
    /// With so many digits behind the decimal point.
    Fixed {
        /// The number.
        value: f64,
        /// Digits behind the point.
        places: usize,
    },
    /// As mantissa × 10^exponent.
    Scientific {
        /// The mantissa, 1 ≤ |mantissa| < 10.
        mantissa: f64,
        /// Digits behind the mantissa's point.
        places: usize,
        /// The power of ten.
        exponent: i32,
    },
    /// Plus or minus infinity.
    Infinite {
        /// Whether it is minus infinity.
        negative: bool,
    },
    /// Not known to a single digit: only its order of magnitude can be said.
    Below {
        /// An upper bound of the size.
        bound: f64,
    },
}

/// Significant digits a number is shown with where its error allows.
const DIGITS: i32 = 5;
/// Decimals beyond which a number of ordinary size is not shown.
const PLACES: i32 = 4;
/// More digits than there are to a double.
const MOST: u8 = 13;

/// The shown form of `value` known to within `error`.
///
/// Numbers from 0.001 to a million are shown with five significant digits and at most four decimals
/// (three significant digits below 0.01), others as a power of ten. A tie such as 5.03125, where the ends of the error
/// interval round apart although the error is next to nothing, is rounded away from zero, as on paper: either neighbour
/// is as near. Where the error is larger than that, fewer digits are shown.
fn shown(value: f64, error: f64, more: i32) -> Shown {
    if value.is_infinite() {
        return Shown::Infinite { negative: value < 0.0 };
    }
    let error = if error.is_finite() { error.abs() } else { f64::MAX };
    let size = value.abs();
    if size == 0.0 && error == 0.0 {
        return Shown::Fixed { value: 0.0, places: 0 };
    }
    if size <= error {
        // What nothing tells from zero, to all the decimals that are usually shown.
        if size + error < 0.5 * 10f64.powi(-PLACES) {
            return Shown::Fixed { value: 0.0, places: PLACES as usize };
        }
        return Shown::Below { bound: size + error };
    }
    let magnitude = size.log10().floor() as i32;
    if (-3..6).contains(&magnitude) {
        let wanted = (DIGITS - 1 + more - magnitude).clamp(0, (PLACES + more).max(2 - magnitude));
        let value = settled(value, error, wanted);
        match places(value, error, wanted) {
            Some(p) => Shown::Fixed { value, places: p },
            None => Shown::Below { bound: size + error },
        }
    } else {
        let power = 10f64.powi(magnitude);
        let (mut mantissa, mut exponent) = (value / power, magnitude);
        // 10^magnitude may be off by one where log10 rounds up to a whole number.
        if mantissa.abs() >= 10.0 {
            mantissa /= 10.0;
            exponent += 1;
        } else if mantissa.abs() < 1.0 {
            mantissa *= 10.0;
            exponent -= 1;
        }
        // The division by the power of ten rounds too, unless the number is exact.
        let spread = if error == 0.0 { 0.0 } else { error / 10f64.powi(exponent) + 4.0 * f64::EPSILON };
        let mantissa = settled(mantissa, spread, DIGITS - 1 + more);
        match places(mantissa, spread, DIGITS - 1 + more) {
            Some(p) => {
                let rounded = format!("{:.*}", p, mantissa.abs());
                if rounded.starts_with("10") {
                    return Shown::Scientific { mantissa: mantissa.signum(), places: p, exponent: exponent + 1 };
                }
                Shown::Scientific { mantissa, places: p, exponent }
            }
            None => Shown::Below { bound: size + error },
        }
    }
}

/// An error below this share of the last place is next to nothing: rounding up or down is as right.
const TIE: f64 = 1e-6;

/// The value, or, where it is halfway between two numbers of so many decimals as far as its error can tell, the one
/// that is further from zero. What is exact by definition stays as it is.
fn settled(value: f64, error: f64, decimals: i32) -> f64 {
    let places = 10f64.powi(decimals);
    let (scaled, noise) = (value.abs() * places, error * places);
    let above = scaled.floor() + 1.0;
    let halfway = (scaled - (above - 0.5)).abs() <= noise;
    if error > 0.0 && noise < TIE && halfway { value.signum() * above / places } else { value }
}

/// The number of decimals, near `wanted`, at which everything within `error` of `value` reads the same,
/// with no zeros at the end that an exact number does not need. Never so few that a number other than 0 reads as 0.
fn places(value: f64, error: f64, wanted: i32) -> Option<usize> {
    let wanted = wanted as usize;
    let found = (wanted..=wanted + 2).chain((0..wanted).rev()).find(|&p| alike(value - error, value + error, p))?;
    if written(value, found) == Some(0.0) {
        return None;
    }
    // A setting such as 0.5 is exact: it is shown as it was set, not as 0.5000.
    let mut p = found;
    while error == 0.0 && p > 0 && written(value, p - 1) == written(value, p) {
        p -= 1;
    }
    Some(p)
}

/// Whether two numbers read the same with so many decimals.
fn alike(a: f64, b: f64, places: usize) -> bool {
    match (units(a, places), units(b, places)) {
        (Some(m), Some(n)) => m == n && a.is_sign_negative() == b.is_sign_negative(),
        _ => format!("{a:.places$}") == format!("{b:.places$}"),
    }
}

/// The number that is read where one is written with so many decimals.
fn written(value: f64, places: usize) -> Option<f64> {
    // Both are whole and exact, so that their ratio is the number nearest to those digits.
    units(value, places)
        .map(|units| units / 10f64.powi(places as i32))
        .or_else(|| format!("{value:.places$}").parse().ok())
}

/// How many units of the last decimal a number rounds to, unless scaling it could take it to the other side of a half: then
/// its digits have to be asked, which takes far longer.
fn units(value: f64, places: usize) -> Option<f64> {
    let scaled = value * 10f64.powi(places as i32);
    let units = scaled.round();
    (units.abs() < 1e9 && (scaled - units).abs() < 0.5 - 1e-6).then_some(units)
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Fixed { value, places } => write!(f, "{}", minus(&format!("{value:.places$}"))),
            // 1 × 10⁻⁹ is 10⁻⁹.
            Self::Scientific { mantissa: 1.0, places: 0, exponent } => f.write_str(&power_of_ten(exponent)),
            Self::Scientific { mantissa, places, exponent } => {
                write!(f, "{} × {}", minus(&format!("{mantissa:.places$}")), power_of_ten(exponent))
            }
            Self::Infinite { negative: false } => f.write_str("∞"),
            Self::Infinite { negative: true } => f.write_str("−∞"),
            Self::Below { bound } => write!(f, "0 ± {bound:.0e}"),
        }
    }
}

/// A true minus sign.
fn minus(number: &str) -> String {
    number.replace('-', "−")
}

/// A power of ten in words: `10⁻³`.
pub fn power_of_ten(exponent: i32) -> String {
    std::iter::once("10".to_owned()).chain(exponent.to_string().chars().map(|c| superscript(c).to_string())).collect()
}

fn superscript(c: char) -> char {
    match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32('⁰' as u32 + (c as u32 - '0' as u32)).unwrap_or(c),
        other => other,
    }
}

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
    fn rounding_by_scaling_reads_as_the_digits_do() {
        let digits = |v: f64, places: usize| format!("{v:.places$}");
        for k in 0u32..20_000 {
            let anywhere = |step: f64| (f64::from(k) * step).fract();
            let places = (k % 9) as usize;
            let size = 10f64.powf(14.0 * anywhere(0.618_033_988_749) - 9.0);
            // All over, and on and beside the halves, where it matters.
            let half = ((anywhere(0.754_877_666_246) * 2000.0).floor() - 999.5) / 10f64.powi(places as i32);
            for value in [size, -size, half, half * (1.0 + 1e-15), half * (1.0 - 1e-9)] {
                assert_eq!(written(value, places), digits(value, places).parse().ok(), "{value:e} to {places}");
                for other in [value, value * (1.0 + 1e-12), value + 0.3 * 0.1f64.powi(places as i32), -value] {
                    let same = digits(value, places) == digits(other, places);
                    assert_eq!(alike(value, other, places), same, "{value:e} and {other:e} to {places}");
                }
            }
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
