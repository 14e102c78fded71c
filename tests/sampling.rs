//! Estimates from draws: a standard error where there is one, and where there is none the reason.

use kl_explorer::measure::{Reply, Value, estimate, measure};

const NORMAL: &str = r#"{"family":"normal","mean":0,"sd":1}"#;
const WIDE: &str = r#"{"family":"normal","mean":0,"sd":3}"#;

fn asked(json: &str) -> Reply {
    let request: Value = serde_json::from_str(json).unwrap_or_else(|e| panic!("{json}: {e}"));
    estimate(&request).unwrap_or_else(|e| panic!("{json}: {e}"))
}

fn drawn(estimator: &str, p: &str, q: &str, n: usize, seed: usize) -> Reply {
    asked(&format!(r#"{{"estimator":"{estimator}","p":{p},"q":{q},"n":{n},"seed":{seed}}}"#))
}

fn divergence(p: &str, q: &str) -> f64 {
    let request: Value = serde_json::from_str(&format!(r#"{{"measure":"kl","p":{p},"q":{q}}}"#)).expect("a request");
    measure(&request).expect("an answer").value
}

#[test]
fn an_estimate_without_a_variance_has_no_standard_error() {
    // ln 3 + 1/18 − ½ = 0.6542; the variance of q/p is infinite from twice the variance of P on.
    assert!((divergence(NORMAL, WIDE) - 0.654_167_844_2).abs() < 1e-9);
    let k3 = drawn("k3", NORMAL, WIDE, 1000, 1);
    assert_eq!(k3.error, f64::INFINITY);
    assert!(k3.cause.as_ref().is_some_and(|cause| cause.contains("the variance of q/p is infinite")), "{k3:?}");
    for estimator in ["k1", "k2"] {
        let reply = drawn(estimator, NORMAL, WIDE, 1000, 1);
        assert!(reply.error.is_finite() && reply.cause.is_none(), "{reply:?}");
    }
    // It is so whatever the seed, in bits, and with draws that are given.
    for seed in 0..50 {
        assert_eq!(drawn("k3", NORMAL, WIDE, 20, seed).error, f64::INFINITY);
    }
    let given = asked(&format!(r#"{{"estimator":"k3","p":{NORMAL},"q":{WIDE},"x":[0.1,0.2,-3],"unit":"bits"}}"#));
    assert!(given.error == f64::INFINITY && given.value.is_finite() && given.cause.is_some());
}

#[test]
fn draws_tell_nothing_of_an_infinite_divergence() {
    let uniform = r#"{"family":"uniform","low":-9,"high":9}"#;
    let cauchy = r#"{"family":"cauchy","location":0,"scale":1}"#;
    let (rare, never) = (r#"{"family":"bernoulli","p":0.001}"#, r#"{"family":"bernoulli","p":0}"#);
    for (p, q) in [(NORMAL, uniform), (cauchy, NORMAL), (rare, never)] {
        assert_eq!(divergence(p, q), f64::INFINITY, "{p} {q}");
        for estimator in ["k1", "k2", "k3"] {
            let reply = drawn(estimator, p, q, 10, 3);
            assert!(reply.value.is_finite() && reply.error == f64::INFINITY, "{p} {q}: {reply:?}");
            assert!(reply.cause.is_some_and(|cause| cause.starts_with("D(P‖Q) is infinite, because")), "{p} {q}");
        }
    }
    // A draw that Q rules out makes the estimate itself infinite, and that is its cause.
    let seen = asked(&format!(r#"{{"estimator":"k1","p":{rare},"q":{never},"x":[0,1]}}"#));
    assert_eq!((seen.value, seen.cause.as_deref()), (f64::INFINITY, Some("x[1] falls where Q gives no density")));
}

#[test]
fn so_few_or_so_equal_draws_do_not_tell_their_spread() {
    let infinite = |reply: Reply, why: &str| {
        assert!(reply.value.is_finite() && reply.error == f64::INFINITY, "{reply:?}");
        assert!(reply.cause.as_ref().is_some_and(|cause| cause.contains(why)), "{reply:?}");
    };
    infinite(drawn("k1", NORMAL, NORMAL, 1, 0), "a single draw");
    infinite(asked(r#"{"estimator":"histogram","x":[0.5],"y":[0.5,0.6],"bins":1}"#), "a single draw");
    // Five heads, of a coin that also gives tails.
    let (p, q) = (r#"{"family":"bernoulli","p":0.9}"#, r#"{"family":"bernoulli","p":0.5}"#);
    infinite(
        asked(&format!(r#"{{"estimator":"k1","p":{p},"q":{q},"x":[1,1,1,1,1]}}"#)),
        "all draws give the same term",
    );
    // Where all draws have to give the same term, it is right.
    let (narrow, wide) = (r#"{"family":"uniform","low":0,"high":1}"#, r#"{"family":"uniform","low":-1,"high":3}"#);
    let sure = drawn("k1", narrow, wide, 7, 2);
    assert!((sure.value - 4f64.ln()).abs() < 1e-15 && sure.error < 1e-15 && sure.cause.is_none(), "{sure:?}");
}

/// An error that is given is one: two of them hold the truth about nineteen times in twenty.
#[test]
fn a_standard_error_that_is_given_is_right() {
    let laplace = |scale: f64| format!(r#"{{"family":"laplace","mean":0,"scale":{scale}}}"#);
    let beta = |a: f64| format!(r#"{{"family":"beta","a":{a},"b":2}}"#);
    let mixture =
        r#"{"family":"mixture","components":[{"weight":0.5,"mean":-1,"sd":1},{"weight":0.5,"mean":1,"sd":0.8}]}"#;
    let near = r#"{"family":"normal","mean":0.3,"sd":1.1}"#;
    let cauchy = |scale: f64| format!(r#"{{"family":"cauchy","location":0,"scale":{scale}}}"#);
    let poisson = |rate: f64| format!(r#"{{"family":"poisson","rate":{rate}}}"#);
    for (estimator, p, q) in [
        ("k1", NORMAL.to_owned(), WIDE.to_owned()),
        ("k3", NORMAL.to_owned(), near.to_owned()),
        ("k3", laplace(1.0), laplace(1.2)),
        ("k1", laplace(1.0), laplace(5.0)),
        ("k3", cauchy(1.0), cauchy(1.5)),
        ("k3", beta(2.0), beta(1.8)),
        ("k3", poisson(3.0), poisson(4.0)),
        ("k1", mixture.to_owned(), near.to_owned()),
    ] {
        let truth = divergence(&p, &q);
        let held = (0..200).filter(|seed| {
            let reply = drawn(estimator, &p, &q, 400, *seed);
            assert!(reply.error.is_finite() && reply.cause.is_none(), "{p} {q}: {reply:?}");
            (reply.value - truth).abs() < 2.0 * reply.error
        });
        let held = held.count();
        assert!((175..=199).contains(&held), "{estimator} of {p} and {q}: {held} of 200");
    }
}
