//! ln p smoothed by bells of every width at once: a pyramid of short tables from which the mean of ln p under
//! N(m, s) follows by a sum of a few dozen terms, for maps, for following curves, for descents.
//!
//! A sum over a grid of step h of a function against a bell of sd τ differs from the integral by its aliases,
//! e^−½(2πτ/h)² of it: nothing from τ = 1.5h on. Table L holds ln p smoothed by σ_L = 1.6 h_L, h_L = 2^L h₀, which
//! is all that wider bells can see, so that N(m, s) needs the table with h_L ≈ s/4 and the bell
//! τ² = s² − σ_L². Far out ln p is the parabola of one component, of which every smoothing is known.
//!
//! Error: about 1e-13 of ln p, if the first table resolves the bends of ln p. Where that would take more
//! points than are worth it, what samples miss of a bend is added to them (`kinks.rs`): [`Smoothed::error`] tells what is left.

use std::f64::consts::PI;

use crate::dist::bends::{Bend, bends, meetings};
use crate::dist::mixture::{Component, Mixture};
use crate::fit::bell::{BLOCK, Bell, EXACT_BLOCK, Expectations, REACH, Spaced, dot, hermite};
use crate::fit::kinks::{SHARP, mend};
use crate::fit::level::{LEAST, LEAST_RAW, Level, SMOOTHING};
use crate::numeric::effort::{spend, spend_terms};
use crate::numeric::tolerance::{PANEL_ROUNDING, REACH as FAR_REACH};

/// The most points of a table for a map, which may be a little blurred.
pub const FOR_MAPS: usize = 1 << 13;

/// The most points of a table for a search, which may be so less.
pub const FOR_SEARCHES: usize = 1 << 14;

/// A table may have so many times more points where its narrowest bell needs them.
const AT_NEED: usize = 8;

/// The step that resolves a bend, in its widths: the alias of the bend is then e^−2π²/0.55 = 3e-16 of it.
const SHARPNESS: f64 = 0.55;

/// The widest bell, in steps, that is summed over ln p itself: beyond, adaptive quadrature is cheaper.
const MOST_STEPS: f64 = 400.0;

/// What the square of the coarse rule's aliases is multiplied by to bound those of the fine one.
const ALIASES: f64 = 100.0;

/// Rounding and aliases of a sum over a resolved table, relative to ln p.
const ROUNDING: f64 = 1e-12;

/// From here on the likeliest component is all of the sum.
const ALONE: f64 = 38.0;

/// The pyramid of one mixture.
#[derive(Clone, Debug)]
pub struct Smoothed {
    levels: Vec<Level>,
    left: Tail,
    right: Tail,
    /// Σ h₀²/width over the bends that were mended, and what aliases leave of it over the others that are not resolved.
    mended: f64,
    coarse: f64,
}

/// The parabola that ln p is far out: ln of a component's weighted density.
#[derive(Clone, Copy, Debug)]
struct Tail {
    mean: f64,
    sd: f64,
    /// Its height at the mean.
    level: f64,
}

impl Smoothed {
    /// The pyramid of `p` for bells with means and sds in the given ranges (lowest, highest), or `None` where the
    /// narrowest bell would need more than `most` points.
    pub fn new(p: &Mixture, means: (f64, f64), sds: (f64, f64), most: usize) -> Option<Self> {
        Self::with_step(p, means, sds, most, |step| step)
    }

    /// The pyramid for the rows of a map: the steps of its tables are halves and doubles of the means' spacing.
    pub fn for_rows(p: &Mixture, means: &Spaced, sds: (f64, f64)) -> Option<Self> {
        let ends = (means.first, means.first + means.spacing * means.count.saturating_sub(1) as f64);
        Self::with_step(p, ends, sds, FOR_MAPS, |step| means.spacing * (step / means.spacing).log2().floor().exp2())
    }

