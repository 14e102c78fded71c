//! Figures as data, and the one renderer that draws them.
//!
//! A scene returns a [`Figure`]: panels with axes, marks from a small grammar, handles. From the same
//! data come the canvas, the SVG, the data table and the hit areas. This module is the only one that
//! names `plotters`.

mod axis;
mod bar;
mod cells;
mod clip;
mod dash;
mod handle;
mod head;
mod hold;
mod label;
mod layout;
mod look;
mod model;
mod names;
mod point;
mod poster;
mod probe;
mod raster;
mod render;
mod ruler;
mod svg;
mod table;
mod theme;
mod thin;
mod words;

pub use axis::{Axis, Scale, Ticks, nice_range};
pub use cells::{Cells, Tone, centres};
pub use handle::{Direction, Grip, Handle};
pub use layout::{Frame, Layout};
pub use look::{FONT, GRID, Look};
pub use model::{Bar, Bubble, Figure, Mark, Panel, Place, Row, Sign, Stroke};
pub use names::Name;
pub use point::{Point, linspace};
pub use poster::poster;
pub use probe::{At, Read, Reading, probe};
pub use raster::{Raster, Surface};
pub use render::draw;
pub use svg::svg;
pub use table::{Series, csv, table};
pub use theme::{Color, ROLES, Role, Theme};
pub use thin::thinned;
