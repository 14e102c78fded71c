//! Words on a figure can be read: no two cover each other and none is cut, in every preset and question, on a narrow
//! page and on a wide one.

use std::collections::BTreeSet;

use kl_explorer::figure::{Figure, Look, Mark, Place, Theme, svg};
use kl_explorer::scene::Values;
use kl_explorer::scenes;
use kl_explorer::text::Text;

/// The widths of a figure on a page 375 and 1280 CSS pixels wide.
const WIDTHS: [f64; 2] = [343.0, 810.0];

/// Scenes with so much on one panel that a label may be left out, as the renderer does where there is no room.
const CROWDED: [&str; 3] = ["extra-bits", "two-fits", "family"];

/// Words that are drawn, with the box they fill in CSS pixels.
struct Drawn {
    words: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Drawn {
    /// The words of an SVG, in letters a little over half as wide as they are high, as those of common typefaces are.
    fn all(picture: &str) -> Vec<Self> {
        let scale = attribute(picture, "viewBox").split(' ').nth(2).and_then(|w| w.parse::<f64>().ok());
        let grid = scale.expect("a width") / attribute(picture, "width").parse::<f64>().expect("a width");
        let texts = picture.split("<text ").skip(1);
        texts
            .map(|text| {
                let number = |name: &str| attribute(text, name).parse::<f64>().expect("a number") / grid;
                let words =
                    text.split_once(">\n").and_then(|t| t.1.split_once("\n</text>")).expect("words").0.to_owned();
                let (x, y, size) = (number("x"), number("y"), number("font-size") * 1.24);
                let width = words.chars().count() as f64 * size * 0.52;
                let left = match attribute(text, "text-anchor") {
                    "start" => x,
                    "end" => x - width,
                    _ => x - width / 2.0,
                };
                Self { words, left, right: left + width, top: y - 0.4 * size, bottom: y + 0.4 * size }
            })
            .collect()
    }

    fn covers(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let (_, rest) = tag.split_once(&format!("{name}=\"")).expect("the attribute");
    rest.split_once('"').expect("its end").0
}

/// Every preset and question of every scene, and its default state, at each width.
fn every_picture(scenes: impl Fn(&str) -> bool, check: impl Fn(&Figure, f64, &[Drawn]) -> Vec<String>) {
    let mut faults = Vec::new();
    for scene in scenes::all().filter(|scene| scenes(scene.id)) {
        let view = scene.run(&Values::new(), false).view;
        let presets = view.presets.into_iter().map(|p| (p.id, p.values, false));
        let questions = view.questions.into_iter().map(|q| (q.id, q.values, true));
        for (id, values, asked) in [("default", Vec::new(), false)].into_iter().chain(presets).chain(questions) {
            let figure = scene.run(&values.into_iter().collect(), asked).view.figure;
            for width in WIDTHS {
                let drawn = svg(&figure, width, &Look::new(Theme::light()), "", "", &Text::english).expect("drawn");
                let found = check(&figure, width, &Drawn::all(&drawn));
                faults.extend(found.into_iter().map(|fault| format!("{} {id} at {width}: {fault}", scene.id)));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_words_cover_others_and_none_are_cut() {
    every_picture(
        |_| true,
        |_, width, drawn| {
            let cut = drawn.iter().filter(|one| one.left < -4.0 || one.right > width + 4.0);
            let cut = cut.map(|one| format!("\"{}\" is cut", one.words));
            let pairs =
                drawn.iter().enumerate().flat_map(|(i, one)| drawn[i + 1..].iter().map(move |other| (one, other)));
            let covered = pairs.filter(|(one, other)| one.covers(other));
            cut.chain(covered.map(|(one, other)| format!("\"{}\" and \"{}\"", one.words, other.words))).collect()
        },
    );
}

#[test]
fn every_label_finds_its_place() {
    every_picture(
        |id| !CROWDED.contains(&id),
        |figure, _, drawn| {
            let seen: BTreeSet<&str> = drawn.iter().map(|d| d.words.as_str()).collect();
            let wanted = figure.panels().flat_map(|panel| &panel.marks).filter_map(|mark| match mark {
                // The height of a contour may be left out.
                Mark::Label { place, text, at, .. } if *place != Place::On && at.0.is_finite() && at.1.is_finite() => {
                    Some(escaped(&text.english()))
                }
                _ => None,
            });
            wanted
                .filter(|words| !seen.contains(words.as_str()))
                .map(|words| format!("no room for \"{words}\""))
                .collect()
        },
    );
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&apos;").replace('"', "&quot;")
}
