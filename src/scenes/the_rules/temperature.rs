//! Temperature: how far a belief that all levels are alike is from Boltzmann's distribution, and that this is free energy.

use crate::dist::Categorical;
use crate::divergence::{Answer, Request, entropy, kl};
use crate::error::Result;
use crate::figure::{
    Axis, Bar, Figure, Handle, Mark, Panel, Place, Point, Role, Row, Stroke, Ticks, linspace, nice_range,
};
use crate::quantity::{Quantity, Unit};
use crate::scene::{Controls, Formula, Goal, Math, Preset, Question, Readout, Scene, View};
use crate::text::Text;
use crate::topics::free_energy::{boltzmann, free_energy, mean_energy};

/// The scene.
pub const SCENE: Scene = Scene {
    id: "temperature",
    title: "Temperature",
    about: "Heat makes all energy levels equally likely; cold leaves only the lowest. What the belief that all are alike costs is an energy bill.",
    view,
};

/// How many energy levels there are.
const LEVELS: usize = 5;
/// The range of log₁₀ T.
const RANGE: (f64, f64) = (-2.0, 2.0);
/// The highest energy.
const HIGHEST: f64 = 6.0;
/// The lowest that is shown: the free energy lies below the levels.
const LOWEST: f64 = -2.0;

/// The levels at one temperature.
struct State {
    energies: [f64; LEVELS],
    exponent: f64,
    /// The temperature T.
    t: f64,
    /// Boltzmann's distribution, the truth.
    p: Categorical,
    /// The belief that all levels are alike.
    q: Categorical,
    forward: Answer,
    reverse: Answer,
    /// H(P), and H(Q), which is the most that an entropy can be.
    entropy: [Answer; 2],
    /// The cross-entropy β(⟨E⟩_Q − F).
    bill: Answer,
    /// The mean energy under P, and under Q.
    mean: [Answer; 2],
    /// The free energy F.
    free: Answer,
}

fn view(c: &mut Controls<'_>) -> Result<View> {
    c.group("Boltzmann’s P", Role::P);
    let exponent = c.stepped("log_t", "log₁₀ of the temperature T", RANGE.0..=RANGE.1, 0.05, 0.0);
    c.group("Energy levels", Role::Ink);
    let energies = std::array::from_fn(|i| {
        let label = Text::new("energy of level {n}").with("n", Quantity::exact(i as f64 + 1.0));
        c.stepped(format!("e{}", i + 1), label, 0.0..=HIGHEST, 0.05, i as f64)
    });
    let state = State::new(energies, exponent)?;

    let mut rows = vec![Row::new(180.0, vec![state.levels()])];
    if !c.asked() {
        rows[0].panels.push(state.occupation());
        rows.push(Row::new(180.0, vec![state.curves().share(1.15), state.bill()]));
    }
    Ok(View {
        figure: Figure { rows },
        description: Text::new("At temperature {t}: D(P‖Q) is {forward}, D(Q‖P) {reverse}; the free energy is {f}.")
            .with("t", state.temperature())
            .with("forward", state.forward.quantity(Unit::Nats))
            .with("reverse", state.reverse.quantity(Unit::Nats))
            .with("f", state.free.quantity(Unit::One)),
        formulas: state.formulas(),
        goals: state.goals(),
        readouts: state.readouts(),
        presets: presets(),
        questions: questions(),
        counts_in: None,
    })
}

impl State {
    fn new(energies: [f64; LEVELS], exponent: f64) -> Result<Self> {
        let t = 10f64.powf(exponent);
        let p = boltzmann(&energies, t)?;
        let q = Categorical::from_weights(&[1.0; LEVELS])?;
        Ok(Self {
            energies,
            exponent,
            t,
            forward: kl::categorical(&p, &q),
            reverse: kl::categorical(&q, &p),
            entropy: [entropy::categorical(&p), entropy::categorical(&q)],
            bill: entropy::cross_categorical(&q, &p),
            mean: [mean_energy(&p, &energies), mean_energy(&q, &energies)],
            free: free_energy(&p, &energies, t),
            p,
            q,
        })
    }

    /// 10^x is right to a rounding; it is shown as the setting that it is.
    fn temperature(&self) -> Quantity {
        Quantity::exact(self.t)
    }

    fn level_axis() -> Axis {
        let names = (0..LEVELS).map(|i| (i as f64, Text::new("{n}").with("n", Quantity::exact(i as f64 + 1.0))));
        Axis::new(-0.6, LEVELS as f64 - 0.4, "level").ticks(Ticks::Named(names.collect()))
    }

