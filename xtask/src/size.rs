//! `cargo xtask size`: what each scene takes, in lines written by hand and in bytes, beside the last commit; and how near
//! what is deployed is to its bounds.

use crate::process::{answer, program};
use crate::recipe::Recipe;
use crate::wasm::{gzipped, kb};
use crate::{Outcome, root, single, site, wasm};
use std::fs;
use std::path::{Path, PathBuf};

/// What was counted of some text: its lines that are not empty, and its bytes after gzip.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Size {
    lines: usize,
    bytes: u64,
}

/// A scene and the files that are its own.
struct Scene {
    id: String,
    code: Vec<PathBuf>,
}

pub fn run() -> Outcome {
    let pages = pages()?;
    println!(
        "{:<20} {:>6} {:>6} {:>6} {:>8} {:>8}   since the last commit",
        "scene", "code", "words", "lines", "source", "poster"
    );
    let mut all = Vec::new();
    for scene in scenes()? {
        let now = source(&scene, &pages, |path| fs::read_to_string(root().join(path)).ok())?;
        let then =
            source(&scene, &pages, |path| answer(program("git").arg("show").arg(format!("HEAD:{}", path.display()))))?;
        let [code, words] = now;
        let lines = code.lines + words.lines;
        let poster = fs::read(root().join("www/posters").join(format!("{}.svg", scene.id)));
        let poster = poster.ok().map(|drawing| gzipped(&drawing)).transpose()?;
        println!(
            "{:<20} {:>6} {:>6} {lines:>6} {:>7.1}K {:>8}   {:+}",
            scene.id,
            code.lines,
            words.lines,
            kb(code.bytes + words.bytes),
            poster.map_or("-".into(), |bytes| format!("{:.1}K", kb(bytes))),
            lines as i64 - (then[0].lines + then[1].lines) as i64
        );
        all.push(lines);
    }
    all.sort_unstable();
    println!("{} scenes; the median has {} lines", all.len(), all.get(all.len() / 2).unwrap_or(&0));
    bounds()
}

/// Code and words of a scene, its files being read by `read`.
fn source(scene: &Scene, pages: &[PathBuf], read: impl Fn(&Path) -> Option<String>) -> Outcome<[Size; 2]> {
    let code: String = scene.code.iter().filter_map(|path| Some(read(path)? + "\n")).collect();
    let words: String = pages.iter().filter_map(|page| Some(chapter(&read(page)?, &scene.id).to_owned())).collect();
    Ok([size(&code)?, size(&words)?])
}

fn size(text: &str) -> Outcome<Size> {
    if text.is_empty() {
        return Ok(Size::default());
    }
    Ok(Size { lines: text.lines().filter(|line| !line.trim().is_empty()).count(), bytes: gzipped(text.as_bytes())? })
}

/// The part of a lesson's page that is the scene's own.
fn chapter<'a>(page: &'a str, id: &str) -> &'a str {
    let from = page.find(&format!("<section class=\"scene-chapter\" id=\"{id}\"")).map(|at| &page[at..]);
    from.and_then(|text| Some(&text[..text.find("</section>")?])).unwrap_or_default()
}

/// The lesson's page in each language.
fn pages() -> Outcome<Vec<PathBuf>> {
    let files = site::files(&root())?;
    let mut pages = vec![PathBuf::from("index.html")];
    pages.extend(site::languages(&files).iter().map(|language| Path::new("www").join(format!("{language}.html"))));
    Ok(pages)
}

/// The scenes that lie in the chapters' folders, each with its file and those of its own folder.
fn scenes() -> Outcome<Vec<Scene>> {
    let home = Path::new("src").join("scenes");
    let mut scenes = Vec::new();
    for chapter in list(&home)?.iter().filter(|path| path.extension().is_none()) {
        for file in list(chapter)?.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs")) {
            let Some(name) = file.file_stem().and_then(|name| name.to_str()).filter(|name| *name != "mod") else {
                continue;
            };
            let folder = chapter.join(name);
            let id = name.replace('_', "-");
            let inside = if root().join(&folder).is_dir() { list(&folder)? } else { Vec::new() };
            scenes.push(Scene { id, code: [vec![file], inside].concat() });
        }
    }
    Ok(scenes)
}

fn list(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let fault = |reason| format!("{} can't be listed: {reason}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(folder)).map_err(fault)? {
        found.push(folder.join(entry.map_err(fault)?.file_name()));
    }
    found.sort();
    Ok(found)
}

/// How near what lies in dist/ is to what it may weigh.
fn bounds() -> Outcome {
    let dist = root().join("dist");
    if !dist.is_dir() {
        println!("dist/ is not there: `cargo xtask build` makes what is weighed");
        return Ok(());
    }
    let recipe = Recipe::read()?;
    println!("{}", wasm::weigh(&recipe, &dist)?);
    for file in fs::read_dir(&dist).map_err(|reason| format!("dist can't be listed: {reason}"))?.flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        if name.starts_with("kl-explorer") && name.ends_with(".html") {
            let weight = file.metadata().map_err(|reason| format!("{name} can't be weighed: {reason}"))?.len();
            let left = single::LIMIT as i64 - weight as i64;
            println!("{name}: {:.1} KB, {:.1} KB below its bound", kb(weight), left as f64 / 1000.0);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scene_has_its_part_of_the_page_and_no_other() {
        let page = "<section class=\"scene-chapter\" id=\"a\" x>one</section>\n<section class=\"scene-chapter\" id=\"b\" x>two</section>";
        assert!(chapter(page, "a").contains("one") && !chapter(page, "a").contains("two"));
        assert_eq!(chapter(page, "c"), "");
    }

    #[test]
    fn every_scene_of_the_lesson_is_counted_and_has_words_in_each_language() {
        let scenes = scenes().expect("scenes");
        let page = fs::read_to_string(root().join("index.html")).expect("a page");
        assert_eq!(scenes.len(), page.matches("<section class=\"scene-chapter\"").count());
        for page in pages().expect("pages") {
            let text = fs::read_to_string(root().join(&page)).expect("a page");
            for scene in &scenes {
                assert!(!chapter(&text, &scene.id).is_empty(), "{}: {}", page.display(), scene.id);
            }
        }
    }
}
