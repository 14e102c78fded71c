//! What the divergence measures: the extra surprise of who believes Q where P holds.

mod evidence;
mod mixtures;
mod two_bells;
mod two_coins;

use crate::scene::Chapter;

/// The chapter.
pub const CHAPTER: Chapter = Chapter {
    id: "what-it-measures",
    title: "What it measures",
    scenes: &[two_coins::SCENE, two_bells::SCENE, mixtures::SCENE, evidence::SCENE],
};
