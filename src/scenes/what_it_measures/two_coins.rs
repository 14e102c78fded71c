//! Two coins: what the divergence sums up, outcome by outcome, and how it moves with the model.

use crate::dist::bernoulli::Bernoulli;
use crate::divergence::{Answer, Request};
use crate::divergence::{cell, f, kl};
use crate::error::Result;
use crate::figure::{Axis, Bar, Figure, Handle, Mark, Panel, Place, Role, Row, Ticks, linspace, nice_range};
use crate::quantity::{Quantity, Unit};
use crate::scene::{Controls, Formula, Goal, Math, Preset, Question, Readout, Scene, View};
use crate::text::Text;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "two-coins",
    title: "Two coins",
    about: "Each outcome adds its probability times the log of a ratio; the sum is never negative, and it depends on which of the two comes first.",
    view,
};

fn view(c: &mut Controls<'_>) -> Result<View> {
    c.group("True coin P", Role::P);
    let p = c.stepped("p", "heads under P", 0.0..=1.0, 0.01, 0.2);
    c.group("Model coin Q", Role::Q);
    let q = c.stepped("q", "heads under Q", 0.0..=1.0, 0.01, 0.7);
    let (p_coin, q_coin) = (Bernoulli::new(p)?, Bernoulli::new(q)?);
    let forward = between((&p_coin, "P"), (&q_coin, "Q"));
    let reverse = between((&q_coin, "Q"), (&p_coin, "P"));
    let tv = f::tv_bernoulli(&p_coin, &q_coin);
    let terms = Terms { forward: heads_and_tails(&p_coin, &q_coin), reverse: heads_and_tails(&q_coin, &p_coin) };

    let mut rows = vec![Row::new(170.0, vec![coins(p, q)])];
    if !c.asked() {
        rows[0].panels.push(terms.panel(&forward, &reverse).share(1.25));
        rows.push(Row::new(210.0, vec![curves(p, q, &forward, &reverse)]));
    }
    let nats = |a: &Answer| a.quantity(Unit::Nats);
    Ok(View {
        figure: Figure { rows },
        description: Text::new("D(P‖Q) is {forward}, D(Q‖P) {reverse}: P gives heads {p} of the time, Q expects {q}.")
            .with("forward", nats(&forward).beside(&nats(&reverse)))
            .with("reverse", nats(&reverse).beside(&nats(&forward)))
            .with("p", Quantity::exact(p))
            .with("q", Quantity::exact(q)),
        formulas: vec![
            formula("D(P‖Q)", Role::Forward, (p, q), ("p", "q"), &terms.forward, &forward),
            formula("D(Q‖P)", Role::Reverse, (q, p), ("q", "p"), &terms.reverse, &reverse),
        ],
        goals: vec![
            Goal::new(
                "infinite",
                "Make D(P‖Q) infinite while the two coins differ by less than 0.1.",
                forward.value.is_infinite() && tv.value < 0.1,
            ),
            Goal::new(
                "symmetric",
                "Find two different coins that are equally far apart in both directions.",
                p != q
                    && forward.value.is_finite()
                    && (forward.value - reverse.value).abs() <= forward.error + reverse.error,
            ),
        ],
        readouts: vec![
            Readout::new("forward", "D(P‖Q)", &forward, Unit::Nats, Role::Forward)
                .computes(Request::kl(&p_coin, &q_coin)),
            Readout::new("reverse", "D(Q‖P)", &reverse, Unit::Nats, Role::Reverse)
                .computes(Request::kl(&q_coin, &p_coin)),
            Readout::new("tv", "total variation", &tv, Unit::One, Role::Ink),
        ],
        presets: presets(),
        questions: questions(),
        counts_in: None,
    })
}

/// D(a‖b); if infinite, the cause names the two coins and the outcome.
fn between(a: (&Bernoulli, &'static str), b: (&Bernoulli, &'static str)) -> Answer {
    cell::named_coins(kl::bernoulli(a.0, b.0), (a.1, b.1), a.0, b.0)
}

/// Heads and tails under both coins, to be dragged at the tops of the bars.
fn coins(p: f64, q: f64) -> Panel {
    let outcomes = Ticks::Named(vec![(0.0, "heads".into()), (1.0, "tails".into())]);
    let mut panel = Panel::new(
        "coins",
        "Two coins: drag the bars",
        Axis::new(-0.55, 1.55, "").ticks(outcomes),
        Axis::new(0.0, 1.0, "probability"),
    );
    let bar = |at: f64, top: f64| Bar { from: at - 0.15, to: at + 0.15, base: 0.0, top };
    panel.mark(Mark::Bars { name: "P".into(), role: Role::P, bars: vec![bar(-0.18, p), bar(0.82, 1.0 - p)] });
    panel.mark(Mark::Bars { name: "Q".into(), role: Role::Q, bars: vec![bar(0.18, q), bar(1.18, 1.0 - q)] });
    for (id, control, role, label, at, value) in
        [("p-heads", "p", Role::P, "P: heads", -0.18, p), ("q-heads", "q", Role::Q, "Q: heads", 0.18, q)]
    {
        panel.handle(Handle::new(id, label, role, (at, value)).upright(control, |(_, y)| y));
    }
    for (id, control, role, label, at, value) in
        [("p-tails", "p", Role::P, "P: tails", 0.82, 1.0 - p), ("q-tails", "q", Role::Q, "Q: tails", 1.18, 1.0 - q)]
    {
        panel.handle(Handle::new(id, label, role, (at, value)).upright(control, |(_, y)| 1.0 - y));
    }
    panel
}

