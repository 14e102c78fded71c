//! Plotters on an HTML canvas, smooth and sharp: plotters-canvas on a grid of 16 units to the CSS pixel,
//! scaled back by the context's transform to the device's own pixels.
//!
//! Lines of one look that follow each other, the dashes of a curve above all, are collected into one path: a call to the
//! browser for each of them costs more than drawing them.

use std::cell::RefCell;
use std::collections::HashMap;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::error::{Error, Result};
use crate::figure::{Color, FONT, GRID, Layout, Look, Raster, Surface, thinned};

/// A canvas that reports its size in grid units.
pub struct SubpixelCanvas {
    canvas: CanvasBackend,
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    /// How the lines look that were collected and are not on the canvas yet.
    collected: Option<Pen>,
    /// The font that the context has.
    font: String,
}

/// Points that lie no further from a line than its own are rounded make no difference to it, but to the browser: it fills
/// the outline of a line, all of its corners rounded.
const FINENESS: f64 = 1.0;

/// Colour, opacity and width of a line.
type Pen = ((u8, u8, u8), f64, u32);

impl SubpixelCanvas {
    /// Sizes the canvas to the layout in device pixels and makes it ready.
    pub fn new(canvas: &HtmlCanvasElement, layout: &Layout, look: &Look) -> Result<Self> {
        let device = |css: f64| (css * look.ratio).round().max(1.0) as u32;
        let (width, height) = (device(layout.width), device(layout.height));
        // Setting a size clears the canvas and allocates, even where it stays the same.
        if canvas.width() != width {
            canvas.set_width(width);
        }
        if canvas.height() != height {
            canvas.set_height(height);
        }
        let context = context(canvas).ok_or_else(|| refused("the canvas has no 2d context"))?;
        // So that the browser forgets what it has not yet painted of earlier pictures, which nobody will see.
        context.reset_transform().map_err(|_| refused("the canvas can't be scaled"))?;
        context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
        let unit = look.ratio / GRID;
        context.set_transform(unit, 0.0, 0.0, unit, 0.0, 0.0).map_err(|_| refused("the canvas can't be scaled"))?;
        context.set_line_join("round");
        context.set_text_baseline("middle");
        let backend = CanvasBackend::with_canvas_object(canvas.clone());
        let canvas = backend.ok_or_else(|| refused("the canvas has no 2d context"))?;
        let units = |css: f64| (css * GRID).round() as u32;
        let size = (units(layout.width), units(layout.height));
        Ok(Self { canvas, context, size, collected: None, font: String::new() })
    }

