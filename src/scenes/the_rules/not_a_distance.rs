//! Not a distance: a detour may be shorter than the straight way, and there and back may differ.

use std::cmp::Ordering;

use crate::dist::Bernoulli;
use crate::divergence::{Answer, Request, cell, kl};
use crate::error::Result;
use crate::figure::{Axis, Bar, Figure, Handle, Mark, Panel, Place, Point, Role, Row, Ticks, linspace, nice_range};
use crate::quantity::{Quantity, Unit};
use crate::scene::{Controls, Formula, Goal, Math, Preset, Question, Readout, Scene, View};
use crate::text::Text;
use crate::topics::detour;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "not-a-distance",
    title: "Not a distance",
    about: "A way over a third coin can cost less than the straight one, and the way back costs something else.",
    view,
};

/// A coin with its letter.
#[derive(Clone, Copy)]
struct Coin {
    name: &'static str,
    heads: f64,
    coin: Bernoulli,
}

/// The three coins and the divergences between them.
struct State {
    p: Coin,
    q: Coin,
    r: Coin,
    straight: Answer,
    first: Answer,
    second: Answer,
    detour: Answer,
    back: Answer,
}

fn view(c: &mut Controls<'_>) -> Result<View> {
    let mut read = |id: &'static str, name: &'static str, group: &'static str, role, default| -> Result<Coin> {
        c.group(group, role);
        let heads = c.stepped(id, Text::new("heads under {of}").with("of", name), 0.0..=1.0, 0.01, default);
        Ok(Coin { name, heads, coin: Bernoulli::new(heads)? })
    };
    let (p, q, r) = (
        read("p", "P", "Coin P", Role::P, 0.5),
        read("q", "Q", "Coin Q", Role::Q, 0.25),
        read("r", "R", "Coin R", Role::Other, 0.1),
    );
    let (p, q, r) = (p?, q?, r?);
    let (first, second) = (divergence(p, q), divergence(q, r));
    let (straight, detour, back) = (divergence(p, r), first.plus(&second), divergence(q, p));
    let state = State { p, q, r, straight, first, second, detour, back };

    let asked = c.asked();
    let (lanes, square) = (state.lanes(), state.square(asked));
    let rows = if asked {
        vec![Row::new(210.0, vec![lanes, square])]
    } else {
        vec![Row::new(150.0, vec![lanes, state.ways()]), Row::new(210.0, vec![square, state.both()])]
    };
    Ok(View {
        figure: Figure { rows },
        description: Text::new("From P to R: {straight} straight, {detour} via Q. D(P‖Q) is {there}, D(Q‖P) {back}.")
            .with("straight", beside(&state.straight, &state.detour))
            .with("detour", beside(&state.detour, &state.straight))
            .with("there", beside(&state.first, &state.back))
            .with("back", beside(&state.back, &state.first)),
        formulas: state.formulas(),
        goals: state.goals(),
        readouts: state.readouts(),
        presets: presets(),
        questions: questions(),
        counts_in: None,
    })
}

/// A way in nats, with the digits that tell it from another.
fn beside(answer: &Answer, other: &Answer) -> Quantity {
    answer.quantity(Unit::Nats).beside(&other.quantity(Unit::Nats))
}

/// D(a‖b); if infinite, the cause names the two coins.
fn divergence(a: Coin, b: Coin) -> Answer {
    cell::named_coins(kl::bernoulli(&a.coin, &b.coin), (a.name, b.name), &a.coin, &b.coin)
}

impl State {
    /// How the straight way compares with the detour, beyond what rounding can tell.
    fn order(&self) -> Option<Ordering> {
        let (straight, detour) = (&self.straight, &self.detour);
        let near = (straight.value - detour.value).abs() <= straight.error + detour.error;
        if near { Some(Ordering::Equal) } else { straight.value.partial_cmp(&detour.value) }
    }

