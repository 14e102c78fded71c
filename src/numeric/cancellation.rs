//! Functions that vanish to second order, computed so that they keep all digits there and are never negative.
//!
//! A divergence is a mean of such a function of the ratio p/q. Written as a difference of logarithms it
//! cancels where p ≈ q; written with these it does not.

use std::f64::consts::LN_2;

/// φ(x) = x − ln(1+x) ≥ 0, for x ≥ −1 (infinite at −1).
///
/// With t = x/(2+x), ln(1+x) = 2 artanh t, and x − 2t = x·t. The negative of the `log1pmx` of R.
pub fn phi(x: f64) -> f64 {
    if x.abs() >= 0.6 {
        return x - x.ln_1p();
    }
    let t = x / (2.0 + x);
    let t2 = t * t;
    // The tail Σ t²ⁿ/(2n+3): |t| < 0.43, so 24 terms reach the last bit.
    let mut term = 1.0;
    let mut series = 0.0;
    let mut n = 3.0;
    while n < 51.0 {
        let add = term / n;
        series += add;
        if add < 1e-18 {
            break;
        }
        term *= t2;
        n += 2.0;
    }
    (x * t - 2.0 * t * t2 * series).max(0.0)
}

/// ψ(v) = eᵛ − 1 − v ≥ 0.
pub fn psi(v: f64) -> f64 {
    if v.abs() >= 1.0 {
        return v.exp_m1() - v;
    }
    let (even, odd) = hyperbolic_tails(v);
    even + odd
}

/// (cosh v − 1, sinh v − v) for |v| ≤ 1, by their series: ψ(v) is their sum, ψ(−v) their difference.
pub fn hyperbolic_tails(v: f64) -> (f64, f64) {
    let w = v * v;
    let mut even = 1.0;
    let mut odd = 1.0;
    for n in (1..9).rev() {
        let n = f64::from(n);
        even = 1.0 + even * w / ((2.0 * n + 1.0) * (2.0 * n + 2.0));
        odd = 1.0 + odd * w / ((2.0 * n + 2.0) * (2.0 * n + 3.0));
    }
    (0.5 * w * even, v * w / 6.0 * odd)
}

/// g(r) = ½[(1+r) ln(1+r) + (1−r) ln(1−r)] for |r| ≤ 1, the kernel of Jensen–Shannon: with m = (p+q)/2 and
/// r = (p−q)/(p+q), JS = Σ m·g(r). From 0 at r = 0 to ln 2 at r = ±1.
pub fn jensen_shannon_kernel(r: f64) -> f64 {
    let r = r.abs();
    if r >= 1.0 {
        return LN_2;
    }
    if r >= 0.4 {
        return 0.5 * ((1.0 + r) * r.ln_1p() + (1.0 - r) * (-r).ln_1p());
    }
    // Σ r²ᵏ/(2k(2k−1)): below 0.4 eighteen terms reach the last bit.
    let w = r * r;
    let mut sum = 0.0;
    for k in (1..19).rev() {
        let k = f64::from(k);
        sum = sum * w + 1.0 / (2.0 * k * (2.0 * k - 1.0));
    }
    sum * w
}

/// base·ψ(x) where `grown` = base·eˣ is known: neither eˣ nor the product can overflow on the way.
pub fn scaled_psi(base: f64, x: f64, grown: f64) -> f64 {
    if x.abs() < 1.0 {
        base * psi(x)
    } else if base == 0.0 {
        // x may be infinite here, and 0·∞ is 0: an outcome that never happens counts for nothing.
        grown
    } else {
        grown - base - base * x
    }
}

