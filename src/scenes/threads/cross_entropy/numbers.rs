//! The numbers beside the figure, and the formulae with numbers in them.

use super::{State, nats};
use crate::divergence::any::Measure;
use crate::divergence::{Answer, Cell, Request};
use crate::figure::Role;
use crate::numeric::tolerance::EPS;
use crate::quantity::{Quantity, Unit};
use crate::scene::{Formula, Math, Readout};
use crate::text::Text;

impl State {
    /// The numbers, the main ones first.
    pub fn readouts(&self, perplexity: &Answer) -> Vec<Readout> {
        const CLASSES: &str = "Probability from the model";
        const GRADIENT: &str = "Gradient q − y by logit, in nats";
        let mut readouts = vec![
            Readout::new("loss", "loss H(y, q)", &self.loss, Unit::Nats, Role::Q).computes(Request::pair(
                Measure::CrossEntropy,
                &self.y,
                &self.q,
            )),
            Readout::new("forward", "D(y‖q)", &self.forward, Unit::Nats, Role::Forward)
                .computes(Request::kl(&self.y, &self.q)),
            Readout::new("entropy", "H(y)", &self.entropy, Unit::Nats, Role::P).computes(Request::entropy(&self.y)),
            Readout::new("perplexity", "perplexity", perplexity, Unit::One, Role::Ink),
        ];
        let each = |group: &'static str, id: &'static str, role, value: &dyn Fn(&Cell) -> f64| -> Vec<Readout> {
            let readout = |(i, cell): (usize, &Cell)| {
                let id = format!("{id}_{}", self.task.classes[i].0);
                // A difference of probabilities is no better than they are.
                let answer = Answer { error: 16.0 * EPS * (cell.p + cell.q), ..Answer::closed_form(value(cell)) };
                let readout = Readout::new(id, self.name(i), &answer, Unit::One, role).under(group);
                Readout { quantity: readout.quantity.even(), ..readout }
            };
            self.cells.iter().enumerate().map(readout).collect()
        };
        readouts.extend(each(CLASSES, "q", Role::Q, &|cell| cell.q));
        readouts.extend(each(GRADIENT, "gradient", Role::Ink, &|cell| -cell.difference));
        readouts
    }

    /// The softmax of one class, and the loss.
    pub fn formulas(&self) -> Vec<Formula> {
        let number = |v: f64| Math::from(Quantity::rounded(v).even());
        let subject = self.subject();
        let exponent = |z: f64| Math::power("e", Quantity::exact(z));
        let mut total = Vec::new();
        for (i, &z) in self.logits.iter().enumerate() {
            if i > 0 {
                total.push("+".into());
            }
            // A long list is cut where it would no longer be read.
            if i == 3 && self.logits.len() > 4 {
                total.push("…".into());
                break;
            }
            total.push(exponent(z));
        }
        let mut loss = vec![
            Math::Words("H(y, q)".into()).colored(Role::Q),
            "=".into(),
            "−".into(),
            "∑".into(),
            "y".into(),
            "ln".into(),
            "q".into(),
        ];
        let shown: Vec<&Cell> = self.cells.iter().filter(|cell| cell.p > 0.0).take(4).collect();
        for (i, cell) in shown.iter().enumerate() {
            loss.extend([if i == 0 { "=" } else { "−" }.into()]);
            if i == 0 {
                loss.push("−".into());
            }
            loss.extend([number(cell.p), "ln".into(), number(cell.q)]);
        }
        if self.cells.iter().filter(|cell| cell.p > 0.0).count() > shown.len() {
            loss.extend(["−".into(), "…".into()]);
        }
        loss.extend(["=".into(), Math::from(nats(&self.loss)).colored(Role::Q)]);
        vec![
            Formula::new(
                Text::new("Probability of {class}").with("class", self.name(subject)),
                vec![
                    Math::from("q").colored(Role::Q),
                    "=".into(),
                    Math::fraction(exponent(self.logits[subject]), total),
                    "=".into(),
                    number(self.q.probs()[subject]),
                ],
            ),
            Formula::new("Loss", loss),
        ]
    }
}
