//! Two fits: one target, one Gaussian to fit it, and what each direction of the divergence makes of that.

use crate::dist::mixture::{Component, Mixture};
use crate::dist::normal::Normal;
use crate::divergence::mixture::{MixtureDivergences, divergences};
use crate::figure::{Axis, Figure, Handle, Mark, Panel, Place, Point, Role, Row, Stroke, linspace, nice_range};
use crate::fit::forward::{ForwardFit, forward};
use crate::fit::reverse::{Kind, Stationary, reverse};
use crate::numeric::tolerance::AT_REST;
use crate::quantity::{Quantity, Unit};
use crate::scene::{Controls, Formula, Goal, Math, Preset, Question, Readout, Scene, View};
use crate::text::Text;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "two-fits",
    title: "Two fits",
    about: "One Gaussian cannot be two modes. Forward divergence makes it cover both; reverse divergence often makes it choose one.",
    view,
};

/// The part of the x axis that is shown.
const SHOWN: (f64, f64) = (-8.0, 8.0);
/// The modes' default settings: weight, mean, sd.
const MODES: [(f64, f64, f64); 4] = [(0.5, -2.0, 0.6), (0.5, 2.0, 0.6), (0.5, 5.0, 0.6), (0.5, -5.0, 0.6)];

/// Both fits of the target.
struct Fits {
    forward: ForwardFit,
    /// Every minimum of the reverse divergence, best first.
    reverse: Vec<Stationary>,
}

fn view(c: &mut Controls<'_>) -> View {
    let modes = target(c);
    c.group("Your Q", Role::Q);
    let q_mean = c.stepped("q_mean", "mean of Q", -6.0..=6.0, 0.05, 0.5);
    let q_sd = c.stepped("q_sd", "sd of Q", 0.2..=5.0, 0.05, 1.0);
    let Some((p, q, model)) = distributions(&modes, q_mean, q_sd) else { return View::default() };
    let Ok(forward) = forward(&p, AT_REST) else { return View::default() };
    let reverse = reverse(&p).into_iter().filter(|point| point.kind == Kind::Minimum).collect();
    let fits = Fits { forward, reverse };
    let live = divergences(&p, &model, AT_REST);

    let panel = densities(&modes, &p, &q, (!c.asked()).then_some(&fits));
    View {
        figure: Figure { rows: vec![Row::new(330.0, vec![panel])] },
        description: Text::new(
            "Your Q: D(P‖Q) is {forward}, D(Q‖P) {reverse}. The best are {best} and {best_reverse}.",
        )
        .with("forward", live.forward.quantity(Unit::Nats))
        .with("reverse", live.reverse.quantity(Unit::Nats))
        .with("best", fits.forward.value.quantity(Unit::Nats))
        .with("best_reverse", fits.best_reverse().map_or(Quantity::exact(0.0), |r| r.value.quantity(Unit::Nats))),
        formulas: formulas(&p, &fits.forward),
        goals: fits.goals(&live),
        readouts: fits.readouts(&live),
        presets: presets(),
        questions: questions(),
    }
}

fn distributions(modes: &[Component], q_mean: f64, q_sd: f64) -> Option<(Mixture, Normal, Mixture)> {
    let q = Normal::new(q_mean, q_sd).ok()?;
    Some((Mixture::new(modes).ok()?, q, Mixture::of_normal(&q).ok()?))
}

/// The target's modes; those that are not in use keep their settings.
fn target(c: &mut Controls<'_>) -> Vec<Component> {
    c.group("Target P", Role::P);
    let count = c.count("modes", "modes", 1..=4, 2);
    let mut modes = Vec::with_capacity(count);
    for (i, (weight, mean, sd)) in MODES.into_iter().enumerate() {
        let number = i + 1;
        let label = |words| Text::new(words).with("n", Quantity::exact(number as f64));
        c.active(i < count);
        c.group(label("Mode {n} of P"), Role::P);
        let mode = Component {
            weight: c.stepped(format!("p{number}_weight"), label("weight of mode {n}"), 0.05..=1.0, 0.05, weight),
            mean: c.stepped(format!("p{number}_mean"), label("mean of mode {n}"), -6.0..=6.0, 0.05, mean),
            sd: c.stepped(format!("p{number}_sd"), label("sd of mode {n}"), 0.2..=3.0, 0.05, sd),
        };
        if i < count {
            modes.push(mode);
        }
    }
    c.active(true);
    modes
}