/// The integrand of the α-divergence, (αp + (1−α)q − pᵅq¹⁻ᵅ)/(α(1−α)) ≥ 0, continuous in α through 0 and 1.
///
/// `p` and `q` are densities, `t` = ln p − ln q, and `ln_q` = ln q. α → 1 is p·ψ(−t), the integrand of D(P‖Q);
/// α → 0 is q·ψ(t), that of D(Q‖P). Amari, "Differential-Geometrical Methods in Statistics" (1985), in the
/// parametrisation of Minka, "Divergence measures and message passing" (2005).
pub fn alpha_kernel(alpha: f64, p: f64, q: f64, t: f64, ln_q: f64) -> f64 {
    let mixed = if alpha == 0.0 {
        q
    } else if alpha == 1.0 {
        p
    } else {
        (alpha * t + ln_q).exp()
    };
    let value = if t.abs() >= 1.0 && (alpha * t).abs() >= 1.0 && ((1.0 - alpha) * t).abs() >= 1.0 {
        (alpha * p + (1.0 - alpha) * q - mixed) / (alpha * (1.0 - alpha))
    } else if alpha <= 0.5 {
        let correction = if alpha == 0.0 { 0.0 } else { scaled_psi(q, alpha * t, mixed) / alpha };
        (scaled_psi(q, t, p) - correction) / (1.0 - alpha)
    } else {
        let rest = alpha - 1.0;
        let correction = if rest == 0.0 { 0.0 } else { scaled_psi(p, rest * t, mixed) / rest };
        (scaled_psi(p, -t, q) + correction) / alpha
    };
    // Rounding may leave −1e-17 of two equal terms; the exact value is never negative.
    value.max(0.0)
}

/// (eᵃˣ − 1)/a, continuous through a = 0, where it is x.
pub fn box_cox(a: f64, x: f64) -> f64 {
    if a == 0.0 { x } else { (a * x).exp_m1() / a }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, want: f64, digits: f64) {
        assert!((got - want).abs() <= digits * want.abs(), "{got:e} is not {want:e}");
    }

    #[test]
    fn small_arguments_keep_every_digit() {
        // From arbitrary-precision arithmetic.
        for (x, want) in [
            (1e-8, 4.999999966666666916666664666667e-17),
            (0.5, 0.09453489189183561802198688453565),
            (-0.5, 0.19314718055994530941723212145818),
            (0.6, 0.12999637075426442380223902841840),
            (1e-160, 5e-321),
        ] {
            close(phi(x), want, if x < 1e-100 { 1e-2 } else { 8e-16 });
        }
        for (v, want) in [
            (1e-8, 5.00000001666666670833333341666667e-17),
            (-1e-8, 4.99999998333333337499999991666667e-17),
            (0.7, 0.31375270747047647660488550419051),
            (-0.7, 0.19658530379140949234869662677933),
            (1.0, 0.71828182845904523536028747135),
            (-0.999, 0.36724750461366292064864823336218),
        ] {
            close(psi(v), want, 4e-16);
        }
        for (r, want) in [
            (1e-9, 5e-19),
            (0.3, 0.04570054152531284776729093094661),
            (0.5, 0.13081203594113695912920180623372),
            (1.0, LN_2),
        ] {
            close(jensen_shannon_kernel(r), want, 1e-15);
            close(jensen_shannon_kernel(-r), want, 1e-15);
        }
    }

    #[test]
    fn the_alpha_kernel_is_continuous_and_ends_in_both_directions() {
        for (ln_p, ln_q) in [(-1.0f64, -1.0000001f64), (-1.0, -1.3), (-2.0, -9.0), (-30.0, -1.0)] {
            let (p, q, t) = (ln_p.exp(), ln_q.exp(), ln_p - ln_q);
            close(alpha_kernel(1.0, p, q, t, ln_q), scaled_psi(p, -t, q), 1e-15);
            close(alpha_kernel(0.0, p, q, t, ln_q), scaled_psi(q, t, p), 1e-15);
            close(alpha_kernel(1.0 - 1e-11, p, q, t, ln_q), alpha_kernel(1.0, p, q, t, ln_q), 1e-9);
            close(alpha_kernel(1e-11, p, q, t, ln_q), alpha_kernel(0.0, p, q, t, ln_q), 1e-9);
            let step = alpha_kernel(0.5 + 1e-12, p, q, t, ln_q) - alpha_kernel(0.5, p, q, t, ln_q);
            assert!(step.abs() <= 1e-10 * alpha_kernel(0.5, p, q, t, ln_q));
            // α = ½ is 2(√p − √q)², α = 2 is (p − q)²/2q.
            let (root, chi) = (2.0 * (p.sqrt() - q.sqrt()).powi(2), (p - q).powi(2) / (2.0 * q));
            close(alpha_kernel(0.5, p, q, t, ln_q), root, if t.abs() < 1e-3 { 1e-7 } else { 1e-13 });
            close(alpha_kernel(2.0, p, q, t, ln_q), chi, if t.abs() < 1e-3 { 1e-7 } else { 1e-13 });
        }
    }
}
