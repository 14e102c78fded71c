//! Words as data: a template with named arguments, filled in once, at the boundary.
//!
//! The English template is the key, as in gettext. Scenes, causes and errors build [`Text`]; the page
//! looks the key up in its language and formats the numbers in its locale. [`Text::english`] is the
//! filling-in that native code (tests, SVG snapshots, error messages) uses.

use std::fmt;

use serde::Serialize;

use crate::quantity::Quantity;

/// A template such as `"no mass at {outcome}"` with the arguments that fill it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Text {
    /// The English template; `{name}` marks an argument.
    pub key: &'static str,
    /// The arguments by name.
    pub args: Vec<(&'static str, Arg)>,
    /// The template where information is in bits, if that is another: it may name a logarithm.
    #[serde(skip)]
    in_bits: Option<&'static str>,
}

/// One argument of a [`Text`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "is")]
pub enum Arg {
    /// A number with its error and unit: shown with no digit that is not right.
    Quantity(Quantity),
    /// Words that are translated themselves.
    Text(Text),
    /// A name that stands as it is in every language: an id, a symbol, what the person typed.
    Name(String),
}

impl Text {
    /// Words without arguments.
    pub const fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new(), in_bits: None }
    }

    /// Words that name a logarithm or a unit: one template where information is in nats, another where it is in bits.
    pub const fn by_unit(nats: &'static str, bits: &'static str) -> Self {
        Self { key: nats, args: Vec::new(), in_bits: Some(bits) }
    }

    /// The same words with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.push((name, arg.into()));
        self
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.key.is_empty()
    }

    /// Whether a number is filled in.
    pub fn tells_number(&self) -> bool {
        self.args.iter().any(|(_, arg)| match arg {
            Arg::Quantity(_) => true,
            Arg::Text(text) => text.tells_number(),
            Arg::Name(_) => false,
        })
    }

    /// The same words with information in bits.
    #[must_use]
    pub fn in_bits(mut self) -> Self {
        self.key = self.in_bits.take().unwrap_or(self.key);
        for (_, arg) in &mut self.args {
            *arg = match std::mem::replace(arg, Arg::Name(String::new())) {
                Arg::Quantity(q) => Arg::Quantity(q.in_bits()),
                Arg::Text(t) => Arg::Text(t.in_bits()),
                Arg::Name(n) => Arg::Name(n),
            };
        }
        self
    }

    /// The words in English, numbers with a decimal point.
    pub fn english(&self) -> String {
        self.filled(&|key| key, &Quantity::to_string)
    }

    /// The words of a language: `template` is its template for an English one, `number` writes a number in it.
    pub fn filled<'a>(
        &self,
        template: &dyn Fn(&'static str) -> &'a str,
        number: &dyn Fn(&Quantity) -> String,
    ) -> String {
        let mut rest = template(self.key);
        let mut out = String::with_capacity(rest.len() + 16);
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            out.push_str(before);
            let Some(close) = from.find('}') else {
                out.push_str(from);
                return out;
            };
            let name = &from[1..close];
            match self.args.iter().find(|(n, _)| *n == name) {
                Some((_, Arg::Quantity(q))) => out.push_str(&number(q)),
                Some((_, Arg::Text(t))) => out.push_str(&t.filled(template, number)),
                Some((_, Arg::Name(n))) => out.push_str(n),
                None => out.push_str(&from[..=close]),
            }
            rest = &from[close + 1..];
        }
        out.push_str(rest);
        out
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english())
    }
}

impl From<&'static str> for Text {
    fn from(key: &'static str) -> Self {
        Self::new(key)
    }
}

impl From<Quantity> for Arg {
    fn from(quantity: Quantity) -> Self {
        Self::Quantity(quantity)
    }
}

impl From<Text> for Arg {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Arg {
    fn from(name: String) -> Self {
        Self::Name(name)
    }
}

impl From<&str> for Arg {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{LN_2, Unit};

    #[test]
    fn arguments_are_filled_in_by_name() {
        let text = Text::new("no mass at {outcome}, {n} of {m}")
            .with("outcome", "Linux")
            .with("n", Quantity::exact(2.0))
            .with("m", Text::new("three"));
        assert_eq!(text.english(), "no mass at Linux, 2 of three");
    }

    #[test]
    fn a_language_has_its_own_order_and_numbers() {
        let text = Text::new("{n} of {what}").with("n", Quantity::exact(0.5)).with("what", Text::new("all"));
        let template = |key| if key == "all" { "allem" } else { "Von {what}: {n}" };
        assert_eq!(text.filled(&template, &|n| n.to_string().replace('.', ",")), "Von allem: 0,5");
    }

    #[test]
    fn words_follow_the_unit_with_their_numbers() {
        let within = Text::by_unit("ln 2", "log₂ 2").with("unused", "x");
        let text = Text::new("{what} is {n}").with("what", within).with("n", Quantity::rounded(LN_2).unit(Unit::Nats));
        assert_eq!(text.english(), "ln 2 is 0.6931 nats");
        assert_eq!(text.clone().in_bits().english(), "log₂ 2 is 1.0000 bits");
        assert_eq!(text.clone().in_bits(), text.in_bits().in_bits());
    }

    #[test]
    fn an_argument_that_is_missing_stays_visible() {
        assert_eq!(Text::new("{a} and {b").with("b", "x").english(), "{a} and {b");
    }
}
