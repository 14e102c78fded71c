//! Bells on a grid: the weights by which values at equally spaced points are summed.

use crate::fit::level::Level;
use crate::numeric::quadrature::Integrals;

/// The expectations through one bell: E[Heₙ(z) f(mean + sd·z)] for n = 0…4, with the bounds of their errors.
pub type Expectations = Integrals<5>;

/// Bells end here, in sds.
pub(super) const REACH: f64 = 8.5;

/// How often points are weighed by recurrence before the next weight is computed anew, and where all digits count.
pub(super) const BLOCK: usize = 64;
pub(super) const EXACT_BLOCK: usize = 16;

/// The bell that a level is summed against: its sd, and what its weights need.
#[derive(Clone, Copy, Debug)]
pub struct Bell {
    /// Which level.
    pub level: usize,
    /// The sd of the whole bell.
    pub sd: f64,
    /// The sd that is left to sum over: the level has the rest.
    pub tau: f64,
    /// h/τ and e^−(h/τ)².
    pub ratio: f64,
    shrink: f64,
    /// How many points on either side.
    pub taps: i64,
}

impl Bell {
    /// The bell of sd `sd` over a level, as far as so many sds.
    pub(super) fn new(index: usize, level: &Level, sd: f64, reach: f64) -> Self {
        let tau = ((sd - level.sd) * (sd + level.sd)).sqrt();
        let ratio = level.step / tau;
        Self { level: index, sd, tau, ratio, shrink: (-ratio * ratio).exp(), taps: (reach / ratio).ceil() as i64 }
    }

    /// The grid point nearest to the bell's mean, and the weights from its left end on.
    pub(super) fn weights(&self, level: &Level, mean: f64) -> (i64, Weights) {
        let place = (mean - level.start) / level.step;
        let nearest = place.round();
        let z = (nearest - place) * self.ratio;
        (nearest as i64, Weights { z, ratio: self.ratio, shrink: self.shrink, next: -self.taps })
    }

    /// The grid point nearest to `mean`, and the weights around it, which sum to 1.
    pub(super) fn kernel(&self, level: &Level, mean: f64) -> (i64, Vec<f64>) {
        let (nearest, mut weights) = self.weights(level, mean);
        let count = 2 * self.taps as usize + 1;
        let mut kernel = Vec::with_capacity(count);
        for from in (0..count).step_by(BLOCK) {
            let values = std::iter::repeat_n(0.0, BLOCK.min(count - from));
            weights.each(values, &mut |weight, _, _| kernel.push(weight));
        }
        let mass: f64 = kernel.iter().sum();
        kernel.iter_mut().for_each(|weight| *weight /= mass);
        (nearest, kernel)
    }
}

/// The weights of a bell at grid points from left to right.
pub(super) struct Weights {
    /// How far the nearest grid point is from the mean, in τ, and the step likewise.
    z: f64,
    ratio: f64,
    shrink: f64,
    /// Which point is next, counted from the nearest.
    next: i64,
}

impl Weights {
    /// Pairs the next few weights with `values`, by recurrence: each is the one before times a ratio that shrinks
    /// geometrically. Its rounding adds up; so a few at a time.
    #[inline]
    pub fn each(&mut self, values: impl ExactSizeIterator<Item = f64>, see: &mut impl FnMut(f64, f64, f64)) {
        let mut z = self.z + self.next as f64 * self.ratio;
        self.next += values.len() as i64;
        let mut weight = (-0.5 * z * z).exp();
        let mut fall = (-(z + 0.5 * self.ratio) * self.ratio).exp();
        for value in values {
            see(weight, z, value);
            weight *= fall;
            fall *= self.shrink;
            z += self.ratio;
        }
    }
}

/// `weight`·Heₙ(z) for n = 0…4.
#[inline]
pub(super) fn hermite(weight: f64, z: f64) -> [f64; 5] {
    let z2 = z * z;
    [weight, weight * z, weight * (z2 - 1.0), weight * z * (z2 - 3.0), weight * ((z2 - 6.0) * z2 + 3.0)]
}

/// The sum of products, in four parts at once: one would wait for each addition. Written out, because where the compiler
/// minds the size it leaves a loop over the four a loop.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut parts = [0.0; 4];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<4>(), b.as_chunks::<4>());
    for (x, y) in a.iter().zip(b) {
        parts[0] += x[0] * y[0];
        parts[1] += x[1] * y[1];
        parts[2] += x[2] * y[2];
        parts[3] += x[3] * y[3];
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum();
    (parts[0] + parts[1]) + (parts[2] + parts[3]) + rest
}

/// Equally spaced means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spaced {
    /// The first.
    pub first: f64,
    /// From each to the next; above 0.
    pub spacing: f64,
    /// How many there are.
    pub count: usize,
}

impl Spaced {
    /// The means in increasing order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = f64> + use<> {
        let Self { first, spacing, count } = *self;
        (0..count).map(move |i| first + i as f64 * spacing)
    }
}
