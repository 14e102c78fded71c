//! Likelihood: fitting to data is making the forward divergence from the data small.

mod mirror;
mod words;

use self::mirror::{Fit, Mirror, minus, nats};
use crate::dist::{Bernoulli, Categorical, Normal};
use crate::divergence::any::Measure;
use crate::divergence::{Answer, Request, cell, entropy, kl};
use crate::error::{Error, Result};
use crate::figure::{Axis, Bar, Figure, Handle, Mark, Panel, Place, Point, Role, Row, Ticks, linspace, nice_range};
use crate::fit::likelihood::{mean_log_likelihood, normal};
use crate::numeric::decimal;
use crate::quantity::{Method, Quantity};
use crate::scene::bells::{self, Bell};
use crate::scene::{Controls, Goal, Math, Readout, Scene, View};
use crate::text::Text;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "likelihood",
    title: "Likelihood",
    about: "The mean log-likelihood of flips is D(data‖model) upside down, lower by the entropy of the data: both are best at once. For points on a line, the best normal stands in for the data.",
    view,
};

/// The points at the start: the first five have mean 0.5 and standard deviation 2.
const POINTS: [f64; 8] = [-2.5, -0.5, 0.5, 1.5, 3.5, -1.5, 2.5, 4.5];
/// The line the points lie on.
const LINE: (f64, f64) = (-6.0, 6.0);
/// The widths a model can have.
const WIDTHS: (f64, f64) = (0.2, 5.0);

fn view(c: &mut Controls<'_>) -> Result<View> {
    c.group("Data", Role::P);
    let kind =
        c.choice("kind", "what is observed", &[("coin", "flips of a coin"), ("points", "points on a line")], "coin");
    let coin = kind == "coin";
    c.active(coin);
    let flips = c.count("flips", "flips", 1..=50, 10);
    let heads = c.part("heads", "heads", ("flips", flips), 7);
    c.active(!coin);
    let count = c.count("points", "points", 1..=8, 5);
    let mut points = Vec::new();
    for (i, default) in POINTS.into_iter().enumerate() {
        c.active(!coin && i < count);
        let label = Text::new("point {n}").with("n", Quantity::exact(i as f64 + 1.0));
        points.push(c.stepped(format!("x{}", i + 1), label, LINE.0..=LINE.1, 0.05, default));
    }
    points.truncate(count);
    c.group("Model Q", Role::Q);
    c.active(coin);
    let theta = c.stepped("theta", "heads under Q", 0.0..=1.0, 0.01, 0.5);
    c.active(!coin);
    let mean = c.stepped("mean", "mean of Q", LINE.0..=LINE.1, 0.05, -1.0);
    let sd = c.stepped("sd", "sd of Q", WIDTHS.0..=WIDTHS.1, 0.05, 1.2);
    c.active(true);
    let shown = if coin { of_coin(flips, heads, theta, c.asked()) } else { of_points(&points, mean, sd, c.asked()) };
    Ok(View { presets: words::presets(), questions: words::questions(), ..shown.ok_or(Error::Uncomputed)? })
}

