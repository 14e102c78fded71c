//! The normal distribution in the plane, correlation included.

use crate::dist::check::{finite, positive};
use crate::error::{Error, Result};
use crate::numeric::double::difference_of_products;
use crate::numeric::rng::Rng;

/// N(mean, cov) in two dimensions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal2 {
    mean: [f64; 2],
    cov: [f64; 3],
}

impl Normal2 {
    /// Normal with mean (x, y) and covariances [xx, xy, yy].
    ///
    /// # Errors
    /// Names the entry that is not finite, a variance that is not above 0, or `cov` if it is not positive
    /// definite (|xy| < √(xx·yy)).
    pub fn new(mean: [f64; 2], cov: [f64; 3]) -> Result<Self> {
        finite("mean[0]", mean[0])?;
        finite("mean[1]", mean[1])?;
        positive("cov[0]", cov[0])?;
        finite("cov[1]", cov[1])?;
        positive("cov[2]", cov[2])?;
        let normal = Self { mean, cov };
        if normal.det_ratio() > 0.0 {
            Ok(normal)
        } else {
            let list = format!("[{}, {}, {}]", cov[0], cov[1], cov[2]);
            Err(Error::bad("cov", list, "must be positive definite: xy² below xx·yy"))
        }
    }

    /// Normal with standard deviations and a correlation.
    ///
    /// # Errors
    /// Names `sd[i]` if it is not above 0 and finite, `rho` if it is not strictly between −1 and 1.
    pub fn from_correlation(mean: [f64; 2], sd: [f64; 2], rho: f64) -> Result<Self> {
        positive("sd[0]", sd[0])?;
        positive("sd[1]", sd[1])?;
        if !(rho > -1.0 && rho < 1.0) {
            return Err(Error::bad("rho", rho, "must be strictly between -1 and 1"));
        }
        Self::new(mean, [sd[0] * sd[0], rho * sd[0] * sd[1], sd[1] * sd[1]])
    }

    /// The mean (x, y).
    pub fn mean(&self) -> [f64; 2] {
        self.mean
    }

    /// The covariances [xx, xy, yy].
    pub fn cov(&self) -> [f64; 3] {
        self.cov
    }

    /// The correlation coefficient.
    pub fn correlation(&self) -> f64 {
        self.cov[1] / self.cov[0].sqrt() / self.cov[2].sqrt()
    }

    /// 1 − ρ², without cancellation where the correlation is near ±1.
    pub fn det_ratio(&self) -> f64 {
        let [xx, xy, yy] = self.cov;
        // Scaled by powers of two, so that the products neither overflow nor vanish.
        let (ex, ey) = (libm::ilogb(xx) / 2 * 2, libm::ilogb(yy) / 2 * 2);
        let (a, c) = (libm::scalbn(xx, -ex), libm::scalbn(yy, -ey));
        let b = libm::scalbn(xy, -(ex + ey) / 2);
        difference_of_products(a, c, b, b) / (a * c)
    }

    /// The lower triangular L with L·Lᵀ = cov, as [l00, l10, l11].
    pub fn cholesky(&self) -> [f64; 3] {
        let l00 = self.cov[0].sqrt();
        [l00, self.cov[1] / l00, (self.cov[2] * self.det_ratio()).sqrt()]
    }

    /// The logarithm of the density at (x, y).
    pub fn ln_pdf(&self, point: [f64; 2]) -> f64 {
        let [l00, l10, l11] = self.cholesky();
        let u = (point[0] - self.mean[0]) / l00;
        let v = (point[1] - self.mean[1] - l10 * u) / l11;
        -0.5 * (u * u + v * v) - l00.ln() - l11.ln() - 2.0 * crate::numeric::special::HALF_LN_2_PI
    }

    /// One draw.
    pub fn sample(&self, rng: &mut Rng) -> [f64; 2] {
        let [l00, l10, l11] = self.cholesky();
        let (u, v) = (rng.normal(), rng.normal());
        [self.mean[0] + l00 * u, self.mean[1] + l10 * u + l11 * v]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_covariance_that_is_none_is_refused() {
        assert!(Normal2::new([0.0; 2], [1.0, 0.999_999, 1.0]).is_ok());
        assert!(Normal2::new([0.0; 2], [1e200, 0.0, 1e-200]).is_ok());
        let message = Normal2::new([0.0; 2], [1.0, 1.0, 1.0]).unwrap_err().to_string();
        assert!(message.starts_with("cov: [1, 1, 1] must be positive definite"), "{message}");
        assert!(Normal2::new([0.0; 2], [1.0, f64::NAN, 1.0]).is_err());
        assert!(Normal2::from_correlation([0.0; 2], [1.0; 2], 1.0).is_err());
    }

    #[test]
    fn the_density_factorises_where_there_is_no_correlation() {
        let n = Normal2::new([1.0, -1.0], [4.0, 0.0, 9.0]).unwrap();
        let want = -0.5 * (0.25 + 1.0) - 6f64.ln() - (2.0 * std::f64::consts::PI).ln();
        assert!((n.ln_pdf([2.0, 2.0]) - want).abs() < 1e-15);
    }

    #[test]
    fn draws_have_the_covariance() {
        let n = Normal2::from_correlation([0.0; 2], [1.0, 2.0], 0.8).unwrap();
        assert!((n.correlation() - 0.8).abs() < 1e-15 && (n.det_ratio() - 0.36).abs() < 1e-15);
        let mut rng = Rng::new(9);
        let count = 20_000;
        let xy = (0..count).map(|_| n.sample(&mut rng)).map(|[x, y]| x * y).sum::<f64>() / f64::from(count);
        assert!((xy - 1.6).abs() < 5.0 * 2.0 * 1.64f64.sqrt() / f64::from(count).sqrt());
    }
}
