//! Whether an estimate from draws of P has a standard error at all.
//!
//! The spread of a sample is a number whatever it is drawn from. It tells how far a mean of k1, k2 or k3 may be off only
//! where the variance of one draw is finite: that of k1 and k2 is, wherever D(P‖Q) is; that of k3 holds E\[(q/p)²\],
//! which is infinite where P thins out faster than Q's square does. Both follow from how the densities end.

use std::f64::consts::SQRT_2;

use crate::dist::Dist;
use crate::divergence::cell::of_categoricals;
use crate::estimate::monte_carlo::Estimator;
use crate::text::Text;

/// How a density ends on one side.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// At a point, towards which it goes like (distance from it)^power.
    At { point: f64, power: f64 },
    /// Never, like a normal of this sd.
    Normal { sd: f64 },
    /// Never, like e^(−rate·x).
    Exponential { rate: f64 },
    /// Never, like x⁻².
    Cauchy,
}

/// Why an estimate of D(P‖Q) from draws of P has no standard error; `None` where it has one.
pub fn without_standard_error(estimator: Estimator, p: &Dist, q: &Dist) -> Option<Text> {
    if p == q {
        return None;
    }
    match (ends(p), ends(q)) {
        (Some(of_p), Some(of_q)) => of_densities(estimator, of_p, of_q),
        _ => of_outcomes(p, q),
    }
}

/// The mean itself is infinite.
fn no_mean(why: Text) -> Text {
    Text::new("D(P‖Q) is infinite, because {why}: draws have no mean to come near to").with("why", why)
}

fn of_densities(estimator: Estimator, p: [End; 2], q: [End; 2]) -> Option<Text> {
    for (side, (p, q)) in p.into_iter().zip(q).enumerate() {
        let outwards = if side == 0 { -1.0 } else { 1.0 };
        let short = match (p, q) {
            (End::At { point: a, .. }, End::At { point: b, .. }) => outwards * b < outwards * a,
            (_, End::At { .. }) => true,
            _ => false,
        };
        if short {
            return Some(no_mean(Text::new("P has mass where Q has none")));
        }
        if p == End::Cauchy && q != End::Cauchy {
            return Some(no_mean(Text::new("Q’s tails are too light for P’s")));
        }
    }
    let heavy = p.into_iter().zip(q).any(|(p, q)| !squares_sum(p, q));
    (estimator == Estimator::K3 && heavy).then(|| {
        Text::new(
            "the variance of q/p is infinite, because P is so small beside Q where it ends: k3 has no standard error",
        )
    })
}

/// Whether ∫q²/p is finite on one side.
fn squares_sum(p: End, q: End) -> bool {
    match (p, q) {
        (End::At { point: a, power }, End::At { point: b, power: other }) if a == b => 2.0 * other - power > -1.0,
        // There Q neither ends nor vanishes.
        (End::At { power, .. }, _) => power < 1.0,
        // No two doubles have squares of which one is twice the other, so the means never decide.
        (End::Normal { sd: s }, End::Normal { sd: t }) => t / s < SQRT_2,
        (End::Exponential { rate: a }, End::Exponential { rate: b }) => 2.0 * b > a,
        (End::Exponential { .. }, End::Normal { .. }) | (End::Cauchy, _) => true,
        _ => false,
    }
}

/// Both ends of a density on the line; `None` for what has outcomes.
fn ends(of: &Dist) -> Option<[End; 2]> {
    let both = |end| Some([end; 2]);
    match of {
        Dist::Normal(d) => both(End::Normal { sd: d.sd() }),
        // The widest bell outlasts the others.
        Dist::Mixture(d) => both(End::Normal { sd: d.largest_sd() }),
        Dist::Laplace(d) => both(End::Exponential { rate: d.scale().recip() }),
        Dist::Exponential(d) => Some([End::At { point: 0.0, power: 0.0 }, End::Exponential { rate: d.rate() }]),
        Dist::Cauchy(_) => both(End::Cauchy),
        Dist::Uniform(d) => Some([d.low(), d.high()].map(|point| End::At { point, power: 0.0 })),
        Dist::TruncatedNormal(d) => Some([d.low(), d.high()].map(|point| End::At { point, power: 0.0 })),
        Dist::Beta(d) => Some([End::At { point: 0.0, power: d.a() - 1.0 }, End::At { point: 1.0, power: d.b() - 1.0 }]),
        _ => None,
    }
}

/// Counts and outcomes: all moments are finite unless Q rules something out.
fn of_outcomes(p: &Dist, q: &Dist) -> Option<Text> {
    let ruled_out = match (p, p.outcomes(), q.outcomes()) {
        (_, Some(a), Some(b)) => {
            let beyond = std::iter::repeat(&f64::NEG_INFINITY);
            a.logs().iter().zip(b.logs().iter().chain(beyond)).any(|(a, b)| *a > *b && *b == f64::NEG_INFINITY)
        }
        (Dist::Poisson(_), _, Some(_)) => true,
        _ => false,
    };
    ruled_out.then(|| no_mean(Text::new("P has mass where Q has none")))
}

