//! The registry: every scene in teaching order.

mod cross_entropy;
mod evidence;
mod extra_bits;
mod family;
mod impossible_events;
mod likelihood;
mod mean_field;
mod mixtures;
mod mutual_information;
mod never_negative;
mod not_a_distance;
mod sliding_apart;
mod temperature;
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
    never_negative::SCENE,
    not_a_distance::SCENE,
    impossible_events::SCENE,
    sliding_apart::SCENE,
    temperature::SCENE,
    extra_bits::SCENE,
    cross_entropy::SCENE,
    likelihood::SCENE,
    mutual_information::SCENE,
    two_fits::SCENE,
    when_modes_split::SCENE,
    mean_field::SCENE,
    family::SCENE,
];

/// The scene of that id.
pub fn find(id: &str) -> Result<&'static Scene> {
    SCENES.iter().find(|scene| scene.id == id).ok_or_else(|| Error::UnknownScene { id: id.to_owned() })
}
