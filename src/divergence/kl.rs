//! Kullback–Leibler divergence D(P‖Q) = E_P[ln(p/q)] ≥ 0 in nats, family by family.
//!
//! Every formula is written so that nothing cancels when P and Q nearly agree. Infinity is a value with a
//! cause: P allows what Q does not, or Q's tail is so light that the mean of ln(p/q) diverges.

use crate::dist::{
    Bernoulli, Beta, Categorical, Cauchy, DiagonalNormal, Exponential, Laplace, Normal, Normal2, Poisson, Uniform,
};
use crate::divergence::answer::Answer;
use crate::divergence::cell::{self, Cell, categoricals, coins};
use crate::divergence::closed::{bounded, cancelling, closed};
use crate::numeric::cancellation::{phi, psi};
use crate::numeric::double::difference_of_products;
use crate::numeric::order;
use crate::numeric::special::{gauss_legendre, trigamma_excess};
use crate::quantity::{Method, Quantity};
use crate::text::Text;

/// D(P‖Q) of two coins.
pub fn bernoulli(p: &Bernoulli, q: &Bernoulli) -> Answer {
    coins(p, q).sum(Cell::kl)
}

/// D(P‖Q) of two categorical distributions; tilted and tempered ones are compared by their exponents.
pub fn categorical(p: &Categorical, q: &Categorical) -> Answer {
    categoricals(p, q).sum(Cell::kl)
}

/// One outcome's share of D(P‖Q), in two forms with the same sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// p·ln(p/q), of either sign.
    pub signed: f64,
    /// p·ln(p/q) − p + q, never negative.
    pub non_negative: f64,
}

/// Each outcome's share of the divergence.
pub fn terms(cells: &[Cell]) -> Vec<Term> {
    cells.iter().map(|c| Term { signed: c.signed_term(), non_negative: c.kl() }).collect()
}

/// Each outcome's share for two categorical distributions.
pub fn categorical_terms(p: &Categorical, q: &Categorical) -> Vec<Term> {
    terms(&cell::of_categoricals(p, q))
}

/// Tails' and heads' shares for two coins.
pub fn bernoulli_terms(p: &Bernoulli, q: &Bernoulli) -> [Term; 2] {
    cell::of_coins(p, q).map(|c| Term { signed: c.signed_term(), non_negative: c.kl() })
}

/// ½(σp²/σq² − 1 − ln σp²/σq²) + (Δμ)²/(2σq²).
pub fn normal(p: &Normal, q: &Normal) -> Answer {
    closed(normal_value(p.mean() - q.mean(), p.sd(), q.sd()))
}

/// The value for a difference of means and two standard deviations.
fn normal_value(shift: f64, sd_p: f64, sd_q: f64) -> f64 {
    let z = shift / sd_q;
    let change = (sd_p - sd_q) / sd_q;
    let spread = if change.abs() <= 0.5 {
        phi(change) + 0.5 * change * change
    } else {
        let ratio = sd_p / sd_q;
        0.5 * (ratio - 1.0) * (ratio + 1.0) - (sd_p.ln() - sd_q.ln())
    };
    spread + 0.5 * z * z
}

/// The sum over the dimensions; see [`diagonal_normal_terms`].
pub fn diagonal_normal(p: &DiagonalNormal, q: &DiagonalNormal) -> Answer {
    closed(diagonal_normal_terms(p, q).into_iter().sum())
}

/// Each dimension's share: independent parts add.
pub fn diagonal_normal_terms(p: &DiagonalNormal, q: &DiagonalNormal) -> Vec<f64> {
    (0..p.dimensions().min(q.dimensions()))
        .map(|i| normal_value(p.mean()[i] - q.mean()[i], p.sd()[i], q.sd()[i]))
        .collect()
}

/// The term of a variational autoencoder, D(N(μ, e^logvar)‖N(0, 1)) = ½(μ² + e^logvar − 1 − logvar), for one
/// latent dimension (Kingma, Welling 2014, appendix B).
pub fn vae_term(mean: f64, log_variance: f64) -> Answer {
    closed(0.5 * (mean * mean + psi(log_variance)))
}

/// The same in the other direction, D(N(0, 1)‖N(μ, e^logvar)).
pub fn vae_term_reverse(mean: f64, log_variance: f64) -> Answer {
    closed(0.5 * (mean * mean * (-log_variance).exp() + psi(-log_variance)))
}

