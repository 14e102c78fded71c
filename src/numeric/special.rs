//! Special functions, under the names of the field. The work is done by `libm` (error function,
//! gamma function) and `special` (incomplete beta), both plain Rust, so that native
//! and wasm give the same bits.

use std::f64::consts::FRAC_1_SQRT_2;

use special::Beta as _;

/// ½·ln(2π).
pub const HALF_LN_2_PI: f64 = 0.918_938_533_204_672_741_780_329_736_405_617_6;

/// The error function, to an ulp.
pub fn erf(x: f64) -> f64 {
    libm::erf(x)
}

/// 1 − erf(x), to an ulp in relative terms down to 1e-308.
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// Φ(z): the probability that a standard normal is below z, to z²·ε in relative terms.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * erfc(-z * FRAC_1_SQRT_2)
}

/// Φ(b) − Φ(a) for a < b as φ(at)·factor, returned as (at, factor): nothing cancels or underflows however far
/// out in a tail the interval lies or however narrow it is. `width` is b − a with its own accuracy.
pub fn normal_mass(a: f64, b: f64, width: f64) -> (f64, f64) {
    if -a > b {
        return normal_mass(-b, -a, width);
    }
    // Now the end b is at least as far out as a.
    if a <= 0.0 && width > 0.5 {
        let mass = 0.5 * (erf(b * FRAC_1_SQRT_2) + erf(-a * FRAC_1_SQRT_2));
        return (0.0, mass * HALF_LN_2_PI.exp());
    }
    // ∫₀^w exp(−a·v − v²/2) dv; beyond 40 decay lengths nothing is left.
    let reach = if a > 0.0 { width.min(40.0 / a.max(1.0)) } else { width };
    let panels = (reach * (a.abs() + 1.0)).ceil().clamp(1.0, 64.0);
    let step = reach / panels;
    let integrand = |v: f64| (-v * (a + 0.5 * v)).exp();
    let factor =
        (0..panels as usize).map(|i| gauss_legendre(i as f64 * step, (i as f64 + 1.0) * step, integrand)).sum();
    (a, factor)
}

/// Positive nodes and weights of the 16-point Gauss–Legendre rule on [−1, 1].
const GAUSS_16: [(f64, f64); 8] = [
    (0.095_012_509_837_637_440_185, 0.189_450_610_455_068_496_285),
    (0.281_603_550_779_258_913_230, 0.182_603_415_044_923_588_867),
    (0.458_016_777_657_227_386_342, 0.169_156_519_395_002_538_189),
    (0.617_876_244_402_643_748_447, 0.149_595_988_816_576_732_081),
    (0.755_404_408_355_003_033_895, 0.124_628_971_255_533_872_052),
    (0.865_631_202_387_831_743_880, 0.095_158_511_682_492_784_810),
    (0.944_575_023_073_232_576_078, 0.062_253_523_938_647_892_863),
    (0.989_400_934_991_649_932_596, 0.027_152_459_411_754_094_852),
];

/// ln Γ(x) for x > 0.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// ln Γ(x + 1) − [(x + ½) ln x − x + ½ ln 2π] for x > 0, what Stirling's formula leaves.
pub fn stirling_rest(x: f64) -> f64 {
    if x < 16.0 {
        return ln_gamma(x + 1.0) - ((x + 0.5) * x.ln() - x + HALF_LN_2_PI);
    }
    let w = 1.0 / (x * x);
    (1.0 / 12.0 - w * (1.0 / 360.0 - w * (1.0 / 1260.0 - w * (1.0 / 1680.0 - w / 1188.0)))) / x
}

/// I_x(a, b): the probability that a Beta(a, b) is below x; for parameters up to some thousands (it takes
/// longer and loses digits as they grow).
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x >= 1.0 {
        1.0
    } else {
        x.inc_beta(a, b, ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b))
    }
}

/// ψ′(x) − 1/x for x > 0: what is left of the trigamma function beyond its leading term, with its own
/// relative accuracy (it falls as 1/(2x²)). By recurrence up to 12, then the asymptotic series.
pub fn trigamma_excess(x: f64) -> f64 {
    let mut x = x;
    let mut sum = 0.0;
    while x < 12.0 {
        sum += 1.0 / (x * x * (x + 1.0));
        x += 1.0;
    }
    let w = 1.0 / (x * x);
    // Bernoulli numbers B₂, B₄, …, B₁₆.
    let series = horner(
        &[-3617.0 / 510.0, 7.0 / 6.0, -691.0 / 2730.0, 5.0 / 66.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 1.0 / 6.0],
        w,
    );
    sum + w * (0.5 + series / x)
}

/// The polynomial with the highest coefficient first.
fn horner(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, &c| sum * x + c)
}

/// ∫ f over [from, to] by the 16-point Gauss–Legendre rule, exact to rounding where f is smooth over the
/// interval.
pub fn gauss_legendre(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
    half * GAUSS_16.iter().map(|&(x, w)| w * (f(middle + half * x) + f(middle - half * x))).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(got: f64, want: f64, tolerance: f64) {
        assert!((got / want - 1.0).abs() <= tolerance, "{got:e} for {want:e}");
    }

    // The wanted values are mpmath's, at 50 digits.

    #[test]
    fn normal_masses_keep_their_digits_everywhere() {
        for (a, b, want) in [
            (6.0, 8.0, -20.736_769_580_528_166_048),
            (-8.0, -6.0, -20.736_769_580_528_166_048),
            (-1.0, 1.0, -0.381_715_146_302_126_072_27),
            (100.0, 101.0, -5_005.524_208_694_205_088_6),
            (-0.1, 0.2, -2.127_896_369_665_222_509_4),
            (3.0, 3.4, -6.894_869_887_405_935_699_1),
        ] {
            let (at, factor) = normal_mass(a, b, b - a);
            near(-0.5 * at * at - HALF_LN_2_PI + factor.ln(), want, 1e-15);
        }
        // The argument z/√2 is rounded, which counts z² times.
        near(normal_cdf(-30.0), 4.906_713_927_148_187_059_5e-198, 900.0 * f64::EPSILON);
        near(normal_cdf(-1.5), 0.066_807_201_268_858_066_004, 3.0 * f64::EPSILON);
    }

    #[test]
    fn the_incomplete_beta_function_is_right() {
        for (a, b, x, want) in [(2.0, 3.0, 0.3, 0.3483), (40.0, 60.0, 0.35, 0.153_458_122_499_173_574_49)] {
            near(beta_cdf(x, a, b), want, 1e-13);
        }
    }

    #[test]
    fn the_excess_of_trigamma_keeps_its_digits() {
        for (x, want) in [
            (1e-05, 9999900001.644908389982),
            (0.3, 8.912031212774397844475),
            (2.0, 0.1449340668482264364724),
            (7.9, 0.008348504975621762939395),
            (12.5, 0.003285224601578370443591),
            (1000.0, 5.001666666333333571428e-7),
            (1000000000.0, 5.000000001666666666667e-19),
        ] {
            near(trigamma_excess(x), want, 1e-15);
        }
    }
}
