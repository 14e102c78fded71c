//! Numbers that are compared differ as they are read, in nats and in bits, unless they are equal as far as they are known.

use kl_explorer::quantity::{Quantity, Unit};
use kl_explorer::scene::{Value, Values, View};
use kl_explorer::scenes::{self, find};
use kl_explorer::text::Arg;

/// A scene, the numbers of its description that are compared, and settings at which they nearly agree.
const COMPARED: &[(&str, [&str; 2], &[&str])] = &[
    ("when-modes-split", ["own", "best"], &["d=2.8001", "d=2.80008", "d=2.8", "d=2.79", "d=3.6", "d=2.8000789"]),
    (
        "not-a-distance",
        ["straight", "detour"],
        &["p=0.5&q=0.4&r=0.5001", "p=0.3&q=0.3&r=0.2", "p=0.25&q=0.24999&r=0.1"],
    ),
    ("not-a-distance", ["there", "back"], &["p=0.5&q=0.50001&r=0.1", "p=0.3&q=0.3&r=0.2", "p=0.5&q=0.499&r=0.1"]),
    (
        "two-coins",
        ["forward", "reverse"],
        &["p=0.5&q=0.51", "p=0.5&q=0.5", "p=0.3&q=0.7", "p=0.4&q=0.400001", "p=1&q=0.5"],
    ),
    (
        "two-bells",
        ["forward", "reverse"],
        &["q_sd=1.0001&q_mean=2", "q_mean=0&q_sd=1", "q_mean=1&q_sd=1.000001&p_sd=1"],
    ),
    ("mixtures", ["d", "r"], &["", "q1_weight=0.7&q1_mean=-2&q1_sd=0.8&q2_weight=0.3&q2_mean=2&q2_sd=0.61"]),
    (
        "impossible-events",
        ["forward", "smoothed"],
        &["log_eps=-12&q_linux=0.1", "log_eps=-6&q_linux=0.1", "", "log_eps=-9&q_linux=0.1"],
    ),
    (
        "extra-bits",
        ["cross", "entropy"],
        &["q_a=0.5&q_b=0.25&q_c=0.125&q_d=0.125001", "", "q_a=0.5&q_b=0.25&q_c=0.125&q_d=0.125"],
    ),
    (
        "cross-entropy",
        ["loss", "entropy"],
        &["smoothing=0.1&z_cat=3.3&z_dog=0&z_fox=0", "label=votes&z_cat=1.791&z_dog=1.098&z_fox=0"],
    ),
    ("two-fits", ["forward", "best"], &["q_mean=0&q_sd=2.0881", "q_mean=0.001&q_sd=2.08806", ""]),
    ("two-fits", ["reverse", "best_reverse"], &["q_mean=2&q_sd=0.6", "q_mean=1.9999&q_sd=0.6001", ""]),
    ("mean-field", ["f", "bf"], &["q_x=0&q_y=0&q_sd_x=1&q_sd_y=1.0001", "q_sd_x=1&q_sd_y=1", ""]),
    ("mean-field", ["r", "br"], &["q_x=0&q_y=0&q_sd_x=0.6&q_sd_y=0.60001", "q_sd_x=0.6&q_sd_y=0.6", ""]),
];

fn view(scene: &str, link: &str) -> View {
    let pairs = link.split('&').filter_map(|pair| pair.split_once('='));
    let values: Values = pairs.map(|(id, v)| (id.to_owned(), Value::from(v))).collect();
    let seen = find(scene).expect("a scene of that name").run(&values, false);
    assert!(seen.problems.is_empty(), "{scene} {link}: {:?}", seen.problems);
    seen.view
}

/// A number that the description tells.
fn told(view: &View, name: &str) -> Option<Quantity> {
    view.description.args.iter().find_map(|(n, arg)| match arg {
        Arg::Quantity(quantity) if *n == name => Some(*quantity),
        _ => None,
    })
}

