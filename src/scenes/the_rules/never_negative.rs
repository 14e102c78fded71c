//! Never negative: why the sum of p·ln(p/q) can't fall below zero, although its terms do.

use crate::dist::Categorical;
use crate::divergence::any::Measure;
use crate::divergence::kl::{self, Term};
use crate::divergence::{Answer, Request, cell, f};
use crate::error::Result;
use crate::figure::{
    Axis, Bar, Bubble, Figure, Mark, Panel, Place, Point, Role, Row, Stroke, Ticks, linspace, nice_range,
};
use crate::numeric::order;
use crate::numeric::sums::sum;
use crate::quantity::{Quantity, Unit};
use crate::scene::{Controls, Formula, Goal, Math, Outcome, Outcomes, Preset, Question, Readout, Scene, View};
use crate::text::Text;
use crate::topics::bounds;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "never-negative",
    title: "Never negative",
    about: "Single terms may be negative; their sum never is, because −log lies above its tangent.",
    view,
};

/// Tomorrow's weather.
const WEATHER: &[Outcome] = &[("sun", "sun"), ("cloud", "cloud"), ("rain", "rain"), ("snow", "snow")];
/// The largest ratio q/p that the axis makes room for.
const FARTHEST: f64 = 8.0;

/// The curve, and its tangent at 1.
const CURVE: Text = Text::by_unit("−ln r", "−log₂ r");
const TANGENT: Text = Text::by_unit("1 − r", "(1 − r)/ln 2");

/// Both distributions and what follows from them.
struct State {
    p: Outcomes,
    q: Outcomes,
    terms: Vec<Term>,
    forward: Answer,
    tv: Answer,
    bound: Answer,
}

fn view(c: &mut Controls<'_>) -> Result<View> {
    c.group("Truth P", Role::P);
    let p = Outcomes::declare(c, ("p", "P", Role::P), WEATHER, &[0.4, 0.3, 0.2, 0.1], WEATHER.len());
    c.group("Forecast Q", Role::Q);
    let q = Outcomes::declare(c, ("q", "Q", Role::Q), WEATHER, &[0.1, 0.2, 0.3, 0.4], WEATHER.len());
    let (truth, model) = (p.distribution()?, q.distribution()?);
    let cells = cell::of_categoricals(&truth, &model);
    let forward = cell::named(kl::categorical(&truth, &model), ("P", "Q"), &cells, |i| Text::new(WEATHER[i].1));
    let bound = bounds::pinsker(&forward);
    let heights = p.shares().iter().zip(q.shares());
    // Where bars are equally high the term is 0, whatever rounding leaves of it.
    let settled =
        |(term, (p, q)): (Term, (&f64, &f64))| if p == q { Term { signed: 0.0, non_negative: 0.0 } } else { term };
    let terms = kl::categorical_terms(&truth, &model).into_iter().zip(heights).map(settled).collect();
    let state = State { p, q, terms, tv: f::tv_categorical(&truth, &model), bound, forward };

    let mut rows = vec![Row::new(215.0, vec![state.bars().share(0.85), state.jensen(c.asked())])];
    if !c.asked() {
        rows.push(Row::new(150.0, vec![state.both_sums().share(1.3), state.pinsker()]));
    }
    Ok(View {
        figure: Figure { rows },
        description: state.description(),
        formulas: state.formulas(),
        goals: state.goals(),
        readouts: state.readouts(&truth, &model),
        presets: presets(),
        questions: questions(),
        counts_in: None,
    })
}

impl State {
    fn negative_terms(&self) -> usize {
        self.terms.iter().filter(|t| t.signed < 0.0).count()
    }

    fn description(&self) -> Text {
        let words = match self.negative_terms() {
            0 => Text::new("D(P‖Q) is {d}; no term is negative. P and Q differ by {tv} in total variation."),
            1 => Text::new("D(P‖Q) is {d}; one of its terms is negative. P and Q differ by {tv} in total variation."),
            n => Text::new("D(P‖Q) is {d}; {n} of its terms are negative. P and Q differ by {tv} in total variation.")
                .with("n", Quantity::exact(n as f64)),
        };
        words.with("d", self.forward.quantity(Unit::Nats)).with("tv", self.tv.quantity(Unit::One))
    }

