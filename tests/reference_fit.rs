//! Best Gaussian fits against the reference values: the moment match, and every minimum and saddle of the
//! reverse fit.

mod common;

use common::{Case, Worst, cases};
use kl_explorer::divergence::mixture::divergences;
use kl_explorer::fit::forward::forward;
use kl_explorer::fit::reverse::{Kind, Stationary, reverse};
use kl_explorer::numeric::tolerance::AT_REST;

/// The stationary points the reference lists: kind, mean, sd, value.
fn listed(case: &Case) -> Vec<(Kind, f64, f64, f64)> {
    let mut points = Vec::new();
    for (list, kind) in [("reverse_minima", Kind::Minimum), ("other_critical", Kind::Saddle)] {
        for k in 0.. {
            let Some(mean) = case.found(&format!("/{list}/{k}/mu")) else { break };
            if let Some(named) = case.word_of_value(&format!("/{list}/{k}/type")) {
                assert_eq!(named, kind.name());
            }
            let [sd, kl] = ["sigma", "kl"].map(|field| case.value(&format!("/{list}/{k}/{field}")));
            points.push((kind, mean, sd, kl));
        }
    }
    points
}

fn nearest(found: &[Stationary], mean: f64, sd: f64) -> Option<&Stationary> {
    let distance = |s: &Stationary| ((s.mean - mean) / sd).abs() + ((s.sd - sd) / sd).abs();
    found.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

#[test]
fn every_stationary_point_of_the_reverse_fit_is_found() {
    let mut worst = Worst::default();
    let mut wrong = Vec::new();
    for case in cases("gaussian_fit") {
        let found = reverse(&case.mixture("/p"));
        let want = listed(&case);
        if found.len() != want.len() {
            wrong.push(format!("{}: {} points, not {}: {found:?}", case.id, found.len(), want.len()));
        }
        for (kind, mean, sd, kl) in want {
            let Some(point) = nearest(&found, mean, sd) else { continue };
            worst.note("mean, of the sd", &case.id, point.mean, mean, sd);
            worst.note("sd", &case.id, point.sd, sd, sd);
            worst.note("value", &case.id, point.value.value, kl, kl.max(1e-3));
            let off = ((point.mean - mean).abs() + (point.sd - sd).abs()) / sd;
            let error = (point.value.value - kl).abs();
            let bounded = off <= 2.0 * point.precision && error <= point.value.error + 1e-12 * kl;
            if point.kind != kind || off > 1e-9 || error > 1e-11 * kl.max(1e-3) || !bounded {
                wrong.push(format!("{}: {point:?} is not {kind:?} {mean} {sd} {kl}", case.id));
            }
        }
        let values: Vec<f64> = found.iter().map(|point| point.value.value).collect();
        assert!(values.windows(2).all(|w| w[0] <= w[1] + 1e-9), "{}: best first, not {values:?}", case.id);
    }
    worst.print("reverse fit");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_forward_fit_matches_the_moments() {
    let mut worst = Worst::default();
    for case in cases("gaussian_fit") {
        let p = case.mixture("/p");
        let fit = forward(&p, AT_REST).expect("a fit");
        let (mean, sd, kl) = (case.value("/forward_mu"), case.value("/forward_sigma"), case.value("/forward_kl"));
        worst.note("mean, of the sd", &case.id, fit.normal.mean(), mean, sd);
        worst.note("sd", &case.id, fit.normal.sd(), sd, sd);
        worst.note("value", &case.id, fit.value.value, kl, kl.max(1e-3));
        assert!((fit.normal.mean() - mean).abs() < 1e-14 * sd && (fit.normal.sd() - sd).abs() < 1e-14 * sd);
        let error = (fit.value.value - kl).abs();
        assert!(error < (1e-12 * kl).max(1e-15) && error <= fit.value.error + f64::EPSILON * kl, "{}", case.id);
        let q = kl_explorer::dist::mixture::Mixture::of_normal(&fit.normal).expect("a mixture");
        let reverse = divergences(&q, &p, AT_REST).forward;
        let want = case.value("/reverse_kl_at_forward_fit");
        // The fit itself is rounded; at a point that is not stationary that moves the value by as much.
        assert!((reverse.value - want).abs() < 1e-12 * want.max(1e-3), "{}", case.id);
    }
    worst.print("forward fit");
}
