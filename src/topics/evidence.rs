//! Evidence: what tosses of one coin say about it against another, ln(P/Q) of all that was seen.
//!
//! A toss of P adds D(P‖Q) on average (I. J. Good, "Probability and the weighing of evidence", 1950; the expected
//! weight of evidence). Evidence e multiplies the odds by eᵉ, whatever they were before.

use crate::dist::Bernoulli;
use crate::divergence::answer::Answer;
use crate::divergence::answer::too_large;
use crate::divergence::{cell, kl};
use crate::numeric::root::bracketed;
use crate::numeric::tolerance::EPS;
use crate::quantity::Method;
use crate::text::Text;

/// The case of a coin P, which is tossed, against a coin Q.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The coin that is tossed.
    pub p: Bernoulli,
    /// The coin it is told from.
    pub q: Bernoulli,
    /// D(P‖Q): what a toss adds on average, in nats.
    pub divergence: Answer,
    /// ln(p/q) of tails and of heads, in nats: what each adds.
    pub gains: [f64; 2],
}

impl Evidence {
    /// The case of these two coins.
    pub fn new(p: Bernoulli, q: Bernoulli) -> Self {
        let gains = cell::of_coins(&p, &q).map(|cell| cell.log_ratio);
        Self { divergence: kl::bernoulli(&p, &q), gains, p, q }
    }

    /// ln(P/Q) of so many tails and heads; infinite as soon as one has come that Q rules out.
    pub fn value(&self, counts: [u32; 2]) -> f64 {
        // What has not been seen adds nothing, even if it would add infinitely much.
        counts.iter().zip(self.gains).map(|(&n, gain)| if n == 0 { 0.0 } else { f64::from(n) * gain }).sum()
    }

    /// The same with its error and, if it is infinite, its cause.
    pub fn of(&self, counts: [u32; 2]) -> Answer {
        let value = self.value(counts);
        if value.is_infinite() {
            let seen = if counts[1] > 0 && self.gains[1].is_infinite() { "heads" } else { "tails" };
            let cause = Text::new("P has given {outcome}, which Q calls impossible").with("outcome", Text::new(seen));
            return Answer::infinite(cause, Method::Sum);
        }
        Answer { error: self.noise(counts), ..Answer::sum(value, 2) }
    }

    /// The rounding of the evidence: its two terms may cancel, so that it is relative to their sizes.
    fn noise(&self, counts: [u32; 2]) -> f64 {
        let seen = counts.iter().zip(self.gains).filter(|(n, gain)| **n > 0 && gain.is_finite());
        16.0 * EPS * seen.map(|(&n, gain)| f64::from(n) * gain.abs()).sum::<f64>()
    }

    /// The side of the coin that Q rules out and P does not, with its probability under P.
    pub fn settling(&self) -> Option<(&'static str, f64)> {
        let found = self.gains.iter().position(|gain| *gain == f64::INFINITY)?;
        Some(if found == 0 { ("tails", self.p.tails().0) } else { ("heads", self.p.p()) })
    }

    /// After how many tosses the average evidence has reached these odds, ln(odds)/D rounded up: one fewer would not do.
    /// Where Q rules a side out nothing else speaks for P, and it is the mean wait for that side, which need not be
    /// whole; where the coins are equal it is infinite.
    pub fn tosses(&self, odds: f64) -> Answer {
        if self.divergence.value == 0.0 {
            let cause = Text::new("P and Q are the same coin: no observation tells them apart");
            return Answer::infinite(cause, self.divergence.method);
        }
        let (expected, settled) = match self.settling() {
            Some((_, chance)) => (1.0 / chance, true),
            None => (odds.ln() / self.divergence.value, false),
        };
        let near = expected.round();
        match (expected - near).abs() <= 64.0 * EPS * expected {
            _ if expected.is_infinite() => Answer::infinite(too_large(), Method::ClosedForm),
            // Whole, but for rounding.
            true => Answer::exact(near.max(1.0)),
            false if settled => Answer::closed_form(expected),
            false => Answer::exact(expected.ceil()),
        }
    }

    /// Whether so many tails and heads bring these odds for P, as far as rounding lets it be told.
    pub fn reaches(&self, counts: [u32; 2], odds: f64) -> bool {
        self.value(counts) >= odds.ln() - self.noise(counts)
    }

    /// Whether they bring these odds for Q.
    pub fn misleads(&self, counts: [u32; 2], odds: f64) -> bool {
        self.value(counts) <= self.noise(counts) - odds.ln()
    }
}

/// eᵉ, the odds that evidence e brings: how many times as likely what was seen is under P as under Q.
pub fn odds(evidence: &Answer) -> Answer {
    let value = evidence.value.exp();
    if value.is_infinite() {
        return Answer::infinite(evidence.cause.clone().unwrap_or_else(too_large), Method::Sum);
    }
    let error = value * (evidence.error.exp_m1() + 4.0 * EPS);
    Answer { value, error, ..evidence.clone() }
}

