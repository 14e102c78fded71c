//! Mixtures of normals, drawn at random and made difficult on purpose: identities, inequalities, and truth by another
//! rule.

use std::f64::consts::LN_2;

use kl_explorer::dist::mixture::{Component, Mixture};
use kl_explorer::divergence::Answer;
use kl_explorer::divergence::mixture::{MixtureDivergences, divergences, entropy, kl, shares, tv};
use kl_explorer::fit::expectation::LogDensity;
use kl_explorer::fit::objective::Objective;
use kl_explorer::fit::reverse::{Kind, reverse, reverse_with_sd};
use kl_explorer::numeric::tolerance::{AT_REST, DRAGGING};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn mixture(components: &[Component]) -> Mixture {
    Mixture::new(components).expect("a mixture")
}

fn of(list: &[(f64, f64, f64)]) -> Mixture {
    mixture(&list.iter().map(|&(weight, mean, sd)| Component { weight, mean, sd }).collect::<Vec<_>>())
}

/// So many cases, the same ones each time.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(2), failure_persistence: None, ..ProptestConfig::default() }
}

/// A list of components whose sds span up to the given number of powers of ten.
fn components(powers: f64, most: usize) -> impl Strategy<Value = Vec<Component>> {
    let component = (0.001..1.0f64, -6.0..6.0f64, -powers..0.3f64);
    let component = component.prop_map(|(weight, mean, power)| Component { weight, mean, sd: 10f64.powf(power) });
    prop::collection::vec(component, 1..=most)
}

