//! The data of a figure as series and as CSV: exactly what is plotted.

use std::fmt::Write as _;

use super::model::{Figure, Mark, Panel, Point, Stroke};
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
        Mark::Bubbles { name, bubbles, .. } => (name, bubbles.iter().map(|b| b.at).collect()),
        Mark::Bars { name, bars, .. } => (name, bars.iter().map(|b| ((b.from + b.to) / 2.0, b.top)).collect()),
        Mark::Area { .. } | Mark::RuleX { .. } | Mark::RuleY { .. } | Mark::Label { .. } => return None,
    };
    let crowd = matches!(mark, Mark::Line { stroke: Stroke::Hair, .. });
    Some(Series { panel, name, points, crowd })
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
    use crate::figure::{Axis, Role, Row};

    #[test]
    fn csv_holds_what_is_plotted() {
        let mut panel = Panel::new("a", "", Axis::new(0.0, 1.0, "x"), Axis::new(0.0, 1.0, "y"));
        panel.line(Role::P, "p, of x", vec![(0.0, 0.5), (1.0, f64::INFINITY)]);
        let figure = Figure { rows: vec![Row::new(100.0, vec![panel])] };
        assert_eq!(csv(&figure, &Text::english), "panel,series,x,y\r\na,\"p, of x\",0,0.5\r\na,\"p, of x\",1,inf\r\n");
    }
}
