//! The normal nearest to a mixture by the α-divergence: a bridge from the reverse fit (α = 0) to the forward fit (α = 1),
//! and beyond both.
//!
//! Minka, "Divergence measures and message passing" (2005), calls α ≤ 0 exclusive and α ≥ 1 inclusive.

use crate::dist::mixture::{Component, Mixture};
use crate::dist::normal::Normal;
use crate::divergence::answer::Answer;
use crate::divergence::mixture::order::{alpha as divergence, pair_of_order};
use crate::error::{Error, Result};
use crate::fit::forward::forward;
use crate::fit::reverse::{Kind, reverse};
use crate::numeric::cancellation::alpha_kernel;
use crate::numeric::quadrature::{Goal, integrate};
use crate::numeric::tolerance::{AT_REST, EPS, NOTHING};

/// A fit by the α-divergence.
#[derive(Clone, Debug, PartialEq)]
pub struct AlphaFit {
    /// The fitted Q.
    pub normal: Normal,
    /// A bound of the error of its mean and sd, in units of the sd.
    pub precision: f64,
    /// The α-divergence from P to Q, in nats.
    pub value: Answer,
}

/// The orders that are offered.
pub const ORDERS: (f64, f64) = (-1.0, 2.0);

/// Tolerances of the integrals on the way and at the end.
const ON_THE_WAY: f64 = 1e-6;
const AT_THE_END: f64 = 1e-12;

/// The most evaluations of one integral, and those after which a descent takes no further step: a smooth one needs a tenth
/// of that. Where the divergence is about to end they would go on for ever; what is left is in the precision.
const AN_INTEGRAL: usize = 6_000;
const A_DESCENT: usize = 60_000;

/// A step is halved so often at most: from the longest to one that no longer counts.
const HALVINGS: usize = 32;

/// The best of all normals by the α-divergence to `p`; its value is continuous in α, itself it may jump from one
/// local minimum to another.
///
/// # Errors
/// `alpha` must be within [`ORDERS`].
pub fn best(alpha: f64, p: &Mixture) -> Result<AlphaFit> {
    check(alpha)?;
    if alpha == 1.0 {
        let fit = forward(p, AT_REST)?;
        return Ok(AlphaFit { normal: fit.normal, precision: 8.0 * EPS, value: fit.value });
    }
    let (origin, centred) = centred(p);
    let mut starts: Vec<(f64, f64)> = groups(&centred);
    if alpha < 0.5 {
        let minima = reverse(&centred).into_iter().filter(|point| point.kind == Kind::Minimum);
        for (mean, sd) in minima.map(|point| (point.mean, point.sd)) {
            // Beside a mode that stands alone its own fit leads nowhere else.
            let near = |start: &(f64, f64)| (start.0 - mean).abs() < 0.02 * sd && (start.1 / sd).ln().abs() < 0.02;
            if !starts.iter().any(near) {
                starts.push((mean, sd));
            }
        }
    }
    let surface = Surface { alpha, p: &centred };
    let reached = starts.into_iter().filter_map(|start| surface.descend(start, ON_THE_WAY));
    let Some(found) = reached.min_by(|a, b| a.value.total_cmp(&b.value)) else {
        return Err(Error::bad("alpha", alpha, "has no finite divergence for this target"));
    };
    surface.finish(origin, (found.mean, found.sd))
}

/// The local minimum of the α-divergence downhill of `start`: what a fit that is followed from one α to the next
/// becomes.
///
/// # Errors
/// `alpha` must be within [`ORDERS`].
pub fn nearby(alpha: f64, p: &Mixture, start: &Normal) -> Result<AlphaFit> {
    check(alpha)?;
    let (origin, centred) = centred(p);
    let surface = Surface { alpha, p: &centred };
    let from = surface.feasible((start.mean() - origin, start.sd()));
    surface.finish(origin, from)
}

/// The local minimum of the α-divergence at `start`, which is one to about 1e-5 already: at the cost of two integrals
/// what is left is taken off. Otherwise as [`nearby`].
///
/// # Errors
/// `alpha` must be within [`ORDERS`].
pub fn polished(alpha: f64, p: &Mixture, start: &Normal) -> Result<AlphaFit> {
    check(alpha)?;
    let (origin, centred) = centred(p);
    let surface = Surface { alpha, p: &centred };
    let place = surface.at(start.mean() - origin, start.sd(), AT_THE_END);
    let Some((place, step)) = place.map(|place| (place, place.step())).filter(|(_, s)| s[0].hypot(s[1]) < 1e-4) else {
        return nearby(alpha, p, start);
    };
    let normal = Normal::new(place.mean + place.sd * step[0], place.sd * step[1].exp())?;
    let value = divergence(alpha, &centred, &Mixture::of_normal(&normal)?, AT_REST);
    // Newton's method squares the distance, up to the size of the third derivatives.
    let left = (step[0] * step[0] + step[1] * step[1]) * (1.0 + place.inverse());
    let precision = left + place.inverse() * place.error + EPS * (1.0 + place.mean.abs() / place.sd);
    Ok(AlphaFit { normal: Normal::new(origin + normal.mean(), normal.sd())?, precision, value })
}

