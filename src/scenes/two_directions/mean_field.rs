//! Mean field: what a model that knows no correlations makes of a target that has one, in either direction.

mod panels;
mod words;

use crate::dist::normal2::Normal2;
use crate::divergence::Request;
use crate::error::Result;
use crate::figure::{Figure, Role, Row};
use crate::fit::plane::{Pair, PlaneFit, Shape};
use crate::quantity::{Quantity, Unit};
use crate::scene::{Controls, Goal, Readout, Scene, View};
use crate::text::Text;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "mean-field",
    title: "Mean field",
    about: "A Q without correlations, fitted to one tilted bell: forward keeps the width of each coordinate, reverse keeps the width of a slice and is too sure of itself.",
    view,
};

/// Everything that is shown.
struct State {
    pair: Pair,
    gap: [f64; 2],
    /// The bells' sds and correlation.
    sd: [f64; 2],
    rho: f64,
    two: bool,
    shape: Shape,
    q: Normal2,
    forward: PlaneFit,
    /// Every minimum, best first.
    reverse: Vec<PlaneFit>,
}

fn view(c: &mut Controls<'_>) -> Result<View> {
    c.group("Target P", Role::P);
    let two = c.choice("target", "P has", &[("one", "one bell"), ("two", "two equal bells")], "one") == "two";
    let sd_x = c.stepped("sd_x", "sd of x₁", 0.3..=2.0, 0.05, 1.0);
    let sd_y = c.stepped("sd_y", "sd of x₂", 0.3..=2.0, 0.05, 1.0);
    let rho = c.stepped("rho", "correlation ρ", -0.95..=0.95, 0.05, 0.8);
    c.active(two);
    let gap_x = c.stepped("gap_x", "second bell, x₁", -3.0..=3.0, 0.05, 1.5);
    let gap_y = c.stepped("gap_y", "second bell, x₂", -3.0..=3.0, 0.05, -1.0);
    c.active(true);
    c.group("Your Q", Role::Q);
    let families = [("factorised", "no correlation"), ("full", "any correlation")];
    let full = c.choice("family", "Q has", &families, "factorised") == "full";
    let q_x = c.stepped("q_x", "mean of Q, x₁", -3.0..=3.0, 0.05, 0.0);
    let q_y = c.stepped("q_y", "mean of Q, x₂", -3.0..=3.0, 0.05, 0.0);
    let q_sd_x = c.stepped("q_sd_x", "sd of Q, x₁", 0.1..=3.0, 0.05, 1.4);
    let q_sd_y = c.stepped("q_sd_y", "sd of Q, x₂", 0.1..=3.0, 0.05, 0.8);
    c.active(full);
    let q_rho = c.stepped("q_rho", "correlation of Q", -0.95..=0.95, 0.05, 0.0);
    c.active(true);

    let gap = if two { [gap_x, gap_y] } else { [0.0; 2] };
    let q = Normal2::from_correlation([q_x, q_y], [q_sd_x, q_sd_y], if full { q_rho } else { 0.0 });
    let shape = if full { Shape::Full } else { Shape::Factorised };
    let state = State::new(gap, [sd_x, sd_y], rho, two, shape, q?)?;
    let (forward, reverse) = (state.pair.forward_value(&state.q)?, state.pair.reverse_value(&state.q)?);
    let mut panels = vec![state.plane(c.asked())];
    if !c.asked() {
        panels.push(state.side());
    }
    let mut readouts = vec![
        Readout::new("forward", "D(P‖Q)", &forward, Unit::Nats, Role::Forward).computes(state.request(false)),
        Readout::new("reverse", "D(Q‖P)", &reverse, Unit::Nats, Role::Reverse).computes(state.request(true)),
    ];
    if !c.asked() {
        readouts.extend(state.readouts());
    }
    let [f, r, best] = [&forward, &reverse, &state.forward.value].map(|answer| answer.quantity(Unit::Nats));
    let best_reverse = state.reverse.first().map_or(Quantity::exact(0.0), |fit| fit.value.quantity(Unit::Nats));
    let near = |value: f64, best: f64| value - best < 0.01;
    let narrow = state.reverse.first().is_some_and(|fit| fit.normal.cov()[0].sqrt() < 0.5 * sd_x);
    Ok(View {
        figure: Figure { rows: vec![Row::new(330.0, panels)] },
        description: Text::new("Your Q: D(P‖Q) is {f}, D(Q‖P) {r}. The best are {bf} and {br}.")
            .with("f", f.beside(&best))
            .with("r", r.beside(&best_reverse))
            .with("bf", best.beside(&f))
            .with("br", best_reverse.beside(&r)),
        formulas: if c.asked() || two { Vec::new() } else { words::formulas(&state) },
        goals: vec![
            Goal::new(
                "reverse",
                Text::new("Be the mean field: bring D(Q‖P) within {d} of a minimum.").with("d", Quantity::nats(0.01)),
                state.reverse.iter().any(|fit| near(reverse.value, fit.value.value)),
            ),
            Goal::new(
                "forward",
                Text::new("Bring D(P‖Q) within {d} of the best.").with("d", Quantity::nats(0.01)),
                near(forward.value, state.forward.value.value),
            ),
            Goal::new("sure", "Make the reverse fit less than half as wide as P in x₁.", narrow && !two && !full),
        ],
        readouts,
        presets: words::presets(),
        questions: words::questions(),
        counts_in: None,
    })
}

