//! The page's style sheet and the figures use the same colours and dash patterns.

use std::fs;
use std::path::Path;

use kl_explorer::figure::{Color, ROLES, Theme};

fn style_sheet() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/theme.css");
    fs::read_to_string(path).expect("www/theme.css")
}

/// The first value of a custom property: the one outside of any media query.
fn value<'a>(css: &'a str, property: &str) -> Option<&'a str> {
    let (_, rest) = css.split_once(&format!("{property}:"))?;
    Some(rest.split_once(';')?.0.trim())
}

#[test]
fn colours_are_those_of_the_figures() {
    let css = style_sheet();
    for (role, id) in ROLES {
        let pair = value(&css, &format!("--kl-{id}")).unwrap_or_else(|| panic!("there is no --kl-{id}"));
        let inside = pair.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')'));
        let (light, dark) = inside.and_then(|both| both.split_once(',')).unwrap_or_else(|| panic!("--kl-{id}: {pair}"));
        assert_eq!(Color::parse(light), Some(Theme::light().color(role)), "--kl-{id}, light");
        assert_eq!(Color::parse(dark), Some(Theme::dark().color(role)), "--kl-{id}, dark");
    }
}

#[test]
fn every_role_has_its_colour_in_words_too() {
    let css = style_sheet();
    for (_, id) in ROLES {
        assert!(css.contains(&format!(".role-{id} {{ color: var(--kl-{id}); }}")), "{id}");
    }
}

#[test]
fn dashes_are_those_of_the_figures() {
    let css = style_sheet();
    for (role, id) in ROLES {
        let dashes: Vec<f64> = value(&css, &format!("--kl-dashes-{id}"))
            .map(|words| words.split(' ').map(|length| length.parse().expect("a length")).collect())
            .unwrap_or_default();
        // Rules are drawn on figures alone.
        if id != "rule" {
            assert_eq!(dashes, role.dashes(), "--kl-dashes-{id}");
        }
    }
}