    /// The coins on lanes of their own. No ways are drawn between them: on this scale none is as long as it costs.
    fn lanes(&self) -> Panel {
        let lanes = [(3.0, "P"), (2.0, "Q"), (1.0, "R")];
        let mut panel = Panel::new(
            "coins",
            "Three coins: drag them",
            // A coin that never lands heads does not cover the name of its lane.
            Axis::new(-0.05, 1.05, "probability of heads"),
            Axis::new(0.6, 3.4, "").ticks(Ticks::Named(lanes.map(|(y, name)| (y, name.into())).into())),
        );
        let [p, q, r] = [(self.p.heads, 3.0), (self.q.heads, 2.0), (self.r.heads, 1.0)];
        for (id, words, role, at) in
            [("p", "P: heads", Role::P, p), ("q", "Q: heads", Role::Q, q), ("r", "R: heads", Role::Other, r)]
        {
            panel.handle(Handle::new(id, words, role, at).sideways(id, |(x, _)| x));
        }
        panel
    }

    /// The straight way beside the two legs of the detour, on one scale.
    fn ways(&self) -> Panel {
        let (_, high) = nice_range([0.0, 0.1, 1.5 * self.first.value, self.straight.value, self.detour.value], 0.12);
        let names = Ticks::Named(vec![(0.0, "straight".into()), (1.0, "via Q".into())]);
        let mut panel = Panel::new(
            "ways",
            match self.order() {
                _ if self.straight.value.is_infinite() => "Both ways cost ∞",
                Some(Ordering::Greater) => "The detour is shorter",
                Some(Ordering::Less) => "The detour is longer",
                _ => "The detour is just as long",
            },
            Axis::new(-0.5, 2.1, "").ticks(names),
            Axis::new(0.0, high, "").unit(Unit::Nats),
        );
        let cut = |v: f64| v.min(high);
        let corner = cut(self.first.value);
        for (role, name, at, base, top) in [
            (Role::Ink, "D(P‖R)", 0.0, 0.0, self.straight.value),
            (Role::Forward, "D(P‖Q)", 1.0, 0.0, self.first.value),
            (Role::Further, "D(Q‖R)", 1.0, corner, self.detour.value),
        ] {
            let bars = vec![Bar { from: at - 0.32, to: at + 0.32, base, top }];
            panel.mark(Mark::Bars { name: name.into(), role, bars });
        }
        if self.straight.value.is_finite() {
            panel.mark(Mark::RuleY { role: Role::Rule, at: self.straight.value });
        }
        if self.straight.value.is_finite() {
            panel.label(Role::Ink, (0.0, self.straight.value), Place::Above, "D(P‖R)");
        }
        let leg = |from: f64, to: f64| (1.32, 0.5 * (from + cut(to)));
        if self.first.value > 0.0 {
            let words = if self.first.value.is_finite() { "D(P‖Q)" } else { "D(P‖Q) = ∞" };
            panel.label(Role::Forward, leg(0.0, self.first.value), Place::Right, words);
        }
        if self.second.value > 0.0 && self.first.value.is_finite() {
            let words = if self.second.value.is_finite() { "D(Q‖R)" } else { "D(Q‖R) = ∞" };
            panel.label(Role::Further, leg(corner, self.detour.value), Place::Right, words);
        }
        panel
    }

    /// All pairs (p, q): the two directions are equal on the diagonals and nowhere else.
    fn square(&self, asked: bool) -> Panel {
        let mut panel = Panel::new(
            "square",
            if asked { "All pairs of coins: drag the point" } else { "Which direction is larger?" },
            Axis::new(0.0, 1.0, "heads under P"),
            Axis::new(0.0, 1.0, "heads under Q"),
        );
        let along = |edge: fn(f64, f64) -> f64| -> Vec<Point> {
            linspace(0.0, 1.0, 3).map(|x| (x, edge(x, 1.0 - x))).collect()
        };
        let (upper, lower) = (along(f64::max), along(f64::min));
        if !asked {
            for (role, name, base, points) in [
                (Role::Forward, "D(P‖Q) is larger", 1.0, &upper),
                (Role::Forward, "D(P‖Q) is larger", 0.0, &lower),
                (Role::Reverse, "D(Q‖P) is larger", 0.5, &upper),
                (Role::Reverse, "D(Q‖P) is larger", 0.5, &lower),
            ] {
                panel.mark(Mark::Area { name: name.into(), role, base, points: points.clone() });
            }
            panel.fine(Role::Ink, "p = q", vec![(0.0, 0.0), (1.0, 1.0)]);
            panel.fine(Role::Ink, "p + q = 1", vec![(0.0, 1.0), (1.0, 0.0)]);
            for (role, at, place, words) in [
                (Role::Forward, (0.5, 1.0), Place::Below, "D(P‖Q)"),
                (Role::Forward, (0.5, 0.0), Place::Above, "D(P‖Q)"),
                (Role::Reverse, (0.0, 0.5), Place::Right, "D(Q‖P)"),
                (Role::Reverse, (1.0, 0.5), Place::Left, "D(Q‖P)"),
            ] {
                panel.label(role, at, place, words);
            }
        }
        let at = (self.p.heads, self.q.heads);
        let handle = Handle::new("pq", "P and Q", Role::Ink, at).free();
        panel.handle(handle.sideways("p", |(x, _)| x).upright("q", |(_, y)| y));
        panel
    }

