//! Pairs of the other families, tables, policies and autoencoders against their reference values.

use kl_explorer::dist::{
    Beta, Categorical, Cauchy, DiagonalNormal, Dist, Exponential, Laplace, Normal, Normal2, Poisson, Tilted,
    TruncatedNormal, Uniform,
};
use kl_explorer::divergence::any::{Measure, measure};
use kl_explorer::divergence::{Answer, information, kl};
use kl_explorer::estimate::monte_carlo::{Estimator, normal_moments};
use kl_explorer::estimate::nearest_neighbour::on_line;

use super::{Case, Report, Tolerance};

const CLOSED: Tolerance = Tolerance::relative(1e-13);
const TILTED: Tolerance = Tolerance { relative: 1e-12, absolute: 0.0 };

/// Both distributions of an `other_pair`.
pub fn distributions(case: &Case) -> (Dist, Dist) {
    let n = |name| case.input(name);
    let laplace = |m, b| Dist::Laplace(Laplace::new(n(m), n(b)).unwrap());
    let normal = || Dist::Normal(Normal::new(n("mu"), n("sigma")).unwrap());
    let exponential = |r| Dist::Exponential(Exponential::new(n(r)).unwrap());
    let poisson = |r| Dist::Poisson(Poisson::new(n(r)).unwrap());
    let cauchy = |x, g| Dist::Cauchy(Cauchy::new(n(x), n(g)).unwrap());
    let uniform = |a, b| Dist::Uniform(Uniform::new(n(a), n(b)).unwrap());
    let truncated = |m, s, a, b| Dist::TruncatedNormal(TruncatedNormal::new(n(m), n(s), n(a), n(b)).unwrap());
    match case.word("kind").expect("a kind") {
        "laplace_laplace" => (laplace("m1", "b1"), laplace("m2", "b2")),
        "laplace_normal" => (laplace("m", "b"), normal()),
        "exponential_exponential" => (exponential("rate1"), exponential("rate2")),
        "poisson_poisson" => (poisson("rate1"), poisson("rate2")),
        "cauchy_cauchy" => (cauchy("x1", "g1"), cauchy("x2", "g2")),
        "uniform_uniform" => (uniform("a1", "b1"), uniform("a2", "b2")),
        "uniform_normal" => (uniform("a", "b"), normal()),
        "truncnorm_normal" => (truncated("mu", "sigma", "a", "b"), normal()),
        "truncnorm_truncnorm" => (truncated("mu1", "s1", "a", "b"), truncated("mu2", "s2", "c", "d")),
        kind => panic!("{}: kind {kind}", case.id),
    }
}

/// Laplace, exponential, Poisson, Cauchy, uniform and truncated normal pairs.
pub fn other_pair(case: &Case, report: &mut Report) {
    let (p, q) = distributions(case);
    report.divergence(case, "kl_pq", &measure(Measure::Kl, &p, &q).unwrap(), CLOSED);
    report.divergence(case, "kl_qp", &measure(Measure::Kl, &q, &p).unwrap(), CLOSED);
}

/// Mutual information of a correlation.
pub fn mi_gaussian(case: &Case, report: &mut Report) {
    report.divergence(case, "mi", &information::of_correlation(case.input("rho")).unwrap(), CLOSED);
}

/// Mutual information and entropies of a table.
pub fn mi_table(case: &Case, report: &mut Report) {
    let rows = case.rows("table");
    let table = information::Table::new(&rows).unwrap();
    for (name, answer) in [
        ("mi", table.mutual_information()),
        ("h_x", kl_explorer::divergence::entropy::categorical(&table.rows())),
        ("h_y", kl_explorer::divergence::entropy::categorical(&table.columns())),
        ("h_xy", table.joint_entropy()),
        ("h_x_given_y", table.rows_given_columns()),
        ("h_y_given_x", table.columns_given_rows()),
    ] {
        report.divergence(case, name, &answer, CLOSED);
    }
}

