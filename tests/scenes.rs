//! Walks the registry: what holds for every scene in every corner of its controls.

mod walk;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kl_explorer::figure::{Direction, Figure, Look, Mark, Theme, svg, table};
use kl_explorer::quantity::Unit;
use kl_explorer::scene::{Arrow, Chapter, Control, Problem, Readout, Scene, Seen, Value, Values, View, press};
use kl_explorer::scenes::{self, CHAPTERS, find};
use kl_explorer::text::Text;

use walk::{at_ends, ends, lay, numbers};

/// Few enough controls to try every corner, otherwise so many of them.
const CORNERS: usize = 512;

fn defaults(scene: &Scene) -> Seen {
    scene.run(&Values::new(), false)
}

/// The defaults, each control at each end, and corners of the whole box.
fn states(scene: &Scene) -> Vec<Values> {
    let controls = defaults(scene).controls;
    let mut states = vec![Values::new()];
    states.extend(at_ends(scene));
    let all: usize =
        controls.iter().map(|c| ends(&c.kind).len()).try_fold(1usize, usize::checked_mul).unwrap_or(usize::MAX);
    // Beyond the limit a stride coprime to most sizes still visits all ends of all controls.
    let (count, stride) = if all <= CORNERS { (all, 1) } else { (CORNERS, 7_368_787) };
    for i in 0..count {
        let mut code = i.wrapping_mul(stride);
        let mut values = Values::new();
        for control in &controls {
            let options = ends(&control.kind);
            values.insert(control.id.clone(), options[code % options.len()].clone());
            code /= options.len();
            if code == 0 {
                code = i.wrapping_mul(stride).rotate_left(17);
            }
        }
        states.push(values);
    }
    states
}

/// Whether a problem is one of two values that can't stand together, each being right by itself: corners have such.
fn tied(scene: &Scene, values: &Values, problem: &Problem) -> bool {
    let Problem::BadParameter { field, .. } = problem else { return false };
    let alone = values.get_key_value(field).map(|(id, value)| (id.clone(), value.clone()));
    alone.is_some_and(|alone| scene.run(&[alone].into(), false).problems.is_empty())
}

/// The list of chapters is the one of order: the lesson's page has it in every language.
#[test]
fn the_lesson_has_the_chapters_and_scenes_in_their_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in ["index.html", "www/de.html"] {
        let text = fs::read_to_string(root.join(page)).expect("readable");
        let after = |mark: &str| -> Vec<(usize, String)> {
            let id = |(at, _): (usize, &str)| text[at + mark.len()..].split('"').next().map(|id| (at, id.to_owned()));
            text.match_indices(mark).filter_map(id).collect()
        };
        let mut found = [after("<h2 id=\""), after("<section class=\"scene-chapter\" id=\"")].concat();
        found.sort();
        let scenes = |chapter: &'static Chapter| chapter.scenes.iter().map(|scene| scene.id);
        let wanted: Vec<&str> = CHAPTERS.iter().flat_map(|one| std::iter::once(one.id).chain(scenes(one))).collect();
        let found: Vec<&str> = found.iter().map(|(_, id)| id.as_str()).collect();
        assert_eq!(found, wanted, "{page}");
        // Other languages have titles of their own.
        if page == "index.html" {
            for (number, chapter) in CHAPTERS.iter().enumerate() {
                let head = format!("<span class=\"count\">{}</span> {}</h2>", number + 1, chapter.title);
                assert!(text.contains(&head), "{head}");
            }
        }
    }
}

/// What holds in every state of every scene.
const EVERYWHERE: [fn(&Scene, &Values, &Seen); 6] = [
    no_number_is_nan_and_every_infinity_has_its_cause,
    every_computed_number_says_how_it_was_got,
    the_unit_can_be_chosen_where_that_changes_a_number_and_only_there,
    the_description_is_short_and_its_numbers_come_first,
    names_are_unique_in_each_scene,
    what_is_swept_moves_upright,
];

/// One walk for all that holds everywhere. Each state is run again after the one that follows it, and shows the same: what
/// a scene keeps from one state to the next must not be seen.
#[test]
fn in_every_state_what_must_hold_holds() {
    for scene in scenes::all() {
        let mut before: Option<(Values, String)> = None;
        for values in states(scene) {
            let seen = scene.run(&values, false);
            EVERYWHERE.iter().for_each(|check| check(scene, &values, &seen));
            let view = format!("{:?}", seen.view);
            if let Some((values, view)) = before.replace((values, view)) {
                let again = format!("{:?}", scene.run(&values, false).view);
                assert_eq!(again, view, "{} {values:?}", scene.id);
            }
        }
    }
}