impl State {
    fn new(gap: [f64; 2], sd: [f64; 2], rho: f64, two: bool, shape: Shape, q: Normal2) -> Result<Self> {
        let pair = Pair::new(gap, [sd[0] * sd[0], rho * sd[0] * sd[1], sd[1] * sd[1]])?;
        let forward = pair.forward_fit(shape)?;
        let reverse = pair.reverse_fits(shape)?;
        Ok(Self { pair, gap, sd, rho, two, shape, q, forward, reverse })
    }

    /// D(P‖Q), or the reverse.
    fn request(&self, reversed: bool) -> Option<Request> {
        let ([x, y], q) = (self.sd, self.q);
        let cov = [x * x, self.rho * x * y, y * y];
        if self.two {
            return Some(Request::TwoBells { gap: self.gap, cov, q, reversed });
        }
        let p = Normal2::new([0.0; 2], cov).ok()?;
        Some(if reversed { Request::kl(&q, &p) } else { Request::kl(&p, &q) })
    }

    /// Whether a minimum is as good as the best.
    fn is_best(&self, fit: &PlaneFit) -> bool {
        self.reverse.first().is_some_and(|best| fit.value.value <= best.value.value + 1e-9)
    }

    fn readouts(&self) -> Vec<Readout> {
        let mut all = Vec::new();
        let mut add = |id: String, heading: Text, fit: &PlaneFit, role: Role| {
            let [xx, xy, yy] = fit.normal.cov();
            let exact = |v: f64| Quantity::bounded(v, 1e-11 * (v.abs() + xx + yy));
            let mut parts = vec![("var_x", "variance of x₁", xx), ("var_y", "variance of x₂", yy)];
            if self.shape == Shape::Full {
                parts.push(("rho", "correlation", xy / (xx * yy).sqrt()));
            }
            if self.two {
                parts.extend([
                    ("mean_x", "mean, x₁", fit.normal.mean()[0]),
                    ("mean_y", "mean, x₂", fit.normal.mean()[1]),
                ]);
            }
            for (part, label, value) in parts {
                let readout = Readout::computed(format!("{id}_{part}"), label, exact(value), fit.value.method, role);
                all.push(readout.under(heading.clone()));
            }
            let label = if role == Role::Forward { "D(P‖Q)" } else { "D(Q‖P)" };
            all.push(Readout::new(id, label, &fit.value, Unit::Nats, role).under(heading));
        };
        add("forward_fit".into(), "Best forward fit".into(), &self.forward, Role::Forward);
        for (i, fit) in self.reverse.iter().enumerate() {
            let words = match self.is_best(fit) {
                true if self.reverse.len() == 1 => "Best reverse fit",
                true => "Best reverse fit {n}",
                false => "Local reverse minimum {n}",
            };
            let heading = Text::new(words).with("n", Quantity::exact(i as f64 + 1.0));
            add(format!("reverse_fit_{}", i + 1), heading, fit, Role::Reverse);
        }
        all
    }
}
