//! One table of the pyramid of smoothed ln p.

/// How many steps of its grid a table is smoothed by.
pub const SMOOTHING: f64 = 1.6;

/// The least bell, in steps, that may be summed against a smoothed table, and against ln p itself.
pub const LEAST: f64 = 2.2;
pub const LEAST_RAW: f64 = 1.5;

/// ln p smoothed by `sd` on a grid; beyond it, a parabola.
#[derive(Clone, Debug)]
pub struct Level {
    /// Where the first point of the grid is.
    pub start: f64,
    /// From each point to the next.
    pub step: f64,
    /// The sd that ln p is smoothed by.
    pub sd: f64,
    /// The narrowest bell that it serves.
    pub least: f64,
    /// Smoothed ln p at the points.
    pub values: Vec<f64>,
}

impl Level {
    /// From this sd on the next level serves, if there is one.
    pub fn limit(&self) -> f64 {
        2.0 * SMOOTHING.hypot(LEAST) * self.step
    }
}
