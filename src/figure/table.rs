//! The data of a figure as series and as CSV: exactly what is plotted.

use std::fmt::Write as _;

use super::model::{Bar, Figure, Mark, Panel, Point, Stroke};
use crate::text::Text;

/// One plotted series.
#[derive(Clone, Debug)]
pub struct Series<'a> {
    /// The panel it is plotted on.
    pub panel: &'a Panel,
    /// Its name.
    pub name: &'a Text,
    /// Its points; a bar stands at its middle.
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
        Mark::Line { name, points, .. } | Mark::Dots { name, points, .. } => (name, points.clone()),
        Mark::Bars { name, bars, .. } if panel.lies() => (name, bars.iter().map(lying).collect()),
        Mark::Bars { name, bars, .. } => (name, bars.iter().map(|b| ((b.from + b.to) / 2.0, b.top)).collect()),
        Mark::Area { .. } | Mark::RuleX { .. } | Mark::RuleY { .. } | Mark::Label { .. } => return None,
    };
    let crowd = matches!(mark, Mark::Line { stroke: Stroke::Hair, .. });
    Some(Series { panel, name, points, crowd })
}

/// Where a bar that lies ends, in the middle of its row.
fn lying(bar: &Bar) -> Point {
    let end = if bar.to.abs() >= bar.from.abs() { bar.to } else { bar.from };
    (end, (bar.base + bar.top) / 2.0)
}

/// The plotted series as CSV (RFC 4180), one point a line, numbers to the last bit.
pub fn csv(figure: &Figure, say: &dyn Fn(&Text) -> String) -> String {
    let mut out = String::from("panel,series,x,y\r\n");
    for Series { panel, name, points, .. } in table(figure) {
        for (x, y) in points {
            // Writing to a String can't fail.
            let _ = write!(out, "{},{},{x},{y}\r\n", quoted(panel.id), quoted(&say(name)));
        }
    }
    out
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
        assert_eq!(csv(&figure, &Text::english), "panel,series,x,y\r\na,\"p, of x\",0,0.5\r\na,\"p, of x\",1,inf\r\n");
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
        assert_eq!(csv(&figure, &Text::english), "panel,series,x,y\r\na,q,0.75,-1\r\na,q,-0.5,-2\r\n");
    }
}
