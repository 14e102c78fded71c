//! The project's commands, run as `cargo xtask COMMAND`: reads the command line, and says in one sentence what went wrong.

mod authoring;
mod bless;
mod browsers;
mod dist;
mod npm;
mod options;
mod posters;
mod process;
mod recipe;
mod serve;
mod server;
mod single;
mod site;
mod size;
mod slim;
mod test;
mod tools;
mod wasm;
mod watch;

use options::Options;
use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What a command returns; the error is the whole sentence that the user reads.
type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "\
KL Explorer's commands. Each sets up what is missing first, from a fresh clone on.

  cargo xtask serve [--port N]   build the page, serve it on localhost, rebuild on change
  cargo xtask test               every check: format, lints, tests, docs, wasm, the page and the examples in real browsers
         [--only STEP]           only this step (may be given again for more)
         [--skip STEP]           all but this step (may be given again for more)
  cargo xtask build              write to dist/: the deployable site, the lesson in one file, each scene in one file, the npm package
  cargo xtask bless              accept changed snapshots
  cargo xtask size               lines and bytes of each scene beside the last commit, and how near the page is to its bounds
";

fn main() -> ExitCode {
    match dispatch(env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("error: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(mut args: Vec<String>) -> Outcome {
    if args.is_empty() || args.iter().any(|arg| matches!(arg.as_str(), "help" | "--help" | "-h")) {
        print!("{HELP}\nThe steps of `test`:\n{}", test::list());
        return Ok(());
    }
    let command = args.remove(0);
    match command.as_str() {
        "serve" => serve::run(&Options::parse("serve", &["--port"], args)?),
        "test" => test::run(&Options::parse("test", &["--only", "--skip"], args)?),
        "build" => Options::parse("build", &[], args).and_then(|_| dist::run()),
        "size" => Options::parse("size", &[], args).and_then(|_| size::run()),
        "bless" => Options::parse("bless", &[], args).and_then(|_| bless::run()),
        _ => Err(format!("there is no command `{command}`; `cargo xtask --help` lists them")),
    }
}

/// The repository's top directory.
fn root() -> PathBuf {
    // The manifest's directory as cargo says it now; the compiled-in one serves where xtask is started by hand.
    let xtask = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&xtask).parent().map(Path::to_path_buf).unwrap_or_default()
}
