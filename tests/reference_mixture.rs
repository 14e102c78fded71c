//! Mixtures against the reference values: KL, JS, entropies, Hellinger, total variation, and their bounds.

mod common;

use common::{Worst, cases};
use kl_explorer::divergence::mixture::divergences;
use kl_explorer::divergence::mixture::order::bhattacharyya;
use kl_explorer::numeric::tolerance::{AT_REST, DRAGGING};

#[test]
fn every_divergence_is_right_and_within_its_bound() {
    let mut worst = Worst::default();
    let mut most = (0, String::new());
    let mut wrong = Vec::new();
    for case in cases("mixture") {
        for tolerance in [AT_REST, DRAGGING] {
            let found = divergences(&case.mixture("/p"), &case.mixture("/q"), tolerance);
            let apart = bhattacharyya(&case.mixture("/p"), &case.mixture("/q"), tolerance);
            let at_rest = tolerance == AT_REST;
            if at_rest && found.forward.evaluations > most.0 {
                most = (found.forward.evaluations, case.id.clone());
            }
            for (name, answer) in [
                ("kl_pq", &found.forward),
                ("kl_qp", &found.reverse),
                ("jeffreys", &found.jeffreys),
                ("js", &found.js),
                ("tv", &found.tv),
                ("hellinger", &found.hellinger),
                ("bhattacharyya", &apart),
                ("entropy_p", &found.entropy_p),
                ("entropy_q", &found.entropy_q),
                ("cross_pq", &found.cross_entropy_pq),
                ("cross_qp", &found.cross_entropy_qp),
            ] {
                let want = case.value(&format!("/{name}"));
                // Below 1e-3 in size the absolute error counts.
                let size = want.abs().max(1e-3);
                let error = (answer.value - want).abs();
                let allowed = if name == "tv" { 1e-9 * want.abs() } else { 1e-12 * want.abs() };
                if at_rest {
                    worst.note(name, &case.id, answer.value, want, size);
                    if error > allowed.max(1e-15) {
                        wrong.push(format!(
                            "{} {name}: {:e} is not {want:e} (error {error:.1e})",
                            case.id, answer.value
                        ));
                    }
                }
                // The last bit of the reference itself, rounded to f64, is not in the bound.
                if error > answer.error + f64::EPSILON * want.abs() {
                    wrong.push(format!("{} {name}: error {error:.1e} above the bound {:.1e}", case.id, answer.error));
                }
                if at_rest && answer.error > 1e-10 * size {
                    wrong.push(format!("{} {name}: a bound of {:.1e} for {want:e}", case.id, answer.error));
                }
            }
            if at_rest && found.forward.evaluations > 2000 {
                wrong.push(format!("{}: {} evaluations", case.id, found.forward.evaluations));
            }
        }
    }
    worst.print("mixture");
    println!("mixture: at most {} evaluations ({})", most.0, most.1);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