    /// The ratio r = q/p and the probability p of every outcome that can happen, by falling −ln r.
    fn ratios(&self) -> Vec<(f64, f64, &'static str)> {
        let pairs = self.p.shares().iter().copied().zip(self.q.shares().iter().copied()).zip(WEATHER);
        let mut ratios: Vec<_> = pairs.filter(|((p, _), _)| *p > 0.0).map(|((p, q), w)| (q / p, p, w.1)).collect();
        order::by(&mut ratios, |a, b| a.0.total_cmp(&b.0));
        ratios
    }

    fn bars(&self) -> Panel {
        let names = WEATHER.iter().enumerate().map(|(i, w)| (i as f64, Text::new(w.1))).collect();
        let mut panel = Panel::new(
            "bars",
            "Drag or sweep the bars",
            Axis::new(-0.55, 3.55, "").ticks(Ticks::Named(names)),
            Axis::new(0.0, 1.0, "probability"),
        );
        self.p.bars(&mut panel, -0.21, 0.19);
        self.q.bars(&mut panel, 0.21, 0.19);
        panel
    }

    /// The points (q/p, −ln(q/p)) on their curve, and their mean, which lies as high as the divergence.
    fn jensen(&self, asked: bool) -> Panel {
        let ratios = self.ratios();
        let farthest = ratios.iter().map(|r| r.0).filter(|r| *r <= FARTHEST).fold(2.2, f64::max);
        let (_, right) = nice_range([0.0, farthest], 0.08);
        let curve: Vec<Point> = linspace(0.004, right, 300).map(|r| (r, -r.ln())).collect();
        let seen = |r: &&(f64, f64, &str)| r.0 > 0.0 && r.0 <= right;
        // Room for the names above the bubbles.
        let heights = ratios.iter().filter(seen).map(|r| 0.25 - r.0.ln());
        let (low, high) = nice_range(heights.chain([self.forward.value, 1.0, -right.ln()]), 0.08);
        let mut panel = Panel::new(
            "jensen",
            if asked {
                Text::by_unit("Each outcome on the curve −ln r", "Each outcome on the curve −log₂ r")
            } else {
                Text::new("The points’ mean is never below the curve")
            },
            Axis::new(0.0, right, "r = q/p"),
            Axis::new(low, high, "").unit(Unit::Nats),
        );
        panel.fine(Role::Muted, TANGENT, vec![(0.0, 1.0), (right, 1.0 - right)]);
        panel.line(Role::Ink, CURVE, curve);
        let at = |r: &(f64, f64, &str)| (r.0, -r.0.ln());
        // What is infinitely high has no chord.
        if let (Some(first), Some(last)) = (ratios.iter().find(|r| r.0 > 0.0), ratios.last()) {
            panel.fine(Role::P, "chord", vec![at(first), at(last)]);
        }
        let bubbles = ratios.iter().filter(seen).map(|r| Bubble { name: r.2.into(), at: at(r), weight: r.1 }).collect();
        panel.mark(Mark::Bubbles { name: "outcomes, weighted by p".into(), role: Role::P, bubbles });
        if !asked {
            let mean = ratios.iter().map(|r| r.0 * r.1).sum();
            let top = self.forward.value.min(high);
            let points = vec![(mean, 0.0), (mean, self.forward.value)];
            panel.mark(Mark::Line { name: "D(P‖Q)".into(), role: Role::Forward, stroke: Stroke::Bold, points });
            let points = vec![(mean, self.forward.value)];
            panel.mark(Mark::Dots { name: "mean".into(), role: Role::Forward, filled: true, points });
            let words = if self.forward.value.is_finite() { "mean: D(P‖Q)" } else { "mean: ∞" };
            panel.label(Role::Forward, (mean, top), Place::Right, words);
        }
        // Outcomes that stand on one spot share one label.
        let mut spots: Vec<(Point, f64, Text)> = Vec::new();
        for ratio in ratios.iter().filter(seen) {
            match spots.last_mut() {
                Some((spot, largest, words)) if ratio.0 - spot.0 < 0.04 * right => {
                    let first = std::mem::take(words);
                    *words = Text::new("{first}, {second}").with("first", first).with("second", Text::new(ratio.2));
                    *largest = largest.max(ratio.1);
                }
                _ => spots.push((at(ratio), ratio.1, ratio.2.into())),
            }
        }
        for ((x, y), largest, words) in spots {
            // Above the bubble's rim.
            panel.label(Role::P, (x, y + 0.05 * largest.sqrt() * (high - low)), Place::Above, words);
        }
        panel.label(Role::Ink, (0.82 * right, -(0.82 * right).ln()), Place::Above, CURVE);
        let x = (1.0 - low) * 0.6;
        panel.label(Role::Muted, (x.min(0.8 * right), 1.0 - x.min(0.8 * right)), Place::Left, TANGENT);
        panel
    }

