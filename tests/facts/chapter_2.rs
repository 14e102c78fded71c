//! Chapter 2, the rules.

use crate::State::{Preset, Values as At};
use crate::{Fact, Reached, state};

pub const FACTS: &[Fact] = &[
    Fact {
        scene: "never-negative",
        state: Preset("upside-down"),
        shown: &[("forward", "0.4564 nats"), ("tv", "0.4000"), ("pinsker", "0.4777"), ("negative", "−0.2197 nats")],
    },
    Fact { scene: "never-negative", state: Preset("coin"), shown: &[("forward", "0.5341 nats"), ("tv", "0.5000")] },
    Fact {
        scene: "never-negative",
        state: Preset("equal"),
        shown: &[("forward", "0 nats"), ("tv", "0"), ("pinsker", "0"), ("negative", "0 nats")],
    },
    // Weights in the same proportions are the same distribution, to the last bit.
    Fact {
        scene: "never-negative",
        state: At(&[
            ("p_sun", 0.1),
            ("p_cloud", 0.3),
            ("p_rain", 0.6),
            ("p_snow", 0.0),
            ("q_sun", 0.03),
            ("q_cloud", 0.09),
            ("q_rain", 0.18),
            ("q_snow", 0.0),
        ]),
        shown: &[("forward", "0 nats"), ("positive", "0 nats"), ("negative", "0 nats")],
    },
    Fact { scene: "never-negative", state: Preset("no-snow"), shown: &[("forward", "∞ nats"), ("tv", "0.1000")] },
    Fact {
        scene: "not-a-distance",
        state: Preset("shortcut"),
        shown: &[
            ("straight", "0.5108 nats"),
            ("forward", "0.1438 nats"),
            ("second", "0.0923 nats"),
            ("detour", "0.2362 nats"),
            ("reverse", "0.1308 nats"),
        ],
    },
    Fact {
        scene: "not-a-distance",
        state: At(&[("p", 0.4), ("q", 0.4), ("r", 0.4)]),
        shown: &[("straight", "0 nats"), ("detour", "0 nats"), ("reverse", "0 nats")],
    },
    Fact {
        scene: "not-a-distance",
        state: Preset("mirror"),
        shown: &[("forward", "0.8318 nats"), ("reverse", "0.8318 nats")],
    },
    Fact {
        scene: "not-a-distance",
        state: Preset("impossible"),
        shown: &[("straight", "∞ nats"), ("forward", "0.1438 nats"), ("detour", "∞ nats")],
    },
    Fact {
        scene: "impossible-events",
        state: Preset("visitors"),
        shown: &[
            ("forward", "∞ nats"),
            ("reverse", "0.1667 nats"),
            ("js", "0.0560 nats"),
            ("tv", "0.1500"),
            ("decade", "0.3454 nats"),
        ],
    },
    Fact {
        scene: "impossible-events",
        state: Preset("tiny-floor"),
        shown: &[("forward", "∞ nats"), ("smoothed", "3.9670 nats")],
    },
    Fact { scene: "impossible-events", state: Preset("rare"), shown: &[("forward", "∞ nats"), ("tv", "0.00100")] },
    Fact {
        scene: "impossible-events",
        state: Preset("wider"),
        shown: &[("forward", "0.1667 nats"), ("reverse", "∞ nats"), ("decade", "0 nats")],
    },
    Fact {
        scene: "sliding-apart",
        state: Preset("near"),
        shown: &[("forward", "0.5000 nats"), ("js", "0.1114 nats"), ("tv", "0.3829"), ("w", "1.0000")],
    },
    Fact { scene: "sliding-apart", state: At(&[("gap", 2.0)]), shown: &[("js", "0.3368 nats"), ("tv", "0.6827")] },
    Fact {
        scene: "sliding-apart",
        state: Preset("apart"),
        shown: &[("forward", "8.0000 nats"), ("js", "0.6327 nats"), ("w", "4.0000")],
    },
    // At the usual digits both would read as their ceilings.
    Fact {
        scene: "sliding-apart",
        state: Preset("far"),
        shown: &[("forward", "32.000 nats"), ("js", "0.69305 nats"), ("tv", "0.99994"), ("w", "8.0000")],
    },
    Fact {
        scene: "sliding-apart",
        state: At(&[("gap", 0.0)]),
        shown: &[("forward", "0 nats"), ("js", "0 nats"), ("tv", "0"), ("w", "0"), ("js_slope", "0 nats")],
    },
    Fact {
        scene: "sliding-apart",
        state: At(&[("gap", 1.05)]),
        // g²/2 = 0.55125 is a tie at four decimals.
        shown: &[("forward", "0.5513 nats"), ("w", "1.0500")],
    },
    Fact {
        scene: "sliding-apart",
        state: Preset("hair"),
        shown: &[("forward", "∞ nats"), ("js", "0.00693 nats"), ("tv", "0.0100"), ("w", "0.0100")],
    },
    Fact {
        scene: "sliding-apart",
        state: Preset("parted"),
        shown: &[
            ("forward", "∞ nats"),
            ("js", "0.6931 nats"),
            ("js", "1.0000 bits"),
            ("w", "1.5000"),
            ("js_slope", "0 nats"),
        ],
    },
    Fact {
        scene: "temperature",
        state: Preset("ladder"),
        shown: &[
            ("forward", "0.6095 nats"),
            ("reverse", "0.8425 nats"),
            ("bill", "2.4519 nats"),
            ("free_energy", "−0.4519"),
            ("entropy", "1.6094 nats"),
        ],
    },
    // In the cold the forward divergence reaches ln 5, and the reverse one 2/T − ln 5, which has no limit.
    Fact {
        scene: "temperature",
        state: At(&[("log_t", -2.0)]),
        shown: &[("forward", "1.6094 nats"), ("reverse", "198.39 nats")],
    },
    // Where two levels are lowest together, or three, P shares itself between them: ln(5/2) and ln(5/3).
    Fact { scene: "temperature", state: At(&[("log_t", -2.0), ("e2", 0.0)]), shown: &[("forward", "0.9163 nats")] },
    Fact {
        scene: "temperature",
        state: At(&[("log_t", -2.0), ("e2", 0.0), ("e5", 0.0)]),
        shown: &[("forward", "0.5108 nats")],
    },
    // In the heat both tend to Var(E)/2T² = 1/T².
    Fact {
        scene: "temperature",
        state: Preset("hot"),
        shown: &[("forward", "9.9994 × 10⁻⁵ nats"), ("reverse", "9.9998 × 10⁻⁵ nats")],
    },
    Fact { scene: "temperature", state: Preset("flat"), shown: &[("forward", "0 nats"), ("reverse", "0 nats")] },
];

