//! Impossible events: what Q rules out and P does not makes D(P‖Q) infinite; a floor under Q is a choice.

use crate::dist::Categorical;
use crate::divergence::{Answer, Request, cell, f, kl};
use crate::error::Result;
use crate::figure::{
    Axis, Bar, Figure, Handle, Mark, Panel, Place, Point, Role, Row, Stroke, Ticks, linspace, nice_range,
};
use crate::quantity::{Method, Quantity, Unit};
use crate::scene::{Controls, Formula, Goal, Math, Outcome, Outcomes, Preset, Question, Readout, Scene, Value, View};
use crate::text::Text;
use crate::topics::smoothing::{floored, per_decade, ruled_out};

/// The scene.
pub const SCENE: Scene = Scene {
    id: "impossible-events",
    title: "Impossible events",
    about: "One visitor whom the model ruled out makes the divergence infinite, however rare that visitor is.",
    view,
};

/// What visitors' machines run.
const SYSTEMS: &[Outcome] = &[
    ("windows", "Windows"),
    ("macos", "macOS"),
    ("linux", "Linux"),
    ("android", "Android"),
    ("ios", "iOS"),
    ("chromeos", "ChromeOS"),
    ("bsd", "BSD"),
    ("other", "other"),
];
/// The same where there are many of them side by side.
const SHORT: [&str; 8] = ["Win", "Mac", "Linux", "Andr", "iOS", "CrOS", "BSD", "other"];
const VISITORS: [f64; 8] = [0.35, 0.15, 0.15, 0.2, 0.15, 0.05, 0.03, 0.02];
const MODEL: [f64; 8] = [0.4, 0.2, 0.0, 0.25, 0.15, 0.05, 0.03, 0.02];
/// The least floor, as a power of ten.
const LEAST: f64 = -12.0;

/// Both distributions, the floor, and what follows from them.
struct State {
    p: Outcomes,
    q: Outcomes,
    truth: Categorical,
    model: Categorical,
    /// The model with its floor.
    smooth: Categorical,
    exponent: f64,
    forward: Answer,
    reverse: Answer,
    smoothed: Answer,
    js: Answer,
    tv: Answer,
}

fn view(c: &mut Controls<'_>) -> Result<View> {
    let count = c.count("outcomes", "outcomes", 3..=8, 5);
    c.group("Visitors P", Role::P);
    let p = Outcomes::declare(c, ("p", "P", Role::P), SYSTEMS, &VISITORS, count);
    c.group("Model Q", Role::Q);
    let q = Outcomes::declare(c, ("q", "Q", Role::Q), SYSTEMS, &MODEL, count);
    c.group("A floor under Q", Role::Other);
    let exponent = c.stepped("log_eps", "log₁₀ of ε", LEAST..=0.0, 0.1, -3.0);
    let state = State::new(p, q, exponent)?;

    let mut rows = vec![Row::new(180.0, vec![state.bars(c.asked())])];
    if !c.asked() {
        rows.push(Row::new(175.0, vec![state.values().share(0.85), state.growth()]));
    }
    let [forward, smoothed] = [&state.forward, &state.smoothed].map(|answer| answer.quantity(Unit::Nats));
    Ok(View {
        figure: Figure { rows },
        description: Text::new(
            "D(P‖Q) is {forward}; {smoothed} with a floor of ε = {eps}. D(Q‖P) is {reverse}, JS {js}.",
        )
        .with("forward", forward.beside(&smoothed))
        .with("smoothed", smoothed.beside(&forward))
        .with("eps", state.epsilon())
        .with("reverse", state.reverse.quantity(Unit::Nats))
        .with("js", state.js.quantity(Unit::Nats)),
        formulas: state.formulas(),
        goals: state.goals(),
        readouts: state.readouts(),
        presets: presets(),
        questions: questions(),
        counts_in: None,
    })
}

/// D(a‖b) of two named distributions; if infinite, the cause is the likeliest outcome that b rules out.
fn divergence(a: (&'static str, &Categorical), b: (&'static str, &Categorical)) -> Answer {
    let cells = cell::of_categoricals(a.1, b.1);
    cell::named(kl::categorical(a.1, b.1), (a.0, b.0), &cells, |i| Text::new(SYSTEMS[i].1))
}

impl State {
    fn new(p: Outcomes, q: Outcomes, exponent: f64) -> Result<Self> {
        let (truth, model) = (p.distribution()?, q.distribution()?);
        let smooth = floored(&model, 10f64.powf(exponent))?;
        Ok(Self {
            forward: divergence(("P", &truth), ("Q", &model)),
            reverse: divergence(("Q", &model), ("P", &truth)),
            smoothed: kl::categorical(&truth, &smooth),
            js: f::js_categorical(&truth, &model),
            tv: f::tv_categorical(&truth, &model),
            p,
            q,
            truth,
            model,
            smooth,
            exponent,
        })
    }

