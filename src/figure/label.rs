//! Labels on a figure: a label that would cover another, or a curve, moves to another side of its point; where
//! all sides are taken by labels it steps aside altogether.

use super::clip::Rect;
use super::model::Place;
use super::point::Point;

/// Room between a label and its point, in CSS pixels.
const AWAY: f64 = 8.0;

/// The labels placed so far on one panel.
pub struct Labels {
    frame: Rect,
    taken: Vec<Rect>,
    ink: Vec<Stretch>,
    tiles: Vec<Tile>,
}

/// A tile of a panel: it is named on itself, once, by the first label that fits on it.
struct Tile {
    rect: Rect,
    named: bool,
}

/// How many heights above and below its middle a name is tried at on a tile.
const HEIGHTS: i32 = 8;

/// A straight piece of what is drawn.
pub type Stretch = (Point, Point);

impl Labels {
    /// No labels yet on a panel that ends at `frame`; `taken` is to be kept free, and `ink` where there is a choice.
    pub const fn new(frame: Rect, taken: Vec<Rect>, ink: Vec<Stretch>) -> Self {
        Self { frame, taken, ink, tiles: Vec::new() }
    }

    /// The same with tiles: a label whose point is on one stays on it.
    pub fn on_tiles(mut self, tiles: impl Iterator<Item = Rect>) -> Self {
        self.tiles = tiles.map(|rect| Tile { rect, named: false }).collect();
        self
    }

    /// Whether a label at a point has to stay on a tile.
    pub fn confines(&self, at: Point) -> bool {
        self.tiles.iter().any(|tile| tile.rect.contains(at))
    }

    /// Finds room for a label of a given size at a point: its centre, or nothing where there is none.
    pub fn place(&mut self, at: Point, preferred: Place, width: f64, height: f64) -> Option<Point> {
        if let Some(tile) = self.tiles.iter().position(|tile| tile.rect.contains(at)) {
            return self.name(tile, width, height);
        }
        let sides = [preferred, Place::Above, Place::Below, Place::Right, Place::Left];
        let (sides, distances): (&[Place], &[f64]) =
            if preferred == Place::On { (&sides[..1], &[0.0]) } else { (&sides, &[AWAY, 2.0 * AWAY, 3.0 * AWAY]) };
        // Beside its point, or, round something that is to be kept free, a little further out.
        let places = distances.iter().flat_map(|away| sides.iter().map(move |place| (*place, *away)));
        let free: Vec<Rect> = places
            .filter_map(|(place, away)| self.nudged(boxed(at, place, away, width, height)))
            .filter(|rect| !self.taken.iter().any(|other| overlap(rect, other)))
            .collect();
        // Most of what is drawn is near none of them.
        let around = free.iter().copied().reduce(hull)?;
        let ink: Vec<&Stretch> = self.ink.iter().filter(|stretch| !passes(stretch, &around)).collect();
        let clear = |rect: &&Rect| !ink.iter().any(|stretch| runs_through(stretch, rect));
        let found = *free.iter().find(clear).or(free.first())?;
        self.taken.push(found);
        Some(((found.left + found.right) / 2.0, (found.top + found.bottom) / 2.0))
    }

