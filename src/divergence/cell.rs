//! One outcome as two distributions see it, and what each divergence makes of it.
//!
//! Every divergence here is a sum over outcomes, or an integral over points, of a function of the two
//! probabilities that is never negative and vanishes only where they agree. Written in that form nothing
//! cancels when two distributions are nearly the same, and no divergence can come out below zero.

use crate::dist::bernoulli::Bernoulli;
use crate::dist::categorical::{Categorical, Tilt};
use crate::divergence::answer::Answer;
use crate::divergence::answer::too_large;
use crate::numeric::cancellation::{alpha_kernel, jensen_shannon_kernel, scaled_psi};
use crate::numeric::double::{self, Double};
use crate::numeric::sums::sum;
use crate::numeric::tolerance::EPS;
use crate::quantity::{Method, Quantity};
use crate::text::{Arg, Text};

/// The probabilities (or densities) p and q of one outcome, with their difference and their log-ratio, both
/// right to a few ulp even where p and q agree to sixteen digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The probability under P.
    pub p: f64,
    /// The probability under Q.
    pub q: f64,
    /// p − q.
    pub difference: f64,
    /// ln(p/q): −∞ where only p is 0, +∞ where only q is 0, 0 where both are.
    pub log_ratio: f64,
    /// ln q.
    pub ln_q: f64,
}

impl Cell {
    /// From two probabilities with the rests that rounding left out.
    pub(crate) fn from_pairs(p: Double, q: Double) -> Self {
        let difference = (p.0 - q.0) + (p.1 - q.1);
        let (p, q) = (p.0, q.0);
        let log_ratio = if p == q && difference == 0.0 {
            0.0
        } else if p < 2.5 * q && q < 2.5 * p {
            (difference / q).ln_1p()
        } else {
            ln_ratio(p, q)
        };
        Self { p, q, difference, log_ratio, ln_q: q.ln() }
    }

    /// From two plain numbers.
    pub fn new(p: f64, q: f64) -> Self {
        Self::from_pairs((p, 0.0), (q, 0.0))
    }

    /// From two logarithms, for densities.
    pub fn from_logs(ln_p: f64, ln_q: f64) -> Self {
        let (p, q) = (ln_p.exp(), ln_q.exp());
        if p == q && (p == 0.0 || ln_p == ln_q) {
            return Self { p, q, difference: 0.0, log_ratio: 0.0, ln_q };
        }
        Self::from_ratio(p, q, ln_p - ln_q, ln_q)
    }

    /// From probabilities and a log-ratio that is known better than their quotient.
    pub(crate) fn from_ratio(p: f64, q: f64, log_ratio: f64, ln_q: f64) -> Self {
        let difference = if log_ratio.abs() < 1.0 { q * log_ratio.exp_m1() } else { p - q };
        Self { p, q, difference, log_ratio, ln_q }
    }

    /// p·ln(p/q), of either sign.
    pub fn signed_term(&self) -> f64 {
        if self.p == 0.0 { 0.0 } else { self.p * self.log_ratio }
    }

    /// p·ln(p/q) − p + q ≥ 0: with the same sum as the signed terms, but never cancelling.
    pub fn kl(&self) -> f64 {
        if self.log_ratio == f64::INFINITY {
            return f64::INFINITY;
        }
        scaled_psi(self.p, -self.log_ratio, self.q)
    }

    /// ½·p·ln(p/m) + ½·q·ln(q/m) with m = (p + q)/2; at most ½(p + q)·ln 2.
    pub fn jensen_shannon(&self) -> f64 {
        let twice = self.p + self.q;
        if twice == 0.0 { 0.0 } else { 0.5 * twice * jensen_shannon_kernel(self.difference / twice) }
    }

    /// ½(√p − √q)².
    pub fn squared_hellinger(&self) -> f64 {
        let roots = self.p.sqrt() + self.q.sqrt();
        if roots == 0.0 { 0.0 } else { 0.5 * (self.difference / roots).powi(2) }
    }

