//! Maximum likelihood: the forward fit to the empirical distribution of data.

use crate::dist::normal::Normal;
use crate::error::{Error, Result};
use crate::numeric::sums::sum;

/// The normal under which `points` are likeliest: their mean, and the root of the mean squared deviation (1/n, not
/// 1/(n−1)).
///
/// # Errors
/// `points` must be finite numbers, and not all of them equal: then the likelihood has no maximum, it grows as sd → 0.
pub fn normal(points: &[f64]) -> Result<Normal> {
    if let Some((i, x)) = points.iter().enumerate().find(|(_, x)| !x.is_finite()) {
        return Err(Error::bad(format!("points[{i}]"), x, "must be a finite number"));
    }
    let Some(&origin) = points.first() else {
        return Err(Error::bad("points", "[]", "must not be empty"));
    };
    if points.iter().all(|&x| x == origin) {
        return Err(Error::bad("points", origin, "must not all be equal"));
    }
    let n = points.len() as f64;
    // Deviations from the first point first: far from 0 the mean itself is rounded.
    let shift = sum(points.iter().map(|x| x - origin)) / n;
    let variance = sum(points.iter().map(|x| (x - origin - shift) * (x - origin - shift))) / n;
    Normal::new(origin + shift, variance.sqrt())
}

/// The chance of success under which `successes` of `trials` are likeliest: k/n, which may be 0 or 1.
///
/// # Errors
/// There must be a trial, and no more successes than trials.
pub fn bernoulli(successes: u64, trials: u64) -> Result<f64> {
    if trials == 0 {
        return Err(Error::bad("trials", trials, "must be above 0"));
    }
    if successes > trials {
        return Err(Error::bad("successes", successes, "must not be above the number of trials"));
    }
    Ok(successes as f64 / trials as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_other_normal_is_likelier() -> Result<()> {
        let points = [1e9 + 1.0, 1e9 + 2.0, 1e9 + 4.5, 1e9 + 0.5];
        let best = normal(&points)?;
        assert_eq!(best.mean(), 1e9 + 2.0);
        assert!((best.sd() - (9.5f64 / 4.0).sqrt()).abs() < 1e-15);
        let likelihood = |n: &Normal| points.iter().map(|&x| n.ln_pdf(x)).sum::<f64>();
        for (mean, sd) in [(0.1, 1.0), (-0.1, 1.0), (0.0, 1.1), (0.0, 0.9)] {
            let other = Normal::new(best.mean() + mean, best.sd() * sd)?;
            assert!(likelihood(&other) < likelihood(&best));
        }
        Ok(())
    }

    #[test]
    fn bad_data_are_named() -> Result<()> {
        let said = |points: &[f64]| normal(points).err().map(|e| e.to_string()).unwrap_or_default();
        assert_eq!(said(&[]), "points: [] must not be empty");
        assert_eq!(said(&[1.0, f64::NAN]), "points[1]: NaN must be a finite number");
        assert_eq!(said(&[2.0, 2.0]), "points: 2 must not all be equal");
        assert_eq!((bernoulli(7, 10)?, bernoulli(0, 3)?), (0.7, 0.0));
        assert_eq!(
            bernoulli(4, 3).err().map(|e| e.to_string()).as_deref(),
            Some("successes: 4 must not be above the number of trials")
        );
        assert!(bernoulli(0, 0).is_err());
        Ok(())
    }
}
