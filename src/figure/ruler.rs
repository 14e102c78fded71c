//! The width of words where nothing can measure them.

/// A width by the number of letters, each as wide as the mean of a sans-serif face.
pub fn nominal(words: &str, size: f64) -> f64 {
    words.chars().count() as f64 * size * 0.56
}
