//! Bells on a panel: the places where a density is worth drawing, and the handles of a bell's mean, sd and weight.

use crate::dist::mixture::Component;
use crate::dist::normal::Normal;
use crate::figure::{Handle, Panel, Place, Point, Role, linspace};
use crate::quantity::Quantity;
use crate::text::Text;

/// How many places the part that is shown has at least.
const PLACES: usize = 401;
/// Places per sd of a bell on which those lie further apart, and how many sds they reach.
const PER_SD: f64 = 15.0;
const REACH: f64 = 4.0;

/// The places where densities are worth drawing, ascending: even ones over the part of the line that is `shown`,
/// and denser ones wherever one of the `bells` (mean and sd) is narrow.
pub fn grid(shown: (f64, f64), bells: impl IntoIterator<Item = (f64, f64)>) -> Vec<f64> {
    let even = (shown.1 - shown.0) / (PLACES - 1) as f64;
    let narrow: Vec<(f64, f64)> = bells.into_iter().filter(|(_, sd)| *sd < PER_SD * even).collect();
    let apart = |x: f64| {
        let here = narrow.iter().filter(|(mean, sd)| (x - mean).abs() <= REACH * sd);
        here.map(|(_, sd)| sd / PER_SD).fold(even, f64::min)
    };
    let mut xs = places(shown, narrow.iter().copied(), REACH, PER_SD);
    let mut before = f64::NEG_INFINITY;
    xs.retain(|&x| {
        // Bells that stand in one place need its places once.
        let kept = (shown.0..=shown.1).contains(&x) && (x - before >= 0.75 * apart(x) || x == shown.1);
        before = if kept { x } else { before };
        kept
    });
    xs
}

/// The places where densities are worth adding up, ascending: as [`grid`], and along every bell to the ends of its
/// tails, seen or not.
pub fn whole_line(shown: (f64, f64), bells: impl IntoIterator<Item = (f64, f64)>) -> Vec<f64> {
    places(shown, bells.into_iter(), 8.0, 5.0)
}

fn places(shown: (f64, f64), bells: impl Iterator<Item = (f64, f64)>, reach: f64, per_sd: f64) -> Vec<f64> {
    let mut xs: Vec<f64> = linspace(shown.0, shown.1, PLACES).collect();
    for (mean, sd) in bells {
        xs.extend(linspace(mean - reach * sd, mean + reach * sd, (2.0 * reach * per_sd) as usize + 1));
    }
    xs.sort_by(f64::total_cmp);
    xs.dedup();
    xs
}

/// A function as a curve.
pub fn curve(xs: &[f64], f: impl Fn(f64) -> f64) -> Vec<Point> {
    xs.iter().map(|&x| (x, f(x))).collect()
}

/// A bell that is drawn and can be dragged: all of a density, or a part of a mixture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bell {
    normal: Normal,
    share: f64,
    /// 1 or −1: the side on which its sd is dragged and its name stands.
    side: f64,
}

impl Bell {
    /// A density of its own, with what belongs to it on its left or right.
    pub const fn new(normal: Normal, side: Place) -> Self {
        Self { normal, share: 1.0, side: if matches!(side, Place::Left) { -1.0 } else { 1.0 } }
    }

    /// A component that has a share (0 to 1) of the whole; nothing where its mean or sd is none.
    pub fn part(component: &Component, share: f64, side: Place) -> Option<Self> {
        Some(Self { share, ..Self::new(Normal::new(component.mean, component.sd).ok()?, side) })
    }

    /// The bells of a mixture whose weights count relative to each other.
    pub fn parts(components: &[Component], side: impl Fn(&Component) -> Place) -> Vec<Self> {
        let total: f64 = components.iter().map(|c| c.weight).sum();
        components.iter().filter_map(|c| Self::part(c, c.weight / total, side(c))).collect()
    }

    /// Its share of the whole, 0 to 1.
    pub const fn share(&self) -> f64 {
        self.share
    }

    /// Mean and sd.
    pub const fn scale(&self) -> (f64, f64) {
        (self.normal.mean(), self.normal.sd())
    }

    /// What it adds to the density at x.
    pub fn pdf(&self, x: f64) -> f64 {
        self.share * self.normal.pdf(x)
    }

    /// The point of its curve that is so many sds from the peak, on its side.
    pub fn flank(&self, sds: f64) -> Point {
        let x = self.normal.mean() + self.side * sds * self.normal.sd();
        (x, self.pdf(x))
    }

    /// Where a name stands that belongs to its side.
    pub const fn place(&self) -> Place {
        if self.side < 0.0 { Place::Left } else { Place::Right }
    }

    /// Its peak, which drags the mean.
    pub fn peak(&self, role: Role, id: impl Into<String>, label: impl Into<Text>, mean: impl Into<String>) -> Handle {
        Handle::new(id, label, role, self.flank(0.0)).sideways(mean, |(x, _)| x)
    }

    /// The peak dragged up and down too, which sets a weight of its own beside weights that add up to `rest`, which is
    /// above 0.
    #[must_use]
    pub fn weighed(&self, peak: Handle, weight: impl Into<String>, rest: f64) -> Handle {
        let whole = self.normal.pdf(self.normal.mean());
        peak.upright(weight, move |(_, y)| {
            let part = y / whole;
            if part < 1.0 { rest * part / (1.0 - part) } else { f64::INFINITY }
        })
    }

