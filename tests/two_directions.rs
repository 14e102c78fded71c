//! Chapter 4 as a reader meets it: the fits of the reference appear when their targets are set, maps and numbers
//! agree, descents descend, and the family ends in both directions.

mod common;

use common::cases;
use kl_explorer::dist::mixture::Mixture;
use kl_explorer::dist::normal::Normal;
use kl_explorer::divergence::mixture::divergences;
use kl_explorer::figure::{Mark, Panel};
use kl_explorer::numeric::rng::Rng;
use kl_explorer::numeric::tolerance::AT_REST;
use kl_explorer::quantity::Quantity;
use kl_explorer::scene::{Readout, Seen, Value, Values};
use kl_explorer::scenes::find;

fn run(scene: &str, values: Values) -> Seen {
    let seen = find(scene).expect("a scene").run(&values, false);
    assert!(seen.problems.is_empty(), "{:?}", seen.problems);
    seen
}

fn set(pairs: &[(&str, Value)]) -> Values {
    pairs.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect()
}

fn readout<'a>(seen: &'a Seen, id: &str) -> Option<&'a Readout> {
    seen.view.readouts.iter().find(|readout| readout.id == id)
}

fn value(seen: &Seen, id: &str) -> f64 {
    readout(seen, id).unwrap_or_else(|| panic!("no readout {id}")).quantity.value
}

/// What two-fits lists as (mean, sd, value) under ids that begin so.
fn listed(seen: &Seen, kind: &str) -> Vec<[f64; 3]> {
    (1..)
        .map_while(|n| readout(seen, &format!("{kind}_{n}")).map(|_| n))
        .map(|n| ["_mean", "_sd", ""].map(|part| value(seen, &format!("{kind}_{n}{part}"))))
        .collect()
}

#[test]
fn every_optimum_of_the_reference_appears_with_its_kind_when_its_target_is_set() {
    for case in cases("gaussian_fit") {
        let [w, mean, sd] = ["w", "mu", "sigma"].map(|field| case.inputs(&format!("/p/{field}")));
        let mut values = set(&[("modes", (w.len() as f64).into()), ("view", "wide".into())]);
        for k in 0..w.len() {
            for (part, v) in [("weight", w[k]), ("mean", mean[k]), ("sd", sd[k])] {
                values.insert(format!("p{}_{part}", k + 1), v.into());
            }
        }
        let seen = run("two-fits", values);
        for (id, want) in [("forward_fit_mean", "/forward_mu"), ("forward_fit_sd", "/forward_sigma")] {
            let want = case.value(want);
            assert!((value(&seen, id) - want).abs() < 1e-9 * case.value("/forward_sigma"), "{} {id}", case.id);
        }
        for (list, kind) in [("reverse_minima", "reverse_fit"), ("other_critical", "reverse_saddle")] {
            let found = listed(&seen, kind);
            let mut count = 0;
            for k in 0.. {
                let Some(mean) = case.found(&format!("/{list}/{k}/mu")) else { break };
                let [sd, kl] = ["sigma", "kl"].map(|field| case.value(&format!("/{list}/{k}/{field}")));
                let there = found.iter().any(|[m, s, v]| {
                    (m - mean).abs() < 1e-8 * sd && (s - sd).abs() < 1e-8 * sd && (v - kl).abs() < 1e-9 * kl.max(1e-3)
                });
                assert!(there, "{}: no {kind} at {mean}, {sd} among {found:?}", case.id);
                count += 1;
            }
            assert_eq!(found.len(), count, "{}: {kind} {found:?}", case.id);
        }
    }
}

fn panel<'a>(seen: &'a Seen, id: &str) -> &'a Panel {
    seen.view.figure.panels().find(|panel| panel.id == id).unwrap_or_else(|| panic!("no panel {id}"))
}

