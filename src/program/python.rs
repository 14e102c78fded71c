//! Programs in Python: for each measure the few lines that define it, in closed form or with a quadrature that is split
//! where the densities bend.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::number::{Number, underflows, word};
use crate::dist::{Categorical, Component, Dist, Mixture};
use crate::divergence::Request;
use crate::divergence::any::Measure;
use crate::quantity::Unit;

/// Every definition, as a Python program of its own.
const DEFINITIONS: &str = include_str!("definitions.py");

/// The call that computes a number: the function's name and what it is given.
struct Call {
    name: &'static str,
    given: Vec<String>,
    /// What follows the distributions, such as an order.
    more: String,
    /// Whether the number is what the function gives, with its sign changed.
    negative: bool,
}

/// A program that computes each number; `None` where one of them can't be written down.
pub fn program(numbers: &[Number<'_>], heading: &str) -> Option<String> {
    let calls: Vec<Call> = numbers.iter().map(|n| call(n.request)).collect::<Option<_>>()?;
    let mut out = format!("# {heading}\n\nimport math\n");
    let mut needed = BTreeSet::new();
    calls.iter().for_each(|call| need(call.name, &mut needed));
    for (at, code) in definitions().enumerate() {
        if needed.contains(&at) {
            let _ = write!(out, "\n\n{}\n", code.trim_end());
        }
    }
    // A distribution that several numbers are of has one name.
    let mut named: Vec<&str> = Vec::new();
    for given in calls.iter().flat_map(|call| &call.given) {
        if !named.contains(&given.as_str()) {
            named.push(given);
        }
    }
    let name = |at: usize| char::from_u32('a' as u32 + at as u32).unwrap_or('z');
    out.push_str("\n\n");
    for (at, given) in named.iter().enumerate() {
        let _ = writeln!(out, "{} = {given}", name(at));
    }
    for (number, call) in numbers.iter().zip(&calls) {
        let at = |given: &String| named.iter().position(|n| n == given).map(|at| name(at).to_string());
        let given: Vec<String> = call.given.iter().filter_map(at).collect();
        let divisor = if number.unit == Unit::Bits { " / math.log(2)" } else { "" };
        let (label, unit) = (&number.label, word(number.unit).trim_start());
        let sign = if call.negative { "-" } else { "" };
        let value = format!("{sign}{}({}{}){divisor}", call.name, given.join(", "), call.more);
        let unit = if unit.is_empty() { String::new() } else { format!(", \"{unit}\"") };
        let _ = writeln!(out, "print(\"{label}:\", {value}{unit})");
    }
    Some(out)
}

/// The definitions in their order.
fn definitions() -> impl Iterator<Item = &'static str> {
    DEFINITIONS.split("\n\n\n").filter(|part| part.starts_with("def "))
}

fn name_of(code: &str) -> &str {
    code.trim_start_matches("def ").split('(').next().unwrap_or_default()
}

/// Adds the places of a definition and of all that it calls.
fn need(name: &str, needed: &mut BTreeSet<usize>) {
    let Some((at, code)) = definitions().enumerate().find(|(_, code)| name_of(code) == name) else { return };
    if !needed.insert(at) {
        return;
    }
    for other in definitions().map(name_of) {
        let calls = |(found, _): (usize, &str)| {
            !code[..found].ends_with(|before: char| before.is_alphanumeric() || before == '_')
        };
        if other != name && code.match_indices(&format!("{other}(")).any(calls) {
            need(other, needed);
        }
    }
}

fn call(request: &Request) -> Option<Call> {
    let plain = |name, given: Vec<String>| Some(Call { name, given, more: String::new(), negative: false });
    match request {
        Request::Pair(measure, of) => pair(*measure, &of[0], &of[1]),
        Request::Entropy(p) => match p.as_ref() {
            Dist::Normal(d) => plain("entropy_of_normal", vec![bell(d.mean(), d.sd())]),
            p => plain("entropy", vec![list(p.outcomes()?.probs())]),
        },
        Request::Negative(other) => call(other).map(|call| Call { negative: !call.negative, ..call }),
        Request::LogLikelihood(points, q) => {
            plain("mean_log_likelihood", vec![list(points), tuple(&[q.mean(), q.sd()])])
        }
        Request::Table(rows) => plain("mutual_information", vec![format!("{rows:?}")]),
        Request::Correlation(rho) => plain("information_of_correlation", vec![format!("{rho:?}")]),
        Request::TwoBells { gap: [x, y], cov, q, reversed } => {
            let cov = tuple(cov);
            let p = format!("[(0.5, {}, {cov}), (0.5, {}, {cov})]", tuple(&[-x, -y]), tuple(&[*x, *y]));
            let q = format!("[(1.0, {}, {})]", tuple(&q.mean()), tuple(&q.cov()));
            plain("kl_in_the_plane", if *reversed { vec![q, p] } else { vec![p, q] })
        }
    }
}

