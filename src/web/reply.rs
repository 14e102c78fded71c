//! Replies: plain JavaScript data.
//!
//! While a reader drags one thing, most of what stands around the figure stays as it was: what was sent before is sent again, the
//! very objects, which the page reads and never changes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::JsValue;

use super::failure::thrown;
use super::memo::Shot;
use super::plain;
use crate::error::Error;
use crate::figure::{self, At, Axis, Direction, Figure, Handle, Panel, Read, Reading, Role, Series, Ticks};
use crate::quantity::{Method, Quantity, Unit};
use crate::scene::{Control, Formula, Goal, Kind, Problem, Readout, Seen, Value};
use crate::scenes;
use crate::text::Text;

type Reply = Result<JsValue, JsValue>;

/// Any serializable value as plain JavaScript data, or what JavaScript is to throw.
pub fn plain<T: Serialize + ?Sized>(value: &T) -> Reply {
    plain::plain(value).map_err(|why| thrown(Error::Reply { why: why.to_string() }))
}

/// The registry.
pub fn scenes() -> Reply {
    #[derive(Serialize)]
    struct Entry {
        id: &'static str,
        title: &'static str,
        about: &'static str,
    }
    let entries: Vec<Entry> = scenes::all().map(|s| Entry { id: s.id, title: s.title, about: s.about }).collect();
    plain(&entries)
}

/// Control values by id.
pub fn values(values: Vec<(String, Value)>) -> Reply {
    plain(&by_id(values))
}

/// What was typed, as the values it sets or the problem it is.
pub fn typed(typed: Result<Vec<(String, Value)>, Problem>, seen: &Seen) -> Reply {
    #[derive(Serialize)]
    struct Js<'a> {
        values: Option<BTreeMap<String, Value>>,
        problem: Option<JsProblem<'a>>,
    }
    match typed {
        Ok(values) => plain(&Js { values: Some(by_id(values)), problem: None }),
        Err(refused) => plain(&Js { values: None, problem: problem(&refused, seen) }),
    }
}

/// Entry by entry: collecting would bring in a sort of its own for each kind of entry.
fn by_id<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(entries);
    map
}

/// What a pointer reads off.
pub fn reading(reading: Option<Reading>) -> Reply {
    #[derive(Serialize)]
    struct Js {
        name: Text,
        number: Option<Text>,
        place: Option<Quantity>,
        values: Vec<(Text, Quantity)>,
    }
    // A place is read off to the width of a line; what is plotted there to the digits that readouts have.
    let within = |share: f64| move |Read { value, unit }| Quantity::bounded(value, share * f64::abs(value)).unit(unit);
    let (at_place, read) = (within(5e-4), within(5e-6));
    plain(&reading.map(|Reading { at, values }| {
        let values = values.into_iter().map(|(name, value)| (name, read(value))).collect();
        match at {
            At::Named(name) => Js { name, number: None, place: None, values },
            At::Numbered(name, number) => Js { name, number: Some(number), place: None, values },
            At::Place(name, place) => Js { name, number: None, place: Some(at_place(place)), values },
        }
    }))
}

/// The places of an axis that have names.
fn named(axis: &Axis) -> &[(f64, Text)] {
    match &axis.ticks {
        Ticks::Named(names) => names,
        Ticks::Round | Ticks::None => &[],
    }
}

/// The plotted series, in the units of the axes.
pub fn table(figure: &Figure, bits: bool) -> Reply {
    #[derive(Serialize)]
    struct Js<'a> {
        id: &'a str,
        panel: &'a Text,
        name: &'a Text,
        x: &'a Text,
        y: &'a Text,
        x_unit: Unit,
        y_unit: Unit,
        x_names: &'a [(f64, Text)],
        y_names: &'a [(f64, Text)],
        crowd: bool,
        points: Vec<(f64, f64)>,
    }
    let series: Vec<Js<'_>> = figure::table(figure)
        .into_iter()
        .map(|Series { panel, name, points, crowd }| {
            let shown = |(x, y)| (panel.x.shown(x, bits), panel.y.shown(y, bits));
            Js {
                id: panel.id,
                panel: &panel.title,
                name,
                x: &panel.x.label,
                y: &panel.y.label,
                x_unit: panel.x.shown_unit(bits),
                y_unit: panel.y.shown_unit(bits),
                x_names: named(&panel.x),
                y_names: named(&panel.y),
                crowd,
                points: points.into_iter().map(shown).collect(),
            }
        })
        .collect();
    plain(&series)
}

/// What was sent last: of which shot, and its lists entry by entry.
#[derive(Default)]
struct Sent {
    shot: Option<Rc<Shot>>,
    controls: Vec<JsValue>,
    readouts: Vec<JsValue>,
    presets: Vec<JsValue>,
    questions: Vec<JsValue>,
}

thread_local! {
    static SENT: RefCell<Sent> = RefCell::default();
}

/// The entries as JavaScript data, `told` being what is told of each: those that were `sent`, and anew what was not so
/// `before`.
fn again<'a, T, J: PartialEq + Serialize>(
    entries: &'a [T],
    before: Option<&'a [T]>,
    sent: &mut Vec<JsValue>,
    told: fn(&'a T) -> J,
) -> Result<Array, JsValue> {
    let before = before.unwrap_or_default();
    sent.truncate(entries.len());
    for (i, entry) in entries.iter().enumerate() {
        let entry = told(entry);
        match sent.get_mut(i) {
            Some(_) if before.get(i).is_some_and(|before| told(before) == entry) => {}
            Some(js) => *js = plain(&entry)?,
            None => sent.push(plain(&entry)?),
        }
    }
    Ok(sent.iter().collect())
}