    /// The terms as they are, and as they are never negative; both add up to the divergence.
    fn both_sums(&self) -> Panel {
        let term = || Text::by_unit("p ln(p/q)", "p log₂(p/q)");
        let sums = Term { signed: self.forward.value, non_negative: self.forward.value };
        let groups: Vec<Term> = self.terms.iter().copied().chain([sums]).collect();
        let (low, high) = nice_range(groups.iter().flat_map(|t| [t.signed, t.non_negative]).chain([0.0, 0.1]), 0.25);
        let names = WEATHER.iter().map(|w| w.1).chain(["sum"]);
        let mut panel = Panel::new(
            "terms",
            Text::by_unit("Adding q − p leaves no negative term", "Adding (q − p)/ln 2 leaves no negative term"),
            Axis::new(-0.55, 4.55, "")
                .ticks(Ticks::Named(names.enumerate().map(|(i, w)| (i as f64, w.into())).collect())),
            Axis::new(low, high, "").unit(Unit::Nats),
        );
        for (role, name, shift, of) in [
            (Role::Forward, term(), -0.19, (|t| t.signed) as fn(&Term) -> f64),
            (Role::Other, Text::by_unit("p ln(p/q) + q − p", "p log₂(p/q) + (q − p)/ln 2"), 0.19, |t| {
                t.non_negative
            }),
        ] {
            let middle = |i: usize| i as f64 + shift;
            let bar =
                |(i, t): (usize, &Term)| Bar { from: middle(i) - 0.17, to: middle(i) + 0.17, base: 0.0, top: of(t) };
            panel.mark(Mark::Bars { name, role, bars: groups.iter().enumerate().map(bar).collect() });
        }
        panel.mark(Mark::RuleX { role: Role::Rule, at: 3.5 });
        let finite = self.terms.iter().enumerate().filter(|(_, t)| t.signed.is_finite());
        if let Some((i, tallest)) = finite.max_by(|a, b| a.1.signed.total_cmp(&b.1.signed)).filter(|t| t.1.signed > 0.0)
        {
            let at = i as f64;
            panel.label(Role::Forward, (at - 0.19, tallest.signed), Place::Above, term());
            // Clear of the zero line.
            let height = tallest.non_negative.max(0.12 * (high - low));
            panel.label(Role::Other, (at + 0.3, height), Place::Right, Text::by_unit("… + q − p", "… + (q − p)/ln 2"));
        }
        if self.forward.value.is_finite() {
            panel.label(Role::Forward, (4.0, self.forward.value), Place::Above, "D(P‖Q)");
        }
        panel
    }

