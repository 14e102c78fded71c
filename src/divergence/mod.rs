//! Divergences between distributions, each an [`Answer`]: a value that knows its error and method.

pub mod answer;
pub mod cell;
pub mod entropy;
pub mod f;
pub mod fisher_rao;
pub mod huffman;
pub mod kl;
pub mod mixture;
pub mod mixture_pair;
pub mod renyi;
pub mod wasserstein;

pub use answer::Answer;
pub use cell::Cell;
