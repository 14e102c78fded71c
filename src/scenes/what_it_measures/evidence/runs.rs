//! Runs of tosses, and the evidence that each has gathered.

use super::{LENGTH, ODDS, RUNS};
use crate::dist::bernoulli::Bernoulli;
use crate::numeric::rng::Rng;
use crate::topics::evidence::Evidence;

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

/// Tails and heads among the first `n` observations.
pub fn counts(n: usize, heads: u32) -> [u32; 2] {
    [(n as u32).saturating_sub(heads), heads]
}

/// The evidence of a run after `n` observations.
pub fn standing(case: &Evidence, run: &Run, n: usize) -> f64 {
    run.get(n).map_or(0.0, |heads| case.value(counts(n, *heads)))
}

/// The first observation after which a run has reached the odds, if it has by `n`.
pub fn passes(case: &Evidence, run: &Run, n: usize) -> Option<usize> {
    (0..=n.min(run.len().saturating_sub(1))).find(|k| case.reaches(counts(*k, run[*k]), ODDS))
}
