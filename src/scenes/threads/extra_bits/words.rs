//! The codes worth seeing, and questions about them.

use super::{EQUAL, HALVES};
use crate::scene::{Preset, Question};

fn setting(p: &[f64], q: &[f64]) -> Vec<(&'static str, f64)> {
    const IDS: [[&str; 6]; 2] =
        [["p_a", "p_b", "p_c", "p_d", "p_e", "p_f"], ["q_a", "q_b", "q_c", "q_d", "q_e", "q_f"]];
    let of = |ids: [&'static str; 6], shares: &[f64]| ids.into_iter().zip(shares.to_vec()).collect::<Vec<_>>();
    [vec![("symbols", p.len() as f64)], of(IDS[0], p), of(IDS[1], q)].concat()
}

/// States worth seeing.
pub fn presets() -> Vec<Preset> {
    let (halves, equal) = (&HALVES[..4], &EQUAL[..4]);
    let falling = [0.4, 0.25, 0.15, 0.1, 0.06, 0.04];
    let rising = [0.04, 0.06, 0.1, 0.15, 0.25, 0.4];
    vec![
        Preset::new("two-bits", "Two bits for everything", &setting(halves, equal)),
        Preset::new("swapped", "The other way round", &setting(equal, halves)),
        Preset::new("right", "The right code", &setting(halves, halves)),
        Preset::new("upside-down", "Upside down", &setting(&falling, &rising)),
        Preset::new("dull", "Nearly always a", &setting(&[0.95, 0.05], &[0.95, 0.05])),
        Preset::new("no-word", "No word for d", &setting(&[0.5, 0.25, 0.15, 0.1], &[0.5, 0.3, 0.2, 0.0])),
    ]
}

/// Questions to commit to before looking.
pub fn questions() -> Vec<Question> {
    vec![
        Question::new(
            "waste",
            "The symbols come with probabilities ½, ¼, ⅛, ⅛. The code gives each of them two bits. What does that waste?",
            &setting(&HALVES[..4], &EQUAL[..4]),
            &[
                (
                    "nothing",
                    "nothing: four symbols need two bits",
                    "Four equally likely symbols do. Here a comes half of the time, and one bit would do for it.",
                ),
                (
                    "quarter",
                    "¼ bit a symbol",
                    "Yes. Words of 1, 2, 3 and 3 bits take ½ + ½ + ⅜ + ⅜ = 1.75 bits on average, and the code takes 2.",
                ),
                (
                    "one",
                    "one bit a symbol",
                    "One bit is what a loses. But c and d would need three bits in the best code: there two bits are a gain.",
                ),
            ],
            "quarter",
        ),
        Question::new(
            "other-way",
            "Now all four symbols are equally likely, and the words have 1, 2, 3 and 3 bits. What does that waste?",
            &setting(&EQUAL[..4], &HALVES[..4]),
            &[
                (
                    "nothing",
                    "nothing: the code has a short word",
                    "The short word is used a quarter of the time, the two long ones half of the time. Take the mean.",
                ),
                (
                    "same",
                    "¼ bit a symbol, as the other way round",
                    "Yes: (1 + 2 + 3 + 3)/4 = 2.25 bits against 2. That both ways agree is a coincidence.",
                ),
                (
                    "more",
                    "¾ bit a symbol",
                    "The mean word is (1 + 2 + 3 + 3)/4 bits long. Compare it with the two bits of the best code.",
                ),
            ],
            "same",
        ),
    ]
}