/// Normals in the plane.
pub fn gaussian2d(case: &Case, report: &mut Report) {
    let normal = |mean, cov| {
        let (m, c) = (case.inputs(mean), case.inputs(cov));
        Normal2::new([m[0], m[1]], [c[0], c[1], c[2]]).unwrap()
    };
    let (p, q) = (normal("mean_p", "cov_p"), normal("mean_q", "cov_q"));
    report.divergence(case, "kl_pq", &kl::normal2(&p, &q), CLOSED);
    report.divergence(case, "kl_qp", &kl::normal2(&q, &p), CLOSED);
    report.divergence(case, "mi_p", &information::of_normal2(&p), CLOSED);
    report.divergence(case, "mi_q", &information::of_normal2(&q), CLOSED);
}

/// What Beta distributions are asked for.
fn beta_tolerance(parameters: &[f64]) -> Tolerance {
    Tolerance::relative(if parameters.iter().any(|&x| x > 1e5) { 1e-9 } else { 1e-12 })
}

/// What coin tosses teach.
pub fn beta_binomial(case: &Case, report: &mut Report) {
    let prior = Beta::new(case.input("a"), case.input("b")).unwrap();
    let (n, k) = (case.input("n"), case.input("k"));
    let posterior = prior.updated(k, n - k).unwrap();
    let tolerance = beta_tolerance(&[posterior.a(), posterior.b()]);
    report.divergence(case, "ig", &information::gain(&prior, k, n - k).unwrap(), tolerance);
    report.divergence(case, "kl_prior_post", &kl::beta(&prior, &posterior), tolerance);
    if case.found("expected_ig").is_some() {
        let expected = information::expected_gain(&prior, n as u32).unwrap();
        report.divergence(case, "expected_ig", &expected, tolerance);
    }
}

/// Two Beta distributions.
pub fn beta_pair(case: &Case, report: &mut Report) {
    let beta = |a, b| Beta::new(case.input(a), case.input(b)).unwrap();
    let (p, q) = (beta("a1", "b1"), beta("a2", "b2"));
    let tolerance = beta_tolerance(&[p.a(), p.b(), q.a(), q.b()]);
    report.divergence(case, "kl_pq", &kl::beta(&p, &q), tolerance);
    report.divergence(case, "kl_qp", &kl::beta(&q, &p), tolerance);
}

/// The divergence term of a variational autoencoder.
pub fn vae(case: &Case, report: &mut Report) {
    let means = case.inputs("mu");
    let per_dimension: Vec<(Answer, Answer)> = if case.has("logvar") {
        let logs = case.inputs("logvar");
        means.iter().zip(logs).map(|(&m, l)| (kl::vae_term(m, l), kl::vae_term_reverse(m, l))).collect()
    } else {
        let standard = Normal::new(0.0, 1.0).unwrap();
        let normals = means.iter().zip(case.inputs("sigma")).map(|(&m, s)| Normal::new(m, s).unwrap());
        normals.map(|n| (kl::normal(&n, &standard), kl::normal(&standard, &n))).collect()
    };
    let total = |pick: fn(&(Answer, Answer)) -> &Answer| {
        per_dimension.iter().map(pick).fold(Answer::exact(0.0), |sum, term| sum.plus(term))
    };
    report.divergence(case, "kl", &total(|t| &t.0), CLOSED);
    report.divergence(case, "kl_reverse", &total(|t| &t.1), CLOSED);
    for ((answer, _), want) in per_dimension.iter().zip(case.values("per_dim")) {
        report.held(&case.id, "per_dim", answer, want, CLOSED);
    }
    if case.has("sigma") {
        let posterior = DiagonalNormal::new(&means, &case.inputs("sigma")).unwrap();
        let prior = DiagonalNormal::standard(means.len());
        report.divergence(case, "kl", &kl::diagonal_normal(&posterior, &prior), CLOSED);
        report.divergence(case, "kl_reverse", &kl::diagonal_normal(&prior, &posterior), CLOSED);
    }
}

