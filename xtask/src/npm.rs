//! The npm package of the element: the site's files as they are, the types, and a `package.json` from Cargo.toml.

use crate::{Outcome, root, site};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// What goes along with the site: the types, and what npm shows and asks for.
const BESIDE: [&str; 5] = ["www/kl-scene.d.ts", "www/kl-explorer.d.ts", "README.md", "LICENSE-APACHE", "LICENSE-MIT"];

/// Writes the package into `folder`, as `npm pack` and `npm publish` take it.
pub fn write(folder: &Path) -> Outcome {
    let text = fs::read_to_string(root().join("Cargo.toml"))
        .map_err(|reason| format!("Cargo.toml can't be read: {reason}"))?;
    let manifest = manifest(&text)?;
    for file in site::files(&root())?.into_iter().chain(BESIDE.map(PathBuf::from)) {
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
    files: [&'static str; 4],
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

fn manifest(cargo: &str) -> Outcome<String> {
    #[derive(Deserialize)]
    struct Cargo {
        package: Package,
    }
    let Cargo { package } =
        toml::from_str(cargo).map_err(|reason| format!("Cargo.toml can't make a package.json: {reason}"))?;
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
        files: ["index.html", "www", "LICENSE-APACHE", "LICENSE-MIT"],
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
        let text = manifest(&cargo).expect("a manifest");
        let said: Value = serde_json::from_str(&text).expect("JSON");
        for key in ["name", "version", "license", "description"] {
            let value = said[key].as_str().expect(key);
            assert!(cargo.contains(&format!("{key} = \"{value}\"\n")), "{key}: {value}");
        }
        assert_eq!(said["type"], "module");
    }

    #[test]
    fn what_cargo_does_not_say_is_named() {
        let refusal = manifest("[package]\nname = \"a\"\n").expect_err("no version");
        assert!(refusal.contains("version"), "{refusal}");
    }
}
