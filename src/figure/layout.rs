//! Where each panel stands on a page of a given width, and how its data become pixels.

use super::axis::{Axis, Ticks};
use super::clip::Rect;
use super::head::{GAP, Head, LINE, RIGHT, head};
use super::look::Look;
use super::model::{Figure, Panel, Row};
use super::names::{self, LEADING, Name};
use super::point::Point;
use super::ruler;
use crate::text::Text;

/// The plotting area of one panel, in CSS pixels.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// The title, wrapped to the panel's width.
    pub title: Vec<String>,
    /// The y axis's caption.
    pub caption: String,
    /// The left edge of the panel with its tick labels.
    pub outer_left: f64,
    /// The names of bars, which stand below.
    pub names: Vec<Name>,
    /// The names of rows, which stand on the left.
    pub row_names: Vec<Name>,
    /// What stands below the area that is higher than one line of names, in CSS pixels.
    pub deeper: f64,
    x: Axis,
    y: Axis,
    /// Where both scales begin and end: known once, since every point that is drawn asks for it.
    x_ends: (f64, f64),
    y_ends: (f64, f64),
}

/// The size of a figure and the frames of its panels, in the order of [`Figure::panels`].
#[derive(Clone, Debug)]
pub struct Layout {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// One frame a panel.
    pub frames: Vec<Frame>,
}

/// Below this width, in CSS pixels at type scale 1, panels stand below each other.
const NARROW: f64 = 560.0;
/// How much lower or higher than is natural plotting areas may become to fill a given height.
const STRETCH: (f64, f64) = (0.2, 4.0);
/// Width and height of a plotting area, at type scale 1, that is read with ease.
const ENOUGH: (f64, f64) = (240.0, 80.0);
/// The share of that size from which on a figure that is to fill a height keeps its rows as they are.
const AT_EASE: f64 = 0.7;
/// Room for tick labels left of a panel, and from there to the panel.
const LEFT: f64 = 46.0;
const BESIDE: f64 = 8.0;
/// The share of a panel's width that names of rows may take.
const ROW_NAMES: f64 = 0.4;

impl Frame {
    /// Data to CSS pixels; not clamped.
    pub fn pixel(&self, (x, y): Point) -> Point {
        let position = |axis: &Axis, (low, high): (f64, f64), v: f64| (axis.along(v) - low) / (high - low);
        let (across, up) = (position(&self.x, self.x_ends, x), position(&self.y, self.y_ends, y));
        (self.left + across * self.width, self.top + (1.0 - up) * self.height)
    }

    /// CSS pixels to data, the pixel being moved onto the frame first.
    pub fn data(&self, (px, py): Point) -> Point {
        let along = ((px - self.left) / self.width).clamp(0.0, 1.0);
        let up = (1.0 - (py - self.top) / self.height).clamp(0.0, 1.0);
        (self.x.value(along), self.y.value(up))
    }

    /// The pixel of a point, moved onto the frame where it lies outside: handles stay in reach.
    pub fn reachable(&self, at: Point) -> Point {
        let (x, y) = self.pixel(at);
        let inside = |v: f64, low: f64, high: f64| if v.is_nan() { high } else { v.clamp(low, high) };
        (inside(x, self.left, self.left + self.width), inside(y, self.top, self.top + self.height))
    }

    /// The direction in which a point lies off the scale, as a step of length 1; nothing where it is on the panel.
    pub fn beyond(&self, at: Point) -> Option<Point> {
        let ((x, y), (px, py)) = (self.pixel(at), self.reachable(at));
        // Half a pixel is the width of a line; what is no number has no direction.
        let way = |to: f64, from: f64| if (to - from).abs() > 0.5 { (to - from).signum() } else { 0.0 };
        let (dx, dy) = (way(x, px), way(y, py));
        let length = dx.hypot(dy);
        (length > 0.0).then(|| (dx / length, dy / length))
    }

    /// The frame as a rectangle.
    pub fn rect(&self) -> Rect {
        Rect { left: self.left, top: self.top, right: self.left + self.width, bottom: self.top + self.height }
    }

