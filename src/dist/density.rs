//! What quadrature must know of a distribution on the line: its logarithmic density, where it lives,
//! where its shape changes, and how its tails fall.

use crate::dist::mixture::Mixture;
use crate::dist::normal::Normal;
use crate::numeric::special::normal_cdf;

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

    /// Whether the density falls only like a power.
    pub fn is_power(&self) -> bool {
        self.square == 0.0 && self.linear == 0.0
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

/// The landmarks of a bell.
const BELL: [f64; 9] = [-10.0, -5.0, -2.5, -1.0, 0.0, 1.0, 2.5, 5.0, 10.0];

/// The tails of a bell.
fn bell_tails(mean: f64, sd: f64) -> [Tail; 2] {
    let square = 0.5 / sd / sd;
    // −½((x−m)/s)² along x = −t and x = t.
    [-1.0, 1.0].map(|side| Tail { square, linear: -side * mean / sd / sd, log: 0.0 })
}

impl Density for Normal {
    fn ln_pdf(&self, x: f64) -> f64 {
        Normal::ln_pdf(self, x)
    }

    fn cdf(&self, x: f64) -> f64 {
        normal_cdf((x - self.mean()) / self.sd())
    }

    fn survival(&self, x: f64) -> f64 {
        normal_cdf((self.mean() - x) / self.sd())
    }

    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn tails(&self) -> [Tail; 2] {
        bell_tails(self.mean(), self.sd())
    }

    fn centre(&self) -> (f64, f64) {
        (self.mean(), self.sd())
    }

    fn landmarks(&self) -> Vec<f64> {
        BELL.iter().map(|k| self.mean() + k * self.sd()).collect()
    }
}

impl Density for Mixture {
    fn ln_pdf(&self, x: f64) -> f64 {
        Mixture::ln_pdf(self, x)
    }

    fn cdf(&self, x: f64) -> f64 {
        self.components().iter().map(|c| c.weight * normal_cdf((x - c.mean) / c.sd)).sum()
    }

    fn survival(&self, x: f64) -> f64 {
        self.components().iter().map(|c| c.weight * normal_cdf((c.mean - x) / c.sd)).sum()
    }

    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn tails(&self) -> [Tail; 2] {
        // The widest component rules, and among equally wide ones the outermost.
        let sd = self.largest_sd();
        let widest = || self.components().iter().filter(move |c| c.sd == sd).map(|c| c.mean);
        let first = widest().fold(f64::INFINITY, f64::min);
        let last = widest().fold(f64::NEG_INFINITY, f64::max);
        [bell_tails(first, sd)[0], bell_tails(last, sd)[1]]
    }

    fn centre(&self) -> (f64, f64) {
        (self.mean(), self.variance().sqrt())
    }

    fn landmarks(&self) -> Vec<f64> {
        self.components().iter().flat_map(|c| BELL.iter().map(|k| c.mean + k * c.sd)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::{Cauchy, Laplace};

    #[test]
    fn tails_tell_which_means_exist() {
        let [bell, wide] = [1.0, 1.5].map(|sd| Normal::new(0.0, sd).unwrap().tails()[1]);
        let laplace = Laplace::new(0.0, 1.0).unwrap().tails()[1];
        let cauchy = Cauchy::new(0.0, 1.0).unwrap().tails()[1];
        // The mean of −ln q under a Cauchy is finite only where q is as heavy.
        assert!(!cauchy.expects_log_of(&bell) && !cauchy.expects_log_of(&laplace) && cauchy.expects_log_of(&cauchy));
        assert!(bell.expects_log_of(&cauchy) && laplace.expects_log_of(&bell));
        // ∫ p²/q of bells: finite up to a variance ratio of 2, and here it is 2.25.
        assert!(!wide.combined(2.0, &bell, -1.0).integrable() && bell.combined(2.0, &wide, -1.0).integrable());
        assert!(cauchy.combined(2.0, &cauchy, -1.0).integrable() && !cauchy.combined(2.0, &laplace, -1.0).integrable());
    }

    #[test]
    fn the_two_sides_of_a_distribution_function_add_to_one() {
        let mixture = Mixture::of_normal(&Normal::new(1.0, 2.0).unwrap()).unwrap();
        for x in [-3.0, 0.0, 2.5] {
            assert!((mixture.cdf(x) + mixture.survival(x) - 1.0).abs() < 1e-15);
            assert_eq!(mixture.cdf(x), Density::cdf(&Normal::new(1.0, 2.0).unwrap(), x));
        }
    }
}
