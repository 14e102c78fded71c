//! The two landscapes: each divergence over every mean and sd that Q could have, with its hills and valleys.

use crate::dist::mixture::Mixture;
use crate::dist::normal::Normal;
use crate::divergence::Answer;
use crate::figure::{Axis, Cells, Handle, Mark, Panel, Place, Point, Role, Sign, Stroke, Tone, centres};
use crate::fit::descent::Step;
use crate::fit::expectation::LogDensity;
use crate::fit::forward::ForwardObjective;
use crate::fit::landscape::{forward_landscape, reverse_landscape};
use crate::fit::objective::Objective;
use crate::numeric::tolerance::AT_REST;
use crate::quantity::{Quantity, Unit};
use crate::text::Text;

/// The maps' resolution; the browser smooths between cells.
const COLUMNS: usize = 100;
const ROWS: usize = 80;

/// One scale for both maps: colours can be compared across them and from one state to the next.
const TONE: Tone = Tone { knee: 0.2, top: 300.0 };

/// Contours stand so many nats above the map's least value.
const ABOVE: [f64; 9] = [0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0];
/// Those that are labelled.
const LABELLED: [f64; 4] = [0.1, 1.0, 10.0, 100.0];

/// What a map shows on top of the land.
pub struct Sights<'a> {
    /// The target.
    pub p: &'a Mixture,
    /// The learner's Q.
    pub q: &'a Normal,
    /// Whether its sd is fixed.
    pub fixed: bool,
    /// What is shown of the means and of the sds.
    pub window: [(f64, f64); 2],
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
        let [(left, right), (low, high)] = self.window;
        let (x, y) = (Axis::new(left, right, "mean of Q"), Axis::new(low, high, "sd of Q").log());
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
        let cells = if forward { self.forward(&x, &y) } else { self.reverse(&x, &y) };
        let mut panel = Panel::new(id, title, x, y);
        self.contours(&mut panel, side, &cells);
        let name = if forward { "D(P‖Q)" } else { "D(Q‖P)" };
        panel.marks.insert(0, Mark::Cells { name: name.into(), role: side.role, tone: TONE, cells });
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
            if let Some(at) = points.first().copied() {
                panel.mark(Mark::Stationary { name: name.into(), role: Role::Ink, sign, points });
                panel.label(Role::Ink, at, Place::Below, name);
            }
        }
        let at = (self.q.mean(), self.q.sd());
        panel.label(side.role, at, Place::Right, Text::new("{v}").with("v", side.live.quantity(Unit::Nats)));
        let (handle, label) =
            if forward { ("q-forward", "Q on the map of D(P‖Q)") } else { ("q-reverse", "Q on the map of D(Q‖P)") };
        let knob = Handle::new(handle, label, Role::Q, at).sideways("q_mean", |(x, _)| x);
        panel.handle(if self.fixed { knob } else { knob.upright("q_sd", |(_, y)| y) });
        panel
    }

    fn forward(&self, x: &Axis, y: &Axis) -> Cells {
        let (means, sds) = grid(x, y);
        let values = forward_landscape(self.p, &means, &sds).map_or(Vec::new(), |map| map.values);
        let objective = ForwardObjective::new(self.p, AT_REST);
        Cells::new(COLUMNS, ROWS, values, move |(mean, sd)| objective.value(mean, sd).0.max(0.0))
    }

    fn reverse(&self, x: &Axis, y: &Axis) -> Cells {
        let (means, sds) = grid(x, y);
        let values = reverse_landscape(self.p, &means, &sds).map_or(Vec::new(), |map| map.values);
        let ln_p = LogDensity::new(self.p);
        let at =
            move |(mean, sd): Point| Objective::from_expectations(sd, &ln_p.through(mean, sd, AT_REST)).value.max(0.0);
        Cells::new(COLUMNS, ROWS, values, at)
    }

    /// Lines of equal height above the least value, and one through every saddle: it parts the valleys.
    fn contours(&self, panel: &mut Panel, side: &Side<'_>, cells: &Cells) {
        let lowest = || cells.values().iter().copied().fold(f64::INFINITY, f64::min);
        let best = side.stationary.iter().find(|(sign, ..)| *sign == Sign::Least).map(|(.., value)| *value);
        // With a fixed sd the best of the line need not be the lowest place of the map.
        let least = best.filter(|_| !self.fixed).unwrap_or_else(lowest);
        let saddles = side.stationary.iter().filter(|(sign, ..)| *sign == Sign::Saddle).map(|(.., value)| *value);
        let mut levels: Vec<f64> = ABOVE.iter().map(|above| least + above).collect();
        levels.extend(saddles);
        let mut contours = cells.contours(&panel.x, &panel.y, &TONE, &levels).into_iter();
        for (above, lines) in ABOVE.into_iter().zip(&mut contours) {
            let words = || Text::new("+{v}").with("v", Quantity::exact(above));
            let rightmost = lines.iter().flatten().copied().max_by(|a, b| a.0.total_cmp(&b.0));
            panel.mark(Mark::Contour { name: words(), role: side.role, stroke: Stroke::Fine, lines });
            if let Some(at) = rightmost.filter(|_| LABELLED.contains(&above)) {
                panel.label(side.role, at, if above < 1.0 { Place::Right } else { Place::On }, words());
            }
        }
        for lines in contours {
            let name = "through a saddle".into();
            panel.mark(Mark::Contour { name, role: Role::Ink, stroke: Stroke::Dashed, lines });
        }
    }
}

fn grid(x: &Axis, y: &Axis) -> (Vec<f64>, Vec<f64>) {
    (centres(x, COLUMNS).collect(), centres(y, ROWS).collect())
}
