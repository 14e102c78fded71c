//! The reference values of every family but the mixtures, each at the accuracy asked for it.

mod common;
mod families;

use common::{Case, cases};
use families::{Report, discrete, normal, pairs};

fn all(name: &str, hold: fn(&Case, &mut Report)) {
    let mut report = Report::default();
    for case in cases(name) {
        hold(&case, &mut report);
    }
    report.finish(name);
}

#[test]
fn bernoulli() {
    all("bernoulli", discrete::bernoulli);
}

#[test]
fn categorical() {
    all("categorical", discrete::categorical);
    all("categorical_weights", discrete::categorical);
}

#[test]
fn gaussian() {
    all("gaussian", normal::gaussian);
}

#[test]
fn other_pair() {
    all("other_pair", pairs::other_pair);
}

#[test]
fn mi_gaussian() {
    all("mi_gaussian", pairs::mi_gaussian);
}

#[test]
fn mi_table() {
    all("mi_table", pairs::mi_table);
}

#[test]
fn gaussian2d() {
    all("gaussian2d", pairs::gaussian2d);
}

#[test]
fn beta_binomial() {
    all("beta_binomial", pairs::beta_binomial);
}

#[test]
fn beta_pair() {
    all("beta_pair", pairs::beta_pair);
}

#[test]
fn vae() {
    all("vae", pairs::vae);
}

#[test]
fn rlhf() {
    all("rlhf", pairs::rlhf);
}

#[test]
fn best_of_n() {
    all("best_of_n", pairs::best_of_n);
}

#[test]
fn distill() {
    all("distill", pairs::distill);
}

#[test]
fn mc_estimators() {
    all("mc_estimators", pairs::mc_estimators);
}

#[test]
fn knn() {
    all("knn", pairs::knn);
}