/// Each outcome's signed term p ln(p/q), heads first, in both directions.
struct Terms {
    forward: [f64; 2],
    reverse: [f64; 2],
}

fn heads_and_tails(a: &Bernoulli, b: &Bernoulli) -> [f64; 2] {
    let [tails, heads] = kl::bernoulli_terms(a, b);
    [heads.signed, tails.signed]
}

impl Terms {
    fn panel(&self, forward: &Answer, reverse: &Answer) -> Panel {
        let groups =
            [[self.forward[0], self.reverse[0]], [self.forward[1], self.reverse[1]], [forward.value, reverse.value]];
        let (low, high) = nice_range(groups.iter().flatten().copied().chain([0.0, 0.1]), 0.12);
        let names = Ticks::Named(vec![(0.0, "heads".into()), (1.0, "tails".into()), (2.0, "sum".into())]);
        let mut panel = Panel::new(
            "terms",
            "What each outcome adds",
            Axis::new(-0.5, 2.5, "").ticks(names),
            Axis::new(low, high, "").unit(Unit::Nats),
        );
        let bars = |which: usize, shift: f64| {
            let bar = |(i, group): (usize, &[f64; 2])| {
                let at = i as f64 + shift;
                Bar { from: at - 0.16, to: at + 0.16, base: 0.0, top: group[which] }
            };
            groups.iter().enumerate().map(bar).collect::<Vec<_>>()
        };
        panel.mark(Mark::Bars {
            name: Text::by_unit("p ln(p/q)", "p log₂(p/q)"),
            role: Role::Forward,
            bars: bars(0, -0.18),
        });
        panel.mark(Mark::Bars {
            name: Text::by_unit("q ln(q/p)", "q log₂(q/p)"),
            role: Role::Reverse,
            bars: bars(1, 0.18),
        });
        panel.mark(Mark::RuleX { role: Role::Rule, at: 1.5 });
        for (shift, answer, role, words) in
            [(-0.18, forward, Role::Forward, "P‖Q"), (0.18, reverse, Role::Reverse, "Q‖P")]
        {
            if answer.value.is_finite() {
                panel.label(role, (2.0 + shift, answer.value), Place::Above, words);
            }
        }
        panel
    }
}

/// Both divergences as the model's probability of heads varies.
fn curves(p: f64, q: f64, forward: &Answer, reverse: &Answer) -> Panel {
    let at = |q: f64| Some((Bernoulli::new(p).ok()?, Bernoulli::new(q).ok()?));
    let along = |value: fn(&Bernoulli, &Bernoulli) -> Answer| -> Vec<(f64, f64)> {
        // Points crowd at both ends, where a divergence runs off to infinity.
        let ends = linspace(0.0, 1.0, 241).map(|t| (std::f64::consts::FRAC_PI_2 * t).sin().powi(2));
        ends.filter_map(|q| at(q).map(|(p, q_coin)| (q, value(&p, &q_coin).value))).collect()
    };
    let forwards = along(kl::bernoulli);
    let reverses = along(|p, q| kl::bernoulli(q, p));
    let tallest = reverses.iter().map(|r| r.1).filter(|v| v.is_finite()).fold(0.5, f64::max);
    let (_, high) = nice_range([0.0, tallest.min(2.0), forward.value, reverse.value], 0.12);
    let mut panel = Panel::new(
        "curves",
        "Both divergences as Q varies",
        Axis::new(0.0, 1.0, "heads under Q"),
        Axis::new(0.0, high, "").unit(Unit::Nats),
    );
    // The names stand on the longer side, where the curves part.
    let (near, end) = if p < 0.5 { (Place::Left, 186) } else { (Place::Right, 54) };
    let longer = forwards.iter().filter(|at| if p < 0.5 { at.0 > p } else { at.0 < p });
    let gap = |at: &&(f64, f64)| (at.1 - 0.75 * high).abs();
    let label_forward = longer.min_by(|a, b| gap(a).total_cmp(&gap(b))).copied().unwrap_or_default();
    let label_reverse = reverses.get(end).copied().unwrap_or_default();
    panel.line(Role::Forward, "D(P‖Q)", forwards);
    panel.line(Role::Reverse, "D(Q‖P)", reverses);
    panel.mark(Mark::RuleX { role: Role::Rule, at: q });
    panel.mark(Mark::Dots { name: "now".into(), role: Role::Reverse, filled: true, points: vec![(q, reverse.value)] });
    panel.handle(Handle::new("q-curve", "Q: heads", Role::Q, (q, forward.value)).sideways("q", |(x, _)| x));
    panel.handle(Handle::new("p-curve", "P: heads", Role::P, (p, 0.0)).sideways("p", |(x, _)| x));
    if forward.value.is_infinite() {
        panel.label(Role::Forward, (q, high), if q < 0.5 { Place::Right } else { Place::Left }, "D(P‖Q) = ∞");
    }
    panel.label(Role::Forward, label_forward, near, "D(P‖Q)");
    panel.label(Role::Reverse, label_reverse, Place::Below, "D(Q‖P)");
    panel
}

