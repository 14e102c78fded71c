//! A distribution of any family, as the calculator is given one.

use std::borrow::Cow;

use crate::dist::density::Density;
use crate::dist::{
    Bernoulli, Beta, Categorical, Cauchy, Component, DiagonalNormal, Exponential, Laplace, Mixture, Normal, Normal2,
    Poisson, Tilted, TruncatedNormal, Uniform,
};
use crate::numeric::rng::Rng;

/// A distribution of one of the families.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // each variant is the type it holds
pub enum Dist {
    Bernoulli(Bernoulli),
    Categorical(Categorical),
    Normal(Normal),
    Mixture(Mixture),
    Uniform(Uniform),
    Laplace(Laplace),
    Exponential(Exponential),
    Poisson(Poisson),
    Cauchy(Cauchy),
    TruncatedNormal(TruncatedNormal),
    Beta(Beta),
    Normal2(Normal2),
    DiagonalNormal(DiagonalNormal),
    Tilted(Tilted),
}

/// Each family's type is a distribution.
macro_rules! families {
    ($($family:ident),*) => {$(
        impl From<&$family> for Dist {
            fn from(of: &$family) -> Self {
                Self::$family(of.to_owned())
            }
        }
    )*};
}
families!(Bernoulli, Categorical, Normal, Mixture, Uniform, Normal2);

impl Dist {
    /// The name of its family on the wire.
    pub fn family(&self) -> &'static str {
        match self {
            Self::Bernoulli(_) => "bernoulli",
            Self::Categorical(_) => "categorical",
            Self::Normal(_) => "normal",
            Self::Mixture(_) => "mixture",
            Self::Uniform(_) => "uniform",
            Self::Laplace(_) => "laplace",
            Self::Exponential(_) => "exponential",
            Self::Poisson(_) => "poisson",
            Self::Cauchy(_) => "cauchy",
            Self::TruncatedNormal(_) => "truncated_normal",
            Self::Beta(_) => "beta",
            Self::Normal2(_) => "normal2",
            Self::DiagonalNormal(_) => "diagonal_normal",
            Self::Tilted(_) => "tilted",
        }
    }

    /// Its probabilities, if it has finitely many outcomes.
    pub fn outcomes(&self) -> Option<Cow<'_, Categorical>> {
        match self {
            Self::Bernoulli(coin) => Some(Cow::Owned(Categorical::from_coin(coin))),
            Self::Categorical(c) => Some(Cow::Borrowed(c)),
            Self::Tilted(t) => Some(Cow::Borrowed(t.policy())),
            _ => None,
        }
    }

    /// Its density, if it has one on the line.
    pub fn density(&self) -> Option<&dyn Density> {
        match self {
            Self::Normal(d) => Some(d),
            Self::Mixture(d) => Some(d),
            Self::Uniform(d) => Some(d),
            Self::Laplace(d) => Some(d),
            Self::Exponential(d) => Some(d),
            Self::Cauchy(d) => Some(d),
            Self::TruncatedNormal(d) => Some(d),
            Self::Beta(d) => Some(d),
            _ => None,
        }
    }

    /// One draw, as a number: the outcome's, or the point's; `None` in more than one dimension.
    pub fn sample(&self, rng: &mut Rng) -> Option<f64> {
        Some(match self {
            Self::Bernoulli(d) => f64::from(u8::from(d.sample(rng))),
            Self::Categorical(d) => d.sample(rng) as f64,
            Self::Tilted(d) => d.policy().sample(rng) as f64,
            Self::Normal(d) => d.mean() + d.sd() * rng.normal(),
            Self::Mixture(d) => {
                let mut left = rng.open01();
                let chosen = d.components().iter().find(|c| {
                    left -= c.weight;
                    left < 0.0
                });
                let component = chosen.or(d.components().last())?;
                component.mean + component.sd * rng.normal()
            }
            Self::Uniform(d) => d.sample(rng),
            Self::Laplace(d) => d.sample(rng),
            Self::Exponential(d) => d.sample(rng),
            Self::Poisson(d) => d.sample(rng) as f64,
            Self::Cauchy(d) => d.sample(rng),
            Self::TruncatedNormal(d) => d.sample(rng),
            Self::Beta(d) => d.sample(rng),
            Self::Normal2(_) | Self::DiagonalNormal(_) => return None,
        })
    }

    /// The same distribution with `by` taken from every point, where its family has a location.
    pub fn moved_back(&self, by: f64) -> Option<Self> {
        Some(match self {
            Self::Normal(d) => Self::Normal(Normal::new(d.mean() - by, d.sd()).ok()?),
            Self::Mixture(d) => {
                let components: Vec<Component> =
                    d.components().iter().map(|c| Component { mean: c.mean - by, ..*c }).collect();
                Self::Mixture(Mixture::new(&components).ok()?)
            }
            Self::Uniform(d) => Self::Uniform(Uniform::new(d.low() - by, d.high() - by).ok()?),
            Self::Laplace(d) => Self::Laplace(Laplace::new(d.mean() - by, d.scale()).ok()?),
            Self::Cauchy(d) => Self::Cauchy(Cauchy::new(d.location() - by, d.scale()).ok()?),
            Self::TruncatedNormal(d) => {
                Self::TruncatedNormal(TruncatedNormal::new(d.mean() - by, d.sd(), d.low() - by, d.high() - by).ok()?)
            }
            _ => return None,
        })
    }

    /// The same Beta distribution, if it is one.
    pub fn beta(&self) -> Option<&Beta> {
        if let Self::Beta(beta) = self { Some(beta) } else { None }
    }
}
