//! Divergence and likelihood of a model over one of its parameters: the same curve twice, once upside down.

use crate::divergence::{Answer, Request};
use crate::figure::{Axis, Handle, Mark, Panel, Place, Point, Role};
use crate::quantity::{Quantity, Unit};
use crate::scene::{Formula, Math, Readout};
use crate::text::Text;

/// The numbers that both kinds of data have.
pub struct Fit {
    /// The mean log-likelihood, negative where it is a probability's.
    pub likelihood: Answer,
    /// D(data‖model), or from the best normal.
    pub forward: Answer,
    /// The entropy of the data, or of the best normal.
    pub entropy: Answer,
}

/// The same with the sign changed.
pub fn minus(answer: Answer) -> Answer {
    Answer { value: -answer.value + 0.0, ..answer }
}

pub fn nats(answer: &Answer) -> Quantity {
    answer.quantity(Unit::Nats)
}

impl Fit {
    /// The scene's main numbers.
    pub fn readouts(
        &self,
        forward: &'static str,
        entropy: &'static str,
        requests: [Option<Request>; 3],
    ) -> Vec<Readout> {
        let [likelihood, divergence, left] = requests;
        vec![
            Readout::new("likelihood", "mean log-likelihood", &self.likelihood, Unit::Nats, Role::Q)
                .computes(likelihood),
            Readout::new("forward", forward, &self.forward, Unit::Nats, Role::Forward).computes(divergence),
            Readout::new("entropy", entropy, &self.entropy, Unit::Nats, Role::P).computes(left),
        ]
    }

    /// mean log-likelihood = −H − D, with the numbers in it.
    pub fn formula(&self, left: Vec<Math>, entropy: &'static str, forward: &'static str) -> Formula {
        let mut parts = left;
        // An infinite entropy leaves nothing to be subtracted from.
        if !self.entropy.value.is_finite() {
            parts.extend(["=".into(), Math::from(nats(&self.likelihood)).colored(Role::Q)]);
            return Formula::new("Mean log-likelihood", parts);
        }
        parts.extend([
            "=".into(),
            "−".into(),
            Math::Words(entropy.into()).colored(Role::P),
            "−".into(),
            Math::Words(forward.into()).colored(Role::Forward),
            "=".into(),
            "−".into(),
            Math::from(["(".into(), Math::from(nats(&self.entropy).finer()).colored(Role::P), ")".into()]),
            "−".into(),
            // A digit more than the sum has, so that the parts shown make the sum shown.
            Math::from(nats(&self.forward).finer()).colored(Role::Forward),
            "=".into(),
            Math::from(nats(&self.likelihood)).colored(Role::Q),
        ]);
        Formula::new("Mean log-likelihood", parts)
    }

    /// Both curves with what is between them.
    pub fn panel(&self, mirror: &Mirror) -> Panel {
        let (entropy, high) = (self.entropy.value, mirror.reach);
        let floor = if entropy.is_finite() { -entropy } else { 0.0 };
        let mut panel = Panel::new(
            mirror.id,
            mirror.title.clone(),
            mirror.x.clone(),
            Axis::new(floor.min(0.0) - high, floor.max(0.0) + high, "").unit(Unit::Nats),
        );
        let (now, best) = (mirror.now, mirror.best);
        if entropy.is_finite() {
            panel.mark(Mark::RuleY { role: Role::P, at: floor });
            // The same length twice: up from nothing, and down from the best that can be had.
            panel.fine(Role::Forward, "D now", vec![(now, 0.0), (now, self.forward.value.min(2.0 * high))]);
            panel.fine(Role::Q, "lost now", vec![(now, self.likelihood.value.max(floor - 2.0 * high)), (now, floor)]);
            panel.line(Role::P, mirror.entropy, vec![(best, floor.min(0.0)), (best, floor.max(0.0))]);
            if entropy.abs() > 0.2 * high {
                panel.label(Role::P, (best, floor / 2.0), mirror.away(), mirror.entropy);
            }
        }
        for (role, name, from, up, curve) in [
            (Role::Forward, Text::new(mirror.forward), 0.0, Place::Above, &mirror.divergences),
            (Role::Q, mirror.likelihood.clone(), floor, Place::Below, &mirror.likelihoods),
        ] {
            if let Some((at, place)) = mirror.name_at(curve, &panel.x, from, up) {
                panel.label(role, at, place, name.clone());
            }
            panel.line(role, name, curve.clone());
        }
        for (id, role, at) in
            [("forward", Role::Forward, self.forward.value), ("likelihood", Role::Q, self.likelihood.value)]
        {
            if role == Role::Q || entropy.is_finite() {
                let handle = Handle::new(format!("{}-{id}", mirror.control), mirror.label.clone(), Role::Q, (now, at));
                panel.handle(handle.sideways(mirror.control, |(x, _)| x));
            }
        }
        panel
    }
}

/// Divergence and likelihood over one parameter of the model.
pub struct Mirror {
    /// The panel’s name.
    pub id: &'static str,
    /// What it shows.
    pub title: Text,
    /// The parameter’s axis.
    pub x: Axis,
    /// The control that sets it.
    pub control: &'static str,
    /// What the handles set, in words.
    pub label: Text,
    /// The parameter now.
    pub now: f64,
    /// Where both curves are best.
    pub best: f64,
    /// How far the panel reaches above and below.
    pub reach: f64,
    /// What the entropy is called.
    pub entropy: &'static str,
    /// What the divergence is called.
    pub forward: &'static str,
    /// What the mean log-likelihood is called.
    pub likelihood: Text,
    /// The divergence over the parameter.
    pub divergences: Vec<Point>,
    /// The mean log-likelihood over the parameter.
    pub likelihoods: Vec<Point>,
}

impl Mirror {
    /// The side of the best on which the model is not.
    fn away(&self) -> Place {
        if self.now < self.best { Place::Right } else { Place::Left }
    }

    /// Where a curve is named: high up on the side where the model is not, within a wide curve, outside of
    /// a narrow one, and over a flat one.
    fn name_at(&self, curve: &[Point], x: &Axis, from: f64, over: Place) -> Option<(Point, Place)> {
        let height = |p: &Point| (p.1 - from).abs() / self.reach;
        let low: Vec<Point> = curve.iter().copied().filter(|p| height(p) < 0.7).collect();
        let right = self.away() == Place::Right;
        let highest = |points: &mut dyn Iterator<Item = Point>| points.max_by(|a, b| height(a).total_cmp(&height(b)));
        let there = highest(&mut low.iter().copied().filter(|p| p.0 != self.best && (p.0 > self.best) == right));
        let at = there.or_else(|| highest(&mut low.iter().copied()))?;
        let right = at.0 > self.best;
        let wide = (low.last()?.0 - low.first()?.0) / (x.high - x.low) > 0.45;
        let place = match (height(&at) > 0.5, wide == right) {
            (false, _) => over,
            (true, true) => Place::Left,
            (true, false) => Place::Right,
        };
        Some((at, place))
    }
}
