//! What stands under the pointer: the plotted values nearest to a place on the figure.

use super::layout::{Frame, Layout};
use super::model::{Figure, Mark, Point};
use super::table::table;
use crate::text::Text;

/// The values of a panel's series at one x.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The x of the nearest plotted points.
    pub x: f64,
    /// Each series' name and its plotted value there.
    pub values: Vec<(Text, f64)>,
}

/// Reads off what is plotted at a pixel; nothing where no panel is, or one of named rows. On a heat map that is the
/// value at the very place.
pub fn probe(figure: &Figure, layout: &Layout, at: Point) -> Option<Reading> {
    let (panel, frame) = figure.panels().zip(&layout.frames).find(|(_, frame)| frame.rect().contains(at))?;
    // Rows with names have no value over each x.
    if panel.lies() {
        return None;
    }
    let map = panel.marks.iter().find_map(|mark| match mark {
        Mark::Cells { name, cells, .. } => Some((name, cells)),
        _ => None,
    });
    if let Some((name, cells)) = map {
        let (x, y) = frame.data(at);
        return Some(Reading { x, values: vec![(panel.y.label.clone(), y), (name.clone(), cells.at((x, y)))] });
    }
    let near: Vec<(Text, Point)> = table(figure)
        .into_iter()
        .filter(|series| series.panel.id == panel.id && !series.crowd)
        .filter_map(|series| Some((series.name.clone(), nearest(&series.points, frame, at.0)?)))
        .collect();
    let distance = |p: &Point| (frame.pixel(*p).0 - at.0).abs();
    let x = near.iter().map(|(_, p)| *p).min_by(|a, b| distance(a).total_cmp(&distance(b)))?.0;
    // Series on other grids are read only where they have a point within a pixel and a half.
    let here = frame.pixel((x, panel.y.low)).0;
    let values = near
        .into_iter()
        .filter(|(_, p)| (frame.pixel((p.0, panel.y.low)).0 - here).abs() <= 1.5)
        .map(|(name, p)| (name, p.1))
        .collect();
    Some(Reading { x, values })
}

fn nearest(points: &[Point], frame: &Frame, x: f64) -> Option<Point> {
    let distance = |p: &Point| (frame.pixel(*p).0 - x).abs();
    points.iter().copied().filter(|p| p.0.is_finite()).min_by(|a, b| distance(a).total_cmp(&distance(b)))
}
