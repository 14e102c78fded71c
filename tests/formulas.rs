//! Every formula of every scene holds as it is shown, in nats and in bits: its sides are computed from the digits that
//! are there to be read, and no natural logarithm is left in bits but the `ln 2` that converts.

mod formula;
mod walk;

use std::collections::BTreeMap;

use formula::{Names, Span, statements};
use kl_explorer::scene::{Scene, Seen, Value, Values, View};
use kl_explorer::scenes;
use kl_explorer::text::Text;
use walk::at_ends;

/// The scene as it is, in each preset and question, and with each control at either end of its range.
fn states(scene: &Scene) -> Vec<Values> {
    let usual = scene.run(&Values::new(), false);
    let named = usual.view.presets.iter().map(|preset| &preset.values);
    let named = named.chain(usual.view.questions.iter().map(|question| &question.values));
    let mut all: Vec<Values> = named.map(|values| values.iter().cloned().collect()).collect();
    all.extend(at_ends(scene));
    all.push(Values::new());
    all
}

/// What the symbols of a scene's formulae stand for: settings under the letters of the field, and readouts by their labels.
fn names(scene: &str, seen: &Seen, view: &View) -> Names {
    let setting = |id: &str| match seen.control(id)?.value {
        Value::Number(v) => Some(v),
        _ => None,
    };
    let symbols: &[(&str, &str)] = match scene {
        "two-coins" => &[("p", "p"), ("q", "q")],
        "not-a-distance" => &[("p", "p"), ("q", "q"), ("r", "r")],
        "two-bells" => &[("μ_P", "p_mean"), ("σ_P", "p_sd"), ("μ_Q", "q_mean"), ("σ_Q", "q_sd")],
        "mutual-information" => &[("ρ", "rho")],
        "mean-field" => &[("ρ", "rho"), ("σ_1", "sd_x")],
        "sliding-apart" if seen.control("shape").is_some_and(|c| c.value == Value::from("boxes")) => {
            &[("g", "box_gap")]
        }
        "sliding-apart" => &[("g", "gap")],
        _ => &[],
    };
    let mut found: Names =
        symbols.iter().filter_map(|(symbol, id)| Some(((*symbol).to_owned(), Span::exact(setting(id)?)))).collect();
    for readout in &view.readouts {
        let q = readout.quantity;
        found.entry(readout.label.english()).or_insert(Span::about(q.value, q.error));
    }
    let read =
        |id: &str| view.readouts.iter().find(|r| r.id == id).map(|r| Span::about(r.quantity.value, r.quantity.error));
    let more: &[(&str, &str)] = match scene {
        "temperature" => &[("T", "t"), ("F", "free_energy"), ("⟨E⟩_Q", "energy_q"), ("H(Q)", "entropy")],
        "extra-bits" => &[("D(P‖Q)", "forward"), ("H(P)", "entropy"), ("H(P, Q)", "cross")],
        "mutual-information" => &[("I(X; Y)", "information")],
        "cross-entropy" => &[("H(y, q)", "loss")],
        "not-a-distance" => &[("D(P‖R)", "straight")],
        "sliding-apart" => &[("JS", "js"), ("TV", "tv"), ("W₁", "w"), ("W₂", "w")],
        "mean-field" => &[("D(P‖forward fit)", "forward_fit"), ("D(reverse fit‖P)", "reverse_fit_1")],
        "never-negative" => &[("TV", "tv")],
        "when-modes-split" => &[("D on a mode", "side"), ("D in the middle", "middle")],
        _ => &[],
    };
    found.extend(more.iter().filter_map(|(name, id)| Some(((*name).to_owned(), read(id)?))));
    if scene == "temperature" {
        found.extend(read("t").map(|t| ("β".to_owned(), Span::exact(1.0 / t.low))));
    }
    if scene == "when-modes-split" {
        found.insert("w".to_owned(), Span::exact(0.5));
        // The D(Q‖P) of its formula is that of modes far apart.
        found.remove("D(Q‖P)");
    }
    found
}

