//! Evidence: how big is a nat? What one observation adds, on average, to the case for P against Q.

mod runs;

use self::runs::{Run, counts, passes, runs, standing};
use crate::dist::bernoulli::Bernoulli;
use crate::divergence::{Answer, Request};
use crate::error::Result;
use crate::figure::{Axis, Figure, Handle, Mark, Panel, Place, Point, Role, Row, Ticks};
use crate::quantity::{LN_2, Quantity, Unit};
use crate::scene::{Controls, Formula, Goal, Math, Preset, Question, Readout, Scene, View};
use crate::text::Text;
use crate::topics::evidence::{Evidence, model, odds};

/// The scene.
pub const SCENE: Scene = Scene {
    id: "evidence",
    title: "How big is a nat?",
    about: "Each observation from P adds D(P‖Q) to the evidence for P on average, and about 3 nats of evidence turn even odds into 20\u{a0}:\u{a0}1.",
    view,
};

/// Observations in a run, and runs.
const LENGTH: u32 = 400;
const RUNS: usize = 30;
/// The odds to be reached: one in twenty is the customary risk of being misled.
const ODDS: f64 = 20.0;
/// The evidence that is shown, in nats.
const EVIDENCE: (f64, f64) = (-5.0, 12.0);
/// The observations on the ruler.
const RULER: (f64, f64) = (1.0, 10_000.0);
/// How many observations are seen while a question is open.
const GLIMPSE: usize = 20;

fn view(c: &mut Controls<'_>) -> Result<View> {
    c.group("True coin P", Role::P);
    let p = c.stepped("p", "heads under P", 0.0..=1.0, 0.01, 0.6);
    c.group("Model coin Q", Role::Q);
    let q = c.stepped("q", "heads under Q", 0.0..=1.0, 0.01, 0.5);
    c.group("Observations", Role::Ink);
    // A run passes through the shown part in some ten seconds, whatever that part is.
    let shown = c.choice("shown", "shown", &[("20", "first 20"), ("100", "first 100"), ("400", "all 400")], "400");
    let shown: u32 = shown.parse().unwrap_or(LENGTH);
    let n = c.steps("n", "observations so far", LENGTH, LENGTH, f64::from(shown) / 10.0);
    let seed = c.seed("seed", "runs drawn anew");
    let (p, q) = (Bernoulli::new(p)?, Bernoulli::new(q)?);
    let case = Case(Evidence::new(p, q));
    let runs = runs(&p, seed);

    let rows = if c.asked() {
        vec![Row::new(250.0, vec![case.climb(&runs[..1], n.min(GLIMPSE), shown, true)])]
    } else {
        let climb = case.climb(&runs, n, shown, false);
        vec![Row::new(270.0, vec![climb]), Row::new(106.0, vec![case.ruler(&runs, n)])]
    };
    let heads = runs[0][n];
    let so_far = case.0.of(counts(n, heads));
    Ok(View {
        figure: Figure { rows },
        description: case.description(n, &so_far),
        formulas: case.formulas(n, heads, &so_far),
        goals: case.goals(),
        readouts: case.readouts(&runs, n, &so_far),
        presets: presets(),
        questions: questions(),
        counts_in: None,
    })
}

/// The case of P against Q.
struct Case(Evidence);

impl Case {
    fn description(&self, n: usize, so_far: &Answer) -> Text {
        let tosses = self.0.tosses(ODDS);
        let words = match (self.0.divergence.value, self.0.settling()) {
            (0.0, _) => Text::new("No number of observations tells P from Q: they are the same coin, and D(P‖Q) is 0."),
            (_, Some(_)) if tosses.value == 1.0 => {
                Text::new("D(P‖Q) is infinite: the first observation settles it. This run stands at {e} after {k}.")
            }
            (_, Some((side, _))) => Text::new(
                "D(P‖Q) is infinite: the first {side}, after {n} observations on average, settles it. This run stands at {e} after {k}.",
            )
            .with("side", Text::new(side)),
            _ if tosses.value == 1.0 => Text::new(
                "After one observation the average evidence has reached 20\u{a0}:\u{a0}1: each from P adds {d}. This run stands at {e} after {k}.",
            ),
            _ => Text::new(
                "After {n} observations the average evidence has reached 20\u{a0}:\u{a0}1: each from P adds {d}. This run stands at {e} after {k}.",
            ),
        };
        words
            .with("n", tosses.quantity(Unit::Count))
            .with("d", self.0.divergence.quantity(Unit::Nats))
            .with("e", so_far.quantity(Unit::Nats))
            .with("k", Quantity::exact(n as f64))
    }

