//! Watching the Rust sources by looking at them: no system's notices, which differ and come in bursts.

use crate::root;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

/// What the wasm package is made from. The page itself is read anew for each request and needs no watching.
const SOURCES: [&str; 3] = ["src", "Cargo.toml", "wasm-pack.toml"];

/// How long between two looks; a few dozen files cost well below a millisecond.
const PAUSE: Duration = Duration::from_millis(300);

/// A state of the sources: names, lengths and times of change.
pub fn state() -> u64 {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        look(&root().join(source), &mut hasher);
    }
    hasher.finish()
}

/// Waits until the sources are in another state than `seen`, and at rest; returns that state.
pub fn next(seen: u64) -> u64 {
    let mut before = seen;
    loop {
        sleep(PAUSE);
        let now = state();
        if now != seen && now == before {
            return now;
        }
        before = now;
    }
}

fn look(path: &Path, hasher: &mut DefaultHasher) {
    let Ok(about) = fs::metadata(path) else { return };
    path.hash(hasher);
    if about.is_dir() {
        let mut inside: Vec<_> = fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        inside.sort();
        inside.iter().for_each(|path| look(path, hasher));
    } else {
        about.len().hash(hasher);
        about.modified().ok().hash(hasher);
    }
}
