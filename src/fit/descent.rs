//! Gradient descent of either divergence from a normal Q towards a target P, step by step.

use crate::dist::mixture::Mixture;
use crate::dist::normal::{HALF_LN_2_PI, Normal};
use crate::fit::expectation::LogDensity;
use crate::fit::forward::ForwardObjective;
use crate::fit::smoothed::FOR_SEARCHES;
use crate::numeric::tolerance::DRAGGING;

/// What "steepest" means: the length of a step of Q.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// The length in the plane of mean and ln sd.
    Plain,
    /// The Fisher–Rao length, in which a step of the mean counts in units of the sd: the natural gradient
    /// (Amari, "Natural gradient works efficiently in learning", Neural Computation 10, 1998).
    Natural,
}

/// What a descent may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Mean and sd.
    Free,
    /// The mean alone: the sd stays that of the start.
    FixedSd,
}

/// One place on the way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The mean of Q.
    pub mean: f64,
    /// The sd of Q.
    pub sd: f64,
    /// The divergence there, in nats.
    pub value: f64,
    /// A bound of its error.
    pub error: f64,
}

/// The descent has arrived when the natural gradient is so short.
pub const ARRIVED: f64 = 1e-7;

/// The share of the decrease promised by the gradient that a step must keep (Armijo's rule).
const KEPT: f64 = 1e-4;

/// The longest step in ln sd, and of the mean in sds.
const LONGEST: f64 = 1.0;

/// A step is halved so often at most: less of it changes no number.
const HALVINGS: usize = 60;

/// The path of gradient descent on `surface` from `start`, which is its first place: at most `steps` steps of the given `rate` (the
/// factor of the gradient, 1 is natural for the natural one), each halved until the divergence falls.
///
/// It ends early where the gradient vanishes: at a stationary point. No place on it is worse than the one before.
pub fn descend(
    surface: &Surface,
    start: &Normal,
    metric: Metric,
    family: Family,
    rate: f64,
    steps: usize,
) -> Vec<Step> {
    let at = |mean: f64, sd: f64| {
        let (step, [by_mean, by_ln_sd]) = surface.at(mean, sd);
        (step, [by_mean, if family == Family::FixedSd { 0.0 } else { by_ln_sd }])
    };
    let (mut here, mut gradient) = at(start.mean(), start.sd());
    let mut path = vec![here];
    for _ in 0..steps {
        let natural = [here.sd * gradient[0], gradient[1] * 0.5f64.sqrt()];
        if natural[0].hypot(natural[1]) < ARRIVED || rate.is_nan() || rate <= 0.0 {
            break;
        }
        // The inverse of the metric applied to the gradient: Fisher information is 1/s² and 2 in (mean, ln s).
        let downhill = match metric {
            Metric::Plain => [-gradient[0], -gradient[1]],
            Metric::Natural => [-here.sd * here.sd * gradient[0], -0.5 * gradient[1]],
        };
        let promised = -(downhill[0] * gradient[0] + downhill[1] * gradient[1]);
        let far = (downhill[0] / here.sd).abs().max(downhill[1].abs());
        let mut length = rate.min(LONGEST / far);
        let mut found = None;
        for _ in 0..HALVINGS {
            let (next, slope) = at(here.mean + length * downhill[0], here.sd * (length * downhill[1]).exp());
            found = (next.value <= here.value - KEPT * length * promised).then_some((next, slope));
            length *= 0.5;
            // What a shorter step promises is below the rounding of the values.
            if found.is_some() || length * promised < here.error {
                break;
            }
        }
        let Some(next) = found else { break };
        (here, gradient) = next;
        path.push(here);
    }
    path
}

/// One of the two divergences as a function of (mean, ln sd).
#[derive(Debug)]
pub enum Surface {
    /// D(P‖Q).
    Forward(ForwardObjective),
    /// D(Q‖P), by ln p.
    Reverse(Box<LogDensity>),
}

impl Surface {
    /// D(Q‖P), ready for descents from `start`.
    pub fn reverse(p: &Mixture, start: &Normal) -> Self {
        let ends = |sign: f64| p.components().iter().map(|c| sign * c.mean).fold(sign * start.mean(), f64::max);
        let (low, high) = (-ends(-1.0), ends(1.0));
        let smallest = 0.9 * p.smallest_sd().min(start.sd());
        let largest = 3.0 * (high - low + p.largest_sd() + start.sd());
        Self::Reverse(Box::new(LogDensity::prepared(p, (low, high), (smallest, largest), FOR_SEARCHES)))
    }

