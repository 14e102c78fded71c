//! Two Poisson distributions: closed forms where there are, sums over the counts that matter where not.

use crate::dist::Poisson;
use crate::divergence::answer::Answer;
use crate::divergence::cell::Cell;
use crate::divergence::closed::{bounded, closed, root};
use crate::divergence::wasserstein::{noisy, squared_transport};
use crate::error::{Error, Result};
use crate::numeric::cancellation::{box_cox, phi};
use crate::numeric::sums::sum;
use crate::numeric::tolerance::EPS;

/// The largest rate for which sums over counts are taken (some hundred thousand terms).
pub const RATE: f64 = 1e8;

/// ½(√λp − √λq)², which is −ln ∑√(pq).
pub fn bhattacharyya(p: &Poisson, q: &Poisson) -> Answer {
    closed(Cell::new(p.rate(), q.rate()).squared_hellinger())
}

/// √(1 − e^(−B)) with B the Bhattacharyya distance.
pub fn hellinger(p: &Poisson, q: &Poisson) -> Answer {
    closed((-(-bhattacharyya(p, q).value).exp_m1()).sqrt())
}

/// e^((λp−λq)²/λq) − 1.
pub fn chi2(p: &Poisson, q: &Poisson) -> Answer {
    let exponent = Cell::new(p.rate(), q.rate()).chi_squared();
    let value = exponent.exp_m1();
    bounded(value, 16.0 * EPS * (value + exponent * (1.0 + value)))
}

/// (λp^α·λq^(1−α) − αλp − (1−α)λq)/(α − 1) = α times the α-divergence of the rates.
pub fn renyi(alpha: f64, p: &Poisson, q: &Poisson) -> Answer {
    closed(alpha * Cell::new(p.rate(), q.rate()).alpha(alpha))
}

/// The α-divergence, from ∑p^α q^(1−α) = e^((α−1)·R_α).
pub fn alpha(alpha: f64, p: &Poisson, q: &Poisson) -> Answer {
    // (e^((α−1)R) − 1)/(α(α−1)) with R = α·A: symmetric in α ↔ 1−α with P and Q exchanged.
    let rates = Cell::new(p.rate(), q.rate()).alpha(alpha);
    let exponent = alpha * (alpha - 1.0);
    let value = box_cox(exponent, rates);
    let slope = (exponent * rates).exp().max(1.0);
    bounded(value, 16.0 * EPS * (value + rates * slope))
}

/// Jensen–Shannon divergence, summed.
///
/// # Errors
/// Refuses rates above [`RATE`].
pub fn js(p: &Poisson, q: &Poisson) -> Result<Answer> {
    summed(p, q, Cell::jensen_shannon)
}

/// Total variation, summed.
///
/// # Errors
/// Refuses rates above [`RATE`].
pub fn tv(p: &Poisson, q: &Poisson) -> Result<Answer> {
    summed(p, q, Cell::total_variation)
}

/// Root of the mean squared distance to carry, under the plan that keeps the order of the counts.
///
/// # Errors
/// Refuses rates above 10⁴, for which the plan has too many steps.
pub fn w2(p: &Poisson, q: &Poisson) -> Result<Answer> {
    for (name, d) in [("p.rate", p), ("q.rate", q)] {
        if d.rate() > 1e4 {
            return Err(Error::bad(name, d.rate(), "must be at most 10000 for w2"));
        }
    }
    let ((a, b), (c, d)) = (p.window(), q.window());
    let cells: Vec<Cell> = (a.min(c) as u64..=b.max(d) as u64).map(|k| cell(p, q, k)).collect();
    Ok(root(noisy(squared_transport(&cells), cells.len())))
}