/// Σ a ln(a/b) with the numbers in it.
fn formula(
    label: &'static str,
    role: Role,
    (a, b): (f64, f64),
    (first, second): (&'static str, &'static str),
    terms: &[f64; 2],
    answer: &Answer,
) -> Formula {
    let number = |v: f64| Math::from(Quantity::exact(v));
    // 1 − p in decimals, as it would be written by hand.
    let rest = |v: f64| number((1e12 * (1.0 - v)).round() / 1e12);
    let term = |weight: Math, over: Math, under: Math| {
        Math::from([weight, "·".into(), "ln".into(), Math::fraction(over, under)])
    };
    let less = |symbol: &'static str| {
        Math::from(["(".into(), Math::from(Quantity::exact(1.0)), "−".into(), symbol.into(), ")".into()])
    };
    let bare = |symbol: &'static str| Math::from([Math::from(Quantity::exact(1.0)), "−".into(), symbol.into()]);
    let shown = |v: f64| {
        let number = Math::from(Quantity::rounded(v).unit(Unit::Nats));
        if v < 0.0 { Math::from(["(".into(), number, ")".into()]) } else { number }
    };
    Formula::new(
        label,
        [
            Math::Words(label.into()).colored(role),
            "=".into(),
            term(first.into(), first.into(), second.into()),
            "+".into(),
            term(less(first), bare(first), bare(second)),
            "=".into(),
            term(number(a), number(a), number(b)),
            "+".into(),
            term(rest(a), rest(a), rest(b)),
            "=".into(),
            shown(terms[0]),
            "+".into(),
            shown(terms[1]),
            "=".into(),
            Math::from(answer.quantity(Unit::Nats)).colored(role),
        ],
    )
}

fn presets() -> Vec<Preset> {
    vec![
        Preset::new("suspicious", "A suspicious coin", &[("p", 0.6), ("q", 0.5)]),
        Preset::new("alice-bob", "Alice and Bob", &[("p", 0.2), ("q", 0.7)]),
        Preset::new("cat-dog", "Cat or dog?", &[("p", 0.9), ("q", 0.6)]),
        Preset::new("friend", "A friend’s fair coin", &[("p", 0.7), ("q", 0.5)]),
        Preset::new("sure-wrong", "Sure and wrong", &[("p", 0.15), ("q", 0.0)]),
    ]
}

fn questions() -> Vec<Question> {
    vec![
        Question::new(
            "impossible",
            "The truth P gives heads 15 % of the time. The model Q says heads is impossible. Which divergence is infinite?",
            &[("p", 0.15), ("q", 0.0)],
            &[
                (
                    "forward",
                    "D(P‖Q) only",
                    "Yes. P samples heads, which Q calls impossible: the surprise is infinite, and with it the mean of all surprises.",
                ),
                (
                    "reverse",
                    "D(Q‖P) only",
                    "Here Q samples, and it only ever samples tails, which P allows. In the other direction P samples heads.",
                ),
                (
                    "both",
                    "both",
                    "Only the one whose sampler can produce what the other calls impossible: P samples heads, Q never does.",
                ),
                (
                    "neither",
                    "neither",
                    "When P produces heads, Q’s log probability is that of 0, minus infinity. It counts with weight 0.15.",
                ),
            ],
            "forward",
        ),
        Question::new(
            "mirror",
            "P gives heads 0.3, Q gives 0.7. Which divergence is larger?",
            &[("p", 0.3), ("q", 0.7)],
            &[
                (
                    "forward",
                    "D(P‖Q)",
                    "Swap heads and tails and the coins change places, so neither direction can win.",
                ),
                (
                    "reverse",
                    "D(Q‖P)",
                    "Swap heads and tails and the coins change places, so neither direction can win.",
                ),
                (
                    "equal",
                    "they are equal",
                    "Yes: swapping heads and tails swaps the coins. In general the two directions differ.",
                ),
            ],
            "equal",
        ),
    ]
}
