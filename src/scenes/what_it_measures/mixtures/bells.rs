//! The bells of one mixture: its sliders, its handles, and the mixture they make.

use crate::dist::mixture::{Component, Mixture};
use crate::error::Result;
use crate::figure::{Panel, Place, Role};
use crate::numeric::decimal::proportions;
use crate::quantity::Quantity;
use crate::scene::Controls;
use crate::scene::bells::{self, Bell, numbered};
use crate::text::Text;

/// The bells as they are set; their weights are relative to each other.
pub struct Bells {
    letter: char,
    role: Role,
    set: Vec<Component>,
    drawn: Vec<Bell>,
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
    pub fn controls(c: &mut Controls<'_>, words: &Words, role: Role, defaults: &Defaults) -> Result<Self> {
        let letter = words.letter.to_ascii_lowercase();
        c.group(words.heading, role);
        let count = c.count(format!("{letter}_bells"), "bells", 1..=4, 2);
        let mut set = Vec::with_capacity(count);
        for (i, (weight, mean, sd)) in defaults.iter().enumerate() {
            let number = i + 1;
            c.group(numbered(words.bell, number), role);
            // A lone bell has all the weight, whatever it is set to.
            c.active(i < count && count > 1);
            let weight = c.stepped(format!("{letter}{number}_weight"), "relative weight", 0.01..=1.0, 0.01, *weight);
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
        let weights: Vec<f64> = set.iter().map(|bell| bell.weight).collect();
        let written = proportions(&weights);
        let parts: Vec<Component> =
            set.iter().zip(written).map(|(bell, weight)| Component { weight, ..*bell }).collect();
        let mixture = Mixture::new(&parts)?;
        // P and Q have their handles and names on different sides: they stay out of each other's way.
        let drawn = Bell::parts(&set, |_| if role == Role::P { Place::Left } else { Place::Right });
        Ok(Self { letter, role, set, drawn, mixture })
    }

    /// Each bell with its share of the whole, 0 to 1.
    pub fn shares(&self) -> impl Iterator<Item = (f64, &Component)> {
        self.drawn.iter().map(Bell::share).zip(&self.set)
    }

    /// Draws the mixture and, where there are several, its bells below it.
    pub fn draw(&self, panel: &mut Panel, xs: &[f64], name: &'static str) {
        let density = self.mixture.curve(0.0);
        let curve = bells::curve(xs, |x| density.at(x).1);
        panel.area(self.role, name, curve.clone());
        if self.drawn.len() > 1 {
            for (i, bell) in self.drawn.iter().enumerate() {
                let (mean, sd) = bell.scale();
                let near = xs.iter().filter(|x| (*x - mean).abs() < 4.0 * sd);
                let points = near.map(|&x| (x, bell.pdf(x))).collect();
                let name = Text::new("{which}{n}").with("which", name).with("n", Quantity::exact((i + 1) as f64));
                panel.hair(self.role, name, points);
            }
        }
        panel.line(self.role, name, curve);
        let tallest = self.drawn.iter().max_by(|a, b| a.flank(0.0).1.total_cmp(&b.flank(0.0).1));
        if let Some(bell) = tallest {
            let (x, _) = bell.flank(0.5);
            panel.label(self.role, (x, self.mixture.pdf(x)), bell.place(), name);
        }
    }

    /// A bell's peak sets its mean and weight, its side its sd.
    pub fn handles(&self, panel: &mut Panel, words: &Words) {
        bells::handles(panel, self.role, (self.letter, &self.set), &self.drawn, [words.bell, words.side]);
    }
}
