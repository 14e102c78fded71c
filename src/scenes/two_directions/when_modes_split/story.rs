//! The whole story over d: every branch of stationary points, the birth and the tie. It has no settings, so it is
//! told once.

use std::sync::LazyLock;

use crate::figure::linspace;
use crate::fit::branches::{Branches, Event, birth, branches, tie};
use crate::fit::reverse::Stationary;

/// The largest d.
pub const FURTHEST: f64 = 4.0;

/// A place on a branch.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// Half the distance of the modes.
    pub d: f64,
    /// The mean of the fit.
    pub mean: f64,
    /// Its divergence.
    pub value: f64,
}

/// The branches and events.
#[derive(Debug)]
pub struct Story {
    /// The minimum with mean 0.
    pub middle: Vec<Spot>,
    /// The minimum on the right mode, from the birth on.
    pub side: Vec<Spot>,
    /// The saddle between them, from the birth on.
    pub saddle: Vec<Spot>,
    /// Where side and saddle appear.
    pub birth: Event,
    /// Where side and middle are equally good.
    pub tie: Event,
}

/// The story; nothing only if the search for it fails.
pub static STORY: LazyLock<Option<Story>> = LazyLock::new(tell);

fn tell() -> Option<Story> {
    let (birth, tie) = (birth()?, tie()?);
    let start = Spot { d: birth.distance, mean: birth.mean, value: birth.value };
    let mut story = Story { middle: Vec::new(), side: vec![start], saddle: vec![start], birth, tie };
    // Side and saddle part like a square root: dense where that is steep.
    let after = linspace(0.0, 1.0, 41).skip(1).map(|t| birth.distance + (FURTHEST - birth.distance) * t * t);
    let mut all: Vec<f64> = linspace(0.0, birth.distance, 25).chain(after).chain([tie.distance]).collect();
    all.sort_by(f64::total_cmp);
    for d in all {
        let Ok(Some(Branches { middle, side })) = branches(d) else { continue };
        let spot = |point: &Stationary| Spot { d, mean: point.mean, value: point.value.value };
        story.middle.push(spot(&middle));
        if let Some((side, saddle)) = &side {
            story.side.push(spot(side));
            story.saddle.push(spot(saddle));
        }
    }
    Some(story)
}
