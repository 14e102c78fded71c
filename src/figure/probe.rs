//! What stands under the pointer: the plotted values nearest to a place on the figure, each with the name that it has there
//! and in the unit that the reader chose.

use super::axis::Axis;
use super::layout::{Frame, Layout};
use super::model::{Bar, Figure, Mark, Panel};
use super::names::{named, slots};
use super::point::Point;
use super::table::{length, table};
use crate::quantity::Unit;
use crate::text::Text;

/// A number that is read off, in the unit of its axis that the reader chose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Read {
    /// The number.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
}

/// What the values that are read belong to.
#[derive(Clone, Debug, PartialEq)]
pub enum At {
    /// What has a name: an outcome, a row, a point.
    Named(Text),
    /// One of what is numbered, such as a level: what it is, and which.
    Numbered(Text, Text),
    /// A place on the horizontal axis: what that measures, and how much.
    Place(Text, Read),
}

/// What is plotted at one place of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The place.
    pub at: At,
    /// What has a value there, and which.
    pub values: Vec<(Text, Read)>,
}

/// How far from the middle of a dot a pointer is at it, in CSS pixels.
const NEAR: f64 = 9.0;

/// Reads off what is plotted at a pixel, in bits or nats; nothing where no panel is.
///
/// Over bars with names that is the one of that name, on tiles the tile, at a dot the dot, on a heat map the value at the very
/// place, and elsewhere the value of each curve.
pub fn probe(figure: &Figure, layout: &Layout, at: Point, bits: bool) -> Option<Reading> {
    let (panel, frame) = figure.panels().zip(&layout.frames).find(|(_, frame)| frame.rect().contains(at))?;
    let place = Probe { figure, panel, frame, at, bits };
    if panel.tiled {
        return place.tile();
    }
    if panel.lies() {
        return place.row();
    }
    place.map().or_else(|| place.spot()).or_else(|| place.outcome()).or_else(|| place.curves())
}

/// A pixel of a panel.
struct Probe<'a> {
    figure: &'a Figure,
    panel: &'a Panel,
    frame: &'a Frame,
    at: Point,
    bits: bool,
}

