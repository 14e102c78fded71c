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
    /// A part that counts nats by what it is, without a logarithm that could take another base: `g²/2`. In bits it
    /// stands over `ln 2`.
    #[serde(skip)]
    OfNats(Box<Math>),
    /// A part in the reader's unit where nats are called for: the D in Pinsker's `√(D/2)`. In bits it is taken
    /// `ln 2` times.
    #[serde(skip)]
    ToNats(Box<Math>),
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

    /// This part, which counts nats whatever the unit.
    pub fn of_nats(part: impl Into<Self>) -> Self {
        Self::OfNats(Box::new(part.into()))
    }

    /// Nats of this part, which counts in the reader's unit.
    pub fn to_nats(part: impl Into<Self>) -> Self {
        Self::ToNats(Box::new(part.into()))
    }

    /// The same with information in bits: logarithms to base 2, numbers converted, and `ln 2` where neither would do.
    #[must_use]
    pub fn in_bits(self) -> Self {
        let two = || Self::from(Quantity::exact(2.0));
        let boxed = |part: Box<Self>| Box::new(part.in_bits());
        match self {
            Self::Symbol("ln") => Self::index("log", two()),
            Self::Number(number) => Self::Number(number.in_bits()),
            Self::Words(words) => Self::Words(words.in_bits()),
            Self::Row(parts) => Self::Row(parts.into_iter().map(Self::in_bits).collect()),
            Self::Fraction(over, under) => Self::Fraction(boxed(over), boxed(under)),
            Self::Power(base, exponent) => Self::Power(boxed(base), boxed(exponent)),
            Self::Index(base, index) => Self::Index(boxed(base), boxed(index)),
            Self::Root(of) => Self::Root(boxed(of)),
            Self::Colored(role, of) => Self::Colored(role, boxed(of)),
            Self::OfNats(part) => Self::fraction(*part, ["ln".into(), two()]),
            Self::ToNats(part) => [part.in_bits(), "·".into(), "ln".into(), two()].into(),
            other @ (Self::Symbol(_) | Self::Operator(_)) => other,
        }
    }

    /// This part in the colour of a role.
    #[must_use]
    pub fn colored(self, role: Role) -> Self {
        Self::Colored(role, Box::new(self))
    }

    /// The same with the signs that its numbers ask for: ≈ for = where a number on either side of it is shown
    /// rounded, a − b for a + −b, and brackets round a negative number behind another operator or under a power.
    #[must_use]
    pub fn signed(self) -> Self {
        match self {
            Self::Row(parts) => {
                let mut flat = Vec::new();
                parts.into_iter().for_each(|part| part.signed().spread(&mut flat));
                Self::Row(approximated(bracketed(flat)))
            }
            Self::Fraction(over, under) => Self::fraction(over.signed(), under.signed()),
            Self::Power(base, exponent) => Self::power(base.signed().closed(), exponent.signed()),
            Self::Index(base, index) => Self::index(base.signed(), index.signed()),
            Self::Root(of) => Self::Root(Box::new(of.signed())),
            Self::Colored(role, of) => of.signed().colored(role),
            // In nats there is nothing to convert.
            Self::OfNats(part) | Self::ToNats(part) => part.signed(),
            other @ (Self::Symbol(_) | Self::Operator(_) | Self::Number(_) | Self::Words(_)) => other,
        }
    }

    /// The parts of a row, and of the rows in it.
    fn spread(self, into: &mut Vec<Self>) {
        match self {
            Self::Row(parts) => parts.into_iter().for_each(|part| part.spread(into)),
            other => into.push(other),
        }
    }

    /// The number that this is, whatever its colour.
    fn number(&mut self) -> Option<&mut Quantity> {
        match self {
            Self::Number(number) => Some(number),
            Self::Colored(_, of) => of.number(),
            _ => None,
        }
    }

    /// In brackets, if it is a number that is shown with a minus sign.
    fn closed(mut self) -> Self {
        match self.number() {
            Some(number) if is_negative(number) => [Self::Operator("("), self, Self::Operator(")")].into(),
            _ => self,
        }
    }

    /// Whether it is a sum with infinity in it.
    fn is_infinite(&self) -> bool {
        match self {
            Self::Number(number) => number.value.is_infinite(),
            Self::Row(parts) => parts.iter().any(Self::is_infinite),
            Self::Colored(_, of) => of.is_infinite(),
            _ => false,
        }
    }

    /// Whether a number in it is shown rounded.
    fn is_rounded(&self) -> bool {
        match self {
            Self::Number(number) => !number.is_shown_in_full(),
            Self::Row(parts) => parts.iter().any(Self::is_rounded),
            Self::Fraction(a, b) | Self::Power(a, b) | Self::Index(a, b) => a.is_rounded() || b.is_rounded(),
            Self::Root(of) | Self::Colored(_, of) | Self::OfNats(of) | Self::ToNats(of) => of.is_rounded(),
            Self::Symbol(_) | Self::Operator(_) | Self::Words(_) => false,
        }
    }
}

