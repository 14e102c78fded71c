//! Rényi divergence of order α > 0: ln(∫p^α q^(1−α))/(α − 1), with D(P‖Q) at α = 1.
//!
//! It grows with α. Sources: van Erven, Harremoës 2014; for normals Gil, Alajaji, Linder 2013.

use crate::dist::{Bernoulli, Categorical, Normal};
use crate::divergence::answer::Answer;
use crate::divergence::cell::{Cell, Discrete, categoricals, coins};
use crate::divergence::closed::closed;
use crate::numeric::cancellation::phi;
use crate::numeric::double::difference_of_products;
use crate::numeric::sums::sum;
use crate::numeric::tolerance::EPS;
use crate::quantity::Method;
use crate::text::Text;

/// Rényi divergence of two coins.
pub fn bernoulli(alpha: f64, p: &Bernoulli, q: &Bernoulli) -> Answer {
    discrete(alpha, &coins(p, q))
}

/// Rényi divergence of two categorical distributions.
pub fn categorical(alpha: f64, p: &Categorical, q: &Categorical) -> Answer {
    discrete(alpha, &categoricals(p, q))
}

fn discrete<C: AsRef<[Cell]>>(alpha: f64, pair: &Discrete<C>) -> Answer {
    if alpha == 1.0 {
        return pair.sum(Cell::kl);
    }
    let logs: Vec<f64> = pair.cells().iter().map(|c| c.ln_mixed(alpha)).collect();
    let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::INFINITY {
        return pair.infinite();
    }
    if largest == f64::NEG_INFINITY {
        return Answer::infinite(Text::new("P and Q share no outcome"), Method::Sum);
    }
    let divergence = pair.sum(|c| c.alpha(alpha));
    let of_log = |ln_sum: f64| ln_sum / (alpha - 1.0);
    from_alpha(alpha, &divergence, || of_log(largest + sum(logs.iter().map(|l| (l - largest).exp())).ln()))
}

/// The Rényi divergence from the α-divergence, ln(1 + α(α−1)·A)/(α−1), or `direct`ly where the integral
/// ∫p^α q^(1−α) is far from 1.
pub(crate) fn from_alpha(alpha: f64, divergence: &Answer, direct: impl Fn() -> f64) -> Answer {
    let excess = alpha * (alpha - 1.0) * divergence.value;
    if (-0.5..1.0).contains(&excess) {
        // (ln(1+x)/x)·αA, which is continuous through α = 1.
        let value =
            if excess == 0.0 { alpha * divergence.value } else { alpha * divergence.value * (excess.ln_1p() / excess) };
        let slope = alpha / (1.0 + excess);
        return Answer { value, error: slope * divergence.error + 4.0 * EPS * value, ..divergence.clone() };
    }
    let value = direct().max(0.0);
    // The logarithm of a sum whose terms are right to a few ulp, some of them with exponents of this size.
    let error = 16.0 * EPS * (value + (1.0 + alpha * value) / (alpha - 1.0).abs());
    Answer { value, error, cause: None, ..divergence.clone() }
}

/// ln(σq/σp) + ln(σq²/v)/(2(α−1)) + αΔ²/(2v) with v = ασq² + (1−α)σp²; infinite where v ≤ 0.
pub fn normal(alpha: f64, p: &Normal, q: &Normal) -> Answer {
    let ratio = p.sd() / q.sd();
    let s = 1.0 - alpha;
    // e = 1 − σp²/σq², and v/σq² = 1 − s·e.
    let e = (q.sd() - p.sd()) / q.sd() * (1.0 + ratio);
    let v = if (s * e).abs() < 0.5 {
        1.0 - s * e
    } else {
        // ασq² − (α−1)σp², whose two products may nearly cancel.
        let scale = -libm::ilogb(p.sd().max(q.sd()));
        let [from, to] = [p.sd(), q.sd()].map(|sd| libm::scalbn(sd, scale));
        difference_of_products(alpha * to, to, (alpha - 1.0) * from, from) / to / to
    };
    if v <= 0.0 {
        return Answer::infinite(
            Text::new("P's tails are too heavy for this order: p^α·q^(1−α) grows outwards"),
            Method::ClosedForm,
        );
    }
    let z = (p.mean() - q.mean()) / q.sd();
    let means = 0.5 * alpha * z * z / v;
    let spreads = if e.abs() <= 0.5 && (s * e).abs() <= 0.5 {
        0.5 * phi(-e) - if s == 0.0 { 0.0 } else { 0.5 * phi(-s * e) / s }
    } else {
        let growth = if s == 0.0 {
            -e
        } else if (s * e).abs() < 0.5 {
            (-s * e).ln_1p() / s
        } else {
            v.ln() / s
        };
        (q.sd().ln() - p.sd().ln()) + 0.5 * growth
    };
    // Where v is nearly 0 its own rounding is magnified.
    let magnified = (1.0 + alpha * ratio * ratio + alpha) / v;
    let answer = closed((spreads + means).max(0.0));
    let error = 8.0 * EPS * (answer.value + magnified * (means + 1.0 / s.abs().max(1.0)).min(answer.value.max(1.0)));
    Answer { error: answer.error.max(if v < 0.25 { error } else { 0.0 }), ..answer }
}
