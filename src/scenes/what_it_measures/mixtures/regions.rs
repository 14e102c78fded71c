//! The regions of the line in which p stays above q or below it, with what each adds to D(P‖Q).

use crate::dist::mixture::Mixture;
use crate::divergence::{Answer, mixture};
use crate::figure::Point;
use crate::numeric::root::bracketed;
use crate::quantity::Method;
use crate::scene::bells::whole_line;

/// What is added between two crossings of the densities.
pub struct Region {
    /// Its share of D(P‖Q), in nats: above 0 where p > q.
    pub share: Answer,
    /// Where its integrand is largest in size, and that integrand.
    pub top: Point,
}

/// The integrand p ln(p/q) with the regions it falls into.
pub struct Regions {
    /// The integrand at the given places.
    pub integrand: Vec<Point>,
    /// Where the densities cross.
    pub edges: Vec<f64>,
    /// The regions between, left to right.
    pub all: Vec<Region>,
}

/// An integrand below this share of its largest size is not told from rounding.
const SIGNIFICANT: f64 = 1e-7;

impl Regions {
    /// The regions of a pair, seen at `xs` (ascending), which must be dense where either density bends.
    pub fn new(p: &Mixture, q: &Mixture, xs: &[f64]) -> Self {
        let (p_curve, q_curve) = (p.curve(0.0), q.curve(0.0));
        let ratio = |x: f64| p_curve.at(x).0 - q_curve.at(x).0;
        let integrand: Vec<Point> = xs.iter().map(|&x| (x, p_curve.at(x).1 * ratio(x))).collect();
        let largest = integrand.iter().map(|v| v.1.abs()).fold(0.0, f64::max);
        let told = |v: &&Point| v.1.abs() > SIGNIFICANT * largest;
        let mut edges = Vec::new();
        let mut tops: Vec<Point> = Vec::new();
        let mut before: Option<Point> = None;
        // Two equal mixtures have no regions: what is left of their integrand is rounding.
        let seen = if p == q { &[] } else { integrand.as_slice() };
        for point in seen.iter().filter(told) {
            let crossed = before.filter(|b| (b.1 > 0.0) != (point.1 > 0.0));
            if let Some(edge) = crossed.and_then(|b| bracketed(b.0, point.0, 1e-9, ratio)) {
                edges.push(edge);
                tops.push(*point);
            }
            match tops.last_mut() {
                Some(top) if point.1.abs() > top.1.abs() => *top = *point,
                Some(_) => {}
                None => tops.push(*point),
            }
            before = Some(*point);
        }
        let shares = if tops.is_empty() { Vec::new() } else { mixture::shares(p, q, &edges) };
        let all = shares.into_iter().zip(tops).map(|(share, top)| Region { share, top }).collect();
        Self { integrand, edges, all }
    }

    /// What is added where p > q, and what is taken off where p < q.
    pub fn gain_and_loss(&self) -> (Answer, Answer) {
        let sum = |sign: f64| {
            let start = Answer { method: Method::Quadrature, ..Answer::exact(0.0) };
            let chosen = self.all.iter().filter(|r| r.share.value * sign > 0.0);
            chosen.fold(start, |sum, region| sum.plus(&region.share))
        };
        (sum(1.0), sum(-1.0))
    }
}

/// Places that show every bell: a grid over what is shown, and a finer one over each bell, tails included.
pub fn grid(shown: (f64, f64), mixtures: [&Mixture; 2]) -> Vec<f64> {
    whole_line(shown, mixtures.iter().flat_map(|m| m.components()).map(|bell| (bell.mean, bell.sd)))
}
