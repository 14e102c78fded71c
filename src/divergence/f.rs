//! The other f-divergences: Jeffreys, Jensen–Shannon, total variation, Hellinger, Bhattacharyya, χ², α.
//!
//! Definitions as in the reference: JS = ½D(P‖M) + ½D(Q‖M) with M = (P+Q)/2, at most ln 2 nats; TV = ½∫|p−q|;
//! Hellinger = √(½∫(√p−√q)²); Bhattacharyya = −ln ∫√(pq); χ² = ∫(p−q)²/q;
//! α = ∫(αp + (1−α)q − p^α q^(1−α))/(α(1−α)), which runs from D(Q‖P) at 0 over 4·Hellinger² at ½ to D(P‖Q) at 1.

use crate::dist::{Bernoulli, Categorical, Normal};
use crate::divergence::answer::{Answer, too_large};
use crate::divergence::cell::{Cell, Discrete, categoricals, coins, impossible};
use crate::divergence::closed::{both_ways, bounded, closed, root, swapped};
use crate::divergence::kl;
use crate::divergence::renyi;
use crate::numeric::cancellation::{box_cox, jensen_shannon_kernel};
use crate::numeric::quadrature::{Goal, Panel, integrate};
use crate::numeric::special::{HALF_LN_2_PI, erf, normal_cdf};
use crate::numeric::sums::sum;
use crate::numeric::tolerance::EPS;
use crate::text::Text;

/// D(P‖Q) + D(Q‖P) of two coins.
pub fn jeffreys_bernoulli(p: &Bernoulli, q: &Bernoulli) -> Answer {
    both_ways(kl::bernoulli(p, q), kl::bernoulli(q, p))
}

/// D(P‖Q) + D(Q‖P) of two categorical distributions.
pub fn jeffreys_categorical(p: &Categorical, q: &Categorical) -> Answer {
    both_ways(kl::categorical(p, q), kl::categorical(q, p))
}

/// D(P‖Q) + D(Q‖P) of two normals.
pub fn jeffreys_normal(p: &Normal, q: &Normal) -> Answer {
    both_ways(kl::normal(p, q), kl::normal(q, p))
}

/// Jensen–Shannon divergence of two coins, at most ln 2.
pub fn js_bernoulli(p: &Bernoulli, q: &Bernoulli) -> Answer {
    coins(p, q).sum(Cell::jensen_shannon)
}

/// Jensen–Shannon divergence of two categorical distributions, at most ln 2.
pub fn js_categorical(p: &Categorical, q: &Categorical) -> Answer {
    categoricals(p, q).sum(Cell::jensen_shannon)
}

/// Total variation of two coins, |p − q|.
pub fn tv_bernoulli(p: &Bernoulli, q: &Bernoulli) -> Answer {
    coins(p, q).sum_of_differences(Cell::total_variation)
}

/// Total variation of two categorical distributions, at most 1.
pub fn tv_categorical(p: &Categorical, q: &Categorical) -> Answer {
    categoricals(p, q).sum_of_differences(Cell::total_variation)
}

/// Hellinger distance of two coins, at most 1.
pub fn hellinger_bernoulli(p: &Bernoulli, q: &Bernoulli) -> Answer {
    root(coins(p, q).sum(Cell::squared_hellinger))
}

/// Hellinger distance of two categorical distributions, at most 1.
pub fn hellinger_categorical(p: &Categorical, q: &Categorical) -> Answer {
    root(categoricals(p, q).sum(Cell::squared_hellinger))
}

/// Bhattacharyya distance of two coins; infinite where they share no outcome.
pub fn bhattacharyya_bernoulli(p: &Bernoulli, q: &Bernoulli) -> Answer {
    bhattacharyya(&coins(p, q))
}

/// Bhattacharyya distance of two categorical distributions; infinite where they share no outcome.
pub fn bhattacharyya_categorical(p: &Categorical, q: &Categorical) -> Answer {
    bhattacharyya(&categoricals(p, q))
}

