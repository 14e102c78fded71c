//! `{estimator, …}`: divergences estimated from samples.

use super::fields::Fields;
use super::value::{Value, short};
use super::{Reply, Unit, pick};
use crate::dist::{Dist, Normal};
use crate::divergence::closed::swapped;
use crate::error::{Error, Result};
use crate::estimate::histogram::{BINS, Histogram};
use crate::estimate::monte_carlo::{self, Estimator, normal_moments};
use crate::estimate::spread::{is_constant, without_standard_error};
use crate::estimate::{Estimate, nearest_neighbour};
use crate::numeric::rng::Rng;
use crate::quantity::Method;
use crate::text::Text;

/// The most draws that are made for a request.
const DRAWS: usize = 100_000;
/// The largest seed: a 32-bit count on every platform.
const SEED: usize = 4_294_967_295;

/// Answers `{estimator: "knn" | "histogram" | "k1" | "k2" | "k3", …}`, an estimate of D(P‖Q) with its standard
/// error, which is infinite, with a cause, where there is none.
///
/// - `knn`: draws `x` of P and `y` of Q, numbers or points; `k` neighbours (1).
/// - `histogram`: draws `x` and `y`; `bins` (the root of the larger sample); `pseudo` counts added to each (0).
/// - `k1`, `k2`, `k3`: distributions `p` and `q`, and draws `x` of P, or how many to draw, `n`, from a `seed` (0).
///   With `mu_q`, `sigma_q`, `mu_p`, `sigma_p` instead: the exact mean and `std` of one draw of Q's estimate of
///   D(Q‖P), in the notation of Schulman (2020), who draws from q.
///
/// # Errors
/// As [`super::measure`].
pub fn estimate(request: &Value) -> Result<Reply> {
    request.check()?;
    let mut fields = Fields::of(request, "request")?;
    let unit = Unit::of(&mut fields)?;
    let name = fields.text("estimator")?;
    if let Some(estimator) = Estimator::ALL.into_iter().find(|e| e.name() == name) {
        return if fields.has("mu_q") { moments(estimator, fields, unit) } else { draws(estimator, fields, unit) };
    }
    match name {
        "knn" => neighbours(fields, unit),
        "histogram" => histogram(fields, unit),
        other => Err(Error::bad("estimator", short(other), "must be knn, histogram, k1, k2 or k3")),
    }
}

fn reply(estimate: &Estimate, unit: Unit) -> Reply {
    let (value, error) = unit.convert(estimate.value, estimate.standard_error);
    let cause = estimate.cause.as_ref().map(ToString::to_string);
    Reply { value, error, method: Method::Sampling, cause, std: None }
}

fn neighbours(mut fields: Fields<'_>, unit: Unit) -> Result<Reply> {
    let k = fields.optional_count("k", super::value::LENGTH)?.unwrap_or(1);
    let points = matches!(fields.list("x")?, [Value::List(_), ..]);
    let estimate = if points {
        let (x, y) = (fields.rows("x")?, fields.rows("y")?);
        fields.finish()?;
        nearest_neighbour::in_space(&x, &y, k)?
    } else {
        let (x, y) = (fields.numbers("x")?, fields.numbers("y")?);
        fields.finish()?;
        nearest_neighbour::on_line(&x, &y, k)?
    };
    Ok(reply(&estimate, unit))
}

fn histogram(mut fields: Fields<'_>, unit: Unit) -> Result<Reply> {
    let (x, y) = (fields.numbers("x")?, fields.numbers("y")?);
    let root = (x.len().max(y.len()) as f64).sqrt().ceil() as usize;
    let bins = fields.optional_count("bins", BINS)?.unwrap_or(root);
    let pseudo = fields.optional_number("pseudo")?.unwrap_or(0.0);
    fields.finish()?;
    Ok(reply(&Histogram::new(&x, &y, bins)?.divergence(pseudo)?, unit))
}

