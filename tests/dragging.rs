//! What dragging does to settings, for every handle of every scene: a drag that comes back gives everything back, a handle
//! follows its pointer, parts of a whole stay one, and axes hold.

mod walk;

use std::collections::{BTreeMap, BTreeSet};

use kl_explorer::figure::{Direction, Handle};
use kl_explorer::scene::{Scene, Seen, Tie, Value, Values, drag, slide, sweep};
use kl_explorer::scenes::{self, find};

use walk::lay;

/// The states to drag from: the defaults, every preset, and one off the grids of all sliders, as if typed.
fn starts(scene: &Scene) -> Vec<Values> {
    let defaults = scene.run(&Values::new(), false);
    let mut starts = vec![Values::new()];
    starts.extend(defaults.view.presets.iter().map(|preset| preset.values.iter().cloned().collect()));
    let off = |(i, control): (usize, &kl_explorer::scene::Control)| {
        let range = control.kind.range().filter(|range| !range.whole)?;
        let Value::Number(value) = control.value else { return None };
        let value = (value + range.step * (0.123 + 0.05 * i as f64)).min(range.max);
        Some((control.id.clone(), Value::Number(value)))
    };
    starts.push(defaults.controls.iter().enumerate().filter_map(off).collect());
    starts
}

fn handles(seen: &Seen) -> impl Iterator<Item = &Handle> {
    seen.view.figure.panels().flat_map(|panel| &panel.handles)
}

fn number(seen: &Seen, id: &str) -> f64 {
    match seen.control(id).map(|control| &control.value) {
        Some(Value::Number(value)) => *value,
        other => panic!("{id} is {other:?}"),
    }
}

/// The values of a state with others put over them, as a page does while something is dragged.
fn over(start: &Values, set: Vec<(String, Value)>) -> Values {
    start.clone().into_iter().chain(set).collect()
}

/// Ways out and back, as what the pointer has moved by at each step.
fn ways() -> Vec<Vec<(f64, f64)>> {
    let line = |dx: f64, dy: f64, steps: i32| -> Vec<(f64, f64)> {
        let out =
            (1..=steps).map(move |k| (dx * f64::from(k) / f64::from(steps), dy * f64::from(k) / f64::from(steps)));
        let back: Vec<_> = out.clone().rev().skip(1).chain([(0.0, 0.0)]).collect();
        out.chain(back).collect()
    };
    let circle = |radius: f64| {
        (1..=12)
            .map(move |k| f64::from(k) * std::f64::consts::TAU / 12.0)
            .map(move |a| (radius * (a.cos() - 1.0), radius * a.sin()))
    };
    vec![
        line(0.0, -100.0, 25),
        line(0.0, 100.0, 2),
        line(100.0, 0.0, 7),
        line(-333.0, 0.0, 3),
        line(4000.0, -4000.0, 1),
        line(1.0, 1.0, 1),
        circle(60.0).chain([(0.0, 0.0)]).collect(),
    ]
}

#[test]
fn a_drag_that_comes_back_leaves_everything_as_it_was() {
    let (mut tried, mut moved) = (0, 0);
    for scene in scenes::all() {
        for start in starts(scene) {
            let seen = scene.run(&start, false);
            for width in [360.0, 900.0] {
                let layout = lay(&seen.view.figure, width);
                for handle in handles(&seen) {
                    let ways_of = |along| ways().into_iter().map(move |way| (along, way));
                    let all = ways_of(None)
                        .chain(ways_of(Some(Direction::Horizontal)))
                        .chain(ways_of(Some(Direction::Vertical)));
                    for (along, way) in all {
                        tried += 1;
                        let mut values = start.clone();
                        for by in way {
                            values = over(&start, drag(&seen, &layout, &handle.id, by, along, false));
                            moved += usize::from(values != start);
                        }
                        assert_eq!(values, start, "{} {}", scene.id, handle.id);
                    }
                    // Pressed and let go, swept handles too.
                    let still = drag(&seen, &layout, &handle.id, (0.0, 0.0), None, false);
                    assert!(still.is_empty(), "{} {}: {still:?}", scene.id, handle.id);
                }
            }
        }
    }
    assert!(tried > 10_000 && moved > tried, "{tried} ways, {moved} steps away");
}

#[test]
fn a_sweep_that_comes_back_leaves_everything_as_it_was() {
    let mut rows = 0;
    for scene in scenes::all() {
        for start in starts(scene) {
            let seen = scene.run(&start, false);
            let layout = lay(&seen.view.figure, 900.0);
            for (panel, frame) in seen.view.figure.panels().zip(&layout.frames) {
                let swept: Vec<&Handle> = panel.handles.iter().filter(|handle| handle.swept).collect();
                let stand = |handle: &&Handle| (handle.id.clone(), frame.reachable(handle.at).1);
                let drawn: BTreeMap<String, f64> = swept.iter().map(stand).collect();
                assert!(sweep(&seen, &layout, &drawn, false).is_empty(), "{}", scene.id);
                let Some(first) = swept.first() else { continue };
                rows += 1;
                let own = BTreeMap::from([stand(first)]);
                assert!(sweep(&seen, &layout, &own, false).is_empty(), "{}", scene.id);
                let lower = own.into_iter().map(|(id, y)| (id, y + 7.0)).collect();
                assert!(
                    !sweep(&seen, &layout, &lower, false).is_empty() || first.at.1 <= 0.0,
                    "{} {}",
                    scene.id,
                    first.id
                );
            }
        }
    }
    assert!(rows > 20, "{rows} rows of bars");
}

