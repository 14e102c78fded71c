//! Numbers that the prose says and no readout shows. Each is looked for in its sentence, and computed.

use std::f64::consts::{E, LN_2, PI};

use kl_explorer::dist::Categorical;
use kl_explorer::divergence::kl::categorical_terms;
use kl_explorer::measure::{Value, measure};
use kl_explorer::scene::{self, Seen};
use kl_explorer::scenes::find;
use serde_json::json;

use crate::State::{Kind, Preset, Values as At};
use crate::state;

const LESSON: &str = include_str!("../../index.html");
const TEACHING: &str = include_str!("../../docs/teaching.md");
const RECIPES: &str = include_str!("../../docs/recipes.md");
const README: &str = include_str!("../../README.md");

/// The text has these words, however its lines are broken.
fn says(text: &str, words: &str) {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(plain.contains(words), "nowhere is said: {words}");
}

/// What the calculator answers.
fn value(request: serde_json::Value) -> f64 {
    let read: Value = serde_json::from_value(request.clone()).expect("a request");
    measure(&read).unwrap_or_else(|e| panic!("{request}: {e}")).value
}

/// A divergence of two one-dimensional families.
fn divergence(p: &serde_json::Value, q: &serde_json::Value) -> f64 {
    value(json!({"measure": "kl", "p": p, "q": q}))
}

fn normal(mean: f64, sd: f64) -> serde_json::Value {
    json!({"family": "normal", "mean": mean, "sd": sd})
}

/// One number that a scene shows.
fn read(seen: &Seen, id: &str) -> f64 {
    seen.view.readouts.iter().find(|r| r.id == id).unwrap_or_else(|| panic!("no readout {id}")).quantity.value
}

/// A scene under a link with these values.
fn linked(scene: &str, written: &[(&str, &str)]) -> Seen {
    let values = written.iter().map(|(id, v)| ((*id).to_owned(), scene::Value::from(*v))).collect();
    let seen = find(scene).expect("the scene").run(&values, false);
    assert!(seen.problems.is_empty(), "{:?}", seen.problems);
    seen
}

/// Without the term that is infinite the others add up to less than nothing.
#[test]
fn leaving_out_what_q_rules_out_gives_a_negative_number() {
    says(LESSON, "gives −0.1345 nats here, less than any divergence can be");
    let seen = state("impossible-events", &Preset("visitors"));
    let weights = |of: &str| -> Vec<f64> {
        let bars = seen.controls.iter().filter(|c| c.active && c.id.starts_with(of));
        bars.filter_map(|c| if let scene::Value::Number(weight) = c.value { Some(weight) } else { None }).collect()
    };
    let [p, q] = ["p_", "q_"].map(|of| Categorical::from_weights(&weights(of)).expect("weights"));
    let rest: f64 = categorical_terms(&p, &q).iter().map(|t| t.signed).filter(|t| t.is_finite()).sum();
    assert_eq!(format!("{rest:.4}"), "-0.1345");
}

/// What a window hides, and what the numbers of a machine hide.
#[test]
fn a_window_and_an_underflow_miss_the_truth() {
    says(LESSON, "finds −0.095 nats between 0.9·N(0, 1) + 0.1·N(30, 1) and N(0, 1), where the truth is 44.67");
    says(LESSON, "in whose floating-point numbers q becomes 0 calls 555.6 infinite");
    let bell = |x: f64, mean: f64, sd: f64| (-0.5 * ((x - mean) / sd).powi(2)).exp() / (sd * (2.0 * PI).sqrt());
    let plain = |low: i32, high: i32, p: &dyn Fn(f64) -> f64, q: &dyn Fn(f64) -> f64| -> f64 {
        let at = |i: i32| f64::from(i) / 1000.0;
        (1000 * low..1000 * high).map(at).filter(|x| p(*x) > 0.0).map(|x| p(x) * (p(x) / q(x)).ln() / 1000.0).sum()
    };
    let far = plain(-10, 10, &|x| 0.9 * bell(x, 0.0, 1.0) + 0.1 * bell(x, 30.0, 1.0), &|x| bell(x, 0.0, 1.0));
    assert_eq!(format!("{far:.3}"), "-0.095");
    let p = json!({"family": "mixture", "components": [
        {"weight": 0.9, "mean": 0, "sd": 1}, {"weight": 0.1, "mean": 30, "sd": 1},
    ]});
    // mpmath, by quadrature with thirty digits: 44.674917026608655
    assert!((divergence(&p, &normal(0.0, 1.0)) - 44.674_917_026_608_655).abs() < 1e-12);
    assert_eq!(plain(-12, 12, &|x| bell(x, -5.0, 0.3), &|x| bell(x, 5.0, 0.3)), f64::INFINITY);
    assert_eq!(format!("{:.1}", divergence(&normal(-5.0, 0.3), &normal(5.0, 0.3))), "555.6");
}

