//! The fits along α as curves, to be drawn while something is dragged: minima followed from one order to the next on
//! one fixed grid of the line.
//!
//! The trapezoidal rule converges exponentially for integrands that are analytic about the line (L. N. Trefethen and
//! J. A. C. Weideman, SIAM Review 56, 2014); pᵅ is, up to the bends of ln p. What is shown as a number goes through
//! [`polished`](super::alpha::polished) afterwards.

use crate::dist::bends::bends;
use crate::dist::mixture::Mixture;
use crate::dist::normal::Normal;
use crate::fit::alpha::{derivatives, newton};
use crate::numeric::cancellation::alpha_kernel;
use crate::numeric::effort::spend;
use crate::numeric::order;

/// A minimum of the α-divergence, right to about 1e-6 of the sd.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// The order.
    pub alpha: f64,
    /// The mean of Q.
    pub mean: f64,
    /// The sd of Q.
    pub sd: f64,
    /// The α-divergence from P to Q, in nats.
    pub value: f64,
}

/// The target on its grid.
#[derive(Clone, Debug)]
pub struct Grid {
    nodes: Vec<Node>,
    widest: f64,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    x: f64,
    /// The length of the line it stands for.
    weight: f64,
    ln_p: f64,
    p: f64,
}

/// The grid reaches so many sds of the whole of P from its middle: for α below 0 the tails of q²/p are long.
const REACH: f64 = 30.0;
/// The step as a share of the smallest sd, and of the width of a bend: aliases are then below 1e-6 of what they alias.
const FINE: f64 = 0.35;
const BEND: f64 = 1.2;
/// The most nodes.
const MOST: usize = 1500;

/// e^−45 is nothing.
const NOTHING: f64 = 45.0;

/// The longest step of Newton's method, and the one with which it has arrived: what is left is about the square of it.
const LONGEST: f64 = 0.5;
const ARRIVED: f64 = 1e-5;

impl Spot {
    /// The order by value; of mirror images, which are equally good up to rounding, the left one comes first.
    pub fn better(&self, other: &Self) -> std::cmp::Ordering {
        let key = |spot: &Self| (spot.value * 1e8).round();
        key(self).total_cmp(&key(other)).then(self.mean.total_cmp(&other.mean))
    }
}

impl Grid {
    /// The grid of `p`: x = c + L·sinh t at equal steps of t, fine between the modes and coarse far out.
    pub fn new(p: &Mixture) -> Self {
        let widest = p.largest_sd();
        let means = || p.components().iter().map(|c| c.mean);
        let low = means().fold(f64::INFINITY, f64::min);
        let high = means().fold(f64::NEG_INFINITY, f64::max);
        let centre = 0.5 * (low + high);
        let length = 0.5 * (high - low) + 4.0 * widest;
        let fine = bends(p).iter().map(|b| BEND * b.width).fold(FINE * p.smallest_sd(), f64::min);
        let end = (REACH * p.variance().sqrt() / length).asinh();
        // Within `length` of the middle neighbours are at most √2 times further apart than in it.
        let step = (fine / (length * std::f64::consts::SQRT_2)).max(2.0 * end / MOST as f64);
        let count = (end / step).ceil() as i32;
        let node = |j: i32| {
            let t = f64::from(j) * step;
            let x = centre + length * t.sinh();
            let ln_p = p.ln_pdf(x);
            Node { x, weight: length * t.cosh() * step, ln_p, p: ln_p.exp() }
        };
        Self { nodes: (-count..=count).map(node).collect(), widest }
    }

    /// The minimum downhill of `start`, if Newton's method finds it.
    pub fn fit(&self, alpha: f64, start: (f64, f64)) -> Option<Spot> {
        let (mut mean, mut sd) = start;
        for _ in 0..15 {
            if !self.finite(alpha, sd) {
                return None;
            }
            let [g0, g1, a, b, c] =
                self.sums(alpha, mean, sd, |q, ln_q, node, z| derivatives(alpha, q, ln_q, node.ln_p - ln_q, z));
            let step = newton([g0, g1], [a, b, c]);
            let longest = step[0].abs().max(step[1].abs());
            if !longest.is_finite() {
                return None;
            }
            let length = (LONGEST / longest).min(1.0);
            mean += sd * length * step[0];
            sd *= (length * step[1]).exp();
            if longest < ARRIVED {
                let minimum = a > 0.0 && a * c > b * b;
                let value = self.value(alpha, mean, sd)?;
                return minimum.then_some(Spot { alpha, mean, sd, value });
            }
        }
        None
    }

    /// The minima on the chains that start at the given orders and normals, for each of `alphas` (in increasing order)
    /// best first. A chain that runs into an earlier one ends there.
    pub fn follow(&self, alphas: &[f64], starts: &[(f64, Normal)]) -> Vec<Vec<Spot>> {
        let mut found: Vec<Vec<Spot>> = vec![Vec::new(); alphas.len()];
        for (order, normal) in starts {
            let from = alphas.partition_point(|a| a < order);
            let start = (normal.mean(), normal.sd());
            self.walk(&mut found, alphas, from..alphas.len(), start);
            self.walk(&mut found, alphas, (0..from).rev(), start);
        }
        for spots in &mut found {
            order::by(spots, Spot::better);
        }
        found
    }