#[test]
fn a_handle_stands_where_it_is_dragged_to() {
    // A drag that sets a control by a whole number of its steps, and the picture made anew: the handle is under the pointer.
    let mut checked = 0;
    for scene in scenes::all() {
        let seen = scene.run(&Values::new(), false);
        let layout = lay(&seen.view.figure, 900.0);
        for (panel, frame) in seen.view.figure.panels().zip(&layout.frames) {
            for handle in &panel.handles {
                for grip in &handle.grips {
                    let control = seen.control(&grip.control).expect("a grip sets a control");
                    assert!(control.active, "{} {}: {} does nothing", scene.id, handle.id, control.id);
                    let by = if grip.keys == Direction::Horizontal { (-25.0, 0.0) } else { (0.0, 25.0) };
                    let set = drag(&seen, &layout, &handle.id, by, None, true);
                    let after = scene.run(&set.iter().cloned().collect(), false);
                    assert!(after.problems.is_empty(), "{} {}: {:?}", scene.id, handle.id, after.problems);
                    let range = control.kind.range().expect("a number");
                    let Some((_, Value::Number(value))) = set.iter().find(|(id, _)| *id == control.id) else {
                        continue;
                    };
                    if range.whole || *value <= range.min || *value >= range.max {
                        continue;
                    }
                    let to = handles(&after).find(|other| other.id == handle.id).expect("it is there still").at;
                    let to = frame.pixel(to);
                    let (from, to, by) = match grip.keys {
                        Direction::Horizontal => (frame.reachable(handle.at).0, to.0, by.0),
                        Direction::Vertical => (frame.reachable(handle.at).1, to.1, by.1),
                    };
                    assert!((to - from - by).abs() < 3.0, "{} {}: {from} by {by} is {to}", scene.id, handle.id);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 60, "{checked} grips");
}

#[test]
fn parts_of_a_whole_are_one_whatever_moves_them() {
    let mut wholes = BTreeSet::new();
    for scene in scenes::all() {
        for start in starts(scene) {
            let seen = scene.run(&start, false);
            let layout = lay(&seen.view.figure, 900.0);
            let one = |set: Vec<(String, Value)>, ids: &[String], how: &str| {
                let after = scene.run(&over(&start, set), false);
                let total: f64 = ids.iter().map(|id| number(&after, id)).sum();
                assert!((total - 1.0).abs() < 1e-12, "{} {how}: {total}", scene.id);
                for id in ids {
                    // What is a share now is told as one.
                    let label = after.control(id).map(|control| control.label.key);
                    assert_ne!(label, Some("{name}, as a weight: {share} of the whole"), "{} {how}", scene.id);
                }
            };
            for control in &seen.controls {
                let Tie::Share(ids) = &control.tie else { continue };
                wholes.insert(format!("{} {}", scene.id, ids[0]));
                for value in [0.0, 0.125, 0.5, 0.995, 1.0] {
                    one(slide(&seen, &control.id, value, false), ids, &control.id);
                }
                for handle in handles(&seen).filter(|handle| handle.grips.iter().any(|grip| grip.control == control.id))
                {
                    for by in [-300.0, -40.0, -1.0, 1.0, 40.0, 300.0] {
                        one(drag(&seen, &layout, &handle.id, (by, by), None, false), ids, &handle.id);
                    }
                }
            }
        }
    }
    assert_eq!(wholes.len(), 7, "{wholes:?}");
}

#[test]
fn one_in_a_thousand_is_not_dragged_to_never() {
    // A probability of 0.001 beside others that are dragged up stays above 0: at 0 nothing would be infinite any more.
    let scene = find("impossible-events").expect("a scene");
    let start: Values =
        [("p_windows", 0.35), ("p_macos", 0.15), ("p_linux", 0.001), ("p_android", 0.3), ("p_ios", 0.199)]
            .map(|(id, v)| (id.to_owned(), Value::Number(v)))
            .into();
    let seen = scene.run(&start, false);
    let layout = lay(&seen.view.figure, 900.0);
    for dy in 1..=150 {
        let after =
            scene.run(&over(&start, drag(&seen, &layout, "p_windows", (0.0, f64::from(-dy)), None, false)), false);
        let (windows, linux) = (number(&after, "p_windows"), number(&after, "p_linux"));
        assert!(windows == 1.0 || linux > 0.0, "{dy}: {windows} leaves {linux}");
    }
}

#[test]
fn axes_hold_while_something_is_dragged() {
    let mut grown = BTreeSet::new();
    for scene in scenes::all() {
        let seen = scene.run(&Values::new(), false);
        let layout = lay(&seen.view.figure, 900.0);
        for handle in handles(&seen) {
            for by in [(60.0, 0.0), (-60.0, 0.0), (0.0, 40.0), (0.0, -40.0)] {
                let set = drag(&seen, &layout, &handle.id, by, None, false).into_iter().collect();
                let after = scene.run(&set, false).view.figure;
                let free: Vec<_> = after.panels().map(|p| (p.id, p.x.low, p.x.high, p.y.low, p.y.high)).collect();
                let held = after.held(&seen.view.figure);
                for (panel, free) in held.panels().zip(&free) {
                    let axes = (panel.id, panel.x.low, panel.x.high, panel.y.low, panel.y.high);
                    let before = seen.view.figure.panels().find(|other| other.id == panel.id).expect("the same panels");
                    assert_eq!(
                        axes,
                        (before.id, before.x.low, before.x.high, before.y.low, before.y.high),
                        "{}",
                        scene.id
                    );
                    if axes != *free {
                        grown.insert(format!("{} {}", scene.id, panel.id));
                    }
                }
                let now = lay(&held, 900.0).held(&layout);
                for (one, other) in now.frames.iter().zip(&layout.frames) {
                    assert_eq!(
                        (one.left, one.top, one.width, one.height),
                        (other.left, other.top, other.width, other.height)
                    );
                }
            }
        }
    }
    // In these, and no others, a drag would have moved the axes.
    assert!(grown.len() > 15 && grown.contains("two-fits densities"), "{} panels: {grown:?}", grown.len());
}

#[test]
fn a_mode_dragged_sideways_keeps_its_weight() {
    for (scene, handle, weight) in
        [("two-fits", "p1", "p1_weight"), ("mixtures", "p1", "p1_weight"), ("family", "p1", "weight")]
    {
        let scene = find(scene).expect("a scene");
        let seen = scene.run(&Values::new(), false);
        let layout = lay(&seen.view.figure, 900.0);
        for dx in -200..=200 {
            let set = drag(&seen, &layout, handle, (f64::from(dx), 3.0), Some(Direction::Horizontal), false);
            assert!(!set.iter().any(|(id, _)| id == weight), "{} {dx}", scene.id);
            let after = scene.run(&set.into_iter().collect(), false);
            assert_eq!(number(&after, weight), number(&seen, weight), "{} {dx}", scene.id);
        }
    }
}

#[test]
fn fewer_flips_take_the_heads_along_and_more_bring_them_back() {
    let scene = find("likelihood").expect("a scene");
    let start = Values::from([("heads".to_owned(), 7.0.into()), ("flips".to_owned(), 10.0.into())]);
    let seen = scene.run(&start, false);
    for (flips, heads) in [(3.0, 3.0), (1.0, 1.0), (7.0, 7.0), (20.0, 7.0), (10.0, 7.0)] {
        let after = scene.run(&over(&start, slide(&seen, "flips", flips, false)), false);
        assert!(after.problems.is_empty());
        assert_eq!((number(&after, "flips"), number(&after, "heads")), (flips, heads));
    }
    let given = Values::from([("flips".to_owned(), "3".into()), ("heads".to_owned(), "7".into())]);
    let refused = scene.run(&given, false);
    assert_eq!(refused.problems.iter().map(ToString::to_string).collect::<Vec<_>>(), ["heads: 7 is outside 0 to 3"]);
    assert_eq!((number(&refused, "flips"), number(&refused, "heads")), (3.0, 3.0));
}

#[test]
fn weights_that_are_all_zero_are_refused_by_name_in_every_scene() {
    let mut groups = BTreeSet::new();
    for scene in scenes::all() {
        let seen = scene.run(&Values::new(), false);
        for control in &seen.controls {
            let ids: Vec<String> = match &control.tie {
                Tie::Share(ids) => ids.to_vec(),
                _ if control.id.ends_with("1_weight") => {
                    let letter = &control.id[..1];
                    let mine = seen
                        .controls
                        .iter()
                        .filter(|c| c.active && c.id.starts_with(letter) && c.id.ends_with("_weight"));
                    mine.map(|c| c.id.clone()).collect()
                }
                _ => continue,
            };
            groups.insert(format!("{} {}", scene.id, ids[0]));
            let zeros: Values = ids.iter().map(|id| (id.clone(), Value::Number(0.0))).collect();
            let refused = scene.run(&zeros, false);
            let told: BTreeSet<String> =
                refused.problems.iter().map(|p| p.to_string().split(':').next().unwrap_or("").to_owned()).collect();
            assert_eq!(told, ids.iter().cloned().collect(), "{}", scene.id);
            for id in &ids {
                assert_eq!(
                    refused.control(id).map(|c| &c.value),
                    seen.control(id).map(|c| &c.value),
                    "{} {id}",
                    scene.id
                );
            }
        }
    }
    assert_eq!(groups.len(), 10, "{groups:?}");
}
