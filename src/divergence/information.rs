//! Information as divergence: mutual information, what a coin toss teaches, what a policy gains.

use crate::dist::categorical::Categorical;
use crate::dist::{Beta, Normal2, Tilted};
use crate::divergence::answer::Answer;
use crate::divergence::cell::Cell;
use crate::divergence::closed::{bounded, closed};
use crate::divergence::{entropy, f, kl};
use crate::error::{Error, Result};
use crate::numeric::double::{self, Double};
use crate::numeric::sums::sum;
use crate::numeric::tolerance::EPS;
use crate::quantity::Method;
use crate::text::Text;

/// A joint distribution of two things, as a table of probabilities.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// All cells, row by row.
    joint: Categorical,
    columns: usize,
}

impl Table {
    /// From a table of counts, weights or probabilities, which are normalised exactly.
    ///
    /// # Errors
    /// Names an empty table, a row of another length, or an entry that is negative or not finite.
    pub fn new(rows: &[Vec<f64>]) -> Result<Self> {
        let columns = rows.first().map_or(0, Vec::len);
        if columns == 0 {
            return Err(Error::bad("table", "[]", "must not be empty"));
        }
        for (i, row) in rows.iter().enumerate() {
            if row.len() != columns {
                let field = format!("table[{i}]");
                return Err(Error::bad(field, format!("{} values", row.len()), "must be as long as the first row"));
            }
            if let Some(j) = row.iter().position(|&x| !(x >= 0.0 && x.is_finite())) {
                return Err(Error::bad(format!("table[{i}][{j}]"), row[j], "must be at least 0 and finite"));
            }
        }
        let all: Vec<f64> = rows.iter().flatten().copied().collect();
        if all.iter().all(|&x| x == 0.0) {
            return Err(Error::bad("table", "0 throughout", "must not all be 0"));
        }
        Ok(Self { joint: Categorical::from_weights(&all)?, columns })
    }

    /// The joint distribution, row by row.
    pub fn joint(&self) -> &Categorical {
        &self.joint
    }

    /// The distribution of the rows.
    pub fn rows(&self) -> Categorical {
        Categorical::from_pairs(&self.margins().0)
    }

    /// The distribution of the columns.
    pub fn columns(&self) -> Categorical {
        Categorical::from_pairs(&self.margins().1)
    }

    /// Sums of the rows and of the columns.
    fn margins(&self) -> (Vec<Double>, Vec<Double>) {
        let mut rows = vec![(0.0, 0.0); self.joint.len() / self.columns];
        let mut columns = vec![(0.0, 0.0); self.columns];
        for (k, p) in self.joint.pairs().enumerate() {
            let (i, j) = (k / self.columns, k % self.columns);
            rows[i] = double::add(rows[i], p);
            columns[j] = double::add(columns[j], p);
        }
        (rows, columns)
    }

    /// Each cell of the joint distribution beside the product of its margins, row by row. The products are
    /// taken in pairs of doubles, so that a table that is nearly independent keeps its digits.
    pub fn cells(&self) -> Vec<Cell> {
        let (rows, columns) = self.margins();
        let cell = |(k, p): (usize, Double)| {
            let (row, column) = (rows[k / self.columns], columns[k % self.columns]);
            let product = double::times(row, column);
            if p.0 > 0.0 && product.0 < 1e-290 {
                // Too small for a number, or nearly: its logarithm is not.
                let ln_q = row.0.ln() + column.0.ln();
                return Cell::from_ratio(p.0, product.0, p.0.ln() - ln_q, ln_q);
            }
            Cell::from_pairs(p, product)
        };
        self.joint.pairs().enumerate().map(cell).collect()
    }