    /// ½|p − q|.
    pub fn total_variation(&self) -> f64 {
        0.5 * self.difference.abs()
    }

    /// (p − q)²/q.
    pub fn chi_squared(&self) -> f64 {
        if self.log_ratio == f64::INFINITY {
            f64::INFINITY
        } else if self.difference == 0.0 {
            0.0
        } else if self.log_ratio.abs() < 1.0 {
            self.difference * self.log_ratio.exp_m1()
        } else if self.q > 0.0 {
            // The root first: (p − q)/q might overflow where the product with p − q does not.
            (self.difference / self.q.sqrt()).powi(2)
        } else {
            self.p * self.log_ratio.exp()
        }
    }

    /// (α·p + (1−α)·q − p^α·q^(1−α)) / (α(1−α)) ≥ 0: at α = 0 the reverse, at α = 1 the forward term.
    pub fn alpha(&self, alpha: f64) -> f64 {
        if self.log_ratio.is_infinite() {
            let (p, q) = (self.p, self.q);
            // p^α·q^(1−α) is 0 or infinite; α = 0 and 1 are the two directions of Kullback and Leibler.
            return match (self.log_ratio > 0.0, alpha) {
                (true, a) if a >= 1.0 => f64::INFINITY,
                (true, a) => p / (1.0 - a),
                (false, a) if a <= 0.0 => f64::INFINITY,
                (false, a) => q / a,
            };
        }
        alpha_kernel(alpha, self.p, self.q, self.log_ratio, self.ln_q)
    }

    /// ln(p^α·q^(1−α)); −∞ where the product is 0, +∞ where it is infinite.
    pub fn ln_mixed(&self, alpha: f64) -> f64 {
        if self.p == 0.0 && self.q == 0.0 && self.ln_q == f64::NEG_INFINITY {
            return f64::NEG_INFINITY;
        }
        match self.log_ratio {
            f64::INFINITY => f64::INFINITY * (alpha - 1.0),
            f64::NEG_INFINITY => f64::INFINITY * -alpha,
            t => alpha * t + self.ln_q,
        }
    }
}

/// ln(p/q) of two numbers that are not near each other: of their quotient, where that is a number, because the two
/// logarithms may be far larger than their difference.
pub(crate) fn ln_ratio(p: f64, q: f64) -> f64 {
    let ratio = p / q;
    if ratio.is_normal() { ratio.ln() } else { p.ln() - q.ln() }
}

/// The two cells of a pair of coins, tails first.
pub fn of_coins(p: &Bernoulli, q: &Bernoulli) -> [Cell; 2] {
    let heads = Cell::from_pairs((p.p(), 0.0), (q.p(), 0.0));
    let mut tails = Cell::from_pairs(p.tails(), q.tails());
    tails.ln_q = q.logs()[0];
    [tails, heads]
}

/// The cells of two categorical distributions over the same outcomes; those beyond the shorter one have
/// probability 0 in it.
pub fn of_categoricals(p: &Categorical, q: &Categorical) -> Vec<Cell> {
    if p.len() == q.len() && (p.tilt().is_some() || q.tilt().is_some()) {
        return of_tilted(p, q);
    }
    let nothing = std::iter::repeat((0.0, 0.0));
    let logs = q.logs().iter().copied().chain(std::iter::repeat(f64::NEG_INFINITY));
    p.pairs()
        .chain(nothing.clone())
        .zip(q.pairs().chain(nothing))
        .zip(logs)
        .take(p.len().max(q.len()))
        .map(|((p, q), ln_q)| Cell { ln_q, ..Cell::from_pairs(p, q) })
        .collect()
}

