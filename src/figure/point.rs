//! Points in data coordinates, and many of them in a row.

/// A point in data coordinates.
pub type Point = (f64, f64);

/// `count` ≥ 2 equally spaced numbers from `low` to `high`, both included.
pub fn linspace(low: f64, high: f64, count: usize) -> impl Iterator<Item = f64> + Clone {
    let last = count.max(2) - 1;
    (0..=last).map(move |i| if i == last { high } else { low + (high - low) * i as f64 / last as f64 })
}
