//! Cases beyond the reference (`tests/data/further.py` makes them), asked of the calculator itself, beside what
//! scipy and the textbook formulae make of them. `--nocapture` prints the table of `docs/numerics.md`.

use std::collections::BTreeMap;

use kl_explorer::measure::{Value, measure};
use serde_json::Value as Json;

/// How right an answer has to be: relative, and absolute where that is less.
fn tolerance(family: &str, request: &Json) -> (f64, f64) {
    let kind = request["measure"].as_str().unwrap();
    let integrated = family.contains('/') && !matches!((family, kind), ("normal/normal" | "beta/beta", "kl"));
    match kind {
        "entropy" => (1e-13, 1e-14),
        "renyi" | "alpha" => (1e-12, 0.0),
        "tv" if integrated => (1e-9, 1e-15),
        "w1" => (1e-12, 1e-15),
        _ if integrated => (1e-12, 1e-15),
        _ => (1e-13, 0.0),
    }
}

/// A number, or an infinity as words; `None` where the peer had no answer.
fn number(v: &Json) -> Option<f64> {
    v.as_f64().or_else(|| v.as_str().and_then(|s| s.parse().ok()))
}

#[test]
fn further_cases_are_as_right_as_the_reference() {
    let file: Json = serde_json::from_str(include_str!("data/further.json")).expect("further.json is JSON");
    let cases = file["cases"].as_array().expect("a list of cases");
    assert!(cases.len() >= 100, "{} cases", cases.len());
    let mut wrong = Vec::new();
    let mut table: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    for case in cases {
        let (id, family) = (case["id"].as_str().unwrap(), case["family"].as_str().unwrap());
        let request: Value = serde_json::from_value(case["request"].clone()).expect("a request");
        let want = number(&case["value"]).expect("a value");
        let got = match measure(&request) {
            Ok(reply) => reply,
            Err(e) => {
                wrong.push(format!("{id} {family}: refused, {e}"));
                continue;
            }
        };
        let error = if got.value == want { 0.0 } else { (got.value - want).abs() };
        let (relative, absolute) = tolerance(family, &case["request"]);
        if !(error <= relative * want.abs() || error <= absolute) {
            wrong.push(format!(
                "{id} {family}: {:e} for {want:e}, off by {:e}: {}",
                got.value,
                error / want,
                case["request"]
            ));
        }
        if error > got.error + 0.5 * f64::EPSILON * want.abs() {
            wrong.push(format!("{id} {family}: error {error:e} above its bound {:e}: {}", got.error, case["request"]));
        }
        let mut note = |who: &str, value: Option<f64>| {
            let off = match value {
                Some(v) if v == want => 0.0,
                Some(v) => ((v - want) / want).abs(),
                None => f64::NAN,
            };
            let group = if family.contains('/') { "on the line" } else { family };
            table.entry((group.to_owned(), who.to_owned())).or_default().push(off);
        };
        note("ours", Some(got.value));
        for peer in ["scipy", "textbook"] {
            note(peer, number(&case["peers"][peer]));
        }
    }
    println!("| cases | who | answered | median | worst |\n|---|---|---|---|---|");
    for ((group, who), errors) in &table {
        let mut known: Vec<f64> = errors.iter().copied().filter(|e| !e.is_nan()).collect();
        known.sort_by(f64::total_cmp);
        if let (Some(median), Some(worst)) = (known.get(known.len() / 2), known.last()) {
            println!("| {group} | {who} | {} of {} | {median:.0e} | {worst:.0e} |", known.len(), errors.len());
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
