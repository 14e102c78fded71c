//! The two divergences of a target P from a normal as maps over its mean and sd.

use crate::dist::mixture::Mixture;
use crate::dist::normal::HALF_LN_2_PI;
use crate::error::{Error, Result};
use crate::fit::expectation::LogDensity;
use crate::fit::forward::ForwardObjective;
use crate::numeric::tolerance::{AT_REST, DRAGGING};

/// A divergence at every crossing of a list of means and a list of sds.
#[derive(Clone, Debug, PartialEq)]
pub struct Landscape {
    /// The values, sd by sd: the value at `means[i]` and `sds[j]` is `values[j * means.len() + i]`.
    pub values: Vec<f64>,
    /// A bound of the error of every value.
    pub error: f64,
}

/// D(P‖N(m, s)) over `means` and `sds`; it is a formula in the moments and the entropy of P.
///
/// # Errors
/// Means must be finite numbers, sds finite numbers above 0.
pub fn forward_landscape(p: &Mixture, means: &[f64], sds: &[f64]) -> Result<Landscape> {
    check(means, sds)?;
    let objective = ForwardObjective::new(p, AT_REST);
    let mut map = Landscape { values: Vec::with_capacity(means.len() * sds.len()), error: 0.0 };
    for &sd in sds {
        for &mean in means {
            let (value, error) = objective.value(mean, sd);
            map.values.push(value);
            map.error = map.error.max(error);
        }
    }
    Ok(map)
}

/// D(N(m, s)‖P) over `means` and `sds`, from a pyramid of smoothed tables of ln p (see
/// [`Smoothed`](crate::fit::smoothed::Smoothed)), or, for sds too narrow for it, by quadrature.
///
/// # Errors
/// Means must be finite numbers, sds finite numbers above 0.
pub fn reverse_landscape(p: &Mixture, means: &[f64], sds: &[f64]) -> Result<Landscape> {
    check(means, sds)?;
    let ln_p = LogDensity::prepared(p, range(means), range(sds));
    let mut map = Landscape { values: Vec::with_capacity(means.len() * sds.len()), error: 0.0 };
    for &sd in sds {
        let negative_entropy = -(sd.ln() + HALF_LN_2_PI + 0.5);
        let served = ln_p.pyramid().and_then(|pyramid| Some((pyramid, pyramid.bell(sd)?)));
        for &mean in means {
            let (value, error) = match served {
                Some((pyramid, bell)) => {
                    let value = pyramid.mean(mean, &bell);
                    (value, pyramid.error(sd, value))
                }
                None => {
                    let found = ln_p.through(mean, sd, DRAGGING);
                    (found.values[0], found.errors[0])
                }
            };
            map.values.push(negative_entropy - value);
            map.error = map.error.max(error);
        }
    }
    Ok(map)
}

fn range(values: &[f64]) -> (f64, f64) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    (low, values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
}

fn check(means: &[f64], sds: &[f64]) -> Result<()> {
    for (i, &mean) in means.iter().enumerate() {
        if !mean.is_finite() {
            return Err(Error::bad(format!("means[{i}]"), mean, "must be a finite number"));
        }
    }
    for (i, &sd) in sds.iter().enumerate() {
        if !(sd.is_finite() && sd > 0.0) {
            return Err(Error::bad(format!("sds[{i}]"), sd, "must be a finite number above 0"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::mixture::Component;
    use crate::dist::normal::Normal;
    use crate::divergence::mixture::kl;

    #[test]
    fn both_maps_agree_with_the_divergence_of_the_pair() -> Result<()> {
        for (sd_of_modes, distance) in [(0.6, 2.0), (0.05, 3.0)] {
            let bell = |mean| Component { weight: 0.5, mean, sd: sd_of_modes };
            let p = Mixture::new(&[bell(-distance), bell(distance)])?;
            let means: Vec<f64> = (0..9).map(|i| -6.0 + 1.5 * f64::from(i)).collect();
            let sds: Vec<f64> = (0..9).map(|j| 0.1 * 1.6f64.powi(j)).collect();
            let forward = forward_landscape(&p, &means, &sds)?;
            let reverse = reverse_landscape(&p, &means, &sds)?;
            for (j, &sd) in sds.iter().enumerate() {
                for (i, &mean) in means.iter().enumerate() {
                    let q = Mixture::of_normal(&Normal::new(mean, sd)?)?;
                    let k = j * means.len() + i;
                    for (map, want) in [(&forward, kl(&p, &q, AT_REST)), (&reverse, kl(&q, &p, AT_REST))] {
                        let error = (map.values[k] - want.value).abs();
                        assert!(error <= map.error + want.error, "N({mean}, {sd}): {error:e} above {:e}", map.error);
                    }
                    let largest = reverse.values.iter().copied().fold(0.0, f64::max);
                    assert!(forward.error < 1e-12 * largest && reverse.error < 1e-6 * largest);
                }
            }
        }
        Ok(())
    }

    #[test]
    fn bad_axes_are_named() -> Result<()> {
        let p = Mixture::new(&[Component { weight: 1.0, mean: 0.0, sd: 1.0 }])?;
        let said = reverse_landscape(&p, &[0.0], &[1.0, 0.0]).err().map(|e| e.to_string());
        assert_eq!(said.as_deref(), Some("sds[1]: 0 must be a finite number above 0"));
        let said = forward_landscape(&p, &[f64::NAN], &[1.0]).err().map(|e| e.to_string());
        assert_eq!(said.as_deref(), Some("means[0]: NaN must be a finite number"));
        assert!(reverse_landscape(&p, &[], &[])?.values.is_empty());
        Ok(())
    }
}
