//! States as code: the Python and Rust programs of every scene and preset run, and print the numbers that are shown.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use kl_explorer::program::{Language, program};
use kl_explorer::scene::{Readout, Scene, Values, View};
use kl_explorer::scenes;

/// A state with its name, what it shows, and its programs.
struct State {
    name: String,
    shown: Vec<Readout>,
    python: String,
    rust: String,
}

impl State {
    fn new(name: String, view: View) -> Self {
        let written = |language| {
            program(language, &view, &name).unwrap_or_else(|| panic!("{name}: there is no program in {language:?}"))
        };
        let (python, rust) = (written(Language::Python), written(Language::Rust));
        Self { name, shown: view.readouts.into_iter().filter(|r| r.request.is_some()).collect(), python, rust }
    }
}

/// Every scene as it opens and in each of its presets, in nats and, as it opens, in bits.
static STATES: LazyLock<Vec<State>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for scene in scenes::all() {
        let view = |values: &Values| scene.run(values, false).view;
        let first = view(&Values::new());
        for preset in &first.presets {
            let name = format!("{}.{}", scene.id, preset.id);
            all.push(State::new(name, view(&preset.values.iter().cloned().collect())));
        }
        all.push(State::new(format!("{}.bits", scene.id), view(&Values::new()).in_bits()));
        all.push(State::new(scene.id.to_owned(), first));
    }
    all
});

/// A folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&path).expect("the folder can be made");
    path
}

fn output(command: &mut Command) -> String {
    let done = command.output().unwrap_or_else(|e| panic!("{command:?} can't be run: {e}"));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{command:?}: {said}");
    String::from_utf8(done.stdout).expect("text")
}

/// Asserts that what a program printed is what its state shows: labels, values to 10 digits, units.
fn assert_shown(state: &State, printed: &str) {
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), state.shown.len(), "{}: {printed}", state.name);
    for (readout, line) in state.shown.iter().zip(lines) {
        let (label, number) = line.rsplit_once(": ").expect("a label and a number");
        assert_eq!(label, readout.label.english(), "{}", state.name);
        let (number, unit) = number.split_once(' ').unwrap_or((number, ""));
        let value: f64 = number.parse().unwrap_or_else(|_| panic!("{}: {line}", state.name));
        let wanted = readout.quantity;
        let near = (value - wanted.value).abs() <= 1e-10 * wanted.value.abs() + 1e-12;
        assert!(value == wanted.value || near, "{}: {line}, but {wanted:?} is shown", state.name);
        let text = wanted.to_string();
        assert_eq!(!unit.is_empty() && text.ends_with(unit), text.ends_with("ts"), "{}: {line} {text}", state.name);
    }
}

#[test]
fn every_scene_says_what_its_first_number_computes() {
    for scene in scenes::all() {
        let first = |s: &Scene| s.run(&Values::new(), false).view.readouts.into_iter().find(|r| r.method.is_some());
        assert!(first(scene).is_some_and(|r| r.request.is_some()), "{}", scene.id);
    }
}

/// Asserts that what programs printed, with a line of dashes after each, is what their states show.
fn assert_all_shown(printed: &str) {
    let parts: Vec<&str> = printed.split("--\n").collect();
    assert_eq!(parts.len(), STATES.len() + 1);
    STATES.iter().zip(parts).for_each(|(state, part)| assert_shown(state, part));
}

/// One interpreter runs them one after another.
#[test]
fn python_prints_the_numbers_that_are_shown() {
    const EACH: &str = "import runpy, sys\nfor path in sys.argv[1:]:\n  runpy.run_path(path)\n  print('--')";
    let folder = folder("python");
    let path = |state: &State| {
        let path = folder.join(format!("{}.py", state.name));
        fs::write(&path, &state.python).expect("the program can be written");
        path
    };
    let paths: Vec<PathBuf> = STATES.iter().map(path).collect();
    // Output is UTF-8 whatever the machine's language, and nothing but the standard library is in sight.
    assert_all_shown(&output(Command::new("python3").args(["-X", "utf8", "-I", "-S", "-c", EACH]).args(paths)));
}

/// All programs are modules of one, so that the crate is linked once.
#[test]
fn rust_prints_the_numbers_that_are_shown() {
    let (folder, root) = (folder("rust"), Path::new(env!("CARGO_MANIFEST_DIR")));
    fs::create_dir_all(folder.join("src")).expect("the folder can be made");
    let (mut modules, mut calls) = (String::new(), String::new());
    for (i, state) in STATES.iter().enumerate() {
        let code = state.rust.replace("fn main()", "pub fn main()");
        fs::write(folder.join(format!("src/p{i}.rs")), code).expect("the program can be written");
        // Writing to a String can't fail.
        let _ = writeln!(modules, "mod p{i};");
        let _ = writeln!(calls, "    p{i}::main()?;\n    println!(\"--\");");
    }
    let main = format!("{modules}\nfn main() -> Result<(), Box<dyn std::error::Error>> {{\n{calls}    Ok(())\n}}\n");
    fs::write(folder.join("src/main.rs"), main).expect("the program can be written");
    let own = fs::read_to_string(root.join("Cargo.toml")).expect("the manifest can be read");
    let (_, profiles) = own.split_once("[profile.dev]").expect("profiles");
    let (profiles, _) = profiles.split_once("[profile.release]").expect("profiles");
    // The profile and the lock of here: its numerics are as fast, and nothing is to be fetched.
    let manifest = format!(
        "[package]\nname = \"programs\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         kl-explorer = {{ path = {root:?} }}\n\
         serde_json = {{ version = \"1\", features = [\"float_roundtrip\"] }}\n\n[profile.dev]{profiles}"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock can be copied");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // Its own folder: the library's file has one name whatever it is built with, and the crate's own tests link it too.
    let printed = output(
        Command::new(cargo).args(["run", "--quiet", "--offline", "--target-dir", "target"]).current_dir(&folder),
    );
    assert_all_shown(&printed);
}
