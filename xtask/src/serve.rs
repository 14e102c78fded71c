//! `cargo xtask serve`: builds the page, serves it on localhost, and rebuilds when the Rust sources change.

use crate::options::Options;
use crate::process::say;
use crate::recipe::Recipe;
use crate::{Outcome, posters, root, server, wasm, watch};
use std::io::{self, ErrorKind, Write};

const PORT: u16 = 8000;

/// Never returns but by a fault at the start; later ones are shown, and the last good page stays served.
pub fn run(options: &Options) -> Outcome {
    let port = options.last("--port")?.unwrap_or(PORT);
    let listener = server::listen(port).map_err(|reason| refusal(port, &reason))?;
    let mut seen = watch::state();
    build()?;
    let address = server::start(listener, root())?;
    println!("\nThe lesson is at {address}   (Ctrl-C ends it)");
    let _ = io::stdout().flush();
    loop {
        seen = watch::next(seen);
        match build() {
            Ok(()) => say("rebuilt: reload the page"),
            Err(sentence) => eprintln!("error: {sentence}; the page served is still the last good one"),
        }
    }
}

fn build() -> Outcome {
    let recipe = Recipe::read()?;
    wasm::build(&recipe)?;
    posters::draw()
}

fn refusal(port: u16, reason: &io::Error) -> String {
    let default = if port == PORT { ", the default one," } else { "" };
    match reason.kind() {
        ErrorKind::AddrInUse => format!(
            "port {port}{default} is in use by another program; choose another with `cargo xtask serve --port N` \
             (0 takes any free one)"
        ),
        _ => format!("port {port} can't be had: {reason}; choose another with `cargo xtask serve --port N`"),
    }
}
