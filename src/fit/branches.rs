//! When modes split: the reverse fits to two equal unit modes at ±d, as d grows.
//!
//! The fit in the middle is a minimum at every d. At the birth a minimum and a saddle appear on either side, out of
//! one degenerate point; at the tie the minima beside the middle become the better ones. Which of them a learner
//! who follows a minimum finds depends on where it comes from: hysteresis.

use std::sync::LazyLock;

use crate::dist::mixture::{Component, Mixture};
use crate::error::Result;
use crate::fit::expectation::LogDensity;
use crate::fit::objective::Objective;
use crate::fit::reverse::{Kind, Stationary, reverse};
use crate::numeric::root::bracketed;

/// The target ½N(−d, 1) + ½N(d, 1).
///
/// # Errors
/// `distance` must be a finite number.
pub fn two_modes(distance: f64) -> Result<Mixture> {
    let bell = |mean| Component { weight: 0.5, mean, sd: 1.0 };
    Mixture::new(&[bell(-distance), bell(distance)])
}

/// The stationary points at one d ≥ 0, those on the left left out: they mirror those on the right.
#[derive(Clone, Debug, PartialEq)]
pub struct Branches {
    /// The minimum with mean 0.
    pub middle: Stationary,
    /// The minimum and the saddle with a mean above 0, from the birth on.
    pub side: Option<(Stationary, Stationary)>,
}

/// The reverse fits to two modes at ±`distance`; `None` only if the search fails to find the middle.
///
/// # Errors
/// `distance` must be a finite number.
pub fn branches(distance: f64) -> Result<Option<Branches>> {
    let points = reverse(&two_modes(distance.abs())?);
    let right = |kind: Kind| points.iter().find(|point| point.kind == kind && point.mean > 1e-6 * point.sd).cloned();
    // By symmetry its mean is 0 exactly.
    let middle = points.iter().find(|point| point.mean.abs() <= 1e-6 * point.sd);
    let middle = middle.map(|point| Stationary { mean: 0.0, ..point.clone() });
    Ok(middle.map(|middle| Branches { middle, side: right(Kind::Minimum).zip(right(Kind::Saddle)) }))
}

/// Where something happens as d grows: the distance and the fit there, all right to 1e-9.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// The d at which it happens.
    pub distance: f64,
    /// The mean of the fit on the right.
    pub mean: f64,
    /// Its sd.
    pub sd: f64,
    /// D(Q‖P) of that fit, in nats.
    pub value: f64,
}

/// What [`Event`]s are right to.
pub const EVENT_ERROR: f64 = 1e-9;

/// The birth of the minima beside the middle: the least d with a stationary point of mean above 0. There the gradient
/// and the determinant of the Hessian vanish together. Computed once.
pub fn birth() -> Option<Event> {
    static BIRTH: LazyLock<Option<Event>> = LazyLock::new(find_birth);
    *BIRTH
}

fn find_birth() -> Option<Event> {
    // By bisection to where the two points are close, then by Newton's method in (mean, ln sd, d).
    let (mut below, mut above) = (1.0, 4.0);
    while above - below > 0.02 {
        let middle = 0.5 * (below + above);
        if branches(middle).ok()??.side.is_some() { above = middle } else { below = middle }
    }
    let (minimum, saddle) = branches(above).ok()??.side?;
    let mut at = [0.5 * (minimum.mean + saddle.mean), (0.5 * (minimum.sd + saddle.sd)).ln(), above];
    for _ in 0..30 {
        let miss = degeneracy(at)?;
        let mut jacobian = [[0.0; 3]; 3];
        for (k, column) in (0..3).map(|k| (k, 1e-4)) {
            let shifted = |sign: f64| {
                let mut moved = at;
                moved[k] += sign * column;
                degeneracy(moved)
            };
            let (right, left) = (shifted(1.0)?, shifted(-1.0)?);
            for (row, (r, l)) in jacobian.iter_mut().zip(right.into_iter().zip(left)) {
                row[k] = (r - l) / (2.0 * column);
            }
        }
        let step = solve(jacobian, miss)?;
        for (x, step) in at.iter_mut().zip(step) {
            *x -= step;
        }
        if step.iter().all(|step| step.abs() < 1e-3 * EVENT_ERROR) {
            let [mean, ln_sd, distance] = at;
            let ln_p = LogDensity::new(&two_modes(distance).ok()?);
            let sd = ln_sd.exp();
            let value = Objective::from_expectations(sd, &ln_p.through(mean, sd, 1e-14)).value;
            return Some(Event { distance, mean, sd, value });
        }
    }
    None
}