fn all(d: &MixtureDivergences) -> [(&'static str, &Answer); 6] {
    [
        ("forward", &d.forward),
        ("reverse", &d.reverse),
        ("js", &d.js),
        ("tv", &d.tv),
        ("hellinger", &d.hellinger),
        ("jeffreys", &d.jeffreys),
    ]
}

/// Whether two answers agree within their bounds.
fn agree(a: &Answer, b: &Answer) -> bool {
    (a.value - b.value).abs() <= a.error + b.error + 4.0 * f64::EPSILON * a.value.abs()
}

/// D(N(mean, sd)‖P) with its derivatives.
fn objective(mean: f64, sd: f64, p: &Mixture) -> Objective {
    Objective::from_expectations(sd, &LogDensity::new(p).through(mean, sd, 1e-13))
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn divergences_keep_their_inequalities(a in components(2.0, 4), b in components(2.0, 4)) {
        let (p, q) = (mixture(&a), mixture(&b));
        let d = divergences(&p, &q, AT_REST);
        for (name, answer) in all(&d) {
            prop_assert!(answer.value >= 0.0 && answer.error >= 0.0, "{name} {answer:?}");
            prop_assert!(answer.error <= 1e-10 * answer.value.max(1e-3), "{name} {answer:?}");
        }
        let slack = 1e-13;
        prop_assert!(d.js.value <= LN_2 + slack && d.tv.value <= 1.0 + slack && d.hellinger.value <= 1.0 + slack);
        let h = d.hellinger.value;
        // Pinsker, and Le Cam's pair of bounds.
        for direction in [&d.forward, &d.reverse] {
            prop_assert!(d.tv.value <= (0.5 * direction.value).sqrt() + slack);
        }
        prop_assert!(h * h <= d.tv.value + slack && d.tv.value <= h * (2.0 - h * h).max(0.0).sqrt() + slack);
        // The cross-entropy lies above the entropy.
        prop_assert!(d.cross_entropy_pq.value >= d.entropy_p.value - d.entropy_p.error);
        prop_assert!(agree(&entropy(&p, AT_REST), &d.entropy_p) && agree(&kl(&p, &q, AT_REST), &d.forward));
    }

    #[test]
    fn swapping_and_dragging_give_the_same_values(a in components(2.0, 4), b in components(2.0, 4)) {
        let (p, q) = (mixture(&a), mixture(&b));
        let (there, back) = (divergences(&p, &q, AT_REST), divergences(&q, &p, AT_REST));
        prop_assert!(agree(&there.forward, &back.reverse) && agree(&there.js, &back.js) && agree(&there.tv, &back.tv));
        let quick = divergences(&p, &q, DRAGGING);
        for ((name, full), (_, quick)) in all(&there).into_iter().zip(all(&quick)) {
            prop_assert!(agree(full, quick), "{name}: {full:?} and {quick:?}");
        }
    }

    #[test]
    fn moving_and_stretching_the_line_changes_nothing(
        a in components(2.0, 4), b in components(2.0, 4), power in -20i32..20, shift in -1000i32..1000,
    ) {
        // By powers of two, so that the parameters themselves stay exact.
        let stretch = 2f64.powi(power);
        let moved = |list: &[Component]| {
            let round = |x: f64| (x * 1048576.0).round() / 1048576.0;
            let plain = list.iter().map(|c| Component { mean: round(c.mean), ..*c });
            let far = list.iter().map(|c| Component {
                mean: (round(c.mean) + f64::from(shift)) * stretch, sd: c.sd * stretch, ..*c
            });
            (mixture(&plain.collect::<Vec<_>>()), mixture(&far.collect::<Vec<_>>()))
        };
        let ((p, far_p), (q, far_q)) = (moved(&a), moved(&b));
        let (near, far) = (divergences(&p, &q, AT_REST), divergences(&far_p, &far_q, AT_REST));
        for ((name, near), (_, far)) in all(&near).into_iter().zip(all(&far)) {
            prop_assert!(agree(near, far), "{name}: {near:?} and {far:?}");
        }
        let scale = stretch.ln();
        prop_assert!((near.entropy_p.value + scale - far.entropy_p.value).abs() < 1e-12);
    }

    #[test]
    fn shares_add_up_to_the_whole(a in components(1.0, 3), b in components(1.0, 3), edges in prop::collection::vec(-8.0..8.0f64, 0..6)) {
        let (p, q) = (mixture(&a), mixture(&b));
        let mut edges = edges;
        edges.sort_by(f64::total_cmp);
        let parts = shares(&p, &q, &edges);
        prop_assert_eq!(parts.len(), edges.len() + 1);
        let sum: f64 = parts.iter().map(|part| part.value).sum();
        let error: f64 = parts.iter().map(|part| part.error).sum();
        let whole = kl(&p, &q, AT_REST);
        prop_assert!((sum - whole.value).abs() <= error + whole.error, "{sum} {whole:?} {error:e}");
    }

    #[test]
    fn the_trapezoid_agrees_within_the_bounds(a in components(0.5, 4), b in components(0.5, 4)) {
        // On analytic integrands the trapezoid converges exponentially: an independent rule, in plain formulae.
        let (p, q) = (mixture(&a), mixture(&b));
        let d = divergences(&p, &q, AT_REST);
        let narrowest = p.smallest_sd().min(q.smallest_sd());
        let step = 0.002 * narrowest;
        let reach = 6.0 + 9.5 * p.largest_sd().max(q.largest_sd());
        let count = (reach / step).ceil() as i64;
        let mut sums = [0.0; 3];
        for k in -count..=count {
            let x = k as f64 * step;
            let (ln_p, ln_q) = (p.ln_pdf(x), q.ln_pdf(x));
            let (f, g) = (ln_p.exp(), ln_q.exp());
            sums[0] += f * (ln_p - ln_q) * step;
            sums[1] -= f * ln_p * step;
            sums[2] += (f * g).sqrt() * step;
        }
        let h = d.hellinger.value;
        for (name, sum, got, error) in [
            ("forward", sums[0], d.forward.value, d.forward.error),
            ("entropy", sums[1], d.entropy_p.value, d.entropy_p.error),
            ("overlap", sums[2], 1.0 - h * h, 2.0 * h * d.hellinger.error),
        ] {
            // The plain sum itself is only right to the rounding of its terms.
            prop_assert!((sum - got).abs() <= error + 1e-11 * (1.0 + got.abs()), "{name}: {got} and {sum}");
        }
    }

    #[test]
    fn near_copies_keep_their_digits(a in components(1.0, 4), power in 4i32..9, turn in 0.0..std::f64::consts::TAU) {
        // D is quadratic in a small change: half the change has a quarter of it, in both directions alike.
        let size = 10f64.powi(-power);
        let p = mixture(&a);
        let changed = |size: f64| {
            let change = |(k, c): (usize, &Component)| {
                let angle = turn + k as f64;
                Component { mean: c.mean + size * angle.sin() * c.sd, sd: c.sd * (1.0 + size * angle.cos()), ..*c }
            };
            mixture(&p.components().iter().enumerate().map(change).collect::<Vec<_>>())
        };
        let (whole, half) = (divergences(&p, &changed(size), AT_REST), divergences(&p, &changed(0.5 * size), AT_REST));
        let ratio = whole.forward.value / half.forward.value;
        // The parameters themselves are rounded, which a small change shows.
        let rounding = 1e-15 * 6.0 / (size * p.smallest_sd());
        prop_assert!((ratio - 4.0).abs() < 40.0 * (size + rounding), "{ratio} at {size:e}");
        prop_assert!((whole.forward.value / whole.reverse.value - 1.0).abs() < 10.0 * size);
        prop_assert!((4.0 * whole.js.value / whole.forward.value - 1.0).abs() < 10.0 * size);
        prop_assert!(whole.forward.error < 1e-9 * whole.forward.value, "{:?}", whole.forward);
        prop_assert!(whole.forward.evaluations < 2500);
    }

    #[test]
    fn the_same_mixture_is_recognised(a in components(2.0, 4), cut in 1u32..8, order in any::<prop::sample::Index>()) {
        let p = mixture(&a);
        let mut again = a.clone();
        let turn = order.index(again.len());
        again.rotate_left(turn);
        // One component is listed in two parts of dyadic size, and one has no weight.
        let share = f64::from(cut) / 8.0;
        let first = again[0];
        again[0].weight *= share;
        again.push(Component { weight: first.weight * (1.0 - share), ..first });
        again.push(Component { weight: 0.0, mean: 3.0, sd: 0.1 });
        let d = divergences(&p, &mixture(&again), AT_REST);
        for (name, answer) in all(&d) {
            // Weights are summed in another order: exactly 0, or what that rounding is worth.
            prop_assert!(answer.value <= if name == "tv" || name == "hellinger" { 1e-15 } else { 1e-30 }, "{name} {answer:?}");
        }
        prop_assert!(d.evaluations < 2500, "{}", d.evaluations);
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn stationary_points_are_stationary_and_complete_by_euler(a in components(0.8, 4)) {
        let p = mixture(&a);
        let points = reverse(&p);
        let count = |kind: Kind| points.iter().filter(|point| point.kind == kind).count();
        prop_assert_eq!(count(Kind::Minimum), count(Kind::Saddle) + 1);
        prop_assert_eq!(count(Kind::Maximum), 0);
        for point in &points {
            let at = objective(point.mean, point.sd, &p);
            let slope = (at.gradient[0] * point.sd).abs().max(at.gradient[1].abs());
            prop_assert!(slope < 1e-8 * (1.0 + at.value), "{point:?} {at:?}");
            let det = at.hessian[0][0] * at.hessian[1][1] - at.hessian[0][1] * at.hessian[1][0];
            prop_assert_eq!(det > 0.0, point.kind == Kind::Minimum);
            prop_assert!((at.value - point.value.value).abs() < 1e-10 * (1.0 + at.value));
            prop_assert!(point.sd >= p.smallest_sd() * (1.0 - 1e-9), "no fit is narrower than the narrowest mode");
        }
        prop_assert!(points.windows(2).all(|w| w[0].value.value <= w[1].value.value + 1e-9));
    }

    #[test]
    fn with_the_sd_fixed_minima_and_maxima_alternate(a in components(0.8, 4), power in -1.0..1.0f64) {
        let (p, sd) = (mixture(&a), 10f64.powf(power));
        let mut points = reverse_with_sd(&p, sd).expect("a valid sd");
        points.sort_by(|a, b| a.mean.total_cmp(&b.mean));
        prop_assert!(points.len() % 2 == 1, "{points:?}");
        for (k, point) in points.iter().enumerate() {
            prop_assert_eq!(point.kind, if k % 2 == 0 { Kind::Minimum } else { Kind::Maximum });
            let at = objective(point.mean, sd, &p);
            prop_assert!((at.gradient[0] * sd).abs() < 1e-8 * (1.0 + at.value), "{point:?} {at:?}");
        }
    }
}

#[test]
fn far_from_zero_no_digit_is_lost() {
    // The same pair at 0 and at 10⁹ (a sum of powers of two, like the parameters, so that nothing is rounded).
    let pair = |at: f64| {
        (of(&[(0.25, at - 1.0, 0.5), (0.75, at + 2.0, 0.25)]), of(&[(0.5, at - 1.5, 0.5), (0.5, at + 1.75, 1.0)]))
    };
    let ((p, q), (far_p, far_q)) = (pair(0.0), pair(1e9));
    let (near, far) = (divergences(&p, &q, AT_REST), divergences(&far_p, &far_q, AT_REST));
    for ((name, near), (_, far)) in all(&near).into_iter().zip(all(&far)) {
        assert!((near.value - far.value).abs() <= 1e-14 * near.value, "{name}: {near:?} and {far:?}");
    }
    // Narrow bells at 0 and at 10⁹ in one mixture: half of P is where Q is not, and half just as Q.
    let p = of(&[(0.5, 0.0, 1e-3), (0.5, 1e9, 1e-3)]);
    let q = of(&[(1.0, 1e9, 1e-3)]);
    let d = divergences(&p, &q, AT_REST);
    assert!((d.tv.value - 0.5).abs() < 1e-13 && (d.reverse.value - LN_2).abs() < 1e-13, "{d:?}");
    // 10⁹ is 10¹² sds away: ½·(10¹²)²/2.
    assert!((d.forward.value / 2.5e23 - 1.0).abs() < 1e-12 && d.forward.error < 1e-9 * d.forward.value);
}

#[test]
fn extreme_scales_and_weights_stay_finite_and_bounded() {
    let hard = [
        (of(&[(1.0, 0.0, 1e-3)]), of(&[(1.0, 0.0, 1e3)])),
        (of(&[(1.0 - 1e-6, 0.0, 1.0), (1e-6, 40.0, 1e-3)]), of(&[(1.0, 0.0, 1.0)])),
        (of(&[(1.0, 0.0, 3.0)]), of(&[(1.0, 0.0, 1e-2)])),
        (of(&[(1e-300, 5.0, 1.0), (1.0, 0.0, 1.0)]), of(&[(1.0, 0.0, 1.0)])),
        (of(&[(1.0, 0.0, 1e-60)]), of(&[(1.0, 1e60, 1e60)])),
        (of(&[(0.5, -1e6, 1e-3), (0.5, 1e6, 1e3)]), of(&[(0.5, -1e6, 1e3), (0.5, 1e6, 1e-3)])),
    ];
    for (p, q) in &hard {
        for d in [divergences(p, q, AT_REST), divergences(q, p, AT_REST)] {
            for (name, answer) in all(&d) {
                assert!(answer.value.is_finite() && answer.value >= 0.0, "{name} {answer:?} {p:?} {q:?}");
                assert!(answer.error <= (1e-9 * answer.value).max(1e-14), "{name} {answer:?} {p:?} {q:?}");
            }
        }
    }
    // N(0, 10⁻³) from N(0, 10³): ln 10⁶ − ½ + ½·10⁻¹².
    let d = divergences(&hard[0].0, &hard[0].1, AT_REST);
    assert!((d.forward.value - (1e6f64.ln() - 0.5 + 0.5e-12)).abs() < 1e-12 * d.forward.value);
    // A missed mode of weight 10⁻⁶ at 40 sds: 10⁻⁶·(800 + …) to the formula's digits.
    let d = divergences(&hard[1].0, &hard[1].1, AT_REST);
    let mode = 1e-6 * (1e-6f64.ln() + 1e3f64.ln() + 0.5 * (1600.0 + 1e-6) - 0.5);
    let rest = (1.0 - 1e-6) * (-1e-6f64).ln_1p();
    assert!((d.forward.value - mode - rest).abs() < 1e-13, "{} {}", d.forward.value, mode + rest);
}

#[test]
fn total_variation_finds_crossings_that_are_close_together() {
    // P and Q of the same mean: they cross at ±x, and a third time where a small bump of Q barely reaches P.
    let p = of(&[(1.0, 0.0, 1.0)]);
    for height in [0.003, 0.0035, 0.004, 0.0045, 0.005] {
        let q = of(&[(1.0 - height, 0.0, 1.01), (height, 2.0, 0.05)]);
        let step = 1e-5;
        let cut = |k: i64| k as f64 * step;
        // By midpoints, with the kinks of |p − q| unresolved: right to the square of the step.
        let truth: f64 = (-1_000_000..1_000_000).map(|k| 0.5 * (p.pdf(cut(k)) - q.pdf(cut(k))).abs() * step).sum();
        let got = tv(&p, &q, AT_REST);
        assert!((got.value - truth).abs() < 1e-9, "{height}: {got:?} {truth}");
        assert!(got.error < 1e-9 * got.value);
    }
}