#[test]
fn only_light_tails_keep_a_gaussian_at_a_finite_divergence() {
    says(LESSON, "If P is a Cauchy distribution, with its heavy tails, D(P‖Q) is infinite for every Gaussian Q.");
    let cauchy = json!({"family": "cauchy", "location": 0, "scale": 1});
    for sd in [0.1, 1.0, 100.0] {
        assert_eq!(divergence(&cauchy, &normal(0.0, sd)), f64::INFINITY);
        assert!(divergence(&normal(0.0, sd), &cauchy).is_finite());
    }
}

#[test]
fn too_narrow_costs_more_than_too_wide_by_the_same_factor() {
    says(LESSON, "punished harder in D(P‖Q) than one that is too wide by the same factor");
    for mean in [0.0, 0.5, 3.0] {
        for factor in [1.01, 1.5, 2.0, 10.0] {
            let [narrow, wide] = [1.0 / factor, factor].map(|sd| divergence(&normal(0.0, 1.0), &normal(mean, sd)));
            assert!(narrow > wide, "{mean} {factor}: {narrow} {wide}");
        }
    }
}

/// The non-negative terms as they are written down come out below zero; made from the difference they don't.
#[test]
fn adding_q_less_p_is_not_enough_by_itself() {
    says(LESSON, "compute each term from the relative difference δ");
    let (p, q): (f64, f64) = (0.2, 0.200_000_002);
    let plain = |p: f64, q: f64| p * (p / q).ln() + q - p;
    assert!(plain(p, q) + plain(1.0 - p, 1.0 - q) < 0.0);
    let coin = |p: f64| json!({"family": "bernoulli", "p": p});
    // mpmath, of these very doubles: 1.2499999924341103895e-17
    let ours = divergence(&coin(p), &coin(q));
    assert!((ours / 1.249_999_992_434_110_4e-17 - 1.0).abs() < 1e-14, "{ours}");
}

/// Coins are too few for it: there the right-hand side vanishes only where two of the three agree.
#[test]
fn pythagoras_holds_for_three_different_distributions_of_three_outcomes() {
    says(LESSON, "that may vanish though P, Q and R all differ");
    let of = |weights: [f64; 3]| json!({"family": "categorical", "weights": weights});
    let (p, q, r) = (of([2.0, 3.0, 1.0]), of([1.0, 1.0, 1.0]), of([2.0, 1.0, 1.0]));
    let [straight, first, second] = [(&p, &r), (&p, &q), (&q, &r)].map(|(a, b)| divergence(a, b));
    assert!(first > 0.05 && second > 0.05);
    assert!((straight - first - second).abs() < 1e-15, "{straight} {first} {second}");
}

#[test]
fn information_exceeds_entropy_of_densities_only() {
    says(
        LESSON,
        "at 0.99 it is 1.9585 nats, and the entropy of either is 1.4189 where its standard deviation (sd) is 1",
    );
    assert_eq!(format!("{:.4}", -0.5 * (1.0f64 - 0.99 * 0.99).ln()), "1.9585");
    assert_eq!(format!("{:.4}", 0.5 * (2.0 * PI * E).ln()), "1.4189");
    let close = Kind("gaussian", &[("rho", 0.99)]);
    let seen = state("mutual-information", &close);
    let [i, x] = ["information", "entropy_x"].map(|id| read(&seen, id));
    assert!(i > x, "{i} {x}");
    for (sun, rain) in [(1.0, 0.0), (0.9, 0.1), (0.5, 0.49), (1.0, 0.3)] {
        for weather in [0.01, 0.3, 0.5, 0.99] {
            let table =
                [[weather * sun, weather * (1.0 - sun)], [(1.0 - weather) * rain, (1.0 - weather) * (1.0 - rain)]];
            let i = value(json!({"measure": "mutual_information", "table": table}));
            let ice = table[0][0] + table[1][0];
            for share in [weather, ice] {
                let entropy = value(json!({"measure": "entropy", "p": {"family": "bernoulli", "p": share}}));
                assert!(i <= entropy * (1.0 + 1e-14), "{table:?}: {i} {entropy}");
            }
        }
    }
}

