//! Shares of a whole: one control each, of which only the proportions count.

use super::controls::Controls;
use crate::dist::Categorical;
use crate::error::Result;
use crate::figure::{Handle, Point};
use crate::text::Text;

/// The parts of a whole that is to be divided by dragging: probabilities of outcomes.
///
/// Each part has a control from 0 to 1. A slider moves its part alone and the whole is taken anew; a handle
/// is followed by the others, which give way in proportion, so that a bar stands where it is dragged to.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    ids: Vec<String>,
    parts: Vec<f64>,
    /// What the whole is divided in proportion to.
    weights: Vec<f64>,
}

/// What an arrow key adds to a share.
const STEP: f64 = 0.005;

impl Shares {
    /// Declares a control for each part, by id, label and default; only the first `used` parts (one at
    /// least) divide the whole. Parts that are 0 throughout are taken as equal.
    pub fn declare(
        c: &mut Controls<'_>,
        parts: impl IntoIterator<Item = (String, Text, f64)>,
        used: usize,
        active: bool,
    ) -> Self {
        let (mut ids, mut weights) = (Vec::new(), Vec::new());
        for (i, (id, label, default)) in parts.into_iter().enumerate() {
            c.active(active && i < used);
            let weight = c.stepped(id.clone(), label, 0.0..=1.0, STEP, default);
            if i < used {
                ids.push(id);
                weights.push(weight);
            }
        }
        c.active(true);
        let total: f64 = weights.iter().sum();
        let even = 1.0 / weights.len() as f64;
        let parts = weights.iter().map(|w| if total > 0.0 { settled(w / total) } else { even }).collect();
        if total == 0.0 {
            weights.fill(1.0);
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

    /// The handle with grips so that moving it upright sets part `i`.
    #[must_use]
    pub fn upright(&self, i: usize, handle: Handle) -> Handle {
        self.order(i).fold(handle, |handle, j| handle.upright(self.ids[j].clone(), self.follow(i, j, |at| at.1)))
    }

    /// The handle with grips so that moving it sideways sets part `i`.
    #[must_use]
    pub fn sideways(&self, i: usize, handle: Handle) -> Handle {
        self.order(i).fold(handle, |handle, j| handle.sideways(self.ids[j].clone(), self.follow(i, j, |at| at.0)))
    }

    /// The part that is dragged, then the others.
    fn order(&self, i: usize) -> impl Iterator<Item = usize> {
        let own = (i < self.parts.len()).then_some(i);
        own.into_iter().chain((0..self.parts.len()).filter(move |j| *j != i))
    }

    /// What part `j` becomes when part `i` is dragged.
    fn follow(&self, i: usize, j: usize, along: fn(Point) -> f64) -> impl Fn(Point) -> f64 + use<> {
        let (own, part, others) = (self.parts[i], self.parts[j], self.parts.len() as f64 - 1.0);
        move |at| {
            let share = along(at);
            if i == j {
                share
            } else if own < 1.0 {
                part * (1.0 - share) / (1.0 - own)
            } else {
                (1.0 - share) / others
            }
        }
    }
}

/// A share without the rounding below its fifteenth decimal, so that the same proportions, however they were set, are
/// the same numbers.
fn settled(share: f64) -> f64 {
    (share * 1e15).round() / 1e15
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::figure::{Axis, Direction, Figure, Frame, Layout, Look, Panel, Role, Row, Theme};
    use crate::scene::{Arrow, Scene, Value, Values, View, drag, press, sweep};

    const SCENE: Scene = Scene { id: "shares", title: "", about: "", view };

    fn view(c: &mut Controls<'_>) -> View {
        let parts = [("a", 0.5), ("b", 0.3), ("c", 0.2), ("d", 0.0)];
        let shares = Shares::declare(c, parts.map(|(id, share)| (id.to_owned(), Text::new(id), share)), 3, true);
        let mut panel = Panel::new("p", "", Axis::new(0.0, 3.0, ""), Axis::new(0.0, 1.0, ""));
        for (i, part) in shares.parts().iter().enumerate() {
            let handle = Handle::new(format!("h{i}"), "", Role::P, (i as f64, *part));
            panel.handle(shares.upright(i, handle));
        }
        View { figure: Figure { rows: vec![Row::new(200.0, vec![panel])] }, ..View::default() }
    }

    fn parts(values: &Values) -> Vec<f64> {
        SCENE.run(values, false).view.figure.panels().flat_map(|p| &p.handles).map(|h| h.at.1).collect()
    }

    fn laid(values: &Values) -> (crate::scene::Seen, Layout) {
        let seen = SCENE.run(values, false);
        let look = Look::new(Theme::light());
        let layout = Layout::new(&seen.view.figure, 600.0, &look, &|w, size| w.len() as f64 * size, &Text::english);
        (seen, layout)
    }

    fn dragged(values: &Values, part: usize, to: f64) -> Values {
        let (seen, layout) = laid(values);
        let at = Frame::pixel(&layout.frames[0], (part as f64, to));
        drag(&seen, &layout, &format!("h{part}"), at, false).into_iter().collect()
    }

    /// The parts after a sweep over some of them, each of which it passes at a height.
    fn swept(passes: &[(usize, f64)]) -> Vec<f64> {
        let (mut values, mut kept) = (Values::new(), BTreeMap::new());
        for &(part, to) in passes {
            let (seen, layout) = laid(&values);
            let at = Frame::pixel(&layout.frames[0], (part as f64, to));
            values = sweep(&seen, &layout, &format!("h{part}"), at, false, &kept).into_iter().collect();
            kept.insert(["a", "b", "c"][part].to_owned(), to);
        }
        parts(&values)
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
    fn what_a_sweep_has_drawn_stays_and_the_rest_gives_way() {
        close(&swept(&[(0, 0.25), (1, 0.25)]), &[0.25, 0.25, 0.5]);
        close(&swept(&[(2, 0.6), (1, 0.2), (2, 0.3)]), &[0.5, 0.2, 0.3]);
        // Too much for a whole keeps its proportions, and so does too little where nothing is left to give way.
        close(&swept(&[(0, 0.8), (1, 0.4), (2, 0.4)]), &[0.5, 0.25, 0.25]);
        close(&swept(&[(0, 0.1), (1, 0.1), (2, 0.2)]), &[0.25, 0.25, 0.5]);
    }

    #[test]
    fn an_arrow_key_moves_one_part_a_step_and_the_others_follow() {
        let (seen, layout) = laid(&Values::new());
        let arrow = Arrow { direction: Direction::Vertical, steps: 10, fine: false };
        let pressed: Values = press(&seen, &layout, "h0", arrow).into_iter().collect();
        close(&parts(&pressed), &[0.55, 0.27, 0.18]);
    }

    #[test]
    fn only_proportions_count_and_nothing_at_all_is_shared_evenly() {
        let set =
            |v: [f64; 3]| ["a", "b", "c"].iter().zip(v).map(|(id, v)| ((*id).to_owned(), Value::from(v))).collect();
        close(&parts(&set([1.0, 0.5, 0.5])), &[0.5, 0.25, 0.25]);
        close(&parts(&set([0.0; 3])), &[1.0 / 3.0; 3]);
        // A tenth of three tenths, and of one: not the same quotient, but the same share.
        assert_eq!(parts(&set([0.03, 0.09, 0.18])), parts(&set([0.1, 0.3, 0.6])));
    }
}
