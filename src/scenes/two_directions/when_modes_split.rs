//! When modes split: the reverse fit to two equal modes stays between them for longer than one would think, then
//! jumps; and where a fit ends up depends on where it came from.

mod diagrams;
mod story;
mod words;

use crate::dist::mixture::Mixture;
use crate::dist::normal::Normal;
use crate::divergence::Request;
use crate::error::{Error, Result};
use crate::figure::{Axis, Figure, Handle, Mark, Panel, Place, Role, Row, Stroke};
use crate::fit::branches::{Branches, branches, two_modes};
use crate::fit::reverse::Stationary;
use crate::quantity::{Method, Quantity, Unit};
use crate::scene::bells::{self, curve};
use crate::scene::{Controls, Goal, Readout, Scene, View};
use crate::text::Text;
use story::{FURTHEST, STORY, Story};

/// The scene.
pub const SCENE: Scene = Scene {
    id: "when-modes-split",
    title: "When modes split",
    about: "Reverse divergence does not always choose a mode: up to a distance the best Gaussian stays in the middle, and then it jumps.",
    view,
};

/// The walk: from far apart to close together and back, one step of the slider at a time.
const OUT: f64 = 4.0;
const IN: f64 = 2.0;
const STEP: f64 = 0.05;
const STEPS: u32 = 80;

/// Where the learner's fit comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum History {
    /// From close together: it was in the middle.
    Apart,
    /// From far apart: it sat on a mode.
    Together,
    /// From far apart to close together, and apart again.
    Back,
}

/// One state of the scene.
struct State {
    d: f64,
    history: History,
    now: Branches,
    movable: bool,
}

fn view(c: &mut Controls<'_>) -> Result<View> {
    c.group("Two modes of sd 1 at −d and d", Role::P);
    let set = c.stepped("d", "half the distance, d", 0.0..=FURTHEST, STEP, 2.0);
    c.group("A fit that only walks downhill", Role::Q);
    let options = [("apart", "from close together"), ("together", "from far apart")];
    let history = c.choice("history", "the modes come", &options, "apart");
    let walk = c.steps("walk", "walk: in, and out again", STEPS, 0, 10.0);
    let (d, history) = match walk {
        0 => (set, if history == "together" { History::Together } else { History::Apart }),
        k => along(k),
    };
    let story = STORY.as_ref().ok_or(Error::Uncomputed)?;
    let now = branches(d)?.ok_or(Error::Uncomputed)?;
    let state = State { d, history, now, movable: walk == 0 };

    let mut rows = vec![Row::new(if c.asked() { 260.0 } else { 150.0 }, vec![state.densities(c.asked())])];
    if !c.asked() {
        rows.push(Row::new(240.0, vec![diagrams::places(story, &state), diagrams::values(story, &state)]));
    }
    Ok(View {
        figure: Figure { rows },
        description: if c.asked() { Text::new("Two equal modes of sd 1.") } else { state.description() },
        formulas: words::formulas(&state),
        goals: state.goals(),
        readouts: if c.asked() { Vec::new() } else { state.readouts(story) },
        presets: words::presets(),
        questions: words::questions(),
        counts_in: None,
    })
}

/// Where the walk is after so many steps.
fn along(step: usize) -> (f64, History) {
    let half = STEPS as usize / 2;
    if step <= half {
        (OUT - STEP * step as f64, History::Together)
    } else {
        (IN + STEP * (step - half) as f64, History::Back)
    }
}

impl State {
    /// Whether the fits on the modes are the better ones.
    fn side_is_best(&self) -> bool {
        self.now.side.as_ref().is_some_and(|(side, _)| side.value.value < self.now.middle.value.value)
    }

    /// The best fit; of two equal ones the right one.
    fn best(&self) -> &Stationary {
        match &self.now.side {
            Some((side, _)) if self.side_is_best() => side,
            _ => &self.now.middle,
        }
    }

    /// The minimum the learner's fit is in.
    fn followed(&self) -> &Stationary {
        match &self.now.side {
            Some((side, _)) if self.history == History::Together => side,
            _ => &self.now.middle,
        }
    }

    /// D(Q‖P) of a fit to this P.
    fn request(&self, fit: &Stationary) -> Option<Request> {
        let (q, p) = (Normal::new(fit.mean, fit.sd).ok()?, two_modes(self.d).ok()?);
        Some(Request::kl(&q, &p))
    }

    /// Whether the learner's fit is stuck in the worse minimum.
    fn stuck(&self) -> bool {
        self.followed().value.value > self.best().value.value + 1e-9
    }

    fn densities(&self, asked: bool) -> Panel {
        let xs = bells::grid((-8.0, 8.0), []);
        let mut panel = Panel::new(
            "densities",
            if asked { "Two modes of sd 1 at −d and d" } else { "Drag a mode: where is the best Gaussian?" },
            Axis::new(-8.0, 8.0, "x"),
            Axis::new(0.0, 0.45, "density"),
        );
        let Ok(p) = two_modes(self.d) else { return panel };
        let target = curve(&xs, |x| p.pdf(x));
        panel.area(Role::P, "P", target.clone());
        panel.line(Role::P, "P", target);
        if !asked {
            self.fits(&mut panel, &p, &xs);
        }
        if self.movable {
            for (id, label, sign) in [("right", "right mode of P", 1.0), ("left", "left mode of P", -1.0)] {
                let at = (sign * self.d, p.pdf(self.d));
                panel.handle(Handle::new(id, label, Role::P, at).sideways("d", move |(x, _)| sign * x));
            }
        }
        panel
    }

