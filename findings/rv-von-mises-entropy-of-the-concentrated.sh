#!/usr/bin/env bash
# What: rv 0.20.1 (Rust crate), the entropy of VonMises(mean, concentration).
# Guess beforehand: near ½ ln(2πe/k) for a large concentration k, −1.92 for k = 800: it is then nearly a normal distribution.
# Seen: right to some digits at k = 600, and NaN at k = 800: two Bessel functions that grow like e^k both overflow, and infinity is divided by
# infinity. The constructor accepts 800, and a spread of 2 degrees has such a concentration.
# Why it surprises: the value itself is small and well known; nothing near it is large but what the formula passes through.
# Who is hurt: whoever scores sharp directions, such as compass headings, by entropy or information gain.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat >"$folder/Cargo.toml" <<'TOML'
[package]
name = "look"
version = "0.0.0"
edition = "2021"
[dependencies]
rv = "=0.20.1"
TOML
cat >"$folder/src/main.rs" <<'RUST'
use rv::prelude::*;

fn main() {
    let entropy = |k: f64| VonMises::new(0.0, k).unwrap().entropy();
    let normal = |k: f64| 0.5 * (std::f64::consts::TAU * std::f64::consts::E / k).ln();
    println!("rv 0.20.1");
    println!("From a concentration of some 710 on the entropy is NaN.");
    for k in [100.0, 600.0, 800.0] {
        println!("concentration {k}: {}, the normal of the same width has {}", entropy(k), normal(k));
    }
    assert!((entropy(600.0) - normal(600.0)).abs() < 0.01 && entropy(800.0).is_nan(), "the behaviour has changed");
}
RUST
cargo run --quiet --manifest-path "$folder/Cargo.toml"
