//! Chapter 4, two directions.

use crate::State::{Preset, Values as At};
use crate::{Fact, Reached};

pub const FACTS: &[Fact] = &[Fact {
    scene: "two-fits",
    state: Preset("two"),
    shown: &[("forward_fit_mean", "0.0000"), ("forward_fit_sd", "2.0881")],
}];

pub const REACHED: &[Reached] = &[
    ("two-fits", "forward", At(&[("q_mean", 0.0), ("q_sd", 2.1)])),
    ("two-fits", "reverse", At(&[("q_mean", 2.0), ("q_sd", 0.6)])),
];