    fn levels(&self) -> Panel {
        let mut panel =
            Panel::new("levels", "Drag the energy levels", Self::level_axis(), Axis::new(LOWEST, HIGHEST, "energy"));
        for (i, energy) in self.energies.into_iter().enumerate() {
            let at = i as f64;
            let points = vec![(at - 0.38, energy), (at + 0.38, energy)];
            let name = Text::new("level {n}").with("n", Quantity::exact(at + 1.0));
            panel.mark(Mark::Line { name: name.clone(), role: Role::Ink, stroke: Stroke::Bold, points });
            let id = format!("e{}", i + 1);
            panel.handle(Handle::new(id.clone(), name, Role::Ink, (at, energy)).upright(id, |(_, y)| y).swept());
        }
        // What is paid for: the way from the free energy up to the mean energy of Q.
        let (mean, free) = (self.mean[1].value, self.free.value);
        panel.mark(Mark::RuleY { role: Role::Q, at: mean });
        panel.label(Role::Q, (-0.5, mean), Place::Above, "mean energy under Q");
        panel.mark(Mark::RuleY { role: Role::P, at: free });
        let words = if free < LOWEST { Text::new("↓ free energy F = {f}") } else { Text::new("free energy F") };
        let words = words.with("f", self.free.quantity(Unit::One));
        panel.label(
            Role::P,
            (4.3, free.max(LOWEST)),
            if free < LOWEST + 0.8 { Place::Above } else { Place::Below },
            words,
        );
        panel
    }

    fn occupation(&self) -> Panel {
        let mut panel = Panel::new(
            "occupation",
            "How likely each level is",
            Self::level_axis(),
            Axis::new(0.0, 1.0, "probability"),
        );
        for (role, name, shares, shift) in [(Role::P, "P", &self.p, -0.19), (Role::Q, "Q", &self.q, 0.19)] {
            let bar = |(i, &top): (usize, &f64)| {
                let middle = i as f64 + shift;
                Bar { from: middle - 0.17, to: middle + 0.17, base: 0.0, top }
            };
            panel.mark(Mark::Bars {
                name: name.into(),
                role,
                bars: shares.probs().iter().enumerate().map(bar).collect(),
            });
        }
        let tops = self.p.probs().iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        if let Some((i, top)) = tops {
            panel.label(Role::P, (i as f64 - 0.19, *top), Place::Above, "P: Boltzmann");
        }
        // Q is the same everywhere: its name goes where P's is not.
        let likeliest = tops.map_or(0, |top| top.0);
        let away = if likeliest < LEVELS / 2 { LEVELS - 1 } else { 0 };
        let height = self.p.probs()[away].max(1.0 / LEVELS as f64);
        panel.label(Role::Q, (away as f64, height), Place::Above, "Q: uniform");
        panel
    }

    /// Both directions over the temperature, to be dragged along.
    fn curves(&self) -> Panel {
        let (mut forwards, mut reverses): (Vec<Point>, Vec<Point>) = (Vec::new(), Vec::new());
        for x in linspace(RANGE.0, RANGE.1, 97) {
            let t = 10f64.powf(x);
            let Ok(p) = boltzmann(&self.energies, t) else { continue };
            forwards.push((t, kl::categorical(&p, &self.q).value));
            reverses.push((t, kl::categorical(&self.q, &p).value));
        }
        // The reverse curve leaves it: it has no limit in the cold.
        let high = 3.0;
        let mut panel = Panel::new(
            "curves",
            "Drag the temperature",
            Axis::new(10f64.powf(RANGE.0), 10f64.powf(RANGE.1), "T").log(),
            Axis::new(0.0, high, "").unit(Unit::Nats),
        );
        // In the cold P has the lowest level alone, or shares itself evenly between those that are equally low.
        let low = self.energies.iter().copied().fold(f64::INFINITY, f64::min);
        let lowest = self.energies.iter().filter(|energy| **energy == low).count();
        let limit = (LEVELS as f64 / lowest as f64).ln();
        panel.mark(Mark::RuleY { role: Role::Muted, at: limit });
        let words = match lowest {
            1 => Text::by_unit("ln 5 nats", "log₂ 5 bits"),
            _ => Text::by_unit("ln(5/{m}) nats", "log₂(5/{m}) bits").with("m", Quantity::exact(lowest as f64)),
        };
        panel.label(Role::Muted, (40.0, limit), Place::Above, words);
        panel.mark(Mark::RuleX { role: Role::Rule, at: self.t });
        let middle = |curve: &[Point], height: f64| {
            curve.iter().copied().find(|point| point.1 <= height && point.1.is_finite()).unwrap_or((1.0, 0.0))
        };
        let (at_forward, at_reverse) = (middle(&forwards, 0.4), middle(&reverses, 0.85 * high));
        panel.line(Role::Forward, "D(P‖Q)", forwards);
        panel.line(Role::Reverse, "D(Q‖P)", reverses);
        if self.energies.iter().any(|e| *e != self.energies[0]) {
            panel.label(Role::Forward, at_forward, Place::Left, "D(P‖Q)");
            panel.label(Role::Reverse, at_reverse, Place::Right, "D(Q‖P)");
        } else {
            panel.label(Role::Ink, (0.1, 0.0), Place::Above, "levels alike: both are 0");
        }
        if self.reverse.value > high {
            let words = Text::new("{d}").with("d", self.reverse.quantity(Unit::Nats));
            panel.label(Role::Reverse, (self.t, high), Place::Left, words);
        }
        let now = vec![(self.t, self.reverse.value)];
        panel.mark(Mark::Dots { name: "now".into(), role: Role::Reverse, filled: true, points: now });
        let handle = Handle::new("t", "temperature", Role::Forward, (self.t, self.forward.value));
        panel.handle(handle.sideways("log_t", |(x, _)| x.log10()));
        panel
    }

