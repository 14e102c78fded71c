//! Holding a picture still while something on it is dragged: the frame stays as it was where the drag began, and what
//! outgrows it is seen to leave it.

use super::axis::Axis;
use super::layout::Layout;
use super::model::{Figure, Mark, Panel};

impl Figure {
    /// The same figure on the axes of another one, panel by panel.
    #[must_use]
    pub fn held(mut self, before: &Self) -> Self {
        for panel in self.rows.iter_mut().flat_map(|row| &mut row.panels) {
            if let Some(before) = before.panels().find(|other| other.id == panel.id) {
                panel.hold(before);
            }
        }
        self
    }
}

impl Panel {
    fn hold(&mut self, before: &Self) {
        // A map fills its own frame.
        if self.marks.iter().any(|mark| matches!(mark, Mark::Cells { .. })) {
            return;
        }
        let own = [(self.x.low, self.x.high), (self.y.low, self.y.high)];
        for (axis, before) in [(&mut self.x, &before.x), (&mut self.y, &before.y)] {
            if axis.scale == before.scale {
                (axis.low, axis.high) = (before.low, before.high);
            }
        }
        // A name that stood within the frame stays within it, at the edge where what it names has left.
        let within = |v: &mut f64, (low, high): (f64, f64), axis: &Axis| {
            if (low..=high).contains(v) {
                *v = v.clamp(axis.low, axis.high);
            }
        };
        for mark in &mut self.marks {
            if let Mark::Label { at, .. } = mark {
                within(&mut at.0, own[0], &self.x);
                within(&mut at.1, own[1], &self.y);
            }
        }
    }
}

impl Layout {
    /// The same layout with its frames where those of another one stand, if both are of the same size and panels.
    #[must_use]
    pub fn held(mut self, before: &Self) -> Self {
        if self.width == before.width && self.frames.len() == before.frames.len() {
            self.height = before.height;
            for (frame, before) in self.frames.iter_mut().zip(&before.frames) {
                (frame.left, frame.top) = (before.left, before.top);
                (frame.width, frame.height) = (before.width, before.height);
                frame.outer_left = before.outer_left;
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Look, Place, Role, Row, Theme};
    use crate::text::Text;

    fn figure(high: f64, title: &'static str) -> Figure {
        let mut panel = Panel::new("p", title, Axis::new(0.0, 1.0, "x"), Axis::new(0.0, high, "y"));
        panel.label(Role::P, (0.5, 0.9 * high), Place::Below, "top");
        panel.label(Role::P, (0.5, 3.0 * high), Place::Below, "beyond");
        Figure { rows: vec![Row::new(200.0, vec![panel])] }
    }

    fn labels(figure: &Figure) -> Vec<f64> {
        let at = |mark: &Mark| if let Mark::Label { at, .. } = mark { Some(at.1) } else { None };
        figure.panels().flat_map(|panel| panel.marks.iter().filter_map(at)).collect()
    }

    #[test]
    fn what_grows_leaves_the_frame_and_its_name_stays_at_the_edge() {
        let held = figure(10.0, "").held(&figure(1.0, ""));
        assert_eq!(held.panels().map(|p| (p.y.low, p.y.high)).collect::<Vec<_>>(), [(0.0, 1.0)]);
        assert_eq!(labels(&held), [1.0, 30.0]);
        let shrunk = figure(1.0, "").held(&figure(10.0, ""));
        assert_eq!(labels(&shrunk), [0.9, 3.0]);
    }

    #[test]
    fn a_longer_title_moves_no_frame_while_something_is_held() {
        let look = Look::new(Theme::light());
        let ruler = |words: &str, size: f64| words.len() as f64 * size * 0.5;
        let lay = |title| Layout::new(&figure(1.0, title), 300.0, &look, &ruler, &Text::english);
        let (before, after) = (lay("short"), lay("a title of so many words that it does not fit on a single line"));
        let place = |layout: &Layout| (layout.height, layout.frames[0].top, layout.frames[0].height);
        assert_ne!(place(&after), place(&before));
        let held = after.held(&before);
        assert_eq!(place(&held), place(&before));
        assert!(held.frames[0].title.len() > 1);
    }
}
