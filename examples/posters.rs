//! Draws a poster of every scene into a folder, and the style that gives each the height of its live figure:
//! `cargo run --example posters -- FOLDER`.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use kl_explorer::figure::{Figure, Layout, Look, Theme, poster};
use kl_explorer::scene::Values;
use kl_explorer::scenes::SCENES;
use kl_explorer::text::Text;

/// The width that posters are drawn at, in CSS pixels: a figure's in a window of common size.
const WIDTH: f64 = 720.0;

/// The widths at which a figure's height is asked for: from a small telephone's to a large page's.
const WIDTHS: std::ops::RangeInclusive<u32> = 200..=1200;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder that the posters go to")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let mut style = String::from("/* The heights of the live figures by their width. Drawn with the posters. */\n");
    for scene in SCENES {
        let view = scene.run(&Values::new(), false).view;
        let drawn = poster(&view.figure, WIDTH, scene.title, &view.description.english())?;
        fs::write(folder.join(format!("{}.svg", scene.id)), drawn)?;
        style += &heights(scene.id, &view.figure);
    }
    fs::write(folder.join("heights.css"), style)?;
    Ok(())
}

/// What a height may differ by from the one that a rule gives, in CSS pixels: less than half a line.
const SLACK: f64 = 6.0;

/// A rule for each width at which the height has changed, the later ones overruling.
fn heights(id: &str, figure: &Figure) -> String {
    let look = Look::new(Theme::light());
    let ruler = |words: &str, size: f64| words.chars().count() as f64 * size * 0.56;
    let mut rules = String::new();
    let mut before = None::<f64>;
    for width in WIDTHS {
        let height = Layout::new(figure, f64::from(width), &look, &ruler, &Text::english).height;
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
