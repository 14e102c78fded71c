//! Mixtures of one to eight normal distributions on the line.

use crate::dist::normal::{HALF_LN_2_PI, Normal};
use crate::error::{Error, Result};
use crate::numeric::order;
use crate::numeric::sums::sum;
use crate::numeric::tolerance::{EPS, NEGLIGIBLE_LOG};

/// The most components a mixture may have.
pub const COMPONENTS: usize = 8;

/// The largest size of a mean and of a sd, and the inverse of the smallest sd: within it no square overflows.
pub const LIMIT: f64 = 1e70;

/// One bell of a mixture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Component {
    /// Its share of the mass; shares are normalised by the mixture.
    pub weight: f64,
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
}

/// A mixture Σ wₖ N(μₖ, σₖ) in its simplest form: weights sum to 1, no component without weight, none listed
/// twice, sorted by mean and then by sd. Two lists of the same components make the same mixture.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    components: Vec<Component>,
    /// The density as a function of the distance from 0.
    curve: Curve,
}

impl Mixture {
    /// The mixture of `components`, whose weights are normalised once.
    ///
    /// # Errors
    /// There must be 1 to [`COMPONENTS`] components; each weight finite and not negative, one of them above 0;
    /// means finite, sds above 0, both within [`LIMIT`]. Fields are named `components[2].sd`.
    pub fn new(components: &[Component]) -> Result<Self> {
        if components.is_empty() || components.len() > COMPONENTS {
            return Err(Error::bad("components", components.len(), "must be a list of 1 to 8 components"));
        }
        for (k, component) in components.iter().enumerate() {
            component.check().map_err(|e| e.within(&format!("components[{k}]")))?;
        }
        let largest = components.iter().map(|c| c.weight).fold(0.0, f64::max);
        if largest == 0.0 {
            return Err(Error::bad("components", 0, "must have a weight above 0"));
        }
        let total = sum(components.iter().map(|c| c.weight / largest)) * largest;
        // Weights that sum to 1 up to rounding are taken as they are: dividing would only add rounding.
        let exact = (total - 1.0).abs() <= 2.0 * COMPONENTS as f64 * EPS;
        let share = |weight: f64| match exact {
            true => weight,
            // One rounding, so that weights in the same proportions are the same shares, unless the sum is no number.
            false if total.is_finite() => weight / total,
            false => (weight / largest) / (total / largest),
        };
        let mut kept: Vec<Component> =
            components.iter().map(|c| Component { weight: share(c.weight), ..*c }).filter(|c| c.weight > 0.0).collect();
        order::by(&mut kept, |a, b| {
            a.mean.total_cmp(&b.mean).then(a.sd.total_cmp(&b.sd)).then(a.weight.total_cmp(&b.weight))
        });
        kept.dedup_by(|later, earlier| {
            let same = later.mean == earlier.mean && later.sd == earlier.sd;
            if same {
                earlier.weight += later.weight;
            }
            same
        });
        Ok(Self::simplest(kept))
    }

    /// The mixture of one component.
    ///
    /// # Errors
    /// Mean and sd must be within [`LIMIT`].
    pub fn of_normal(normal: &Normal) -> Result<Self> {
        let only = Component { weight: 1.0, mean: normal.mean(), sd: normal.sd() };
        only.check()?;
        Ok(Self::simplest(vec![only]))
    }

    fn simplest(components: Vec<Component>) -> Self {
        let curve = Curve::new(&components);
        Self { components, curve }
    }

    /// The components in simplest form.
    pub fn components(&self) -> &[Component] {
        &self.components
    }

    /// ln p(x), by log-sum-exp: finite wherever x is, however far out.
    pub fn ln_pdf(&self, x: f64) -> f64 {
        self.curve.at(x).0
    }

    /// The density p(x).
    pub fn pdf(&self, x: f64) -> f64 {
        self.curve.at(x).1
    }

    /// The derivative of ln p at x, the score Σ rₖ (μₖ − x)/σₖ² with rₖ the component's share of p(x).
    pub fn ln_pdf_slope(&self, x: f64) -> f64 {
        let ln_p = self.ln_pdf(x);
        let terms = self.components.iter().map(|c| {
            let z = (x - c.mean) / c.sd;
            (c.level() - 0.5 * z * z - ln_p).exp() * -z / c.sd
        });
        terms.sum()
    }

    /// The mean Σ wₖ μₖ.
    pub fn mean(&self) -> f64 {
        // Taken from the first mean, so that equal or close means far from 0 keep their digits.
        let origin = self.components[0].mean;
        origin + sum(self.components.iter().map(|c| c.weight * (c.mean - origin)))
    }

    /// The variance Σ wₖ (σₖ² + (μₖ − mean)²).
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        sum(self.components.iter().map(|c| c.weight * (c.sd * c.sd + (c.mean - mean) * (c.mean - mean))))
    }

    /// The same mixture moved by `distance` along the line.
    #[must_use]
    pub fn shifted(&self, distance: f64) -> Self {
        let moved = |c: &Component| Component { mean: c.mean + distance, ..*c };
        Self::simplest(self.components.iter().map(moved).collect())
    }

    /// The smallest sd of a component.
    pub fn smallest_sd(&self) -> f64 {
        self.components.iter().map(|c| c.sd).fold(f64::INFINITY, f64::min)
    }

    /// The largest sd of a component.
    pub fn largest_sd(&self) -> f64 {
        self.components.iter().map(|c| c.sd).fold(0.0, f64::max)
    }

    /// The density as a function of the distance from `origin`.
    pub fn curve(&self, origin: f64) -> Curve {
        let mut curve = self.curve;
        curve.offset.iter_mut().for_each(|offset| *offset -= origin);
        curve
    }
}

