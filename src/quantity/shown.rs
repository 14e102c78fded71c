//! How a number that is known to within an error may be written: which digits of it are right.

use std::fmt;

use serde::Serialize;

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
pub(super) const DIGITS: i32 = 5;
/// Decimals beyond which a number of ordinary size is not shown.
pub(super) const PLACES: i32 = 4;

/// The shown form of `value` known to within `error`.
///
/// Numbers from 0.001 to a million are shown with five significant digits and at most four decimals
/// (three significant digits below 0.01), others as a power of ten. A tie such as 5.03125, where the ends of the error
/// interval round apart although the error is next to nothing, is rounded away from zero, as on paper: either neighbour
/// is as near. Where the error is larger than that, fewer digits are shown.
pub(super) fn shown(value: f64, error: f64, more: i32) -> Shown {
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
pub(super) fn settled(value: f64, error: f64, decimals: i32) -> f64 {
    let places = 10f64.powi(decimals);
    let (scaled, noise) = (value.abs() * places, error * places);
    let above = scaled.floor() + 1.0;
    let halfway = (scaled - (above - 0.5)).abs() <= noise;
    if error > 0.0 && noise < TIE && halfway { value.signum() * above / places } else { value }
}

/// The number of decimals, near `wanted`, at which everything within `error` of `value` reads the same,
/// with no zeros at the end that an exact number does not need. Never so few that a number other than 0 reads as 0.
pub(super) fn places(value: f64, error: f64, wanted: i32) -> Option<usize> {
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
pub(super) fn written(value: f64, places: usize) -> Option<f64> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
