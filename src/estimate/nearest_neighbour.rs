//! The nearest-neighbour estimate (Wang, Kulkarni, Verdú 2009): no bins, no densities, any dimension.
//!
//! With ρ_k the distance from a draw of P to its k-th neighbour among the other draws of P, and ν_k to the
//! k-th among the draws of Q: D ≈ (d/n)·Σ ln(ν_k/ρ_k) + ln(m/(n−1)). It may be negative, and it diverges
//! where draws coincide.

use crate::error::{Error, Result};
use crate::estimate::Estimate;
use crate::estimate::monte_carlo::Running;
use crate::text::Text;

/// The most pairs of draws times dimensions in more than one dimension.
pub const WORK: usize = 200_000_000;

/// The estimate of D(P‖Q) from draws `x` of P and `y` of Q on the line.
///
/// The standard error is the spread of the terms over √n; neighbours share draws, so it is rough. What the draws come
/// from is not known, so whether the terms have a variance can't be told.
///
/// # Errors
/// Refuses values that are not finite, fewer than k + 1 draws of P or k of Q, k = 0, and draws that coincide so
/// that a distance is 0 (naming the draw).
pub fn on_line(x: &[f64], y: &[f64], k: usize) -> Result<Estimate> {
    check_sizes(x.len(), y.len(), k)?;
    for (name, sample) in [("x", x), ("y", y)] {
        if let Some(i) = sample.iter().position(|v| !v.is_finite()) {
            return Err(Error::bad(format!("{name}[{i}]"), sample[i], "must be finite"));
        }
    }
    let sorted = |sample: &[f64]| {
        let mut s = sample.to_vec();
        s.sort_by(f64::total_cmp);
        s
    };
    let (xs, ys) = (sorted(x), sorted(y));
    estimate(1, x.len(), y.len(), |i| {
        // Its own distance of 0 comes first among the draws of P.
        (kth_distance(&xs, x[i], k + 1), kth_distance(&ys, x[i], k))
    })
}

/// The estimate for points in space, given as lists of coordinates.
///
/// # Errors
/// As [`on_line`]; also points of unequal dimension, and samples whose comparison would take too long.
pub fn in_space(x: &[Vec<f64>], y: &[Vec<f64>], k: usize) -> Result<Estimate> {
    check_sizes(x.len(), y.len(), k)?;
    let d = x.first().map_or(0, Vec::len);
    if d == 0 {
        return Err(Error::bad("x[0]", "[]", "must not be empty"));
    }
    for (name, sample) in [("x", x), ("y", y)] {
        for (i, point) in sample.iter().enumerate() {
            if point.len() != d {
                let found = format!("{} values", point.len());
                return Err(Error::bad(format!("{name}[{i}]"), found, "must be as many as in x[0]"));
            }
            if let Some(j) = point.iter().position(|v| !v.is_finite()) {
                return Err(Error::bad(format!("{name}[{i}][{j}]"), point[j], "must be finite"));
            }
        }
    }
    if x.len().saturating_mul(x.len() + y.len()).saturating_mul(d) > WORK {
        return Err(Error::bad("x", format!("{} points", x.len()), "must be fewer for a comparison of all pairs"));
    }
    let distance = |a: &[f64], b: &[f64]| a.iter().zip(b).fold(0.0, |r: f64, (u, v)| r.hypot(u - v));
    let kth = |sample: &[Vec<f64>], point: &[f64], k: usize| {
        let mut all: Vec<f64> = sample.iter().map(|other| distance(point, other)).collect();
        *all.select_nth_unstable_by(k - 1, f64::total_cmp).1
    };
    estimate(d, x.len(), y.len(), |i| (kth(x, &x[i], k + 1), kth(y, &x[i], k)))
}

/// Enough draws for k neighbours.
fn check_sizes(n: usize, m: usize, k: usize) -> Result<()> {
    if k == 0 {
        return Err(Error::bad("k", k, "must be at least 1"));
    }
    for (name, count, least) in [("x", n, k + 1), ("y", m, k)] {
        if count < least {
            let rule = Text::new("must be at least {least} for k = {k}")
                .with("least", least.to_string())
                .with("k", k.to_string());
            return Err(Error::bad(name, format!("{count} values"), rule));
        }
    }
    Ok(())
}

