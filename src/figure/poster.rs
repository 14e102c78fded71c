//! A figure as a small SVG of both themes: what a page shows before its scripts run, or where they can't.
//!
//! The file is drawn in the light theme's colours, which any viewer understands, and carries a style that
//! swaps them for the dark theme's where the page around it is dark. Curves are thinned to what the eye can
//! tell, neighbours of one paint become one path, and coordinates are relative halves of a pixel.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write;

use plotters::style::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};

use super::layout::Layout;
use super::look::{FONT, GRID, Look};
use super::model::Figure;
use super::raster::{Raster, Surface};
use super::render::draw;
use super::ruler;
use super::svg::escaped;
use super::theme::{Color, ROLES, Theme};
use super::thin::thinned;
use crate::error::{Error, Result};
use crate::text::Text;

/// Units of the poster to one CSS pixel.
const UNITS: f64 = 2.0;

/// How far a thinned curve may lie from the true one: three quarters of a pixel, in grid units.
const TOLERANCE: f64 = GRID * 0.75;

/// The figure `width` CSS pixels wide, in the light theme's colours and, where the page is dark, the dark one's; `say`
/// fills its words in.
///
/// # Errors
/// Those of the renderer.
pub fn poster(
    figure: &Figure,
    width: f64,
    title: &Text,
    description: &Text,
    say: &dyn Fn(&Text) -> String,
) -> Result<String> {
    let shapes = |theme: Theme| {
        let look = Look::new(theme);
        let layout = Layout::new(figure, width, &look, &ruler::nominal, say);
        let mut shapes = Vec::new();
        let size = (layout.width, layout.height);
        let pen = Pen { size: (grid(size.0), grid(size.1)), theme: &look.theme, shapes: &mut shapes };
        draw(pen, figure, &layout, &look, &ruler::nominal, say).map(|()| (shapes, size))
    };
    let (light, (width, height)) = shapes(Theme::light())?;
    let (dark, _) = shapes(Theme::dark())?;
    let swaps: BTreeMap<&str, &str> =
        light.iter().zip(&dark).map(|(light, dark)| (&*light.color, &*dark.color)).collect();
    let mut style = String::from(":root{color-scheme:light dark}");
    for (light, dark) in swaps {
        for property in ["fill", "stroke"] {
            let _ = write!(style, "[{property}=\"{light}\"]{{{property}:light-dark({light},{dark})}}");
        }
    }
    let (columns, rows) = (width * UNITS, height * UNITS);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {columns} {rows}\" preserveAspectRatio=\"xMidYMin\" role=\"img\" fill=\"none\" font-family=\"{FONT}\">\
         <title>{}</title><desc>{}</desc><style>{style}</style>{}</svg>\n",
        escaped(&say(title)),
        escaped(&say(description)),
        body(&light),
    ))
}

fn grid(css: f64) -> u32 {
    (css * GRID).round() as u32
}

/// Something drawn.
struct Shape {
    color: String,
    form: Form,
}