    /// The horizontal axis.
    pub const fn x(&self) -> &Axis {
        &self.x
    }

    /// The vertical axis.
    pub const fn y(&self) -> &Axis {
        &self.y
    }
}

/// Panels side by side.
#[derive(Clone)]
struct Level<'a> {
    panels: Vec<&'a Panel>,
    /// The height of their plotting areas at type scale 1.
    height: f64,
}

impl<'a> Level<'a> {
    /// A figure's rows; where it is narrow each panel is a level of its own.
    fn natural(figure: &'a Figure, narrow: bool) -> Vec<Self> {
        let level = |panels: &'a [Panel], height| Self { panels: panels.iter().collect(), height };
        let levels = |row: &'a Row| {
            let most = if narrow { 1 } else { row.panels.len().max(1) };
            row.panels.chunks(most).map(move |panels| level(panels, row.height))
        };
        figure.rows.iter().flat_map(levels).collect()
    }

    /// Every way of putting rows that follow each other side by side, the figure's own rows being the first.
    fn merged(figure: &'a Figure) -> Vec<Vec<Self>> {
        let mut ways: Vec<Vec<Self>> = vec![Vec::new()];
        for row in &figure.rows {
            let panels = || row.panels.iter();
            let joined = ways.iter().filter_map(|levels| {
                let (last, before) = levels.split_last()?;
                let last = Self {
                    panels: last.panels.iter().copied().chain(panels()).collect(),
                    height: last.height.max(row.height),
                };
                Some(before.iter().cloned().chain([last]).collect())
            });
            let below = ways.iter().map(|levels| {
                let own = Self { panels: panels().collect(), height: row.height };
                levels.iter().cloned().chain([own]).collect()
            });
            ways = below.chain(joined).collect();
        }
        ways
    }
}

