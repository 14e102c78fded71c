//! The wasm build: wasm-pack driven by the recipe, and the page's weight held against its budget.

use crate::process::{program, run, say};
use crate::recipe::Recipe;
use crate::{Outcome, root, site, tools};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Sets up the tools and builds the package; the one built before stays in place until this one is whole.
pub fn build(recipe: &Recipe) -> Outcome {
    tools::ensure(recipe)?;
    say("building the wasm package");
    let stage = root().join("target").join("pkg");
    let mut command = program("wasm-pack");
    // Cargo's own lines tell enough; wasm-pack's warnings are about its search for a newer version of itself.
    command.args(["--log-level", "error", "build"]).arg(root());
    // Everything it might download is here already.
    command.args(["--mode", "no-install", "--no-pack", "--no-gitignore"]);
    command.args(["--target", recipe.target.name(), recipe.profile.flag(), "--out-name", &recipe.out_name]);
    command.arg("--out-dir").arg(&stage);
    if !recipe.typescript {
        command.arg("--no-typescript");
    }
    remove(&stage)?;
    run("the wasm build", &mut command)?;
    let out = root().join(&recipe.out_dir);
    remove(&out)?;
    out.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::rename(&stage, &out))
        .map_err(|reason| format!("the wasm package can't be moved to {}: {reason}", recipe.out_dir.display()))
}

/// Weighs the page below `home` for the readers of each language: a line of figures, or the sentence that it is too heavy.
pub fn weigh(recipe: &Recipe, home: &Path) -> Outcome<String> {
    let files = site::files(home)?;
    let languages = site::languages(&files);
    let mut totals: BTreeMap<&str, u64> = languages.iter().map(|language| (*language, 0)).collect();
    totals.insert("en", 0);
    let mut package = 0;
    for file in &files {
        let bytes =
            fs::read(home.join(file)).map_err(|reason| format!("{} can't be read: {reason}", file.display()))?;
        let weight = gzipped(&bytes)?;
        let whose = site::language(file, &languages);
        totals
            .iter_mut()
            .filter(|(language, _)| whose.is_none_or(|whose| whose == **language))
            .for_each(|(_, total)| *total += weight);
        package += if file.starts_with(&recipe.out_dir) { weight } else { 0 };
    }
    let each: Vec<String> = totals.iter().map(|(language, total)| format!("{language} {:.1} KB", kb(*total))).collect();
    let figures = format!(
        "{} compressed, of which wasm and its glue {:.1} KB; the budget is {:.1} KB",
        each.join(", "),
        kb(package),
        kb(recipe.budget)
    );
    if totals.values().any(|total| *total > recipe.budget) {
        Err(format!("the page is too heavy: {figures}"))
    } else {
        Ok(format!("the page: {figures}"))
    }
}

fn kb(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}

fn gzipped(bytes: &[u8]) -> Outcome<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.map(|packed| packed.len() as u64).map_err(|reason| format!("gzip failed: {reason}"))
}

/// Removes a directory, if there is one.
pub fn remove(dir: &Path) -> Outcome {
    if !dir.exists() {
        return Ok(());
    }
    fs::remove_dir_all(dir).map_err(|reason| format!("{} can't be removed: {reason}", dir.display()))
}
