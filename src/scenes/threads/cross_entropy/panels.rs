//! Logits, probabilities and gradient class by class; the loss over one logit, and its two parts.

use super::{LOGITS, State, nats};
use crate::dist::Categorical;
use crate::divergence::{Answer, entropy};
use crate::figure::{Axis, Bar, Handle, Mark, Panel, Place, Point, Role, Ticks, linspace, nice_range};
use crate::numeric::tolerance::EPS;
use crate::quantity::{Quantity, Unit};
use crate::text::Text;

impl State {
    /// Where the row of a class stands in the three panels of classes: the first on top.
    fn row(&self, i: usize) -> f64 {
        -1.0 - i as f64
    }

    fn rows_axis(&self) -> Axis {
        let names = (0..self.y.len()).map(|i| (self.row(i), self.name(i))).collect();
        Axis::new(-0.6 - self.y.len() as f64, -0.4, "").ticks(Ticks::Named(names))
    }

    /// A bar that lies in the row of a class, thin and moved up or down where two share the row.
    fn lying(&self, i: usize, from: f64, to: f64, thick: f64, up: f64) -> Bar {
        let middle = self.row(i) + up;
        Bar { from: from.min(to), to: from.max(to), base: middle - thick / 2.0, top: middle + thick / 2.0 }
    }

    pub fn logits(&self) -> Panel {
        // The least logit does not cover the name of its class.
        let axis = Axis::new(LOGITS.0 - 0.8, LOGITS.1 + 0.8, "");
        let mut panel = Panel::new("logits", "Drag the logits", axis, self.rows_axis());
        let bars = (0..self.y.len()).map(|i| self.lying(i, 0.0, self.logits[i], 0.62, 0.0)).collect();
        panel.mark(Mark::Bars { name: "logits".into(), role: Role::Q, bars });
        panel.mark(Mark::RuleX { role: Role::Muted, at: 0.0 });
        for (i, (name, _)) in self.task.classes.iter().enumerate() {
            let label = Text::new("logit of {class}").with("class", self.name(i));
            let handle = Handle::new(format!("logit-{name}"), label, Role::Q, (self.logits[i], self.row(i)));
            panel.handle(handle.sideways(format!("{}_{name}", self.task.prefix), |(x, _)| x));
        }
        panel
    }

    pub fn probabilities(&self) -> Panel {
        let mut panel = Panel::new("probabilities", "Label y, model q", Axis::new(0.0, 1.12, ""), self.rows_axis());
        let bars = |d: &Categorical, up: f64| {
            d.probs().iter().enumerate().map(|(i, p)| self.lying(i, 0.0, *p, 0.34, up)).collect()
        };
        panel.mark(Mark::Bars { name: "y".into(), role: Role::P, bars: bars(&self.y, 0.19) });
        panel.mark(Mark::Bars { name: "q".into(), role: Role::Q, bars: bars(&self.q, -0.19) });
        for (d, role, name, up) in [(&self.y, Role::P, "y", 0.19), (&self.q, Role::Q, "q", -0.19)] {
            let largest = (0..d.len()).rev().max_by(|a, b| d.probs()[*a].total_cmp(&d.probs()[*b])).unwrap_or(0);
            let beside = self.label.votes.is_some() && role == Role::P;
            let own = d.probs()[largest] + if beside { 0.05 } else { 0.0 };
            // Beyond both bars of the row: at the end of a shorter one y would be taken for the name of the longer.
            let at = if role == Role::P { own.max(self.q.probs()[largest]) } else { own };
            panel.label(role, (at, self.row(largest) + up), Place::Right, name);
        }
        if let Some(votes) = &self.label.votes {
            let rest = self.label.smoothing / self.y.len() as f64;
            let keep = 1.0 - self.label.smoothing;
            for (i, (name, _)) in self.task.classes.iter().enumerate() {
                let label = Text::new("votes for {class}").with("class", self.name(i));
                let at = (keep * votes.parts()[i] + rest, self.row(i) + 0.19);
                let handle = Handle::new(format!("votes-{name}"), label, Role::P, at);
                panel.handle(handle.sideways(votes.id(i), move |(x, _)| (x - rest) / keep));
            }
        }
        panel
    }

    pub fn gradient(&self) -> Panel {
        let mut panel = Panel::new(
            "gradient",
            Text::by_unit("Gradient q − y", "Gradient q − y, in nats"),
            Axis::new(-1.0, 1.0, ""),
            self.rows_axis(),
        );
        let bars = self.cells.iter().enumerate().map(|(i, cell)| self.lying(i, 0.0, -cell.difference, 0.62, 0.0));
        panel.mark(Mark::Bars { name: "q − y".into(), role: Role::Other, bars: bars.collect() });
        panel.mark(Mark::RuleX { role: Role::Muted, at: 0.0 });
        panel
    }

