//! Detours: D(P‖R) beside D(P‖Q) + D(Q‖R), the law of cosines of information geometry.

use crate::dist::Bernoulli;
use crate::divergence::answer::Answer;
use crate::divergence::cell::of_coins;
use crate::divergence::closed::bounded;
use crate::numeric::tolerance::EPS;

/// What the way via Q saves, in nats: D(P‖R) − D(P‖Q) − D(Q‖R) = (p − q)·(logit q − logit r) for three coins; below 0
/// where the detour is longer, 0 where Pythagoras' theorem holds. `None` where Q or R gives one side only, so that the
/// difference is not that of numbers.
///
/// I. Csiszár, "I-divergence geometry of probability distributions and minimization problems", Annals of Probability
/// 3 (1975).
pub fn saved(p: &Bernoulli, q: &Bernoulli, r: &Bernoulli) -> Option<Answer> {
    if [q, r].iter().any(|coin| coin.p() == 0.0 || coin.p() == 1.0) {
        return None;
    }
    // logit q − logit r, by log-ratios that keep their digits where the coins nearly agree.
    let [tails, heads] = of_coins(q, r).map(|cell| cell.log_ratio);
    let [_, from] = of_coins(p, q);
    let value = from.difference * (heads - tails);
    // The two log-ratios have opposite signs, so that nothing cancels.
    Some(bounded(value, if value == 0.0 { 0.0 } else { 16.0 * EPS * value.abs() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::kl;

    #[test]
    fn the_saving_is_the_straight_way_less_both_legs() {
        let coin = |p| Bernoulli::new(p).unwrap();
        for (p, q, r) in [(0.5, 0.25, 0.1), (0.25, 0.5, 0.1), (0.0, 0.3, 0.9), (1.0, 0.3, 0.31), (0.4, 0.4, 0.2)] {
            let [p, q, r] = [p, q, r].map(coin);
            let d = |a, b| kl::bernoulli(a, b).value;
            let want = d(&p, &r) - d(&p, &q) - d(&q, &r);
            let got = saved(&p, &q, &r).unwrap();
            assert!((got.value - want).abs() < 4e-16 + got.error, "{p:?} {q:?} {r:?}: {} {want}", got.value);
        }
        // 0.5108256 − 0.2361728 for 0.5, 0.25 and 0.1.
        let known = saved(&coin(0.5), &coin(0.25), &coin(0.1)).unwrap().value;
        assert!((known - 0.25 * 3f64.ln()).abs() < 1e-15, "logit 0.25 − logit 0.1 = ln 9 − ln 3");
        assert_eq!(saved(&coin(0.5), &coin(0.0), &coin(0.1)), None);
        assert_eq!(saved(&coin(0.5), &coin(0.2), &coin(0.2)).unwrap().value, 0.0);
    }
}