fn bhattacharyya<C: AsRef<[Cell]>>(pair: &Discrete<C>) -> Answer {
    let square = pair.sum(Cell::squared_hellinger);
    let overlap = sum(pair.cells().iter().map(|c| c.p.sqrt() * c.q.sqrt()));
    overlap_distance(&square, overlap)
}

/// −ln(overlap) where squared Hellinger = 1 − overlap, from whichever of the two is the smaller.
pub(crate) fn overlap_distance(square: &Answer, overlap: f64) -> Answer {
    let value = if square.value < 0.5 { -(-square.value).ln_1p() } else { -overlap.ln() };
    if value.is_infinite() {
        return Answer::infinite(Text::new("P and Q share no outcome"), square.method);
    }
    let spread = if square.value < 0.5 { square.error / (1.0 - square.value) } else { 16.0 * EPS };
    Answer { value, error: spread + 4.0 * EPS * value, ..square.clone() }
}

/// χ² of two coins.
pub fn chi2_bernoulli(p: &Bernoulli, q: &Bernoulli) -> Answer {
    coins(p, q).sum(Cell::chi_squared)
}

/// χ² of two categorical distributions.
pub fn chi2_categorical(p: &Categorical, q: &Categorical) -> Answer {
    categoricals(p, q).sum(Cell::chi_squared)
}

/// α-divergence of two coins, for any real α.
pub fn alpha_bernoulli(alpha: f64, p: &Bernoulli, q: &Bernoulli) -> Answer {
    alpha_of(alpha, &coins(p, q))
}

/// α-divergence of two categorical distributions, for any real α.
pub fn alpha_categorical(alpha: f64, p: &Categorical, q: &Categorical) -> Answer {
    alpha_of(alpha, &categoricals(p, q))
}

fn alpha_of<C: AsRef<[Cell]>>(alpha: f64, pair: &Discrete<C>) -> Answer {
    let answer = pair.sum(|c| c.alpha(alpha));
    if answer.value.is_infinite() && alpha <= 0.0 {
        Answer { cause: Some(reverse_cause(pair)), ..answer }
    } else {
        answer
    }
}

/// Where Q allows what P does not.
fn reverse_cause<C: AsRef<[Cell]>>(pair: &Discrete<C>) -> Text {
    let lonely = pair.cells().iter().position(|c| c.log_ratio == f64::NEG_INFINITY);
    lonely.map_or_else(too_large, |i| impossible("Q", "P", (pair.name)(i), pair.cells()[i].q))
}

/// Hellinger distance of two normals, from the Bhattacharyya distance.
pub fn hellinger_normal(p: &Normal, q: &Normal) -> Answer {
    let distance = bhattacharyya_normal(p, q).value;
    closed((-(-distance).exp_m1()).sqrt())
}

/// ¼Δ²/(σp² + σq²) + ½ln(1 + (σp − σq)²/(2σpσq)).
pub fn bhattacharyya_normal(p: &Normal, q: &Normal) -> Answer {
    let z = (p.mean() - q.mean()) / p.sd().hypot(q.sd());
    let change = (p.sd() - q.sd()).abs();
    let excess = 0.5 * (change / p.sd()) * (change / q.sd());
    closed(0.25 * z * z + 0.5 * excess.ln_1p())
}

/// χ² of two normals: e^(R₂) − 1 with R₂ the Rényi divergence of order 2; infinite where σp² ≥ 2σq².
pub fn chi2_normal(p: &Normal, q: &Normal) -> Answer {
    let order = renyi::normal(2.0, p, q);
    if order.value.is_infinite() {
        return order;
    }
    let value = order.value.exp_m1();
    bounded(value, order.error * (1.0 + value))
}

