//! Three roads from one normal to another, in the half-plane of (mean, sd): the Fisher–Rao geodesic, mixing
//! the moments (m-geodesic) and mixing the natural parameters (e-geodesic) (Amari 2016).

use std::f64::consts::SQRT_2;

use crate::dist::Normal;
use crate::error::Result;

/// Which road.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Road {
    /// The shortest by the Fisher–Rao metric: an arc of an ellipse around a point of the edge sd = 0, or a
    /// vertical line.
    Shortest,
    /// Mean and second moment run straight.
    Moments,
    /// Precision and precision·mean run straight.
    Natural,
}

impl Road {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Shortest, Self::Moments, Self::Natural];

    /// The normal at the share `t` of the road from `p` (0) to `q` (1); on the shortest road `t` is the share
    /// of the length.
    ///
    /// # Errors
    /// Only where a moment is too large for a number.
    pub fn at(self, p: &Normal, q: &Normal, t: f64) -> Result<Normal> {
        if t <= 0.0 || p == q {
            return Ok(*p);
        }
        if t >= 1.0 {
            return Ok(*q);
        }
        match self {
            Self::Shortest => shortest(p, q, t),
            Self::Moments => moments(p, q, t),
            Self::Natural => natural(p, q, t),
        }
    }
}

fn moments(p: &Normal, q: &Normal, t: f64) -> Result<Normal> {
    let shift = q.mean() - p.mean();
    // The variance of the mixture (1−t)·P + t·Q.
    let within = (1.0 - t).sqrt() * p.sd();
    let sd = within.hypot(t.sqrt() * q.sd()).hypot((t * (1.0 - t)).sqrt() * shift);
    Normal::new(p.mean() + t * shift, sd)
}

fn natural(p: &Normal, q: &Normal, t: f64) -> Result<Normal> {
    // Precisions relative to P's, so that nothing overflows.
    let ratio = (p.sd() / q.sd()).powi(2);
    let precision = (1.0 - t) + t * ratio;
    let share = if ratio.is_finite() { t * ratio / precision } else { 1.0 };
    let sd = if ratio.is_finite() { p.sd() / precision.sqrt() } else { q.sd() / t.sqrt() };
    Normal::new(p.mean() + share * (q.mean() - p.mean()), sd)
}

/// With x = mean/√2 the metric is 2(dx² + dσ²)/σ², hyperbolic: geodesics are half circles on the edge.
///
/// On the unit-speed half circle x = c + R·tanh s, σ = R/cosh s.
fn shortest(p: &Normal, q: &Normal, t: f64) -> Result<Normal> {
    let gap = (q.mean() - p.mean()) / SQRT_2;
    if gap.abs() <= 1e-9 * p.sd().min(q.sd()) {
        // Straight up: ln σ runs evenly.
        return Normal::new(p.mean() + t * (q.mean() - p.mean()), p.sd() * (t * (q.sd().ln() - p.sd().ln())).exp());
    }
    // The centre, from P: c² + σp² = (gap − c)² + σq².
    let centre = 0.5 * (gap + (q.sd() - p.sd()) * ((q.sd() + p.sd()) / gap));
    let radius = centre.hypot(p.sd());
    // Arc parameters: sinh s = (x − c)/σ.
    let (from, to) = ((-centre / p.sd()).asinh(), ((gap - centre) / q.sd()).asinh());
    let s = from + t * (to - from);
    // x from P's side: R(tanh s − tanh from) = R·sinh(s − from)/(cosh s · cosh from).
    let along = radius * (s - from).sinh() / s.cosh() / from.cosh();
    Normal::new(p.mean() + SQRT_2 * along, radius / s.cosh())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::fisher_rao;

    fn normal(mean: f64, sd: f64) -> Normal {
        Normal::new(mean, sd).unwrap()
    }

    #[test]
    fn every_road_starts_and_ends_where_it_should_and_is_continuous() {
        let (p, q) = (normal(-1.0, 0.5), normal(2.0, 1.5));
        for road in Road::ALL {
            assert_eq!((road.at(&p, &q, 0.0).unwrap(), road.at(&p, &q, 1.0).unwrap()), (p, q));
            for (t, end) in [(1e-9, p), (1.0 - 1e-9, q)] {
                let near = road.at(&p, &q, t).unwrap();
                assert!((near.mean() - end.mean()).abs() < 1e-7 && (near.sd() - end.sd()).abs() < 1e-7, "{road:?}");
            }
        }
    }

    #[test]
    fn on_the_shortest_road_distances_add_up_evenly() {
        for (p, q) in [
            (normal(0.0, 1.0), normal(1.0, 1.0)),
            (normal(-3.0, 0.2), normal(4.0, 2.0)),
            (normal(1.0, 3.0), normal(1.0 + 1e-6, 0.1)),
            (normal(1.0, 3.0), normal(1.0, 0.1)),
        ] {
            let whole = fisher_rao::normal(&p, &q).value;
            for t in [0.1, 0.5, 0.8] {
                let at = Road::Shortest.at(&p, &q, t).unwrap();
                assert!((fisher_rao::normal(&p, &at).value / (t * whole) - 1.0).abs() < 1e-6, "{p:?} {q:?} {t}");
                let rest = fisher_rao::normal(&at, &q).value;
                assert!((rest / ((1.0 - t) * whole) - 1.0).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn the_other_roads_mix_what_they_say() {
        let (p, q, t) = (normal(-1.0, 0.5), normal(2.0, 1.5), 0.3);
        let m = Road::Moments.at(&p, &q, t).unwrap();
        let second = |n: &Normal| n.mean() * n.mean() + n.sd() * n.sd();
        assert!((second(&m) - (0.7 * second(&p) + 0.3 * second(&q))).abs() < 1e-14);
        let e = Road::Natural.at(&p, &q, t).unwrap();
        let precision = |n: &Normal| (n.sd() * n.sd()).recip();
        assert!((precision(&e) - (0.7 * precision(&p) + 0.3 * precision(&q))).abs() < 1e-14);
        let tilt = |n: &Normal| n.mean() * precision(n);
        assert!((tilt(&e) - (0.7 * tilt(&p) + 0.3 * tilt(&q))).abs() < 1e-14);
    }

    #[test]
    fn extreme_scales_do_not_break_the_roads() {
        for road in Road::ALL {
            let at = road.at(&normal(0.0, 1e100), &normal(1e-3, 1e-100), 0.5).unwrap();
            assert!(at.sd() > 0.0 && at.mean().is_finite());
        }
    }
}
