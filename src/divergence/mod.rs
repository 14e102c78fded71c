//! Divergences between distributions, each an [`answer::Answer`]: a value that knows its error and method.

pub mod answer;
pub mod mixture;
pub mod mixture_pair;