/// Cells where exponents are known: p ∝ q·exp(u), with u from the exponents and not from the probabilities.
fn of_tilted(p: &Categorical, q: &Categorical) -> Vec<Cell> {
    let n = p.len();
    let (base_p, base_q): (Vec<Double>, Vec<Double>) = (base(p), base(q));
    // The difference of the exponents; at one temperature the numerators are subtracted first, exactly.
    let exponents = |i: usize| match (p.tilt(), q.tilt()) {
        (Some(a), Some(b)) if a.temperature == b.temperature => {
            double::divide(double::sum(a.numerators[i], -b.numerators[i]), (a.temperature, 0.0))
        }
        (a, b) => {
            let of = |t: Option<&Tilt>| t.map_or((0.0, 0.0), |t| t.exponent(i));
            double::subtract(of(a), of(b))
        }
    };
    let relative: Vec<Double> = (0..n)
        .map(|i| {
            let start = Cell::from_pairs(base_p[i], base_q[i]).log_ratio;
            if start.is_infinite() {
                return (start, 0.0);
            }
            double::add((start, 0.0), exponents(i))
        })
        .collect();
    // Only differences of u count; they are taken from an outcome that both think likely.
    let both = |i: usize| p.logs()[i] + q.logs()[i];
    let pivot = (0..n).max_by(|&i, &j| both(i).total_cmp(&both(j))).map_or((0.0, 0.0), |i| relative[i]);
    let pivot = if pivot.0.is_finite() { pivot } else { (0.0, 0.0) };
    let shift = |u: Double| if u.0.is_infinite() { u.0 } else { double::subtract(u, pivot).0 };
    let shifted: Vec<f64> = relative.iter().map(|&u| shift(u)).collect();
    let growth = sum((0..n).filter(|&i| q.probs()[i] > 0.0).map(|i| q.probs()[i] * shifted[i].exp_m1()));
    // What vanished in q may have counted in q·exp(u).
    let lost = (0..n).any(|i| q.probs()[i] == 0.0 && q.logs()[i] + shifted[i] > -745.0);
    let total = ((-0.5..1.0).contains(&growth) && !lost).then(|| growth.ln_1p());
    (0..n)
        .map(|i| {
            let (a, b, ln_q) = (p.probs()[i], q.probs()[i], q.logs()[i]);
            if base_p[i].0 == 0.0 || base_q[i].0 == 0.0 {
                return Cell { ln_q, ..Cell::new(a, b) };
            }
            let t = match total {
                Some(ln_z) => shifted[i] - ln_z,
                None => p.logs()[i] - ln_q,
            };
            Cell::from_ratio(a, b, t, ln_q)
        })
        .collect()
}

/// The probabilities before tilting.
fn base(c: &Categorical) -> Vec<Double> {
    c.tilt().map_or_else(|| c.pairs().collect(), |t| t.base.clone())
}

/// The number of the outcome that Q rules out though P does not; of several the likeliest under P, of equally
/// likely ones the first.
pub fn ruled_out(cells: &[Cell]) -> Option<usize> {
    let missed = cells.iter().enumerate().filter(|(_, c)| c.log_ratio == f64::INFINITY);
    missed.rev().max_by(|(_, a), (_, b)| a.p.total_cmp(&b.p)).map(|(i, _)| i)
}

/// Why a divergence is infinite: the distribution called `from` allows `outcome` with probability `p`, and `to`
/// does not.
pub fn impossible(from: impl Into<Arg>, to: impl Into<Arg>, outcome: impl Into<Arg>, p: f64) -> Text {
    Text::new("{from} gives {outcome} {p} where {to} gives it 0")
        .with("from", from)
        .with("outcome", outcome)
        .with("p", Quantity::rounded(p))
        .with("to", to)
}

/// The answer with the cause of its infinity, if any, in a reader's words: `between` names the two distributions
/// of the cells, `name` each outcome. An answer that is infinite for another reason keeps its cause.
#[must_use]
pub fn named<N: Into<Arg>>(
    answer: Answer,
    between: (impl Into<Arg>, impl Into<Arg>),
    cells: &[Cell],
    name: impl Fn(usize) -> N,
) -> Answer {
    match ruled_out(cells) {
        Some(i) if answer.value.is_infinite() => {
            Answer { cause: Some(impossible(between.0, between.1, name(i), cells[i].p)), ..answer }
        }
        _ => answer,
    }
}