impl Component {
    /// ln of the weighted density at its mean.
    pub fn level(&self) -> f64 {
        self.weight.ln() - self.sd.ln() - HALF_LN_2_PI
    }

    fn check(&self) -> Result<()> {
        for (field, value) in [("weight", self.weight), ("mean", self.mean), ("sd", self.sd)] {
            if !value.is_finite() {
                return Err(Error::bad(field, value, "must be a finite number"));
            }
        }
        if self.weight < 0.0 {
            return Err(Error::bad("weight", self.weight, "must not be below 0"));
        }
        if self.sd <= 0.0 {
            return Err(Error::bad("sd", self.sd, "must be above 0"));
        }
        if self.mean.abs() > LIMIT {
            return Err(Error::bad("mean", self.mean, "must be between −1e70 and 1e70"));
        }
        if !(1.0 / LIMIT..=LIMIT).contains(&self.sd) {
            return Err(Error::bad("sd", self.sd, "must be between 1e-70 and 1e70"));
        }
        Ok(())
    }
}

/// A mixture's density in a coordinate that starts at some origin, ready for many evaluations.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Curve {
    len: usize,
    offset: [f64; COMPONENTS],
    inverse_sd: [f64; COMPONENTS],
    level: [f64; COMPONENTS],
}

impl Curve {
    fn new(components: &[Component]) -> Self {
        let mut curve = Self { len: components.len(), ..Self::default() };
        for (k, c) in components.iter().enumerate() {
            (curve.offset[k], curve.inverse_sd[k], curve.level[k]) = (c.mean, 1.0 / c.sd, c.level());
        }
        curve
    }

    /// (ln p, p) at distance `u` from the origin.
    #[inline]
    pub fn at(&self, u: f64) -> (f64, f64) {
        let mut logs = [0.0; COMPONENTS];
        let mut top = f64::NEG_INFINITY;
        let mut first = 0;
        for (k, log) in logs.iter_mut().enumerate().take(self.len) {
            let z = (u - self.offset[k]) * self.inverse_sd[k];
            *log = self.level[k] - 0.5 * z * z;
            if *log > top {
                top = *log;
                first = k;
            }
        }
        // Only what can change the sum is exponentiated; the largest term is 1.
        let mut others = 0.0;
        for (k, log) in logs.iter().enumerate().take(self.len) {
            if k != first && top - log < NEGLIGIBLE_LOG {
                others += (log - top).exp();
            }
        }
        if others == 0.0 { (top, top.exp()) } else { (top + others.ln_1p(), top.exp() * (1.0 + others)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn component(weight: f64, mean: f64, sd: f64) -> Component {
        Component { weight, mean, sd }
    }

    #[test]
    fn the_same_components_make_the_same_mixture() -> Result<()> {
        let one = Mixture::new(&[component(0.25, 3.0, 1.0), component(0.75, -1.0, 2.0)])?;
        let split = Mixture::new(&[
            component(0.5, -1.0, 2.0),
            component(0.0, 9.0, 1.0),
            component(0.25, -1.0, 2.0),
            component(0.25, 3.0, 1.0),
        ])?;
        assert_eq!(one, split);
        let scaled = Mixture::new(&[component(3e300, -1.0, 2.0), component(1e300, 3.0, 1.0)])?;
        assert!((scaled.components()[0].weight - 0.75).abs() < 1e-15);
        Ok(())
    }

    #[test]
    fn density_moments_and_slope_agree_with_their_definitions() -> Result<()> {
        let p = Mixture::new(&[component(0.5, -2.0, 0.6), component(0.5, 2.0, 0.6)])?;
        assert!((p.variance().sqrt() - 2.088061301782110).abs() < 1e-14);
        assert_eq!(p.mean(), 0.0);
        let bell =
            |x: f64, m: f64| (-0.5 * ((x - m) / 0.6f64).powi(2)).exp() / (0.6 * (2.0 * std::f64::consts::PI).sqrt());
        for x in [-3.0, -0.1, 0.0, 1.7, 4.0] {
            let want = 0.5 * bell(x, -2.0) + 0.5 * bell(x, 2.0);
            assert!((p.pdf(x) - want).abs() < 1e-14 * want);
            assert!((p.ln_pdf(x) - want.ln()).abs() < 1e-14 * want.ln().abs().max(1.0));
            let slope = (p.ln_pdf(x + 1e-5) - p.ln_pdf(x - 1e-5)) / 2e-5;
            assert!((p.ln_pdf_slope(x) - slope).abs() < 1e-8);
        }
        assert!(p.ln_pdf(1e6).is_finite() && p.pdf(1e6) == 0.0);
        Ok(())
    }

    #[test]
    fn bad_components_are_named() {
        let said = |list: &[Component]| Mixture::new(list).err().map(|e| e.to_string()).unwrap_or_default();
        let good = component(1.0, 0.0, 1.0);
        assert_eq!(said(&[]), "components: 0 must be a list of 1 to 8 components");
        assert_eq!(said(&[good; 9]), "components: 9 must be a list of 1 to 8 components");
        assert_eq!(said(&[good, good, component(-0.1, 0.0, 1.0)]), "components[2].weight: -0.1 must not be below 0");
        assert_eq!(said(&[good, component(0.1, f64::NAN, 1.0)]), "components[1].mean: NaN must be a finite number");
        assert_eq!(said(&[component(0.1, 0.0, 0.0)]), "components[0].sd: 0 must be above 0");
        assert_eq!(said(&[component(0.1, 0.0, 1e-300)]), "components[0].sd: 1e-300 must be between 1e-70 and 1e70");
        assert_eq!(said(&[component(0.0, 0.0, 1.0)]), "components: 0 must have a weight above 0");
    }
}
