//! Named outcomes: the probabilities of one distribution as controls, and as bars to be dragged or swept over.

use super::controls::Controls;
use super::shares::Shares;
use crate::dist::Categorical;
use crate::error::Result;
use crate::figure::{Bar, Handle, Mark, Panel, Role};
use crate::text::Text;

/// An outcome: its name in control ids, and in words.
pub type Outcome = (&'static str, &'static str);

/// One distribution over named outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcomes {
    name: &'static str,
    role: Role,
    handles: Vec<(String, Text)>,
    shares: Shares,
}

impl Outcomes {
    /// Declares a control for each outcome, with ids such as `p_rain`; those beyond `used` are not in use.
    pub fn declare(
        c: &mut Controls<'_>,
        (prefix, name, role): (&str, &'static str, Role),
        outcomes: &[Outcome],
        defaults: &[f64],
        used: usize,
    ) -> Self {
        let label = |words| Text::new("{of}: {outcome}").with("of", name).with("outcome", Text::new(words));
        let named = |o: &Outcome| (format!("{prefix}_{}", o.0), label(o.1));
        let parts = outcomes.iter().map(named).zip(defaults).map(|((id, label), share)| (id, label, *share));
        let shares = Shares::declare(c, parts, used, true);
        Self { name, role, handles: outcomes.iter().take(used).map(named).collect(), shares }
    }

    /// The probabilities; they sum to 1.
    pub fn shares(&self) -> &[f64] {
        self.shares.parts()
    }

    /// The probabilities as a distribution.
    ///
    /// # Errors
    /// As [`Shares::distribution`].
    pub fn distribution(&self) -> Result<Categorical> {
        self.shares.distribution()
    }

    /// Puts the bars on a panel, each `half` as wide to both sides of its outcome's number plus `shift`.
    pub fn bars(&self, panel: &mut Panel, shift: f64, half: f64) {
        let middle = |i: usize| i as f64 + shift;
        let bar = |(i, &top): (usize, &f64)| Bar { from: middle(i) - half, to: middle(i) + half, base: 0.0, top };
        let bars = self.shares().iter().enumerate().map(bar).collect();
        panel.mark(Mark::Bars { name: self.name.into(), role: self.role, bars });
        for (i, ((id, label), share)) in self.handles.iter().zip(self.shares()).enumerate() {
            let handle = Handle::new(id.clone(), label.clone(), self.role, (middle(i), *share)).swept();
            panel.handle(handle.upright(self.shares.id(i), |(_, y)| y));
        }
    }
}
