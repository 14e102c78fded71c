//! Mixtures: the divergence of two shapes of any kind, region by region, and why bells don't add up.

mod bells;
mod parts;
mod regions;

use self::bells::{Bells, Defaults, Words};
use self::parts::Parts;
use self::regions::{Region, Regions, grid};
use crate::dist::Mixture;
use crate::divergence::mixture::{MixtureDivergences, divergences};
use crate::divergence::{Answer, Request};
use crate::error::Result;
use crate::figure::{Axis, Figure, Mark, Panel, Place, Role, Row, Ticks, nice_range};
use crate::numeric::tolerance::AT_REST;
use crate::quantity::{LN_2, Quantity, Unit};
use crate::scene::{Controls, Formula, Goal, Math, Preset, Question, Readout, Scene, View};
use crate::text::Text;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "mixtures",
    title: "Mixtures",
    about: "Where p exceeds q the divergence grows, where q exceeds p some of it is taken off again; what remains is never negative.",
    view,
};

/// The part of the x axis that is shown, for both panels alike.
const SHOWN: (f64, f64) = (-8.0, 8.0);

const INTEGRAND: Text = Text::by_unit("p ln(p/q)", "p log₂(p/q)");

const P: Words = Words { letter: 'P', heading: "Truth P", bell: "Bell {n} of P", side: "sd of bell {n} of P" };
const Q: Words = Words { letter: 'Q', heading: "Model Q", bell: "Bell {n} of Q", side: "sd of bell {n} of Q" };
const P_BELLS: Defaults = [(0.7, -2.0, 0.8), (0.3, 2.0, 0.6), (0.5, 5.0, 0.6), (0.5, -5.0, 0.6)];
const Q_BELLS: Defaults = [(0.4, -1.0, 1.0), (0.6, 3.0, 1.3), (0.5, -4.5, 0.8), (0.5, 4.5, 0.8)];

fn view(c: &mut Controls<'_>) -> Result<View> {
    let p = Bells::controls(c, &P, Role::P, &P_BELLS);
    let q = Bells::controls(c, &Q, Role::Q, &Q_BELLS);
    let (p, q) = (p?, q?);
    let found = divergences(&p.mixture, &q.mixture, AT_REST);
    let xs = grid(SHOWN, [&p.mixture, &q.mixture]);
    let regions = Regions::new(&p.mixture, &q.mixture, &xs);
    let parts = Parts::new(&p, &q.mixture, &found);
    let (gain, loss) = regions.gain_and_loss();

    let mut rows = vec![Row::new(230.0, vec![densities(&p, &q, &regions, &xs, c.asked())])];
    if !c.asked() {
        rows.push(Row::new(170.0, vec![integrand(&regions, &found.forward)]));
    }
    let [forward, reverse] = [&found.forward, &found.reverse].map(|answer| answer.quantity(Unit::Nats));
    Ok(View {
        figure: Figure { rows },
        description: Text::new("D(P‖Q) is {d}, D(Q‖P) {r}: {gain} added where p exceeds q, {loss} where q exceeds p.")
            .with("d", forward.beside(&reverse))
            .with("r", reverse.beside(&forward))
            .with("gain", gain.quantity(Unit::Nats))
            .with("loss", loss.quantity(Unit::Nats)),
        formulas: vec![by_regions(&gain, &loss, &found.forward), parts.formula(&found.forward)],
        goals: vec![
            Goal::new(
                "match",
                Text::new("Match a P of several bells: bring D(P‖Q) below {d}.").with("d", Quantity::nats(0.001)),
                p.mixture.components().len() > 1 && found.forward.value < 0.001,
            ),
            Goal::new(
                "rare",
                Text::new("Make D(P‖Q) larger than {large} while D(Q‖P) stays below {small}.")
                    .with("large", Quantity::nats(100.0))
                    .with("small", Quantity::nats(0.1)),
                found.forward.value > 100.0 && found.reverse.value < 0.1,
            ),
        ],
        readouts: readouts((&p.mixture, &q.mixture), &found, (&gain, &loss), &parts),
        presets: presets(),
        questions: questions(),
        counts_in: None,
    })
}

