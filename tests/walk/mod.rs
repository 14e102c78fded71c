//! What the tests that walk the registry have in common: settings worth trying, and what is looked at in every state.

#![allow(dead_code, reason = "each test file uses its part")]

use kl_explorer::figure::{Figure, Layout, Look, Mark, Theme};
use kl_explorer::scene::{Kind, Scene, Value, Values};
use kl_explorer::text::Text;

/// The values worth trying for a control: both ends, or every option.
pub fn ends(kind: &Kind) -> Vec<Value> {
    match kind {
        Kind::Choice { options } => options.iter().map(|(id, _)| (*id).into()).collect(),
        Kind::Switch => vec![false.into(), true.into()],
        number => number.range().into_iter().flat_map(|r| [r.min.into(), r.max.into()]).collect(),
    }
}

/// Each control of a scene alone at each end.
pub fn at_ends(scene: &Scene) -> Vec<Values> {
    let controls = scene.run(&Values::new(), false).controls;
    let alone = |id: &str, value| Values::from([(id.to_owned(), value)]);
    controls.iter().flat_map(|c| ends(&c.kind).into_iter().map(|value| alone(&c.id, value))).collect()
}

/// Words in letters a little over half as wide as they are high.
pub fn ruler(words: &str, size: f64) -> f64 {
    words.chars().count() as f64 * size * 0.56
}

/// A figure laid out with that ruler.
pub fn lay(figure: &Figure, width: f64) -> Layout {
    Layout::new(figure, width, &Look::new(Theme::light()), &ruler, &Text::english)
}

/// The numbers of a mark, of cells only those that are NaN.
pub fn numbers(mark: &Mark) -> Vec<f64> {
    let flat = |points: &[(f64, f64)]| points.iter().flat_map(|p| [p.0, p.1]).collect();
    match mark {
        Mark::Line { points, .. }
        | Mark::Area { points, .. }
        | Mark::Dots { points, .. }
        | Mark::Stationary { points, .. } => flat(points),
        Mark::Cells { cells, .. } => cells.values().iter().copied().filter(|v| v.is_nan()).collect(),
        Mark::Contour { lines, .. } => lines.iter().flat_map(|line| flat(line)).collect(),
        Mark::Bars { bars, .. } => bars.iter().flat_map(|b| [b.from, b.to, b.base, b.top]).collect(),
        Mark::Bubbles { bubbles, .. } => bubbles.iter().flat_map(|b| [b.at.0, b.at.1, b.weight]).collect(),
        Mark::RuleX { at, .. } | Mark::RuleY { at, .. } => vec![*at],
        Mark::Label { at, .. } => vec![at.0, at.1],
    }
}
