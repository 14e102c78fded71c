//! Extra bits: what a code costs whose lengths were made for the wrong source.

mod message;
mod tree;
mod words;

use crate::dist::Categorical;
use crate::divergence::any::Measure;
use crate::divergence::{Answer, Request, cell, entropy, kl};
use crate::error::Result;
use crate::figure::{Axis, Bar, Figure, Handle, Mark, Panel, Place, Role, Row, Ticks, nice_range};
use crate::numeric::rng::Rng;
use crate::quantity::{LN_2, Quantity, Unit};
use crate::scene::{Controls, Formula, Goal, Math, Readout, Scene, Shares, View};
use crate::text::Text;
use crate::topics::huffman::Huffman;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "extra-bits",
    title: "Extra bits",
    about: "An ideal code made for Q spends D(P‖Q) bits a symbol of P more on average than the best code does.",
    view,
};

/// The symbols' names, in ids and on the figure.
const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
/// The shares that the lesson starts from.
const HALVES: [f64; 6] = [0.5, 0.25, 0.125, 0.125, 0.05, 0.05];
const EQUAL: [f64; 6] = [0.25; 6];
/// The longest message.
const LONGEST: u32 = 500;

fn view(c: &mut Controls<'_>) -> Result<View> {
    c.group("Source P", Role::P);
    let count = c.count("symbols", "symbols", 2..=6, 4);
    let p = shares(c, "p", "share of {symbol} in P", &HALVES, count);
    c.group("Code built for Q", Role::Q);
    let q = shares(c, "q", "share of {symbol} in Q", &EQUAL, count);
    c.group("Message", Role::Ink);
    let sent = c.steps("sent", "symbols sent", LONGEST, 80, 12.0);
    let seed = c.seed("seed", "message");
    let (p_dist, q_dist) = (p.distribution()?, q.distribution()?);
    let cells = cell::of_categoricals(&p_dist, &q_dist);
    let named = |answer: Answer| cell::named(answer, ("P", "Q"), &cells, |i| NAMES[i]);
    let (code, best) = (Huffman::new(&q_dist)?, Huffman::new(&p_dist)?);
    let mut rng = Rng::new(seed);
    let message: Vec<usize> = (0..sent).map(|_| p_dist.sample(&mut rng)).collect();
    let costs = Costs {
        entropy: entropy::categorical(&p_dist),
        cross: named(entropy::cross_categorical(&p_dist, &q_dist)),
        forward: named(kl::categorical(&p_dist, &q_dist)),
        huffman: named(code.mean_length(&p_dist)),
        huffman_best: best.mean_length(&p_dist),
        spent: message::spent(&message, &code),
    };
    let mut rows = vec![Row::new(140.0, vec![source(&p, &q)])];
    if !c.asked() {
        rows[0].panels.push(tree::panel(&p_dist, &q_dist, &code));
        let high = costs.scale(count);
        rows.push(Row::new(24.0, vec![message::tape(&message, &code)]));
        let averages = message::running(&message, &p_dist, &q_dist, &code, &costs, high);
        rows.push(Row::new(160.0, vec![averages.share(1.35), stack(&costs, high)]));
    }
    let terms = kl::categorical_terms(&p_dist, &q_dist);
    Ok(View {
        figure: Figure { rows },
        description: Text::new(
            "D(P‖Q) is {forward} a symbol: {cross} with the code for Q, {entropy} at best. In Huffman’s whole words {sent} symbols took {spent}.",
        )
        .with("forward", bits(&costs.forward))
        .with("cross", bits(&costs.cross).beside(&bits(&costs.entropy)))
        .with("entropy", bits(&costs.entropy).beside(&bits(&costs.cross)))
        .with("sent", Quantity::exact(sent as f64))
        .with("spent", costs.spent.quantity(Unit::Bits)),
        formulas: vec![
            sum_formula(&p, &q, terms.iter().map(|t| t.signed), &costs.forward),
            Formula::new(
                "H(P, Q)",
                [
                    Math::Words("H(P, Q)".into()).colored(Role::Q),
                    "=".into(),
                    Math::Words("H(P)".into()).colored(Role::P),
                    "+".into(),
                    Math::Words("D(P‖Q)".into()).colored(Role::Forward),
                    "=".into(),
                    // A digit more than the sum has, so that the parts shown make the sum shown.
                    Math::from(bits(&costs.entropy).finer()).colored(Role::P),
                    "+".into(),
                    Math::from(bits(&costs.forward).finer()).colored(Role::Forward),
                    "=".into(),
                    Math::from(bits(&costs.cross)).colored(Role::Q),
                ],
            ),
        ],
        goals: vec![
            Goal::new(
                "free",
                "Find a code without extra bits (below 0.001 a symbol) for a source that is not uniform.",
                costs.forward.value < 0.001 * LN_2 && costs.entropy.value < (count as f64).ln() - 0.1,
            ),
            Goal::new(
                "double",
                "Make the code for Q at least twice as long as the best, and still finite.",
                costs.cross.value.is_finite() && costs.entropy.value > 0.0 && costs.forward.value >= costs.entropy.value,
            ),
        ],
        readouts: costs.readouts(&p_dist, &q_dist, sent),
        presets: words::presets(),
        questions: words::questions(),
        counts_in: Some(Unit::Bits),
    })
}