    /// The place and the gradient there.
    fn at(&self, mean: f64, sd: f64) -> (Step, [f64; 2]) {
        match self {
            Self::Forward(objective) => {
                let (value, error) = objective.value(mean, sd);
                (Step { mean, sd, value, error }, objective.gradient(mean, sd))
            }
            Self::Reverse(ln_p) => {
                let [a0, a1, a2, ..] = ln_p.quick(mean, sd, DRAGGING);
                let error = ln_p.pyramid().map_or(DRAGGING * (1.0 + a0.abs()), |pyramid| pyramid.error(sd, a0));
                let value = -(sd.ln() + HALF_LN_2_PI + 0.5) - a0;
                (Step { mean, sd, value, error }, [-a1 / sd, -1.0 - a2])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::mixture::Component;
    use crate::error::Result;
    use crate::fit::reverse::{reverse, reverse_with_sd};
    use crate::numeric::tolerance::AT_REST;

    fn forward(p: &Mixture) -> Surface {
        Surface::Forward(ForwardObjective::new(p, AT_REST))
    }

    fn two_modes() -> Result<Mixture> {
        let bell = |mean| Component { weight: 0.5, mean, sd: 0.6 };
        Mixture::new(&[bell(-2.0), bell(2.0)])
    }

    #[test]
    fn every_descent_goes_down_and_ends_at_a_stationary_point() -> Result<()> {
        let p = two_modes()?;
        let points = reverse(&p);
        for (mean, sd) in [(0.5, 1.0), (-4.0, 0.2), (3.0, 4.0), (0.0, 2.5), (1.0, 0.05)] {
            let start = Normal::new(mean, sd)?;
            for metric in [Metric::Plain, Metric::Natural] {
                for surface in [forward(&p), Surface::reverse(&p, &start)] {
                    let path = descend(&surface, &start, metric, Family::Free, 0.5, 20_000);
                    assert!(path.windows(2).all(|w| w[1].value <= w[0].value), "{mean} {sd} {metric:?}");
                    let Some(end) = path.last() else { panic!("an empty path") };
                    let near = |m: f64, s: f64| (end.mean - m).abs() < 1e-4 && (end.sd - s).abs() < 1e-4;
                    let arrived = match surface {
                        Surface::Forward(_) => near(p.mean(), p.variance().sqrt()),
                        Surface::Reverse(_) => points.iter().any(|point| near(point.mean, point.sd)),
                    };
                    assert!(
                        arrived,
                        "from N({mean}, {sd}) by {metric:?} on {surface:?}: {} steps to {end:?}",
                        path.len()
                    );
                }
            }
        }
        Ok(())
    }

    #[test]
    fn a_fixed_sd_stays_and_the_mean_ends_at_a_stationary_point() -> Result<()> {
        let p = two_modes()?;
        for (mean, sd) in [(0.5, 1.0), (-4.0, 0.3), (0.2, 2.5)] {
            let start = Normal::new(mean, sd)?;
            for metric in [Metric::Plain, Metric::Natural] {
                let path = descend(&Surface::reverse(&p, &start), &start, metric, Family::FixedSd, 0.5, 5000);
                assert!(path.iter().all(|step| step.sd == sd));
                let Some(end) = path.last() else { panic!("an empty path") };
                let points = reverse_with_sd(&p, sd)?;
                assert!(points.iter().any(|point| (point.mean - end.mean).abs() < 1e-4), "{mean} {sd}: {end:?}");
            }
        }
        Ok(())
    }

    #[test]
    fn no_step_is_taken_where_none_is_asked_for_or_needed() -> Result<()> {
        let p = two_modes()?;
        let start = Normal::new(1.0, 1.0)?;
        let reverse = Surface::reverse(&p, &start);
        assert_eq!(descend(&reverse, &start, Metric::Plain, Family::Free, 0.1, 0).len(), 1);
        assert_eq!(descend(&reverse, &start, Metric::Plain, Family::Free, f64::NAN, 9).len(), 1);
        let best = Normal::new(p.mean(), p.variance().sqrt())?;
        assert_eq!(descend(&forward(&p), &best, Metric::Natural, Family::Free, 1.0, 9).len(), 1);
        Ok(())
    }
}
