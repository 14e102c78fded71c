//! Every scene on a grid of round, equal, symmetric and extreme settings: what people choose, and where faults live that no
//! random state meets. A state may cost so many evaluations and so many points, and no number of it is NaN. Nothing is
//! timed: `kl_explorer::numeric::effort` counts.

mod walk;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use kl_explorer::figure::{Look, Theme, svg};
use kl_explorer::numeric::effort::spent;
use kl_explorer::scene::{Control, Scene, Value, Values, View};
use kl_explorer::scenes;
use kl_explorer::text::Text;

use walk::{ends, numbers};

/// The most evaluations that one state may cost when nothing is known of the one before. What needs most is family with
/// two narrow modes far apart: its grid has 1500 nodes then, and is summed over some 240 times for its two chains of 49 fits
/// and a hundred times for its curves. The next scene needs 305,000.
const EVALUATIONS: u64 = 550_000;

/// The most points of a figure's marks, and the most bytes of it drawn: twice what any state needs.
const POINTS: usize = 20_000;
const BYTES: usize = 400_000;

/// The most positions that are tried of one slider, and the most pairs of one scene.
const POSITIONS: usize = 201;
const PAIRS: usize = 2500;

/// One state in so many is drawn, and all that presets and links lead to.
const DRAWN: usize = 8;

/// States in which something ran away once, or nearly.
const LINKS: &[&str] = &[
    "mean-field?target=two&rho=0",
    "mean-field?target=two&gap_x=3&gap_y=3",
    "mean-field?target=two&rho=-0.6&gap_x=0.5&gap_y=0.5",
    "mean-field?target=two&gap_x=1.5&gap_y=-1&rho=0.05",
    "family?weight=0.8&alpha=1&p1_sd=0.3&p2_sd=0.75&p1_mean=0&p2_mean=4",
    "family?weight=0.95&p1_mean=4&p1_sd=0.3&p2_sd=0.39&alpha=1.55",
    "family?p1_sd=0.7",
    "two-fits?modes=4&p1_sd=0.05&p2_sd=0.05&p3_sd=0.05&p4_sd=0.05&family=fixed&q_sd=5.5",
    "two-fits?modes=4&p1_sd=0.05",
    "two-fits?modes=4&p1_sd=0.05&p2_sd=0.05&p3_sd=0.05&p4_sd=0.05&p1_mean=-10&p2_mean=0&p3_mean=10&p4_mean=-5",
];

struct State {
    scene: &'static Scene,
    values: Values,
    drawn: bool,
}

/// What a state took.
struct Cost {
    evaluations: u64,
    points: usize,
    bytes: usize,
}

fn with(base: &Values, pairs: impl IntoIterator<Item = (String, Value)>) -> Values {
    let mut values = base.clone();
    values.extend(pairs);
    values
}

/// All positions of a slider, thinned to [`POSITIONS`]; all options of a choice.
fn positions(control: &Control) -> Vec<Value> {
    let Some(range) = control.kind.range() else { return ends(&control.kind) };
    let count = ((range.max - range.min) / range.step).round() as usize;
    let stride = count.div_ceil(POSITIONS - 1).max(1);
    let places = (-range.step.log10().floor()).max(0.0) as usize;
    let at = |i: usize| format!("{:.places$}", (range.min + range.step * i as f64).min(range.max)).as_str().into();
    (0..=count).step_by(stride).map(at).chain([range.max.into()]).collect()
}

/// The round values of a control: both ends, the middle, 0, 1 and −1.
fn round(control: &Control) -> Vec<Value> {
    let Some(range) = control.kind.range() else { return ends(&control.kind) };
    let middle = 0.5 * (range.min + range.max);
    let middle = if range.whole { middle.floor() } else { middle };
    let mut values: Vec<f64> = vec![range.min, middle, 0.0, 1.0, -1.0, range.max];
    values.retain(|v| (range.min..=range.max).contains(v));
    values.sort_by(f64::total_cmp);
    values.dedup();
    values.into_iter().map(Value::from).collect()
}

/// Equal and opposite settings of two controls that take the same numbers.
fn alike(a: &Control, b: &Control) -> Vec<(Value, Value)> {
    let (Some(range), Value::Number(first), Value::Number(second)) = (a.kind.range(), &a.default, &b.default) else {
        return Vec::new();
    };
    if b.kind.range() != Some(range) {
        return Vec::new();
    }
    let pairs = [*first, *second].into_iter().flat_map(|v| [(v, v), (v, -v), (-v, v)]);
    let within = |v: f64| (range.min..=range.max).contains(&v);
    pairs.filter(|(a, b)| within(*a) && within(*b)).map(|(a, b)| (a.into(), b.into())).collect()
}

