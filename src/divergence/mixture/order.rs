//! Divergences of two mixtures that depend on an order α: the α-divergence, Rényi's, χ² and Bhattacharyya's, all from
//! ∫ pᵅq¹⁻ᵅ.
//!
//! Between 0 and 1 that is always finite. Beyond, the tails decide: far out a mixture falls like its widest
//! component, so with β > 1 and n, d the densities in numerator and denominator, ∫ nᵝd¹⁻ᵝ is finite if and only if
//! β/σₙ² > (β−1)/σ_d² for the largest sds (and, where the two are equal, if the outermost means of those components
//! make the rest fall). Its mass may lie far from that of either mixture.

use crate::dist::bends::bends;
use crate::dist::mixture::{Component, Mixture};
use crate::divergence::answer::Answer;
use crate::divergence::answer::too_large;
use crate::divergence::mixture::kl;
use crate::divergence::mixture::pair::{Pair, Place};
use crate::numeric::cancellation::alpha_kernel;
use crate::numeric::double;
use crate::numeric::quadrature::{Goal, Integrals, integrate};
use crate::numeric::tolerance::{EPS, NOTHING};
use crate::quantity::{Method, Quantity};
use crate::text::Text;

/// The α-divergence (∫ αp + (1−α)q − pᵅq¹⁻ᵅ)/(α(1−α)): D(Q‖P) at α = 0, D(P‖Q) at 1, four times the squared
/// Hellinger distance at ½, half of χ² at 2.
pub fn alpha(alpha: f64, p: &Mixture, q: &Mixture, tolerance: f64) -> Answer {
    match settled(alpha, p, q, tolerance) {
        Some(answer) => answer,
        None => Order::new(alpha, p, q).divergence(tolerance),
    }
}

/// χ² = ∫(p − q)²/q.
pub fn chi2(p: &Mixture, q: &Mixture, tolerance: f64) -> Answer {
    let half = alpha(2.0, p, q, tolerance);
    overflowing(Answer { value: 2.0 * half.value, error: 2.0 * half.error, ..half })
}

/// Rényi's divergence ln(∫ pᵅq¹⁻ᵅ)/(α−1) of an order above 0; D(P‖Q) at α = 1.
pub fn renyi(alpha: f64, p: &Mixture, q: &Mixture, tolerance: f64) -> Answer {
    match settled(alpha, p, q, tolerance) {
        Some(answer) => answer,
        None => Order::new(alpha, p, q).renyi(tolerance),
    }
}

/// Bhattacharyya's distance −ln ∫√(pq), half of Rényi's of order ½.
pub fn bhattacharyya(p: &Mixture, q: &Mixture, tolerance: f64) -> Answer {
    let twice = renyi(0.5, p, q, tolerance);
    Answer { value: 0.5 * twice.value, error: 0.5 * twice.error, ..twice }
}

/// The pair with panels that suit integrals of pᵅq¹⁻ᵅ, or `None` where that has no finite integral.
pub fn pair_of_order(alpha: f64, p: &Mixture, q: &Mixture) -> Option<Pair> {
    let finite = if alpha > 1.0 { converges(alpha, p, q) } else { alpha >= 0.0 || converges(1.0 - alpha, q, p) };
    finite.then(|| Order::new(alpha, p, q).pair)
}

/// What needs no integral of this order: equal mixtures, the orders 0 and 1, infinity.
fn settled(alpha: f64, p: &Mixture, q: &Mixture, tolerance: f64) -> Option<Answer> {
    if p == q {
        return Some(Answer::exact(0.0));
    }
    if alpha == 1.0 {
        return Some(kl(p, q, tolerance));
    }
    if alpha == 0.0 {
        return Some(kl(q, p, tolerance));
    }
    let cause = if alpha > 1.0 {
        (!converges(alpha, p, q)).then(|| too_heavy("P", p, "Q", q))
    } else if alpha < 0.0 {
        (!converges(1.0 - alpha, q, p)).then(|| too_heavy("Q", q, "P", p))
    } else {
        None
    };
    cause.map(|cause| Answer::infinite(cause, Method::ClosedForm))
}

fn too_heavy(heavy: &'static str, n: &Mixture, light: &'static str, d: &Mixture) -> Text {
    Text::new("the tails of {heavy} (sd {sd_heavy}) are too heavy for those of {light} (sd {sd_light}) at this order")
        .with("heavy", heavy)
        .with("sd_heavy", Quantity::exact(n.largest_sd()))
        .with("light", light)
        .with("sd_light", Quantity::exact(d.largest_sd()))
}