    fn epsilon(&self) -> Quantity {
        Quantity::exact(10f64.powf(self.exponent))
    }

    /// The probability under P of what Q rules out.
    fn missed(&self) -> f64 {
        ruled_out(&self.truth, &self.model).value
    }

    /// D(P‖Q_ε) over ε.
    fn curve(&self) -> Vec<Point> {
        let at = |x: f64| {
            let epsilon = 10f64.powf(x);
            Some((epsilon, kl::categorical(&self.truth, &floored(&self.model, epsilon).ok()?).value))
        };
        linspace(LEAST, 0.0, 97).filter_map(at).collect()
    }

    fn bars(&self, asked: bool) -> Panel {
        let (p, q) = (self.p.shares(), self.q.shares());
        let name = |i: usize| if p.len() > 5 { SHORT.get(i).copied() } else { SYSTEMS.get(i).map(|s| s.1) };
        let names = (0..p.len()).filter_map(|i| Some((i as f64, name(i)?.into()))).collect();
        let cells = cell::of_categoricals(&self.truth, &self.model);
        let ruled_out = cell::ruled_out(&cells).filter(|_| !asked);
        let title = match ruled_out {
            Some(i) => Text::new("Q rules {outcome} out, P does not: D(P‖Q) = ∞. Drag or sweep the bars")
                .with("outcome", Text::new(SYSTEMS[i].1)),
            None => Text::new("Website visitors P and a model Q of them: drag or sweep the bars"),
        };
        let mut panel = Panel::new(
            "bars",
            title,
            Axis::new(-0.5, p.len() as f64 - 0.5, "").ticks(Ticks::Named(names)),
            // Dragging ends at the top of the axis, so it stands still; only sliders reach beyond.
            Axis::new(0.0, if p.iter().chain(q).all(|share| *share <= 0.6) { 0.6 } else { 1.0 }, "probability"),
        );
        self.p.bars(&mut panel, -0.21, 0.19);
        self.q.bars(&mut panel, 0.21, 0.19);
        if asked {
            return panel;
        }
        for (i, (p, q)) in p.iter().zip(q).enumerate() {
            let at = |shift: f64| (i as f64 + shift, 0.05);
            if *p > 0.0 && *q == 0.0 {
                panel.label(Role::Forward, at(0.21), Place::Above, "∞");
            }
            if *q > 0.0 && *p == 0.0 {
                panel.label(Role::Reverse, at(-0.21), Place::Above, "∞");
            }
        }
        panel
    }

    /// The divergences on one scale.
    fn values(&self) -> Panel {
        let all = [
            (Role::Forward, "D(P‖Q)", &self.forward),
            (Role::Other, "with floor", &self.smoothed),
            (Role::Reverse, "D(Q‖P)", &self.reverse),
            (Role::Ink, "JS", &self.js),
        ];
        let (_, high) = nice_range(all.iter().map(|v| v.2.value).chain([0.0, 0.4]), 0.2);
        let names = all.iter().enumerate().map(|(i, v)| (i as f64, v.1.into())).collect();
        let mut panel = Panel::new(
            "values",
            "What is finite, and what is not",
            Axis::new(-0.6, 3.6, "").ticks(Ticks::Named(names)),
            Axis::new(0.0, high, "").unit(Unit::Nats),
        );
        for (i, (role, name, answer)) in all.into_iter().enumerate() {
            let bars = vec![Bar { from: i as f64 - 0.32, to: i as f64 + 0.32, base: 0.0, top: answer.value }];
            panel.mark(Mark::Bars { name: name.into(), role, bars });
        }
        panel
    }

