//! Painting a grid of colours in one go. Plotters' own bitmaps go pixel by pixel; a backend that can do better says how.

use plotters_backend::{BackendCoord, BackendStyle, DrawingBackend};

use super::theme::Color;
use crate::error::{Error, Result};

/// A grid of tones between two colours.
#[derive(Clone, Debug)]
pub struct Raster {
    /// Cells from left to right.
    pub columns: usize,
    /// Cells from top to bottom.
    pub rows: usize,
    /// From 0 (the first colour) to 255 (the second), row by row from the top.
    pub tones: Vec<u8>,
    /// The colours of tone 0 and 255.
    pub ends: [Color; 2],
}

/// Tones a vector format is content with: few enough to merge neighbours into one rectangle.
const BANDS: u8 = 18;

/// The height of a row in a vector format, in grid units.
const BAND_HEIGHT: u32 = 96;

/// How far neighbours overlap, in grid units: one pixel.
const OVERLAP: i32 = 16;

/// A backend that can paint a raster.
pub trait Surface: DrawingBackend {
    /// Paints `raster` over the rectangle between two corners. As it stands: rectangles, neighbours of one tone merged.
    ///
    /// # Errors
    /// Says why the surface refused.
    fn paint(&mut self, raster: &Raster, corner: BackendCoord, size: (u32, u32)) -> Result<()> {
        let rows = (size.1 / BAND_HEIGHT).clamp(1, raster.rows.max(1) as u32);
        let along = |i: usize, count: usize, length: u32| (i as f64 / count as f64 * f64::from(length)).round() as i32;
        let band = |tone: u8| u32::from(tone) * u32::from(BANDS - 1) / 255;
        for row in 0..rows as usize {
            let source = (2 * row + 1) * raster.rows / (2 * rows as usize);
            let Some(tones) = raster.tones.get(source * raster.columns..(source + 1) * raster.columns) else { break };
            let (top, bottom) = (along(row, rows as usize, size.1), along(row + 1, rows as usize, size.1));
            let mut from = 0;
            for run in tones.chunk_by(|a, b| band(*a) == band(*b)) {
                let to = from + run.len();
                let color = raster.color((band(run[0]) * 255 / u32::from(BANDS - 1)) as u8);
                // A little too wide and high, so that no seam shows between neighbours; the next ones cover it.
                let (left, right) = (along(from, raster.columns, size.0), along(to, raster.columns, size.0));
                let end = ((right + OVERLAP).min(size.0 as i32), (bottom + OVERLAP).min(size.1 as i32));
                let corners = [(corner.0 + left, corner.1 + top), (corner.0 + end.0, corner.1 + end.1)];
                self.draw_rect(corners[0], corners[1], &Fill(color), true)
                    .map_err(|e| Error::Drawing { why: e.to_string() })?;
                from = to;
            }
        }
        Ok(())
    }
}

impl Raster {
    /// The colour of a tone.
    pub fn color(&self, tone: u8) -> Color {
        let [Color(r0, g0, b0), Color(r1, g1, b1)] = self.ends;
        let share = f64::from(tone) / 255.0;
        let mix = |a: u8, b: u8| (f64::from(a) + share * (f64::from(b) - f64::from(a))).round() as u8;
        Color(mix(r0, r1), mix(g0, g1), mix(b0, b1))
    }
}

/// An opaque fill.
struct Fill(Color);

impl BackendStyle for Fill {
    fn color(&self) -> plotters_backend::BackendColor {
        let Color(r, g, b) = self.0;
        plotters_backend::BackendColor { alpha: 1.0, rgb: (r, g, b) }
    }
}
