//! Every measure of every pair of families: closed forms where there are, sums over outcomes, quadrature on
//! the line for the rest, and a refusal by name for what makes no sense.

use crate::dist::{Density, Dist, Mixture, Poisson};
use crate::divergence::answer::Answer;
use crate::divergence::closed::{both_ways, root};
use crate::divergence::line::{Kernel, Line};
use crate::divergence::{counts, entropy, f, fisher_rao, kl, mixture, renyi, transport, wasserstein};
use crate::error::{Error, Result};
use crate::numeric::tolerance::AT_REST;
use crate::text::Text;

/// What to measure of a pair.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)] // named as on the wire; each is defined where it is computed
pub enum Measure {
    Kl,
    CrossEntropy,
    Jeffreys,
    Js,
    Tv,
    Hellinger,
    Bhattacharyya,
    Chi2,
    W1,
    W2,
    FisherRao,
    Renyi(f64),
    Alpha(f64),
}

impl Measure {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kl => "kl",
            Self::CrossEntropy => "cross_entropy",
            Self::Jeffreys => "jeffreys",
            Self::Js => "js",
            Self::Tv => "tv",
            Self::Hellinger => "hellinger",
            Self::Bhattacharyya => "bhattacharyya",
            Self::Chi2 => "chi2",
            Self::W1 => "w1",
            Self::W2 => "w2",
            Self::FisherRao => "fisher_rao",
            Self::Renyi(_) => "renyi",
            Self::Alpha(_) => "alpha",
        }
    }
}

/// The measure of a pair.
///
/// # Errors
/// Refuses a pair that does not live on the same space, outcomes that differ in number, and a measure that has
/// no meaning for the pair (naming measure and families), and a Rényi order that is not above 0.
pub fn measure(measure: Measure, p: &Dist, q: &Dist) -> Result<Answer> {
    if let Measure::Renyi(alpha) | Measure::Alpha(alpha) = measure {
        let good = alpha.is_finite() && (alpha > 0.0 || matches!(measure, Measure::Alpha(_)));
        if !good {
            let rule = if alpha.is_finite() { "must be above 0" } else { "must be finite" };
            return Err(Error::bad("alpha", alpha, rule));
        }
    }
    if matches!(measure, Measure::W1 | Measure::W2) {
        for (name, d) in [("p", p), ("q", q)] {
            carried(d).map_err(|e| e.within(name))?;
        }
    }
    if measure == Measure::Jeffreys {
        let there = self::measure(Measure::Kl, p, q)?;
        return Ok(both_ways(there, self::measure(Measure::Kl, q, p)?));
    }
    let answer = match (p, q) {
        (Dist::Poisson(p), Dist::Poisson(q)) => Some(of_counts(measure, p, q)?),
        (Dist::Normal2(p), Dist::Normal2(q)) => match measure {
            Measure::Kl => Some(kl::normal2(p, q)),
            Measure::CrossEntropy => Some(entropy::normal2(p).plus(&kl::normal2(p, q))),
            Measure::W2 => Some(wasserstein::w2_normal2(p, q)),
            _ => None,
        },
        (Dist::DiagonalNormal(a), Dist::DiagonalNormal(b)) => {
            if a.dimensions() != b.dimensions() {
                return Err(unequal("q.mean", b.dimensions(), a.dimensions()));
            }
            match measure {
                Measure::Kl => Some(kl::diagonal_normal(a, b)),
                Measure::CrossEntropy => Some(entropy::diagonal_normal(a).plus(&kl::diagonal_normal(a, b))),
                Measure::W2 => Some(wasserstein::w2_diagonal_normal(a, b)),
                Measure::FisherRao => Some(fisher_rao::diagonal_normal(a, b)),
                _ => None,
            }
        }
        _ => match (p.outcomes(), q.outcomes()) {
            (Some(a), Some(b)) => {
                if a.len() != b.len() {
                    return Err(unequal("q", b.len(), a.len()));
                }
                Some(of_outcomes(measure, p, q)?)
            }
            (None, None) => on_the_line(measure, p, q),
            _ => None,
        },
    };
    let on_line = p.density().is_some() && q.density().is_some() && measure != Measure::FisherRao;
    let rule = if on_line {
        "cannot be computed between this {p} and this {q}: they lie too far apart or differ too much in scale"
    } else {
        "is not computed between {p} and {q}"
    };
    let sound = |a: &Answer| !a.value.is_nan() && !a.error.is_nan() && (a.value.is_finite() || a.cause.is_some());
    answer.filter(sound).ok_or_else(|| {
        Error::bad("measure", measure.name(), Text::new(rule).with("p", p.family()).with("q", q.family()))
    })
}

