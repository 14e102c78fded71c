//! What a figure shows agrees with its numbers, in every preset and question of every scene and with each control at either
//! end: an infinite bar is seen to be infinite, lengths are to scale, every name stands at its own bar, and a pointer reads off
//! what it points at.

mod walk;

use kl_explorer::figure::{
    At, Axis, Bar, Figure, Frame, Layout, Look, Mark, Panel, Read, Scale, Theme, Ticks, probe, svg,
};
use kl_explorer::scene::{Scene, Values};
use kl_explorer::scenes::{self, find};
use kl_explorer::text::Text;

use walk::{at_ends, ruler};

fn lay(figure: &Figure, width: f64, look: &Look) -> Layout {
    Layout::new(figure, width, look, &ruler, &Text::english)
}

/// The default state, presets and questions, and each control at either end or at each of its options.
fn states(scene: &Scene) -> Vec<(String, Values, bool)> {
    let seen = scene.run(&Values::new(), false);
    let presets = seen.view.presets.into_iter().map(|p| (p.id.to_owned(), p.values.into_iter().collect(), false));
    let questions = seen.view.questions.into_iter().map(|q| (q.id.to_owned(), q.values.into_iter().collect(), true));
    let mut all: Vec<_> = presets.chain(questions).collect();
    all.push(("default".to_owned(), Values::new(), false));
    all.extend(at_ends(scene).into_iter().map(|values| (format!("{values:?}"), values, false)));
    all
}

/// Calls `check` with every state's figure, and gives how many there were.
fn every_figure(mut check: impl FnMut(&str, &Figure)) -> usize {
    let mut count = 0;
    for scene in scenes::all() {
        for (name, values, asked) in states(scene) {
            check(&format!("{} {name}", scene.id), &scene.run(&values, asked).view.figure);
            count += 1;
        }
    }
    assert!(count > 10 * scenes::all().count());
    count
}

fn bars(panel: &Panel) -> impl Iterator<Item = (&Text, &Bar)> {
    panel.marks.iter().flat_map(|mark| match mark {
        Mark::Bars { name, bars, .. } => bars.iter().map(|bar| (name, bar)).collect(),
        _ => Vec::new(),
    })
}

/// Where a bar begins and ends along its axis.
fn ends(panel: &Panel, bar: &Bar) -> (f64, f64) {
    if panel.lies() { (bar.from, bar.to) } else { (bar.base, bar.top) }
}

fn along(panel: &Panel) -> &Axis {
    if panel.lies() { &panel.x } else { &panel.y }
}

#[test]
fn an_infinite_bar_is_torn_and_signed_and_none_beside_it_reaches_its_tear() {
    let mut infinite = 0;
    every_figure(|state, figure| {
        let mut signs = 0;
        for panel in figure.panels() {
            let endless = bars(panel).filter(|(_, bar)| ends(panel, bar).1.is_infinite()).count();
            signs += endless;
            for (name, bar) in bars(panel).filter(|(_, bar)| endless > 0 && ends(panel, bar).1.is_finite()) {
                let position = along(panel).position(ends(panel, bar).1);
                assert!(position <= 0.86, "{state}: {} is at {position} beside something infinite", name.english());
            }
        }
        for width in [343.0, 810.0] {
            let picture = svg(figure, width, &Look::new(Theme::light()), "", "", &Text::english).expect("drawn");
            let drawn = picture.split("<text ").filter(|text| text.contains(">\n∞\n</text>")).count();
            assert!(drawn >= signs, "{state} at {width}: {drawn} signs for {signs} infinite bars");
        }
        infinite += signs;
    });
    println!("{infinite} infinite bars");
    assert!(infinite >= 20, "{infinite}");
}

#[test]
fn bars_of_one_panel_are_as_long_as_their_numbers_say_and_none_is_cut() {
    let look = Look::new(Theme::light());
    every_figure(|state, figure| {
        for (panel, frame) in figure.panels().zip(&lay(figure, 720.0, &look).frames) {
            let axis = along(panel);
            for (name, bar) in bars(panel) {
                let (start, end) = ends(panel, bar);
                assert_eq!(axis.scale, Scale::Linear, "{state}: lengths on a scale of ratios tell no numbers");
                if !end.is_finite() {
                    continue;
                }
                let slack = 1e-9 * (axis.high - axis.low);
                let within = |v: f64| v >= axis.low - slack && v <= axis.high + slack;
                assert!(within(start) && within(end), "{state}: {} of {} is cut", name.english(), panel.id);
                let pixel = |v: f64| if panel.lies() { frame.pixel((v, 0.0)).0 } else { -frame.pixel((0.0, v)).1 };
                let whole = if panel.lies() { frame.width } else { frame.height };
                let want = (end - start) / (axis.high - axis.low) * whole;
                assert!((pixel(end) - pixel(start) - want).abs() < 1e-6, "{state}: {}", name.english());
            }
        }
    });
}