    fn fits(&self, panel: &mut Panel, p: &Mixture, xs: &[f64]) {
        let bell = |mean: f64, sd: f64| Normal::new(mean, sd).ok();
        if let Some(cover) = bell(0.0, p.variance().sqrt()) {
            panel.fine(Role::Forward, "forward fit", curve(xs, |x| cover.pdf(x)));
            let x = -2.3 * cover.sd().min(3.0);
            panel.label(Role::Forward, (x, cover.pdf(x)), Place::Above, "forward fit");
        }
        let best = self.best();
        let places = if self.side_is_best() { vec![best.mean, -best.mean] } else { vec![best.mean] };
        for mean in places {
            let Some(fit) = bell(mean, best.sd) else { continue };
            let name = "best reverse fit";
            panel.line(Role::Reverse, name, bells::curve(xs, |x| fit.pdf(x)));
            // Beside the peak that stands out, or on the flank of what lies over everything.
            let (sds, place) = match mean {
                0.0.. if !self.side_is_best() => (2.6, Place::Above),
                0.0.. => (0.7, Place::Right),
                _ => (0.7, Place::Left),
            };
            let x = mean + mean.signum() * sds * best.sd;
            panel.label(Role::Reverse, (x, fit.pdf(x)), place, name);
        }
        let followed = self.followed();
        if let Some(fit) = bell(followed.mean, followed.sd) {
            panel.mark(Mark::Line {
                name: "Q, walking".into(),
                role: Role::Q,
                stroke: Stroke::Bold,
                points: curve(xs, |x| fit.pdf(x)),
            });
            let words = if self.stuck() { "Q, stuck" } else { "Q, walking downhill" };
            panel.label(Role::Q, (followed.mean, fit.pdf(followed.mean)), Place::Above, words);
        }
    }

    fn description(&self) -> Text {
        let words = match (self.side_is_best(), self.stuck()) {
            (false, false) => "The best fit is in the middle, at {best}; d is {d}.",
            (true, false) => "The best fits are on the modes, at {best}; d is {d}.",
            (false, true) => "Q sits on a mode at {own}, but the middle is better: {best}; d is {d}.",
            (true, true) => "Q is stuck in the middle at {own}; a mode would cost {best}; d is {d}.",
        };
        let [best, own] = [self.best(), self.followed()].map(|point| point.value.quantity(Unit::Nats));
        Text::new(words)
            .with("best", best.beside(&own))
            .with("own", own.beside(&best))
            .with("d", Quantity::exact(self.d))
    }

    fn goals(&self) -> Vec<Goal> {
        vec![
            Goal::new(
                "stays",
                "Make Q sit on a mode although the middle is better.",
                self.stuck() && !self.side_is_best(),
            ),
            Goal::new(
                "stuck",
                Text::new("Make Q stay in the middle although a mode is better by more than {d}.")
                    .with("d", Quantity::nats(0.5)),
                self.side_is_best() && self.followed().value.value > self.best().value.value + 0.5,
            ),
            Goal::new(
                "tie",
                Text::new("Find the tie: bring the two kinds of fit within {d} of each other.")
                    .with("d", Quantity::nats(0.001)),
                self.now.side.as_ref().is_some_and(|(s, _)| (s.value.value - self.now.middle.value.value).abs() < 1e-3),
            ),
        ]
    }

    fn readouts(&self, story: &Story) -> Vec<Readout> {
        let nats = |id: &str, label: &'static str, point: &Stationary, role: Role| {
            let mut readout = Readout::new(id, label, &point.value, Unit::Nats, role);
            readout.quantity = readout.quantity.finer();
            readout
        };
        let mut all = vec![
            nats("best", "D(Q‖P), best", self.best(), Role::Reverse).computes(self.request(self.best())),
            nats("followed", "D(Q‖P), your walker", self.followed(), Role::Q).computes(self.request(self.followed())),
        ];
        let [best, own] = [all[0].quantity, all[1].quantity];
        (all[0].quantity, all[1].quantity) = (best.beside(&own), own.beside(&best));
        let mut fit = |id: &str, heading: &'static str, point: &Stationary| {
            for (part, value) in [("mean", point.mean), ("sd", point.sd)] {
                let quantity = Quantity::bounded(value, point.precision * point.sd);
                all.push(
                    Readout::computed(format!("{id}_{part}"), part, quantity, point.value.method, Role::Reverse)
                        .under(heading),
                );
            }
            all.push(nats(id, "D(Q‖P)", point, Role::Reverse).under(heading));
        };
        fit("middle", "The fit in the middle, a minimum", &self.now.middle);
        if let Some((side, saddle)) = &self.now.side {
            fit("side", "The fit on the right mode, a minimum", side);
            fit("saddle", "Between them, a saddle", saddle);
        }
        let event = |id: &str, label: &'static str, value: f64| {
            let quantity = Quantity::bounded(value, crate::fit::branches::EVENT_ERROR).finer();
            Readout::computed(id, label, quantity, Method::Quadrature, Role::Ink).under("Where it happens")
        };
        all.extend([
            event("birth", "fits on modes appear at d =", story.birth.distance),
            event("birth_mean", "… with mean", story.birth.mean),
            event("birth_sd", "… and sd", story.birth.sd),
            event("tie", "they are as good at d =", story.tie.distance),
        ]);
        all
    }
}
