//! The core as it is deployed: what the compiler left, made smaller by Binaryen's wasm-opt.
//!
//! It takes seconds, so `serve` does without; and what it makes of a core is kept until there is another core.

use crate::process::{run, say};
use crate::{Outcome, browsers, root};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// What it is asked to do: small code twice, and between the two what is always the same is found in the whole program.
const PASSES: [&str; 4] = ["-Os", "--gufa", "-Os", "--strip-producers"];

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