/// Asserts that two numbers read alike only if they may be equal, and says whether they read apart.
fn assert_apart(place: &str, a: Quantity, b: Quantity) -> bool {
    let apart = a.to_string() != b.to_string();
    assert!(apart || a.may_equal(&b), "{place}: both read {a}, but are {} and {}", a.value, b.value);
    apart
}

#[test]
fn what_a_description_compares_reads_apart() {
    for (scene, [a, b], links) in COMPARED {
        let apart = links.iter().filter(|link| {
            let found = [view(scene, link), view(scene, link).in_bits()].map(|view| {
                let [a, b] = [a, b].map(|name| told(&view, name).unwrap_or_else(|| panic!("{scene}: no {name}")));
                assert_apart(&format!("{scene} {link}"), a, b)
            });
            found[0]
        });
        assert!(apart.count() > 0, "{scene}: {a} and {b} never differ");
    }
}

#[test]
fn a_walker_that_is_stuck_reads_apart_from_the_best_fit() {
    for d in ["2.8001", "2.80008", "2.8005", "2.81", "3"] {
        let view = view("when-modes-split", &format!("d={d}"));
        let [best, own] =
            ["best", "followed"].map(|id| view.readouts.iter().find(|r| r.id == id).expect("a readout").quantity);
        assert_apart(d, best, own);
    }
}

/// Pinsker's bound is above the total variation, and reads so.
#[test]
fn a_bound_reads_apart_from_what_it_bounds() {
    for q in [
        "q_sun=0.4&q_cloud=0.3&q_rain=0.2&q_snow=0.1001",
        "q_sun=0.41&q_cloud=0.29&q_rain=0.2&q_snow=0.1",
        "p_rain=0&p_snow=0&q_rain=0&q_snow=0&p_sun=0.5&p_cloud=0.5&q_sun=0.5&q_cloud=0.5001",
    ] {
        let view = view("never-negative", q);
        let [tv, bound] =
            ["tv", "pinsker"].map(|id| view.readouts.iter().find(|r| r.id == id).expect("a readout").quantity);
        assert!(tv.value < bound.value && assert_apart(q, tv, bound), "{q}");
    }
}

/// Nothing that is shown reads as zero unless it is, or can't be told from zero.
#[test]
fn no_number_of_any_scene_reads_as_zero_that_is_not() {
    let mut count = 0;
    let mut check = |place: &str, number: Quantity| {
        count += 1;
        let read = number.to_string();
        let digits: String = read.chars().take_while(|c| !c.is_alphabetic() && *c != '%').collect();
        let zero = digits.trim().trim_start_matches('−').chars().all(|c| c == '0' || c == '.');
        assert!(
            !zero || number.value.abs() <= number.error,
            "{place}: {} ± {} reads {read}",
            number.value,
            number.error
        );
    };
    for scene in scenes::all() {
        let first = scene.run(&Values::new(), false).view;
        let presets: Vec<Values> = first.presets.iter().map(|p| p.values.iter().cloned().collect()).collect();
        for values in presets.into_iter().chain([Values::new()]) {
            let view = scene.run(&values, false).view;
            for readout in &view.readouts {
                check(&format!("{} {values:?} {}", scene.id, readout.id), readout.quantity);
            }
            for (name, arg) in &view.description.args {
                if let Arg::Quantity(number) = arg {
                    check(&format!("{} {values:?} {name}", scene.id), *number);
                }
            }
        }
    }
    assert!(count > 1000, "{count}");
    // The mean of a fit to two bells whose weights are nearly those that put it at 0, and a class that hardly comes.
    for (scene, link, id) in [
        ("two-fits", "p1_mean=-2&p2_mean=2.0000016&p1_weight=0.5&p2_weight=0.5", "forward_fit_mean"),
        ("cross-entropy", "z_cat=8&z_dog=-6&z_fox=-6", "q_dog"),
    ] {
        let number = view(scene, link).readouts.into_iter().find(|r| r.id == id).expect("a readout").quantity;
        assert!(number.unit == Unit::One && number.value > 0.0 && number.to_string().contains("10⁻⁷"), "{number}");
    }
}
