//! The calculator: one request, one answer. Requests are trees of plain values, as they come from JavaScript or
//! JSON; a bad one is refused by the path of its field, the value and the rule.
//!
//! - [`measure`]: `{measure, p, q}`, `{measure: "entropy", p}`, `{measure: "mutual_information", table}` or `rho`.
//! - [`fit()`]: `{target, direction, family, sd?}`.
//! - [`estimate`]: `{estimator, …}`.
//!
//! ```
//! use kl_explorer::measure::{Value, measure};
//!
//! let request: Value = serde_json::from_str(
//!     r#"{"measure": "kl", "p": {"family": "bernoulli", "p": 0.6}, "q": {"family": "bernoulli", "p": 0.5}}"#,
//! )?;
//! let answer = measure(&request).unwrap();
//! assert!((answer.value - 0.02013551355).abs() < 1e-11 && answer.method.name() == "sum");
//! # Ok::<(), serde_json::Error>(())
//! ```

mod distribution;
mod estimation;
mod fields;
mod value;

use serde::Serialize;

use crate::dist::{Dist, Mixture};
use crate::divergence::any::{self, Measure, entropy_of};
use crate::divergence::{Answer, information};
use crate::error::{Error, Result};
use crate::fit;
use crate::numeric::tolerance::{AT_REST, EPS};
use crate::quantity::{LN_2, Method};

use distribution::distribution;
pub use estimation::estimate;
pub(crate) use fields::Fields;
pub use value::Value;

/// What a request is answered with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reply {
    /// The value, in nats or bits where it is information; infinity is a value.
    pub value: f64,
    /// A bound of the absolute error; the standard error where the value was sampled, infinite where there is none.
    pub error: f64,
    /// How it was got.
    pub method: Method,
    /// Why the value, or else its standard error or the standard deviation, is infinite, in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The standard deviation of one draw's estimate, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub std: Option<f64>,
}

/// The unit that information is asked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Nats,
    Bits,
}

impl Unit {
    /// The unit a request asks for; nats if it does not say.
    fn of(fields: &mut Fields<'_>) -> Result<Self> {
        match fields.optional_text("unit")? {
            None | Some("nats") => Ok(Self::Nats),
            Some("bits") => Ok(Self::Bits),
            Some(other) => Err(Error::bad("unit", other, "must be \"nats\" or \"bits\"")),
        }
    }

    /// A value in nats and its error, in this unit.
    fn convert(self, value: f64, error: f64) -> (f64, f64) {
        match self {
            Self::Nats => (value, error),
            Self::Bits if value.is_infinite() => (value, error),
            Self::Bits => (value / LN_2, error / LN_2 + EPS * (value / LN_2).abs()),
        }
    }
}

impl Reply {
    fn new(answer: &Answer, unit: Unit) -> Self {
        let (value, error) = unit.convert(answer.value, answer.error);
        let cause = answer.cause.as_ref().map(ToString::to_string);
        Self { value, error, method: answer.method, cause, std: None }
    }
}

/// The names of the measures of a pair that need no order.
const OF_PAIRS: [Measure; 11] = [
    Measure::Kl,
    Measure::CrossEntropy,
    Measure::Jeffreys,
    Measure::Js,
    Measure::Tv,
    Measure::Hellinger,
    Measure::Bhattacharyya,
    Measure::Chi2,
    Measure::W1,
    Measure::W2,
    Measure::FisherRao,
];

/// Answers `{measure, …}`.
///
/// Information (kl, cross_entropy, jeffreys, js, bhattacharyya, renyi, alpha, entropy, mutual_information) is in
/// nats, or in bits with `unit: "bits"`; tv, hellinger, chi2, w1, w2 and fisher_rao have no such unit.
///
/// # Errors
/// Names the path of the offending field, its value and the rule: unknown names and fields, missing ones, wrong
/// types, numbers that are not finite or out of range, lists that do not fit, pairs a measure has no meaning for.
pub fn measure(request: &Value) -> Result<Reply> {
    request.check()?;
    let mut fields = Fields::of(request, "request")?;
    let name = fields.text("measure")?;
    let unit = Unit::of(&mut fields)?;
    if let Some(kind) = OF_PAIRS.into_iter().find(|m| m.name() == name) {
        return of_pair(kind, fields, unit);
    }
    match name {
        "renyi" => {
            let alpha = fields.number("alpha")?;
            of_pair(Measure::Renyi(alpha), fields, unit)
        }
        "alpha" => {
            let alpha = fields.number("alpha")?;
            of_pair(Measure::Alpha(alpha), fields, unit)
        }
        "entropy" => {
            let p = pick(&mut fields, "p")?;
            fields.finish()?;
            Ok(Reply::new(&entropy_of(&p), unit))
        }
        "mutual_information" => mutual_information(fields, unit),
        other => Err(Error::bad("measure", value::short(other), "is not the name of a measure")),
    }
}