/// α-divergence of two normals, from ∫p^α q^(1−α) = exp((α−1)·R_α); continuous through α = 0 and 1.
pub fn alpha_normal(alpha: f64, p: &Normal, q: &Normal) -> Answer {
    if alpha < 0.5 {
        return swapped(alpha_normal(1.0 - alpha, q, p));
    }
    let order = renyi::normal(alpha, p, q);
    if order.value.is_infinite() {
        return order;
    }
    // (e^((α−1)R) − 1)/(α(α−1)).
    let value = box_cox(alpha - 1.0, order.value) / alpha;
    let slope = ((alpha - 1.0) * order.value).exp().max(1.0);
    bounded(value, 32.0 * EPS * value + 2.0 * slope * order.error)
}

/// A pair of normals in the coordinate z of the narrower one: ln(narrow/wide) is a parabola in z whose
/// coefficients are built from the differences of the parameters.
struct Parabola {
    /// σ_narrow/σ_wide ≤ 1.
    ratio: f64,
    /// (mean_wide − mean_narrow)/σ_wide.
    shift: f64,
    /// ln(σ_wide/σ_narrow).
    log_scale: f64,
    /// ½(1 − ratio²).
    curvature: f64,
}

impl Parabola {
    fn new(p: &Normal, q: &Normal) -> Self {
        let (narrow, wide) = if p.sd() <= q.sd() { (p, q) } else { (q, p) };
        let gap = (wide.sd() - narrow.sd()) / narrow.sd();
        let ratio = narrow.sd() / wide.sd();
        let log_scale = if gap < 0.5 { gap.ln_1p() } else { wide.sd().ln() - narrow.sd().ln() };
        let curvature = 0.5 * (wide.sd() - narrow.sd()) / wide.sd() * (1.0 + ratio);
        Self { ratio, shift: (wide.mean() - narrow.mean()) / wide.sd(), log_scale, curvature }
    }

    /// ln(narrow/wide) at z.
    fn log_ratio(&self, z: f64) -> f64 {
        self.log_scale + z * (-self.curvature * z - self.ratio * self.shift) + 0.5 * self.shift * self.shift
    }

    /// Where the densities cross: the narrow one is the larger in between. Infinite ends where there is none.
    fn crossings(&self) -> (f64, f64) {
        let root = self.shift.hypot(2.0 * (self.curvature * self.log_scale).sqrt());
        let b = self.ratio * self.shift;
        // curvature·z² + b·z − c = 0, with the root that does not cancel first.
        let c = 0.5 * self.shift * self.shift + self.log_scale;
        let big = if b >= 0.0 { -b - root } else { -b + root };
        let far = if self.curvature > 0.0 { 0.5 * big / self.curvature } else { big * f64::INFINITY };
        let near = -2.0 * c / big;
        (far.min(near), far.max(near))
    }
}

/// Total variation of two normals: the narrow one's excess between the crossings of the densities.
///
/// In closed form by the error function, or, where the two masses nearly cancel, by integrating their
/// difference there (Devroye, Mehrabian, Reddad 2018 bound what this gives exactly).
pub fn tv_normal(p: &Normal, q: &Normal) -> Answer {
    if p == q {
        return Answer::exact(0.0);
    }
    if p.sd() == q.sd() {
        let half = 0.5 * (p.mean() - q.mean()).abs() / p.sd();
        return closed(erf(half * std::f64::consts::FRAC_1_SQRT_2));
    }
    let pair = Parabola::new(p, q);
    let (from, to) = pair.crossings();
    let wide = |z: f64| pair.ratio * z - pair.shift;
    let mass = |a: f64, b: f64| if a > 0.0 { normal_cdf(-a) - normal_cdf(-b) } else { normal_cdf(b) - normal_cdf(a) };
    let value = mass(from, to) - mass(wide(from), wide(to));
    if value > 0.05 {
        return Answer { error: 8.0 * EPS, ..closed(value) };
    }
    let reach = 10.0;
    let (from, to) = (from.max(-reach), to.min(reach));
    let mut points = vec![from, to];
    points.extend([-5.0, -2.5, -1.0, 0.0, 1.0, 2.5, 5.0].into_iter().filter(|z| from < *z && *z < to));
    let difference = |z: f64| [(-0.5 * z * z - HALF_LN_2_PI).exp() * -(-pair.log_ratio(z)).exp_m1()];
    quadrature(points, difference)
}

