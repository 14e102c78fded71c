//! The states worth seeing, and questions about them.

use crate::quantity::{LN_2, Quantity, Unit};
use crate::scene::{Preset, Question};

/// States worth seeing.
pub fn presets() -> Vec<Preset> {
    let table = |id, label: &'static str, sun, when_sun, when_rain| {
        Preset::new(id, label, &[("sun", sun), ("ice_sun", when_sun), ("ice_rain", when_rain)])
    };
    let gaussian = |id, label: &'static str, rho| Preset::new(id, label, &[("rho", rho)]).with("kind", "gaussian");
    vec![
        table("weather", "Ice cream weather", 0.6, 0.7, 0.2),
        table("independent", "Ice cream in any weather", 0.6, 0.5, 0.5),
        table("certain", "Only when it is sunny", 0.5, 1.0, 0.0),
        gaussian("half", "Correlation 0.5", 0.5),
        gaussian("strong", "Correlation 0.8", 0.8),
        gaussian("close", "Correlation 0.9", 0.9),
    ]
}

/// Questions to commit to before looking.
pub fn questions() -> Vec<Question> {
    let doubled = Question::new(
        "sign",
        "Two Gaussians have correlation −0.8. Compared with correlation 0.8, what does one tell about the other?",
        &[("rho", -0.8)],
        &[
            (
                "less",
                "less: it is negative",
                "A low value of one then tells of a high value of the other; that is just as good to know.",
            ),
            ("same", "the same", "Yes: only ρ² counts. Turning one of the two upside down only renames its values."),
            (
                "none",
                "nothing",
                "Nothing is told at ρ = 0, where the ellipse is a circle. Here it is narrow and slanting.",
            ),
        ],
        "same",
    )
    .with("kind", "gaussian");
    vec![
        Question::new(
            "rare",
            "Ice cream is bought on 90 % of sunny and 10 % of rainy days. When does buying tell most about the weather?",
            &[("sun", 0.95), ("ice_sun", 0.9), ("ice_rain", 0.1)],
            &[
                (
                    "sunny",
                    "where it is nearly always sunny",
                    "There the weather is hardly in question: its own entropy, the most that can be told, is small.",
                ),
                (
                    "even",
                    "where sun and rain are equally likely",
                    "Yes: there is most to be told, {most}, and buying tells {told} of it.",
                ),
                (
                    "any",
                    "it makes no difference",
                    "The two conditional shares are the same, but information is a mean over the days as they come.",
                ),
            ],
            "even",
        )
        .telling("most", Quantity::rounded(LN_2).unit(Unit::Nats))
        .telling("told", Quantity::rounded(0.368_064_207_168_497).unit(Unit::Nats)),
        doubled,
    ]
}