    /// The evidence of all runs against the number of observations, and its average.
    fn climb(&self, runs: &[Run], n: usize, shown: u32, asked: bool) -> Panel {
        let last = f64::from(shown);
        let mut panel = Panel::new(
            "climb",
            if asked { "The first observations of a run" } else { "The steeper, the sooner: drag the slope" },
            Axis::new(0.0, last, "observations from P"),
            Axis::new(EVIDENCE.0, EVIDENCE.1, Text::by_unit("evidence ln(P/Q)", "evidence log₂(P/Q)")).unit(Unit::Nats),
        );
        let end = n.min(shown as usize);
        // A hundred points show a run of the crowd; the one that is watched is shown whole.
        let path = |run: &Run, stride: usize| -> Vec<Point> {
            let places = (0..=end).filter(|k| k % stride == 0 || *k == end);
            places.map(|k| (k as f64, standing(&self.0, run, k))).collect()
        };
        for (i, run) in runs.iter().enumerate().skip(1) {
            let name = Text::new("run {i}").with("i", Quantity::exact((i + 1) as f64));
            panel.hair(Role::P, name, path(run, (shown as usize / 100).max(1)));
        }
        for (role, at, place, words) in [
            (Role::P, ODDS.ln(), Place::Above, "20\u{a0}:\u{a0}1 for P"),
            (Role::Q, -ODDS.ln(), Place::Below, "20\u{a0}:\u{a0}1 for Q"),
        ] {
            panel.mark(Mark::RuleY { role, at });
            panel.label(role, (last, at), place, words);
        }
        if let Some(run) = runs.first() {
            panel.fine(Role::P, "run 1", path(run, 1));
            let points = vec![(end as f64, standing(&self.0, run, end))];
            panel.mark(Mark::Dots { name: "now".into(), role: Role::P, filled: true, points });
        }
        if !asked {
            self.slope(&mut panel, last);
        }
        panel
    }

    /// The average climb, and the handle that turns it.
    fn slope(&self, panel: &mut Panel, last: f64) {
        let d = self.0.divergence.value;
        let (x, y) = if d.is_finite() {
            let x = (0.8 * last).min(0.72 * EVIDENCE.1 / d);
            panel.line(Role::Forward, "n · D(P‖Q)", vec![(0.0, 0.0), (last, d * last)]);
            (x, d * x)
        } else {
            (0.0, 0.72 * EVIDENCE.1)
        };
        let words = match d.is_finite() {
            true => Text::new("slope D(P‖Q) = {d}").with("d", self.0.divergence.quantity(Unit::Nats)),
            false => Text::new("D(P‖Q) = ∞: one outcome settles it"),
        };
        // Beside the handle, where the line does not go.
        let (at, place) = match x < 0.5 * last {
            true => ((x + 0.02 * last, y), Place::Right),
            false => ((x, y - 0.5), Place::Below),
        };
        panel.label(Role::Forward, at, place, words);
        let (p, q) = (self.0.p, self.0.q);
        let handle = Handle::new("slope", "slope of the evidence", Role::Forward, (x, y));
        panel.handle(handle.upright("q", move |(x, y)| model(&p, &q, y.max(0.0) / x)));
    }

    /// When each run had 20\u{a0}:\u{a0}1 odds, beside ln 20 / D, on a ruler of divergences.
    fn ruler(&self, runs: &[Run], n: usize) -> Panel {
        let mut panel = Panel::new(
            "ruler",
            "Observations until the odds are 20\u{a0}:\u{a0}1",
            Axis::new(RULER.0, RULER.1, "observations").log(),
            Axis::new(0.0, 1.0, "").ticks(Ticks::None),
        );
        for d in [1.0, 0.1, 0.01, 0.001] {
            let at = ODDS.ln() / d;
            panel.mark(Mark::RuleX { role: Role::Rule, at });
            panel.label(Role::Muted, (at, 1.0), Place::Below, Text::new("{d}").with("d", Quantity::nats(d)));
        }
        let spread = |i: usize| 0.06 + 0.36 * i as f64 / RUNS as f64;
        let dots = runs.iter().enumerate().filter_map(|(i, run)| Some((passes(&self.0, run, n)? as f64, spread(i))));
        panel.mark(Mark::Dots { name: "a run".into(), role: Role::P, filled: false, points: dots.collect() });
        let expected = self.0.tosses(ODDS);
        let d = self.0.divergence.value;
        let at = if d.is_finite() { ODDS.ln() / d } else { expected.value };
        panel.mark(Mark::RuleX { role: Role::Forward, at });
        let words = match (d, self.0.settling()) {
            (0.0, _) => Text::new("{d} → never"),
            (_, Some((side, _))) => Text::new("the first {side} → {n}").with("side", Text::new(side)),
            _ => Text::new("{d} → {n}"),
        };
        let words = words.with("d", self.0.divergence.quantity(Unit::Nats)).with("n", expected.quantity(Unit::Count));
        // Beside the handle, on the side where there is more room.
        let (place, beside) = if at < 100.0 { (Place::Right, 1.1 * at) } else { (Place::Left, at.min(RULER.1) / 1.1) };
        panel.label(Role::Forward, (beside, 0.6), place, words);
        let (p, q) = (self.0.p, self.0.q);
        let handle = Handle::new("ruler", "observations to 20\u{a0}:\u{a0}1", Role::Forward, (at, 0.6));
        panel.handle(handle.sideways("q", move |(x, _)| model(&p, &q, ODDS.ln() / x)));
        panel
    }

