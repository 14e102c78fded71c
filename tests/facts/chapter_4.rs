//! Chapter 4, two directions.

use crate::State::{Link, Preset, Question, Values as At};
use crate::{Fact, Reached};

pub const FACTS: &[Fact] = &[
    Fact {
        scene: "two-fits",
        state: Preset("two"),
        shown: &[
            ("forward_fit_mean", "0.0000"),
            ("forward_fit_sd", "2.0881"),
            ("reverse_fit_1_mean", "−1.9971"),
            ("reverse_fit_2_mean", "1.9971"),
            ("reverse_fit_1_sd", "0.6049"),
            ("reverse_fit_2_sd", "0.6049"),
        ],
    },
    Fact {
        scene: "two-fits",
        state: Link(&[("family", "fixed"), ("q_sd", "0.6")]),
        shown: &[("reverse_maximum_1_mean", "0.0000"), ("forward_fit_mean", "0.0000")],
    },
    Fact {
        scene: "two-fits",
        state: Preset("one"),
        shown: &[("forward_fit", "0 nats"), ("reverse_fit_1", "0 nats"), ("reverse_fit_1_mean", "1.0000")],
    },
    Fact {
        scene: "when-modes-split",
        state: At(&[("d", 2.0)]),
        shown: &[
            ("middle_mean", "0.0000"),
            ("middle_sd", "2.0470"),
            ("best", "0.22651 nats"),
            ("birth", "2.41223"),
            ("tie", "2.80008"),
            ("birth_mean", "2.14572"),
            ("birth_sd", "1.29099"),
        ],
    },
    Fact {
        scene: "when-modes-split",
        state: Preset("chosen"),
        shown: &[
            ("side_mean", "2.9843"),
            ("side_sd", "1.0234"),
            ("side", "0.68877 nats"),
            ("best", "0.68877 nats"),
            ("middle", "0.84062 nats"),
        ],
    },
    Fact {
        scene: "mean-field",
        state: Preset("tilted"),
        shown: &[
            ("forward_fit_var_x", "1.0000"),
            ("forward_fit_var_y", "1.0000"),
            ("forward_fit", "0.5108 nats"),
            ("reverse_fit_1_var_x", "0.3600"),
            ("reverse_fit_1_var_y", "0.3600"),
            ("reverse_fit_1", "0.5108 nats"),
        ],
    },
    Fact {
        scene: "mean-field",
        state: Link(&[("family", "full")]),
        shown: &[("forward_fit", "0 nats"), ("reverse_fit_1", "0 nats"), ("reverse_fit_1_rho", "0.8000")],
    },
    Fact {
        scene: "family",
        state: At(&[
            ("weight", 0.5),
            ("p1_mean", -2.0),
            ("p1_sd", 0.6),
            ("p2_mean", 2.0),
            ("p2_sd", 0.6),
            ("alpha", 1.0),
        ]),
        shown: &[("mean", "0.0000"), ("sd", "2.0881"), ("fit_0_mean", "−1.9971"), ("fit_0_sd", "0.6049")],
    },
];

pub const REACHED: &[Reached] = &[
    ("two-fits", "forward", At(&[("q_mean", 0.0), ("q_sd", 2.1)])),
    ("two-fits", "reverse", At(&[("q_mean", 2.0), ("q_sd", 0.6)])),
    ("two-fits", "hidden", Link(&[("game", "hidden"), ("hidden", "1"), ("q_mean", "3.1"), ("q_sd", "2")])),
    ("when-modes-split", "stays", Question("follow")),
    ("when-modes-split", "stuck", At(&[("d", 3.6)])),
    ("when-modes-split", "tie", At(&[("d", 2.8)])),
    ("mean-field", "reverse", At(&[("q_sd_x", 0.6), ("q_sd_y", 0.6)])),
    ("mean-field", "forward", At(&[("q_sd_x", 1.0), ("q_sd_y", 1.0)])),
    ("mean-field", "sure", At(&[("rho", 0.9)])),
    ("family", "jump", Preset("leap")),
    ("family", "alike", At(&[("p1_mean", -0.3), ("p2_mean", 0.3), ("weight", 0.5)])),
];