/// The probability of heads, on the side of P on which Q is, at which D(P‖Q) is `target` ≥ 0 nats. Where the
/// divergence can't be as large it is that of the coin that never gives one side.
pub fn model(p: &Bernoulli, q: &Bernoulli, target: f64) -> f64 {
    let below = q.p() < p.p() || (q.p() == p.p() && p.p() > 0.0);
    let end = if below { 0.0 } else { 1.0 };
    let excess = |q: f64| Bernoulli::new(q).map_or(f64::NAN, |q| kl::bernoulli(p, &q).value - target);
    if target.is_nan() || target.is_infinite() { end } else { bracketed(p.p(), end, 1e-6, excess).unwrap_or(end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(p: f64, q: f64) -> Evidence {
        Evidence::new(Bernoulli::new(p).unwrap(), Bernoulli::new(q).unwrap())
    }

    #[test]
    fn evidence_is_the_log_of_the_ratio_of_two_likelihoods() {
        // 0.6⁷·0.4³ / 0.5¹⁰ = 1.8345885…; and counts in P's own proportions give the divergence of each toss.
        let coins = case(0.6, 0.5);
        let ratio: f64 = 0.6f64.powi(7) * 0.4f64.powi(3) / 0.5f64.powi(10);
        let answer = coins.of([3, 7]);
        assert!((answer.value - ratio.ln()).abs() <= answer.error + 1e-15);
        assert!((odds(&answer).value - ratio).abs() < 1e-14);
        assert!((coins.value([4, 6]) - 10.0 * coins.divergence.value).abs() < 1e-15);
        assert_eq!(coins.of([0, 0]), Answer { method: Method::Sum, ..Answer::exact(0.0) });
    }

    #[test]
    fn twenty_to_one_takes_three_nats() {
        assert_eq!(case(0.6, 0.5).tosses(20.0).value, 149.0);
        // Four fair tosses that all fall heads are 16 : 1 for the coin that always does.
        let always = case(1.0, 0.5);
        assert_eq!((always.tosses(20.0), always.tosses(16.0).value), (Answer::exact(5.0), 4.0));
        assert_eq!([4, 5].map(|n| always.reaches([0, n], 20.0)), [false, true]);
        // What is twenty to one already is: 0.05 is a twentieth, though its double is not.
        let twentieth = case(1.0, 0.05);
        assert_eq!((twentieth.tosses(20.0).value, twentieth.reaches([0, 1], 20.0)), (1.0, true));
        assert_eq!((case(0.0, 0.95).tosses(20.0).value, case(0.0, 0.95).tosses(20.1).value), (1.0, 2.0));
        // A side that Q rules out settles it when it comes: after 1/0.15 tosses on average, or after 4 exactly.
        let sure = case(0.15, 0.0);
        assert_eq!((sure.tosses(20.0).value, sure.settling()), (1.0 / 0.15, Some(("heads", 0.15))));
        assert_eq!(case(0.25, 0.0).tosses(20.0), Answer::exact(4.0));
        assert_eq!((sure.value([3, 0]) < 0.0, sure.value([3, 1])), (true, f64::INFINITY));
        assert_eq!(sure.of([3, 1]).cause.unwrap().english(), "P has given heads, which Q calls impossible");
        assert_eq!(case(0.5, 1.0).settling(), Some(("tails", 0.5)));
        assert!(case(0.4, 0.4).tosses(20.0).cause.is_some());
        assert_eq!(case(0.0, 0.0).value([9, 0]), 0.0);
    }

    #[test]
    fn no_fewer_tosses_bring_the_odds_on_average() {
        for k in 0..=20 {
            for l in 1..20 {
                let coins = case(f64::from(k) / 20.0, f64::from(l) / 20.0);
                let (n, d) = (coins.tosses(20.0).value, coins.divergence.value);
                if k != l {
                    let slack = 1e-13 * n * d;
                    assert!(n * d >= 20f64.ln() - slack && (n - 1.0) * d < 20f64.ln() - slack, "{k} {l}: {n} {d}");
                }
            }
        }
    }

    #[test]
    fn the_model_at_a_divergence_is_on_the_side_where_it_was() {
        for (p, q, target) in [(0.6, 0.7, 0.02), (0.6, 0.5, 0.02), (0.1, 0.3, 1.0), (0.9, 0.2, 1e-3)] {
            let [p, q] = [p, q].map(|v| Bernoulli::new(v).unwrap());
            let found = Bernoulli::new(model(&p, &q, target)).unwrap();
            assert!((kl::bernoulli(&p, &found).value - target).abs() < 1e-5, "{p:?} {target}: {found:?}");
            assert_eq!(found.p() > p.p(), q.p() > p.p());
        }
        let fair = Bernoulli::new(0.5).unwrap();
        assert_eq!(model(&fair, &Bernoulli::new(0.2).unwrap(), f64::INFINITY), 0.0);
        // From a coin that never gives heads every divergence lies on the one side there is.
        let never = Bernoulli::new(0.0).unwrap();
        assert!(model(&never, &fair, 1e9) > 1.0 - 1e-5);
        assert_eq!(model(&never, &fair, f64::INFINITY), 1.0);
    }
}
