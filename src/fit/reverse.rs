//! The reverse fit: every stationary point of D(Q‖P) over Q = N(mean, sd).
//!
//! With E(m, s) the mean of ln p under N(m, s), D = −½ ln 2πe − ln s − E. Because E solves the heat equation,
//! ∂E/∂s = s ∂²E/∂m², a stationary point has ∂²E/∂m² = −1/s² < 0: it is a *maximum* of E in m. Hence no stationary
//! point of D is a maximum, and all of them lie on the curves m(s) of maxima of ln p seen through a bell of sd s.
//! In one dimension smoothing by a bell makes no new maxima as s grows (the kernel is totally positive;
//! Schoenberg 1951, Babaud et al. 1986), so following the modes of p upwards in s meets every curve.
//! Along a curve dD/d ln s = −h with h = 1 + s² ∂²E/∂m²: where h falls through 0 there is a minimum of D, where it
//! rises through 0 a saddle.

use crate::dist::bends::bends;
use crate::dist::mixture::{Component, Mixture};
use crate::dist::normal::Normal;
use crate::divergence::answer::Answer;
use crate::divergence::mixture::divergences;
use crate::error::Result;
use crate::fit::expectation::LogDensity;
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

/// Tolerance of the expectations while curves are followed, and at the stationary points.
const FOLLOWING: f64 = 1e-7;
const POLISHED: f64 = 1e-14;

/// The first and the smallest step in ln s along a curve.
const STEP: f64 = 0.25;
const SMALLEST_STEP: f64 = 1e-4;

