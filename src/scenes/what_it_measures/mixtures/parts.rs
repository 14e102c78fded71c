//! The divergence bell by bell: an upper bound, and by how much.

use super::bells::Bells;
use crate::dist::mixture::{Component, Mixture};
use crate::dist::normal::Normal;
use crate::divergence::mixture::{self, MixtureDivergences};
use crate::divergence::{Answer, entropy};
use crate::figure::Role;
use crate::numeric::tolerance::{DRAGGING, EPS};
use crate::quantity::Unit;
use crate::scene::{Formula, Math};

/// D(P‖Q) taken apart by the bells of P: Σ wₖ D(Pₖ‖Q) = D(P‖Q) + Σ wₖ D(Pₖ‖P).
pub struct Parts {
    /// wₖ D(Pₖ‖Q) of each bell.
    pub each: Vec<Answer>,
    /// Their sum.
    pub sum: Answer,
    /// Σ wₖ D(Pₖ‖P), which is what x tells about the bell it came from.
    pub excess: Answer,
}

impl Parts {
    /// The parts of a P against a Q with these divergences.
    pub fn new(p: &Bells, q: &Mixture, found: &MixtureDivergences) -> Self {
        let alone = p.mixture.components().len() == 1;
        let part = |share: f64, bell: &Component| {
            let answer = match Mixture::new(&[*bell]) {
                Ok(one) if !alone => mixture::kl(&one, q, DRAGGING),
                _ => found.forward.clone(),
            };
            Answer { value: share * answer.value, error: share * answer.error + EPS * answer.value, ..answer }
        };
        let each: Vec<Answer> = p.shares().map(|(share, bell)| part(share, bell)).collect();
        let sum = each.iter().skip(1).fold(each.first().cloned().unwrap_or(Answer::exact(0.0)), |sum, a| sum.plus(a));
        // Σ wₖ D(Pₖ‖P) = H(P) − Σ wₖ H(Pₖ).
        let inside: Vec<(f64, Answer)> = p
            .shares()
            .filter_map(|(share, bell)| Some((share, entropy::normal(&Normal::new(bell.mean, bell.sd).ok()?))))
            .collect();
        let value = found.entropy_p.value - inside.iter().map(|(share, h)| share * h.value).sum::<f64>();
        let error = found.entropy_p.error + inside.iter().map(|(share, h)| share * h.error + EPS).sum::<f64>();
        let excess =
            if alone { Answer::exact(0.0) } else { Answer { value: value.max(0.0), error, ..found.entropy_p.clone() } };
        Self { each, sum, excess }
    }

    /// The sum with its numbers, beside D(P‖Q).
    pub fn formula(&self, forward: &Answer) -> Formula {
        let nats = |a: &Answer| Math::from(a.quantity(Unit::Nats));
        let weighted = |of: &'static str| {
            let bell = Math::index("P", "k");
            Math::from([
                "∑".into(),
                Math::index("w", "k"),
                "D".into(),
                "(".into(),
                bell,
                "‖".into(),
                of.into(),
                ")".into(),
            ])
        };
        let mut parts = vec![weighted("Q"), "=".into()];
        for (i, part) in self.each.iter().enumerate() {
            if i > 0 {
                parts.push("+".into());
            }
            parts.push(nats(part));
        }
        if self.each.len() > 1 {
            parts.extend(["=".into(), nats(&self.sum)]);
        }
        parts.push("=".into());
        parts.push(Math::Words("D(P‖Q)".into()).colored(Role::Forward));
        parts.extend(["+".into(), weighted("P"), "=".into()]);
        parts.extend([nats(forward).colored(Role::Forward), "+".into(), nats(&self.excess)]);
        Formula::new("By the bells of P: an upper bound", parts)
    }
}
