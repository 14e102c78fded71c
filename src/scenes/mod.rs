//! The registry: every scene in teaching order.

mod evidence;
mod impossible_events;
mod mixtures;
mod never_negative;
mod not_a_distance;
mod two_bells;
mod two_coins;
mod two_fits;

use crate::error::{Error, Result};
use crate::scene::Scene;

/// Every scene in teaching order.
pub const SCENES: &[Scene] = &[
    two_coins::SCENE,
    two_bells::SCENE,
    mixtures::SCENE,
    evidence::SCENE,
    never_negative::SCENE,
    not_a_distance::SCENE,
    impossible_events::SCENE,
    two_fits::SCENE,
];

/// The scene of that id.
pub fn find(id: &str) -> Result<&'static Scene> {
    SCENES.iter().find(|scene| scene.id == id).ok_or_else(|| Error::UnknownScene { id: id.to_owned() })
}
