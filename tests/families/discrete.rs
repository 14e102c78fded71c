//! The discrete families against their reference values.

use kl_explorer::dist::{Bernoulli, Categorical};
use kl_explorer::divergence::{Answer, entropy, f, kl, renyi};

use super::{Case, Report, Tolerance};

const CLOSED: Tolerance = Tolerance::relative(1e-13);
const RENYI: Tolerance = Tolerance::relative(1e-12);

/// Every measure of a pair, by the name the reference has for it.
fn hold(report: &mut Report, case: &Case, measures: &[(&str, Answer)], renyi: impl Fn(f64) -> Answer) {
    for (name, answer) in measures {
        report.divergence(case, name, answer, CLOSED);
    }
    for (alpha, want) in case.inputs("alphas").into_iter().zip(case.values("renyi_pq")) {
        report.held(&case.id, "renyi_pq", &renyi(alpha), want, RENYI);
    }
}

/// Coins.
pub fn bernoulli(case: &Case, report: &mut Report) {
    let coin = |name| Bernoulli::new(case.input(name)).expect("a probability");
    let (p, q) = (coin("p"), coin("q"));
    let measures = [
        ("entropy_p", entropy::bernoulli(&p)),
        ("entropy_q", entropy::bernoulli(&q)),
        ("cross_pq", entropy::cross_bernoulli(&p, &q)),
        ("cross_qp", entropy::cross_bernoulli(&q, &p)),
        ("kl_pq", kl::bernoulli(&p, &q)),
        ("kl_qp", kl::bernoulli(&q, &p)),
        ("jeffreys", f::jeffreys_bernoulli(&p, &q)),
        ("js", f::js_bernoulli(&p, &q)),
        ("tv", f::tv_bernoulli(&p, &q)),
        ("hellinger", f::hellinger_bernoulli(&p, &q)),
        ("bhattacharyya", f::bhattacharyya_bernoulli(&p, &q)),
        ("chi2_pq", f::chi2_bernoulli(&p, &q)),
    ];
    hold(report, case, &measures, |alpha| renyi::bernoulli(alpha, &p, &q));
}

/// Probabilities and weights over some outcomes.
pub fn categorical(case: &Case, report: &mut Report) {
    let (p, q) = if case.has("wp") {
        (Categorical::from_weights(&case.inputs("wp")), Categorical::from_weights(&case.inputs("wq")))
    } else {
        (Categorical::from_probs(&case.inputs("p")), Categorical::from_probs(&case.inputs("q")))
    };
    let (p, q) = (p.expect("probabilities"), q.expect("probabilities"));
    let measures = [
        ("entropy_p", entropy::categorical(&p)),
        ("entropy_q", entropy::categorical(&q)),
        ("cross_pq", entropy::cross_categorical(&p, &q)),
        ("cross_qp", entropy::cross_categorical(&q, &p)),
        ("kl_pq", kl::categorical(&p, &q)),
        ("kl_qp", kl::categorical(&q, &p)),
        ("jeffreys", f::jeffreys_categorical(&p, &q)),
        ("js", f::js_categorical(&p, &q)),
        ("tv", f::tv_categorical(&p, &q)),
        ("hellinger", f::hellinger_categorical(&p, &q)),
        ("bhattacharyya", f::bhattacharyya_categorical(&p, &q)),
        ("chi2_pq", f::chi2_categorical(&p, &q)),
    ];
    hold(report, case, &measures, |alpha| renyi::categorical(alpha, &p, &q));
}
