//! Where the logarithm of a mixture bends: the places at which one component takes over from another.
//!
//! Between them ln p is nearly a parabola; at a bend its slope changes over a length that may be far shorter
//! than any sd. Whoever integrates ln p has to look there.

use crate::dist::mixture::{Component, Mixture};

/// A place where two components of a mixture are equally likely and no other is much likelier.
#[derive(Clone, Copy, Debug)]
pub struct Bend {
    /// The mean it is measured from (a component's), so that far from 0 no digit is lost.
    pub mean: f64,
    /// The distance from there.
    pub offset: f64,
    /// The length over which one component takes over: ln p is analytic within π widths of the bend.
    pub width: f64,
    /// Whether that is short against the sd of either component.
    pub sharp: bool,
    /// Whether a third component is so much likelier there that only the bend's flanks can be seen, if anything.
    pub hidden: bool,
    /// The share that both components have in the density there.
    pub share: f64,
    /// By how much the second derivative of the logarithm changes from the left of the bend to its right.
    pub turn: f64,
}

/// A third component that is so much likelier (by its logarithm) hides a bend.
const HIDDEN: f64 = 3.0;

/// A crossing further out than so many sds, on both sides, does not count.
const COUNTS: f64 = 6.0;

/// The bends of ln p that are not hidden.
pub fn bends(mixture: &Mixture) -> Vec<Bend> {
    let mut found = all_bends(mixture);
    found.retain(|bend| !bend.hidden);
    found
}

/// The bends of ln p, hidden ones among them.
pub fn all_bends(mixture: &Mixture) -> Vec<Bend> {
    let components = mixture.components();
    let mut found = Vec::new();
    for (i, a) in components.iter().enumerate() {
        let curve = mixture.curve(a.mean);
        for b in &components[i + 1..] {
            for offset in meetings(a, b, 0.0) {
                let (za, zb) = (offset / a.sd, (offset - (b.mean - a.mean)) / b.sd);
                let slope = za / a.sd - zb / b.sd;
                let width = 1.0 / slope.abs();
                let above = a.level() - 0.5 * za * za - curve.at(offset).0;
                let hidden = above <= -HIDDEN;
                let sharp = width < 0.5 * a.sd.min(b.sd);
                let share = (2.0 * above.exp()).min(1.0);
                // The one whose logarithm grows rules the right.
                let turn = slope.signum() * (1.0 / (a.sd * a.sd) - 1.0 / (b.sd * b.sd));
                found.push(Bend { mean: a.mean, offset, width, sharp, hidden, share, turn });
            }
        }
    }
    found
}

/// Where two mixtures cross sharply, with a density that counts: ln p − ln q changes its sign there within a short width.
pub fn crossings(p: &Mixture, q: &Mixture) -> Vec<Bend> {
    let mut found = Vec::new();
    for a in p.components() {
        let (own, other) = (p.curve(a.mean), q.curve(a.mean));
        for b in q.components() {
            for offset in meetings(a, b, 0.0) {
                let (za, zb) = (offset / a.sd, (offset - (b.mean - a.mean)) / b.sd);
                let level = a.level() - 0.5 * za * za;
                let hidden = level <= own.at(offset).0.max(other.at(offset).0) - 1.0;
                let width = 1.0 / (za / a.sd - zb / b.sd).abs();
                let sharp = width < 0.3 * a.sd.min(b.sd) && za.abs().min(zb.abs()) < COUNTS;
                if sharp && !hidden {
                    found.push(Bend { mean: a.mean, offset, width, sharp, hidden, share: 1.0, turn: 0.0 });
                }
            }
        }
    }
    found
}

/// The distances from the mean of `a` at which ln of its weighted density, less `below`, meets that of `b`:
/// none, one or two.
pub fn meetings(a: &Component, b: &Component, below: f64) -> impl Iterator<Item = f64> + use<> {
    // In units of b's sd: ½(1 − r²)v² − Dv + ½D² + (level_a − level_b) = 0 with r = σ_b/σ_a.
    let (ratio, distance) = (b.sd / a.sd, (b.mean - a.mean) / b.sd);
    let square = 0.5 * (1.0 - ratio) * (1.0 + ratio);
    let constant = 0.5 * distance * distance + (a.level() - below - b.level());
    let root = (distance * distance - 4.0 * square * constant).sqrt();
    // The root of larger size first, the other from the product: no cancellation.
    let sum = distance + root.copysign(distance);
    let scale = b.sd;
    [sum / (2.0 * square), 2.0 * constant / sum].into_iter().map(move |v| v * scale).filter(|v| v.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Result;

    #[test]
    fn components_meet_where_their_weighted_densities_are_equal() -> Result<()> {
        let p = Mixture::new(&[
            Component { weight: 0.2, mean: -3.0, sd: 0.4 },
            Component { weight: 0.5, mean: 1.0, sd: 1.5 },
            Component { weight: 0.3, mean: 4.0, sd: 0.4 },
        ])?;
        let found = bends(&p);
        assert!(found.len() >= 4, "{found:?}");
        for bend in found {
            let x = bend.mean + bend.offset;
            let mut logs: Vec<f64> =
                p.components().iter().map(|c| c.level() - 0.5 * ((x - c.mean) / c.sd).powi(2)).collect();
            logs.sort_by(f64::total_cmp);
            // Two of them are equal, and not far below the third if it is on top.
            let equal = (logs[2] - logs[1]).abs().min((logs[1] - logs[0]).abs());
            assert!(equal < 1e-12 * logs[1].abs().max(1.0) && bend.width > 0.0, "{x}: {logs:?}");
        }
        Ok(())
    }
}
