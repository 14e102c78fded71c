//! Divergences between distributions, each an [`Answer`]: a value that knows its error and method.

pub mod answer;
pub mod any;
pub mod bounds;
pub mod cell;
pub mod channel;
pub(crate) mod closed;
pub mod counts;
pub mod detour;
pub mod entropy;
pub mod evidence;
pub mod f;
pub mod fisher_rao;
pub mod free_energy;
pub mod huffman;
pub mod information;
pub mod kl;
pub mod line;
pub mod mixture;
pub mod mixture_order;
pub mod mixture_pair;
mod mixture_tv;
pub mod renyi;
pub mod request;
pub mod slope;
pub mod smoothing;
pub mod transport;
pub mod wasserstein;

pub use answer::Answer;
pub use cell::Cell;
pub use request::Request;