fn states(scene: &'static Scene) -> Vec<State> {
    let seen = scene.run(&Values::new(), false);
    let presets: Vec<Values> = seen.view.presets.iter().map(|p| p.values.iter().cloned().collect()).collect();
    let controls = seen.controls;
    let mut all: Vec<Values> = vec![Values::new()];
    // Every preset, with every option of every choice, and with every other preset's settings on top.
    for preset in &presets {
        all.push(preset.clone());
        for control in controls.iter().filter(|c| c.kind.range().is_none()) {
            all.extend(ends(&control.kind).into_iter().map(|value| with(preset, [(control.id.clone(), value)])));
        }
        all.extend(presets.iter().map(|other| with(preset, other.clone())));
    }
    let bases: Vec<Values> = {
        let mut bases = all.clone();
        for control in controls.iter().filter(|c| c.kind.range().is_none()) {
            bases.extend(ends(&control.kind).into_iter().map(|value| Values::from([(control.id.clone(), value)])));
        }
        bases.sort_by_key(|values| format!("{values:?}"));
        bases.dedup();
        bases
    };
    let named = all.len();
    for control in &controls {
        all.extend(positions(control).into_iter().map(|value| Values::from([(control.id.clone(), value)])));
    }
    let mut pairs = Vec::new();
    for base in &bases {
        for (i, a) in controls.iter().enumerate() {
            for b in &controls[i + 1..] {
                let crossed = round(a).into_iter().flat_map(|x| round(b).into_iter().map(move |y| (x.clone(), y)));
                let both = |(x, y)| with(base, [(a.id.clone(), x), (b.id.clone(), y)]);
                pairs.extend(crossed.chain(alike(a, b)).map(both));
            }
        }
    }
    // A stride that shares no factor with the numbers of values visits all of them in turn.
    let mut stride = pairs.len().div_ceil(PAIRS).max(1);
    while stride > 1 && [2, 3, 5, 7].iter().any(|factor| stride % factor == 0) {
        stride += 1;
    }
    all.extend(pairs.into_iter().step_by(stride));
    let drawn = |at: usize| at < named || at.is_multiple_of(DRAWN);
    all.into_iter().enumerate().map(|(at, values)| State { scene, values, drawn: drawn(at) }).collect()
}

/// Runs a state as the first one there is, and says what it took or what is wrong with it.
fn cost(state: &State) -> Result<Cost, String> {
    let before = spent();
    let View { figure, readouts, .. } = state.scene.run(&state.values, false).view;
    let evaluations = spent() - before;
    if let Some(readout) = readouts.iter().find(|r| r.quantity.value.is_nan() || r.quantity.error.is_nan()) {
        return Err(format!("{} is {:?}", readout.id, readout.quantity));
    }
    if figure.rows.is_empty() {
        return Err("nothing is drawn".to_owned());
    }
    let mut points = 0;
    for mark in figure.panels().flat_map(|p| &p.marks) {
        let numbers = numbers(mark);
        if numbers.iter().any(|v| v.is_nan()) {
            return Err(format!("NaN in {mark:?}"));
        }
        points += numbers.len() / 2;
    }
    let mut bytes = 0;
    if state.drawn {
        let look = Look::new(Theme::light());
        let drawn = svg(&figure, 720.0, &look, "", "", &Text::english).map_err(|e| e.to_string())?;
        if drawn.contains("NaN") {
            return Err("NaN is drawn".to_owned());
        }
        bytes = drawn.len();
    }
    if evaluations > EVALUATIONS || points > POINTS || bytes > BYTES {
        return Err(format!("{evaluations} evaluations, {points} points, {bytes} bytes"));
    }
    Ok(Cost { evaluations, points, bytes })
}

/// The state as a link.
fn link(state: &State) -> String {
    let pairs: Vec<String> = state.values.iter().map(|(id, value)| format!("{id}={}", value.written())).collect();
    format!("{}?{}", state.scene.id, pairs.join("&"))
}

/// The largest of a scene's counts, each with the state that has it.
#[derive(Default)]
struct Largest {
    states: usize,
    counts: [(u64, String); 3],
}

fn walk(all: &[State]) {
    let next = AtomicUsize::new(0);
    let found: Mutex<BTreeMap<&str, Largest>> = Mutex::default();
    let wrong: Mutex<Vec<String>> = Mutex::default();
    let work = || {
        while let Some(state) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            // A thread of its own has nothing in mind of the state before.
            let result = thread::scope(|scope| scope.spawn(|| cost(state)).join());
            match result.unwrap_or_else(|_| Err("it panics".to_owned())) {
                Err(fault) => wrong.lock().expect("no panic").push(format!("{}: {fault}", link(state))),
                Ok(Cost { evaluations, points, bytes }) => {
                    let mut found = found.lock().expect("no panic");
                    let largest = found.entry(state.scene.id).or_default();
                    largest.states += 1;
                    for (slot, count) in largest.counts.iter_mut().zip([evaluations, points as u64, bytes as u64]) {
                        if count > slot.0 {
                            *slot = (count, link(state));
                        }
                    }
                }
            }
        }
    };
    let workers = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
    let found = found.into_inner().expect("no panic");
    for (id, largest) in &found {
        let [evaluations, points, bytes] = &largest.counts;
        println!("{id}: {} states; {} evaluations at {}", largest.states, evaluations.0, evaluations.1);
        println!("    {} points at {}; {} bytes at {}", points.0, points.1, bytes.0, bytes.1);
    }
    let states: usize = found.values().map(|largest| largest.states).sum();
    println!("{} scenes, {states} states", found.len());
    let wrong = wrong.into_inner().expect("no panic");
    assert!(wrong.is_empty(), "{} of {} states:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

#[test]
fn no_state_of_any_scene_costs_more_than_it_may() {
    let mut all: Vec<State> = LINKS
        .iter()
        .map(|link| {
            let (id, query) = link.split_once('?').expect("a link has values");
            let scene = scenes::all().find(|scene| scene.id == id).expect("registered");
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            State { scene, values: pairs.map(|(id, v)| (id.to_owned(), v.into())).collect(), drawn: true }
        })
        .collect();
    all.extend(scenes::all().flat_map(states));
    walk(&all);
}