    /// The smoothed divergence as the floor is lowered: a straight line on this scale.
    fn growth(&self) -> Panel {
        let curve = self.curve();
        let (least, tallest) = curve.first().copied().unwrap_or((1e-12, 1.0));
        let (_, high) = nice_range([0.0, 0.5, tallest], 0.1);
        let mut panel = Panel::new(
            "growth",
            if self.missed() > 0.0 { "Drag the floor: D has no limit" } else { "Drag the floor: D settles" },
            Axis::new(least, 1.0, "ε").log(),
            Axis::new(0.0, high, "").unit(Unit::Nats),
        );
        let missed = self.missed();
        if missed > 0.0 {
            // Where ε is least the curve has met its asymptote.
            let line = |epsilon: f64| (epsilon, tallest + missed * (least / epsilon).ln());
            panel.fine(Role::Muted, "asymptote", linspace(LEAST, 0.0, 13).map(|x| line(10f64.powf(x))).collect());
            let words =
                Text::by_unit("{p}·ln(1/ε) + const", "{p}·log₂(1/ε) + const").with("p", Quantity::rounded(missed));
            panel.label(Role::Muted, line(1e-7), Place::Right, words);
        } else {
            panel.mark(Mark::RuleY { role: Role::Forward, at: self.forward.value });
            panel.label(Role::Forward, (1e-9, self.forward.value), Place::Above, "D(P‖Q)");
        }
        let points = curve;
        panel.mark(Mark::Line {
            name: "D(P‖Q) with floor ε".into(), role: Role::Other, stroke: Stroke::Solid, points
        });
        let at = (10f64.powf(self.exponent), self.smoothed.value);
        panel.handle(Handle::new("eps", "floor ε", Role::Other, at).sideways("log_eps", |(x, _)| x.log10()));
        panel
    }

    fn readouts(&self) -> Vec<Readout> {
        const FLOOR: &str = "The floor is a choice";
        const BOUNDED: &str = "These stay finite";
        let nats = |id, label, answer, role| Readout::new(id, label, answer, Unit::Nats, role);
        let floor = Quantity::rounded(10f64.powf(self.exponent) / self.p.shares().len() as f64);
        let decade = per_decade(&self.truth, &self.model);
        vec![
            nats("forward", "D(P‖Q)", &self.forward, Role::Forward).computes(Request::kl(&self.truth, &self.model)),
            nats("smoothed", "D(P‖Q) with a floor", &self.smoothed, Role::Other)
                .computes(Request::kl(&self.truth, &self.smooth)),
            nats("reverse", "D(Q‖P)", &self.reverse, Role::Reverse).computes(Request::kl(&self.model, &self.truth)),
            nats("js", "Jensen–Shannon", &self.js, Role::Ink).under(BOUNDED),
            Readout::new("tv", "total variation", &self.tv, Unit::One, Role::Ink).under(BOUNDED),
            // A setting, and so by no method.
            Readout::plain("eps", "ε", self.epsilon(), Role::Other).under(FLOOR),
            Readout::computed(
                "floor",
                "ε/K, which every outcome gets at least",
                floor,
                Method::ClosedForm,
                Role::Other,
            )
            .under(FLOOR),
            nats("decade", "added by each factor 10", &decade, Role::Other).under(FLOOR),
        ]
    }

    fn goals(&self) -> Vec<Goal> {
        let infinite = self.forward.value.is_infinite();
        vec![
            Goal::new(
                "whisper",
                "Make D(P‖Q) infinite while total variation stays below 0.1.",
                infinite && self.tv.value < 0.1,
            ),
            Goal::new(
                "both",
                Text::new("Make both directions infinite while Jensen–Shannon stays below {js}.")
                    .with("js", Quantity::nats(0.1)),
                infinite && self.reverse.value.is_infinite() && self.js.value < 0.1,
            ),
            Goal::new(
                "any-number",
                Text::new("D(P‖Q) being infinite, choose a floor with which it comes out as {d}.")
                    .with("d", Quantity::nats(2.0)),
                infinite && (self.smoothed.value - 2.0).abs() < 0.02,
            ),
        ]
    }

    fn formulas(&self) -> Vec<Formula> {
        let q_eps = || Math::index("Q", "ε");
        let one_less = Math::from(["(".into(), Quantity::exact(1.0).into(), "−".into(), "ε".into(), ")".into()]);
        let value = |answer: &Answer| Math::from(answer.quantity(Unit::Nats));
        let mut whole = vec![Math::Words("D(P‖Q)".into()).colored(Role::Forward), "=".into()];
        let missed =
            self.p.shares().iter().zip(self.q.shares()).zip(SYSTEMS).find(|((p, q), _)| **p > 0.0 && **q == 0.0);
        if let Some(((p, _), (_, name))) = missed {
            let p = || Math::from(Quantity::rounded(*p));
            let zero = Math::from(Quantity::exact(0.0));
            whole.extend(["…".into(), "+".into(), p(), "·".into(), "ln".into(), Math::fraction(p(), zero)]);
            whole.extend([Math::Words(Text::new("({outcome})").with("outcome", Text::new(name))), "=".into()]);
        } else {
            whole.extend(["∑".into(), "p".into(), "ln".into(), Math::fraction("p", "q"), "=".into()]);
        }
        whole.push(value(&self.forward).colored(Role::Forward));
        let mut floor = vec![
            q_eps(),
            "=".into(),
            one_less,
            "Q".into(),
            "+".into(),
            "ε".into(),
            "/".into(),
            Quantity::exact(self.p.shares().len() as f64).into(),
            ",".into(),
            Math::from([Math::Words("D(P‖".into()), q_eps(), ")".into()]).colored(Role::Other),
        ];
        if self.missed() > 0.0 {
            let slope = Quantity::rounded(self.missed());
            floor.extend(["≈".into(), slope.into(), "·".into(), "ln".into()]);
            floor.extend(["(".into(), Quantity::exact(1.0).into(), "/".into(), "ε".into(), ")".into()]);
            floor.extend(["+".into(), Math::Words("const".into())]);
        }
        floor.extend(["=".into(), value(&self.smoothed).colored(Role::Other)]);
        vec![Formula::new("As it is", whole), Formula::new("With a floor", floor)]
    }
}

