//! How fast divergences change as Q is moved: what a learner that follows the slope gets to feel.
//!
//! Each is the derivative with respect to the mean of Q, its width staying the same; where the derivative jumps,
//! that towards larger means.

use crate::dist::{Normal, Uniform};
use crate::divergence::answer::Answer;
use crate::divergence::closed::{bounded, closed};
use crate::numeric::quadrature::{Goal, integrate, panels};
use crate::numeric::tolerance::EPS;

/// Of D(P‖Q) of two normals: (μq − μp)/σq².
pub fn kl_normal(p: &Normal, q: &Normal) -> Answer {
    closed((q.mean() - p.mean()) / q.sd() / q.sd())
}

/// Of the Jensen–Shannon divergence of two normals: ½E_Q[z/σq · ln(q/m)] with z = (x − μq)/σq and m = (p + q)/2,
/// by quadrature.
pub fn js_normal(p: &Normal, q: &Normal) -> Answer {
    if p == q {
        return Answer::exact(0.0);
    }
    let steps = [0.0, 1.0, 2.5, 5.0, 10.0].into_iter().flat_map(|k| [k, -k]);
    let (middle, scale) = ((p.mean() - q.mean()) / q.sd(), p.sd() / q.sd());
    let mut points: Vec<f64> = steps.clone().chain(steps.map(|k| middle + k * scale)).collect();
    // Beyond ten standard deviations of Q there is nothing to feel.
    points.retain(|z| z.abs() <= 10.0);
    points.sort_by(f64::total_cmp);
    points.dedup();
    let got = integrate(&panels(&points), &Goal::<1>::new(1e-12, 1e-300), |_, z| {
        let x = q.mean() + z * q.sd();
        let t = p.ln_pdf(x) - q.ln_pdf(x);
        // ln(m/q) = ln((1 + e^t)/2).
        let ln_ratio =
            if t > 1.0 { t + (-t).exp().ln_1p() - std::f64::consts::LN_2 } else { (0.5 * t.exp_m1()).ln_1p() };
        [-0.5 * z * q.sd() * q.pdf(x) * ln_ratio]
    });
    Answer::quadrature(got.values[0] / q.sd(), got.errors[0] / q.sd(), got.evaluations)
}

/// Of the total variation of two normals of one width: ±the density of either halfway between the means.
pub fn tv_normal(p: &Normal, q: &Normal) -> Answer {
    let half = 0.5 * (q.mean() - p.mean());
    let value = q.pdf(q.mean() - half);
    let size = if half < 0.0 { -value } else { value };
    // The exponent's rounding grows with its size.
    bounded(size, 4.0 * EPS * value * (1.0 + (half / q.sd()).powi(2)))
}

/// Of any distance that shifts by as much as the mean does, away from P: Wasserstein's, for shapes that are
/// shifted copies of each other.
pub fn wasserstein(from: f64, to: f64) -> Answer {
    Answer::exact(if to < from { -1.0 } else { 1.0 })
}

/// Of the Jensen–Shannon divergence of two boxes of one width: ln 2 for each width they part, until they have.
pub fn js_uniform(p: &Uniform, q: &Uniform) -> Answer {
    let tv = tv_uniform(p, q);
    if tv.value == 0.0 { tv } else { closed(tv.value * std::f64::consts::LN_2) }
}

/// Of the total variation of two boxes of one width: 1/width until they have parted.
pub fn tv_uniform(p: &Uniform, q: &Uniform) -> Answer {
    let shift = q.low() - p.low();
    if shift >= p.width() || shift < -p.width() {
        return Answer::exact(0.0);
    }
    closed(shift.signum() / p.width())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::f;

    /// Richardson's difference quotient of a function of the gap.
    fn quotient(f: impl Fn(f64) -> f64, at: f64) -> f64 {
        let d = |h: f64| (f(at + h) - f(at - h)) / (2.0 * h);
        (4.0 * d(1e-3) - d(2e-3)) / 3.0
    }

    #[test]
    fn slopes_are_those_of_the_divergences() {
        for (sd_p, sd_q) in [(1.0, 1.0), (0.5, 2.0), (3.0, 0.7)] {
            let p = Normal::new(0.0, sd_p).unwrap();
            for gap in [-2.0, 0.3, 1.0, 3.0, 6.0] {
                let q = |mean| Normal::new(mean, sd_q).unwrap();
                let js = js_normal(&p, &q(gap));
                let want = quotient(|mean| f::js_normal(&p, &q(mean)).value, gap);
                assert!((js.value - want).abs() < 1e-9, "{sd_p} {sd_q} {gap}: {} {want}", js.value);
                let want = quotient(|mean| crate::divergence::kl::normal(&p, &q(mean)).value, gap);
                assert!((kl_normal(&p, &q(gap)).value - want).abs() < 1e-8);
                if sd_p == sd_q {
                    let want = quotient(|mean| f::tv_normal(&p, &q(mean)).value, gap);
                    assert!((tv_normal(&p, &q(gap)).value - want).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn near_equality_js_has_the_slope_of_a_quarter_of_the_gap() {
        // JS = g²/8 + O(g⁴) for unit normals.
        let q = |mean| Normal::new(mean, 1.0).unwrap();
        for gap in [1e-6, 1e-3] {
            let slope = js_normal(&q(0.0), &q(gap)).value;
            assert!((slope / (0.25 * gap) - 1.0).abs() < gap + 1e-9, "{gap}: {slope}");
        }
    }

    #[test]
    fn boxes_feel_nothing_once_they_have_parted() {
        let unit = |low: f64| Uniform::new(low, low + 1.0).unwrap();
        for (low, tv) in [(0.0, 1.0), (0.5, 1.0), (1.0, 0.0), (2.0, 0.0), (-0.5, -1.0), (-3.0, 0.0)] {
            assert_eq!(tv_uniform(&unit(0.0), &unit(low)).value, tv);
            assert!((js_uniform(&unit(0.0), &unit(low)).value - tv * std::f64::consts::LN_2).abs() < 1e-15);
        }
    }
}
