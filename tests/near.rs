//! What scenes compare, where both sides are equal or nearly so: `tests/data/near.py` says what is true, to 30 digits.
//! Exactly equal gives exactly 0; near it the value is right within its bound, and so is every digit that is shown.

use kl_explorer::measure::{self, measure};
use kl_explorer::quantity::{Quantity, Shown};
use kl_explorer::scene::{Value, Values};
use kl_explorer::scenes::find;
use serde_json::Value as Json;

/// What is read where the number is shown: the digits and the power of ten they are multiplied by.
fn read(shown: &str) -> Option<f64> {
    const POWERS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let plain = shown.replace('−', "-");
    let Some((mantissa, power)) =
        plain.split_once("10").filter(|(before, _)| before.is_empty() || before.ends_with("× "))
    else {
        return plain.parse().ok();
    };
    let digit = |c| POWERS.chars().position(|p| p == c).map_or('-', |n| char::from(b'0' + n as u8));
    let power: String = power.chars().map(digit).collect();
    let mantissa = mantissa.trim_end_matches("× ").trim();
    format!("{}e{power}", if mantissa.is_empty() { "1" } else { mantissa }).parse().ok()
}

/// Half a unit of the last digit that is shown.
fn half_of_last(shown: Shown) -> f64 {
    match shown {
        Shown::Fixed { places, .. } => 0.5 * 10f64.powi(-(places as i32)),
        Shown::Scientific { places, exponent, .. } => 0.5 * 10f64.powi(exponent - places as i32),
        Shown::Infinite { .. } | Shown::Below { .. } => 0.0,
    }
}

/// What is wrong with a number whose true value is `want`, rounded to the nearest double.
fn fault(got: Quantity, want: f64) -> Option<&'static str> {
    let shown = got.shown();
    if got.value.is_infinite() || want.is_infinite() {
        return (got.value != want).then_some("is not infinite as it should be");
    }
    if want == 0.0 {
        return (got.value != 0.0 || got.error != 0.0 || shown.to_string() != "0").then_some("is not exactly 0");
    }
    // The truth is rounded to a double too.
    let off = (got.value - want).abs();
    if off > got.error + 0.5 * f64::EPSILON * want.abs() + f64::from_bits(1) {
        return Some("is off by more than its bound");
    }
    if got.error > 1e-12 * want.abs().max(1e-300) && got.value.abs() > 1e-300 && matches!(shown, Shown::Below { .. }) {
        return Some("is not known");
    }
    let digits = read(&shown.to_string())?;
    let slack = 1e-9 * half_of_last(shown) + f64::EPSILON * want.abs();
    ((digits - want).abs() > half_of_last(shown) + slack).then_some("is shown with a wrong digit")
}

/// The cases of the file: those of scenes, or those of the calculator.
fn cases(of_scenes: bool) -> Vec<Json> {
    let file: Json = serde_json::from_str(include_str!("data/near.json")).expect("near.json is JSON");
    let all = file["cases"].as_array().expect("a list of cases");
    all.iter().filter(|case| (case["scene"] != "measure") == of_scenes).cloned().collect()
}

/// What is true of each number of a case, by its name.
fn truths(case: &Json) -> Vec<(String, f64)> {
    let value = |v: &Json| {
        let written = v.as_str().expect("a number");
        let value: f64 = written.parse().expect("a number");
        // What is too small for a double is not exactly 0.
        if value == 0.0 && written != "0" { f64::from_bits(1) } else { value }
    };
    case["values"].as_object().expect("values").iter().map(|(id, v)| (id.clone(), value(v))).collect()
}

#[test]
fn the_same_written_differently_is_the_same() {
    let (mut wrong, mut zeros) = (Vec::new(), 0);
    for case in cases(false) {
        for (name, want) in truths(&case) {
            let mut request = case["settings"].clone();
            request["measure"] = name.clone().into();
            let request: measure::Value = serde_json::from_value(request).expect("a request");
            let reply = measure(&request).unwrap_or_else(|e| panic!("{request:?}: {e}"));
            zeros += usize::from(want == 0.0);
            if let Some(fault) = fault(Quantity::bounded(reply.value, reply.error), want) {
                wrong.push(format!("{name} {}: {reply:?} for {want:e}: {fault}", case["settings"]));
            }
        }
    }
    assert!(zeros >= 20, "{zeros}");
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn equal_is_zero_and_nearly_equal_is_right() {
    let cases = cases(true);
    let (mut wrong, mut scenes, mut numbers, mut zeros) = (Vec::new(), Vec::new(), 0, 0);
    for case in &cases {
        let scene = find(case["scene"].as_str().expect("a scene")).expect("a scene of that name");
        let settings = case["settings"].as_object().expect("settings");
        let values: Values =
            settings.iter().map(|(id, v)| (id.clone(), Value::from(v.as_str().expect("as in a link")))).collect();
        let seen = scene.run(&values, false);
        if !scenes.contains(&scene.id) {
            scenes.push(scene.id);
        }
        for problem in seen.problems {
            wrong.push(format!("{} {settings:?}: {problem:?}", scene.id));
        }
        for (id, want) in truths(case) {
            let Some(readout) = seen.view.readouts.iter().find(|r| r.id == id) else {
                wrong.push(format!("{} {settings:?}: no readout {id}", scene.id));
                continue;
            };
            numbers += 1;
            zeros += usize::from(want == 0.0);
            let got = readout.quantity;
            if let Some(fault) = fault(got, want) {
                let (value, error) = (got.value, got.error);
                wrong.push(format!(
                    "{} {settings:?} {id}: {value:e} ± {error:e} for {want:e} (off {:e}), shown {got}: {fault}",
                    scene.id,
                    value - want
                ));
            }
        }
    }
    println!("{} scenes, {} states, {numbers} numbers, {zeros} of them exactly 0", scenes.len(), cases.len());
    assert!(scenes.len() >= 14 && zeros >= 50, "{scenes:?} {zeros}");
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn faults_are_found() {
    let of = |value: f64, error: f64| Quantity::bounded(value, error);
    assert_eq!(fault(of(0.5, 1e-15), 0.5), None);
    assert_eq!(fault(of(0.0, 0.0), 0.0), None);
    assert_eq!(fault(of(5e-34, 1e-40), 0.0), Some("is not exactly 0"));
    assert_eq!(fault(of(4.999_971_852_104e-13, 1.8e-27), 4.999_971_852_065e-13), Some("is off by more than its bound"));
    assert_eq!((read("−1.2345 × 10⁻⁷"), read("10⁻⁹"), read("0.3181")), (Some(-1.2345e-7), Some(1e-9), Some(0.3181)));
}
