//! What the page's tests and the bundler need besides the page: Chromium, Firefox, node with npm, and packages from npm.

use crate::process::{answer, program, run, say, which};
use crate::{Outcome, root};
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// The oldest node that the tests' packages run on.
const NODE: u32 = 18;

/// A program under the names it goes by, the variable that may name it outright, and the Debian package it is in.
pub struct Needed {
    pub variable: &'static str,
    pub names: &'static [&'static str],
    pub package: &'static str,
}

const CHROMIUM: Needed = Needed {
    variable: "CHROMIUM",
    names: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
    package: "chromium",
};
const FIREFOX: Needed = Needed {
    variable: "FIREFOX",
    names: &["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"],
    package: "firefox-esr",
};
const NODEJS: Needed = Needed { variable: "NODE", names: &["node", "nodejs"], package: "nodejs" };
const NPM: Needed = Needed { variable: "NPM", names: &["npm"], package: "npm" };

impl Needed {
    pub fn find(&self) -> Option<PathBuf> {
        // Joined to a `PATH` directory, an absolute name stays as it is.
        env::var_os(self.variable).map(PathBuf::from).or_else(|| self.names.iter().find_map(|name| which(name)))
    }
}

/// Sets up what is missing where that is allowed, and says what to install where it is not.
pub fn ensure() -> Outcome {
    let missing: Vec<&str> =
        [CHROMIUM, FIREFOX, NODEJS, NPM].iter().filter(|it| it.find().is_none()).map(|it| it.package).collect();
    if !missing.is_empty() {
        install(&missing)?;
    }
    check_node()?;
    packages("tests/browser")
}

/// The packages of a folder of scripts, and node with npm, which the build needs too.
pub fn ensure_packages(folder: &str) -> Outcome {
    let missing: Vec<&str> = [NODEJS, NPM].iter().filter(|it| it.find().is_none()).map(|it| it.package).collect();
    if !missing.is_empty() {
        install(&missing)?;
    }
    check_node()?;
    packages(folder)
}

/// Node alone, for tests that are compiled to WebAssembly.
pub fn ensure_node() -> Outcome {
    if NODEJS.find().is_none() {
        install(&[NODEJS.package])?;
    }
    check_node()
}

fn check_node() -> Outcome {
    let version = answer(program(found(&NODEJS)?).arg("--version")).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE) {
        return Err(format!("node {NODE} or later is needed for the tests, and this one is `{version}`"));
    }
    Ok(())
}

/// What runs a test program of the target wasm32-wasip1, as cargo wants it: seen from the package's folder.
pub fn wasi_runner() -> Outcome<String> {
    Ok(format!("{} --no-warnings tests/wasi.mjs", found(&NODEJS)?.display()))
}

/// Node, about to run a script.
pub fn script() -> Outcome<Command> {
    Ok(program(found(&NODEJS)?))
}

/// Node, about to run the page's tests against the page at this address.
pub fn node(address: &str) -> Outcome<Command> {
    let mut command = script()?;
    command.env("KL_URL", address).env("CHROMIUM", found(&CHROMIUM)?).env("FIREFOX", found(&FIREFOX)?);
    Ok(command)
}

fn found(needed: &Needed) -> Outcome<PathBuf> {
    needed.find().ok_or(format!("{} is missing still", needed.package))
}

pub fn install(packages: &[&str]) -> Outcome {
    let list = packages.join(" ");
    let root_user = answer(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    if !root_user || which("apt-get").is_none() {
        return Err(format!(
            "{} must be installed on this machine: on Debian, `sudo apt-get install {list}`; elsewhere install \
             Chromium or Chrome, Firefox, node {NODE} or later with npm, and Python 3 with venv (or `--skip` page and examples)",
            packages.join(", ")
        ));
    }
    say(&format!("installing {list} by apt-get"));
    let apt = || {
        let mut command = program("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run("apt-get update", apt().args(["update", "--quiet"]))?;
    let flags = ["install", "--yes", "--quiet", "--no-install-recommends"];
    run(&format!("installing {list}"), apt().args(flags).args(packages))
}

/// The packages that a folder's package-lock.json names, unless they are there since.
fn packages(folder: &str) -> Outcome {
    let dir = root().join(folder);
    let time = |file: &str| dir.join(file).metadata().and_then(|about| about.modified()).ok();
    // npm writes this list when it is done.
    if time("node_modules/.package-lock.json") >= time("package-lock.json") {
        return Ok(());
    }
    say(&format!("installing the packages of {folder}"));
    run("npm ci", program(found(&NPM)?).arg("ci").current_dir(&dir))
}
