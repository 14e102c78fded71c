//! The npm package of the element: the site's files as they are, the types, and a `package.json` from Cargo.toml.

use crate::{Outcome, root, site};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// What goes along with the site: the types, and the page that npm shows. What that links to goes along as well.
const BESIDE: [&str; 3] = ["www/kl-scene.d.ts", "www/kl-explorer.d.ts", README];
const README: &str = "README.md";

/// Writes the package into `dist/npm`, as `npm pack` and `npm publish` take it, with the site's files as they stand in `dist`.
pub fn write(dist: &Path) -> Outcome {
    let folder = &dist.join("npm");
    let text = fs::read_to_string(root().join("Cargo.toml"))
        .map_err(|reason| format!("Cargo.toml can't be read: {reason}"))?;
    let linked = linked(&root(), README)?;
    let manifest = manifest(&text, &linked)?;
    for file in site::files(&root())? {
        put(folder, &file, &|to| fs::copy(dist.join(&file), to).map(|_| ()))?;
    }
    for file in BESIDE.map(PathBuf::from).into_iter().chain(linked) {
        put(folder, &file, &|to| fs::copy(root().join(&file), to).map(|_| ()))?;
    }
    put(folder, Path::new("package.json"), &|to| fs::write(to, &manifest))
}

fn put(folder: &Path, file: &Path, how: &dyn Fn(&Path) -> std::io::Result<()>) -> Outcome {
    let to = folder.join(file);
    to.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| how(&to))
        .map_err(|reason| format!("{} can't be written: {reason}", to.display()))
}

/// The files that a page of Markdown links to, and that those link to, each once; the page itself is not among them.
fn linked(home: &Path, page: &str) -> Outcome<Vec<PathBuf>> {
    let mut found = vec![PathBuf::from(page)];
    let mut at = 0;
    while let Some(file) = found.get(at).cloned() {
        at += 1;
        if file.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = fs::read_to_string(home.join(&file)).map_err(|reason| {
            format!("{} can't be read, to which a page of the package links: {reason}", file.display())
        })?;
        for link in links(&text) {
            let to = resolved(&file.with_file_name(link));
            if !found.contains(&to) {
                found.push(to);
            }
        }
    }
    Ok(found.split_off(1))
}

/// The relative links of a page, without the places that they lead to; what stands in blocks of code is none.
fn links(text: &str) -> Vec<&str> {
    let mut fence = 0;
    let mut found = Vec::new();
    for line in text.lines() {
        // A block ends with as many marks as it began with; it may hold fewer.
        let marks = line.len() - line.trim_start_matches('`').len();
        if marks >= 3 && (fence == 0 || marks >= fence) {
            fence = if fence == 0 { marks } else { 0 };
        } else if fence == 0 {
            let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
            let files = targets.filter_map(|link| link.split('#').next());
            found.extend(files.filter(|file| !file.is_empty() && !file.contains(':')));
        }
    }
    found
}

/// A path without `..`, of which none leads out of the repository.
fn resolved(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut whole, part| {
        if part == Component::ParentDir {
            whole.pop();
        } else {
            whole.push(part);
        }
        whole
    })
}

/// `package.json`, in the order in which people read one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    #[serde(flatten)]
    package: Package,
    r#type: &'static str,
    exports: Value,
    /// Where TypeScript looks that reads no `exports`.
    types: &'static str,
    /// Modules that do something by being imported: a bundler must not drop them.
    side_effects: [&'static str; 1],
    files: Vec<String>,
}

/// What both package formats call by the same name.
#[derive(Deserialize, Serialize)]
struct Package {
    name: String,
    version: String,
    description: String,
    keywords: Vec<String>,
    license: String,
}

fn manifest(cargo: &str, linked: &[PathBuf]) -> Outcome<String> {
    #[derive(Deserialize)]
    struct Cargo {
        package: Package,
    }
    let Cargo { package } =
        toml::from_str(cargo).map_err(|reason| format!("Cargo.toml can't make a package.json: {reason}"))?;
    let files = linked.iter().map(|file| file.to_string_lossy().into_owned());
    let manifest = Manifest {
        package,
        r#type: "module",
        exports: json!({
            ".": { "types": "./www/kl-scene.d.ts", "default": "./www/kl-scene.js" },
            "./core": { "types": "./www/kl-explorer.d.ts", "default": "./www/pkg/kl_explorer.js" },
            "./core.wasm": "./www/pkg/kl_explorer_bg.wasm",
            "./package.json": "./package.json",
        }),
        types: "./www/kl-scene.d.ts",
        side_effects: ["./www/*.js"],
        files: ["index.html", "www"].map(String::from).into_iter().chain(files).collect(),
    };
    serde_json::to_string_pretty(&manifest)
        .map(|text| text + "\n")
        .map_err(|reason| format!("package.json can't be written: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_says_what_cargo_says() {
        let cargo = fs::read_to_string(root().join("Cargo.toml")).expect("the repository's manifest");
        let text = manifest(&cargo, &[]).expect("a manifest");
        let said: Value = serde_json::from_str(&text).expect("JSON");
        for key in ["name", "version", "license", "description"] {
            let value = said[key].as_str().expect(key);
            assert!(cargo.contains(&format!("{key} = \"{value}\"\n")), "{key}: {value}");
        }
        assert_eq!(said["type"], "module");
    }

    #[test]
    fn links_are_found_in_prose_alone() {
        let text = "[a](docs/a.md#part) and ![b](b.png)\n````\n```\n[c](c.md)\n````\n[d](https://example.org) [e](#here) [f](../f.md)";
        assert_eq!(links(text), ["docs/a.md", "b.png", "../f.md"]);
        assert_eq!(resolved(Path::new("docs/../f.md")), Path::new("f.md"));
    }

    #[test]
    fn what_the_readme_leads_to_is_there() {
        let found = linked(&root(), README).expect("every page can be read");
        for name in ["LICENSE-MIT", "docs/embedding.md", "docs/picture.png", "CHANGELOG.md"] {
            assert!(found.contains(&PathBuf::from(name)), "{name} is not in {found:?}");
        }
        let lost: Vec<_> = found.iter().filter(|file| !root().join(file).is_file()).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn what_cargo_does_not_say_is_named() {
        let refusal = manifest("[package]\nname = \"a\"\n", &[]).expect_err("no version");
        assert!(refusal.contains("version"), "{refusal}");
    }
}
