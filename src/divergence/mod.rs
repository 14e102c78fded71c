//! temp
mod answer;
pub use answer::Answer;