#[test]
fn both_sides_of_every_formula_are_equal_in_both_units() {
    let mut compared: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    let mut faults = Vec::new();
    for scene in scenes::all() {
        for values in states(scene) {
            for bits in [false, true] {
                let mut seen = scene.run(&values, false);
                let view = std::mem::take(&mut seen.view);
                let view = if bits { view.in_bits() } else { view };
                let names = names(scene.id, &seen, &view);
                for formula in &view.formulas {
                    for statement in statements(&formula.math.clone().signed()) {
                        let found = statement.check(&names);
                        *compared.entry((scene.id, bits)).or_default() += found.compared;
                        faults.extend(found.fault.map(|fault| format!("{} {values:?}: {fault}", scene.id)));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults, such as\n{}", faults.len(), faults[..faults.len().min(20)].join("\n"));
    for scene in scenes::all() {
        let [nats, bits] = [false, true].map(|bits| compared.get(&(scene.id, bits)).copied().unwrap_or(0));
        println!("{}: {nats} and {bits} equations in nats and bits", scene.id);
        // The family's formula is an integral, and that of its limits is a value alone.
        assert!(nats == bits && (nats >= 4 || scene.id == "family"), "{}: {nats} and {bits}", scene.id);
    }
}

/// What is said in nats although bits are chosen, each for its reason.
const KEPT: &[&str] = &[
    // A gradient is that of the loss in nats, or it would not be q − y.
    "Gradient q − y",
    "the slope of JS, in nats",
    // The way to the number, which follows in the reader's unit.
    "counted in nats",
    // Pinsker's inequality is simplest in nats, and the question gives D so.
    "D(P‖Q) is about 0.02 nats",
    "for D in nats",
    "at least 2·0.5² = 0.5 nats",
    // The members of the family are pure numbers, which only nats connect.
    "in nats at α = 0 and 1",
    // The number in the other unit, by its name; and an energy, which is no information.
    "D(P‖Q) in nats, × ln 2",
    "F = −T ln Z",
];

/// Whether words speak of nats or of a natural logarithm, other than as the factor that converts.
fn natural(words: &str) -> bool {
    let plain = words.replace("/ln 2", "").replace("·ln 2", "");
    let mut found = plain.split(|c: char| !c.is_alphanumeric());
    found.any(|word| matches!(word, "ln" | "nat" | "nats"))
}

/// All words of a view.
fn said(view: &mut View) -> Vec<Text> {
    let mut all: Vec<Text> = view.figure.words().into_iter().map(|words| words.clone()).collect();
    all.push(view.description.clone());
    for readout in &view.readouts {
        all.extend([readout.group.clone(), readout.label.clone()]);
        all.extend(readout.cause.clone());
    }
    all.extend(view.formulas.iter().map(|formula| formula.label.clone()));
    all.extend(view.goals.iter().map(|goal| goal.text.clone()));
    all.extend(view.presets.iter().map(|preset| preset.label.clone()));
    for question in &view.questions {
        all.push(question.ask.clone());
        all.extend(question.options.iter().flat_map(|(_, words, reply)| [words.clone(), reply.clone()]));
    }
    all
}

#[test]
fn in_bits_nothing_is_said_in_nats_without_a_reason() {
    for scene in scenes::all() {
        for values in states(scene) {
            let mut view = scene.run(&values, false).view.in_bits();
            for formula in &view.formulas {
                let natural = formula::natural(&formula.math);
                assert!(natural.is_none(), "{} {values:?}: {natural:?} in {:?}", scene.id, formula.label.english());
            }
            for words in said(&mut view) {
                let words = words.english();
                let kept = KEPT.iter().any(|kept| words.contains(kept));
                assert!(kept || !natural(&words), "{} {values:?}: {words}", scene.id);
            }
        }
    }
}

/// The words of a scene that speak of a unit are others in bits, and say the same of the same number.
#[test]
fn words_change_with_the_unit() {
    for (scene, nats, bits) in [
        ("two-coins", "p ln(p/q)", "p log₂(p/q)"),
        (
            "two-bells",
            "Make D(P‖Q) larger than 500 nats. Is it infinite?",
            "Make D(P‖Q) larger than 721.35 bits. Is it infinite?",
        ),
        ("mixtures", "the log of 2, 0.6931 nats", "the log of 2, 1.0000 bits"),
        ("evidence", "evidence ln(P/Q)", "evidence log₂(P/Q)"),
        ("never-negative", "Pinsker: D ≥ 2·TV²", "Pinsker: D ≥ 2·TV²/ln 2"),
        ("not-a-distance", "Yes: 0.2362 nats against 0.5108 nats.", "Yes: 0.3407 bits against 0.7370 bits."),
        ("impossible-events", "which is 0.3454 nats, for ever", "which is 0.4983 bits, for ever"),
        ("sliding-apart", "ln 2 nats", "1 bit"),
        ("temperature", "ln 5 nats", "log₂ 5 bits"),
        ("cross-entropy", "1.0986 nats", "1.5850 bits"),
        ("likelihood", "below 0.001 nats", "below 0.00144 bits"),
        (
            "mutual-information",
            "0.6931 nats, and buying tells 0.3681 nats",
            "1.0000 bits, and buying tells 0.5310 bits",
        ),
        ("two-fits", "+0.1 nats", "+0.1443 bits"),
        ("when-modes-split", "in the middle it costs 0.2265 nats", "in the middle it costs 0.3268 bits"),
        ("mean-field", "0.5108 nats here", "0.7370 bits here"),
    ] {
        let run =
            || scenes::all().find(|s| s.id == scene).expect("a scene of that name").run(&Values::new(), false).view;
        let says = |mut view: View, words: &str| said(&mut view).iter().any(|text| text.english().contains(words));
        assert!(says(run(), nats), "{scene} does not say {nats:?}");
        assert!(says(run().in_bits(), bits), "{scene} does not say {bits:?} in bits");
        assert!(!says(run().in_bits(), nats) || bits.contains(nats), "{scene} says {nats:?} in bits");
    }
}
