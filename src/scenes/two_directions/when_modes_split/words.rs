//! The words of the scene: formulae, presets, questions.

use crate::figure::Role;
use crate::quantity::{LN_2, Quantity, Unit};
use crate::scene::{Formula, Math, Preset, Question};

use super::State;

/// What the middle costs against a mode, and where the modes end.
pub fn formulas(state: &State) -> Vec<Formula> {
    let words = |w: &'static str| Math::Words(w.into());
    let nats = |v: &crate::divergence::Answer| Math::from(v.quantity(Unit::Nats));
    let mut all = Vec::new();
    if let Some((side, _)) = &state.now.side {
        let gap = side.value.value - state.now.middle.value.value;
        let gap = Quantity::bounded(gap, side.value.error + state.now.middle.value.error).unit(Unit::Nats);
        all.push(Formula::new(
            "On a mode or in the middle",
            [
                words("D on a mode"),
                "−".into(),
                words("D in the middle"),
                "=".into(),
                nats(&side.value),
                "−".into(),
                nats(&state.now.middle.value),
                "=".into(),
                Math::from(gap).colored(Role::Reverse),
            ],
        ));
    }
    all.push(Formula::new(
        "On a mode of weight w, far from the others",
        [
            words("on a mode of weight w, far from the others:\u{a0}"),
            "D".into(),
            "(".into(),
            "Q".into(),
            "‖".into(),
            "P".into(),
            ")".into(),
            "≈".into(),
            "−".into(),
            "ln".into(),
            "w".into(),
            "=".into(),
            "ln".into(),
            Math::from(Quantity::exact(2.0)),
            "=".into(),
            Math::from(Quantity::rounded(LN_2).unit(Unit::Nats)),
        ],
    ));
    all
}

/// States worth seeing.
pub fn presets() -> Vec<Preset> {
    vec![
        Preset::new("two", "Two modes, one fit", &[("d", 2.0)]),
        Preset::new("born", "Modes become possible", &[("d", 2.45)]).with("history", "together"),
        Preset::new("tie", "The tie", &[("d", 2.8)]).with("history", "together"),
        Preset::new("chosen", "A mode is chosen", &[("d", 3.0)]).with("history", "together"),
        Preset::new("stuck", "Stuck in the middle", &[("d", 3.6)]),
        Preset::new("loop", "In and out again", &[("walk", 80.0)]),
    ]
}

/// Questions to answer before the branches are shown.
pub fn questions() -> Vec<Question> {
    vec![
        Question::new(
            "where",
            "Two equal modes of sd 1 at −2 and 2: clearly two. Where is the Gaussian with the least D(Q‖P)?",
            &[("d", 2.0)],
            &[
                (
                    "mode",
                    "on one of the modes",
                    "So it is often said. But a narrow Q on one mode leaves out half of P, which costs {half}; in the middle it costs {middle}.",
                ),
                (
                    "middle",
                    "in the middle, over both",
                    "Yes: with sd 2.05, at {middle}. That reverse KL seeks a mode is true only from d = 2.8 on, when two equal modes are 5.6 sds apart.",
                ),
                (
                    "both",
                    "both places are equally good",
                    "That happens at one distance only, the tie at d = 2.80. Here there is not even a minimum on the modes.",
                ),
            ],
            "middle",
        )
        .telling("half", Quantity::bounded(0.632_720, 5e-7).unit(Unit::Nats))
        .telling("middle", Quantity::bounded(0.226_51, 5e-6).unit(Unit::Nats)),
        Question::new(
            "follow",
            "Q sits on the right mode while the modes approach from far apart to d = 2.6. There the middle is better. Q walks only downhill. Where is it now?",
            &[("d", 2.6)],
            &[
                (
                    "middle",
                    "in the middle",
                    "There is a hill between: a saddle. Downhill does not lead over it, and Q stays where it came from.",
                ),
                (
                    "mode",
                    "still on the mode",
                    "Yes. Its valley exists until d = 2.41; only when it vanishes does Q slide to the middle.",
                ),
                (
                    "between",
                    "halfway between the two",
                    "There is no stationary point halfway but a saddle, and only a descent that starts exactly on its ridge stops there.",
                ),
            ],
            "mode",
        )
        .with("history", "together"),
    ]
}
