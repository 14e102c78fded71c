//! What it is to fit by one direction or by the other.

mod family;
mod mean_field;
mod two_fits;
mod when_modes_split;

use crate::scene::Chapter;

/// The chapter.
pub const CHAPTER: Chapter = Chapter {
    id: "two-directions",
    title: "Two directions",
    scenes: &[two_fits::SCENE, when_modes_split::SCENE, mean_field::SCENE, family::SCENE],
};