    /// The peak dragged up and down too, which sets a share of the whole; with `other`, that of what is left.
    #[must_use]
    pub fn shared(&self, peak: Handle, share: impl Into<String>, other: bool) -> Handle {
        let whole = self.normal.pdf(self.normal.mean());
        peak.upright(share, move |(_, y)| if other { 1.0 - y / whole } else { y / whole })
    }

    /// The point one sd from the peak, which drags the sd.
    pub fn width(&self, role: Role, id: impl Into<String>, label: impl Into<Text>, sd: impl Into<String>) -> Handle {
        let (mean, side) = (self.normal.mean(), self.side);
        Handle::new(id, label, role, self.flank(1.0)).sideways(sd, move |(x, _)| side * (x - mean))
    }
}

/// Handles for all bells of a mixture, in the order of its `components`: the peak of bell n sets `p{n}_mean` and,
/// where there are several, `p{n}_weight`; its flank sets `p{n}_sd`; p being the mixture's letter. The words are
/// those of a peak and of a flank, with `{n}` for the bell's number.
pub fn handles(
    panel: &mut Panel,
    role: Role,
    (letter, components): (char, &[Component]),
    bells: &[Bell],
    words: [&'static str; 2],
) {
    for (i, bell) in bells.iter().enumerate() {
        let number = i + 1;
        let [peak, flank] = words.map(|words| numbered(words, number));
        let peak = bell.peak(role, format!("{letter}{number}"), peak, format!("{letter}{number}_mean"));
        // A lone bell, or one beside others of no weight, has all of it, whatever it is set to.
        let rest: f64 = components.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, other)| other.weight).sum();
        let peak = if rest > 0.0 { bell.weighed(peak, format!("{letter}{number}_weight"), rest) } else { peak };
        panel.handle(peak);
        panel.handle(bell.width(role, format!("{letter}{number}-sd"), flank, format!("{letter}{number}_sd")));
    }
}

/// Words with a bell's number for `{n}`.
pub fn numbered(words: &'static str, number: usize) -> Text {
    Text::new(words).with("n", Quantity::exact(number as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bell(mean: f64, sd: f64, share: f64, side: Place) -> Bell {
        Bell::part(&Component { weight: 1.0, mean, sd }, share, side).unwrap()
    }

    #[test]
    fn a_narrow_bell_is_not_missed_between_places() {
        let (mean, sd) = (0.123, 0.004);
        let xs = grid((-8.0, 8.0), [(mean, sd)]);
        assert!(xs.is_sorted() && xs.iter().all(|x| x.abs() <= 8.0));
        // Between neighbours the straight line stays within 0.2 % of the peak of the curve it stands for.
        let density = bell(mean, sd, 1.0, Place::Left);
        let peak = density.flank(0.0).1;
        for pair in xs.windows(2) {
            let middle = 0.5 * (density.pdf(pair[0]) + density.pdf(pair[1]));
            assert!((density.pdf(0.5 * (pair[0] + pair[1])) - middle).abs() < 2e-3 * peak, "{pair:?}");
        }
    }

    #[test]
    fn bells_in_one_place_have_its_places_once() {
        let one = grid((-8.0, 8.0), [(0.5, 0.1)]).len();
        let many = grid((-8.0, 8.0), (0..8).map(|k| (0.5 + 1e-3 * f64::from(k), 0.1))).len();
        assert!(one > PLACES && many < one + 60, "{many} and {one}");
    }

    #[test]
    fn the_whole_line_reaches_beyond_what_is_shown() {
        let xs = whole_line((-1.0, 1.0), [(5.0, 0.5)]);
        assert_eq!((xs[0], xs[xs.len() - 1]), (-1.0, 9.0));
    }

    #[test]
    fn handles_invert_the_picture() {
        let grip = |handle: &Handle, i: usize, at| (handle.grips[i].value)(at);
        for (side, sign) in [(Place::Left, -1.0), (Place::Right, 1.0)] {
            let bell = bell(1.0, 0.5, 0.25, side);
            let width = bell.width(Role::P, "sd", "sd", "sd");
            assert_eq!(width.at.0, 1.0 + sign * 0.5);
            assert_eq!(grip(&width, 0, (1.0 + sign * 2.0, 0.0)), 2.0);
            let peak = bell.peak(Role::P, "p", "p", "mean");
            assert_eq!(grip(&peak, 0, (3.0, 0.1)), 3.0);
            // Where the peak stands now its weight is a third of the others': a quarter of the whole.
            let weighed = bell.weighed(peak, "weight", 0.9);
            assert!((grip(&weighed, 1, weighed.at) - 0.3).abs() < 1e-15);
            assert_eq!(grip(&weighed, 1, (0.0, 9.0)), f64::INFINITY);
            let shared = bell.shared(bell.peak(Role::P, "p", "p", "mean"), "weight", true);
            assert!((grip(&shared, 1, shared.at) - 0.75).abs() < 1e-15);
        }
    }

    #[test]
    fn the_parts_of_a_mixture_share_the_whole() {
        let set = [(3.0, -1.0), (1.0, 2.0)].map(|(weight, mean)| Component { weight, mean, sd: 1.0 });
        let parts = Bell::parts(&set, |_| Place::Right);
        assert_eq!(parts.iter().map(Bell::share).collect::<Vec<_>>(), [0.75, 0.25]);
        assert_eq!(parts[1].scale(), (2.0, 1.0));
    }
}
