//! Reading the fields of a request one by one, and refusing those that nobody asked for.

use super::value::{Value, short};
use crate::error::{Error, Result};
use crate::text::Text;

/// The fields of a map, of which each may be read once.
pub(crate) struct Fields<'a> {
    entries: &'a [(String, Value)],
    asked: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The fields of a value that must be a map and name each field once.
    pub fn of(value: &'a Value, name: &str) -> Result<Self> {
        let Value::Map(entries) = value else {
            return Err(Error::bad(name, value, "must be a map of fields"));
        };
        let twice = |i: usize| entries[..i].iter().any(|(earlier, _)| *earlier == entries[i].0);
        // Maps are short: a request has a handful of fields. A long one is refused before it costs time.
        if entries.len() > 32 {
            return Err(Error::bad(name, value, "must have at most 32 fields"));
        }
        match (0..entries.len()).find(|&i| twice(i)) {
            Some(i) => Err(Error::bad(field_name(&entries[i].0), &entries[i].1, "must be given only once")),
            None => Ok(Self { entries, asked: Vec::new() }),
        }
    }

    /// Whether there is such a field, with something in it.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(n, v)| n == name && *v != Value::Null)
    }

    /// What is in a field, if there is one.
    pub fn optional(&mut self, name: &'static str) -> Option<&'a Value> {
        self.asked.push(name);
        self.entries.iter().find(|(n, v)| n == name && *v != Value::Null).map(|(_, v)| v)
    }

    /// What is in a field that must be there.
    pub fn value(&mut self, name: &'static str) -> Result<&'a Value> {
        self.optional(name).ok_or_else(|| Error::bad(name, "", "is missing: it must be given"))
    }

    /// A finite number.
    pub fn number(&mut self, name: &'static str) -> Result<f64> {
        number(self.value(name)?).map_err(|e| e.within(name))
    }

    /// A finite number, if it is given.
    pub fn optional_number(&mut self, name: &'static str) -> Result<Option<f64>> {
        self.optional(name).map(|v| number(v).map_err(|e| e.within(name))).transpose()
    }

    /// A whole number from 0 to `most`, if it is given.
    pub fn optional_count(&mut self, name: &'static str, most: usize) -> Result<Option<usize>> {
        let Some(x) = self.optional_number(name)? else { return Ok(None) };
        if x.fract() == 0.0 && x >= 0.0 && x <= most as f64 {
            Ok(Some(x as usize))
        } else {
            let rule = Text::new("must be a whole number from 0 to {most}").with("most", most.to_string());
            Err(Error::bad(name, x, rule))
        }
    }

    /// A text.
    pub fn text(&mut self, name: &'static str) -> Result<&'a str> {
        text(self.value(name)?).map_err(|e| e.within(name))
    }

    /// A text, if it is given.
    pub fn optional_text(&mut self, name: &'static str) -> Result<Option<&'a str>> {
        self.optional(name).map(|v| text(v).map_err(|e| e.within(name))).transpose()
    }

    /// A list that is not empty.
    pub fn list(&mut self, name: &'static str) -> Result<&'a [Value]> {
        match self.value(name)? {
            Value::List(list) if list.is_empty() => Err(Error::bad(name, "[]", "must not be empty")),
            Value::List(list) => Ok(list),
            other => Err(Error::bad(name, other, "must be a list")),
        }
    }

    /// A list of finite numbers that is not empty.
    pub fn numbers(&mut self, name: &'static str) -> Result<Vec<f64>> {
        numbers(self.list(name)?).map_err(|e| e.within(name))
    }

    /// A list of so many finite numbers.
    pub fn exactly<const N: usize>(&mut self, name: &'static str) -> Result<[f64; N]> {
        let list = self.numbers(name)?;
        let found = format!("{} values", list.len());
        let rule = || Text::new("must be a list of {n}").with("n", N.to_string());
        list.try_into().map_err(|_| Error::bad(name, found, rule()))
    }

    /// A list of lists of finite numbers.
    pub fn rows(&mut self, name: &'static str) -> Result<Vec<Vec<f64>>> {
        let list = self.list(name)?;
        let row = |(i, v): (usize, &Value)| match v {
            Value::List(row) => numbers(row).map_err(|e| e.within(&format!("{name}[{i}]"))),
            other => Err(Error::bad(format!("{name}[{i}]"), other, "must be a list")),
        };
        list.iter().enumerate().map(row).collect()
    }

    /// Refuses the first field that was not asked for.
    pub fn finish(self) -> Result<()> {
        match self.entries.iter().find(|(name, _)| !self.asked.contains(&name.as_str())) {
            Some((name, value)) => {
                let rule =
                    Text::new("is not a field here; the fields are {names}").with("names", self.asked.join(", "));
                Err(Error::bad(field_name(name), value, rule))
            }
            None => Ok(()),
        }
    }
}

/// The name of a field that someone else chose, cut to a length that fits a message.
fn field_name(name: &str) -> String {
    if name.chars().count() <= 40 && !name.is_empty() { name.to_owned() } else { short(name) }
}

/// A finite number; its path is the caller's to add.
fn number(value: &Value) -> Result<f64> {
    match value {
        Value::Number(x) if x.is_finite() => Ok(*x),
        Value::Number(x) => Err(Error::bad("", x, "must be finite")),
        other => Err(Error::bad("", other, "must be a number")),
    }
}

fn text(value: &Value) -> Result<&str> {
    match value {
        Value::Text(text) => Ok(text),
        other => Err(Error::bad("", other, "must be a text")),
    }
}

fn numbers(list: &[Value]) -> Result<Vec<f64>> {
    list.iter().enumerate().map(|(i, v)| number(v).map_err(|e| e.within(&format!("[{i}]")))).collect()
}