/// What is drawn but for its colour: attributes, and what is between the tags.
enum Form {
    /// An outline that is filled; neighbours of one paint are one path.
    Area { paint: String, outline: String },
    /// An outline that is stroked.
    Line { paint: String, outline: String },
    /// A curve cut into dashes, put together again.
    Dashes { paint: String, dashes: &'static [f64], points: Vec<BackendCoord> },
    /// A filled circle.
    Disc { paint: String },
    /// Words at a place. They come last, those of one kind together.
    Words { paint: String, words: String },
}

fn body(shapes: &[Shape]) -> String {
    let mut text = String::new();
    let mut open: Option<(&str, String, &str)> = None;
    let mut words = BTreeMap::<(&str, &str), String>::new();
    for Shape { color, form } in shapes {
        let (property, paint, outline) = match form {
            Form::Area { paint, outline } => ("fill", paint.clone(), outline.clone()),
            Form::Line { paint, outline } => ("stroke", paint.clone(), outline.clone()),
            Form::Dashes { paint, dashes, points } => {
                let dashes: Vec<String> = dashes.iter().map(|length| (length * UNITS).to_string()).collect();
                let paint = format!("{paint} stroke-dasharray=\"{}\"", dashes.join(" "));
                ("stroke", paint, outline(points.iter().copied(), false))
            }
            Form::Disc { paint } => {
                text += if open.take().is_some() { "\"/>" } else { "" };
                let _ = write!(text, "<circle fill=\"{color}\"{paint}/>");
                continue;
            }
            Form::Words { paint, words: said } => {
                *words.entry((color, paint)).or_default() += said;
                continue;
            }
        };
        if open.as_ref().is_none_or(|(what, how, which)| (*what, how, *which) != (property, &paint, color)) {
            text += if open.is_some() { "\"/>" } else { "" };
            let _ = write!(text, "<path {property}=\"{color}\"{paint} d=\"");
            open = Some((property, paint, color));
        }
        text += &outline;
    }
    text += if open.is_some() { "\"/>" } else { "" };
    for ((color, paint), said) in words {
        let _ = write!(text, "<g fill=\"{color}\"{paint}>{said}</g>");
    }
    text
}

/// A place on the poster.
type Place = (i32, i32);

fn place((x, y): BackendCoord) -> Place {
    (units(x), units(y))
}

fn units(v: i32) -> i32 {
    (f64::from(v) * UNITS / GRID).round() as i32
}

/// An outline through these points in SVG's own short words.
fn outline(points: impl IntoIterator<Item = BackendCoord>, closed: bool) -> String {
    let mut kept: Vec<Place> = thinned(points, TOLERANCE).into_iter().map(place).collect();
    kept.dedup();
    let Some((&(mut x, mut y), rest)) = kept.split_first() else { return String::new() };
    let mut text = format!("M{x}{}", joined(y));
    let mut last = 'M';
    for &(to_x, to_y) in rest {
        let (right, down) = (to_x - x, to_y - y);
        let (command, numbers) = match (right, down) {
            (_, 0) => ('h', vec![right]),
            (0, _) => ('v', vec![down]),
            _ => ('l', vec![right, down]),
        };
        // A command that is repeated need not be written again.
        let (first, others) = (numbers[0], &numbers[1..]);
        text += &if command == last { joined(first) } else { format!("{command}{first}") };
        others.iter().for_each(|number| text += &joined(*number));
        (x, y, last) = (to_x, to_y, command);
    }
    text += match (rest.is_empty(), closed) {
        (true, _) => "h0",
        (false, true) => "z",
        (false, false) => "",
    };
    text
}

/// A number after another one: a minus parts them as well as a space.
fn joined(number: i32) -> String {
    if number < 0 { number.to_string() } else { format!(" {number}") }
}

/// The backend that collects shapes.
struct Pen<'a> {
    size: (u32, u32),
    theme: &'a Theme,
    shapes: &'a mut Vec<Shape>,
}

type Drawn = std::result::Result<(), DrawingErrorKind<Infallible>>;

impl Pen<'_> {
    fn put(&mut self, color: BackendColor, form: Form) -> Drawn {
        self.shapes.push(Shape { color: hex(color), form });
        Ok(())
    }

    fn area(&mut self, points: impl IntoIterator<Item = BackendCoord>, color: BackendColor) -> Drawn {
        self.put(color, Form::Area { paint: faint("fill", color), outline: outline(points, true) })
    }

    fn line(&mut self, points: impl IntoIterator<Item = BackendCoord>, style: &impl BackendStyle) -> Drawn {
        let points: Vec<BackendCoord> = points.into_iter().collect();
        let paint = stroke(style);
        let Some((dashes, gap)) = self.dashes(style.color(), &points) else {
            return self.put(style.color(), Form::Line { paint, outline: outline(points, false) });
        };
        // The next dash of the same curve begins a gap after the last one.
        if let Some(Shape { color, form: Form::Dashes { paint: before, points: so_far, .. } }) = self.shapes.last_mut()
            && (&*before, &*color) == (&paint, &hex(style.color()))
            && so_far.last().zip(points.first()).is_some_and(|(end, start)| length(*end, *start) < gap)
        {
            so_far.extend(points);
            return Ok(());
        }
        self.put(style.color(), Form::Dashes { paint, dashes, points })
    }

    /// The dash pattern that this piece of a line is cut by, and what the gap is certainly less than: the renderer
    /// cuts lines into dashes by their role, whose colour tells it, and no dash is longer than the longest of its pattern.
    fn dashes(&self, color: BackendColor, points: &[BackendCoord]) -> Option<(&'static [f64], f64)> {
        let (r, g, b) = color.rgb;
        let (role, _) = ROLES.into_iter().find(|(role, _)| self.theme.color(*role) == Color(r, g, b))?;
        let dashes = role.dashes();
        let longest = |from: usize| dashes.iter().skip(from).step_by(2).fold(0.0, |most: f64, one| most.max(*one));
        let drawn: f64 = points.windows(2).map(|ends| length(ends[0], ends[1])).sum();
        (drawn <= (longest(0) + 0.5) * GRID).then_some((dashes, (longest(1) + 1.0) * GRID))
    }
}

fn length((x0, y0): BackendCoord, (x1, y1): BackendCoord) -> f64 {
    f64::from(x1 - x0).hypot(f64::from(y1 - y0))
}

