//! The registry: every scene in teaching order.

mod evidence;
mod family;
mod mean_field;
mod mixtures;
mod two_bells;
mod two_coins;
mod two_fits;
mod when_modes_split;

use crate::error::{Error, Result};
use crate::scene::Scene;

/// Every scene in teaching order.
pub const SCENES: &[Scene] = &[
    two_coins::SCENE,
    two_bells::SCENE,
    mixtures::SCENE,
    evidence::SCENE,
    two_fits::SCENE,
    when_modes_split::SCENE,
    mean_field::SCENE,
    family::SCENE,
];

/// The scene of that id.
pub fn find(id: &str) -> Result<&'static Scene> {
    SCENES.iter().find(|scene| scene.id == id).ok_or_else(|| Error::UnknownScene { id: id.to_owned() })
}
