//! The core as it is deployed: what the compiler left, made smaller by Binaryen's wasm-opt.
//!
//! It takes seconds, so `serve` does without; and what it makes of a core is kept until there is another core.

use crate::process::{run, say};
use crate::{Outcome, browsers, root};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// What it is asked to do: the little that makes code smaller and quicker without making it unlike its neighbours, and then
/// to put functions in the order of their names, so that like stands beside like where gzip can see both; the names go last.
const PASSES: [&str; 4] = ["-O1", "--reorder-functions-by-name", "--strip-debug", "--strip-producers"];

/// The features of WebAssembly that the compiler uses by itself; no others come in.
const FEATURES: [&str; 6] =
    ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];

/// The file with the smaller core.
pub fn core(built: &Path) -> Outcome<PathBuf> {
    let read = |file: &Path| fs::read(file).map_err(|reason| format!("{} can't be read: {reason}", file.display()));
    let mut hash = Sha256::new();
    hash.update(read(built)?);
    hash.update(read(&root().join("xtask/bundler/package-lock.json"))?);
    hash.update(PASSES.concat());
    let folder = root().join("target").join("slim");
    let slim = folder.join(format!("{:x}.wasm", hash.finalize()));
    if slim.is_file() {
        return Ok(slim);
    }
    browsers::ensure_packages("xtask/bundler")?;
    say("making the core smaller");
    crate::wasm::remove(&folder)?;
    fs::create_dir_all(&folder).map_err(|reason| format!("{} can't be made: {reason}", folder.display()))?;
    let half = folder.join("half-written");
    let mut command = browsers::script()?;
    command.arg("xtask/bundler/node_modules/binaryen/bin/wasm-opt").arg(built).args(PASSES).arg("-o").arg(&half);
    run("wasm-opt", command.args(FEATURES.map(|feature| format!("--enable-{feature}"))))?;
    fs::rename(&half, &slim).map_err(|reason| format!("{} can't be named: {reason}", slim.display()))?;
    Ok(slim)
}
