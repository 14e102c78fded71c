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
    Fact { scene: "never-negative", state: Preset("no-snow"), shown: &[("forward", "∞ nats"), ("tv", "0.1000")] },
    Fact {
        scene: "not-a-distance",
        state: Preset("shortcut"),
        shown: &[
            ("straight", "0.5108 nats"),
            ("forward", "0.1438 nats"),
            ("second", "0.0923 nats"),
            ("detour", "0.2362 nats"),
        ],
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
];

#[test]
fn an_infinity_names_the_outcome_that_causes_it() {
    let seen = state("impossible-events", &Preset("visitors"));
    let cause = seen.view.readouts.iter().find(|r| r.id == "forward").and_then(|r| r.cause.clone());
    assert_eq!(cause.expect("a cause").english(), "P gives Linux 0.1500 where Q gives it 0");
}
