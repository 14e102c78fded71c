//! Formulae read as a reader does: from the digits that are shown, each side of an equation is computed to within the
//! rounding of what it is made of.

use std::collections::BTreeMap;

use kl_explorer::quantity::{Quantity, Shown, Unit};
use kl_explorer::scene::Math;

/// What symbols and words stand for.
pub type Names = BTreeMap<String, Span>;

/// All that a number may be whose digits are shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    pub low: f64,
    pub high: f64,
}

impl Span {
    pub const fn exact(v: f64) -> Self {
        Self { low: v, high: v }
    }

    /// A number with an error, and a little for what is computed from it here.
    pub fn about(v: f64, error: f64) -> Self {
        if v.is_infinite() { Self::exact(v) } else { Self { low: v - error, high: v + error }.wider() }
    }

    /// What rounds to the digits shown.
    fn read(number: &Quantity) -> Self {
        let within = |v: f64, unit: f64| {
            let half = if number.is_shown_in_full() { 1e-12 * v.abs() } else { 0.5000001 * unit };
            Self { low: v - half, high: v + half }
        };
        match number.shown() {
            Shown::Fixed { value, places } => {
                let unit = 0.1f64.powi(places as i32);
                let read: f64 = format!("{value:.places$}").parse().expect("a number");
                within(if number.is_shown_in_full() { value } else { read }, unit)
            }
            Shown::Scientific { mantissa, places, exponent } => {
                let power = 10f64.powi(exponent);
                let read: f64 = format!("{mantissa:.places$}").parse().expect("a number");
                within(
                    if number.is_shown_in_full() { mantissa } else { read } * power,
                    0.1f64.powi(places as i32) * power,
                )
            }
            Shown::Infinite { negative } => Self::exact(if negative { f64::NEG_INFINITY } else { f64::INFINITY }),
            Shown::Below { bound } => Self { low: -bound, high: bound },
        }
    }

    fn of(ends: impl IntoIterator<Item = f64>) -> Self {
        let ends = ends.into_iter();
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        Self { low, high }
    }

    /// A little wider: for the roundings of this arithmetic.
    fn wider(self) -> Self {
        let slack = |v: f64| if v.is_finite() { 1e-12 * v.abs() } else { 0.0 };
        Self { low: self.low - slack(self.low), high: self.high + slack(self.high) }
    }

    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self::of([f(self.low), f(self.high)]).wider()
    }

    fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }

    fn minus(self) -> Self {
        Self { low: -self.high, high: -self.low }
    }

    /// The product, in which 0 times infinity is 0, as in every sum over outcomes.
    fn times(self, other: Self) -> Self {
        let product = |a: f64, b: f64| if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
        let [a, b, c, d] =
            [(self.low, other.low), (self.low, other.high), (self.high, other.low), (self.high, other.high)]
                .map(|(a, b)| product(a, b));
        Self::of([a, b, c, d]).wider()
    }

    /// The quotient of what is not negative below; 0/0 may be anything.
    fn over(self, other: Self) -> Self {
        if other.low <= 0.0 && other.high >= 0.0 {
            let anything = self.low <= 0.0 && self.high >= 0.0;
            return match anything {
                true => Self { low: 0.0, high: f64::INFINITY },
                false => Self {
                    low: if other.high > 0.0 { self.low / other.high } else { f64::INFINITY },
                    high: f64::INFINITY,
                },
            };
        }
        self.times(Self::of([1.0 / other.low, 1.0 / other.high]))
    }

    fn meets(self, other: Self) -> bool {
        let (a, b) = (self.wider(), other.wider());
        // What is below the smallest digit is as good as 0.
        a.low <= b.high + 1e-12 && b.low <= a.high + 1e-12
    }
}

/// An equation, or a chain of them: sides with the signs between.
pub struct Statement {
    sides: Vec<Vec<Math>>,
    signs: Vec<&'static str>,
}

/// What came of a statement.
pub struct Found {
    /// How many pairs of sides were compared.
    pub compared: usize,
    pub fault: Option<String>,
}