    /// Draws the lines that were collected; to be called before anything else is drawn.
    fn flush(&mut self) {
        if self.collected.take().is_some() {
            self.context.stroke();
        }
    }
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

fn css((r, g, b): (u8, u8, u8), alpha: f64) -> String {
    format!("rgba({r},{g},{b},{alpha})")
}

fn refused(why: &str) -> Error {
    Error::Drawing { why: why.to_owned() }
}

thread_local! {
    /// A canvas of its own for measuring, so that no page layout is asked for.
    static RULER: Option<CanvasRenderingContext2d> = ruler();
    static WIDTHS: RefCell<HashMap<String, f64>> = RefCell::default();
}

/// The size at which words are measured; widths are proportional to size.
const MEASURED_AT: f64 = 100.0;

fn ruler() -> Option<CanvasRenderingContext2d> {
    let context = context(&blank()?)?;
    context.set_font(&format!("bold {MEASURED_AT}px {FONT}"));
    Some(context)
}

/// The width of words in the figure's bold face, in CSS pixels.
pub fn text_width(words: &str, size: f64) -> f64 {
    let known = WIDTHS.with_borrow(|widths| widths.get(words).copied());
    let width = known.unwrap_or_else(|| {
        let measured = RULER.with(|ruler| ruler.as_ref()?.measure_text(words).ok());
        let width = measured.map_or(words.chars().count() as f64 * 0.6 * MEASURED_AT, |m| m.width());
        WIDTHS.with_borrow_mut(|widths| {
            // Live numbers in labels would otherwise fill it without end.
            if widths.len() >= 2000 {
                widths.clear();
            }
            widths.insert(words.to_owned(), width);
        });
        width
    });
    width * size / MEASURED_AT
}

thread_local! {
    /// A canvas of one pixel a cell, from which heat maps are scaled up.
    static CELLS: Option<HtmlCanvasElement> = blank();
}

fn blank() -> Option<HtmlCanvasElement> {
    web_sys::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()
}

impl Surface for SubpixelCanvas {
    /// One picture of one pixel a cell, drawn scaled and smoothed by the browser.
    fn paint(&mut self, raster: &Raster, corner: BackendCoord, size: (u32, u32)) -> Result<()> {
        self.flush();
        let palette: Vec<[u8; 4]> = (0..=255)
            .map(|tone| {
                let Color(r, g, b) = raster.color(tone);
                [r, g, b, 255]
            })
            .collect();
        let pixels: Vec<u8> = raster.tones.iter().flat_map(|tone| palette[usize::from(*tone)]).collect();
        let (columns, rows) = (raster.columns as u32, raster.rows as u32);
        let painted = CELLS.with(|cells| {
            let cells = cells.as_ref()?;
            if (cells.width(), cells.height()) != (columns, rows) {
                cells.set_width(columns);
                cells.set_height(rows);
            }
            let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&pixels), columns, rows).ok()?;
            context(cells)?.put_image_data(&image, 0.0, 0.0).ok()?;
            let [x, y, w, h] = [corner.0 as f64, corner.1 as f64, f64::from(size.0), f64::from(size.1)];
            self.context.draw_image_with_html_canvas_element_and_dw_and_dh(cells, x, y, w, h).ok()
        });
        painted.ok_or_else(|| refused("the canvas can't take a heat map"))
    }
}

type Drawn<E> = std::result::Result<(), DrawingErrorKind<E>>;

impl DrawingBackend for SubpixelCanvas {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn<Self::ErrorType> {
        self.canvas.ensure_prepared()
    }

    fn present(&mut self) -> Drawn<Self::ErrorType> {
        self.flush();
        self.canvas.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn<Self::ErrorType> {
        self.flush();
        self.canvas.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn<Self::ErrorType> {
        self.flush();
        self.canvas.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn<Self::ErrorType> {
        self.flush();
        self.canvas.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn<Self::ErrorType> {
        let BackendColor { alpha, rgb } = style.color();
        if alpha == 0.0 {
            return Ok(());
        }
        let pen = (rgb, alpha, style.stroke_width());
        // Translucent lines are to darken where they meet.
        if alpha < 1.0 || self.collected != Some(pen) {
            self.flush();
            self.context.set_stroke_style_str(&css(rgb, alpha));
            self.context.set_line_width(f64::from(pen.2));
            self.context.begin_path();
            self.collected = Some(pen);
        }
        for (i, (x, y)) in thinned(path, FINENESS).into_iter().enumerate() {
            let (x, y) = (f64::from(x), f64::from(y));
            if i == 0 { self.context.move_to(x, y) } else { self.context.line_to(x, y) }
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn<Self::ErrorType> {
        self.flush();
        self.canvas.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vertices: I,
        style: &S,
    ) -> Drawn<Self::ErrorType> {
        self.flush();
        self.canvas.fill_polygon(thinned(vertices, FINENESS), style)
    }

    /// Words stand upright and are centred in height, as all on a figure are.
    fn draw_text<S: BackendTextStyle>(&mut self, words: &str, style: &S, at: BackendCoord) -> Drawn<Self::ErrorType> {
        self.flush();
        // Setting a font has the browser look at the styles around the canvas, each time.
        let font = format!("{} {}px {FONT}", style.style().as_str(), style.size());
        if self.font != font {
            self.context.set_font(&font);
            self.font = font;
        }
        // Not start and end: what is left stays left in a page that is read from the right.
        self.context.set_text_align(match style.anchor().h_pos {
            HPos::Left => "left",
            HPos::Right => "right",
            HPos::Center => "center",
        });
        let BackendColor { alpha, rgb } = style.color();
        self.context.set_fill_style_str(&css(rgb, alpha));
        // It fails for no finite place.
        let _ = self.context.fill_text(words, f64::from(at.0), f64::from(at.1));
        Ok(())
    }
}
