//! Chapter 1, what it measures.

use kl_explorer::quantity::Quantity;
use kl_explorer::scene::{Value, Values};
use kl_explorer::scenes::find;

use crate::State::{Preset, Values as At};
use crate::{Fact, Reached, state};

pub const FACTS: &[Fact] = &[
    Fact {
        scene: "two-coins",
        state: Preset("suspicious"),
        shown: &[("forward", "0.0201 nats"), ("forward", "0.0290 bits")],
    },
    Fact {
        scene: "two-coins",
        state: Preset("alice-bob"),
        shown: &[("forward", "0.5341 nats"), ("reverse", "0.5827 nats")],
    },
    Fact {
        scene: "two-coins",
        state: Preset("cat-dog"),
        shown: &[("forward", "0.2263 nats"), ("reverse", "0.3112 nats")],
    },
    Fact {
        scene: "two-coins",
        state: Preset("friend"),
        shown: &[("forward", "0.0823 nats"), ("forward", "0.1187 bits")],
    },
    Fact {
        scene: "two-coins",
        state: Preset("sure-wrong"),
        shown: &[("forward", "∞ nats"), ("reverse", "0.1625 nats")],
    },
    Fact {
        scene: "two-bells",
        state: Preset("widths"),
        shown: &[("forward", "0.3181 nats"), ("reverse", "0.8069 nats")],
    },
    Fact { scene: "two-bells", state: Preset("far"), shown: &[("forward", "555.56 nats"), ("reverse", "555.56 nats")] },
    Fact {
        scene: "two-bells",
        state: Preset("offset"),
        shown: &[("forward", "1.0994 nats"), ("reverse", "3.9319 nats")],
    },
    Fact {
        scene: "two-bells",
        state: Preset("offset"),
        // 5.03125 is a tie at four decimals: like numbers have like digits.
        shown: &[("jeffreys", "5.0313 nats"), ("js", "0.2859 nats"), ("tv", "0.6306"), ("w2", "2.1541")],
    },
    Fact {
        scene: "two-bells",
        state: Preset("equal"),
        shown: &[("forward", "0 nats"), ("reverse", "0 nats"), ("js", "0 nats")],
    },
    Fact {
        scene: "two-bells",
        state: At(&[("p_mean", -1.0), ("p_sd", 0.5), ("q_mean", 2.0), ("q_sd", 0.5)]),
        shown: &[("forward", "18.000 nats"), ("reverse", "18.000 nats"), ("w2", "3.0000")],
    },
    Fact {
        scene: "mixtures",
        state: At(&[
            ("p1_weight", 0.5),
            ("p1_mean", -2.0),
            ("p1_sd", 0.5),
            ("p2_weight", 0.5),
            ("p2_mean", 2.0),
            ("p2_sd", 0.5),
            ("q_bells", 1.0),
            ("q1_mean", 0.0),
            ("q1_sd", 1.0),
        ]),
        shown: &[("forward", "1.6251 nats"), ("reverse", "3.0761 nats"), ("js", "0.3663 nats"), ("tv", "0.7264")],
    },
    Fact {
        scene: "mixtures",
        state: Preset("missed"),
        shown: &[("reverse", "0.6931 nats"), ("reverse", "1.0000 bits")],
    },
    Fact {
        scene: "mixtures",
        state: Preset("reweighted"),
        shown: &[("forward", "0.8318 nats"), ("reverse", "0.8318 nats")],
    },
    Fact {
        scene: "mixtures",
        state: Preset("shuffled"),
        // What is too much is the Jensen–Shannon divergence of unit bells two apart.
        shown: &[("forward", "0 nats"), ("parts", "0.3368 nats"), ("excess", "0.3368 nats")],
    },
    Fact {
        scene: "evidence",
        state: Preset("loaded"),
        shown: &[("forward", "0.0201 nats"), ("observations", "149"), ("extra-bits", "29.049 bits")],
    },
    Fact {
        scene: "evidence",
        state: Preset("same"),
        shown: &[("forward", "0 nats"), ("observations", "∞"), ("evidence", "0 nats")],
    },
    // The first heads of a coin that gives them 15 % of the time come after 1/0.15 tosses on average.
    Fact {
        scene: "evidence", state: Preset("ruled-out"), shown: &[("forward", "∞ nats"), ("observations", "6.6667")]
    },
    Fact { scene: "evidence", state: At(&[("p", 0.5), ("q", 0.0)]), shown: &[("observations", "2")] },
    // Four heads are 16 : 1, five are 32 : 1; and one that Q gives once in twenty is 20 : 1.
    Fact { scene: "evidence", state: At(&[("p", 1.0), ("q", 0.5)]), shown: &[("observations", "5")] },
    Fact { scene: "evidence", state: At(&[("p", 1.0), ("q", 0.05)]), shown: &[("observations", "1")] },
];

