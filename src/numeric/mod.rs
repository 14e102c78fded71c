//! Numerical tools in f64: quadrature, roots, functions that keep their digits near zero.

pub mod cancellation;
pub mod quadrature;
pub mod root;
pub mod sums;
pub mod tolerance;
