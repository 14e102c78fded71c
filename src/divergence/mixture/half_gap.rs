//! Total variation of two mixtures, ½∫|p − q|: an integral with a kink wherever the densities cross.
//!
//! The points at which the other integrals were evaluated show where p − q changes its sign. Panels with one sign are
//! right as they are; the others are split at the crossings, so that no kink is left inside a panel.

use crate::divergence::answer::Answer;
use crate::divergence::mixture::pair::{Pair, Point};
use crate::numeric::order;
use crate::numeric::quadrature::{Goal, Panel, integrate};
use crate::numeric::root::bracketed;
use crate::numeric::tolerance::{EPS, PANEL_ROUNDING};

/// What a crossing closer than the distance of samples, with its twin, may have been missed by.
const UNSEEN: f64 = 1e-11;

/// Tries to find a pair of crossings between samples.
const TRIES: usize = 4;

/// A point at which p − q was seen.
#[derive(Clone, Copy, Debug)]
struct Sample {
    chart: usize,
    u: f64,
    gap: f64,
}

/// The points seen so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Samples(Vec<Sample>);

/// What a panel contributes to ∫½(p − q), and the error of that.
#[derive(Clone, Copy, Debug)]
pub(super) struct HalfGap {
    pub panel: Panel,
    pub value: f64,
    pub error: f64,
}

impl Samples {
    /// Notes a point; one at which p − q is noise has no sign.
    pub fn see(&mut self, chart: usize, u: f64, at: &Point, noise: f64) {
        if at.gap.abs() > noise * (at.p + at.q) {
            self.0.push(Sample { chart, u, gap: at.gap });
        }
    }

    /// ½∫|p − q| from the panels of ½(p − q), after `evaluations`.
    pub fn total_variation(
        mut self,
        pair: &Pair,
        panels: impl ExactSizeIterator<Item = HalfGap>,
        tolerance: f64,
        evaluations: usize,
    ) -> Answer {
        let mut extra = 0;
        for (chart, u) in pair.ends() {
            extra += 1;
            self.see(chart, u, &pair.at(chart, u), pair.noise());
        }
        let crossings = self.crossings(pair, &mut extra);
        let count = panels.len() as f64;
        let panels: Vec<(HalfGap, &[Sample])> = panels.map(|half| (half, inside(&crossings, &half.panel))).collect();
        // A lower bound, close enough to set the tolerance by.
        let size: f64 = panels.iter().map(|(half, _)| half.value.abs()).sum();
        let allowed = (tolerance * size).max(EPS * size.min(1.0));
        let (mut value, mut error) = (0.0, 0.0);
        let mut again: Vec<Panel> = Vec::new();
        for (half, crossings) in panels {
            if crossings.is_empty() && half.error <= allowed / count {
                value += half.value.abs();
                error += half.error;
                continue;
            }
            let Panel { chart, mut from, to } = half.panel;
            for crossing in crossings {
                again.push(Panel { chart, from, to: crossing.u });
                from = crossing.u;
            }
            again.push(Panel { chart, from, to });
        }
        let goal = Goal::<1>::new(0.0, allowed);
        let found = integrate(&again, &goal, |chart, u| [0.5 * pair.at(chart, u).gap.abs()]);
        value += found.values[0];
        error += found.errors[0] + (PANEL_ROUNDING + UNSEEN) * value + 2.0 * pair.noise();
        Answer::quadrature(value, error, evaluations + extra + found.evaluations)
    }

    /// The places where p − q changes its sign, in order, each with the gap 0.
    fn crossings(&mut self, pair: &Pair, evaluations: &mut usize) -> Vec<Sample> {
        self.0.sort_by(|a, b| a.chart.cmp(&b.chart).then(a.u.total_cmp(&b.u)));
        let mut found = Vec::new();
        let mut cross = |a: &Sample, b: &Sample, evaluations: &mut usize| {
            // A crossing that is off by ε costs ε² of the integral.
            let root = bracketed(a.u, b.u, 1e-9 * (b.u - a.u), |u| {
                *evaluations += 1;
                pair.at(a.chart, u).gap
            });
            found.extend(root.map(|u| Sample { u, gap: 0.0, ..*a }));
        };
        for (k, pair_of) in self.0.windows(2).enumerate() {
            let (a, b) = (pair_of[0], pair_of[1]);
            if a.chart != b.chart {
                continue;
            }
            if (a.gap > 0.0) != (b.gap > 0.0) {
                cross(&a, &b, evaluations);
                continue;
            }
            let next = self.0.get(k + 2).filter(|c| c.chart == a.chart && (c.gap > 0.0) == (b.gap > 0.0));
            if let Some((c, low)) = next.and_then(|c| Some((c, dip(pair, [a, b, *c], evaluations)?))) {
                cross(&a, &low, evaluations);
                cross(&low, c, evaluations);
            }
        }
        order::by(&mut found, |a, b| a.chart.cmp(&b.chart).then(a.u.total_cmp(&b.u)));
        found
    }
}

/// A point of the other sign between three of one sign whose middle one is the lowest: parabolas through the lowest three
/// show whether there may be one.
fn dip(pair: &Pair, [mut a, mut b, mut c]: [Sample; 3], evaluations: &mut usize) -> Option<Sample> {
    let sign = b.gap.signum();
    for _ in 0..TRIES {
        let (ya, yb, yc) = (sign * a.gap, sign * b.gap, sign * c.gap);
        if yb > ya || yb > yc {
            return None;
        }
        // The vertex of the parabola through the three.
        let (left, right) = ((yb - ya) / (b.u - a.u), (yc - yb) / (c.u - b.u));
        let bend = (right - left) / (c.u - a.u);
        let vertex = 0.5 * (a.u + b.u) - 0.5 * left / bend;
        let depth = ya - bend * (vertex - a.u) * (vertex - a.u);
        if !(bend > 0.0 && a.u < vertex && vertex < c.u && vertex != b.u) || depth > 0.5 * yb {
            return None;
        }
        *evaluations += 1;
        let low = Sample { u: vertex, gap: pair.at(a.chart, vertex).gap, ..b };
        if sign * low.gap < 0.0 {
            return Some(low);
        }
        (a, b, c) = match (low.u < b.u, sign * low.gap < yb) {
            (true, true) => (a, low, b),
            (true, false) => (low, b, c),
            (false, true) => (b, low, c),
            (false, false) => (a, b, low),
        };
    }
    None
}

/// The crossings inside a panel.
fn inside<'a>(crossings: &'a [Sample], panel: &Panel) -> &'a [Sample] {
    let before = |end: f64| crossings.partition_point(|c| (c.chart, c.u) <= (panel.chart, end));
    let (first, last) = (before(panel.from), crossings.partition_point(|c| (c.chart, c.u) < (panel.chart, panel.to)));
    crossings.get(first..last).unwrap_or_default()
}