/// The tie: the d at which the minima beside the middle are as good as the one in it. Computed once.
pub fn tie() -> Option<Event> {
    static TIE: LazyLock<Option<Event>> = LazyLock::new(find_tie);
    *TIE
}

fn find_tie() -> Option<Event> {
    let lead = |distance: f64| -> Option<f64> {
        let found = branches(distance).ok()??;
        let (side, _) = found.side?;
        Some(side.value.value - found.middle.value.value)
    };
    let start = birth()?.distance + 1e-3;
    let distance = bracketed(start, start + 2.0, 1e-12, |d| lead(d).unwrap_or(f64::NAN))?;
    let (side, _) = branches(distance).ok()??.side?;
    Some(Event { distance, mean: side.mean, sd: side.sd, value: side.value.value })
}

/// Gradient and determinant of the Hessian of D at (mean, ln sd) with modes at ±distance, in units of the sd.
fn degeneracy([mean, ln_sd, distance]: [f64; 3]) -> Option<[f64; 3]> {
    let p = two_modes(distance).ok()?;
    let [_, a1, a2, a3, a4] = LogDensity::new(&p).through(mean, ln_sd.exp(), 1e-14).values;
    Some([a1, 1.0 + a2, a2 * (2.0 * a2 + a4) - a3 * a3])
}

/// The solution of three linear equations by Cramer's rule.
fn solve(matrix: [[f64; 3]; 3], right: [f64; 3]) -> Option<[f64; 3]> {
    let det = |m: [[f64; 3]; 3]| {
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    };
    let whole = det(matrix);
    let with = |k: usize| {
        let mut replaced = matrix;
        for (row, value) in replaced.iter_mut().zip(right) {
            row[k] = value;
        }
        det(replaced) / whole
    };
    (whole != 0.0 && whole.is_finite()).then(|| [with(0), with(1), with(2)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minima_are_born_and_take_the_lead_where_they_should() -> Result<()> {
        let Some(birth) = birth() else { panic!("no birth") };
        for (got, want) in [(birth.distance, 2.41223), (birth.mean, 2.1457), (birth.sd, 1.2910)] {
            assert!((got - want).abs() < 5e-5, "{birth:?}");
        }
        // At the edge: none a little below, a pair a little above, closing in as the square root.
        assert!(branches(birth.distance - 1e-4)?.is_some_and(|b| b.side.is_none()));
        assert!(branches(birth.distance + 1e-4)?.is_some_and(|b| b.side.is_some()));
        let Some(tie) = tie() else { panic!("no tie") };
        assert!((tie.distance - 2.80008).abs() < 5e-6, "{tie:?}");
        assert!(tie.value > birth.value && tie.value < std::f64::consts::LN_2);
        Ok(())
    }

    #[test]
    fn the_middle_stays_a_minimum() -> Result<()> {
        for (distance, sd, value) in [(2.0, 2.0470, 0.2265), (3.0, f64::NAN, 0.8406)] {
            let Some(found) = branches(distance)? else { panic!("no middle") };
            assert_eq!(found.middle.kind, Kind::Minimum);
            assert!((found.middle.value.value - value).abs() < 5e-5);
            assert!(sd.is_nan() || (found.middle.sd - sd).abs() < 5e-5);
        }
        let Some(Branches { side: Some((side, saddle)), .. }) = branches(3.0)? else { panic!("no side") };
        assert!((side.mean - 2.9843).abs() < 5e-5 && (side.sd - 1.0234).abs() < 5e-5);
        assert!((side.value.value - 0.68877).abs() < 5e-6 && saddle.value.value > side.value.value);
        Ok(())
    }
}
