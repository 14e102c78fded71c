//! Kullback–Leibler and its relatives for two mixtures of normals, which have no closed form: adaptive
//! quadrature in which all of them share the evaluations of the two densities.
//!
//! Every integrand is written so that it is never negative, whatever the rounding, and keeps its digits
//! where p ≈ q: with t = ln p − ln q, D(P‖Q) = ∫ p·ψ(−t), D(Q‖P) = ∫ q·ψ(t), ψ(v) = eᵛ − 1 − v.

use std::f64::consts::LN_2;

use crate::dist::mixture::Mixture;
use crate::divergence::answer::Answer;
use crate::divergence::closed::both_ways;
use crate::divergence::mixture::half_gap::{HalfGap, Samples};
use crate::divergence::mixture::pair::{Pair, Point};
use crate::numeric::cancellation::{hyperbolic_tails, jensen_shannon_kernel, scaled_psi};
use crate::numeric::quadrature::{Goal, integrate, integrate_pieces};
use crate::numeric::tolerance::{AT_REST, EPS, NOTHING};

/// The divergences of a pair of mixtures, in nats where they are information.
#[derive(Clone, Debug, PartialEq)]
pub struct MixtureDivergences {
    /// D(P‖Q) = ∫ p ln(p/q).
    pub forward: Answer,
    /// D(Q‖P).
    pub reverse: Answer,
    /// D(P‖Q) + D(Q‖P).
    pub jeffreys: Answer,
    /// Jensen–Shannon: the mean of both divergences to the midpoint; at most ln 2.
    pub js: Answer,
    /// Total variation ½∫|p − q|; a probability.
    pub tv: Answer,
    /// Hellinger distance √(½∫(√p − √q)²); from 0 to 1.
    pub hellinger: Answer,
    /// The differential entropy of P; it may be negative.
    pub entropy_p: Answer,
    /// The differential entropy of Q.
    pub entropy_q: Answer,
    /// The cross-entropy −∫ p ln q = H(P) + D(P‖Q).
    pub cross_entropy_pq: Answer,
    /// The cross-entropy −∫ q ln p.
    pub cross_entropy_qp: Answer,
    /// Evaluations of the pair of densities, for all of them together.
    pub evaluations: usize,
}

/// The order of the integrals in one evaluation.
const FORWARD: usize = 0;
const REVERSE: usize = 1;
const JS: usize = 2;
const HELLINGER: usize = 3;
const ENTROPY_P: usize = 4;
const ENTROPY_Q: usize = 5;
const HALF_GAP: usize = 6;

/// All divergences of `p` and `q`, each to the relative `tolerance` ([`AT_REST`] or
/// [`DRAGGING`](crate::numeric::tolerance::DRAGGING)) or to rounding, whichever is coarser.
///
/// The same mixture given twice, its components in any order, split or with others of no weight among them,
/// has divergences that are exactly 0.
pub fn divergences(p: &Mixture, q: &Mixture, tolerance: f64) -> MixtureDivergences {
    let same = p == q;
    let pair = Pair::new(p, q);
    let noise = pair.noise();
    let goal = Goal {
        // The entropies are of order 1 and may cross 0; the half gap is settled after the others.
        floor: [NOTHING, NOTHING, NOTHING, NOTHING, 10.0 * EPS, 10.0 * EPS, f64::INFINITY],
        root: [noise, noise, noise, noise, 0.0, 0.0, 0.0],
        ..Goal::<7>::new(tolerance, 0.0)
    };
    let mut samples = Samples::default();
    let (found, pieces) = integrate_pieces(pair.panels(), &goal, &mut |chart, u| {
        let at = pair.at(chart, u);
        samples.see(chart, u, &at, noise);
        kernels(&at)
    });
    let answer = |i: usize| {
        let value = found.values[i];
        Answer::quadrature(value, found.errors[i] + 2.0 * noise * value.abs().sqrt(), found.evaluations)
    };
    let zero = || Answer::exact(0.0);
    let divergence = |i: usize| if same { zero() } else { answer(i) };
    let (forward, reverse) = (divergence(FORWARD), divergence(REVERSE));
    let (entropy_p, entropy_q) = (answer(ENTROPY_P), answer(ENTROPY_Q));
    let half_gaps = pieces.iter().map(|piece| HalfGap {
        panel: piece.panel,
        value: piece.values[HALF_GAP],
        error: piece.errors[HALF_GAP],
    });
    let tv = if same { zero() } else { samples.total_variation(&pair, half_gaps, tolerance, found.evaluations) };
    MixtureDivergences {
        jeffreys: both_ways(forward.clone(), reverse.clone()),
        js: divergence(JS),
        hellinger: square_root(divergence(HELLINGER)),
        cross_entropy_pq: entropy_p.plus(&forward),
        cross_entropy_qp: entropy_q.plus(&reverse),
        evaluations: tv.evaluations.max(found.evaluations),
        tv,
        forward,
        reverse,
        entropy_p,
        entropy_q,
    }
}