/// Refuses a Beta distribution whose distribution function is too slow to carry mass by.
fn carried(d: &Dist) -> Result<()> {
    let Dist::Beta(d) = d else { return Ok(()) };
    for (name, x) in [("a", d.a()), ("b", d.b())] {
        if !(1e-2..=1e4).contains(&x) {
            return Err(Error::bad(name, x, "must be between 0.01 and 10000 for a Wasserstein distance"));
        }
    }
    Ok(())
}

/// Two lists that should be as long.
fn unequal(field: &str, found: usize, wanted: usize) -> Error {
    let rule = Text::new("must be as many as p has, {n}").with("n", wanted.to_string());
    Error::bad(field, format!("{found} values"), rule)
}

/// The entropy of a distribution, in nats.
pub fn entropy_of(p: &Dist) -> Answer {
    match p {
        Dist::Bernoulli(d) => entropy::bernoulli(d),
        Dist::Categorical(d) => entropy::categorical(d),
        Dist::Tilted(d) => entropy::categorical(d.policy()),
        Dist::Normal(d) => entropy::normal(d),
        Dist::Mixture(d) => mixture::entropy(d, AT_REST),
        Dist::Uniform(d) => entropy::uniform(d),
        Dist::Laplace(d) => entropy::laplace(d),
        Dist::Exponential(d) => entropy::exponential(d),
        Dist::Poisson(d) => entropy::poisson(d),
        Dist::Cauchy(d) => entropy::cauchy(d),
        Dist::TruncatedNormal(d) => entropy::truncated_normal(d),
        Dist::Beta(d) => entropy::beta(d),
        Dist::Normal2(d) => entropy::normal2(d),
        Dist::DiagonalNormal(d) => entropy::diagonal_normal(d),
    }
}

/// Finitely many outcomes, as many in both.
fn of_outcomes(measure: Measure, p: &Dist, q: &Dist) -> Result<Answer> {
    if let (Dist::Bernoulli(p), Dist::Bernoulli(q)) = (p, q) {
        return Ok(match measure {
            Measure::Kl | Measure::Jeffreys => kl::bernoulli(p, q),
            Measure::CrossEntropy => entropy::cross_bernoulli(p, q),
            Measure::Js => f::js_bernoulli(p, q),
            Measure::Tv => f::tv_bernoulli(p, q),
            Measure::Hellinger => f::hellinger_bernoulli(p, q),
            Measure::Bhattacharyya => f::bhattacharyya_bernoulli(p, q),
            Measure::Chi2 => f::chi2_bernoulli(p, q),
            Measure::W1 => wasserstein::w1_bernoulli(p, q),
            Measure::W2 => wasserstein::w2_bernoulli(p, q),
            Measure::FisherRao => fisher_rao::bernoulli(p, q),
            Measure::Renyi(alpha) => renyi::bernoulli(alpha, p, q),
            Measure::Alpha(alpha) => f::alpha_bernoulli(alpha, p, q),
        });
    }
    let (Some(p), Some(q)) = (p.outcomes(), q.outcomes()) else {
        return Err(Error::bad("p", p.family(), "must have finitely many outcomes"));
    };
    let (p, q) = (p.as_ref(), q.as_ref());
    Ok(match measure {
        Measure::Kl | Measure::Jeffreys => kl::categorical(p, q),
        Measure::CrossEntropy => entropy::cross_categorical(p, q),
        Measure::Js => f::js_categorical(p, q),
        Measure::Tv => f::tv_categorical(p, q),
        Measure::Hellinger => f::hellinger_categorical(p, q),
        Measure::Bhattacharyya => f::bhattacharyya_categorical(p, q),
        Measure::Chi2 => f::chi2_categorical(p, q),
        Measure::W1 => wasserstein::w1_categorical(p, q),
        Measure::W2 => wasserstein::w2_categorical(p, q),
        Measure::FisherRao => fisher_rao::categorical(p, q),
        Measure::Renyi(alpha) => renyi::categorical(alpha, p, q),
        Measure::Alpha(alpha) => f::alpha_categorical(alpha, p, q),
    })
}