#[test]
fn no_way_between_coins_is_drawn_that_is_not_as_long_as_it_costs() {
    let scene = find("not-a-distance").expect("registered");
    let mut shorter = 0;
    for (name, values, asked) in states(scene) {
        let view = scene.run(&values, asked).view;
        for panel in view.figure.panels().filter(|panel| panel.id == "coins") {
            assert!(panel.marks.is_empty(), "{name}: a way across the lanes has a length of its own");
        }
        let Some(ways) = view.figure.panels().find(|panel| panel.id == "ways") else { continue };
        let value = |id: &str| view.readouts.iter().find(|r| r.id == id).expect("shown").quantity.value;
        let (straight, detour) = (value("straight"), value("detour"));
        let drawn = |at: f64| {
            let of = bars(ways).filter(|(_, bar)| (0.5 * (bar.from + bar.to) - at).abs() < 0.1);
            of.map(|(_, bar)| bar.top).fold(0.0, f64::max)
        };
        assert_eq!((drawn(0.0), drawn(1.0)), (straight, detour), "{name}");
        shorter += usize::from(detour < straight);
    }
    assert!(shorter >= 2, "{shorter}");
}

/// The names of an axis.
fn names(axis: &Axis) -> &[(f64, Text)] {
    match &axis.ticks {
        Ticks::Named(names) => names,
        Ticks::Round | Ticks::None => &[],
    }
}

/// What is wrong with the names of one panel: sentences.
fn misplaced(panel: &Panel, frame: &Frame, look: &Look) -> Vec<String> {
    let mut faults = Vec::new();
    let wanted = names(&panel.x);
    if frame.names.len() != wanted.len() || frame.row_names.len() != names(&panel.y).len() {
        faults.push("a name is missing".to_owned());
    }
    let places: Vec<f64> = wanted.iter().map(|(at, _)| frame.pixel((*at, panel.y.low)).0 - frame.left).collect();
    let mut boxes: Vec<(f64, f64, f64)> = Vec::new();
    for ((name, (_, text)), place) in frame.names.iter().zip(wanted).zip(&places) {
        let nearest = places.iter().map(|other| (other - name.middle).abs()).fold(f64::INFINITY, f64::min);
        let words = text.english();
        if (place - name.middle).abs() > nearest + 1e-9 {
            faults.push(format!("\"{words}\" stands at another's bar"));
        }
        let joined = name.lines.join(" ");
        let whole = joined.trim_start();
        let kept = whole.trim_end_matches('…');
        if !(whole == words
            || whole.ends_with('…') && !kept.is_empty() && words.starts_with(&kept[..kept.len().min(3)]))
        {
            faults.push(format!("\"{words}\" has become \"{whole}\""));
        }
        let size = 12.5 * look.scale * name.size;
        // Two letters are the least that there is of a name, however narrow its bar.
        if whole.chars().count() > 2 {
            for (i, line) in name.lines.iter().enumerate() {
                let half = ruler(line, size) / 2.0;
                boxes.push((name.middle - half, name.middle + half, i as f64));
            }
        }
    }
    let meet = |a: &(f64, f64, f64), b: &(f64, f64, f64)| a.2 == b.2 && a.0 + 1e-9 < b.1 && b.0 + 1e-9 < a.1;
    if boxes.iter().enumerate().any(|(i, a)| boxes[i + 1..].iter().any(|b| meet(a, b))) {
        faults.push("names run into each other".to_owned());
    }
    let mut rows: Vec<f64> = names(&panel.y).iter().map(|(at, _)| frame.pixel((panel.x.low, *at)).1).collect();
    rows.sort_by(f64::total_cmp);
    let high = frame.row_names.iter().map(|name| 12.5 * look.scale * name.size * 0.72).fold(0.0, f64::max);
    if rows.windows(2).any(|pair| pair[1] - pair[0] < high) {
        faults.push("names of rows run into each other".to_owned());
    }
    faults
}