#[test]
fn every_scene_can_be_found_and_is_there_once() {
    let ids: BTreeSet<&str> = scenes::all().map(|s| s.id).collect();
    assert_eq!(ids.len(), scenes::all().count());
    for scene in scenes::all() {
        assert_eq!(find(scene.id).expect("registered").id, scene.id);
        assert!(!scene.title.is_empty() && scene.about.ends_with('.'), "{}", scene.id);
    }
    assert_eq!(find("no-such").expect_err("not registered").to_string(), "scene: no-such is not the name of a scene");
}

fn no_number_is_nan_and_every_infinity_has_its_cause(scene: &Scene, values: &Values, seen: &Seen) {
    for readout in &seen.view.readouts {
        let q = readout.quantity;
        assert!(!q.value.is_nan() && q.error >= 0.0, "{} {values:?}: {} is {q:?}", scene.id, readout.id);
        if q.value.is_infinite() {
            assert!(readout.cause.is_some(), "{} {values:?}: {} is infinite without a cause", scene.id, readout.id);
        }
    }
    for panel in seen.view.figure.panels() {
        for axis in [&panel.x, &panel.y] {
            assert!(axis.low.is_finite() && axis.high.is_finite() && axis.low < axis.high, "{} {values:?}", scene.id);
        }
        for mark in &panel.marks {
            assert!(!numbers(mark).iter().any(|v| v.is_nan()), "{} {values:?}: {mark:?}", scene.id);
        }
        for handle in &panel.handles {
            assert!(!handle.at.0.is_nan() && !handle.at.1.is_nan(), "{} {values:?}: {}", scene.id, handle.id);
        }
    }
    let own = |problem: &&Problem| !tied(scene, values, problem);
    assert_eq!(seen.problems.iter().find(own), None, "{} {values:?}", scene.id);
    assert!(!seen.view.figure.rows.is_empty(), "{} {values:?}: nothing is drawn", scene.id);
}

fn every_computed_number_says_how_it_was_got(scene: &Scene, values: &Values, seen: &Seen) {
    for readout in &seen.view.readouts {
        let q = readout.quantity;
        // A count, or a setting that is shown as it was set.
        let given = !matches!(q.unit, Unit::Nats | Unit::Bits) && q.error == 0.0;
        assert!(given || readout.method.is_some(), "{} {values:?}: {} by no method", scene.id, readout.id);
    }
}

fn the_unit_can_be_chosen_where_that_changes_a_number_and_only_there(scene: &Scene, values: &Values, seen: &Seen) {
    let chosen = seen.view.readouts.iter().any(|r| r.quantity.unit == Unit::Nats);
    assert_eq!(seen.view.counts_in.is_none(), chosen, "{} {values:?}", scene.id);
}

#[test]
fn every_state_can_be_drawn() {
    let look = Look::new(Theme::dark());
    for scene in scenes::all() {
        for values in states(scene).into_iter().take(60) {
            for asked in [false, true] {
                let view = scene.run(&values, asked).view;
                for width in [300.0, 900.0] {
                    // Without the title: one with "information" in it is not infinite.
                    let drawn = svg(&view.figure, width, &look, "", "", &Text::english).expect("drawn");
                    assert!(drawn.contains("<polyline") && drawn.ends_with("</svg>\n"), "{} {values:?}", scene.id);
                    assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{} {values:?}", scene.id);
                }
            }
        }
    }
}

fn the_description_is_short_and_its_numbers_come_first(scene: &Scene, values: &Values, seen: &Seen) {
    let words = seen.view.description.english();
    assert!(!words.is_empty() && words.chars().count() <= 140, "{} {values:?}: {words}", scene.id);
    assert!(!words.contains('{'), "{} {values:?}: {words}", scene.id);
}

/// The figure as it is drawn: what a reader sees of it.
fn picture(scene: &Scene, values: &Values) -> String {
    let figure = scene.run(values, false).view.figure;
    svg(&figure, 720.0, &Look::new(Theme::light()), "", "", &Text::english).expect("drawn")
}