/// Whether ∫ nᵝd¹⁻ᵝ is finite, for β > 1.
fn converges(beta: f64, n: &Mixture, d: &Mixture) -> bool {
    let (wide_n, wide_d) = (n.largest_sd(), d.largest_sd());
    // The sign of β σ_d² − (β−1) σ_n², exactly: there are orders, such as 9/8 with sds 3 and 1, at which it is 0.
    let scaled = |a: double::Double, sd: f64| {
        let (high, low) = double::product(sd, sd);
        double::add(double::add(double::product(a.0, high), (a.0 * low, 0.0)), (a.1 * high, 0.0))
    };
    let margin = double::subtract(scaled((beta, 0.0), wide_d), scaled(double::sum(beta, -1.0), wide_n));
    if margin.0 != 0.0 {
        return margin.0 > 0.0;
    }
    // What is left is e^(cx) on either side, from the outermost of the widest components.
    let slope = |sign: f64| {
        let outermost = |m: &Mixture, widest: f64| {
            let means = m.components().iter().filter(|c| c.sd == widest).map(|c| sign * c.mean);
            means.fold(f64::NEG_INFINITY, f64::max)
        };
        beta * outermost(n, wide_n) / (wide_n * wide_n) - (beta - 1.0) * outermost(d, wide_d) / (wide_d * wide_d)
    };
    slope(1.0) < 0.0 && slope(-1.0) < 0.0
}

/// Names an infinity that is only one of f64.
fn overflowing(answer: Answer) -> Answer {
    if answer.value.is_infinite() && answer.cause.is_none() {
        Answer { error: 0.0, cause: Some(too_large()), ..answer }
    } else {
        answer
    }
}

/// One order of one pair, with the integral's panels.
struct Order {
    alpha: f64,
    pair: Pair,
    /// About the largest value of ln(pᵅq¹⁻ᵅ).
    peak: f64,
}

/// Where panels end around the bell of a pair of components.
const BREAKS: [f64; 7] = [-9.0, -4.5, -2.0, 0.0, 2.0, 4.5, 9.0];

/// Integrands this far below the largest one (in ln) end the line.
const DEPTH: f64 = 50.0;

impl Order {
    fn new(alpha: f64, p: &Mixture, q: &Mixture) -> Self {
        let log =
            |mean: f64, offset: f64| alpha * p.curve(mean).at(offset).0 + (1.0 - alpha) * q.curve(mean).at(offset).0;
        let mut places = Vec::new();
        let mut peak = f64::NEG_INFINITY;
        for bend in bends(p).iter().chain(&bends(q)) {
            // The integrand may have its maximum in a bend of the denominator.
            places.push(Place { mean: bend.mean, offset: bend.offset, scale: bend.width });
            peak = peak.max(log(bend.mean, bend.offset));
        }
        for a in p.components() {
            for b in q.components() {
                peak = peak.max(log(a.mean, 0.0)).max(log(b.mean, 0.0));
                let Some((offset, sd)) = bell(alpha, a, b) else { continue };
                let rules = |m: &Mixture, c: &Component| {
                    let z = (offset - (c.mean - a.mean)) / c.sd;
                    c.level() - 0.5 * z * z > m.curve(a.mean).at(offset).0 - 3.0
                };
                if rules(p, a) && rules(q, b) {
                    places.extend(BREAKS.map(|z| Place { mean: a.mean, offset: offset + z * sd, scale: sd }));
                    peak = peak.max(log(a.mean, offset));
                }
            }
        }
        if !(0.0..=1.0).contains(&alpha) {
            for sign in [-1.0, 1.0] {
                peak = peak.max(outwards(p, q, sign, peak, &log, &mut places));
            }
        }
        Self { alpha, pair: Pair::with_places(p, q, &places), peak }
    }

    /// The α-divergence.
    fn divergence(&self, tolerance: f64) -> Answer {
        let noise = self.pair.noise();
        let goal = Goal { root: [noise], ..Goal::<1>::new(tolerance, NOTHING) };
        let found = integrate(self.pair.panels(), &goal, |chart, u| {
            let at = self.pair.at(chart, u);
            [alpha_kernel(self.alpha, at.p, at.q, at.t, at.ln_q)]
        });
        let value = found.values[0];
        if !value.is_finite() {
            return overflowing(Answer::quadrature(f64::INFINITY, 0.0, found.evaluations));
        }
        let error = found.errors[0] + self.logarithmic_noise() * value + 2.0 * noise * value.sqrt();
        Answer::quadrature(value, error, found.evaluations)
    }

