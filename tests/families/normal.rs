//! Pairs of normals against their reference values.

use kl_explorer::dist::Normal;
use kl_explorer::divergence::{entropy, f, fisher_rao, kl, renyi, wasserstein};

use super::{Case, Report, Tolerance};

const CLOSED: Tolerance = Tolerance::relative(1e-13);
const RENYI: Tolerance = Tolerance::relative(1e-12);
/// An entropy may be near 0 where its parts are not.
const ENTROPY: Tolerance = Tolerance { relative: 1e-13, absolute: 1e-15 };

/// Two normals.
pub fn gaussian(case: &Case, report: &mut Report) {
    let normal = |mean, sd| Normal::new(case.input(mean), case.input(sd)).expect("a normal");
    let (p, q) = (normal("mu_p", "sigma_p"), normal("mu_q", "sigma_q"));
    for (name, answer) in [
        ("entropy_p", entropy::normal(&p)),
        ("entropy_q", entropy::normal(&q)),
        ("cross_pq", entropy::cross_normal(&p, &q)),
        ("cross_qp", entropy::cross_normal(&q, &p)),
    ] {
        report.signed(case, name, &answer, ENTROPY);
    }
    for (name, answer) in [
        ("kl_pq", kl::normal(&p, &q)),
        ("kl_qp", kl::normal(&q, &p)),
        ("jeffreys", f::jeffreys_normal(&p, &q)),
        ("hellinger", f::hellinger_normal(&p, &q)),
        ("bhattacharyya", f::bhattacharyya_normal(&p, &q)),
        ("w2", wasserstein::w2_normal(&p, &q)),
        ("fisher_rao", fisher_rao::normal(&p, &q)),
        ("tv", f::tv_normal(&p, &q)),
        ("js", f::js_normal(&p, &q)),
    ] {
        report.divergence(case, name, &answer, CLOSED);
    }
    for (alpha, want) in case.inputs("alphas").into_iter().zip(case.values("renyi_pq")) {
        report.held(&case.id, "renyi_pq", &renyi::normal(alpha, &p, &q), want, RENYI);
    }
}