/// Two Poisson distributions.
fn of_counts(measure: Measure, p: &Poisson, q: &Poisson) -> Result<Answer> {
    Ok(match measure {
        Measure::Kl | Measure::Jeffreys => kl::poisson(p, q),
        Measure::CrossEntropy => entropy::poisson(p).plus(&kl::poisson(p, q)),
        Measure::Js => counts::js(p, q)?,
        Measure::Tv => counts::tv(p, q)?,
        Measure::Hellinger => counts::hellinger(p, q),
        Measure::Bhattacharyya => counts::bhattacharyya(p, q),
        Measure::Chi2 => counts::chi2(p, q),
        Measure::W1 => wasserstein::w1_poisson(p, q),
        Measure::W2 => counts::w2(p, q)?,
        Measure::FisherRao => fisher_rao::poisson(p, q),
        Measure::Renyi(alpha) => counts::renyi(alpha, p, q),
        Measure::Alpha(alpha) => counts::alpha(alpha, p, q),
    })
}

/// How many scales from the origin a density may lie to be resolved by quadrature.
const RESOLVED: f64 = 1e10;

/// Two densities on the line: a closed form if there is one, else quadrature.
fn on_the_line(measure: Measure, p: &Dist, q: &Dist) -> Option<Answer> {
    if let Some(answer) = closed_form(measure, p, q) {
        return Some(answer);
    }
    let line = Line::new(p, q)?;
    let (dp, dq) = (p.density()?, q.density()?);
    // Coordinates start in P's middle where they can, so that what is narrow there can be resolved.
    let origin = dp.centre().0;
    if origin != 0.0
        && let (Some(p), Some(q)) = (p.moved_back(origin), q.moved_back(origin))
    {
        return on_the_line(measure, &p, &q);
    }
    let far = |d: &dyn Density| d.centre().0.abs() > RESOLVED * dp.centre().1.min(dq.centre().1);
    if far(dp) || far(dq) {
        return None;
    }
    Some(match measure {
        Measure::Kl | Measure::Jeffreys => line.divergence(Kernel::Kl),
        Measure::CrossEntropy => entropy_of(p).plus(&self::measure(Measure::Kl, p, q).ok()?),
        Measure::Js => line.divergence(Kernel::JensenShannon),
        Measure::Tv => line.divergence(Kernel::TotalVariation),
        Measure::Hellinger => root(line.divergence(Kernel::SquaredHellinger)),
        Measure::Bhattacharyya => line.bhattacharyya(),
        Measure::Chi2 => line.divergence(Kernel::ChiSquared),
        Measure::W1 => transport::w1(dp, dq),
        Measure::W2 => transport::w2(dp, dq),
        Measure::FisherRao => return None,
        Measure::Renyi(alpha) => line.renyi(alpha),
        Measure::Alpha(alpha) => line.divergence(Kernel::Alpha(alpha)),
    })
}