/// The statements of a formula, which commas part.
pub fn statements(math: &Math) -> Vec<Statement> {
    let mut all = vec![Statement { sides: vec![Vec::new()], signs: Vec::new() }];
    let mut depth = 0;
    for part in flat(math) {
        let statement = all.last_mut().expect("there is one");
        match part {
            Math::Operator(sign @ ("=" | "≈" | "≤" | "≥" | "<" | ">")) if depth == 0 => {
                statement.signs.push(sign);
                statement.sides.push(Vec::new());
            }
            Math::Operator(",") if depth == 0 => all.push(Statement { sides: vec![Vec::new()], signs: Vec::new() }),
            other => {
                depth += i32::from(other == Math::Operator("(")) - i32::from(other == Math::Operator(")"));
                // "forward fit:" says whose formula it is.
                let heading = matches!(&other, Math::Words(words) if words.key.ends_with(":\u{a0}"));
                if !heading {
                    statement.sides.last_mut().expect("there is one").push(other);
                }
            }
        }
    }
    all
}

fn flat(math: &Math) -> Vec<Math> {
    match math {
        Math::Row(parts) => parts.iter().flat_map(flat).collect(),
        Math::Colored(_, of) => flat(of),
        other => vec![other.clone()],
    }
}

impl Statement {
    /// Compares each side that can be computed with the next such side.
    pub fn check(&self, names: &Names) -> Found {
        let mut found = Found { compared: 0, fault: None };
        let mut last: Option<(usize, Span)> = None;
        for (i, side) in self.sides.iter().enumerate() {
            let Some(now) = value(side, names) else { continue };
            if let Some((at, before)) = last {
                let between = &self.signs[at..i];
                let up = between.iter().any(|sign| matches!(*sign, "<" | "≤"));
                let down = between.iter().any(|sign| matches!(*sign, ">" | "≥"));
                let holds = match (up, down) {
                    (false, false) => before.meets(now),
                    (true, _) => before.low <= now.high + 1e-12,
                    (_, true) => before.high >= now.low - 1e-12,
                };
                found.compared += 1;
                if !holds {
                    let (a, b) = (read(&self.sides[at]), read(side));
                    found.fault = Some(format!("{a} {} {b}: {before:?}, {now:?}", between.join(" … ")));
                }
            }
            last = Some((i, now));
        }
        found
    }
}

/// What a side comes to; nothing where it holds a symbol that is not among the names.
fn value(parts: &[Math], names: &Names) -> Option<Span> {
    let mut reader = Reader { parts, at: 0, names };
    let value = reader.sum()?;
    (reader.at == parts.len()).then_some(value)
}

struct Reader<'a> {
    parts: &'a [Math],
    at: usize,
    names: &'a Names,
}

impl Reader<'_> {
    fn sign(&self) -> Option<&'static str> {
        match self.parts.get(self.at) {
            Some(Math::Operator(sign)) => Some(sign),
            _ => None,
        }
    }

    fn takes(&mut self, sign: &str) -> bool {
        let there = self.sign() == Some(sign);
        self.at += usize::from(there);
        there
    }

    fn sum(&mut self) -> Option<Span> {
        let mut sum = if self.takes("−") { self.product()?.minus() } else { self.product()? };
        loop {
            if self.takes("+") {
                let next = if self.takes("−") { self.product()?.minus() } else { self.product()? };
                sum = sum.plus(next);
            } else if self.takes("−") {
                sum = sum.plus(self.product()?.minus());
            } else {
                return Some(sum);
            }
        }
    }

    fn product(&mut self) -> Option<Span> {
        let mut product = self.factor()?;
        loop {
            if self.takes("/") {
                product = product.over(self.factor()?);
            } else if self.takes("·")
                || self.takes("×")
                || matches!(self.parts.get(self.at), Some(part) if begins(part))
            {
                product = product.times(self.factor()?);
            } else {
                return Some(product);
            }
        }
    }

    fn factor(&mut self) -> Option<Span> {
        let part = self.parts.get(self.at)?;
        // D(P‖Q), written sign by sign.
        if *part == Math::Symbol("D") {
            let name = read(self.parts.get(self.at..self.at + 6)?);
            self.at += 6;
            return self.names.get(&name).copied();
        }
        if let Some(function) = function(part) {
            self.at += 1;
            return Some(function(self.factor()?));
        }
        if *part == Math::Symbol("min") {
            self.at += 2;
            let first = self.sum()?;
            let second = if self.takes(",") { self.sum()? } else { return None };
            let least = Span { low: first.low.min(second.low), high: first.high.min(second.high) };
            return self.takes(")").then_some(least);
        }
        self.at += 1;
        let inside = |math: &Math| value(&flat(math), self.names);
        match part {
            Math::Operator("(") => {
                let inner = self.sum()?;
                self.takes(")").then_some(inner)
            }
            Math::Number(number) => Some(Span::read(number)),
            Math::Symbol("e") => Some(Span::exact(std::f64::consts::E)),
            Math::Symbol(_) | Math::Words(_) | Math::Index(..) => {
                self.names.get(&read(std::slice::from_ref(part))).copied()
            }
            Math::Fraction(over, under) => Some(inside(over)?.over(inside(under)?)),
            Math::Power(base, exponent) => {
                let (base, exponent) = (inside(base)?, inside(exponent)?);
                // Squares, and powers of what is positive.
                let whole = exponent.low == exponent.high && exponent.low.fract() == 0.0;
                let power = |b: f64, e: f64| if whole { b.powi(e as i32) } else { b.powf(e) };
                let ends =
                    [base.low, base.high].into_iter().flat_map(|b| [power(b, exponent.low), power(b, exponent.high)]);
                Some(Span::of(ends).wider())
            }
            Math::Root(of) => Some(inside(of)?.map(|v| v.max(0.0).sqrt())),
            _ => None,
        }
    }
}

