//! The reverse objective D(N(mean, sd)‖P) with its derivatives by mean and ln sd.

use crate::dist::normal::HALF_LN_2_PI;
use crate::fit::bell::Expectations;

/// D(Q‖P) at one Q = N(mean, sd), with its derivatives in the coordinates (mean, ln sd).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Objective {
    /// D(Q‖P) in nats.
    pub value: f64,
    /// A bound of the value's error.
    pub error: f64,
    /// The derivatives by mean and by ln sd.
    pub gradient: [f64; 2],
    /// The second derivatives: by mean twice, by both, by ln sd twice.
    pub hessian: [[f64; 2]; 2],
}

impl Objective {
    /// D(N(mean, sd)‖P) = −½ ln 2πe sd² − E[ln p], its gradient and its Hessian, from the expectations of ln p
    /// through N(mean, sd).
    pub fn from_expectations(sd: f64, found: &Expectations) -> Self {
        let [a0, a1, a2, a3, a4] = found.values;
        let mixed = -a3 / sd;
        Self {
            value: -(sd.ln() + HALF_LN_2_PI + 0.5) - a0,
            error: found.errors[0],
            gradient: [-a1 / sd, -1.0 - a2],
            hessian: [[-a2 / (sd * sd), mixed], [mixed, -2.0 * a2 - a4]],
        }
    }
}
