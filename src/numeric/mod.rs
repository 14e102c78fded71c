//! Numerical tools in f64: quadrature, roots, functions that keep their digits near zero.

pub mod cancellation;
pub mod decimal;
pub mod double;
pub mod effort;
pub mod order;
pub mod quadrature;
pub mod rng;
pub mod root;
pub mod special;
pub mod sums;
pub mod tolerance;
