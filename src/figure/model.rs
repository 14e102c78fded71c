//! The figure model: what a scene says is to be seen, in data coordinates.

use super::axis::{Axis, Ticks};
use super::cells::{Cells, Tone};
use super::handle::Handle;
use super::point::Point;
use super::theme::Role;
use crate::text::Text;

/// A whole figure: rows of panels, top to bottom.
#[derive(Debug, Default)]
pub struct Figure {
    /// The rows; on a narrow page each panel becomes a row of its own.
    pub rows: Vec<Row>,
}

/// Panels side by side.
#[derive(Debug)]
pub struct Row {
    /// The height of the plotting area in CSS pixels, at type scale 1.
    pub height: f64,
    /// The panels, left to right.
    pub panels: Vec<Panel>,
}

/// One pair of axes and what is drawn on it.
#[derive(Debug)]
pub struct Panel {
    /// A name that is unique in the figure.
    pub id: &'static str,
    /// What the panel shows; drawn above it.
    pub title: Text,
    /// Its share of the row's width.
    pub share: f64,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// Whether a unit is as long on both axes, as in a picture of the plane.
    pub plane: bool,
    /// Whether its bars are tiles, whose areas are what they stand for.
    pub tiled: bool,
    /// What is drawn, from back to front.
    pub marks: Vec<Mark>,
    /// What can be grabbed, drawn on top of everything.
    pub handles: Vec<Handle>,
}

/// How strongly a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// The subject of the panel.
    Bold,
    /// Context.
    Fine,
    /// As bold, without its role's dashes: what holds, beside what is dashed because it does not.
    Solid,
    /// Thin, in plain dashes: what is there and is not chosen, such as an optimum that is no minimum.
    Dashed,
    /// One of a crowd in which only the whole is to be seen: thin and pale, so that it darkens where lines meet.
    Hair,
}

/// What a stationary point is; each has a sign of its own, whatever its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The least value of all: a full diamond.
    Least,
    /// A minimum that others undercut: an open diamond.
    Local,
    /// A saddle: a cross.
    Saddle,
    /// A maximum: an open triangle.
    Greatest,
}

/// Where a label stands, seen from its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Above, centred.
    Above,
    /// Below, centred.
    Below,
    /// To the right.
    Right,
    /// To the left.
    Left,
    /// On the point itself, or nowhere: the height of a contour.
    On,
}

/// One bar from `base` to `top` over the interval `from..to` of the x axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Left edge.
    pub from: f64,
    /// Right edge.
    pub to: f64,
    /// Where the bar starts.
    pub base: f64,
    /// Where it ends.
    pub top: f64,
}

/// A point with a weight, which is seen as an area.
#[derive(Clone, Debug, PartialEq)]
pub struct Bubble {
    /// What it stands for.
    pub name: Text,
    /// Where it stands.
    pub at: Point,
    /// Its weight, 0 to 1.
    pub weight: f64,
}

/// The grammar of marks.
#[derive(Debug)]
pub enum Mark {
    /// A curve. Where it is infinite it leaves the panel; a curve that breaks off is several lines of one name.
    Line {
        /// Its name in table, CSV and hover.
        name: Text,
        /// Whose curve it is.
        role: Role,
        /// How strong.
        stroke: Stroke,
        /// Its points, x ascending.
        points: Vec<Point>,
    },
    /// The area between a curve and a base line.
    Area {
        /// Its name in table and CSV.
        name: Text,
        /// Whose area it is.
        role: Role,
        /// The base line's y.
        base: f64,
        /// The curve's points, x ascending.
        points: Vec<Point>,
    },
    /// Bars.
    Bars {
        /// Their name in table, CSV and hover.
        name: Text,
        /// Whose bars they are.
        role: Role,
        /// The bars.
        bars: Vec<Bar>,
    },
    /// Separate points.
    Dots {
        /// Their name in table, CSV and hover.
        name: Text,
        /// Whose they are.
        role: Role,
        /// Whether they are filled; open dots stand for what is only local.
        filled: bool,
        /// The points.
        points: Vec<Point>,
    },
    /// A heat map that fills the panel; it goes first. Lines and dots on it get a rim of paper.
    Cells {
        /// What its values are, for who points at a place.
        name: Text,
        /// Whose colour stands for `tone.top`.
        role: Role,
        /// How values become colours.
        tone: Tone,
        /// The values.
        cells: Cells,
    },
    /// Closed or open curves that need not run from left to right: lines of equal value, ellipses.
    Contour {
        /// Their name in CSV.
        name: Text,
        /// Whose they are; they are drawn without its dashes unless they are bold.
        role: Role,
        /// How strong; `Fine` is a hairline.
        stroke: Stroke,
        /// The curves.
        lines: Vec<Vec<Point>>,
    },
    /// Stationary points of one kind.
    Stationary {
        /// Their name in table, CSV and hover.
        name: Text,
        /// Whose they are.
        role: Role,
        /// What they are.
        sign: Sign,
        /// The points.
        points: Vec<Point>,
    },
    /// Points with weights, drawn as discs whose areas are the weights.
    Bubbles {
        /// Their name in table, CSV and hover.
        name: Text,
        /// Whose they are.
        role: Role,
        /// The points.
        bubbles: Vec<Bubble>,
    },
    /// A straight line across the panel at one x.
    RuleX {
        /// Whose it is.
        role: Role,
        /// Where.
        at: f64,
    },
    /// A straight line across the panel at one y.
    RuleY {
        /// Whose it is.
        role: Role,
        /// Where.
        at: f64,
    },
    /// Words at a point. A label that would cover another moves or is left out.
    Label {
        /// Whose it is.
        role: Role,
        /// The point.
        at: Point,
        /// On which side of the point it stands by preference.
        place: Place,
        /// The words.
        text: Text,
    },
}

