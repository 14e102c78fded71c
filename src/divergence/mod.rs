//! Divergences between distributions, each an [`Answer`]: a value that knows its error and method.

pub mod answer;
pub mod any;
pub mod cell;
pub(crate) mod closed;
pub mod counts;
pub mod entropy;
pub mod f;
pub mod fisher_rao;
pub mod information;
pub mod kl;
pub mod line;
pub mod mixture;
pub mod renyi;
pub mod request;
pub mod transport;
pub mod wasserstein;

pub use answer::Answer;
pub use cell::Cell;
pub use request::Request;
