//! What can go wrong, in one enum. Every message names the field, the value and the rule.

use std::fmt;

use crate::text::{Arg, Text};

/// The crate's error.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// A parameter that breaks a rule.
    BadParameter {
        /// The path of the field, as the caller wrote it: `p.sd`, `components[2].weight`.
        field: String,
        /// The offending value, as a person would write it.
        value: String,
        /// The rule it breaks, for example `must be above 0`.
        rule: Text,
    },
    /// A scene id that is not in the registry.
    UnknownScene {
        /// The id asked for.
        id: String,
    },
    /// A state for which a scene has no figure.
    Uncomputed,
    /// A reply that can't be told to the page.
    Reply {
        /// What stood in the way.
        why: String,
    },
    /// The drawing surface refused.
    Drawing {
        /// What the surface said.
        why: String,
    },
}

/// A result with the crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A parameter `field` whose `value` breaks `rule`.
    pub fn bad(field: impl Into<String>, value: impl fmt::Display, rule: impl Into<Text>) -> Self {
        Self::refused(field.into(), &value, rule.into())
    }

    fn refused(field: String, value: &dyn fmt::Display, rule: Text) -> Self {
        Self::BadParameter { field, value: readable(value.to_string()), rule }
    }

    /// The message as words that can be translated.
    pub fn text(&self) -> Text {
        match self {
            Self::BadParameter { field, value, rule } => Text::new("{field}: {value} {rule}")
                .with("field", field.as_str())
                .with("value", given(value))
                .with("rule", rule.clone()),
            Self::UnknownScene { id } => Text::new("scene: {id} is not the name of a scene").with("id", given(id)),
            Self::Uncomputed => Text::new("figure: these values leave nothing that could be computed"),
            Self::Reply { why } => Text::new("reply: {why}").with("why", why.as_str()),
            Self::Drawing { why } => Text::new("drawing: {why}").with("why", why.as_str()),
        }
    }

    /// The same error seen from outside: `p` before `sd` makes `p.sd`, before `[2]` makes `p[2]`.
    #[must_use]
    pub fn within(self, outer: &str) -> Self {
        match self {
            Self::BadParameter { field, value, rule } => {
                let field = if field.is_empty() {
                    outer.to_owned()
                } else if field.starts_with('[') {
                    format!("{outer}{field}")
                } else {
                    format!("{outer}.{field}")
                };
                Self::BadParameter { field, value, rule }
            }
            other => other,
        }
    }
}

/// What was given, or that nothing was.
fn given(value: &str) -> Arg {
    if value.is_empty() { Text::new("(nothing)").into() } else { value.into() }
}

/// A number of very small or very large size with a power of ten instead of hundreds of zeros.
fn readable(value: String) -> String {
    match value.parse::<f64>() {
        Ok(number) if value.len() > 24 && number.is_finite() => format!("{number:e}"),
        _ => value,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for Error {}
