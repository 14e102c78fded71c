//! The root of a function between two points where its signs differ.

/// The root of `f` between `a` and `b`, or `None` if its signs there do not differ (or are not numbers).
///
/// Chandrupatla's method: bisection whenever inverse quadratic interpolation is not safe, so at most a few
/// dozen evaluations for any function, and about eight for a smooth one. The root is as exact as `f` and
/// the spacing of numbers allow, or to within `tolerance`.
///
/// T. R. Chandrupatla, Advances in Engineering Software 28 (1997) 145.
pub fn bracketed(mut a: f64, mut b: f64, tolerance: f64, mut f: impl FnMut(f64) -> f64) -> Option<f64> {
    let (mut fa, mut fb) = (f(a), f(b));
    if fa == 0.0 {
        return Some(a);
    }
    if fb == 0.0 {
        return Some(b);
    }
    if fa.is_nan() || fb.is_nan() || (fa > 0.0) == (fb > 0.0) {
        return None;
    }
    let mut t = 0.5;
    // Bisection alone needs at most this many steps from any bracket of f64 to neighbouring numbers.
    for _ in 0..2100 {
        let x = a + t * (b - a);
        let fx = f(x);
        let (c, fc);
        if (fx > 0.0) == (fa > 0.0) {
            (c, fc) = (a, fa);
        } else {
            (c, fc) = (b, fb);
            (b, fb) = (a, fa);
        }
        (a, fa) = (x, fx);
        let (best, at_best) = if fa.abs() < fb.abs() { (a, fa) } else { (b, fb) };
        let allowed = tolerance.max(2.0 * f64::EPSILON * best.abs()) + f64::MIN_POSITIVE;
        let least = allowed / (b - a).abs();
        if at_best == 0.0 || least >= 0.5 || fx.is_nan() {
            return Some(best);
        }
        let (xi, share) = ((a - b) / (c - b), (fa - fb) / (fc - fb));
        t = if share * share < xi && (1.0 - share) * (1.0 - share) < 1.0 - xi {
            fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
        } else {
            0.5
        };
        t = if t.is_finite() { t.clamp(least, 1.0 - least) } else { 0.5 };
    }
    Some(if fa.abs() < fb.abs() { a } else { b })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_found_to_the_last_digits() {
        let mut calls = 0;
        let root = bracketed(0.0, 2.0, 0.0, |x| {
            calls += 1;
            x * x - 2.0
        });
        assert!((root.unwrap_or(f64::NAN) - 2f64.sqrt()).abs() < 4e-16);
        assert!(calls < 16, "{calls} calls");
        assert_eq!(bracketed(1.0, 2.0, 0.0, |x| x), None);
        // A kink and a very flat root.
        let flat = bracketed(-1.0, 3.0, 1e-12, |x| (x - 0.3).powi(9)).unwrap_or(f64::NAN);
        assert!((flat - 0.3).abs() < 1e-2);
        let step = bracketed(-1e9, 1.0, 1e-9, |x| if x < -0.125 { -1.0 } else { 1e-3 }).unwrap_or(f64::NAN);
        assert!((step + 0.125).abs() < 1e-6);
    }
}
