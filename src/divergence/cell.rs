//! One outcome as two distributions see it, and what each divergence makes of it.
//!
//! Every divergence here is a sum over outcomes, or an integral over points, of a function of the two
//! probabilities that is never negative and vanishes only where they agree. Written in that form nothing
//! cancels when two distributions are nearly the same, and no divergence can come out below zero.

use crate::dist::bernoulli::Bernoulli;
use crate::dist::categorical::Categorical;
use crate::numeric::cancellation::{alpha_kernel, jensen_shannon_kernel, scaled_psi};
use crate::numeric::double::{self, Double};
use crate::numeric::sums::sum;

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
            p.ln() - q.ln()
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
    fn from_ratio(p: f64, q: f64, log_ratio: f64, ln_q: f64) -> Self {
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

    /// The same for the reverse direction, q·ln(q/p) − q + p ≥ 0.
    pub fn reverse_kl(&self) -> f64 {
        if self.log_ratio == f64::NEG_INFINITY {
            return f64::INFINITY;
        }
        scaled_psi(self.q, self.log_ratio, self.p)
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
        } else if self.log_ratio > 300.0 {
            // (p − q)/q might overflow where the product with p − q does not.
            (self.log_ratio + self.p.ln()).exp()
        } else if self.difference == 0.0 {
            0.0
        } else {
            let relative = if self.log_ratio.abs() < 1.0 { self.log_ratio.exp_m1() } else { self.difference / self.q };
            self.difference * relative
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
    let exponent = |c: &Categorical, i: usize| c.tilt().map_or((0.0, 0.0), |t| t.exponents[i]);
    let relative: Vec<Double> = (0..n)
        .map(|i| {
            let start = Cell::from_pairs(base_p[i], base_q[i]).log_ratio;
            if start.is_infinite() {
                return (start, 0.0);
            }
            double::add((start, 0.0), double::subtract(exponent(p, i), exponent(q, i)))
        })
        .collect();
    // Only differences of u count; they are taken from an outcome that both think likely.
    let both = |i: usize| p.logs()[i] + q.logs()[i];
    let pivot = (0..n).max_by(|&i, &j| both(i).total_cmp(&both(j))).map_or((0.0, 0.0), |i| relative[i]);
    let pivot = if pivot.0.is_finite() { pivot } else { (0.0, 0.0) };
    let shifted: Vec<f64> = relative.iter().map(|&u| double::subtract(u, pivot).0).collect();
    let growth = sum((0..n).filter(|&i| q.probs()[i] > 0.0).map(|i| q.probs()[i] * shifted[i].exp_m1()));
    let total = if (-0.5..1.0).contains(&growth) { Some(growth.ln_1p()) } else { None };
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

/// The first outcome that P allows and Q does not.
pub fn first_impossible(cells: &[Cell]) -> Option<usize> {
    cells.iter().position(|c| c.log_ratio == f64::INFINITY)
}
