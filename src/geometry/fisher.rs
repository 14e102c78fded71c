//! Fisher information: the ruler by which D(θ+δ‖θ) ≈ ½·I(θ)·δ² for a small step δ.

use crate::dist::{Bernoulli, Normal};
use crate::divergence::answer::Answer;
use crate::divergence::kl;
use crate::error::Result;

/// 1/(θ(1−θ)); infinite at 0 and 1.
pub fn bernoulli(coin: &Bernoulli) -> f64 {
    coin.variance().recip()
}

/// The information of a normal about its mean, 1/σ², and about its standard deviation, 2/σ²; the two do not mix.
pub fn normal(p: &Normal) -> [f64; 2] {
    let precision = (p.sd() * p.sd()).recip();
    [precision, 2.0 * precision]
}

/// A step of length δ from θ: the divergence both ways and what the ruler says.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// D(θ+δ‖θ).
    pub forward: Answer,
    /// D(θ‖θ+δ).
    pub reverse: Answer,
    /// ½·I(θ)·δ².
    pub ruler: f64,
}

/// A step of a coin's probability.
///
/// # Errors
/// Names `p` if θ + δ leaves [0, 1].
pub fn bernoulli_step(coin: &Bernoulli, step: f64) -> Result<Step> {
    let there = Bernoulli::new(coin.p() + step)?;
    Ok(Step {
        forward: kl::bernoulli(&there, coin),
        reverse: kl::bernoulli(coin, &there),
        ruler: 0.5 * bernoulli(coin) * step * step,
    })
}

/// A step of a normal's mean and standard deviation.
///
/// # Errors
/// Names the parameter that leaves its range.
pub fn normal_step(p: &Normal, mean_step: f64, sd_step: f64) -> Result<Step> {
    let there = Normal::new(p.mean() + mean_step, p.sd() + sd_step)?;
    let [about_mean, about_sd] = normal(p);
    Ok(Step {
        forward: kl::normal(&there, p),
        reverse: kl::normal(p, &there),
        ruler: 0.5 * (about_mean * mean_step * mean_step + about_sd * sd_step * sd_step),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lesson's facts at θ = 0.3.
    #[test]
    fn the_ruler_is_that_of_the_lesson() {
        let coin = Bernoulli::new(0.3).unwrap();
        assert!((bernoulli(&coin) - 4.7619).abs() < 5e-5);
        let step = bernoulli_step(&coin, 0.1).unwrap();
        assert!((step.forward.value - 0.02258).abs() < 5e-6 && (step.ruler - 0.02381).abs() < 5e-6);
        let step = bernoulli_step(&coin, 0.01).unwrap();
        assert!((step.forward.value - 2.3662e-4).abs() < 5e-9 && (step.ruler - 2.3810e-4).abs() < 5e-9);
        assert!(bernoulli_step(&coin, 0.8).is_err());
    }

    #[test]
    fn the_difference_from_the_ruler_falls_as_the_cube() {
        let p = Normal::new(1.0, 0.7).unwrap();
        let gap = |d: f64| {
            let step = normal_step(&p, d, d).unwrap();
            ((step.forward.value - step.ruler) / d.powi(3), (step.reverse.value - step.ruler) / d.powi(3))
        };
        let ((f1, r1), (f2, r2)) = (gap(1e-3), gap(1e-4));
        assert!((f1 / f2 - 1.0).abs() < 0.01 && (r1 / r2 - 1.0).abs() < 0.01 && (f1 - r1).abs() > 0.1);
    }
}
