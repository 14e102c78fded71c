//! What holds for every divergence, and what does not: never negative, no distance, infinite at the impossible.

mod impossible_events;
mod never_negative;
mod not_a_distance;
mod sliding_apart;
mod temperature;

use crate::scene::Chapter;

/// The chapter.
pub const CHAPTER: Chapter = Chapter {
    id: "the-rules",
    title: "The rules",
    scenes: &[
        never_negative::SCENE,
        not_a_distance::SCENE,
        impossible_events::SCENE,
        sliding_apart::SCENE,
        temperature::SCENE,
    ],
};
