//! Numbers as they are written: 0.1 is a tenth, though the double that it is read as is not.
//!
//! Where settings are divided by their sum, 0.1 and 0.3 stand for one to three. Their doubles are not in that proportion,
//! and two distributions that are the same would differ in their seventeenth digit.

/// The units that a short decimal is a whole number of.
const UNITS: f64 = 1e9;

/// The numbers in the proportions in which they are written: as whole numbers of billionths if all have at most nine
/// decimals, and as they are if not.
pub fn proportions(values: &[f64]) -> Vec<f64> {
    let whole: Option<Vec<f64>> = values.iter().map(|&v| billionths(v)).collect();
    whole.unwrap_or_else(|| values.to_vec())
}

/// A number and the rest up to 1, in the proportion in which they are written; `None` if it has more decimals.
pub fn split(value: f64) -> Option<[f64; 2]> {
    let part = billionths(value)?;
    Some([part, UNITS - part])
}

/// How many billionths a number is, if it is the double nearest to so many.
fn billionths(value: f64) -> Option<f64> {
    let count = (value * UNITS).round();
    (count.abs() < 9e15 && count / UNITS == value).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_decimals_are_whole_numbers_of_billionths() {
        assert_eq!(proportions(&[0.1, 0.3, 0.6, 0.0]), [1e8, 3e8, 6e8, 0.0]);
        assert_eq!(
            (split(0.7), split(1.0), split(1e-9)),
            (Some([7e8, 3e8]), Some([1e9, 0.0]), Some([1.0, 999_999_999.0]))
        );
        for k in 0..=1_000_000u32 {
            let written = f64::from(k) / 1e6;
            assert_eq!(billionths(written), Some(1000.0 * f64::from(k)), "{written}");
        }
    }

    #[test]
    fn what_is_no_short_decimal_stays_as_it_is() {
        for value in [1.0 / 3.0, 0.1f64.next_up(), 1e-10, 0.123_456_789_1, 1e300, f64::MIN_POSITIVE] {
            assert_eq!((proportions(&[value, 0.5]), split(value)), (vec![value, 0.5], None), "{value}");
        }
    }
}
