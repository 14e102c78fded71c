//! Cross-entropy: the loss of a classifier and of a language model, its gradient, and what is left of it.

mod words;

use crate::dist::Categorical;
use crate::divergence::any::Measure;
use crate::divergence::{Answer, Cell, Request, cell, entropy, kl};
use crate::figure::{Axis, Bar, Figure, Handle, Mark, Panel, Place, Point, Role, Row, Ticks, linspace, nice_range};
use crate::numeric::tolerance::EPS;
use crate::quantity::{Quantity, Unit};
use crate::scene::{Controls, Formula, Goal, Math, Readout, Scene, Shares, View};
use crate::text::Text;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "cross-entropy",
    title: "Cross-entropy",
    about: "A classifier’s loss is H(y, q) = H(y) + D(y‖q), and its gradient is the plain difference q − y.",
    view,
};

/// A list of classes with the logits that the lesson starts from.
struct Task {
    id: &'static str,
    /// What a logit's id begins with.
    prefix: &'static str,
    classes: &'static [(&'static str, f64)],
}

const PICTURE: Task = Task { id: "picture", prefix: "z", classes: &[("cat", 2.0), ("dog", 1.0), ("fox", 0.1)] };

/// “The cat sat on the …”
const NEXT_WORD: Task = Task {
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

/// The range of a logit.
const LOGITS: (f64, f64) = (-6.0, 8.0);

fn view(c: &mut Controls<'_>) -> View {
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
    let y = label.target(task.classes.len());
    let (Ok(y), Ok(q)) = (Categorical::from_weights(&y), Categorical::from_logits(&logits, 1.0)) else {
        return View::default();
    };
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
    state.view(c.asked())
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

/// What is held to be true.
struct Label {
    /// The class that is right, if it is one.
    right: usize,
    /// The annotators' votes, if they are asked instead.
    votes: Option<Shares>,
    smoothing: f64,
}

impl Label {
    fn declare(c: &mut Controls<'_>, next_word: bool) -> Self {
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
    fn target(&self, classes: usize) -> Vec<f64> {
        let bare = |i: usize| match &self.votes {
            Some(votes) => votes.parts().get(i).copied().unwrap_or(0.0),
            None if i == self.right => 1.0,
            None => 0.0,
        };
        (0..classes).map(|i| (1.0 - self.smoothing) * bare(i) + self.smoothing / classes as f64).collect()
    }
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
        let perplexity = self.perplexity();
        View {
            figure: Figure { rows },
            description: Text::new(
                "The loss is {loss}: H(y) {entropy} and D(y‖q) {forward}. The model gives {class} {q}.",
            )
            .with("loss", nats(&self.loss))
            .with("entropy", nats(&self.entropy))
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
                    "With smoothed labels or votes, bring D(y‖q) below 0.001 nats. What is left of the loss?",
                    self.entropy.value > 0.1 && self.forward.value < 0.001,
                ),
            ],
            readouts: self.readouts(&perplexity),
            presets: words::presets(),
            questions: words::questions(),
        }
        .computes("loss", Request::pair(Measure::CrossEntropy, &self.y, &self.q))
        .computes("forward", Request::kl(&self.y, &self.q))
        .computes("entropy", Request::entropy(&self.y))
    }

    /// e^loss: the number of equally likely choices that would cost as much.
    fn perplexity(&self) -> Answer {
        let value = self.loss.value.exp();
        let exp = Answer::closed_form(value);
        Answer { error: exp.error + value * self.loss.error, ..exp }
    }

    fn readouts(&self, perplexity: &Answer) -> Vec<Readout> {
        const CLASSES: &str = "Probability from the model";
        const GRADIENT: &str = "Gradient q − y by logit";
        let mut readouts = vec![
            Readout::new("loss", "loss H(y, q)", &self.loss, Unit::Nats, Role::Q),
            Readout::new("forward", "D(y‖q)", &self.forward, Unit::Nats, Role::Forward),
            Readout::new("entropy", "H(y)", &self.entropy, Unit::Nats, Role::P),
            Readout::new("perplexity", "perplexity", perplexity, Unit::One, Role::Ink),
        ];
        let each = |group: &'static str, id: &'static str, role, value: &dyn Fn(&Cell) -> f64| -> Vec<Readout> {
            let readout = |(i, cell): (usize, &Cell)| {
                let id = format!("{id}_{}", self.task.classes[i].0);
                // A difference of probabilities is no better than they are.
                let answer = Answer { error: 16.0 * EPS * (cell.p + cell.q), ..Answer::closed_form(value(cell)) };
                Readout::new(id, self.name(i), &answer, Unit::One, role).under(group)
            };
            self.cells.iter().enumerate().map(readout).collect()
        };
        readouts.extend(each(CLASSES, "q", Role::Q, &|cell| cell.q));
        readouts.extend(each(GRADIENT, "gradient", Role::Ink, &|cell| -cell.difference));
        readouts
    }

    /// Where the row of a class stands in the three panels of classes: the first on top.
    fn row(&self, i: usize) -> f64 {
        -1.0 - i as f64
    }

    fn rows_axis(&self) -> Axis {
        let names = (0..self.y.len()).map(|i| (self.row(i), self.name(i))).collect();
        Axis::new(-0.6 - self.y.len() as f64, -0.4, "").ticks(Ticks::Named(names))
    }

    /// A bar that lies in the row of a class, thin and moved up or down where two share the row.
    fn lying(&self, i: usize, from: f64, to: f64, thick: f64, up: f64) -> Bar {
        let middle = self.row(i) + up;
        Bar { from: from.min(to), to: from.max(to), base: middle - thick / 2.0, top: middle + thick / 2.0 }
    }

    fn logits(&self) -> Panel {
        let mut panel = Panel::new("logits", "Drag the logits", Axis::new(LOGITS.0, LOGITS.1, ""), self.rows_axis());
        let bars = (0..self.y.len()).map(|i| self.lying(i, 0.0, self.logits[i], 0.62, 0.0)).collect();
        panel.mark(Mark::Bars { name: "logits".into(), role: Role::Q, bars });
        panel.mark(Mark::RuleX { role: Role::Muted, at: 0.0 });
        for (i, (name, _)) in self.task.classes.iter().enumerate() {
            let label = Text::new("logit of {class}").with("class", self.name(i));
            let handle = Handle::new(format!("logit-{name}"), label, Role::Q, (self.logits[i], self.row(i)));
            panel.handle(handle.sideways(format!("{}_{name}", self.task.prefix), |(x, _)| x).swept());
        }
        panel
    }

    fn probabilities(&self) -> Panel {
        let mut panel = Panel::new("probabilities", "Label y, model q", Axis::new(0.0, 1.0, ""), self.rows_axis());
        let bars = |d: &Categorical, up: f64| {
            d.probs().iter().enumerate().map(|(i, p)| self.lying(i, 0.0, *p, 0.34, up)).collect()
        };
        panel.mark(Mark::Bars { name: "y".into(), role: Role::P, bars: bars(&self.y, 0.19) });
        panel.mark(Mark::Bars { name: "q".into(), role: Role::Q, bars: bars(&self.q, -0.19) });
        for (d, role, name, up) in [(&self.y, Role::P, "y", 0.19), (&self.q, Role::Q, "q", -0.19)] {
            let largest = (0..d.len()).rev().max_by(|a, b| d.probs()[*a].total_cmp(&d.probs()[*b])).unwrap_or(0);
            let beside = self.label.votes.is_some() && role == Role::P;
            let at = d.probs()[largest] + if beside { 0.05 } else { 0.0 };
            panel.label(role, (at, self.row(largest) + up), Place::Right, name);
        }
        if let Some(votes) = &self.label.votes {
            let rest = self.label.smoothing / self.y.len() as f64;
            let keep = 1.0 - self.label.smoothing;
            for (i, (name, _)) in self.task.classes.iter().enumerate() {
                let label = Text::new("votes for {class}").with("class", self.name(i));
                let at = (keep * votes.parts()[i] + rest, self.row(i) + 0.19);
                panel.handle(votes.sideways(i, Handle::new(format!("votes-{name}"), label, Role::P, at)));
            }
        }
        panel
    }

    fn gradient(&self) -> Panel {
        let mut panel = Panel::new("gradient", "Gradient q − y", Axis::new(-1.0, 1.0, ""), self.rows_axis());
        let bars = self.cells.iter().enumerate().map(|(i, cell)| self.lying(i, 0.0, -cell.difference, 0.62, 0.0));
        panel.mark(Mark::Bars { name: "q − y".into(), role: Role::Other, bars: bars.collect() });
        panel.mark(Mark::RuleX { role: Role::Muted, at: 0.0 });
        panel
    }

    /// The top of the axis of nats that the curve shares with the bar.
    fn top(&self) -> f64 {
        nice_range([0.0, 1.2, self.loss.value], 0.25).1
    }

    /// The loss with one logit moved and the others as they are.
    fn loss_at(&self, subject: usize, logit: f64) -> f64 {
        let mut logits = self.logits.clone();
        logits[subject] = logit;
        Categorical::from_logits(&logits, 1.0).map_or(f64::INFINITY, |q| entropy::cross_categorical(&self.y, &q).value)
    }

    /// The loss as the subject's logit varies; its slope is the gradient.
    fn curve(&self, subject: usize, high: f64) -> Panel {
        let mut panel = Panel::new(
            "curve",
            Text::new("The loss as the logit of {class} moves").with("class", self.name(subject)),
            Axis::new(LOGITS.0, LOGITS.1, Text::new("logit of {class}").with("class", self.name(subject))),
            Axis::new(0.0, high, "").unit(Unit::Nats),
        );
        let now = (self.logits[subject], self.loss.value);
        let slope = -self.cells[subject].difference;
        let curve: Vec<Point> = linspace(LOGITS.0, LOGITS.1, 113).map(|z| (z, self.loss_at(subject, z))).collect();
        panel.mark(Mark::RuleY { role: Role::P, at: self.entropy.value });
        let reach = 2.2;
        let tangent = [-reach, reach].map(|dz| (now.0 + dz, now.1 + slope * dz)).to_vec();
        panel.fine(Role::Other, "slope q − y", tangent);
        panel.line(Role::Q, "loss", curve);
        // Below a tangent of a convex curve there is always room.
        let end = match slope < 0.0 {
            true if now.1 - slope * reach <= high => -reach,
            _ => 0.8 * reach,
        };
        let place = match (slope < 0.0, now.0 + end < 4.5) {
            (true, _) => Place::Left,
            (false, true) => Place::Right,
            (false, false) => Place::Below,
        };
        let words = Text::new("slope {slope}").with("slope", Quantity::bounded(slope, EPS));
        panel.label(Role::Other, (now.0 + end, now.1 + slope * end), place, words);
        if self.entropy.value > 0.0 {
            let (x, place) = if now.0 > 1.0 { (LOGITS.0, Place::Above) } else { (LOGITS.1, Place::Below) };
            panel.label(Role::P, (x, self.entropy.value), place, "H(y)");
        }
        let (name, _) = self.task.classes[subject];
        let label = Text::new("logit of {class}").with("class", self.name(subject));
        let handle = Handle::new("logit", label, Role::Q, now);
        panel.handle(handle.sideways(format!("{}_{name}", self.task.prefix), |(x, _)| x));
        panel
    }

    /// loss = H(y) + D(y‖q) as a bar of two parts.
    fn stack(&self, high: f64) -> Panel {
        let names = Ticks::Named(vec![(0.0, "loss".into())]);
        let mut panel = Panel::new(
            "stack",
            "Loss = H(y) + D(y‖q)",
            Axis::new(-0.6, 1.9, "").ticks(names),
            Axis::new(0.0, high, "").unit(Unit::Nats),
        );
        let bar = |base: f64, top: f64| vec![Bar { from: -0.4, to: 0.4, base, top }];
        let floor = self.entropy.value;
        panel.mark(Mark::RuleY { role: Role::P, at: floor });
        panel.mark(Mark::Bars { name: "H(y)".into(), role: Role::P, bars: bar(0.0, floor) });
        panel.mark(Mark::Bars {
            name: "H(y) + D(y‖q)".into(), role: Role::Forward, bars: bar(floor, self.loss.value)
        });
        let words = |key, answer: &Answer| Text::new(key).with("nats", nats(answer));
        let low = 0.5 * floor;
        if floor > 0.0 {
            panel.label(Role::P, (0.4, low), Place::Right, words("H {nats}", &self.entropy));
        }
        // A line of words above the other label at least.
        let middle = (0.5 * (floor + self.loss.value)).max(if floor > 0.0 { low + 0.12 * high } else { 0.0 });
        panel.label(Role::Forward, (0.4, middle), Place::Right, words("D {nats}", &self.forward));
        panel
    }

    fn formulas(&self) -> Vec<Formula> {
        let number = |v: f64| Math::from(Quantity::rounded(v));
        let subject = self.subject();
        let exponent = |z: f64| Math::power("e", Quantity::exact(z));
        let mut total = Vec::new();
        for (i, &z) in self.logits.iter().enumerate() {
            if i > 0 {
                total.push("+".into());
            }
            // A long list is cut where it would no longer be read.
            if i == 3 && self.logits.len() > 4 {
                total.push("…".into());
                break;
            }
            total.push(exponent(z));
        }
        let mut loss = vec![
            Math::Words("H(y, q)".into()).colored(Role::Q),
            "=".into(),
            "−".into(),
            "∑".into(),
            "y".into(),
            "ln".into(),
            "q".into(),
        ];
        let shown: Vec<&Cell> = self.cells.iter().filter(|cell| cell.p > 0.0).take(4).collect();
        for (i, cell) in shown.iter().enumerate() {
            loss.extend([if i == 0 { "=" } else { "−" }.into()]);
            if i == 0 {
                loss.push("−".into());
            }
            loss.extend([number(cell.p), "ln".into(), number(cell.q)]);
        }
        if self.cells.iter().filter(|cell| cell.p > 0.0).count() > shown.len() {
            loss.extend(["−".into(), "…".into()]);
        }
        loss.extend(["=".into(), Math::from(nats(&self.loss)).colored(Role::Q)]);
        vec![
            Formula::new(
                Text::new("Probability of {class}").with("class", self.name(subject)),
                vec![
                    Math::from("q").colored(Role::Q),
                    "=".into(),
                    Math::fraction(exponent(self.logits[subject]), total),
                    "=".into(),
                    number(self.q.probs()[subject]),
                ],
            ),
            Formula::new("Loss", loss),
        ]
    }
}
