//! Descent in both directions at once, from where the learner's Q stands.

use std::rc::Rc;

use crate::dist::mixture::Mixture;
use crate::dist::normal::Normal;
use crate::divergence::Answer;
use crate::figure::{Mark, Panel, Place, Role, Stroke};
use crate::fit::descent::{Family, Metric, Step, Surface, descend};
use crate::quantity::{Method, Quantity, Unit};
use crate::scene::{Controls, Last, Readout};
use crate::text::Text;

use super::densities::curve;
use super::fits::Fits;

/// The last step.
const STEPS: u32 = 400;

/// How the descent is to go, and how far it has gone.
#[derive(Clone, Copy)]
pub struct Plan {
    metric: Metric,
    rate: f64,
    steps: usize,
}

/// The two paths, to their ends.
pub struct Descents {
    paths: Rc<[Vec<Step>; 2]>,
    steps: usize,
}

/// What the paths depend on: all but how far they have been walked.
type Course = (Mixture, Normal, Family, Metric, f64);

thread_local! {
    static LAST: Last<Course, [Vec<Step>; 2]> = const { Last::none() };
}

/// Reads the plan.
pub fn read(c: &mut Controls<'_>) -> Plan {
    c.group("Descent from your Q", Role::Q);
    let metric = match c.choice("gradient", "gradient", &[("plain", "plain"), ("natural", "natural")], "plain") {
        "natural" => Metric::Natural,
        _ => Metric::Plain,
    };
    let rate = c.stepped("rate", "step size", 0.05..=1.0, 0.05, 0.2);
    let steps = c.steps("step", "steps down both hills", STEPS, 0, 30.0);
    Plan { metric, rate, steps }
}

impl Descents {
    /// Both descents from `q`.
    pub fn new(p: &Mixture, fits: &Fits, q: &Normal, family: Family, plan: Plan) -> Self {
        let paths = LAST.with(|last| {
            last.get((p.clone(), *q, family, plan.metric, plan.rate), |_| {
                [Surface::Forward(fits.objective), Surface::reverse(p, q)]
                    .map(|surface| descend(&surface, q, plan.metric, family, plan.rate, STEPS as usize))
            })
        });
        Self { paths, steps: plan.steps }
    }

    /// The path down D(P‖Q): all of it, and how much of it has been walked.
    pub fn forward(&self) -> (&[Step], &[Step]) {
        (&self.paths[0], self.walked(&self.paths[0]))
    }

    /// The path down D(Q‖P): all of it, and how much of it has been walked.
    pub fn reverse(&self) -> (&[Step], &[Step]) {
        (&self.paths[1], self.walked(&self.paths[1]))
    }

    /// The part of a path up to the present step; nothing before the first.
    fn walked<'a>(&self, path: &'a [Step]) -> &'a [Step] {
        if self.steps == 0 { &[] } else { &path[..path.len().min(self.steps + 1)] }
    }

    /// What has been walked of both paths, with their roles.
    fn both(&self) -> [(Role, &'static str, &[Step]); 2] {
        let [forward, reverse] = &*self.paths;
        [(Role::Forward, "forward", self.walked(forward)), (Role::Reverse, "reverse", self.walked(reverse))]
    }

    /// The highest point of any bell on the way that is drawn.
    pub fn ends(&self) -> impl Iterator<Item = Normal> {
        self.both().into_iter().filter_map(|(.., path)| path.last()).filter_map(bell)
    }

    /// The bells on the way: where each descent is now, and pale ones behind it.
    pub fn draw(&self, panel: &mut Panel, xs: &[f64]) {
        for (role, _, path) in self.both() {
            let Some(last) = path.len().checked_sub(1).filter(|last| *last > 0) else { continue };
            // Evenly spread over the way, which is fast at first and slow at its end.
            let behind = [0.05, 0.2].map(|share| (share * last as f64).ceil() as usize);
            let lines = behind.iter().filter_map(|k| path.get(*k)).filter_map(bell).map(|b| curve(&b, xs)).collect();
            panel.mark(Mark::Contour { name: "on the way".into(), role, stroke: Stroke::Fine, lines });
            if let Some(now) = path.last().and_then(bell) {
                let words = if role == Role::Forward { "forward, step {n}" } else { "reverse, step {n}" };
                let name = Text::new(words).with("n", Quantity::exact(last as f64));
                panel.mark(Mark::Line { name: name.clone(), role, stroke: Stroke::Solid, points: curve(&now, xs) });
                let (away, place) = if role == Role::Forward { (-1.5, Place::Left) } else { (1.2, Place::Right) };
                let x = now.mean() + away * now.sd();
                panel.label(role, (x, now.pdf(x)), place, name);
            }
        }
    }

    /// What both descents have come to, beside the numbers of the learner's Q, and where they are.
    pub fn readouts(&self) -> Vec<Readout> {
        let (mut all, mut places) = (Vec::new(), Vec::new());
        for (role, direction, path) in self.both() {
            let Some(now) = path.last() else { continue };
            let heading =
                if role == Role::Forward { "Descent of D(P‖Q), step {n}" } else { "Descent of D(Q‖P), step {n}" };
            let heading = Text::new(heading).with("n", Quantity::exact(path.len() as f64 - 1.0));
            for (part, value) in [("mean", now.mean), ("sd", now.sd)] {
                let id = format!("descent_{direction}_{part}");
                // Steps are rounded, and that is all: the path is what it is by definition.
                let quantity = Quantity::place(value, 1e-9 * (value.abs() + now.sd));
                let method = if role == Role::Forward { Method::ClosedForm } else { Method::Quadrature };
                places.push(Readout::computed(id, part, quantity, method, role).under(heading.clone()));
            }
            let label = if role == Role::Forward { "D(P‖Q) at step {n}" } else { "D(Q‖P) at step {n}" };
            let label = Text::new(label).with("n", Quantity::exact(path.len() as f64 - 1.0));
            let value = Answer::quadrature(now.value.max(0.0), now.error, 0);
            all.push(Readout::new(format!("descent_{direction}"), label, &value, Unit::Nats, role));
        }
        all.extend(places);
        all
    }

    /// How far the descent has gone.
    pub const fn steps(&self) -> usize {
        self.steps
    }
}

/// The bell of a step.
fn bell(step: &Step) -> Option<Normal> {
    Normal::new(step.mean, step.sd).ok()
}
