//! A case of P against Q: what observations from P say about the two.

use super::{LENGTH, ODDS, RUNS};
use crate::dist::bernoulli::Bernoulli;
use crate::divergence::{Answer, kl};
use crate::numeric::rng::Rng;
use crate::numeric::root::bracketed;
use crate::quantity::Method;
use crate::text::Text;

/// The coin that is thrown, the coin it is compared with, and what follows from the two.
pub struct Case {
    /// The true coin.
    pub p: Bernoulli,
    /// The model.
    pub q: Bernoulli,
    /// D(P‖Q), the average gain.
    pub divergence: Answer,
    /// ln(p/q) of tails and of heads.
    pub gains: [f64; 2],
}

/// The number of heads after each observation of one run, from 0.
pub type Run = Vec<u32>;

/// Runs of tosses of `p`; another coin with the same seed sees nearly the same tosses.
pub fn runs(p: &Bernoulli, seed: u64) -> Vec<Run> {
    let mut rng = Rng::new(seed);
    let run = |rng: &mut Rng| {
        let mut heads = 0;
        let tosses = (0..LENGTH).map(|_| {
            heads += u32::from(p.sample(rng));
            heads
        });
        std::iter::once(0).chain(tosses).collect()
    };
    (0..RUNS).map(|_| run(&mut rng)).collect()
}

impl Case {
    /// The case of these two coins.
    pub fn new(p: Bernoulli, q: Bernoulli) -> Self {
        let ([p_tails, p_heads], [q_tails, q_heads]) = (p.logs(), q.logs());
        Self { divergence: kl::bernoulli(&p, &q), gains: [p_tails - q_tails, p_heads - q_heads], p, q }
    }

    /// ln(P/Q) of the first `n` observations with so many heads.
    pub fn evidence_value(&self, n: usize, heads: u32) -> f64 {
        let counts = [n as f64 - f64::from(heads), f64::from(heads)];
        // What has not been seen adds nothing, even if it would add infinitely much.
        counts.iter().zip(self.gains).map(|(count, gain)| if *count == 0.0 { 0.0 } else { count * gain }).sum()
    }

    /// The same with its error, and its cause if it is infinite.
    pub fn evidence(&self, n: usize, heads: u32) -> Answer {
        let value = self.evidence_value(n, heads);
        if value.is_infinite() {
            let seen = if heads > 0 && self.gains[1].is_infinite() { "heads" } else { "tails" };
            let cause = Text::new("P has given {outcome}, which Q calls impossible").with("outcome", Text::new(seen));
            return Answer::infinite(cause, Method::Sum);
        }
        // The two terms may cancel: the error is relative to their sizes.
        let size: f64 = n as f64 * self.gains.iter().filter(|g| g.is_finite()).map(|g| g.abs()).sum::<f64>();
        Answer { error: 16.0 * f64::EPSILON * size, ..Answer::sum(value, 2) }
    }

    /// The number of observations that bring 20 : 1 odds at the average gain.
    pub fn observations(&self) -> Answer {
        let d = &self.divergence;
        if d.value == 0.0 {
            let cause = Text::new("P and Q are the same coin: no observation tells them apart");
            return Answer::infinite(cause, d.method);
        }
        let expected = if d.value.is_finite() {
            ODDS.ln() / d.value
        } else {
            // Only the outcome that Q rules out speaks for P: the mean time until it comes.
            1.0 / if self.q.p() == 0.0 { self.p.p() } else { self.p.tails().0 }
        };
        Answer { error: 0.0, ..Answer::closed_form(expected.round().max(1.0)) }
    }

    /// The first observation after which a run has 20 : 1 odds, if it has them by `n`.
    pub fn passes(&self, run: &Run, n: usize) -> Option<usize> {
        run.iter().take(n + 1).enumerate().position(|(k, heads)| self.evidence_value(k, *heads) >= ODDS.ln())
    }
}

/// The model on the same side of P whose divergence is `target`; there is one for every target up to infinity.
pub fn model(p: &Bernoulli, q: &Bernoulli, target: f64) -> f64 {
    let below = q.p() < p.p() || (q.p() == p.p() && p.p() > 0.0);
    let end = if below { 0.0 } else { 1.0 };
    if target.is_infinite() {
        return end;
    }
    let excess = |q: f64| Bernoulli::new(q).map_or(f64::NAN, |q| kl::bernoulli(p, &q).value - target);
    bracketed(p.p(), end, 1e-6, excess).unwrap_or(f64::NAN)
}

/// e to the evidence: how many times as likely the observations are under P.
pub fn odds(evidence: &Answer) -> Answer {
    let value = evidence.value.exp();
    if value.is_infinite() {
        let too_large = Text::new("larger than 10³⁰⁸, the largest number that is kept");
        return Answer::infinite(evidence.cause.clone().unwrap_or(too_large), Method::Sum);
    }
    let error = value * (evidence.error + 4.0 * f64::EPSILON);
    Answer { value, error, ..evidence.clone() }
}