#[test]
fn the_colour_of_the_map_at_q_and_the_live_numbers_agree() {
    let mut rng = Rng::new(20);
    for target in ["two", "close", "unequal", "narrow-wide", "three", "one"] {
        let preset =
            run("two-fits", Values::new()).view.presets.into_iter().find(|p| p.id == target).expect("a preset");
        for _ in 0..12 {
            let (mean, sd) = (14.0 * rng.open01() - 7.0, 0.15 * (8.0f64 / 0.15).powf(rng.open01()));
            let mut values: Values = preset.values.iter().cloned().collect();
            values.extend(set(&[("q_mean", mean.into()), ("q_sd", sd.into())]));
            let seen = run("two-fits", values);
            for (id, number) in [("map-forward", "forward"), ("map-reverse", "reverse")] {
                let panel = panel(&seen, id);
                let live = readout(&seen, number).expect("a number").quantity;
                let Some(Mark::Cells { cells, tone, .. }) = panel.marks.first() else { panic!("{id}: no map") };
                let read = cells.at((mean, sd));
                let shown = Quantity::bounded(read, live.error).unit(live.unit);
                assert_eq!(shown.to_string(), live.to_string(), "{target} {id} at N({mean}, {sd})");
                // The cell's colour is that of its centre: as near as its neighbours' colours are to each other.
                let (across, up) = (panel.x.position(mean), panel.y.position(sd));
                let share = |dx: f64, dy: f64| {
                    let at = ((across + dx).clamp(0.0, 1.0), (up + dy).clamp(0.0, 1.0));
                    tone.share(cells.cell(at.0, at.1).expect("a cell"))
                };
                let (dx, dy) = (1.0 / cells.columns() as f64, 1.0 / cells.rows() as f64);
                let around = [share(dx, 0.0), share(-dx, 0.0), share(0.0, dy), share(0.0, -dy), share(0.0, 0.0)];
                let (low, high) = around.iter().fold((1.0f64, 0.0f64), |(l, h), s| (l.min(*s), h.max(*s)));
                let own = tone.share(live.value);
                assert!(low - 2e-3 <= own && own <= high + 2e-3, "{target} {id}: {own} outside {low}..{high}");
            }
        }
    }
}

#[test]
fn a_descent_never_rises_and_ends_at_a_listed_point() {
    for (family, gradient) in [("free", "plain"), ("free", "natural"), ("fixed", "plain"), ("fixed", "natural")] {
        for (target, mean, sd) in [("two", 0.5, 1.0), ("unequal", -3.0, 3.0), ("three", 1.0, 0.4), ("one", -2.0, 1.0)] {
            let preset = run("two-fits", Values::new()).view.presets.into_iter().find(|p| p.id == target).expect("one");
            let mut values: Values = preset.values.iter().cloned().collect();
            values.extend(set(&[
                ("q_mean", mean.into()),
                ("q_sd", sd.into()),
                ("family", family.into()),
                ("gradient", gradient.into()),
                ("rate", 1.0.into()),
            ]));
            let mut before = [f64::INFINITY; 2];
            for step in [1, 2, 3, 5, 9, 20, 50, 120, 400] {
                values.insert("step".into(), f64::from(step).into());
                let seen = run("two-fits", values.clone());
                let now = ["descent_forward", "descent_reverse"].map(|id| value(&seen, id));
                assert!(now[0] <= before[0] && now[1] <= before[1], "{target} {family} {gradient}: {now:?} {before:?}");
                before = now;
            }
            let seen = run("two-fits", values);
            let end = |way: &str| ["_mean", "_sd"].map(|part| value(&seen, &format!("descent_{way}{part}")));
            let near = |[m, s]: [f64; 2], [a, b]: [f64; 2]| (m - a).abs() + (s - b).abs() < 5e-3 * b;
            let forward = ["forward_fit_mean", "forward_fit_sd"].map(|id| value(&seen, id));
            assert!(near(end("forward"), forward), "{target} {family} {gradient}: {:?}", end("forward"));
            let stationary: Vec<[f64; 3]> = ["reverse_fit", "reverse_saddle", "reverse_maximum"]
                .iter()
                .flat_map(|kind| listed(&seen, kind))
                .collect();
            let arrived = stationary.iter().any(|[m, s, _]| near(end("reverse"), [*m, *s]));
            assert!(arrived, "{target} {family} {gradient}: {:?} of {stationary:?}", end("reverse"));
        }
    }
}