    /// I(X; Y) = D(joint‖product of the margins) = H(X) + H(Y) − H(X, Y) ≥ 0.
    pub fn mutual_information(&self) -> Answer {
        let cells = self.cells();
        if cells.iter().all(|c| c.difference == 0.0) {
            return Answer::exact(0.0);
        }
        // A difference far below the rests of rounding is noise: independent, as far as can be told.
        let noise = cells.iter().map(|c| c.p * EPS * EPS).fold(0.0, f64::max);
        let answer = Answer::sum(sum(cells.iter().map(Cell::kl)), 0);
        // A cell that is empty adds the product itself, without a logarithm.
        let size = |c: &Cell| if c.log_ratio.is_finite() { c.log_ratio.abs() } else { 0.0 };
        let floor: f64 = cells.iter().map(|c| 16.0 * noise * size(c) + f64::MIN_POSITIVE).sum();
        Answer { error: answer.error + floor, ..answer }
    }

    /// H(X, Y).
    pub fn joint_entropy(&self) -> Answer {
        entropy::categorical(&self.joint)
    }

    /// H(X|Y) = −Σ p(x, y) ln p(x|y) for X the rows and Y the columns.
    pub fn rows_given_columns(&self) -> Answer {
        let (_, columns) = self.margins();
        self.conditional(|k| columns[k % self.columns])
    }

    /// H(Y|X) for X the rows and Y the columns.
    pub fn columns_given_rows(&self) -> Answer {
        let (rows, _) = self.margins();
        self.conditional(|k| rows[k / self.columns])
    }

    fn conditional(&self, given: impl Fn(usize) -> Double) -> Answer {
        let terms = self.joint.pairs().enumerate().map(|(k, p)| -Cell::from_pairs(p, given(k)).signed_term());
        let value = sum(terms) + 0.0;
        if value == 0.0 { Answer::exact(0.0) } else { Answer::sum(value, 0) }
    }
}

/// −½ ln(1 − ρ²): the mutual information of two normals with this correlation; infinite at ±1.
///
/// # Errors
/// Names `rho` if it is not between −1 and 1.
pub fn of_correlation(rho: f64) -> Result<Answer> {
    if !(-1.0..=1.0).contains(&rho) {
        return Err(Error::bad("rho", rho, "must be between -1 and 1"));
    }
    if rho.abs() == 1.0 {
        let cause = Text::new("at a correlation of 1 or -1 each determines the other");
        return Ok(Answer::infinite(cause, Method::ClosedForm));
    }
    let inside = if rho.abs() < 0.5 { (-rho * rho).ln_1p() } else { ((1.0 - rho) * (1.0 + rho)).ln() };
    Ok(closed(-0.5 * inside))
}

/// The mutual information of the two coordinates of a normal in the plane.
pub fn of_normal2(p: &Normal2) -> Answer {
    let [xx, xy, yy] = p.cov();
    let square = (xy / xx) * (xy / yy);
    closed(-0.5 * if square < 0.5 { (-square).ln_1p() } else { p.det_ratio().ln() })
}

/// What so many heads and tails teach about a coin: D(posterior‖prior).
///
/// # Errors
/// As [`Beta::new`], where a count is negative or not finite.
pub fn gain(prior: &Beta, heads: f64, tails: f64) -> Result<Answer> {
    Ok(kl::beta(&prior.updated(heads, tails)?, prior))
}

/// What `n` tosses will teach on average: the mutual information of the coin and the number of heads,
/// Σ P(k)·D(posterior after k‖prior) with P(k) the beta-binomial (Lindley 1956).
///
/// # Errors
/// Refuses more than 10 000 tosses.
pub fn expected_gain(prior: &Beta, n: u32) -> Result<Answer> {
    if n > 10_000 {
        return Err(Error::bad("n", n, "must be at most 10000"));
    }
    let total = f64::from(n);
    let mut answers = Vec::new();
    for k in 0..=n {
        answers.push(gain(prior, f64::from(k), total - f64::from(k))?);
    }
    let weights = beta_binomial(prior, n);
    let value = sum(answers.iter().zip(&weights).map(|(a, w)| a.value * w));
    let error = sum(answers.iter().zip(&weights).map(|(a, w)| a.error * w));
    Ok(Answer { error: error + 64.0 * EPS * value, ..Answer::sum(value, 0) })
}

