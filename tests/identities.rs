//! What is true of divergences whatever the numbers: over random and nearly degenerate inputs.

use kl_explorer::dist::{
    Bernoulli, Beta, Categorical, Cauchy, Dist, Exponential, Laplace, Normal, Normal2, Poisson, TruncatedNormal,
};
use kl_explorer::divergence::any::{Measure, measure};
use kl_explorer::divergence::information::{Table, gain, of_correlation, of_normal2};
use kl_explorer::divergence::{Answer, entropy, f, fisher_rao, kl, renyi, wasserstein};
use kl_explorer::quantity::LN_2;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Probabilities of every size, the ends and neighbours included.
fn probability() -> impl Strategy<Value = f64> {
    prop_oneof![
        0.0..=1.0f64,
        (-300.0..0.0f64).prop_map(|e| 10f64.powf(e)),
        (-16.0..0.0f64).prop_map(|e| 1.0 - 10f64.powf(e)),
        Just(0.0),
        Just(1.0),
        Just(0.5),
    ]
}

/// A relative change: none, tiny, or large.
fn change() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), (-14.0..-1.0f64).prop_map(|e| 10f64.powf(e)), -0.9..5.0f64]
}

/// Two lists of weights over the same outcomes, some of them nearly the same.
fn weights() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    vec((prop_oneof![4 => 0.01..10.0f64, 1 => Just(0.0)], change()), 2..9).prop_map(|pairs| {
        let p: Vec<f64> = pairs.iter().map(|(w, _)| *w).collect();
        let q: Vec<f64> = pairs.iter().map(|(w, c)| w * (1.0 + c)).collect();
        (p, q)
    })
}

fn categoricals() -> impl Strategy<Value = (Categorical, Categorical)> {
    weights()
        .prop_filter("some weight", |(p, q)| p.iter().sum::<f64>() > 0.0 && q.iter().sum::<f64>() > 0.0)
        .prop_map(|(p, q)| (Categorical::from_weights(&p).unwrap(), Categorical::from_weights(&q).unwrap()))
}

fn normals() -> impl Strategy<Value = (Normal, Normal)> {
    (-5.0..5.0f64, -3.0..3.0f64, change(), change()).prop_map(|(mean, ln_sd, shift, stretch)| {
        let sd = ln_sd.exp();
        (Normal::new(mean, sd).unwrap(), Normal::new(mean + shift * sd, sd * (1.0 + stretch)).unwrap())
    })
}

