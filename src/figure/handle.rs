//! Handles: what can be grabbed on a figure, and which control each movement sets.

use std::fmt;

use super::point::Point;
use super::theme::Role;
use crate::text::Text;

/// Which arrow keys a grip answers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left and right.
    Horizontal,
    /// Up and down.
    Vertical,
}

/// One control that a handle sets: the value that puts the handle under the pointer.
pub struct Grip {
    /// The control's id.
    pub control: String,
    /// The arrow keys that step it.
    pub keys: Direction,
    /// From the pointer's data coordinates to the control's value; not yet clamped or rounded.
    pub value: Box<dyn Fn(Point) -> f64>,
}

/// A thing on the figure that can be moved with mouse, finger or arrow keys.
#[derive(Debug)]
pub struct Handle {
    /// A name that is unique in the figure.
    pub id: String,
    /// What it is, for those who can't see it: "P: mean".
    pub label: Text,
    /// Whose it is.
    pub role: Role,
    /// Where it stands.
    pub at: Point,
    /// The controls it sets.
    pub grips: Vec<Grip>,
    /// Whether pressing and sweeping across the panel hands the pointer on to the next such handle of the
    /// same role.
    pub swept: bool,
    /// Whether it is a point of the plane, so that one drag moves it both ways; otherwise a drag of a handle with two
    /// settings keeps to the one that is meant.
    pub free: bool,
}

impl Handle {
    /// A handle at a point that sets nothing yet.
    pub fn new(id: impl Into<String>, label: impl Into<Text>, role: Role, at: Point) -> Self {
        Self { id: id.into(), label: label.into(), role, at, grips: Vec::new(), swept: false, free: false }
    }

    /// One press can sweep over this handle and its neighbours, as over the bars of a histogram. Only for handles
    /// that move upright.
    #[must_use]
    pub const fn swept(mut self) -> Self {
        self.swept = true;
        self
    }

    /// One drag moves it sideways and upright at once: both together are one setting, a point of the plane.
    #[must_use]
    pub const fn free(mut self) -> Self {
        self.free = true;
        self
    }

    /// Moving sideways sets `control` to `value(pointer)`.
    #[must_use]
    pub fn sideways(self, control: impl Into<String>, value: impl Fn(Point) -> f64 + 'static) -> Self {
        self.grip(control.into(), Direction::Horizontal, Box::new(value))
    }

    /// Moving up and down sets `control` to `value(pointer)`.
    #[must_use]
    pub fn upright(self, control: impl Into<String>, value: impl Fn(Point) -> f64 + 'static) -> Self {
        self.grip(control.into(), Direction::Vertical, Box::new(value))
    }

    fn grip(mut self, control: String, keys: Direction, value: Box<dyn Fn(Point) -> f64>) -> Self {
        self.grips.push(Grip { control, keys, value });
        self
    }
}

impl fmt::Debug for Grip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grip").field("control", &self.control).field("keys", &self.keys).finish_non_exhaustive()
    }
}
