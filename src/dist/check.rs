//! The rules that parameters of distributions obey, and their refusals.

use crate::error::{Error, Result};

/// A finite number.
pub(crate) fn finite(field: &str, value: f64) -> Result<f64> {
    if value.is_finite() { Ok(value) } else { Err(Error::bad(field, value, "must be finite")) }
}

/// A finite number above 0.
pub(crate) fn positive(field: &str, value: f64) -> Result<f64> {
    if value > 0.0 && value.is_finite() {
        Ok(value)
    } else {
        Err(Error::bad(field, value, "must be above 0 and finite"))
    }
}

/// Two ends of an interval, the lower below the upper, a finite distance apart.
pub(crate) fn interval(low: f64, high: f64) -> Result<(f64, f64)> {
    finite("low", low)?;
    finite("high", high)?;
    if high <= low {
        return Err(Error::bad("high", high, "must be above low"));
    }
    if !(high - low).is_finite() {
        return Err(Error::bad("high", high, "must be a finite distance above low"));
    }
    Ok((low, high))
}
