//! The two divergences of a target P from a normal as maps over its mean and sd.

use crate::dist::mixture::{LIMIT, Mixture};
use crate::dist::normal::HALF_LN_2_PI;
use crate::error::{Error, Result};
use crate::fit::bell::Spaced;
use crate::fit::expectation::LogDensity;
use crate::fit::forward::ForwardObjective;
use crate::fit::smoothed::Smoothed;
use crate::numeric::tolerance::DRAGGING;

/// A divergence at every crossing of equally spaced means and a list of sds.
#[derive(Clone, Debug, PartialEq)]
pub struct Landscape {
    /// The values, sd by sd: the value at mean i and `sds[j]` is `values[j * means.count + i]`.
    pub values: Vec<f64>,
    /// A bound of the error of every value.
    pub error: f64,
}

/// D(P‖N(m, s)) over `means` and `sds`; it is a formula in the moments and the entropy of P.
///
/// # Errors
/// Means must be finite numbers, sds numbers from 1e-70 to 1e70.
pub fn forward_landscape(objective: &ForwardObjective, means: &Spaced, sds: &[f64]) -> Result<Landscape> {
    check(means, sds)?;
    let mut map = Landscape { values: Vec::with_capacity(means.count * sds.len()), error: 0.0 };
    for &sd in sds {
        for mean in means.iter() {
            let (value, error) = objective.value(mean, sd);
            map.values.push(value);
            map.error = map.error.max(error);
        }
    }
    Ok(map)
}

/// D(N(m, s)‖P) over `means` and `sds`, from a pyramid of smoothed tables of ln p (see
/// [`Smoothed`]), or, for sds too narrow for it, by quadrature.
///
/// # Errors
/// Means must be finite numbers, sds numbers from 1e-70 to 1e70.
pub fn reverse_landscape(p: &Mixture, means: &Spaced, sds: &[f64]) -> Result<Landscape> {
    check(means, sds)?;
    let (ln_p, pyramid) = (LogDensity::new(p), Smoothed::for_rows(p, means, range(sds)));
    let mut map = Landscape { values: Vec::with_capacity(means.count * sds.len()), error: 0.0 };
    for &sd in sds {
        let negative_entropy = -(sd.ln() + HALF_LN_2_PI + 0.5);
        if let Some((pyramid, bell)) = pyramid.as_ref().and_then(|pyramid| Some((pyramid, pyramid.bell(sd)?))) {
            for value in pyramid.means(means, &bell) {
                map.values.push(negative_entropy - value);
                map.error = map.error.max(pyramid.error(sd, value));
            }
            continue;
        }
        for mean in means.iter() {
            let found = ln_p.through(mean, sd, DRAGGING);
            map.values.push(negative_entropy - found.values[0]);
            map.error = map.error.max(found.errors[0]);
        }
    }
    Ok(map)
}

fn range(values: &[f64]) -> (f64, f64) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    (low, values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
}

fn check(means: &Spaced, sds: &[f64]) -> Result<()> {
    for (field, value) in [("first", means.first), ("spacing", means.spacing)] {
        if !value.is_finite() {
            return Err(Error::bad(field, value, "must be a finite number").within("means"));
        }
    }
    if means.spacing <= 0.0 {
        return Err(Error::bad("spacing", means.spacing, "must be above 0").within("means"));
    }
    for (i, &sd) in sds.iter().enumerate() {
        if !(sd.is_finite() && sd > 0.0) {
            return Err(Error::bad(format!("sds[{i}]"), sd, "must be a finite number above 0"));
        }
        if !(1.0 / LIMIT..=LIMIT).contains(&sd) {
            return Err(Error::bad(format!("sds[{i}]"), sd, "must be between 1e-70 and 1e70"));
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
    use crate::numeric::tolerance::AT_REST;

    #[test]
    fn both_maps_agree_with_the_divergence_of_the_pair() -> Result<()> {
        for (sd_of_modes, distance) in [(0.6, 2.0), (0.05, 3.0)] {
            let bell = |mean| Component { weight: 0.5, mean, sd: sd_of_modes };
            let p = Mixture::new(&[bell(-distance), bell(distance)])?;
            let means = Spaced { first: -6.0, spacing: 1.5, count: 9 };
            let sds: Vec<f64> = (0..9).map(|j| 0.1 * 1.6f64.powi(j)).collect();
            let forward = forward_landscape(&ForwardObjective::new(&p, AT_REST), &means, &sds)?;
            let reverse = reverse_landscape(&p, &means, &sds)?;
            for (j, &sd) in sds.iter().enumerate() {
                for (i, mean) in means.iter().enumerate() {
                    let q = Mixture::of_normal(&Normal::new(mean, sd)?)?;
                    let k = j * means.count + i;
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
        let means = |first, spacing| Spaced { first, spacing, count: 1 };
        let said = |means: Spaced, sds: &[f64]| reverse_landscape(&p, &means, sds).err().map(|e| e.to_string());
        assert_eq!(said(means(0.0, 1.0), &[1.0, 0.0]).as_deref(), Some("sds[1]: 0 must be a finite number above 0"));
        let huge = said(means(0.0, 1.0), &[1e300]);
        assert_eq!(huge.as_deref(), Some("sds[0]: 1e300 must be between 1e-70 and 1e70"));
        assert_eq!(said(means(f64::NAN, 1.0), &[1.0]).as_deref(), Some("means.first: NaN must be a finite number"));
        assert_eq!(said(means(0.0, 0.0), &[1.0]).as_deref(), Some("means.spacing: 0 must be above 0"));
        let none = Spaced { first: 0.0, spacing: 1.0, count: 0 };
        assert!(reverse_landscape(&p, &none, &[])?.values.is_empty());
        Ok(())
    }
}
