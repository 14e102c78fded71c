//! A state as code: programs that compute a scene's main numbers again, in Rust with this crate and in Python without it.

mod number;
mod python;
mod rust;

use crate::scene::View;
use number::Number;

/// What a program is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Rust, with this crate and `serde_json`.
    Rust,
    /// Python 3, with its standard library alone.
    Python,
}

/// A program that prints the numbers of a view that say what they compute, each on a line with its label, in the unit
/// it is shown in (see [`View::in_bits`]). `heading` stands in its first line. `None` where no number says it.
pub fn program(language: Language, view: &View, heading: &str) -> Option<String> {
    let numbers: Vec<Number<'_>> = view
        .readouts
        .iter()
        .filter_map(|readout| {
            let request = readout.request.as_ref()?;
            Some(Number { label: readout.label.english(), request, unit: readout.quantity.unit })
        })
        .collect();
    if numbers.is_empty() {
        return None;
    }
    // A heading of several lines would end the comment that it stands in.
    let heading = heading.replace(['\n', '\r'], " ");
    match language {
        Language::Rust => Some(rust::program(&numbers, &heading)),
        Language::Python => python::program(&numbers, &heading),
    }
}