    /// Rényi's divergence, from the α-divergence where the integral is near 1, and otherwise from its logarithm.
    fn renyi(&self, tolerance: f64) -> Answer {
        let alpha = self.alpha;
        let divergence = self.divergence(tolerance);
        let excess = alpha * (alpha - 1.0) * divergence.value;
        if excess > -0.5 && excess < 1.0 {
            let growth = if excess == 0.0 { 1.0 } else { excess.ln_1p() / excess };
            let value = alpha * divergence.value * growth;
            return Answer {
                value,
                error: alpha / (1.0 + excess) * divergence.error + 4.0 * EPS * value,
                ..divergence
            };
        }
        let Integrals { values: [mass], errors: [error], evaluations } = self.mass(tolerance);
        let value = ((self.peak + mass.ln()) / (alpha - 1.0)).max(0.0);
        let error = (error / mass + self.logarithmic_noise()) / (alpha - 1.0).abs() + 4.0 * EPS * value;
        Answer::quadrature(value, error, divergence.evaluations + evaluations)
    }

    /// ∫ pᵅq¹⁻ᵅ, divided by e^peak.
    fn mass(&self, tolerance: f64) -> Integrals<1> {
        integrate(self.pair.panels(), &Goal::<1>::new(tolerance, 0.0), |chart, u| {
            let at = self.pair.at(chart, u);
            [(self.alpha * at.ln_p + (1.0 - self.alpha) * at.ln_q - self.peak).exp()]
        })
    }

    /// The rounding of ln(pᵅq¹⁻ᵅ) where that is large.
    fn logarithmic_noise(&self) -> f64 {
        8.0 * EPS * (1.0 + self.alpha.abs()) * (1.0 + self.peak.abs())
    }
}

/// The middle (from the mean of `a`) and the sd of aᵅb¹⁻ᵅ, if that is a bell.
fn bell(alpha: f64, a: &Component, b: &Component) -> Option<(f64, f64)> {
    let ratio = b.sd / a.sd;
    // The precision in units of 1/σ_b².
    let precision = alpha * ratio * ratio + (1.0 - alpha);
    let offset = (1.0 - alpha) * (b.mean - a.mean) / precision;
    (precision > 0.0 && offset.is_finite()).then(|| (offset, b.sd / precision.sqrt()))
}