fn pair(measure: Measure, p: &Dist, q: &Dist) -> Option<Call> {
    let plain =
        |name, p: String, q: String| Some(Call { name, given: vec![p, q], more: String::new(), negative: false });
    match (p, q, measure) {
        (Dist::Normal(p), Dist::Normal(q), Measure::Kl) => {
            return plain("kl_of_normals", bell(p.mean(), p.sd()), bell(q.mean(), q.sd()));
        }
        (Dist::Normal(p), Dist::Normal(q), Measure::W2) => {
            return plain("w2_of_normals", bell(p.mean(), p.sd()), bell(q.mean(), q.sd()));
        }
        (Dist::Normal2(p), Dist::Normal2(q), Measure::Kl) => {
            let of = |mean: [f64; 2], cov: [f64; 3]| format!("({}, {})", tuple(&mean), tuple(&cov));
            return plain("kl_of_plane_normals", of(p.mean(), p.cov()), of(q.mean(), q.cov()));
        }
        (Dist::Uniform(p), Dist::Uniform(q), _) => {
            let name = match measure {
                Measure::Kl => "kl_of_boxes",
                Measure::Js => "js_of_boxes",
                Measure::Tv => "tv_of_boxes",
                Measure::W1 => "w1_of_boxes",
                _ => return None,
            };
            return plain(name, bell(p.low(), p.high()), bell(q.low(), q.high()));
        }
        _ => {}
    }
    if let (Some(a), Some(b)) = (p.outcomes(), q.outcomes()) {
        let logs = underflows(&a) || underflows(&b);
        let of = |c: &Categorical| list(if logs { c.logs() } else { c.probs() });
        let name = match measure {
            Measure::Kl if logs => "kl_of_logs",
            Measure::CrossEntropy if logs => "cross_entropy_of_logs",
            _ if logs => return None,
            Measure::Kl => "kl",
            Measure::CrossEntropy => "cross_entropy",
            Measure::Js => "js",
            Measure::Tv => "tv",
            _ => return None,
        };
        return plain(name, of(&a), of(&b));
    }
    let (p, q) = (mixture(p)?, mixture(q)?);
    match measure {
        Measure::Kl | Measure::Alpha(1.0) => plain("kl_of_densities", p, q),
        Measure::Alpha(0.0) => plain("kl_of_densities", q, p),
        Measure::Js => plain("js_of_densities", p, q),
        Measure::Tv => plain("tv_of_densities", p, q),
        Measure::Alpha(alpha) => {
            Some(Call { name: "alpha_of_densities", given: vec![p, q], more: format!(", {alpha:?}"), negative: false })
        }
        _ => None,
    }
}

/// A mixture's bells, or those of the one bell: (weight, mean, sd) each.
fn mixture(of: &Dist) -> Option<String> {
    let bells = match of {
        Dist::Mixture(m) => m.clone(),
        Dist::Normal(d) => Mixture::of_normal(d).ok()?,
        _ => return None,
    };
    let bell = |c: &Component| tuple(&[c.weight, c.mean, c.sd]);
    Some(format!("[{}]", bells.components().iter().map(bell).collect::<Vec<_>>().join(", ")))
}

fn bell(mean: f64, sd: f64) -> String {
    tuple(&[mean, sd])
}

fn tuple(values: &[f64]) -> String {
    format!("({})", written(values))
}

fn list(values: &[f64]) -> String {
    format!("[{}]", written(values))
}

/// Numbers as Python writes them.
fn written(values: &[f64]) -> String {
    let one = |v: &f64| if *v == f64::NEG_INFINITY { "-math.inf".to_owned() } else { format!("{v:?}") };
    values.iter().map(one).collect::<Vec<_>>().join(", ")
}
