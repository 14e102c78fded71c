//! Grabbing: what a pointer or an arrow key on a handle does to the controls.

use std::collections::BTreeMap;

use super::Seen;
use super::value::Value;
use crate::figure::{Direction, Frame, Grip, Handle, Layout, Point};

/// An arrow key, or a page key for ten steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// Sideways or upright.
    pub direction: Direction,
    /// Steps towards the right or up; negative to the left or down.
    pub steps: i32,
    /// A tenth of the control's step.
    pub fine: bool,
}

/// The control values that put a handle under the pointer at a pixel; nothing if there is no such handle.
pub fn drag(seen: &Seen, layout: &Layout, handle: &str, at: Point, fine: bool) -> Vec<(String, Value)> {
    let Some((handle, frame)) = find(seen, layout, handle) else { return Vec::new() };
    let point = frame.data(at);
    let set = |grip: &Grip| {
        let kind = &seen.control(&grip.control)?.kind;
        Some((grip.control.clone(), kind.snap((grip.value)(point), fine)?))
    };
    handle.grips.iter().filter_map(set).collect()
}

/// The control values that put one of the bars of a sweep under the pointer at a pixel; nothing if there is no such
/// handle. `kept` are the heights of the bars that the sweep has passed before, by control.
///
/// A bar's first grip is its own; the others, if any, are the other parts of its whole, which is 1. Those that the sweep
/// has passed stay as they were drawn, and the rest gives way. Where more is drawn than the whole, only its proportions
/// count.
pub fn sweep(
    seen: &Seen,
    layout: &Layout,
    handle: &str,
    at: Point,
    fine: bool,
    kept: &BTreeMap<String, f64>,
) -> Vec<(String, Value)> {
    let Some((handle, frame)) = find(seen, layout, handle) else { return Vec::new() };
    let Some((own, others)) = handle.grips.split_first() else { return Vec::new() };
    let point = frame.data(at);
    let snapped = |grip: &Grip, value: f64| match seen.control(&grip.control)?.kind.snap(value, fine)? {
        Value::Number(value) => Some((grip.control.clone(), value)),
        _ => None,
    };
    let mut set: Vec<(String, f64)> = snapped(own, (own.value)(point)).into_iter().collect();
    let (passed, free): (Vec<&Grip>, Vec<&Grip>) = others.iter().partition(|grip| kept.contains_key(&grip.control));
    set.extend(passed.iter().map(|grip| (grip.control.clone(), kept[&grip.control])));
    let left = (1.0 - set.iter().map(|(_, height)| height).sum::<f64>()).max(0.0);
    let parts: Vec<f64> = free.iter().map(|grip| (grip.value)(point)).collect();
    let whole: f64 = parts.iter().sum();
    let even = left / parts.len() as f64;
    let share = |part: f64| if whole > 0.0 { left * part / whole } else { even };
    set.extend(free.iter().zip(parts).filter_map(|(grip, part)| snapped(grip, share(part))));
    set.into_iter().map(|(control, value)| (control, Value::Number(value))).collect()
}

/// The control values after an arrow key on a handle: the handle moves the way the arrow points.
///
/// The first grip of that direction goes a step; others that share the direction follow to where it went.
pub fn press(seen: &Seen, layout: &Layout, handle: &str, arrow: Arrow) -> Vec<(String, Value)> {
    let Some((handle, frame)) = find(seen, layout, handle) else { return Vec::new() };
    let mut grips = handle.grips.iter().filter(|g| g.keys == arrow.direction);
    let Some(first) = grips.next() else { return Vec::new() };
    let Some((value, Some(range))) = seen.control(&first.control).map(|c| (&c.value, c.kind.range())) else {
        return Vec::new();
    };
    let Value::Number(value) = *value else { return Vec::new() };
    let step = if arrow.fine && !range.whole { range.step / 10.0 } else { range.step };
    let moved = value + sense(first, handle.at, frame) * step * f64::from(arrow.steps);
    let snapped = |grip: &Grip, value: f64| {
        Some((grip.control.clone(), seen.control(&grip.control)?.kind.snap(value, arrow.fine)?))
    };
    let mut set: Vec<(String, Value)> = snapped(first, moved).into_iter().collect();
    let to = frame.data(reaching(first, moved, handle.at, frame));
    set.extend(grips.filter_map(|grip| snapped(grip, (grip.value)(to))));
    set
}

