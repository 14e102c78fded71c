//! Error-free transformations: sums, products and quotients that keep what rounding leaves out.
//!
//! A number is carried as a pair `(hi, lo)` with `hi` the nearest double and `lo` the rest (Dekker 1971,
//! Knuth, TAOCP 2, §4.2.2). Two nearly equal distributions given by weights differ by less than the
//! rounding of their normalisation; with the rests kept, their differences keep their digits.

/// A number as a double and the rest that rounding left out.
pub type Double = (f64, f64);

/// `a + b` exactly.
pub fn sum(a: f64, b: f64) -> Double {
    let s = a + b;
    let b_seen = s - a;
    (s, (a - (s - b_seen)) + (b - b_seen))
}

/// `a + b` for pairs, to about 2⁻¹⁰⁴.
pub fn add(a: Double, b: Double) -> Double {
    let (hi, lo) = sum(a.0, b.0);
    renormalise(hi, lo + (a.1 + b.1))
}

/// `a − b` for pairs, to about 2⁻¹⁰⁴ of the larger one.
pub fn subtract(a: Double, b: Double) -> Double {
    add(a, (-b.0, -b.1))
}

/// `a · b` exactly (where nothing underflows).
pub fn product(a: f64, b: f64) -> Double {
    let p = a * b;
    (p, a.mul_add(b, -p))
}

/// `a · b` for pairs, to about 2⁻¹⁰⁴ (where nothing underflows).
pub fn times(a: Double, b: Double) -> Double {
    let (hi, lo) = product(a.0, b.0);
    renormalise(hi, lo + (a.0 * b.1 + a.1 * b.0))
}

/// `a / b` for pairs, to about 2⁻¹⁰⁴.
pub fn divide(a: Double, b: Double) -> Double {
    let quotient = a.0 / b.0;
    if quotient == 0.0 || !quotient.is_finite() {
        return (quotient, 0.0);
    }
    let left = (-quotient).mul_add(b.0, a.0) + (a.1 - quotient * b.1);
    renormalise(quotient, left / b.0)
}

/// The sum of many numbers, to about n·2⁻¹⁰⁴ of the sum of their sizes.
pub fn total(values: impl IntoIterator<Item = f64>) -> Double {
    values.into_iter().fold((0.0, 0.0), |acc, v| add(acc, (v, 0.0)))
}

/// a·b − c·d with one rounding of each product kept (Kahan), so that a small result keeps its digits.
pub fn difference_of_products(a: f64, b: f64, c: f64, d: f64) -> f64 {
    let cd = c * d;
    let rest = (-c).mul_add(d, cd);
    a.mul_add(b, -cd) + rest
}

/// The pair with the same sum whose first part is the nearest double (|lo| ≤ |hi|).
fn renormalise(hi: f64, lo: f64) -> Double {
    let s = hi + lo;
    if s.is_finite() { (s, lo - (s - hi)) } else { (s, 0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost() {
        assert_eq!(sum(1.0, 1e-30), (1.0, 1e-30));
        let e = f64::EPSILON;
        // (1 + ε)² = 1 + 2ε + ε².
        assert_eq!(product(1.0 + e, 1.0 + e), (1.0 + 2.0 * e, e * e));
        assert_eq!(total([1e16, 1.0, -1e16, 1e-3]).0, 1.001);
    }

    #[test]
    fn a_third_thrice_is_one() {
        let third = divide((1.0, 0.0), (3.0, 0.0));
        let one = add(add(third, third), third);
        assert!((one.0 - 1.0 + one.1).abs() < 1e-31);
        assert_eq!(divide((1.0, 0.0), (0.0, 0.0)).0, f64::INFINITY);
    }
}
