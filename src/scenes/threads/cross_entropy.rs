//! Cross-entropy: the loss of a classifier and of a language model, its gradient, and what is left of it.

mod label;
mod numbers;
mod panels;
mod words;

use self::label::{Label, NEXT_WORD, PICTURE, Task};
use crate::dist::Categorical;
use crate::divergence::{Answer, Cell, cell, entropy, kl};
use crate::error::Result;
use crate::figure::{Figure, Role, Row};
use crate::quantity::{Quantity, Unit};
use crate::scene::{Controls, Goal, Scene, View};
use crate::text::Text;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "cross-entropy",
    title: "Cross-entropy",
    about: "A classifier’s loss is H(y, q) = H(y) + D(y‖q), and its gradient in nats is the plain difference q − y.",
    view,
};

/// The range of a logit.
const LOGITS: (f64, f64) = (-6.0, 8.0);

fn view(c: &mut Controls<'_>) -> Result<View> {
    c.group("Task", Role::Ink);
    let task = c.choice(
        "task",
        "what is predicted",
        &[(PICTURE.id, "a picture’s class"), (NEXT_WORD.id, "“The cat sat on the …”")],
        PICTURE.id,
    );
    let next_word = task == NEXT_WORD.id;
    c.group("Label y", Role::P);
    let label = Label::declare(c, next_word);
    c.group("Model’s logits", Role::Q);
    let picture = logits(c, &PICTURE, !next_word);
    let words = logits(c, &NEXT_WORD, next_word);
    let (task, logits) = if next_word { (&NEXT_WORD, words) } else { (&PICTURE, picture) };
    let (y, q) = (label.target(task.classes.len())?, Categorical::from_logits(&logits, 1.0)?);
    let state = State {
        task,
        cells: cell::of_categoricals(&y, &q),
        entropy: entropy::categorical(&y),
        loss: entropy::cross_categorical(&y, &q),
        forward: kl::categorical(&y, &q),
        label,
        logits,
        y,
        q,
    };
    Ok(state.view(c.asked()))
}

fn logits(c: &mut Controls<'_>, task: &Task, active: bool) -> Vec<f64> {
    c.active(active);
    let declare = |(name, default): &(&'static str, f64)| {
        let label = Text::new("logit of {class}").with("class", Text::new(name));
        c.stepped(format!("{}_{name}", task.prefix), label, LOGITS.0..=LOGITS.1, 0.1, *default)
    };
    let logits = task.classes.iter().map(declare).collect();
    c.active(true);
    logits
}

/// One state of the scene with its numbers.
struct State {
    task: &'static Task,
    label: Label,
    logits: Vec<f64>,
    y: Categorical,
    q: Categorical,
    cells: Vec<Cell>,
    entropy: Answer,
    loss: Answer,
    forward: Answer,
}

fn nats(answer: &Answer) -> Quantity {
    answer.quantity(Unit::Nats)
}

impl State {
    fn name(&self, i: usize) -> Text {
        Text::new(self.task.classes.get(i).map_or("", |c| c.0))
    }

    /// The class whose logit is varied: the right one, or the one with most votes.
    fn subject(&self) -> usize {
        let most = |a: &usize, b: &usize| self.y.probs()[*a].total_cmp(&self.y.probs()[*b]);
        if self.label.votes.is_some() { (0..self.y.len()).rev().max_by(most).unwrap_or(0) } else { self.label.right }
    }

    fn view(&self, asked: bool) -> View {
        let tall = 14.0 + if self.y.len() > 4 { 21.0 } else { 30.0 } * self.y.len() as f64;
        let subject = self.subject();
        let mut rows = vec![Row::new(tall, vec![self.logits().share(1.25)])];
        if !asked {
            rows[0].panels.extend([self.probabilities(), self.gradient()]);
            let high = self.top();
            rows.push(Row::new(170.0, vec![self.curve(subject, high).share(1.5), self.stack(high)]));
        }
        let perplexity = entropy::perplexity(&self.loss);
        View {
            figure: Figure { rows },
            description: Text::new(
                "The loss is {loss}: H(y) {entropy} and D(y‖q) {forward}. The model gives {class} {q}.",
            )
            .with("loss", nats(&self.loss).beside(&nats(&self.entropy)))
            .with("entropy", nats(&self.entropy).beside(&nats(&self.loss)))
            .with("forward", nats(&self.forward))
            .with("class", self.name(subject))
            .with("q", Quantity::rounded(self.q.probs()[subject])),
            formulas: self.formulas(),
            goals: vec![
                Goal::new(
                    "unsure",
                    "Make the model’s perplexity exactly the number of classes: as good as guessing.",
                    self.label.votes.is_none()
                        && (perplexity.value - self.y.len() as f64).abs() < 1e-9 * self.y.len() as f64,
                ),
                Goal::new(
                    "matched",
                    Text::new("With smoothed labels or votes, bring D(y‖q) below {d}. What is left of the loss?")
                        .with("d", Quantity::nats(0.001)),
                    self.entropy.value > 0.1 && self.forward.value < 0.001,
                ),
            ],
            readouts: self.readouts(&perplexity),
            presets: words::presets(),
            questions: words::questions(),
            counts_in: None,
        }
    }
}