/// Whether a part can follow another without a sign between, as a factor.
fn begins(part: &Math) -> bool {
    !matches!(part, Math::Operator(sign) if *sign != "(")
}

fn function(part: &Math) -> Option<fn(Span) -> Span> {
    fn ln(v: f64) -> f64 {
        if v <= 0.0 { f64::NEG_INFINITY } else { v.ln() }
    }
    match part {
        Math::Symbol("ln") => Some(|v| v.map(ln)),
        Math::Symbol("logit") => Some(|v| v.map(|p| ln(p) - ln(1.0 - p))),
        Math::Symbol("Φ") => {
            Some(|v| v.map(|x| 0.5 + kl_explorer::dist::Normal::new(0.0, 1.0).map_or(f64::NAN, |n| area(&n, x))))
        }
        Math::Index(base, two) if **base == Math::Symbol("log") && read(&flat(two)) == "2" => {
            Some(|v| v.map(|x| ln(x) / std::f64::consts::LN_2))
        }
        _ => None,
    }
}

/// The standard normal's area between 0 and x, by Simpson's rule.
fn area(bell: &kl_explorer::dist::Normal, x: f64) -> f64 {
    let steps = 2000;
    let width = x / f64::from(steps);
    let height = |k: i32| {
        bell.pdf(width * f64::from(k))
            * if k == 0 || k == steps {
                1.0
            } else if k % 2 == 1 {
                4.0
            } else {
                2.0
            }
    };
    (0..=steps).map(height).sum::<f64>() * width / 3.0
}

/// A natural logarithm or a number of nats in a formula that is in bits; the `ln 2` that converts may stand below a
/// fraction's line or behind a multiplication sign.
pub fn natural(math: &Math) -> Option<String> {
    let parts = flat(math);
    for (i, part) in parts.iter().enumerate() {
        let found = match part {
            Math::Symbol("ln") => {
                let two = matches!(parts.get(i + 1), Some(Math::Number(n)) if n.value == 2.0);
                let alone = i == 0 && parts.len() == 2;
                let factor = i > 0 && parts[i - 1] == Math::Operator("·");
                (!(two && (alone || factor))).then(|| read(&parts))
            }
            Math::Number(number) => (number.unit == Unit::Nats).then(|| number.to_string()),
            Math::Words(words) => {
                let words = words.english();
                let mut parts = words.split(|c: char| !c.is_alphanumeric());
                parts.any(|word| matches!(word, "ln" | "nat" | "nats")).then(|| words.clone())
            }
            Math::Fraction(a, b) | Math::Power(a, b) | Math::Index(a, b) => natural(a).or_else(|| natural(b)),
            Math::Root(of) => natural(of),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// A side in one line.
fn read(parts: &[Math]) -> String {
    let all = |math: &Math| read(&flat(math));
    let one = |part: &Math| match part {
        Math::Symbol(sign) | Math::Operator(sign) => (*sign).to_owned(),
        Math::Number(number) => number.to_string(),
        Math::Words(words) => words.english(),
        Math::Fraction(a, b) => format!("[{}/{}]", all(a), all(b)),
        Math::Power(a, b) => format!("{}^{}", all(a), all(b)),
        Math::Index(a, b) => format!("{}_{}", all(a), all(b)),
        Math::Root(of) => format!("√({})", all(of)),
        other => format!("{other:?}"),
    };
    parts.iter().map(one).collect()
}
