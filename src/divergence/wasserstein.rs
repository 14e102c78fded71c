//! Wasserstein distances: how far mass must be carried to turn P into Q. W1 is the mean distance, W2 the root
//! of the mean squared distance, both under the best plan, which on the line keeps the order.
//!
//! Outcomes of discrete distributions lie at their numbers 0, 1, 2, …, one apart.

use std::f64::consts::{FRAC_1_SQRT_2, PI, SQRT_2};

use crate::dist::{
    Bernoulli, Categorical, Cauchy, DiagonalNormal, Exponential, Laplace, Normal, Normal2, Poisson, Uniform,
};
use crate::divergence::answer::Answer;
use crate::divergence::cell::{self, Cell};
use crate::divergence::closed::{closed, root};
use crate::numeric::special::erf;
use crate::numeric::sums::{Sum, sum};
use crate::quantity::Method;
use crate::text::Text;

/// |p − q|: that much of the coin's mass goes from one side to the other, a distance of 1.
pub fn w1_bernoulli(p: &Bernoulli, q: &Bernoulli) -> Answer {
    exact_at_zero((p.p() - q.p()).abs())
}

/// √|p − q|.
pub fn w2_bernoulli(p: &Bernoulli, q: &Bernoulli) -> Answer {
    exact_at_zero((p.p() - q.p()).abs().sqrt())
}

fn exact_at_zero(value: f64) -> Answer {
    if value == 0.0 { Answer::exact(0.0) } else { Answer::sum(value, 0) }
}

/// Σ|F_p − F_q| over the outcomes in order.
pub fn w1_categorical(p: &Categorical, q: &Categorical) -> Answer {
    let mut gap = Sum::default();
    let value = sum(cell::of_categoricals(p, q).iter().map(|c| {
        gap.add(c.difference);
        gap.value().abs()
    }));
    noisy(value, p.len().max(q.len()))
}

/// The root of Σ mass·distance² under the plan that keeps the order of the outcomes.
pub fn w2_categorical(p: &Categorical, q: &Categorical) -> Answer {
    let n = p.len().max(q.len());
    root(noisy(squared_transport(&cell::of_categoricals(p, q)), n * n))
}

/// The squared cost of the ordered plan. A distance of d crosses d of the gaps between neighbours, and d² is d
/// plus twice the number of pairs of gaps crossed, so the cost is Σ_j G_j + 2·Σ_{j<k} (mass crossing both), with
/// G_j = |F_p(j) − F_q(j)|. Small differences keep their digits: the first sum is one of differences.
pub(crate) fn squared_transport(cells: &[Cell]) -> f64 {
    // Cumulative sums of p and of the differences; F_q = F_p − G.
    let mut total = 0.0;
    let mut stack = Vec::with_capacity(cells.len());
    let (mut f, mut g) = (Sum::default(), Sum::default());
    for c in cells {
        f.add(c.p);
        g.add(c.difference);
        stack.push((f.value(), g.value()));
    }
    for j in 0..stack.len() {
        let (fj, gj) = stack[j];
        if gj == 0.0 {
            continue;
        }
        total += gj.abs();
        for &(fk, gk) in &stack[j + 1..] {
            // The levels u at which P is at most at j and Q beyond k: F_q(k) < u ≤ F_p(j); or the other way.
            let both = if gj > 0.0 { fj - (fk - gk) } else { (fj - gj) - fk };
            if both <= 0.0 {
                break;
            }
            total += 2.0 * both;
        }
    }
    total
}

/// A sum of cumulated gaps: each carries the rounding of probabilities next to 1.
pub(crate) fn noisy(value: f64, terms: usize) -> Answer {
    if value == 0.0 {
        return Answer::exact(0.0);
    }
    let answer = Answer::sum(value, terms);
    Answer { error: answer.error.max(terms as f64 * f64::EPSILON * 2.0), ..answer }
}

/// E|Δμ + Δσ·z| for a standard normal z: the mean of a folded normal.
pub fn w1_normal(p: &Normal, q: &Normal) -> Answer {
    closed(folded_normal_mean(p.mean() - q.mean(), (p.sd() - q.sd()).abs()))
}

/// E|m + s·z| = s√(2/π)·e^(−m²/2s²) + m·erf(m/(s√2)).
pub(crate) fn folded_normal_mean(m: f64, s: f64) -> f64 {
    if s == 0.0 {
        return m.abs();
    }
    let z = m / s;
    s * (2.0 / PI).sqrt() * (-0.5 * z * z).exp() + m * erf(z * FRAC_1_SQRT_2)
}

