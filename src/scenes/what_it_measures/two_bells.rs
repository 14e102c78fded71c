//! Two bells: where two Gaussians disagree, and how much each place costs in either direction.

use crate::dist::normal::Normal;
use crate::divergence::{Answer, Request};
use crate::divergence::{f, kl, wasserstein};
use crate::error::Result;
use crate::figure::{Axis, Figure, Panel, Place, Role, Row, Ticks, nice_range};
use crate::quantity::{LN_2, Quantity, Unit};
use crate::scene::bells::{self, Bell};
use crate::scene::{Controls, Formula, Goal, Math, Preset, Question, Readout, Scene, View};
use crate::text::Text;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "two-bells",
    title: "Two bells",
    about: "The divergence adds up p·log(p/q) over the whole line: the one that comes first decides which places count.",
    view,
};

/// The part of the x axis that is shown, for both panels alike.
const SHOWN: (f64, f64) = (-8.0, 8.0);

fn view(c: &mut Controls<'_>) -> Result<View> {
    c.group("Truth P", Role::P);
    let (p_mean, p_sd) = (mean(c, "p_mean", "mean of P", -1.0), sd(c, "p_sd", "sd of P", 0.8));
    c.group("Model Q", Role::Q);
    let (q_mean, q_sd) = (mean(c, "q_mean", "mean of Q", 1.0), sd(c, "q_sd", "sd of Q", 1.6));
    let (p, q) = (Normal::new(p_mean, p_sd)?, Normal::new(q_mean, q_sd)?);
    let (forward, reverse) = (kl::normal(&p, &q), kl::normal(&q, &p));

    let mut rows = vec![Row::new(210.0, vec![densities(&p, &q, c.asked())])];
    if !c.asked() {
        rows.push(Row::new(190.0, vec![integrands(&p, &q)]));
    }
    let nats = |a: &Answer| a.quantity(Unit::Nats);
    let same = (forward.value - reverse.value).abs() <= forward.error + reverse.error;
    Ok(View {
        figure: Figure { rows },
        description: Text::new("D(P‖Q) is {forward}, D(Q‖P) {reverse}: P has mean {m1} and sd {s1}, Q {m2} and {s2}.")
            .with("forward", nats(&forward).beside(&nats(&reverse)))
            .with("reverse", nats(&reverse).beside(&nats(&forward)))
            .with("m1", Quantity::exact(p_mean))
            .with("s1", Quantity::exact(p_sd))
            .with("m2", Quantity::exact(q_mean))
            .with("s2", Quantity::exact(q_sd)),
        formulas: vec![
            formula("D(P‖Q)", Role::Forward, (&p, "P"), (&q, "Q"), &forward),
            formula("D(Q‖P)", Role::Reverse, (&q, "Q"), (&p, "P"), &reverse),
        ],
        goals: vec![
            Goal::new(
                "huge",
                Text::new("Make D(P‖Q) larger than {d}. Is it infinite?").with("d", Quantity::nats(500.0)),
                forward.value > 500.0,
            ),
            Goal::new("equal", "Make the two directions equal without making P and Q equal.", same && p != q),
        ],
        readouts: readouts(&p, &q, &forward, &reverse),
        presets: presets(),
        questions: questions(),
        counts_in: None,
    })
}

fn mean(c: &mut Controls<'_>, id: &str, label: &'static str, default: f64) -> f64 {
    c.stepped(id, label, -6.0..=6.0, 0.05, default)
}

fn sd(c: &mut Controls<'_>, id: &str, label: &'static str, default: f64) -> f64 {
    c.stepped(id, label, 0.1..=4.0, 0.05, default)
}

