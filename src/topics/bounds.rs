//! What one divergence says about another.

use crate::divergence::answer::Answer;
use crate::divergence::closed::root;

/// √(D/2): total variation never exceeds it (Pinsker's inequality; the constant is I. Csiszár's, "Information-type
/// measures of difference of probability distributions", 1967).
pub fn pinsker(divergence: &Answer) -> Answer {
    if divergence.value.is_infinite() {
        return divergence.clone();
    }
    root(Answer { value: 0.5 * divergence.value, error: 0.5 * divergence.error, ..divergence.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::Bernoulli;
    use crate::divergence::{f, kl};

    #[test]
    fn total_variation_keeps_below_and_comes_close_for_nearly_fair_coins() {
        let coin = |p| Bernoulli::new(p).unwrap();
        for (p, q) in [(0.2, 0.7), (0.5, 0.51), (0.01, 0.99), (0.3, 0.3), (0.0, 1.0), (0.4, 0.0)] {
            let (tv, bound) = (f::tv_bernoulli(&coin(p), &coin(q)), pinsker(&kl::bernoulli(&coin(p), &coin(q))));
            assert!(tv.value <= bound.value + bound.error, "{p} {q}: {} {}", tv.value, bound.value);
        }
        let near = pinsker(&kl::bernoulli(&coin(0.5), &coin(0.501)));
        assert!((near.value / 0.001 - 1.0).abs() < 1e-5);
        assert_eq!(pinsker(&kl::bernoulli(&coin(0.3), &coin(0.3))), Answer::exact(0.0));
    }
}
