//! What the tests of the examples need besides: the course authors' tools, from npm's and Python's registries.

use crate::browsers::{self, Needed};
use crate::process::{answer, program, run, say};
use crate::{Outcome, root, tools, wasm};
use std::fs;
use std::path::Path;

const PYTHON: Needed = Needed { variable: "PYTHON", names: &["python3", "python"], package: "python3" };

/// Installs what tests/examples names, unless it is there since.
pub fn ensure() -> Outcome {
    browsers::ensure_packages("tests/examples")?;
    let wanted = root().join("tests").join("examples").join("requirements.txt");
    let home = tools::home().join("python");
    // Written when all is there: the list that was installed.
    let done = home.join("requirements.txt");
    let python = home.join("bin").join("python");
    // The environment leads to the machine's Python, which may have been replaced under it.
    let runs = answer(program(&python).arg("--version")).is_some();
    if runs && fs::read(&done).ok() == fs::read(&wanted).ok() {
        return Ok(());
    }
    say("installing the Python packages of tests/examples into target/tools (once; it takes a minute)");
    environment(&home)?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    run("pip install", program(&python).args(pip).arg(&wanted))?;
    fs::copy(&wanted, &done).map(|_| ()).map_err(|reason| format!("{} can't be written: {reason}", done.display()))
}

/// A Python, which the tests run the programs with that a state gives.
pub fn ensure_python() -> Outcome {
    if PYTHON.find().is_some() { Ok(()) } else { browsers::install(&["python3"]) }
}

/// A Python of our own, so that nothing is put into the machine's.
fn environment(home: &Path) -> Outcome {
    wasm::remove(home)?;
    let make = || match PYTHON.find() {
        // Debian's Python has the command, and makes nothing without another package.
        Some(python) => answer(program(python).args(["-m", "venv"]).arg(home)).is_some(),
        None => false,
    };
    if make() {
        return Ok(());
    }
    browsers::install(&["python3", "python3-venv"])?;
    wasm::remove(home)?;
    if make() {
        Ok(())
    } else {
        Err("`python3 -m venv` makes no environment here, and the examples' tests need one".into())
    }
}