/// Where a descent ends is a matter of where it starts, and both starts lie between the modes.
#[test]
fn one_descent_between_the_modes_ends_in_the_middle_and_one_on_a_mode() {
    says(
        LESSON,
        "A descent from N(0.5, 1) ends there and never learns that it could do better; one from N(1, 1) finds a mode.",
    );
    for (mean, end, sd) in [("0.5", "0.000", "1.790"), ("1", "1.997", "0.605")] {
        for gradient in ["plain", "natural"] {
            let start = [("q_mean", mean), ("q_sd", "1"), ("gradient", gradient), ("step", "400")];
            let target = [("p1_mean", "-2"), ("p2_mean", "2"), ("p1_sd", "0.6"), ("p2_sd", "0.6")];
            let seen = linked("two-fits", &[start, target].concat());
            let found =
                ["descent_reverse_mean", "descent_reverse_sd"].map(|id| format!("{:.3}", read(&seen, id).abs()));
            assert_eq!(found, [end, sd], "{mean} {gradient}");
        }
    }
}

/// Bells of sd ½ and ρ = 0.6 along (1, 1): a slice has sd ½·√1.6, so gaps of 1.25 and 1.3 are 2.795 and 2.907 of it from the
/// middle, on either side of the tie at 2.80008. Without correlation in Q it may be sooner or later.
#[test]
fn two_bells_in_the_plane_tie_at_5_6_sds_of_a_slice() {
    says(
        LESSON,
        "only from a distance of about 5.6 sds does the reverse fit settle on one. The sd meant is that of a slice",
    );
    says(LESSON, "A Q without correlation may settle sooner or later than that");
    let chooses = |family: &str, rho: &str, gap: &str| {
        let bells = [("target", "two"), ("rho", rho), ("sd_x", "0.5"), ("sd_y", "0.5"), ("gap_x", gap), ("gap_y", gap)];
        let seen = linked("mean-field", &[&bells[..], &[("family", family)]].concat());
        read(&seen, "reverse_fit_1_mean_x").abs() > 0.5 * gap.parse::<f64>().expect("a gap")
    };
    assert!(!chooses("full", "0.6", "1.25"));
    assert!(chooses("full", "0.6", "1.3"));
    // Slices of sd ½·√1.8 and ½·√0.2: these gaps are 4.01 and 5.69 of them from bell to bell.
    assert!(chooses("factorised", "0.8", "0.95"));
    assert!(!chooses("factorised", "-0.8", "0.45"));
}

/// Rényi's divergence grows with the member of the same order, and only for positive orders.
#[test]
fn renyi_ranks_models_as_the_family_does_for_positive_orders() {
    says(LESSON, "For α &gt; 0, Rényi’s divergence of the same order grows with this one");
    says(LESSON, "have a finite variance only if χ², twice the member at α = 2, is finite");
    let p = normal(0.0, 1.0);
    let models = [(0.1, 1.0), (0.0, 1.4), (0.8, 1.1), (1.0, 1.6), (2.0, 1.2)].map(|(mean, sd)| normal(mean, sd));
    let of = |measure: &str, alpha: f64| {
        models.each_ref().map(|q| value(json!({"measure": measure, "alpha": alpha, "p": p, "q": q})))
    };
    let ranks = |values: [f64; 5]| {
        let mut order = [0, 1, 2, 3, 4];
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        order
    };
    for alpha in [0.1, 0.5, 1.5, 2.0] {
        assert_eq!(ranks(of("alpha", alpha)), ranks(of("renyi", alpha)), "{alpha}");
    }
    for (q, half) in models.iter().zip(of("alpha", 2.0)) {
        let chi2 = value(json!({"measure": "chi2", "p": p, "q": q}));
        assert!((chi2 / half - 2.0).abs() < 1e-12, "{chi2} {half}");
    }
}

/// The best fit of two modes far apart is wider than the slider of Q is long.
#[test]
fn fits_have_no_ends() {
    says(TEACHING, "The sliders have ends; fits have none.");
    let far = At(&[("p1_mean", -12.0), ("p2_mean", 12.0), ("p1_sd", 0.6), ("p2_sd", 0.6)]);
    // √(144 + 0.36)
    assert!((read(&state("two-fits", &far), "forward_fit_sd") - 12.014_991).abs() < 1e-6);
}

/// 0.15·ln 10 is 0.3454; the floor itself takes a little of it away while it is large.
#[test]
fn a_factor_of_ten_in_the_floor_adds_nearly_0_35_nats() {
    says(LESSON, "each factor of ten adds nearly 0.35 nats");
    says(TEACHING, "each factor of ten adds nearly 0.35 nats");
    let at = |exponent: &str| read(&linked("impossible-events", &[("log_eps", exponent)]), "smoothed");
    for (higher, lower, least) in [("-2", "-3", 0.33), ("-3", "-4", 0.344), ("-6", "-7", 0.3453)] {
        let added = at(lower) - at(higher);
        assert!((least..0.15 * 10f64.ln()).contains(&added), "{higher}: {added}");
    }
}