/// The same for two coins.
#[must_use]
pub fn named_coins(answer: Answer, between: (impl Into<Arg>, impl Into<Arg>), p: &Bernoulli, q: &Bernoulli) -> Answer {
    named(answer, between, &of_coins(p, q), side)
}

/// The name of a coin's side by its number.
fn side(number: usize) -> Text {
    Text::new(if number == 0 { "tails" } else { "heads" })
}

/// The name of an outcome that has only a number.
pub fn numbered(outcome: usize) -> Text {
    Text::new("outcome {n}").with("n", Quantity::exact(outcome as f64))
}

/// A discrete pair: its cells, and the names of the outcomes.
pub(crate) struct Discrete<C> {
    /// The cells.
    pub cells: C,
    /// The name of an outcome by its number.
    pub name: fn(usize) -> Text,
    /// Whether the log-ratios come from exponents, so that their error is absolute and not relative.
    pub exponents: bool,
    /// Whether they also come from probabilities that differ before: then nearly equal can't be told from equal.
    pub mixed: bool,
}

/// A pair of coins.
pub(crate) fn coins(p: &Bernoulli, q: &Bernoulli) -> Discrete<[Cell; 2]> {
    Discrete { cells: of_coins(p, q), name: side, exponents: false, mixed: false }
}

/// A pair of categorical distributions.
pub(crate) fn categoricals(p: &Categorical, q: &Categorical) -> Discrete<Vec<Cell>> {
    let exponents = p.tilt().is_some() || q.tilt().is_some();
    let mixed = exponents && base(p) != base(q);
    Discrete { cells: of_categoricals(p, q), name: numbered, exponents, mixed }
}

impl<C: AsRef<[Cell]>> Discrete<C> {
    /// The cells as a list.
    pub fn cells(&self) -> &[Cell] {
        self.cells.as_ref()
    }

    /// Whether P and Q are the same, cell by cell.
    pub fn same(&self) -> bool {
        !self.mixed && self.cells().iter().all(|c| c.difference == 0.0 && c.log_ratio == 0.0)
    }

    /// The sum of a term that is never negative and grows like the square of p − q, with its error; exact where P and Q
    /// are the same.
    pub fn sum(&self, term: impl Fn(&Cell) -> f64) -> Answer {
        // Such a sum changes by |p − q| for each error of a log-ratio, and by its square.
        self.sum_with(term, |c, error| c.difference.abs() * error + c.q * error * error)
    }

    /// The same of a term that grows like |p − q|.
    pub fn sum_of_differences(&self, term: impl Fn(&Cell) -> f64) -> Answer {
        let farthest = self.cells().iter().map(|c| c.log_ratio.abs()).filter(|t| t.is_finite()).fold(0.0, f64::max);
        // From exponents alone the log-ratios are right to rounding of the largest.
        let of_ratio = move |error: f64| if self.mixed { error } else { error.min(8.0 * EPS * farthest) };
        self.sum_with(term, move |c, error| c.difference.abs() * error + c.q * of_ratio(error))
    }

    /// A sum with what an error of each cell's log-ratio does to it.
    fn sum_with(&self, term: impl Fn(&Cell) -> f64, change: impl Fn(&Cell, f64) -> f64) -> Answer {
        if self.same() {
            return Answer::exact(0.0);
        }
        let value = sum(self.cells().iter().map(term));
        if value.is_infinite() {
            return self.infinite();
        }
        let mut answer = Answer::sum(value, 0);
        // A value that vanished by underflow is not 0 by definition.
        answer.error += f64::MIN_POSITIVE;
        if self.exponents {
            // An outcome that P rules out adds q itself, whose error is that of its exponent.
            let size = |log: f64| if log.is_finite() { log.abs() } else { 0.0 };
            let known = self.cells().iter().filter(|c| c.ln_q.is_finite());
            let each = |c: &Cell| change(c, 4.0 * EPS * (size(c.log_ratio) + c.ln_q.abs() + 1.0));
            answer.error += known.map(each).sum::<f64>();
        }
        answer
    }

