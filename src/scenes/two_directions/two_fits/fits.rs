//! What each direction makes of the target: the forward fit, and every stationary point of the reverse divergence.

use std::rc::Rc;

use crate::dist::mixture::Mixture;
use crate::dist::normal::Normal;
use crate::divergence::mixture::MixtureDivergences;
use crate::figure::{Role, Sign, Stroke};
use crate::fit::forward::{ForwardFit, ForwardObjective, forward, forward_with_sd};
use crate::fit::reverse::{Kind, Stationary, reverse, reverse_with_sd};
use crate::numeric::order;
use crate::numeric::tolerance::AT_REST;
use crate::quantity::{Method, Quantity, Unit};
use crate::scene::{Goal, Last, Readout};
use crate::text::Text;

/// Both fits of a target.
#[derive(Debug)]
pub struct Fits {
    /// D(P‖N(m, s)) of every normal.
    pub objective: ForwardObjective,
    /// The one stationary point of the forward divergence.
    pub forward: ForwardFit,
    /// Every stationary point of the reverse divergence, minima and others, each best first.
    pub reverse: Vec<Stationary>,
}

/// A fitted bell to be drawn.
pub struct Fitted {
    /// Whose it is.
    pub role: Role,
    /// Bold if it is the best of its direction.
    pub stroke: Stroke,
    /// Its name.
    pub name: &'static str,
    /// The bell.
    pub normal: Normal,
}

thread_local! {
    static LAST: Last<(Mixture, Option<f64>), Option<Fits>> = const { Last::none() };
}

/// The fits of `p` among all normals, or among those of the given sd; kept while only Q moves.
pub fn fits(p: &Mixture, sd: Option<f64>) -> Rc<Option<Fits>> {
    LAST.with(|last| last.get((p.clone(), sd), |(p, sd)| Fits::new(p, *sd)))
}

impl Fits {
    fn new(p: &Mixture, sd: Option<f64>) -> Option<Self> {
        let (forward, mut reverse) = match sd {
            None => (forward(p, AT_REST).ok()?, reverse(p)),
            Some(sd) => (forward_with_sd(p, sd, AT_REST).ok()?, reverse_with_sd(p, sd).ok()?),
        };
        // What is exact by definition, the fit to one bell, stays so.
        for point in reverse.iter_mut().filter(|point| point.value.error > 0.0) {
            // Off the very point by so little, the divergence is off by the square.
            point.value.error += point.precision * point.precision;
        }
        order::by(&mut reverse, |a, b| (a.kind != Kind::Minimum).cmp(&(b.kind != Kind::Minimum)));
        Some(Self { objective: ForwardObjective::new(p, AT_REST), forward, reverse })
    }