    fn readouts(&self, runs: &[Run], n: usize, so_far: &Answer) -> Vec<Readout> {
        const RUN: &str = "The run you watch";
        const ALL: &str = "All 30 runs";
        let count = |v: usize| Quantity::exact(v as f64).unit(Unit::Count);
        let times = |scale: f64| {
            let d = &self.0.divergence;
            Answer { value: scale * d.value, error: 1.01 * scale * d.error, ..d.clone() }
        };
        let passed = runs.iter().filter(|run| passes(&self.0, run, n).is_some()).count();
        let misled = runs.iter().filter(|run| self.0.misleads(counts(n, run[n]), ODDS)).count();
        let expected = match (self.0.divergence.value, self.0.settling()) {
            (0.0, _) => Text::new("observations until the average is 20\u{a0}:\u{a0}1: never"),
            (_, Some((side, _))) => {
                Text::new("observations to the first {side}, on average").with("side", Text::new(side))
            }
            _ => Text::new("observations until the average is 20\u{a0}:\u{a0}1"),
        };
        let mut all = vec![
            Readout::new("forward", "D(P‖Q): gain per observation", &self.0.divergence, Unit::Nats, Role::Forward)
                .computes(Request::kl(&self.0.p, &self.0.q)),
            Readout::new("observations", expected, &self.0.tosses(ODDS), Unit::Count, Role::Ink),
            Readout::new("extra-bits", "extra bits in 1000 symbols", &times(1000.0 / LN_2), Unit::Bits, Role::Ink),
            Readout::new("evidence", "evidence so far", so_far, Unit::Nats, Role::P).under(RUN),
            Readout::new("odds", "odds for P, to 1, if even before", &odds(so_far), Unit::One, Role::P).under(RUN),
        ];
        if n > 0 {
            let [value, error] = [so_far.value, so_far.error].map(|v| v / n as f64);
            let average = Answer { value, error, ..so_far.clone() };
            all.push(Readout::new("average", "average gain in this run", &average, Unit::Nats, Role::P).under(RUN));
        }
        all.push(Readout::plain("passed", "have had 20\u{a0}:\u{a0}1 for P", count(passed), Role::P).under(ALL));
        all.push(Readout::plain("misled", "stand at 20\u{a0}:\u{a0}1 for Q", count(misled), Role::Q).under(ALL));
        all
    }