#[test]
fn maxima_are_listed_as_such_and_drawn_as_such() {
    use kl_explorer::figure::Sign;
    let seen = run("two-fits", set(&[("family", "fixed".into()), ("q_sd", 0.6.into())]));
    assert_eq!(listed(&seen, "reverse_maximum").len(), 1);
    let signs: Vec<Sign> = panel(&seen, "map-reverse")
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Stationary { sign, .. } => Some(*sign),
            _ => None,
        })
        .collect();
    assert_eq!(signs, [Sign::Greatest, Sign::Least]);
}

#[test]
fn the_family_ends_in_both_directions_and_passes_hellinger() {
    let targets = [(0.8, -1.35, 0.75, 1.35, 0.75), (0.5, -2.0, 0.6, 2.0, 0.6), (0.3, -1.0, 0.4, 0.8, 1.2)];
    for (weight, m1, s1, m2, s2) in targets {
        let pairs = [("weight", weight), ("p1_mean", m1), ("p1_sd", s1), ("p2_mean", m2), ("p2_sd", s2)];
        let family = run("family", pairs.iter().map(|(id, v)| ((*id).to_owned(), Value::from(*v))).collect());
        let modes = [
            ("p1_weight", weight),
            ("p2_weight", 1.0 - weight),
            ("p1_mean", m1),
            ("p1_sd", s1),
            ("p2_mean", m2),
            ("p2_sd", s2),
        ];
        let fits = run("two-fits", modes.iter().map(|(id, v)| ((*id).to_owned(), Value::from(*v))).collect());
        for (own, other) in [("fit_0", "reverse_fit_1"), ("fit_1", "forward_fit")] {
            for part in ["", "_mean", "_sd"] {
                let (a, b) = (value(&family, &format!("{own}{part}")), value(&fits, &format!("{other}{part}")));
                assert!((a - b).abs() < 1e-9, "{weight} {own}{part}: {a} is not {b}");
            }
        }
        let component = |weight, mean, sd| kl_explorer::dist::mixture::Component { weight, mean, sd };
        let p = Mixture::new(&[component(weight, m1, s1), component(1.0 - weight, m2, s2)]).expect("a mixture");
        let half = Normal::new(value(&family, "fit_half_mean"), value(&family, "fit_half_sd")).expect("a normal");
        let hellinger = divergences(&p, &Mixture::of_normal(&half).expect("a mixture"), AT_REST).hellinger.value;
        assert!((value(&family, "fit_half") - 4.0 * hellinger * hellinger).abs() < 1e-12);
    }
}

#[test]
fn weights_count_relative_to_each_other_and_one_of_zero_leaves_its_mode_out() {
    let fits = |pairs: &[(&str, f64)]| {
        let seen = run("two-fits", pairs.iter().map(|(id, v)| ((*id).to_owned(), Value::from(*v))).collect());
        ["forward_fit_mean", "forward_fit_sd", "reverse_fit_1", "reverse_fit_1_mean"].map(|id| value(&seen, id))
    };
    let same = |a: [f64; 4], b: [f64; 4]| assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12), "{a:?} {b:?}");
    same(fits(&[("p1_weight", 0.2), ("p2_weight", 0.6)]), fits(&[("p1_weight", 0.25), ("p2_weight", 0.75)]));
    same(fits(&[("p2_weight", 0.0)]), fits(&[("modes", 1.0)]));
    // With none left there is no mixture: both are refused by name, and the defaults stand in.
    let none = set(&[("p1_weight", 0.0.into()), ("p2_weight", 0.0.into())]);
    let seen = find("two-fits").expect("a scene").run(&none, false);
    let refused: Vec<String> = seen.problems.iter().map(ToString::to_string).collect();
    assert!(refused.len() == 2 && refused[0].starts_with("p1_weight: 0") && refused[1].starts_with("p2_weight: 0"));
    let kept = ["forward_fit_mean", "forward_fit_sd", "reverse_fit_1", "reverse_fit_1_mean"].map(|id| value(&seen, id));
    same(kept, fits(&[]));
}

