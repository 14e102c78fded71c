//! The registry: chapters in teaching order, each with its scenes.

mod the_rules;
mod threads;
mod two_directions;
mod what_it_measures;

use crate::error::{Error, Result};
use crate::scene::{Chapter, Scene};

/// The lesson: the one list of order, from which all others follow.
pub const CHAPTERS: &[Chapter] =
    &[what_it_measures::CHAPTER, the_rules::CHAPTER, threads::CHAPTER, two_directions::CHAPTER];

/// Every scene in teaching order.
pub fn all() -> impl Iterator<Item = &'static Scene> {
    CHAPTERS.iter().flat_map(|chapter| chapter.scenes)
}

/// The scene of that id.
pub fn find(id: &str) -> Result<&'static Scene> {
    all().find(|scene| scene.id == id).ok_or_else(|| Error::UnknownScene { id: id.to_owned() })
}