/// ½[tr(Σq⁻¹Σp) − 2 − ln det(Σq⁻¹Σp) + Δᵀ Σq⁻¹ Δ] in the plane.
pub fn normal2(p: &Normal2, q: &Normal2) -> Answer {
    // In coordinates where Q is standard, P's covariance is I + E with E small when they nearly agree; E is
    // built from differences of covariances. Then tr E − ln det(I + E) = (tr E − ln(1 + tr E)) + …, below.
    let [l00, l10, l11] = q.cholesky();
    let [dxx, dxy, dyy] = [0, 1, 2].map(|i| p.cov()[i] - q.cov()[i]);
    // E = L⁻¹ (Σp − Σq) L⁻ᵀ.
    let e00 = dxx / l00 / l00;
    let slope = l10 / l00;
    let e01 = (dxy - slope * dxx) / l00 / l11;
    let e11 = (dyy - 2.0 * slope * dxy + slope * slope * dxx) / l11 / l11;
    // 1 + e00 and the Schur complement's 1 + s are the variances of P in these coordinates.
    let first = 1.0 + e00;
    let near = e11 - e01 * e01 / first;
    let schur = if e00.abs() < 0.5 && near.abs() < 0.5 {
        phi(near)
    } else {
        // By the ratio of the determinants, where the differences have lost their meaning.
        let v = p.cov()[0] / q.cov()[0] * (p.cov()[2] / q.cov()[2]) * (p.det_ratio() / q.det_ratio()) / first;
        (v - 1.0) - v.ln()
    };
    let u = (p.mean()[0] - q.mean()[0]) / l00;
    let v = (p.mean()[1] - q.mean()[1] - l10 * u) / l11;
    closed(0.5 * (phi(e00) + schur + e01 * e01 / first + u * u + v * v))
}

/// ln(b_q/b_p) + (b_p e^(−d/b_p) + d)/b_q − 1 with d = |Δmean|.
pub fn laplace(p: &Laplace, q: &Laplace) -> Answer {
    let shift = (p.mean() - q.mean()).abs();
    let (from, to) = (p.scale(), q.scale());
    // (b_p/b_q − 1 − ln(b_p/b_q)) + (b_p/b_q)(d/b_p − 1 + e^(−d/b_p)).
    let change = (from - to) / to;
    let moved = shift / from;
    let scales = if change.abs() <= 0.5 { phi(change) } else { change - (from.ln() - to.ln()) };
    // ψ(−x)·b_p overflows in x before d/b_q does.
    let means = if moved > 1.0 { (shift - from + from * (-moved).exp()) / to } else { from / to * psi(-moved) };
    closed(scales + means)
}

/// λq/λp − 1 − ln(λq/λp).
pub fn exponential(p: &Exponential, q: &Exponential) -> Answer {
    let change = (q.rate() - p.rate()) / p.rate();
    closed(if change.abs() <= 0.5 { phi(change) } else { change - (q.rate().ln() - p.rate().ln()) })
}

/// λp·ln(λp/λq) − λp + λq.
pub fn poisson(p: &Poisson, q: &Poisson) -> Answer {
    closed(Cell::new(p.rate(), q.rate()).kl())
}

/// ln[((γp + γq)² + Δ²) / (4·γp·γq)], the same in both directions (Chyzak, Nielsen 2019).
pub fn cauchy(p: &Cauchy, q: &Cauchy) -> Answer {
    // The argument is 1 + ((γp − γq)² + Δ²)/(4γpγq).
    let distance = (p.scale() - q.scale()).hypot(p.location() - q.location());
    let root = 0.5 * distance / p.scale().sqrt() / q.scale().sqrt();
    closed(if root < 1e8 { (root * root).ln_1p() } else { 2.0 * root.ln() })
}

/// ln(width_q/width_p) where Q's interval holds P's, else infinite.
pub fn uniform(p: &Uniform, q: &Uniform) -> Answer {
    if p.low() < q.low() || p.high() > q.high() {
        let below = p.low() < q.low();
        let (from, to) = if below { (p.low(), q.low().min(p.high())) } else { (q.high().max(p.low()), p.high()) };
        return Answer::infinite(region(from, to, (to - from) / p.width()), Method::ClosedForm);
    }
    // The widths differ by what sticks out at either end.
    let more = (p.low() - q.low()) + (q.high() - p.high());
    closed(if more < p.width() { (more / p.width()).ln_1p() } else { q.width().ln() - p.width().ln() })
}

/// Why a divergence is infinite where P has `mass` in an interval that Q has none in.
pub(crate) fn region(from: f64, to: f64, mass: f64) -> Text {
    Text::new("P has {mass} of its mass between {from} and {to}, where Q has none")
        .with("mass", Quantity::rounded(mass))
        .with("from", Quantity::exact(from))
        .with("to", Quantity::exact(to))
}

