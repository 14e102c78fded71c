//! What the panels of two fits share.

use crate::dist::mixture::Mixture;
use crate::dist::normal::Normal;
use crate::figure::Point;

/// What the panels share.
pub struct Scenery<'a> {
    /// The target.
    pub p: &'a Mixture,
    /// The learner's bell.
    pub q: &'a Normal,
    /// The part of the x axis that is shown.
    pub range: (f64, f64),
    /// Whether P may be seen, and whether it can be moved.
    pub target: bool,
    pub movable: bool,
}

/// A bell as far as it can be told from nothing.
pub fn curve(bell: &Normal, xs: &[f64]) -> Vec<Point> {
    let reach = 4.2 * bell.sd();
    xs.iter().filter(|x| (**x - bell.mean()).abs() <= reach).map(|&x| (x, bell.pdf(x))).collect()
}