/// √(Δμ² + Δσ²).
pub fn w2_normal(p: &Normal, q: &Normal) -> Answer {
    closed((p.mean() - q.mean()).hypot(p.sd() - q.sd()))
}

/// The root of the sum of squares over the dimensions.
pub fn w2_diagonal_normal(p: &DiagonalNormal, q: &DiagonalNormal) -> Answer {
    closed(
        (0..p.dimensions().min(q.dimensions()))
            .fold(0.0, |sum: f64, i| sum.hypot((p.mean()[i] - q.mean()[i]).hypot(p.sd()[i] - q.sd()[i]))),
    )
}

/// √(|Δμ|² + tr Σp + tr Σq − 2·tr(Σp^½ Σq Σp^½)^½), the Bures distance (Dowson, Landau 1982).
pub fn w2_normal2(p: &Normal2, q: &Normal2) -> Answer {
    // In the plane tr √M = √(tr M + 2√det M), with M similar to Σp·Σq; δ and ε are the roots of the determinants.
    let ([a, b, c], [d, e, f]) = (p.cov(), q.cov());
    let (delta, epsilon) = ((a * c * p.det_ratio()).sqrt(), (d * f * q.det_ratio()).sqrt());
    let cross = (a * d + 2.0 * b * e + c * f + 2.0 * delta * epsilon).sqrt();
    let traces = a + c + d + f;
    // traces² − 4·cross² = (x−z)² + 4y² + 4(δ−ε)² with x, y, z the differences of the covariances.
    let (x, y, z) = (a - d, b - e, c - f);
    let roots = if delta < 2.0 * epsilon && epsilon < 2.0 * delta {
        (x * c + d * z - y * (b + e)) / (delta + epsilon)
    } else {
        delta - epsilon
    };
    let gap = (x - z).hypot(2.0 * y).hypot(2.0 * roots);
    let shift = (p.mean()[0] - q.mean()[0]).hypot(p.mean()[1] - q.mean()[1]);
    closed(shift.hypot(gap / (traces + 2.0 * cross).sqrt()))
}

/// |Δm| + |Δb|·e^(−|Δm|/|Δb|): the mean of |Δm + Δb·x| for a standard Laplace x.
pub fn w1_laplace(p: &Laplace, q: &Laplace) -> Answer {
    let (m, b) = ((p.mean() - q.mean()).abs(), (p.scale() - q.scale()).abs());
    closed(if b == 0.0 { m } else { m + b * (-m / b).exp() })
}

/// √(Δm² + 2Δb²).
pub fn w2_laplace(p: &Laplace, q: &Laplace) -> Answer {
    closed((p.mean() - q.mean()).hypot(SQRT_2 * (p.scale() - q.scale())))
}

/// ∫|Δlow·(1−u) + Δhigh·u| du.
pub fn w1_uniform(p: &Uniform, q: &Uniform) -> Answer {
    let (a, b) = (p.low() - q.low(), p.high() - q.high());
    let sizes = a.abs() + b.abs();
    closed(if sizes == 0.0 {
        0.0
    } else if (a < 0.0) == (b < 0.0) {
        0.5 * sizes
    } else {
        0.5 * (a * (a / sizes) + b * (b / sizes))
    })
}

/// √((Δlow² + Δlow·Δhigh + Δhigh²)/3).
pub fn w2_uniform(p: &Uniform, q: &Uniform) -> Answer {
    let (a, b) = (p.low() - q.low(), p.high() - q.high());
    // = (a + b)²/4 + (a − b)²/12.
    closed((0.5 * (a + b)).hypot((a - b) / 12f64.sqrt()))
}

/// |1/λp − 1/λq|.
pub fn w1_exponential(p: &Exponential, q: &Exponential) -> Answer {
    closed((p.rate() - q.rate()).abs() / p.rate() / q.rate())
}

/// √2·|1/λp − 1/λq|.
pub fn w2_exponential(p: &Exponential, q: &Exponential) -> Answer {
    closed(SQRT_2 * (p.rate() - q.rate()).abs() / p.rate() / q.rate())
}

/// |λp − λq|: the one lies above the other throughout.
pub fn w1_poisson(p: &Poisson, q: &Poisson) -> Answer {
    closed((p.rate() - q.rate()).abs())
}

/// |Δ| where the scales are equal, else infinite: there is no mean.
pub fn cauchy(p: &Cauchy, q: &Cauchy) -> Answer {
    if p.scale() == q.scale() {
        return closed((p.location() - q.location()).abs());
    }
    let cause = Text::new("the tails fall so slowly that the mean distance to carry diverges");
    Answer::infinite(cause, Method::ClosedForm)
}