fn check(alpha: f64) -> Result<()> {
    if (ORDERS.0..=ORDERS.1).contains(&alpha) {
        Ok(())
    } else {
        Err(Error::bad("alpha", alpha, "must be between −1 and 2"))
    }
}

/// The mixture moved so that its first mean is at 0, and how far.
fn centred(p: &Mixture) -> (f64, Mixture) {
    let origin = p.components()[0].mean;
    (origin, p.shifted(-origin))
}

/// The moment match of every contiguous group of components: with few exceptions one of them lies in the basin
/// of every minimum.
fn groups(p: &Mixture) -> Vec<(f64, f64)> {
    let components = p.components();
    let mut groups = Vec::new();
    for from in 0..components.len() {
        for to in from..components.len() {
            let group: &[Component] = &components[from..=to];
            if let Ok(group) = Mixture::new(group) {
                groups.push((group.mean(), group.variance().sqrt()));
            }
        }
    }
    groups
}

/// The α-divergence to `p` as a function of mean and ln sd.
struct Surface<'a> {
    alpha: f64,
    p: &'a Mixture,
}

/// The divergence at one place, with its derivatives in (mean/sd, ln sd).
#[derive(Clone, Copy, Debug)]
struct Place {
    mean: f64,
    sd: f64,
    value: f64,
    gradient: [f64; 2],
    hessian: [f64; 3],
    error: f64,
    /// What the integrals took.
    evaluations: usize,
}

