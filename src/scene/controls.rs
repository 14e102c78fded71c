//! Controls: declared, checked, defaulted and read in one expression.

use std::ops::RangeInclusive;
use std::rc::Rc;

use super::value::{Kind, Problem, Value, Values};
use crate::error::Error;
use crate::figure::Role;
use crate::text::Text;

/// The greatest seed: few enough digits to read out in a class.
const SEEDS: f64 = 9999.0;

/// How a control hangs together with others of its scene: what gives way when it is moved.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Tie {
    /// With none.
    #[default]
    Free,
    /// It is a part of a whole, which is 1; these are the ids of all parts.
    Share(Rc<[String]>),
    /// It counts some of what the control of that id counts, and is no more than that.
    AtMost(String),
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
    /// What it is tied to.
    pub tie: Tie,
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

    /// How many of the things that the control `of` counts, of which there are `whole`. Whoever moves that control below
    /// takes this one along; a greater value that is given is refused.
    pub fn part(
        &mut self,
        id: impl Into<String>,
        label: impl Into<Text>,
        (of, whole): (&str, usize),
        default: u32,
    ) -> usize {
        let whole = whole as u32;
        let part = self.count(id, label, 0..=whole, default.min(whole));
        if let Some(last) = self.declared.last_mut() {
            last.tie = Tie::AtMost(of.to_owned());
        }
        part
    }

    /// The values of controls that are weighed against each other, one of which at least must be above 0: where none
    /// is, what was given is refused, and the defaults stand in.
    pub fn weights(&mut self, ids: &[String]) -> Vec<f64> {
        let Self { given, declared, problems, .. } = self;
        let weight = |control: &Control| match control.value {
            Value::Number(v) => v,
            Value::Text(_) | Value::Switch(_) => 0.0,
        };
        let none = declared.iter().filter(|c| ids.contains(&c.id)).all(|c| weight(c) == 0.0);
        for control in declared.iter_mut().filter(|c| none && ids.contains(&c.id)) {
            let Some(given) = given.get(&control.id) else { continue };
            let rule = "must not be 0 together with all beside it: one at least must be above 0";
            problems.push(Error::bad(control.id.clone(), given.written(), rule));
            control.value = control.default.clone();
        }
        ids.iter().filter_map(|id| declared.iter().find(|c| c.id == *id)).map(weight).collect()
    }

    /// Changes a control that was declared.
    pub(super) fn amend(&mut self, id: &str, change: impl FnOnce(&mut Control)) {
        if let Some(control) = self.declared.iter_mut().find(|c| c.id == id) {
            change(control);
        }
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
            tie: Tie::Free,
        });
        value
    }

    /// What was declared, and what could not be applied.
    pub(super) fn finish(mut self) -> (Vec<Control>, Vec<Problem>) {
        let unknown = self.given.iter().filter(|(id, _)| self.declared.iter().all(|c| c.id != **id));
        self.problems.extend(
            unknown.map(|(id, value)| {
                Error::bad(id.clone(), value.written(), "is set, but this scene has no such control")
            }),
        );
        (self.declared, self.problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::rng::Rng;

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

    /// Declares one control of each kind, and gives their values with what was refused.
    fn one_of_each(given: &Values) -> (Vec<Value>, Vec<Problem>) {
        let mut c = Controls::new(given, false);
        c.stepped("wide", "wide", -1e9..=1e9, 0.05, 1.0);
        c.stepped("share", "share", 0.0..=1.0, 0.01, 0.5);
        c.count("count", "count", 1..=4, 2);
        c.steps("steps", "steps", 500, 0, 4.0);
        c.seed("seed", "seed");
        c.choice("family", "family", &[("free", "free"), ("fixed", "fixed")], "free");
        c.switch("on", "on", false);
        let (declared, problems) = c.finish();
        (declared.into_iter().map(|control| control.value).collect(), problems)
    }

    /// States drawn at random, written as links write them, with and without exponents.
    #[test]
    fn a_hundred_thousand_states_come_back_from_their_words_to_the_last_bit() {
        const IDS: [&str; 7] = ["wide", "share", "count", "steps", "seed", "family", "on"];
        let mut rng = Rng::new(41);
        for _ in 0..100_000 {
            let whole = |n: usize| n as f64;
            let tiny = 10f64.powf(-320.0 * rng.open01());
            let wide =
                [1e9, -1e9, 0.0, 5e-324, tiny, -tiny, 2e9 * (rng.open01() - 0.5), 8.0 * rng.open01()][rng.below(8)];
            let share = [0.0, 1.0, tiny, rng.open01(), 1.0 - f64::EPSILON / 2.0][rng.below(5)];
            let state: [Value; 7] = [
                wide.into(),
                share.into(),
                whole(1 + rng.below(4)).into(),
                whole(rng.below(501)).into(),
                whole(rng.below(10_000)).into(),
                ["free", "fixed"][rng.below(2)].into(),
                (rng.below(2) == 0).into(),
            ];
            let short = |value: &Value| match value {
                Value::Number(v) => format!("{v:e}"),
                other => other.written(),
            };
            let written = |write: &dyn Fn(&Value) -> String| {
                IDS.iter()
                    .zip(&state)
                    .map(|(id, value)| ((*id).to_owned(), Value::Text(write(value))))
                    .collect::<Values>()
            };
            for words in [written(&Value::written), written(&short)] {
                let (read, problems) = one_of_each(&words);
                assert!(problems.is_empty(), "{words:?}: {problems:?}");
                for (was, is) in state.iter().zip(&read) {
                    let same = match (was, is) {
                        (Value::Number(was), Value::Number(is)) => was.to_bits() == is.to_bits(),
                        _ => was == is,
                    };
                    assert!(same, "{words:?}: {is:?} for {was:?}");
                }
            }
        }
    }

    #[test]
    fn a_hundred_thousand_strings_are_taken_or_named() {
        const PARTS: &str =
            "0|-0|−1|1e999|-1e-999|NaN|inf|infinity|0x10|1,5| 2 |.|e|+|_|\0|\u{202e}|💥|free|true|on|<b>|\u{661}";
        let parts: Vec<&str> = PARTS.split('|').collect();
        let usual = one_of_each(&Values::new()).0;
        let mut rng = Rng::new(43);
        for _ in 0..100_000 {
            let mut words = String::new();
            for _ in 0..rng.below(5) {
                match rng.below(4) {
                    0 => words.extend(char::from_u32(rng.below(0x11_0000) as u32)),
                    _ => words += parts[rng.below(parts.len())],
                }
            }
            let ids = ["wide", "share", "count", "steps", "seed", "family", "on", "unknown"];
            let given: Values = ids.map(|id| (id.to_owned(), words.as_str().into())).into();
            let (read, problems) = one_of_each(&given);
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            let names = |id: &str| told.iter().any(|problem| problem.starts_with(id));
            for (at, (value, usual)) in read.iter().zip(&usual).enumerate() {
                if let Value::Number(v) = value {
                    assert!(v.is_finite(), "{words:?}");
                }
                assert!(!names(ids[at]) || value == usual, "{words:?} is refused, and {value:?} applied");
            }
            assert!(names("unknown"), "{words:?}");
        }
    }

    #[test]
    fn a_part_is_no_more_than_its_whole_and_more_is_refused() {
        let part = |given: &[(&str, Value)], whole: usize| {
            let given = values(given);
            let mut c = Controls::new(&given, false);
            let part = c.part("k", "k", ("n", whole), 7);
            let (declared, problems) = c.finish();
            assert_eq!(declared[0].value, Value::Number(part as f64));
            assert_eq!(declared[0].tie, Tie::AtMost("n".to_owned()));
            (part, problems.first().map(ToString::to_string))
        };
        assert_eq!(part(&[("k", 3.0.into())], 3), (3, None));
        assert_eq!(part(&[], 3), (3, None), "what nobody gave is no fault");
        assert_eq!(part(&[("k", 7.0.into())], 3), (3, Some("k: 7 is outside 0 to 3".to_owned())));
    }

    #[test]
    fn weights_that_are_all_zero_are_refused_and_one_above_it_is_enough() {
        let weights = |given: &[(&str, Value)]| {
            let given = values(given);
            let mut c = Controls::new(&given, false);
            for (id, default) in [("a", 0.7), ("b", 0.3), ("c", 0.0)] {
                c.stepped(id, id, 0.0..=1.0, 0.1, default);
            }
            let weights = c.weights(&["a", "b", "c"].map(str::to_owned));
            (weights, c.finish().1.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!(weights(&[("a", 0.0.into()), ("b", 1e-9.into())]), (vec![0.0, 1e-9, 0.0], vec![]));
        let (kept, told) = weights(&[("a", 0.0.into()), ("b", "0".into())]);
        assert_eq!(kept, [0.7, 0.3, 0.0]);
        let rule = "0 must not be 0 together with all beside it: one at least must be above 0";
        assert_eq!(told, [format!("a: {rule}"), format!("b: {rule}")]);
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
}