fn shares(c: &mut Controls<'_>, prefix: &str, label: &'static str, defaults: &[f64; 6], count: usize) -> Shares {
    let parts = NAMES.iter().zip(defaults);
    let parts = parts.map(|(name, share)| (format!("{prefix}_{name}"), Text::new(label).with("symbol", *name), *share));
    Shares::declare(c, parts, count, true)
}

/// What the codes cost, in nats where it is information, in bits where it is the length of words.
struct Costs {
    entropy: Answer,
    cross: Answer,
    forward: Answer,
    huffman: Answer,
    huffman_best: Answer,
    spent: Answer,
}

/// Information in bits, whatever the page's unit: this scene counts them.
fn bits(answer: &Answer) -> Quantity {
    answer.quantity(Unit::Nats).in_bits()
}

impl Costs {
    fn readouts(&self, p: &Categorical, q: &Categorical, sent: usize) -> Vec<Readout> {
        const REAL: &str = "Whole bits: Huffman’s code";
        const MESSAGE: &str = "The message so far";
        const BITS: &str = "A word is so many zeros and ones, so this scene counts in bits";
        let information = |id: &str, label: &'static str, answer: &Answer, role| Readout {
            quantity: bits(answer),
            ..Readout::new(id, label, answer, Unit::Nats, role)
        };
        vec![
            information("entropy", "H(P), at best", &self.entropy, Role::P).computes(Request::entropy(p)),
            information("forward", "D(P‖Q), extra", &self.forward, Role::Forward).computes(Request::kl(p, q)),
            information("cross", "H(P, Q), spent", &self.cross, Role::Q).computes(Request::pair(
                Measure::CrossEntropy,
                p,
                q,
            )),
            Readout::new("huffman", "built for Q", &self.huffman, Unit::Bits, Role::Other).under(REAL),
            Readout::new("huffman_best", "built for P", &self.huffman_best, Unit::Bits, Role::Other).under(REAL),
            Readout::plain("sent", "symbols", Quantity::exact(sent as f64).unit(Unit::Count), Role::Ink).under(MESSAGE),
            Readout::new("spent", "Huffman’s bits", &self.spent, Unit::Bits, Role::Ink).under(MESSAGE),
            // A pure number, for the page's unit must not turn it back into bits.
            Readout::new("forward_nats", "D(P‖Q) in nats, × ln 2", &self.forward, Unit::One, Role::Forward).under(BITS),
        ]
    }

    /// The top of the axis of bits, which averages and bars share.
    fn scale(&self, count: usize) -> f64 {
        let lengths = [&self.entropy, &self.cross].map(|a| a.value / LN_2);
        let most = lengths.into_iter().chain([self.huffman.value, (count as f64).log2()]);
        // Room for the names above the curves.
        nice_range(most.chain([0.0]), 0.3).1
    }
}