/// One mode's share of the target's density.
fn share(mode: &Component, total: f64, x: f64) -> f64 {
    Normal::new(mode.mean, mode.sd).map_or(0.0, |bell| mode.weight / total * bell.pdf(x))
}

/// The points where something may bend: a grid over the panel, and a finer one where a bell is narrow.
fn grid<'a>(bells: impl Iterator<Item = (f64, f64)> + 'a) -> Vec<f64> {
    let mut xs: Vec<f64> = linspace(SHOWN.0, SHOWN.1, 321).collect();
    for (mean, sd) in bells.filter(|(_, sd)| *sd < 0.8) {
        xs.extend(linspace(mean - 4.0 * sd, mean + 4.0 * sd, 81));
    }
    xs.retain(|x| (SHOWN.0..=SHOWN.1).contains(x));
    xs.sort_by(f64::total_cmp);
    xs.dedup();
    xs
}

fn densities(modes: &[Component], p: &Mixture, q: &Normal, fits: Option<&Fits>) -> Panel {
    let fitted = fits.into_iter().flat_map(Fits::bells);
    let bells: Vec<(Role, Stroke, Text, f64, f64)> = fitted.collect();
    let widths = modes.iter().map(|m| (m.mean, m.sd)).chain([(q.mean(), q.sd())]);
    let xs = grid(widths.chain(bells.iter().map(|b| (b.3, b.4))));
    let target: Vec<Point> = xs.iter().map(|&x| (x, p.pdf(x))).collect();
    let bell = |mean: f64, sd: f64| -> Vec<Point> {
        Normal::new(mean, sd).map_or(Vec::new(), |n| xs.iter().map(|&x| (x, n.pdf(x))).collect())
    };
    let highest = target.iter().map(|v| v.1).fold(q.pdf(q.mean()), f64::max);
    // Fits to narrow modes are tall; past some height they may leave the panel rather than flatten P.
    let fitted = bells.iter().map(|b| (0.4 / b.4).min(2.2 * highest));
    let (_, high) = nice_range(fitted.chain([0.0, 0.35, highest]), 0.12);
    let mut panel = Panel::new(
        "densities",
        "Drag the modes of P, or Q onto its best place",
        Axis::new(SHOWN.0, SHOWN.1, "x"),
        Axis::new(0.0, high, "density"),
    );
    panel.area(Role::P, "P", target.clone());
    panel.line(Role::P, "P", target);
    for (role, stroke, name, mean, sd) in bells {
        let points = bell(mean, sd);
        let y = |x: f64| Normal::new(mean, sd).map_or(0.0, |n| n.pdf(x));
        // The forward fit is broad: its flank is free when its peak is not.
        let flank = if mean + 2.0 * sd < SHOWN.1 - 1.0 { mean + 2.0 * sd } else { mean - 2.0 * sd };
        let (x, place) = if role == Role::Forward { (flank, Place::Above) } else { (mean, Place::Above) };
        panel.mark(Mark::Line { name: name.clone(), role, stroke, points });
        panel.label(role, (x, y(x).min(0.99 * high)), place, name);
    }
    panel.line(Role::Q, "Q", bell(q.mean(), q.sd()));
    panel.label(Role::Q, (q.mean() + q.sd(), q.pdf(q.mean() + q.sd())), Place::Right, "Q");
    grips(&mut panel, modes, q);
    panel
}

/// Each mode's peak sets its mean and weight, its side its sd; so does Q's, without a weight.
fn grips(panel: &mut Panel, modes: &[Component], q: &Normal) {
    let total: f64 = modes.iter().map(|m| m.weight).sum();
    for (i, mode) in modes.iter().enumerate() {
        let number = i + 1;
        let label = |words| Text::new(words).with("n", Quantity::exact(number as f64));
        let (mean, sd, rest) = (mode.mean, mode.sd, total - mode.weight);
        let whole = share(mode, mode.weight, mean);
        let peak = Handle::new(format!("p{number}"), label("mode {n} of P"), Role::P, (mean, share(mode, total, mean)))
            .sideways(format!("p{number}_mean"), |(x, _)| x);
        // A lone mode has all the weight, whatever it is called.
        let peak = match rest > 0.0 {
            true => peak.upright(format!("p{number}_weight"), move |(_, y)| weight(y / whole, rest)),
            false => peak,
        };
        panel.handle(peak);
        let away = if mean > 0.0 { 1.0 } else { -1.0 };
        let side = (mean + away * sd, share(mode, total, mean + away * sd));
        panel.handle(
            Handle::new(format!("p{number}-sd"), label("sd of mode {n} of P"), Role::P, side)
                .sideways(format!("p{number}_sd"), move |(x, _)| away * (x - mean)),
        );
    }
    let (mean, sd) = (q.mean(), q.sd());
    panel.handle(Handle::new("q", "Q: mean", Role::Q, (mean, q.pdf(mean))).sideways("q_mean", |(x, _)| x));
    panel.handle(
        Handle::new("q-sd", "Q: sd", Role::Q, (mean + sd, q.pdf(mean + sd)))
            .sideways("q_sd", move |(x, _)| (x - mean).abs()),
    );
}

