//! Fitting a normal Q to a mixture P, in either direction and between, and to data.

pub mod alpha;
pub mod alpha_path;
pub mod bell;
pub mod branches;
pub mod curves;
pub mod descent;
pub mod expectation;
mod factorised;
pub mod forward;
mod kinks;
pub mod landscape;
mod level;
pub mod likelihood;
pub mod objective;
pub mod plane;
pub mod reverse;
pub mod smoothed;