/// The pixel, level with a handle or straight above or below it, where a grip gives a value.
fn reaching(grip: &Grip, value: f64, at: Point, frame: &Frame) -> Point {
    let (px, py) = frame.reachable(at);
    let rect = frame.rect();
    let (mut low, mut high) = match grip.keys {
        Direction::Horizontal => ((rect.left, py), (rect.right, py)),
        Direction::Vertical => ((px, rect.bottom), (px, rect.top)),
    };
    let middle = |a: Point, b: Point| ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0);
    let sign = sense(grip, at, frame);
    // Halving the widest panel forty times leaves less than a billionth of a pixel.
    for _ in 0..40 {
        let half = middle(low, high);
        if sign * (grip.value)(frame.data(half)) < sign * value { low = half } else { high = half }
    }
    middle(low, high)
}

/// The value of a control whose slider is moved to `value`: the nearest on its grid of steps.
pub fn slide(seen: &Seen, control: &str, value: f64, fine: bool) -> Vec<(String, Value)> {
    let set = || Some((control.to_owned(), seen.control(control)?.kind.snap(value, fine)?));
    set().into_iter().collect()
}

/// The value of a control so many steps from its present one.
pub fn step(seen: &Seen, control: &str, steps: i32, fine: bool) -> Vec<(String, Value)> {
    let set = || {
        let found = seen.control(control)?;
        let Value::Number(value) = found.value else { return None };
        let range = found.kind.range()?;
        let step = if fine && !range.whole { range.step / 10.0 } else { range.step };
        Some((control.to_owned(), found.kind.snap(value + step * f64::from(steps), fine)?))
    };
    set().into_iter().collect()
}

/// Whether the control grows (1) or shrinks (-1) as the handle moves right or up.
fn sense(grip: &Grip, at: Point, frame: &Frame) -> f64 {
    let (px, py) = frame.reachable(at);
    let away = 4.0;
    let (low, high) = match grip.keys {
        Direction::Horizontal => ((px - away, py), (px + away, py)),
        Direction::Vertical => ((px, py + away), (px, py - away)),
    };
    if (grip.value)(frame.data(low)) > (grip.value)(frame.data(high)) { -1.0 } else { 1.0 }
}

fn find<'a>(seen: &'a Seen, layout: &'a Layout, id: &str) -> Option<(&'a Handle, &'a Frame)> {
    let panels = seen.view.figure.panels().zip(&layout.frames);
    panels.into_iter().find_map(|(panel, frame)| Some((panel.handles.iter().find(|h| h.id == id)?, frame)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Controls, Scene, Values, View};

    fn seen() -> Seen {
        fn view(c: &mut Controls<'_>) -> View {
            c.stepped("mean", "mean", -6.0..=6.0, 0.05, 1.0);
            c.count("modes", "modes", 1..=4, 2);
            c.switch("area", "area", true);
            View::default()
        }
        Scene { id: "one", title: "One", about: "One.", view }.run(&Values::new(), false)
    }

    #[test]
    fn a_slider_stops_on_its_steps_and_at_its_ends() {
        let seen = seen();
        let slid = |control, value, fine| slide(&seen, control, value, fine).pop().map(|(_, v)| v);
        assert_eq!(slid("mean", 0.3333, false), Some(Value::Number(0.35)));
        assert_eq!(slid("mean", 0.3333, true), Some(Value::Number(0.335)));
        assert_eq!(slid("mean", f64::INFINITY, false), Some(Value::Number(6.0)));
        assert_eq!(slid("modes", 2.6, true), Some(Value::Number(3.0)));
        for (control, value) in [("area", 0.0), ("nothing", 0.0), ("mean", f64::NAN)] {
            assert_eq!(slid(control, value, false), None, "{control}");
        }
    }

    #[test]
    fn steps_are_counted_from_the_present_value() {
        let seen = seen();
        let stepped = |control, steps, fine| step(&seen, control, steps, fine).pop().map(|(_, v)| v);
        assert_eq!(stepped("mean", 1, false), Some(Value::Number(1.05)));
        assert_eq!(stepped("mean", -10, true), Some(Value::Number(0.95)));
        assert_eq!(stepped("modes", 10, true), Some(Value::Number(4.0)));
        assert_eq!(stepped("area", 1, false), None);
    }
}