    fn with_step(
        p: &Mixture,
        means: (f64, f64),
        (smallest, largest): (f64, f64),
        most: usize,
        rounded: impl Fn(f64) -> f64,
    ) -> Option<Self> {
        let (left, right) = (widest(p, -1.0)?, widest(p, 1.0)?);
        let reach = REACH * largest;
        // Where the outermost component is all that is left of ln p, on the side of `sign`.
        let alone = |tail: &Component, sign: f64| {
            let of =
                |c: &Component| meetings(tail, c, ALONE).map(|x| sign * (tail.mean + x)).fold(sign * c.mean, f64::max);
            p.components().iter().map(of).fold(f64::NEG_INFINITY, f64::max)
        };
        let low = -alone(&left, -1.0).min(reach - means.0);
        let high = alone(&right, 1.0).min(reach + means.1);
        let finest = bends(p).iter().map(|b| SHARPNESS * b.width).fold(smallest / LEAST_RAW, f64::min);
        let coarsest = smallest / LEAST_RAW;
        let affordable = (high - low) / most as f64;
        let possible = affordable <= AT_NEED as f64 * coarsest && largest.is_finite();
        if !(possible && coarsest > 0.0 && high >= low) {
            return None;
        }
        let step = rounded(finest.max(affordable).min(coarsest));
        let curve = p.curve(0.0);
        let (left, right) = (Tail::of(&left), Tail::of(&right));
        let mut pyramid = Self { levels: Vec::new(), left, right, mended: 0.0, coarse: 0.0 };
        let unresolved: Vec<Bend> = bends(p).into_iter().filter(|bend| step > SHARPNESS * bend.width).collect();
        for Bend { width, share, .. } in &unresolved {
            let (size, steps) = (step * step / width, width / step);
            if steps < SHARP {
                pyramid.mended += size;
                pyramid.coarse += size * (1.0 - share);
            } else {
                let alias = 2.0 * PI * PI * steps;
                pyramid.coarse += size * alias / alias.sinh();
            }
        }
        pyramid.push(step, 0.0, means, (low, high), |_, places| {
            spend(places.count);
            let mut values: Vec<f64> = places.iter().map(|x| curve.at(x).0).collect();
            let kinks = unresolved.iter().filter(|bend| bend.width < SHARP * step);
            kinks.for_each(|bend| mend(&mut values, places, bend));
            values
        });
        while let Some(last) = pyramid.levels.last().filter(|level| level.limit() < largest) {
            let (step, sd) = (2.0 * last.step, 2.0 * SMOOTHING * last.step);
            let bell = Bell::new(pyramid.levels.len() - 1, last, sd, REACH);
            let core = (low - REACH * sd, high + REACH * sd);
            pyramid.push(step, sd, means, core, |below, places| below.means(places, &bell));
        }
        Some(pyramid)
    }

    /// Whether every bend is resolved.
    pub fn is_sharp(&self) -> bool {
        self.coarse == 0.0 && self.mended == 0.0
    }

    /// Adds the level smoothed by `sd`, whose values are `inner` on the `core` and those of a parabola outside it.
    ///
    /// The table goes on outside, as far as the bells it serves around `means` reach, and those that the next level is
    /// made with, so that they need not ask at each point whether it is inside.
    fn push(
        &mut self,
        step: f64,
        sd: f64,
        means: (f64, f64),
        core: (f64, f64),
        inner: impl Fn(&Self, &Spaced) -> Vec<f64>,
    ) {
        let least = if sd == 0.0 { LEAST_RAW * step } else { sd.hypot(LEAST * step) };
        let mut level = Level { start: core.0, step, sd, least, values: Vec::new() };
        // The next level's core begins up to so far outside this one's, and the bells that make it reach as far again.
        let margin = 2.0 * (2.0 * REACH * SMOOTHING + 1.0) * step;
        let reach = REACH * level.limit() + 2.0 * step;
        // Maps far wider than the target are not worth a table.
        let most = FOR_MAPS as f64 * step;
        level.start = (core.0 - margin).min((means.0 - reach).max(core.0 - most));
        let end = (core.1 + margin).max((means.1 + reach).min(core.1 + most));
        let place = |j: usize| level.start + j as f64 * step;
        let before = ((core.0 - level.start) / step).ceil() as usize;
        let first = place(before);
        let count = ((core.1 - first) / step).floor().max(0.0) as usize + 1;
        let all = (((end - level.start) / step).ceil() as usize + 1).max(before + count);
        level.values = Vec::with_capacity(all);
        level.values.extend((0..before).map(|j| self.left.smoothed(place(j), sd)));
        level.values.extend(inner(self, &Spaced { first, spacing: step, count }));
        level.values.extend((before + count..all).map(|j| self.right.smoothed(place(j), sd)));
        self.levels.push(level);
    }

    /// A bound of the error of the mean of ln p, itself of size `value`, under a bell of the given sd.
    ///
    /// A straight piece drawn across a bend whose slope jumps by J is off by at most J·h₀/4 over one step of the
    /// bell's mass h₀·φ(0)/sd; of a bend that was mended the bell's fourth derivative is left.
    pub fn error(&self, sd: f64, value: f64) -> f64 {
        let steps = self.levels.first().map_or(0.0, |level| level.step / sd);
        let left = 0.1 * self.coarse + 0.005 * self.mended * steps * steps * steps * steps;
        ROUNDING * (1.0 + value.abs()) + left / sd
    }