/// D(P‖Q) alone, at a lower cost than all divergences together.
pub fn kl(p: &Mixture, q: &Mixture, tolerance: f64) -> Answer {
    if p == q {
        return Answer::exact(0.0);
    }
    let pair = Pair::new(p, q);
    let noise = pair.noise();
    let goal = Goal { root: [noise], ..Goal::<1>::new(tolerance, NOTHING) };
    let found = integrate(pair.panels(), &goal, |chart, u| {
        let at = pair.at(chart, u);
        [scaled_psi(at.p, -at.t, at.q)]
    });
    let [value] = found.values;
    Answer::quadrature(value, found.errors[0] + 2.0 * noise * value.abs().sqrt(), found.evaluations)
}

/// The total variation ½∫|p − q| of two mixtures.
pub fn tv(p: &Mixture, q: &Mixture, tolerance: f64) -> Answer {
    divergences(p, q, tolerance).tv
}

/// The differential entropy −∫ p ln p of a mixture, in nats.
pub fn entropy(p: &Mixture, tolerance: f64) -> Answer {
    let pair = Pair::new(p, p);
    let goal = Goal::<1>::new(tolerance, 10.0 * EPS);
    let found = integrate(pair.panels(), &goal, |chart, u| {
        let at = pair.at(chart, u);
        [surprise(at.q, at.ln_q)]
    });
    Answer::quadrature(found.values[0], found.errors[0], found.evaluations)
}

/// The share of D(P‖Q) that each stretch of the line contributes: ∫ p ln(p/q) from −∞ to the first edge, between
/// consecutive edges, and from the last to ∞. Shares may be negative; their sum is D(P‖Q).
///
/// `edges` that are not in increasing order enclose nothing between them.
pub fn shares(p: &Mixture, q: &Mixture, edges: &[f64]) -> Vec<Answer> {
    let pair = Pair::new(p, q);
    let noise = pair.noise();
    let mut from = f64::NEG_INFINITY;
    let mut shares = Vec::with_capacity(edges.len() + 1);
    for &to in edges.iter().chain([&f64::INFINITY]) {
        // A share may cancel to nothing: it is asked for to the rounding of its parts.
        let goal = Goal::<1>::new(AT_REST, 10.0 * EPS);
        let found = integrate(&pair.panels_between(from, to), &goal, |chart, u| {
            let at = pair.at(chart, u);
            [if at.p == 0.0 { 0.0 } else { at.p * at.t }]
        });
        shares.push(Answer::quadrature(found.values[0], found.errors[0] + noise, found.evaluations));
        from = from.max(to);
    }
    shares
}

/// −p ln p, which is 0 where p is.
fn surprise(p: f64, ln_p: f64) -> f64 {
    if p == 0.0 { 0.0 } else { -p * ln_p }
}

/// The integrands at one point, in the order of the constants above.
#[inline]
fn kernels(at: &Point) -> [f64; 7] {
    let Point { ln_p, ln_q, p, q, t, gap } = *at;
    let (forward, reverse, js);
    if t.abs() < 0.75 {
        let (even, odd) = hyperbolic_tails(t);
        (forward, reverse) = (p * (even - odd), q * (even + odd));
        let sum = p + q;
        js = if sum > 0.0 { 0.5 * sum * jensen_shannon_kernel(gap / sum) } else { 0.0 };
    } else {
        (forward, reverse) = (scaled_psi(p, -t, q), scaled_psi(q, t, p));
        // m·g = m (ln 2 − ln(1 + e^−|t|)) − ½ min(p, q)·|t|.
        let size = t.abs();
        let less = p.min(q);
        let shared = if less == 0.0 { 0.0 } else { 0.5 * less * size };
        js = (0.5 * (p + q) * (LN_2 - (-size).exp().ln_1p()) - shared).max(0.0);
    }
    let roots = p.sqrt() + q.sqrt();
    let difference = if roots > 0.0 { gap / roots } else { 0.0 };
    [forward, reverse, js, 0.5 * difference * difference, surprise(p, ln_p), surprise(q, ln_q), 0.5 * gap]
}

/// The square root of an answer.
fn square_root(square: Answer) -> Answer {
    let value = square.value.sqrt();
    // |√a − √b| ≤ |a − b|/√a, and ≤ √|a − b| where a is not known to be above 0.
    let error = if square.error == 0.0 { 0.0 } else { (square.error / value).min(square.error.sqrt()) + EPS * value };
    Answer { value, error, ..square }
}
