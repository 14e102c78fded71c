//! The reference values of `tests/data/values.json`, read exactly, and how a computed value is held against them.

#![allow(dead_code, reason = "each test file uses its part")]

use kl_explorer::dist::mixture::{Component, Mixture};
use serde_json::Value;

/// One case: its inputs are exact binary64 numbers, its values have 30 digits.
pub struct Case {
    /// Its name.
    pub id: String,
    inputs: Value,
    bits: Value,
    values: Value,
}

/// All cases of a family, in the order of the file.
pub fn cases(family: &str) -> Vec<Case> {
    let all: Value = serde_json::from_str(include_str!("../data/values.json")).expect("the reference file is JSON");
    let of_family = |case: &&Value| case["family"] == family;
    let cases: Vec<Case> = all["cases"]
        .as_array()
        .expect("cases")
        .iter()
        .filter(of_family)
        .map(|case| Case {
            id: case["id"].as_str().expect("id").to_owned(),
            inputs: case["inputs"].clone(),
            bits: case["inputs_bits"].clone(),
            values: case["values"].clone(),
        })
        .collect();
    assert!(!cases.is_empty(), "no case of family {family}");
    cases
}

/// A number given by its bits where there are bits, and otherwise as JSON has it.
fn exact(bits: &Value, plain: &Value) -> f64 {
    match bits.as_str() {
        Some(hex) => f64::from_bits(u64::from_str_radix(hex, 16).expect("sixteen hex digits")),
        None => plain.as_f64().expect("a number"),
    }
}

/// What a tree holds at a JSON pointer such as `/p/w`, of which the first slash may be left out.
fn held<'a>(tree: &'a Value, pointer: &str) -> Option<&'a Value> {
    tree.pointer(&format!("/{}", pointer.trim_start_matches('/')))
}

impl Case {
    /// The input at a JSON pointer such as `/rho` or `rho`.
    pub fn input(&self, pointer: &str) -> f64 {
        let null = Value::Null;
        exact(held(&self.bits, pointer).unwrap_or(&null), held(&self.inputs, pointer).unwrap_or(&null))
    }

    /// The list of inputs at a JSON pointer such as `/p/w`.
    pub fn inputs(&self, pointer: &str) -> Vec<f64> {
        let list = held(&self.inputs, pointer).and_then(Value::as_array).expect("a list");
        (0..list.len()).map(|k| self.input(&format!("{pointer}/{k}"))).collect()
    }

    /// The list of lists of inputs at a JSON pointer.
    pub fn rows(&self, pointer: &str) -> Vec<Vec<f64>> {
        let list = held(&self.inputs, pointer).and_then(Value::as_array).expect("a list of lists");
        (0..list.len()).map(|k| self.inputs(&format!("{pointer}/{k}"))).collect()
    }

    /// Whether there is an input at a JSON pointer.
    pub fn has(&self, pointer: &str) -> bool {
        held(&self.inputs, pointer).is_some_and(|input| !input.is_null())
    }

    /// Words among the inputs, such as `/kind`.
    pub fn word(&self, pointer: &str) -> Option<&str> {
        held(&self.inputs, pointer).and_then(Value::as_str)
    }

    /// The true value at a JSON pointer, rounded to the nearest f64 ("inf" is infinity).
    pub fn value(&self, pointer: &str) -> f64 {
        self.found(pointer).unwrap_or_else(|| panic!("{} has no {pointer}", self.id))
    }

    /// The true value at a JSON pointer, if the case has it.
    pub fn found(&self, pointer: &str) -> Option<f64> {
        match held(&self.values, pointer)? {
            Value::String(text) => Some(text.parse().expect("a decimal number")),
            other => other.as_f64(),
        }
    }

    /// The list of true values at a JSON pointer, if the case has it.
    pub fn values(&self, pointer: &str) -> Vec<f64> {
        let list = held(&self.values, pointer).and_then(Value::as_array);
        (0..list.map_or(0, Vec::len)).filter_map(|k| self.found(&format!("{pointer}/{k}"))).collect()
    }

    /// The words of a value, such as the kind of a stationary point.
    pub fn word_of_value(&self, pointer: &str) -> Option<&str> {
        held(&self.values, pointer).and_then(Value::as_str)
    }

    /// The mixture among the inputs at a JSON pointer such as `/p`.
    pub fn mixture(&self, pointer: &str) -> Mixture {
        let [w, mu, sigma] = ["w", "mu", "sigma"].map(|field| self.inputs(&format!("{pointer}/{field}")));
        let components: Vec<Component> =
            (0..w.len()).map(|k| Component { weight: w[k], mean: mu[k], sd: sigma[k] }).collect();
        Mixture::new(&components).expect("a mixture")
    }
}

/// The worst relative errors met so far, by quantity.
#[derive(Default)]
pub struct Worst(Vec<(&'static str, f64, String)>);

impl Worst {
    /// Notes the error of `got` relative to `size`.
    pub fn note(&mut self, quantity: &'static str, id: &str, got: f64, want: f64, size: f64) {
        let error = if got == want { 0.0 } else { (got - want).abs() / size };
        match self.0.iter_mut().find(|(name, ..)| *name == quantity) {
            Some(entry) if entry.1 >= error => {}
            Some(entry) => *entry = (quantity, error, id.to_owned()),
            None => self.0.push((quantity, error, id.to_owned())),
        }
    }

    /// Prints the list (seen with `--nocapture`).
    pub fn print(&self, title: &str) {
        for (quantity, error, id) in &self.0 {
            println!("{title}: {quantity:<18} worst relative error {error:.1e} ({id})");
        }
    }
}
