//! Huffman's code: the best code whose words are whole numbers of bits and none begins another.

use crate::dist::Categorical;
use crate::divergence::answer::Answer;
use crate::error::{Error, Result};
use crate::numeric::order;
use crate::numeric::sums::sum;

/// A prefix code of least mean length, in its canonical form: words in order of length, then of symbol.
///
/// D. A. Huffman, "A Method for the Construction of Minimum-Redundancy Codes", Proc. IRE 40 (1952). Among
/// equally good codes the one with the shortest longest word (ties go to the subtree made first).
#[derive(Clone, Debug, PartialEq)]
pub struct Huffman {
    lengths: Vec<usize>,
    words: Vec<String>,
}

impl Huffman {
    /// The code for two or more symbols of the given probabilities; one of probability 0 has a word too.
    ///
    /// # Errors
    /// Names `probs` if there are fewer than two symbols: one symbol needs no code.
    pub fn new(p: &Categorical) -> Result<Self> {
        if p.len() < 2 {
            return Err(Error::bad("probs", p.len(), "must be probabilities of at least two symbols"));
        }
        let lengths = lengths(p.probs());
        let words = canonical(&lengths);
        Ok(Self { lengths, words })
    }

    /// The length of each symbol's word, in bits.
    pub fn lengths(&self) -> &[usize] {
        &self.lengths
    }

    /// Each symbol's word, written in 0 and 1.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The mean length Σ p·length, in bits, when the symbols come from `p`.
    ///
    /// At least the entropy of `p` in bits, whatever the code was built for (Kraft 1949, Gibbs).
    pub fn mean_length(&self, p: &Categorical) -> Answer {
        let value = sum(p.probs().iter().zip(&self.lengths).map(|(p, length)| p * *length as f64));
        Answer::sum(value, 0)
    }
}

/// Repeatedly joins the two lightest subtrees; every join makes the words of its symbols one bit longer.
fn lengths(weights: &[f64]) -> Vec<usize> {
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

    /// Σ 2^−length.
    fn kraft(lengths: &[usize]) -> f64 {
        lengths.iter().map(|&l| 0.5f64.powi(l as i32)).sum()
    }

    #[test]
    fn known_codes_are_found() {
        assert_eq!(code(&[0.5, 0.25, 0.125, 0.125]).words(), ["0", "10", "110", "111"]);
        assert_eq!(code(&[1.0; 4]).words(), ["00", "01", "10", "11"]);
        // Cormen, Leiserson, Rivest, Stein, "Introduction to Algorithms", figure on Huffman codes: 224 bits.
        let clrs = code(&[45.0, 13.0, 12.0, 16.0, 9.0, 5.0]);
        assert_eq!(clrs.lengths(), [1, 3, 3, 3, 4, 4]);
        let p = Categorical::from_weights(&[45.0, 13.0, 12.0, 16.0, 9.0, 5.0]).unwrap();
        assert!((clrs.mean_length(&p).value - 2.24).abs() < 1e-15);
        // Fibonacci weights make the deepest tree.
        assert_eq!(code(&[1.0, 1.0, 2.0, 3.0, 5.0, 8.0]).lengths(), [5, 5, 4, 3, 2, 1]);
        // Two codes of 2.2 bits; the one whose longest word is shorter.
        assert_eq!(code(&[0.4, 0.2, 0.2, 0.1, 0.1]).lengths(), [2, 2, 2, 3, 3]);
    }

    #[test]
    fn a_symbol_that_never_comes_has_a_word_all_the_same() {
        assert_eq!(code(&[1.0, 0.0, 0.0]).lengths(), [1, 2, 2]);
        assert_eq!(code(&[0.0, 1.0]).words(), ["0", "1"]);
        let one = Categorical::from_probs(&[1.0]).unwrap();
        assert!(Huffman::new(&one).is_err());
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
                assert_eq!(kraft(huffman.lengths()), 1.0);
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
            let mut words = huffman.words().to_vec();
            assert!(words.iter().zip(huffman.lengths()).all(|(w, l)| w.len() == *l));
            words.sort();
            assert!(words.windows(2).all(|w| !w[1].starts_with(w[0].as_str())), "{words:?}");
        }
    }
}
