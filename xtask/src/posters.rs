//! The scenes' posters in `www/posters/`: drawn by the core itself, built for this machine.

use crate::process::{cargo, run, say};
use crate::{Outcome, root, wasm};
use std::fs;
use std::path::PathBuf;

/// Where the posters are.
pub fn folder() -> PathBuf {
    root().join("www").join("posters")
}

/// Draws every poster; those drawn before stay in place until these are whole.
pub fn draw() -> Outcome {
    say("drawing the posters");
    let stage = root().join("target").join("posters");
    wasm::remove(&stage)?;
    // Not quiet: the first time the core is built for this machine, which takes a minute.
    run("drawing the posters", cargo().args(["run", "--example", "posters", "--"]).arg(&stage))?;
    wasm::remove(&folder())?;
    fs::rename(&stage, folder()).map_err(|reason| format!("the posters can't be moved to www/posters: {reason}"))
}

/// The scenes that have a poster, in the order of their names.
pub fn scenes() -> Outcome<Vec<String>> {
    let fault = |reason| format!("www/posters can't be listed: {reason}");
    let mut names = Vec::new();
    for entry in fs::read_dir(folder()).map_err(fault)? {
        let file = entry.map_err(fault)?.file_name();
        names.extend(file.to_string_lossy().strip_suffix(".svg").map(String::from));
    }
    names.sort();
    Ok(names)
}

/// The title of a scene, as its poster has it.
pub fn title(scene: &str) -> Outcome<String> {
    let poster = read(scene)?;
    between(&poster, "<title>", "</title>").map(str::to_owned).ok_or(format!("the poster of {scene} has no title"))
}

/// A poster as part of a page: without its style, and the rules of that apart, which go into the page's. One in another
/// language is called by its folder too: `de/two-coins`.
pub fn inline(scene: &str) -> Outcome<(String, Vec<String>)> {
    let poster = read(scene)?;
    apart(&poster).ok_or(format!("the poster of {scene} is not as it should be"))
}

fn apart(poster: &str) -> Option<(String, Vec<String>)> {
    let style = between(poster, "<style>", "</style>")?;
    let rules = style.strip_prefix(":root{color-scheme:light dark}")?;
    let rules = rules.split_inclusive('}').map(String::from).collect();
    Some((poster.trim_end().replacen(&format!("<style>{style}</style>"), "", 1), rules))
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    text.split_once(begin)?.1.split_once(end).map(|(inside, _)| inside)
}

fn read(scene: &str) -> Outcome<String> {
    let file = folder().join(format!("{scene}.svg"));
    fs::read_to_string(&file).map_err(|reason| format!("{} can't be read: {reason}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poster_is_parted_from_its_rules() {
        let poster = "<svg><title>t</title><style>:root{color-scheme:light dark}[a]{b}[c]{d}</style><path/></svg>\n";
        let rules = vec!["[a]{b}".to_owned(), "[c]{d}".to_owned()];
        assert_eq!(apart(poster), Some(("<svg><title>t</title><path/></svg>".to_owned(), rules)));
        assert_eq!(apart("<svg></svg>"), None);
    }
}
