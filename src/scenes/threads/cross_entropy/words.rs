//! The predictions worth seeing, and questions about them.

use super::label::NEXT_WORD;
use crate::quantity::{Quantity, Unit};
use crate::scene::{Preset, Question};

/// States worth seeing.
pub fn presets() -> Vec<Preset> {
    let picture = |id, label: &'static str, right: &str| Preset::new(id, label, &[]).with("label", right);
    vec![
        picture("right", "It is a cat", "cat"),
        picture("second", "It is a dog", "dog"),
        picture("third", "It is a fox", "fox"),
        Preset::new("smoothed", "A smoothed label", &[("smoothing", 0.1), ("z_cat", 6.0)]),
        picture("annotators", "Annotators disagree", "votes"),
        Preset::new("next-word", "The next word", &[]).with("task", NEXT_WORD.id).with("word", "roof"),
    ]
}

/// Questions to commit to before looking.
pub fn questions() -> Vec<Question> {
    let overconfident = [("z_cat", 6.0), ("z_dog", 1.0), ("z_fox", 0.0), ("smoothing", 0.1)];
    vec![
        Question::new(
            "smoothing",
            "Logits 6, 1, 0; it is a cat, and the label is smoothed by 0.1. Which way does training push the cat’s logit?",
            &overconfident,
            &[
                (
                    "up",
                    "up: it is a cat",
                    "With a plain label always up, for q never reaches 1. Here y says 0.933, and q is already 0.991.",
                ),
                (
                    "down",
                    "down",
                    "Yes: q − y = 0.991 − 0.933 is positive, and descent goes against it. A smoothed label makes certainty cost something.",
                ),
                (
                    "still",
                    "nowhere: the answer is right",
                    "The loss doesn’t ask whether the answer is right, but how far q is from y: 0.991 from 0.933.",
                ),
            ],
            "down",
        ),
        Question::new(
            "equal",
            "Three classes, and the model gives all of them the same logit. What is its loss on a picture of a cat?",
            &[("z_cat", 0.0), ("z_dog", 0.0), ("z_fox", 0.0)],
            &[
                (
                    "zero",
                    "0: it has made no mistake",
                    "It has not decided either: q(cat) is 1/3, and the loss is 0 only for q = 1.",
                ),
                ("third", "1/3", "1/3 is the probability of cat. The loss is its logarithm, with the sign changed."),
                (
                    "log",
                    "{log}",
                    "Yes: the log of 3. Equal chances for K classes always cost the log of K, and the perplexity is K.",
                ),
            ],
            "log",
        )
        .telling("log", Quantity::rounded(3f64.ln()).unit(Unit::Nats)),
    ]
}