fn of_coin(flips: usize, heads: usize, theta: f64, asked: bool) -> Option<View> {
    let share = heads as f64 / flips as f64;
    let (data, model) = (Bernoulli::new(share).ok()?, Bernoulli::new(theta).ok()?);
    // Tails and heads as counts, and Q as it is written: seven of ten are 0.7.
    let seen = Categorical::from_weights(&[(flips - heads) as f64, heads as f64]).ok()?;
    let written = match decimal::split(theta) {
        Some([heads, tails]) => Categorical::from_weights(&[tails, heads]).ok()?,
        None => Categorical::from_coin(&model),
    };
    let likelihood = |q: &Categorical| minus(entropy::cross_categorical(&seen, q));
    let named = |answer: Answer| cell::named_coins(answer, (Text::new("the data"), "Q"), &data, &model);
    let fit = Fit {
        likelihood: named(likelihood(&written)),
        forward: named(kl::categorical(&seen, &written)),
        entropy: entropy::categorical(&seen),
    };
    let mut rows = vec![Row::new(270.0, vec![flipped(flips, share, theta)])];
    if !asked {
        let along = |value: &dyn Fn(&Bernoulli) -> f64| -> Vec<Point> {
            linspace(0.0, 1.0, 241).filter_map(|q| Some((q, value(&Bernoulli::new(q).ok()?)))).collect()
        };
        let x = Axis::new(0.0, 1.0, "heads under Q");
        let now = if fit.forward.value.is_finite() { fit.forward.value } else { 0.0 };
        rows[0].panels.push(
            fit.panel(&Mirror {
                id: "mirror",
                title: "Upside down: both are best at once".into(),
                control: "theta",
                label: "Q: heads".into(),
                now: theta,
                best: share,
                reach: nice_range([0.0, 1.1, now], 0.1).1,
                entropy: "H(data)",
                forward: "D(data‖Q)",
                likelihood: "log-likelihood".into(),
                divergences: along(&|q| kl::bernoulli(&data, q).value),
                likelihoods: along(&|q| -entropy::cross_bernoulli(&data, q).value),
                x,
            })
            .share(1.7),
        );
    }
    let loss = Request::pair(Measure::CrossEntropy, &data, &model);
    let requests = [Request::Negative(Box::new(loss)), Request::kl(&data, &model), Request::entropy(&data)].map(Some);
    let mut readouts = fit.readouts("D(data‖Q)", "H(data)", requests);
    let best = Readout::computed("best", "share of heads, k/n", Quantity::rounded(share), Method::ClosedForm, Role::P);
    readouts.push(best.under("Maximum-likelihood Q"));
    let number = |v: f64| Math::from(Quantity::rounded(v));
    let left = vec![
        number(share),
        "·".into(),
        "ln".into(),
        number(theta),
        "+".into(),
        number(1.0 - share),
        "·".into(),
        "ln".into(),
        number(1.0 - theta),
    ];
    Some(View {
        figure: Figure { rows },
        description: Text::new(
            "Mean log-likelihood {likelihood} = −H − D: H(data) is {entropy}, D(data‖Q) {forward}. Heads: {k} of {n}; Q says {theta}.",
        )
        .with("likelihood", nats(&fit.likelihood))
        .with("entropy", nats(&fit.entropy))
        .with("forward", nats(&fit.forward))
        .with("k", Quantity::exact(heads as f64))
        .with("n", Quantity::exact(flips as f64))
        .with("theta", Quantity::exact(theta)),
        formulas: vec![fit.formula(left, "H(data)", "D(data‖Q)")],
        goals: goals(&fit, true),
        readouts,
        ..View::default()
    })
}

/// Shares of heads and tails in the data and under the model, to be dragged.
fn flipped(flips: usize, share: f64, theta: f64) -> Panel {
    let outcomes = Ticks::Named(vec![(0.0, "heads".into()), (1.0, "tails".into())]);
    let mut panel = Panel::new(
        "flips",
        "Drag data or model",
        Axis::new(-0.5, 1.5, "").ticks(outcomes),
        Axis::new(0.0, 1.0, "share"),
    );
    let bar = |at: f64, top: f64| Bar { from: at - 0.17, to: at + 0.17, base: 0.0, top };
    let n = flips as f64;
    for (role, name, value, shift) in [(Role::P, "data", share, -0.19), (Role::Q, "Q", theta, 0.19)] {
        let bars = vec![bar(shift, value), bar(1.0 + shift, 1.0 - value)];
        panel.mark(Mark::Bars { name: name.into(), role, bars });
        let at = if value >= 0.5 { (shift, value) } else { (1.0 + shift, 1.0 - value) };
        panel.label(role, (at.0, at.1 + 0.02), Place::Above, name);
    }
    panel.handle(
        Handle::new("data-heads", "data: heads", Role::P, (-0.19, share)).upright("heads", move |(_, y)| n * y),
    );
    panel.handle(
        Handle::new("data-tails", "data: tails", Role::P, (0.81, 1.0 - share))
            .upright("heads", move |(_, y)| n * (1.0 - y)),
    );
    panel.handle(Handle::new("q-heads", "Q: heads", Role::Q, (0.19, theta)).upright("theta", |(_, y)| y));
    panel.handle(Handle::new("q-tails", "Q: tails", Role::Q, (1.19, 1.0 - theta)).upright("theta", |(_, y)| 1.0 - y));
    panel
}

