//! What belongs to the page: the files that are served and deployed, and no other file of the repository.

use crate::Outcome;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = "index.html";
const FOLDER: &str = "www";

/// The file an URL's path stands for, if the page has it.
pub fn locate(root: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?;
    let path = percent_decoded(path.strip_prefix('/')?)?;
    if path.is_empty() {
        return Some(root.join(PAGE)).filter(|file| file.is_file());
    }
    let parts: Vec<&str> = path.split('/').collect();
    // Hidden files (and so `..`) are not the page's, nor is what some system would take for a path's separator.
    let plain = |part: &&str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']);
    if !parts.iter().all(plain) || !(path == PAGE || parts.len() > 1 && parts.first() == Some(&FOLDER)) {
        return None;
    }
    let file = root.join(path).canonicalize().ok()?;
    // A link inside the folder may not lead out of the repository's page either.
    let inside = [PAGE, FOLDER].iter().any(|own| root.join(own).canonicalize().is_ok_and(|own| file.starts_with(own)));
    (inside && file.is_file()).then_some(file)
}

/// Every file of the page, relative to the repository, in order.
pub fn files(root: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = vec![PathBuf::from(PAGE)];
    let mut folders = vec![PathBuf::from(FOLDER)];
    while let Some(folder) = folders.pop() {
        let fault = |reason| format!("{} can't be listed: {reason}", folder.display());
        for entry in fs::read_dir(root.join(&folder)).map_err(fault)? {
            let name = entry.map_err(fault)?.file_name();
            let (text, path) = (name.to_string_lossy(), folder.join(&name));
            if text.starts_with('.') || text.ends_with(".d.ts") {
                continue;
            }
            if root.join(&path).is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

/// The languages that the page speaks beside English: those that have a catalogue.
pub fn languages(files: &[PathBuf]) -> Vec<&str> {
    let catalogues = files.iter().filter(|file| file.parent() == Some(&Path::new(FOLDER).join("words")));
    catalogues.filter_map(|file| file.file_stem()?.to_str()).filter(|name| *name != "languages").collect()
}

/// The language whose readers alone load this file; nothing where all may.
pub fn language<'a>(file: &Path, languages: &[&'a str]) -> Option<&'a str> {
    let parts: Vec<&str> = file.iter().filter_map(OsStr::to_str).collect();
    let of = |name: &str| languages.iter().copied().find(|language| name == *language);
    match parts[..] {
        [PAGE] => Some("en"),
        [_, page] => of(page.strip_suffix(".html")?),
        [_, "words", catalogue] => of(catalogue.strip_suffix(".js")?),
        [_, "posters", _] => Some("en"),
        [_, "posters", folder, _] => of(folder),
        _ => None,
    }
}

/// The media type of a file, by its name.
pub fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(OsStr::to_str).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "csv" => "text/csv; charset=utf-8",
        "md" | "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut plain = Vec::new();
    while let Some(byte) = bytes.next() {
        plain.push(match byte {
            b'%' => {
                let digits = [bytes.next()?, bytes.next()?].map(|digit| char::from(digit).to_digit(16));
                u8::try_from(digits[0]? * 16 + digits[1]?).ok()?
            }
            _ => byte,
        });
    }
    String::from_utf8(plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A repository with a page, something beside it, and a way out by a link.
    fn repository(name: &str) -> PathBuf {
        let root = std::env::temp_dir().join(format!("kl-explorer-site-{name}-{}", std::process::id()));
        fs::create_dir_all(root.join("www/pkg")).expect("a folder");
        fs::create_dir_all(root.join("src")).expect("a folder");
        for file in
            ["index.html", "secret", "src/lib.rs", "www/app.js", "www/.env", "www/pkg/a b.wasm", "www/pkg/a.d.ts"]
        {
            fs::write(root.join(file), file).expect("a file");
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.join("secret"), root.join("www/link")).expect("a link");
        root
    }

    #[test]
    fn the_page_is_found() {
        let root = repository("found");
        for (url, file) in [
            ("/", "index.html"),
            ("/?lang=de", "index.html"),
            ("/index.html#two-bells?p_mean=0", "index.html"),
            ("/www/app.js?x=../..", "www/app.js"),
            ("/www/pkg/a%20b.wasm", "www/pkg/a b.wasm"),
        ] {
            let found = locate(&root, url).and_then(|path| fs::read_to_string(path).ok());
            assert_eq!(found.as_deref(), Some(file), "{url}");
        }
        fs::remove_dir_all(root).expect("removed");
    }

    #[test]
    fn nothing_else_is() {
        let root = repository("hidden");
        for url in [
            "",
            "*",
            "index.html",
            "//",
            "/secret",
            "/src/lib.rs",
            "/www",
            "/www/",
            "/www/pkg",
            "/www/none.js",
            "/www/.env",
            "/www/../secret",
            "/www/%2e%2e/secret",
            "/www/..%2fsecret",
            "/www/%2E%2E%5csecret",
            "/www/link",
            "/www//app.js",
            "/./www/app.js",
            "/www/app.js%00",
            "/www/app.js%",
            "/www/app.js%zz",
            "/www/%ff",
            "/index.html/../secret",
            "http://other/www/app.js",
        ] {
            assert_eq!(locate(&root, url), None, "{url}");
        }
        fs::remove_dir_all(root).expect("removed");
    }

    #[test]
    fn the_list_holds_no_hidden_files_and_no_declarations() {
        let root = repository("list");
        let listed = files(&root).expect("a list");
        let expected = ["index.html", "www/app.js", "www/link", "www/pkg/a b.wasm"];
        assert_eq!(listed, expected.map(PathBuf::from));
        fs::remove_dir_all(root).expect("removed");
    }

    #[test]
    fn a_file_is_for_one_language_or_for_all() {
        let files = ["www/words/de.js", "www/words/languages.js", "www/words.js"].map(PathBuf::from);
        let languages = languages(&files);
        assert_eq!(languages, ["de"]);
        for (file, expected) in [
            ("index.html", Some("en")),
            ("www/de.html", Some("de")),
            ("www/embed.html", None),
            ("www/words/de.js", Some("de")),
            ("www/words/languages.js", None),
            ("www/posters/heights.css", Some("en")),
            ("www/posters/de/heights.css", Some("de")),
            ("www/lesson.js", None),
        ] {
            assert_eq!(language(Path::new(file), &languages), expected, "{file}");
        }
    }

    #[test]
    fn media_types_are_those_that_browsers_insist_on() {
        for (file, kind) in [
            ("www/app.js", "text/javascript; charset=utf-8"),
            ("www/pkg/kl_explorer_bg.wasm", "application/wasm"),
            ("www/style.css", "text/css; charset=utf-8"),
            ("index.html", "text/html; charset=utf-8"),
            ("www/icon.svg", "image/svg+xml"),
            ("www/unknown", "application/octet-stream"),
        ] {
            assert_eq!(media_type(Path::new(file)), kind, "{file}");
        }
    }
}