    /// The stationary points of one kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Stationary> {
        self.reverse.iter().filter(move |point| point.kind == kind)
    }

    /// The least value of the reverse divergence.
    pub fn best_reverse(&self) -> Option<&Stationary> {
        self.reverse.first()
    }

    /// Whether a minimum is as good as the best: a symmetric target has two.
    fn is_best(&self, point: &Stationary) -> bool {
        let equal =
            |best: &Stationary| point.value.value - best.value.value <= 1e-9 + point.value.error + best.value.error;
        point.kind == Kind::Minimum && self.best_reverse().is_some_and(equal)
    }

    /// What a stationary point of the reverse divergence is, among the others.
    pub fn sign(&self, point: &Stationary) -> Sign {
        match point.kind {
            Kind::Minimum if self.is_best(point) => Sign::Least,
            Kind::Minimum => Sign::Local,
            Kind::Saddle => Sign::Saddle,
            Kind::Maximum => Sign::Greatest,
        }
    }

    /// Every fitted bell, minima only; the forward fit first.
    pub fn bells(&self) -> Vec<Fitted> {
        let forward =
            Fitted { role: Role::Forward, stroke: Stroke::Bold, name: "forward fit", normal: self.forward.normal };
        let reverse = self.of_kind(Kind::Minimum).filter_map(|point| {
            let (stroke, name) =
                if self.is_best(point) { (Stroke::Bold, "reverse fit") } else { (Stroke::Fine, "local minimum") };
            Some(Fitted { role: Role::Reverse, stroke, name, normal: Normal::new(point.mean, point.sd).ok()? })
        });
        std::iter::once(forward).chain(reverse).collect()
    }

    /// Mean, sd and value of every fit, with its kind in its id and heading.
    pub fn readouts(&self) -> Vec<Readout> {
        let best = &self.forward.normal;
        let heading = "Best forward fit";
        let mut all = Vec::new();
        for (id, label, value) in [("forward_fit_mean", "mean", best.mean()), ("forward_fit_sd", "sd", best.sd())] {
            // Moments of a few components: right to a few roundings of the spread.
            let quantity = Quantity::place(value, 1e-13 * (value.abs() + best.sd()));
            all.push(Readout::computed(id, label, quantity, Method::ClosedForm, Role::Forward).under(heading));
        }
        let value = &self.forward.value;
        all.push(Readout::new("forward_fit", "D(P‖Q)", value, Unit::Nats, Role::Forward).under(heading));
        let mut counts = [0usize; 3];
        let alone = self.of_kind(Kind::Minimum).count() == 1;
        for point in &self.reverse {
            let (slot, id, heading) = match point.kind {
                Kind::Minimum if alone => (0, "reverse_fit", "Best reverse fit"),
                Kind::Minimum if self.is_best(point) => (0, "reverse_fit", "Best reverse fit {n}"),
                Kind::Minimum => (0, "reverse_fit", "Local reverse minimum {n}"),
                Kind::Saddle => (1, "reverse_saddle", "Saddle {n} of D(Q‖P), not a fit"),
                Kind::Maximum => (2, "reverse_maximum", "Maximum {n} of D(Q‖P), not a fit"),
            };
            counts[slot] += 1;
            let number = counts[slot];
            let heading = Text::new(heading).with("n", Quantity::exact(number as f64));
            for (part, label, value) in [("mean", "mean", point.mean), ("sd", "sd", point.sd)] {
                let quantity = Quantity::place(value, point.precision * point.sd);
                let id = format!("{id}_{number}_{part}");
                all.push(
                    Readout::computed(id, label, quantity, Method::Quadrature, Role::Reverse).under(heading.clone()),
                );
            }
            let id = format!("{id}_{number}");
            let mut value = Readout::new(id, "D(Q‖P)", &point.value, Unit::Nats, Role::Reverse).under(heading);
            // What is not as good as the best does not read as if it were.
            if let Some(best) = self.best_reverse().filter(|_| !self.is_best(point)) {
                value.quantity = value.quantity.beside(&best.value.quantity(Unit::Nats));
            }
            all.push(value);
        }
        all
    }

    /// The goals that ask for a good Q.
    pub fn goals(&self, q: &Normal, live: &MixtureDivergences) -> Vec<Goal> {
        let near = |value: f64, best: f64| value - best < 0.01;
        // The slope down to a deeper minimum passes the height of a shallow one.
        let beside = |r: &Stationary| (q.mean() - r.mean).abs() < r.sd && (q.sd() / r.sd).ln().abs() < 0.5;
        let mut minima = self.of_kind(Kind::Minimum);
        vec![
            Goal::new(
                "forward",
                Text::new("Be the optimiser: bring D(P‖Q) within {d} of the best.").with("d", Quantity::nats(0.01)),
                near(live.forward.value, self.forward.value.value),
            ),
            Goal::new(
                "reverse",
                Text::new("Find a place where D(Q‖P) is within {d} of a minimum.").with("d", Quantity::nats(0.01)),
                minima.any(|r| beside(r) && near(live.reverse.value, r.value.value)),
            ),
        ]
    }
}