    fn goals(&self) -> Vec<Goal> {
        let goal = |id, words: &'static str, target: f64| {
            let near = (self.0.divergence.value - target).abs() <= 0.1 * target;
            Goal::new(id, Text::new(words).with("d", Quantity::nats(target)), near)
        };
        vec![
            goal("hundredth", "Turn the slope until D is about {d} (within a tenth).", 0.01),
            goal("tenth", "Now make D about {d}. How much sooner do the runs reach 20\u{a0}:\u{a0}1?", 0.1),
            goal("one", "Now about {d}. Could you tell the two coins apart by hand?", 1.0),
        ]
    }

    fn formulas(&self, n: usize, heads: u32, so_far: &Answer) -> Vec<Formula> {
        let [tails, _] = counts(n, heads);
        let seen = [(heads, self.0.gains[1]), (tails, self.0.gains[0])];
        let ratio = |over: Math, under: Math| Math::from(["ln".into(), Math::fraction(over, under)]);
        let less = |symbol: &'static str| Math::from([Quantity::exact(1.0).into(), "−".into(), symbol.into()]);
        let mut with_numbers: Vec<Math> = Vec::new();
        for (count, gain) in seen.into_iter().filter(|(count, _)| *count > 0) {
            if !with_numbers.is_empty() {
                with_numbers.push("+".into());
            }
            // It is multiplied by hundreds, and the product has to agree with what is told.
            let gain = Math::from(Quantity::rounded(gain).unit(Unit::Nats).finer().finer());
            with_numbers.extend([Quantity::exact(f64::from(count)).into(), "·".into(), "(".into(), gain, ")".into()]);
        }
        let mut evidence: Vec<Math> = vec![
            Math::Words("heads".into()),
            "·".into(),
            ratio("p".into(), "q".into()),
            "+".into(),
            Math::Words("tails".into()),
            "·".into(),
            ratio(less("p"), less("q")),
            "=".into(),
        ];
        if !with_numbers.is_empty() {
            evidence.extend(with_numbers);
            evidence.push("=".into());
        }
        evidence.push(Math::from(so_far.quantity(Unit::Nats)).colored(Role::P));
        let d = || Math::Words("D(P‖Q)".into()).colored(Role::Forward);
        let mut all = vec![Formula::new("Evidence so far", evidence)];
        if self.0.divergence.value.is_finite() && self.0.divergence.value > 0.0 {
            let threshold = Quantity::rounded(ODDS.ln()).unit(Unit::Nats).finer();
            let twenty = Math::from(["ln".into(), Quantity::exact(ODDS).into()]);
            let divergence = self.0.divergence.quantity(Unit::Nats).finer().finer().finer();
            let numbers = Math::fraction(threshold, divergence);
            let expected = self.0.tosses(ODDS).quantity(Unit::Count);
            let quotient = Quantity::rounded(ODDS.ln() / self.0.divergence.value);
            let mut parts = vec![Math::fraction(twenty, d()), "=".into(), numbers, "=".into(), quotient.into()];
            // Rounded up, for one observation fewer would not do.
            if (quotient.value - expected.value).abs() > quotient.error {
                parts.extend(["≤".into(), expected.into()]);
            }
            all.push(Formula::new("Observations until the average is 20\u{a0}:\u{a0}1", parts));
        }
        all
    }
}

fn presets() -> Vec<Preset> {
    vec![
        Preset::new("loaded", "A slightly loaded coin", &[("p", 0.6), ("q", 0.5)]),
        Preset::new("spam", "A word in spam", &[("p", 0.4), ("q", 0.05)]).with("shown", "100"),
        Preset::new("defects", "Twice as many defects", &[("p", 0.02), ("q", 0.01)]),
        Preset::new("ruled-out", "Q rules it out", &[("p", 0.15), ("q", 0.0)]).with("shown", "20"),
        Preset::new("same", "The same coin", &[("p", 0.6), ("q", 0.6)]),
    ]
}

fn questions() -> Vec<Question> {
    const LOADED: [(&str, f64); 2] = [("p", 0.6), ("q", 0.5)];
    // D of these two coins, so many times: ln 2 − H(0.6).
    let loaded = |times: f64| Quantity::rounded(times * (0.6 * 1.2f64.ln() + 0.4 * 0.8f64.ln())).unit(Unit::Nats);
    vec![
        Question::new(
            "how-many",
            "A coin gives heads 60 % of the time, or it is fair; at first one is as likely as the other. In truth it is the first. About how many tosses until the odds are 20\u{a0}:\u{a0}1 for that?",
            &LOADED,
            &[
                (
                    "15",
                    "15",
                    "Fifteen tosses of a fair coin give 60 % heads or more about three times in ten: hardly any evidence yet.",
                ),
                ("50", "50", "Fifty bring 50 times D on average, which is {fifty}: odds of 2.7\u{a0}:\u{a0}1."),
                ("150", "150", "Yes: odds of 20\u{a0}:\u{a0}1 are {goal}, and a toss brings {d} on average. That makes 149."),
                ("1000", "1000", "That many bring {thousand} on average, odds of over 550 million to one: far more than asked for."),
            ],
            "150",
        )
        .telling("goal", Quantity::rounded(ODDS.ln()).unit(Unit::Nats))
        .telling("fifty", loaded(50.0))
        .telling("thousand", loaded(1000.0))
        .telling("d", loaded(1.0)),
        Question::new(
            "five-times",
            "Suppose Q were changed so that D(P‖Q) is five times as large. About how many observations would 20\u{a0}:\u{a0}1 take?",
            &LOADED,
            &[
                (
                    "fifth",
                    "a fifth as many",
                    "Yes. Each observation adds D on average: with five times the slope it takes about a fifth of the observations.",
                ),
                (
                    "twenty-fifth",
                    "a twenty-fifth as many",
                    "D grows about like the square of the coins’ difference. But here D itself is made five times larger.",
                ),
                (
                    "same",
                    "as many: the odds are still 20\u{a0}:\u{a0}1",
                    "The goal is the same, but the steps towards it are five times as long on average.",
                ),
            ],
            "fifth",
        ),
    ]
}