/// Widths of figures on pages, and width, height and type of figures on the screens of lectures, less what is around them.
fn sizes() -> Vec<(f64, Look)> {
    let plain = Look::new(Theme::light());
    let mut all: Vec<(f64, Look)> =
        (0..=16).map(|i| (300.0 + 100.0 * f64::from(i), plain.clone())).chain([(343.0, plain.clone())]).collect();
    for (width, height) in [(1024.0, 768.0), (1280.0, 720.0), (1280.0, 800.0), (1920.0, 1080.0)] {
        let font = 0.031 * height;
        for rest in [7.0, 10.0] {
            let look = Look { scale: 1.28 * font / 16.0, height: Some(height - rest * font), ..plain.clone() };
            all.push((width - 1.5 * font, look));
        }
    }
    all
}

#[test]
fn every_name_stands_at_its_own_bar_at_every_size() {
    let mut faults = Vec::new();
    let (mut seen, mut shortened) = (0, Vec::new());
    every_figure(|state, figure| {
        for (width, look) in sizes() {
            for (panel, frame) in figure.panels().zip(&lay(figure, width, &look).frames) {
                let found = misplaced(panel, frame, &look);
                seen += frame.names.len() + frame.row_names.len();
                let size = format!("{state} {} at {width} × {:?}", panel.id, look.height);
                faults.extend(found.into_iter().map(|fault| format!("{size}: {fault}")));
                let short =
                    frame.names.iter().chain(&frame.row_names).filter(|name| name.lines.concat().ends_with('…'));
                shortened.extend(short.map(|name| format!("{size}: {}", name.lines.join(" "))));
            }
        }
    });
    println!("{seen} names, {} shortened: {:#?}", shortened.len(), &shortened[..shortened.len().min(20)]);
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(40)].join("\n"));
    assert!(seen > 10_000 && shortened.len() * 100 < seen, "{} of {seen} are shortened", shortened.len());
}

#[test]
fn the_tiles_of_weather_and_ice_cream_keep_their_names_on_a_large_screen() {
    let figure = find("mutual-information").expect("registered").run(&Values::new(), false).view.figure;
    let look = Look { scale: 1.28 * 33.48 / 16.0, height: Some(800.0), ..Look::new(Theme::light()) };
    let layout = lay(&figure, 1870.0, &look);
    let (panel, frame) = figure.panels().zip(&layout.frames).find(|(panel, _)| panel.id == "terms").expect("there");
    let rows: Vec<String> = frame.row_names.iter().map(|name| name.lines.concat()).collect();
    assert_eq!(rows, ["sun, ice cream", "sun, none", "rain, ice cream", "rain, none", "I, the sum"]);
    let bars: Vec<f64> = bars(panel).map(|(_, bar)| 0.5 * (bar.base + bar.top)).collect();
    for (name, row) in frame.row_names.iter().zip(bars) {
        assert!((name.at - row).abs() < 1e-9);
    }
}

fn read(figure: &Figure, at: (f64, f64), bits: bool) -> Option<(At, Vec<(String, f64)>)> {
    let reading = probe(figure, &lay(figure, 720.0, &Look::new(Theme::light())), at, bits)?;
    let values = reading.values.into_iter().map(|(name, Read { value, .. })| (name.english(), value)).collect();
    Some((reading.at, values))
}

fn words(at: &At) -> String {
    match at {
        At::Named(name) => name.english(),
        At::Numbered(what, number) => format!("{} {}", what.english(), number.english()),
        At::Place(what, _) => what.english(),
    }
}

#[test]
fn a_pointer_over_a_bar_reads_its_name_and_its_number() {
    let (mut read_off, mut panels) = (0, std::collections::BTreeSet::new());
    every_figure(|state, figure| {
        let layout = lay(figure, 720.0, &Look::new(Theme::light()));
        for (panel, frame) in figure.panels().zip(&layout.frames).filter(|(panel, _)| !panel.tiled) {
            let across = panel.lies();
            let axis = if across { &panel.y } else { &panel.x };
            for (name, bar) in bars(panel) {
                let middle = if across { 0.5 * (bar.base + bar.top) } else { 0.5 * (bar.from + bar.to) };
                let nearest = |v: &&(f64, Text)| (v.0 - middle).abs();
                let Some((_, outcome)) = names(axis).iter().min_by(|a, b| nearest(a).total_cmp(&nearest(b))) else {
                    continue;
                };
                // Where no dot is in the way.
                let at =
                    frame.pixel(if across { (panel.x.value(0.97), middle) } else { (middle, panel.y.value(0.97)) });
                let Some((place, values)) = read(figure, at, false) else { panic!("{state} {}: nothing", panel.id) };
                assert!(words(&place).ends_with(&outcome.english()), "{state} {}: {place:?}", panel.id);
                let (start, end) = ends(panel, bar);
                let length = if across && start < 0.0 && end <= 0.0 { start - end } else { end - start };
                let told = values
                    .iter()
                    .any(|(of, value)| *of == name.english() && (*value == length || (value - length).abs() < 1e-12));
                assert!(told, "{state} {} {}: {length} is not among {values:?}", panel.id, name.english());
                read_off += 1;
                panels.insert((state.split(' ').next().unwrap_or_default().to_owned(), panel.id));
            }
        }
    });
    println!("{read_off} bars in {} panels", panels.len());
    assert!(panels.len() >= 15, "{panels:?}");
}

