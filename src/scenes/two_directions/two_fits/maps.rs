//! The two landscapes: each divergence over every mean and sd that Q could have, with its hills and valleys.

use crate::dist::mixture::Mixture;
use crate::dist::normal::Normal;
use crate::divergence::Answer;
use crate::figure::{Handle, Mark, Panel, Place, Point, Role, Sign, Stroke};
use crate::fit::descent::Step;
use crate::quantity::{Quantity, Unit};
use crate::text::Text;

use super::land::{Ground, Land, TONE};

/// The contours that are labelled, in nats above the least.
const LABELLED: [f64; 4] = [0.1, 1.0, 10.0, 100.0];

/// What a map shows on top of the land.
pub struct Sights<'a> {
    /// The target.
    pub p: &'a Mixture,
    /// The learner's Q.
    pub q: &'a Normal,
    /// Whether its sd is fixed.
    pub fixed: bool,
    /// The maps.
    pub land: &'a Land,
}

/// One direction's own.
pub struct Side<'a> {
    /// Forward or reverse.
    pub role: Role,
    /// The divergence at the learner's Q.
    pub live: &'a Answer,
    /// Stationary points: sign, place, value.
    pub stationary: Vec<(Sign, Point, f64)>,
    /// The descent to its end, and so far.
    pub path: (&'a [Step], &'a [Step]),
}

impl Sights<'_> {
    /// The map of one direction.
    pub fn panel(&self, side: &Side<'_>) -> Panel {
        let (x, y) = self.land.axes();
        let forward = side.role == Role::Forward;
        let valleys = side.stationary.iter().filter(|(sign, ..)| matches!(sign, Sign::Least | Sign::Local)).count();
        let id = if forward { "map-forward" } else { "map-reverse" };
        let title = match (forward, self.fixed, valleys) {
            (true, false, _) => "D(P‖Q) for every Q: one valley",
            (true, true, _) => "D(P‖Q), along the dashed line: one valley",
            (false, false, 1) => "D(Q‖P) for every Q: one valley",
            (false, false, _) => "D(Q‖P) for every Q: {n} valleys",
            (false, true, 1) => "D(Q‖P), along the dashed line: one valley",
            (false, true, _) => "D(Q‖P), along the dashed line: {n} valleys",
        };
        let title = Text::new(title).with("n", Quantity::exact(valleys as f64));
        let (name, cells, ground) = if forward {
            ("D(P‖Q)", self.land.forward_cells(), &self.land.forward)
        } else {
            ("D(Q‖P)", self.land.reverse_cells(), &self.land.reverse)
        };
        let mut panel = Panel::new(id, title, x.clone(), y.clone());
        panel.mark(Mark::Cells { name: name.into(), role: side.role, tone: TONE, cells });
        contours(&mut panel, side.role, ground);
        if self.fixed {
            panel.mark(Mark::RuleY { role: Role::Q, at: self.q.sd() });
        }
        let modes = self.p.components().iter().map(|c| (c.mean, c.sd)).collect();
        panel.mark(Mark::Dots { name: "modes of P".into(), role: Role::P, filled: false, points: modes });
        let places = |steps: &[Step]| -> Vec<Point> { steps.iter().map(|step| (step.mean, step.sd)).collect() };
        let ahead = vec![places(side.path.0)];
        panel.mark(Mark::Contour { name: "the way down".into(), role: Role::Q, stroke: Stroke::Fine, lines: ahead });
        let path = places(side.path.1);
        if let Some(now) = path.last().copied() {
            panel.mark(Mark::Line { name: "descent".into(), role: side.role, stroke: Stroke::Solid, points: path });
            panel.mark(Mark::Dots { name: "now".into(), role: side.role, filled: true, points: vec![now] });
        }
        for (sign, name) in [
            (Sign::Greatest, "maximum"),
            (Sign::Saddle, "saddle"),
            (Sign::Local, "local minimum"),
            (Sign::Least, "best fit"),
        ] {
            let points: Vec<Point> =
                side.stationary.iter().filter(|(other, ..)| *other == sign).map(|(_, at, _)| *at).collect();
            let seen = |(m, s): &Point| (x.low..=x.high).contains(m) && (y.low..=y.high).contains(s);
            let named = points.iter().copied().find(seen);
            if !points.is_empty() {
                panel.mark(Mark::Stationary { name: name.into(), role: Role::Ink, sign, points });
            }
            if let Some(at) = named {
                panel.label(Role::Ink, at, Place::Below, name);
            }
        }
        let at = (self.q.mean(), self.q.sd());
        panel.label(side.role, at, Place::Right, Text::new("{v}").with("v", side.live.quantity(Unit::Nats)));
        let (handle, label) =
            if forward { ("q-forward", "Q on the map of D(P‖Q)") } else { ("q-reverse", "Q on the map of D(Q‖P)") };
        let knob = Handle::new(handle, label, Role::Q, at).sideways("q_mean", |(x, _)| x);
        panel.handle(if self.fixed { knob } else { knob.upright("q_sd", |(_, y)| y).free() });
        panel
    }
}

/// Lines of equal height above the least value, and one through every saddle: it parts the valleys.
fn contours(panel: &mut Panel, role: Role, ground: &Ground) {
    for (above, lines) in &ground.lines {
        let lines = lines.clone();
        let Some(above) = *above else {
            let name = "through a saddle".into();
            panel.mark(Mark::Contour { name, role: Role::Ink, stroke: Stroke::Dashed, lines });
            continue;
        };
        let words = || Text::new("+{v}").with("v", Quantity::nats(above));
        let rightmost = lines.iter().flatten().copied().max_by(|a, b| a.0.total_cmp(&b.0));
        panel.mark(Mark::Contour { name: words(), role, stroke: Stroke::Fine, lines });
        if let Some(at) = rightmost.filter(|_| LABELLED.contains(&above)) {
            panel.label(role, at, if above < 1.0 { Place::Right } else { Place::On }, words());
        }
    }
}