fn of_points(points: &[f64], mean: f64, sd: f64, asked: bool) -> Option<View> {
    let model = Normal::new(mean, sd).ok()?;
    let likelihood = |q: &Normal| mean_log_likelihood(points, q).ok();
    // Points that coincide have a mean and no spread, and no normal is the likeliest for them.
    let best = normal(points).ok();
    let (center, spread) = best.map_or((points.first().copied()?, 0.0), |best| (best.mean(), best.sd()));
    let fit = Fit {
        likelihood: likelihood(&model)?,
        forward: best
            .map_or_else(|| infinite("the best fit is a spike: no Q comes near it"), |best| kl::normal(&best, &model)),
        entropy: best
            .map_or_else(|| minus(infinite("the best fit is a spike of no width")), |best| entropy::normal(&best)),
    };
    let mut rows = vec![Row::new(165.0, vec![line(points, &model, best.filter(|_| !asked).as_ref())])];
    if !asked {
        let along = |low: f64, high: f64, q: &dyn Fn(f64) -> Option<Normal>, value: &dyn Fn(&Normal) -> Option<f64>| {
            linspace(low, high, 161).filter_map(|v| Some((v, value(&q(v)?)?))).collect::<Vec<Point>>()
        };
        let divergence = |q: &Normal| best.map(|best| kl::normal(&best, q).value);
        let now = if fit.forward.value.is_finite() { fit.forward.value } else { -fit.likelihood.value };
        let reach = nice_range([0.0, 1.0, now.min(6.0)], 0.15).1;
        let over = |id,
                    title: &'static str,
                    x: Axis,
                    control,
                    label: &'static str,
                    now,
                    best,
                    q: &dyn Fn(f64) -> Option<Normal>| Mirror {
            id,
            title: title.into(),
            control,
            label: label.into(),
            now,
            best,
            reach,
            entropy: "H(fit)",
            forward: "D(fit‖Q)",
            // Short, for these panels are small.
            likelihood: Text::by_unit("mean ln q", "mean log₂ q"),
            divergences: along(x.low, x.high, q, &divergence),
            likelihoods: along(x.low, x.high, q, &|q| Some(likelihood(q)?.value)),
            x,
        };
        let by_mean = over(
            "by-mean",
            "Moving Q",
            Axis::new(LINE.0, LINE.1, "mean of Q"),
            "mean",
            "Q: mean",
            mean,
            center,
            &|m| Normal::new(m, sd).ok(),
        );
        // With the mean held, the best width also covers the distance to it.
        let widest = spread.hypot(center - mean);
        let by_sd = over("by-sd", "Widening Q", Axis::new(0.0, WIDTHS.1, "sd of Q"), "sd", "Q: sd", sd, widest, &|s| {
            Normal::new(mean, s).ok()
        });
        let mut widths = fit.panel(&by_sd);
        if widest == 0.0 {
            widths.label(Role::Q, (0.4, 0.8 * reach), Place::Right, "ever narrower, ever likelier");
        }
        rows.push(Row::new(200.0, vec![fit.panel(&by_mean), widths]));
    }
    const BEST: &str = "Maximum-likelihood normal";
    let requests = [
        Some(Request::LogLikelihood(points.to_vec(), model)),
        best.map(|best| Request::kl(&best, &model)),
        best.map(|best| Request::entropy(&best)),
    ];
    let mut readouts = fit.readouts("D(fit‖Q)", "H(fit)", requests);
    let number = |id: &str, label: &'static str, value| {
        Readout::computed(id, label, Quantity::rounded(value), Method::Sum, Role::Forward).under(BEST)
    };
    readouts.extend([
        number("best_mean", "mean of the points", center),
        number("best_sd", "sd of the points, by 1/n", spread),
    ]);
    let left = vec![
        Math::fraction(Quantity::exact(1.0), Quantity::exact(points.len() as f64)),
        "∑".into(),
        "ln".into(),
        "q".into(),
        Math::from(["(".into(), "x".into(), ")".into()]),
    ];
    Some(View {
        figure: Figure { rows },
        description: Text::new(if best.is_some() {
            "Mean log-likelihood {likelihood}, D(fit‖Q) {forward}: the points have mean {m} and sd {s}, Q {mean} and {sd}."
        } else {
            "Mean log-likelihood {likelihood}. All points coincide: the narrower Q is around them, the larger it gets, without end."
        })
        .with("likelihood", nats(&fit.likelihood))
        .with("forward", nats(&fit.forward))
        .with("m", Quantity::rounded(center))
        .with("s", Quantity::rounded(spread))
        .with("mean", Quantity::exact(mean))
        .with("sd", Quantity::exact(sd)),
        formulas: vec![fit.formula(left, "H(fit)", "D(fit‖Q)")],
        goals: goals(&fit, false),
        readouts,
        ..View::default()
    })
}

