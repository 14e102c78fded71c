//! What single subjects of the lesson compute beyond divergences in general: one file a subject.

pub mod bounds;
pub mod channel;
pub mod detour;
pub mod evidence;
pub mod free_energy;
pub mod huffman;
pub mod slope;
pub mod smoothing;
