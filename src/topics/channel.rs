//! A channel: two inputs, each with its own chance of the one of two outputs, as weather tells about ice cream.
//!
//! The mutual information of input and output is the mean of what each input says of the output, I = Σ w·D(row‖margin).
//! A row differs from the margin by the *other* input's weight times the difference of the rows. Computed from that
//! difference, and not from products that were rounded before they are compared, it is exactly 0 where the rows are
//! equal, and right to rounding where they nearly are.

use crate::dist::{Bernoulli, Categorical};
use crate::divergence::answer::Answer;
use crate::divergence::cell::{Cell, ln_ratio};
use crate::divergence::entropy;
use crate::numeric::double::{self, Double};
use crate::numeric::sums::sum;

/// An input that is the first with some probability, and for each input the coin that gives the output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Channel {
    input: Bernoulli,
    given: [Bernoulli; 2],
}

impl Channel {
    /// The channel whose first input comes as often as `input` gives heads; given each input, the first output comes as
    /// often as its coin gives heads.
    pub fn new(input: Bernoulli, given: [Bernoulli; 2]) -> Self {
        Self { input, given }
    }

    /// The probabilities of the inputs.
    fn weights(&self) -> [Double; 2] {
        sides(&self.input)
    }

    /// The probabilities of the outputs, whatever the input.
    fn margin(&self) -> [Double; 2] {
        let ([first, second], [a, b]) = (self.weights(), self.given.map(|coin| sides(&coin)));
        [0, 1].map(|j| double::add(double::times(first, a[j]), double::times(second, b[j])))
    }

    /// The distribution of the inputs.
    pub fn inputs(&self) -> Categorical {
        Categorical::from_pairs(&self.weights())
    }

    /// The distribution of the outputs.
    pub fn outputs(&self) -> Categorical {
        Categorical::from_pairs(&self.margin())
    }

    /// The joint distribution: the first input with either output, then the second.
    pub fn joint(&self) -> Categorical {
        let weights = self.weights();
        let of = |i: usize| sides(&self.given[i]).map(|p| double::times(weights[i], p));
        Categorical::from_pairs(&[of(0), of(1)].concat())
    }

    /// Each cell of the joint distribution, in its order, beside the product of its margins.
    pub fn cells(&self) -> [Cell; 4] {
        let (weights, margin) = (self.weights(), self.margin());
        // By how much the first output is likelier after the first input than after the second.
        let gap = self.given[0].p() - self.given[1].p();
        [0, 1, 2, 3].map(|k| {
            let (i, j) = (k / 2, k % 2);
            let (weight, row, whole) = (weights[i].0, sides(&self.given[i])[j].0, margin[j].0);
            let sign = if i == j { 1.0 } else { -1.0 };
            let off = sign * weights[1 - i].0 * gap;
            let log_ratio = if weight == 0.0 || off == 0.0 {
                0.0
            } else if row < 2.5 * whole && whole < 2.5 * row {
                (off / whole).ln_1p()
            } else {
                ln_ratio(row, whole)
            };
            let (p, q) = (weight * row, weight * whole);
            Cell { p, q, difference: weight * off, log_ratio, ln_q: weight.ln() + whole.ln() }
        })
    }

    /// I(X; Y) = D(joint‖product of the margins) = H(X) + H(Y) − H(X, Y) ≥ 0; 0 exactly where the input tells nothing.
    pub fn mutual_information(&self) -> Answer {
        let [first, second] = self.weights();
        if first.0 == 0.0 || second.0 == 0.0 || self.given[0] == self.given[1] {
            return Answer::exact(0.0);
        }
        let answer = Answer::sum(sum(self.cells().iter().map(Cell::kl)), 4);
        // What underflowed is not 0 by definition.
        Answer { error: answer.error + f64::MIN_POSITIVE, ..answer }
    }

    /// H(X), of the input.
    pub fn input_entropy(&self) -> Answer {
        entropy::categorical(&self.inputs())
    }

    /// H(Y), of the output.
    pub fn output_entropy(&self) -> Answer {
        entropy::categorical(&self.outputs())
    }

    /// H(X, Y).
    pub fn joint_entropy(&self) -> Answer {
        entropy::categorical(&self.joint())
    }
}

/// Heads and tails of a coin with the rests that rounding leaves out.
fn sides(coin: &Bernoulli) -> [Double; 2] {
    [(coin.p(), 0.0), coin.tails()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::information::Table;

    fn channel(input: f64, first: f64, second: f64) -> Channel {
        let [input, first, second] = [input, first, second].map(|p| Bernoulli::new(p).unwrap());
        Channel::new(input, [first, second])
    }

    #[test]
    fn an_input_that_tells_nothing_has_no_information_at_all() {
        for k in 0..=100 {
            for l in 0..=100 {
                let (input, row) = (f64::from(k) / 100.0, f64::from(l) / 100.0);
                assert_eq!(channel(input, row, row).mutual_information(), Answer::exact(0.0), "{input} {row}");
            }
            // An input that never or always comes tells nothing either.
            for sure in [0.0, 1.0] {
                let answer = channel(sure, f64::from(k) / 100.0, 0.3).mutual_information();
                assert_eq!(answer, Answer::exact(0.0), "{sure} {k}");
            }
        }
    }

    #[test]
    fn it_is_what_the_table_of_its_cells_says() {
        for (input, first, second) in [(0.6, 0.7, 0.2), (0.25, 0.9, 1.0), (0.5, 1.0, 0.0), (0.01, 0.0, 0.03)] {
            let channel = channel(input, first, second);
            let table =
                Table::new(&channel.joint().probs().chunks(2).map(<[f64]>::to_vec).collect::<Vec<_>>()).unwrap();
            let (got, want) = (channel.mutual_information(), table.mutual_information());
            assert!((got.value / want.value - 1.0).abs() < 1e-13, "{input} {first} {second}: {got:?} {want:?}");
            let parts = channel.input_entropy().value + channel.output_entropy().value - channel.joint_entropy().value;
            assert!((parts - got.value).abs() < 1e-15, "{input} {first} {second}: {parts}");
            for (a, b) in channel.cells().iter().zip(table.cells()) {
                assert!((a.difference - b.difference).abs() < 1e-16 && (a.q - b.q).abs() < 1e-16, "{a:?} {b:?}");
            }
        }
    }
}