/// Jensen–Shannon divergence of two normals, by quadrature: it has no closed form.
pub fn js_normal(p: &Normal, q: &Normal) -> Answer {
    if p == q {
        return Answer::exact(0.0);
    }
    let pair = Parabola::new(p, q);
    // z from the narrow mean; the wide bell has its middle and its scale at these.
    let (middle, scale) = (pair.shift / pair.ratio, pair.ratio.recip());
    let bell = |z: f64| (-0.5 * z * z - HALF_LN_2_PI).exp();
    let term = |narrow: f64, wide: f64, t: f64| 0.5 * (narrow + wide) * jensen_shannon_kernel((0.5 * t).tanh());
    let steps: [f64; 5] = [0.0, 1.0, 2.5, 5.0, 10.0];
    let both = steps.iter().flat_map(|&k| [k, -k]);
    let near_narrow: Vec<f64> = both.clone().collect();
    if middle.abs() > 10.0 * scale + 10.0 || scale > 1e6 {
        return js_apart(&pair, near_narrow, term);
    }
    let mut points = near_narrow;
    points.extend(both.map(|k| middle + k * scale));
    quadrature(points, |z| [term(bell(z), bell(pair.ratio * z - pair.shift) * pair.ratio, pair.log_ratio(z))])
}

/// Bells far apart or of very different width: each is integrated in its own coordinate, and what one of
/// them does is counted where it, and not the other, is the larger.
fn js_apart(pair: &Parabola, points: Vec<f64>, term: impl Fn(f64, f64, f64) -> f64) -> Answer {
    let (from, to) = pair.crossings();
    let wide = |z: f64| pair.ratio * z - pair.shift;
    // Inside the crossings in z, outside of them in the wide one's w = ratio·z − shift.
    let mut inner: Vec<f64> = points.iter().copied().filter(|z| from < *z && *z < to).collect();
    inner.extend([from.max(-40.0), to.min(40.0)]);
    let (left, right) = (wide(from), wide(to));
    let mut panels = sorted_panels(0, inner);
    for (low, high) in [(-40.0, left), (right, 40.0)] {
        if low < high {
            let mut outer: Vec<f64> = points.iter().copied().filter(|w| low < *w && *w < high).collect();
            outer.extend([low, high]);
            // The narrow bell fades away from the crossing on its own scale.
            for k in [1.0, 3.0, 10.0, 40.0] {
                let w = if low == -40.0 { high - k * pair.ratio } else { low + k * pair.ratio };
                if low < w && w < high {
                    outer.push(w);
                }
            }
            panels.extend(sorted_panels(1, outer));
        }
    }
    let got = integrate(&panels, &Goal::<1>::new(1e-13, 1e-300), |chart, u| {
        let bell = (-0.5 * u * u - HALF_LN_2_PI).exp();
        if chart == 0 {
            let t = pair.log_ratio(u);
            [term(bell, bell * (-t).exp(), t)]
        } else {
            // Per unit of w the wide density is standard, and the narrow one follows from the log-ratio.
            let t = pair.log_ratio((u + pair.shift) / pair.ratio);
            [term(bell * t.exp(), bell, t)]
        }
    });
    Answer::quadrature(got.values[0], got.errors[0], got.evaluations)
}

/// Panels between points, sorted, without empty ones.
fn sorted_panels(chart: usize, mut points: Vec<f64>) -> Vec<Panel> {
    points.sort_by(f64::total_cmp);
    points.dedup();
    points.windows(2).map(|w| Panel { chart, from: w[0], to: w[1] }).collect()
}

/// An integral over a few panels to nearly all digits.
fn quadrature(points: Vec<f64>, f: impl Fn(f64) -> [f64; 1]) -> Answer {
    let got = integrate(&sorted_panels(0, points), &Goal::<1>::new(1e-13, 1e-300), |_, z| f(z));
    Answer::quadrature(got.values[0], got.errors[0], got.evaluations)
}