/// Values for the first five bars of both, Windows first.
fn visitors(p: [f64; 5], q: [f64; 5]) -> Vec<(String, Value)> {
    let of = |prefix: &'static str, shares: [f64; 5]| {
        SYSTEMS.iter().zip(shares).map(move |(s, share)| (format!("{prefix}_{}", s.0), Value::Number(share)))
    };
    of("p", p).chain(of("q", q)).collect()
}

fn first_five(shares: [f64; 8]) -> [f64; 5] {
    let [a, b, c, d, e, ..] = shares;
    [a, b, c, d, e]
}

fn presets() -> Vec<Preset> {
    let (p, q) = (first_five(VISITORS), first_five(MODEL));
    let preset = |id, label: &'static str, values| Preset { values, ..Preset::new(id, label, &[]) };
    vec![
        preset("visitors", "Website visitors", visitors(p, q)),
        preset("rare", "One in a thousand", visitors([0.35, 0.15, 0.001, 0.3, 0.199], [0.35, 0.15, 0.0, 0.3, 0.2])),
        preset("wider", "The model allows more", visitors([0.4, 0.2, 0.0, 0.25, 0.15], [0.35, 0.15, 0.15, 0.2, 0.15])),
        preset("both", "Each rules something out", visitors([0.4, 0.2, 0.1, 0.3, 0.0], [0.4, 0.2, 0.0, 0.3, 0.1])),
        preset("tiny-floor", "A floor of 10⁻¹²", visitors(p, q)).with("log_eps", LEAST),
        preset("one-percent", "Linux at 1 %", visitors(p, [0.4, 0.2, 0.01, 0.25, 0.14])),
    ]
}

fn questions() -> Vec<Question> {
    let (p, q) = (first_five(VISITORS), first_five(MODEL));
    let ask = |question: Question, values| Question { values, ..question };
    vec![
        ask(
            Question::new(
                "rare",
                "One visitor in a thousand uses Linux; Q says that none does, adds that one to iOS, and is right about the rest. D(P‖Q) is …",
                &[],
                &[
                    (
                        "small",
                        "small, about 0.001",
                        "That is the total variation. The term for Linux is 0.001 times the log of 0.001/0: a share over 0 is infinite, and so is its logarithm.",
                    ),
                    (
                        "seven",
                        "about {seven}, the log of 1000",
                        "The logarithm is not of 1000 but of 0.001/0: Q did not say rare, it said never.",
                    ),
                    (
                        "infinite",
                        "infinite",
                        "Yes. However small its weight, a term with q = 0 < p is infinite. Q said never, and it happened.",
                    ),
                ],
                "infinite",
            )
            .telling("seven", Quantity::bounded(1000f64.ln(), 0.05).unit(Unit::Nats)),
            visitors([0.35, 0.15, 0.001, 0.3, 0.199], [0.35, 0.15, 0.0, 0.3, 0.2]),
        ),
        ask(
            Question::new(
                "floor",
                "15 % use Linux, and Q rules it out. A floor of ε = 10⁻³ makes D finite. Lowered to 10⁻⁶, what does D do?",
                &[],
                &[
                    (
                        "thousand",
                        "it grows a thousandfold",
                        "ε stands inside a logarithm: to divide ε by a thousand is to add something to D, not to multiply it.",
                    ),
                    (
                        "one",
                        "it grows by about {more}",
                        "Yes: 0.15 times the log of 1000. D grows without bound, but slowly; how large it comes out is decided by ε.",
                    ),
                    (
                        "same",
                        "hardly anything: both floors are tiny",
                        "Each factor of ten adds 0.15 times the log of 10, which is {decade}, for ever. There is no limit to settle at.",
                    ),
                ],
                "one",
            )
            .telling("more", Quantity::bounded(0.15 * 1000f64.ln(), 0.001).unit(Unit::Nats))
            .telling("decade", Quantity::rounded(0.15 * 10f64.ln()).unit(Unit::Nats)),
            visitors(p, q),
        ),
    ]
}
