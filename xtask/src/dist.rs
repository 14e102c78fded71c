//! `cargo xtask build`: the deployable site in `dist/`. The page names its files relatively, so any base path will do.

use crate::process::say;
use crate::recipe::Recipe;
use crate::{Outcome, npm, root, site, wasm};
use std::fs;
use std::path::{Path, PathBuf};

const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

pub fn run() -> Outcome {
    let recipe = Recipe::read()?;
    wasm::build(&recipe)?;
    say(&wasm::weigh(&recipe)?);
    let dist = root().join("dist");
    wasm::remove(&dist)?;
    let files: Vec<PathBuf> = site::files(&root())?.into_iter().chain(LICENCES.map(PathBuf::from)).collect();
    files.iter().try_for_each(|file| copy(file, &dist))?;
    npm::write(&dist.join("npm"))?;
    println!("dist/ holds the site: {} files, to be served from any path; dist/npm/ is its npm package", files.len());
    Ok(())
}

fn copy(file: &Path, dist: &Path) -> Outcome {
    let to = dist.join(file);
    to.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::copy(root().join(file), &to))
        .map(|_| ())
        .map_err(|reason| format!("{} can't be copied to dist/: {reason}", file.display()))
}
