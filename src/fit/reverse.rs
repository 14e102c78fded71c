//! The reverse fit: every stationary point of D(Q‖P) over Q = N(mean, sd).
//!
//! With E(m, s) the mean of ln p under N(m, s), D = −½ ln 2πe − ln s − E. Because E solves the heat equation,
//! ∂E/∂s = s ∂²E/∂m², a stationary point has ∂²E/∂m² = −1/s² < 0: it is a *maximum* of E in m. Hence no stationary
//! point of D is a maximum, and all of them lie on the curves m(s) of maxima of ln p seen through a bell of sd s.
//! In one dimension smoothing by a bell makes no new maxima as s grows (the kernel is totally positive;
//! Schoenberg 1951, Babaud et al. 1986), so following the modes of p upwards in s meets every curve.
//! Along a curve dD/d ln s = −h with h = 1 + s² ∂²E/∂m²: where h falls through 0 there is a minimum of D, where it
//! rises through 0 a saddle.

use crate::dist::mixture::Mixture;
use crate::dist::normal::Normal;
use crate::divergence::answer::Answer;
use crate::divergence::mixture::kl;
use crate::error::Result;
use crate::fit::curves::Search;
use crate::fit::objective::Objective;
use crate::numeric::order;
use crate::numeric::root::bracketed;
use crate::numeric::tolerance::AT_REST;

/// What kind of stationary point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Lower than everything around it.
    Minimum,
    /// Lower than some of what is around it and higher than other.
    Saddle,
    /// Higher than everything around it; only with a fixed sd.
    Maximum,
}

impl Kind {
    /// The name on the wire and on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Saddle => "saddle",
            Self::Maximum => "maximum",
        }
    }
}

/// A stationary point of D(Q‖P).
#[derive(Clone, Debug, PartialEq)]
pub struct Stationary {
    /// Whether it is a minimum, a saddle or a maximum.
    pub kind: Kind,
    /// The mean of Q.
    pub mean: f64,
    /// The sd of Q.
    pub sd: f64,
    /// A bound of the error of mean and sd, in units of the sd.
    pub precision: f64,
    /// D(Q‖P) in nats.
    pub value: Answer,
}

/// Tolerance of the expectations at the stationary points.
const POLISHED: f64 = 1e-13;

/// Newton's method has settled when its step is so short, in units of the sd.
const SETTLED: f64 = 1e-5;

/// Every stationary point of D(Q‖P) over mean and sd, best first. One bell is met exactly.
pub fn reverse(p: &Mixture) -> Vec<Stationary> {
    if let [only] = p.components() {
        let (mean, sd, precision) = (only.mean, only.sd, f64::EPSILON);
        return vec![Stationary { kind: Kind::Minimum, mean, sd, precision, value: Answer::exact(0.0) }];
    }
    let (origin, centred) = centred(p);
    let mut found: Vec<Stationary> = Vec::new();
    let search = Search::new(&centred);
    for (mean, sd) in search.stationary() {
        let Some(point) = polish(&search, mean, sd) else { continue };
        let known = |other: &Stationary| {
            (other.mean - point.mean).abs() < 1e-6 * point.sd && (other.sd - point.sd).abs() < 1e-6 * point.sd
        };
        if !found.iter().any(known) {
            found.push(point);
        }
    }
    finish(found, origin)
}

/// Every stationary point of D(Q‖P) over the mean, with `sd` fixed, best first: minima and the maxima between them.
///
/// # Errors
/// `sd` must be a finite number above 0, within the limits of a mixture's.
pub fn reverse_with_sd(p: &Mixture, sd: f64) -> Result<Vec<Stationary>> {
    Mixture::of_normal(&Normal::new(0.0, sd)?)?;
    let (origin, centred) = centred(p);
    let search = Search::between(&centred, sd, sd);
    let peaks = search.peaks(sd);
    let ln_p = search.ln_p();
    // As near as tables tell: every point is polished afterwards.
    let slope = |m: f64| search.expectations(m, sd)[1];
    let valleys: Vec<f64> = peaks
        .windows(2)
        .filter_map(|w| {
            let margin = 1e-3 * (w[1] - w[0]);
            bracketed(w[0] + margin, w[1] - margin, 1e-6 * sd, slope)
        })
        .collect();
    let of_kind = |kind: Kind| move |mean: f64| (kind, mean);
    let points = peaks.into_iter().map(of_kind(Kind::Minimum)).chain(valleys.into_iter().map(of_kind(Kind::Maximum)));
    let found = points.map(|(kind, start)| {
        let mut mean = start;
        let mut precision = f64::INFINITY;
        for _ in 0..8 {
            let at = ln_p.exact(mean, sd, POLISHED);
            let step = -at.values[1] / at.values[2];
            mean += sd * step.clamp(-0.1, 0.1);
            precision = (at.errors[1] / at.values[2]).abs() + f64::EPSILON * (1.0 + mean.abs() / sd);
            if step.abs() <= precision {
                break;
            }
        }
        Stationary { kind, mean, sd, precision, value: value(&centred, mean, sd) }
    });
    Ok(finish(found.collect(), origin))
}

