//! Formulae as data: a small tree that the page turns into MathML, with the current numbers in it.

use serde::Serialize;

use crate::figure::Role;
use crate::quantity::Quantity;
use crate::text::Text;

/// A formula or a part of one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "math", content = "is")]
pub enum Math {
    /// Parts in a row.
    Row(Vec<Math>),
    /// A symbol: `p`, `σ`, `ln`.
    Symbol(&'static str),
    /// An operator or a bracket: `+`, `=`, `(`.
    Operator(&'static str),
    /// A number that follows the controls.
    Number(Quantity),
    /// Words.
    Words(Text),
    /// Numerator over denominator.
    Fraction(Box<Math>, Box<Math>),
    /// Base and exponent.
    Power(Box<Math>, Box<Math>),
    /// Base and index.
    Index(Box<Math>, Box<Math>),
    /// A square root.
    Root(Box<Math>),
    /// A part in the colour of a role.
    Colored(Role, Box<Math>),
}

impl Math {
    /// Numerator over denominator.
    pub fn fraction(over: impl Into<Self>, under: impl Into<Self>) -> Self {
        Self::Fraction(Box::new(over.into()), Box::new(under.into()))
    }

    /// `base` to the power of `exponent`.
    pub fn power(base: impl Into<Self>, exponent: impl Into<Self>) -> Self {
        Self::Power(Box::new(base.into()), Box::new(exponent.into()))
    }

    /// `base` with an index.
    pub fn index(base: impl Into<Self>, index: impl Into<Self>) -> Self {
        Self::Index(Box::new(base.into()), Box::new(index.into()))
    }

    /// This part in the colour of a role.
    #[must_use]
    pub fn colored(self, role: Role) -> Self {
        Self::Colored(role, Box::new(self))
    }
}

/// Operators and brackets are told from symbols by what they are.
impl From<&'static str> for Math {
    fn from(symbol: &'static str) -> Self {
        match symbol {
            "+" | "−" | "=" | "≈" | "·" | "(" | ")" | "[" | "]" | "‖" | "|" | "∫" | "∑" | "," | "≥" | "≤" | "/"
            | "×" => Self::Operator(symbol),
            _ => Self::Symbol(symbol),
        }
    }
}

impl From<Quantity> for Math {
    fn from(number: Quantity) -> Self {
        Self::Number(number)
    }
}

impl<const N: usize> From<[Math; N]> for Math {
    fn from(parts: [Math; N]) -> Self {
        Self::Row(parts.into())
    }
}

impl From<Vec<Math>> for Math {
    fn from(parts: Vec<Math>) -> Self {
        Self::Row(parts)
    }
}
