//! The lesson's facts, as a reader meets them: in this state, this number is shown.

use kl_explorer::quantity::Quantity;
use kl_explorer::scene::{Seen, Value, Values};
use kl_explorer::scenes::find;

/// A scene's state, by preset or by values, and the readouts it must show, digits as in the literature.
struct Fact {
    scene: &'static str,
    state: State,
    shown: &'static [(&'static str, &'static str)],
}

enum State {
    Preset(&'static str),
    Values(&'static [(&'static str, f64)]),
    /// Of the kind of that name.
    Kind(&'static str, &'static [(&'static str, f64)]),
}

use State::{Kind, Preset, Values as At};

const FACTS: &[Fact] = &[
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
        state: Preset("equal"),
        shown: &[("forward", "0 nats"), ("reverse", "0 nats"), ("js", "0 nats")],
    },
    Fact {
        scene: "two-bells",
        state: At(&[("p_mean", -1.0), ("p_sd", 0.5), ("q_mean", 2.0), ("q_sd", 0.5)]),
        shown: &[("forward", "18.000 nats"), ("reverse", "18.000 nats"), ("w2", "3.0000")],
    },
    Fact {
        scene: "two-fits",
        state: Preset("two"),
        shown: &[("forward_fit_mean", "0.0000"), ("forward_fit_sd", "2.0881")],
    },
    Fact {
        scene: "extra-bits",
        state: Preset("two-bits"),
        shown: &[
            ("entropy", "1.7500 bits"),
            ("cross", "2.0000 bits"),
            ("forward", "0.2500 bits"),
            ("huffman", "2.0000 bits"),
        ],
    },
    Fact {
        scene: "extra-bits",
        state: Preset("swapped"),
        shown: &[
            ("entropy", "2.0000 bits"),
            ("cross", "2.2500 bits"),
            ("forward", "0.2500 bits"),
            ("huffman", "2.2500 bits"),
        ],
    },
    Fact { scene: "extra-bits", state: Preset("right"), shown: &[("forward", "0 bits"), ("huffman", "1.7500 bits")] },
    Fact {
        scene: "extra-bits", state: Preset("no-word"), shown: &[("forward", "∞ bits"), ("huffman", "1.7500 bits")]
    },
    Fact {
        scene: "cross-entropy",
        state: Preset("right"),
        shown: &[
            ("loss", "0.4170 nats"),
            ("forward", "0.4170 nats"),
            ("entropy", "0 nats"),
            ("q_cat", "0.6590"),
            ("q_dog", "0.2424"),
            ("q_fox", "0.0986"),
            ("gradient_cat", "−0.3410"),
        ],
    },
    Fact {
        scene: "cross-entropy",
        state: Preset("second"),
        shown: &[("loss", "1.4170 nats"), ("gradient_dog", "−0.7576")],
    },
    Fact {
        scene: "cross-entropy",
        state: Preset("third"),
        shown: &[("loss", "2.3170 nats"), ("gradient_fox", "−0.9014")],
    },
    Fact {
        scene: "cross-entropy",
        state: At(&[("z_cat", 0.0), ("z_dog", 0.0), ("z_fox", 0.0)]),
        shown: &[("loss", "1.0986 nats"), ("perplexity", "3.0000")],
    },
    Fact {
        scene: "likelihood",
        state: Preset("seven"),
        shown: &[
            ("best", "0.7000"),
            ("entropy", "0.6109 nats"),
            ("forward", "0.0823 nats"),
            ("likelihood", "−0.6931 nats"),
        ],
    },
    Fact {
        scene: "likelihood",
        state: At(&[("theta", 0.7)]),
        shown: &[("forward", "0 nats"), ("likelihood", "−0.6109 nats"), ("entropy", "0.6109 nats")],
    },
    Fact {
        scene: "likelihood",
        state: Preset("never"),
        shown: &[("best", "0"), ("entropy", "0 nats"), ("forward", "0.1054 nats")],
    },
    Fact {
        scene: "likelihood",
        state: At(&[("heads", 0.0), ("theta", 0.0)]),
        shown: &[("likelihood", "0 nats"), ("forward", "0 nats")],
    },
    Fact {
        scene: "likelihood",
        state: At(&[("theta", 0.0)]),
        shown: &[("likelihood", "−∞ nats"), ("forward", "∞ nats")],
    },
    Fact { scene: "likelihood", state: Preset("five"), shown: &[("best_mean", "0.5000"), ("best_sd", "2.0000")] },
    Fact { scene: "likelihood", state: Preset("coincide"), shown: &[("best_sd", "0"), ("forward", "∞ nats")] },
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
    Fact { scene: "evidence", state: Preset("ruled-out"), shown: &[("forward", "∞ nats"), ("observations", "7")] },
    Fact { scene: "mutual-information", state: Preset("half"), shown: &[("information", "0.1438 nats")] },
    Fact { scene: "mutual-information", state: Preset("strong"), shown: &[("information", "0.5108 nats")] },
    Fact { scene: "mutual-information", state: Preset("close"), shown: &[("information", "0.8304 nats")] },
    Fact {
        scene: "mutual-information",
        state: Preset("independent"),
        shown: &[("information", "0 nats"), ("ice", "0.5000")],
    },
    Fact {
        scene: "mutual-information",
        state: Preset("certain"),
        shown: &[("information", "1.0000 bits"), ("entropy_x", "1.0000 bits"), ("entropy_joint", "1.0000 bits")],
    },
];

fn state(scene: &str, state: &State) -> Seen {
    let scene = find(scene).expect("a scene of that name");
    let of = |numbers: &[(&str, f64)]| -> Values {
        numbers.iter().map(|(id, v)| ((*id).to_owned(), Value::Number(*v))).collect()
    };
    let values: Values = match state {
        At(numbers) => of(numbers),
        Kind(kind, numbers) => of(numbers).into_iter().chain([("kind".to_owned(), Value::from(*kind))]).collect(),
        Preset(id) => {
            let presets = scene.run(&Values::new(), false).view.presets;
            let preset =
                presets.into_iter().find(|p| p.id == *id).unwrap_or_else(|| panic!("{}: no preset {id}", scene.id));
            preset.values.into_iter().collect()
        }
    };
    let seen = scene.run(&values, false);
    assert!(seen.problems.is_empty(), "{}: {:?}", scene.id, seen.problems);
    seen
}

#[test]
fn every_fact_of_the_lesson_is_shown() {
    for fact in FACTS {
        let seen = state(fact.scene, &fact.state);
        for (id, want) in fact.shown {
            let readout = seen.view.readouts.iter().find(|r| r.id == *id);
            let readout = readout.unwrap_or_else(|| panic!("{}: no readout {id}", fact.scene));
            let quantity: Quantity = if want.ends_with("bits") { readout.quantity.in_bits() } else { readout.quantity };
            assert_eq!(quantity.to_string(), *want, "{} {:?} {id}", fact.scene, seen.view.description.english());
        }
    }
}

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

/// Goals that take some finding, each with a state that reaches it: scene, goal, values.
const SOLVED: &[(&str, &str, &[(&str, f64)])] = &[
    (
        "mixtures",
        "match",
        &[("q1_weight", 0.7), ("q1_mean", -2.0), ("q1_sd", 0.8), ("q2_weight", 0.3), ("q2_mean", 2.0), ("q2_sd", 0.6)],
    ),
    (
        "mixtures",
        "rare",
        &[
            ("p1_weight", 0.95),
            ("p1_mean", -5.0),
            ("p1_sd", 0.1),
            ("p2_weight", 0.05),
            ("p2_mean", 5.0),
            ("q_bells", 1.0),
            ("q1_mean", -5.0),
            ("q1_sd", 0.1),
        ],
    ),
    ("evidence", "hundredth", &[("q", 0.53)]),
    ("evidence", "tenth", &[("q", 0.38)]),
    ("evidence", "one", &[("q", 0.06)]),
    ("extra-bits", "free", &[("q_a", 0.5), ("q_b", 0.25), ("q_c", 0.125), ("q_d", 0.125)]),
    ("extra-bits", "double", &[("p_a", 1.0), ("p_b", 0.05), ("p_c", 0.05), ("p_d", 0.05)]),
    ("cross-entropy", "unsure", &[("z_cat", 0.0), ("z_dog", 0.0), ("z_fox", 0.0)]),
    // ln(0.9333/0.0333) = 3.33 between the logits.
    ("cross-entropy", "matched", &[("smoothing", 0.1), ("z_cat", 3.3), ("z_dog", 0.0), ("z_fox", 0.0)]),
    ("likelihood", "impossible", &[("theta", 1.0)]),
    ("mutual-information", "tells-all", &[("ice_sun", 1.0), ("ice_rain", 0.0)]),
    ("mutual-information", "hardly", &[("ice_sun", 0.52), ("ice_rain", 0.5)]),
];

#[test]
fn goals_can_be_reached() {
    for (scene, goal, numbers) in SOLVED {
        let seen = state(scene, &At(numbers));
        assert!(seen.view.goals.iter().any(|g| g.id == *goal && g.reached), "{scene}: {goal} is not reached");
    }
}

#[test]
fn points_can_be_fitted_by_hand() {
    let seen = state("likelihood", &Kind("points", &[("mean", 0.5), ("sd", 2.0)]));
    assert!(seen.view.goals.iter().any(|g| g.id == "best" && g.reached));
}

/// I = H(X) + H(Y) − H(X, Y), which the scene gets as a divergence.
#[test]
fn information_is_what_entropies_save() {
    let states = [
        At(&[]),
        At(&[("sun", 0.31), ("ice_sun", 0.07), ("ice_rain", 0.93)]),
        At(&[("ice_sun", 0.5), ("ice_rain", 0.51)]),
        Kind("gaussian", &[("rho", -0.37)]),
        Kind("gaussian", &[("rho", 0.99)]),
    ];
    for values in &states {
        let seen = state("mutual-information", values);
        let read = |id: &str| seen.view.readouts.iter().find(|r| r.id == id).expect("a readout").quantity;
        let [i, x, y, both] = ["information", "entropy_x", "entropy_y", "entropy_joint"].map(read);
        let error = i.error + x.error + y.error + both.error + 4.0 * f64::EPSILON * (x.value + y.value);
        assert!((x.value + y.value - both.value - i.value).abs() <= error, "{i:?} {x:?} {y:?} {both:?}");
    }
}
