//! The distributions, one file for each family.

pub mod any;
pub mod bends;
pub mod bernoulli;
pub mod beta;
pub mod categorical;
pub mod cauchy;
pub(crate) mod check;
pub mod density;
pub mod diagonal_normal;
pub mod exponential;
pub mod laplace;
pub mod mixture;
pub mod normal;
pub mod normal2;
pub mod poisson;
pub mod tilted;
pub mod truncated_normal;
pub mod uniform;

pub use any::Dist;
pub use bernoulli::Bernoulli;
pub use beta::Beta;
pub use categorical::Categorical;
pub use cauchy::Cauchy;
pub use density::Density;
pub use diagonal_normal::DiagonalNormal;
pub use exponential::Exponential;
pub use laplace::Laplace;
pub use mixture::{Component, Mixture};
pub use normal::Normal;
pub use normal2::Normal2;
pub use poisson::Poisson;
pub use tilted::Tilted;
pub use truncated_normal::TruncatedNormal;
pub use uniform::Uniform;