#[test]
fn every_control_changes_the_picture() {
    for scene in scenes::all() {
        let visited = states(scene);
        for control in &defaults(scene).controls {
            // What steers a process, or a part that is not in use at first, is seen in some state only.
            let changes = |values: &Values| {
                let figure = |values: &Values| picture(scene, values);
                let before = figure(values);
                ends(&control.kind).into_iter().any(|value| {
                    let mut changed = values.clone();
                    changed.insert(control.id.clone(), value);
                    figure(&changed) != before
                })
            };
            assert!(visited.iter().any(changes), "{}: {} changes nothing in the picture", scene.id, control.id);
        }
    }
}

fn names_are_unique_in_each_scene(scene: &Scene, _: &Values, seen: &Seen) {
    fn unique<'a>(scene: &Scene, what: &str, ids: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        ids.for_each(|id| assert!(seen.insert(id.to_owned()), "{}: two {what} are called {id}", scene.id));
    }
    let view = &seen.view;
    unique(scene, "controls", seen.controls.iter().map(|c| c.id.as_str()));
    unique(scene, "readouts", view.readouts.iter().map(|r| r.id.as_str()));
    unique(scene, "panels", view.figure.panels().map(|p| p.id));
    unique(scene, "handles", view.figure.panels().flat_map(|p| &p.handles).map(|h| h.id.as_str()));
    unique(scene, "presets", view.presets.iter().map(|p| p.id));
    unique(scene, "questions", view.questions.iter().map(|q| q.id));
    unique(scene, "goals", view.goals.iter().map(|g| g.id));
}

/// What a frame's address and an element's attributes mean by these, no control may (docs/embedding.md).
const PARAMETERS: [&str; 9] = ["scene", "chrome", "controls", "theme", "lang", "ask", "question", "units", "slot"];

#[test]
fn no_control_has_the_name_of_a_parameter() {
    for scene in scenes::all() {
        for Control { id, .. } in defaults(scene).controls {
            assert!(!PARAMETERS.contains(&&*id), "{}: {id}", scene.id);
        }
    }
}

#[test]
fn presets_and_questions_set_what_there_is() {
    for scene in scenes::all() {
        let view = defaults(scene).view;
        assert!((3..=6).contains(&view.presets.len()), "{}: {} presets", scene.id, view.presets.len());
        assert!((1..=2).contains(&view.questions.len()), "{}: {} questions", scene.id, view.questions.len());
        assert!(!view.goals.is_empty(), "{}: no goal", scene.id);
        let sets =
            view.presets.iter().map(|p| (p.id, &p.values)).chain(view.questions.iter().map(|q| (q.id, &q.values)));
        for (id, values) in sets {
            let seen = scene.run(&values.iter().cloned().collect(), false);
            assert!(seen.problems.is_empty(), "{} {id}: {:?}", scene.id, seen.problems);
        }
        for question in &view.questions {
            assert!(question.options.len() >= 2, "{} {}", scene.id, question.id);
            assert!(question.options.iter().any(|(id, ..)| *id == question.answer), "{} {}", scene.id, question.id);
        }
        assert!(!view.goals.iter().any(|g| g.reached), "{}: a goal is reached before anything is moved", scene.id);
    }
}

#[test]
fn a_question_that_is_open_shows_less() {
    for scene in scenes::all() {
        for question in &defaults(scene).view.questions {
            let values: Values = question.values.iter().cloned().collect();
            let (open, revealed) = (scene.run(&values, true).view, scene.run(&values, false).view);
            let at = format!("{} {}", scene.id, question.id);
            let marks = |f: &Figure| f.panels().map(|p| p.marks.len()).sum::<usize>();
            assert!(marks(&open.figure) < marks(&revealed.figure), "{at}: nothing is held back");
            assert!(open.readouts.is_empty() && open.formulas.is_empty() && open.description.is_empty(), "{at}");
            assert!(!open.goals.iter().any(|goal| goal.reached), "{at}: a goal tells");
            no_answer_is_written(&at, &open.figure, &revealed.readouts);
            // What can be read off or taken away is what is drawn.
            let drawn: BTreeSet<String> = open.figure.panels().flat_map(|p| &p.marks).filter_map(name).collect();
            let plotted: BTreeSet<String> = table(&open.figure).iter().map(|s| s.name.to_string()).collect();
            assert!(plotted.is_subset(&drawn), "{at}: {plotted:?} of {drawn:?}");
        }
    }
}

