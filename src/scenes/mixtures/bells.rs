//! The bells of one mixture: its sliders, its handles, and the mixture they make.

use crate::dist::mixture::{Component, Mixture};
use crate::dist::normal::Normal;
use crate::figure::{Handle, Panel, Place, Point, Role};
use crate::quantity::Quantity;
use crate::scene::Controls;
use crate::text::Text;

/// The bells as they are set; their weights are relative to each other.
pub struct Bells {
    letter: char,
    role: Role,
    set: Vec<Component>,
    /// The mixture that they make.
    pub mixture: Mixture,
}

/// The words of one mixture's controls.
pub struct Words {
    /// P or Q.
    pub letter: char,
    /// The heading of the count.
    pub heading: &'static str,
    /// The heading of one bell, with `{n}` for its number.
    pub bell: &'static str,
    /// What its side sets.
    pub side: &'static str,
}

/// Weight, mean and sd of four bells, to begin with.
pub type Defaults = [(f64, f64, f64); 4];

impl Bells {
    /// Declares a count and four bells; those that are not in use keep their settings.
    pub fn controls(c: &mut Controls<'_>, words: &Words, role: Role, defaults: &Defaults) -> Option<Self> {
        let letter = words.letter.to_ascii_lowercase();
        c.group(words.heading, role);
        let count = c.count(format!("{letter}_bells"), "bells", 1..=4, 2);
        let mut set = Vec::with_capacity(count);
        for (i, (weight, mean, sd)) in defaults.iter().enumerate() {
            let number = i + 1;
            c.group(numbered(words.bell, number), role);
            // A lone bell has all the weight, whatever it is set to.
            c.active(i < count && count > 1);
            let weight = c.stepped(format!("{letter}{number}_weight"), "weight", 0.01..=1.0, 0.01, *weight);
            c.active(i < count);
            let bell = Component {
                weight,
                mean: c.stepped(format!("{letter}{number}_mean"), "mean", -6.0..=6.0, 0.05, *mean),
                sd: c.stepped(format!("{letter}{number}_sd"), "sd", 0.1..=4.0, 0.05, *sd),
            };
            if i < count {
                set.push(bell);
            }
        }
        c.active(true);
        let mixture = Mixture::new(&set).ok()?;
        Some(Self { letter, role, set, mixture })
    }

    /// Each bell with its share of the whole, 0 to 1.
    pub fn shares(&self) -> impl Iterator<Item = (f64, &Component)> {
        let total: f64 = self.set.iter().map(|b| b.weight).sum();
        self.set.iter().map(move |b| (b.weight / total, b))
    }

    /// Draws the mixture and, where there are several, its bells below it.
    pub fn draw(&self, panel: &mut Panel, xs: &[f64], name: &'static str) {
        let density = self.mixture.curve(0.0);
        let curve: Vec<Point> = xs.iter().map(|&x| (x, density.at(x).1)).collect();
        panel.area(self.role, name, curve.clone());
        if self.set.len() > 1 {
            for (i, (share, bell)) in self.shares().enumerate() {
                let near = xs.iter().filter(|x| (*x - bell.mean).abs() < 4.0 * bell.sd);
                let points = near.map(|&x| (x, height(share, bell, x))).collect();
                let name = Text::new("{which}{n}").with("which", name).with("n", Quantity::exact((i + 1) as f64));
                panel.hair(self.role, name, points);
            }
        }
        panel.line(self.role, name, curve);
        let tallest = self.shares().max_by(|a, b| height(a.0, a.1, a.1.mean).total_cmp(&height(b.0, b.1, b.1.mean)));
        if let Some((_, bell)) = tallest {
            let x = bell.mean + 0.5 * self.away() * bell.sd;
            let place = if self.away() < 0.0 { Place::Left } else { Place::Right };
            panel.label(self.role, (x, self.mixture.pdf(x)), place, name);
        }
    }

    /// A bell's peak sets its mean and weight, its side its sd.
    pub fn handles(&self, panel: &mut Panel, words: &Words) {
        let (letter, away) = (self.letter, self.away());
        let total: f64 = self.set.iter().map(|b| b.weight).sum();
        for (i, (share, bell)) in self.shares().enumerate() {
            let number = i + 1;
            let (mean, sd, rest) = (bell.mean, bell.sd, total - bell.weight);
            let at = (mean, height(share, bell, mean));
            let peak = Handle::new(format!("{letter}{number}"), numbered(words.bell, number), self.role, at)
                .sideways(format!("{letter}{number}_mean"), |(x, _)| x);
            let whole = height(1.0, bell, mean);
            let peak = if self.set.len() > 1 {
                peak.upright(format!("{letter}{number}_weight"), move |(_, y)| weight(y / whole, rest))
            } else {
                peak
            };
            panel.handle(peak);
            let x = mean + away * sd;
            let label = numbered(words.side, number);
            let side = Handle::new(format!("{letter}{number}-sd"), label, self.role, (x, height(share, bell, x)));
            panel.handle(side.sideways(format!("{letter}{number}_sd"), move |(x, _)| away * (x - mean)));
        }
    }

    /// The side on which P and Q have their handles and names: they stay out of each other's way.
    fn away(&self) -> f64 {
        if self.role == Role::P { -1.0 } else { 1.0 }
    }
}

fn numbered(words: &'static str, number: usize) -> Text {
    Text::new(words).with("n", Quantity::exact(number as f64))
}

/// The density of a bell that has so much of the whole.
fn height(share: f64, bell: &Component, x: f64) -> f64 {
    Normal::new(bell.mean, bell.sd).map_or(0.0, |normal| share * normal.pdf(x))
}

/// The weight that is `part` of the whole beside weights that add up to `rest`.
fn weight(part: f64, rest: f64) -> f64 {
    if part < 1.0 { rest * part / (1.0 - part) } else { f64::INFINITY }
}