/// The closed forms on the line.
fn closed_form(measure: Measure, p: &Dist, q: &Dist) -> Option<Answer> {
    use Measure::{Alpha, Bhattacharyya, Chi2, CrossEntropy, FisherRao, Hellinger, Js, Kl, Renyi, Tv, W1, W2};
    Some(match (p, q, measure) {
        (Dist::Normal(p), Dist::Normal(q), _) => match measure {
            Kl | Measure::Jeffreys => kl::normal(p, q),
            CrossEntropy => entropy::cross_normal(p, q),
            Js => f::js_normal(p, q),
            Tv => f::tv_normal(p, q),
            Hellinger => f::hellinger_normal(p, q),
            Bhattacharyya => f::bhattacharyya_normal(p, q),
            Chi2 => f::chi2_normal(p, q),
            W1 => wasserstein::w1_normal(p, q),
            W2 => wasserstein::w2_normal(p, q),
            FisherRao => fisher_rao::normal(p, q),
            Renyi(alpha) => renyi::normal(alpha, p, q),
            Alpha(alpha) => f::alpha_normal(alpha, p, q),
        },
        (Dist::Laplace(p), Dist::Laplace(q), Kl) => kl::laplace(p, q),
        (Dist::Laplace(p), Dist::Laplace(q), W1) => wasserstein::w1_laplace(p, q),
        (Dist::Laplace(p), Dist::Laplace(q), W2) => wasserstein::w2_laplace(p, q),
        (Dist::Laplace(p), Dist::Laplace(q), FisherRao) => fisher_rao::laplace(p, q),
        (Dist::Exponential(p), Dist::Exponential(q), Kl) => kl::exponential(p, q),
        (Dist::Exponential(p), Dist::Exponential(q), W1) => wasserstein::w1_exponential(p, q),
        (Dist::Exponential(p), Dist::Exponential(q), W2) => wasserstein::w2_exponential(p, q),
        (Dist::Exponential(p), Dist::Exponential(q), FisherRao) => fisher_rao::exponential(p, q),
        (Dist::Cauchy(p), Dist::Cauchy(q), Kl) => kl::cauchy(p, q),
        (Dist::Cauchy(p), Dist::Cauchy(q), W1 | W2) => wasserstein::cauchy(p, q),
        (Dist::Cauchy(p), Dist::Cauchy(q), FisherRao) => fisher_rao::cauchy(p, q),
        (Dist::Uniform(p), Dist::Uniform(q), Kl) => kl::uniform(p, q),
        (Dist::Uniform(p), Dist::Uniform(q), W1) => wasserstein::w1_uniform(p, q),
        (Dist::Uniform(p), Dist::Uniform(q), W2) => wasserstein::w2_uniform(p, q),
        (Dist::Beta(p), Dist::Beta(q), Kl) => kl::beta(p, q),
        (Dist::Laplace(p), Dist::Normal(q), Kl) => kl::laplace_normal(p, q),
        (Dist::Normal(p), Dist::Laplace(q), Kl) => kl::normal_laplace(p, q),
        (Dist::Uniform(p), Dist::Normal(q), Kl) => kl::uniform_normal(p, q),
        _ if p == q && measure != CrossEntropy && measure != FisherRao => Answer::exact(0.0),
        _ => return mixtures(measure, p, q),
    })
}

/// Mixtures, or a mixture and a normal.
fn mixtures(measure: Measure, p: &Dist, q: &Dist) -> Option<Answer> {
    let as_mixture = |d: &Dist| match d {
        Dist::Mixture(m) => Some(m.clone()),
        Dist::Normal(n) => Mixture::of_normal(n).ok(),
        _ => None,
    };
    let (p, q) = (as_mixture(p)?, as_mixture(q)?);
    let all = || mixture::divergences(&p, &q, AT_REST);
    Some(match measure {
        Measure::Kl => mixture::kl(&p, &q, AT_REST),
        Measure::CrossEntropy => all().cross_entropy_pq,
        Measure::Jeffreys => all().jeffreys,
        Measure::Js => all().js,
        Measure::Tv => mixture::tv(&p, &q, AT_REST),
        Measure::Hellinger => all().hellinger,
        Measure::Bhattacharyya => mixture::order::bhattacharyya(&p, &q, AT_REST),
        Measure::Chi2 => mixture::order::chi2(&p, &q, AT_REST),
        Measure::Renyi(alpha) => mixture::order::renyi(alpha, &p, &q, AT_REST),
        Measure::Alpha(alpha) => mixture::order::alpha(alpha, &p, &q, AT_REST),
        Measure::W1 | Measure::W2 | Measure::FisherRao => return None,
    })
}