#[test]
fn a_figure_without_numbers_tells_no_divergence() {
    let look = Look::new(Theme::light());
    for scene in scenes::all() {
        let View { figure, readouts, .. } = defaults(scene).view;
        let drawn = svg(&figure.numberless(), 900.0, &look, "", "", &Text::english).expect("drawn");
        for readout in readouts.iter().filter(|r| matches!(r.quantity.unit, Unit::Nats | Unit::Bits)) {
            let shown = readout.quantity.shown().to_string();
            // Shorter ones stand on axes.
            assert!(shown.len() <= 4 || !drawn.contains(&shown), "{}: {} = {shown}", scene.id, readout.id);
        }
    }
}

/// No divergence of the state is to be read on its figure while it is asked for, nor stands it in the table.
fn no_answer_is_written(at: &str, figure: &Figure, readouts: &[Readout]) {
    let look = Look::new(Theme::light());
    let drawn = svg(figure, 900.0, &look, "", "", &Text::english).expect("drawn");
    let main = readouts.iter().filter(|r| r.group.is_empty() && r.quantity.unit == Unit::Nats);
    for readout in main {
        let value = readout.quantity.value;
        let shown = readout.quantity.shown().to_string();
        // 0 and 1 stand on every axis.
        if shown.len() > 4 || value.is_infinite() {
            assert!(!drawn.contains(&shown), "{at}: {} = {shown} stands on the figure", readout.id);
        }
        if value.is_finite() && value.abs() > 1e-6 {
            let near = |v: f64| (v / value - 1.0).abs() < 1e-9;
            let found = table(figure).into_iter().find(|s| s.points.iter().any(|p| near(p.1)));
            assert!(
                found.is_none(),
                "{at}: {} = {shown} stands in the table, in {:?}",
                readout.id,
                found.map(|s| s.name)
            );
        }
    }
}

/// The name of a mark that has one.
fn name(mark: &Mark) -> Option<String> {
    match mark {
        Mark::Line { name, .. }
        | Mark::Area { name, .. }
        | Mark::Bars { name, .. }
        | Mark::Dots { name, .. }
        | Mark::Cells { name, .. }
        | Mark::Contour { name, .. }
        | Mark::Stationary { name, .. }
        | Mark::Bubbles { name, .. } => Some(name.to_string()),
        Mark::RuleX { .. } | Mark::RuleY { .. } | Mark::Label { .. } => None,
    }
}

fn what_is_swept_moves_upright(scene: &Scene, _: &Values, seen: &Seen) {
    // A sweep hands each bar that it passes its height; a handle that moves sideways would not follow the pointer.
    for handle in seen.view.figure.panels().flat_map(|p| &p.handles).filter(|h| h.swept) {
        let upright = handle.grips.iter().all(|grip| grip.keys == Direction::Vertical);
        assert!(upright, "{}: {} is swept and moves sideways", scene.id, handle.id);
    }
}

#[test]
fn an_arrow_key_moves_a_handle_its_way_by_one_step() {
    use kl_explorer::figure::Direction::{Horizontal, Vertical};
    for scene in scenes::all() {
        let seen = defaults(scene);
        let layout = lay(&seen.view.figure, 720.0);
        for (panel, frame) in seen.view.figure.panels().zip(&layout.frames) {
            for handle in &panel.handles {
                for direction in [Horizontal, Vertical] {
                    for steps in [1, -1] {
                        let arrow = Arrow { direction, steps, fine: false };
                        let set = press(&seen, &layout, &handle.id, arrow);
                        let moves = |(id, value): &(String, Value)| seen.control(id).is_none_or(|c| c.value != *value);
                        // Nothing answers to the key, or the control stands at that end of its range.
                        if !set.iter().any(moves) {
                            let at_end = |(id, value): &(String, Value)| {
                                let range = seen.control(id).and_then(|c| c.kind.range());
                                range.is_some_and(|r| [r.min.into(), r.max.into()].contains(value))
                            };
                            assert!(set.is_empty() || set.iter().any(at_end), "{} {}: stuck", scene.id, handle.id);
                            continue;
                        }
                        let moved = scene.run(&set.iter().cloned().collect(), false);
                        let to = moved
                            .view
                            .figure
                            .panels()
                            .flat_map(|p| &p.handles)
                            .find(|h| h.id == handle.id)
                            .unwrap_or_else(|| panic!("{} {}: gone", scene.id, handle.id));
                        let (from, to) = (frame.pixel(handle.at), frame.pixel(to.at));
                        let way = if direction == Horizontal { to.0 - from.0 } else { from.1 - to.1 };
                        assert!(
                            way * f64::from(steps) > 0.0,
                            "{} {} {direction:?} {steps}: moved {way} pixels",
                            scene.id,
                            handle.id
                        );
                    }
                }
            }
        }
    }
}
