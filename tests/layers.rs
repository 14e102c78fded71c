//! Which way imports may run. An arrow that points up, or a browser crate outside `web`, fails here.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules from the bottom up, each with what it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("quantity", &[]),
    ("text", &["quantity"]),
    ("error", &["text"]),
    ("numeric", &["error", "text", "quantity"]),
    ("dist", &["numeric", "error", "text", "quantity"]),
    ("divergence", &["dist", "numeric", "error", "text", "quantity"]),
    ("topics", &["divergence", "dist", "numeric", "error", "text", "quantity"]),
    ("fit", &["divergence", "dist", "numeric", "error", "text", "quantity"]),
    ("estimate", &["divergence", "dist", "numeric", "error", "text", "quantity"]),
    ("geometry", &["divergence", "dist", "numeric", "error", "text", "quantity"]),
    ("measure", &["fit", "estimate", "geometry", "divergence", "dist", "numeric", "error", "text", "quantity"]),
    ("figure", &["error", "text", "quantity"]),
    ("scene", &["figure", "divergence", "dist", "error", "text", "quantity"]),
    (
        "scenes",
        &[
            "scene",
            "figure",
            "geometry",
            "estimate",
            "fit",
            "topics",
            "divergence",
            "dist",
            "numeric",
            "error",
            "text",
            "quantity",
        ],
    ),
    ("program", &["scene", "divergence", "dist", "quantity"]),
    ("web", &["program", "scenes", "scene", "figure", "measure", "error", "text", "quantity"]),
];

/// Crates that only some modules may name.
const KEEPERS: &[(&[&str], &[&str])] = &[
    (&["figure"], &["plotters", "plotters_svg"]),
    // The canvas is a backend of plotters' kind.
    (&["figure", "web"], &["plotters_backend"]),
    (&["web"], &["wasm_bindgen", "web_sys", "js_sys", "plotters_canvas", "qrcodegen", "serde_wasm_bindgen"]),
];

/// What makes a scene depend on more than its values.
const CLOCKS: &[&str] = &["std::time", "Instant", "SystemTime", "thread_rng", "std::env", "std::fs"];

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("src is readable") {
        let path = entry.expect("src is readable").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every source file with the module of the first level it belongs to, its tests and comments taken out.
fn files() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    for path in sources(&root) {
        let relative = path.strip_prefix(&root).expect("under src").to_path_buf();
        let module = relative.iter().next().expect("a name").to_string_lossy().trim_end_matches(".rs").to_owned();
        if module == "lib" {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code: String =
            code.lines().filter(|l| !l.trim_start().starts_with("//")).map(|l| format!("{l}\n")).collect();
        all.push((module, relative, code));
    }
    all
}

/// First-level modules named as `crate::name`, or within `crate::{…}`.
fn used(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let names = rest.strip_prefix('{').map_or_else(|| vec![rest], entries);
        for name in names {
            let name: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !name.is_empty() {
                found.push(name);
            }
        }
    }
    found
}

/// The entries of a list up to its closing brace; braces in them are theirs.
fn entries(list: &str) -> Vec<&str> {
    let (mut found, mut depth, mut from) = (Vec::new(), 0, 0);
    for (at, sign) in list.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.push(&list[from..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&list[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found
}

#[test]
fn nested_imports_are_read() {
    let code = "use crate::{dist::{Normal, mixture::{Component, Mixture}},\n    web, text::Text};\nuse crate::figure::{self, web};";
    assert_eq!(used(code), ["dist", "web", "text", "figure"]);
}

#[test]
fn imports_run_one_way() {
    let mut seen = 0;
    for (module, path, code) in files() {
        let (_, allowed) = LAYERS
            .iter()
            .find(|(name, _)| *name == module)
            .unwrap_or_else(|| panic!("{}: the module {module} has no layer", path.display()));
        for name in used(&code) {
            seen += 1;
            assert!(
                name == module || allowed.contains(&name.as_str()),
                "{}: {module} must not use {name}",
                path.display()
            );
        }
    }
    assert!(seen > 50, "the imports were read: {seen}");
}

#[test]
fn every_outside_crate_has_its_keepers() {
    for (module, path, code) in files() {
        for (keepers, crates) in KEEPERS {
            for name in *crates {
                let kept = keepers.contains(&module.as_str());
                assert!(kept || !code.contains(&format!("{name}::")), "{}: {module} names {name}", path.display());
            }
        }
    }
}

#[test]
fn scenes_are_pure_and_do_not_know_each_other() {
    let scenes: Vec<_> = files().into_iter().filter(|(module, ..)| module == "scenes").collect();
    assert!(scenes.len() > 3);
    for (_, path, code) in &scenes {
        for clock in CLOCKS {
            assert!(!code.contains(clock), "{}: a scene must not name {clock}", path.display());
        }
        // A file in a scene's own folder may name its scene, which is one level up and no more.
        let outside = if path.components().count() > 3 { "super::super" } else { "super::" };
        assert!(!code.contains("crate::scenes") && !code.contains(outside), "{}: scenes stand alone", path.display());
    }
}