    /// The bell of the given sd, or `None` if it is narrower than the first table can show.
    pub fn bell(&self, sd: f64) -> Option<Bell> {
        let (index, level) = self.levels.iter().enumerate().rev().find(|(_, level)| sd >= level.least)?;
        Some(Bell::new(index, level, sd, REACH))
    }

    /// The mean of ln p under the bell around `mean`.
    pub fn mean(&self, mean: f64, bell: &Bell) -> f64 {
        let (mut total, mut mass) = (0.0, 0.0);
        self.each(mean, bell, BLOCK, |weight, _, value| {
            total += weight * value;
            mass += weight;
        });
        total / mass
    }

    /// The means of ln p under bells around equally spaced means: the loop that maps are made of. Where the spacing and
    /// the step of the table divide each other, a few lists of weights serve the whole row.
    pub fn means(&self, means: &Spaced, bell: &Bell) -> Vec<f64> {
        let Some(level) = self.levels.get(bell.level) else { return Vec::new() };
        let stride = means.spacing / level.step;
        // So many means apart, means lie alike between the points of the table.
        let period = if stride >= 1.0 { 1 } else { (1.0 / stride).round() as usize };
        let whole = |v: f64| (v - v.round()).abs() <= 1e-9 * v;
        spend_terms(means.count * (2 * bell.taps as usize + 1));
        if !whole(if stride >= 1.0 { stride } else { 1.0 / stride }) {
            return means.iter().map(|mean| self.mean(mean, bell)).collect();
        }
        let kernels: Vec<(i64, Vec<f64>)> = means.iter().take(period).map(|mean| bell.kernel(level, mean)).collect();
        let shift = (stride * period as f64).round() as i64;
        let within = |i: usize| {
            let (nearest, kernel) = kernels.get(i % period)?;
            let nearest = nearest.checked_add(shift.checked_mul((i / period) as i64)?)?;
            let first = usize::try_from(nearest.checked_sub(bell.taps)?).ok()?;
            Some(dot(level.values.get(first..first + kernel.len())?, kernel))
        };
        means.iter().enumerate().map(|(i, mean)| within(i).unwrap_or_else(|| self.mean(mean, bell))).collect()
    }

    /// E[Heₙ(z) ln p(mean + sd·z)] for n = 0…4 with bounds of their errors, by the trapezoidal rule over ln p itself; `None`
    /// where that would take too many points, or some bend is not resolved.
    ///
    /// The rule's aliases fall as e^−c/h: with every second point alone they are the square root of what they are with
    /// all, so that the difference of both tells the error.
    pub fn plain(&self, mean: f64, sd: f64) -> Option<Expectations> {
        let level = self.levels.first().filter(|_| self.is_sharp())?;
        if sd < 2.0 * LEAST_RAW * level.step || sd > MOST_STEPS * level.step {
            return None;
        }
        // The fourth derivative sees further out than the mean.
        let bell = Bell::new(0, level, sd, FAR_REACH);
        let (mut sums, mut sizes, mut masses) = ([[0.0; 5]; 2], [0.0; 5], [0.0; 2]);
        let mut odd = 0;
        self.each(mean, &bell, EXACT_BLOCK, |weight, z, value| {
            let terms = hermite(weight * value, z);
            masses[odd] += weight;
            for (n, term) in terms.into_iter().enumerate() {
                sums[odd][n] += term;
                sizes[n] += term.abs();
            }
            odd = 1 - odd;
        });
        let mass = masses[0] + masses[1];
        let values: [f64; 5] = std::array::from_fn(|n| (sums[0][n] + sums[1][n]) / mass);
        let errors = std::array::from_fn(|n| {
            let (size, value): (f64, f64) = (sizes[n] / mass, values[n]);
            let apart = (sums[0][n] / masses[0] - value).abs() / size;
            size * (ALIASES * apart * apart + PANEL_ROUNDING)
        });
        Some(Expectations { values, errors, evaluations: 2 * bell.taps as usize + 1 })
    }

