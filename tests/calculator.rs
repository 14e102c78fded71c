//! The calculator's contract: what it answers, and that whatever is wrong with a request is refused by name.

use kl_explorer::measure::{Reply, Value, estimate, fit, measure};
use kl_explorer::numeric::rng::Rng;

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|e| panic!("{json}: {e}"))
}

fn answer(json: &str) -> Reply {
    measure(&read(json)).unwrap_or_else(|e| panic!("{json}: {e}"))
}

/// Requests that are right, one of each kind; the malformed ones below are made from them.
const MEASURES: &[&str] = &[
    r#"{"measure":"kl","p":{"family":"bernoulli","p":0.6},"q":{"family":"bernoulli","p":0.5}}"#,
    r#"{"measure":"w2","p":{"family":"bernoulli","p":0.6},"q":{"family":"bernoulli","p":0.5},"unit":"bits"}"#,
    r#"{"measure":"js","p":{"family":"categorical","probs":[0.5,0.25,0.25]},"q":{"family":"categorical","weights":[1,2,3]}}"#,
    r#"{"measure":"kl","p":{"family":"categorical","logits":[2,1,0.1],"temperature":2},"q":{"family":"tilted","ref":[0.5,0.3,0.2],"reward":[0,1,2],"beta":0.5}}"#,
    r#"{"measure":"fisher_rao","p":{"family":"normal","mean":0,"sd":1},"q":{"family":"normal","mean":1,"sd":2}}"#,
    r#"{"measure":"renyi","alpha":0.7,"p":{"family":"normal","mean":0,"sd":1},"q":{"family":"normal","mean":1,"sd":2}}"#,
    r#"{"measure":"alpha","alpha":-1.5,"p":{"family":"normal","mean":0,"sd":1},"q":{"family":"normal","mean":1,"sd":0.9}}"#,
    r#"{"measure":"tv","p":{"family":"mixture","components":[{"weight":0.5,"mean":-2,"sd":0.6},{"weight":0.5,"mean":2,"sd":0.6}]},"q":{"family":"normal","mean":0,"sd":2}}"#,
    r#"{"measure":"hellinger","p":{"family":"laplace","mean":0,"scale":1},"q":{"family":"normal","mean":0,"sd":1}}"#,
    r#"{"measure":"cross_entropy","p":{"family":"uniform","low":0,"high":1},"q":{"family":"truncated_normal","mean":0,"sd":1,"low":-1,"high":2}}"#,
    r#"{"measure":"jeffreys","p":{"family":"exponential","rate":1},"q":{"family":"exponential","rate":2}}"#,
    r#"{"measure":"chi2","p":{"family":"poisson","rate":3},"q":{"family":"poisson","rate":4}}"#,
    r#"{"measure":"kl","p":{"family":"cauchy","location":0,"scale":1},"q":{"family":"cauchy","location":1,"scale":2}}"#,
    r#"{"measure":"bhattacharyya","p":{"family":"beta","a":2,"b":3},"q":{"family":"beta","a":0.5,"b":0.5}}"#,
    r#"{"measure":"w2","p":{"family":"normal2","mean":[0,0],"cov":[1,0.5,1]},"q":{"family":"normal2","mean":[1,0],"cov":[2,0,1]}}"#,
    r#"{"measure":"kl","p":{"family":"diagonal_normal","mean":[0,1],"sd":[1,0.5]},"q":{"family":"diagonal_normal","mean":[0,0],"sd":[1,1]}}"#,
    r#"{"measure":"entropy","p":{"family":"beta","a":2,"b":3}}"#,
    r#"{"measure":"mutual_information","table":[[1,2],[3,4]]}"#,
    r#"{"measure":"mutual_information","rho":0.5}"#,
    r#"{"measure":"w1","p":{"family":"uniform","low":0,"high":1},"q":{"family":"uniform","low":0.5,"high":1.5}}"#,
];
const FITS: &[&str] = &[
    r#"{"target":{"family":"mixture","components":[{"weight":0.5,"mean":-1,"sd":1},{"weight":0.5,"mean":1,"sd":1}]},"direction":"forward","family":"normal"}"#,
    r#"{"target":{"family":"normal","mean":1,"sd":2},"direction":"forward","family":"normal","sd":1,"unit":"nats"}"#,
];
const ESTIMATES: &[&str] = &[
    r#"{"estimator":"knn","x":[0,1,3],"y":[0.5,1.5],"k":1}"#,
    r#"{"estimator":"knn","x":[[0,1],[1,0],[3,3]],"y":[[0.5,0.5],[1.5,2]]}"#,
    r#"{"estimator":"histogram","x":[0,0.1,0.9,1],"y":[0.2,0.7,0.8,0.6],"bins":2,"pseudo":0.5}"#,
    r#"{"estimator":"k1","p":{"family":"normal","mean":0,"sd":1},"q":{"family":"normal","mean":1,"sd":1},"x":[0.1,-0.5,1.2]}"#,
    r#"{"estimator":"k2","p":{"family":"bernoulli","p":0.4},"q":{"family":"bernoulli","p":0.5},"n":20,"seed":3}"#,
    r#"{"estimator":"k3","mu_q":0,"sigma_q":1,"mu_p":0.1,"sigma_p":1}"#,
];

