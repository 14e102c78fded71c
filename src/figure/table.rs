//! The data of a figure as series and as CSV: exactly what is plotted.

use std::fmt::Write as _;

use super::cells::{Cells, centres};
use super::model::{Bar, Figure, Mark, Panel, Stroke};
use super::point::Point;
use crate::text::Text;

/// One plotted series.
#[derive(Clone, Debug)]
pub struct Series<'a> {
    /// The panel it is plotted on.
    pub panel: &'a Panel,
    /// Its name.
    pub name: &'a Text,
    /// Its points; a bar stands at its middle, and is as high as it is long.
    pub points: Vec<Point>,
    /// Whether it is one of a crowd, which is not read off one by one.
    pub crowd: bool,
}

/// Every named series of a figure in reading order.
pub fn table(figure: &Figure) -> Vec<Series<'_>> {
    figure.panels().flat_map(|panel| panel.marks.iter().filter_map(move |mark| series(panel, mark))).collect()
}

fn series<'a>(panel: &'a Panel, mark: &'a Mark) -> Option<Series<'a>> {
    let (name, points) = match mark {
        Mark::Line { name, points, .. } | Mark::Dots { name, points, .. } | Mark::Stationary { name, points, .. } => {
            (name, points.clone())
        }
        Mark::Bubbles { name, bubbles, .. } => (name, bubbles.iter().map(|b| b.at).collect()),
        Mark::Bars { name, bars, .. } if panel.lies() => {
            (name, bars.iter().map(|b| (length(b, true), (b.base + b.top) / 2.0)).collect())
        }
        Mark::Bars { name, bars, .. } => {
            (name, bars.iter().map(|b| ((b.from + b.to) / 2.0, length(b, false))).collect())
        }
        Mark::Area { .. }
        | Mark::Cells { .. }
        | Mark::Contour { .. }
        | Mark::RuleX { .. }
        | Mark::RuleY { .. }
        | Mark::Label { .. } => return None,
    };
    let crowd = matches!(mark, Mark::Line { stroke: Stroke::Hair, .. });
    Some(Series { panel, name, points, crowd })
}

/// What a bar stands for: its length, below zero if it ends there; one that stands on another one's end is as long as it is.
pub(super) fn length(bar: &Bar, lies: bool) -> f64 {
    let (start, end) = if lies { (bar.from, bar.to) } else { (bar.base, bar.top) };
    // A bar that lies is told from left to right, whichever way it runs.
    if lies && start < 0.0 && end <= 0.0 { start - end } else { end - start }
}

/// All that is plotted as CSV (RFC 4180), one point a line, numbers to the last bit, information in `bits` or nats. Heat maps have
/// a value at every cell's centre, in a column that is there only where there is one.
pub fn csv(figure: &Figure, bits: bool, say: &dyn Fn(&Text) -> String) -> String {
    let maps = figure.panels().flat_map(|panel| panel.marks.iter().filter_map(move |mark| map(panel, mark)));
    let maps: Vec<_> = maps.collect();
    let (head, empty) = if maps.is_empty() { ("", "") } else { (",value", ",") };
    let mut out = format!("panel,series,x,y{head}\r\n");
    // Writing to a String can't fail.
    let mut curve = |panel: &Panel, name: &Text, points: &[Point]| {
        let series = format!("{},{}", quoted(panel.id), quoted(&say(name)));
        for &(x, y) in points {
            let (x, y) = (panel.x.shown(x, bits), panel.y.shown(y, bits));
            let _ = write!(out, "{series},{x},{y}{empty}\r\n");
        }
    };
    for Series { panel, name, points, .. } in table(figure) {
        curve(panel, name, &points);
    }
    for panel in figure.panels() {
        for mark in &panel.marks {
            if let Mark::Contour { name, lines, .. } = mark {
                lines.iter().for_each(|line| curve(panel, name, line));
            }
        }
    }
    for (panel, name, cells) in maps {
        let series = format!("{},{}", quoted(panel.id), quoted(&say(name)));
        let xs: Vec<f64> = centres(&panel.x, cells.columns()).collect();
        let places = centres(&panel.y, cells.rows()).flat_map(|y| xs.iter().map(move |x| (*x, y)));
        for ((x, y), value) in places.zip(cells.values()) {
            let _ = write!(out, "{series},{x},{y},{value}\r\n");
        }
    }
    out
}

fn map<'a>(panel: &'a Panel, mark: &'a Mark) -> Option<(&'a Panel, &'a Text, &'a Cells)> {
    match mark {
        Mark::Cells { name, cells, .. } => Some((panel, name, cells)),
        _ => None,
    }
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Axis, Role, Row, Ticks};

    #[test]
    fn csv_holds_what_is_plotted() {
        let mut panel = Panel::new("a", "", Axis::new(0.0, 1.0, "x"), Axis::new(0.0, 1.0, "y"));
        panel.line(Role::P, "p, of x", vec![(0.0, 0.5), (1.0, f64::INFINITY)]);
        let figure = Figure { rows: vec![Row::new(100.0, vec![panel])] };
        assert_eq!(
            csv(&figure, false, &Text::english),
            "panel,series,x,y\r\na,\"p, of x\",0,0.5\r\na,\"p, of x\",1,inf\r\n"
        );
    }

    #[test]
    fn csv_holds_information_in_the_unit_that_is_chosen() {
        let information = Axis::new(0.0, 1.0, "D").unit(crate::quantity::Unit::Nats);
        let mut panel = Panel::new("a", "", Axis::new(0.0, 1.0, "x"), information);
        panel.line(Role::P, "D", vec![(0.5, std::f64::consts::LN_2)]);
        let figure = Figure { rows: vec![Row::new(100.0, vec![panel])] };
        assert_eq!(csv(&figure, true, &Text::english), "panel,series,x,y\r\na,D,0.5,1\r\n");
    }

    #[test]
    fn a_bar_in_a_named_row_stands_for_where_it_ends() {
        let rows = Ticks::Named(vec![(-1.0, "cat".into()), (-2.0, "dog".into())]);
        let mut panel = Panel::new("a", "", Axis::new(-1.0, 1.0, "x"), Axis::new(-2.5, -0.5, "").ticks(rows));
        let bars = vec![
            Bar { from: 0.0, to: 0.75, base: -1.25, top: -0.75 },
            Bar { from: -0.5, to: 0.0, base: -2.25, top: -1.75 },
        ];
        panel.mark(Mark::Bars { name: "q".into(), role: Role::Q, bars });
        let figure = Figure { rows: vec![Row::new(100.0, vec![panel])] };
        assert_eq!(csv(&figure, false, &Text::english), "panel,series,x,y\r\na,q,0.75,-1\r\na,q,-0.5,-2\r\n");
    }

    #[test]
    fn csv_holds_the_cells_of_a_map_with_their_values() {
        let (x, y) = (Axis::new(0.0, 2.0, "x"), Axis::new(0.0, 1.0, "y"));
        let cells = Cells::sampled(&x, &y, 2, 1, |(x, y)| x + y);
        let mut panel = Panel::new("m", "", x, y);
        let tone = crate::figure::Tone::linear(1.0);
        panel.mark(Mark::Cells { name: "D".into(), role: Role::Forward, tone, cells });
        panel.line(Role::P, "path", vec![(0.0, 0.5)]);
        let figure = Figure { rows: vec![Row::new(100.0, vec![panel])] };
        let want = "panel,series,x,y,value\r\nm,path,0,0.5,\r\nm,D,0.5,0.5,1\r\nm,D,1.5,0.5,2\r\n";
        assert_eq!(csv(&figure, false, &Text::english), want);
    }
}
