//! The words of a figure.

use super::axis::{Axis, Ticks};
use super::model::{Figure, Mark, Panel};
use crate::text::Text;

impl Figure {
    /// All words that are on the figure or name something on it, to be put otherwise.
    pub fn words(&mut self) -> Vec<&mut Text> {
        let mut found = Vec::new();
        for Panel { title, x, y, marks, handles, .. } in self.rows.iter_mut().flat_map(|row| &mut row.panels) {
            found.push(title);
            for Axis { label, ticks, .. } in [x, y] {
                found.push(label);
                if let Ticks::Named(named) = ticks {
                    found.extend(named.iter_mut().map(|(_, words)| words));
                }
            }
            found.extend(marks.iter_mut().filter_map(words));
            found.extend(handles.iter_mut().map(|handle| &mut handle.label));
        }
        found
    }
}

fn words(mark: &mut Mark) -> Option<&mut Text> {
    match mark {
        Mark::Line { name, .. }
        | Mark::Area { name, .. }
        | Mark::Bars { name, .. }
        | Mark::Dots { name, .. }
        | Mark::Cells { name, .. }
        | Mark::Contour { name, .. }
        | Mark::Stationary { name, .. }
        | Mark::Bubbles { name, .. } => Some(name),
        Mark::Label { text, .. } => Some(text),
        Mark::RuleX { .. } | Mark::RuleY { .. } => None,
    }
}
