//! The renderer: draws any figure with plotters on any backend.
//!
//! Plotters coordinates are whole numbers, and at one unit a pixel smooth curves become stairs. So the
//! renderer draws on a virtual grid of [`GRID`] units to the CSS pixel; the backend scales it back.

use std::cell::RefCell;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text as Words};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, FontDesc, FontFamily, FontStyle, RGBAColor, RGBColor, ShapeStyle, TextStyle};

use super::axis::{Scale, Ticks};
use super::bar;
use super::cells::{Cells, Tone};
use super::clip::{self, Rect};
use super::dash::dashes;
use super::head::RIGHT;
use super::label::{Labels, Stretch};
use super::layout::{Frame, Layout};
use super::look::{FONT, GRID, Look};
use super::model::{Figure, Mark, Panel, Place, Sign, Stroke};
use super::names::{LEADING, Name};
use super::point::Point;
use super::raster::{Raster, Surface};
use super::theme::Role;
use crate::error::Error;
use crate::text::Text;

type Draw = Result<(), Error>;

/// A drawing surface with what every drawing step needs.
struct Pen<'a, DB: Surface> {
    surface: Rc<RefCell<DB>>,
    area: DrawingArea<DB, Shift>,
    look: &'a Look,
    ruler: &'a dyn Fn(&str, f64) -> f64,
    say: &'a dyn Fn(&Text) -> String,
}

/// Draws a figure that was laid out by [`Layout::new`] with the same look, ruler and words.
pub fn draw<DB: Surface>(
    backend: DB,
    figure: &Figure,
    layout: &Layout,
    look: &Look,
    ruler: &dyn Fn(&str, f64) -> f64,
    say: &dyn Fn(&Text) -> String,
) -> Draw {
    let say = look.words(say);
    let surface = Rc::new(RefCell::new(backend));
    let pen = Pen { area: DrawingArea::from(&surface), surface, look, ruler, say: &say };
    let paper = Rect { left: 0.0, top: 0.0, right: layout.width, bottom: layout.height };
    pen.block(&paper, Role::Paper, 1.0)?;
    for (panel, frame) in figure.panels().zip(&layout.frames) {
        pen.panel(panel, frame)?;
    }
    pen.area.present().map_err(refused)
}

fn refused(error: impl std::fmt::Display) -> Error {
    Error::Drawing { why: error.to_string() }
}

/// The curves, rules, outlines and dots of a panel in straight pieces, for labels to get out of the way of. A crowd of
/// hair lines can't be got out of the way of, and a grid need not be.
fn ink(panel: &Panel, frame: &Frame, rect: &Rect) -> Vec<Stretch> {
    let joined = |points: &[Point]| -> Vec<Stretch> { points.windows(2).map(|w| (w[0], w[1])).collect() };
    let of = |mark: &Mark| -> Vec<Stretch> {
        match mark {
            Mark::Line { stroke, points, .. } if *stroke != Stroke::Hair => {
                let pixels: Vec<Point> = points.iter().map(|p| frame.pixel(*p)).collect();
                clip::polyline(&pixels, rect).iter().flat_map(|piece| joined(piece)).collect()
            }
            Mark::Bars { bars, .. } => bars
                .iter()
                .flat_map(|bar| {
                    let (from, to) = (frame.pixel((bar.from, bar.base)), frame.reachable((bar.to, bar.top)));
                    joined(&[from, (from.0, to.1), to, (to.0, from.1)])
                })
                .collect(),
            Mark::Dots { points, .. } => {
                let dots = points.iter().map(|p| frame.pixel(*p)).filter(|p| rect.contains(*p));
                dots.flat_map(|(x, y)| [((x - 5.0, y), (x + 5.0, y)), ((x, y - 5.0), (x, y + 5.0))]).collect()
            }
            Mark::RuleX { role, at } if *role != Role::Rule => {
                let (x, _) = frame.pixel((*at, frame.y().low));
                vec![((x, rect.top), (x, rect.bottom))]
            }
            Mark::RuleY { role, at } if *role != Role::Rule => {
                let (_, y) = frame.pixel((frame.x().low, *at));
                vec![((rect.left, y), (rect.right, y))]
            }
            _ => Vec::new(),
        }
    };
    let all = panel.marks.iter().flat_map(of);
    all.filter(|((x0, y0), (x1, y1))| [x0, y0, x1, y1].iter().all(|v| v.is_finite())).collect()
}

