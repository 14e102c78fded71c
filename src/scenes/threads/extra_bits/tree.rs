//! Huffman's tree for Q, with the ideal lengths beside its words.

use super::NAMES;
use crate::dist::Categorical;
use crate::figure::{Axis, Mark, Panel, Place, Point, Role, Ticks};
use crate::numeric::order;
use crate::quantity::{LN_2, Quantity};
use crate::text::Text;
use crate::topics::huffman::Huffman;

/// Huffman's tree for Q with a leaf for each symbol; beside each leaf the two ideal lengths.
pub fn panel(p: &Categorical, q: &Categorical, code: &Huffman) -> Panel {
    let mut leaves: Vec<usize> = (0..q.len()).collect();
    // Those without a word come last.
    order::by(&mut leaves, |&a, &b| {
        (code.word(a).is_none(), code.word(a)).cmp(&(code.word(b).is_none(), code.word(b)))
    });
    let column = |i: usize| leaves.iter().position(|&j| j == i).unwrap_or(0) as f64;
    let ideal = |d: &Categorical, i: usize| -d.logs()[i] / LN_2 + 0.0;
    let depth = code.words().map(str::len).max().unwrap_or(1) as f64;
    let lengths = (0..q.len()).flat_map(|i| [ideal(p, i), ideal(q, i)]).filter(|l| l.is_finite());
    let low = -(lengths.fold(depth, f64::max).min(8.0) + 0.7);
    let word = |i: usize| match code.word(i) {
        Some(word) => Text::new("{word}").with("word", word),
        None => Text::new("no word"),
    };
    let words = leaves.iter().map(|&i| (column(i), word(i))).collect();
    let levels = (0..=8).step_by(if low < -5.0 { 2 } else { 1 }).filter(|l| -f64::from(*l) >= low);
    let levels = levels.map(|l| (-f64::from(l), Text::new("{bits}").with("bits", Quantity::exact(f64::from(l)))));
    let mut panel = Panel::new(
        "tree",
        "The code: a bit at every branch",
        Axis::new(-0.6, q.len() as f64 - 0.4, "").ticks(Ticks::Named(words)),
        Axis::new(low, 0.35, "bits").ticks(Ticks::Named(levels.collect())),
    );
    for edge in edges(code, column) {
        panel.fine(Role::Muted, "branch", edge.to_vec());
    }
    // A symbol without a word has no leaf; its name stands where the tree begins.
    let leaf = |i: usize| (column(i), -(code.word(i).map_or(0, str::len) as f64));
    for (d, role, name, label) in
        [(p, Role::P, "best length of {symbol}", "−log₂ p"), (q, Role::Q, "ideal length of {symbol}", "−log₂ q")]
    {
        for &i in &leaves {
            let (x, length) = (column(i), ideal(d, i));
            let level = vec![(x - 0.34, -length), (x + 0.34, -length)];
            panel.line(role, Text::new(name).with("symbol", NAMES[i]), level);
            if length > -low {
                panel.label(role, (x, low), Place::Above, Text::new("{length} ∞").with("length", Text::new(label)));
            }
        }
    }
    panel.mark(Mark::Dots {
        name: "length of the word".into(),
        role: Role::Ink,
        filled: true,
        points: leaves.iter().filter(|&&i| code.word(i).is_some()).map(|&i| leaf(i)).collect(),
    });
    for &i in &leaves {
        panel.label(Role::Ink, leaf(i), Place::Above, NAMES[i]);
    }
    // Each at the end where its lengths are least likely to meet the other's.
    let shown = |at: &Point| at.1 >= low && at.1 < -0.8;
    if let Some(at) = leaves.iter().map(|&i| (column(i), -ideal(p, i))).find(shown) {
        panel.label(Role::P, at, Place::Below, "−log₂ p");
    }
    // An infinite one is named where it stands.
    let named = leaves.iter().any(|&i| ideal(q, i) > -low);
    if let Some(at) = leaves.iter().rev().map(|&i| (column(i), -ideal(q, i))).find(shown).filter(|_| !named) {
        panel.label(Role::Q, at, Place::Below, "−log₂ q");
    }
    panel
}

/// From every node to the nodes below it; a node stands in the middle of its leaves.
fn edges(code: &Huffman, column: impl Fn(usize) -> f64) -> Vec<[Point; 2]> {
    let node = |stem: &str| -> Point {
        let below = (0..NAMES.len()).filter(|&i| code.word(i).is_some_and(|word| word.starts_with(stem)));
        let (low, high) = below.map(&column).fold((f64::MAX, f64::MIN), |(l, h), x| (l.min(x), h.max(x)));
        ((low + high) / 2.0, -(stem.len() as f64))
    };
    let mut stems: Vec<&str> = code.words().flat_map(|word| (1..=word.len()).map(move |n| &word[..n])).collect();
    order::by(&mut stems, Ord::cmp);
    stems.dedup();
    let edge = |stem: &str| {
        let (from, to) = (node(&stem[..stem.len() - 1]), node(stem));
        // x ascending, as lines are.
        if from.0 <= to.0 { [from, to] } else { [to, from] }
    };
    stems.into_iter().map(edge).collect()
}
