//! Grabbing: what a pointer or an arrow key on a handle does to the controls.

use std::collections::BTreeMap;

use super::Seen;
use super::controls::{Control, Tie};
use super::shares::given_way;
use super::typed::{self, Signs};
use super::value::{Problem, Value};
use crate::error::Error;
use crate::figure::{Direction, Frame, Grip, Handle, Layout, Point};
use crate::text::Text;

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

/// The control values where a handle is dragged `by` so many pixels from where it stands in what is `seen`; nothing if
/// there is no such handle, or it is not moved.
///
/// A drag is told by where it began and where it is, and not by what came between. So coming back gives everything
/// back, whatever was set off the sliders' grids too. `along` is the one direction that it keeps to, if it keeps to one.
pub fn drag(
    seen: &Seen,
    layout: &Layout,
    handle: &str,
    by: Point,
    along: Option<Direction>,
    fine: bool,
) -> Vec<(String, Value)> {
    let Some((handle, frame)) = find(seen, layout, handle) else { return Vec::new() };
    let (x, y) = frame.reachable(handle.at);
    let moved = handle.grips.iter().filter(|grip| along.is_none_or(|along| along == grip.keys)).filter_map(|grip| {
        let to = match grip.keys {
            Direction::Horizontal if by.0 != 0.0 => (x + by.0, y),
            Direction::Vertical if by.1 != 0.0 => (x, y + by.1),
            Direction::Horizontal | Direction::Vertical => return None,
        };
        snapped(seen, &grip.control, (grip.value)(frame.data(to)), fine)
    });
    with_ties(seen, moved.collect())
}

/// The control values where a sweep has `drawn` bars, by their handles, to heights in pixels; nothing where all of them
/// stand at those heights already. As a drag, it is told by where it began.
pub fn sweep(seen: &Seen, layout: &Layout, drawn: &BTreeMap<String, f64>, fine: bool) -> Vec<(String, Value)> {
    let (mut moved, mut set) = (false, Vec::new());
    for (id, y) in drawn {
        let Some((handle, frame)) = find(seen, layout, id) else { continue };
        let Some(grip) = handle.grips.first() else { continue };
        let (x, from) = frame.reachable(handle.at);
        moved |= *y != from;
        set.extend(snapped(seen, &grip.control, (grip.value)(frame.data((x, *y))), fine));
    }
    if moved { with_ties(seen, set) } else { Vec::new() }
}

/// The control values after an arrow key on a handle: the handle moves the way the arrow points.
pub fn press(seen: &Seen, layout: &Layout, handle: &str, arrow: Arrow) -> Vec<(String, Value)> {
    let Some((handle, frame)) = find(seen, layout, handle) else { return Vec::new() };
    let Some(grip) = handle.grips.iter().find(|g| g.keys == arrow.direction) else { return Vec::new() };
    let way = if sense(grip, handle.at, frame) > 0.0 { 1 } else { -1 };
    step(seen, &grip.control, way * arrow.steps, arrow.fine)
}

/// The values where the slider of a control is moved to `value`: the nearest on its grid of steps.
pub fn slide(seen: &Seen, control: &str, value: f64, fine: bool) -> Vec<(String, Value)> {
    with_ties(seen, snapped(seen, control, value, fine).into_iter().collect())
}

/// The values where a control is moved so many steps from its present one.
pub fn step(seen: &Seen, control: &str, steps: i32, fine: bool) -> Vec<(String, Value)> {
    let moved = || {
        let range = seen.control(control)?.kind.range()?;
        let step = if fine && !range.whole { range.step / 10.0 } else { range.step };
        snapped(seen, control, present(seen, control)? + step * f64::from(steps), fine)
    };
    with_ties(seen, moved().into_iter().collect())
}

/// The values where a number is typed for a control, in the language with these `signs`.
///
/// # Errors
/// Names the control, what was typed and the rule that it breaks.
pub fn typed(seen: &Seen, control: &str, words: &str, signs: &Signs) -> Result<Vec<(String, Value)>, Problem> {
    let refuse = |rule: Text| Error::bad(control, words.trim(), rule);
    let kind = &seen.control(control).ok_or_else(|| refuse("is set, but this scene has no such control".into()))?.kind;
    let number = typed::number(words, signs).map_err(refuse)?;
    let Value::Number(number) = kind.read(control, &number.into())? else { return Ok(Vec::new()) };
    Ok(followed(seen, BTreeMap::from([(control.to_owned(), number)])))
}

/// What moving a control to `value` makes of it, on its grid of steps.
fn snapped(seen: &Seen, control: &str, value: f64, fine: bool) -> Option<(String, f64)> {
    match seen.control(control)?.kind.snap(value, fine)? {
        Value::Number(value) => Some((control.to_owned(), value)),
        Value::Text(_) | Value::Switch(_) => None,
    }
}

/// The number that a control has; that of a part of a whole is its share.
fn present(seen: &Seen, control: &str) -> Option<f64> {
    let control = seen.control(control)?;
    let value = number(control)?;
    let Tie::Share(ids) = &control.tie else { return Some(value) };
    Some(value / ids.iter().filter_map(|id| number(seen.control(id)?)).sum::<f64>())
}

const fn number(control: &Control) -> Option<f64> {
    match control.value {
        Value::Number(value) => Some(value),
        Value::Text(_) | Value::Switch(_) => None,
    }
}

/// The values that were moved, and those of what is tied to them.
fn with_ties(seen: &Seen, moved: Vec<(String, f64)>) -> Vec<(String, Value)> {
    let mut set: BTreeMap<String, f64> = moved.into_iter().collect();
    let moved: Vec<&Control> = set.keys().filter_map(|id| seen.control(id)).collect();
    let mut wholes: Vec<&[String]> = Vec::new();
    for control in moved {
        if let Tie::Share(ids) = &control.tie
            && !wholes.contains(&&**ids)
        {
            wholes.push(ids);
        }
    }
    for ids in wholes {
        let part = |id: &String| Some((id.clone(), number(seen.control(id)?)?));
        let parts: Vec<(String, f64)> = ids.iter().filter_map(part).collect();
        let all = given_way(&parts, &set);
        set.extend(all);
    }
    followed(seen, set)
}

/// The values that are set, and those of the controls that are no more than one of them.
fn followed(seen: &Seen, mut set: BTreeMap<String, f64>) -> Vec<(String, Value)> {
    for control in &seen.controls {
        let Tie::AtMost(whole) = &control.tie else { continue };
        let own = set.get(&control.id).copied().or_else(|| number(control));
        if let (Some(own), Some(&whole)) = (own, set.get(whole))
            && own > whole
        {
            set.insert(control.id.clone(), whole);
        }
    }
    set.into_iter().map(|(control, value)| (control, Value::Number(value))).collect()
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
    use crate::error::Result;
    use crate::scene::{Controls, Scene, Values, View};

    fn seen() -> Seen {
        fn view(c: &mut Controls<'_>) -> Result<View> {
            c.stepped("mean", "mean", -6.0..=6.0, 0.05, 1.0);
            c.count("modes", "modes", 1..=4, 2);
            c.switch("area", "area", true);
            Ok(View::default())
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
