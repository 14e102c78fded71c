//! Huffman's code: the best code whose words are whole numbers of bits and none begins another.

use crate::dist::Categorical;
use crate::divergence::answer::Answer;
use crate::error::{Error, Result};
use crate::numeric::order;
use crate::numeric::sums::sum;
use crate::quantity::Method;
use crate::text::Text;

/// A prefix code of least mean length, in its canonical form: words in order of length, then of symbol.
///
/// D. A. Huffman, "A Method for the Construction of Minimum-Redundancy Codes", Proc. IRE 40 (1952). Among
/// equally good codes the one with the shortest longest word (ties go to the subtree made first).
///
/// A symbol of probability 0 has no word: it would make others longer. A symbol that is left alone has a word of one bit,
/// for of empty words nobody could tell how many were sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Huffman {
    words: Vec<Option<String>>,
}

impl Huffman {
    /// The code for two or more symbols of the given probabilities.
    ///
    /// # Errors
    /// Names `probs` if there are fewer than two symbols: one symbol needs no code.
    pub fn new(p: &Categorical) -> Result<Self> {
        if p.len() < 2 {
            return Err(Error::bad("probs", p.len(), "must be probabilities of at least two symbols"));
        }
        let sent: Vec<usize> = (0..p.len()).filter(|&i| p.probs()[i] > 0.0).collect();
        let weights: Vec<f64> = sent.iter().map(|&i| p.probs()[i]).collect();
        let mut words = vec![None; p.len()];
        for (i, word) in sent.into_iter().zip(canonical(&lengths(&weights))) {
            words[i] = Some(word);
        }
        Ok(Self { words })
    }

    /// The word of a symbol, written in 0 and 1; `None` where it has none.
    pub fn word(&self, symbol: usize) -> Option<&str> {
        self.words.get(symbol)?.as_deref()
    }

    /// The length of a symbol's word in bits; infinite where it has none.
    pub fn length(&self, symbol: usize) -> f64 {
        self.word(symbol).map_or(f64::INFINITY, |word| word.len() as f64)
    }

    /// The words there are.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().flatten().map(String::as_str)
    }

    /// The mean length Σ p·length, in bits, when the symbols come from `p`; infinite where one comes that has no word.
    ///
    /// At least the entropy of `p` in bits, whatever the code was built for (Kraft 1949, Gibbs).
    pub fn mean_length(&self, p: &Categorical) -> Answer {
        let sent = p.probs().iter().enumerate().filter(|(_, p)| **p > 0.0);
        let value = sum(sent.map(|(i, p)| p * self.length(i)));
        if value.is_infinite() {
            return Answer::infinite(Text::new("a symbol comes that has no word"), Method::Sum);
        }
        Answer::sum(value, 0)
    }
}

/// Repeatedly joins the two lightest subtrees; every join makes the words of its symbols one bit longer.
fn lengths(weights: &[f64]) -> Vec<usize> {
    if weights.len() == 1 {
        return vec![1];
    }
    // Weight and symbols of each subtree, in the order in which they were made.
    let mut trees: Vec<(f64, Vec<usize>)> = weights.iter().enumerate().map(|(i, &w)| (w, vec![i])).collect();
    let mut lengths = vec![0; weights.len()];
    while trees.len() > 1 {
        // The sort is stable, so among equals the one made first is joined first.
        order::by(&mut trees, |a, b| a.0.total_cmp(&b.0));
        let joined: Vec<(f64, Vec<usize>)> = trees.drain(..2).collect();
        let weight = joined.iter().map(|t| t.0).sum();
        let symbols: Vec<usize> = joined.into_iter().flat_map(|t| t.1).collect();
        symbols.iter().for_each(|&i| lengths[i] += 1);
        trees.push((weight, symbols));
    }
    lengths
}

/// Words in counting order: each is the next number, with zeros added as the lengths grow.
fn canonical(lengths: &[usize]) -> Vec<String> {
    let mut symbols: Vec<usize> = (0..lengths.len()).collect();
    order::by(&mut symbols, |&a, &b| (lengths[a], a).cmp(&(lengths[b], b)));
    let mut words = vec![String::new(); lengths.len()];
    let mut next = String::new();
    for i in symbols {
        next.extend(std::iter::repeat_n('0', lengths[i].saturating_sub(next.len())));
        words[i] = next.clone();
        next = successor(&next);
    }
    words
}

