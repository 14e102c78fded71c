//! The words of the scene: formulae, presets, questions.

use super::State;
use crate::figure::Role;
use crate::fit::plane::Shape;
use crate::quantity::{Quantity, Unit};
use crate::scene::{Formula, Math, Preset, Question};

/// The factorised fits of one bell, and what both of them cost.
pub fn formulas(state: &State) -> Vec<Formula> {
    let Some(reverse) = state.reverse.first().filter(|_| state.shape == Shape::Factorised) else {
        return Vec::new();
    };
    let number = |v: f64| Math::from(Quantity::exact(v));
    let square = |m: Math| Math::power(m, Quantity::exact(2.0));
    let rest = |rho: Math| Math::from(["(".into(), number(1.0), "−".into(), square(rho), ")".into()]);
    let signed = |v: f64| if v < 0.0 { Math::from(["(".into(), number(v), ")".into()]) } else { number(v) };
    let named = |words: &'static str, role: Role| Math::Words(words.into()).colored(role);
    let sigma = |of: &'static str| Math::index("σ", of);
    vec![
        Formula::new(
            "Forward keeps the variance of x₁",
            [
                named("forward fit:\u{a0}", Role::Forward),
                square(sigma("Q")),
                "=".into(),
                square(sigma("1")),
                "=".into(),
                square(number(state.sd[0])).colored(Role::Forward),
            ],
        ),
        Formula::new(
            "Reverse keeps that of a slice",
            [
                named("reverse fit:\u{a0}", Role::Reverse),
                square(sigma("Q")),
                "=".into(),
                square(sigma("1")),
                rest("ρ".into()),
                "=".into(),
                square(number(state.sd[0])),
                "·".into(),
                rest(signed(state.rho)),
                "=".into(),
                Math::from(Quantity::rounded(reverse.normal.cov()[0])).colored(Role::Reverse),
            ],
        ),
        Formula::new(
            "Both cost the same",
            [
                named("D(P‖forward fit)", Role::Forward),
                "=".into(),
                named("D(reverse fit‖P)", Role::Reverse),
                "=".into(),
                "−".into(),
                Math::fraction(number(1.0), number(2.0)),
                "ln".into(),
                rest("ρ".into()),
                "=".into(),
                Math::from(reverse.value.quantity(Unit::Nats)),
            ],
        ),
    ]
}

/// States worth seeing.
pub fn presets() -> Vec<Preset> {
    let two = |id, label, x: f64, y: f64, family: &str| {
        Preset::new(id, label, &[("gap_x", x), ("gap_y", y), ("sd_x", 0.7), ("sd_y", 0.7), ("rho", 0.3)])
            .with("target", "two")
            .with("family", family)
    };
    vec![
        Preset::new("tilted", "A tilted bell", &[("rho", 0.8)]),
        Preset::new("strong", "Almost a line", &[("rho", 0.95)]),
        Preset::new("independent", "No correlation: no conflict", &[("rho", 0.0)]),
        two("close", "Two bells, close", 0.8, -0.6, "full"),
        two("far", "Two bells, far apart", 2.0, -1.2, "full"),
        two("far-factorised", "Far apart, no correlation in Q", 2.0, -1.2, "factorised"),
    ]
}

/// Questions to answer before the fits are shown.
pub fn questions() -> Vec<Question> {
    vec![
        Question::new(
            "width",
            "P has sd 1 in each coordinate and correlation 0.8; Q may have none. How wide is the Q with the least D(Q‖P)?",
            &[("rho", 0.8)],
            &[
                (
                    "same",
                    "sd 1, like each coordinate of P",
                    "That is the forward fit. Such a Q often lands beside the ridge, where P has almost nothing.",
                ),
                (
                    "narrow",
                    "sd 0.6, narrower",
                    "Yes: √(1 − 0.8²), the width of a slice of P. For this reason mean-field methods are too sure of themselves about one correlated bell.",
                ),
                (
                    "wide",
                    "sd 1.4, to reach the ends of the ridge",
                    "No direction asks for that: P itself has sd 1 in each coordinate, and neither of the two best Qs has a larger one.",
                ),
            ],
            "narrow",
        ),
        Question::new(
            "cost",
            "Forward and reverse fits differ much in width here. Which of the two is further from P, each in its own direction?",
            &[("rho", 0.8)],
            &[
                (
                    "forward",
                    "the forward fit, D(P‖Q)",
                    "It looks worse, being too wide. But measured by its own divergence it loses as much as the other.",
                ),
                (
                    "reverse",
                    "the reverse fit, D(Q‖P)",
                    "It looks worse, being too narrow. But measured by its own divergence it loses as much as the other.",
                ),
                (
                    "equal",
                    "they are equally far",
                    "Yes: both lose the mutual information of the two coordinates, {i} here.",
                ),
            ],
            "equal",
        )
        .telling("i", Quantity::rounded(-0.5 * 0.36f64.ln()).unit(Unit::Nats)),
    ]
}
