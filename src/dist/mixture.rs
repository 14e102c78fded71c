//! Mixtures of normal distributions.