/// The distribution in a field.
fn pick(fields: &mut Fields<'_>, name: &'static str) -> Result<Dist> {
    distribution(fields.value(name)?).map_err(|e| e.within(name))
}

fn of_pair(kind: Measure, mut fields: Fields<'_>, unit: Unit) -> Result<Reply> {
    let (p, q) = (pick(&mut fields, "p")?, pick(&mut fields, "q")?);
    fields.finish()?;
    let pure = matches!(
        kind,
        Measure::Tv | Measure::Hellinger | Measure::Chi2 | Measure::W1 | Measure::W2 | Measure::FisherRao
    );
    let unit = if pure { Unit::Nats } else { unit };
    Ok(Reply::new(&any::measure(kind, &p, &q)?, unit))
}

fn mutual_information(mut fields: Fields<'_>, unit: Unit) -> Result<Reply> {
    let answer = if fields.has("table") {
        let rows = fields.rows("table")?;
        fields.finish()?;
        information::Table::new(&rows)?.mutual_information()
    } else {
        let rho = fields.number("rho")?;
        fields.finish()?;
        information::of_correlation(rho)?
    };
    Ok(Reply::new(&answer, unit))
}

/// A stationary point of a fit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// `minimum`, `saddle` or `maximum`.
    pub kind: &'static str,
    /// The mean of the fitted normal.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// The divergence there, in nats or bits.
    pub value: f64,
    /// A bound of its error.
    pub error: f64,
}

/// The stationary points of a fit, best first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Points {
    /// The points.
    pub points: Vec<Point>,
}

/// Answers `{target, direction, family: "normal", sd?}`: every stationary point of D(target‖Q) (forward) or
/// D(Q‖target) (reverse) over normals Q, best first. `sd` fixes the standard deviation of Q.
///
/// # Errors
/// As [`measure`]; the target must be a mixture or a normal.
pub fn fit(request: &Value) -> Result<Points> {
    request.check()?;
    let mut fields = Fields::of(request, "request")?;
    let unit = Unit::of(&mut fields)?;
    let target = match pick(&mut fields, "target")? {
        Dist::Mixture(mixture) => mixture,
        Dist::Normal(normal) => Mixture::of_normal(&normal).map_err(|e| e.within("target"))?,
        other => return Err(Error::bad("target.family", other.family(), "must be \"mixture\" or \"normal\"")),
    };
    let direction = fields.text("direction")?;
    let family = fields.text("family")?;
    let sd = fields.optional_number("sd")?;
    fields.finish()?;
    if family != "normal" {
        return Err(Error::bad("family", value::short(family), "must be \"normal\""));
    }
    let point = |kind: &'static str, mean: f64, sd: f64, answer: &Answer| {
        let (value, error) = unit.convert(answer.value, answer.error);
        Point { kind, mean, sd, value, error }
    };
    let points = match direction {
        "forward" => {
            let best = match sd {
                Some(sd) => fit::forward::forward_with_sd(&target, sd, AT_REST)?,
                None => fit::forward::forward(&target, AT_REST)?,
            };
            vec![point("minimum", best.normal.mean(), best.normal.sd(), &best.value)]
        }
        "reverse" => {
            let found = match sd {
                Some(sd) => fit::reverse::reverse_with_sd(&target, sd)?,
                None => fit::reverse::reverse(&target),
            };
            found.iter().map(|s| point(s.kind.name(), s.mean, s.sd, &s.value)).collect()
        }
        other => return Err(Error::bad("direction", value::short(other), "must be \"forward\" or \"reverse\"")),
    };
    Ok(Points { points })
}