/// A sum of cells over the counts that either thinks possible.
fn summed(p: &Poisson, q: &Poisson, term: impl Fn(&Cell) -> f64) -> Result<Answer> {
    for (name, d) in [("p.rate", p), ("q.rate", q)] {
        if d.rate() > RATE {
            return Err(Error::bad(name, d.rate(), "must be at most 1e8 for a sum over counts"));
        }
    }
    if p == q {
        return Ok(Answer::exact(0.0));
    }
    let ((a, b), (c, d)) = (p.window(), q.window());
    // Two windows apart: what lies between them counts for nothing.
    let first = (a.min(c) as u64)..=(if a <= c { b } else { d }).min(b.max(d)) as u64;
    let second = ((a.max(c)).max(*first.end() as f64 + 1.0) as u64)..=(b.max(d) as u64);
    let cells = |k: u64| cell(p, q, k);
    let value = sum(first.chain(second).map(|k| term(&cells(k))));
    // Besides the terms' rounding, the tails beyond the windows.
    let answer = Answer::sum(value, 16);
    Ok(Answer { error: answer.error + 1e-29, ..answer })
}

/// Both probabilities of the count k, with their log-ratio k·ln(λp/λq) − (λp − λq) taken without cancelling.
fn cell(p: &Poisson, q: &Poisson, k: u64) -> Cell {
    let change = (p.rate() - q.rate()) / q.rate();
    let from_mean = k as f64 - q.rate();
    let t = if change.abs() < 0.5 {
        from_mean * change.ln_1p() - q.rate() * phi(change)
    } else {
        k as f64 * (p.rate().ln() - q.rate().ln()) - (p.rate() - q.rate())
    };
    // The larger of the two from its own formula, the other by the ratio.
    let (ln_p, ln_q) = (p.ln_pmf(k), q.ln_pmf(k));
    let q_value = if t > 0.0 { (ln_p - t).exp() } else { ln_q.exp() };
    let p_value = if t > 0.0 { ln_p.exp() } else { (ln_q + t).exp() };
    let difference = if t.abs() < 1.0 { q_value * t.exp_m1() } else { p_value - q_value };
    Cell { p: p_value, q: q_value, difference, log_ratio: t, ln_q }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms_and_sums_agree() {
        for (a, b) in [(3.0, 4.5), (0.2, 0.3), (150.0, 151.0)] {
            let (p, q) = (Poisson::new(a).unwrap(), Poisson::new(b).unwrap());
            let near = |closed: f64, term: &dyn Fn(&Cell) -> f64| {
                let sum = summed(&p, &q, term).unwrap().value;
                assert!((closed / sum - 1.0).abs() < 1e-12, "{a} {b}: {closed} {sum}");
            };
            near(crate::divergence::kl::poisson(&p, &q).value, &Cell::kl);
            near(chi2(&p, &q).value, &Cell::chi_squared);
            near(hellinger(&p, &q).value.powi(2), &Cell::squared_hellinger);
            for order in [-0.5, 0.3, 0.999_999, 1.7] {
                near(alpha(order, &p, &q).value, &|c: &Cell| c.alpha(order));
            }
        }
    }

    #[test]
    fn carrying_counts_costs_what_the_moments_allow() {
        let (p, q) = (Poisson::new(30.0).unwrap(), Poisson::new(42.0).unwrap());
        let (w1, w2) = (12f64, w2(&p, &q).unwrap());
        // At least the difference of the means, at most that of independent draws; and Poissons are nearly
        // normal, for which it is √(Δmean² + Δsd²), but for the spacing of 1.
        let normal = w1.hypot(30f64.sqrt() - 42f64.sqrt());
        assert!(w2.value > w1 && (w2.value - normal).abs() < 0.03, "{w2:?} {normal}");
    }

    #[test]
    fn rates_far_apart_share_nothing_and_too_large_ones_are_refused() {
        let poisson = |rate| Poisson::new(rate).unwrap();
        assert!((tv(&poisson(1.0), &poisson(1e6)).unwrap().value - 1.0).abs() < 1e-10);
        let message = js(&poisson(1.0), &poisson(1e9)).unwrap_err().to_string();
        assert_eq!(message, "q.rate: 1000000000 must be at most 1e8 for a sum over counts");
        assert_eq!(tv(&poisson(2.0), &poisson(2.0)).unwrap(), Answer::exact(0.0));
    }
}
