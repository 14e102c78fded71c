//! The curves on which stationary points of the reverse divergence lie: the maxima in m of E(m, s), the mean of
//! ln p under N(m, s), followed from the modes of P upwards in s.

use crate::dist::bends::bends;
use crate::dist::mixture::{Component, Mixture};
use crate::fit::expectation::LogDensity;
use crate::fit::smoothed::FOR_SEARCHES;
use crate::numeric::order;
use crate::numeric::root::bracketed;

/// Tolerance of the expectations while curves are followed.
const FOLLOWING: f64 = 1e-9;

/// Where curves start, as a share of the smallest sd of P: modes seen through so narrow a bell are those of P.
const START: f64 = 0.45;

/// The longest step in ln s along a curve, and how often it may be halved. All curves step on one grid, so that
/// two that have met are seen to be at the same place.
const STEP: f64 = 0.25;
const HALVINGS: u32 = 28;

/// The longest step in which a curve may end: 1/32 of the longest, in the smallest of steps.
const ENDING: u64 = 1 << (HALVINGS - 5);

/// Peaks at one s that are this close, in units of s, are one.
const SAME: f64 = 1e-6;

/// The most steps along a curve.
const MOST_STEPS: usize = 2000;

/// A maximum in m of E(m, s).
#[derive(Clone, Copy, Debug)]
struct Peak {
    mean: f64,
    /// E and its scaled derivatives.
    a: [f64; 5],
}

/// A stretch of a curve between two sds.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: f64,
    to: f64,
    ends: [Peak; 2],
    /// Whether both ends are on one curve.
    whole: bool,
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
        let narrowest = lowest.min(START * p.smallest_sd());
        let ln_p = LogDensity::prepared(p, (low, high), (narrowest, highest), FOR_SEARCHES);
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

    /// Every stationary point, to a few digits.
    pub fn stationary(&self) -> Vec<(f64, f64)> {
        let mut found = Vec::new();
        let mut passed: Vec<(f64, f64)> = Vec::new();
        for start in self.peaks(self.lowest) {
            self.follow(start, self.lowest, self.highest, &mut |stretch| {
                self.roots(stretch, &mut found);
                // Curves that have met are one from there on.
                let (sd, mean) = (stretch.to, stretch.ends[1].mean);
                let known = passed.iter().any(|place| place.0 == sd && (place.1 - mean).abs() < SAME * sd);
                passed.push((sd, mean));
                !known
            });
        }
        order::by(&mut found, |a, b| a.1.total_cmp(&b.1).then(a.0.total_cmp(&b.0)));
        found.dedup_by(|a, b| (a.0 - b.0).abs() < 1e-4 * b.1 && (a.1 - b.1).abs() < 1e-4 * b.1);
        found
    }

    /// Adds where h changes its sign along a stretch of a curve.
    fn roots(&self, stretch: &Stretch, found: &mut Vec<(f64, f64)>) {
        let Stretch { from, to, ends: [first, last], whole } = stretch;
        if !whole {
            // The curve ends in between, where h = 1, and another is reached, which may have begun there likewise.
            found.extend(
                [(first, *from), (last, *to)].into_iter().filter(|end| end.0.h() < 0.0).map(|end| (end.0.mean, end.1)),
            );
            return;
        }
        if (first.h() > 0.0) == (last.h() > 0.0) {
            return;
        }
        let length = (to / from).ln();
        let at = |share: f64| {
            let sd = from * (share * length).exp();
            (self.climb(first.mean + share * (last.mean - first.mean), sd), sd)
        };
        if let Some(share) = bracketed(0.0, 1.0, 1e-6, |share| at(share).0.h()) {
            let (peak, sd) = at(share);
            found.push((peak.mean, sd));
        }
    }

    /// The maxima of E(·, sd), in increasing order.
    pub fn peaks(&self, sd: f64) -> Vec<f64> {
        let first = sd.min(START * self.ln_p.mixture().smallest_sd());
        let follow = |mode: f64| self.follow(mode, first, sd, &mut |_| true);
        let mut peaks: Vec<f64> = modes(self.ln_p.mixture()).into_iter().map(follow).collect();
        peaks.sort_by(f64::total_cmp);
        peaks.dedup_by(|a, b| (*a - *b).abs() < 1e-3 * sd);
        peaks
    }

    /// Follows the maximum uphill of `mean` from sd `from` to sd `to`, where it gives the mean, and shows every stretch of
    /// the curve to `see`, which says whether to go on. Where the curve ends it goes on along the one uphill.
    fn follow(&self, mean: f64, from: f64, to: f64, see: &mut impl FnMut(&Stretch) -> bool) -> f64 {
        let mut peak = self.climb(mean, from);
        let mut sd = from;
        // The way so far and the step, in the smallest of steps.
        let (mut way, mut step) = (0u64, 1u64 << HALVINGS);
        let length = |steps: u64| STEP * steps as f64 / (1u64 << HALVINGS) as f64;
        // Steps shrink towards the end of a curve by powers of two, so that there are a few hundred in all.
        for _ in 0..MOST_STEPS {
            if sd >= to {
                break;
            }
            let next_sd = (from * length(way + step).exp()).min(to);
            let rise = (next_sd / sd).ln();
            let next = self.climb(peak.mean + sd * rise * peak.drift().clamp(-1.0, 1.0), next_sd);
            let whole = continues(&peak, &next, sd, rise);
            if !whole && step > 1 && !ends_between(&peak, &next, sd, step) {
                step /= 2;
                continue;
            }
            let ends = [peak, next];
            let on = see(&Stretch { from: sd, to: next_sd, ends, whole: whole || same_curve(&peak, &next, sd) });
            (peak, sd) = (next, next_sd);
            if !on {
                break;
            }
            way += step;
            // As long as the grid allows.
            if way % (2 * step) == 0 && step < 1 << HALVINGS {
                step *= 2;
            }
        }
        peak.mean
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
    // Where a curve ends it turns back, ever faster: prediction fails before the peak has gone.
    let shift = sd * step * peak.drift();
    let close = (next.mean - peak.mean - shift).abs() < 0.5 * shift.abs() + 5e-3 * sd
        && (next.a[2] - peak.a[2] - step * peak.h_slope()).abs() < 0.3 * (1.0 + peak.a[2].abs())
        && same_curve(peak, next, sd);
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

/// Whether a curve ends within so short a step, or meets another there, with no room left for h to vanish: where it ends
/// h = 1. What lies on the curve that is reached instead is found by whoever follows that one from its mode.
fn ends_between(peak: &Peak, next: &Peak, sd: f64, step: u64) -> bool {
    step <= ENDING && peak.h() > 0.5 && (next.h() > 0.5 || !same_curve(peak, next, sd))
}

/// Whether two peaks could be neighbours on one curve.
fn same_curve(peak: &Peak, next: &Peak, sd: f64) -> bool {
    (next.mean - peak.mean).abs() < sd && (next.a[2] - peak.a[2]).abs() < 0.3 * (1.0 + peak.a[2].abs())
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
