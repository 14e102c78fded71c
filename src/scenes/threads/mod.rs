//! Where the divergence is met under other names: codes, losses, likelihoods, information.

mod cross_entropy;
mod extra_bits;
mod likelihood;
mod mutual_information;

use crate::scene::Chapter;

/// The chapter.
pub const CHAPTER: Chapter = Chapter {
    id: "threads",
    title: "Threads",
    scenes: &[extra_bits::SCENE, cross_entropy::SCENE, likelihood::SCENE, mutual_information::SCENE],
};