/// Both mixtures with their bells; rules where they cross.
fn densities(p: &Bells, q: &Bells, regions: &Regions, xs: &[f64], asked: bool) -> Panel {
    let seen: Vec<f64> = xs.iter().copied().filter(|x| (SHOWN.0..=SHOWN.1).contains(x)).collect();
    let curves = [p.mixture.curve(0.0), q.mixture.curve(0.0)];
    let peak = seen.iter().flat_map(|x| curves.iter().map(move |curve| curve.at(*x).1)).fold(0.0, f64::max);
    let (_, high) = nice_range([0.0, peak], 0.08);
    let mut panel = Panel::new(
        "densities",
        "Drag a peak to move and weigh a bell, its side to widen it",
        Axis::new(SHOWN.0, SHOWN.1, "").ticks(if asked { Ticks::Round } else { Ticks::None }),
        Axis::new(0.0, high, "density"),
    );
    if !asked {
        crossings(&mut panel, regions);
    }
    p.draw(&mut panel, &seen, "P");
    q.draw(&mut panel, &seen, "Q");
    p.handles(&mut panel, &P);
    q.handles(&mut panel, &Q);
    panel
}

fn crossings(panel: &mut Panel, regions: &Regions) {
    for at in regions.edges.iter().copied().filter(|x| (SHOWN.0..=SHOWN.1).contains(x)) {
        panel.mark(Mark::RuleX { role: Role::Rule, at });
    }
}

/// p ln(p/q) on the same x axis, each region with its share of D(P‖Q).
fn integrand(regions: &Regions, forward: &Answer) -> Panel {
    let seen = |x: f64| (SHOWN.0..=SHOWN.1).contains(&x);
    let curve: Vec<_> = regions.integrand.iter().copied().filter(|v| seen(v.0)).collect();
    let deepest = curve.iter().map(|v| v.1).fold(0.0, f64::min);
    let (_, high) = nice_range(curve.iter().map(|v| v.1).chain([0.0, 0.03]), 0.2);
    // Room for words below the lowest valley.
    let low = if deepest < 0.0 { deepest - 0.16 * (high - deepest) } else { 0.0 };
    // Where regions cancel almost entirely, shares are many times the whole: they are said in nats then.
    let largest = regions.all.iter().map(|r| r.share.value.abs()).fold(0.0, f64::max);
    let in_percent = largest < 10.0 * forward.value;
    let mut panel = Panel::new(
        "integrand",
        if in_percent { "Each region’s share of D(P‖Q), in per cent" } else { "What each region adds to D(P‖Q)" },
        Axis::new(SHOWN.0, SHOWN.1, "x"),
        Axis::new(low, high, INTEGRAND).unit(Unit::Nats),
    );
    crossings(&mut panel, regions);
    panel.area(Role::Forward, INTEGRAND, curve.clone());
    panel.line(Role::Forward, INTEGRAND, curve);
    let total: f64 = regions.all.iter().map(|r| r.share.value.abs()).sum();
    for Region { share, top } in regions.all.iter().filter(|r| seen(r.top.0) && r.share.value.abs() > 0.01 * total) {
        let words = if in_percent {
            // Rounded to a tenth, and so known to within half of it.
            let tenths = (1000.0 * share.value / forward.value).round() / 10.0;
            Text::new("{share}").with("share", Quantity::bounded(tenths, 0.0499))
        } else {
            Text::new("{share}").with("share", share.quantity(Unit::Nats))
        };
        panel.label(Role::Forward, *top, if top.1 > 0.0 { Place::Above } else { Place::Below }, words);
    }
    panel
}

