//! The distributions, one file for each family.

pub mod mixture;
pub mod normal;
