//! Fisher–Rao distance: the length of the shortest road between two members of a family, measured by the
//! Fisher information. Near equality it is √(2·D(P‖Q)).

use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

use crate::dist::{Bernoulli, Categorical, Cauchy, DiagonalNormal, Exponential, Laplace, Normal, Poisson};
use crate::divergence::answer::Answer;
use crate::divergence::closed::closed;
use crate::divergence::f::{hellinger_bernoulli, hellinger_categorical};
use crate::numeric::tolerance::EPS;

/// √2·arcosh(1 + (½Δμ² + Δσ²)/(2σpσq)) (Atkinson, Mitchell 1981).
pub fn normal(p: &Normal, q: &Normal) -> Answer {
    closed(SQRT_2 * hyperbolic((p.mean() - q.mean()) * FRAC_1_SQRT_2, p.sd(), q.sd()))
}

/// arcosh(1 + (x² + (s−t)²)/(2st)), the distance in the upper half-plane: 2·arsinh of half the chord.
fn hyperbolic(x: f64, s: f64, t: f64) -> f64 {
    2.0 * (0.5 * x.hypot(s - t) / s.sqrt() / t.sqrt()).asinh()
}

/// The root of the sum of squares over the dimensions, which are independent of one another.
pub fn diagonal_normal(p: &DiagonalNormal, q: &DiagonalNormal) -> Answer {
    closed((0..p.dimensions().min(q.dimensions())).fold(0.0, |sum: f64, i| {
        let shift = (p.mean()[i] - q.mean()[i]) * FRAC_1_SQRT_2;
        sum.hypot(SQRT_2 * hyperbolic(shift, p.sd()[i], q.sd()[i]))
    }))
}

/// 2·arccos Σ√(pq), at most π: the arc on the sphere of the roots.
pub fn bernoulli(p: &Bernoulli, q: &Bernoulli) -> Answer {
    arc(hellinger_bernoulli(p, q))
}

/// 2·arccos Σ√(pq), at most π: the arc on the sphere of the roots.
pub fn categorical(p: &Categorical, q: &Categorical) -> Answer {
    arc(hellinger_categorical(p, q))
}

/// 4·arcsin(h/√2) of a Hellinger distance h.
fn arc(hellinger: Answer) -> Answer {
    let value = 4.0 * (hellinger.value * FRAC_1_SQRT_2).min(1.0).asin();
    Answer { value, error: 4.0 * hellinger.error + 4.0 * EPS * value, ..hellinger }
}

/// |ln(λp/λq)|.
pub fn exponential(p: &Exponential, q: &Exponential) -> Answer {
    closed(2.0 * (0.5 * (p.rate() - q.rate()).abs() / p.rate().sqrt() / q.rate().sqrt()).asinh())
}

/// 2|√λp − √λq|.
pub fn poisson(p: &Poisson, q: &Poisson) -> Answer {
    closed(2.0 * (p.rate() - q.rate()).abs() / (p.rate().sqrt() + q.rate().sqrt()))
}

/// arcosh(1 + (Δ² + (γp−γq)²)/(2γpγq))/√2 (Mitchell 1988).
pub fn cauchy(p: &Cauchy, q: &Cauchy) -> Answer {
    closed(FRAC_1_SQRT_2 * hyperbolic(p.location() - q.location(), p.scale(), q.scale()))
}

/// arcosh(1 + (Δ² + (bp−bq)²)/(2bpbq)).
pub fn laplace(p: &Laplace, q: &Laplace) -> Answer {
    closed(hyperbolic(p.mean() - q.mean(), p.scale(), q.scale()))
}
