//! Draws a poster of every scene into a folder, and the style that gives each the height of its live figure; in other
//! languages into a folder of that name below it: `cargo run --example posters -- FOLDER`.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use kl_explorer::figure::{Figure, Layout, Look, Theme, poster};
use kl_explorer::quantity::Quantity;
use kl_explorer::scene::Values;
use kl_explorer::scenes;
use kl_explorer::text::Text;

/// The width that posters are drawn at, in CSS pixels: a figure's in a window of common size.
const WIDTH: f64 = 720.0;

/// The widths at which a figure's height is asked for: from a small telephone's to a large page's.
const WIDTHS: std::ops::RangeInclusive<u32> = 200..=1200;

/// How the languages with a catalogue write numbers: the sign between whole and fraction.
const DECIMALS: [(&str, &str); 1] = [("de", ",")];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder that the posters go to")?;
    let folder = Path::new(&folder);
    draw(folder, &Text::english)?;
    for (language, decimal) in DECIMALS {
        let catalogue = catalogue(language)?;
        let template = |key: &'static str| catalogue.get(key).map_or(key, String::as_str);
        let number = |number: &Quantity| number.to_string().replace('.', decimal);
        draw(&folder.join(language), &|text| text.filled(&template, &number))?;
    }
    Ok(())
}

/// A language's words by their English templates: `export default {…};`, the braces holding JSON.
fn catalogue(language: &str) -> Result<HashMap<String, String>, Box<dyn Error>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("www/words/{language}.js"));
    let text = fs::read_to_string(&file)?;
    let (_, json) = text.split_once("export default").ok_or("a catalogue is a default export")?;
    Ok(serde_json::from_str(json.trim().trim_end_matches(';'))?)
}

/// Draws every scene in one language.
fn draw(folder: &Path, say: &dyn Fn(&Text) -> String) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let mut style = String::from("/* The heights of the live figures by their width. Drawn with the posters. */\n");
    for scene in scenes::all() {
        let view = scene.run(&Values::new(), false).view;
        let drawn = poster(&view.figure, WIDTH, &Text::new(scene.title), &view.description, say)?;
        fs::write(folder.join(format!("{}.svg", scene.id)), drawn)?;
        style += &heights(scene.id, &view.figure, say);
    }
    fs::write(folder.join("heights.css"), style)?;
    Ok(())
}

/// What a height may differ by from the one that a rule gives, in CSS pixels: less than half a line.
const SLACK: f64 = 6.0;

/// A rule for each width at which the height has changed, the later ones overruling.
fn heights(id: &str, figure: &Figure, say: &dyn Fn(&Text) -> String) -> String {
    let look = Look::new(Theme::light());
    // Its height does not depend on how wide letters are.
    let ruler = |_: &str, _: f64| 0.0;
    let mut rules = String::new();
    let mut before = None::<f64>;
    for width in WIDTHS {
        let height = Layout::new(figure, f64::from(width), &look, &ruler, say).height;
        if before.is_none_or(|before| (height - before).abs() >= SLACK) {
            let from = if before.is_none() { 0 } else { width };
            let _ = writeln!(
                rules,
                "@container (min-width: {from}px) {{ [scene=\"{id}\"] > .poster > * {{ height: {height}px; }} }}"
            );
            before = Some(height);
        }
    }
    rules
}