/// The weight that makes up `part` of the whole beside weights that add up to `rest`.
fn weight(part: f64, rest: f64) -> f64 {
    if part < 1.0 { rest * part / (1.0 - part) } else { f64::INFINITY }
}

impl Fits {
    fn best_reverse(&self) -> Option<&Stationary> {
        self.reverse.first()
    }

    /// Whether a minimum is as good as the best: a symmetric target has two.
    fn is_best(&self, point: &Stationary) -> bool {
        self.best_reverse()
            .is_some_and(|best| point.value.value - best.value.value <= 1e-9 + point.value.error + best.value.error)
    }

    /// Role, stroke, name, mean and sd of every fitted bell; the forward fit first.
    fn bells(&self) -> Vec<(Role, Stroke, Text, f64, f64)> {
        let best = &self.forward.normal;
        let forward = (Role::Forward, Stroke::Bold, Text::new("forward fit"), best.mean(), best.sd());
        let reverse = self.reverse.iter().map(|r| match self.is_best(r) {
            true => (Role::Reverse, Stroke::Bold, Text::new("reverse fit"), r.mean, r.sd),
            false => (Role::Reverse, Stroke::Fine, Text::new("local minimum"), r.mean, r.sd),
        });
        std::iter::once(forward).chain(reverse).collect()
    }

    fn readouts(&self, live: &MixtureDivergences) -> Vec<Readout> {
        let mut all = vec![
            Readout::new("forward", "D(P‖Q)", &live.forward, Unit::Nats, Role::Forward),
            Readout::new("reverse", "D(Q‖P)", &live.reverse, Unit::Nats, Role::Reverse),
        ];
        let best = &self.forward.normal;
        let heading = "Best forward fit";
        for (id, label, value) in [("forward_fit_mean", "mean", best.mean()), ("forward_fit_sd", "sd", best.sd())] {
            // Moments of a few components: right to a few roundings of the spread.
            let quantity = Quantity::bounded(value, 1e-13 * (value.abs() + best.sd()));
            all.push(Readout::plain(id, label, quantity, Role::Forward).under(heading));
        }
        let value = &self.forward.value;
        all.push(Readout::new("forward_fit", "D(P‖Q)", value, Unit::Nats, Role::Forward).under(heading));
        for (i, point) in self.reverse.iter().enumerate() {
            let number = i + 1;
            let heading = if self.is_best(point) { "Best reverse fit {n}" } else { "Local reverse minimum {n}" };
            let heading = Text::new(heading).with("n", Quantity::exact(number as f64));
            for (id, label, value) in [("mean", "mean", point.mean), ("sd", "sd", point.sd)] {
                let quantity = Quantity::bounded(value, point.precision * point.sd);
                let id = format!("reverse_fit_{number}_{id}");
                all.push(Readout::plain(id, label, quantity, Role::Reverse).under(heading.clone()));
            }
            let id = format!("reverse_fit_{number}");
            all.push(Readout::new(id, "D(Q‖P)", &point.value, Unit::Nats, Role::Reverse).under(heading));
        }
        all
    }

    fn goals(&self, live: &MixtureDivergences) -> Vec<Goal> {
        let near = |value: f64, best: f64| value - best < 0.01;
        let reverse = self.reverse.iter().any(|r| near(live.reverse.value, r.value.value));
        vec![
            Goal::new(
                "forward",
                "Be the optimiser: bring D(P‖Q) within 0.01 nats of the best.",
                near(live.forward.value, self.forward.value.value),
            ),
            Goal::new("reverse", "Find a place where D(Q‖P) is within 0.01 nats of a minimum.", reverse),
        ]
    }
}

