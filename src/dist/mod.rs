//! The distributions, one file for each family.

pub mod bends;
pub mod mixture;
pub mod normal;
