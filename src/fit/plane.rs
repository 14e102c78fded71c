//! Fits in the plane: a normal with or without correlations, to one bell or to two equal ones of the same shape.
//!
//! For P = ½N(−g, Σ) + ½N(g, Σ), whitening by Σ turns P into two unit modes at ±d on one axis, d² = gᵀΣ⁻¹g, and a
//! standard normal on the other. So everything comes down to the fits on the line; factorised fits see P through
//! v = gᵀΣ⁻¹x alone, since ln p = ln N(x; 0, Σ) − ½d² + ln cosh v.

use crate::dist::mixture::Mixture;
use crate::dist::normal::Normal;
use crate::dist::normal2::Normal2;
use crate::divergence::answer::Answer;
use crate::divergence::kl;
use crate::divergence::mixture::kl as mixture_kl;
use crate::error::{Error, Result};
use crate::fit::branches::two_modes;
use crate::fit::factorised::{Along, Point};
use crate::fit::forward::forward;
use crate::fit::reverse::{Kind, reverse};
use crate::numeric::order;
use crate::numeric::tolerance::{AT_REST, EPS};

/// Which normals Q may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Independent coordinates: the mean-field family.
    Factorised,
    /// Any correlation.
    Full,
}

/// ½N(−gap, shape) + ½N(gap, shape); one bell where the gap is zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    gap: [f64; 2],
    bell: Normal2,
    /// Σ⁻¹g.
    score: [f64; 2],
    /// The diagonal of Σ⁻¹.
    precision: [f64; 2],
    /// √(gᵀΣ⁻¹g): half the distance of the modes in their own sds.
    distance: f64,
}

/// A fit in the plane.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaneFit {
    /// The fitted Q.
    pub normal: Normal2,
    /// Its divergence, in the direction it was fitted by.
    pub value: Answer,
}

impl Pair {
    /// Two bells with covariances [xx, xy, yy] at −`gap` and `gap`.
    ///
    /// # Errors
    /// The covariances must be those of a normal; the gap must be finite.
    pub fn new(gap: [f64; 2], cov: [f64; 3]) -> Result<Self> {
        let bell = Normal2::new([0.0; 2], cov)?;
        if !gap.iter().all(|g| g.is_finite()) {
            return Err(Error::bad("gap", format!("{gap:?}"), "must be finite numbers"));
        }
        let [xx, xy, yy] = cov;
        let det = xx * yy * bell.det_ratio();
        let score = [(yy * gap[0] - xy * gap[1]) / det, (xx * gap[1] - xy * gap[0]) / det];
        let distance = (gap[0] * score[0] + gap[1] * score[1]).max(0.0).sqrt();
        Ok(Self { gap, bell, score, precision: [yy / det, xx / det], distance })
    }

    /// Half the distance of the modes in units of their own sd in that direction.
    pub const fn distance(&self) -> f64 {
        self.distance
    }

    /// The logarithm of the density at (x, y).
    pub fn ln_pdf(&self, [x, y]: [f64; 2]) -> f64 {
        let v = (self.score[0] * x + self.score[1] * y).abs();
        // ln cosh v without overflow.
        let ln_cosh = v + (0.5 * (1.0 + (-2.0 * v).exp())).ln();
        self.bell.ln_pdf([x, y]) - 0.5 * self.distance * self.distance + ln_cosh
    }

    /// D(P‖Q). With M the normal that has the moments of P, it is D(P‖M) + D(M‖Q): ln q is quadratic.
    ///
    /// # Errors
    /// None for a pair that could be made and a proper Q.
    pub fn forward_value(&self, q: &Normal2) -> Result<Answer> {
        let cover = self.moments(Shape::Full)?;
        Ok(self.forward_on_the_line()?.plus(&kl::normal2(&cover, q)))
    }

