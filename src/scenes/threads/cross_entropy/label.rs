//! What is predicted, and what is held to be true of it.

use crate::dist::Categorical;
use crate::error::Result;
use crate::scene::{Controls, Shares};
use crate::text::Text;
use crate::topics::smoothing::floored;

/// A list of classes with the logits that the lesson starts from.
pub struct Task {
    pub id: &'static str,
    /// What a logit's id begins with.
    pub prefix: &'static str,
    pub classes: &'static [(&'static str, f64)],
}

pub const PICTURE: Task = Task { id: "picture", prefix: "z", classes: &[("cat", 2.0), ("dog", 1.0), ("fox", 0.1)] };

/// “The cat sat on the …”
pub const NEXT_WORD: Task = Task {
    id: "next-word",
    prefix: "w",
    classes: &[
        ("mat", 4.2),
        ("floor", 3.6),
        ("sofa", 3.3),
        ("bed", 2.9),
        ("table", 2.6),
        ("roof", 2.2),
        ("fence", 1.6),
        ("dog", 0.4),
        ("moon", -0.6),
        ("tax", -2.4),
    ],
};

/// What is held to be true.
pub struct Label {
    /// The class that is right, if it is one.
    pub right: usize,
    /// The annotators' votes, if they are asked instead.
    pub votes: Option<Shares>,
    pub smoothing: f64,
}

impl Label {
    /// Declares the controls.
    pub fn declare(c: &mut Controls<'_>, next_word: bool) -> Self {
        c.active(!next_word);
        let options = [("cat", "cat"), ("dog", "dog"), ("fox", "fox"), ("votes", "votes of annotators")];
        let class = c.choice("label", "what it is", &options, "cat");
        let soft = class == "votes" && !next_word;
        let votes = [("cat", 0.6), ("dog", 0.3), ("fox", 0.1)].map(|(name, share)| {
            (format!("y_{name}"), Text::new("votes for {class}").with("class", Text::new(name)), share)
        });
        let votes = Shares::declare(c, votes, 3, soft);
        c.active(next_word);
        let options = NEXT_WORD.classes.iter().map(|(name, _)| (*name, *name)).collect::<Vec<_>>();
        let word = c.choice("word", "what came next", &options, "mat");
        c.active(true);
        let smoothing = c.stepped("smoothing", "label smoothing", 0.0..=0.5, 0.01, 0.0);
        let (task, name) = if next_word { (&NEXT_WORD, word) } else { (&PICTURE, class) };
        let right = task.classes.iter().position(|(n, _)| *n == name).unwrap_or(0);
        Self { right, votes: soft.then_some(votes), smoothing }
    }

    /// The label as probabilities: (1 − ε)·y + ε/K (Szegedy and others 2016).
    ///
    /// # Errors
    /// None, for the controls keep to their ranges.
    pub fn target(&self, classes: usize) -> Result<Categorical> {
        let bare = match &self.votes {
            Some(votes) => votes.distribution()?,
            None => {
                let sure: Vec<f64> = (0..classes).map(|i| if i == self.right { 1.0 } else { 0.0 }).collect();
                Categorical::from_weights(&sure)?
            }
        };
        floored(&bare, self.smoothing)
    }
}
