//! The wasm build: wasm-pack driven by the recipe, and the page's weight held against its budget.

use crate::process::{program, run, say};
use crate::recipe::Recipe;
use crate::{Outcome, root, site, tools};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

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
    command.env("CARGO_ENCODED_RUSTFLAGS", flags());
    remove(&stage)?;
    run("the wasm build", &mut command)?;
    let out = root().join(&recipe.out_dir);
    remove(&out)?;
    out.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::rename(&stage, &out))
        .map_err(|reason| format!("the wasm package can't be moved to {}: {reason}", recipe.out_dir.display()))
}

/// The compiler's flags: those that are set (in the environment; those of a configuration of cargo's give way), and that what panics would name is not named by where it lies on this
/// machine, so that the same sources make the same bytes anywhere.
fn flags() -> String {
    let set = env::var("CARGO_ENCODED_RUSTFLAGS").ok();
    let set = set
        .or_else(|| env::var("RUSTFLAGS").ok().map(|flags| flags.split_whitespace().collect::<Vec<_>>().join("\x1f")));
    let homes = [("CARGO_HOME", ".cargo", "cargo"), ("RUSTUP_HOME", ".rustup", "rustup")];
    let remapped = homes.into_iter().filter_map(|(variable, usual, name)| {
        let home = env::var_os(variable).map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(usual)))?;
        Some(format!("--remap-path-prefix={}={name}", home.display()))
    });
    set.into_iter().filter(|set| !set.is_empty()).chain(remapped).collect::<Vec<_>>().join("\x1f")
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

/// Bytes in thousands.
pub fn kb(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}

/// How many bytes gzip leaves.
pub fn gzipped(bytes: &[u8]) -> Outcome<u64> {
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