/// The probabilities of 0 to `n` heads when the coin itself is drawn from the prior.
pub fn beta_binomial(prior: &Beta, n: u32) -> Vec<f64> {
    let (a, b, total) = (prior.a(), prior.b(), f64::from(n));
    // Ratios of neighbours, multiplied up in logarithms.
    let mut log = crate::numeric::sums::Sum::default();
    let logs: Vec<f64> = (0..=n)
        .map(f64::from)
        .map(|k| {
            let here = log.value();
            log.add(((total - k) / (k + 1.0) * ((a + k) / (b + total - k - 1.0))).ln());
            here
        })
        .collect();
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = logs.iter().map(|l| (l - top).exp()).collect();
    let all = sum(weights.iter().copied());
    weights.iter().map(|w| w / all).collect()
}

/// E_π\[reward\] − E_ref\[reward\] = beta·(D(π‖ref) + D(ref‖π)): what tilting gains, never negative. Replies that
/// the reference never gives have no part in it.
pub fn reward_gain(tilted: &Tilted) -> Answer {
    let both = f::jeffreys_categorical(tilted.policy(), tilted.reference());
    bounded(tilted.beta() * both.value, tilted.beta() * both.error)
}

/// The policy that draws `n` replies from `reference` and keeps the best, with replies listed in increasing
/// reward: P(i) = F(i)ⁿ − F(i−1)ⁿ; beside the reference, reply by reply.
///
/// # Errors
/// Names `n` if it is 0.
pub fn best_of_n(reference: &Categorical, n: u32) -> Result<Vec<Cell>> {
    if n == 0 {
        return Err(Error::bad("n", n, "must be at least 1"));
    }
    let power = f64::from(n);
    let mut below: Double = (0.0, 0.0);
    let cells = reference.pairs().zip(reference.logs()).map(|(p, &ln_p)| {
        let upto = double::add(below, p);
        let ratio = below.0 / upto.0;
        below = upto;
        if n == 1 || p.0 == 0.0 {
            return Cell { ln_q: ln_p, ..Cell::from_pairs(p, p) };
        }
        // ln F(i)ⁿ + ln(1 − (F(i−1)/F(i))ⁿ), from the smaller of the two parts of F(i).
        let whole = power * crate::dist::bernoulli::ln_pair(upto);
        let part =
            if ratio < 0.5 { (-ratio.powf(power)).ln_1p() } else { (-(power * (-p.0 / upto.0).ln_1p()).exp_m1()).ln() };
        let ln_policy = whole + part;
        Cell::from_ratio(ln_policy.exp(), p.0, ln_policy - ln_p, ln_p)
    });
    Ok(cells.collect())
}

/// D(best of n‖reference) in nats; below ln n − (n−1)/n (Beirami et al. 2024).
///
/// # Errors
/// As [`best_of_n`].
pub fn best_of_n_divergence(reference: &Categorical, n: u32) -> Result<Answer> {
    let cells = best_of_n(reference, n)?;
    if cells.iter().all(|c| c.difference == 0.0) {
        return Ok(Answer::exact(0.0));
    }
    let value = sum(cells.iter().map(Cell::kl));
    let noise = sum(cells.iter().filter(|c| c.q > 0.0).map(|c| c.difference.abs() * (c.log_ratio.abs() + 2.0)));
    Ok(Answer { error: 16.0 * EPS * (value + noise), ..Answer::sum(value, 0) })
}

/// ln n − (n−1)/n, what best of n diverges at most.
pub fn best_of_n_bound(n: u32) -> f64 {
    let n = f64::from(n.max(1));
    n.ln() - (n - 1.0) / n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_with_empty_cells_has_a_finite_error() -> Result<()> {
        // Each tells the other: ln 2. And from the reference values: 0.2157615543388….
        for (rows, want) in
            [([[0.5, 0.0], [0.0, 0.5]], std::f64::consts::LN_2), ([[0.5, 0.25], [0.0, 0.25]], 0.215_761_554_338_835_70)]
        {
            let answer = Table::new(&rows.map(|row| row.to_vec()))?.mutual_information();
            assert!((answer.value - want).abs() < 1e-15, "{}", answer.value);
            assert!(answer.error > 0.0 && answer.error < 1e-14, "{}", answer.error);
        }
        Ok(())
    }
}
