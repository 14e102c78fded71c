//! Numbers within sentences: what a question and its replies tell is what the scene then shows.

use kl_explorer::quantity::Quantity;
use kl_explorer::scene::{Question, Value, Values};
use kl_explorer::scenes::find;
use kl_explorer::text::{Arg, Text};

use crate::State::{Preset, Question as Asked, Values as At};
use crate::state;

fn question(scene: &str, id: &str) -> Question {
    let questions = find(scene).expect("a scene of that name").run(&Values::new(), false).view.questions;
    questions.into_iter().find(|q| q.id == id).unwrap_or_else(|| panic!("{scene}: no question {id}"))
}

/// The number that a question tells under a name, wherever it tells it.
fn told(scene: &str, id: &str, name: &str) -> Quantity {
    let question = question(scene, id);
    let texts = question.options.iter().flat_map(|(_, words, reply)| [words, reply]).chain([&question.ask]);
    let found = texts.flat_map(|text: &Text| &text.args).find_map(|(n, arg)| match arg {
        Arg::Quantity(number) if *n == name => Some(*number),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{scene} {id} tells no {name}"))
}

/// A readout in the question's state, but for some values.
fn shown(scene: &str, id: &str, with: &[(&str, f64)], readout: &str) -> Quantity {
    let mut values: Values = question(scene, id).values.into_iter().collect();
    values.extend(with.iter().map(|(id, v)| ((*id).to_owned(), Value::Number(*v))));
    let readouts = find(scene).expect("a scene of that name").run(&values, false).view.readouts;
    readouts.into_iter().find(|r| r.id == readout).unwrap_or_else(|| panic!("{scene}: no readout {readout}")).quantity
}

/// A number told in a question of a scene, what is set besides, and the readout that it is.
type Told = (&'static str, &'static str, &'static str, &'static [(&'static str, f64)], &'static str);

#[test]
fn what_a_reply_tells_is_what_is_shown_in_both_units() {
    const PAIRS: &[Told] = &[
        ("two-bells", "far-apart", "d", &[], "forward"),
        ("evidence", "how-many", "d", &[], "forward"),
        ("not-a-distance", "triangle", "detour", &[], "detour"),
        ("not-a-distance", "triangle", "straight", &[], "straight"),
        ("impossible-events", "floor", "decade", &[], "decade"),
        ("sliding-apart", "hair", "js", &[], "js"),
        ("sliding-apart", "twice", "from", &[], "js"),
        ("sliding-apart", "twice", "to", &[("gap", 8.0)], "js"),
        ("cross-entropy", "equal", "log", &[], "loss"),
        ("mutual-information", "rare", "most", &[("sun", 0.5)], "entropy_x"),
        ("mutual-information", "rare", "told", &[("sun", 0.5)], "information"),
        ("mean-field", "cost", "i", &[], "forward_fit"),
        ("mean-field", "cost", "i", &[], "reverse_fit_1"),
    ];
    for &(scene, id, name, with, readout) in PAIRS {
        let (told, shown) = (told(scene, id, name), shown(scene, id, with, readout));
        assert_eq!(told.to_string(), shown.to_string(), "{scene} {id} {name}");
        assert_eq!(told.in_bits().to_string(), shown.in_bits().to_string(), "{scene} {id} {name}");
    }
}

#[test]
fn what_a_reply_tells_roughly_is_near_what_is_shown() {
    let difference = |scene: &str, id: &str, name: &str, value: f64| (told(scene, id, name).value - value).abs();
    // A mode is not quite alone at six sds from the other, nor does its D.
    assert!(
        difference("mixtures", "missed-mode", "ln2", shown("mixtures", "missed-mode", &[], "reverse").value) < 1e-5
    );
    let floor = |exponent| shown("impossible-events", "floor", &[("log_eps", exponent)], "smoothed").value;
    assert!(difference("impossible-events", "floor", "more", floor(-6.0) - floor(-3.0)) < 1e-3);
    assert!(
        difference("when-modes-split", "where", "middle", shown("when-modes-split", "where", &[], "best").value) < 1e-5
    );
    // By scipy's quadrature, D of N(2, 1) from the two modes.
    assert!(difference("when-modes-split", "where", "half", 0.632_720_193_736_867) < 5e-7);
    assert_eq!(told("when-modes-split", "where", "middle").to_string(), "0.2265 nats");
    let cold = shown("temperature", "cold", &[("log_t", -2.0)], "forward");
    assert_eq!(told("temperature", "cold", "ln5").to_string(), cold.to_string());
    // Odds of 2.7 after fifty tosses, and of more than 550 million after a thousand.
    let odds = |name| told("evidence", "how-many", name).value.exp();
    assert!((odds("fifty") - 2.7).abs() < 0.05 && (5.5e8..5.6e8).contains(&odds("thousand")));
    assert!((odds("goal") - 20.0).abs() < 1e-12);
}

/// The count is where the average evidence reaches ln 20. The odds themselves take longer on average, for a run overshoots:
/// by recursion over all runs 152.915 tosses and 6.856.
#[test]
fn the_count_of_observations_is_that_of_the_average() {
    for (preset, mean) in [("loaded", 152.915), ("spam", 6.856)] {
        let view = state("evidence", &Preset(preset)).view;
        let readout = |id: &str| view.readouts.iter().find(|r| r.id == id).expect("a readout");
        let (count, gain) = (readout("observations"), readout("forward").quantity.value);
        assert_eq!(count.label.english(), "observations until the average is 20\u{a0}:\u{a0}1", "{preset}");
        let count = count.quantity.value;
        assert!(count * gain >= 20f64.ln() && (count - 1.0) * gain < 20f64.ln() && count < mean, "{preset}: {count}");
        assert!(view.description.english().contains("the average evidence has reached 20"), "{preset}");
    }
}

/// ln q at the middle of P, ten away with sd 0.3: −½(10/0.3)² − ln(0.3·√(2π)).
#[test]
fn a_tiny_density_has_a_logarithm() {
    let far = kl_explorer::dist::Normal::new(5.0, 0.3).expect("a normal");
    assert_eq!(far.ln_pdf(-5.0).round(), -555.0);
    let replies = question("two-bells", "far-apart").options;
    assert!(replies.iter().any(|(_, _, reply)| reply.key.contains("about −555")));
}

/// A model that leaves out one visitor in a thousand must put it somewhere, or its shares would not sum to 1.
#[test]
fn a_model_that_leaves_someone_out_is_wrong_about_someone_else() {
    let values: Values = question("impossible-events", "rare").values.into_iter().collect();
    let share = |id: &str| match values.get(id) {
        Some(Value::Number(v)) => *v,
        other => panic!("{id}: {other:?}"),
    };
    let sum = |which: &str| ["windows", "macos", "linux", "android", "ios"].map(|s| share(&format!("{which}_{s}")));
    let (p, q) = (sum("p"), sum("q"));
    assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12 && (q.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    assert!((p[0], p[1], p[3]) == (q[0], q[1], q[3]) && q[2] == 0.0 && (p[2] + p[4] - q[4]).abs() < 1e-12);
}

/// Neither direction's best Q is wider than P in a coordinate, so none reaches for the ends of the ridge.
#[test]
fn no_best_fit_of_a_tilted_bell_is_wider_than_it() {
    let of = |readout| shown("mean-field", "width", &[], readout).value;
    for fit in ["forward_fit_var_x", "forward_fit_var_y", "reverse_fit_1_var_x", "reverse_fit_1_var_y"] {
        assert!(of(fit) <= 1.0 + 1e-9, "{fit}");
    }
}

/// Jensen–Shannon and total variation of bells come near their ceilings and stay below.
#[test]
fn bells_never_reach_the_ceiling() {
    let seen = state("sliding-apart", &At(&[("gap", 8.0)]));
    let read = |id: &str| seen.view.readouts.iter().find(|r| r.id == id).expect("a readout").quantity;
    let (js, tv) = (read("js"), read("tv"));
    assert!(js.value + js.error < 2f64.ln() && tv.value + tv.error < 1.0);
}

/// A setting is by no method; what is computed from it is.
#[test]
fn settings_have_no_method() {
    for (scene, setting, computed) in [("temperature", "t", "free_energy"), ("impossible-events", "eps", "floor")] {
        let readouts = find(scene).expect("a scene of that name").run(&Values::new(), false).view.readouts;
        let method = |id: &str| readouts.iter().find(|r| r.id == id).expect("a readout").method;
        assert!(method(setting).is_none() && method(computed).is_some(), "{scene}");
    }
}

/// From a way that costs infinity nothing is saved that could be counted.
#[test]
fn no_saving_is_told_where_a_way_is_infinite() {
    let formulas = |preset| state("not-a-distance", &Preset(preset)).view.formulas.len();
    assert_eq!((formulas("shortcut"), formulas("impossible")), (2, 1));
}

/// In temperature P is the truth: Boltzmann's distribution, which is not even, and Q is the belief, which is.
#[test]
fn the_truth_of_temperature_is_boltzmanns() {
    let view = state("temperature", &Asked("cold")).view;
    let energy = |id: &str| view.readouts.iter().find(|r| r.id == id).expect("a readout").quantity.value;
    assert!((energy("energy_q") - 2.0).abs() < 1e-12 && energy("energy_p") < 0.001);
}
