//! The templates of the page: the literals that its modules give to `say`, `phrase` and `Refusal`.

use std::fs;

use super::{Templates, files, root};

const CALLS: &[&str] = &["say(", "phrase(", "Refusal("];

pub fn templates() -> Templates {
    let mut all = Templates::new();
    for path in files("www", ".js") {
        let place = path.strip_prefix(root()).expect("below the root").display().to_string();
        if place.starts_with("www/pkg") || place.starts_with("www/words/") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("the module is readable");
        for template in literals(&text) {
            assert!(!template.contains("${"), "{place}: {template:?} is put together; it can't be translated");
            all.insert(template, place.clone());
        }
    }
    all
}

/// The first arguments of the calls that are literals.
fn literals(module: &str) -> Vec<String> {
    let whole = |at: usize| !module[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let calls = CALLS.iter().flat_map(|call| module.match_indices(call));
    calls.filter(|(at, _)| whole(*at)).filter_map(|(at, call)| quoted(module[at + call.len()..].trim_start())).collect()
}

/// The string at the beginning of some script, without its quotes.
fn quoted(script: &str) -> Option<String> {
    let quote = script.chars().next().filter(|c| "'\"`".contains(*c))?;
    let mut words = String::new();
    let mut rest = script.chars().skip(1);
    while let Some(c) = rest.next() {
        match c {
            '\\' => words.extend(rest.next()),
            c if c == quote => return Some(words),
            c => words.push(c),
        }
    }
    None
}

#[test]
fn literals_of_calls_are_found_and_nothing_else() {
    let module = r#"
        write(at, words.say('It can\'t', { n }));
        const NAMES = { sum: phrase("sum") };
        throw new Refusal(
          'no {thing}', { thing });
        words.say(text); essay('no'); console.log('neither');
    "#;
    let mut found = literals(module);
    found.sort();
    assert_eq!(found, ["It can't", "no {thing}", "sum"]);
}
