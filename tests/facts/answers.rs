//! The answer that a question holds to be right is what its scene then shows.

use kl_explorer::scene::Value;
use kl_explorer::scenes::{self, find};

/// Reads a number of the scene as the question sets it, but for some values.
type Read<'a> = &'a dyn Fn(&[(&str, f64)], &str) -> f64;
/// A scene, one of its questions, the answer that is right, and what of the numbers makes it so.
type Answer = (&'static str, &'static str, &'static str, fn(Read<'_>) -> bool);

fn near(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() <= within
}

const ANSWERS: &[Answer] = &[
    ("two-coins", "impossible", "forward", |read| read(&[], "forward").is_infinite() && read(&[], "reverse") < 1.0),
    ("two-coins", "mirror", "equal", |read| near(read(&[], "forward"), read(&[], "reverse"), 1e-15)),
    ("two-bells", "wide-or-narrow", "reverse", |read| read(&[], "reverse") > read(&[], "forward")),
    ("two-bells", "far-apart", "hundreds", |read| (200.0..1000.0).contains(&read(&[], "forward"))),
    ("mixtures", "missed-mode", "ln2", |read| near(read(&[], "reverse"), 2f64.ln(), 1e-5)),
    ("mixtures", "shuffled", "zero", |read| read(&[], "forward") == 0.0 && read(&[], "parts") > 0.1),
    ("evidence", "how-many", "150", |read| near(read(&[], "observations"), 150.0, 5.0)),
    ("evidence", "five-times", "fifth", |read| {
        // D from 0.0201 to 0.1006, and the observations from 149 to 30.
        let [d, n] = ["forward", "observations"].map(|id| read(&[("q", 0.378)], id) / read(&[], id));
        near(d, 5.0, 0.1) && near(n * d, 1.0, 0.02)
    }),
    ("never-negative", "negative-terms", "zero", |read| {
        let right = [("q_sun", 0.4), ("q_cloud", 0.3), ("q_rain", 0.2), ("q_snow", 0.1)];
        read(&[], "negative") < 0.0 && read(&[], "forward") > 0.0 && read(&right, "forward") == 0.0
    }),
    ("never-negative", "pinsker", "root", |read| {
        near(read(&[], "forward"), 0.02, 0.001) && near(read(&[], "tv"), 0.1, 1e-12) && read(&[], "pinsker") >= 0.1
    }),
    ("not-a-distance", "triangle", "shorter", |read| read(&[], "detour") < read(&[], "straight")),
    ("not-a-distance", "larger", "reverse", |read| read(&[], "reverse") > read(&[], "forward")),
    ("impossible-events", "rare", "infinite", |read| read(&[], "forward").is_infinite() && read(&[], "tv") < 0.0011),
    ("impossible-events", "floor", "one", |read| {
        near(read(&[("log_eps", -6.0)], "smoothed") - read(&[("log_eps", -3.0)], "smoothed"), 1.04, 0.005)
    }),
    ("sliding-apart", "twice", "tenth", |read| (1.0..1.1).contains(&(read(&[("gap", 8.0)], "js") / read(&[], "js")))),
    ("sliding-apart", "hair", "infinite", |read| {
        read(&[], "forward").is_infinite() && near(read(&[], "tv"), 0.01, 1e-12)
    }),
    ("temperature", "cold", "one", |read| {
        let cold = [("log_t", -2.0)];
        read(&cold, "reverse") > 5.0 * read(&[], "reverse") && near(read(&cold, "forward"), 5f64.ln(), 1e-12)
    }),
    ("temperature", "hot", "hundred", |read| {
        near(read(&[("log_t", 1.0)], "forward") / read(&[("log_t", 2.0)], "forward"), 100.0, 5.0)
    }),
    ("extra-bits", "waste", "quarter", |read| near(read(&[], "forward"), 0.25, 1e-15)),
    ("extra-bits", "other-way", "same", |read| near(read(&[], "forward"), 0.25, 1e-15)),
    // Descent goes against the gradient.
    ("cross-entropy", "smoothing", "down", |read| read(&[], "gradient_cat") > 0.0),
    ("cross-entropy", "equal", "log", |read| near(read(&[], "loss"), 3f64.ln(), 1e-15)),
    ("likelihood", "divisor", "n", |read| {
        let sd = |sd: f64| read(&[("mean", 0.5), ("sd", sd)], "likelihood");
        sd(2.0) > sd(20f64.sqrt() / 2.0) && sd(2.0) > sd(1.0) && read(&[], "best_sd") == 2.0
    }),
    ("likelihood", "none", "zero", |read| {
        let theta = |theta: f64| read(&[("theta", theta)], "likelihood");
        theta(0.0) == 0.0 && theta(1.0 / 12.0) < 0.0 && theta(0.5) < theta(1.0 / 12.0)
    }),
    ("mutual-information", "rare", "even", |read| {
        let even = read(&[("sun", 0.5)], "information");
        even > read(&[], "information") && even > read(&[("sun", 0.45)], "information")
    }),
    ("mutual-information", "sign", "same", |read| {
        read(&[("rho", -0.8)], "information") == read(&[("rho", 0.8)], "information")
    }),
];

#[test]
fn the_right_answer_is_what_the_scene_then_shows() {
    for (scene, id, answer, holds) in ANSWERS {
        let scene = find(scene).expect("a scene of that name");
        let questions = scene.run(&Default::default(), false).view.questions;
        let question = questions.iter().find(|q| q.id == *id).unwrap_or_else(|| panic!("{}: no {id}", scene.id));
        assert_eq!(question.answer, *answer, "{} {id}", scene.id);
        let read = |changes: &[(&str, f64)], readout: &str| {
            let changed = changes.iter().map(|(control, v)| ((*control).to_owned(), Value::Number(*v)));
            let seen = scene.run(&question.values.iter().cloned().chain(changed).collect(), false);
            assert!(seen.problems.is_empty(), "{} {id}: {:?}", scene.id, seen.problems);
            let found = seen.view.readouts.iter().find(|r| r.id == readout);
            found.unwrap_or_else(|| panic!("{} {id}: no {readout}", scene.id)).quantity.value
        };
        assert!(holds(&read), "{} {id}: {answer} does not hold", scene.id);
    }
}

#[test]
fn every_question_of_three_chapters_has_its_answer_tested() {
    for scene in scenes::all().take_while(|scene| scene.id != "two-fits") {
        for question in scene.run(&Default::default(), false).view.questions {
            let found = ANSWERS.iter().any(|(s, id, ..)| *s == scene.id && *id == question.id);
            assert!(found, "{}: nobody has tested the answer to {}", scene.id, question.id);
        }
    }
}
