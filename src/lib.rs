//! KL Explorer: the core of an interactive explorer of Kullback–Leibler divergence.
//!
//! The module list below is the table of contents. Imports run one way: words and quantities at the
//! bottom, numerics above them, figures and scenes above those, the browser on top
//! (`tests/layers.rs` holds it).

pub mod error;
pub mod quantity;
pub mod text;

pub mod dist;
pub mod divergence;
pub mod estimate;
pub mod figure;
pub mod fit;
pub mod geometry;
pub mod measure;
pub mod numeric;
pub mod program;
pub mod scene;
pub mod scenes;
pub mod topics;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub mod web;