impl Stroke {
    /// How much of the role's colour a line has; the rest is what lies below it.
    pub const fn opacity(self) -> f64 {
        if matches!(self, Self::Hair) { 0.35 } else { 1.0 }
    }

    /// The width in CSS pixels.
    pub const fn width(self) -> f64 {
        match self {
            Self::Bold | Self::Solid => 2.5,
            Self::Fine | Self::Dashed => 1.5,
            Self::Hair => 1.0,
        }
    }

    /// The dashes of a line of that role, in CSS pixels; none for a solid line.
    pub const fn dashes(self, role: Role) -> &'static [f64] {
        match self {
            Self::Bold | Self::Fine | Self::Hair => role.dashes(),
            Self::Solid => &[],
            Self::Dashed => &[6.0, 5.0],
        }
    }
}

impl Panel {
    /// An empty panel.
    pub fn new(id: &'static str, title: impl Into<Text>, x: Axis, y: Axis) -> Self {
        Self {
            id,
            title: title.into(),
            share: 1.0,
            x,
            y,
            plane: false,
            tiled: false,
            marks: Vec::new(),
            handles: Vec::new(),
        }
    }

    /// The panel with another share of its row's width.
    #[must_use]
    pub const fn share(mut self, share: f64) -> Self {
        self.share = share;
        self
    }

    /// The panel as a picture of the plane: a unit is as long on one axis as on the other, and circles are round.
    #[must_use]
    pub const fn plane(mut self) -> Self {
        self.plane = true;
        self
    }

    /// The panel as one of tiles: bars whose areas are what they stand for.
    #[must_use]
    pub const fn tiled(mut self) -> Self {
        self.tiled = true;
        self
    }

    /// Whether what is plotted stands in named rows, so that its bars lie.
    pub const fn lies(&self) -> bool {
        matches!(self.y.ticks, Ticks::Named(_))
    }

    /// Adds a bold line.
    pub fn line(&mut self, role: Role, name: impl Into<Text>, points: Vec<Point>) -> &mut Self {
        self.mark(Mark::Line { name: name.into(), role, stroke: Stroke::Bold, points })
    }

    /// Adds a fine line.
    pub fn fine(&mut self, role: Role, name: impl Into<Text>, points: Vec<Point>) -> &mut Self {
        self.mark(Mark::Line { name: name.into(), role, stroke: Stroke::Fine, points })
    }

    /// Adds a hair line.
    pub fn hair(&mut self, role: Role, name: impl Into<Text>, points: Vec<Point>) -> &mut Self {
        self.mark(Mark::Line { name: name.into(), role, stroke: Stroke::Hair, points })
    }

    /// Adds the area between a curve and zero.
    pub fn area(&mut self, role: Role, name: impl Into<Text>, points: Vec<Point>) -> &mut Self {
        self.mark(Mark::Area { name: name.into(), role, base: 0.0, points })
    }

    /// Adds words at a point.
    pub fn label(&mut self, role: Role, at: Point, place: Place, text: impl Into<Text>) -> &mut Self {
        self.mark(Mark::Label { role, at, place, text: text.into() })
    }

    /// Adds any mark.
    pub fn mark(&mut self, mark: Mark) -> &mut Self {
        self.marks.push(mark);
        self
    }

    /// Adds a handle.
    pub fn handle(&mut self, handle: Handle) -> &mut Self {
        self.handles.push(handle);
        self
    }
}

impl Row {
    /// A row of panels with plotting areas so many CSS pixels high.
    pub const fn new(height: f64, panels: Vec<Panel>) -> Self {
        Self { height, panels }
    }
}

impl Figure {
    /// All panels in reading order.
    pub fn panels(&self) -> impl Iterator<Item = &Panel> {
        self.rows.iter().flat_map(|row| &row.panels)
    }

    /// The same figure without the labels that tell a number: what its axes tell stays.
    #[must_use]
    pub fn numberless(mut self) -> Self {
        let tells = |mark: &Mark| matches!(mark, Mark::Label { text, .. } if text.tells_number());
        for panel in self.rows.iter_mut().flat_map(|row| &mut row.panels) {
            panel.marks.retain(|mark| !tells(mark));
        }
        self
    }
}
