//! `cargo xtask test`: every check there is, each a named step, and their sum.

use crate::options::Options;
use crate::process::{cargo, run_reading, say};
use crate::recipe::Recipe;
use crate::{Outcome, authoring, browsers, dist, posters, process, root, server, tools, wasm};
use std::fs;
use std::num::NonZero;
use std::process::Command;
use std::thread;
use std::time::Instant;

/// A check: what it sets up before anything is run, and what it does.
struct Step {
    name: &'static str,
    about: &'static str,
    needs: fn() -> Outcome,
    run: fn() -> (Tally, Outcome),
}

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Tally {
    passed: u64,
    failed: u64,
}

const STEPS: [Step; 9] = [
    Step {
        name: "format",
        about: "rustfmt changes nothing",
        needs: || tools::ensure_component("fmt", "rustfmt"),
        run: || check("rustfmt", &["fmt", "--all", "--check"], &[]),
    },
    Step {
        name: "clippy",
        about: "no lint for this machine's target",
        needs: || tools::ensure_component("clippy", "clippy"),
        run: || check("clippy", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"], &[]),
    },
    Step {
        name: "clippy-wasm",
        about: "no lint for the page's target",
        needs: || tools::ensure_component("clippy", "clippy").and_then(|()| tools::ensure_target(tools::WASM)),
        run: || check("clippy", &["clippy", "--lib", "--target", tools::WASM, "--", "-D", "warnings"], &[]),
    },
    Step {
        name: "native",
        about: "unit, integration and documentation tests",
        needs: authoring::ensure_python,
        run: native,
    },
    Step {
        name: "reference",
        about: "the numbers against the reference values again, as WebAssembly",
        needs: || tools::ensure_target(tools::WASI).and_then(|()| browsers::ensure_node()),
        run: reference,
    },
    Step {
        name: "doc",
        about: "the documentation builds without a warning",
        needs: || Ok(()),
        run: || check("rustdoc", &["doc", "--workspace", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings")]),
    },
    Step {
        name: "wasm",
        about: "what is deployed builds and is within its budget",
        needs: || tools::ensure(&Recipe::read()?).and_then(|()| browsers::ensure_node()),
        run: || counted(Tally::default(), dist::run()),
    },
    Step {
        name: "page",
        about: "tests/browser in Chromium and Firefox",
        needs: || tools::ensure(&Recipe::read()?).and_then(|()| browsers::ensure()),
        run: || counting(|tally| browse("browser", tally)),
    },
    Step {
        name: "examples",
        about: "examples/ with the course authors' own tools, and what they make in the browsers",
        needs: || tools::ensure(&Recipe::read()?).and_then(|()| browsers::ensure()).and_then(|()| authoring::ensure()),
        run: || counting(|tally| dist::run().and_then(|()| browse("examples", tally))),
    },
];

/// The steps, a line each.
pub fn list() -> String {
    STEPS.iter().map(|step| format!("  {:<12} {}\n", step.name, step.about)).collect()
}

pub fn run(options: &Options) -> Outcome {
    let (only, skip) = (options.all("--only"), options.all("--skip"));
    if let Some(unknown) = only.iter().chain(&skip).find(|name| STEPS.iter().all(|step| step.name != **name)) {
        let names = STEPS.map(|step| step.name).join(", ");
        return Err(format!("there is no step `{unknown}`; the steps are {names}"));
    }
    let chosen: Vec<&Step> = STEPS
        .iter()
        .filter(|step| (only.is_empty() || only.contains(&step.name)) && !skip.contains(&step.name))
        .collect();
    // What is missing is told at once, not after minutes of other checks.
    chosen.iter().try_for_each(|step| (step.needs)())?;

    let mut sum = Tally::default();
    let mut summary = String::new();
    let mut faults = Vec::new();
    for (at, step) in chosen.iter().enumerate() {
        say(&format!("step {} of {}, {}: {}", at + 1, chosen.len(), step.name, step.about));
        let started = Instant::now();
        let (tally, outcome) = (step.run)();
        sum = Tally { passed: sum.passed + tally.passed, failed: sum.failed + tally.failed };
        let word = if outcome.is_ok() { "ok" } else { "FAILED" };
        summary += &format!(
            "  {:<12} {word:<7} {:>5} passed {:>3} failed {:>6.1} s\n",
            step.name,
            tally.passed,
            tally.failed,
            started.elapsed().as_secs_f64()
        );
        faults.extend(outcome.err().map(|sentence| format!("step {}: {sentence}", step.name)));
    }
    print!("\n{summary}");
    faults.iter().for_each(|fault| println!("{fault}"));
    println!("{} passed, {} failed", sum.passed, sum.failed);
    if faults.is_empty() { Ok(()) } else { Err(format!("{} of {} steps failed", faults.len(), chosen.len())) }
}

/// A step without tests of its own counts as one; a step that failed outside its tests as one more failure.
fn counted(mut tally: Tally, outcome: Outcome) -> (Tally, Outcome) {
    match outcome {
        Ok(()) if tally == Tally::default() => tally.passed = 1,
        Err(_) if tally.failed == 0 => tally.failed = 1,
        _ => {}
    }
    (tally, outcome)
}

fn check(what: &str, args: &[&str], variables: &[(&str, &str)]) -> (Tally, Outcome) {
    counted(Tally::default(), process::run(what, cargo().args(args).envs(variables.iter().copied())))
}

/// The test files that hold the numbers against the truth.
const REFERENCE: [&str; 4] = ["reference_families", "reference_mixture", "reference_fit", "further"];

fn native() -> (Tally, Outcome) {
    let mut command = cargo();
    command.args(["test", "--workspace", "--no-fail-fast"]);
    libtests("the native tests", &mut command)
}

fn reference() -> (Tally, Outcome) {
    let runner = match browsers::wasi_runner() {
        Ok(runner) => runner,
        Err(sentence) => return counted(Tally::default(), Err(sentence)),
    };
    let mut command = cargo();
    command.args(["test", "--no-fail-fast", "--target", tools::WASI]).env("CARGO_TARGET_WASM32_WASIP1_RUNNER", runner);
    command.args(REFERENCE.iter().flat_map(|file| ["--test", file]));
    libtests("the tests as WebAssembly", &mut command)
}

fn libtests(what: &str, command: &mut Command) -> (Tally, Outcome) {
    let mut tally = Tally::default();
    let outcome = run_reading(what, command, |line| {
        let one = libtest(line);
        tally = Tally { passed: tally.passed + one.passed, failed: tally.failed + one.failed };
    });
    counted(tally, outcome)
}

fn counting(run: impl FnOnce(&mut Tally) -> Outcome) -> (Tally, Outcome) {
    let mut tally = Tally::default();
    let outcome = run(&mut tally);
    counted(tally, outcome)
}

/// Runs the tests in a folder below tests/ against the page.
fn browse(tests: &str, tally: &mut Tally) -> Outcome {
    // The step may be chosen alone, and then after a change; where nothing changed this takes a second.
    let recipe = Recipe::read()?;
    wasm::build(&recipe)?;
    posters::draw()?;
    say(&dist::write(&recipe)?);
    let folder = root().join("tests").join(tests);
    let fault = |reason| format!("tests/{tests} can't be listed: {reason}");
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).map_err(fault)? {
        let file = entry.map_err(fault)?.path();
        files.extend(file.to_string_lossy().ends_with(".test.js").then_some(file));
    }
    files.sort();
    let listener = server::listen(0).map_err(|reason| format!("no port is free: {reason}"))?;
    let address = server::start(listener, root())?;
    let mut command = browsers::node(&address)?;
    // A page waits for frames and for its driver much of the time: as many files run at once as there are cores.
    let cores = thread::available_parallelism().map_or(2, NonZero::get);
    command
        .args(["--test", "--test-reporter=spec", &format!("--test-concurrency={cores}")])
        .args(&files)
        .current_dir(&folder);
    run_reading(&format!("tests/{tests}"), &mut command, |line| node_summary(line, tally))
}

/// Reads a line such as `test result: ok. 12 passed; 0 failed; …`.
fn libtest(line: &str) -> Tally {
    if !line.starts_with("test result:") {
        return Tally::default();
    }
    let before = |word: &str| line.split(word).next().and_then(|text| text.rsplit(' ').next()?.parse().ok());
    Tally { passed: before(" passed;").unwrap_or(0), failed: before(" failed;").unwrap_or(0) }
}

/// Reads the lines such as `ℹ pass 12` at the end of node's report.
fn node_summary(line: &str, tally: &mut Tally) {
    let mut words = line.split_whitespace();
    if let (Some("ℹ"), Some(key), Some(Ok(count)), None) =
        (words.next(), words.next(), words.next().map(str::parse::<u64>), words.next())
    {
        match key {
            "pass" => tally.passed = count,
            "fail" => tally.failed += count,
            "cancelled" => tally.failed += count,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_cargo_test_are_read() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(libtest(line), Tally { passed: 12, failed: 3 });
        assert_eq!(libtest("test tests::a ... ok"), Tally::default());
    }

    #[test]
    fn results_of_node_are_read() {
        let mut tally = Tally::default();
        for line in ["✔ opens (12ms)", "ℹ tests 7", "ℹ pass 4", "ℹ fail 2", "ℹ cancelled 1", "ℹ duration_ms 3.5"]
        {
            node_summary(line, &mut tally);
        }
        assert_eq!(tally, Tally { passed: 4, failed: 3 });
    }

    #[test]
    fn no_failure_is_counted_as_nothing() {
        let some = Tally { passed: 5, failed: 0 };
        assert_eq!(counted(some, Ok(())).0, some);
        assert_eq!(counted(some, Err(String::new())).0, Tally { passed: 5, failed: 1 });
        assert_eq!(counted(Tally::default(), Ok(())).0, Tally { passed: 1, failed: 0 });
        assert_eq!(counted(Tally { passed: 5, failed: 2 }, Err(String::new())).0, Tally { passed: 5, failed: 2 });
    }
}
