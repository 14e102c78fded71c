//! The reference values of every family but the mixtures, each at the accuracy asked for it.

mod families;

use families::{Case, Report, VALUES, discrete, family, normal};

fn all(name: &str, hold: fn(&Case, &mut Report)) {
    let mut report = Report::default();
    for case in family(VALUES, name) {
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
