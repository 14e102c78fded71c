//! The contract of a scene: a pure function from control values to what is seen and said.
//!
//! A scene declares its controls by reading them, and returns a [`View`]: a figure, readouts, words,
//! presets, questions and goals, all as data. The same values always give the same view; randomness comes
//! from a seed control and time from a step control, so every state is a link.

pub mod bells;
mod controls;
mod grab;
mod last;
mod math;
mod outcomes;
mod shares;
mod typed;
mod value;
mod view;

pub use controls::{Control, Controls, Tie};
pub use grab::{Arrow, drag, press, slide, step, sweep, typed};
pub use last::Last;
pub use math::Math;
pub use outcomes::{Outcome, Outcomes};
pub use shares::Shares;
pub use typed::Signs;
pub use value::{Kind, Problem, Range, Value, Values};
pub use view::{Formula, Goal, Preset, Question, Readout, View};

use crate::error::Result;

/// A chapter of the lesson.
#[derive(Clone, Copy, Debug)]
pub struct Chapter {
    /// Its name in links.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Its scenes in teaching order.
    pub scenes: &'static [Scene],
}

/// A scene of the lesson.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
    /// Its name in links and attributes.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Its idea in one sentence.
    pub about: &'static str,
    /// The scene itself; an error says what it has no figure for.
    pub view: fn(&mut Controls<'_>) -> Result<View>,
}

/// A scene run on control values.
#[derive(Debug)]
pub struct Seen {
    /// What the scene shows.
    pub view: View,
    /// The controls it declared, in order.
    pub controls: Vec<Control>,
    /// What was given and could not be applied; the default stands in.
    pub problems: Vec<Problem>,
}

impl Scene {
    /// Runs the scene. Values that are unknown or break a rule are reported, and the rest is applied.
    /// While a question is `asked`, the scene keeps its answer to itself.
    pub fn run(&self, values: &Values, asked: bool) -> Seen {
        let mut controls = Controls::new(values, asked);
        let view = (self.view)(&mut controls);
        let view = match view {
            Ok(view) if asked => view.withheld(),
            Ok(view) => view,
            // Where there is no figure, a sentence says why; it answers no question.
            Err(fault) => View { description: fault.text(), ..View::default() },
        };
        let (controls, problems) = controls.finish();
        Seen { view, controls, problems }
    }
}

impl Seen {
    /// The control of that name.
    pub fn control(&self, id: &str) -> Option<&Control> {
        self.controls.iter().find(|c| c.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[test]
    fn a_scene_without_a_figure_says_why() {
        let scene = Scene {
            id: "none",
            title: "None",
            about: "None.",
            view: |_| Err(Error::bad("sd", 0.0, "must be above 0")),
        };
        for asked in [false, true] {
            let seen = scene.run(&Values::new(), asked);
            assert!(seen.view.figure.rows.is_empty());
            assert_eq!(seen.view.description.english(), "sd: 0 must be above 0");
        }
    }
}