impl Layout {
    /// Lays a figure out on `width` CSS pixels; `ruler` measures words in the look's type.
    pub fn new(
        figure: &Figure,
        width: f64,
        look: &Look,
        ruler: &dyn Fn(&str, f64) -> f64,
        say: &dyn Fn(&Text) -> String,
    ) -> Self {
        let say = look.words(say);
        let narrow = width < NARROW * look.scale;
        let natural = Level::natural(figure, narrow);
        let filled = |levels: &[Level<'_>]| Self::filled(levels, width, look, ruler, &say);
        let layout = filled(&natural);
        let ease = layout.ease(&natural, look.scale);
        if look.height.is_none() || ease >= AT_EASE {
            return layout;
        }
        // Too low to be read: rows that stand side by side share one head and one foot.
        let merged = Level::merged(figure).into_iter().map(|levels| {
            let layout = filled(&levels);
            (layout.ease(&levels, look.scale), layout)
        });
        merged.fold((ease, layout), |best, next| if next.0 > best.0 { next } else { best }).1
    }

    /// The levels below each other, filling the height that is to be filled.
    fn filled(
        levels: &[Level<'_>],
        width: f64,
        look: &Look,
        ruler: &dyn Fn(&str, f64) -> f64,
        say: &dyn Fn(&Text) -> String,
    ) -> Self {
        let (natural, rows) = Self::stretched(levels, width, 1.0, look, ruler, say);
        let Some(height) = look.height else { return natural };
        let stretch = 1.0 + (height - natural.height) / rows;
        if !stretch.is_finite() {
            return natural;
        }
        Self::stretched(levels, width, stretch.clamp(STRETCH.0, STRETCH.1), look, ruler, say).0
    }

    /// How easily the panel with the least room is read: its share of the size that is enough, at most 1.
    fn ease(&self, levels: &[Level<'_>], scale: f64) -> f64 {
        let panels = levels.iter().flat_map(|level| level.panels.iter().map(|panel| (panel, level.height)));
        let share = |(frame, (panel, natural)): (&Frame, (&&Panel, f64))| {
            let low = frame.height / scale / natural.min(ENOUGH.1);
            // What has one unit both ways is as wide as it is high.
            if panel.plane { low } else { low.min(frame.width / scale / ENOUGH.0) }
        };
        self.frames.iter().zip(panels).map(share).fold(1.0, f64::min)
    }

    /// The layout with plotting areas so many times their natural height, and the sum of their rows' heights.
    fn stretched(
        levels: &[Level<'_>],
        width: f64,
        stretch: f64,
        look: &Look,
        ruler: &dyn Fn(&str, f64) -> f64,
        say: &dyn Fn(&Text) -> String,
    ) -> (Self, f64) {
        let mut frames = Vec::new();
        let mut top = 0.0;
        let mut rows = 0.0;
        for Level { panels, height } in levels {
            let shares: f64 = panels.iter().map(|p| p.share).sum();
            let outer = |panel: &Panel| width * panel.share / shares;
            let frames_of = |height: f64| -> Vec<Frame> {
                let mut left = 0.0;
                let placed = panels.iter().map(|panel| {
                    let frame = frame(panel, left, outer(panel), height, look, ruler, say);
                    left += outer(panel);
                    frame
                });
                placed.collect()
            };
            let mut row_frames = frames_of(height * stretch * look.scale);
            let heads = row_frames.iter().map(|f| f.top).fold(0.0, f64::max);
            let tallest = row_frames.iter().map(|f| f.height).fold(0.0, f64::max);
            let feet = panels.iter().map(|p| foot(p, outer(p), look, say)).fold(0.0, f64::max);
            let kept = panels.iter().map(|p| head(p, outer(p), look, &ruler::nominal, say).height).fold(0.0, f64::max);
            // What titles take above the room that is kept for them the plotting areas give.
            let excess = (heads - kept).clamp(0.0, tallest / 2.0);
            if excess > 0.0 {
                row_frames = frames_of(tallest - excess);
            }
            let heads = heads.max(kept);
            for mut frame in row_frames {
                frame.top = top + heads;
                frames.push(frame);
            }
            top += heads + tallest - excess + feet;
            rows += tallest;
        }
        // What is to fill a given height must not be the rounding higher.
        let height = if look.height.is_some() { top.floor() } else { top.ceil() };
        (Self { width, height, frames }, rows)
    }
}

/// A panel's frame as if its row began at 0, `top` being the height of its head; `height` is in CSS pixels.
fn frame(
    panel: &Panel,
    left: f64,
    outer: f64,
    mut height: f64,
    look: &Look,
    ruler: &dyn Fn(&str, f64) -> f64,
    say: &dyn Fn(&Text) -> String,
) -> Frame {
    let scale = look.scale;
    let (indent, row_names) = indent(panel, outer, look, ruler, say);
    let Head { title, caption, height: top } = head(panel, outer, look, ruler, say);
    let ends = |axis: &Axis| (axis.along(axis.low), axis.along(axis.high));
    let (x_ends, y_ends) = (ends(&panel.x), ends(&panel.y));
    let mut width = (outer - indent - RIGHT * scale).max(1.0);
    if panel.plane {
        let unit = (width / (x_ends.1 - x_ends.0)).min(height / (y_ends.1 - y_ends.0));
        (width, height) = (unit * (x_ends.1 - x_ends.0), unit * (y_ends.1 - y_ends.0));
    }
    let lines = kept_lines(panel, outer, look, say);
    Frame {
        names: names::under(&panel.x, (indent, width), Some(lines), look, ruler, say),
        row_names: names::in_rows(row_names, &panel.y, height, look),
        deeper: deeper(lines, look),
        left: left + indent,
        top,
        width,
        height,
        title,
        caption,
        outer_left: left + 4.0 * scale,
        x: panel.x.clone(),
        y: panel.y.clone(),
        x_ends,
        y_ends,
    }
}

/// What stands left of a plotting area: its room, and the names of rows.
fn indent(
    panel: &Panel,
    outer: f64,
    look: &Look,
    ruler: &dyn Fn(&str, f64) -> f64,
    say: &dyn Fn(&Text) -> String,
) -> (f64, Vec<Name>) {
    let scale = look.scale;
    match panel.y.ticks {
        Ticks::None => (RIGHT * scale, Vec::new()),
        Ticks::Round => (LEFT * scale, Vec::new()),
        Ticks::Named(_) => {
            let (room, names) = names::beside(&panel.y, ROW_NAMES * outer, look, ruler, say);
            ((room + BESIDE * scale).max(LEFT * scale), names)
        }
    }
}

/// The lines that names of bars are kept room for: as many as words of nominal width need, so that the height of a figure is
/// known wherever its width is.
fn kept_lines(panel: &Panel, outer: f64, look: &Look, say: &dyn Fn(&Text) -> String) -> usize {
    let (indent, _) = indent(panel, outer, look, &ruler::nominal, say);
    let width = (outer - indent - RIGHT * look.scale).max(1.0);
    let names = names::under(&panel.x, (indent, width), None, look, &ruler::nominal, say);
    names.iter().map(|name| name.lines.len()).max().unwrap_or(1).max(1)
}

/// How much so many lines of names are higher than one.
fn deeper(lines: usize, look: &Look) -> f64 {
    (lines.max(1) - 1) as f64 * LEADING * look.text_size()
}

/// The height of what stands below a panel.
fn foot(panel: &Panel, outer: f64, look: &Look, say: &dyn Fn(&Text) -> String) -> f64 {
    let ticks = if panel.x.ticks == Ticks::None { 0.0 } else { LINE + 4.0 };
    let caption = if panel.x.caption(look.bits, &Text::english).is_empty() { 0.0 } else { LINE };
    (ticks + caption + GAP) * look.scale + deeper(kept_lines(panel, outer, look, say), look)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Row, Theme};

    fn two_panels() -> Figure {
        let panel = |id| Panel::new(id, "a title", Axis::new(0.0, 10.0, "x"), Axis::new(-1.0, 1.0, "y"));
        Figure { rows: vec![Row::new(200.0, vec![panel("a"), panel("b")])] }
    }

    fn lay(width: f64) -> Layout {
        let look = Look::new(Theme::light());
        Layout::new(&two_panels(), width, &look, &|words, size| words.len() as f64 * size * 0.5, &Text::english)
    }

    #[test]
    fn panels_stand_side_by_side_where_there_is_room_and_below_each_other_where_not() {
        let wide = lay(900.0);
        assert_eq!(wide.frames[0].top, wide.frames[1].top);
        assert!(wide.frames[0].rect().right < wide.frames[1].left);
        let narrow = lay(375.0);
        assert!(narrow.frames[0].rect().bottom < narrow.frames[1].top);
        assert!(narrow.height > 1.8 * wide.height);
    }

    #[test]
    fn in_a_picture_of_the_plane_circles_are_round() {
        for width in [343.0, 900.0] {
            let panel = Panel::new("p", "", Axis::new(-2.0, 2.0, ""), Axis::new(-1.0, 3.0, "")).plane();
            let figure = Figure { rows: vec![Row::new(300.0, vec![panel])] };
            let look = Look::new(Theme::light());
            let layout = Layout::new(&figure, width, &look, &|_, _| 0.0, &Text::english);
            let frame = &layout.frames[0];
            let (origin, right, up) = (frame.pixel((0.0, 0.0)), frame.pixel((1.0, 0.0)), frame.pixel((0.0, 1.0)));
            assert!(((right.0 - origin.0) - (origin.1 - up.1)).abs() < 1e-9);
            assert!(frame.rect().right <= width && frame.height <= 300.0);
        }
    }

    #[test]
    fn pixels_and_data_are_inverse_and_outside_is_moved_in() {
        let frame = &lay(900.0).frames[0];
        let (x, y) = frame.data(frame.pixel((2.5, 0.25)));
        assert!((x - 2.5).abs() < 1e-12 && (y - 0.25).abs() < 1e-12);
        assert_eq!(frame.data((-1e9, 1e9)), (0.0, -1.0));
        assert_eq!(frame.reachable((1e9, f64::INFINITY)), (frame.rect().right, frame.top), "infinity is up");
        assert!(frame.rect().contains(frame.reachable((f64::NAN, f64::NAN))));
        for (at, way) in [
            ((2.5, 0.25), None),
            ((0.0, 1.0), None),
            ((5.0, f64::INFINITY), Some((0.0, -1.0))),
            ((5.0, -1.1), Some((0.0, 1.0))),
            ((-1e9, 0.0), Some((-1.0, 0.0))),
            ((f64::NAN, 0.0), None),
        ] {
            assert_eq!(frame.beyond(at), way, "{at:?}");
        }
    }

    #[test]
    fn rows_stand_side_by_side_where_a_low_screen_leaves_no_room_below_each_other() {
        let panel = |id| Panel::new(id, id, Axis::new(0.0, 1.0, "x"), Axis::new(0.0, 1.0, "y"));
        let rows = vec![Row::new(200.0, vec![panel("a")]), Row::new(200.0, vec![panel("b"), panel("c")])];
        let figure = Figure { rows };
        let ruler = |words: &str, size: f64| words.len() as f64 * size * 0.5;
        let mut look = Look::new(Theme::light());
        look.scale = 1.8;
        // The screens of projectors, less what is around the figure.
        for (width, height, levels) in [(1240.0, 480.0, 1), (1240.0, 900.0, 2), (980.0, 560.0, 2)] {
            look.height = Some(height);
            let layout = Layout::new(&figure, width, &look, &ruler, &Text::english);
            let mut tops: Vec<f64> = layout.frames.iter().map(|frame| frame.top).collect();
            tops.dedup();
            assert_eq!(tops.len(), levels, "{width} × {height}");
            assert!(layout.height <= height && layout.frames.iter().all(|frame| frame.height > 80.0));
            for (one, next) in layout.frames.iter().zip(&layout.frames[1..]) {
                assert!(one.top < next.top || one.rect().right < next.left, "{width} × {height}: panels overlap");
            }
        }
    }

    #[test]
    fn a_figure_fills_the_height_it_is_given_and_type_keeps_its_size() {
        let mut look = Look::new(Theme::light());
        let ruler = |words: &str, size: f64| words.len() as f64 * size * 0.5;
        let natural = lay(375.0);
        for height in [natural.height - 90.0, natural.height + 200.0] {
            look.height = Some(height);
            let filled = Layout::new(&two_panels(), 375.0, &look, &ruler, &Text::english);
            assert!((height - filled.height).abs() <= 1.0, "{} for {height}", filled.height);
            assert_eq!(filled.frames[0].top, natural.frames[0].top);
            assert!((filled.frames[0].height - filled.frames[1].height).abs() < 1e-9);
        }
        look.height = Some(1.0);
        let least = Layout::new(&two_panels(), 375.0, &look, &ruler, &Text::english);
        assert!((least.frames[0].height - 40.0).abs() < 1e-9, "no panel vanishes");
    }

    #[test]
    fn the_height_is_the_same_in_every_face() {
        let panel = |id, title| Panel::new(id, title, Axis::new(0.0, 1.0, "x"), Axis::new(0.0, 1.0, "y"));
        let long = "a title that is set on as many lines as it needs";
        let figure = Figure { rows: vec![Row::new(200.0, vec![panel("a", "short"), panel("b", long)])] };
        let look = Look::new(Theme::light());
        for width in [320.0, 375.0, 600.0, 900.0] {
            let lay = |advance: f64| {
                let ruler = move |words: &str, size: f64| words.len() as f64 * size * advance;
                Layout::new(&figure, width, &look, &ruler, &Text::english)
            };
            let (narrow, wide) = (lay(0.3), lay(0.9));
            assert_eq!(narrow.height, wide.height, "{width}");
            let (few, many) = (&narrow.frames[1], &wide.frames[1]);
            assert!(few.title.len() < many.title.len(), "{width}");
            // The title stands above the plotting area, and the area where its row ends.
            assert!(many.top - 20.0 * (many.title.len() + 1) as f64 >= 0.0, "{width}");
            assert!((few.rect().bottom - many.rect().bottom).abs() < 1e-9, "{width}");
        }
    }
}
