//! The single files: a page with everything in it, that works wherever one HTML file can be put.
//!
//! A policy in the page itself allows the one script and the one style by their hashes, and nothing else.

use crate::process::{run, say};
use crate::recipe::Recipe;
use crate::{Outcome, browsers, posters, root, site};
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What the lesson in one file may weigh, in bytes, in each language: some course systems refuse more.
pub const LIMIT: usize = 1_000_000;

/// What a page is put together from.
struct Parts {
    style: String,
    script: String,
    /// What the script reads, packed, as elements: the core, and the words of a language other than English.
    data: String,
}

/// Writes `kl-explorer.html`, `kl-explorer.LANGUAGE.html` and `embed/SCENE.html` below `dist`, and says how heavy the lessons are.
pub fn write(recipe: &Recipe, dist: &Path) -> Outcome<String> {
    say("writing the single files");
    let folder = root().join("target").join("single");
    fs::create_dir_all(&folder).map_err(|reason| format!("target/single can't be made: {reason}"))?;
    let package = root().join(&recipe.out_dir);
    let glue = package.join(format!("{}.js", recipe.out_name));
    browsers::ensure_packages("xtask/bundler")?;
    run("bundling", browsers::script()?.arg("xtask/bundler/bundle.js").arg(&folder).arg(&glue))?;

    let code = fs::read(dist.join(recipe.core()));
    let code = code.map_err(|reason| format!("the wasm package can't be read: {reason}"))?;
    let core = data("kl-core", "en", &packed(&code)?);
    let parts = |page: &str, words: &str| {
        let part = |kind: &str| read(&folder.join(format!("{page}.{kind}")));
        Ok::<_, String>(Parts { style: part("css")?, script: part("js")?, data: format!("{core}{words}") })
    };

    let files = site::files(&root())?;
    let mut lessons = vec![("kl-explorer.html".to_owned(), "en", PathBuf::from("index.html"), String::new())];
    for language in site::languages(&files) {
        let words = words(&read(&root().join("www/words").join(format!("{language}.js")))?)?;
        let page = Path::new("www").join(format!("{language}.html"));
        let words = data("kl-words", language, &packed(words.as_bytes())?);
        lessons.push((format!("kl-explorer.{language}.html"), language, page, words));
    }
    let mut weights = Vec::new();
    for (name, language, page, words) in &lessons {
        let lesson = assemble(&read(&root().join(page))?, &parts(&format!("lesson.{language}"), words)?)?;
        let weight = lesson.len();
        if weight > LIMIT {
            return Err(format!("{name} weighs {weight} bytes, and may weigh {LIMIT}"));
        }
        put(&dist.join(name), &lesson)?;
        weights.push(format!("{name}, the lesson in one file: {:.1} KB", weight as f64 / 1000.0));
    }

    let (frame, parts) = (read(&root().join("www").join("embed.html"))?, parts("embed", "")?);
    let scenes = posters::scenes()?;
    for scene in &scenes {
        put(&dist.join("embed").join(format!("{scene}.html")), &assemble(&single_scene(&frame, scene)?, &parts)?)?;
    }
    Ok(format!("{}; embed/: {} scenes in a file each", weights.join("; "), scenes.len()))
}

/// A catalogue as plain JSON, without what is the same in both languages.
fn words(catalogue: &str) -> Outcome<String> {
    let json = catalogue.split_once("export default").map(|(_, json)| json.trim().trim_end_matches(';'));
    let words: BTreeMap<String, String> = serde_json::from_str(json.unwrap_or_default())
        .map_err(|reason| format!("a catalogue is not `export default {{…}};` with JSON in it: {reason}"))?;
    let other: BTreeMap<_, _> = words.iter().filter(|(english, words)| english != words).collect();
    serde_json::to_string(&other).map_err(|reason| format!("a catalogue can't be written: {reason}"))
}