fn readouts(
    (p, q): (&Mixture, &Mixture),
    found: &MixtureDivergences,
    (gain, loss): (&Answer, &Answer),
    parts: &Parts,
) -> Vec<Readout> {
    const HOW: &str = "How exact";
    const REGIONS: &str = "Region by region";
    const BELLS: &str = "Bell by bell: not a sum";
    const MORE: &str = "Other ways to compare";
    let nats = |id: &str, label: &'static str, answer: &Answer, role| Readout::new(id, label, answer, Unit::Nats, role);
    let mut all = vec![
        nats("forward", "D(P‖Q)", &found.forward, Role::Forward).computes(Request::kl(p, q)),
        nats("reverse", "D(Q‖P)", &found.reverse, Role::Reverse).computes(Request::kl(q, p)),
        Readout::computed(
            "relative-error",
            "relative error of D(P‖Q), at most",
            precision(&found.forward),
            found.forward.method,
            Role::Ink,
        )
        .under(HOW),
        Readout::plain(
            "evaluations",
            "evaluations of p and q, for all of it",
            Quantity::exact(found.evaluations as f64).unit(Unit::Count),
            Role::Ink,
        )
        .under(HOW),
        nats("gain", "added where p exceeds q", gain, Role::Forward).under(REGIONS),
        nats("loss", "taken off where q exceeds p", loss, Role::Forward).under(REGIONS),
    ];
    for (i, part) in parts.each.iter().enumerate() {
        let number = i + 1;
        let label = Text::new("weight × D(P{n}‖Q)").with("n", Quantity::exact(number as f64));
        all.push(Readout::new(format!("part-{number}"), label, part, Unit::Nats, Role::P).under(BELLS));
    }
    all.push(nats("parts", "their sum, an upper bound of D(P‖Q)", &parts.sum, Role::P).under(BELLS));
    all.push(nats("excess", "too much by", &parts.excess, Role::P).under(BELLS));
    all.push(nats("js", "Jensen–Shannon", &found.js, Role::Ink).under(MORE));
    all.push(Readout::new("tv", "total variation", &found.tv, Unit::One, Role::Ink).under(MORE));
    all
}

/// The relative error bound, rounded up to one digit.
fn precision(answer: &Answer) -> Quantity {
    if answer.error == 0.0 || answer.value == 0.0 {
        return Quantity::exact(0.0);
    }
    let bound = answer.error / answer.value;
    let power = 10f64.powf(bound.log10().floor());
    Quantity::exact((bound / power).ceil() * power)
}

/// D(P‖Q) = ∫ p ln(p/q) dx = what is added + what is taken off.
fn by_regions(gain: &Answer, loss: &Answer, forward: &Answer) -> Formula {
    let nats = |a: &Answer| Math::from(a.quantity(Unit::Nats));
    Formula::new(
        "Region by region",
        [
            Math::Words("D(P‖Q)".into()).colored(Role::Forward),
            "=".into(),
            "∫".into(),
            "p".into(),
            "ln".into(),
            Math::fraction("p", "q"),
            "dx".into(),
            "=".into(),
            nats(gain),
            "+".into(),
            "(".into(),
            nats(loss),
            ")".into(),
            "=".into(),
            nats(forward).colored(Role::Forward),
        ],
    )
}

/// P and Q are the same two modes with their bells listed in the other order.
const SHUFFLED: [(&str, f64); 12] = [
    ("p1_weight", 0.5),
    ("p1_mean", -1.0),
    ("p1_sd", 1.0),
    ("p2_weight", 0.5),
    ("p2_mean", 1.0),
    ("p2_sd", 1.0),
    ("q1_weight", 0.5),
    ("q1_mean", 1.0),
    ("q1_sd", 1.0),
    ("q2_weight", 0.5),
    ("q2_mean", -1.0),
    ("q2_sd", 1.0),
];

