//! Controls: declared, checked, defaulted and read in one expression.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use serde::Serialize;

use crate::error::Error;
use crate::figure::Role;
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

/// The greatest seed: few enough digits to read out in a class.
const SEEDS: f64 = 9999.0;

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

/// A declared control with its present value.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// Its name in links, attributes and handles.
    pub id: String,
    /// What it sets, in words.
    pub label: Text,
    /// What it is.
    pub kind: Kind,
    /// The value it has when nothing is given.
    pub default: Value,
    /// The value it has.
    pub value: Value,
    /// The heading it stands under.
    pub group: Text,
    /// Whose colour it wears.
    pub role: Role,
    /// Whether it does anything in the present state; if not, it keeps its value out of sight.
    pub active: bool,
}

/// Reads control values for a scene and records what it declares.
#[derive(Debug)]
pub struct Controls<'a> {
    given: &'a Values,
    declared: Vec<Control>,
    problems: Vec<Problem>,
    group: Text,
    role: Role,
    active: bool,
    asked: bool,
}

impl<'a> Controls<'a> {
    /// Nothing declared yet, with the values that were given.
    pub(super) const fn new(given: &'a Values, asked: bool) -> Self {
        Self {
            given,
            declared: Vec::new(),
            problems: Vec::new(),
            group: Text::new(""),
            role: Role::Ink,
            active: true,
            asked,
        }
    }

    /// Whether a question is open: what would answer it stays off the figure until the reader has
    /// committed to an answer.
    pub const fn asked(&self) -> bool {
        self.asked
    }

    /// The controls declared from here on stand under a heading, in the colour of a role.
    pub fn group(&mut self, label: impl Into<Text>, role: Role) {
        self.group = label.into();
        self.role = role;
    }

    /// Whether the controls declared from here on do anything in the present state. A fourth mode that is
    /// not in use keeps its settings for when it comes back.
    pub fn active(&mut self, active: bool) {
        self.active = active;
    }

    /// A number within a range; `step` is what an arrow key adds and dragging rounds to.
    pub fn stepped(
        &mut self,
        id: impl Into<String>,
        label: impl Into<Text>,
        range: RangeInclusive<f64>,
        step: f64,
        default: f64,
    ) -> f64 {
        let kind = Kind::Slider { min: *range.start(), max: *range.end(), step, whole: false };
        self.number(id.into(), label.into(), kind, default)
    }

    /// A whole number within a range.
    pub fn count(
        &mut self,
        id: impl Into<String>,
        label: impl Into<Text>,
        range: RangeInclusive<u32>,
        default: u32,
    ) -> usize {
        let (min, max) = (f64::from(*range.start()), f64::from(*range.end()));
        let kind = Kind::Slider { min, max, step: 1.0, whole: true };
        self.number(id.into(), label.into(), kind, f64::from(default)) as usize
    }

    /// How many of `whole` things: a whole number up to `most`, of which no more than `whole` count. The slider ends
    /// there, and what was set beyond it comes back when the whole grows again.
    pub fn part(
        &mut self,
        id: impl Into<String>,
        label: impl Into<Text>,
        most: u32,
        whole: usize,
        default: u32,
    ) -> usize {
        let part = self.count(id, label, 0..=most, default).min(whole);
        if let Some(Control { kind: Kind::Slider { max, .. }, value, .. }) = self.declared.last_mut() {
            (*max, *value) = (whole as f64, Value::Number(part as f64));
        }
        part
    }

    /// How far a process has gone, 0 to `max`; played at so many steps a second.
    pub fn steps(
        &mut self,
        id: impl Into<String>,
        label: impl Into<Text>,
        max: u32,
        default: u32,
        per_second: f64,
    ) -> usize {
        let kind = Kind::Steps { max: f64::from(max), per_second };
        self.number(id.into(), label.into(), kind, f64::from(default)) as usize
    }

    /// What random draws start from; the same seed gives the same draws everywhere.
    pub fn seed(&mut self, id: impl Into<String>, label: impl Into<Text>) -> u64 {
        self.number(id.into(), label.into(), Kind::Seed { max: SEEDS }, 1.0) as u64
    }

