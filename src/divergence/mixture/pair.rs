//! Two mixtures on the line together: where to break an integral over them, and both densities at a point.
//!
//! Positions are distances from an origin, a mean, one origin for each cluster of means (a chart, see
//! [`Panel`]): a bell of sd 10⁻³ at 10⁹ keeps its digits, and so does another one at 0.

use crate::dist::bends::{Bend, all_bends, crossings};
use crate::dist::mixture::{COMPONENTS, Component, Curve, Mixture};
use crate::numeric::cancellation::hyperbolic_tails;
use crate::numeric::order;
use crate::numeric::quadrature::Panel;
use crate::numeric::tolerance::{LOG_RATIO_NOISE, NEGLIGIBLE_LOG};

/// Where panels end, in standard deviations from each mean. Beyond the last lies a mass of 2e-19.
const BREAKS: [f64; 6] = [-9.0, -4.2, -1.4, 1.4, 4.2, 9.0];

/// The same for √(pq), which falls half as fast, where nothing else ends a panel.
const ROOT_BREAK: f64 = 13.5;

/// Where panels end around a bend, in widths of the bend: e^−36 = 2e-16.
const BEND_BREAKS: [f64; 2] = [8.0, 36.0];

/// A panel this many times longer than such a distance is broken there.
const LONG: f64 = 2.5;

/// Two breakpoints closer than this share of the smaller sd are one.
const MERGED: f64 = 0.35;

/// A mean further from the origin than so many of its sds gets an origin of its own.
const CLUSTER: f64 = 16.0;

/// Two charts meet half-way between means, or so many sds beyond the narrower bell.
const BEYOND: f64 = 20.0;

/// Parameters that differ by less than this, relative to the sd or weight, make two components counterparts.
const NEAR: f64 = 1e-3;

/// Both densities at one point.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// ln p.
    pub ln_p: f64,
    /// ln q.
    pub ln_q: f64,
    /// The density of P.
    pub p: f64,
    /// The density of Q.
    pub q: f64,
    /// t = ln p − ln q, with its own digits where p ≈ q.
    pub t: f64,
    /// p − q, with its own digits where p ≈ q.
    pub gap: f64,
}

/// A place at which an integral has to be broken.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The mean it is measured from, and the distance from there.
    pub mean: f64,
    /// See `mean`.
    pub offset: f64,
    /// The length of what is to be resolved there.
    pub scale: f64,
}

/// Two mixtures, ready for integration over the line.
#[derive(Clone, Debug)]
pub struct Pair {
    charts: Vec<Chart>,
    /// For near-identical mixtures, how each component of P differs from its counterpart.
    shifts: Option<Vec<Shift>>,
    panels: Vec<Panel>,
}

/// A coordinate: the distance from `origin`, used between `low` and `high`.
#[derive(Clone, Copy, Debug)]
struct Chart {
    origin: f64,
    low: f64,
    high: f64,
    p: Curve,
    q: Curve,
}

/// How a component of P differs from its counterpart in Q.
#[derive(Clone, Copy, Debug)]
struct Shift {
    /// ln(w_p/w_q) − ln(σ_p/σ_q).
    level: f64,
    /// (μ_q − μ_p)/σ_p.
    mean: f64,
    /// (σ_p − σ_q)/σ_p.
    sd: f64,
    counterpart: Component,
}

impl Pair {
    /// The pair P, Q, with the panels an integral over them starts from.
    pub fn new(p: &Mixture, q: &Mixture) -> Self {
        Self::with_places(p, q, &[])
    }

    /// The pair, with breakpoints at further `places`; the line is continued to reach them.
    pub fn with_places(p: &Mixture, q: &Mixture, places: &[Place]) -> Self {
        let all: Vec<Component> = p.components().iter().chain(q.components()).copied().collect();
        let mut charts = charts(p, q, &all);
        let reached = |b: &Bend| all.iter().any(|c| ((b.mean - c.mean) + b.offset).abs() < BREAKS[5] * c.sd);
        let bends: Vec<Bend> = all_bends(p).into_iter().chain(all_bends(q)).filter(|b| b.sharp && reached(b)).collect();
        let of_bend = |b: &Bend| Place { mean: b.mean, offset: b.offset, scale: b.width };
        let mut visible: Vec<Place> = bends.iter().filter(|b| !b.hidden).map(of_bend).collect();
        visible.extend(crossings(p, q).iter().map(of_bend));
        visible.extend_from_slice(places);
        let hidden: Vec<Place> = bends.iter().filter(|b| b.hidden).map(of_bend).collect();
        for place in places {
            if let Some(first) = charts.first_mut() {
                first.low = first.low.min((place.mean - first.origin) + place.offset);
            }
            if let Some(last) = charts.last_mut() {
                last.high = last.high.max((place.mean - last.origin) + place.offset);
            }
        }
        let panels = panels(&charts, &all, &visible, &hidden);
        Self { charts, shifts: shifts(p, q), panels }
    }

    /// The panels to start from.
    pub fn panels(&self) -> &[Panel] {
        &self.panels
    }

