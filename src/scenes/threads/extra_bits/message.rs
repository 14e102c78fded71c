//! The message: its bits as they are sent, and what they come to by the symbol.

use super::{Costs, LONGEST, NAMES};
use crate::dist::Categorical;
use crate::divergence::Answer;
use crate::figure::{Axis, Bar, Mark, Panel, Place, Point, Role, Ticks};
use crate::quantity::{LN_2, Method};
use crate::text::Text;
use crate::topics::huffman::Huffman;

/// The bits that are seen at once.
const WINDOW: usize = 20;

/// The bits that the message takes in these words; infinitely many from the first symbol on that has none.
pub fn spent(message: &[usize], code: &Huffman) -> Answer {
    match message.iter().find(|&&i| code.word(i).is_none()) {
        Some(&i) => {
            let cause = Text::new("{symbol} has come, which has no word").with("symbol", NAMES[i]);
            Answer::infinite(cause, Method::Sum)
        }
        None => {
            Answer { method: Method::Sum, ..Answer::exact(message.iter().map(|&i| code.length(i)).sum::<f64>() + 0.0) }
        }
    }
}

/// The bits sent last, the newest on the right: under each symbol the word that stands for it.
pub fn tape(message: &[usize], code: &Huffman) -> Panel {
    let mut end = WINDOW;
    // From the newest back, as long as whole words fit.
    let seen: Vec<(usize, &str, usize)> = message
        .iter()
        .rev()
        .map_while(|&i| {
            let word = code.word(i)?;
            end = end.checked_sub(word.len())?;
            Some((i, word, end))
        })
        .collect();
    let bits = seen.iter().flat_map(|(_, word, from)| {
        word.char_indices().map(move |(n, bit)| {
            let digit = Text::new("{bit}").with("bit", if bit == '1' { "1" } else { "0" });
            ((from + n) as f64 + 0.5, digit)
        })
    });
    let mut panel = Panel::new(
        "tape",
        "The message in Huffman’s words for Q",
        Axis::new(0.0, WINDOW as f64, "").ticks(Ticks::Named(bits.collect())),
        Axis::new(0.0, 1.0, "").ticks(Ticks::None),
    );
    let bar = |(_, word, from): &(usize, &str, usize)| {
        let from = *from as f64;
        Bar { from: from + 0.06, to: from + word.len() as f64 - 0.06, base: 0.0, top: 1.0 }
    };
    panel.mark(Mark::Bars { name: "words".into(), role: Role::Other, bars: seen.iter().map(bar).collect() });
    for (i, word, from) in &seen {
        panel.label(Role::Ink, (*from as f64 + word.len() as f64 / 2.0, 0.5), Place::On, NAMES[*i]);
    }
    // What stopped the tape, if it is no lack of room.
    if let Some(&i) = message.iter().rev().nth(seen.len()).filter(|&&i| code.word(i).is_none()) {
        panel.label(
            Role::Other,
            (end as f64, 0.5),
            Place::Left,
            Text::new("{symbol}: no word").with("symbol", NAMES[i]),
        );
    }
    panel
}

/// The mean number of bits spent so far, symbol by symbol, by three codes.
pub fn running(message: &[usize], p: &Categorical, q: &Categorical, code: &Huffman, costs: &Costs, high: f64) -> Panel {
    let mut panel = Panel::new(
        "running",
        "Its mean length settles",
        Axis::new(1.0, f64::from(LONGEST), "symbols sent").log(),
        Axis::new(0.0, high, "bits a symbol"),
    );
    let mean = |length: &dyn Fn(usize) -> f64| -> Vec<Point> {
        let mut spent = 0.0;
        let so_far = message.iter().enumerate().map(|(n, &i)| {
            spent += length(i);
            (n as f64 + 1.0, spent / (n as f64 + 1.0))
        });
        so_far.collect()
    };
    panel.mark(Mark::RuleY { role: Role::P, at: costs.entropy.value / LN_2 });
    if costs.cross.value.is_finite() {
        panel.mark(Mark::RuleY { role: Role::Q, at: costs.cross.value / LN_2 });
    }
    let curves = [
        (Role::Other, "Huffman for Q", mean(&|i| code.length(i))),
        (Role::Q, "ideal for Q", mean(&|i| -q.logs()[i] / LN_2)),
        (Role::P, "ideal for P", mean(&|i| -p.logs()[i] / LN_2)),
    ];
    // The names stand away from each other: the higher curve's above it, the lower one's below.
    let above = |a: f64, b: f64| if a >= b { Place::Above } else { Place::Below };
    let (huffman, ideal) = (costs.huffman.value, costs.cross.value / LN_2);
    let same = costs.forward.value < 0.01 * high;
    for (role, name, curve) in curves {
        let place = match role {
            Role::P => Place::Below,
            Role::Q if same => Place::Below,
            Role::Q => above(ideal, huffman),
            _ => above(huffman, ideal),
        };
        // Curves that are one have one name: the ideal codes', or Huffman's where its words have the ideal lengths.
        let apart = match role {
            Role::P => !same,
            Role::Other => (huffman - ideal).abs() > 0.01 * high,
            _ => true,
        };
        let end = curve.last().copied().filter(|p| p.1.is_finite() && apart);
        // From the first symbol without a word on, the mean is infinite; both codes for Q lack it, and one says so.
        let lost = curve.iter().position(|p| p.1.is_infinite() && role == Role::Q);
        if let Some((last, n)) = lost.and_then(|n| Some((*curve.get(n.checked_sub(1)?)?, n))) {
            panel.mark(Mark::Dots { name: "then infinite".into(), role, filled: false, points: vec![last] });
            panel.label(role, last, Place::Below, Text::new("{symbol} comes: ∞").with("symbol", NAMES[message[n]]));
        }
        panel.line(role, name, curve);
        if let Some(end) = end {
            panel.mark(Mark::Dots { name: "now".into(), role, filled: true, points: vec![end] });
            let name = if same && role == Role::Q { "ideal for P and Q" } else { name };
            panel.label(role, end, place, name);
        }
    }
    panel
}