fn grid((x, y): Point) -> (i32, i32) {
    ((x * GRID).round() as i32, (y * GRID).round() as i32)
}

impl<DB: Surface> Pen<'_, DB> {
    fn panel(&self, panel: &Panel, frame: &Frame) -> Draw {
        self.head(frame)?;
        self.axes(panel, frame)?;
        let rect = frame.rect();
        let around = 9.0 * self.look.scale;
        let kept = |(x, y): Point, r: f64| Rect { left: x - r, right: x + r, top: y - r, bottom: y + r };
        let mut taken: Vec<Rect> = panel.handles.iter().map(|h| kept(frame.reachable(h.at), around)).collect();
        for mark in &panel.marks {
            if let Mark::Stationary { points, .. } = mark {
                taken.extend(points.iter().map(|p| kept(frame.pixel(*p), 7.0 * self.look.scale)));
            }
        }
        let tiles = panel.marks.iter().filter(|_| panel.tiled).flat_map(|mark| match mark {
            Mark::Bars { bars, .. } => bars.as_slice(),
            _ => &[],
        });
        let tiles = tiles.map(|bar| {
            let ((left, top), (right, bottom)) = (frame.pixel((bar.from, bar.top)), frame.pixel((bar.to, bar.base)));
            Rect { left, top, right, bottom }
        });
        let mut labels = Labels::new(rect, taken, ink(panel, frame, &rect)).on_tiles(tiles);
        let on_map = panel.marks.iter().any(|mark| matches!(mark, Mark::Cells { .. }));
        // Words come last: no line may run through them.
        let (words, shapes): (Vec<&Mark>, Vec<&Mark>) =
            panel.marks.iter().partition(|mark| matches!(mark, Mark::Label { .. }));
        for mark in shapes.into_iter().chain(words) {
            if on_map {
                self.rim(mark, frame, &rect)?;
            }
            self.mark(mark, frame, &rect, &mut labels)?;
        }
        for handle in &panel.handles {
            self.knob(frame.reachable(handle.at), handle.role, frame.beyond(handle.at))?;
        }
        Ok(())
    }

    fn head(&self, frame: &Frame) -> Draw {
        let scale = self.look.scale;
        let caption = if frame.caption.is_empty() { 0.0 } else { 20.0 };
        let bottom = frame.top - (4.0 + caption) * scale;
        for (i, line) in frame.title.iter().enumerate() {
            let up = (frame.title.len() - i) as f64 * 20.0 * scale;
            let at = (frame.outer_left, bottom - up + 9.0 * scale);
            self.words(line, at, self.look.title_size(), Role::Ink, HPos::Left, true)?;
        }
        if !frame.caption.is_empty() {
            let at = (frame.outer_left, frame.top - 16.0 * scale);
            self.words(&frame.caption, at, self.look.text_size(), Role::Muted, HPos::Left, false)?;
        }
        Ok(())
    }

    fn axes(&self, panel: &Panel, frame: &Frame) -> Draw {
        let Look { scale, bits, decimal, .. } = *self.look;
        let rect = frame.rect();
        let size = self.look.text_size();
        for (value, words) in &panel.y.tick_labels(frame.height, 46.0 * scale, bits, decimal) {
            let (_, y) = self.snap(frame.pixel((panel.x.low, *value)));
            self.rule((rect.left, y), (rect.right, y), Role::Rule)?;
            self.words(words, (rect.left - 7.0 * scale, y), size, Role::Muted, HPos::Right, false)?;
        }
        for Name { at, lines, size: share, .. } in &frame.row_names {
            let (_, y) = self.snap(frame.pixel((panel.x.low, *at)));
            self.rule((rect.left, y), (rect.right, y), Role::Rule)?;
            let words = lines.concat();
            self.words(&words, (rect.left - 7.0 * scale, y), share * size, Role::Muted, HPos::Right, false)?;
        }
        if panel.y.low < 0.0 && panel.y.high > 0.0 && panel.y.scale == Scale::Linear {
            let (_, zero) = self.snap(frame.pixel((panel.x.low, 0.0)));
            self.rule((rect.left, zero), (rect.right, zero), Role::Muted)?;
        }
        let (_, floor) = self.snap((rect.left, rect.bottom));
        self.rule((rect.left, floor), (rect.right, floor), Role::Muted)?;
        if panel.x.ticks != Ticks::None {
            let mut taken: Vec<(f64, f64)> = Vec::new();
            for (value, words) in panel.x.tick_labels(frame.width, 72.0 * scale, bits, decimal) {
                let (x, _) = self.snap(frame.pixel((value, panel.y.low)));
                self.rule((x, floor), (x, floor + 5.0 * scale), Role::Muted)?;
                // A long number at the right end moves in rather than being cut.
                let half = (self.ruler)(&words, size) / 2.0;
                let center = x.min(rect.right + RIGHT * scale - half);
                // Numbers that stand too close keep their mark alone; a tenth, because not every ruler is exact.
                let room = (center - 0.9 * half, center + 0.9 * half);
                if taken.iter().any(|other| room.0 < other.1 && other.0 < room.1) {
                    continue;
                }
                taken.push(room);
                self.words(&words, (center, floor + 14.0 * scale), size, Role::Muted, HPos::Center, false)?;
            }
            for Name { at, middle, lines, size: share } in &frame.names {
                let (x, _) = self.snap(frame.pixel((*at, panel.y.low)));
                self.rule((x, floor), (x, floor + 5.0 * scale), Role::Muted)?;
                for (i, line) in lines.iter().enumerate() {
                    let at = (rect.left + middle, floor + 14.0 * scale + i as f64 * LEADING * size);
                    self.words(line, at, share * size, Role::Muted, HPos::Center, false)?;
                }
            }
        }
        let caption = panel.x.caption(bits, self.say);
        if !caption.is_empty() {
            let below = if panel.x.ticks == Ticks::None { 12.0 } else { 31.0 };
            let at = (rect.right, floor + below * scale + frame.deeper);
            self.words(&caption, at, size, Role::Muted, HPos::Right, false)?;
        }
        Ok(())
    }

    fn mark(&self, mark: &Mark, frame: &Frame, rect: &Rect, labels: &mut Labels) -> Draw {
        match mark {
            Mark::Line { role, stroke, points, .. } => {
                let pixels: Vec<Point> = points.iter().map(|p| frame.pixel(*p)).collect();
                clip::polyline(&pixels, rect).iter().try_for_each(|piece| self.stroke(piece, *role, *stroke))
            }
            Mark::Cells { role, tone, cells, .. } => self.cells(cells, tone, *role, rect),
            Mark::Contour { role, stroke, lines, .. } => {
                for line in lines {
                    let pixels: Vec<Point> = line.iter().map(|p| frame.pixel(*p)).collect();
                    for piece in clip::polyline(&pixels, rect) {
                        match stroke {
                            Stroke::Fine => self.dashed(&piece, (*role, 1.0), 1.0, &[])?,
                            other => self.stroke(&piece, *role, *other)?,
                        }
                    }
                }
                Ok(())
            }
            Mark::Stationary { role, sign, points, .. } => {
                let inside = points.iter().map(|p| frame.pixel(*p)).filter(|p| rect.contains(*p));
                inside.into_iter().try_for_each(|at| self.sign(at, *role, *sign))
            }
            Mark::Area { role, base, points, .. } => {
                for run in points.split(|p| p.1.is_nan()) {
                    let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
                    let outline: Vec<Point> = std::iter::once((first.0, *base))
                        .chain(run.iter().copied())
                        .chain([(last.0, *base)])
                        .map(|p| clip::pinned(frame.pixel(p), rect))
                        .collect();
                    self.fill(&clip::polygon(&outline, rect), *role, 0.22)?;
                }
                Ok(())
            }
            Mark::Bars { role, bars, .. } => {
                for bar in bars {
                    let bar = bar::drawn(bar, frame, rect, self.look.scale);
                    bar.filled.iter().try_for_each(|shape| self.fill(shape, *role, 0.3))?;
                    bar.stroked.iter().try_for_each(|line| self.stroke(line, *role, Stroke::Fine))?;
                    if let Some(at) = bar.endless {
                        self.label("∞", at, Place::Below, *role, labels)?;
                    }
                }
                Ok(())
            }
            Mark::Dots { role, filled, points, .. } => {
                for point in points {
                    let at = frame.pixel(*point);
                    if rect.contains(at) {
                        self.dot(at, *role, *filled)?;
                    } else if point.1.is_infinite() && at.0.is_finite() {
                        // What is infinite is nowhere: an arrow at the edge says where it is not.
                        let way = frame.beyond(*point).unwrap_or((0.0, -1.0));
                        self.arrow(frame.reachable(*point), way, *role)?;
                    }
                }
                Ok(())
            }
            Mark::Bubbles { role, bubbles, .. } => {
                let inside = bubbles.iter().map(|b| (frame.pixel(b.at), b.weight)).filter(|b| rect.contains(b.0));
                inside.into_iter().try_for_each(|(at, weight)| self.bubble(at, weight, *role))
            }
            Mark::RuleX { role, at } => {
                let (x, _) = frame.pixel((*at, frame.y().low));
                self.across(&[(x, rect.top), (x, rect.bottom)], rect, *role)
            }
            Mark::RuleY { role, at } => {
                let (_, y) = frame.pixel((frame.x().low, *at));
                self.across(&[(rect.left, y), (rect.right, y)], rect, *role)
            }
            Mark::Label { role, at, place, text } => {
                let point = frame.pixel(*at);
                if !(point.0.is_finite() && point.1.is_finite()) {
                    return Ok(());
                }
                self.label(&(self.say)(text), point, *place, *role, labels)
            }
        }
    }

    /// Words at a pixel, where there is room for them.
    fn label(&self, words: &str, at: Point, place: Place, role: Role, labels: &mut Labels) -> Draw {
        // On a tile words may be smaller, for they have nowhere else to go.
        let shares: &[f64] = if labels.confines(at) { &[1.0, 0.85] } else { &[1.0] };
        let found = shares.iter().find_map(|share| {
            let size = self.look.text_size() * share;
            let width = (self.ruler)(words, size) + 6.0;
            Some((labels.place(at, place, width, size * 1.3)?, size, width))
        });
        let Some((center, size, width)) = found else { return Ok(()) };
        let half = (width / 2.0, size * 0.65);
        let behind = Rect {
            left: center.0 - half.0,
            right: center.0 + half.0,
            top: center.1 - half.1,
            bottom: center.1 + half.1,
        };
        self.block(&behind, Role::Paper, 0.7)?;
        self.words(words, center, size, role, HPos::Center, true)
    }

    fn style(&self, role: Role, opacity: f64) -> RGBAColor {
        let super::theme::Color(r, g, b) = self.look.theme.color(role);
        RGBColor(r, g, b).mix(opacity)
    }

    fn put<'b, E>(&'b self, element: &'b E) -> Draw
    where
        for<'c> &'c E: plotters::element::PointCollection<'c, (i32, i32)>,
        E: plotters::element::Drawable<DB>,
    {
        self.area.draw(element).map_err(refused)
    }

    fn stroke(&self, points: &[Point], role: Role, stroke: Stroke) -> Draw {
        self.dashed(points, (role, stroke.opacity()), stroke.width(), stroke.dashes(role))
    }

    /// A polyline so many pixels wide, in dashes of the given pattern (solid where there is none).
    fn dashed(&self, points: &[Point], (role, opacity): (Role, f64), width: f64, pattern: &[f64]) -> Draw {
        let scale = self.look.scale;
        let style: ShapeStyle = self.style(role, opacity).stroke_width((width * scale * GRID).round() as u32);
        let solid =
            |piece: &[Point]| self.put(&PathElement::new(piece.iter().map(|p| grid(*p)).collect::<Vec<_>>(), style));
        if pattern.is_empty() {
            return solid(points);
        }
        let pattern: Vec<f64> = pattern.iter().map(|d| d * scale).collect();
        dashes(points, &pattern).iter().try_for_each(|piece| solid(piece))
    }

    /// A heat map over the panel: paper at 0, and at the top so much of the role's colour that a line in it still stands
    /// out 3 to 1, in either theme.
    fn cells(&self, cells: &Cells, tone: &Tone, role: Role, rect: &Rect) -> Draw {
        const DEEPEST: u8 = 110;
        let rows = cells.values().chunks(cells.columns().max(1)).rev();
        let mut step = tone.steps(DEEPEST);
        let tones = rows.flatten().map(|v| step(*v)).collect();
        let ends = [Role::Paper, role].map(|role| self.look.theme.color(role));
        let raster = Raster { columns: cells.columns(), rows: cells.rows(), tones, ends };
        let (from, to) = (grid((rect.left, rect.top)), grid((rect.right, rect.bottom)));
        let size = ((to.0 - from.0).max(0) as u32, (to.1 - from.1).max(0) as u32);
        self.surface.borrow_mut().paint(&raster, from, size)
    }

    /// Paper under what is drawn on a heat map next: a curve or a dot is to be seen on any colour.
    fn rim(&self, mark: &Mark, frame: &Frame, rect: &Rect) -> Draw {
        match mark {
            Mark::Line { points, stroke, .. } => {
                let pixels: Vec<Point> = points.iter().map(|p| frame.pixel(*p)).collect();
                let width = stroke.width() + 3.0;
                clip::polyline(&pixels, rect)
                    .iter()
                    .try_for_each(|piece| self.dashed(piece, (Role::Paper, 1.0), width, &[]))
            }
            Mark::Dots { points, .. } | Mark::Stationary { points, .. } => {
                let inside = points.iter().map(|p| frame.pixel(*p)).filter(|p| rect.contains(*p));
                inside.into_iter().try_for_each(|at| self.disc(at, 6.5, Role::Paper))
            }
            _ => Ok(()),
        }
    }

    /// The sign of a stationary point.
    fn sign(&self, (x, y): Point, role: Role, sign: Sign) -> Draw {
        let at = |dx: f64, dy: f64| (x + dx * self.look.scale, y + dy * self.look.scale);
        let diamond = |r: f64| [at(0.0, -r), at(r, 0.0), at(0.0, r), at(-r, 0.0)];
        let closed = |shape: &[Point]| -> Vec<Point> { shape.iter().chain(shape.first()).copied().collect() };
        match sign {
            Sign::Least => self.fill(&diamond(7.0), role, 1.0),
            Sign::Local => {
                self.fill(&diamond(6.0), Role::Paper, 1.0)?;
                self.dashed(&closed(&diamond(6.0)), (role, 1.0), 2.0, &[])
            }
            Sign::Saddle => {
                self.dashed(&[at(-4.5, -4.5), at(4.5, 4.5)], (role, 1.0), 2.5, &[])?;
                self.dashed(&[at(-4.5, 4.5), at(4.5, -4.5)], (role, 1.0), 2.5, &[])
            }
            Sign::Greatest => {
                let triangle = [at(0.0, -6.0), at(5.5, 4.0), at(-5.5, 4.0)];
                self.fill(&triangle, Role::Paper, 1.0)?;
                self.dashed(&closed(&triangle), (role, 1.0), 2.0, &[])
            }
        }
    }

    /// A full-length rule, put on whole device pixels and left out where it is off the panel.
    fn across(&self, ends: &[Point; 2], rect: &Rect, role: Role) -> Draw {
        if ends.iter().any(|p| !rect.contains(*p)) {
            return Ok(());
        }
        let ends = ends.map(|p| self.snap(p));
        self.stroke(&ends, role, Stroke::Fine)
    }

    /// One device pixel wide, never dashed: axis and grid lines.
    fn rule(&self, from: Point, to: Point, role: Role) -> Draw {
        let width = (self.look.scale * self.look.ratio).round().max(1.0) / self.look.ratio;
        let style: ShapeStyle = self.style(role, 1.0).stroke_width((width * GRID).round() as u32);
        self.put(&PathElement::new(vec![grid(from), grid(to)], style))
    }

    /// The nearest point on which a one-pixel line is sharp.
    fn snap(&self, (x, y): Point) -> Point {
        let ratio = self.look.ratio;
        let odd = (self.look.scale * ratio).round().max(1.0) % 2.0 == 1.0;
        let snapped = |v: f64| if odd { ((v * ratio).floor() + 0.5) / ratio } else { (v * ratio).round() / ratio };
        (snapped(x), snapped(y))
    }

    fn fill(&self, shape: &[Point], role: Role, opacity: f64) -> Draw {
        if shape.len() < 3 {
            return Ok(());
        }
        self.put(&Polygon::new(shape.iter().map(|p| grid(*p)).collect::<Vec<_>>(), self.style(role, opacity).filled()))
    }

    fn block(&self, rect: &Rect, role: Role, opacity: f64) -> Draw {
        let corners = [grid((rect.left, rect.top)), grid((rect.right, rect.bottom))];
        self.put(&Rectangle::new(corners, self.style(role, opacity).filled()))
    }

    fn disc(&self, at: Point, radius: f64, role: Role) -> Draw {
        let radius = (radius * self.look.scale * GRID).round() as i32;
        self.put(&Circle::new(grid(at), radius, self.style(role, 1.0).filled()))
    }

    /// A weight of 1 is a disc of 20 CSS pixels' radius.
    fn bubble(&self, at: Point, weight: f64, role: Role) -> Draw {
        let radius = (20.0 * weight.clamp(0.0, 1.0).sqrt() * self.look.scale * GRID).round() as i32;
        self.put(&Circle::new(grid(at), radius, self.style(role, 0.3).filled()))?;
        let rim = (Stroke::Fine.width() * self.look.scale * GRID).round() as u32;
        self.put(&Circle::new(grid(at), radius, self.style(role, 1.0).stroke_width(rim)))
    }

    fn dot(&self, at: Point, role: Role, filled: bool) -> Draw {
        self.disc(at, 5.0, role)?;
        if filled { Ok(()) } else { self.disc(at, 2.8, Role::Paper) }
    }

    /// What can be grabbed looks like it everywhere: a disc with a ring of paper and a rim. One that stands off
    /// the scale, in the direction `beyond`, has an arrow head that way instead.
    fn knob(&self, at: Point, role: Role, beyond: Option<Point>) -> Draw {
        self.disc(at, 9.0, role)?;
        self.disc(at, 7.0, Role::Paper)?;
        let Some(way) = beyond else { return self.disc(at, 5.0, role) };
        self.arrow(at, way, role)
    }

    /// The head of an arrow in a direction of length 1.
    fn arrow(&self, at: Point, (dx, dy): Point, role: Role) -> Draw {
        let to = |ahead: f64, aside: f64| {
            let (ahead, aside) = (ahead * self.look.scale, aside * self.look.scale);
            (at.0 + ahead * dx - aside * dy, at.1 + ahead * dy + aside * dx)
        };
        self.fill(&[to(6.5, 0.0), to(-3.5, 5.5), to(-3.5, -5.5)], role, 1.0)
    }

    fn words(&self, words: &str, at: Point, size: f64, role: Role, side: HPos, bold: bool) -> Draw {
        // Told what it is: from its words alone plotters would ask Unicode's tables of small letters, which are large.
        let family = FontFamily::Name(FONT);
        let font = FontDesc::new(family, size * GRID, if bold { FontStyle::Bold } else { FontStyle::Normal });
        let color = self.style(role, 1.0);
        let style = TextStyle::from(font).color(&color).pos(Pos::new(side, VPos::Center));
        self.put(&Words::new(words.to_owned(), grid(at), style))
    }
}
