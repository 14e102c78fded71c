//! ln p seen through a bell: the expectations E[Heₙ(z) ln p(mean + sd·z)], z ~ N(0,1), for n = 0…4.
//!
//! With E(m, s) the mean of ln p under N(m, s), integration by parts gives Heₙ = sⁿ ∂ⁿE/∂mⁿ: all derivatives of the
//! reverse divergence from values of ln p alone. The score p′/p would do too, but it has spikes where
//! components cross.

use crate::dist::bends::{Bend, all_bends};
use crate::dist::mixture::{Curve, Mixture};
use crate::fit::bell::Expectations;
use crate::fit::smoothed::Smoothed;
use crate::numeric::quadrature::{Goal, Panel, integrate};
use crate::numeric::tolerance::REACH;

/// Where panels end in the coordinate z of the bell.
const BREAKS: [f64; 7] = [1.2, 2.4, 3.6, 5.0, 6.5, 8.0, REACH];

/// A bend this many times wider than the bell's sd needs no breakpoint.
const BROAD: f64 = 1.5;

/// A bend shorter than this share of the bell's sd has breakpoints around it, in widths of the bend.
const SHORT: f64 = 0.02;
const BEND_BREAKS: [f64; 2] = [8.0, 36.0];

/// The most evaluations through one bell: ten times what a smooth one takes, and enough for every bend of eight components.
const MOST: usize = 10_000;

/// A mixture ready to be seen through many bells.
#[derive(Clone, Debug)]
pub struct LogDensity {
    mixture: Mixture,
    bends: Vec<Bend>,
    pyramid: Option<Smoothed>,
}

impl LogDensity {
    /// ln p of `mixture`, each expectation by quadrature.
    pub fn new(mixture: &Mixture) -> Self {
        Self { mixture: mixture.clone(), bends: all_bends(mixture), pyramid: None }
    }

    /// ln p of `mixture`, prepared for many bells with means and sds in the given ranges (lowest, highest), by tables of at
    /// most so many points.
    pub fn prepared(mixture: &Mixture, means: (f64, f64), sds: (f64, f64), most: usize) -> Self {
        Self { pyramid: Smoothed::new(mixture, means, sds, most), ..Self::new(mixture) }
    }

    /// The mixture.
    pub const fn mixture(&self) -> &Mixture {
        &self.mixture
    }

    /// The pyramid, where one could be prepared.
    pub const fn pyramid(&self) -> Option<&Smoothed> {
        self.pyramid.as_ref()
    }

    /// The expectations from the pyramid where it serves, by quadrature to `tolerance` where it does not.
    pub fn quick(&self, mean: f64, sd: f64, tolerance: f64) -> [f64; 5] {
        match self.pyramid.as_ref().and_then(|pyramid| Some((pyramid, pyramid.bell(sd)?))) {
            Some((pyramid, bell)) => pyramid.expectations(mean, &bell),
            None => self.through(mean, sd, tolerance).values,
        }
    }

    /// As [`LogDensity::through`], from the values of ln p in the pyramid where they are as good.
    pub fn exact(&self, mean: f64, sd: f64, tolerance: f64) -> Expectations {
        let allowed = |found: &Expectations| tolerance * found.values[0].abs().max(1.0);
        let plain = self.pyramid.as_ref().and_then(|pyramid| pyramid.plain(mean, sd));
        plain
            .filter(|found| found.errors.iter().all(|error| *error <= allowed(found)))
            .unwrap_or_else(|| self.through(mean, sd, tolerance))
    }

    /// E[Heₙ(z) ln p(mean + sd·z)] for n = 0…4, to `tolerance` absolute (or, where ln p is large, relative to it).
    pub fn through(&self, mean: f64, sd: f64, tolerance: f64) -> Expectations {
        let curve = self.mixture.curve(mean);
        let panels = self.panels(mean, sd);
        let size = curve.at(0.0).0.abs().max(curve.at(sd).0.abs()).max(curve.at(-sd).0.abs()).max(1.0);
        let goal = Goal::<5> { evaluations: MOST, ..Goal::new(0.0, tolerance * size) };
        integrate(&panels, &goal, |_, z| weighted(&curve, sd, z))
    }

    /// The panels in z between the breakpoints of the bell and the bends of ln p.
    fn panels(&self, mean: f64, sd: f64) -> Vec<Panel> {
        let mut points: Vec<f64> = Vec::with_capacity(16 + 3 * self.bends.len());
        points.push(0.0);
        points.extend(BREAKS.iter().flat_map(|&z| [-z, z]));
        for bend in &self.bends {
            let (z, width) = (((bend.mean - mean) + bend.offset) / sd, bend.width / sd);
            if width < BROAD && z.abs() < REACH {
                points.push(z);
                // So short a bend could hide between the nodes of a panel that ends at it.
                if width < SHORT {
                    let around = BEND_BREAKS.iter().flat_map(|&widths| [z - widths * width, z + widths * width]);
                    points.extend(around.filter(|z| z.abs() < REACH));
                }
            }
        }
        points.sort_by(f64::total_cmp);
        points.windows(2).map(|w| Panel { chart: 0, from: w[0], to: w[1] }).collect()
    }
}

/// φ(z) Heₙ(z) ln p(mean + sd·z) for n = 0…4.
#[inline]
fn weighted(curve: &Curve, sd: f64, z: f64) -> [f64; 5] {
    const INVERSE_ROOT_2_PI: f64 = 0.398942280401432677939946059934;
    let w = INVERSE_ROOT_2_PI * (-0.5 * z * z).exp() * curve.at(sd * z).0;
    let z2 = z * z;
    [w, w * z, w * (z2 - 1.0), w * z * (z2 - 3.0), w * ((z2 - 6.0) * z2 + 3.0)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::mixture::Component;
    use crate::error::Result;

    #[test]
    fn a_single_bell_is_a_parabola() -> Result<()> {
        // ln p = −½((x − 1)/2)² − ln 2 − ½ ln 2π, so E = −½(s² + (m − 1)²)/4 + constant.
        let p = Mixture::new(&[Component { weight: 1.0, mean: 1.0, sd: 2.0 }])?;
        let (m, s) = (-0.5, 3.0);
        let got = LogDensity::new(&p).through(m, s, 1e-13).values;
        let level = p.components()[0].level();
        let want = [level - 0.125 * (s * s + 2.25), s * 0.375, -0.25 * s * s, 0.0, 0.0];
        for (got, want) in got.iter().zip(want) {
            assert!((got - want).abs() < 1e-13, "{got} is not {want}");
        }
        Ok(())
    }

    #[test]
    fn derivatives_are_those_of_the_mean() -> Result<()> {
        let p = Mixture::new(&[
            Component { weight: 0.3, mean: -2.0, sd: 0.5 },
            Component { weight: 0.7, mean: 2.0, sd: 1.0 },
        ])?;
        let ln_p = LogDensity::new(&p);
        let (m, s, step) = (0.4, 1.3, 1e-3);
        let at = |shift: f64| ln_p.through(m + shift * step, s, 1e-14).values;
        let (here, left, right) = (at(0.0), at(-1.0), at(1.0));
        for n in 0..4 {
            // d/dm of sⁿE⁽ⁿ⁾ is sⁿE⁽ⁿ⁺¹⁾.
            let slope = (right[n] - left[n]) / (2.0 * step) * s;
            assert!((slope - here[n + 1]).abs() < 2e-5, "{n}: {slope} is not {}", here[n + 1]);
        }
        Ok(())
    }
}