fn hex(BackendColor { rgb: (r, g, b), .. }: BackendColor) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn stroke(style: &impl BackendStyle) -> String {
    let width = short(f64::from(style.stroke_width()) * UNITS / GRID);
    format!(" stroke-width=\"{width}\"{}", faint("stroke", style.color()))
}

fn faint(property: &str, color: BackendColor) -> String {
    if color.alpha < 1.0 { format!(" {property}-opacity=\"{}\"", short(color.alpha)) } else { String::new() }
}

/// A number with two decimals at most.
fn short(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Tones and rows of a heat map: enough to tell its shape.
const TONES: u32 = 9;
const ROW_HEIGHT: u32 = 160;

impl Surface for Pen<'_> {
    /// Each tone is one path of thick lines, from left to right in each row.
    fn paint(&mut self, raster: &Raster, corner: BackendCoord, size: (u32, u32)) -> Result<()> {
        let rows = (size.1 / ROW_HEIGHT).max(1);
        let height = f64::from(size.1) / f64::from(rows);
        let step = |tone: u8| (f64::from(tone) * f64::from(TONES - 1) / 255.0).round() as u32;
        let x = |column: usize| corner.0 + (column as f64 / raster.columns as f64 * f64::from(size.0)).round() as i32;
        let mut outlines = BTreeMap::<u32, String>::new();
        for row in 0..rows {
            let source = ((f64::from(row) + 0.5) / f64::from(rows) * raster.rows as f64) as usize;
            let Some(tones) = raster.tones.get(source * raster.columns..(source + 1) * raster.columns) else { break };
            let y = corner.1 + ((f64::from(row) + 0.5) * height).round() as i32;
            let mut from = 0;
            for run in tones.chunk_by(|a, b| step(*a) == step(*b)) {
                let to = from + run.len();
                *outlines.entry(step(run[0])).or_default() += &outline([(x(from), y), (x(to), y)], false);
                from = to;
            }
        }
        // A little too thick, so that no seam shows between rows.
        let width = short((height + GRID) * UNITS / GRID);
        for (tone, outline) in outlines {
            let Color(r, g, b) = raster.color((tone * 255 / (TONES - 1)) as u8);
            let color = BackendColor { alpha: 1.0, rgb: (r, g, b) };
            self.put(color, Form::Line { paint: format!(" stroke-width=\"{width}\""), outline })
                .map_err(|e| Error::Drawing { why: e.to_string() })?;
        }
        Ok(())
    }
}

impl DrawingBackend for Pen<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.area([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)], color)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.line([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        let corners = [from, (to.0, from.1), to, (from.0, to.1)];
        if fill {
            return self.area(corners, style.color());
        }
        self.put(style.color(), Form::Line { paint: stroke(style), outline: outline(corners, true) })
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.line(path, style)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.area(path, style.color())
    }

    fn draw_circle<S: BackendStyle>(&mut self, at: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let (x, y) = place(at);
        let r = units(radius as i32);
        if fill {
            let paint = format!(" cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{}", faint("fill", style.color()));
            return self.put(style.color(), Form::Disc { paint });
        }
        let half = |across: i32| format!("a{r} {r} 0 0 0{} 0", joined(across));
        let outline = format!("M{}{}{}{}z", x - r, joined(y), half(2 * r), half(-2 * r));
        self.put(style.color(), Form::Line { paint: stroke(style), outline })
    }

    fn draw_text<S: BackendTextStyle>(&mut self, words: &str, style: &S, at: BackendCoord) -> Drawn {
        let (x, y) = place(at);
        let side = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        let weight = if matches!(style.style(), FontStyle::Bold) { " font-weight=\"bold\"" } else { "" };
        // The size is that of a line of text, as for plotters' own SVG; the base line is half a small letter lower.
        let size = (style.size() / 1.24 * UNITS / GRID).round();
        let base = y + (0.26 * size).round() as i32;
        let paint = format!(" font-size=\"{size}\"{side}{weight}");
        let words = format!("<text x=\"{x}\" y=\"{base}\">{}</text>", escaped(words));
        self.put(style.color(), Form::Words { paint, words })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scaled(points: &[(i32, i32)]) -> Vec<BackendCoord> {
        points.iter().map(|(x, y)| (8 * x, 8 * y)).collect()
    }

    #[test]
    fn outlines_are_relative_and_short() {
        assert_eq!(outline(scaled(&[(4, 8), (14, 8), (14, 3), (11, 1)]), true), "M4 8h10v-5l-3-2z");
        assert_eq!(outline(scaled(&[(0, 0), (1, 9), (3, -1), (9, -1)]), false), "M0 0l1 9 2-10h6");
        assert_eq!(outline(scaled(&[(5, 5), (5, 5)]), false), "M5 5h0");
        assert_eq!(outline([], true), "");
    }
}