/// P has two modes, Q is exactly one of them.
const MISSED: [(&str, f64); 9] = [
    ("p1_weight", 0.5),
    ("p1_mean", -3.0),
    ("p1_sd", 0.6),
    ("p2_weight", 0.5),
    ("p2_mean", 3.0),
    ("p2_sd", 0.6),
    ("q_bells", 1.0),
    ("q1_mean", 3.0),
    ("q1_sd", 0.6),
];

fn presets() -> Vec<Preset> {
    vec![
        Preset::new("missed", "A mode is missed", &MISSED),
        Preset::new(
            "reweighted",
            "Same groups, other sizes",
            &[
                ("p1_weight", 0.8),
                ("p1_mean", -3.0),
                ("p1_sd", 0.5),
                ("p2_weight", 0.2),
                ("p2_mean", 3.0),
                ("p2_sd", 0.5),
                ("q1_weight", 0.2),
                ("q1_mean", -3.0),
                ("q1_sd", 0.5),
                ("q2_weight", 0.8),
                ("q2_mean", 3.0),
                ("q2_sd", 0.5),
            ],
        ),
        Preset::new(
            "outliers",
            "One in ten is an outlier",
            &[
                ("p1_weight", 0.9),
                ("p1_mean", 0.0),
                ("p1_sd", 1.0),
                ("p2_weight", 0.1),
                ("p2_mean", 0.0),
                ("p2_sd", 3.0),
                ("q_bells", 1.0),
                ("q1_mean", 0.0),
                ("q1_sd", 1.0),
            ],
        ),
        Preset::new("shuffled", "The same, listed in another order", &SHUFFLED),
        Preset::new(
            "four",
            "Four modes, four guesses",
            &[
                ("p_bells", 4.0),
                ("p1_weight", 0.5),
                ("p1_mean", -2.0),
                ("p1_sd", 0.5),
                ("p2_weight", 0.5),
                ("p2_mean", 1.0),
                ("p2_sd", 0.5),
                ("p3_mean", 4.5),
                ("p4_mean", -5.0),
                ("q_bells", 4.0),
                ("q1_weight", 0.5),
                ("q1_mean", -1.5),
                ("q1_sd", 0.7),
                ("q2_weight", 0.5),
                ("q2_mean", 1.5),
                ("q2_sd", 0.7),
            ],
        ),
    ]
}

fn questions() -> Vec<Question> {
    vec![
        Question::new(
            "missed-mode",
            "P has two modes of equal weight; Q is exactly one of them. How large is D(Q‖P), where Q samples?",
            &MISSED,
            &[
                (
                    "zero",
                    "0: wherever Q goes, P goes too",
                    "P goes there, but only half of the time: wherever Q is, p is half of q, and D is the mean log of that ratio.",
                ),
                (
                    "ln2",
                    "the log of 2, {ln2}",
                    "Yes: wherever Q is, p = q/2, so every log ratio is the log of 2. It costs no more however far away the missed mode is.",
                ),
                (
                    "large",
                    "more than {ten}: a whole mode is missed",
                    "That is D(P‖Q), where P samples the missed mode. Q never goes there, so it never notices.",
                ),
            ],
            "ln2",
        )
        .telling("ln2", Quantity::rounded(LN_2).unit(Unit::Nats))
        .telling("ten", Quantity::nats(10.0)),
        Question::new(
            "shuffled",
            "Q has the bells of P, listed in another order. Each bell of P differs from Q. What is D(P‖Q)?",
            &SHUFFLED,
            &[
                (
                    "zero",
                    "0",
                    "Yes: the two densities are the same at every x. How they were put together leaves no trace.",
                ),
                (
                    "average",
                    "the average of the bells’ divergences from Q",
                    "That average is only an upper bound: an x does not say which bell it came from.",
                ),
                (
                    "pairs",
                    "{two}: bell 1 against bell 1, bell 2 against bell 2",
                    "Matching bells by number compares two recipes. D compares what comes out, and that is the same.",
                ),
            ],
            "zero",
        )
        .telling("two", Quantity::nats(2.0)),
    ]
}