    /// One of several options.
    pub fn choice(
        &mut self,
        id: impl Into<String>,
        label: impl Into<Text>,
        options: &[(&'static str, &'static str)],
        default: &'static str,
    ) -> &'static str {
        let kind = Kind::Choice { options: options.iter().map(|(id, words)| (*id, Text::new(words))).collect() };
        let value = self.declare(id.into(), label.into(), kind, Value::Text(default.to_owned()));
        let Value::Text(chosen) = value else { return default };
        options.iter().map(|(id, _)| *id).find(|id| *id == chosen).unwrap_or(default)
    }

    /// On or off.
    pub fn switch(&mut self, id: impl Into<String>, label: impl Into<Text>, default: bool) -> bool {
        self.declare(id.into(), label.into(), Kind::Switch, Value::Switch(default)) == Value::Switch(true)
    }

    fn number(&mut self, id: String, label: Text, kind: Kind, default: f64) -> f64 {
        match self.declare(id, label, kind, Value::Number(default)) {
            Value::Number(v) => v,
            Value::Text(_) | Value::Switch(_) => default,
        }
    }

    fn declare(&mut self, id: String, label: Text, kind: Kind, default: Value) -> Value {
        let value = match self.given.get(&id).map(|given| kind.read(&id, given)) {
            None => default.clone(),
            Some(Ok(value)) => value,
            Some(Err(problem)) => {
                self.problems.push(problem);
                default.clone()
            }
        };
        self.declared.push(Control {
            id,
            label,
            kind,
            default,
            value: value.clone(),
            group: self.group.clone(),
            role: self.role,
            active: self.active,
        });
        value
    }

    /// What was declared, and what could not be applied.
    pub(super) fn finish(mut self) -> (Vec<Control>, Vec<Problem>) {
        let known: BTreeSet<&str> = self.declared.iter().map(|c| c.id.as_str()).collect();
        let unknown = self.given.iter().filter(|(id, _)| !known.contains(id.as_str()));
        self.problems.extend(
            unknown.map(|(id, value)| {
                Error::bad(id.clone(), value.written(), "is set, but this scene has no such control")
            }),
        );
        (self.declared, self.problems)
    }
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
    fn read(&self, id: &str, given: &Value) -> Result<Value, Problem> {
        let refuse = |rule: Text| Err(Error::bad(id, given.written(), rule));
        if let Some(Range { min, max, whole, .. }) = self.range() {
            let number = match given {
                Value::Number(v) => Some(*v),
                Value::Text(words) => words.trim().replace('−', "-").parse().ok(),
                Value::Switch(_) => None,
            };
            return match number {
                Some(v) if v.is_finite() => {
                    if v < min || v > max {
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

    fn values(pairs: &[(&str, Value)]) -> Values {
        pairs.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect()
    }

    #[test]
    fn a_slider_takes_numbers_and_written_numbers_and_keeps_zero() {
        for (given, want) in [
            (Value::from(0.0), 0.0),
            (Value::from(-0.0), 0.0),
            ("0".into(), 0.0),
            ("-0".into(), 0.0),
            ("−2.5".into(), -2.5),
            (" 1e-1 ".into(), 0.1),
        ] {
            let given = values(&[("a", given)]);
            let mut c = Controls::new(&given, false);
            assert_eq!(c.stepped("a", "a", -4.0..=4.0, 0.05, 1.0).to_bits(), f64::to_bits(want));
            assert!(c.finish().1.is_empty());
        }
    }

    #[test]
    fn what_breaks_a_rule_is_named_and_the_default_stands_in() {
        for (given, message) in [
            (Value::from(f64::NAN), "a: NaN is not a number"),
            ("inf".into(), "a: inf is not a number"),
            ("".into(), "a: (nothing) is not a number"),
            ("ten".into(), "a: ten is not a number"),
            ("0,5".into(), "a: 0,5 is not a number; a half is written 0.5"),
            ("−1,5".into(), "a: −1,5 is not a number; a half is written 0.5"),
            ("1,2,3".into(), "a: 1,2,3 is not a number"),
            (true.into(), "a: true is not a number"),
            (9.0.into(), "a: 9 is outside −4 to 4"),
        ] {
            let given = values(&[("a", given)]);
            let mut c = Controls::new(&given, false);
            assert_eq!(c.stepped("a", "a", -4.0..=4.0, 0.05, 1.0), 1.0);
            assert_eq!(c.finish().1[0].to_string(), message);
        }
    }

    #[test]
    fn a_part_is_no_more_than_its_whole_and_comes_back_with_it() {
        let given = values(&[("k", 30.0.into())]);
        for (whole, want) in [(10, 10), (50, 30), (0, 0)] {
            let mut c = Controls::new(&given, false);
            assert_eq!(c.part("k", "k", 50, whole, 7), want);
            let (declared, problems) = c.finish();
            assert!(problems.is_empty());
            assert_eq!(declared[0].value, Value::Number(want as f64));
            assert!(matches!(declared[0].kind, Kind::Slider { max, .. } if max == whole as f64));
        }
        let given = values(&[("k", 51.0.into())]);
        let mut c = Controls::new(&given, false);
        assert_eq!(c.part("k", "k", 50, 10, 7), 7, "beyond what there can ever be is refused");
        assert_eq!(c.finish().1[0].to_string(), "k: 51 is outside 0 to 50");
    }

    #[test]
    fn choices_switches_and_counts_have_rules_too() {
        let given = values(&[("n", 2.5.into()), ("f", "foo".into()), ("s", "maybe".into()), ("x", 1.0.into())]);
        let mut c = Controls::new(&given, false);
        assert_eq!(c.count("n", "n", 1..=4, 2), 2);
        assert_eq!(c.choice("f", "f", &[("free", "free"), ("fixed", "fixed")], "free"), "free");
        assert!(!c.switch("s", "s", false));
        let messages: Vec<String> = c.finish().1.iter().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            [
                "n: 2.5 is not a whole number",
                "f: foo is not one of free, fixed",
                "s: maybe is neither on nor off",
                "x: 1 is set, but this scene has no such control"
            ]
        );
    }

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
