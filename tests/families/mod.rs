//! Cases with values known to thirty digits: reading them, and holding answers against them.

#![allow(dead_code)] // each test program uses its own part

pub mod discrete;
pub mod normal;
pub mod pairs;

use std::collections::BTreeMap;

use kl_explorer::divergence::Answer;
use serde_json::Value;

/// The reference values, as they came.
pub const VALUES: &str = include_str!("../data/values.json");

/// One case: inputs to the bit, values to thirty digits.
pub struct Case {
    /// Its name, for messages.
    pub id: String,
    /// The family of the question.
    pub family: String,
    tags: Vec<String>,
    inputs: Value,
    values: Value,
}

/// All cases of a file.
pub fn cases(json: &str) -> Vec<Case> {
    let file: Value = serde_json::from_str(json).expect("the file is JSON");
    let text = |v: &Value| v.as_str().expect("a string").to_owned();
    let list = |v: &Value| v.as_array().expect("a list").clone();
    list(&file["cases"])
        .into_iter()
        .map(|c| Case {
            id: text(&c["id"]),
            family: text(&c["family"]),
            tags: c["tags"].as_array().map(|tags| tags.iter().map(text).collect()).unwrap_or_default(),
            inputs: c["inputs_bits"].clone(),
            values: c["values"].clone(),
        })
        .collect()
}

/// The cases of one family; there must be some.
pub fn family(json: &str, name: &str) -> Vec<Case> {
    let found: Vec<Case> = cases(json).into_iter().filter(|c| c.family == name).collect();
    assert!(!found.is_empty(), "no cases of {name}");
    found
}

impl Case {
    /// An input number.
    pub fn number(&self, name: &str) -> f64 {
        number(&self.inputs[name]).unwrap_or_else(|| panic!("{}: no number {name}", self.id))
    }

    /// An input list.
    pub fn list(&self, name: &str) -> Vec<f64> {
        numbers(&self.inputs[name]).unwrap_or_else(|| panic!("{}: no list {name}", self.id))
    }

    /// An input word.
    pub fn word(&self, name: &str) -> &str {
        self.inputs[name].as_str().unwrap_or_else(|| panic!("{}: no word {name}", self.id))
    }

    /// An input that is a tree of its own.
    pub fn tree(&self, name: &str) -> &Value {
        &self.inputs[name]
    }

    /// Whether there is such an input.
    pub fn has(&self, name: &str) -> bool {
        !self.inputs[name].is_null()
    }

    /// The names of the values.
    pub fn value_names(&self) -> Vec<String> {
        self.values.as_object().map(|o| o.keys().cloned().collect()).unwrap_or_default()
    }

    /// A true value, rounded to f64; `None` if the case does not have it.
    pub fn truth(&self, name: &str) -> Option<f64> {
        truth(&self.values[name])
    }

    /// A list of true values.
    pub fn truths(&self, name: &str) -> Vec<f64> {
        self.values[name].as_array().map(|list| list.iter().filter_map(truth).collect()).unwrap_or_default()
    }

    /// The values as they came.
    pub fn values(&self) -> &Value {
        &self.values
    }

    /// Whether the case has a tag.
    pub fn tagged(&self, tag: &str) -> bool {
        self.tags.iter().any(|t| t == tag)
    }
}

/// A number given by the sixteen hexadecimal digits of its bits, or as a count.
pub fn number(v: &Value) -> Option<f64> {
    match v {
        Value::String(s) if s.len() == 16 => u64::from_str_radix(s, 16).ok().map(f64::from_bits),
        other => other.as_f64(),
    }
}

/// A list of such numbers.
pub fn numbers(v: &Value) -> Option<Vec<f64>> {
    v.as_array()?.iter().map(number).collect()
}

/// A true value given in decimal.
pub fn truth(v: &Value) -> Option<f64> {
    v.as_str().and_then(|s| s.parse().ok())
}

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
        let Some(want) = case.truth(name) else {
            return self.failures.push(format!("{}: no value {name}", case.id));
        };
        self.held(&case.id, name, got, want, tolerance);
        if got.value < 0.0 {
            self.failures.push(format!("{} {name}: {:e} is negative", case.id, got.value));
        }
    }

    /// Holds a quantity that may be negative against its true value.
    pub fn signed(&mut self, case: &Case, name: &str, got: &Answer, tolerance: Tolerance) {
        match case.truth(name) {
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