#[test]
fn what_is_kept_while_q_moves_cannot_be_seen() {
    let states: [&[(&str, Value)]; 8] = [
        &[],
        &[("q_mean", 1.5.into())],
        &[("q_mean", 1.5.into()), ("family", "fixed".into())],
        &[("q_sd", 0.6.into()), ("family", "fixed".into())],
        &[("view", "wide".into())],
        &[("p1_mean", (-3.0).into()), ("view", "wide".into())],
        &[("step", 40.0.into())],
        &[("step", 40.0.into()), ("gradient", "natural".into())],
    ];
    let shown = |values: &[(&str, Value)]| format!("{:?}", run("two-fits", set(values)).view);
    for values in states.iter().chain(states.iter().rev()) {
        // What is kept is kept by the thread.
        let afresh = std::thread::scope(|scope| scope.spawn(|| shown(values)).join().expect("a view"));
        assert!(shown(values) == afresh, "{values:?} shows something else after another state");
    }
}

#[test]
fn while_a_descent_plays_its_numbers_stand_beside_those_of_q() {
    let seen = run("two-fits", set(&[("step", 25.0.into())]));
    let main: Vec<String> =
        seen.view.readouts.iter().take_while(|r| r.group.is_empty()).map(|r| r.label.english()).collect();
    assert_eq!(main, ["D(P‖Q) at your Q", "D(Q‖P) at your Q", "D(P‖Q) at step 25", "D(Q‖P) at step 25"]);
}

#[test]
fn a_step_between_equal_modes_is_in_the_middle_within_its_error() {
    for (modes, sd, q_sd) in [(2.0, 0.6, 1.0), (3.0, 0.2, 0.3), (12.0, 0.05, 0.05), (0.8, 0.3, 0.05), (3.0, 0.3, 6.0)] {
        for step in [1.0, 20.0, 100.0, 400.0] {
            let at = [
                ("p1_mean", -modes),
                ("p2_mean", modes),
                ("p1_sd", sd),
                ("p2_sd", sd),
                ("q_mean", 0.0),
                ("q_sd", q_sd),
            ];
            let values = at.into_iter().chain([("step", step)]).map(|(id, v)| (id, v.into())).collect::<Vec<_>>();
            let seen = run("two-fits", set(&values));
            // Nothing pulls to either side; what rounding does, a path that is sensitive makes larger.
            let place = readout(&seen, "descent_reverse_mean").expect("a step").quantity;
            assert!(place.value.abs() <= place.error, "±{modes}, sd {sd}, step {step}: {place:?}");
            assert!(place.error < 1e-4, "±{modes}, sd {sd}, step {step}: {place:?}");
        }
    }
}

#[test]
fn a_step_and_its_mirror_image_agree_within_their_errors() {
    let told = |sign: f64, [a, b, c, d, mean, sd, step]: [f64; 7]| {
        let at = [("p1_mean", sign * a), ("p1_sd", b), ("p2_mean", sign * c), ("p2_sd", d), ("q_mean", sign * mean)];
        let at = at.into_iter().chain([("q_sd", sd), ("step", step)]).map(|(id, v)| (id, v.into()));
        let seen = run("two-fits", set(&at.collect::<Vec<_>>()));
        let ids = ["forward_mean", "forward_sd", "forward", "reverse_mean", "reverse_sd", "reverse"];
        ids.map(|id| readout(&seen, &format!("descent_{id}")).expect("a step").quantity)
    };
    for state in [
        [-4.05, 0.95, 1.7, 1.25, 2.35, 1.1, 400.0],
        [2.3, 0.5, 1.9, 0.65, -5.3, 3.35, 60.0],
        [-2.0, 0.6, 2.0, 0.6, 0.5, 1.0, 400.0],
        [-3.0, 0.1, 2.5, 0.3, 0.05, 0.2, 37.0],
        [0.0, 2.0, 0.5, 0.05, 3.0, 0.4, 150.0],
    ] {
        for (i, (one, other)) in told(1.0, state).into_iter().zip(told(-1.0, state)).enumerate() {
            let other = if i % 3 == 0 { other.negated() } else { other };
            let apart = (one.value - other.value).abs();
            assert!(apart <= one.error + other.error, "{state:?} {i}: {one:?} and {other:?}");
            assert!(one.error < 3e-6 * (1.0 + one.value.abs()), "{state:?} {i}: {one:?}");
        }
    }
}

