//! A request as it arrives: a small tree of plain values, with limits that are enforced while it is read.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use crate::error::{Error, Result};

/// How deep lists and maps may nest.
pub const DEPTH: usize = 8;
/// How many entries a list or a map may have.
pub const LENGTH: usize = 10_000;
/// How many values a whole request may have.
pub const VALUES: usize = 200_000;

/// A plain value. Numbers that are not finite are kept, so that their refusal can name them.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: as if the field were not there.
    Null,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(f64),
    /// Words.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Fields by name, in the order they came.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// What it is, in words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map of fields",
        }
    }

    /// Refuses a tree beyond the limits, for one that was not read but built.
    pub(super) fn check(&self) -> Result<()> {
        let mut left = VALUES;
        self.check_below(DEPTH, &mut left)
    }

    fn check_below(&self, depth: usize, left: &mut usize) -> Result<()> {
        let bad = |rule: Limit| Err(Error::bad("request", self.kind(), rule.rule()));
        let Some(rest) = left.checked_sub(1) else { return bad(Limit::Values) };
        *left = rest;
        let children: Vec<&Value> = match self {
            Self::List(list) => list.iter().collect(),
            Self::Map(map) => map.iter().map(|(_, v)| v).collect(),
            _ => return Ok(()),
        };
        if depth == 0 {
            return bad(Limit::Depth);
        }
        if children.len() > LENGTH {
            return bad(Limit::Length);
        }
        children.into_iter().try_for_each(|child| child.check_below(depth - 1, left))
    }
}

/// The limits.
enum Limit {
    Depth,
    Length,
    Values,
}

impl Limit {
    const fn rule(&self) -> &'static str {
        match self {
            Self::Depth => "must not nest deeper than 8",
            Self::Length => "must have at most 10000 entries",
            Self::Values => "must have at most 200000 values altogether",
        }
    }
}

/// The beginning of a text, for a message.
pub(super) fn short(text: &str) -> String {
    let mut start: String = text.chars().take(40).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    format!("\"{start}\"")
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("nothing"),
            Self::Bool(b) => write!(f, "{b}"),
            Self::Number(x) => write!(f, "{x}"),
            Self::Text(text) => f.write_str(&short(text)),
            Self::List(list) => write!(f, "a list of {}", list.len()),
            Self::Map(map) => write!(f, "a map of {} fields", map.len()),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let mut left = VALUES;
        Below { depth: DEPTH, left: &mut left }.deserialize(deserializer)
    }
}

/// Reads a value that may nest so much deeper, of a request that may have so many more values.
struct Below<'a> {
    depth: usize,
    left: &'a mut usize,
}

impl Below<'_> {
    /// The same limits one level down.
    fn inner<E: serde::de::Error>(&mut self) -> std::result::Result<Below<'_>, E> {
        let depth = self.depth.checked_sub(1).ok_or_else(|| E::custom(Limit::Depth.rule()))?;
        Ok(Below { depth, left: self.left })
    }
}

impl<'de> DeserializeSeed<'de> for Below<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Value, D::Error> {
        *self.left = self.left.checked_sub(1).ok_or_else(|| D::Error::custom(Limit::Values.rule()))?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Below<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, a text, a list or a map of fields")
    }

    fn visit_unit<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, b: bool) -> std::result::Result<Value, E> {
        Ok(Value::Bool(b))
    }

    fn visit_i64<E>(self, n: i64) -> std::result::Result<Value, E> {
        Ok(Value::Number(n as f64))
    }

    fn visit_u64<E>(self, n: u64) -> std::result::Result<Value, E> {
        Ok(Value::Number(n as f64))
    }

    fn visit_f64<E>(self, x: f64) -> std::result::Result<Value, E> {
        Ok(Value::Number(x))
    }

    fn visit_str<E>(self, text: &str) -> std::result::Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> std::result::Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let inner = self.inner()?;
            let Some(item) = seq.next_element_seed(inner)? else { break };
            if list.len() == LENGTH {
                return Err(A::Error::custom(Limit::Length.rule()));
            }
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> std::result::Result<Value, A::Error> {
        let mut map: Vec<(String, Value)> = Vec::new();
        while let Some(name) = entries.next_key::<String>()? {
            if map.len() == LENGTH {
                return Err(A::Error::custom(Limit::Length.rule()));
            }
            let item = entries.next_value_seed(self.inner()?)?;
            map.push((name, item));
        }
        Ok(Value::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> std::result::Result<Value, String> {
        serde_json::from_str(json).map_err(|e| e.to_string())
    }

    #[test]
    fn plain_values_are_read_as_they_are() {
        let want = Value::Map(vec![
            ("a".to_owned(), Value::List(vec![Value::Number(1.0), Value::Number(-2.5), Value::Null])),
            ("b".to_owned(), Value::Text("x".to_owned())),
            ("c".to_owned(), Value::Bool(true)),
        ]);
        assert_eq!(read(r#"{"a": [1, -2.5, null], "b": "x", "c": true}"#), Ok(want));
    }

    #[test]
    fn too_deep_too_long_and_too_much_is_refused_while_reading() {
        let nested = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
        assert!(read(&nested(8)).is_ok_and(|v| v.check().is_ok()));
        assert!(read(&nested(9)).unwrap_err().contains("must not nest deeper than 8"));
        let list = |n: usize| format!("[{}]", vec!["1"; n].join(","));
        assert!(read(&list(LENGTH)).is_ok());
        assert!(read(&list(LENGTH + 1)).unwrap_err().contains("at most 10000 entries"));
        let many = format!("[{}]", vec![list(LENGTH); 21].join(","));
        assert!(read(&many).unwrap_err().contains("at most 200000 values"));
    }

    #[test]
    fn the_same_limits_hold_for_a_tree_that_was_built() {
        let deep = (0..9).fold(Value::Number(1.0), |v, _| Value::List(vec![v]));
        assert_eq!(deep.check().unwrap_err().to_string(), "request: a list must not nest deeper than 8");
        assert!(Value::List(vec![Value::Null; LENGTH + 1]).check().is_err());
    }
}