/// ln(2b/(σ√(2π)))… for a Laplace P and a normal Q: ½ln(π/2) − ½ + ln-ratio and moments; E|x − m|² = 2b².
pub fn laplace_normal(p: &Laplace, q: &Normal) -> Answer {
    let (r, z) = (p.scale() / q.sd(), (p.mean() - q.mean()) / q.sd());
    // H(P) = 1 + ln 2b; cross-entropy ln σ + ½ln 2π + (2b² + Δ²)/(2σ²).
    let value = 0.5 * (0.5 * std::f64::consts::PI).ln() - 1.0 - (p.scale().ln() - q.sd().ln()) + r * r + 0.5 * z * z;
    cancelling(value, 1.0 + p.scale().ln().abs() + q.sd().ln().abs())
}

/// For a normal P and a Laplace Q: ln(2b/σ) − ½ln(2πe) + E|x − m|/b, the mean of a folded normal.
pub fn normal_laplace(p: &Normal, q: &Laplace) -> Answer {
    let constant = -0.5 * (0.5 * std::f64::consts::PI).ln() - 0.5;
    let folded = crate::divergence::wasserstein::folded_normal_mean(p.mean() - q.mean(), p.sd());
    let value = constant + (q.scale().ln() - p.sd().ln()) + folded / q.scale();
    cancelling(value, 1.0 + q.scale().ln().abs() + p.sd().ln().abs())
}

/// For a uniform P and a normal Q: −ln(width) + ln σ + ½ln 2π + (width²/12 + Δ²)/(2σ²).
pub fn uniform_normal(p: &Uniform, q: &Normal) -> Answer {
    let z = (p.mean() - q.mean()) / q.sd();
    let w = p.width() / q.sd();
    let value = crate::numeric::special::HALF_LN_2_PI - (p.width().ln() - q.sd().ln()) + w * w / 24.0 + 0.5 * z * z;
    cancelling(value, 1.0 + p.width().ln().abs() + q.sd().ln().abs())
}

/// D(P‖Q) of two Beta distributions: the Bregman divergence of ln B,
/// ∫₀¹ (1−s)·[Δa²ψ′(A) + Δb²ψ′(B) − (Δa+Δb)²ψ′(A+B)] ds with A = a + sΔa, B = b + sΔb from P to Q.
///
/// The leading parts 1/x of ψ′ combine to the square (Δa·b − Δb·a)²/(AB(A+B)), the rest is a sum whose terms
/// do not cancel, so the value is right to rounding from a relative distance of 1e-300 to 1e300.
pub fn beta(p: &Beta, q: &Beta) -> Answer {
    let (a, b) = (p.a(), p.b());
    let (da, db) = (q.a() - a, q.b() - b);
    let cross = difference_of_products(da, b, db, a);
    // s and 1 − s are carried apart, so that A and B keep their digits near either end.
    let integrand = |s: f64, rest: f64| {
        let (x, y) = (rest * a + s * q.a(), rest * b + s * q.b());
        let square = (cross / x) * (cross / y) / (x + y);
        let excess = da * da * trigamma_excess(x) + db * db * trigamma_excess(y)
            - (da + db) * (da + db) * trigamma_excess(x + y);
        rest * (square + excess)
    };
    // ψ′ varies on the scale of its argument: cut where A or B has grown by a constant factor.
    let mut cuts = vec![(0.0, 1.0), (1.0, 0.0)];
    for (from, to) in [(a, q.a()), (b, q.b())] {
        let growth = to.ln() - from.ln();
        let panels = (growth.abs() / 0.7).ceil();
        cuts.extend((1..panels as usize).map(|i| {
            let x = from * (growth * i as f64 / panels).exp();
            ((x - from) / (to - from), (to - x) / (to - from))
        }));
    }
    order::by(&mut cuts, |l, r| l.0.total_cmp(&r.0).then(r.1.total_cmp(&l.1)));
    let value: f64 = cuts
        .windows(2)
        .map(|w| {
            let ((s0, r0), (s1, r1)) = (w[0], w[1]);
            let width = if s0 < 0.5 { s1 - s0 } else { r0 - r1 };
            width * gauss_legendre(0.0, 1.0, |u| integrand(s0 + u * (s1 - s0), r0 + u * (r1 - r0)))
        })
        .sum();
    bounded(value.max(0.0), if p == q { 0.0 } else { 1e-13 * value.abs() + f64::MIN_POSITIVE })
}
