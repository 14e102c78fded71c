//! Labels on a figure: a label that would cover another moves to another side of its point, or steps
//! aside altogether.

use super::clip::Rect;
use super::model::{Place, Point};

/// Room between a label and its point, in CSS pixels.
const AWAY: f64 = 8.0;

/// The labels placed so far on one panel.
pub struct Labels {
    frame: Rect,
    taken: Vec<Rect>,
}

impl Labels {
    /// No labels yet on a panel that ends at `frame`; `taken` is to be kept free.
    pub const fn new(frame: Rect, taken: Vec<Rect>) -> Self {
        Self { frame, taken }
    }

    /// Finds room for a label of a given size at a point: its centre, or nothing where there is none.
    pub fn place(&mut self, at: Point, preferred: Place, width: f64, height: f64) -> Option<Point> {
        let sides = [preferred, Place::Above, Place::Below, Place::Right, Place::Left];
        let (sides, distances): (&[Place], &[f64]) =
            if preferred == Place::On { (&sides[..1], &[0.0]) } else { (&sides, &[AWAY, 2.0 * AWAY]) };
        // Beside its point, or, round something that is to be kept free, a little further out.
        let found = distances.iter().flat_map(|away| sides.iter().map(move |place| (*place, *away))).find_map(
            |(place, away)| {
                let rect = self.nudged(boxed(at, place, away, width, height))?;
                (!self.taken.iter().any(|other| overlap(&rect, other))).then_some(rect)
            },
        )?;
        self.taken.push(found);
        Some(((found.left + found.right) / 2.0, (found.top + found.bottom) / 2.0))
    }

    /// The box moved sideways into the frame; nothing if it leaves it above or below.
    fn nudged(&self, mut rect: Rect) -> Option<Rect> {
        let frame = &self.frame;
        let shift = (frame.left - rect.left).max(0.0) - (rect.right - frame.right).max(0.0);
        rect.left += shift;
        rect.right += shift;
        let inside = rect.top >= frame.top - 2.0 && rect.bottom <= frame.bottom + 2.0 && rect.left >= frame.left - 1.0;
        inside.then_some(rect)
    }
}

fn boxed((x, y): Point, place: Place, away: f64, width: f64, height: f64) -> Rect {
    let (cx, cy) = match place {
        Place::Above => (x, y - away - height / 2.0),
        Place::Below => (x, y + away + height / 2.0),
        Place::Right => (x + away + width / 2.0, y),
        Place::Left => (x - away - width / 2.0, y),
        Place::On => (x, y),
    };
    Rect { left: cx - width / 2.0, right: cx + width / 2.0, top: cy - height / 2.0, bottom: cy + height / 2.0 }
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect { left: 0.0, top: 0.0, right: 100.0, bottom: 100.0 };

    #[test]
    fn labels_at_one_point_do_not_cover_each_other() {
        let mut labels = Labels::new(FRAME, Vec::new());
        let placed: Vec<Point> = (0..20).map_while(|_| labels.place((50.0, 50.0), Place::Above, 30.0, 12.0)).collect();
        assert!((4..20).contains(&placed.len()), "there are four sides, and then no more room");
        for (i, a) in labels.taken.iter().enumerate() {
            assert!(labels.taken[i + 1..].iter().all(|b| !overlap(a, b)));
        }
    }

    #[test]
    fn a_label_stays_within_the_panel() {
        let mut labels = Labels::new(FRAME, Vec::new());
        let (x, y) = labels.place((1.0, 2.0), Place::Above, 40.0, 12.0).expect("there is room below");
        assert!(x >= 20.0 && y > 2.0);
    }
}