/// The estimate from (ρ_k, ν_k) of each draw.
fn estimate(d: usize, n: usize, m: usize, distances: impl Fn(usize) -> (f64, f64)) -> Result<Estimate> {
    let mut running = Running::default();
    for i in 0..n {
        let (rho, nu) = distances(i);
        for (distance, name) in [(rho, "x"), (nu, "y")] {
            if distance == 0.0 {
                let rule = Text::new("coincides with so many values of {name} that a distance is 0").with("name", name);
                return Err(Error::bad(format!("x[{i}]"), "the point", rule));
            }
            if distance == f64::INFINITY {
                let rule = Text::new("is further from {name} than the largest number, 1.8e308").with("name", name);
                return Err(Error::bad(format!("x[{i}]"), "the point", rule));
            }
        }
        // The ratio itself may be too large or too small for a number.
        running.add(d as f64 * (nu.ln() - rho.ln()));
    }
    let value = running.mean() + (m as f64 / (n - 1) as f64).ln();
    Ok(Estimate { value, standard_error: running.standard_error(), cause: None }.with_draws(n))
}

/// The distance from `x` to its k-th nearest among sorted values.
fn kth_distance(sorted: &[f64], x: f64, k: usize) -> f64 {
    let mut right = sorted.partition_point(|&v| v < x);
    let mut left = right;
    let mut distance = f64::INFINITY;
    for _ in 0..k {
        let below = if left > 0 { x - sorted[left - 1] } else { f64::INFINITY };
        let above = sorted.get(right).map_or(f64::INFINITY, |v| v - x);
        distance = below.min(above);
        if below <= above { left = left.saturating_sub(1) } else { right += 1 }
    }
    distance
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::rng::Rng;

    #[test]
    fn a_small_case_by_hand() {
        // ρ = 1, 1, 2 and ν = 0.5, 0.5, 1.5 for draws 0, 1, 3 against 0.5, 1.5 → see below.
        let got = on_line(&[0.0, 1.0, 3.0], &[0.5, 1.5], 1).unwrap();
        let want = ((0.5f64).ln() + (0.5f64).ln() + (1.5f64 / 2.0).ln()) / 3.0 + (2.0f64 / 2.0).ln();
        assert!((got.value - want).abs() < 1e-15);
    }

    #[test]
    fn the_line_is_a_space_of_one_dimension() {
        let mut rng = Rng::new(12);
        let x: Vec<f64> = (0..60).map(|_| rng.normal()).collect();
        let y: Vec<f64> = (0..50).map(|_| 0.5 + 2.0 * rng.normal()).collect();
        let wrap = |s: &[f64]| s.iter().map(|&v| vec![v]).collect::<Vec<_>>();
        for k in [1, 4] {
            assert_eq!(on_line(&x, &y, k).unwrap(), in_space(&wrap(&x), &wrap(&y), k).unwrap());
        }
    }

    #[test]
    fn in_three_dimensions_it_comes_near_the_truth() {
        // Shifted by 1 in one of three dimensions: D = ½.
        let mut rng = Rng::new(13);
        let mut draw = |shift: f64| vec![shift + rng.normal(), rng.normal(), rng.normal()];
        let x: Vec<Vec<f64>> = (0..800).map(|_| draw(0.0)).collect();
        let y: Vec<Vec<f64>> = (0..800).map(|_| draw(1.0)).collect();
        let got = in_space(&x, &y, 5).unwrap();
        assert!((got.value - 0.5).abs() < 5.0 * got.standard_error, "{got:?}");
    }

    #[test]
    fn draws_that_coincide_are_named() {
        let message = on_line(&[0.0, 1.0, 1.0], &[0.5, 1.5], 1).unwrap_err().to_string();
        assert!(message.starts_with("x[1]: ") && message.contains("coincides"), "{message}");
        assert!(on_line(&[0.0, 1.0], &[1.0, 2.0], 1).unwrap_err().to_string().starts_with("x[1]: "));
        assert!(on_line(&[0.0], &[1.0], 1).unwrap_err().to_string().starts_with("x: 1 values"));
        assert!(on_line(&[0.0, 1.0], &[1.0], 0).is_err());
        assert!(in_space(&[vec![0.0], vec![0.0, 1.0]], &[vec![1.0]], 1).is_err());
    }
}
