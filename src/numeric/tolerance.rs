//! Every tolerance of the numerics, named and explained.

/// Spacing of the numbers next to 1: one rounding is wrong by at most half of it.
pub const EPS: f64 = f64::EPSILON;

/// Relative tolerance of an integral while something is being dragged: mixtures are then right to about 1e-10.
pub const DRAGGING: f64 = 1e-7;

/// Relative tolerance of an integral at rest: mixtures are then right to about 1e-13.
pub const AT_REST: f64 = 1e-11;

/// Rounding of a sum of quadrature nodes, relative to the integral of the absolute value. This is QUADPACK's
/// 50 spacings: the nodes, the weights and a density by log-sum-exp are each wrong by a few.
pub const PANEL_ROUNDING: f64 = 50.0 * EPS;

/// Rounding of a short closed formula, relative to the value.
pub const FORMULA_ROUNDING: f64 = 16.0 * EPS;

/// The noise of a log-ratio ln p − ln q whose two logarithms were computed apart.
pub const LOG_RATIO_NOISE: f64 = 16.0 * EPS;

/// Below this an absolute error is of no account: no divergence that small can be told from zero.
pub const NOTHING: f64 = 1e-30;

/// How far below the largest term of a log-sum-exp another must lie to change nothing: e^−40 = 4e-18.
pub const NEGLIGIBLE_LOG: f64 = 40.0;

/// The number of standard deviations that hold a bell: beyond lies a mass of 1.5e-23.
pub const REACH: f64 = 10.0;

/// The most evaluations of an integrand before quadrature gives up and reports the error it has.
pub const EVALUATIONS: usize = 50_000;