fn readouts(p: &Normal, q: &Normal, forward: &Answer, reverse: &Answer) -> Vec<Readout> {
    const MORE: &str = "Other ways to compare";
    vec![
        Readout::new("forward", "D(P‖Q)", forward, Unit::Nats, Role::Forward).computes(Request::kl(p, q)),
        Readout::new("reverse", "D(Q‖P)", reverse, Unit::Nats, Role::Reverse).computes(Request::kl(q, p)),
        Readout::new("jeffreys", "Jeffreys", &f::jeffreys_normal(p, q), Unit::Nats, Role::Ink).under(MORE),
        Readout::new("js", "Jensen–Shannon", &f::js_normal(p, q), Unit::Nats, Role::Ink).under(MORE),
        Readout::new("tv", "total variation", &f::tv_normal(p, q), Unit::One, Role::Ink).under(MORE),
        Readout::new("hellinger", "Hellinger", &f::hellinger_normal(p, q), Unit::One, Role::Ink).under(MORE),
        Readout::new("w2", "Wasserstein W₂", &wasserstein::w2_normal(p, q), Unit::One, Role::Ink).under(MORE),
    ]
}

fn grid(p: &Normal, q: &Normal) -> Vec<f64> {
    bells::grid(SHOWN, [p, q].map(|bell| (bell.mean(), bell.sd())))
}

fn densities(p: &Normal, q: &Normal, asked: bool) -> Panel {
    let xs = grid(p, q);
    let peak = p.pdf(p.mean()).max(q.pdf(q.mean()));
    let (_, high) = nice_range([0.0, peak], 0.1);
    let below = if asked { Ticks::Round } else { Ticks::None };
    let mut panel = Panel::new(
        "densities",
        "Drag a peak to move a bell, its side to widen it",
        Axis::new(SHOWN.0, SHOWN.1, "").ticks(below),
        Axis::new(0.0, high, "density"),
    );
    for (bell, role, name, ids, labels) in [
        (Bell::new(*p, Place::Left), Role::P, "P", ["p_mean", "p_sd"], ["P: mean", "P: sd"]),
        (Bell::new(*q, Place::Right), Role::Q, "Q", ["q_mean", "q_sd"], ["Q: mean", "Q: sd"]),
    ] {
        let curve = bells::curve(&xs, |x| bell.pdf(x));
        panel.area(role, name, curve.clone());
        panel.line(role, name, curve);
        panel.label(role, bell.flank(0.6), bell.place(), name);
        panel.handle(bell.peak(role, ids[0], labels[0], ids[0]));
        panel.handle(bell.width(role, ids[1], labels[1], ids[1]));
    }
    panel
}

/// p ln(p/q) and q ln(q/p) on the same x axis as the densities; what lies below zero is taken off.
fn integrands(p: &Normal, q: &Normal) -> Panel {
    let xs = grid(p, q);
    let integrand = |a: &Normal, b: &Normal| bells::curve(&xs, |x| a.pdf(x) * (a.ln_pdf(x) - b.ln_pdf(x)));
    let (forward, reverse) = (integrand(p, q), integrand(q, p));
    let (low, high) = nice_range(forward.iter().chain(&reverse).map(|v| v.1).chain([0.0]), 0.1);
    let mut panel = Panel::new(
        "integrands",
        "What each place adds: the areas are the divergences",
        Axis::new(SHOWN.0, SHOWN.1, "x"),
        Axis::new(low, high, "").unit(Unit::Nats),
    );
    for (role, name, curve) in [
        (Role::Forward, Text::by_unit("p ln(p/q)", "p log₂(p/q)"), forward),
        (Role::Reverse, Text::by_unit("q ln(q/p)", "q log₂(q/p)"), reverse),
    ] {
        let top = curve.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default();
        panel.area(role, name.clone(), curve.clone());
        panel.line(role, name.clone(), curve);
        if p != q {
            panel.label(role, top, Place::Above, name);
        }
    }
    if p == q {
        panel.label(Role::Muted, (p.mean(), 0.0), Place::Above, "p = q everywhere: nothing is added");
    }
    panel
}