impl Surface<'_> {
    /// The place with an sd at which the divergence is finite.
    fn feasible(&self, (mean, sd): (f64, f64)) -> (f64, f64) {
        let widest = self.p.largest_sd();
        let alpha = self.alpha;
        // A margin, since towards the edge the divergence grows fast, without bound but for an α below 0.
        if alpha > 1.0 {
            (mean, sd.max(1.1 * widest * ((alpha - 1.0) / alpha).sqrt()))
        } else if alpha < 0.0 {
            (mean, sd.min(0.9 * widest * ((1.0 - alpha) / -alpha).sqrt()))
        } else {
            (mean, sd)
        }
    }

    /// For an α below 0 the sd from which on the tails of q¹⁻ᵅ outweigh those of p⁻ᵅ. At it the divergence of a Q
    /// between the modes may still be finite, and least: such a fit would rather be wider, and may not.
    fn edge(&self) -> Option<f64> {
        let alpha = self.alpha;
        (alpha < 0.0).then(|| self.p.largest_sd() * ((1.0 - alpha) / -alpha).sqrt())
    }

    /// The way to the minimum, with a bound of the inverse of the Hessian in the directions that are open: towards the
    /// edge nine tenths of the way, while the mean looks for its place by itself.
    fn step(&self, here: &Place) -> ([f64; 2], f64) {
        let step = here.step();
        let room = self.edge().map_or(f64::INFINITY, |edge| (edge / here.sd).ln());
        if step[1] <= 0.9 * room {
            return (step, here.inverse());
        }
        let (slope, bend) = (here.gradient[0], here.hessian[0]);
        ([if bend > 0.0 { -slope / bend } else { -slope }, 0.9 * room], 1.0 / bend.abs())
    }

    /// The divergence and its derivatives, or `None` where it is infinite.
    ///
    /// With M = pᵅq¹⁻ᵅ and s the score of q, the gradient is −∫((M − q)/α)·s, and the Hessian
    /// −∫((M − q)/α)·(ss + ∂s) + ∫M·ss: both continuous through α = 0.
    fn at(&self, mean: f64, sd: f64, tolerance: f64) -> Option<Place> {
        let normal = Normal::new(mean, sd).ok()?;
        let q = Mixture::of_normal(&normal).ok()?;
        let pair = pair_of_order(self.alpha, self.p, &q)?;
        let alpha = self.alpha;
        let mut goal = Goal::<6> { evaluations: AN_INTEGRAL, ..Goal::new(tolerance, tolerance) };
        goal.floor[0] = NOTHING;
        goal.root[0] = pair.noise();
        let found = integrate(pair.panels(), &goal, |chart, u| {
            let at = pair.at(chart, u);
            let [g0, g1, h00, h01, h11] = derivatives(alpha, at.q, at.ln_q, at.t, (u - pair.offset(chart, mean)) / sd);
            [alpha_kernel(alpha, at.p, at.q, at.t, at.ln_q), g0, g1, h00, h01, h11]
        });
        let [value, g0, g1, h00, h01, h11] = found.values;
        let error = found.errors[1] + found.errors[2];
        let (gradient, hessian, evaluations) = ([g0, g1], [h00, h01, h11], found.evaluations);
        let place = Place { mean, sd, value, gradient, hessian, error, evaluations };
        found.values.iter().all(|v| v.is_finite()).then_some(place)
    }

    /// Newton's method, downhill, from `start` to a minimum.
    fn descend(&self, start: (f64, f64), tolerance: f64) -> Option<Place> {
        let (mean, sd) = self.feasible(start);
        let mut here = self.at(mean, sd, tolerance)?;
        let mut left = A_DESCENT.saturating_sub(here.evaluations);
        for _ in 0..60 {
            let (step, _) = self.step(&here);
            let longest = step[0].abs().max(step[1].abs());
            // Where the Hessian is flat no step has a length.
            if !longest.is_finite() {
                break;
            }
            let whole = (0.7 / longest).min(1.0);
            let mut length = whole;
            let mut found = None;
            for _ in 0..HALVINGS {
                let (mean, sd) = (here.mean + here.sd * length * step[0], here.sd * (length * step[1]).exp());
                let next = self.at(mean, sd, tolerance);
                left = left.saturating_sub(next.as_ref().map_or(AN_INTEGRAL, |next| next.evaluations));
                // Near the end the values differ by less than their rounding.
                let lower = |next: &Place| next.value <= here.value * (1.0 + 8.0 * EPS) || length * longest < 1e-4;
                found = next.filter(lower);
                if found.is_some() || length * longest < 1e-8 || left == 0 {
                    break;
                }
                length *= 0.5;
            }
            let Some(next) = found else { break };
            // Close to the edge the derivatives no longer tell the way: as low as can be.
            if length < whole && next.value > here.value * (1.0 - 100.0 * tolerance) {
                break;
            }
            here = next;
            if left == 0 || length * longest < tolerance.sqrt().min(1e-4) * 1e-2 {
                break;
            }
        }
        Some(here)
    }

    /// The minimum reached from `start` to all digits.
    fn finish(&self, origin: f64, start: (f64, f64)) -> Result<AlphaFit> {
        let none = || Error::bad("alpha", self.alpha, "has no finite divergence for this target");
        let rough = self.descend(start, ON_THE_WAY).ok_or_else(none)?;
        // At the edge integrals are costly, and no digit is left to be found.
        let ends = rough.step() != self.step(&rough).0;
        let place = if ends { rough } else { self.descend((rough.mean, rough.sd), AT_THE_END).ok_or_else(none)? };
        let (step, inverse) = self.step(&place);
        // A step towards the edge is nine tenths of what is left.
        let left = step[0].abs().max(1.2 * step[1].abs());
        let normal = Normal::new(place.mean, place.sd)?;
        let value = divergence(self.alpha, self.p, &Mixture::of_normal(&normal)?, AT_REST);
        let precision = left + inverse * place.error + EPS * (1.0 + place.mean.abs() / place.sd);
        Ok(AlphaFit { normal: Normal::new(origin + place.mean, place.sd)?, precision, value })
    }
}

/// The integrands of the gradient and the Hessian at one point: `t` = ln p − ln q, `z` the distance from the mean of Q
/// in sds.
#[inline]
pub(super) fn derivatives(alpha: f64, q: f64, ln_q: f64, t: f64, z: f64) -> [f64; 5] {
    let grown = (alpha * t + ln_q).exp();
    let excess = if alpha == 0.0 {
        if q == 0.0 { 0.0 } else { q * t }
    } else if (alpha * t).abs() < 1.0 {
        q * (alpha * t).exp_m1() / alpha
    } else {
        (grown - q) / alpha
    };
    let (z2, s) = (z * z, z * z - 1.0);
    [
        -excess * z,
        -excess * s,
        grown * z2 - excess * s,
        grown * z * s - excess * z * (z2 - 3.0),
        grown * s * s - excess * ((z2 - 4.0) * z2 + 1.0),
    ]
}

/// Newton's step in (mean/sd, ln sd) where the Hessian [aa, ab, bb] is positive, and otherwise the natural gradient's.
pub(super) fn newton([g0, g1]: [f64; 2], [a, b, c]: [f64; 3]) -> [f64; 2] {
    let det = a * c - b * b;
    if a > 0.0 && det > 0.0 { [(b * g1 - c * g0) / det, (b * g0 - a * g1) / det] } else { [-g0, -0.5 * g1] }
}