/// Equal within the errors that both claim.
fn agree(a: &Answer, b: &Answer) -> bool {
    a.value == b.value || (a.value - b.value).abs() <= 2.0 * (a.error + b.error) + 1e-300
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, rng_seed: RngSeed::Fixed(17), ..ProptestConfig::default() })]

    #[test]
    fn divergences_are_never_negative_and_zero_only_at_equality(p in probability(), q in probability()) {
        let (a, b) = (Bernoulli::new(p).unwrap(), Bernoulli::new(q).unwrap());
        for d in [kl::bernoulli(&a, &b), f::js_bernoulli(&a, &b), f::hellinger_bernoulli(&a, &b),
                  f::tv_bernoulli(&a, &b), f::chi2_bernoulli(&a, &b), f::alpha_bernoulli(0.3, &a, &b),
                  fisher_rao::bernoulli(&a, &b), renyi::bernoulli(3.0, &a, &b)] {
            prop_assert!(d.value >= 0.0 && !d.value.is_nan());
            // Tiny squares may vanish by underflow; then the error says so.
            prop_assert!((d.value == 0.0) == (p == q) || d.error > 0.0, "{p} {q} {d:?}");
        }
    }

    #[test]
    fn equal_distributions_have_exactly_no_divergence((p, _) in categoricals(), scale in 0.1..10.0f64) {
        let same = Categorical::from_weights(p.probs()).unwrap();
        prop_assert!(kl::categorical(&p, &p).value == 0.0 && f::js_categorical(&p, &p).error == 0.0);
        prop_assert!(kl::categorical(&p, &same).value <= 1e-31);
        let doubled: Vec<f64> = p.probs().iter().map(|x| x * scale.log2().round().exp2()).collect();
        prop_assert_eq!(kl::categorical(&same, &Categorical::from_weights(&doubled).unwrap()).value, 0.0);
    }

    #[test]
    fn pinsker_and_its_relatives_hold((p, q) in categoricals()) {
        let value = |a: Answer| a.value;
        let d = value(kl::categorical(&p, &q));
        let (js, tv, h) = (value(f::js_categorical(&p, &q)), value(f::tv_categorical(&p, &q)), value(f::hellinger_categorical(&p, &q)));
        let slack = 1.0 + 1e-14;
        prop_assert!(tv <= (0.5 * d).sqrt() * slack);
        prop_assert!(js <= LN_2 * slack && js <= tv * LN_2 * slack);
        prop_assert!(h * h <= tv * slack && tv <= h * (2.0 - h * h).sqrt() * slack);
        prop_assert!(value(f::chi2_categorical(&p, &q)) * slack >= d.exp_m1());
        // Rényi grows with its order, with Kullback–Leibler between.
        let orders = [0.2, 0.5, 0.9, 1.0, 1.1, 2.0, 7.0].map(|a| value(renyi::categorical(a, &p, &q)));
        prop_assert!(orders.windows(2).all(|w| w[0] <= w[1] * slack + 1e-300), "{orders:?}");
    }

    #[test]
    fn symmetric_measures_are_symmetric((p, q) in categoricals(), (a, b) in normals()) {
        prop_assert!(agree(&f::js_categorical(&p, &q), &f::js_categorical(&q, &p)));
        prop_assert!(agree(&f::tv_categorical(&p, &q), &f::tv_categorical(&q, &p)));
        prop_assert!(agree(&f::hellinger_categorical(&p, &q), &f::hellinger_categorical(&q, &p)));
        prop_assert!(agree(&wasserstein::w2_categorical(&p, &q), &wasserstein::w2_categorical(&q, &p)));
        prop_assert!(agree(&f::alpha_categorical(0.3, &p, &q), &f::alpha_categorical(0.7, &q, &p)));
        for symmetric in [f::js_normal, f::tv_normal, f::hellinger_normal, fisher_rao::normal, wasserstein::w1_normal] {
            prop_assert!(agree(&symmetric(&a, &b), &symmetric(&b, &a)), "{a:?} {b:?}");
        }
    }

    #[test]
    fn merging_outcomes_never_increases_a_divergence((p, q) in categoricals(), at in 0usize..8) {
        let merge = |c: &Categorical| {
            let mut w = c.probs().to_vec();
            let last = w.pop().unwrap();
            let i = at % w.len();
            w[i] += last;
            Categorical::from_weights(&w).unwrap()
        };
        let (a, b) = (merge(&p), merge(&q));
        // Adding rounds the merged weight once: 1e-16 of a distance, and so much of a divergence's root.
        for measure in [kl::categorical, f::js_categorical, f::chi2_categorical] {
            let (fine, coarse) = (measure(&p, &q).value.sqrt(), measure(&a, &b).value.sqrt());
            prop_assert!(coarse <= fine * (1.0 + 1e-13) + 1e-15, "{fine:e} {coarse:e}");
        }
        for measure in [f::tv_categorical, f::hellinger_categorical] {
            let (fine, coarse) = (measure(&p, &q).value, measure(&a, &b).value);
            prop_assert!(coarse <= fine * (1.0 + 1e-13) + 1e-15, "{fine:e} {coarse:e}");
        }
    }

    #[test]
    fn the_chain_rule_holds(rows in vec(vec(0.01..1.0f64, 3), 2..5), others in vec(vec(0.01..1.0f64, 3), 5)) {
        let others = &others[..rows.len()];
        let (p, q) = (Table::new(&rows).unwrap(), Table::new(others).unwrap());
        // D(joint) = D(rows) + Σ p(row)·D(row given).
        let whole = kl::categorical(p.joint(), q.joint()).value;
        let mut parts = kl::categorical(&p.rows(), &q.rows()).value;
        for (i, weight) in p.rows().probs().iter().enumerate() {
            let given = |t: &[Vec<f64>]| Categorical::from_weights(&t[i]).unwrap();
            parts += weight * kl::categorical(&given(&rows), &given(others)).value;
        }
        prop_assert!((whole / parts - 1.0).abs() < 1e-12 || (whole - parts).abs() < 1e-15);
        // I = H(X) + H(Y) − H(X, Y) ≥ 0.
        let h = |c: &Categorical| entropy::categorical(c).value;
        let i = p.mutual_information();
        prop_assert!((i.value - (h(&p.rows()) + h(&p.columns()) - p.joint_entropy().value)).abs() < 1e-14);
        prop_assert!((p.rows_given_columns().value - (h(&p.rows()) - i.value)).abs() < 1e-14);
    }

    #[test]
    fn independent_parts_add((p, q) in categoricals(), (r, s) in categoricals()) {
        let product = |a: &Categorical, b: &Categorical| {
            let cells: Vec<f64> = a.probs().iter().flat_map(|x| b.probs().iter().map(move |y| x * y)).collect();
            Categorical::from_weights(&cells).unwrap()
        };
        let (a, b) = (kl::categorical(&p, &q).value, kl::categorical(&r, &s).value);
        let whole = kl::categorical(&product(&p, &r), &product(&q, &s)).value;
        let size = (a + b).max(1e-300);
        prop_assert!(whole == a + b || (whole - (a + b)).abs() <= 1e-13 * size + 1e-15 * size.sqrt(), "{whole:e} {:e}", a + b);
    }

    #[test]
    fn cross_entropy_is_entropy_and_divergence((p, q) in categoricals(), (a, b) in normals()) {
        let sum = entropy::categorical(&p).plus(&kl::categorical(&p, &q));
        prop_assert!(agree(&entropy::cross_categorical(&p, &q), &sum));
        prop_assert!(agree(&entropy::cross_normal(&a, &b), &entropy::normal(&a).plus(&kl::normal(&a, &b))));
    }

    #[test]
    fn kullback_leibler_is_the_limit_of_alpha_and_renyi((p, q) in categoricals(), (a, b) in normals()) {
        let near = |limit: Answer, close: [Answer; 2]| {
            let step = 1e-7 * (1.0 + limit.value) * (1.0 + limit.value);
            limit.value.is_infinite() || close.iter().all(|c| (c.value - limit.value).abs() <= step * limit.value.max(1e-300) * 40.0)
        };
        let (up, down) = (1.0 + 1e-7, 1.0 - 1e-7);
        let d = kl::categorical(&p, &q);
        if d.value < 50.0 {
            prop_assert!(near(d.clone(), [f::alpha_categorical(down, &p, &q), renyi::categorical(down, &p, &q)]));
            prop_assert!(near(kl::categorical(&q, &p), [f::alpha_categorical(1e-7, &p, &q), f::alpha_categorical(1e-7, &p, &q)]) || kl::categorical(&q, &p).value > 50.0);
        }
        let d = kl::normal(&a, &b);
        if d.value < 10.0 {
            prop_assert!(near(d.clone(), [renyi::normal(up, &a, &b), renyi::normal(down, &a, &b)]), "{d:?}");
            prop_assert!(near(d, [f::alpha_normal(up, &a, &b), f::alpha_normal(down, &a, &b)]));
        }
    }

    #[test]
    fn shifting_and_stretching_the_axis_changes_nothing((p, q) in normals(), shift in -3i32..4, power in -6i32..7) {
        // Powers of two and whole numbers, so that the moved parameters are exact or nearly.
        let k = 2f64.powi(power);
        let moved = |n: &Normal| Normal::new((n.mean() + 0.0) * k, n.sd() * k).unwrap();
        let (a, b) = (moved(&p), moved(&q));
        for measure in [kl::normal, f::js_normal, f::tv_normal, f::hellinger_normal, fisher_rao::normal] {
            prop_assert!(agree(&measure(&p, &q), &measure(&a, &b)));
        }
        prop_assert!((wasserstein::w2_normal(&a, &b).value - k * wasserstein::w2_normal(&p, &q).value).abs() <= 1e-14 * k);
        let far = |n: &Normal| Normal::new(n.mean() + f64::from(shift) * 1024.0, n.sd()).unwrap();
        let (c, d) = (kl::normal(&p, &q).value, kl::normal(&far(&p), &far(&q)).value);
        // The difference of the means is then known to 1e-13.
        prop_assert!((c - d).abs() <= 1e-12 / p.sd().min(q.sd()).powi(2) * (1.0 + c.sqrt()) + 1e-12 * c);
    }

    #[test]
    fn close_by_the_rulers_agree((p, q) in normals()) {
        let d = kl::normal(&p, &q).value;
        if d < 1e-6 && d > 0.0 {
            let fr = fisher_rao::normal(&p, &q).value;
            prop_assert!((fr / (2.0 * d).sqrt() - 1.0).abs() < 2.0 * d.sqrt());
            prop_assert!((f::js_normal(&p, &q).value / (0.25 * d) - 1.0).abs() < 4.0 * d.sqrt());
        }
    }

    #[test]
    fn other_families_keep_the_rules(x in -3.0..3.0f64, s in 0.1..5.0f64, c in change(), e in change()) {
        let pairs = [
            (Dist::Laplace(Laplace::new(x, s).unwrap()), Dist::Laplace(Laplace::new(x + c, s * (1.0 + e)).unwrap())),
            (Dist::Cauchy(Cauchy::new(x, s).unwrap()), Dist::Cauchy(Cauchy::new(x + c, s * (1.0 + e)).unwrap())),
            (Dist::Exponential(Exponential::new(s).unwrap()), Dist::Exponential(Exponential::new(s * (1.0 + e)).unwrap())),
            (Dist::Poisson(Poisson::new(s).unwrap()), Dist::Poisson(Poisson::new(s * (1.0 + e)).unwrap())),
            (Dist::Beta(Beta::new(s, 1.0 + s).unwrap()), Dist::Beta(Beta::new(s * (1.0 + e), 1.0 + s).unwrap())),
        ];
        for (p, q) in &pairs {
            let d = measure(Measure::Kl, p, q).unwrap();
            prop_assert!(d.value >= 0.0 && (d.value == 0.0) == (p == q), "{p:?} {q:?} {d:?}");
            let direct = measure(Measure::Renyi(1.0), p, q).unwrap();
            prop_assert!((direct.value - d.value).abs() <= direct.error + d.error + 1e-15, "{p:?} {q:?} {direct:?} {d:?}");
        }
        let [laplace, ..] = &pairs;
        let double = |d: &Dist| d.moved_back(x).unwrap();
        let moved = measure(Measure::Kl, &double(&laplace.0), &double(&laplace.1)).unwrap();
        prop_assert!((moved.value - measure(Measure::Kl, &laplace.0, &laplace.1).unwrap().value).abs() <= 1e-12 * (1.0 + moved.value));
    }

    #[test]
    fn information_is_a_divergence(rho in -1.0..1.0f64, a in 0.1..50.0f64, b in 0.1..50.0f64, n in 1u32..60) {
        let joint = Normal2::from_correlation([0.0; 2], [1.0, 2.0], rho).unwrap();
        let product = Normal2::new([0.0; 2], [1.0, 0.0, 4.0]).unwrap();
        let (i, d) = (of_normal2(&joint).value, kl::normal2(&joint, &product).value);
        prop_assert!((i - d).abs() <= 1e-13 * i.max(1e-300) + 1e-32, "{i:e} {d:e}");
        prop_assert!((i - of_correlation(rho).unwrap().value).abs() <= 1e-12 * (1.0 + i));
        // What is learned from n tosses, on average, is at most their entropy, n·ln 2.
        let prior = Beta::new(a, b).unwrap();
        let all = kl_explorer::divergence::information::expected_gain(&prior, n).unwrap().value;
        prop_assert!(all > 0.0 && all < f64::from(n) * LN_2);
        prop_assert!(gain(&prior, 0.0, 0.0).unwrap().value == 0.0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, rng_seed: RngSeed::Fixed(17), ..ProptestConfig::default() })]

    #[test]
    fn integrated_divergences_keep_the_rules(x in -2.0..2.0f64, s in 0.2..3.0f64, b in 0.2..3.0f64) {
        let p = Dist::Normal(Normal::new(x, s).unwrap());
        for q in [
            Dist::Laplace(Laplace::new(0.0, b).unwrap()),
            Dist::Cauchy(Cauchy::new(0.0, b).unwrap()),
            Dist::TruncatedNormal(TruncatedNormal::new(0.0, b, -2.0, 2.5).unwrap()),
        ] {
            let of = |m| measure(m, &p, &q).unwrap();
            let (js, tv, h) = (of(Measure::Js), of(Measure::Tv), of(Measure::Hellinger));
            prop_assert!(js.value <= LN_2 && tv.value <= 1.0 && h.value <= 1.0);
            prop_assert!(h.value.powi(2) <= tv.value + 1e-12);
            prop_assert!(tv.value <= h.value * (2.0 - h.value.powi(2)).sqrt() + 1e-12);
            prop_assert!(agree(&js, &measure(Measure::Js, &q, &p).unwrap()));
            prop_assert!(agree(&tv, &measure(Measure::Tv, &q, &p).unwrap()));
            let w = of(Measure::W1);
            if w.value.is_finite() {
                prop_assert!(agree(&w, &measure(Measure::W1, &q, &p).unwrap()));
                prop_assert!(w.value <= of(Measure::W2).value * (1.0 + 1e-9));
            }
        }
    }
}