    /// There and back between P and Q.
    fn both(&self) -> Panel {
        let (_, high) = nice_range([0.0, 0.1, self.first.value, self.back.value], 0.12);
        let names = Ticks::Named(vec![(0.0, "D(P‖Q)".into()), (1.0, "D(Q‖P)".into())]);
        let mut panel = Panel::new(
            "both",
            "There and back",
            Axis::new(-0.6, 1.6, "").ticks(names),
            Axis::new(0.0, high, "").unit(Unit::Nats),
        );
        for (at, role, name, answer) in
            [(0.0, Role::Forward, "D(P‖Q)", &self.first), (1.0, Role::Reverse, "D(Q‖P)", &self.back)]
        {
            let bars = vec![Bar { from: at - 0.32, to: at + 0.32, base: 0.0, top: answer.value }];
            panel.mark(Mark::Bars { name: name.into(), role, bars });
            if answer.value.is_finite() {
                let words = Text::new("{d}").with("d", answer.quantity(Unit::Nats));
                panel.label(role, (at, answer.value), Place::Above, words);
            }
        }
        panel
    }

    fn readouts(&self) -> Vec<Readout> {
        const LEGS: &str = "The way via Q";
        let kl = |p: Coin, q: Coin| Request::kl(&p.coin, &q.coin);
        let readout = |id, label, answer, role| Readout::new(id, label, answer, Unit::Nats, role);
        vec![
            readout("straight", "straight: D(P‖R)", &self.straight, Role::Ink).computes(kl(self.p, self.r)),
            readout("detour", "via Q", &self.detour, Role::Ink),
            readout("forward", "D(P‖Q)", &self.first, Role::Forward).computes(kl(self.p, self.q)).under(LEGS),
            readout("second", "D(Q‖R)", &self.second, Role::Further).computes(kl(self.q, self.r)).under(LEGS),
            readout("reverse", "D(Q‖P)", &self.back, Role::Reverse).under("Back from Q to P"),
        ]
    }

    fn goals(&self) -> Vec<Goal> {
        let (straight, detour) = (self.straight.value, self.detour.value);
        vec![
            Goal::new(
                "longer",
                "Make the way via Q longer than the straight one, P and R being different.",
                straight > 0.0 && self.order() == Some(Ordering::Less),
            ),
            Goal::new(
                "bargain",
                "Find a way via Q that costs less than 40 % of the straight one.",
                straight.is_finite() && straight > 0.0 && detour < 0.4 * straight,
            ),
        ]
    }