    /// D(Q‖P), by the marginal of Q on the line through the modes.
    ///
    /// # Errors
    /// None for a pair that could be made and a proper Q.
    pub fn reverse_value(&self, q: &Normal2) -> Result<Answer> {
        let plane = kl::normal2(q, &self.bell);
        if self.distance == 0.0 {
            return Ok(plane);
        }
        let [a, b] = self.score.map(|s| s / self.distance);
        let [xx, xy, yy] = q.cov();
        let mean = a * q.mean()[0] + b * q.mean()[1];
        let along = Normal::new(mean, (a * a * xx + 2.0 * a * b * xy + b * b * yy).sqrt())?;
        let one = kl::normal(&along, &Normal::new(0.0, 1.0)?);
        let two = mixture_kl(&Mixture::of_normal(&along)?, &two_modes(self.distance)?, AT_REST);
        let value = (plane.value - one.value).max(0.0) + two.value;
        let error = plane.error + one.error + two.error + EPS * plane.value.abs();
        Ok(Answer { value, error, ..two })
    }

    /// The fit with the least D(P‖Q): the moments of P, as many as Q has.
    ///
    /// # Errors
    /// None for a pair that could be made.
    pub fn forward_fit(&self, shape: Shape) -> Result<PlaneFit> {
        let normal = self.moments(shape)?;
        Ok(PlaneFit { normal, value: self.forward_value(&normal)? })
    }

    /// Every minimum of D(Q‖P), best first.
    ///
    /// # Errors
    /// None for a pair that could be made.
    pub fn reverse_fits(&self, shape: Shape) -> Result<Vec<PlaneFit>> {
        let normals = match shape {
            Shape::Full => self.full()?,
            Shape::Factorised => self.factorised()?,
        };
        let mut fits = Vec::with_capacity(normals.len());
        for normal in normals {
            fits.push(PlaneFit { normal, value: self.reverse_value(&normal)? });
        }
        let key = |fit: &PlaneFit| (fit.value.value * 1e10).round();
        order::by(&mut fits, |a, b| key(a).total_cmp(&key(b)).then(a.normal.mean()[0].total_cmp(&b.normal.mean()[0])));
        Ok(fits)
    }

    fn moments(&self, shape: Shape) -> Result<Normal2> {
        let ([xx, xy, yy], [g, h]) = (self.bell.cov(), self.gap);
        let between = if shape == Shape::Full { xy + g * h } else { 0.0 };
        Normal2::new([0.0; 2], [xx + g * g, between, yy + h * h])
    }

    fn forward_on_the_line(&self) -> Result<Answer> {
        if self.distance == 0.0 {
            return Ok(Answer::exact(0.0));
        }
        Ok(forward(&two_modes(self.distance)?, AT_REST)?.value)
    }

    /// Mean (m/d)g and covariance Σ + (s² − 1)/d² ggᵀ for every minimum N(m, s) on the line.
    fn full(&self) -> Result<Vec<Normal2>> {
        let d = self.distance;
        if d == 0.0 {
            return Ok(vec![self.bell]);
        }
        let ([xx, xy, yy], [g, h]) = (self.bell.cov(), self.gap);
        let minima = reverse(&two_modes(d)?).into_iter().filter(|point| point.kind == Kind::Minimum);
        let mapped = minima.map(|point| {
            let along = point.mean / d;
            let wider = (point.sd - 1.0) * (point.sd + 1.0) / (d * d);
            Normal2::new([along * g, along * h], [xx + wider * g * g, xy + wider * g * h, yy + wider * h * h])
        });
        mapped.collect()
    }

    /// The minima among factorised normals, where the Hessian tells them; where it is flat, the lowest of the points that
    /// are left.
    fn factorised(&self) -> Result<Vec<Normal2>> {
        let at = |mean: f64, [xx, yy]: [f64; 2]| Normal2::new(self.gap.map(|g| mean * g), [xx, 0.0, yy]);
        if self.distance == 0.0 {
            return Ok(vec![at(0.0, self.precision.map(f64::recip))?]);
        }
        let squares = self.score.map(|s| s * s);
        let along = Along { squares, precision: self.precision, d2: self.distance * self.distance };
        let points = along.points();
        let minima: Vec<&Point> = points.iter().filter(|point| self.is_minimum(point)).collect();
        let mut found = Vec::new();
        for point in if minima.is_empty() { points.iter().collect() } else { minima } {
            let mean = point.t[0];
            found.push(at(mean, point.variances)?);
            if mean != 0.0 {
                found.push(at(-mean, point.variances)?);
            }
        }
        Ok(found)
    }

