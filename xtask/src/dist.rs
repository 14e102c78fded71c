//! `cargo xtask build`: the deployable site in `dist/`, and the single files. The page names its files relatively, so any
//! base path will do.

use crate::process::say;
use crate::recipe::Recipe;
use crate::{Outcome, npm, posters, root, single, site, slim, wasm};
use std::fs;
use std::path::{Path, PathBuf};

const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

pub fn run() -> Outcome {
    let recipe = Recipe::read()?;
    wasm::build(&recipe)?;
    posters::draw()?;
    println!("{}", write(&recipe)?);
    say(&wasm::weigh(&recipe, &root().join("dist"))?);
    Ok(())
}

/// Writes `dist/` from what is built, and says what it holds.
pub fn write(recipe: &Recipe) -> Outcome<String> {
    let dist = root().join("dist");
    wasm::remove(&dist)?;
    let files: Vec<PathBuf> = site::files(&root())?.into_iter().chain(LICENCES.map(PathBuf::from)).collect();
    let core = recipe.core();
    let slim = slim::core(&root().join(&core))?;
    files.iter().try_for_each(|file| copy(if *file == core { &slim } else { file }, &dist.join(file)))?;
    let single = single::write(recipe, &dist)?;
    npm::write(&dist)?;
    let site = format!("{} files, to be served from any path", files.len());
    Ok(format!("dist/ holds the site: {site}; dist/npm/ its npm package; {single}"))
}

fn copy(file: &Path, to: &Path) -> Outcome {
    to.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::copy(root().join(file), to))
        .map(|_| ())
        .map_err(|reason| format!("{} can't be copied to dist/: {reason}", file.display()))
}
