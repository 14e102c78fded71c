//! Words: every catalogue in `www/words` translates every template there is, none that is not, and keeps what its
//! placeholders stand for. The templates are collected from the scenes in their states, from the core's source and from
//! the page's.

mod page;
mod scenes;
mod source;
#[path = "../walk/mod.rs"]
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The templates, each with one place where it stands.
type Templates = BTreeMap<String, String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder and those below it that end so.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(folder)).expect("the folder is readable") {
        let path = entry.expect("the folder is readable").path();
        if path.is_dir() {
            let below = path.strip_prefix(root()).expect("below the root");
            found.extend(files(&below.to_string_lossy(), ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every template of the core and the page.
static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| {
    let mut all = scenes::templates();
    all.extend(source::templates());
    all.extend(page::templates());
    all.remove("");
    all
});

/// The names in braces.
fn placeholders(words: &str) -> BTreeSet<&str> {
    let rest = words.split('{').skip(1).filter_map(|part| part.split_once('}'));
    rest.map(|(name, _)| name)
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        .collect()
}

/// What is wrong with a catalogue, a sentence each.
fn faults(templates: &Templates, catalogue: &BTreeMap<String, String>) -> Vec<String> {
    let mut faults = Vec::new();
    for (template, place) in templates {
        match catalogue.get(template) {
            None => faults.push(format!("lacks {template:?} ({place})")),
            Some(words) if words.trim().is_empty() => faults.push(format!("says nothing for {template:?}")),
            Some(words) if placeholders(words) != placeholders(template) => {
                faults.push(format!("has other placeholders in {words:?} than in {template:?}"));
            }
            Some(_) => {}
        }
    }
    let extra = catalogue.keys().filter(|key| !templates.contains_key(*key));
    faults.extend(extra.map(|key| format!("has {key:?}, which nobody says")));
    faults
}

/// A catalogue's file: `export default {…};`, the braces holding JSON.
fn catalogue(path: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(path).expect("the catalogue is readable");
    let json = text.split_once("export default").expect("the catalogue is a default export").1;
    serde_json::from_str(json.trim().trim_end_matches(';'))
        .unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

#[test]
fn every_catalogue_has_every_template_and_no_other() {
    assert!(TEMPLATES.len() > 500, "only {} templates were found", TEMPLATES.len());
    for path in files("www/words", ".js").iter().filter(|path| !path.ends_with("languages.js")) {
        let faults = faults(&TEMPLATES, &catalogue(path));
        assert!(faults.is_empty(), "{}:\n{}", path.display(), faults.join("\n"));
    }
}

#[test]
fn the_list_of_languages_is_that_of_the_catalogues() {
    let list = fs::read_to_string(root().join("www/words/languages.js")).expect("the list is readable");
    let list = list.split_once("LANGUAGES = [").and_then(|(_, rest)| rest.split_once(']')).expect("a list").0;
    let listed: BTreeSet<&str> =
        list.split(',').map(|tag| tag.trim().trim_matches('\'')).filter(|t| !t.is_empty()).collect();
    let there: Vec<PathBuf> = files("www/words", ".js");
    let there: BTreeSet<&str> =
        there.iter().filter_map(|path| path.file_stem()?.to_str()).filter(|t| *t != "languages").collect();
    assert_eq!(listed, there);
}

#[test]
fn faults_of_a_catalogue_are_found() {
    let templates: Templates = ["Reset", "{n} of {m}", "gone"].map(|key| (key.to_owned(), "here".to_owned())).into();
    let catalogue = [("Reset", "Zurücksetzen"), ("{n} of {m}", "{n} von"), ("more", "mehr")];
    let catalogue = catalogue.map(|(key, words)| (key.to_owned(), words.to_owned())).into();
    let found = faults(&templates, &catalogue);
    assert_eq!(found.len(), 3, "{found:?}");
    for (fault, part) in found.iter().zip(["lacks \"gone\"", "{n} von", "\"more\""]) {
        assert!(fault.contains(part), "{fault}");
    }
}

#[test]
fn words_of_each_kind_are_collected() {
    for known in [
        "Two bells",
        "mean of Q",
        "is outside {min} to {max}",
        "must be above 0",
        "is not the name of a measure",
        "{problem}. It was left out.",
        "Copy link",
        "quadrature",
        "nats",
        "its core could not be loaded ({status})",
    ] {
        assert!(TEMPLATES.contains_key(known), "{known:?} was not found");
    }
}