impl Place {
    /// The way to the minimum.
    fn step(&self) -> [f64; 2] {
        newton(self.gradient, self.hessian)
    }

    /// A bound of the inverse of the Hessian.
    fn inverse(&self) -> f64 {
        let [a, b, c] = self.hessian;
        (a.abs() + 2.0 * b.abs() + c.abs()) / (a * c - b * b).abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_modes(distance: f64) -> Result<Mixture> {
        let bell = |mean| Component { weight: 0.5, mean, sd: 0.6 };
        Mixture::new(&[bell(-distance), bell(distance)])
    }

    #[test]
    fn the_ends_are_the_reverse_and_the_forward_fit() -> Result<()> {
        let p = Mixture::new(&[
            Component { weight: 0.7, mean: -1.0, sd: 0.6 },
            Component { weight: 0.3, mean: 1.5, sd: 0.9 },
        ])?;
        let reverse = reverse(&p);
        let fit = best(0.0, &p)?;
        assert!((fit.normal.mean() - reverse[0].mean).abs() < 1e-10 && (fit.normal.sd() - reverse[0].sd).abs() < 1e-10);
        assert!((fit.value.value - reverse[0].value.value).abs() < 1e-13);
        let forward = forward(&p, AT_REST)?;
        let near = best(1.0 - 1e-9, &p)?;
        assert!((near.normal.mean() - forward.normal.mean()).abs() < 1e-7);
        assert!((near.value.value - forward.value.value).abs() < 1e-8);
        Ok(())
    }

    #[test]
    fn the_best_value_is_continuous_and_nothing_nearby_is_better() -> Result<()> {
        let p = two_modes(1.5)?;
        let mut before: Option<f64> = None;
        for k in 0..=60 {
            let alpha = -1.0 + 0.05 * f64::from(k);
            let fit = best(alpha, &p)?;
            assert!(fit.precision < 1e-7 && fit.value.error < 1e-9, "{alpha}: {fit:?}");
            for (mean, sd) in [(1e-2, 1.0), (-1e-2, 1.0), (0.0, 1.01), (0.0, 0.99)] {
                let other = Normal::new(fit.normal.mean() + mean, fit.normal.sd() * sd)?;
                let value = divergence(alpha, &p, &Mixture::of_normal(&other)?, AT_REST).value;
                assert!(value > fit.value.value, "{alpha}: {other:?} is better than {:?}", fit.normal);
            }
            let value = fit.value.value;
            assert!(before.is_none_or(|b| (value - b).abs() < 0.12), "{alpha}: {value} after {before:?}");
            before = Some(value);
        }
        Ok(())
    }

    #[test]
    fn below_zero_a_fit_may_lie_where_the_divergence_ends() -> Result<()> {
        for (distance, sd) in [(3.0, 1.6), (2.0, 1.2)] {
            let bell = |mean| Component { weight: 0.5, mean, sd };
            let p = Mixture::new(&[bell(-distance), bell(distance)])?;
            let fit = best(-1.0, &p)?;
            assert!(fit.precision < 1e-4 && fit.value.error < 1e-6, "{fit:?}");
            let edge = sd * 2f64.sqrt();
            for (mean, share) in [(0.0, 0.99), (1e-2, 1.0), (-1e-2, 1.0), (0.0, 0.9), (distance, 0.7)] {
                let other = Normal::new(fit.normal.mean() + mean, (fit.normal.sd() * share).min(edge * (1.0 - 1e-7)))?;
                let value = divergence(-1.0, &p, &Mixture::of_normal(&other)?, AT_REST).value;
                assert!(value > fit.value.value - 1e-6, "{other:?} at {value} is better than {fit:?}");
            }
        }
        Ok(())
    }

    #[test]
    fn far_apart_one_mode_at_zero_becomes_both_at_one() -> Result<()> {
        let p = two_modes(2.0)?;
        assert!(best(0.0, &p)?.normal.mean().abs() > 1.9);
        assert!(best(1.0, &p)?.normal.mean().abs() < 1e-12);
        let followed = nearby(0.05, &p, &best(0.0, &p)?.normal)?;
        assert!(followed.normal.mean().abs() > 1.8);
        assert!(best(2.5, &p).is_err());
        let fit = best(0.7, &p)?;
        let near = Normal::new(fit.normal.mean() + 1e-6, fit.normal.sd() * (1.0 + 1e-6))?;
        let polished = polished(0.7, &p, &near)?;
        assert!((polished.normal.mean() - fit.normal.mean()).abs() < 1e-10 && polished.precision < 1e-9);
        assert!((polished.normal.sd() - fit.normal.sd()).abs() < 1e-10);
        Ok(())
    }
}