impl Probe<'_> {
    fn read(&self, axis: &Axis, value: f64) -> Read {
        Read { value: axis.shown(value, self.bits), unit: axis.shown_unit(self.bits) }
    }

    fn across(&self, value: f64) -> At {
        At::Place(called(&self.panel.x, "x"), self.read(&self.panel.x, value))
    }

    /// The tile under the pointer, whose area is its value.
    fn tile(&self) -> Option<Reading> {
        let (x, y) = self.frame.data(self.at);
        let within = |bar: &&Bar| bar.from <= x && x <= bar.to && bar.base <= y && y <= bar.top;
        let (name, bar) = self.panel.marks.iter().find_map(|mark| match mark {
            Mark::Bars { name, bars, .. } => Some((name, bars.iter().find(within)?)),
            _ => None,
        })?;
        let name = name.clone();
        let area = (bar.to - bar.from) * (bar.top - bar.base);
        let value = (Text::new("area"), Read { value: area, unit: Unit::One });
        Some(Reading { at: At::Named(name), values: vec![value] })
    }

    /// The bars of the row that the pointer is in.
    fn row(&self) -> Option<Reading> {
        let (_, y) = self.frame.data(self.at);
        let (row, part) = slot(&self.panel.y, y)?;
        let lengths = |at: f64, bar: &Bar| (part.0..=part.1).contains(&at).then(|| length(bar, true));
        self.bars(row, |bar| lengths(0.5 * (bar.base + bar.top), bar), &self.panel.x)
    }

    /// What stands over the name that the pointer is at.
    fn outcome(&self) -> Option<Reading> {
        let (x, _) = self.frame.data(self.at);
        let (name, part) = slot(&self.panel.x, x)?;
        let here = |at: f64| (part.0..=part.1).contains(&at);
        let mut reading =
            self.bars(name, |bar| here(0.5 * (bar.from + bar.to)).then(|| length(bar, false)), &self.panel.y)?;
        for mark in &self.panel.marks {
            let Mark::Line { name, points, .. } = mark else { continue };
            // A level stands over its name; what leads from one bar to the next does not.
            let middle = points.iter().map(|p| p.0).sum::<f64>() / points.len().max(1) as f64;
            if let Some(point) = points.iter().find(|p| here(p.0) && here(middle)) {
                reading.values.push((name.clone(), self.read(&self.panel.y, point.1)));
            }
        }
        Some(reading)
    }

    fn bars(&self, name: At, value: impl Fn(&Bar) -> Option<f64>, axis: &Axis) -> Option<Reading> {
        let of = |mark: &Mark| -> Vec<(Text, Read)> {
            let Mark::Bars { name, bars, .. } = mark else { return Vec::new() };
            bars.iter().filter_map(|bar| Some((name.clone(), self.read(axis, value(bar)?)))).collect()
        };
        Some(Reading { at: name, values: self.panel.marks.iter().flat_map(of).collect() })
    }

    fn map(&self) -> Option<Reading> {
        let (name, cells) = self.panel.marks.iter().find_map(|mark| match mark {
            Mark::Cells { name, cells, .. } => Some((name, cells)),
            _ => None,
        })?;
        let (x, y) = self.frame.data(self.at);
        let up = (called(&self.panel.y, "y"), self.read(&self.panel.y, y));
        let value = Read { value: cells.at((x, y)), unit: Unit::One };
        Some(Reading { at: self.across(x), values: vec![up, (name.clone(), value)] })
    }

    /// The dot, disc or sign under the pointer, the nearest where several are.
    fn spot(&self) -> Option<Reading> {
        let away = |p: Point| {
            let (x, y) = self.frame.pixel(p);
            (x - self.at.0).hypot(y - self.at.1)
        };
        let mut spots: Vec<(&Text, Point)> = Vec::new();
        for mark in &self.panel.marks {
            match mark {
                Mark::Dots { name, points, .. } | Mark::Stationary { name, points, .. } => {
                    spots.extend(points.iter().map(|p| (name, *p)));
                }
                Mark::Bubbles { bubbles, .. } => spots.extend(bubbles.iter().map(|b| (&b.name, b.at))),
                _ => {}
            }
        }
        let near = spots.into_iter().filter(|spot| away(spot.1) <= NEAR);
        let (name, (x, y)) = near.min_by(|a, b| away(a.1).total_cmp(&away(b.1)))?;
        let coordinate = |axis: &Axis, letter, v| (called(axis, letter), self.read(axis, v));
        let values = vec![coordinate(&self.panel.x, "x", x), coordinate(&self.panel.y, "y", y)];
        Some(Reading { at: At::Named(name.clone()), values })
    }

    /// Every curve at the x of the plotted points that are nearest.
    fn curves(&self) -> Option<Reading> {
        let Self { panel, frame, at, .. } = self;
        let near: Vec<(Text, Point)> = table(self.figure)
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
            .map(|(name, p)| (name, self.read(&panel.y, p.1)))
            .collect();
        Some(Reading { at: self.across(x), values })
    }
}

/// What an axis measures, or the letter that it goes by.
fn called(axis: &Axis, letter: &'static str) -> Text {
    if axis.label.is_empty() { letter.into() } else { axis.label.clone() }
}

/// The name whose part of an axis a value is in, and that part.
fn slot(axis: &Axis, value: f64) -> Option<(At, (f64, f64))> {
    let names = named(axis);
    let places: Vec<f64> = names.iter().map(|(at, _)| *at).collect();
    let parts = slots(&places, (axis.low, axis.high));
    let ((_, name), part) = names.iter().zip(parts).find(|(_, part)| (part.0..=part.1).contains(&value))?;
    let at = match axis.label.is_empty() {
        true => At::Named(name.clone()),
        false => At::Numbered(axis.label.clone(), name.clone()),
    };
    Some((at, part))
}

fn nearest(points: &[Point], frame: &Frame, x: f64) -> Option<Point> {
    let distance = |p: &Point| (frame.pixel(*p).0 - x).abs();
    points.iter().copied().filter(|p| p.0.is_finite()).min_by(|a, b| distance(a).total_cmp(&distance(b)))
}
