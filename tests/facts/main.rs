//! The lesson's facts, as a reader meets them: in this state, this number is shown; and every goal can be reached.

mod answers;
mod chapter_1;
mod chapter_2;
mod chapter_3;
mod chapter_4;
mod prose;
mod told;

use kl_explorer::quantity::Quantity;
use kl_explorer::scene::{Seen, Value, Values};
use kl_explorer::scenes::{self, find};

/// A scene's state, and the readouts it must show, digits as in the literature.
pub struct Fact {
    scene: &'static str,
    state: State,
    shown: &'static [(&'static str, &'static str)],
}

/// A state of a scene.
pub enum State {
    /// One of its presets.
    Preset(&'static str),
    /// What one of its questions is about, once it is answered.
    Question(&'static str),
    /// Control values; the others take their defaults.
    Values(&'static [(&'static str, f64)]),
    /// Control values of any kind, as they are written in a link.
    Link(&'static [(&'static str, &'static str)]),
    /// Control values under a choice of `kind`.
    Kind(&'static str, &'static [(&'static str, f64)]),
}

/// A scene, one of its goals, and a state that reaches it.
pub type Reached = (&'static str, &'static str, State);

const FACTS: &[&[Fact]] = &[chapter_1::FACTS, chapter_2::FACTS, chapter_3::FACTS, chapter_4::FACTS];
const REACHED: &[&[Reached]] = &[chapter_1::REACHED, chapter_2::REACHED, chapter_3::REACHED, chapter_4::REACHED];

/// The scene in that state, which must have no problem.
pub fn state(scene: &str, state: &State) -> Seen {
    let scene = find(scene).expect("a scene of that name");
    let given = |numbers: &[(&str, f64)]| -> Values {
        numbers.iter().map(|(id, v)| ((*id).to_owned(), Value::Number(*v))).collect()
    };
    let values: Values = match state {
        State::Values(numbers) => given(numbers),
        State::Link(written) => written.iter().map(|(id, v)| ((*id).to_owned(), Value::from(*v))).collect(),
        State::Kind(kind, numbers) => {
            given(numbers).into_iter().chain([("kind".to_owned(), Value::from(*kind))]).collect()
        }
        State::Preset(id) => {
            let presets = scene.run(&Values::new(), false).view.presets;
            let preset = presets.into_iter().find(|p| p.id == *id);
            preset.unwrap_or_else(|| panic!("{}: no preset {id}", scene.id)).values.into_iter().collect()
        }
        State::Question(id) => {
            let questions = scene.run(&Values::new(), false).view.questions;
            let question = questions.into_iter().find(|q| q.id == *id);
            question.unwrap_or_else(|| panic!("{}: no question {id}", scene.id)).values.into_iter().collect()
        }
    };
    let seen = scene.run(&values, false);
    assert!(seen.problems.is_empty(), "{}: {:?}", scene.id, seen.problems);
    seen
}

#[test]
fn every_fact_of_the_lesson_is_shown() {
    for fact in FACTS.iter().copied().flatten() {
        let seen = state(fact.scene, &fact.state);
        for (id, want) in fact.shown {
            let readout = seen.view.readouts.iter().find(|r| r.id == *id);
            let readout = readout.unwrap_or_else(|| panic!("{}: no readout {id}", fact.scene));
            let quantity: Quantity = if want.ends_with("bits") { readout.quantity.in_bits() } else { readout.quantity };
            assert_eq!(quantity.to_string(), *want, "{} {:?} {id}", fact.scene, seen.view.description.english());
        }
    }
}

#[test]
fn every_scene_has_its_facts() {
    for scene in scenes::all() {
        assert!(FACTS.iter().copied().flatten().any(|f| f.scene == scene.id), "{}: no facts", scene.id);
    }
}

#[test]
fn every_goal_can_be_reached() {
    for scene in scenes::all() {
        for goal in scene.run(&Values::new(), false).view.goals {
            let solution = REACHED.iter().copied().flatten().find(|(s, g, _)| *s == scene.id && *g == goal.id);
            let (_, _, at) =
                solution.unwrap_or_else(|| panic!("{}: nobody has shown how to reach {}", scene.id, goal.id));
            let goals = state(scene.id, at).view.goals;
            assert!(goals.iter().any(|g| g.id == goal.id && g.reached), "{}: {} is not reached", scene.id, goal.id);
        }
    }
}