    /// β(⟨E⟩_Q − F) less H(Q) is the divergence.
    fn bill(&self) -> Panel {
        let (bill, entropy, reverse) = (self.bill.value, self.entropy[1].value, self.reverse.value);
        let (_, high) = nice_range([0.0, bill], 0.2);
        let names = ["energy", "− entropy", "= D(Q‖P)"];
        let mut panel = Panel::new(
            "bill",
            "Energy above F, over T, less entropy leaves D(Q‖P)",
            Axis::new(-0.5, 2.5, "")
                .ticks(Ticks::Named(names.iter().enumerate().map(|(i, n)| (i as f64, (*n).into())).collect())),
            Axis::new(0.0, high, "").unit(Unit::Nats),
        );
        for (at, role, name, base, top, answer) in [
            (0.0, Role::P, "β(⟨E⟩ − F)", 0.0, bill, &self.bill),
            (1.0, Role::Q, "H(Q)", bill - entropy, bill, &self.entropy[1]),
            (2.0, Role::Reverse, "D(Q‖P)", 0.0, reverse, &self.reverse),
        ] {
            let bars = vec![Bar { from: at - 0.3, to: at + 0.3, base, top }];
            panel.mark(Mark::Bars { name: name.into(), role, bars });
            // A tiny rest is a long number; it stands among the readouts.
            if answer.value == 0.0 || answer.value > 0.002 * high {
                let words = Text::new("{v}").with("v", answer.quantity(Unit::Nats));
                panel.label(role, (at, top), Place::Above, words);
            }
        }
        // What is left carries over from bar to bar.
        panel.fine(Role::Muted, "the whole", vec![(0.3, bill), (0.7, bill)]);
        panel.fine(Role::Muted, "the rest", vec![(1.3, reverse), (1.7, reverse)]);
        panel
    }

    fn readouts(&self) -> Vec<Readout> {
        const BILL: &str = "The energy bill";
        const MEANS: &str = "Energies";
        vec![
            Readout::new("forward", "D(P‖Q)", &self.forward, Unit::Nats, Role::Forward)
                .computes(Request::kl(&self.p, &self.q)),
            Readout::new("reverse", "D(Q‖P)", &self.reverse, Unit::Nats, Role::Reverse)
                .computes(Request::kl(&self.q, &self.p)),
            // A setting, and so by no method.
            Readout::plain("t", "temperature T", self.temperature(), Role::P),
            Readout::new("bill", "Q’s energy above F, over T", &self.bill, Unit::Nats, Role::P).under(BILL),
            Readout::new("entropy", "less the entropy H(Q)", &self.entropy[1], Unit::Nats, Role::Q).under(BILL),
            Readout::new("energy_p", "mean energy under P", &self.mean[0], Unit::One, Role::P).under(MEANS),
            Readout::new("energy_q", "mean energy under Q", &self.mean[1], Unit::One, Role::Q).under(MEANS),
            Readout::new("free_energy", "free energy F = −T ln Z", &self.free, Unit::One, Role::P).under(MEANS),
        ]
    }

    fn goals(&self) -> Vec<Goal> {
        let apart = self.energies.iter().any(|e| *e != self.energies[0]);
        let surely = self.forward.value - self.reverse.value > self.reverse.error + self.forward.error;
        vec![
            Goal::new("forward", "Drag the levels so that D(P‖Q) becomes the larger one.", surely),
            Goal::new(
                "cold-and-close",
                Text::new("Bring D(P‖Q) below {d} at a temperature of at most 1, without making all levels equal.")
                    .with("d", Quantity::nats(0.01)),
                self.exponent <= 0.0 && self.forward.value < 0.01 && apart,
            ),
        ]
    }

