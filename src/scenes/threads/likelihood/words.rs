//! The data worth seeing, and questions about them.

use crate::scene::{Preset, Question};

/// States worth seeing.
pub fn presets() -> Vec<Preset> {
    let points =
        |id, label: &'static str, values: &[(&str, f64)]| Preset::new(id, label, values).with("kind", "points");
    vec![
        Preset::new("seven", "Seven heads of ten", &[("flips", 10.0), ("heads", 7.0)]),
        Preset::new("never", "Never heads", &[("heads", 0.0), ("theta", 0.1)]),
        Preset::new("once", "One flip", &[("flips", 1.0), ("heads", 1.0)]),
        points("five", "Five points", &[]),
        points("outlier", "An outlier", &[("x1", -1.5), ("x2", -1.0), ("x3", -0.5), ("x4", 0.0), ("x5", 5.5)]),
        points("coincide", "A single point", &[("points", 1.0), ("x1", 1.0), ("mean", 1.0), ("sd", 0.5)]),
    ]
}

/// Questions to commit to before looking.
pub fn questions() -> Vec<Question> {
    let width = Question::new(
        "divisor",
        "Five points have squared distances from their mean that sum to 20. Which sd makes them most likely?",
        &[],
        &[
            (
                "n",
                "√(20/5) = 2",
                "Yes: likelihood takes the mean of the squares. It is the forward fit: the moments of the data as they are.",
            ),
            (
                "n-1",
                "√(20/4) ≈ 2.236",
                "Its square is the unbiased estimate of the population’s variance. The five points themselves are a little less likely under it.",
            ),
            (
                "any",
                "the smaller the better",
                "A narrow bell is high in its middle and nearly nothing at −2.5 and 3.5: there the logarithm loses more than it gains in the middle.",
            ),
        ],
        "n",
    )
    .with("kind", "points");
    vec![
        Question::new(
            "none",
            "Ten flips, and no heads. Which probability of heads makes that most likely?",
            &[("heads", 0.0)],
            &[
                (
                    "zero",
                    "0",
                    "Yes: k/n. There D(data‖Q) is 0. But that Q calls heads impossible; the first one will cost it infinitely much.",
                ),
                (
                    "laplace",
                    "1/12",
                    "That is Laplace’s rule (k + 1)/(n + 2), which starts from a prior. The ten flips alone are likelier still under less.",
                ),
                (
                    "half",
                    "½: coins are fair",
                    "Under a fair coin ten tails have probability 1/1024. There are coins that do better.",
                ),
            ],
            "zero",
        ),
        width,
    ]
}