pub const REACHED: &[Reached] = &[
    ("two-coins", "infinite", At(&[("p", 0.05), ("q", 0.0)])),
    ("two-coins", "symmetric", At(&[("p", 0.3), ("q", 0.7)])),
    ("two-bells", "huge", Preset("far")),
    ("two-bells", "equal", Preset("same-width")),
    (
        "mixtures",
        "match",
        At(&[
            ("q1_weight", 0.7),
            ("q1_mean", -2.0),
            ("q1_sd", 0.8),
            ("q2_weight", 0.3),
            ("q2_mean", 2.0),
            ("q2_sd", 0.6),
        ]),
    ),
    (
        "mixtures",
        "rare",
        At(&[
            ("p1_weight", 0.95),
            ("p1_mean", -5.0),
            ("p1_sd", 0.1),
            ("p2_weight", 0.05),
            ("p2_mean", 5.0),
            ("q_bells", 1.0),
            ("q1_mean", -5.0),
            ("q1_sd", 0.1),
        ]),
    ),
    ("evidence", "hundredth", At(&[("q", 0.53)])),
    ("evidence", "tenth", At(&[("q", 0.38)])),
    ("evidence", "one", At(&[("q", 0.06)])),
];

/// The bells of P against Q sum to D(P‖Q) and what x tells about the bell, got by other integrals; and the regions to D.
#[test]
fn regions_add_up_and_bells_do_not() {
    for preset in ["missed", "reweighted", "outliers", "shuffled", "four"] {
        let seen = state("mixtures", &Preset(preset));
        let read = |id: &str| seen.view.readouts.iter().find(|r| r.id == id).expect("a readout").quantity;
        let [forward, gain, loss, parts, excess] = ["forward", "gain", "loss", "parts", "excess"].map(read);
        let near = |a: Quantity, b: Quantity, whole: Quantity| {
            let error = a.error + b.error + whole.error + 4.0 * f64::EPSILON * whole.value;
            (a.value + b.value - whole.value).abs() <= error
        };
        assert!(near(gain, loss, forward), "{preset}: {gain:?} {loss:?} {forward:?}");
        assert!(near(forward, excess, parts), "{preset}: {forward:?} {excess:?} {parts:?}");
    }
}

/// The evidence of a run is its heads and tails, each with its log-ratio, and most runs have 20 : 1 odds in the end.
#[test]
fn runs_of_evidence_keep_their_word() {
    for seed in 0..40 {
        let values = Values::from([("seed".to_owned(), Value::Number(f64::from(seed)))]);
        let seen = find("evidence").expect("a scene of that name").run(&values, false);
        let read = |id: &str| seen.view.readouts.iter().find(|r| r.id == id).expect("a readout").quantity.value;
        // 400 observations gain 8.05 nats on average, give or take 3.97.
        assert!((read("average") * 400.0 - 8.054).abs() < 5.0 * 3.974, "seed {seed}");
        assert!((read("odds").ln() - read("evidence")).abs() < 1e-9, "seed {seed}");
        assert!(read("passed") >= 20.0 && read("misled") <= 5.0, "seed {seed}");
    }
}

/// What cannot be counted is not said in numbers: never, and the first heads.
#[test]
fn infinite_evidence_is_said_in_words() {
    let said = |preset: &'static str| {
        let view = state("evidence", &Preset(preset)).view;
        let label = view.readouts.iter().find(|r| r.id == "observations").expect("a readout").label.english();
        (view.description.english(), label)
    };
    let (same, label) = said("same");
    assert!(same.starts_with("No number of observations") && label.ends_with("never"), "{same} {label}");
    let (first, label) = said("ruled-out");
    assert!(
        first.contains("the first heads, after 6.6667 observations on average") && label.contains("first heads"),
        "{first}"
    );
    let values: Values = [("p", 1.0), ("q", 0.0)].map(|(id, v)| (id.to_owned(), Value::Number(v))).into();
    let view = find("evidence").expect("a scene of that name").run(&values, false).view;
    assert!(view.description.english().contains("the first observation settles it"));
}

#[test]
fn an_infinite_divergence_of_coins_names_the_coin_that_rules_an_outcome_out() {
    for (values, id, cause) in [
        ([("p", 0.15), ("q", 0.0)], "forward", "P gives heads 0.1500 where Q gives it 0"),
        ([("p", 1.0), ("q", 0.3)], "reverse", "Q gives tails 0.7000 where P gives it 0"),
    ] {
        let values: Values = values.iter().map(|(id, v)| ((*id).to_owned(), Value::Number(*v))).collect();
        let view = find("two-coins").expect("a scene of that name").run(&values, false).view;
        let readout = view.readouts.into_iter().find(|r| r.id == id).expect("a readout");
        assert_eq!(readout.cause.expect("a cause").english(), cause);
    }
}