    fn formulas(&self) -> Vec<Formula> {
        let nats = |answer: &Answer| Math::from(answer.quantity(Unit::Nats));
        let word = |of: &'static str, role| Math::Words(of.into()).colored(role);
        let energy = || Math::index(Math::Words("⟨E⟩".into()), "Q");
        let beta = Quantity::rounded(1.0 / self.t);
        let above = |of: Math| Math::from(["(".into(), of, "−".into(), "F".into(), ")".into()]);
        vec![
            Formula::new(
                "Boltzmann’s distribution and its free energy F",
                [
                    Math::index("p", "i"),
                    "=".into(),
                    Math::power("e", Math::from(["−".into(), "β".into(), above(Math::index("E", "i"))])),
                    ",".into(),
                    "β".into(),
                    "=".into(),
                    Math::fraction(Quantity::exact(1.0), "T"),
                    "=".into(),
                    beta.into(),
                    ",".into(),
                    "F".into(),
                    "=".into(),
                    self.free.quantity(Unit::One).into(),
                ],
            ),
            Formula::new(
                "The energy bill",
                [
                    word("D(Q‖P)", Role::Reverse),
                    "=".into(),
                    Math::of_nats(["β".into(), above(energy())]),
                    "−".into(),
                    word("H(Q)", Role::Q),
                    "=".into(),
                    nats(&self.bill).colored(Role::P),
                    "−".into(),
                    nats(&self.entropy[1]).colored(Role::Q),
                    "=".into(),
                    nats(&self.reverse).colored(Role::Reverse),
                ],
            ),
            Formula::new(
                "The other way: what P’s entropy lacks to the most it can be",
                [
                    word("D(P‖Q)", Role::Forward),
                    "=".into(),
                    "ln".into(),
                    Quantity::exact(LEVELS as f64).into(),
                    "−".into(),
                    word("H(P)", Role::P),
                    "=".into(),
                    nats(&self.entropy[1]).colored(Role::Q),
                    "−".into(),
                    nats(&self.entropy[0]).colored(Role::P),
                    "=".into(),
                    nats(&self.forward).colored(Role::Forward),
                ],
            ),
        ]
    }
}

fn presets() -> Vec<Preset> {
    let levels = |id, label: &'static str, log_t: f64, e: [f64; LEVELS]| {
        Preset::new(
            id,
            label,
            &[("log_t", log_t), ("e1", e[0]), ("e2", e[1]), ("e3", e[2]), ("e4", e[3]), ("e5", e[4])],
        )
    };
    let ladder = [0.0, 1.0, 2.0, 3.0, 4.0];
    vec![
        levels("ladder", "A ladder at T = 1", 0.0, ladder),
        levels("hot", "Hot", 2.0, ladder),
        levels("cold", "Cold", -1.0, ladder),
        levels("ground", "One low level", 0.0, [0.0, 1.0, 1.0, 1.0, 1.0]),
        levels("outlier", "One high level", 0.0, [0.0, 0.0, 0.0, 0.0, 6.0]),
        levels("flat", "All levels alike", 0.0, [1.0; LEVELS]),
    ]
}

fn questions() -> Vec<Question> {
    vec![
        Question::new(
            "cold",
            "The ladder is cooled towards T = 0. What do D(P‖Q) and D(Q‖P) tend to?",
            &[("log_t", -1.0)],
            &[
                (
                    "both-infinite",
                    "both to infinity",
                    "P ends up certain of the lowest level. Q gives that level ⅕, so D(P‖Q) is only the log of 5.",
                ),
                (
                    "one",
                    "D(P‖Q) to {ln5}, D(Q‖P) to infinity",
                    "Yes. P ends on one level, to which Q gives ⅕; Q goes on visiting levels that P rules out.",
                ),
                (
                    "zero",
                    "both to zero",
                    "That is what heat does: it makes all levels equally likely, as Q has them. Cold does the opposite.",
                ),
            ],
            "one",
        )
        .telling("ln5", Quantity::rounded((LEVELS as f64).ln()).unit(Unit::Nats)),
        Question::new(
            "hot",
            "The temperature is raised tenfold from T = 10 to T = 100. By what factor does D(P‖Q) fall, about?",
            &[("log_t", 1.0)],
            &[
                ("ten", "10", "P comes ten times as near to Q, but near equality D goes with the square of the difference."),
                ("hundred", "100", "Yes: P approaches Q like 1/T, and D falls like the square of that, 1/T²."),
                (
                    "exponential",
                    "e⁹, for Boltzmann has an exponential",
                    "When E/T is small, e^(−E/T) is nearly 1 − E/T: straight.",
                ),
            ],
            "hundred",
        ),
    ]
}
