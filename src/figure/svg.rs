//! A figure as SVG: smooth curves, text as text.

use plotters_svg::SVGBackend;

use super::layout::Layout;
use super::look::{GRID, Look};
use super::model::Figure;
use super::raster::Surface;
use super::render::draw;
use super::ruler;
use crate::error::Result;
use crate::text::Text;

impl Surface for SVGBackend<'_> {}

/// The figure `width` CSS pixels wide, with a title and a description for those who can't see it.
pub fn svg(
    figure: &Figure,
    width: f64,
    look: &Look,
    title: &str,
    description: &str,
    say: &dyn Fn(&Text) -> String,
) -> Result<String> {
    let layout = Layout::new(figure, width, look, &ruler::nominal, say);
    let units = |v: f64| (v * GRID).round() as u32;
    let size = (units(layout.width), units(layout.height));
    let mut drawn = String::new();
    draw(SVGBackend::with_string(&mut drawn, size), figure, &layout, look, &ruler::nominal, say)?;
    // Plotters sizes the picture in grid units; it is to be shown in CSS pixels.
    let body = drawn.split_once('>').map_or("", |(_, rest)| rest);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" role=\"img\">\n\
         <title>{}</title>\n<desc>{}</desc>{body}",
        layout.width,
        layout.height,
        size.0,
        size.1,
        escaped(title),
        escaped(description),
    ))
}

pub(super) fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
