//! Running other programs: their output passes through, and a failure becomes a sentence.

use crate::{Outcome, root, tools};
use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A line of progress.
pub fn say(what: &str) {
    eprintln!("==> {what}");
}

/// A program to be run in the repository's top directory, our own tools being first on its `PATH`.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root()).env("PATH", tools::path()).stdin(Stdio::null());
    command
}

/// Cargo: the very one that runs us.
pub fn cargo() -> Command {
    program(env::var_os("CARGO").unwrap_or("cargo".into()))
}

/// Runs to the end; `what` names the deed in the sentence about a failure.
pub fn run(what: &str, command: &mut Command) -> Outcome {
    let status = command.status().map_err(|e| no_start(command, &e))?;
    if status.success() { Ok(()) } else { Err(format!("{what} failed ({status}); its output is above")) }
}

/// Like `run`, and shows every line of standard output to `line` also.
pub fn run_reading(what: &str, command: &mut Command, mut line: impl FnMut(&str)) -> Outcome {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|e| no_start(command, &e))?;
    if let Some(output) = child.stdout.take() {
        // Split by bytes: a test may print what is not UTF-8.
        for bytes in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let text = String::from_utf8_lossy(&bytes);
            println!("{text}");
            line(&text);
        }
    }
    let status = child.wait().map_err(|e| no_start(command, &e))?;
    if status.success() { Ok(()) } else { Err(format!("{what} failed ({status}); its output is above")) }
}

/// Standard output of a program that ran well; nothing where it is missing or failed.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_string())
}

/// Where a program is found, our own tools being looked at first.
pub fn which(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&tools::path()).map(|dir| dir.join(&file)).find(|path| path.is_file())
}

fn no_start(command: &Command, reason: &std::io::Error) -> String {
    format!("`{}` can't be started: {reason}", command.get_program().to_string_lossy())
}