/// Every stationary point of D(Q‖P) over mean and sd, best first.
pub fn reverse(p: &Mixture) -> Vec<Stationary> {
    let (origin, centred) = centred(p);
    let ln_p = LogDensity::new(&centred);
    let mut found: Vec<Stationary> = Vec::new();
    let mut search = Search::new(&ln_p);
    for (mean, sd) in search.stationary() {
        let Some(point) = polish(&ln_p, mean, sd) else { continue };
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
    let ln_p = LogDensity::new(&centred);
    let peaks = Search::new(&ln_p).peaks(sd);
    let slope = |m: f64| ln_p.through(m, sd, POLISHED).values[1];
    let valleys: Vec<f64> = peaks
        .windows(2)
        .filter_map(|w| {
            let margin = 1e-3 * (w[1] - w[0]);
            bracketed(w[0] + margin, w[1] - margin, 0.0, slope)
        })
        .collect();
    let of_kind = |kind: Kind| move |mean: f64| (kind, mean);
    let points = peaks.into_iter().map(of_kind(Kind::Minimum)).chain(valleys.into_iter().map(of_kind(Kind::Maximum)));
    let found = points.map(|(kind, start)| {
        let mut mean = start;
        let mut precision = f64::INFINITY;
        for _ in 0..8 {
            let at = ln_p.through(mean, sd, POLISHED);
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
    found.sort_by(|a, b| key(a).total_cmp(&key(b)).then(a.mean.total_cmp(&b.mean)));
    for point in &mut found {
        point.mean += origin;
    }
    found
}

/// D(N(mean, sd)‖P), by the integrand that keeps its digits where the fit is close.
fn value(p: &Mixture, mean: f64, sd: f64) -> Answer {
    let q = Normal::new(mean, sd).and_then(|q| Mixture::of_normal(&q));
    match q {
        Ok(q) => divergences(&q, p, AT_REST).forward,
        // Unreachable from a valid mixture: a fit lies between its components.
        Err(_) => Answer::quadrature(f64::INFINITY, 0.0, 0),
    }
}

/// Newton's method in (mean, ln sd) from a point that is near.
fn polish(ln_p: &LogDensity<'_>, mean: f64, sd: f64) -> Option<Stationary> {
    let (mut mean, mut sd) = (mean, sd);
    for _ in 0..40 {
        let at = ln_p.through(mean, sd, POLISHED);
        let [_, a1, a2, a3, a4] = at.values;
        // The Hessian in (mean/sd, ln sd).
        let (mm, ms, ss) = (-a2, -a3, -2.0 * a2 - a4);
        let det = mm * ss - ms * ms;
        if det == 0.0 || !det.is_finite() {
            return None;
        }
        let (right, down) = (a1, 1.0 + a2);
        let step = [(ss * right - ms * down) / det, (mm * down - ms * right) / det];
        let longest = step[0].abs().max(step[1].abs());
        let short = (0.2 / longest).min(1.0);
        mean += sd * short * step[0];
        sd *= (short * step[1]).exp();
        let size = (mm.abs() + 2.0 * ms.abs() + ss.abs()) / det.abs();
        let precision = size * (at.errors[1] + at.errors[2]) + f64::EPSILON * (1.0 + mean.abs() / sd);
        if longest <= precision {
            let kind = if det > 0.0 { Kind::Minimum } else { Kind::Saddle };
            return Some(Stationary { kind, mean, sd, precision, value: value(ln_p.mixture(), mean, sd) });
        }
    }
    None
}

/// A maximum in m of E(m, s).
#[derive(Clone, Copy, Debug)]
struct Peak {
    mean: f64,
    /// E and its scaled derivatives.
    a: [f64; 5],
}

impl Peak {
    /// h = 1 + s² ∂²E/∂m², which is −dD/d ln s along the curve.
    fn h(&self) -> f64 {
        1.0 + self.a[2]
    }

    /// dh/d ln s along the curve.
    fn h_slope(&self) -> f64 {
        2.0 * self.a[2] + self.a[4] - self.a[3] * self.a[3] / self.a[2]
    }

    /// Where the curve goes: dm/d ln s in units of s.
    fn drift(&self) -> f64 {
        -self.a[3] / self.a[2]
    }
}

/// The search along the curves of maxima.
struct Search<'a> {
    ln_p: &'a LogDensity<'a>,
    low: f64,
    high: f64,
}

impl<'a> Search<'a> {
    fn new(ln_p: &'a LogDensity<'a>) -> Self {
        let p = ln_p.mixture();
        let means = || p.components().iter().map(|c| c.mean);
        let (low, high) = (means().fold(f64::INFINITY, f64::min), means().fold(f64::NEG_INFINITY, f64::max));
        Self { ln_p, low, high }
    }

    fn expectations(&self, mean: f64, sd: f64) -> [f64; 5] {
        self.ln_p.through(mean, sd, FOLLOWING).values
    }

    /// Every stationary point, roughly.
    fn stationary(&mut self) -> Vec<(f64, f64)> {
        let p = self.ln_p.mixture();
        let mut found = Vec::new();
        // No stationary sd is below the smallest sd of P, since −(ln p)″ never exceeds its inverse square; and
        // beyond a few times the width of P the parabola of its widest component rules.
        let lowest = 0.9 * p.smallest_sd();
        let highest = 3.0 * (self.high - self.low + p.largest_sd());
        let start = self.peaks(lowest);
        self.follow(start, lowest, highest, &mut |from, to, ends| {
            let (h0, h1) = (ends[0].h(), ends[1].h());
            if (h0 > 0.0) != (h1 > 0.0) {
                let share = h0 / (h0 - h1);
                found.push((ends[0].mean + share * (ends[1].mean - ends[0].mean), from * (to / from).powf(share)));
            }
        });
        found
    }

    /// The maxima of E(·, sd), in increasing order.
    fn peaks(&mut self, sd: f64) -> Vec<f64> {
        let p = self.ln_p.mixture();
        let first = sd.min(0.45 * p.smallest_sd());
        let mut peaks: Vec<Peak> = modes(p).into_iter().map(|mode| self.climb(mode, first)).collect();
        distinct(&mut peaks, first);
        if sd > first {
            peaks = self.follow(peaks.iter().map(|peak| peak.mean).collect(), first, sd, &mut |_, _, _| {});
        }
        peaks.into_iter().map(|peak| peak.mean).collect()
    }

    /// Follows the maxima from sd `from` to sd `to`, and shows every stretch of a curve to `see`.
    fn follow(&self, start: Vec<f64>, from: f64, to: f64, see: &mut impl FnMut(f64, f64, [&Peak; 2])) -> Vec<Peak> {
        let mut peaks: Vec<Peak> = start.into_iter().map(|mean| self.climb(mean, from)).collect();
        let mut sd = from;
        let mut step = STEP;
        while sd < to {
            step = step.min((to / sd).ln());
            let next_sd = if step >= (to / sd).ln() { to } else { sd * step.exp() };
            let next: Vec<Peak> = peaks
                .iter()
                .map(|peak| self.climb(peak.mean + sd * step * peak.drift().clamp(-1.0, 1.0), next_sd))
                .collect();
            let smooth = peaks.iter().zip(&next).all(|(peak, next)| continues(peak, next, sd, step));
            if !smooth && step > SMALLEST_STEP {
                step *= 0.5;
                continue;
            }
            for (peak, next) in peaks.iter().zip(&next) {
                see(sd, next_sd, [peak, next]);
            }
            peaks = next;
            sd = next_sd;
            distinct(&mut peaks, sd);
            step = (1.5 * step).min(STEP);
        }
        peaks
    }

    /// The maximum of E(·, sd) that lies uphill of `mean`.
    fn climb(&self, mean: f64, sd: f64) -> Peak {
        let mut mean = mean.clamp(self.low, self.high);
        let mut a = self.expectations(mean, sd);
        let mut longest = 0.5 * sd;
        for _ in 0..200 {
            let newton = -a[1] / a[2];
            let step = if a[2] < 0.0 { sd * newton } else { longest.copysign(a[1]) };
            if a[2] < 0.0 && newton.abs() < 1e-7 {
                break;
            }
            let to = (mean + step.clamp(-longest, longest)).clamp(self.low, self.high);
            let there = self.expectations(to, sd);
            if there[0] < a[0] - 1e-6 * (1.0 + a[0].abs()) {
                longest *= 0.5;
                continue;
            }
            if to == mean {
                break;
            }
            (mean, a) = (to, there);
        }
        Peak { mean, a }
    }
}

/// Whether two peaks a step apart are on one curve, with nothing hidden between them.
fn continues(peak: &Peak, next: &Peak, sd: f64, step: f64) -> bool {
    let expected = peak.mean + sd * step * peak.drift();
    let close =
        (next.mean - expected).abs() < 0.1 * sd && (next.a[2] - peak.a[2]).abs() < 0.3 * (1.0 + peak.a[2].abs());
    // Where h has one sign at both ends but bends back towards 0 between them, two roots may hide.
    let (h0, h1) = (peak.h(), next.h());
    let (down0, down1) = (-peak.h_slope() * h0.signum(), next.h_slope() * h1.signum());
    let dip = if (h0 > 0.0) == (h1 > 0.0) && down0 > 0.0 && down1 > 0.0 {
        // The lowest that the tangents at both ends allow.
        let meet = (h0.abs() * down1 + h1.abs() * down0 - down0 * down1 * step) / (down0 + down1);
        meet < 0.0
    } else {
        false
    };
    close && !dip
}

/// Drops peaks that have run into one another, and sorts the rest.
fn distinct(peaks: &mut Vec<Peak>, sd: f64) {
    peaks.sort_by(|a, b| a.mean.total_cmp(&b.mean));
    peaks.dedup_by(|a, b| (a.mean - b.mean).abs() < 1e-3 * sd);
}

/// The modes of a mixture.
fn modes(p: &Mixture) -> Vec<f64> {
    let mut places: Vec<f64> = bends(p).iter().map(|b| b.mean + b.offset).collect();
    let grid = |c: &Component| (-12..=12).map(|k| c.mean + 0.25 * f64::from(k) * c.sd).collect::<Vec<f64>>();
    places.extend(p.components().iter().flat_map(grid));
    places.sort_by(f64::total_cmp);
    places.dedup();
    let slope = |x: f64| p.ln_pdf_slope(x);
    let between =
        |w: &[f64]| if slope(w[0]) >= 0.0 && slope(w[1]) < 0.0 { bracketed(w[0], w[1], 0.0, slope) } else { None };
    places.windows(2).filter_map(between).collect()
}
