//! `cargo xtask bless`: what the snapshot tests draw now becomes what they expect.

use crate::process::{self, cargo, say};
use crate::{Outcome, root};
use std::fs;

pub fn run() -> Outcome {
    say("drawing the snapshots anew");
    process::run("drawing the snapshots", cargo().args(["test", "--test", "snapshots"]).env("KL_BLESS", "1"))?;
    let folder = root().join("tests").join("snapshots");
    let fault = |reason| format!("{} can't be cleared of old failures: {reason}", folder.display());
    for entry in fs::read_dir(&folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        if entry.file_name().to_string_lossy().contains(".actual.") {
            fs::remove_file(entry.path()).map_err(fault)?;
        }
    }
    println!("accepted; `git diff tests/snapshots` shows what changed");
    Ok(())
}
