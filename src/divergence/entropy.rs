//! Entropy H(P) = −E_P[ln p] and cross-entropy H(P, Q) = −E_P[ln q] = H(P) + D(P‖Q), in nats.
//!
//! For densities both are differential: they may be negative, and change with the unit of x.

use std::f64::consts::{LN_2, PI};

use crate::dist::density::Density as _;
use crate::dist::{
    Bernoulli, Beta, Categorical, Cauchy, DiagonalNormal, Exponential, Laplace, Normal, Normal2, Poisson,
    TruncatedNormal, Uniform,
};
use crate::divergence::answer::Answer;
use crate::divergence::answer::too_large;
use crate::divergence::cell::{categoricals, coins};
use crate::divergence::kl;
use crate::numeric::special::HALF_LN_2_PI;
use crate::numeric::sums::sum;
use crate::numeric::tolerance::EPS;

/// −p ln p − (1−p) ln(1−p), at most ln 2.
pub fn bernoulli(p: &Bernoulli) -> Answer {
    let [tails, heads] = p.logs();
    of_probabilities([p.tails().0, p.p()].into_iter().zip([tails, heads]))
}

/// −Σ p ln p, at most ln K.
pub fn categorical(p: &Categorical) -> Answer {
    of_probabilities(p.probs().iter().copied().zip(p.logs().iter().copied()))
}

/// −Σ p ln p for probabilities with their logarithms.
fn of_probabilities(outcomes: impl Iterator<Item = (f64, f64)>) -> Answer {
    // Adding 0 turns the −0 of a certain outcome into 0.
    let value = -sum(outcomes.map(|(p, ln)| if p == 0.0 { 0.0 } else { p * ln })) + 0.0;
    if value == 0.0 { Answer::exact(0.0) } else { Answer::sum(value, 0) }
}

/// −Σ p ln q for two coins.
pub fn cross_bernoulli(p: &Bernoulli, q: &Bernoulli) -> Answer {
    cross(&coins(p, q))
}

/// −Σ p ln q for two categorical distributions.
pub fn cross_categorical(p: &Categorical, q: &Categorical) -> Answer {
    cross(&categoricals(p, q))
}

fn cross<C: AsRef<[crate::divergence::Cell]>>(pair: &crate::divergence::cell::Discrete<C>) -> Answer {
    let value = -sum(pair.cells().iter().map(|c| if c.p == 0.0 { 0.0 } else { c.p * c.ln_q })) + 0.0;
    if value.is_infinite() {
        pair.infinite()
    } else if value == 0.0 {
        Answer::exact(0.0)
    } else {
        Answer::sum(value, 0)
    }
}

/// The perplexity e^H of an entropy or a cross-entropy in nats: the number of equally likely outcomes that would be
/// as hard to guess, 1 or more for probabilities, +∞ where H is.
///
/// F. Jelinek and others, "Perplexity: a measure of the difficulty of speech recognition tasks", 1977.
#[must_use]
pub fn perplexity(entropy: &Answer) -> Answer {
    let value = entropy.value.exp();
    if value.is_infinite() {
        let cause = entropy.cause.clone().unwrap_or_else(too_large);
        return Answer::infinite(cause, entropy.method);
    }
    let exp = Answer::closed_form(value);
    // d(e^H) = e^H·dH.
    Answer { error: exp.error + value * entropy.error, ..exp }
}

/// ln σ + ½ ln 2πe.
pub fn normal(p: &Normal) -> Answer {
    parts(&[p.sd().ln(), HALF_LN_2_PI + 0.5])
}

/// ln σq + ½ ln 2π + (σp² + Δ²)/(2σq²).
pub fn cross_normal(p: &Normal, q: &Normal) -> Answer {
    let distance = p.sd().hypot(p.mean() - q.mean()) / q.sd();
    parts(&[q.sd().ln(), HALF_LN_2_PI, 0.5 * distance * distance])
}

/// The sum over the dimensions.
pub fn diagonal_normal(p: &DiagonalNormal) -> Answer {
    let logs: Vec<f64> = p.sd().iter().flat_map(|s| [s.ln(), HALF_LN_2_PI + 0.5]).collect();
    parts(&logs)
}

