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

use super::fits::Fits;
use super::scenery::curve;

/// The last step.
const STEPS: u32 = 400;

/// How the descent is to go, and how far it has gone.
#[derive(Clone, Copy)]
pub struct Plan {
    metric: Metric,
    rate: f64,
    steps: usize,
}

/// How far beside Q, in sds, a second pair of paths starts: what rounding grows to along a path, the distance of the two
/// shows.
const BESIDE: f64 = 1e-9;

/// Where a path has ended rounding has decided that it takes no further steps: what they would change of the place, in sds, and
/// of the divergence, in nats. They follow a gradient below 1e-7, or one that promises less than rounding.
const LEFT: (f64, f64) = (1e-6, 1e-10);

/// The two paths, to their ends.
pub struct Descents {
    slopes: Rc<Slopes>,
    /// As much of the same from close beside; nothing before the first step.
    beside: Option<Rc<[Vec<Step>; 2]>>,
    steps: usize,
}

/// D(P‖Q) and D(Q‖P), and the paths down.
#[derive(Debug)]
struct Slopes {
    surfaces: [Surface; 2],
    paths: [Vec<Step>; 2],
}

/// What the paths depend on: all but how far they have been walked.
type Course = (Mixture, Normal, Family, Metric, f64);

thread_local! {
    static LAST: Last<Course, Slopes> = const { Last::none() };
    static LAST_BESIDE: Last<(Course, usize), [Vec<Step>; 2]> = const { Last::none() };
}

/// Where a descent has come to.
pub struct Now {
    /// The mean of Q there.
    pub mean: Quantity,
    /// The sd of Q there.
    pub sd: Quantity,
    /// The divergence.
    pub value: Answer,
    /// How many steps it took.
    pub steps: usize,
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
        let course: Course = (p.clone(), *q, family, plan.metric, plan.rate);
        let down = |surfaces: &[Surface; 2], start: &Normal, steps: usize| {
            surfaces.each_ref().map(|surface| descend(surface, start, plan.metric, family, plan.rate, steps))
        };
        let slopes = LAST.with(|last| {
            last.get(course.clone(), |_| {
                let surfaces = [Surface::Forward(fits.objective), Surface::reverse(p, q)];
                let paths = down(&surfaces, q, STEPS as usize);
                Slopes { surfaces, paths }
            })
        });
        let sd = if family == Family::FixedSd { q.sd() } else { q.sd() * (1.0 + BESIDE) };
        let aside = Normal::new(q.mean() + BESIDE * q.sd(), sd).ok().filter(|_| plan.steps > 0);
        let beside = aside.map(|aside| {
            LAST_BESIDE.with(|last| last.get((course, plan.steps), |_| down(&slopes.surfaces, &aside, plan.steps)))
        });
        Self { slopes, beside, steps: plan.steps }
    }

    /// The path down D(P‖Q): all of it, and how much of it has been walked.
    pub fn forward(&self) -> (&[Step], &[Step]) {
        self.path(0)
    }

    /// The path down D(Q‖P): all of it, and how much of it has been walked.
    pub fn reverse(&self) -> (&[Step], &[Step]) {
        self.path(1)
    }

    fn path(&self, which: usize) -> (&[Step], &[Step]) {
        let path = &self.slopes.paths[which];
        (path, self.walked(path))
    }

    /// The part of a path up to the present step; nothing before the first.
    fn walked<'a>(&self, path: &'a [Step]) -> &'a [Step] {
        if self.steps == 0 { &[] } else { &path[..path.len().min(self.steps + 1)] }
    }

    /// What has been walked of both paths, with their roles.
    fn both(&self) -> [(Role, &'static str, &[Step]); 2] {
        [(Role::Forward, "forward", self.forward().1), (Role::Reverse, "reverse", self.reverse().1)]
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

    /// Where both descents have come to, forward first, once they have left.
    pub fn now(&self) -> Option<[Now; 2]> {
        let beside = self.beside.as_ref()?;
        let at = |path: &[Step], beside: &[Step]| -> Option<Now> {
            let (now, other) = (path.last()?, beside.get(path.len() - 1).or(beside.last())?);
            let ended = path.len() <= self.steps || beside.len() <= self.steps;
            let left = if ended { LEFT } else { (0.0, 0.0) };
            let place = |v: f64, beside: f64| {
                Quantity::place(v, 1e-9 * (v.abs() + now.sd) + left.0 * now.sd + (v - beside).abs())
            };
            let error = now.error + left.1 + (now.value - other.value).abs();
            Some(Now {
                mean: place(now.mean, other.mean),
                sd: place(now.sd, other.sd),
                value: Answer::quadrature(now.value.max(0.0), error, 0),
                steps: path.len() - 1,
            })
        };
        Some([at(self.forward().1, &beside[0])?, at(self.reverse().1, &beside[1])?])
    }

    /// What both descents have come to, beside the numbers of the learner's Q, and where they are.
    pub fn readouts(&self) -> Vec<Readout> {
        let (mut all, mut places) = (Vec::new(), Vec::new());
        let roles = [(Role::Forward, "forward"), (Role::Reverse, "reverse")];
        for ((role, direction), now) in roles.into_iter().zip(self.now().into_iter().flatten()) {
            let of = |words| Text::new(words).with("n", Quantity::exact(now.steps as f64));
            let (heading, label, method) = if role == Role::Forward {
                ("Descent of D(P‖Q), step {n}", "D(P‖Q) at step {n}", Method::ClosedForm)
            } else {
                ("Descent of D(Q‖P), step {n}", "D(Q‖P) at step {n}", Method::Quadrature)
            };
            for (part, quantity) in [("mean", now.mean), ("sd", now.sd)] {
                let id = format!("descent_{direction}_{part}");
                places.push(Readout::computed(id, part, quantity, method, role).under(of(heading)));
            }
            all.push(Readout::new(format!("descent_{direction}"), of(label), &now.value, Unit::Nats, role));
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