    /// Both ends of every chart.
    pub fn ends(&self) -> impl Iterator<Item = (usize, f64)> {
        self.charts.iter().enumerate().flat_map(|(index, chart)| [(index, chart.low), (index, chart.high)])
    }

    /// The panels between the points `from` and `to` (which may be infinite).
    pub fn panels_between(&self, from: f64, to: f64) -> Vec<Panel> {
        let clip = |panel: &Panel| {
            let origin = self.charts.get(panel.chart)?.origin;
            let (low, high) = (panel.from.max(from - origin), panel.to.min(to - origin));
            (low < high).then_some(Panel { from: low, to: high, ..*panel })
        };
        self.panels.iter().filter_map(clip).collect()
    }

    /// The point `x` as a distance from the origin of `chart`.
    pub fn offset(&self, chart: usize, x: f64) -> f64 {
        self.charts.get(chart).map_or(x, |chart| x - chart.origin)
    }

    /// The noise of t: none beyond relative rounding where it was computed from the differences of parameters.
    pub fn noise(&self) -> f64 {
        if self.shifts.is_some() { 0.0 } else { LOG_RATIO_NOISE }
    }

    /// Both densities at distance `u` from the origin of `chart`.
    #[inline]
    pub fn at(&self, chart: usize, u: f64) -> Point {
        let Some(chart) = self.charts.get(chart) else {
            return Point { ln_p: f64::NEG_INFINITY, ln_q: f64::NEG_INFINITY, p: 0.0, q: 0.0, t: 0.0, gap: 0.0 };
        };
        let (ln_q, q) = chart.q.at(u);
        if let Some(shifts) = &self.shifts {
            let relative = relative_gap(shifts, u, chart.origin, ln_q);
            let t = relative.ln_1p();
            return Point { ln_p: ln_q + t, ln_q, p: q + q * relative, q, t, gap: q * relative };
        }
        let (ln_p, p) = chart.p.at(u);
        let t = ln_p - ln_q;
        let gap = if t.abs() < 0.5 {
            let (even, odd) = hyperbolic_tails(t);
            q * (t + even + odd)
        } else {
            p - q
        };
        Point { ln_p, ln_q, p, q, t, gap }
    }
}

/// (p − q)/q = Σ rₖ (e^Δₖ − 1), with rₖ the share of q's component k in q and Δₖ the log-ratio of counterparts
/// computed from the differences of their parameters: no digit is lost however close the two are.
fn relative_gap(shifts: &[Shift], u: f64, origin: f64, ln_q: f64) -> f64 {
    let mut total = 0.0;
    for shift in shifts {
        let c = &shift.counterpart;
        let z = (u - (c.mean - origin)) / c.sd;
        let change = shift.mean - z * shift.sd;
        // z_p − z_q = change, so ½(z_q² − z_p²) = −change·(z_q + ½ change).
        let delta = shift.level - change * (z + 0.5 * change);
        let log_share = c.level() - 0.5 * z * z - ln_q;
        if log_share > -NEGLIGIBLE_LOG || log_share + delta > -NEGLIGIBLE_LOG {
            total += if delta.abs() < 1.0 {
                log_share.exp() * delta.exp_m1()
            } else {
                (log_share + delta).exp() - log_share.exp()
            };
        }
    }
    total.max(-1.0)
}

/// The counterparts, if every component of P has one in Q: same order, nearly the same parameters.
fn shifts(p: &Mixture, q: &Mixture) -> Option<Vec<Shift>> {
    let (p, q) = (p.components(), q.components());
    if p.len() != q.len() {
        return None;
    }
    let shift = |(a, b): (&Component, &Component)| {
        let (mean, sd) = ((b.mean - a.mean) / a.sd, (a.sd - b.sd) / a.sd);
        let weight = (a.weight - b.weight) / b.weight;
        let near = mean.abs() < NEAR && sd.abs() < NEAR && weight.abs() < NEAR;
        let level = weight.ln_1p() - ((a.sd - b.sd) / b.sd).ln_1p();
        near.then_some(Shift { level, mean, sd, counterpart: *b })
    };
    p.iter().zip(q).map(shift).collect()
}

