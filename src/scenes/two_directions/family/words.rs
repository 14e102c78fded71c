//! The words of the scene: formulae, presets, questions.

use super::{State, unit};
use crate::figure::Role;
use crate::quantity::Quantity;
use crate::scene::{Formula, Math, Preset, Question};

/// The definition with α in it, or its limit at 0 and 1.
pub fn formulas(state: &State) -> Vec<Formula> {
    let a = state.alpha;
    let value = || Math::from(state.now.value.quantity(unit(a))).colored(Role::Q);
    let words = |w: &'static str| Math::Words(w.into());
    let number = |v: f64| {
        let exact = Math::from(Quantity::exact((v * 1e9).round() / 1e9));
        if v < 0.0 { Math::from(["(".into(), exact, ")".into()]) } else { exact }
    };
    let general = |alpha: &dyn Fn() -> Math, rest: &dyn Fn() -> Math| {
        Math::fraction(
            [
                "∫".into(),
                "(".into(),
                alpha(),
                "p".into(),
                "+".into(),
                rest(),
                "q".into(),
                "−".into(),
                Math::power("p", alpha()),
                Math::power("q", rest()),
                ")".into(),
            ],
            [alpha(), "·".into(), rest()],
        )
    };
    let symbol = || Math::from("α");
    let complement = || Math::from(["(".into(), Math::from(Quantity::exact(1.0)), "−".into(), "α".into(), ")".into()]);
    let last = if a == 0.0 || a == 1.0 {
        let limit = if a == 0.0 { "in the limit α → 0: D(Q‖P)" } else { "in the limit α → 1: D(P‖Q)" };
        Formula::new("With this α", [words(limit), "=".into(), value()])
    } else {
        Formula::new("With this α", [general(&|| number(a), &|| number(1.0 - a)), "=".into(), value()])
    };
    vec![Formula::new("The α-divergence", general(&symbol, &complement)), last]
}

/// States worth seeing.
pub fn presets() -> Vec<Preset> {
    vec![
        Preset::new("reverse", "α = 0: reverse", &[("alpha", 0.0)]),
        Preset::new("half", "α = ½: halfway", &[("alpha", 0.5)]),
        Preset::new("forward", "α = 1: forward", &[("alpha", 1.0)]),
        Preset::new("chi2", "α = 2: half of χ²", &[("alpha", 2.0)]),
        Preset::new("beyond", "α = −1: beyond reverse", &[("alpha", -1.0)]),
        Preset::new(
            "leap",
            "Two equal modes: a leap",
            &[("weight", 0.5), ("p1_mean", -2.0), ("p1_sd", 0.6), ("p2_mean", 2.0), ("p2_sd", 0.6), ("alpha", 0.3)],
        ),
    ]
}

/// Questions to answer before the fits are shown.
pub fn questions() -> Vec<Question> {
    vec![
        Question::new(
            "widest",
            "One Gaussian is fitted to this P by the α-divergence. Under which of these orders α is the best fit widest?",
            &[],
            &[
                ("reverse", "α = 0, the reverse divergence", "There Q samples, and it shuns places where P is small."),
                (
                    "forward",
                    "α = 1, the forward divergence",
                    "Wide, but the family goes on: a larger α counts even more what Q misses.",
                ),
                (
                    "chi2",
                    "α = 2, half of χ²",
                    "Yes. It averages (p/q)², so a place of P that Q neglects costs more than in the other two: the widest cover.",
                ),
            ],
            "chi2",
        ),
        Question::new(
            "symmetric",
            "One member of the family does not care which of P and Q comes first. Which?",
            &[],
            &[
                ("zero", "α = 0", "That is D(Q‖P): swapping P and Q gives D(P‖Q), the member with α = 1."),
                (
                    "half",
                    "α = ½",
                    "Yes: swapping P and Q turns α into 1 − α, and ½ stays. It is four times the squared Hellinger distance.",
                ),
                (
                    "two",
                    "α = 2",
                    "Swapping turns it into α = −1: half of χ² the other way round, and quite another number.",
                ),
            ],
            "half",
        ),
    ]
}