/// The forward fit is a match of moments.
fn formulas(p: &Mixture, fit: &ForwardFit) -> Vec<Formula> {
    let number = |v: f64| Math::from(Quantity::bounded(v, 1e-13 * (v.abs() + fit.normal.sd())));
    let sum = |term: &dyn Fn(&Component) -> Math| {
        let mut parts: Vec<Math> = Vec::new();
        for mode in p.components() {
            if !parts.is_empty() {
                parts.push("+".into());
            }
            parts.push(term(mode));
        }
        Math::from(parts)
    };
    let signed = |v: f64| if v < 0.0 { Math::from(["(".into(), number(v), ")".into()]) } else { number(v) };
    let square = |m: Math| Math::power(m, Quantity::exact(2.0));
    let of = |symbol: &'static str, index: &'static str| Math::index(symbol, index);
    vec![
        Formula::new(
            "Forward fit: the mean of P",
            [
                of("μ", "Q"),
                "=".into(),
                "∑".into(),
                of("w", "k"),
                of("μ", "k"),
                "=".into(),
                sum(&|m| Math::from([number(m.weight), "·".into(), signed(m.mean)])),
                "=".into(),
                number(fit.normal.mean()).colored(Role::Forward),
            ],
        ),
        Formula::new(
            "Forward fit: the variance of P",
            [
                square(of("σ", "Q")),
                "=".into(),
                "∑".into(),
                of("w", "k"),
                "(".into(),
                square(of("σ", "k")),
                "+".into(),
                square(Math::from(["(".into(), of("μ", "k"), "−".into(), of("μ", "Q"), ")".into()])),
                ")".into(),
                "=".into(),
                square(number(fit.normal.sd())).colored(Role::Forward),
            ],
        ),
    ]
}

fn presets() -> Vec<Preset> {
    vec![
        Preset::new("two", "Two modes", &[]),
        Preset::new(
            "close",
            "Too close to choose",
            &[("p1_mean", -1.2), ("p1_sd", 0.6), ("p2_mean", 1.2), ("p2_sd", 0.6), ("q_sd", 2.5)],
        ),
        Preset::new("unequal", "One big, one small", &[("p1_weight", 0.8), ("p2_weight", 0.2), ("p2_sd", 0.4)]),
        Preset::new(
            "narrow-wide",
            "A spike and a hill",
            &[
                ("p1_mean", -3.0),
                ("p1_sd", 0.3),
                ("p1_weight", 0.3),
                ("p2_mean", 1.5),
                ("p2_sd", 1.5),
                ("p2_weight", 0.7),
            ],
        ),
        Preset::new("three", "Three modes", &[("modes", 3.0), ("p1_mean", -4.0), ("p2_mean", 0.0), ("p3_mean", 4.0)]),
        Preset::new(
            "one",
            "One mode: no conflict",
            &[("modes", 1.0), ("p1_mean", 1.0), ("p1_sd", 1.2), ("q_mean", -2.0)],
        ),
    ]
}

fn questions() -> Vec<Question> {
    let shapes = |cover: &'static str, choose: &'static str, between: &'static str| {
        [
            ("cover", "a wide bell over both modes", cover),
            ("choose", "a narrow bell on one of them", choose),
            ("between", "a narrow bell halfway between", between),
        ]
    };
    vec![
        Question::new(
            "forward",
            "P has two modes, Q is one Gaussian. Which Q makes D(P‖Q), the forward divergence, smallest?",
            &[],
            &shapes(
                "Yes. P samples, and every sample from either mode must be possible under Q: it covers both.",
                "Then half of P’s samples would land where Q has almost nothing, and each would cost dearly.",
                "There it would miss nearly all of P’s samples. P samples; Q must be where P goes.",
            ),
            "cover",
        ),
        Question::new(
            "reverse",
            "The same P. Which Q makes D(Q‖P), the reverse divergence, smallest?",
            &[],
            &shapes(
                "Now Q samples, and a wide Q would often sample the gap, where P has almost nothing.",
                "Yes, here: Q samples, so it stays where P is large. Move the modes closer together and this changes.",
                "Q would then sample exactly where P has least: the worst place of all.",
            ),
            "choose",
        ),
    ]
}