#[test]
fn the_habits_of_the_family_go_on_beyond_both_ends() {
    says(LESSON, "at −1 the fit is more careful still than the reverse one, at 2 wider than the forward one");
    let sds = ["-1", "0", "1", "2"].map(|alpha| read(&linked("family", &[("alpha", alpha)]), "sd"));
    assert!(sds.is_sorted_by(|a, b| a + 0.01 < *b), "{sds:?}");
}

/// What stands on paper under the picture of a recipe is what its frame shows.
#[test]
fn the_caption_of_the_recipes_has_the_numbers_of_its_frame() {
    says(RECIPES, "D(P‖Q) is 0.50 nats, D(Q‖P) is 1.71 nats");
    says(RECIPES, "two-bells&p_mean=0&q_mean=0&q_sd=2");
    let seen = linked("two-bells", &[("p_mean", "0"), ("q_mean", "0"), ("q_sd", "2")]);
    assert_eq!(["forward", "reverse"].map(|id| format!("{:.2}", read(&seen, id))), ["0.50", "1.71"]);
}

/// The exercises of the seminar, with the answers that their tables and lists give.
#[test]
fn answers_for_teachers_are_right() {
    says(TEACHING, "ln 20 / 0.020136 = 148.8, so 149");
    says(TEACHING, "And D(Q‖P)?* 0.0204 nats");
    says(TEACHING, "By the entropy of the data, 0.6109 nats");
    let coin = |p: f64| json!({"family": "bernoulli", "p": p});
    let forward = divergence(&coin(0.6), &coin(0.5));
    assert_eq!(format!("{forward:.6} {:.1}", 20f64.ln() / forward), "0.020136 148.8");
    assert_eq!(format!("{:.4}", divergence(&coin(0.5), &coin(0.6))), "0.0204");
    let best = linked("likelihood", &[("flips", "10"), ("heads", "7"), ("theta", "0.7")]);
    let [likelihood, divergence] = ["likelihood", "forward"].map(|id| read(&best, id));
    assert_eq!(format!("{:.4}", divergence - likelihood), "0.6109");
}

/// Half of two modes at ±2, left out by a Q on the other: they overlap, so it is less than ln 2. By scipy's quadrature.
#[test]
fn leaving_a_mode_out_costs_less_than_ln_2_while_the_modes_overlap() {
    says(LESSON, "Leaving one of them out would cost 0.6327 nats (ln 2 ≈ 0.69 where they are far apart)");
    let modes = |d: f64| {
        json!({"family": "mixture", "components": [
            {"weight": 0.5, "mean": -d, "sd": 1}, {"weight": 0.5, "mean": d, "sd": 1},
        ]})
    };
    let cost = |d: f64| divergence(&normal(d, 1.0), &modes(d));
    assert!((cost(2.0) - 0.632_720_193_736_867).abs() < 1e-12, "{}", cost(2.0));
    assert!((cost(8.0) - LN_2).abs() < 1e-9, "{}", cost(8.0));
}

/// Any distribution over the levels bounds the free energy from above; that of a system that can be solved need not.
#[test]
fn the_free_energy_is_bounded_by_mean_energy_less_entropy() {
    says(LESSON, "from above: by ⟨<i>E</i>⟩ − <i>T</i>·<i>H</i> under distributions that they can handle");
    let free = |levels: [f64; 5]| -levels.map(|e| (-e).exp()).iter().sum::<f64>().ln();
    let truth = free([0.0, 1.0, 2.0, 3.0, 4.0]);
    assert!((truth + 0.451_914_395_937_593).abs() < 1e-12, "{truth}");
    assert!(free([0.0; 5]) < truth);
    // All alike in the mean: energy 2, entropy ln 5.
    assert!(2.0 - 5f64.ln() > truth);
}

#[test]
fn the_readme_shows_what_the_calculator_answers() {
    let request = json!({"measure": "kl", "p": normal(0.0, 1.0), "q": normal(0.0, 2.0)});
    let reply = measure(&serde_json::from_value(request).expect("a request")).expect("an answer");
    let method = serde_json::to_value(reply.method).expect("a name");
    says(README, &format!("{{ value: {}, error: {:e}, method: {method} }}", reply.value, reply.error));
}
