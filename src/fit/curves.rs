//! The curves on which stationary points of the reverse divergence lie: the maxima in m of E(m, s), the mean of
//! ln p under N(m, s), followed from the modes of P upwards in s.

use crate::dist::bends::bends;
use crate::dist::mixture::{Component, Mixture};
use crate::fit::expectation::LogDensity;
use crate::numeric::root::bracketed;

/// Tolerance of the expectations while curves are followed.
const FOLLOWING: f64 = 1e-7;

/// Where curves start, as a share of the smallest sd of P: modes seen through so narrow a bell are those of P.
const START: f64 = 0.45;

/// The first and the smallest step in ln s along a curve.
const STEP: f64 = 0.25;
const SMALLEST_STEP: f64 = 1e-4;

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

/// The smallest and the largest mean of a component.
fn hull(p: &Mixture) -> (f64, f64) {
    let means = || p.components().iter().map(|c| c.mean);
    (means().fold(f64::INFINITY, f64::min), means().fold(f64::NEG_INFINITY, f64::max))
}

/// The search along the curves of maxima.
#[derive(Clone, Debug)]
pub struct Search {
    ln_p: LogDensity,
    lowest: f64,
    highest: f64,
    /// Between which all means lie, and so all maxima.
    low: f64,
    high: f64,
}

impl Search {
    /// A search over all sds at which D may be stationary.
    pub fn new(p: &Mixture) -> Self {
        let (low, high) = hull(p);
        // No stationary sd is below the smallest sd of P, since −(ln p)″ never exceeds its inverse square; and
        // beyond a few times the width of P the parabola of its widest component rules.
        Self::between(p, 0.9 * p.smallest_sd(), 3.0 * (high - low + p.largest_sd()))
    }

    /// A search over sds from `lowest` to `highest`.
    pub fn between(p: &Mixture, lowest: f64, highest: f64) -> Self {
        let (low, high) = hull(p);
        let ln_p = LogDensity::prepared(p, (low, high), (lowest.min(START * p.smallest_sd()), highest));
        Self { ln_p, lowest, highest, low, high }
    }

    /// ln of the mixture.
    pub const fn ln_p(&self) -> &LogDensity {
        &self.ln_p
    }

    /// The expectations through N(mean, sd), from tables where they serve.
    pub fn expectations(&self, mean: f64, sd: f64) -> [f64; 5] {
        self.ln_p.quick(mean, sd, FOLLOWING)
    }

    /// Every stationary point, to about six digits.
    pub fn stationary(&self) -> Vec<(f64, f64)> {
        let mut found = Vec::new();
        let start = self.peaks(self.lowest);
        self.follow(start, self.lowest, self.highest, &mut |from, to, ends| {
            if (ends[0].h() > 0.0) == (ends[1].h() > 0.0) {
                return;
            }
            let length = (to / from).ln();
            let at = |share: f64| {
                let mean = ends[0].mean + share * (ends[1].mean - ends[0].mean);
                let sd = from * (share * length).exp();
                (self.climb(mean, sd), sd)
            };
            if let Some(share) = bracketed(0.0, 1.0, 1e-6, |share| at(share).0.h()) {
                let (peak, sd) = at(share);
                found.push((peak.mean, sd));
            }
        });
        found
    }

    /// The maxima of E(·, sd), in increasing order.
    pub fn peaks(&self, sd: f64) -> Vec<f64> {
        let p = self.ln_p.mixture();
        let first = sd.min(START * p.smallest_sd());
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
