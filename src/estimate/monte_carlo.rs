//! Monte Carlo estimates of D(P‖Q) from draws of P, with r = q/p at each draw (Schulman 2020):
//! k1 = −ln r is unbiased and may be negative, k2 = ½ln²r is biased with less spread, k3 = r − 1 − ln r is
//! unbiased and never negative.

use crate::dist::Normal;
use crate::divergence::answer::Answer;
use crate::divergence::closed::bounded;
use crate::divergence::{f, kl};
use crate::error::{Error, Result};
use crate::estimate::Estimate;
use crate::numeric::cancellation::psi;
use crate::numeric::quadrature::{Goal, integrate, panels};
use crate::numeric::special::HALF_LN_2_PI;
use crate::numeric::tolerance::EPS;
use crate::quantity::Method;
use crate::text::Text;

/// Which estimator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Estimator {
    /// −ln r.
    K1,
    /// ½·ln²r.
    K2,
    /// r − 1 − ln r.
    K3,
}

impl Estimator {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::K1, Self::K2, Self::K3];

    /// The name on the wire and on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::K1 => "k1",
            Self::K2 => "k2",
            Self::K3 => "k3",
        }
    }

    /// The estimate from one draw with `ln_r` = ln q − ln p there.
    pub fn term(self, ln_r: f64) -> f64 {
        match self {
            Self::K1 => -ln_r,
            Self::K2 => 0.5 * ln_r * ln_r,
            Self::K3 => psi(ln_r),
        }
    }
}

/// A mean that grows draw by draw, with its standard error (Welford 1962).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Running {
    count: usize,
    mean: f64,
    squares: f64,
}

impl Running {
    /// One more term.
    pub fn add(&mut self, term: f64) {
        self.count += 1;
        let before = term - self.mean;
        self.mean += before / self.count as f64;
        self.squares += before * (term - self.mean);
    }

    /// How many terms.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Their mean.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation of one term, by n − 1; 0 for fewer than two.
    pub fn sd(&self) -> f64 {
        if self.count < 2 { 0.0 } else { (self.squares / (self.count - 1) as f64).sqrt() }
    }

    /// The standard error of the mean; infinite for fewer than two terms, from which it cannot be told.
    pub fn standard_error(&self) -> f64 {
        if self.count < 2 { f64::INFINITY } else { self.sd() / (self.count as f64).sqrt() }
    }
}

/// The estimate from the log-ratios ln q − ln p at draws of P.
///
/// A draw that Q gives no density makes k1, k2 and k3 infinite.
///
/// # Errors
/// Refuses an empty list.
pub fn estimate(estimator: Estimator, ln_ratios: &[f64]) -> Result<Estimate> {
    if ln_ratios.is_empty() {
        return Err(Error::bad("x", "[]", "must not be empty"));
    }
    if let Some(i) = ln_ratios.iter().position(|&l| l == f64::NEG_INFINITY) {
        let cause = Text::new("x[{n}] falls where Q gives no density").with("n", i.to_string());
        return Ok(Estimate { value: f64::INFINITY, standard_error: 0.0, cause: Some(cause) });
    }
    let mut running = Running::default();
    for (i, &l) in ln_ratios.iter().enumerate() {
        let term = estimator.term(l);
        if !term.is_finite() {
            let cause = Text::new("the term of x[{n}] is above the largest number, 1.8e308").with("n", i.to_string());
            return Ok(Estimate { value: f64::INFINITY, standard_error: 0.0, cause: Some(cause) });
        }
        running.add(term);
    }
    let estimate = Estimate { value: running.mean(), standard_error: running.standard_error(), cause: None };
    Ok(estimate.with_draws(running.count()))
}

/// Exact mean and standard deviation of one draw's estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    /// The mean: D(P‖Q) for k1 and k3.
    pub mean: Answer,
    /// The standard deviation; infinite for k3 where σq² ≥ 2σp².
    pub sd: Answer,
}

/// The moments for draws of the normal `p` and an estimate of D(P‖Q).
///
/// With z standard, L = ln q − ln p = m + b·z + a·(z² − 1), whose moments are polynomials in m, b and a.
pub fn normal_moments(estimator: Estimator, p: &Normal, q: &Normal) -> Moments {
    let divergence = kl::normal(p, q);
    let ratio = p.sd() / q.sd();
    let a = 0.5 * (q.sd() - p.sd()) / q.sd() * (1.0 + ratio);
    let b = (q.mean() - p.mean()) / q.sd() * ratio;
    let m = -divergence.value;
    let variance = b * b + 2.0 * a * a;
    match estimator {
        Estimator::K1 => Moments { mean: divergence, sd: few(variance.sqrt()) },
        Estimator::K2 => {
            let third = a * (6.0 * b * b + 8.0 * a * a);
            let fourth = 2.0 * b.powi(4) + 56.0 * (a * b).powi(2) + 56.0 * a.powi(4);
            // A variance; where its parts are too large to tell what is left of them, it is too large itself.
            let of_square = 4.0 * m * m * variance + 4.0 * m * third + fourth;
            let of_square = if of_square.is_nan() { f64::INFINITY } else { of_square.max(0.0) };
            Moments { mean: few(0.5 * (variance + m * m)), sd: few(0.5 * of_square.sqrt()) }
        }
        Estimator::K3 => Moments { sd: k3_sd(p, q, variance, |z| m + b * z + a * (z * z - 1.0)), mean: divergence },
    }
}