    /// Infinity, naming the outcome that causes it, or that the value is too large.
    pub fn infinite(&self) -> Answer {
        named(Answer::infinite(too_large(), Method::Sum), ("P", "Q"), self.cells(), self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_of_the_outcomes_that_are_ruled_out_is_named() {
        let p = Categorical::from_weights(&[0.2, 0.3, 0.3, 0.2]).unwrap();
        let q = Categorical::from_weights(&[0.0, 0.0, 0.0, 1.0]).unwrap();
        let cells = of_categoricals(&p, &q);
        let name = |i: usize| ["sun", "cloud", "rain", "snow"][i];
        let said = |answer: Answer| named(answer, ("R", "Q"), &cells, name).cause.map(|cause| cause.english());
        let infinite = Answer::infinite(too_large(), Method::Sum);
        assert_eq!(said(infinite).as_deref(), Some("R gives cloud 0.3000 where Q gives it 0"));
        assert_eq!(said(Answer::closed_form(1.0)), None);
        // What is infinite for another reason keeps it.
        let same = of_categoricals(&p, &p);
        let kept = named(Answer::infinite(too_large(), Method::Sum), ("P", "P"), &same, name);
        assert_eq!(kept.cause, Some(too_large()));
    }

    #[test]
    fn near_equal_cells_keep_their_digits() {
        let (p, q) = (Bernoulli::new(1e-9).unwrap(), Bernoulli::new(1.000_000_1e-9).unwrap());
        let [tails, heads] = of_coins(&p, &q);
        assert!((tails.difference / -heads.difference - 1.0).abs() < 1e-15);
        assert!((tails.log_ratio / tails.difference - 1.0).abs() < 1e-8);
    }

    #[test]
    fn weights_compare_beyond_the_rounding_of_their_normalisation() {
        // Thirds against (1, 1, 1 + 1e-12): p − q = ±1e-12·2/9 and so on, to twelve digits.
        let p = Categorical::from_weights(&[1.0, 1.0, 1.0]).unwrap();
        let q = Categorical::from_weights(&[1.0, 1.0, 1.0 + 1e-12]).unwrap();
        let e = (1.0 + 1e-12) - 1.0;
        let cells = of_categoricals(&p, &q);
        let want = e / (3.0 * (3.0 + e));
        assert!((cells[0].difference / want - 1.0).abs() < 1e-14);
        assert!((cells[2].difference / (-2.0 * want) - 1.0).abs() < 1e-14);
    }

    #[test]
    fn a_shift_of_all_logits_changes_nothing() {
        let p = Categorical::from_logits(&[5.0, 3.0, 1.0], 3.0).unwrap();
        let q = Categorical::from_logits(&[105.0, 103.0, 101.0], 3.0).unwrap();
        assert!(of_categoricals(&p, &q).iter().all(|c| c.difference == 0.0 && c.log_ratio == 0.0));
    }

    #[test]
    fn a_certain_outcome_against_logits_has_the_error_of_a_logarithm() {
        // D(one-hot‖softmax(2, 1, 0.1)) = −ln 0.65900113888597…
        let y = Categorical::from_weights(&[1.0, 0.0, 0.0]).unwrap();
        let q = Categorical::from_logits(&[2.0, 1.0, 0.1], 1.0).unwrap();
        let answer = categoricals(&y, &q).sum(Cell::kl);
        assert!((answer.value - 0.417_030_016_277_833_5).abs() < 1e-15, "{}", answer.value);
        assert!(answer.error > 0.0 && answer.error < 1e-14, "{}", answer.error);
    }

    #[test]
    fn logits_and_their_probabilities_agree() {
        let p = Categorical::from_logits(&[1.0, -2.0, 0.5], 0.7).unwrap();
        let q = Categorical::from_weights(&[0.2, 0.3, 0.5]).unwrap();
        let plain = Categorical::from_weights(p.probs()).unwrap();
        for (a, b) in of_categoricals(&p, &q).iter().zip(of_categoricals(&plain, &q)) {
            assert!((a.log_ratio - b.log_ratio).abs() < 1e-14 && (a.difference - b.difference).abs() < 1e-15);
        }
    }
}