/// The page for frames with one scene in it, as index.html holds its scenes.
fn single_scene(frame: &str, scene: &str) -> Outcome<String> {
    let title = posters::title(scene)?;
    let element = format!(
        "<kl-scene scene=\"{scene}\"><div class=\"poster\"><img src=\"www/posters/{scene}.svg\" alt=\"\"></div></kl-scene>\n"
    );
    let page = replaced(frame, "    </main>", &format!("      {element}    </main>"))?;
    replaced(&page, "<title>KL Explorer</title>", &format!("<title>{title}: KL Explorer</title>"))
}

/// The page with its style sheets, scripts, icon and posters put into it.
fn assemble(page: &str, parts: &Parts) -> Outcome<String> {
    let mut swaps = Vec::new();
    // A lesson stands beside www/ or in it.
    let folder = if page.contains("\"www/posters/") { "www/posters/" } else { "posters/" };
    let pictures = cut(page, &format!("<img src=\"{folder}"), ".svg\"", ">")?;
    let mut whole = String::with_capacity(LIMIT);
    let mut rest = page;
    for (tag, scene) in pictures {
        let (before, after) = rest.split_once(tag).ok_or("a poster is lost")?;
        let (picture, swap) = posters::inline(scene)?;
        swaps.extend(swap);
        whole += before;
        whole += &picture;
        rest = after;
    }
    whole += rest;

    // The dark colours of the posters, which as files they carry in styles of their own.
    swaps.sort();
    swaps.dedup();
    let style = format!("{}.poster svg{{{}}}", parts.style.trim_end(), swaps.concat());
    let policy = format!(
        "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(&parts.script),
        hash(&style)
    );
    for (name, text) in [("script", &parts.script), ("style", &style)] {
        if text.contains(&format!("</{name}")) {
            return Err(format!("the single file's {name} holds its own end, </{name}"));
        }
    }
    let charset = "<meta charset=\"utf-8\">\n";
    let meta = format!("{charset}    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n");
    let whole = replaced(&whole, charset, &meta)?;
    let whole = without(&whole, "    <link rel=\"stylesheet\"");
    let whole = without(&whole, "    <link rel=\"icon\"");
    // There is no page in another language beside the file.
    let whole = without(&whole, "      <a class=\"language\"");
    let whole = without(&whole, "    <script type=\"module\"");
    // Nobody reads it as it stands: lines begin without blanks.
    let whole: String = whole.split_inclusive('\n').map(str::trim_start).collect();
    let whole = replaced(&whole, "</head>", &format!("<style>{style}</style>\n</head>"))?;
    let end = format!("{}\n<script type=\"module\">{}</script>\n</body>", parts.data, parts.script);
    let head = whole.split("<style>").next().unwrap_or_default();
    if let Some(outside) = ["<link", "<script", " src="].iter().find(|one| head.contains(**one)) {
        return Err(format!("a single file's page still holds {outside} in its head"));
    }
    replaced(&whole, "</body>", &end)
}

/// The bytes after gzip, by a slower search than usual, which saves a twentieth.
fn packed(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut packed = Vec::new();
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Gzip, bytes, &mut packed)
        .map_err(|reason| format!("gzip failed: {reason}"))?;
    Ok(packed)
}

/// Bytes as an element that holds them as text, four bytes in five letters (base 85, as in Adobe's Ascii85): a
/// fifteenth shorter than base 64. The letters are those from `#` to `w`, with `y` for `<`, which could end the element.
fn data(id: &str, language: &str, bytes: &[u8]) -> String {
    let mut letters = String::with_capacity(bytes.len() / 4 * 5 + 5);
    for group in bytes.chunks(4) {
        let mut four = [0; 4];
        four[..group.len()].copy_from_slice(group);
        let number = u32::from_be_bytes(four);
        for place in (0..5).rev() {
            let digit = (number / 85_u32.pow(place) % 85) as u8;
            letters.push(if digit + b'#' == b'<' { 'y' } else { char::from(digit + b'#') });
        }
    }
    let length = bytes.len();
    format!(
        "<script type=\"application/octet-stream\" id=\"{id}\" lang=\"{language}\" data-bytes=\"{length}\">{letters}</script>"
    )
}

fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// Every tag that begins and ends so, with what stands in it up to `stop`.
fn cut<'a>(page: &'a str, begin: &str, stop: &str, end: &str) -> Outcome<Vec<(&'a str, &'a str)>> {
    page.match_indices(begin)
        .map(|(at, _)| {
            let tag = page[at..].find(end).map(|to| &page[at..=at + to]);
            let name = tag.and_then(|tag| tag.strip_prefix(begin)?.split_once(stop)).map(|(name, _)| name);
            tag.zip(name).ok_or(format!("a tag that begins with {begin} has no end"))
        })
        .collect()
}

/// The page with the one place of `from` replaced.
fn replaced(page: &str, from: &str, to: &str) -> Outcome<String> {
    match page.matches(from).count() {
        1 => Ok(page.replacen(from, to, 1)),
        count => Err(format!("the page of a single file holds `{}` {count} times, not once", from.trim())),
    }
}

/// The page without the lines that begin so.
fn without(page: &str, begin: &str) -> String {
    page.split_inclusive('\n').filter(|line| !line.starts_with(begin)).collect()
}

fn read(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).map_err(|reason| format!("{} can't be read: {reason}", file.display()))
}

fn put(file: &Path, text: &str) -> Outcome {
    let made = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(file, text));
    made.map_err(|reason| format!("{} can't be written: {reason}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html>\n  <head>\n    <meta charset=\"utf-8\">\n    <link rel=\"icon\" href=\"www/icon.svg\">\n    \
        <link rel=\"stylesheet\" href=\"www/page.css\">\n    <script type=\"module\" src=\"www/lesson.js\"></script>\n  \
        </head>\n  <body>\n    <p>words</p>\n  </body>\n</html>\n";

    fn parts(script: &str) -> Parts {
        Parts { style: "p{color:red}".into(), script: script.into(), data: "AAAA".into() }
    }

    #[test]
    fn everything_is_inside_and_allowed_by_its_hash() {
        let page = assemble(PAGE, &parts("alert(1)")).expect("assembled");
        for outside in ["href=", "src=\"", "www/"] {
            assert!(!page.contains(outside), "{outside} in {page}");
        }
        // Hashes by another program: printf '%s' TEXT | openssl dgst -sha256 -binary | base64
        assert!(
            page.contains("script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=' 'wasm-unsafe-eval'"),
            "{page}"
        );
        assert!(page.contains("<script type=\"module\">alert(1)</script>"), "{page}");
        assert!(page.contains("<p>words</p>"));
    }

    #[test]
    fn words_that_are_the_same_in_both_languages_are_left_out() {
        let catalogue = "// German.\n\nexport default {\n  \"0\": \"0\",\n  \"Next\": \"Weiter\"\n};\n";
        assert_eq!(words(catalogue).as_deref(), Ok("{\"Next\":\"Weiter\"}"));
        assert!(words("export default {a: 1};").is_err());
    }

    #[test]
    fn bytes_are_letters_that_end_no_element() {
        // By Python: divmod by powers of 85 of int.from_bytes(four, 'big'); 25 is `<` but for its letter.
        let element = data("x", "de", &[0xff, 0xff, 0xff, 0xff, 0, 0, 0, 25, 7]);
        assert_eq!(
            element,
            "<script type=\"application/octet-stream\" id=\"x\" lang=\"de\" data-bytes=\"9\">u:Y/#####y%86b*</script>"
        );
    }

    #[test]
    fn what_would_break_the_page_is_refused() {
        assert!(assemble(PAGE, &parts("'</script>'")).is_err_and(|why| why.contains("</script")));
        let other = PAGE.replace("    <script", "    <meta><script");
        assert!(assemble(&other, &parts("")).is_err_and(|why| why.contains("<script")));
        assert!(replaced("a b a", "a", "c").is_err_and(|why| why.contains("2 times")));
    }

    #[test]
    fn tags_are_cut_out_whole() {
        let page = "x <img src=\"p/one.svg\" alt=\"1\"> y <img src=\"p/two.svg\">";
        let tags = cut(page, "<img src=\"p/", ".svg\"", ">").expect("cut");
        assert_eq!(tags, [("<img src=\"p/one.svg\" alt=\"1\">", "one"), ("<img src=\"p/two.svg\">", "two")]);
    }
}