#[derive(Serialize)]
struct Frame<'a> {
    height: f64,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    controls: Array,
    values: BTreeMap<&'a str, &'a Value>,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    readouts: Array,
    description: &'a Text,
    formulas: &'a [Formula],
    #[serde(with = "serde_wasm_bindgen::preserve")]
    presets: Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    questions: Array,
    goals: &'a [Goal],
    counts_in: Option<Unit>,
    panels: Vec<JsPanel<'a>>,
    handles: Vec<JsHandle<'a>>,
    problems: Vec<JsProblem<'a>>,
}

#[derive(PartialEq, Serialize)]
struct JsControl<'a> {
    id: &'a str,
    label: &'a Text,
    #[serde(flatten)]
    kind: &'a Kind,
    default: &'a Value,
    value: &'a Value,
    group: &'a Text,
    role: Role,
    active: bool,
}

#[derive(PartialEq, Serialize)]
struct JsReadout<'a> {
    id: &'a str,
    group: &'a Text,
    label: &'a Text,
    #[serde(flatten)]
    quantity: &'a Quantity,
    method: Option<Method>,
    /// How far off it may be as it is shown, where that is more than rounding.
    within: Option<f64>,
    cause: &'a Option<Text>,
    role: Role,
}

#[derive(Serialize)]
struct JsPanel<'a> {
    id: &'a str,
    title: &'a Text,
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

#[derive(Serialize)]
struct JsHandle<'a> {
    id: &'a str,
    panel: &'a str,
    swept: bool,
    free: bool,
    label: &'a Text,
    role: Role,
    x: f64,
    y: f64,
    grips: Vec<JsGrip<'a>>,
}

#[derive(Serialize)]
struct JsGrip<'a> {
    control: &'a str,
    keys: &'static str,
}

#[derive(Serialize)]
struct JsProblem<'a> {
    field: &'a str,
    /// The control's name for people; nothing where the scene has no such control.
    label: Option<&'a Text>,
    value: &'a str,
    rule: &'a Text,
}

/// All that a page shows around a figure.
pub fn frame(shot: &Rc<Shot>) -> Reply {
    let view = &shot.seen.view;
    let placed = || view.figure.panels().zip(&shot.layout.frames);
    // Where a list can't be made, nothing counts as sent.
    let Sent { shot: before, mut controls, mut readouts, mut presets, mut questions } = SENT.take();
    let seen = before.as_ref().map(|before| &before.seen);
    let was = seen.map(|seen| &seen.view);
    let reply = plain(&Frame {
        height: shot.layout.height,
        controls: again(&shot.seen.controls, seen.map(|s| &*s.controls), &mut controls, control)?,
        values: by_id(shot.seen.controls.iter().map(|c| (c.id.as_str(), &c.value))),
        readouts: again(&view.readouts, was.map(|v| &*v.readouts), &mut readouts, readout)?,
        description: &view.description,
        formulas: &view.formulas,
        presets: again(&view.presets, was.map(|v| &*v.presets), &mut presets, |p| p)?,
        questions: again(&view.questions, was.map(|v| &*v.questions), &mut questions, |q| q)?,
        goals: &view.goals,
        counts_in: view.counts_in,
        panels: placed().map(|(p, f)| panel(p, f)).collect(),
        handles: placed().flat_map(|(p, f)| p.handles.iter().map(|h| handle(h, p, f))).collect(),
        problems: shot.seen.problems.iter().filter_map(|p| problem(p, &shot.seen)).collect(),
    })?;
    SENT.set(Sent { shot: Some(Rc::clone(shot)), controls, readouts, presets, questions });
    Ok(reply)
}

fn control(c: &Control) -> JsControl<'_> {
    JsControl {
        id: &c.id,
        label: &c.label,
        kind: &c.kind,
        default: &c.default,
        value: &c.value,
        group: &c.group,
        role: c.role,
        active: c.active,
    }
}

fn readout(r: &Readout) -> JsReadout<'_> {
    JsReadout {
        id: &r.id,
        group: &r.group,
        label: &r.label,
        quantity: &r.quantity,
        method: r.method,
        within: r
            .method
            .filter(|m| m.is_approximate() && r.quantity.value.is_finite() && r.quantity.error > 0.0)
            .map(|_| r.quantity.shown_error()),
        cause: &r.cause,
        role: r.role,
    }
}

fn panel<'a>(panel: &'a Panel, frame: &figure::Frame) -> JsPanel<'a> {
    let figure::Frame { left, top, width, height, .. } = *frame;
    JsPanel { id: panel.id, title: &panel.title, left, top, width, height }
}

fn handle<'a>(handle: &'a Handle, panel: &'a Panel, frame: &figure::Frame) -> JsHandle<'a> {
    let (x, y) = frame.reachable(handle.at);
    let grips = handle
        .grips
        .iter()
        .map(|g| JsGrip {
            control: &g.control,
            keys: match g.keys {
                Direction::Horizontal => "horizontal",
                Direction::Vertical => "vertical",
            },
        })
        .collect();
    JsHandle {
        id: &handle.id,
        panel: panel.id,
        swept: handle.swept,
        free: handle.free,
        label: &handle.label,
        role: handle.role,
        x,
        y,
        grips,
    }
}

fn problem<'a>(problem: &'a Problem, seen: &'a Seen) -> Option<JsProblem<'a>> {
    match problem {
        Error::BadParameter { field, value, rule } => {
            Some(JsProblem { field, label: seen.control(field).map(|c| &c.label), value, rule })
        }
        Error::UnknownScene { .. } | Error::Uncomputed | Error::Drawing { .. } | Error::Reply { .. } => None,
    }
}
