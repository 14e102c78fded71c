//! Divergences of mixtures of normals, which have no closed form: integrals that share the evaluations of the two densities.

mod divergences;
mod half_gap;
pub mod order;
pub mod pair;

pub use divergences::{MixtureDivergences, divergences, entropy, kl, shares, tv};