/// Adds places outwards from the outermost component until the integrand is negligible; its largest logarithm there.
fn outwards(
    p: &Mixture,
    q: &Mixture,
    sign: f64,
    mut peak: f64,
    log: &impl Fn(f64, f64) -> f64,
    places: &mut Vec<Place>,
) -> f64 {
    let all = || p.components().iter().chain(q.components());
    let Some(start) = all().max_by(|a, b| (sign * a.mean).total_cmp(&(sign * b.mean))) else { return peak };
    let mut step = all().map(|c| c.sd).fold(f64::INFINITY, f64::min);
    let mut distance = places.iter().map(|x| sign * ((x.mean - start.mean) + x.offset)).fold(0.0, f64::max);
    let mut before = log(start.mean, sign * distance);
    // Doubling steps: a few hundred cover all of f64.
    for _ in 0..1000 {
        distance += step;
        let here = log(start.mean, sign * distance);
        places.push(Place { mean: start.mean, offset: sign * distance, scale: step });
        peak = peak.max(here);
        if !here.is_finite() || (here < peak - DEPTH && here < before) {
            break;
        }
        before = here;
        step *= 1.5;
    }
    peak
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::normal::Normal;
    use crate::divergence::mixture::divergences;
    use crate::divergence::{f, renyi as closed_renyi};
    use crate::error::Result;
    use crate::numeric::tolerance::AT_REST;

    fn mixture(list: &[(f64, f64, f64)]) -> Result<Mixture> {
        Mixture::new(&list.iter().map(|&(weight, mean, sd)| Component { weight, mean, sd }).collect::<Vec<_>>())
    }

    #[test]
    fn a_mixture_of_one_agrees_with_the_normal() -> Result<()> {
        for (p, q) in [
            (Normal::new(0.0, 1.0)?, Normal::new(1.0, 2.0)?),
            (Normal::new(0.0, 1.0)?, Normal::new(0.001, 1.0005)?),
            (Normal::new(0.0, 1.4)?, Normal::new(3.0, 1.0)?),
            (Normal::new(-5.0, 0.3)?, Normal::new(5.0, 0.3)?),
            (Normal::new(1e9, 0.05)?, Normal::new(1e9 + 1.0, 3.0)?),
            (Normal::new(0.0, 1.41)?, Normal::new(0.5, 1.0)?),
        ] {
            let (a, b) = (Mixture::of_normal(&p)?, Mixture::of_normal(&q)?);
            for order in [-1.0, -0.3, 0.1, 0.5, 0.9, 0.999999, 1.5, 2.0] {
                let (got, want) = (alpha(order, &a, &b, AT_REST), f::alpha_normal(order, &p, &q));
                let size = want.value.abs().max(1e-3);
                let close = got.value == want.value || (got.value - want.value).abs() <= 1e-10 * size;
                assert!(
                    close && (got.error <= 1e-9 * size || got.value.is_infinite()),
                    "α {order}: {p:?} {q:?}: {got:?} is not {want:?}"
                );
                assert!(
                    (got.value - want.value).abs() <= got.error + want.error || got.value == want.value,
                    "α {order} {p:?} {q:?}: {got:?} {want:?}"
                );
                if order > 0.0 {
                    let (got, want) = (renyi(order, &a, &b, AT_REST), closed_renyi::normal(order, &p, &q));
                    let close = got.value == want.value || (got.value - want.value).abs() <= got.error + want.error;
                    assert!(
                        close && (got.error <= 1e-10 * want.value.max(1e-3) || got.value.is_infinite()),
                        "Rényi {order}: {got:?} is not {want:?}"
                    );
                }
            }
        }
        Ok(())
    }

    #[test]
    fn half_is_hellinger_and_two_is_chi_squared() -> Result<()> {
        let p = mixture(&[(0.3, -1.0, 0.5), (0.7, 1.0, 0.8)])?;
        let q = mixture(&[(0.6, -1.5, 0.9), (0.4, 2.0, 1.0)])?;
        let h = divergences(&p, &q, AT_REST).hellinger.value;
        assert!((alpha(0.5, &p, &q, AT_REST).value - 4.0 * h * h).abs() < 1e-13);
        assert!((bhattacharyya(&p, &q, AT_REST).value + (-h * h).ln_1p()).abs() < 1e-13);
        // χ² by brute force: the trapezoid on an analytic integrand.
        let step = 1e-3;
        let terms = (-20_000..20_000).map(|k| f64::from(k) * step).map(|x| (p.pdf(x) - q.pdf(x)).powi(2) / q.pdf(x));
        let want: f64 = terms.sum::<f64>() * step;
        let got = chi2(&p, &q, AT_REST);
        assert!((got.value - want).abs() < 1e-11 * want && got.error < 1e-9 * want, "{got:?} {want}");
        Ok(())
    }

    #[test]
    fn the_tails_decide_what_is_infinite() -> Result<()> {
        let narrow = mixture(&[(0.5, 0.0, 1.0), (0.5, 5.0, 0.2)])?;
        let wide = mixture(&[(0.999, 0.0, 0.1), (0.001, 0.0, 1.5)])?;
        let answer = chi2(&wide, &narrow, AT_REST);
        assert_eq!(answer.value, f64::INFINITY);
        let said = answer.cause.map(|cause| cause.english());
        assert_eq!(said.as_deref(), Some("the tails of P (sd 1.5) are too heavy for those of Q (sd 1) at this order"));
        assert!(chi2(&narrow, &wide, AT_REST).value.is_finite());
        assert_eq!(alpha(-1.0, &narrow, &wide, AT_REST).value, f64::INFINITY);
        // Exactly on the edge, σ_p = 3σ_q at order 9/8, the means decide.
        let unit = mixture(&[(0.5, -1.0, 1.0), (0.5, 1.0, 1.0)])?;
        let edge = |mean| Ok(renyi(1.125, &mixture(&[(1.0, mean, 3.0)])?, &unit, AT_REST).value);
        assert!(edge(0.0)?.is_finite() && edge(20.0)?.is_infinite());
        Ok(())
    }
}
