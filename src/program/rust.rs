//! Programs in Rust: the calculator's requests, as they go over its wire.

use std::fmt::Write as _;

use super::number::{Number, underflows, word};
use crate::dist::Dist;
use crate::divergence::Request;
use crate::divergence::any::Measure;
use crate::quantity::Unit;

/// A program that asks the calculator for each number.
pub fn program(numbers: &[Number<'_>], heading: &str) -> String {
    let expressions: Vec<String> = numbers.iter().map(|n| expression(n.request, n.unit == Unit::Bits)).collect();
    let uses = |name: &str| expressions.iter().any(|e| e.contains(name));
    let mut out = format!("//! {heading}\n//!\n//! Needs the crates kl-explorer and serde_json.\n\n");
    for (name, path) in [
        ("Normal::", "dist::Normal"),
        ("Normal2::", "dist::Normal2"),
        ("mean_log_likelihood(", "fit::likelihood::mean_log_likelihood"),
        ("Pair::", "fit::plane::Pair"),
        ("ask(", "measure::{Value, measure}"),
    ] {
        if uses(name) {
            // Writing to a String can't fail.
            let _ = writeln!(out, "use kl_explorer::{path};");
        }
    }
    out.push_str("\nfn main() -> Result<(), Box<dyn std::error::Error>> {\n");
    for (number, value) in numbers.iter().zip(&expressions) {
        let _ = writeln!(out, "    println!(\n        \"{}: {{}}{}\",", number.label, word(number.unit));
        let _ = writeln!(out, "        {value},\n    );");
    }
    out.push_str("    Ok(())\n}\n");
    if uses("ask(") {
        out.push_str(ASK);
    }
    out
}

const ASK: &str = r#"
fn ask(request: &str) -> Result<f64, Box<dyn std::error::Error>> {
    let request: Value = serde_json::from_str(request)?;
    Ok(measure(&request)?.value)
}
"#;

/// What a number is, in Rust.
fn expression(request: &Request, in_bits: bool) -> String {
    let by_crate = |value: String| if in_bits { format!("{value} / std::f64::consts::LN_2") } else { value };
    match request {
        Request::Negative(other) => format!("-{}", expression(other, in_bits)),
        Request::LogLikelihood(points, q) => {
            let q = format!("Normal::new({:?}, {:?})?", q.mean(), q.sd());
            by_crate(format!("mean_log_likelihood(&{points:?}, &{q})?.value"))
        }
        Request::TwoBells { gap, cov, q, reversed } => {
            let which = if *reversed { "reverse" } else { "forward" };
            let q = format!("Normal2::new({:?}, {:?})?", q.mean(), q.cov());
            by_crate(format!("Pair::new({gap:?}, {cov:?})?.{which}_value(&{q})?.value"))
        }
        _ => format!("ask(r#\"{}\"#)?", json(request, in_bits)),
    }
}

/// A request as JSON.
fn json(request: &Request, in_bits: bool) -> String {
    let unit = if in_bits { r#", "unit": "bits""# } else { "" };
    match request {
        Request::Pair(measure, pair) => {
            let order = match measure {
                Measure::Renyi(alpha) | Measure::Alpha(alpha) => format!(r#", "alpha": {alpha:?}"#),
                _ => String::new(),
            };
            let (name, p, q) = (measure.name(), family(&pair[0]), family(&pair[1]));
            format!(r#"{{"measure": "{name}"{order}, "p": {p}, "q": {q}{unit}}}"#)
        }
        Request::Entropy(p) => format!(r#"{{"measure": "entropy", "p": {}{unit}}}"#, family(p)),
        Request::Table(rows) => format!(r#"{{"measure": "mutual_information", "table": {rows:?}{unit}}}"#),
        Request::Correlation(rho) => format!(r#"{{"measure": "mutual_information", "rho": {rho:?}{unit}}}"#),
        // These have no place on the wire: the crate itself computes them.
        Request::Negative(_) | Request::LogLikelihood(..) | Request::TwoBells { .. } => String::new(),
    }
}

/// A distribution as JSON.
fn family(of: &Dist) -> String {
    let fields = match of {
        Dist::Bernoulli(d) => format!(r#""p": {:?}"#, d.p()),
        Dist::Categorical(d) if underflows(d) => format!(r#""logits": {:?}"#, d.logs()),
        Dist::Categorical(d) => format!(r#""probs": {:?}"#, d.probs()),
        Dist::Normal(d) => format!(r#""mean": {:?}, "sd": {:?}"#, d.mean(), d.sd()),
        Dist::Mixture(d) => {
            let component = |c: &crate::dist::Component| {
                format!(r#"{{"weight": {:?}, "mean": {:?}, "sd": {:?}}}"#, c.weight, c.mean, c.sd)
            };
            let all: Vec<String> = d.components().iter().map(component).collect();
            format!(r#""components": [{}]"#, all.join(", "))
        }
        Dist::Uniform(d) => format!(r#""low": {:?}, "high": {:?}"#, d.low(), d.high()),
        Dist::Laplace(d) => format!(r#""mean": {:?}, "scale": {:?}"#, d.mean(), d.scale()),
        Dist::Exponential(d) => format!(r#""rate": {:?}"#, d.rate()),
        Dist::Poisson(d) => format!(r#""rate": {:?}"#, d.rate()),
        Dist::Cauchy(d) => format!(r#""location": {:?}, "scale": {:?}"#, d.location(), d.scale()),
        Dist::TruncatedNormal(d) => {
            format!(r#""mean": {:?}, "sd": {:?}, "low": {:?}, "high": {:?}"#, d.mean(), d.sd(), d.low(), d.high())
        }
        Dist::Beta(d) => format!(r#""a": {:?}, "b": {:?}"#, d.a(), d.b()),
        Dist::Normal2(d) => format!(r#""mean": {:?}, "cov": {:?}"#, d.mean(), d.cov()),
        Dist::DiagonalNormal(d) => format!(r#""mean": {:?}, "sd": {:?}"#, d.mean(), d.sd()),
        Dist::Tilted(d) => {
            let (reference, reward, beta) = (d.reference().probs(), d.reward(), d.beta());
            format!(r#""ref": {reference:?}, "reward": {reward:?}, "beta": {beta:?}"#)
        }
    };
    format!(r#"{{"family": "{}", {fields}}}"#, of.family())
}
