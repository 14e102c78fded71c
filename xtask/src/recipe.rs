//! The recipe of the wasm build: `wasm-pack.toml`, every key of which is obeyed and no other accepted.

use crate::{Outcome, root};
use serde::Deserialize;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// What `wasm-pack.toml` says.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recipe {
    /// The version of wasm-pack.
    pub version: String,
    pub target: Target,
    pub profile: Profile,
    /// Where the package goes, inside `www/`: only what lies there is served.
    pub out_dir: PathBuf,
    pub out_name: String,
    /// Whether declarations for TypeScript are written too.
    pub typescript: bool,
    /// What the page may weigh, in bytes after gzip.
    pub budget: u64,
}

/// How the package is to be loaded.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    Bundler,
    Deno,
    NoModules,
    Nodejs,
    Web,
}

impl Target {
    /// The name wasm-pack knows it by.
    pub fn name(self) -> &'static str {
        match self {
            Target::Bundler => "bundler",
            Target::Deno => "deno",
            Target::NoModules => "no-modules",
            Target::Nodejs => "nodejs",
            Target::Web => "web",
        }
    }
}

/// wasm-pack's profiles that need no further setting.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    Dev,
    Profiling,
    Release,
}

impl Profile {
    /// The flag wasm-pack knows it by.
    pub fn flag(self) -> &'static str {
        match self {
            Profile::Dev => "--dev",
            Profile::Profiling => "--profiling",
            Profile::Release => "--release",
        }
    }
}

impl Recipe {
    /// Reads the repository's recipe.
    pub fn read() -> Outcome<Self> {
        let text = fs::read_to_string(root().join("wasm-pack.toml"))
            .map_err(|reason| format!("wasm-pack.toml can't be read: {reason}"))?;
        Self::parse(&text).map_err(|reason| format!("wasm-pack.toml is not a recipe: {reason}"))
    }

    /// The core, relative to the repository.
    pub fn core(&self) -> PathBuf {
        self.out_dir.join(format!("{}_bg.wasm", self.out_name))
    }

    fn parse(text: &str) -> Outcome<Self> {
        let recipe: Self = toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            format!("line {}: {}", before.matches('\n').count() + 1, error.message().replace('\n', ", "))
        })?;
        let inside = recipe.out_dir.components().all(|part| matches!(part, Component::Normal(_)));
        if !inside || !recipe.out_dir.starts_with("www") || recipe.out_dir == Path::new("www") {
            return Err(format!("out-dir must be a directory inside www/, not {}", recipe.out_dir.display()));
        }
        Ok(recipe)
    }
}

/// The version that Cargo.lock holds a package at.
pub fn locked_version(package: &str) -> Outcome<String> {
    let text = fs::read_to_string(root().join("Cargo.lock"))
        .map_err(|reason| format!("Cargo.lock can't be read: {reason}"))?;
    version_in(&text, package).ok_or(format!("Cargo.lock holds no version of {package}"))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Lock {
        package: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
        version: String,
    }
    let lock: Lock = toml::from_str(lock).ok()?;
    lock.package.into_iter().find(|held| held.name == package).map(|held| held.version)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        version = "0.15.1"
        target = "no-modules"
        profile = "release"
        out-dir = "www/pkg"
        out-name = "kl_explorer"
        typescript = false
        budget = 250_000
    "#;

    #[test]
    fn the_repository_holds_a_recipe() {
        assert!(Recipe::read().is_ok_and(|recipe| recipe.target == Target::Web));
    }

    #[test]
    fn every_key_is_read() {
        let recipe = Recipe {
            version: "0.15.1".into(),
            target: Target::NoModules,
            profile: Profile::Release,
            out_dir: "www/pkg".into(),
            out_name: "kl_explorer".into(),
            typescript: false,
            budget: 250_000,
        };
        assert_eq!(Recipe::parse(GOOD), Ok(recipe));
    }

    #[test]
    fn what_is_unknown_missing_or_outside_is_refused_by_name() {
        for (from, to, word) in [
            ("budget", "buget", "buget"),
            ("budget = 250_000", "", "budget"),
            ("release", "fast", "fast"),
            ("www/pkg", "www/../src", "www/../src"),
            ("www/pkg", "/www/pkg", "/www/pkg"),
            ("www/pkg", "pkg", "pkg"),
            ("www/pkg", "www", "www"),
            ("250_000", "-1", "-1"),
        ] {
            let refusal = Recipe::parse(&GOOD.replace(from, to)).expect_err(to);
            assert!(refusal.contains(word) && !refusal.contains('\n'), "{refusal}");
        }
    }

    #[test]
    fn a_locked_version_is_that_of_the_very_package() {
        let lock = "version = 4\n[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.7\"\ndependencies = [\"a\"]\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.7"));
        assert_eq!(version_in(lock, "wasm"), None);
    }
}
