//! The tools of the build, each at its one version: found, or else installed below `target/tools`.

use crate::process::{answer, cargo, program, run, say, which};
use crate::recipe::{Recipe, locked_version};
use crate::{Outcome, root};
use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

/// The target that the page's code is compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";
/// The target that tests are compiled for to be run as WebAssembly by node.
pub const WASI: &str = "wasm32-wasip1";

/// Where tools are installed that the machine need not have.
pub fn home() -> PathBuf {
    root().join("target").join("tools")
}

/// `PATH` with our own tools first.
pub fn path() -> OsString {
    let others = env::var_os("PATH").unwrap_or_default();
    let all = [home().join("bin")].into_iter().chain(env::split_paths(&others));
    env::join_paths(all).unwrap_or(others)
}

/// What a wasm build needs: the target, wasm-pack, and the wasm-bindgen that Cargo.lock names.
pub fn ensure(recipe: &Recipe) -> Outcome {
    ensure_target(WASM)?;
    ensure_tool("wasm-pack", "wasm-pack", &recipe.version)?;
    ensure_tool("wasm-bindgen-cli", "wasm-bindgen", &locked_version("wasm-bindgen")?)
}

/// The standard library for a target.
pub fn ensure_target(target: &str) -> Outcome {
    let library = answer(program("rustc").args(["--print", "target-libdir", "--target", target]));
    if library.is_some_and(|dir| PathBuf::from(dir).is_dir()) {
        return Ok(());
    }
    say(&format!("adding the compiler's target {target}"));
    rustup(&["target", "add", target])
}

/// A part of the toolchain that is a cargo command: `fmt`, `clippy`.
pub fn ensure_component(command: &str, component: &str) -> Outcome {
    if answer(cargo().args([command, "--version"])).is_some() {
        return Ok(());
    }
    say(&format!("adding the toolchain's component {component}"));
    rustup(&["component", "add", component])
}

fn rustup(args: &[&str]) -> Outcome {
    if which("rustup").is_none() {
        return Err(format!(
            "`rustup {}` is needed here, and rustup is missing: see https://rustup.rs",
            args.join(" ")
        ));
    }
    run(&format!("rustup {}", args.join(" ")), program("rustup").args(args))
}

/// A cargo-installed program at exactly this version.
fn ensure_tool(package: &str, binary: &str, version: &str) -> Outcome {
    let found = which(binary).and_then(|path| answer(program(path).arg("--version")));
    if found.is_some_and(|said| said.split_whitespace().nth(1) == Some(version)) {
        return Ok(());
    }
    say(&format!("installing {package} {version} into target/tools (once; it takes a minute)"));
    let install = |locked: &[&str]| {
        let mut command = cargo();
        command.args(["install", package, "--bin", binary, "--version", &format!("={version}"), "--root"]).arg(home());
        // They run for a second and are compiled for minutes: unoptimised, less than half of that, and the result is the same.
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
        run(&format!("installing {package} {version}"), command.args(locked))
    };
    // A package's lock file may name versions that a registry does not hold, having withdrawn them or not yet got them.
    install(&["--locked"]).or_else(|_| {
        say(&format!("{package}'s own lock file can't be used; installing it with versions the registry has"));
        install(&[])
    })
}
