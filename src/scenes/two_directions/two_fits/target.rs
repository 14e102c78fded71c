//! The target P: one to four modes, each with its controls and its handles.

use crate::dist::mixture::{Component, Mixture};
use crate::error::Result;
use crate::figure::{Panel, Place, Role};
use crate::numeric::rng::Rng;
use crate::scene::Controls;
use crate::scene::bells::{self, Bell, numbered};

/// The modes' default settings: weight, mean, sd.
const MODES: [(f64, f64, f64); 4] = [(0.5, -2.0, 0.6), (0.5, 2.0, 0.6), (0.5, 5.0, 0.6), (0.5, -5.0, 0.6)];

/// The target's modes as they are set, weights not yet normalised: they count relative to each other. Modes that are not in use keep their settings; none does anything while another
/// target is `hidden`.
pub fn read(c: &mut Controls<'_>, hidden: bool) -> Vec<Component> {
    c.group("Target P", Role::P);
    c.active(!hidden);
    let count = c.count("modes", "modes", 1..=4, 2);
    let (mut modes, mut weights) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for (i, (weight, mean, sd)) in MODES.into_iter().enumerate() {
        let number = i + 1;
        let label = |words| numbered(words, number);
        c.group(label("Mode {n} of P"), Role::P);
        // A lone mode has all the weight, whatever it is set to.
        c.active(!hidden && i < count && count > 1);
        let id = format!("p{number}_weight");
        let weight = c.stepped(id.clone(), label("relative weight of mode {n}"), 0.0..=1.0, 0.05, weight);
        c.active(!hidden && i < count);
        let mode = Component {
            weight,
            mean: c.stepped(format!("p{number}_mean"), label("mean of mode {n}"), -12.0..=12.0, 0.05, mean),
            sd: c.stepped(format!("p{number}_sd"), label("sd of mode {n}"), 0.05..=5.0, 0.05, sd),
        };
        if i < count {
            weights.push(id);
            modes.push(mode);
        }
    }
    c.active(true);
    match modes.as_mut_slice() {
        [lone] => lone.weight = 1.0,
        several => several.iter_mut().zip(c.weights(&weights)).for_each(|(mode, weight)| mode.weight = weight),
    }
    modes
}

/// A Gaussian that only its seed knows, on the grid of the sliders so that it can be met exactly.
pub fn hidden(seed: u64) -> Vec<Component> {
    let mut rng = Rng::new(seed);
    let mean = f64::from((rng.open01() * 100.0).round() as i32 - 50) / 10.0;
    let sd = f64::from((rng.open01() * 20.0).round() as i32 + 5) / 10.0;
    vec![Component { weight: 1.0, mean, sd }]
}

/// The mixture of the modes; one of weight 0 is none.
pub fn mixture(modes: &[Component]) -> Result<Mixture> {
    let parts: Vec<Component> = modes.iter().copied().filter(|mode| mode.weight > 0.0).collect();
    Mixture::new(&parts)
}

/// A mode's peak sets its mean and weight, its side its sd.
pub fn handles(panel: &mut Panel, modes: &[Component]) {
    let bells = Bell::parts(modes, |mode| if mode.mean > 0.0 { Place::Right } else { Place::Left });
    bells::handles(panel, Role::P, ('p', modes), &bells, ["mode {n} of P", "sd of mode {n} of P"]);
}