    fn formulas(&self) -> Vec<Formula> {
        // One digit more than elsewhere, so that the legs add up to the detour as they are shown.
        let nats = |answer: &Answer| Math::from(answer.quantity(Unit::Nats).finer());
        let words = |of: &'static str, role| Math::Words(of.into()).colored(role);
        let legs = || Math::from([words("D(P‖Q)", Role::Forward), "+".into(), words("D(Q‖R)", Role::Further)]);
        let numbers = || {
            let (first, second) = (nats(&self.first), nats(&self.second));
            Math::from([first.colored(Role::Forward), "+".into(), second.colored(Role::Further)])
        };
        let [straight, detour] = [&self.straight, &self.detour].map(|way| way.quantity(Unit::Nats).finer());
        let (straight, detour) = (straight.beside(&detour), detour.beside(&straight));
        let straight = Math::from([words("D(P‖R)", Role::Ink), "=".into(), straight.into()]);
        let compared = |sign| {
            let detour = [Math::Operator(sign), detour.into(), "=".into(), numbers(), "=".into(), legs()];
            Math::from([straight.clone(), Math::from(detour)])
        };
        let triangle = match self.order() {
            // Two infinities are told apart by nothing.
            _ if self.straight.value.is_infinite() => {
                let detour = [legs(), "=".into(), numbers(), "=".into(), nats(&self.detour)];
                Math::from([straight, ",".into(), Math::from(detour)])
            }
            Some(Ordering::Greater) => compared(">"),
            Some(Ordering::Less) => compared("<"),
            _ => Math::from([straight, "=".into(), numbers(), "=".into(), legs()]),
        };
        let logit = |of: &'static str| Math::from(["logit".into(), of.into()]);
        let mut saved = vec![
            words("D(P‖R)", Role::Ink),
            "−".into(),
            words("D(P‖Q)", Role::Forward),
            "−".into(),
            words("D(Q‖R)", Role::Further),
            "=".into(),
            Math::of_nats([
                "(".into(),
                "p".into(),
                "−".into(),
                "q".into(),
                ")".into(),
                "(".into(),
                logit("q"),
                "−".into(),
                logit("r"),
                ")".into(),
            ]),
        ];
        if let Some(answer) = detour::saved(&self.p.coin, &self.q.coin, &self.r.coin) {
            saved.extend(["=".into(), nats(&answer)]);
        }
        let mut all = vec![Formula::new("Straight, and via Q", triangle)];
        // From infinity nothing is saved that could be counted.
        if self.straight.value.is_finite() && self.detour.value.is_finite() {
            let label = "What the detour saves: something wherever q lies between p and r";
            all.push(Formula::new(label, saved));
        }
        all
    }
}

fn coins(p: f64, q: f64, r: f64) -> [(&'static str, f64); 3] {
    [("p", p), ("q", q), ("r", r)]
}

fn presets() -> Vec<Preset> {
    vec![
        Preset::new("shortcut", "A detour that is shorter", &coins(0.5, 0.25, 0.1)),
        Preset::new("longer", "A detour that is longer", &coins(0.25, 0.5, 0.1)),
        Preset::new("mirror", "Mirror images", &coins(0.2, 0.8, 0.5)),
        Preset::new("even-model", "A model nearer to fair", &coins(0.1, 0.4, 0.25)),
        Preset::new("sure-model", "A model that is surer", &coins(0.4, 0.1, 0.25)),
        Preset::new("impossible", "A coin without heads", &coins(0.5, 0.25, 0.0)),
    ]
}

fn questions() -> Vec<Question> {
    vec![
        Question::new(
            "triangle",
            "P, Q and R give heads 0.5, 0.25 and 0.1. From P to R, what is the way via Q beside the straight one?",
            &coins(0.5, 0.25, 0.1),
            &[
                (
                    "longer",
                    "longer, as with every distance",
                    "That is the triangle inequality. D grows about like the square of the gap between coins, so two short legs can cost less.",
                ),
                (
                    "shorter",
                    "shorter",
                    "Yes: {detour} against {straight}. With Q between P and R, and nothing ruled out by R, the detour always costs less.",
                ),
                (
                    "equal",
                    "just as long: Q lies on the way",
                    "So it would be for a length. D behaves like a squared length: two halves cost less than the whole.",
                ),
            ],
            "shorter",
        )
        .telling("detour", Quantity::rounded(0.236_172_551_598_963).unit(Unit::Nats))
        .telling("straight", Quantity::rounded(0.510_825_623_765_991).unit(Unit::Nats)),
        Question::new(
            "larger",
            "P gives heads 0.2 and Q gives 0.4. Which direction is larger?",
            &coins(0.2, 0.4, 0.5),
            &[
                (
                    "forward",
                    "D(P‖Q)",
                    "The larger one has the surer coin second, as the model. Here P is surer: it is further from ½.",
                ),
                (
                    "reverse",
                    "D(Q‖P)",
                    "Yes. As a model the surer coin P is the one that is caught out more; the sampler is Q.",
                ),
                ("equal", "they are equal", "Only where p = q, or where p + q = 1 and the coins are mirror images."),
            ],
            "reverse",
        ),
    ]
}