/// Each symbol's probability under P and Q, to be dragged or swept.
fn source(p: &Shares, q: &Shares) -> Panel {
    let count = p.parts().len();
    let names = NAMES.iter().take(count).enumerate().map(|(i, name)| (i as f64, Text::new(name))).collect();
    let mut panel = Panel::new(
        "source",
        "Drag what comes and what is expected",
        Axis::new(-0.5, count as f64 - 0.5, "").ticks(Ticks::Named(names)),
        Axis::new(0.0, 1.0, "probability"),
    );
    for (shares, role, name, label, shift) in
        [(p, Role::P, "P", "P: share of {symbol}", -0.19), (q, Role::Q, "Q", "Q: share of {symbol}", 0.19)]
    {
        let at = |i: usize| i as f64 + shift;
        let bar = |(i, &top): (usize, &f64)| Bar { from: at(i) - 0.17, to: at(i) + 0.17, base: 0.0, top };
        panel.mark(Mark::Bars { name: name.into(), role, bars: shares.parts().iter().enumerate().map(bar).collect() });
        // The first tallest bar has the most room around it.
        let tallest = shares.parts().iter().enumerate().rev().max_by(|a, b| a.1.total_cmp(b.1));
        if let Some((i, &top)) = tallest {
            panel.label(role, (at(i), top + 0.04), Place::Above, name);
        }
        for (i, &top) in shares.parts().iter().enumerate() {
            let id = format!("{}-{}", if role == Role::P { "p" } else { "q" }, NAMES[i]);
            let handle = Handle::new(id, Text::new(label).with("symbol", NAMES[i]), role, (at(i), top)).swept();
            panel.handle(handle.upright(shares.id(i), |(_, y)| y));
        }
    }
    panel
}

/// H(P, Q) = H(P) + D(P‖Q) as a bar of two parts, and Huffman's mean length beside it.
fn stack(costs: &Costs, high: f64) -> Panel {
    let names = Ticks::Named(vec![(0.0, "ideal".into()), (1.0, "Huffman".into())]);
    let mut panel = Panel::new(
        "stack",
        "H(P, Q) = H(P) + D(P‖Q)",
        Axis::new(-0.6, 1.6, "").ticks(names),
        Axis::new(0.0, high, "bits a symbol"),
    );
    let bar = |at: f64, base: f64, top: f64| vec![Bar { from: at - 0.35, to: at + 0.35, base, top }];
    let (best, extra) = (costs.entropy.value / LN_2, costs.forward.value / LN_2);
    panel.mark(Mark::Bars { name: "H(P)".into(), role: Role::P, bars: bar(0.0, 0.0, best) });
    panel.mark(Mark::Bars { name: "D(P‖Q)".into(), role: Role::Forward, bars: bar(0.0, best, best + extra) });
    panel.mark(Mark::Bars { name: "Huffman".into(), role: Role::Other, bars: bar(1.0, 0.0, costs.huffman.value) });
    panel.mark(Mark::RuleY { role: Role::P, at: best });
    if extra.is_finite() {
        panel.mark(Mark::RuleY { role: Role::Q, at: best + extra });
    }
    if best > 0.25 * high {
        let words = Text::new("H(P) {bits}").with("bits", bits(&costs.entropy).unit(Unit::One));
        panel.label(Role::P, (0.0, best / 2.0), Place::Below, words);
    }
    let (middle, place) = if extra.is_finite() { (best + extra, Place::Above) } else { (high, Place::Below) };
    panel.label(
        Role::Forward,
        (0.0, middle),
        place,
        Text::new("D {bits}").with("bits", bits(&costs.forward).unit(Unit::One)),
    );
    let top = costs.huffman.value;
    let (at, place) = if top.is_finite() { (top, Place::Above) } else { (high, Place::Below) };
    panel.label(Role::Other, (1.0, at), place, Text::new("{bits}").with("bits", costs.huffman.quantity(Unit::One)));
    panel
}

/// Σ p log₂(p/q) with the numbers in it.
fn sum_formula(p: &Shares, q: &Shares, terms: impl Iterator<Item = f64>, answer: &Answer) -> Formula {
    let log = || Math::index("log", Quantity::exact(2.0));
    let shown = |v: f64| Math::from(Quantity::rounded(v));
    let mut parts = vec![
        Math::Words("D(P‖Q)".into()).colored(Role::Forward),
        "=".into(),
        "∑".into(),
        "p".into(),
        log(),
        Math::fraction("p", "q"),
    ];
    for (i, (&p, &q)) in p.parts().iter().zip(q.parts()).enumerate() {
        parts.extend([if i == 0 { "=" } else { "+" }.into(), shown(p), log(), Math::fraction(shown(p), shown(q))]);
    }
    for (i, term) in terms.enumerate() {
        parts.extend([
            if i == 0 { "=" } else { "+" }.into(),
            Math::from(Quantity::rounded(term).unit(Unit::Nats).in_bits().unit(Unit::One)),
        ]);
    }
    parts.extend(["=".into(), Math::from(bits(answer)).colored(Role::Forward)]);
    Formula::new("D(P‖Q)", parts)
}
