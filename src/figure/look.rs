//! How a figure is to look: colours, sizes, unit and signs.

use super::theme::Theme;
use crate::text::Text;

/// Units of the drawing grid to one CSS pixel.
pub const GRID: f64 = 16.0;

/// The font of every word on a figure.
pub const FONT: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

/// How a figure is to look, apart from what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The colours.
    pub theme: Theme,
    /// The factor on type, lines and handles: 1 on a page, more on a projector.
    pub scale: f64,
    /// Device pixels to the CSS pixel; axis lines are put on whole device pixels.
    pub ratio: f64,
    /// Whether information is labelled in bits.
    pub bits: bool,
    /// The decimal sign of the reader's language.
    pub decimal: char,
    /// The height in CSS pixels that the figure is to fill; nothing for its natural one.
    pub height: Option<f64>,
}

impl Look {
    /// A theme with everything else plain.
    pub const fn new(theme: Theme) -> Self {
        Self { theme, scale: 1.0, ratio: 1.0, bits: false, decimal: '.', height: None }
    }

    /// Words as the reader wants them: information in the chosen unit.
    pub(super) fn words<'a>(&self, say: &'a dyn Fn(&Text) -> String) -> impl Fn(&Text) -> String + use<'a> {
        let bits = self.bits;
        move |text| if bits { say(&text.clone().in_bits()) } else { say(text) }
    }

    /// The size of a panel's title.
    pub fn title_size(&self) -> f64 {
        14.5 * self.scale
    }

    /// The size of tick labels and other words.
    pub(super) fn text_size(&self) -> f64 {
        12.5 * self.scale
    }
}
