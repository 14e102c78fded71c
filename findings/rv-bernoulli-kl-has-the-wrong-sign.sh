#!/usr/bin/env bash
# What: rv 0.20.1 (Rust crate), the trait KlDivergence for Bernoulli.
# Guess beforehand: D(P‖Q) = p ln(p/q) + (1 − p) ln((1 − p)/(1 − q)), 0.2263 for 0.9 against 0.6, as for every other distribution there.
# Seen: its negative, −0.2263; for a Categorical of the same two probabilities the same trait gives +0.2263.
# Why it surprises: one trait with one name has two signs, and the example in its documentation says that KL(P|Q) > 0 if P ≠ Q.
# Who is hurt: whoever minimises it over coins: the minimum runs away to the worst model; in a sum over coins and other
# distributions the parts cancel.
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
    let (p, q) = (Bernoulli::new(0.9).unwrap(), Bernoulli::new(0.6).unwrap());
    let same = |p: f64| Categorical::new(&[1.0 - p, p]).unwrap();
    let (coin, two) = (p.kl(&q), same(0.9).kl(&same(0.6)));
    let truth = 0.9 * 1.5f64.ln() + 0.1 * 0.25f64.ln();
    println!("rv 0.20.1");
    println!("The divergence of two Bernoulli distributions has the wrong sign; that of the same two as Categorical has the right one.");
    println!("Bernoulli(0.9).kl(Bernoulli(0.6))       = {coin}");
    println!("Categorical(0.1, 0.9).kl(… (0.4, 0.6)) = {two}");
    assert!((coin + truth).abs() < 1e-12 && (two - truth).abs() < 1e-12, "the behaviour has changed");
}
RUST
cargo run --quiet --manifest-path "$folder/Cargo.toml"
