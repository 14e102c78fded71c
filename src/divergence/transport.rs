//! Wasserstein distances of two densities on the line that have no closed form, by quadrature:
//! W1 = ∫|F_p − F_q| dx, and W2² = ∫(x − T(x))² p(x) dx with T the map that keeps the order, F_q(T(x)) = F_p(x).

use crate::dist::density::Density;
use crate::divergence::answer::Answer;
use crate::divergence::closed::root;
use crate::numeric::quadrature::{Goal, on_line};
use crate::numeric::root as roots;
use crate::quantity::Method;
use crate::text::Text;

/// What the distribution functions of the families are known to, relative to 1.
const CDF_ROUNDING: f64 = 1e-14;

/// Mean distance.
pub fn w1(p: &dyn Density, q: &dyn Density) -> Answer {
    if let Some(infinite) = without_moment(p, q, 1.0) {
        return infinite;
    }
    let (mut cuts, left, right) = cuts(p, q);
    // Differences of the smaller of both tails: near either end F or 1 − F is small and keeps its digits.
    let middle = 0.5 * (p.centre().0 + q.centre().0);
    let gap = |x: f64| if x < middle { p.cdf(x) - q.cdf(x) } else { q.survival(x) - p.survival(x) };
    let mut crossings = Vec::new();
    for w in cuts.windows(2) {
        crossings.extend(roots::bracketed(w[0], w[1], 0.0, gap));
    }
    cuts.extend(crossings);
    cuts.push(middle);
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    let goal = Goal::<2> { relative: 1e-12, floor: [1e-300, f64::INFINITY], ..Goal::new(0.0, 0.0) };
    let got = on_line(&cuts, left, right, &goal, |x| {
        let g = gap(x).abs();
        let smaller = p.cdf(x).min(p.survival(x)) + q.cdf(x).min(q.survival(x));
        [g, smaller]
    });
    Answer::quadrature(got.values[0], got.errors[0] + CDF_ROUNDING * got.values[1], got.evaluations)
}

/// Root of the mean squared distance.
pub fn w2(p: &dyn Density, q: &dyn Density) -> Answer {
    if let Some(infinite) = without_moment(p, q, 2.0) {
        return infinite;
    }
    let (cuts, left, right) = cuts(p, p);
    // Each evaluation is a root of its own.
    let goal = Goal::<1> { evaluations: 3000, ..Goal::new(1e-11, 1e-300) };
    let got = on_line(&cuts, left, right, &goal, |x| {
        let density = p.pdf(x);
        if density == 0.0 {
            return [0.0];
        }
        let moved = x - quantile(q, p.cdf(x), p.survival(x));
        [density * moved * moved]
    });
    // The map is known to the rounding of both distribution functions.
    let scale = p.centre().1 + q.centre().1;
    let error = got.errors[0] + 1e-11 * got.values[0] + (CDF_ROUNDING * scale).powi(2);
    root(Answer::quadrature(got.values[0], error, got.evaluations))
}

/// Infinity where a tail is too heavy for the moment of this order.
fn without_moment(p: &dyn Density, q: &dyn Density, order: f64) -> Option<Answer> {
    let heavy = |d: &dyn Density| d.tails().iter().any(|t| t.is_power() && t.log - order <= 1.0);
    (heavy(p) || heavy(q)).then(|| {
        let cause = Text::new("a tail falls so slowly that the mean distance to carry diverges");
        Answer::infinite(cause, Method::Quadrature)
    })
}

/// Points to split at over the union of both supports, and the scales of its infinite ends.
fn cuts(p: &dyn Density, q: &dyn Density) -> (Vec<f64>, Option<f64>, Option<f64>) {
    let mut cuts = p.landmarks();
    cuts.extend(q.landmarks());
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    let ((a, b), (c, d)) = (p.support(), q.support());
    let scale = p.centre().1.max(q.centre().1);
    (cuts, a.min(c).is_infinite().then_some(scale), b.max(d).is_infinite().then_some(scale))
}

/// The x with these probabilities below and above it, from the smaller one.
fn quantile(d: &dyn Density, below: f64, above: f64) -> f64 {
    let (low, high) = d.support();
    let miss = |x: f64| {
        if below < above { (d.cdf(x) / below).ln() } else { -(d.survival(x) / above).ln() }
    };
    // From the middle outwards until the target is enclosed; then by bracketing.
    let (middle, scale) = d.centre();
    let reach = |side: f64, end: f64| {
        let mut step = scale;
        loop {
            let x = middle + side * step;
            let past = if side < 0.0 { x <= end } else { x >= end };
            if past {
                return end;
            }
            let m = miss(x);
            if m * side > 0.0 || m.is_infinite() || step > 1e300 {
                return x;
            }
            step *= 2.0;
        }
    };
    let (from, to) = (reach(-1.0, low), reach(1.0, high));
    let clamp = |m: f64| if m.is_nan() { 0.0 } else { m.clamp(-1e300, 1e300) };
    roots::bracketed(from, to, 0.0, |x| clamp(miss(x))).unwrap_or(if below < above { from } else { to })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::{Cauchy, Exponential, Laplace, Normal, TruncatedNormal, Uniform};
    use crate::divergence::wasserstein;

    fn near(answer: &Answer, want: f64, tolerance: f64) {
        let error = (answer.value - want).abs();
        assert!(error <= answer.error && answer.error <= tolerance * want, "{answer:?} for {want}");
    }

    #[test]
    fn quadrature_agrees_with_the_closed_forms() {
        let (p, q) = (Normal::new(0.0, 1.0).unwrap(), Normal::new(1.5, 0.25).unwrap());
        near(&w1(&p, &q), wasserstein::w1_normal(&p, &q).value, 1e-10);
        near(&w2(&p, &q), wasserstein::w2_normal(&p, &q).value, 1e-9);
        let (p, q) = (Laplace::new(0.0, 1.0).unwrap(), Laplace::new(-1.0, 3.0).unwrap());
        near(&w1(&p, &q), wasserstein::w1_laplace(&p, &q).value, 1e-10);
        near(&w2(&p, &q), wasserstein::w2_laplace(&p, &q).value, 1e-9);
        let (p, q) = (Uniform::new(0.0, 1.0).unwrap(), Uniform::new(-1.0, 3.0).unwrap());
        near(&w1(&p, &q), wasserstein::w1_uniform(&p, &q).value, 1e-10);
        near(&w2(&p, &q), wasserstein::w2_uniform(&p, &q).value, 1e-9);
        let (p, q) = (Exponential::new(1.0).unwrap(), Exponential::new(5.0).unwrap());
        near(&w1(&p, &q), 0.8, 1e-10);
        near(&w2(&p, &q), 0.8 * 2f64.sqrt(), 1e-9);
    }

    #[test]
    fn the_order_of_p_and_q_does_not_count() {
        let p = Normal::new(0.3, 1.0).unwrap();
        let q = TruncatedNormal::new(0.0, 2.0, -1.0, 4.0).unwrap();
        let (there, back) = (w2(&p, &q), w2(&q, &p));
        assert!((there.value - back.value).abs() <= there.error + back.error);
        assert!(w1(&p, &q).value <= there.value);
        assert_eq!(w1(&p, &Cauchy::new(0.0, 1.0).unwrap()).value, f64::INFINITY);
    }
}