#[test]
fn a_pointer_reads_what_it_is_over_and_not_what_is_beside_it() {
    let figure = |scene: &str, values: &[(&str, f64)]| {
        let values = values.iter().map(|(id, value)| ((*id).to_owned(), (*value).into())).collect();
        find(scene).expect("registered").run(&values, false).view.figure
    };
    let over = |figure: &Figure, panel: &str, at: (f64, f64), bits: bool| {
        let layout = lay(figure, 720.0, &Look::new(Theme::light()));
        let frame = figure.panels().zip(&layout.frames).find(|(one, _)| one.id == panel).expect("there").1;
        read(figure, frame.pixel(at), bits).expect("something is there")
    };
    // A tile is read by its area: 0.6 · 0.3, and not by the height at which it ends.
    let tiles = figure("mutual-information", &[("sun", 0.6), ("ice_sun", 0.7), ("ice_rain", 0.2)]);
    let (at, values) = over(&tiles, "joint", (0.3, 0.9), false);
    assert_eq!(words(&at), "sun, none");
    assert!((values[0].1 - 0.18).abs() < 1e-12, "{values:?}");
    // Entropies that stand on one another are read one by one, in the unit that was chosen.
    let (at, values) = over(&tiles, "entropies", (0.1, -1.0), true);
    assert_eq!((words(&at).as_str(), values.len()), ("apart", 2));
    let entropy = |p: f64| -p * p.log2() - (1.0 - p) * (1.0 - p).log2();
    assert!((values[0].1 - entropy(0.6)).abs() < 1e-9 && (values[1].1 - entropy(0.5)).abs() < 1e-9, "{values:?}");
    // The weather by its names.
    let weather = figure("never-negative", &[]);
    let outcomes: Vec<String> =
        (0..4).map(|i| words(&over(&weather, "bars", (f64::from(i) + 0.2, 0.9), false).0)).collect();
    assert!(outcomes.iter().any(|name| name == "snow"), "{outcomes:?}");
    // A disc by the outcome that it stands for.
    let panel = weather.panels().find(|panel| panel.id == "jensen").expect("there");
    let bubble = panel.marks.iter().find_map(|mark| match mark {
        Mark::Bubbles { bubbles, .. } => bubbles.first(),
        _ => None,
    });
    let bubble = bubble.expect("a bubble");
    let (at, values) = over(&weather, "jensen", bubble.at, false);
    assert_eq!(words(&at), bubble.name.english());
    assert_eq!(values.iter().map(|v| v.1).collect::<Vec<_>>(), [bubble.at.0, bubble.at.1]);
    // A level by its number, and a place by what its axis measures.
    let levels = figure("temperature", &[]);
    assert_eq!(words(&over(&levels, "occupation", (1.1, 0.97), false).0), "level 2");
    assert_eq!(words(&over(&figure("two-coins", &[]), "curves", (0.77, 0.9 * 0.5), false).0), "heads under Q");
}

#[test]
fn a_pointer_over_one_panel_reads_nothing_of_another() {
    every_figure(|state, figure| {
        let layout = lay(figure, 720.0, &Look::new(Theme::light()));
        for (panel, frame) in figure.panels().zip(&layout.frames) {
            let own: Vec<String> = panel
                .marks
                .iter()
                .filter_map(|mark| match mark {
                    Mark::Line { name, .. }
                    | Mark::Bars { name, .. }
                    | Mark::Dots { name, .. }
                    | Mark::Stationary { name, .. }
                    | Mark::Cells { name, .. } => Some(name.english()),
                    _ => None,
                })
                .chain([&panel.x, &panel.y].map(|axis| axis.label.english()))
                .chain(["area", "x", "y", "outcomes, weighted by p"].map(str::to_owned))
                .collect();
            for (x, y) in [(0.1, 0.5), (0.5, 0.9), (0.9, 0.1)] {
                let at = (frame.left + x * frame.width, frame.top + y * frame.height);
                let Some((_, values)) = read(figure, at, false) else { continue };
                for (name, value) in values {
                    assert!(own.contains(&name), "{state} {}: {name}", panel.id);
                    assert!(!value.is_nan(), "{state} {}: {name}", panel.id);
                }
            }
        }
    });
}
