//! The geometry of a family: its ruler, its roads, its balls.

pub mod ball;
pub mod fisher;
pub mod geodesic;
