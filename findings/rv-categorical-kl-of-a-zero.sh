#!/usr/bin/env bash
# What: rv 0.20.1 (Rust crate), KlDivergence for Categorical with a probability of 0 in the first distribution.
# Guess beforehand: 0·ln 0 counts as 0, and D((1, 0)‖(½, ½)) = ln 2.
# Seen: NaN. A probability of 0 is accepted by the constructor, and in the second distribution it gives infinity as it should.
# Why it surprises: the harmless direction is the one that fails, and the one that is infinite is right.
# Who is hurt: whoever compares sparse or one-hot labels with a model, the commonest use of all.
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
    let (even, sure) = (Categorical::new(&[0.5, 0.5]).unwrap(), Categorical::new(&[1.0, 0.0]).unwrap());
    println!("rv 0.20.1");
    println!("A probability of 0 in the first distribution makes the divergence NaN, though it is ln 2; in the second it makes it infinite, as it is.");
    println!("D((1, 0) ‖ (½, ½)) = {}", sure.kl(&even));
    println!("D((½, ½) ‖ (1, 0)) = {}", even.kl(&sure));
    assert!(sure.kl(&even).is_nan() && even.kl(&sure) == f64::INFINITY, "the behaviour has changed");
}
RUST
cargo run --quiet --manifest-path "$folder/Cargo.toml"
