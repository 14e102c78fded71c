//! Maximum likelihood: the forward fit to the empirical distribution of data.

use crate::dist::normal::{HALF_LN_2_PI, Normal};
use crate::divergence::Answer;
use crate::error::{Error, Result};
use crate::numeric::sums::sum;
use crate::numeric::tolerance::EPS;

/// The normal under which `points` are likeliest: their mean, and the root of the mean squared deviation (1/n, not
/// 1/(n−1)).
///
/// # Errors
/// `points` must be finite numbers, and not all of them equal: then the likelihood has no maximum, it grows as sd → 0.
pub fn normal(points: &[f64]) -> Result<Normal> {
    let origin = checked(points)?;
    if points.iter().all(|&x| x == origin) {
        return Err(Error::bad("points", origin, "must not all be equal"));
    }
    let n = points.len() as f64;
    // Deviations from the first point first: far from 0 the mean itself is rounded.
    let shift = sum(points.iter().map(|x| x - origin)) / n;
    let variance = sum(points.iter().map(|x| (x - origin - shift) * (x - origin - shift))) / n;
    Normal::new(origin + shift, variance.sqrt())
}

/// The mean log-likelihood (1/n) Σ ln q(xᵢ) of `points` under `q`, in nats.
///
/// It is −H(P) − D(P‖Q) with P the likeliest normal: ln q is a parabola, so only mean and variance count.
///
/// # Errors
/// `points` must be finite numbers, one at least.
pub fn mean_log_likelihood(points: &[f64], q: &Normal) -> Result<Answer> {
    checked(points)?;
    let square = |x: &f64| ((x - q.mean()) / q.sd()).powi(2);
    let spread = 0.5 * sum(points.iter().map(square)) / points.len() as f64;
    let size = spread + q.sd().ln().abs() + HALF_LN_2_PI;
    let value = -(spread + q.sd().ln() + HALF_LN_2_PI);
    Ok(Answer { error: 16.0 * EPS * size, ..Answer::sum(value, points.len()) })
}

/// The first of the points, if all are finite.
fn checked(points: &[f64]) -> Result<f64> {
    match points.iter().position(|x| !x.is_finite()) {
        Some(i) => Err(Error::bad(format!("points[{i}]"), points[i], "must be a finite number")),
        None => points.first().copied().ok_or_else(|| Error::bad("points", "[]", "must not be empty")),
    }
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
    use crate::divergence::{entropy, kl};

    #[test]
    fn the_mean_log_likelihood_is_the_forward_divergence_upside_down() -> Result<()> {
        // The usual example of a standard deviation: mean 5, sd 2.
        let points = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        let fit = normal(&points)?;
        assert_eq!((fit.mean(), fit.sd()), (5.0, 2.0));
        for (mean, sd) in [(5.0, 2.0), (0.0, 1.0), (5.5, 0.3), (-40.0, 12.0)] {
            let q = Normal::new(mean, sd)?;
            let likelihood = mean_log_likelihood(&points, &q)?;
            let mirrored = -entropy::normal(&fit).value - kl::normal(&fit, &q).value;
            assert!((likelihood.value - mirrored).abs() < 1e-13 * (1.0 + mirrored.abs()), "{mean} {sd}");
        }
        assert!(mean_log_likelihood(&[], &fit).is_err());
        Ok(())
    }

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