/// ln(2πe) + ½ ln det Σ.
pub fn normal2(p: &Normal2) -> Answer {
    let [l00, _, l11] = p.cholesky();
    parts(&[2.0 * HALF_LN_2_PI + 1.0, l00.ln(), l11.ln()])
}

/// ln(high − low).
pub fn uniform(p: &Uniform) -> Answer {
    parts(&[p.width().ln()])
}

/// 1 + ln 2b.
pub fn laplace(p: &Laplace) -> Answer {
    parts(&[1.0 + LN_2, p.scale().ln()])
}

/// 1 − ln λ.
pub fn exponential(p: &Exponential) -> Answer {
    parts(&[1.0, -p.rate().ln()])
}

/// ln 4πγ.
pub fn cauchy(p: &Cauchy) -> Answer {
    parts(&[(4.0 * PI).ln(), p.scale().ln()])
}

/// −D(P‖uniform on [0, 1]), at most 0.
pub fn beta(p: &Beta) -> Answer {
    let from_uniform = kl::beta(p, &Beta::uniform());
    Answer { value: -from_uniform.value + 0.0, ..from_uniform }
}

/// ln(σ√(2π)·Z) + ½E\[z²\], where Z is the mass between the ends and E\[z²\] = 1 + (αφ(α) − βφ(β))/Z.
pub fn truncated_normal(p: &TruncatedNormal) -> Answer {
    // z·φ(z)/Z is the density at the end, times its distance from the mean.
    let edge = |x: f64| (x - p.mean()) * p.pdf(x);
    parts(&[p.sd().ln(), HALF_LN_2_PI, p.ln_mass(), 0.5, 0.5 * edge(p.low()), -0.5 * edge(p.high())])
}

/// −Σ P(k) ln P(k), summed over the counts that matter; for rates above 10⁶ by the asymptotic series
/// ½ ln(2πeλ) − 1/(12λ) − 1/(24λ²) − 19/(360λ³).
pub fn poisson(p: &Poisson) -> Answer {
    let rate = p.rate();
    if rate > 1e6 {
        let w = rate.recip();
        let rest = -w * (1.0 / 12.0 + w * (1.0 / 24.0 + w * 19.0 / 360.0));
        return parts(&[HALF_LN_2_PI + 0.5, 0.5 * rate.ln(), rest]);
    }
    let (low, high) = p.window();
    let terms = (low as u64..=high as u64).map(|k| p.ln_pmf(k));
    let value = -sum(terms.map(|ln| ln * ln.exp()));
    Answer::sum(value, 16)
}

/// A closed form whose parts may cancel: its error is relative to their sizes.
fn parts(parts: &[f64]) -> Answer {
    let size: f64 = parts.iter().map(|x| x.abs()).sum();
    Answer { error: 16.0 * EPS * size, ..Answer::closed_form(sum(parts.iter().copied())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn perplexity_counts_equally_likely_outcomes() {
        for k in [2, 3, 7, 50_000] {
            let even = Categorical::from_weights(&vec![1.0; k]).unwrap();
            let found = perplexity(&categorical(&even));
            assert!((found.value - k as f64).abs() <= found.error, "{found:?}");
        }
        // 2 to the power of 1.75 bits.
        let halves = Categorical::from_weights(&[0.5, 0.25, 0.125, 0.125]).unwrap();
        let found = perplexity(&categorical(&halves));
        assert!((found.value - 2f64.powf(1.75)).abs() <= found.error, "{found:?}");
    }

    #[test]
    fn what_is_impossible_has_infinite_perplexity_and_says_why() {
        let (p, q) = (Categorical::from_weights(&[1.0, 1.0]).unwrap(), Categorical::from_weights(&[1.0, 0.0]).unwrap());
        let cross = cross_categorical(&p, &q);
        let found = perplexity(&cross);
        assert_eq!((found.value, found.error), (f64::INFINITY, 0.0));
        assert_eq!(found.cause, cross.cause);
        assert!(perplexity(&Answer::closed_form(1e4)).cause.is_some());
    }
}