    /// E[Heₙ(z) ln p(mean + sd·z)] for n = 0…4, as [`LogDensity::through`](super::expectation::LogDensity::through).
    pub fn expectations(&self, mean: f64, bell: &Bell) -> [f64; 5] {
        let (mut sums, mut mass) = ([0.0; 5], 0.0);
        self.each(mean, bell, BLOCK, |weight, z, value| {
            mass += weight;
            // Written out: a loop over five would stay one where the compiler minds the size.
            let terms = hermite(weight * value, z);
            sums[0] += terms[0];
            sums[1] += terms[1];
            sums[2] += terms[2];
            sums[3] += terms[3];
            sums[4] += terms[4];
        });
        // Derivatives by the mean are the same through both bells: Heₙ/τⁿ there is Heₙ/sⁿ here.
        let scale = bell.sd / bell.tau;
        let mut power = 1.0 / mass;
        sums.map(|sum| {
            let scaled = sum * power;
            power *= scale;
            scaled
        })
    }

    /// Calls `see(weight, z, value)` at every grid point under the bell, weights in the ratio of its density; each `block`
    /// of them starts anew.
    #[inline]
    fn each(&self, mean: f64, bell: &Bell, block: usize, mut see: impl FnMut(f64, f64, f64)) {
        let Some(level) = self.levels.get(bell.level) else { return };
        let (nearest, mut weights) = bell.weights(level, mean);
        let (first, count) = (nearest.saturating_sub(bell.taps), 2 * bell.taps as usize + 1);
        spend_terms(count);
        let inside = usize::try_from(first).ok().and_then(|first| level.values.get(first..first + count));
        if let Some(values) = inside {
            for values in values.chunks(block) {
                weights.each(values.iter().copied(), &mut see);
            }
        } else {
            for from in (0..count).step_by(block) {
                let at = |k: usize| self.value(level, first + (from + k) as i64);
                weights.each((0..block.min(count - from)).map(at), &mut see);
            }
        }
    }

    /// The smoothed ln p at grid point `j` of a level, which may lie outside its table.
    #[inline]
    fn value(&self, level: &Level, j: i64) -> f64 {
        if let Some(value) = usize::try_from(j).ok().and_then(|j| level.values.get(j)) {
            return *value;
        }
        let tail = if j < 0 { &self.left } else { &self.right };
        tail.smoothed(level.start + j as f64 * level.step, level.sd)
    }
}

impl Tail {
    fn of(component: &Component) -> Self {
        Self { mean: component.mean, sd: component.sd, level: component.level() }
    }

    /// Its mean under N(x, sd).
    fn smoothed(&self, x: f64, sd: f64) -> f64 {
        let (z, smoothing) = ((x - self.mean) / self.sd, sd / self.sd);
        self.level - 0.5 * (z * z + smoothing * smoothing)
    }
}

