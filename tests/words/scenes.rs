//! The templates of the scenes, from the states of each: defaults, presets, questions open and answered, and each
//! control at each end of its range in all of these.

use kl_explorer::scene::{Scene, Seen, Values};
use kl_explorer::scenes;
use kl_explorer::text::{Arg, Text};
use serde_json::Value as Json;

use super::Templates;
use super::walk::ends;

/// The states from which each control is moved.
fn places(seen: &Seen) -> Vec<Values> {
    let view = &seen.view;
    let presets = view.presets.iter().map(|preset| &preset.values);
    let questions = view.questions.iter().map(|question| &question.values);
    let named = presets.chain(questions).map(|values| values.iter().cloned().collect());
    std::iter::once(Values::new()).chain(named).collect()
}

/// Calls `check` with a scene in each of its states.
pub fn every_state(mut check: impl FnMut(&Scene, &Values, Seen)) {
    for scene in scenes::all() {
        let usual = scene.run(&Values::new(), false);
        for place in places(&usual) {
            check(scene, &place, scene.run(&place, true));
            check(scene, &place, scene.run(&place, false));
            for control in &usual.controls {
                for value in ends(&control.kind) {
                    let mut values = place.clone();
                    values.insert(control.id.clone(), value);
                    check(scene, &values, scene.run(&values, false));
                }
            }
        }
    }
}

pub fn templates() -> Templates {
    let mut all = Templates::new();
    for scene in scenes::all() {
        all.insert(scene.title.to_owned(), scene.id.to_owned());
        all.insert(scene.about.to_owned(), scene.id.to_owned());
    }
    every_state(|scene, _, mut seen| {
        let mut found = said(&mut seen);
        // Words that name a logarithm or a unit are others in bits.
        seen.view = seen.view.in_bits();
        found.extend(said(&mut seen));
        for template in found {
            all.entry(template).or_insert_with(|| scene.id.to_owned());
        }
    });
    all
}

/// Every template in a scene that was run.
fn said(seen: &mut Seen) -> Vec<String> {
    let view = &mut seen.view;
    let mut found = Vec::new();
    for part in [
        serde_json::to_value(&view.readouts),
        serde_json::to_value(&view.description),
        serde_json::to_value(&view.formulas),
        serde_json::to_value(&view.presets),
        serde_json::to_value(&view.questions),
        serde_json::to_value(&view.goals),
        serde_json::to_value(seen.controls.iter().map(|c| (&c.label, &c.group, &c.kind)).collect::<Vec<_>>()),
        serde_json::to_value(view.figure.words()),
    ] {
        keys(&part.expect("a view is plain data"), &mut found);
    }
    found
}

/// The templates in serialized words: wherever there is a `key` with `args`.
fn keys(json: &Json, found: &mut Vec<String>) {
    match json {
        Json::Array(list) => list.iter().for_each(|part| keys(part, found)),
        Json::Object(fields) => {
            if let (Some(Json::String(key)), true) = (fields.get("key"), fields.contains_key("args")) {
                found.push(key.clone());
            }
            fields.values().for_each(|part| keys(part, found));
        }
        _ => {}
    }
}

#[test]
fn words_within_words_are_found() {
    let text = Text::new("no mass at {place}").with("place", Arg::Text(Text::new("both ends")));
    let mut found = Vec::new();
    keys(&serde_json::to_value(vec![text]).expect("plain data"), &mut found);
    found.sort();
    assert_eq!(found, ["both ends", "no mass at {place}"]);
}