/// Exact moments for normals.
fn moments(estimator: Estimator, mut fields: Fields<'_>, unit: Unit) -> Result<Reply> {
    let mut normal = |mean: &'static str, sd: &'static str| {
        let normal = Normal::new(fields.number(mean)?, fields.number(sd)?);
        normal.map_err(|e| match e {
            Error::BadParameter { value, rule, .. } => Error::BadParameter { field: sd.to_owned(), value, rule },
            other => other,
        })
    };
    let (q, p) = (normal("mu_q", "sigma_q")?, normal("mu_p", "sigma_p")?);
    fields.finish()?;
    let moments = normal_moments(estimator, &q, &p);
    let (std, _) = unit.convert(moments.sd.value, 0.0);
    // What is estimated here is D(Q‖P), from draws of Q.
    let [mean, sd] = [moments.mean, moments.sd].map(swapped);
    let cause = mean.cause.as_ref().or(sd.cause.as_ref()).map(ToString::to_string);
    Ok(Reply { std: Some(std), cause, ..Reply::new(&mean, unit) })
}

/// Draws given or made.
fn draws(estimator: Estimator, mut fields: Fields<'_>, unit: Unit) -> Result<Reply> {
    let (p, q) = (pick(&mut fields, "p")?, pick(&mut fields, "q")?);
    for (name, d) in [("p.family", &p), ("q.family", &q)] {
        if ln_probability(d, 0.0).is_none() {
            return Err(Error::bad(name, d.family(), "must have outcomes or a density on the line"));
        }
    }
    if p.density().is_some() != q.density().is_some() {
        return Err(Error::bad("q.family", q.family(), "must be discrete where p is, and have a density where p has"));
    }
    let x = if fields.has("x") {
        let x = fields.numbers("x")?;
        fields.finish()?;
        x
    } else {
        let n = fields
            .optional_count("n", DRAWS)?
            .ok_or_else(|| Error::bad("x", "", "is missing: it must be given, or n"))?;
        let seed = fields.optional_count("seed", SEED)?.unwrap_or(0);
        fields.finish()?;
        let mut rng = Rng::new(seed as u64);
        (0..n).filter_map(|_| p.sample(&mut rng)).collect()
    };
    let mut ratios = Vec::with_capacity(x.len());
    for (i, &draw) in x.iter().enumerate() {
        let ln = |d| ln_probability(d, draw).unwrap_or(f64::NEG_INFINITY);
        let (ln_p, ln_q) = (ln(&p), ln(&q));
        if ln_p == f64::NEG_INFINITY {
            return Err(Error::bad(format!("x[{i}]"), draw, "must be possible under p, from which it is drawn"));
        }
        ratios.push(ln_q - ln_p);
    }
    let field = if x.is_empty() { "n" } else { "x" };
    let estimate = monte_carlo::estimate(estimator, &ratios).map_err(|_| Error::bad(field, 0, "must be at least 1"))?;
    Ok(reply(&with_honest_error(estimate, estimator, &p, &q), unit))
}

/// The estimate, without a standard error where there is none, or where its draws do not tell it.
fn with_honest_error(estimate: Estimate, estimator: Estimator, p: &Dist, q: &Dist) -> Estimate {
    if let Some(why) = without_standard_error(estimator, p, q) {
        return estimate.without_error(why);
    }
    if estimate.standard_error == 0.0 && !is_constant(p, q) {
        return estimate.without_error(Text::new("all draws give the same term, but others would not"));
    }
    estimate
}

/// The logarithm of the probability or density at x, where there is one for a number.
fn ln_probability(d: &Dist, x: f64) -> Option<f64> {
    let whole = x >= 0.0 && x.fract() == 0.0;
    match d {
        Dist::Poisson(d) => Some(if whole { d.ln_pmf(x as u64) } else { f64::NEG_INFINITY }),
        d => match d.density() {
            Some(density) => Some(density.ln_pdf(x)),
            None => d.outcomes().map(|c| {
                let found = whole.then(|| c.logs().get(x as usize).copied()).flatten();
                found.unwrap_or(f64::NEG_INFINITY)
            }),
        },
    }
}