    /// The top of the axis of nats that the curve shares with the bar.
    pub fn top(&self) -> f64 {
        nice_range([0.0, 1.2, self.loss.value], 0.25).1
    }

    /// The loss with one logit moved and the others as they are.
    fn loss_at(&self, subject: usize, logit: f64) -> f64 {
        let mut logits = self.logits.clone();
        logits[subject] = logit;
        Categorical::from_logits(&logits, 1.0).map_or(f64::INFINITY, |q| entropy::cross_categorical(&self.y, &q).value)
    }

    /// The loss as the subject's logit varies; its slope is the gradient.
    pub fn curve(&self, subject: usize, high: f64) -> Panel {
        let mut panel = Panel::new(
            "curve",
            Text::new("The loss as the logit of {class} moves").with("class", self.name(subject)),
            Axis::new(LOGITS.0, LOGITS.1, Text::new("logit of {class}").with("class", self.name(subject))),
            Axis::new(0.0, high, "").unit(Unit::Nats),
        );
        let now = (self.logits[subject], self.loss.value);
        let slope = -self.cells[subject].difference;
        let curve: Vec<Point> = linspace(LOGITS.0, LOGITS.1, 113).map(|z| (z, self.loss_at(subject, z))).collect();
        panel.mark(Mark::RuleY { role: Role::P, at: self.entropy.value });
        let reach = 2.2;
        let tangent = [-reach, reach].map(|dz| (now.0 + dz, now.1 + slope * dz)).to_vec();
        panel.fine(Role::Other, Text::by_unit("slope q − y", "slope (q − y)/ln 2"), tangent);
        panel.line(Role::Q, "loss", curve);
        // Below a tangent of a convex curve there is always room.
        let end = match slope < 0.0 {
            true if now.1 - slope * reach <= high => -reach,
            _ => 0.8 * reach,
        };
        let place = match (slope < 0.0, now.0 + end < 4.5) {
            (true, _) => Place::Left,
            (false, true) => Place::Right,
            (false, false) => Place::Below,
        };
        let words = Text::new("slope {slope}").with("slope", Quantity::bounded(slope, EPS).unit(Unit::Nats).even());
        panel.label(Role::Other, (now.0 + end, now.1 + slope * end), place, words);
        if self.entropy.value > 0.0 {
            let (x, place) = if now.0 > 1.0 { (LOGITS.0, Place::Above) } else { (LOGITS.1, Place::Below) };
            panel.label(Role::P, (x, self.entropy.value), place, "H(y)");
        }
        let (name, _) = self.task.classes[subject];
        let label = Text::new("logit of {class}").with("class", self.name(subject));
        let handle = Handle::new("logit", label, Role::Q, now);
        panel.handle(handle.sideways(format!("{}_{name}", self.task.prefix), |(x, _)| x));
        panel
    }

    /// loss = H(y) + D(y‖q) as a bar of two parts.
    pub fn stack(&self, high: f64) -> Panel {
        let names = Ticks::Named(vec![(0.0, "loss".into())]);
        let mut panel = Panel::new(
            "stack",
            "Loss = H(y) + D(y‖q)",
            Axis::new(-0.6, 1.9, "").ticks(names),
            Axis::new(0.0, high, "").unit(Unit::Nats),
        );
        let bar = |base: f64, top: f64| vec![Bar { from: -0.4, to: 0.4, base, top }];
        let floor = self.entropy.value;
        panel.mark(Mark::RuleY { role: Role::P, at: floor });
        panel.mark(Mark::Bars { name: "H(y)".into(), role: Role::P, bars: bar(0.0, floor) });
        panel.mark(Mark::Bars {
            name: "H(y) + D(y‖q)".into(), role: Role::Forward, bars: bar(floor, self.loss.value)
        });
        let words = |key, answer: &Answer| Text::new(key).with("nats", nats(answer).even());
        let low = 0.5 * floor;
        if floor > 0.0 {
            panel.label(Role::P, (0.4, low), Place::Right, words("H {nats}", &self.entropy));
        }
        // A line of words above the other label at least.
        let middle = (0.5 * (floor + self.loss.value)).max(if floor > 0.0 { low + 0.12 * high } else { 0.0 });
        panel.label(Role::Forward, (0.4, middle), Place::Right, words("D {nats}", &self.forward));
        panel
    }
}
