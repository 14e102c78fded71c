//! Shares of a whole: one control each, which together are 1 as long as nothing else is typed.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::controls::{Controls, Tie};
use crate::dist::Categorical;
use crate::error::Result;
use crate::quantity::Quantity;
use crate::text::Text;

/// The parts of a whole that is to be divided: probabilities of outcomes.
///
/// Each part has a control from 0 to 1. Whoever moves one, by its bar or its slider, sees the others give way in
/// proportion, so that all of them are 1 together (`given_way`). A number that is typed, or stands in a link, changes
/// no other: then the numbers are weights, of which the proportions count, and their labels say so.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    ids: Rc<[String]>,
    parts: Vec<f64>,
    /// What the whole is divided in proportion to.
    weights: Vec<f64>,
}

/// What an arrow key adds to a share.
const STEP: f64 = 0.005;
/// How far from 1 the numbers may add up and be shares still: less than a typed number can show.
const WHOLE: f64 = 1e-9;

impl Shares {
    /// Declares a control for each part, by id, label and default; only the first `used` parts (one at least) divide the
    /// whole.
    pub fn declare(
        c: &mut Controls<'_>,
        parts: impl IntoIterator<Item = (String, Text, f64)>,
        used: usize,
        active: bool,
    ) -> Self {
        let mut ids = Vec::new();
        for (i, (id, label, default)) in parts.into_iter().enumerate() {
            c.active(active && i < used);
            c.stepped(id.clone(), label, 0.0..=1.0, STEP, default);
            if i < used {
                ids.push(id);
            }
        }
        c.active(true);
        let ids: Rc<[String]> = ids.into();
        let weights = c.weights(&ids);
        let total: f64 = weights.iter().sum();
        let parts: Vec<f64> = weights.iter().map(|w| settled(w / total)).collect();
        for (id, part) in ids.iter().zip(&parts) {
            c.amend(id, |control| {
                control.tie = Tie::Share(Rc::clone(&ids));
                if (total - 1.0).abs() > WHOLE {
                    control.label = Text::new("{name}, as a weight: {share} of the whole")
                        .with("name", std::mem::take(&mut control.label))
                        .with("share", Quantity::rounded(*part));
                }
            });
        }
        Self { ids, parts, weights }
    }

    /// The parts as a distribution, compared beyond the rounding of the division.
    ///
    /// # Errors
    /// None, for there is at least one part and its weight is a number.
    pub fn distribution(&self) -> Result<Categorical> {
        Categorical::from_written(&self.weights)
    }

    /// The parts; they sum to 1.
    pub fn parts(&self) -> &[f64] {
        &self.parts
    }

    /// The control of part `i`.
    pub fn id(&self, i: usize) -> &str {
        &self.ids[i]
    }
}

/// All `parts` of a whole where some of them are `set`: the others share what is left in the proportion they have, or
/// evenly where they have none. Where what is set is more than the whole, or nothing else is there, its proportions count.
///
/// The numbers are short enough to be typed again, and the largest of those that give way takes what rounding leaves, so
/// that all of them are 1 together. None that is above 0 comes out as 0 unless nothing is left for it.
pub(super) fn given_way(parts: &[(String, f64)], set: &BTreeMap<String, f64>) -> Vec<(String, f64)> {
    let taken: f64 = parts.iter().filter_map(|(id, _)| set.get(id)).sum();
    let room = taken <= 1.0 && parts.iter().any(|(id, _)| !set.contains_key(id));
    // What is shared out, and each part's claim to it; nothing for those that stay as they are set.
    let left = if room { 1.0 - taken } else { 1.0 };
    let claim = |(id, part): &(String, f64)| match (room, set.get(id)) {
        (true, Some(_)) => None,
        (true, None) => Some(*part),
        (false, own) => Some(own.copied().unwrap_or(0.0)),
    };
    let claims: f64 = parts.iter().filter_map(claim).sum();
    let even = left / parts.iter().filter_map(claim).count() as f64;
    let share = |part: &(String, f64)| match claim(part) {
        None => set.get(&part.0).copied().unwrap_or(0.0),
        Some(own) => short(if claims > 0.0 { left * own / claims } else { even }),
    };
    let mut all: Vec<(String, f64)> = parts.iter().map(|part| (part.0.clone(), share(part))).collect();
    let giving = (0..parts.len()).filter(|i| claim(&parts[*i]).is_some());
    if let Some(largest) = giving.max_by(|a, b| all[*a].1.total_cmp(&all[*b].1)) {
        let others: f64 = all.iter().enumerate().filter(|(i, _)| *i != largest).map(|(_, (_, share))| share).sum();
        all[largest].1 = settled((1.0 - others).max(0.0));
    }
    all
}

