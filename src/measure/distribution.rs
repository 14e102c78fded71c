//! Distributions as requests give them: `{family, …}`.

use super::fields::Fields;
use super::value::{Value, short};
use crate::dist::{
    Bernoulli, Beta, Categorical, Cauchy, Component, DiagonalNormal, Dist, Exponential, Laplace, Mixture, Normal,
    Normal2, Poisson, Tilted, TruncatedNormal, Uniform,
};
use crate::error::{Error, Result};

/// The distribution that a map of fields describes; errors carry the path within it.
pub(super) fn distribution(value: &Value) -> Result<Dist> {
    let mut fields = Fields::of(value, "")?;
    let family = fields.text("family")?;
    let f = &mut fields;
    let dist = match family {
        "bernoulli" => Dist::Bernoulli(Bernoulli::new(f.number("p")?)?),
        "categorical" => Dist::Categorical(categorical(f)?),
        "normal" => Dist::Normal(Normal::new(f.number("mean")?, f.number("sd")?)?),
        "mixture" => Dist::Mixture(Mixture::new(&components(f)?)?),
        "uniform" => Dist::Uniform(Uniform::new(f.number("low")?, f.number("high")?)?),
        "laplace" => Dist::Laplace(Laplace::new(f.number("mean")?, f.number("scale")?)?),
        "exponential" => Dist::Exponential(Exponential::new(f.number("rate")?)?),
        "poisson" => Dist::Poisson(Poisson::new(f.number("rate")?)?),
        "cauchy" => Dist::Cauchy(Cauchy::new(f.number("location")?, f.number("scale")?)?),
        "truncated_normal" => Dist::TruncatedNormal(TruncatedNormal::new(
            f.number("mean")?,
            f.number("sd")?,
            f.number("low")?,
            f.number("high")?,
        )?),
        "beta" => Dist::Beta(Beta::new(f.number("a")?, f.number("b")?)?),
        "normal2" => Dist::Normal2(Normal2::new(f.exactly("mean")?, f.exactly("cov")?)?),
        "diagonal_normal" => Dist::DiagonalNormal(DiagonalNormal::new(&f.numbers("mean")?, &f.numbers("sd")?)?),
        "tilted" => Dist::Tilted(tilted(f)?),
        other => return Err(Error::bad("family", short(other), "is not the name of a family")),
    };
    fields.finish()?;
    Ok(dist)
}

/// By probabilities, by weights, or by logits with a temperature.
fn categorical(f: &mut Fields<'_>) -> Result<Categorical> {
    if f.has("weights") {
        return Categorical::from_weights(&f.numbers("weights")?);
    }
    if f.has("logits") {
        let logits = f.numbers("logits")?;
        return Categorical::from_logits(&logits, f.optional_number("temperature")?.unwrap_or(1.0));
    }
    Categorical::from_probs(&f.numbers("probs")?)
}

fn components(f: &mut Fields<'_>) -> Result<Vec<Component>> {
    let component = |(i, value): (usize, &Value)| {
        let read = || {
            let mut f = Fields::of(value, "")?;
            let c = Component { weight: f.number("weight")?, mean: f.number("mean")?, sd: f.number("sd")? };
            f.finish()?;
            Ok(c)
        };
        read().map_err(|e: Error| e.within(&format!("components[{i}]")))
    };
    f.list("components")?.iter().enumerate().map(component).collect()
}

fn tilted(f: &mut Fields<'_>) -> Result<Tilted> {
    let reference = Categorical::from_probs(&f.numbers("ref")?).map_err(|e| renamed(e, "probs", "ref"))?;
    Tilted::new(reference, &f.numbers("reward")?, f.number("beta")?)
}

/// The same error about a field that has another name here.
fn renamed(error: Error, from: &str, to: &str) -> Error {
    match error {
        Error::BadParameter { field, value, rule } => match field.strip_prefix(from) {
            Some(rest) => Error::BadParameter { field: format!("{to}{rest}"), value, rule },
            None => Error::BadParameter { field, value, rule },
        },
        other => other,
    }
}
