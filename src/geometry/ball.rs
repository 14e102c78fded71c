//! Balls of Kullback and Leibler: all normals within a given divergence of one, in the half-plane (mean, sd).

use std::f64::consts::PI;

use crate::dist::Normal;
use crate::error::{Error, Result};
use crate::numeric::cancellation::psi;
use crate::numeric::root::bracketed;

/// Which argument the centre is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// D(centre‖Q) ≤ radius.
    Forward,
    /// D(Q‖centre) ≤ radius.
    Reverse,
}

/// The edge of the ball of this radius (in nats), as `points` points (mean, sd) once around, beginning at its
/// lowest sd and closing on itself.
///
/// With u = sd/centre sd and d = shift/centre sd, D(Q‖centre) = ½(u² + d² − 1) − ln u and
/// D(centre‖Q) = ln u + (1 + d²)/(2u²) − ½; for each height u the width follows, d² = 2(r − …).
///
/// # Errors
/// Names `radius` if it is not above 0 and at most 300, `points` if there are fewer than 4 or more than 10 000.
pub fn edge(centre: &Normal, radius: f64, direction: Direction, points: usize) -> Result<Vec<(f64, f64)>> {
    if !(radius > 0.0 && radius <= 300.0) {
        return Err(Error::bad("radius", radius, "must be above 0 and at most 300"));
    }
    if !(4..=10_000).contains(&points) {
        return Err(Error::bad("points", points, "must be from 4 to 10000"));
    }
    // In ln u: what D costs without a shift, which is 0 at u = 1 and grows to both sides.
    let spread = |l: f64| match direction {
        // ½(u² − 1) − ln u, and the same of 1/u.
        Direction::Reverse => 0.5 * psi(2.0 * l),
        Direction::Forward => 0.5 * psi(-2.0 * l),
    };
    let miss = |l: f64| spread(l) - radius;
    let no_root = || Error::bad("radius", radius, "must be a radius whose ball has an edge");
    let low = bracketed(-(radius + 2.0), 0.0, 0.0, miss).ok_or_else(no_root)?;
    let high = bracketed(0.0, radius + 2.0, 0.0, miss).ok_or_else(no_root)?;
    let edge = (0..points).map(|i| {
        // Evenly around an angle, so that the ends, where the width changes fast, are well covered.
        let angle = 2.0 * PI * i as f64 / points as f64;
        let height = 0.5 * (low + high) - 0.5 * (high - low) * angle.cos();
        let u = height.exp();
        let square = 2.0 * (radius - spread(height)).max(0.0);
        let width = match direction {
            Direction::Reverse => square.sqrt(),
            Direction::Forward => square.sqrt() * u,
        };
        let side = if i == 0 || 2 * i == points { 0.0 } else { angle.sin().signum() };
        (centre.mean() + side * width * centre.sd(), u * centre.sd())
    });
    Ok(edge.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::kl;

    #[test]
    fn every_point_of_the_edge_is_as_far_as_the_radius() {
        let centre = Normal::new(-2.0, 0.6).unwrap();
        for radius in [1e-4, 0.1, 2.0, 40.0] {
            for direction in [Direction::Forward, Direction::Reverse] {
                let edge = edge(&centre, radius, direction, 64).unwrap();
                for (mean, sd) in &edge {
                    let q = Normal::new(*mean, *sd).unwrap();
                    let d = match direction {
                        Direction::Forward => kl::normal(&centre, &q),
                        Direction::Reverse => kl::normal(&q, &centre),
                    };
                    assert!((d.value / radius - 1.0).abs() < 1e-9, "{radius} {direction:?} {mean} {sd}: {}", d.value);
                }
                // Both sides, above and below.
                assert!(edge.iter().any(|p| p.0 > -2.0) && edge.iter().any(|p| p.0 < -2.0));
                assert!(edge.iter().any(|p| p.1 > 0.6) && edge.iter().any(|p| p.1 < 0.6));
            }
        }
    }

    #[test]
    fn small_balls_are_those_of_the_ruler_and_large_ones_part() {
        let centre = Normal::new(0.0, 1.0).unwrap();
        let widest = |direction, radius| {
            edge(&centre, radius, direction, 400).unwrap().into_iter().fold(0.0, |w: f64, p| w.max(p.0))
        };
        // ½d² = r near the centre.
        let want = (2.0 * 1e-6f64).sqrt();
        for direction in [Direction::Forward, Direction::Reverse] {
            assert!((widest(direction, 1e-6) / want - 1.0).abs() < 1e-2);
        }
        assert!(widest(Direction::Forward, 2.0) > 1.5 * widest(Direction::Reverse, 2.0));
        assert!(
            edge(&centre, 0.0, Direction::Forward, 8).is_err()
                && edge(&centre, f64::NAN, Direction::Forward, 8).is_err()
        );
    }
}