/// A share to its fourth decimal, or to three digits where that is finer.
fn short(share: f64) -> f64 {
    if share == 0.0 {
        return 0.0;
    }
    let places = (2.0 - share.log10().floor()).max(4.0) as usize;
    format!("{share:.places$}").parse().unwrap_or(share)
}

/// A share without the rounding below its fifteenth decimal, so that the same proportions, however they were set, are
/// the same numbers.
fn settled(share: f64) -> f64 {
    (share * 1e15).round() / 1e15
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Result;
    use crate::figure::{Axis, Direction, Figure, Frame, Handle, Layout, Look, Panel, Role, Row, Theme};
    use crate::scene::{Arrow, Scene, Seen, Value, Values, View, drag, press, slide, sweep};

    const SCENE: Scene = Scene { id: "shares", title: "", about: "", view };
    const IDS: [&str; 3] = ["a", "b", "c"];

    fn view(c: &mut Controls<'_>) -> Result<View> {
        let parts = [("a", 0.5), ("b", 0.3), ("c", 0.2), ("d", 0.0)];
        let shares = Shares::declare(c, parts.map(|(id, share)| (id.to_owned(), Text::new(id), share)), 3, true);
        let mut panel = Panel::new("p", "", Axis::new(0.0, 3.0, ""), Axis::new(0.0, 1.0, ""));
        for (i, part) in shares.parts().iter().enumerate() {
            let handle = Handle::new(format!("h{i}"), "", Role::P, (i as f64, *part));
            panel.handle(handle.upright(shares.id(i), |(_, y)| y).swept());
        }
        Ok(View { figure: Figure { rows: vec![Row::new(200.0, vec![panel])] }, ..View::default() })
    }

    fn parts(values: &Values) -> Vec<f64> {
        SCENE.run(values, false).view.figure.panels().flat_map(|p| &p.handles).map(|h| h.at.1).collect()
    }

    fn laid(values: &Values) -> (Seen, Layout) {
        let seen = SCENE.run(values, false);
        let look = Look::new(Theme::light());
        let layout = Layout::new(&seen.view.figure, 600.0, &look, &|w, size| w.len() as f64 * size, &Text::english);
        (seen, layout)
    }

    fn set(values: [f64; 3]) -> Values {
        IDS.iter().zip(values).map(|(id, v)| ((*id).to_owned(), Value::from(v))).collect()
    }

    fn dragged(values: &Values, part: usize, to: f64) -> Values {
        let (seen, layout) = laid(values);
        let pixel = |y: f64| Frame::pixel(&layout.frames[0], (part as f64, y)).1;
        let by = (0.0, pixel(to) - pixel(parts(values)[part]));
        drag(&seen, &layout, &format!("h{part}"), by, None, false).into_iter().collect()
    }

    /// The parts after a sweep over some of them, each drawn to a height.
    fn swept(drawn: &[(usize, f64)]) -> Vec<f64> {
        let (seen, layout) = laid(&Values::new());
        let pixel = |(part, y): &(usize, f64)| (format!("h{part}"), layout.frames[0].pixel((*part as f64, *y)).1);
        let drawn = drawn.iter().map(pixel).collect();
        parts(&sweep(&seen, &layout, &drawn, false).into_iter().collect())
    }

    fn close(got: &[f64], want: &[f64]) {
        let near = got.iter().zip(want).all(|(g, w)| (g - w).abs() < 1e-9);
        assert!(near && got.len() == want.len(), "{got:?}, not {want:?}");
    }

    #[test]
    fn a_part_stands_where_it_is_dragged_and_the_others_give_way_in_proportion() {
        close(&parts(&dragged(&Values::new(), 0, 0.75)), &[0.75, 0.15, 0.1]);
        let all = dragged(&Values::new(), 1, 1.0);
        close(&parts(&all), &[0.0, 1.0, 0.0]);
        close(&parts(&dragged(&all, 1, 0.5)), &[0.25, 0.5, 0.25]);
    }

    #[test]
    fn a_slider_moves_a_part_as_its_bar_does() {
        let (seen, _) = laid(&Values::new());
        let slid: Values = slide(&seen, "a", 0.75, false).into_iter().collect();
        assert_eq!(slid, dragged(&Values::new(), 0, 0.75));
    }

    #[test]
    fn what_a_sweep_has_drawn_stays_and_the_rest_gives_way() {
        close(&swept(&[(0, 0.25), (1, 0.25)]), &[0.25, 0.25, 0.5]);
        close(&swept(&[(1, 0.2), (2, 0.3)]), &[0.5, 0.2, 0.3]);
        // Too much for a whole keeps its proportions, and so does too little where nothing is left to give way.
        close(&swept(&[(0, 0.8), (1, 0.4), (2, 0.4)]), &[0.5, 0.25, 0.25]);
        close(&swept(&[(0, 0.1), (1, 0.1), (2, 0.2)]), &[0.25, 0.25, 0.5]);
        close(&swept(&[(0, 0.0), (1, 0.0), (2, 0.0)]), &[0.3333, 0.3333, 0.3334]);
    }

    #[test]
    fn an_arrow_key_moves_one_part_a_step_and_the_others_follow() {
        let arrow = Arrow { direction: Direction::Vertical, steps: 10, fine: false };
        // As shares and as weights of the same proportions.
        for start in [Values::new(), set([1.0, 0.6, 0.4])] {
            let (seen, layout) = laid(&start);
            let pressed: Values = press(&seen, &layout, "h0", arrow).into_iter().collect();
            close(&parts(&pressed), &[0.55, 0.27, 0.18]);
        }
    }

    #[test]
    fn what_was_typed_is_a_weight_and_says_so() {
        close(&parts(&set([1.0, 0.5, 0.5])), &[0.5, 0.25, 0.25]);
        // A tenth of three tenths, and of one: not the same quotient, but the same share.
        assert_eq!(parts(&set([0.03, 0.09, 0.18])), parts(&set([0.1, 0.3, 0.6])));
        let label = |values: &Values| SCENE.run(values, false).control("a").map(|c| c.label.english());
        assert_eq!(label(&set([0.1, 0.3, 0.6])).as_deref(), Some("a"));
        let told = label(&set([0.95, 0.3, 0.3]));
        assert_eq!(told.as_deref(), Some("a, as a weight: 0.6129 of the whole"));
    }

    #[test]
    fn nothing_at_all_can_not_be_shared() {
        let seen = SCENE.run(&set([0.0; 3]), false);
        let told: Vec<String> = seen.problems.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 3);
        assert!(told[1].starts_with("b: 0 must not be 0"), "{told:?}");
        close(&parts(&set([0.0; 3])), &[0.5, 0.3, 0.2]);
    }

    #[test]
    fn all_parts_together_are_one_and_none_is_lost() {
        let whole = |weights: &[f64]| -> Vec<(String, f64)> {
            weights.iter().enumerate().map(|(i, w)| (format!("p{i}"), *w)).collect()
        };
        let starts = [
            whole(&[0.4, 0.3, 0.2, 0.1]),
            whole(&[0.35, 0.15, 0.001, 0.3, 0.199]),
            whole(&[1.0 - 3e-7, 1e-7, 1e-7, 1e-7, 0.0, 0.0]),
            whole(&[1.0 / 3.0; 3]),
            whole(&[0.95, 0.3, 0.2, 0.1]),
            whole(&[1.0, 0.0]),
        ];
        for parts in &starts {
            for i in 0..parts.len() {
                for k in 0..=200 {
                    let own = f64::from(k) / 200.0;
                    let set = BTreeMap::from([(format!("p{i}"), own)]);
                    let after = given_way(parts, &set);
                    // In decimals, as a reader adds them up.
                    let total: i128 = after.iter().map(|(_, v)| (v * 1e15).round() as i128).sum();
                    assert!((total - 1_000_000_000_000_000).abs() <= 4, "{parts:?} {i} {own}: {after:?}");
                    assert_eq!(after[i].1, own, "{parts:?}: what is moved stands where it is");
                    let rest: f64 = (0..parts.len()).filter(|j| *j != i).map(|j| parts[j].1).sum();
                    for j in (0..parts.len()).filter(|j| *j != i && own < 1.0 && rest > 0.0) {
                        assert_eq!(after[j].1 > 0.0, parts[j].1 > 0.0, "{parts:?} {i} {own}: {after:?}");
                    }
                }
            }
        }
    }
}