/// The component that rules ln p far out on the side of `sign`: the widest, and of those the outermost.
fn widest(p: &Mixture, sign: f64) -> Option<Component> {
    p.components()
        .iter()
        .copied()
        .max_by(|a, b| a.sd.total_cmp(&b.sd).then((sign * a.mean).total_cmp(&(sign * b.mean))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Result;
    use crate::fit::expectation::LogDensity;

    fn mixture(list: &[(f64, f64, f64)]) -> Result<Mixture> {
        let component = |&(weight, mean, sd): &(f64, f64, f64)| Component { weight, mean, sd };
        Mixture::new(&list.iter().map(component).collect::<Vec<_>>())
    }

    #[test]
    fn the_pyramid_agrees_with_quadrature_at_every_width() -> Result<()> {
        for p in [
            mixture(&[(0.5, -2.0, 0.6), (0.5, 2.0, 0.6)])?,
            mixture(&[(0.1, -6.0, 0.5), (0.2, -2.0, 0.8), (0.3, 2.0, 0.6), (0.4, 6.0, 1.0)])?,
            mixture(&[(0.5, 0.0, 2.0), (0.5, 0.5, 0.05)])?,
            mixture(&[(1.0, 1.0, 2.0)])?,
            mixture(&[(0.5, 0.0, 1.0), (0.5, 1.0, 1.001)])?,
        ] {
            let smallest = 0.4 * p.smallest_sd();
            let Some(pyramid) = Smoothed::new(&p, (-8.0, 8.0), (smallest, 60.0), FOR_MAPS) else {
                panic!("no pyramid for {p:?}")
            };
            let ln_p = LogDensity::new(&p);
            for k in 0..25 {
                let sd = smallest * (60.0 / smallest).powf(f64::from(k) / 24.0);
                for mean in [-7.3, -0.2, 0.5, 3.1] {
                    let Some(bell) = pyramid.bell(sd) else { panic!("no bell of {sd}") };
                    let (got, want) = (pyramid.expectations(mean, &bell), ln_p.through(mean, sd, 1e-14).values);
                    let size = want[0].abs().max(want[2].abs());
                    for n in 0..5 {
                        let error = (got[n] - want[n]).abs() / size;
                        assert!(error < 1e-11, "{p:?} N({mean}, {sd}) He{n}: {} is not {}", got[n], want[n]);
                    }
                    assert!((pyramid.mean(mean, &bell) - want[0]).abs() < pyramid.error(sd, want[0]));
                }
            }
        }
        Ok(())
    }

    #[test]
    fn plain_sums_agree_with_quadrature_within_their_bounds() -> Result<()> {
        for p in [
            mixture(&[(0.5, -2.0, 0.6), (0.5, 2.0, 0.6)])?,
            mixture(&[(0.1, -6.0, 0.5), (0.2, -2.0, 0.8), (0.3, 2.0, 0.6), (0.4, 6.0, 1.0)])?,
            mixture(&[(0.5, 0.0, 2.0), (0.5, 0.5, 0.2)])?,
        ] {
            let ranges = ((-8.0, 8.0), (0.4 * p.smallest_sd(), 60.0));
            let Some(pyramid) = Smoothed::new(&p, ranges.0, ranges.1, FOR_SEARCHES) else {
                panic!("no pyramid for {p:?}")
            };
            let ln_p = LogDensity::new(&p);
            let mut served = 0;
            for (mean, sd) in [(-7.3, 0.6), (-0.2, 1.7), (0.5, 0.3), (3.1, 4.0), (0.0, 2.2)] {
                let Some(got) = pyramid.plain(mean, sd) else { continue };
                let want = ln_p.through(mean, sd, 1e-15);
                for n in 0..5 {
                    let (error, bound) = ((got.values[n] - want.values[n]).abs(), got.errors[n] + want.errors[n]);
                    assert!(error <= bound, "{p:?} N({mean}, {sd}) He{n}: {error:e} above {bound:e}");
                }
                served += 1;
            }
            assert!(served >= 3, "{p:?}: {served}");
        }
        Ok(())
    }

    #[test]
    fn a_row_has_the_means_of_its_places() -> Result<()> {
        let p = mixture(&[(0.3, -2.0, 0.6), (0.7, 2.0, 0.9)])?;
        let ln_p = LogDensity::new(&p);
        for spacing in [0.07, 0.14, 1.5] {
            let means = Spaced { first: -7.0, spacing, count: 60 };
            let Some(pyramid) = Smoothed::for_rows(&p, &means, (0.2, 8.0)) else { panic!("no pyramid") };
            for sd in [0.2, 0.5, 1.0, 3.0, 8.0] {
                let Some(bell) = pyramid.bell(sd) else { panic!("no bell of {sd}") };
                let row = pyramid.means(&means, &bell);
                assert_eq!(row.len(), means.count);
                for (mean, got) in means.iter().zip(row) {
                    let want = pyramid.mean(mean, &bell);
                    assert!((got - want).abs() < 1e-12 * want.abs(), "{spacing} N({mean}, {sd}): {got} not {want}");
                    let want = ln_p.through(mean, sd, 1e-13).values[0];
                    assert!(
                        (got - want).abs() < 0.3 * pyramid.error(sd, want),
                        "{spacing} N({mean}, {sd}): {got} not {want}"
                    );
                }
            }
        }
        Ok(())
    }

    #[test]
    fn what_is_too_fine_is_refused() -> Result<()> {
        let p = mixture(&[(0.5, 0.0, 1e-3), (0.5, 1000.0, 1.0)])?;
        assert!(Smoothed::new(&p, (0.0, 1000.0), (1e-4, 10.0), FOR_MAPS).is_none());
        Ok(())
    }

    #[test]
    fn bends_that_are_not_resolved_show_in_the_error() -> Result<()> {
        let p = mixture(&[(0.5, -6.0, 0.05), (0.5, 6.0, 0.05)])?;
        let Some(pyramid) = Smoothed::new(&p, (-6.0, 6.0), (0.02, 10.0), FOR_MAPS) else { panic!("no pyramid") };
        for sd in [0.05, 0.3, 4.8] {
            let Some(bell) = pyramid.bell(sd) else { panic!("no bell of {sd}") };
            let (got, want) = (pyramid.mean(0.01, &bell), LogDensity::new(&p).through(0.01, sd, 1e-13).values[0]);
            let error = pyramid.error(sd, want);
            assert!((got - want).abs() < error && error < 1e-3 * want.abs(), "{sd}: {got} {want} {error:e}");
        }
        Ok(())
    }
}