/// The mixture moved so that its first mean is at 0, and how far.
fn centred(p: &Mixture) -> (f64, Mixture) {
    let origin = p.components()[0].mean;
    (origin, p.shifted(-origin))
}

/// Moves the points back and sorts them: by value and, where values are equal up to rounding, by mean.
fn finish(mut found: Vec<Stationary>, origin: f64) -> Vec<Stationary> {
    let key = |point: &Stationary| (point.value.value * 1e10).round();
    order::by(&mut found, |a, b| key(a).total_cmp(&key(b)).then(a.mean.total_cmp(&b.mean)));
    for point in &mut found {
        point.mean += origin;
    }
    found
}

/// Above this a value needs no digits of its own: the expectations' absolute ones do.
const FAR: f64 = 0.05;

/// D(N(mean, sd)‖P), by the integrand that keeps its digits where the fit is close.
fn value(p: &Mixture, mean: f64, sd: f64) -> Answer {
    let q = Normal::new(mean, sd).and_then(|q| Mixture::of_normal(&q));
    match q {
        Ok(q) => kl(&q, p, AT_REST),
        // Unreachable from a valid mixture: a fit lies between its components.
        Err(_) => Answer::quadrature(f64::INFINITY, 0.0, 0),
    }
}

/// Newton's step in (mean/sd, ln sd) towards where the gradient vanishes.
#[derive(Clone, Copy, Debug)]
struct Newton {
    step: [f64; 2],
    /// The determinant of the Hessian, whose first entry is positive: above 0 at a minimum, below at a saddle.
    det: f64,
    /// Bounds of the Hessian and of its inverse.
    size: f64,
    inverse: f64,
}

impl Newton {
    fn new([_, a1, a2, a3, a4]: [f64; 5]) -> Option<Self> {
        let (mm, ms, ss) = (-a2, -a3, -2.0 * a2 - a4);
        let det = mm * ss - ms * ms;
        let (right, down) = (a1, 1.0 + a2);
        let step = [(ss * right - ms * down) / det, (mm * down - ms * right) / det];
        let size = mm.abs() + 2.0 * ms.abs() + ss.abs();
        let inverse = size / det.abs();
        (det != 0.0 && step[0].is_finite() && step[1].is_finite()).then_some(Self { step, det, size, inverse })
    }

    fn length(&self) -> f64 {
        self.step[0].abs().max(self.step[1].abs())
    }

    /// The step taken, at most a fifth of the sd.
    fn taken(&self, mean: f64, sd: f64) -> (f64, f64) {
        let short = (0.2 / self.length()).min(1.0);
        (mean + sd * short * self.step[0], sd * (short * self.step[1]).exp())
    }
}

/// The stationary point near (mean, sd): by Newton's method, first on the pyramid, then by quadrature.
fn polish(search: &Search, mean: f64, sd: f64) -> Option<Stationary> {
    let (mut mean, mut sd) = (mean, sd);
    for _ in 0..20 {
        let newton = Newton::new(search.expectations(mean, sd))?;
        (mean, sd) = newton.taken(mean, sd);
        if newton.length() < SETTLED {
            break;
        }
    }
    for _ in 0..20 {
        let at = search.ln_p().exact(mean, sd, POLISHED);
        let newton = Newton::new(at.values)?;
        let here = Objective::from_expectations(sd, &at);
        (mean, sd) = newton.taken(mean, sd);
        // Newton's method squares the distance, up to the size of the third derivatives.
        let left = newton.length() * newton.length() * (1.0 + newton.inverse);
        let rounding = newton.inverse * (at.errors[1] + at.errors[2]) + f64::EPSILON * (1.0 + mean.abs() / sd);
        if newton.length() < SETTLED && left <= rounding.max(1e-12) {
            let kind = if newton.det > 0.0 { Kind::Minimum } else { Kind::Saddle };
            let value = if here.value > FAR {
                // Within a step of the very point, off by the square of it.
                let beside = newton.size * newton.length() * newton.length();
                Answer::quadrature(here.value, here.error + beside + 4.0 * f64::EPSILON, at.evaluations)
            } else {
                value(search.ln_p().mixture(), mean, sd)
            };
            return Some(Stationary { kind, mean, sd, precision: left + rounding, value });
        }
    }
    None
}