/// An infinity with its cause.
fn infinite(cause: &'static str) -> Answer {
    Answer::infinite(Text::new(cause), Method::ClosedForm)
}

/// The points on their line, the model above them, and the best normal.
fn line(points: &[f64], model: &Normal, best: Option<&Normal>) -> Panel {
    let peak = best.map_or(0.0, |b| b.pdf(b.mean())).max(model.pdf(model.mean()));
    let (_, high) = nice_range([0.0, 0.4, peak.min(2.5)], 0.1);
    let mut panel = Panel::new(
        "line",
        "Drag the points, and Q over them",
        Axis::new(LINE.0, LINE.1, ""),
        Axis::new(0.0, high, "density"),
    );
    let xs = bells::grid(LINE, best.into_iter().chain([model]).map(|bell| (bell.mean(), bell.sd())));
    let curve = |bell: &Normal| bells::curve(&xs, |x| bell.pdf(x));
    panel.area(Role::Q, "Q", curve(model));
    panel.line(Role::Q, "Q", curve(model));
    let (own, other) = match best {
        Some(best) if best.mean() < model.mean() => (Place::Right, Place::Left),
        _ => (Place::Left, Place::Right),
    };
    if let Some(best) = best {
        panel.line(Role::Forward, "maximum-likelihood normal", curve(best));
        panel.label(Role::Forward, Bell::new(*best, other).flank(0.7), other, "maximum likelihood");
    }
    let bell = Bell::new(*model, own);
    panel.label(Role::Q, bell.flank(0.7), own, "Q");
    // How likely the model finds each point.
    for x in points {
        panel.fine(Role::P, "density at a point", vec![(*x, 0.0), (*x, model.pdf(*x))]);
    }
    for (i, x) in points.iter().enumerate() {
        let label = Text::new("point {n}").with("n", Quantity::exact(i as f64 + 1.0));
        let id = format!("x{}", i + 1);
        panel.handle(Handle::new(id.clone(), label, Role::P, (*x, 0.0)).sideways(id, |(x, _)| x));
    }
    panel.handle(bell.peak(Role::Q, "mean", "Q: mean", "mean"));
    panel.handle(bell.width(Role::Q, "sd", "Q: sd", "sd"));
    panel
}

fn goals(fit: &Fit, coin: bool) -> Vec<Goal> {
    vec![
        Goal::new(
            "best",
            Text::new("Fit the points by hand: bring D(fit‖Q) below {d}.").with("d", Quantity::nats(0.001)),
            !coin && fit.forward.value < 0.001,
        ),
        Goal::new(
            "impossible",
            "Choose a coin Q under which the observed flips are impossible.",
            coin && fit.forward.value.is_infinite(),
        ),
    ]
}