    fn walk(&self, found: &mut [Vec<Spot>], alphas: &[f64], way: impl Iterator<Item = usize>, start: (f64, f64)) {
        let (mut at, mut ahead) = (start, None);
        for i in way {
            let (Some(alpha), Some(spots)) = (alphas.get(i), found.get_mut(i)) else { return };
            // Straight on from the last two, if that leads anywhere.
            let straight = ahead.and_then(|ahead| self.fit(*alpha, ahead));
            let Some(spot) = straight.or_else(|| self.fit(*alpha, at)) else { return };
            let same = |other: &Spot| (other.mean - spot.mean).abs() + (other.sd - spot.sd).abs() < 1e-4 * spot.sd;
            if spots.iter().any(same) {
                return;
            }
            spots.push(spot);
            ahead = Some((2.0 * spot.mean - at.0, spot.sd * spot.sd / at.1));
            at = (spot.mean, spot.sd);
        }
    }

    /// Whether the tails leave the divergence finite, and within the grid.
    fn finite(&self, alpha: f64, sd: f64) -> bool {
        let (own, other) = (1.0 / (sd * sd), 1.0 / (self.widest * self.widest));
        alpha * other + (1.0 - alpha) * own > 0.03 * own
    }

    /// The α-divergence from P to N(mean, sd), or `None` where it is infinite or nearly so.
    pub fn value(&self, alpha: f64, mean: f64, sd: f64) -> Option<f64> {
        let kernel = |q: f64, ln_q: f64, node: &Node, _: f64| [alpha_kernel(alpha, node.p, q, node.ln_p - ln_q, ln_q)];
        let [value] = self.finite(alpha, sd).then(|| self.sums(alpha, mean, sd, kernel))?;
        value.is_finite().then_some(value)
    }

    /// The integrals of N functions of q, ln q, the node and z.
    fn sums<const N: usize>(
        &self,
        alpha: f64,
        mean: f64,
        sd: f64,
        f: impl Fn(f64, f64, &Node, f64) -> [f64; N],
    ) -> [f64; N] {
        spend(self.nodes.len());
        let level = -sd.ln() - crate::dist::normal::HALF_LN_2_PI;
        let mut total = [0.0; N];
        for node in &self.nodes {
            let z = (node.x - mean) / sd;
            let ln_q = level - 0.5 * z * z;
            // Neither p nor q nor pᵅq¹⁻ᵅ has anything here.
            if ln_q.max(node.ln_p).max(ln_q + alpha * (node.ln_p - ln_q)) < -NOTHING {
                continue;
            }
            for (sum, term) in total.iter_mut().zip(f(ln_q.exp(), ln_q, node, z)) {
                *sum += node.weight * term;
            }
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::mixture::Component;
    use crate::error::Result;
    use crate::fit::alpha::{best, nearby};
    use crate::fit::reverse::{Kind, reverse};

    fn mixture(list: &[(f64, f64, f64)]) -> Result<Mixture> {
        let component = |&(weight, mean, sd): &(f64, f64, f64)| Component { weight, mean, sd };
        Mixture::new(&list.iter().map(component).collect::<Vec<_>>())
    }

    #[test]
    fn every_spot_is_a_minimum_and_the_best_is_among_them() -> Result<()> {
        let alphas: Vec<f64> = (0..=12).map(|i| -1.0 + 0.25 * f64::from(i)).collect();
        for p in [
            mixture(&[(0.6, -1.5, 0.7), (0.4, 1.5, 0.7)])?,
            mixture(&[(0.5, -2.0, 0.6), (0.5, 2.0, 0.6)])?,
            mixture(&[(0.3, -2.0, 0.4), (0.7, 1.0, 1.2)])?,
        ] {
            let mut starts = vec![(1.0, Normal::new(p.mean(), p.variance().sqrt())?)];
            for point in reverse(&p).iter().filter(|point| point.kind == Kind::Minimum) {
                starts.push((0.0, Normal::new(point.mean, point.sd)?));
            }
            for mode in p.components() {
                starts.push((-1.0, Normal::new(mode.mean, mode.sd)?));
            }
            for (alpha, spots) in alphas.iter().zip(Grid::new(&p).follow(&alphas, &starts)) {
                let fit = best(*alpha, &p)?;
                let Some(first) = spots.first() else { panic!("nothing at {alpha}") };
                assert!(
                    (first.value - fit.value.value).abs() < 1e-5 * fit.value.value,
                    "{p:?} {alpha}: {first:?} {fit:?}"
                );
                for spot in spots {
                    let exact = nearby(*alpha, &p, &Normal::new(spot.mean, spot.sd)?)?;
                    let off = (exact.normal.mean() - spot.mean).abs() + (exact.normal.sd() - spot.sd).abs();
                    assert!(off < 1e-4 * spot.sd, "{p:?} {alpha}: {spot:?} {exact:?}");
                }
            }
        }
        Ok(())
    }
}