#[test]
fn what_is_right_is_answered() {
    MEASURES.iter().for_each(|json| {
        let reply = answer(json);
        assert!(reply.value.is_finite() && reply.error >= 0.0 && reply.cause.is_none(), "{json}: {reply:?}");
    });
    FITS.iter().for_each(|json| assert_eq!(fit(&read(json)).unwrap().points.len(), 1, "{json}"));
    ESTIMATES.iter().for_each(|json| assert!(estimate(&read(json)).unwrap().value.is_finite(), "{json}"));
}

/// The lesson's facts, through the calculator.
#[test]
fn the_lessons_facts_come_out() {
    let coins = |p: f64, q: f64, extra: &str| {
        format!(
            r#"{{"measure":"kl","p":{{"family":"bernoulli","p":{p}}},"q":{{"family":"bernoulli","p":{q}}}{extra}}}"#
        )
    };
    for (json, want, places) in [
        (coins(0.6, 0.5, ""), 0.0201, 4),
        (coins(0.6, 0.5, r#","unit":"bits""#), 0.0290, 4),
        (coins(0.2, 0.7, ""), 0.5341, 4),
        (coins(0.7, 0.2, ""), 0.5827, 4),
        (coins(0.7, 0.5, r#","unit":"bits""#), 0.1187, 4),
        (r#"{"measure":"mutual_information","rho":0.8}"#.into(), 0.5108, 4),
        (r#"{"measure":"kl","p":{"family":"normal","mean":-5,"sd":0.3},"q":{"family":"normal","mean":5,"sd":0.3}}"#.into(), 555.56, 2),
        (r#"{"measure":"js","p":{"family":"normal","mean":0,"sd":1},"q":{"family":"normal","mean":8,"sd":1}}"#.into(), 0.69305, 5),
        (r#"{"measure":"kl","p":{"family":"beta","a":21,"b":81},"q":{"family":"beta","a":31,"b":71}}"#.into(), 2.7659, 4),
        (r#"{"measure":"js","p":{"family":"uniform","low":0,"high":1},"q":{"family":"uniform","low":0.25,"high":1.25}}"#.into(), 0.25 * 2f64.ln(), 12),
    ] {
        let got = answer(&json).value;
        assert!((got - want).abs() <= 0.5 * 10f64.powi(-places), "{json}: {got}");
    }
    let reply = answer(&coins(0.15, 0.0, ""));
    assert_eq!((reply.value, reply.error), (f64::INFINITY, 0.0));
    assert_eq!(reply.cause.as_deref(), Some("P gives heads 0.1500 where Q gives it 0"));
}

#[test]
fn infinities_name_where_they_come_from() {
    for (json, word) in [
        (
            r#"{"measure":"kl","p":{"family":"categorical","probs":[0.5,0.5,0]},"q":{"family":"categorical","probs":[0.5,0,0.5]}}"#,
            "outcome 1",
        ),
        (
            r#"{"measure":"kl","p":{"family":"normal","mean":0,"sd":1},"q":{"family":"uniform","low":-1,"high":1}}"#,
            "where Q has none",
        ),
        (
            r#"{"measure":"kl","p":{"family":"cauchy","location":0,"scale":1},"q":{"family":"normal","mean":0,"sd":1}}"#,
            "tail",
        ),
        (
            r#"{"measure":"chi2","p":{"family":"normal","mean":0,"sd":2},"q":{"family":"normal","mean":0,"sd":1}}"#,
            "tails",
        ),
        (
            r#"{"measure":"chi2","p":{"family":"laplace","mean":0,"scale":1},"q":{"family":"normal","mean":0,"sd":1}}"#,
            "tail",
        ),
        (
            r#"{"measure":"w1","p":{"family":"cauchy","location":0,"scale":1},"q":{"family":"normal","mean":0,"sd":1}}"#,
            "tail",
        ),
        (
            r#"{"measure":"bhattacharyya","p":{"family":"bernoulli","p":0},"q":{"family":"bernoulli","p":1}}"#,
            "share no outcome",
        ),
        (r#"{"measure":"mutual_information","rho":1}"#, "determines"),
        (r#"{"measure":"jeffreys","p":{"family":"bernoulli","p":0},"q":{"family":"bernoulli","p":0.5}}"#, "in D(Q‖P)"),
    ] {
        let reply = answer(json);
        assert_eq!((reply.value, reply.error), (f64::INFINITY, 0.0), "{json}");
        assert!(reply.cause.as_deref().is_some_and(|c| c.contains(word)), "{json}: {reply:?}");
    }
}

#[test]
fn what_is_wrong_is_refused_by_field_value_and_rule() {
    let said = |json: &str| measure(&read(json)).expect_err(json).to_string();
    let p = r#""p":{"family":"normal","mean":0,"sd":1}"#;
    for (json, want) in [
        ("3".to_owned(), "request: 3 must be a map of fields"),
        ("{}".to_owned(), "measure: (nothing) is missing: it must be given"),
        (format!(r#"{{"measure":"kullback",{p}}}"#), r#"measure: "kullback" is not the name of a measure"#),
        (format!(r#"{{"measure":"kl",{p}}}"#), "q: (nothing) is missing: it must be given"),
        (
            format!(r#"{{"measure":"kl",{p},"q":{{"family":"normal","mean":"a","sd":1}}}}"#),
            r#"q.mean: "a" must be a number"#,
        ),
        (format!(r#"{{"measure":"kl",{p},"q":{{"family":"normal","mean":0,"sd":-1}}}}"#), "q.sd: -1 must be above 0"),
        (
            format!(r#"{{"measure":"kl",{p},"q":{{"family":"gauss","mean":0,"sd":1}}}}"#),
            r#"q.family: "gauss" is not the name of a family"#,
        ),
        (
            format!(r#"{{"measure":"kl",{p},"q":{{"family":"normal","mean":0,"sd":1,"variance":1}}}}"#),
            "q.variance: 1 is not a field here; the fields are family, mean, sd",
        ),
        (
            format!(r#"{{"measure":"kl",{p},"q":{{"family":"bernoulli","p":0.5}}}}"#),
            "measure: kl is not computed between normal and bernoulli",
        ),
        (
            format!(
                r#"{{"measure":"kl",{p},"q":{{"family":"mixture","components":[{{"weight":1,"mean":0,"sd":1}},{{"weight":1,"mean":0,"sd":0}}]}}}}"#
            ),
            "q.components[1].sd: 0 must be above 0",
        ),
        (
            r#"{"measure":"entropy","p":{"family":"categorical","probs":[0.5,0.4]}}"#.to_owned(),
            "p.probs: sum 0.9 must sum to 1 within 1e-9",
        ),
        (
            r#"{"measure":"entropy","p":{"family":"categorical","probs":[1.5,-0.5]}}"#.to_owned(),
            "p.probs[0]: 1.5 must be between 0 and 1",
        ),
        (
            r#"{"measure":"entropy","p":{"family":"categorical","probs":[]}}"#.to_owned(),
            "p.probs: [] must not be empty",
        ),
        (
            r#"{"measure":"entropy","p":{"family":"tilted","ref":[1.5],"reward":[0],"beta":1}}"#.to_owned(),
            "p.ref[0]: 1.5 must be between 0 and 1",
        ),
        (
            r#"{"measure":"entropy","p":{"family":"bernoulli","p":0.5},"q":1}"#.to_owned(),
            "q: 1 is not a field here; the fields are measure, unit, p",
        ),
        (
            r#"{"measure":"entropy","p":{"family":"normal2","mean":[0,0,0],"cov":[1,0,1]}}"#.to_owned(),
            "p.mean: 3 values must be a list of 2",
        ),
        (
            r#"{"measure":"mutual_information","table":[[1,2],[3]]}"#.to_owned(),
            "table[1]: 1 values must be as long as the first row",
        ),
        (
            r#"{"measure":"entropy","p":{"family":"bernoulli","p":0.5},"unit":"hartleys"}"#.to_owned(),
            r#"unit: hartleys must be "nats" or "bits""#,
        ),
        (
            format!(r#"{{"measure":"renyi","alpha":0,{p},"q":{{"family":"normal","mean":0,"sd":1}}}}"#),
            "alpha: 0 must be above 0",
        ),
    ] {
        assert_eq!(said(&json), want);
    }
    let not_finite = |x: f64| {
        let q = Value::Map(vec![("family".into(), Value::Text("bernoulli".into())), ("p".into(), Value::Number(x))]);
        let request = vec![("measure".into(), Value::Text("entropy".into())), ("p".into(), q)];
        measure(&Value::Map(request)).unwrap_err().to_string()
    };
    assert_eq!(not_finite(f64::NAN), "p.p: NaN must be finite");
    assert_eq!(not_finite(f64::NEG_INFINITY), "p.p: -inf must be finite");
}

#[test]
fn fits_have_the_form_that_was_agreed() {
    let target =
        r#""target":{"family":"mixture","components":[{"weight":1,"mean":-3,"sd":1},{"weight":1,"mean":3,"sd":1}]}"#;
    let points = |rest: &str| fit(&read(&format!("{{{target},{rest}}}"))).unwrap().points;
    let forward = points(r#""direction":"forward","family":"normal""#);
    assert!((forward[0].sd - 10f64.sqrt()).abs() < 1e-14 && forward[0].kind == "minimum");
    let reverse = points(r#""direction":"reverse","family":"normal""#);
    assert_eq!(reverse.iter().filter(|p| p.kind == "minimum").count(), 3);
    assert!(reverse.windows(2).all(|w| w[0].value <= w[1].value + 1e-14));
    assert!((reverse[0].mean.abs() - 2.9843).abs() < 5e-5 && (reverse[0].value - 0.68877).abs() < 5e-6);
    let fixed = points(r#""direction":"reverse","family":"normal","sd":0.5"#);
    assert!(fixed.iter().all(|p| p.sd == 0.5) && fixed.iter().any(|p| p.kind == "maximum"));
    let message = fit(&read(&format!(r#"{{{target},"direction":"sideways","family":"normal"}}"#))).unwrap_err();
    assert_eq!(message.to_string(), r#"direction: "sideways" must be "forward" or "reverse""#);
}

/// What can be done to a request so that it is certainly wrong.
fn spoil(value: &mut Value, rng: &mut Rng) -> bool {
    match value {
        Value::Map(map) => match rng.below(4) {
            0 => {
                map.insert(rng.below(map.len() + 1), (format!("x{}", rng.below(1000)), Value::Number(0.5)));
                true
            }
            1 => {
                // Fields that may be left out.
                let optional = ["unit", "temperature", "k", "pseudo", "bins", "seed", "sd"];
                let i = rng.below(map.len());
                if optional.contains(&map[i].0.as_str()) {
                    return false;
                }
                map.remove(i);
                true
            }
            2 if rng.below(3) == 0 => {
                let i = rng.below(map.len());
                let twice = map[i].clone();
                map.push(twice);
                true
            }
            _ => {
                let i = rng.below(map.len());
                spoil(&mut map[i].1, rng)
            }
        },
        Value::List(list) => match rng.below(4) {
            0 => {
                list.clear();
                true
            }
            _ => {
                let i = rng.below(list.len());
                spoil(&mut list[i], rng)
            }
        },
        Value::Number(x) => {
            *value = match rng.below(6) {
                0 => Value::Number(f64::NAN),
                1 => Value::Number(f64::INFINITY),
                2 => Value::Number(f64::NEG_INFINITY),
                3 => Value::Text(x.to_string()),
                4 => Value::Bool(*x > 0.0),
                _ => Value::Map(vec![]),
            };
            true
        }
        Value::Text(_) => {
            *value = match rng.below(3) {
                0 => Value::Text("nothing of that name".repeat(1 + rng.below(9))),
                1 => Value::Number(1.0),
                _ => Value::List(vec![]),
            };
            true
        }
        Value::Bool(_) | Value::Null => false,
    }
}

#[test]
fn a_hundred_thousand_malformed_requests_are_all_refused() {
    let mut rng = Rng::new(2024);
    let all: Vec<(u8, Value)> = MEASURES
        .iter()
        .map(|json| (0, read(json)))
        .chain(FITS.iter().map(|json| (1, read(json))))
        .chain(ESTIMATES.iter().map(|json| (2, read(json))))
        .collect();
    let mut count = 0;
    while count < 100_000 {
        let (kind, good) = &all[rng.below(all.len())];
        let mut bad = good.clone();
        if !spoil(&mut bad, &mut rng) {
            continue;
        }
        count += 1;
        let refused = match kind {
            0 => measure(&bad).err(),
            1 => fit(&bad).err(),
            _ => estimate(&bad).err(),
        };
        let message = refused.unwrap_or_else(|| panic!("was answered: {bad:?}")).to_string();
        assert!(message.contains(": ") && message.len() < 400, "{message}");
    }
}

/// A tree without any sense.
fn nonsense(rng: &mut Rng, depth: usize) -> Value {
    const WORDS: [&str; 14] = [
        "measure",
        "p",
        "q",
        "family",
        "kl",
        "normal",
        "mixture",
        "components",
        "mean",
        "sd",
        "probs",
        "weights",
        "x",
        "estimator",
    ];
    let word = |rng: &mut Rng| WORDS[rng.below(WORDS.len())].to_owned();
    match rng.below(if depth == 0 { 4 } else { 7 }) {
        0 => Value::Null,
        1 => Value::Bool(true),
        2 => Value::Number([0.0, -0.0, 1.0, -1.5, 1e308, 5e-324, f64::NAN, f64::INFINITY][rng.below(8)]),
        3 => Value::Text(word(rng)),
        4 => Value::List((0..rng.below(4)).map(|_| nonsense(rng, depth - 1)).collect()),
        _ => Value::Map((0..rng.below(5)).map(|_| (word(rng), nonsense(rng, depth - 1))).collect()),
    }
}

#[test]
fn nonsense_is_refused_without_a_panic() {
    let mut rng = Rng::new(7);
    for _ in 0..30_000 {
        let tree = nonsense(&mut rng, 5);
        assert!(measure(&tree).is_err() && fit(&tree).is_err() && estimate(&tree).is_err());
    }
}

/// Numbers at the ends of f64, in every field of every family: an answer or a refusal, never NaN, never a panic.
#[test]
fn extreme_numbers_are_answered_or_refused() {
    let mut rng = Rng::new(99);
    const SIZES: [f64; 16] =
        [0.0, 5e-324, 1e-308, 1e-200, 1e-70, 1e-16, 0.3, 1.0, 1.0 + 1e-15, 7.0, 1e9, 1e60, 1e120, 1e200, 1e308, -1e200];
    fn scatter(value: &mut Value, rng: &mut Rng) {
        match value {
            Value::Number(x) if rng.below(2) == 0 => *x = SIZES[rng.below(SIZES.len())],
            Value::List(list) => list.iter_mut().for_each(|v| scatter(v, rng)),
            Value::Map(map) => map.iter_mut().for_each(|(_, v)| scatter(v, rng)),
            _ => (),
        }
    }
    // Of a value that is finite the spread of an estimate may be infinite.
    let infinite = |reply: &Reply| {
        reply.value.is_infinite() || reply.error.is_infinite() || reply.std.is_some_and(f64::is_infinite)
    };
    let names = ["kl", "js", "tv", "hellinger", "bhattacharyya", "chi2", "w1", "w2", "jeffreys", "cross_entropy"];
    let mut wrong = Vec::new();
    for i in 0..4000 {
        let mut request = read(MEASURES[i % MEASURES.len()]);
        scatter(&mut request, &mut rng);
        if let Value::Map(map) = &mut request
            && let Some((_, name)) = map.iter_mut().find(|(n, _)| n == "measure")
            && matches!(name, Value::Text(t) if names.contains(&t.as_str()))
        {
            *name = Value::Text(names[rng.below(names.len())].to_owned());
        }
        if let Ok(reply) = measure(&request) {
            let fine = !reply.value.is_nan() && reply.error >= 0.0;
            if !fine || reply.value.is_infinite() != reply.cause.is_some() {
                wrong.push(format!("{request:?}: {reply:?}"));
            }
        }
    }
    for i in 0..4000 {
        let mut request = read(ESTIMATES[i % ESTIMATES.len()]);
        scatter(&mut request, &mut rng);
        if let Ok(reply) = estimate(&request)
            && (reply.value.is_nan() || reply.std.is_some_and(f64::is_nan) || infinite(&reply) != reply.cause.is_some())
        {
            wrong.push(format!("{request:?}: {reply:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