#[test]
fn a_descent_that_a_game_hides_cannot_be_set() {
    for (game, reveal, shows) in
        [("explore", false, true), ("match", false, false), ("hidden", false, false), ("match", true, true)]
    {
        let seen = run("two-fits", set(&[("game", game.into()), ("reveal", reveal.into()), ("step", 9.0.into())]));
        for control in seen.controls.iter().filter(|c| ["gradient", "rate", "step"].contains(&c.id.as_str())) {
            assert_eq!(control.active, shows, "{game} {reveal}: {}", control.id);
        }
        assert_eq!(readout(&seen, "descent_forward").is_some(), shows, "{game} {reveal}");
    }
}

#[test]
fn only_the_ends_of_the_family_are_information() {
    use kl_explorer::quantity::Unit;
    for (alpha, unit) in [(0.0, Unit::Nats), (0.5, Unit::One), (1.0, Unit::Nats), (2.0, Unit::One), (-0.4, Unit::One)] {
        let seen = run("family", set(&[("alpha", alpha.into())]));
        assert_eq!(readout(&seen, "value").expect("a value").quantity.unit, unit, "{alpha}");
    }
}

#[test]
fn the_goal_of_a_minimum_is_reached_at_one_and_not_on_the_slope_to_another() {
    for (mean, sd, reached) in
        [(2.0, 0.6, true), (0.0, 1.8, true), (1.35, 1.0, false), (1.4, 1.0, false), (5.0, 1.0, false)]
    {
        let seen = run("two-fits", set(&[("q_mean", mean.into()), ("q_sd", sd.into())]));
        let goal = seen.view.goals.iter().find(|goal| goal.id == "reverse").expect("the goal");
        assert_eq!(goal.reached, reached, "N({mean}, {sd})");
    }
}

#[test]
fn with_a_fixed_sd_no_formula_says_that_it_was_fitted() {
    let formulas = |family: &str| run("two-fits", set(&[("family", family.into())])).view.formulas.len();
    assert_eq!((formulas("free"), formulas("fixed")), (2, 1));
}

/// A scene with the settings of a link.
fn linked(link: &str) -> Seen {
    let (scene, query) = link.split_once('?').expect("a link has settings");
    run(
        scene,
        query.split('&').filter_map(|pair| pair.split_once('=')).map(|(id, v)| (id.to_owned(), v.into())).collect(),
    )
}

#[test]
fn links_that_never_came_back_show_the_best_fits_of_other_minimisers() {
    // Variances, sizes of the means and value of the best reverse fit, by tests/data/plane.py.
    for (link, want, divergence) in [
        ("mean-field?target=two&rho=0", [2.677_608, 1.385_922, 0.0, 0.0], 0.405_966_837),
        ("mean-field?target=two&gap_x=3&gap_y=3", [0.36, 0.36, 2.999_999, 2.999_999], 1.203_972_692),
        ("mean-field?target=two&rho=-0.6&gap_x=0.5&gap_y=0.5", [1.057_493, 1.057_493, 0.0, 0.0], 0.073_452_392),
        ("mean-field?target=two&rho=0.05", [2.747_004, 1.438_032, 0.0, 0.0], 0.397_684_799),
    ] {
        let seen = linked(link);
        for (part, want) in ["var_x", "var_y", "mean_x", "mean_y"].iter().zip(want) {
            let found = value(&seen, &format!("reverse_fit_1_{part}")).abs();
            assert!((found - want).abs() < 2e-6, "{link}: {part} {found}");
        }
        assert!((value(&seen, "reverse_fit_1") - divergence).abs() < 2e-9, "{link}");
    }
    // Mean, sd and value of the best fit, by tests/data/alpha.py.
    for (link, want) in [
        ("family?weight=0.8&alpha=1&p1_sd=0.3&p2_sd=0.75&p1_mean=0&p2_mean=4", [0.8, 1.656_653_237, 1.025_249_885]),
        ("family?weight=0.95&p1_mean=4&p1_sd=0.3&p2_sd=0.39&alpha=1.55", [3.758_259_568, 0.850_278_539, 0.599_702_812]),
        ("family?p1_sd=0.7", [-0.848_709_492, 1.206_224_358, 0.174_261_779]),
    ] {
        let seen = linked(link);
        for ((part, want), tolerance) in ["mean", "sd", "value"].iter().zip(want).zip([2e-7, 2e-7, 2e-9]) {
            let found = value(&seen, part);
            assert!((found - want).abs() < tolerance, "{link}: {part} {found}");
        }
    }
}