/// The charts, from left to right.
fn charts(p: &Mixture, q: &Mixture, all: &[Component]) -> Vec<Chart> {
    let mut sorted = all.to_vec();
    order::by(&mut sorted, |a, b| a.mean.total_cmp(&b.mean));
    let mut charts: Vec<Chart> = Vec::with_capacity(2 * COMPONENTS);
    let mut previous: Option<Component> = None;
    for c in sorted {
        let same = charts.last().is_some_and(|chart| c.mean - chart.origin <= CLUSTER * c.sd);
        if !same {
            let (p, q) = (p.curve(c.mean), q.curve(c.mean));
            let mut chart = Chart { origin: c.mean, low: f64::NEG_INFINITY, high: f64::INFINITY, p, q };
            if let (Some(before), Some(last)) = (previous, charts.last_mut()) {
                let distance = c.mean - before.mean;
                let near = (0.5 * distance).min(BEYOND * before.sd.min(c.sd));
                let (left, right) = if before.sd < c.sd { (near, distance - near) } else { (distance - near, near) };
                last.high = (before.mean - last.origin) + left;
                chart.low = -right;
            }
            charts.push(chart);
        }
        previous = Some(c);
    }
    let furthest = BREAKS[5];
    for chart in &mut charts {
        let origin = chart.origin;
        let low = all.iter().map(|c| (c.mean - origin) - furthest * c.sd).fold(f64::INFINITY, f64::min);
        let high = all.iter().map(|c| (c.mean - origin) + furthest * c.sd).fold(f64::NEG_INFINITY, f64::max);
        (chart.low, chart.high) = (chart.low.max(low), chart.high.min(high));
    }
    charts
}

/// The panels between the breakpoints of all charts.
fn panels(charts: &[Chart], all: &[Component], places: &[Place], hidden: &[Place]) -> Vec<Panel> {
    let mut panels = Vec::with_capacity(8 * all.len());
    // Breakpoints with the length of what is to be resolved there.
    let mut points: Vec<(f64, f64)> = Vec::with_capacity(8 * all.len());
    for (index, chart) in charts.iter().enumerate() {
        let inside = |x: f64| chart.low < x && x < chart.high;
        points.clear();
        for c in all {
            points.extend(BREAKS.map(|z| ((c.mean - chart.origin) + z * c.sd, c.sd)));
        }
        points.extend(places.iter().map(|b| ((b.mean - chart.origin) + b.offset, b.scale)));
        points.retain(|&(x, _)| inside(x));
        let ordinary = points.len();
        for c in all {
            for z in [-ROOT_BREAK, ROOT_BREAK] {
                let x = (c.mean - chart.origin) + z * c.sd;
                let alone = points[..ordinary].iter().all(|&(y, _)| (x - y).abs() > 0.3 * ROOT_BREAK * c.sd);
                let amid = |other: &Component| (x - (other.mean - chart.origin)).abs() < BREAKS[5] * other.sd;
                if inside(x) && alone && all.iter().any(amid) {
                    points.push((x, c.sd));
                }
            }
        }
        order::by(&mut points, |a, b| a.0.total_cmp(&b.0));
        let ends = [(chart.low, f64::INFINITY), (chart.high, f64::INFINITY)];
        // What has to be resolved at a breakpoint: a bend nearby, on either side, bends ln p there too.
        let scale_at = |(x, own): (f64, f64)| {
            let near = places
                .iter()
                .chain(hidden)
                .filter(|b| ((b.mean - chart.origin) + b.offset - x).abs() < BEND_BREAKS[1] * b.scale);
            near.map(|b| b.scale).fold(own, f64::min)
        };
        for pair in merged(&points, ends).windows(2) {
            let mut cuts = vec![pair[0].0, pair[1].0];
            graded(pair[0], pair[1].0, &scale_at, &mut cuts);
            graded(pair[1], pair[0].0, &scale_at, &mut cuts);
            cuts.sort_by(f64::total_cmp);
            let panel = |w: &[f64]| (w[0] < w[1]).then_some(Panel { chart: index, from: w[0], to: w[1] });
            panels.extend(cuts.windows(2).filter_map(panel));
        }
    }
    panels
}

/// Cuts from the breakpoint `start` towards `end`: in a panel far longer than a bend near its end, the bend could
/// hide between the nodes. Beyond the flank of one bend that of another, wider one may come to light.
fn graded(start: (f64, f64), end: f64, scale_at: &impl Fn((f64, f64)) -> f64, cuts: &mut Vec<f64>) {
    let (mut from, mut scale) = (start.0, scale_at(start));
    let direction = if from < end { 1.0 } else { -1.0 };
    let [inner, outer] = BEND_BREAKS;
    // Each round goes beyond a bend that is nearest in its own widths: there are few.
    for _ in 0..2 * COMPONENTS {
        let length = (end - from).abs();
        if length > LONG * inner * scale {
            cuts.push(from + direction * inner * scale);
        }
        if length <= LONG * outer * scale {
            break;
        }
        from += direction * outer * scale;
        cuts.push(from);
        scale = scale_at((from, f64::INFINITY));
    }
}

/// The sorted `points` between the two `ends`; of those too close to tell apart one is left, with the smaller length.
fn merged(points: &[(f64, f64)], ends: [(f64, f64); 2]) -> Vec<(f64, f64)> {
    let [first, last] = ends;
    let mut kept = vec![first];
    for &point in points.iter().chain([&last]) {
        let Some(before) = kept.last_mut() else { break };
        if point.0 - before.0 > MERGED * point.1.min(before.1) {
            kept.push(point);
        } else {
            before.1 = point.1.min(before.1);
        }
    }
    // The end itself stays where it is.
    match kept.as_mut_slice() {
        [_, .., end] => end.0 = last.0,
        _ => kept.push(last),
    }
    kept
}
