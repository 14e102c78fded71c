//! Holding answers against values known to thirty digits.

pub mod discrete;
pub mod normal;
pub mod pairs;

use std::collections::BTreeMap;

use crate::common::Case;
use kl_explorer::divergence::Answer;

/// What is found wanting, and how right the rest is.
#[derive(Default)]
pub struct Report {
    /// What is wrong, one line each.
    pub failures: Vec<String>,
    /// By quantity: the relative errors, and the greatest number of evaluations.
    pub errors: BTreeMap<String, Vec<f64>>,
    /// The greatest number of evaluations by quantity.
    pub evaluations: BTreeMap<String, usize>,
}

/// How right an answer has to be.
#[derive(Clone, Copy)]
pub struct Tolerance {
    /// Relative to the value.
    pub relative: f64,
    /// Absolute, where the relative one asks for more.
    pub absolute: f64,
}

impl Tolerance {
    /// A relative tolerance alone.
    pub const fn relative(relative: f64) -> Self {
        Self { relative, absolute: 0.0 }
    }
}

impl Report {
    /// Holds a divergence against its true value: right, never negative, its error bound honest.
    pub fn divergence(&mut self, case: &Case, name: &str, got: &Answer, tolerance: Tolerance) {
        let Some(want) = case.found(name) else {
            return self.failures.push(format!("{}: no value {name}", case.id));
        };
        self.held(&case.id, name, got, want, tolerance);
        if got.value < 0.0 {
            self.failures.push(format!("{} {name}: {:e} is negative", case.id, got.value));
        }
    }

    /// Holds a quantity that may be negative against its true value.
    pub fn signed(&mut self, case: &Case, name: &str, got: &Answer, tolerance: Tolerance) {
        match case.found(name) {
            Some(want) => self.held(&case.id, name, got, want, tolerance),
            None => self.failures.push(format!("{}: no value {name}", case.id)),
        }
    }

    /// Holds an answer against a given true value.
    pub fn held(&mut self, id: &str, name: &str, got: &Answer, want: f64, tolerance: Tolerance) {
        self.number(id, name, got.value, want, tolerance);
        let error = (got.value - want).abs();
        // The truth itself was rounded to f64.
        if error > got.error + 0.5 * f64::EPSILON * want.abs() {
            self.failures.push(format!("{id} {name}: error {error:e} above its bound {:e}", got.error));
        }
        if got.value.is_infinite() != got.cause.is_some() {
            self.failures.push(format!("{id} {name}: {} with cause {:?}", got.value, got.cause));
        }
        let most = self.evaluations.entry(name.to_owned()).or_default();
        *most = (*most).max(got.evaluations);
    }

    /// Holds a plain number against a given true value.
    pub fn number(&mut self, id: &str, name: &str, got: f64, want: f64, tolerance: Tolerance) {
        if got == want {
            self.errors.entry(name.to_owned()).or_default().push(0.0);
            return;
        }
        let error = (got - want).abs();
        if !(error <= tolerance.relative * want.abs() || error <= tolerance.absolute) {
            self.failures.push(format!("{id} {name}: {got:e} for {want:e}, off by {:e}", error / want.abs()));
        }
        let relative = if error <= tolerance.absolute { 0.0 } else { error / want.abs() };
        self.errors.entry(name.to_owned()).or_default().push(relative);
    }

    /// Says how right everything was; panics with every failure if there is one.
    pub fn finish(self, title: &str) {
        for (name, errors) in &self.errors {
            let mut sorted = errors.clone();
            sorted.sort_by(f64::total_cmp);
            let (median, worst) = (sorted[sorted.len() / 2], sorted[sorted.len() - 1]);
            let evaluations = self.evaluations.get(name).copied().unwrap_or(0);
            println!(
                "{title:22} {name:18} {:4} cases  median {median:.1e}  worst {worst:.1e}  {evaluations} evaluations",
                sorted.len()
            );
        }
        assert!(self.failures.is_empty(), "{title}: {} failures\n{}", self.failures.len(), self.failures.join("\n"));
    }
}