    /// Whether the Hessian in (m₁, m₂, s₁², s₂²) is positive definite, by elimination.
    fn is_minimum(&self, point: &Point) -> bool {
        let (s, v, [_, t2, t3, t4]) = (self.score, point.variances, point.t);
        let [xx, xy, yy] = self.bell.cov();
        let cross = -xy / (xx * yy * self.bell.det_ratio());
        let mut h = [[0.0; 4]; 4];
        for i in 0..2 {
            for j in 0..2 {
                let same = if i == j { 1.0 } else { 0.0 };
                let lambda = if i == j { self.precision[i] } else { cross };
                h[i][j] = lambda - s[i] * s[j] * t2;
                h[i][2 + j] = -0.5 * s[i] * s[j] * s[j] * t3;
                h[2 + j][i] = h[i][2 + j];
                h[2 + i][2 + j] = same * 0.5 / (v[i] * v[i]) - 0.25 * s[i] * s[i] * s[j] * s[j] * t4;
            }
        }
        for k in 0..4 {
            if h[k][k] <= 0.0 || !h[k][k].is_finite() {
                return false;
            }
            let pivot = h[k];
            for row in h.iter_mut().skip(k + 1) {
                let factor = row[k] / pivot[k];
                row.iter_mut().zip(pivot).for_each(|(x, above)| *x -= factor * above);
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bell(rho: f64) -> Result<Pair> {
        Pair::new([0.0; 2], [1.0, rho, 1.0])
    }

    #[test]
    fn a_correlated_bell_is_factorised_as_the_textbooks_say() -> Result<()> {
        // C. M. Bishop, "Pattern Recognition and Machine Learning" (2006), section 10.1.2.
        let p = bell(0.8)?;
        let forward = p.forward_fit(Shape::Factorised)?;
        let reverse = p.reverse_fits(Shape::Factorised)?;
        assert_eq!(forward.normal.cov(), [1.0, 0.0, 1.0]);
        assert_eq!(reverse.len(), 1);
        assert!((reverse[0].normal.cov()[0] - 0.36).abs() < 1e-15);
        let want = -0.5 * 0.36f64.ln();
        assert!((forward.value.value - want).abs() < 1e-15 && (reverse[0].value.value - want).abs() < 1e-15);
        assert_eq!(p.reverse_fits(Shape::Full)?[0].value.value, 0.0);
        Ok(())
    }

    /// A divergence in the plane by brute force: a trapezoidal sum over a fine grid.
    fn summed(f: impl Fn([f64; 2]) -> f64) -> f64 {
        let step = 0.05;
        let places = || (-240..=240).map(|i| f64::from(i) * step);
        places().flat_map(|x| places().map(move |y| [x, y])).map(f).sum::<f64>() * step * step
    }

    #[test]
    fn both_divergences_agree_with_sums_over_the_plane() -> Result<()> {
        let p = Pair::new([1.5, 0.5], [0.8, 0.3, 0.6])?;
        assert!((summed(|x| p.ln_pdf(x).exp()) - 1.0).abs() < 1e-10);
        for q in [Normal2::new([0.4, -0.2], [1.5, 0.0, 0.5])?, Normal2::new([-1.0, 0.0], [0.7, -0.2, 0.9])?] {
            let forward = summed(|x| p.ln_pdf(x).exp() * (p.ln_pdf(x) - q.ln_pdf(x)));
            let reverse = summed(|x| q.ln_pdf(x).exp() * (q.ln_pdf(x) - p.ln_pdf(x)));
            assert!((p.forward_value(&q)?.value - forward).abs() < 1e-9, "{forward}");
            assert!((p.reverse_value(&q)?.value - reverse).abs() < 1e-9, "{reverse}");
        }
        Ok(())
    }

    #[test]
    fn every_fit_is_a_minimum() -> Result<()> {
        for gap in [[0.6, 0.2], [1.5, 0.5], [2.5, -1.0], [3.0, 3.0]] {
            let p = Pair::new(gap, [0.8, 0.3, 0.6])?;
            for shape in [Shape::Factorised, Shape::Full] {
                let fits = p.reverse_fits(shape)?;
                assert!((1..=3).contains(&fits.len()), "{gap:?} {shape:?}: {}", fits.len());
                let cover = p.forward_fit(shape)?;
                for (fit, forwards) in fits.iter().map(|f| (f, false)).chain([(&cover, true)]) {
                    let value = |q: &Normal2| if forwards { p.forward_value(q) } else { p.reverse_value(q) };
                    let ([x, y], [xx, xy, yy]) = (fit.normal.mean(), fit.normal.cov());
                    let e = 1e-3;
                    let mut others = vec![
                        ([x + e, y], [xx, xy, yy]),
                        ([x - e, y], [xx, xy, yy]),
                        ([x, y + e], [xx, xy, yy]),
                        ([x, y - e], [xx, xy, yy]),
                        ([x, y], [xx * (1.0 + e), xy, yy]),
                        ([x, y], [xx * (1.0 - e), xy, yy]),
                        ([x, y], [xx, xy, yy * (1.0 + e)]),
                        ([x, y], [xx, xy, yy * (1.0 - e)]),
                    ];
                    if shape == Shape::Full {
                        others.extend([([x, y], [xx, xy + e, yy]), ([x, y], [xx, xy - e, yy])]);
                    }
                    for (mean, cov) in others {
                        let other = value(&Normal2::new(mean, cov)?)?.value;
                        assert!(other > fit.value.value, "{gap:?} {shape:?}: {mean:?} {cov:?} beats {fit:?}");
                    }
                }
            }
        }
        Ok(())
    }

    #[test]
    fn factorised_fits_are_those_of_brute_force() -> Result<()> {
        // Gap, sds, correlation; sizes of the best fit's means, its variances and value, by tests/data/plane.py.
        type Case = ([f64; 2], [f64; 2], f64, [f64; 4], f64);
        const CASES: [Case; 9] = [
            ([1.5, -1.0], [1.0, 1.0], 0.0, [0.0, 0.0, 2.677_608, 1.385_922], 0.405_966_837),
            ([3.0, 3.0], [1.0, 1.0], 0.8, [2.999_999, 2.999_999, 0.36, 0.36], 1.203_972_692),
            ([0.5, 0.5], [1.0, 1.0], -0.6, [0.0, 0.0, 1.057_493, 1.057_493], 0.073_452_392),
            ([1.5, -1.0], [1.0, 1.0], 0.05, [0.0, 0.0, 2.747_004, 1.438_032], 0.397_684_799),
            ([1.0, 1.0], [0.7, 0.7], 0.0, [0.801_544, 0.801_544, 0.679_914, 0.679_914], 0.593_543_326),
            ([1.2, 0.0], [1.0, 0.6], 0.0, [0.0, 0.0, 2.309_599, 0.36], 0.027_255_806),
            ([0.05, 0.05], [1.0, 1.0], 0.5, [0.0, 0.0, 0.750_624, 0.750_624], 0.144_674_716),
            ([3.0, -3.0], [0.3, 0.3], 0.95, [3.0, 3.0, 0.008_775, 0.008_775], 1.857_098_631),
            ([2.5, 2.5], [2.0, 0.3], -0.95, [2.5, 2.5, 0.39, 0.008_775], 1.857_098_631),
        ];
        for (gap, [sx, sy], rho, [x, y, xx, yy], value) in CASES {
            let fits = Pair::new(gap, [sx * sx, rho * sx * sy, sy * sy])?.reverse_fits(Shape::Factorised)?;
            let best = &fits[0];
            let ([mx, my], [vx, xy, vy]) = (best.normal.mean(), best.normal.cov());
            let off = [mx.abs() - x, my.abs() - y, vx - xx, vy - yy].map(f64::abs);
            assert!(off.iter().all(|off| *off < 2e-6) && xy == 0.0, "{gap:?} {rho}: {best:?}");
            assert!((best.value.value - value).abs() < 2e-9, "{gap:?} {rho}: {best:?}");
        }
        Ok(())
    }

    #[test]
    fn bells_that_stand_along_an_axis_have_the_same_fits_with_and_without_correlations() -> Result<()> {
        for (gap, cov) in [
            ([1.5, 0.0], [1.0, 0.0, 1.0]),
            ([3.0, 0.0], [1.0, 0.0, 1.0]),
            ([0.0, 2.5], [0.8, 0.0, 0.49]),
            ([0.0, 0.0], [0.8, 0.0, 0.49]),
            ([0.001, 0.0], [1.0, 0.0, 1.0]),
            ([3.0, 0.0], [0.09, 0.0, 4.0]),
        ] {
            let p = Pair::new(gap, cov)?;
            let (own, all) = (p.reverse_fits(Shape::Factorised)?, p.reverse_fits(Shape::Full)?);
            assert_eq!(own.len(), all.len(), "{gap:?}: {own:?} {all:?}");
            for (own, all) in own.iter().zip(&all) {
                let near = |a: f64, b: f64| (a - b).abs() < 1e-9 * (1.0 + b.abs());
                let places = own.normal.mean().into_iter().chain(own.normal.cov());
                let others = all.normal.mean().into_iter().chain(all.normal.cov());
                assert!(places.zip(others).all(|(a, b)| near(a, b)), "{gap:?}: {own:?} {all:?}");
                assert!((own.value.value - all.value.value).abs() <= own.value.error + all.value.error + 1e-13);
            }
        }
        Ok(())
    }

    #[test]
    fn every_gap_has_a_factorised_fit_however_flat_the_divergence_is() -> Result<()> {
        for (i, j, k) in (0..=12).flat_map(|i| (0..=12).flat_map(move |j| (-19..=19).map(move |k| (i, j, k)))) {
            let gap = [0.25 * f64::from(i), 0.25 * f64::from(j)];
            let p = Pair::new(gap, [1.0, 0.05 * f64::from(k), 1.0])?;
            let fits = p.reverse_fits(Shape::Factorised)?;
            let proper = |fit: &PlaneFit| fit.value.value.is_finite() && fit.normal.cov()[0] < 20.0;
            assert!((1..=3).contains(&fits.len()) && fits.iter().all(proper), "{gap:?} {k}: {fits:?}");
            // What is away from the middle has its mirror image, to the last digit, and none is there twice.
            let times = |mean: [f64; 2]| fits.iter().filter(|fit| fit.normal.mean() == mean).count();
            let mirrored =
                |fit: &PlaneFit| times(fit.normal.mean()) == 1 && times(fit.normal.mean().map(|m| 0.0 - m)) == 1;
            assert!(fits.iter().all(mirrored), "{gap:?} {k}: {fits:?}");
        }
        Ok(())
    }

    #[test]
    fn two_far_bells_have_fits_on_each_and_close_ones_only_between() -> Result<()> {
        let far = Pair::new([3.0, 0.0], [0.5, 0.0, 0.5])?.reverse_fits(Shape::Full)?;
        assert!(far[0].normal.mean()[0].abs() > 2.9 && (far[0].value.value - std::f64::consts::LN_2).abs() < 1e-3);
        let close = Pair::new([1.0, 0.0], [0.5, 0.0, 0.5])?.reverse_fits(Shape::Full)?;
        assert!(close.len() == 1 && close[0].normal.mean()[0].abs() < 1e-9);
        assert!(Pair::new([f64::NAN, 0.0], [1.0, 0.0, 1.0]).is_err());
        Ok(())
    }
}