pub const REACHED: &[Reached] = &[
    ("never-negative", "zero", Preset("equal")),
    ("never-negative", "three-negative", Preset("one-surprise")),
    (
        "never-negative",
        "tight",
        At(&[
            ("p_sun", 0.5),
            ("p_cloud", 0.5),
            ("p_rain", 0.0),
            ("p_snow", 0.0),
            ("q_sun", 0.52),
            ("q_cloud", 0.48),
            ("q_rain", 0.0),
            ("q_snow", 0.0),
        ]),
    ),
    ("not-a-distance", "longer", Preset("longer")),
    ("not-a-distance", "bargain", At(&[("p", 0.5), ("q", 0.14), ("r", 0.01)])),
    ("impossible-events", "whisper", Preset("rare")),
    ("impossible-events", "both", Preset("both")),
    ("impossible-events", "any-number", At(&[("log_eps", -6.3)])),
    ("sliding-apart", "lost", Preset("far")),
    ("sliding-apart", "steepest", At(&[("gap", 1.7)])),
    ("sliding-apart", "half", Preset("half")),
    ("temperature", "forward", Preset("ground")),
    ("temperature", "cold-and-close", At(&[("e1", 1.0), ("e2", 1.05), ("e3", 1.1), ("e4", 1.15), ("e5", 1.2)])),
];

#[test]
fn an_infinity_names_the_outcome_that_causes_it() {
    let seen = state("impossible-events", &Preset("visitors"));
    let cause = seen.view.readouts.iter().find(|r| r.id == "forward").and_then(|r| r.cause.clone());
    assert_eq!(cause.expect("a cause").english(), "P gives Linux 0.1500 where Q gives it 0");
}

/// A finite sum has no cause of infinity, and the number of negative terms is said as one says it.
#[test]
fn negative_terms_are_finite_and_counted_in_words() {
    let seen = state("never-negative", &Preset("no-snow"));
    let cause = |id: &str| seen.view.readouts.iter().find(|r| r.id == id).expect("a readout").cause.is_some();
    assert!(cause("forward") && cause("positive") && !cause("negative"));
    for (preset, words) in [
        ("equal", "no term is negative"),
        ("coin", "one of its terms is negative"),
        ("near", "2 of its terms are negative"),
        ("one-surprise", "3 of its terms are negative"),
    ] {
        let said = state("never-negative", &Preset(preset)).view.description.english();
        assert!(said.contains(words), "{preset}: {said}");
    }
}

/// The figure of the impossible coin does not compare two infinities.
#[test]
fn two_infinities_are_not_set_equal() {
    for (preset, sign) in [("impossible", None), ("shortcut", Some(">")), ("longer", Some("<"))] {
        let seen = state("not-a-distance", &Preset(preset));
        let written = format!("{:?}", seen.view.formulas[0].math);
        let compared = [">", "<"].into_iter().find(|sign| written.contains(&format!("Operator(\"{sign}\")")));
        assert_eq!(compared, sign, "{preset}");
        assert!(!written.contains(
            "Operator(\"=\"), Number(Quantity { value: inf, error: 0.0, unit: Nats, more: 1 }), Operator(\"=\")"
        ));
    }
}

#[test]
fn bells_eight_apart_are_not_quite_at_the_ceiling() {
    let seen = state("sliding-apart", &Preset("far"));
    let js = seen.view.readouts.iter().find(|r| r.id == "js").expect("js").quantity;
    assert!((js.value - 0.69305).abs() + js.error < 0.5e-5, "{js}");
}
