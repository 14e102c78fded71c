//! Pictures of every scene: the defaults, every preset, and a question left open, as SVG.
//!
//! `cargo xtask bless` accepts changed pictures. A mismatch leaves `NAME.actual.svg` beside the reference.

use std::fs;
use std::path::Path;

use kl_explorer::figure::{Look, Theme, svg};
use kl_explorer::scene::{Scene, Values};
use kl_explorer::scenes;
use kl_explorer::text::Text;

fn picture(scene: &Scene, values: &Values, asked: bool, theme: Theme) -> String {
    let view = scene.run(values, asked).view;
    svg(&view.figure, 640.0, &Look::new(theme), scene.title, &view.description.english(), &Text::english)
        .expect("every scene can be drawn")
}

/// Every picture with its name.
fn pictures() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for scene in scenes::all() {
        let view = scene.run(&Values::new(), false).view;
        all.push((scene.id.to_owned(), picture(scene, &Values::new(), false, Theme::light())));
        all.push((format!("{}.dark", scene.id), picture(scene, &Values::new(), false, Theme::dark())));
        for preset in &view.presets {
            let values = preset.values.iter().cloned().collect();
            all.push((format!("{}.{}", scene.id, preset.id), picture(scene, &values, false, Theme::light())));
        }
        for question in &view.questions {
            let values = question.values.iter().cloned().collect();
            all.push((format!("{}.ask-{}", scene.id, question.id), picture(scene, &values, true, Theme::light())));
        }
    }
    all
}

#[test]
fn every_picture_is_as_it_was_blessed() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let bless = std::env::var_os("KL_BLESS").is_some();
    fs::create_dir_all(&dir).expect("the folder can be made");
    let mut changed = Vec::new();
    let mut known = Vec::new();
    for (name, now) in pictures() {
        let path = dir.join(format!("{name}.svg"));
        known.push(path.clone());
        let actual = dir.join(format!("{name}.actual.svg"));
        if fs::read_to_string(&path).is_ok_and(|blessed| blessed == now) {
            // A picture left by an earlier mismatch is out of date now.
            let _ = fs::remove_file(&actual);
            continue;
        }
        if bless {
            fs::write(&path, &now).expect("the snapshot can be written");
        } else {
            fs::write(&actual, &now).expect("the actual picture can be written");
            changed.push(name);
        }
    }
    for entry in fs::read_dir(&dir).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".actual.svg") || known.contains(&path) {
            continue;
        }
        if bless {
            fs::remove_file(&path).expect("a stale snapshot can be removed");
        } else {
            changed.push(format!("{name} (of no scene any more)"));
        }
    }
    assert!(changed.is_empty(), "pictures differ: {changed:?}; look at *.actual.svg, then `cargo xtask bless`");
}
