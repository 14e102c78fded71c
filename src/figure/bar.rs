//! Bars as outlines. An infinite bar runs through the edge of its panel, open there and torn below it: however high it is
//! drawn, it is not to be measured against another.

use super::clip::{self, Rect};
use super::layout::Frame;
use super::model::Bar;
use super::point::Point;

/// How far through the edge of the panel an infinite bar runs, in CSS pixels at type scale 1.
const OVER: f64 = 3.0;
/// Where an infinite bar is torn: its distance from the edge, the width of the gap and the height of its teeth, as shares of
/// the panel. [`super::nice_range`] keeps finite bars below it.
const TORN: (f64, f64, f64) = (0.095, 0.06, 0.035);
/// The length of a tooth, in CSS pixels at type scale 1.
const TOOTH: f64 = 6.0;

/// A bar on its panel.
pub struct Drawn {
    /// What is filled.
    pub filled: Vec<Vec<Point>>,
    /// What is stroked.
    pub stroked: Vec<Vec<Point>>,
    /// Where the sign of infinity stands, if the bar is infinite: below its tear.
    pub endless: Option<Point>,
}

/// The outline of a bar on a panel whose type is so many times as large.
pub fn drawn(bar: &Bar, frame: &Frame, rect: &Rect, scale: f64) -> Drawn {
    let across = !bar.to.is_finite() || !bar.from.is_finite();
    if across || !bar.top.is_finite() {
        return endless(bar, across, frame, rect, scale);
    }
    let (from, to) = (frame.pixel((bar.from, bar.base)), frame.pixel((bar.to, bar.top)));
    let shape = clip::polygon(&[from, (from.0, to.1), to, (to.0, from.1)], rect);
    let outline = shape.iter().chain(shape.first()).copied().collect();
    Drawn { filled: vec![shape], stroked: vec![outline], endless: None }
}

/// A bar without an end. It is built as one that rises, and laid down if its panel is one of rows.
fn endless(bar: &Bar, across: bool, frame: &Frame, rect: &Rect, scale: f64) -> Drawn {
    // Along the bar from its base to the edge, and across it.
    let (base, edge, sides) = if across {
        let (base, edge) = if bar.to.is_finite() { (bar.to, rect.left) } else { (bar.from, rect.right) };
        let (one, other) = (frame.pixel((0.0, bar.base)).1, frame.pixel((0.0, bar.top)).1);
        (frame.reachable((base, bar.base)).0, edge, (one.min(other), one.max(other)))
    } else {
        let edge = if bar.top > 0.0 { rect.top } else { rect.bottom };
        let (one, other) = (frame.pixel((bar.from, 0.0)).0, frame.pixel((bar.to, 0.0)).0);
        (frame.reachable((bar.from, bar.base)).1, edge, (one, other))
    };
    let whole = if across { frame.width } else { frame.height };
    let back = if edge > base { -1.0 } else { 1.0 };
    let at = |along: f64, side: f64| if across { (along, side) } else { (side, along) };
    let teeth = ((sides.1 - sides.0) / (TOOTH * scale)).round().max(2.0) as usize;
    let tear = |distance: f64| -> Vec<Point> {
        let tooth = |i: usize| {
            let deep = if i.is_multiple_of(2) { 0.5 } else { -0.5 } * TORN.2 * whole;
            at(edge + back * (distance * whole + deep), sides.0 + (sides.1 - sides.0) * i as f64 / teeth as f64)
        };
        (0..=teeth).map(tooth).collect()
    };
    let closed = |tear: Vec<Point>, end: f64| -> Vec<Point> {
        std::iter::once(at(end, sides.0)).chain(tear).chain([at(end, sides.1)]).collect()
    };
    let lower = closed(tear(TORN.0 + 0.5 * TORN.1), base);
    let upper = closed(tear(TORN.0 - 0.5 * TORN.1), edge - back * OVER * scale);
    let mark = at(edge + back * (TORN.0 + TORN.1) * whole, 0.5 * (sides.0 + sides.1));
    Drawn { filled: vec![lower.clone(), upper.clone()], stroked: vec![lower, upper], endless: Some(mark) }
}
