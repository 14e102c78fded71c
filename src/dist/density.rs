//! What quadrature must know of a distribution on the line: its logarithmic density, where it lives,
//! where its shape changes, and how its tails fall.

/// How a density falls towards one end of its support: −ln f(x) grows as
/// `square`·t² + `linear`·t + `log`·ln t, with t the distance gone in that direction.
///
/// An end that is finite has no tail ([`Tail::NONE`]).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tail {
    /// Coefficient of t².
    pub square: f64,
    /// Coefficient of t.
    pub linear: f64,
    /// Coefficient of ln t.
    pub log: f64,
}

impl Tail {
    /// The support ends.
    pub const NONE: Self = Self { square: f64::INFINITY, linear: 0.0, log: 0.0 };

    /// Whether the support ends there.
    pub fn is_none(&self) -> bool {
        self.square == f64::INFINITY
    }

    /// The tail of f^a · g^b.
    pub fn combined(&self, a: f64, other: &Self, b: f64) -> Self {
        Self {
            square: a * self.square + b * other.square,
            linear: a * self.linear + b * other.linear,
            log: a * self.log + b * other.log,
        }
    }

    /// Whether a function with this tail has a finite integral.
    pub fn integrable(&self) -> bool {
        if self.square != 0.0 {
            self.square > 0.0
        } else if self.linear != 0.0 {
            self.linear > 0.0
        } else {
            self.log > 1.0
        }
    }

    /// Whether the expectation under this tail of the growth of `−ln g` is finite.
    pub fn expects_log_of(&self, g: &Self) -> bool {
        if self.square > 0.0 || self.linear > 0.0 {
            return true;
        }
        let power = if g.square != 0.0 {
            2.0
        } else if g.linear != 0.0 {
            1.0
        } else {
            0.0
        };
        self.log - power > 1.0
    }
}

/// A distribution with a density on an interval of the line.
pub trait Density {
    /// ln f(x); −∞ outside the support.
    fn ln_pdf(&self, x: f64) -> f64;
    /// The probability below x.
    fn cdf(&self, x: f64) -> f64;
    /// The probability above x, with its own relative accuracy.
    fn survival(&self, x: f64) -> f64;
    /// The ends of the support.
    fn support(&self) -> (f64, f64);
    /// The tails towards −∞ and +∞.
    fn tails(&self) -> [Tail; 2];
    /// A middle and a scale: most of the mass lies within a few scales of the middle.
    fn centre(&self) -> (f64, f64);
    /// Points at which to split an integral: kinks, middles, ends, and the scale on which it changes.
    fn landmarks(&self) -> Vec<f64>;

    /// f(x).
    fn pdf(&self, x: f64) -> f64 {
        self.ln_pdf(x).exp()
    }
}