/// The binary number after `word`, as many digits long.
fn successor(word: &str) -> String {
    let stem = word.trim_end_matches('1');
    let zeros = "0".repeat(word.len() - stem.len());
    match stem.strip_suffix('0') {
        Some(stem) => format!("{stem}1{zeros}"),
        None => zeros,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::rng::Rng;

    fn code(weights: &[f64]) -> Huffman {
        Huffman::new(&Categorical::from_weights(weights).unwrap()).unwrap()
    }

    fn words(code: &Huffman) -> Vec<&str> {
        code.words().collect()
    }

    fn lengths_of(code: &Huffman) -> Vec<usize> {
        code.words().map(str::len).collect()
    }

    /// Σ 2^−length.
    fn kraft(lengths: &[usize]) -> f64 {
        lengths.iter().map(|&l| 0.5f64.powi(l as i32)).sum()
    }

    #[test]
    fn known_codes_are_found() {
        assert_eq!(words(&code(&[0.5, 0.25, 0.125, 0.125])), ["0", "10", "110", "111"]);
        assert_eq!(words(&code(&[1.0; 4])), ["00", "01", "10", "11"]);
        // Cormen, Leiserson, Rivest, Stein, "Introduction to Algorithms", figure on Huffman codes: 224 bits.
        let clrs = code(&[45.0, 13.0, 12.0, 16.0, 9.0, 5.0]);
        assert_eq!(lengths_of(&clrs), [1, 3, 3, 3, 4, 4]);
        let p = Categorical::from_weights(&[45.0, 13.0, 12.0, 16.0, 9.0, 5.0]).unwrap();
        assert!((clrs.mean_length(&p).value - 2.24).abs() < 1e-15);
        // Fibonacci weights make the deepest tree.
        assert_eq!(lengths_of(&code(&[1.0, 1.0, 2.0, 3.0, 5.0, 8.0])), [5, 5, 4, 3, 2, 1]);
        // Two codes of 2.2 bits; the one whose longest word is shorter.
        assert_eq!(lengths_of(&code(&[0.4, 0.2, 0.2, 0.1, 0.1])), [2, 2, 2, 3, 3]);
    }

    #[test]
    fn a_symbol_that_never_comes_has_no_word_and_makes_none_longer() {
        let mean = |code: &Huffman, p: &[f64]| code.mean_length(&Categorical::from_weights(p).unwrap());
        let halves = [0.5, 0.5, 0.0, 0.0];
        assert_eq!((words(&code(&halves)), mean(&code(&halves), &halves).value), (vec!["0", "1"], 1.0));
        let gap = code(&[0.25, 0.0, 0.25, 0.5]);
        assert_eq!([0, 1, 2, 3].map(|i| gap.word(i)), [Some("10"), None, Some("11"), Some("0")]);
        assert_eq!([0, 1, 2, 3].map(|i| gap.length(i)), [2.0, f64::INFINITY, 2.0, 1.0]);
        // However rare a symbol is, it has one.
        assert_eq!(words(&code(&[1.0, 1e-300])), ["0", "1"]);
        // What is sure to come has to be counted.
        let sure = code(&[0.0, 1.0, 0.0]);
        assert_eq!((sure.word(1), mean(&sure, &[0.0, 1.0, 0.0]).value), (Some("0"), 1.0));
        let lost = mean(&sure, &[0.1, 0.9, 0.0]);
        assert_eq!(
            (lost.value, lost.cause.unwrap().english()),
            (f64::INFINITY, "a symbol comes that has no word".into())
        );
        let one = Categorical::from_probs(&[1.0]).unwrap();
        assert!(Huffman::new(&one).is_err());
    }

    #[test]
    fn every_code_costs_what_it_costs_without_the_symbols_that_never_come() {
        let mut rng = Rng::new(7);
        for n in 2..=6 {
            for _ in 0..50 {
                let weights: Vec<f64> = (0..n).map(|_| (rng.open01() - 0.3).max(0.0)).chain([0.5, 0.5]).collect();
                let sent: Vec<f64> = weights.iter().copied().filter(|w| *w > 0.0).collect();
                let [all, few] = [&weights, &sent].map(|w| Categorical::from_weights(w).unwrap());
                let [a, b] = [&all, &few].map(|p| Huffman::new(p).unwrap().mean_length(p).value);
                assert!((a - b).abs() < 1e-14, "{weights:?}: {a} {b}");
            }
        }
    }

    /// Every list of `n` lengths up to `n − 1` with Kraft sum 1, in ascending order.
    fn complete(n: usize) -> Vec<Vec<usize>> {
        let mut all = vec![Vec::new()];
        for _ in 0..n {
            all = all
                .into_iter()
                .flat_map(|list: Vec<usize>| {
                    let from = list.last().copied().unwrap_or(1);
                    (from..n).map(move |l| [list.clone(), vec![l]].concat())
                })
                .filter(|list| kraft(list) <= 1.0)
                .collect();
        }
        all.retain(|list| kraft(list) == 1.0);
        all
    }

    #[test]
    fn no_other_prefix_code_is_shorter() {
        let mut rng = Rng::new(3);
        for n in 2..=6 {
            let others = complete(n);
            for _ in 0..200 {
                let mut weights: Vec<f64> = (0..n).map(|_| rng.open01().powi(3)).collect();
                weights.sort_by(|a, b| b.total_cmp(a));
                let p = Categorical::from_weights(&weights).unwrap();
                let huffman = Huffman::new(&p).unwrap();
                assert_eq!(kraft(&lengths_of(&huffman)), 1.0);
                let mean = huffman.mean_length(&p).value;
                let best = others
                    .iter()
                    .map(|list| list.iter().zip(p.probs()).map(|(l, p)| *l as f64 * p).sum::<f64>())
                    .fold(f64::INFINITY, f64::min);
                assert!((mean - best).abs() < 1e-12, "{weights:?}: {mean}, but {best} is possible");
            }
        }
    }

    #[test]
    fn no_word_begins_another() {
        let mut rng = Rng::new(5);
        for n in 2..=40 {
            let weights: Vec<f64> = (0..n).map(|_| rng.open01().powi(4)).collect();
            let huffman = code(&weights);
            let mut words = words(&huffman);
            words.sort_unstable();
            assert!(words.len() == n && words.windows(2).all(|w| !w[1].starts_with(w[0])), "{words:?}");
        }
    }
}
