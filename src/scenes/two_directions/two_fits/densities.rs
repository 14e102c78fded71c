//! The target, the learner's Q and the fits as curves on one axis.

use crate::dist::mixture::Component;
use crate::dist::normal::Normal;
use crate::figure::{Axis, Mark, Panel, Place, Role, Stroke, nice_range};
use crate::scene::bells::{self, Bell, grid};

use super::descents::Descents;
use super::fits::Fits;
use super::scenery::{Scenery, curve};
use super::target;

/// The panel of densities; `fits` and descents are shown where they may be seen.
pub fn panel(scene: &Scenery<'_>, modes: &[Component], shown: Option<(&Fits, &Descents)>) -> Panel {
    let Scenery { p, q, range, target: seen, movable, .. } = *scene;
    let fitted = shown.map_or(Vec::new(), |(fits, _)| fits.bells());
    let widths = modes.iter().map(|m| (m.mean, m.sd)).chain([(q.mean(), q.sd())]);
    let ends: Vec<Normal> = shown.map_or(Vec::new(), |(_, descents)| descents.ends().collect());
    let others = fitted.iter().map(|b| &b.normal).chain(&ends).map(|b| (b.mean(), b.sd()));
    let xs = grid(range, widths.chain(others));
    let target = bells::curve(&xs, |x| p.pdf(x));
    let mut highest = q.pdf(q.mean());
    if seen {
        highest = target.iter().map(|v| v.1).fold(highest, f64::max);
    }
    // Fits to narrow modes are tall; past some height they may leave the panel rather than flatten P.
    let peaks = fitted.iter().map(|b| (0.4 / b.normal.sd()).min(2.2 * highest));
    let (_, high) = nice_range(peaks.chain([0.0, 0.35, highest]), 0.12);
    let title =
        if seen { "Drag the modes of P, or Q onto its best place" } else { "P is hidden: move Q, watch the numbers" };
    let mut panel = Panel::new("densities", title, Axis::new(range.0, range.1, "x"), Axis::new(0.0, high, "density"));
    if seen {
        panel.area(Role::P, "P", target.clone());
        panel.line(Role::P, "P", target);
    }
    let descending = shown.is_some_and(|(_, descents)| descents.steps() > 0);
    for bell in fitted {
        let (role, normal) = (bell.role, bell.normal);
        // While Q is on its way, its goals stand back.
        let stroke = if descending { Stroke::Fine } else { bell.stroke };
        panel.mark(Mark::Line { name: bell.name.into(), role, stroke, points: curve(&normal, &xs) });
        if descending {
            continue;
        }
        // The forward fit is broad: its flank is free when its peak is not.
        let (mean, sd) = (normal.mean(), normal.sd());
        let flank = if mean + 2.0 * sd < range.1 - 1.0 { mean + 2.0 * sd } else { mean - 2.0 * sd };
        let x = if role == Role::Forward { flank } else { mean };
        // Where the bell is off the panel there is nothing to name.
        if (range.0..=range.1).contains(&x) {
            panel.label(role, (x, normal.pdf(x).min(0.99 * high)), Place::Above, bell.name);
        }
    }
    if let Some((_, descents)) = shown {
        descents.draw(&mut panel, &xs);
    }
    panel.line(Role::Q, "Q", curve(q, &xs));
    let own = Bell::new(*q, Place::Right);
    panel.label(Role::Q, own.flank(1.0), own.place(), "Q");
    if movable {
        target::handles(&mut panel, modes);
    }
    panel.handle(own.peak(Role::Q, "q", "Q: mean", "q_mean"));
    panel.handle(own.width(Role::Q, "q-sd", "Q: sd", "q_sd"));
    panel
}
