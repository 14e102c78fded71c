//! Maximum likelihood: the normal under which given points are most likely.
//!
//! The mean log-likelihood of points under Q is −H(P) − D(P‖Q) in all but name: with P the normal that has
//! their mean and variance, (1/n) Σ ln q(xᵢ) = −H(P) − D(P‖Q) for every normal Q, since ln q is a parabola.
//! So the most likely normal is the forward fit of the points.

use crate::dist::normal::{HALF_LN_2_PI, Normal};
use crate::divergence::Answer;
use crate::error::{Error, Result};
use crate::numeric::sums::sum;
use crate::numeric::tolerance::EPS;

/// The mean and standard deviation of points, with 1/n in the variance: those of the most likely normal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// The mean.
    pub mean: f64,
    /// The standard deviation; 0 where all points coincide, and then no normal is the most likely one.
    pub sd: f64,
}

impl Moments {
    /// Of one or more finite points.
    ///
    /// # Errors
    /// Names the point that is not finite, or an empty list.
    pub fn of(points: &[f64]) -> Result<Self> {
        check(points)?;
        let count = points.len() as f64;
        // From the first point, so that points that coincide have exactly no spread.
        let first = points[0];
        let away = sum(points.iter().map(|x| x - first)) / count;
        let squares = sum(points.iter().map(|x| (x - first - away) * (x - first - away)));
        Ok(Self { mean: first + away, sd: (squares / count).sqrt() })
    }

    /// The most likely normal; none where all points coincide, for ever narrower ones are ever more likely.
    pub fn normal(&self) -> Option<Normal> {
        Normal::new(self.mean, self.sd).ok()
    }
}

/// The mean log-likelihood (1/n) Σ ln q(xᵢ) of points under `q`, in nats.
///
/// # Errors
/// Names the point that is not finite, or an empty list.
pub fn mean_log_likelihood(points: &[f64], q: &Normal) -> Result<Answer> {
    check(points)?;
    let square = |x: &f64| ((x - q.mean()) / q.sd()).powi(2);
    let spread = 0.5 * sum(points.iter().map(square)) / points.len() as f64;
    let size = spread + q.sd().ln().abs() + HALF_LN_2_PI;
    let value = -(spread + q.sd().ln() + HALF_LN_2_PI);
    Ok(Answer { error: 16.0 * EPS * size, ..Answer::sum(value, points.len()) })
}

fn check(points: &[f64]) -> Result<()> {
    if points.is_empty() {
        return Err(Error::bad("points", "[]", "must not be empty"));
    }
    match points.iter().position(|x| !x.is_finite()) {
        Some(i) => Err(Error::bad(format!("points[{i}]"), points[i], "must be finite")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::{entropy, kl};

    const POINTS: [f64; 8] = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];

    #[test]
    fn the_moments_are_those_of_the_textbook() {
        // The usual example: mean 5, population standard deviation 2.
        assert_eq!(Moments::of(&POINTS).unwrap(), Moments { mean: 5.0, sd: 2.0 });
        let far = POINTS.map(|x| x + 1e9);
        assert_eq!(Moments::of(&far).unwrap(), Moments { mean: 1e9 + 5.0, sd: 2.0 });
        let same = Moments::of(&[0.3; 7]).unwrap();
        assert_eq!(same, Moments { mean: 0.3, sd: 0.0 });
        assert!(same.normal().is_none());
    }

    #[test]
    fn the_likelihood_is_the_forward_divergence_mirrored() {
        let fit = Moments::of(&POINTS).unwrap().normal().unwrap();
        for (mean, sd) in [(5.0, 2.0), (0.0, 1.0), (5.5, 0.3), (-40.0, 12.0)] {
            let q = Normal::new(mean, sd).unwrap();
            let likelihood = mean_log_likelihood(&POINTS, &q).unwrap();
            let mirrored = -entropy::normal(&fit).value - kl::normal(&fit, &q).value;
            assert!((likelihood.value - mirrored).abs() < 1e-13 * (1.0 + mirrored.abs()), "{mean} {sd}");
        }
    }

    #[test]
    fn no_other_normal_is_more_likely() {
        let fit = Moments::of(&POINTS).unwrap().normal().unwrap();
        let best = mean_log_likelihood(&POINTS, &fit).unwrap().value;
        for i in -4..=4 {
            for j in -4..=4 {
                let q = Normal::new(5.0 + 0.1 * f64::from(i), 2.0 + 0.1 * f64::from(j)).unwrap();
                let other = mean_log_likelihood(&POINTS, &q).unwrap().value;
                assert!((i, j) == (0, 0) || other < best, "{q:?}");
            }
        }
    }

    #[test]
    fn bad_points_are_named() {
        let q = Normal::new(0.0, 1.0).unwrap();
        let message = mean_log_likelihood(&[0.0, f64::NAN], &q).unwrap_err().to_string();
        assert_eq!(message, "points[1]: NaN must be finite");
        assert!(Moments::of(&[]).is_err());
    }
}
