//! The truncated normal: a normal restricted to an interval and renormalised.

use crate::dist::check::{finite, interval, positive};
use crate::dist::density::{Density, Tail};
use crate::error::{Error, Result};
use crate::numeric::rng::Rng;
use crate::numeric::special::{HALF_LN_2_PI, normal_cdf, normal_mass};

/// The density of N(mean, sd) between low and high, divided by its mass there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TruncatedNormal {
    mean: f64,
    sd: f64,
    low: f64,
    high: f64,
    /// The mass is φ(at)·factor.
    at: f64,
    factor: f64,
}

impl TruncatedNormal {
    /// N(`mean`, `sd`) restricted to [`low`, `high`]. The interval may lie far out in a tail.
    ///
    /// # Errors
    /// Names the parameter that is not finite, `sd` if it is not above 0, `high` if it is not above `low`.
    pub fn new(mean: f64, sd: f64, low: f64, high: f64) -> Result<Self> {
        let (mean, sd) = (finite("mean", mean)?, positive("sd", sd)?);
        let (low, high) = interval(low, high)?;
        let start = (low - mean) / sd;
        let (at, factor) = normal_mass(start, (high - mean) / sd, (high - low) / sd);
        if !(factor > 0.0 && (at * at).is_finite()) {
            return Err(Error::bad("low", low, "must be within 1e150 standard deviations of the mean, like high"));
        }
        Ok(Self { mean, sd, low, high, at, factor })
    }

    /// The mean of the normal before it was restricted.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation of the normal before it was restricted.
    pub fn sd(&self) -> f64 {
        self.sd
    }

    /// The lower end.
    pub fn low(&self) -> f64 {
        self.low
    }

    /// The upper end.
    pub fn high(&self) -> f64 {
        self.high
    }

    /// The logarithm of the normal's mass between the ends.
    pub fn ln_mass(&self) -> f64 {
        if self.at == 0.0 && self.factor > 1.2 {
            // Nearly everything: the logarithm of the distance to 1.
            let outside = |z: f64| normal_cdf(-z.abs());
            let (low, high) = ((self.low - self.mean) / self.sd, (self.high - self.mean) / self.sd);
            return (-(outside(low) + outside(high))).ln_1p();
        }
        -0.5 * self.at * self.at - HALF_LN_2_PI + self.factor.ln()
    }

    /// One draw, by bisecting the distribution function.
    pub fn sample(&self, rng: &mut Rng) -> f64 {
        let u = rng.open01();
        let (mut low, mut high) = (self.low, self.high);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if self.cdf(middle) < u { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    }

    /// The mass between two points inside the support, relative to the whole.
    fn share(&self, from: f64, to: f64) -> f64 {
        if to <= from {
            return 0.0;
        }
        let z = |x: f64| (x - self.mean) / self.sd;
        let (at, factor) = normal_mass(z(from), z(to), (to - from) / self.sd);
        (factor / self.factor * (-0.5 * (at - self.at) * (at + self.at)).exp()).min(1.0)
    }
}

impl Density for TruncatedNormal {
    fn ln_pdf(&self, x: f64) -> f64 {
        if !(self.low..=self.high).contains(&x) {
            return f64::NEG_INFINITY;
        }
        let z = (x - self.mean) / self.sd;
        -0.5 * (z - self.at) * (z + self.at) - self.sd.ln() - self.factor.ln()
    }

    fn cdf(&self, x: f64) -> f64 {
        if x >= self.high { 1.0 } else { self.share(self.low, x) }
    }

    fn survival(&self, x: f64) -> f64 {
        if x <= self.low { 1.0 } else { self.share(x, self.high) }
    }

    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn tails(&self) -> [Tail; 2] {
        [Tail::NONE; 2]
    }

    fn centre(&self) -> (f64, f64) {
        let middle = self.mean.clamp(self.low, self.high);
        (middle, self.sd.min(self.high - self.low))
    }

    fn landmarks(&self) -> Vec<f64> {
        let mut points = vec![self.low, self.high];
        // Where the mean is outside, the density falls from the near end on the scale sd²/distance.
        let near = self.mean.clamp(self.low, self.high);
        let scale = self.sd / ((near - self.mean).abs() / self.sd).max(1.0);
        for k in [-9.0, -4.5, -2.0, 0.0, 2.0, 4.5, 9.0, 40.0, -40.0] {
            points.push(near + k * scale);
        }
        points.retain(|x| (self.low..=self.high).contains(x));
        points
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_mass_lies_inside() {
        // mpmath: ln(Φ(8) − Φ(6)) and ln(Φ(1) − Φ(−1)), ln(Φ(101) − Φ(100)).
        for (low, high, want) in [
            (6.0, 8.0, -20.736_769_580_528_166_048),
            (-1.0, 1.0, -0.381_715_146_302_126_072_27),
            (100.0, 101.0, -5_005.524_208_694_205_088_6),
        ] {
            let t = TruncatedNormal::new(0.0, 1.0, low, high).unwrap();
            assert!((t.ln_mass() / want - 1.0).abs() < 2e-15, "{low} {high}: {}", t.ln_mass());
            let m = TruncatedNormal::new(0.0, 1.0, -high, -low).unwrap();
            assert_eq!(m.ln_mass(), t.ln_mass());
            let x = 0.7 * low + 0.3 * high;
            assert!((t.cdf(x) + t.survival(x) - 1.0).abs() < 1e-14);
        }
    }

    #[test]
    fn an_interval_in_the_tail_can_be_drawn_from() {
        let t = TruncatedNormal::new(0.0, 1.0, 50.0, 60.0).unwrap();
        let mut rng = Rng::new(6);
        let n = 2_000;
        // So far out it is an exponential of rate 50, but for a term of relative size 2/50².
        let mean = (0..n).map(|_| t.sample(&mut rng) - 50.0).sum::<f64>() / f64::from(n);
        assert!((mean * 50.0 - 1.0).abs() < 5.0 / f64::from(n).sqrt());
    }

    #[test]
    fn bad_parameters_are_refused_by_name() {
        assert!(TruncatedNormal::new(0.0, 0.0, 0.0, 1.0).unwrap_err().to_string().starts_with("sd: 0 "));
        assert!(TruncatedNormal::new(0.0, 1.0, 1.0, 0.0).unwrap_err().to_string().starts_with("high: 0 "));
        assert!(TruncatedNormal::new(0.0, 1e-200, 1.0, 2.0).unwrap_err().to_string().starts_with("low: 1 "));
    }
}