    /// Finds room for the name of a tile, as near to its middle as may be.
    fn name(&mut self, tile: usize, width: f64, height: f64) -> Option<Point> {
        let Tile { rect, named } = &self.tiles[tile];
        let (left, right) = ((rect.left + rect.right - width) / 2.0, (rect.left + rect.right + width) / 2.0);
        let spare = (rect.bottom - rect.top - height) / 2.0;
        if *named || left < rect.left || spare < 0.0 {
            return None;
        }
        let heights = (0..=HEIGHTS).flat_map(|i| [i, -i]).map(|i| spare * (1.0 + f64::from(i) / f64::from(HEIGHTS)));
        let boxes = heights.map(|down| Rect { left, right, top: rect.top + down, bottom: rect.top + down + height });
        let found = boxes.into_iter().find(|room| !self.taken.iter().any(|other| overlap(room, other)))?;
        self.tiles[tile].named = true;
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

/// The least rectangle around both.
fn hull(a: Rect, b: Rect) -> Rect {
    Rect {
        left: a.left.min(b.left),
        top: a.top.min(b.top),
        right: a.right.max(b.right),
        bottom: a.bottom.max(b.bottom),
    }
}

/// Whether a straight line lies all on one side of a rectangle.
fn passes(&((x0, y0), (x1, y1)): &Stretch, rect: &Rect) -> bool {
    (x0 <= rect.left && x1 <= rect.left)
        || (x0 >= rect.right && x1 >= rect.right)
        || (y0 <= rect.top && y1 <= rect.top)
        || (y0 >= rect.bottom && y1 >= rect.bottom)
}

/// Whether a straight line enters a rectangle (by Liang and Barsky's clipping, 1984).
fn runs_through(stretch: &Stretch, rect: &Rect) -> bool {
    if passes(stretch, rect) {
        return false;
    }
    let &((x0, y0), (x1, y1)) = stretch;
    let (mut from, mut to) = (0.0f64, 1.0f64);
    for (start, way, low, high) in [(x0, x1 - x0, rect.left, rect.right), (y0, y1 - y0, rect.top, rect.bottom)] {
        if way == 0.0 {
            if start <= low || start >= high {
                return false;
            }
            continue;
        }
        let (a, b) = ((low - start) / way, (high - start) / way);
        (from, to) = (from.max(a.min(b)), to.min(a.max(b)));
    }
    from < to
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect { left: 0.0, top: 0.0, right: 100.0, bottom: 100.0 };

    #[test]
    fn a_tile_is_named_once_on_itself_beside_what_is_taken() {
        let tile = Rect { left: 0.0, top: 0.0, right: 40.0, bottom: 60.0 };
        let handle = Rect { left: 10.0, top: 20.0, right: 30.0, bottom: 40.0 };
        let mut labels = Labels::new(FRAME, vec![handle], Vec::new()).on_tiles([tile].into_iter());
        assert!(labels.confines((20.0, 30.0)) && !labels.confines((50.0, 30.0)));
        assert_eq!(labels.place((20.0, 30.0), Place::On, 50.0, 12.0), None, "wider than its tile");
        let (x, y) = labels.place((20.0, 30.0), Place::On, 30.0, 12.0).expect("room above or below the handle");
        assert!(x == 20.0 && ((6.0..=14.0).contains(&y) || (46.0..=54.0).contains(&y)), "{y}");
        assert_eq!(labels.place((20.0, 30.0), Place::On, 10.0, 10.0), None, "it has its name");
    }

    #[test]
    fn labels_at_one_point_do_not_cover_each_other() {
        let mut labels = Labels::new(FRAME, Vec::new(), Vec::new());
        let placed: Vec<Point> = (0..20).map_while(|_| labels.place((50.0, 50.0), Place::Above, 30.0, 12.0)).collect();
        assert!((4..20).contains(&placed.len()), "there are four sides, and then no more room");
        for (i, a) in labels.taken.iter().enumerate() {
            assert!(labels.taken[i + 1..].iter().all(|b| !overlap(a, b)));
        }
    }

    #[test]
    fn a_label_stays_within_the_panel() {
        let mut labels = Labels::new(FRAME, Vec::new(), Vec::new());
        let (x, y) = labels.place((1.0, 2.0), Place::Above, 40.0, 12.0).expect("there is room below");
        assert!(x >= 20.0 && y > 2.0);
    }

    #[test]
    fn a_label_gets_out_of_the_way_of_a_curve_if_it_can() {
        let rising = vec![((0.0, 100.0), (100.0, 0.0))];
        let mut labels = Labels::new(FRAME, Vec::new(), rising.clone());
        let (x, y) = labels.place((50.0, 50.0), Place::Above, 30.0, 12.0).expect("there is room");
        assert!((x - 50.0).abs() + (y - 50.0).abs() > 0.0);
        let rect = boxed((x, y), Place::On, 0.0, 30.0, 12.0);
        assert!(!runs_through(&rising[0], &rect), "{x} {y}");
        // Where every side is crossed the label stands where it was asked to.
        let hatched: Vec<Stretch> = (0..100).map(|i| ((0.0, f64::from(i)), (100.0, f64::from(i)))).collect();
        let mut labels = Labels::new(FRAME, Vec::new(), hatched);
        assert_eq!(labels.place((50.0, 50.0), Place::Right, 30.0, 12.0), Some((73.0, 50.0)));
    }

    #[test]
    fn a_line_runs_through_a_box_or_past_it() {
        let rect = Rect { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };
        for (line, through) in [
            (((0.0, 15.0), (30.0, 15.0)), true),
            (((0.0, 0.0), (12.0, 12.0)), true),
            (((15.0, 12.0), (15.0, 13.0)), true),
            (((0.0, 0.0), (9.0, 9.0)), false),
            (((0.0, 25.0), (30.0, 21.0)), false),
            (((5.0, 0.0), (5.0, 30.0)), false),
            (((0.0, 20.0), (30.0, 20.0)), false),
            (((15.0, 15.0), (15.0, 15.0)), true),
        ] {
            assert_eq!(runs_through(&line, &rect), through, "{line:?}");
        }
    }
}
