//! Numerical tools in f64: quadrature, roots, functions that keep their digits near zero.

pub mod double;
pub mod rng;
pub mod special;