    /// How low D can be for each total variation.
    fn pinsker(&self) -> Panel {
        let (_, high) = nice_range([0.0, 0.5, self.forward.value], 0.12);
        let floor: Vec<Point> = linspace(0.0, 1.0, 81).map(|tv| (tv, 2.0 * tv * tv)).collect();
        let mut panel = Panel::new(
            "pinsker",
            Text::by_unit("Pinsker: D ≥ 2·TV²", "Pinsker: D ≥ 2·TV²/ln 2"),
            Axis::new(0.0, 1.0, "total variation"),
            Axis::new(0.0, high, "D(P‖Q)").unit(Unit::Nats),
        );
        panel.area(Role::Muted, "impossible", floor.clone());
        panel.fine(Role::Ink, Text::by_unit("2·TV²", "2·TV²/ln 2"), floor);
        let here = (self.tv.value, self.forward.value);
        panel.mark(Mark::Dots { name: "P and Q".into(), role: Role::Forward, filled: true, points: vec![here] });
        let words = if self.forward.value.is_finite() { "P, Q" } else { "P, Q: ∞" };
        panel.label(Role::Forward, (here.0, here.1.min(high)), Place::Left, words);
        let corner = (0.5 * high).sqrt().min(1.0);
        panel.label(Role::Muted, (0.5 + 0.5 * corner, 0.12 * high), Place::Above, "impossible");
        panel
    }

    fn readouts(&self, truth: &Categorical, model: &Categorical) -> Vec<Readout> {
        const SIGNS: &str = "Terms by their sign";
        let side = |keep: fn(&f64) -> bool| {
            let answer = Answer::sum(sum(self.terms.iter().map(|t| t.signed).filter(keep)), self.terms.len());
            let cause = self.forward.cause.clone().filter(|_| answer.value.is_infinite());
            Answer { cause, ..answer }
        };
        let [tv, bound] = [&self.tv, &self.bound].map(|answer| answer.quantity(Unit::One));
        let below =
            |id, label, answer, quantity| Readout { quantity, ..Readout::new(id, label, answer, Unit::One, Role::Ink) };
        vec![
            Readout::new("forward", "D(P‖Q)", &self.forward, Unit::Nats, Role::Forward)
                .computes(Request::kl(truth, model)),
            below("tv", Text::new("total variation"), &self.tv, tv.beside(&bound)).computes(Request::pair(
                Measure::Tv,
                truth,
                model,
            )),
            below("pinsker", Text::by_unit("at most √(D/2)", "at most √(D·ln 2/2)"), &self.bound, bound.beside(&tv)),
            Readout::new("positive", "positive terms", &side(|t| *t > 0.0), Unit::Nats, Role::Forward).under(SIGNS),
            Readout::new("negative", "negative terms", &side(|t| *t < 0.0), Unit::Nats, Role::Forward).under(SIGNS),
        ]
    }

    fn goals(&self) -> Vec<Goal> {
        let different = self.tv.value > 0.0;
        let tight = self.tv.value > 0.99 * self.bound.value;
        vec![
            Goal::new("zero", "Make D(P‖Q) zero.", self.forward.value == 0.0),
            Goal::new("three-negative", "Make three of the four terms negative.", self.negative_terms() == 3),
            Goal::new(
                "tight",
                "Bring total variation within 1 % of Pinsker’s bound, P and Q not being equal.",
                different && self.forward.value.is_finite() && tight,
            ),
        ]
    }