/// Whether what stands on one side of a relation is known up to rounding only. Infinity plus anything is infinity.
fn side_is_rounded(side: &[Math]) -> bool {
    side.iter().any(Math::is_rounded) && !side.iter().any(Math::is_infinite)
}

fn is_negative(number: &Quantity) -> bool {
    number.to_string().starts_with('−')
}

/// A row in which no negative number follows an operator bare.
fn bracketed(parts: Vec<Math>) -> Vec<Math> {
    let mut row: Vec<Math> = Vec::with_capacity(parts.len());
    for mut part in parts {
        match (row.last_mut(), part.number()) {
            (Some(sign @ Math::Operator("+")), Some(number)) if is_negative(number) => {
                *number = number.negated();
                *sign = Math::Operator("−");
                row.push(part);
            }
            (Some(Math::Operator("−" | "·" | "×" | "/")), _) => part.closed().spread(&mut row),
            _ => row.push(part),
        }
    }
    row
}

/// A row with ≈ wherever what is shown on both sides is equal only up to rounding.
fn approximated(mut row: Vec<Math>) -> Vec<Math> {
    let relation = |part: &Math| matches!(part, Math::Operator("=" | "≈" | "≤" | "≥" | "<" | ">"));
    let rounded: Vec<bool> = row.split(relation).map(side_is_rounded).collect();
    for (sign, sides) in row.iter_mut().filter(|part| relation(part)).zip(rounded.windows(2)) {
        if *sign == Math::Operator("=") && sides.contains(&true) {
            *sign = Math::Operator("≈");
        }
    }
    row
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The formula as it reads in one line.
    fn read(math: &Math) -> String {
        let in_line = |parts: &[Math]| parts.iter().map(read).collect::<String>();
        match math {
            Math::Row(parts) => in_line(parts),
            Math::Symbol(sign) | Math::Operator(sign) => (*sign).to_owned(),
            Math::Number(number) => number.to_string(),
            Math::Words(words) => words.to_string(),
            Math::Fraction(a, b) => format!("[{}/{}]", read(a), read(b)),
            Math::Power(a, b) => format!("{}^{}", read(a), read(b)),
            Math::Index(a, b) => format!("{}_{}", read(a), read(b)),
            Math::Root(of) => format!("√{}", read(of)),
            Math::Colored(_, of) | Math::OfNats(of) | Math::ToNats(of) => read(of),
        }
    }

    fn exact(value: f64) -> Math {
        Quantity::exact(value).into()
    }

    fn rounded(value: f64) -> Math {
        Quantity::rounded(value).into()
    }

    #[test]
    fn equal_is_said_only_where_what_is_shown_is_equal() {
        // D = ln 2 − ln 1.2 = 0.5108…: neither the logarithms nor their difference end after four digits.
        let ln = |v: f64| Math::from(["ln".into(), exact(v)]);
        let sums = Math::from([rounded(2f64.ln()), "−".into(), rounded(1.2f64.ln())]);
        let whole = Math::from([
            "D".into(),
            "=".into(),
            Math::from([ln(2.0), "−".into(), ln(1.2)]),
            "=".into(),
            sums,
            "=".into(),
            rounded((2.0f64 / 1.2).ln()).colored(Role::Forward),
        ]);
        assert_eq!(read(&whole.signed()), "D=ln2−ln1.2≈0.6931−0.1823≈0.5108");
        // Infinity plus anything rounded is infinity, not nearly so.
        let endless = || Math::from(Quantity::exact(f64::INFINITY));
        let sum = Math::from([rounded(2f64.ln()), "+".into(), endless()]);
        assert_eq!(read(&Math::from(["D".into(), "=".into(), sum, "=".into(), endless()]).signed()), "D=0.6931+∞=∞");
        let half = Math::from([exact(0.25), "+".into(), exact(0.25), "=".into(), rounded(0.5)]);
        assert_eq!(read(&half.signed()), "0.25+0.25=0.5000");
        let hidden = Math::from(["D".into(), "=".into(), Math::fraction(rounded(1.0 / 3.0), exact(2.0))]);
        assert_eq!(read(&hidden.signed()), "D≈[0.3333/2]");
        let infinite = Math::from(["D".into(), "=".into(), rounded(f64::INFINITY)]);
        assert_eq!(read(&infinite.signed()), "D=∞");
        let beside = [rounded(f64::INFINITY), "+".into(), rounded(-1.0 / 3.0), "=".into(), rounded(f64::INFINITY)];
        assert_eq!(read(&Math::from(beside).signed()), "∞−0.3333=∞");
    }

    #[test]
    fn in_bits_logarithms_have_base_2_and_the_rest_is_converted() {
        let nats = |v: f64| Math::from(Quantity::rounded(v).unit(crate::quantity::Unit::Nats));
        let whole = || {
            let rest = Math::of_nats([Math::fraction(exact(5.0), exact(8.0)), "−".into(), exact(0.5)]);
            let sum = Math::from(["ln".into(), exact(2.0), "+".into(), rest, "=".into(), nats(2f64.ln() + 0.125)]);
            Math::from(["D".into(), "=".into(), sum])
        };
        assert_eq!(read(&whole().signed()), "D=ln2+[5/8]−0.5≈0.8181 nats");
        assert_eq!(read(&whole().in_bits().signed()), "D=log_22+[[5/8]−0.5/ln2]≈1.1803 bits");
        let pinsker = || Math::Root(Box::new(Math::fraction(Math::to_nats("D"), exact(2.0))));
        assert_eq!(read(&pinsker().signed()), "√[D/2]");
        assert_eq!(read(&pinsker().in_bits().signed()), "√[D·ln2/2]");
    }

    #[test]
    fn no_two_signs_meet() {
        let sum = |sign: &'static str, value: f64| {
            let number = exact(value).colored(Role::P);
            read(&Math::from([exact(1.0), sign.into(), Math::from([number])]).signed())
        };
        assert_eq!(sum("+", -2.5), "1−2.5");
        assert_eq!(sum("+", 2.5), "1+2.5");
        assert_eq!(sum("−", -2.5), "1−(−2.5)");
        assert_eq!(sum("·", -2.5), "1·(−2.5)");
        assert_eq!(sum("=", -2.5), "1=−2.5");
        assert_eq!(sum("+", f64::NEG_INFINITY), "1−∞");
        assert_eq!(read(&Math::power(exact(-2.0), exact(2.0)).signed()), "(−2)^2");
        // What rounds to zero has no sign.
        let nothing = Math::from([exact(1.0), "+".into(), Quantity::bounded(-1e-17, 1e-16).into()]);
        assert_eq!(read(&nothing.signed()), "1+0.0000");
    }
}