/// Whether ln(q/p) is the same wherever P has mass, so that every draw gives the same term.
pub fn is_constant(p: &Dist, q: &Dist) -> bool {
    match (p, q) {
        (Dist::Uniform(_), Dist::Uniform(_)) => true,
        _ if p == q => true,
        _ => p.outcomes().zip(q.outcomes()).is_some_and(|(a, b)| {
            let cells = of_categoricals(&a, &b);
            let mut ratios = cells.iter().filter(|c| c.p > 0.0).map(|c| c.log_ratio);
            let first = ratios.next();
            ratios.all(|ratio| Some(ratio) == first)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::{Beta, Cauchy, Component, Exponential, Laplace, Mixture, Normal, Poisson, Uniform};

    fn normal(mean: f64, sd: f64) -> Dist {
        Dist::Normal(Normal::new(mean, sd).unwrap())
    }

    fn bells(bells: &[(f64, f64, f64)]) -> Dist {
        let bells: Vec<_> = bells.iter().map(|&(weight, mean, sd)| Component { weight, mean, sd }).collect();
        Dist::Mixture(Mixture::new(&bells).unwrap())
    }

    /// Whether k1 and k2, and k3, have a standard error.
    fn has(p: &Dist, q: &Dist) -> (bool, bool) {
        let [k1, k2, k3] = Estimator::ALL.map(|e| without_standard_error(e, p, q).is_none());
        assert_eq!(k1, k2, "{p:?} {q:?}");
        (k1, k3)
    }

    #[test]
    fn normals_have_one_for_k3_up_to_twice_the_variance() {
        for (sd, k3) in [(0.1, true), (1.0, true), (1.414, true), (2f64.sqrt(), false), (1.415, false), (3.0, false)] {
            assert_eq!(has(&normal(0.0, 1.0), &normal(0.3, sd)), (true, k3), "{sd}");
        }
        // √2 as a double is above √2, the one before it below.
        assert_eq!(has(&normal(0.0, 1.0), &normal(0.3, 2f64.sqrt().next_down())), (true, true));
        assert_eq!(has(&normal(1.0, 1.0), &normal(1.0, 1.0)), (true, true));
    }

    #[test]
    fn the_widest_bell_of_a_mixture_decides() {
        let p = bells(&[(0.5, -2.0, 0.5), (0.5, 2.0, 1.0)]);
        assert_eq!(has(&p, &normal(9.0, 1.4)), (true, true));
        assert_eq!(has(&p, &bells(&[(0.999, 0.0, 0.5), (0.001, 0.0, 1.5)])), (true, false));
        // What has no weight has no tail.
        assert_eq!(has(&p, &bells(&[(1.0, 0.0, 0.5), (0.0, 0.0, 1.5)])), (true, true));
    }

    #[test]
    fn other_families_end_as_they_do() {
        let laplace = |scale| Dist::Laplace(Laplace::new(0.0, scale).unwrap());
        let cauchy = |scale| Dist::Cauchy(Cauchy::new(0.0, scale).unwrap());
        let exponential = |rate| Dist::Exponential(Exponential::new(rate).unwrap());
        let uniform = |low, high| Dist::Uniform(Uniform::new(low, high).unwrap());
        let beta = |a, b| Dist::Beta(Beta::new(a, b).unwrap());
        let (both, k1, none) = ((true, true), (true, false), (false, false));
        for (p, q, want) in [
            (laplace(1.0), laplace(1.9), both),
            (laplace(1.0), laplace(2.0), k1),
            (laplace(1.0), normal(0.0, 5.0), both),
            (normal(0.0, 1.0), laplace(0.1), k1),
            (normal(0.0, 1.0), cauchy(1.0), k1),
            (laplace(1.0), cauchy(1.0), k1),
            (cauchy(1.0), cauchy(9.0), both),
            (cauchy(1.0), normal(0.0, 1.0), none),
            (cauchy(1.0), laplace(9.0), none),
            (exponential(1.0), exponential(0.5), k1),
            (exponential(1.0), exponential(0.51), both),
            (exponential(2.0), laplace(1.0), k1),
            (exponential(2.0), laplace(0.9), both),
            (laplace(1.0), exponential(1.0), none),
            (uniform(0.0, 1.0), uniform(-1.0, 1.0), both),
            (uniform(0.0, 1.0), uniform(0.1, 2.0), none),
            (uniform(0.0, 1.0), normal(0.0, 1.0), both),
            (normal(0.0, 1.0), uniform(-9.0, 9.0), none),
            (beta(1.9, 1.0), uniform(0.0, 1.0), both),
            (beta(2.0, 1.0), uniform(0.0, 1.0), k1),
            (beta(2.0, 2.0), beta(1.1, 1.1), both),
            (beta(2.0, 2.0), beta(1.0, 2.0), k1),
            (beta(3.0, 3.0), normal(0.5, 1.0), k1),
            (uniform(0.0, 1.0), beta(0.5, 1.0), k1),
            (uniform(0.0, 1.0), beta(0.51, 1.0), both),
        ] {
            assert_eq!(has(&p, &q), want, "{p:?} {q:?}");
        }
    }

    #[test]
    fn outcomes_have_one_unless_q_rules_some_out() {
        let shares = |weights: &[f64]| Dist::Categorical(crate::dist::Categorical::from_weights(weights).unwrap());
        let poisson = |rate| Dist::Poisson(Poisson::new(rate).unwrap());
        assert_eq!(has(&shares(&[1.0, 1.0, 0.0]), &shares(&[1.0, 2.0, 3.0])), (true, true));
        assert_eq!(has(&shares(&[1.0, 2.0, 3.0]), &shares(&[1.0, 1.0, 0.0])), (false, false));
        assert_eq!(has(&shares(&[1.0, 2.0, 3.0]), &shares(&[1.0, 1.0])), (false, false));
        assert_eq!(has(&shares(&[1.0, 2.0]), &poisson(1.0)), (true, true));
        assert_eq!(has(&poisson(1.0), &shares(&[1.0, 2.0])), (false, false));
        assert_eq!(has(&poisson(1.0), &poisson(100.0)), (true, true));
    }
}
