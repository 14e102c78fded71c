//! Closed forms and the errors of their roundings.

use crate::divergence::answer::{Answer, too_large};
use crate::numeric::tolerance::EPS;
use crate::quantity::Method;
use crate::text::Text;

/// A formula that loses no digits; named where it overflows.
pub(crate) fn closed(value: f64) -> Answer {
    if value.is_finite() { Answer::closed_form(value) } else { Answer::infinite(too_large(), Method::ClosedForm) }
}

/// A formula that does lose digits: at least so much error.
pub(crate) fn bounded(value: f64, error: f64) -> Answer {
    let answer = closed(value);
    if answer.value.is_finite() { Answer { error: answer.error.max(error), ..answer } } else { answer }
}

/// A formula whose parts, of this size, may cancel.
pub(crate) fn cancelling(value: f64, size: f64) -> Answer {
    bounded(value, 4.0 * EPS * size)
}

/// The square root of an answer.
pub(crate) fn root(answer: Answer) -> Answer {
    let value = answer.value.sqrt();
    let error = if value > 0.0 { 0.5 * answer.error / value + EPS * value } else { answer.error.sqrt() };
    Answer { value, error: if value.is_finite() { error } else { 0.0 }, ..answer }
}

/// D(P‖Q) + D(Q‖P), the second as computed by who calls its arguments P and Q; the cause says which is infinite.
pub(crate) fn both_ways(there: Answer, back: Answer) -> Answer {
    let of = |words: &'static str, answer: Answer| Answer {
        cause: answer.cause.map(|cause| Text::new(words).with("cause", cause)),
        ..answer
    };
    let there = of("in D(P‖Q): {cause}", there);
    there.plus(&of("in D(Q‖P), with P and Q exchanged: {cause}", back))
}

/// A cause seen from the other side: what it calls P is the caller's Q.
pub(crate) fn swapped(mut answer: Answer) -> Answer {
    answer.cause = answer.cause.map(|cause| Text::new("with P and Q exchanged: {cause}").with("cause", cause));
    answer
}
