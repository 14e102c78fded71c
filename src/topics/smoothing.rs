//! A floor under a model: what becomes of D(P‖Q) where Q is mixed with a little of the uniform distribution.

use crate::dist::Categorical;
use crate::divergence::answer::Answer;
use crate::divergence::cell::of_categoricals;
use crate::error::{Error, Result};
use crate::numeric::double::{self, Double};
use crate::numeric::sums::sum;

/// (1 − ε)·Q + ε·uniform: no outcome has less than ε/K.
///
/// # Errors
/// Names `epsilon` if it is outside [0, 1] or not a number.
pub fn floored(q: &Categorical, epsilon: f64) -> Result<Categorical> {
    if !(0.0..=1.0).contains(&epsilon) {
        return Err(Error::bad("epsilon", epsilon, "must be between 0 and 1"));
    }
    // With the rests that rounding leaves out: beside a Q that nearly agrees with P the floor may be all that counts.
    let even = double::divide((epsilon, 0.0), (q.len() as f64, 0.0));
    let rest = double::sum(1.0, -epsilon);
    let pairs: Vec<Double> = q.pairs().map(|q| double::add(double::times(rest, q), even)).collect();
    Ok(Categorical::from_pairs(&pairs))
}

/// The probability under P of what Q rules out. D(P‖Q_ε) grows like this times ln(1/ε): as the floor is lowered, each
/// factor e adds so many nats.
pub fn ruled_out(p: &Categorical, q: &Categorical) -> Answer {
    let missed = of_categoricals(p, q).into_iter().filter(|cell| cell.log_ratio == f64::INFINITY);
    let value = sum(missed.map(|cell| cell.p));
    if value == 0.0 { Answer::exact(0.0) } else { Answer::sum(value, p.len()) }
}

/// What each factor of ten by which the floor is lowered adds to D(P‖Q_ε) in the end, in nats.
pub fn per_decade(p: &Categorical, q: &Categorical) -> Answer {
    let missed = ruled_out(p, q);
    let scale = std::f64::consts::LN_10;
    Answer { value: scale * missed.value, error: 1.01 * scale * missed.error, ..missed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::kl;

    fn visitors() -> (Categorical, Categorical) {
        let of = |weights: &[f64]| Categorical::from_weights(weights).unwrap();
        (of(&[0.35, 0.15, 0.15, 0.2, 0.15]), of(&[0.4, 0.2, 0.0, 0.25, 0.15]))
    }

    #[test]
    fn a_floor_makes_everything_possible_and_leaves_the_sum() {
        let (_, q) = visitors();
        let with = floored(&q, 0.01).unwrap();
        assert!((with.probs()[2] - 0.002).abs() < 1e-15 && (with.probs().iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert_eq!(floored(&q, 0.0).unwrap().probs(), q.probs());
        assert!(floored(&q, 1.0).unwrap().probs().iter().all(|p| (p - 0.2).abs() < 1e-15));
        assert_eq!(floored(&q, 1.5).unwrap_err().to_string(), "epsilon: 1.5 must be between 0 and 1");
    }

    #[test]
    fn each_factor_of_ten_adds_as_much() {
        let (p, q) = visitors();
        assert!((ruled_out(&p, &q).value - 0.15).abs() < 1e-15);
        let at = |epsilon: f64| kl::categorical(&p, &floored(&q, epsilon).unwrap()).value;
        let added = at(1e-12) - at(1e-11);
        assert!((added - per_decade(&p, &q).value).abs() < 1e-9, "{added}");
        assert_eq!(ruled_out(&q, &p), Answer::exact(0.0), "P allows all that Q does");
        assert_eq!(per_decade(&q, &p).value, 0.0);
    }
}