    fn formulas(&self) -> Vec<Formula> {
        let terms = self.terms.iter().enumerate().flat_map(|(i, t)| {
            let number = Quantity::rounded(t.signed).unit(Unit::Nats);
            let number =
                if t.signed < 0.0 { Math::from(["(".into(), number.into(), ")".into()]) } else { number.into() };
            (i > 0).then(|| Math::from("+")).into_iter().chain([number])
        });
        let ratio = || Math::fraction("q", "p");
        let divergence = || Math::Words("D(P‖Q)".into()).colored(Role::Forward);
        let value = || Math::from(self.forward.quantity(Unit::Nats)).colored(Role::Forward);
        vec![
            Formula::new(
                "The sum",
                [
                    divergence(),
                    "=".into(),
                    "∑".into(),
                    "p".into(),
                    "ln".into(),
                    Math::fraction("p", "q"),
                    "=".into(),
                    terms.collect::<Vec<_>>().into(),
                    "=".into(),
                    value(),
                ],
            ),
            Formula::new(
                "Why it is not negative (Gibbs)",
                [
                    divergence(),
                    "=".into(),
                    "∑".into(),
                    "p".into(),
                    "(".into(),
                    "−".into(),
                    "ln".into(),
                    ratio(),
                    ")".into(),
                    "≥".into(),
                    "∑".into(),
                    "p".into(),
                    "(".into(),
                    Math::of_nats([Quantity::exact(1.0).into(), "−".into(), ratio()]),
                    ")".into(),
                    "≥".into(),
                    Quantity::exact(0.0).into(),
                ],
            ),
            Formula::new(
                "Pinsker",
                [
                    Math::Words("TV".into()),
                    "=".into(),
                    self.tv.quantity(Unit::One).into(),
                    "≤".into(),
                    Math::Root(Box::new(Math::fraction(Math::to_nats(divergence()), Quantity::exact(2.0)))),
                    "=".into(),
                    self.bound.quantity(Unit::One).into(),
                ],
            ),
        ]
    }
}

/// Values for all bars, sun first.
fn weather(p: [f64; 4], q: [f64; 4]) -> Vec<(&'static str, f64)> {
    let ids = ["p_sun", "p_cloud", "p_rain", "p_snow", "q_sun", "q_cloud", "q_rain", "q_snow"];
    ids.into_iter().zip(p.into_iter().chain(q)).collect()
}

fn presets() -> Vec<Preset> {
    let climate = [0.4, 0.3, 0.2, 0.1];
    vec![
        Preset::new("upside-down", "Forecast upside down", &weather(climate, [0.1, 0.2, 0.3, 0.4])),
        Preset::new("near", "Nearly right", &weather(climate, [0.35, 0.3, 0.22, 0.13])),
        Preset::new("equal", "Exactly right", &weather(climate, climate)),
        Preset::new("one-surprise", "One big surprise", &weather([0.7, 0.1, 0.1, 0.1], [0.1, 0.3, 0.3, 0.3])),
        Preset::new("coin", "Sun or cloud only", &weather([0.2, 0.8, 0.0, 0.0], [0.7, 0.3, 0.0, 0.0])),
        Preset::new("no-snow", "Snow ruled out", &weather(climate, [0.5, 0.3, 0.2, 0.0])),
    ]
}

fn questions() -> Vec<Question> {
    vec![
        Question::new(
            "negative-terms",
            "Here Q gives rain and snow more than P does, so their terms p·log(p/q) are negative. How low can the sum get?",
            &weather([0.4, 0.3, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4]),
            &[
                (
                    "below",
                    "below zero, with the right numbers",
                    "Where q is above p it takes mass from elsewhere, and there the terms gain more than these lose.",
                ),
                (
                    "zero",
                    "to zero, and only if P = Q",
                    "Yes. What q gains in one place it lacks in another, and lacking costs more than gaining saves.",
                ),
                (
                    "near-zero",
                    "near zero, but never to it",
                    "It gets there: make the bars equal, and every term is p times the log of 1, which is 0.",
                ),
            ],
            "zero",
        ),
        Question::new(
            "pinsker",
            "D(P‖Q) is about 0.02 nats. By how much can P and Q differ on the probability of any event, at the most?",
            &weather([0.5, 0.5, 0.0, 0.0], [0.4, 0.6, 0.0, 0.0]),
            &[
                (
                    "same",
                    "by 0.02",
                    "Near equality D grows with the square of the difference, so the difference is the larger number.",
                ),
                (
                    "root",
                    "by 0.1",
                    "Yes: Pinsker’s inequality gives √(0.02/2) = 0.1, for D in nats. A small divergence keeps P and Q close on every event.",
                ),
                (
                    "half",
                    "by 0.5",
                    "Such a difference would need at least 2·0.5² = 0.5 nats: that is Pinsker’s inequality.",
                ),
            ],
            "root",
        ),
    ]
}