/// ln(σ_b/σ_a) + (σ_a² + (μ_a − μ_b)²)/(2σ_b²) − ½, with the numbers in it.
fn formula(
    label: &'static str,
    role: Role,
    a: (&Normal, &'static str),
    b: (&Normal, &'static str),
    answer: &Answer,
) -> Formula {
    let number = |v: f64| Math::from(Quantity::exact(v));
    let mean = |of: &'static str| Math::index("μ", of);
    let square = |m: Math| Math::power(m, Quantity::exact(2.0));
    let sigma = |of: &'static str| Math::index("σ", of);
    let half = || Math::fraction(Quantity::exact(1.0), Quantity::exact(2.0));
    let whole = |sd_a: Math, sd_b: Math, mean_a: Math, mean_b: Math| {
        let gap = Math::from(["(".into(), mean_a, "−".into(), mean_b, ")".into()]);
        Math::from([
            "ln".into(),
            Math::fraction(sd_b.clone(), sd_a.clone()),
            "+".into(),
            Math::of_nats([
                Math::fraction([square(sd_a), "+".into(), square(gap)], [number(2.0), "·".into(), square(sd_b)]),
                "−".into(),
                half(),
            ]),
        ])
    };
    let signed = |v: f64| {
        if v < 0.0 { Math::from(["(".into(), number(v), ")".into()]) } else { number(v) }
    };
    Formula::new(
        label,
        [
            Math::Words(label.into()).colored(role),
            "=".into(),
            whole(sigma(a.1), sigma(b.1), mean(a.1), mean(b.1)),
            "=".into(),
            whole(number(a.0.sd()), number(b.0.sd()), signed(a.0.mean()), signed(b.0.mean())),
            "=".into(),
            Math::from(answer.quantity(Unit::Nats)).colored(role),
        ],
    )
}

fn presets() -> Vec<Preset> {
    let bells = |p_mean, p_sd, q_mean, q_sd| [("p_mean", p_mean), ("p_sd", p_sd), ("q_mean", q_mean), ("q_sd", q_sd)];
    vec![
        Preset::new("offset", "Narrow and wide", &bells(-1.0, 0.8, 1.0, 1.6)),
        Preset::new("widths", "Same centre", &bells(0.0, 1.0, 0.0, 2.0)),
        Preset::new("same-width", "Same width", &bells(-1.0, 1.0, 1.0, 1.0)),
        Preset::new("far", "Worlds apart", &bells(-5.0, 0.3, 5.0, 0.3)),
        Preset::new("equal", "Equal", &bells(0.0, 1.0, 0.0, 1.0)),
    ]
}

fn questions() -> Vec<Question> {
    vec![
        Question::new(
            "wide-or-narrow",
            "P has sd 1, Q has sd 2, both are centred at 0. Which divergence is larger?",
            &[("p_mean", 0.0), ("p_sd", 1.0), ("q_mean", 0.0), ("q_sd", 2.0)],
            &[
                (
                    "forward",
                    "D(P‖Q)",
                    "Here P samples, and wherever P goes Q is there too. Look at the other direction: the wide one samples.",
                ),
                (
                    "reverse",
                    "D(Q‖P)",
                    "Yes. The wide Q often lands where the narrow P has almost nothing, and each such visit is expensive.",
                ),
                (
                    "equal",
                    "they are equal",
                    "They would be if the widths were equal. Here the one that samples makes all the difference.",
                ),
            ],
            "reverse",
        ),
        Question::new(
            "far-apart",
            "Two bells of sd 0.3 stand at −5 and 5: nothing of their overlap can be seen. D(P‖Q) is …",
            &[("p_mean", -5.0), ("p_sd", 0.3), ("q_mean", 5.0), ("q_sd", 0.3)],
            &[
                (
                    "infinite",
                    "infinite",
                    "Q is tiny at P’s place, but nowhere zero. Its natural logarithm is about −555, and that is a number.",
                ),
                (
                    "hundreds",
                    "finite, some hundreds",
                    "Yes: half of (10/0.3)², counted in nats: {d}. Huge is not infinite; programs that say infinity have let q underflow to 0.",
                ),
                (
                    "one",
                    "about {ln2}, since they are simply different",
                    "That is the bound of Jensen–Shannon, which hardly grows once the two hardly overlap. D goes on growing.",
                ),
            ],
            "hundreds",
        )
        .telling("d", Quantity::rounded(0.5 * (10.0f64 / 0.3).powi(2)).unit(Unit::Nats))
        .telling("ln2", Quantity::rounded(LN_2).unit(Unit::Nats)),
    ]
}