/// The standard deviation of r − 1 − ln r: its square is χ²(Q‖P) + Var L − 2·Jeffreys, or, where these
/// cancel, E[ψ(L)²] − D² by quadrature.
fn k3_sd(p: &Normal, q: &Normal, variance: f64, log_ratio: impl Fn(f64) -> f64) -> Answer {
    let spread = f::chi2_normal(q, p);
    if spread.value.is_infinite() {
        let cause = Text::new("Q's tails are so heavy beside P's that the variance of r diverges");
        return Answer { cause: Some(cause), ..spread };
    }
    let jeffreys = f::jeffreys_normal(p, q).value;
    if jeffreys > 0.3 {
        let square = spread.value + variance - 2.0 * jeffreys;
        let error = spread.error + 16.0 * EPS * (variance + jeffreys);
        return bounded(square.sqrt(), 0.5 * error / square.sqrt() + 4.0 * EPS * square.sqrt());
    }
    // r²p is a bell again; both it and P are covered.
    let precision = 2.0 * (p.sd() / q.sd()).powi(2) - 1.0;
    let (sd, mean) = (precision.sqrt().recip(), 2.0 * (q.mean() - p.mean()) / q.sd() * (p.sd() / q.sd()) / precision);
    let mut points: Vec<f64> =
        [-10.0, -5.0, -2.5, -1.0, 0.0, 1.0, 2.5, 5.0, 10.0].iter().flat_map(|k| [*k, mean + k * sd]).collect();
    points.sort_by(f64::total_cmp);
    let got = integrate(&panels(&points), &Goal::<1>::new(1e-13, 1e-300), |_, z| {
        let k3 = psi(log_ratio(z));
        [if k3 == 0.0 { 0.0 } else { (2.0 * k3.ln() - 0.5 * z * z - HALF_LN_2_PI).exp() }]
    });
    let mean_value = kl::normal(p, q).value;
    let square = (got.values[0] - mean_value * mean_value).max(0.0);
    let value = square.sqrt();
    let error = if value > 0.0 { 0.5 * got.errors[0] / value + 64.0 * EPS * value } else { 0.0 };
    Answer { method: Method::Quadrature, evaluations: got.evaluations, ..bounded(value, error) }
}

/// A polynomial of a few terms of one sign, or nearly.
fn few(value: f64) -> Answer {
    bounded(value, 64.0 * EPS * value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::rng::Rng;

    /// Schulman's table: N(0, 1) against N(0.1, 1), divergence 0.005, sd over divergence 20, 1.42, 1.42.
    #[test]
    fn the_moments_are_those_of_the_paper() {
        let (p, q) = (Normal::new(0.0, 1.0).unwrap(), Normal::new(0.1, 1.0).unwrap());
        let relative = |e| normal_moments(e, &p, &q).sd.value / 0.005;
        assert!((relative(Estimator::K1) - 20.0).abs() < 1e-12);
        assert!((relative(Estimator::K2) - 1.418).abs() < 5e-4);
        assert!((relative(Estimator::K3) - 1.417).abs() < 5e-4);
    }

    #[test]
    fn a_spread_that_is_not_finite_says_why() {
        let moments = |e, (m, s): (f64, f64), (n, t): (f64, f64)| {
            normal_moments(e, &Normal::new(m, s).unwrap(), &Normal::new(n, t).unwrap())
        };
        for e in Estimator::ALL {
            // ln(q/p) is about −10³⁰⁰ here: its fourth power is beyond any number.
            let far = moments(e, (1e150, 2.0), (-1e150, 1.0));
            for answer in [far.mean, far.sd] {
                assert!(!answer.value.is_nan() && (answer.value.is_finite() || answer.cause.is_some()), "{e:?}");
            }
        }
        assert_eq!(moments(Estimator::K2, (1e150, 2.0), (-1e150, 1.0)).sd.value, f64::INFINITY);
        let heavy = moments(Estimator::K3, (0.0, 1.0), (0.0, 2.0)).sd;
        assert!(heavy.value.is_infinite() && heavy.cause.is_some());
    }

    #[test]
    fn draws_scatter_as_the_moments_say() {
        let (p, q) = (Normal::new(0.2, 1.0).unwrap(), Normal::new(-0.3, 0.9).unwrap());
        let mut rng = Rng::new(11);
        let ratios: Vec<f64> =
            (0..20_000).map(|_| p.mean() + p.sd() * rng.normal()).map(|x| q.ln_pdf(x) - p.ln_pdf(x)).collect();
        for e in Estimator::ALL {
            let (got, want) = (estimate(e, &ratios).unwrap(), normal_moments(e, &p, &q));
            assert!((got.value - want.mean.value).abs() < 5.0 * got.standard_error, "{e:?}");
            let sd = got.standard_error * 20_000f64.sqrt();
            assert!((sd / want.sd.value - 1.0).abs() < 0.1, "{e:?}: {sd}");
        }
        assert!(estimate(Estimator::K3, &ratios[..1]).unwrap().standard_error.is_infinite());
        assert!(estimate(Estimator::K1, &[]).is_err());
        assert!(estimate(Estimator::K1, &[f64::NEG_INFINITY]).unwrap().cause.is_some());
    }
}
