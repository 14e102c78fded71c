//! The words of the scene: formulae, presets, questions.

use crate::dist::mixture::{Component, Mixture};
use crate::figure::Role;
use crate::fit::forward::ForwardFit;
use crate::quantity::Quantity;
use crate::scene::{Formula, Math, Preset, Question};

/// The forward fit is a match of moments: of the mean alone where the sd is `fixed`.
pub fn formulas(p: &Mixture, fit: &ForwardFit, fixed: bool) -> Vec<Formula> {
    let number = |v: f64| Math::from(Quantity::bounded(v, 1e-13 * (v.abs() + fit.normal.sd())));
    let sum = |term: &dyn Fn(&Component) -> Math| {
        let mut parts: Vec<Math> = Vec::new();
        for mode in p.components() {
            if !parts.is_empty() {
                parts.push("+".into());
            }
            parts.push(term(mode));
        }
        Math::from(parts)
    };
    let signed = |v: f64| if v < 0.0 { Math::from(["(".into(), number(v), ")".into()]) } else { number(v) };
    let square = |m: Math| Math::power(m, Quantity::exact(2.0));
    let of = |symbol: &'static str, index: &'static str| Math::index(symbol, index);
    let mean = Formula::new(
        "Forward fit: the mean of P",
        [
            of("μ", "Q"),
            "=".into(),
            "∑".into(),
            of("w", "k"),
            of("μ", "k"),
            "=".into(),
            sum(&|m| Math::from([number(m.weight), "·".into(), signed(m.mean)])),
            "=".into(),
            number(fit.normal.mean()).colored(Role::Forward),
        ],
    );
    if fixed {
        return vec![mean];
    }
    vec![
        mean,
        Formula::new(
            "Forward fit: the variance of P",
            [
                square(of("σ", "Q")),
                "=".into(),
                "∑".into(),
                of("w", "k"),
                "(".into(),
                square(of("σ", "k")),
                "+".into(),
                square(Math::from(["(".into(), of("μ", "k"), "−".into(), of("μ", "Q"), ")".into()])),
                ")".into(),
                "=".into(),
                square(number(fit.normal.sd())).colored(Role::Forward),
            ],
        ),
    ]
}

/// States worth seeing.
pub fn presets() -> Vec<Preset> {
    vec![
        Preset::new("two", "Two modes", &[]),
        Preset::new(
            "close",
            "Too close to choose",
            &[("p1_mean", -1.2), ("p1_sd", 0.6), ("p2_mean", 1.2), ("p2_sd", 0.6), ("q_sd", 2.5)],
        ),
        Preset::new("unequal", "One big, one small", &[("p1_weight", 0.8), ("p2_weight", 0.2), ("p2_sd", 0.4)]),
        Preset::new(
            "narrow-wide",
            "A spike and a hill",
            &[
                ("p1_mean", -3.0),
                ("p1_sd", 0.3),
                ("p1_weight", 0.3),
                ("p2_mean", 1.5),
                ("p2_sd", 1.5),
                ("p2_weight", 0.7),
            ],
        ),
        Preset::new("three", "Three modes", &[("modes", 3.0), ("p1_mean", -4.0), ("p2_mean", 0.0), ("p3_mean", 4.0)]),
        Preset::new(
            "one",
            "One mode: no conflict",
            &[("modes", 1.0), ("p1_mean", 1.0), ("p1_sd", 1.2), ("q_mean", -2.0)],
        ),
    ]
}

/// Questions to answer before the fits are shown.
pub fn questions() -> Vec<Question> {
    let shapes = |cover: &'static str, choose: &'static str, between: &'static str| {
        [
            ("cover", "a wide bell over both modes", cover),
            ("choose", "a narrow bell on one of them", choose),
            ("between", "a narrow bell halfway between", between),
        ]
    };
    vec![
        Question::new(
            "forward",
            "P has two modes, Q is one Gaussian. Which Q makes D(P‖Q), the forward divergence, smallest?",
            &[],
            &shapes(
                "Yes. P samples both modes, and each sample that Q finds very unlikely costs much: Q covers both.",
                "Then half of P’s samples would land where Q has almost nothing, and each would cost dearly.",
                "There it would miss nearly all of P’s samples. P samples, so Q must not be small where P goes.",
            ),
            "cover",
        ),
        Question::new(
            "reverse",
            "The same P. Which Q makes D(Q‖P), the reverse divergence, smallest?",
            &[],
            &shapes(
                "Now Q samples, and a wide Q would often sample the gap, where P has almost nothing.",
                "Yes, here: Q samples, so it stays where P is large. Move the modes closer together and this changes.",
                "Q would then sample where P has almost nothing, and nowhere else.",
            ),
            "choose",
        ),
    ]
}