/// A policy tilted by rewards.
pub fn rlhf(case: &Case, report: &mut Report) {
    let reference = Categorical::from_probs(&case.inputs("ref")).unwrap();
    let reward = case.inputs("reward");
    let tilted = Tilted::new(reference.clone(), &reward, case.input("beta")).unwrap();
    report.divergence(case, "kl_pi_ref", &kl::categorical(tilted.policy(), &reference), TILTED);
    report.divergence(case, "kl_ref_pi", &kl::categorical(&reference, tilted.policy()), TILTED);
    // A mean of rewards of both signs may be near 0 where they are not.
    let size = reward.iter().fold(0.0, |m: f64, r| m.max(r.abs()));
    let mean = Tolerance { relative: 1e-12, absolute: 1e-15 * size };
    for (name, got) in [
        ("expected_reward", tilted.expected_reward()),
        ("ref_reward", tilted.reference_reward()),
        ("log_z", tilted.ln_z()),
        ("objective", tilted.objective()),
    ] {
        report.number(&case.id, name, got, case.value(name), mean);
    }
    report.divergence(case, "reward_gain", &information::reward_gain(&tilted), TILTED);
    for (got, want) in tilted.policy().probs().iter().zip(case.values("pi")) {
        report.number(&case.id, "pi", *got, want, TILTED);
    }
}

/// The best of n replies.
pub fn best_of_n(case: &Case, report: &mut Report) {
    let reference = Categorical::from_probs(&case.inputs("ref")).unwrap();
    let n = case.input("n") as u32;
    let divergence = information::best_of_n_divergence(&reference, n).unwrap();
    report.divergence(case, "kl_bon_ref", &divergence, CLOSED);
    let bound = information::best_of_n_bound(n);
    report.number(&case.id, "upper_bound", bound, case.found("upper_bound").unwrap(), CLOSED);
    let policy = information::best_of_n(&reference, n).unwrap();
    for (cell, want) in policy.iter().zip(case.values("policy")) {
        report.number(&case.id, "policy", cell.p, want, CLOSED);
    }
}

/// A student after a teacher, softened by a temperature.
pub fn distill(case: &Case, report: &mut Report) {
    let t = case.input("T");
    let soft = |name| Categorical::from_logits(&case.inputs(name), t).unwrap();
    let (teacher, student) = (soft("teacher"), soft("student"));
    let forward = kl::categorical(&teacher, &student);
    report.divergence(case, "kl_ts", &forward, TILTED);
    report.divergence(case, "kl_st", &kl::categorical(&student, &teacher), TILTED);
    let scaled = Answer { value: t * t * forward.value, error: t * t * forward.error * 1.01, ..forward };
    report.divergence(case, "t2_kl", &scaled, TILTED);
    let cross = kl_explorer::divergence::entropy::cross_categorical(&teacher, &student);
    report.divergence(case, "cross_entropy", &cross, TILTED);
    let entropy = kl_explorer::divergence::entropy::categorical(&teacher);
    report.divergence(case, "entropy_teacher", &entropy, TILTED);
}

/// Exact moments of k1, k2 and k3 for draws of q.
pub fn mc_estimators(case: &Case, report: &mut Report) {
    let normal = |mean, sd| Normal::new(case.input(mean), case.input(sd)).unwrap();
    let (q, p) = (normal("mu_q", "sigma_q"), normal("mu_p", "sigma_p"));
    report.divergence(case, "kl_qp", &kl::normal(&q, &p), CLOSED);
    for estimator in Estimator::ALL {
        let moments = normal_moments(estimator, &q, &p);
        report.divergence(case, &format!("{}_mean", estimator.name()), &moments.mean, CLOSED);
        report.divergence(case, &format!("{}_std", estimator.name()), &moments.sd, CLOSED);
    }
}

/// Nearest neighbours on the line.
pub fn knn(case: &Case, report: &mut Report) {
    for (name, k) in [("k1", 1), ("k3", 3)] {
        let got = on_line(&case.inputs("x"), &case.inputs("y"), k).unwrap();
        // A mean of logarithms of size 1 that may cancel.
        let tolerance = Tolerance { relative: 1e-13, absolute: 1e-15 };
        report.number(&case.id, name, got.value, case.value(name), tolerance);
    }
}
