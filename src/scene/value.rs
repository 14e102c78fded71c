//! What a control is, the values it takes, and how they are read from what was given.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::Error;
use crate::quantity::Quantity;
use crate::text::Text;

/// The value of a control.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A chosen option, or a value of any kind as written in a link or an attribute.
    Text(String),
    /// On or off.
    Switch(bool),
}

/// Control values by id.
pub type Values = BTreeMap<String, Value>;

/// A value that was given and not applied: field, value and rule.
pub type Problem = Error;

/// What a control is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Kind {
    /// A number within a range.
    Slider {
        /// The least value.
        min: f64,
        /// The greatest value.
        max: f64,
        /// What an arrow key adds; dragging rounds to it, typing does not.
        step: f64,
        /// Whether only whole numbers are allowed.
        whole: bool,
    },
    /// How far a process has gone: a whole number from 0 that can be played, paused, stepped and rewound.
    Steps {
        /// The last step.
        max: f64,
        /// Steps a second when played.
        per_second: f64,
    },
    /// What a random draw starts from: a whole number that can be drawn anew.
    Seed {
        /// The greatest seed.
        max: f64,
    },
    /// One of several options.
    Choice {
        /// The options' ids and words.
        options: Vec<(&'static str, Text)>,
    },
    /// On or off.
    Switch,
}

/// The numbers a control takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The least value.
    pub min: f64,
    /// The greatest value.
    pub max: f64,
    /// What an arrow key adds.
    pub step: f64,
    /// Whether only whole numbers are allowed.
    pub whole: bool,
}

impl Kind {
    /// The numbers the control takes; nothing for choices and switches.
    pub const fn range(&self) -> Option<Range> {
        match *self {
            Self::Slider { min, max, step, whole } => Some(Range { min, max, step, whole }),
            Self::Steps { max, .. } | Self::Seed { max } => Some(Range { min: 0.0, max, step: 1.0, whole: true }),
            Self::Choice { .. } | Self::Switch => None,
        }
    }

    /// Reads a given value, or says which rule it breaks.
    pub(super) fn read(&self, id: &str, given: &Value) -> Result<Value, Problem> {
        let refuse = |rule: Text| Err(Error::bad(id, given.written(), rule));
        if let Some(Range { min, max, whole, .. }) = self.range() {
            let number = match given {
                Value::Number(v) => Some(*v),
                Value::Text(words) => words.trim().replace('−', "-").parse().ok(),
                Value::Switch(_) => None,
            };
            return match number {
                Some(v) if v.is_finite() => {
                    if v == 0.0 && has_digits(given) {
                        refuse("is too small to be told from 0".into())
                    } else if v < min || v > max {
                        refuse(
                            Text::new("is outside {min} to {max}")
                                .with("min", Quantity::exact(min))
                                .with("max", Quantity::exact(max)),
                        )
                    } else if whole && v.fract() != 0.0 {
                        refuse("is not a whole number".into())
                    } else {
                        // Minus zero is zero; it would otherwise read "-0" in fields and links.
                        Ok(Value::Number(v + 0.0))
                    }
                }
                _ => refuse(not_a_number(&given.written())),
            };
        }
        match self {
            Self::Choice { options } => match given {
                Value::Text(words) if options.iter().any(|(id, _)| id == words) => Ok(given.clone()),
                _ => {
                    let ids: Vec<&str> = options.iter().map(|(id, _)| *id).collect();
                    refuse(Text::new("is not one of {options}").with("options", ids.join(", ")))
                }
            },
            _ => match given {
                Value::Switch(_) => Ok(given.clone()),
                Value::Text(words) if words == "true" || words == "on" => Ok(Value::Switch(true)),
                Value::Text(words) if words == "false" || words == "off" => Ok(Value::Switch(false)),
                _ => refuse("is neither on nor off".into()),
            },
        }
    }

    /// The nearest allowed value on the grid of steps: what dragging sets. `fine` divides the step by ten.
    pub(super) fn snap(&self, value: f64, fine: bool) -> Option<Value> {
        let Range { min, max, step, whole } = self.range()?;
        if value.is_nan() {
            return None;
        }
        let step = if fine && !whole { step / 10.0 } else { step };
        let value = value.clamp(min, max);
        let places = (-step.log10().floor()).max(0.0) as usize;
        // Through decimals, so that three steps of 0.1 are 0.3 to the last bit.
        let rounded: f64 = format!("{:.places$}", (value / step).round() * step).parse().ok()?;
        Some(Value::Number(rounded.clamp(min, max) + 0.0))
    }
}

/// Whether what is written has a digit other than 0 before its power of ten, so that it is not 0.
fn has_digits(given: &Value) -> bool {
    let Value::Text(words) = given else { return false };
    words.chars().take_while(|c| !matches!(c, 'e' | 'E')).any(|c| matches!(c, '1'..='9'))
}

/// Why what was written is not a number; 0,5 might be half or a list, and is not guessed at.
fn not_a_number(written: &str) -> Text {
    let mended = written.trim().replacen(',', ".", 1).replace('−', "-");
    match mended.parse::<f64>() {
        Ok(_) if written.contains(',') => Text::new("is not a number; a half is written 0.5"),
        _ => "is not a number".into(),
    }
}

impl Value {
    /// The value as it is written in a link.
    pub fn written(&self) -> String {
        match self {
            Self::Number(v) => v.to_string(),
            Self::Text(words) => words.clone(),
            Self::Switch(on) => on.to_string(),
        }
    }
}

impl From<f64> for Value {
    fn from(v: f64) -> Self {
        Self::Number(v)
    }
}

impl From<&str> for Value {
    fn from(words: &str) -> Self {
        Self::Text(words.to_owned())
    }
}

impl From<bool> for Value {
    fn from(on: bool) -> Self {
        Self::Switch(on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dragging_lands_on_decimals() {
        let kind = Kind::Slider { min: -4.0, max: 4.0, step: 0.05, whole: false };
        assert_eq!(kind.snap(0.30000000000000004, false), Some(Value::Number(0.3)));
        assert_eq!(kind.snap(1e300, false), Some(Value::Number(4.0)));
        assert_eq!(kind.snap(-0.001, false), Some(Value::Number(0.0)));
        assert_eq!(kind.snap(0.302, true), Some(Value::Number(0.3)));
        assert_eq!(kind.snap(f64::NAN, false), None);
    }
}
