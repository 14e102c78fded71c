//! Sliding apart: what each divergence makes of a growing gap, and what slope it leaves to a learner.

use std::f64::consts::LN_2;
use std::sync::LazyLock;

use crate::dist::{Dist, Normal, Uniform};
use crate::divergence::Request;
use crate::divergence::any::{Measure, measure};
use crate::divergence::{Answer, slope};
use crate::figure::{Axis, Figure, Handle, Mark, Panel, Place, Point, Role, Row, Stroke, linspace};
use crate::quantity::{Quantity, Unit};
use crate::scene::{Controls, Formula, Goal, Math, Preset, Question, Readout, Scene, View};
use crate::text::Text;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "sliding-apart",
    title: "Sliding apart",
    about: "As two shapes part, Jensen–Shannon and total variation go flat; Wasserstein distance keeps its slope.",
    view,
};

/// The shape that slides.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Bells,
    Boxes,
}

impl Shape {
    /// The distance that has a closed form for it.
    fn wasserstein(self) -> Measure {
        if self == Self::Boxes { Measure::W1 } else { Measure::W2 }
    }
}

/// The divergences of one shape at one gap, and their slopes.
struct State {
    shape: Shape,
    gap: f64,
    pair: (Dist, Dist),
    forward: Answer,
    js: Answer,
    tv: Answer,
    w: Answer,
    js_slope: Answer,
    tv_slope: Answer,
    w_slope: Answer,
}

fn view(c: &mut Controls<'_>) -> View {
    let chosen = c.choice("shape", "shape", &[("bells", "bells of sd 1"), ("boxes", "boxes of width 1")], "bells");
    let shape = if chosen == "boxes" { Shape::Boxes } else { Shape::Bells };
    c.active(shape == Shape::Bells);
    let bells = c.stepped("gap", "gap between the bells", 0.0..=8.0, 0.05, 2.0);
    c.active(shape == Shape::Boxes);
    let boxes = c.stepped("box_gap", "gap between the boxes", 0.0..=2.0, 0.01, 0.2);
    c.active(true);
    let Some(state) = State::new(shape, if shape == Shape::Boxes { boxes } else { bells }) else {
        return View::default();
    };

    let mut rows = vec![Row::new(95.0, vec![state.shapes()])];
    if !c.asked() {
        rows.push(Row::new(130.0, vec![state.information(), state.lengths()]));
        rows.push(Row::new(90.0, vec![state.information_slopes(), state.length_slopes()]));
    }
    View {
        figure: Figure { rows },
        description: Text::new(
            "At gap {gap}: D(P‖Q) is {d}, JS {js}, TV {tv}, Wasserstein {w}; JS rises at {slope} per unit.",
        )
        .with("gap", Quantity::exact(state.gap))
        .with("d", state.forward.quantity(Unit::Nats))
        .with("js", state.js.quantity(Unit::Nats))
        .with("tv", state.tv.quantity(Unit::One))
        .with("w", state.w.quantity(Unit::One))
        .with("slope", state.js_slope.quantity(Unit::Nats)),
        formulas: state.formulas(),
        goals: state.goals(),
        readouts: state.readouts(),
        presets: presets(),
        questions: questions(),
    }
    .computes("forward", state.request(Measure::Kl))
    .computes("js", state.request(Measure::Js))
    .computes("tv", state.request(Measure::Tv))
    .computes("w", state.request(shape.wasserstein()))
}

/// Gap, Jensen–Shannon divergence and its slope for unit bells. They depend on nothing else and have no closed
/// form, so the curves are computed once.
static BELLS: LazyLock<Vec<(f64, f64, f64)>> = LazyLock::new(|| {
    let at = |gap| {
        let state = State::new(Shape::Bells, gap)?;
        Some((gap, state.js.value, state.js_slope.value))
    };
    linspace(0.0, 8.0, 81).filter_map(at).collect()
});

impl State {
    fn new(shape: Shape, gap: f64) -> Option<Self> {
        let of = |what, p: &Dist, q: &Dist| measure(what, p, q).ok();
        let (w_slope, w) = (slope::wasserstein(0.0, gap), shape.wasserstein());
        let (p, q, js_slope, tv_slope) = match shape {
            Shape::Bells => {
                let (p, q) = (Normal::new(0.0, 1.0).ok()?, Normal::new(gap, 1.0).ok()?);
                (Dist::Normal(p), Dist::Normal(q), slope::js_normal(&p, &q), slope::tv_normal(&p, &q))
            }
            Shape::Boxes => {
                let (p, q) = (Uniform::new(0.0, 1.0).ok()?, Uniform::new(gap, gap + 1.0).ok()?);
                (Dist::Uniform(p), Dist::Uniform(q), slope::js_uniform(&p, &q), slope::tv_uniform(&p, &q))
            }
        };
        Some(Self {
            shape,
            gap,
            forward: of(Measure::Kl, &p, &q)?,
            js: of(Measure::Js, &p, &q)?,
            tv: of(Measure::Tv, &p, &q)?,
            w: of(w, &p, &q)?,
            pair: (p, q),
            js_slope,
            tv_slope,
            w_slope,
        })
    }

    fn request(&self, measure: Measure) -> Request {
        Request::pair(measure, self.pair.0.clone(), self.pair.1.clone())
    }

    fn boxes(&self) -> bool {
        self.shape == Shape::Boxes
    }

    /// The largest gap shown.
    fn farthest(&self) -> f64 {
        if self.boxes() { 2.0 } else { 8.0 }
    }

    fn w_name(&self) -> &'static str {
        if self.boxes() { "W₁" } else { "W₂" }
    }

    fn shapes(&self) -> Panel {
        let (low, high, top) = if self.boxes() { (-0.25, 3.25, 1.25) } else { (-3.4, 11.4, 0.48) };
        let curve = |shift: f64| -> Vec<Point> {
            if self.boxes() {
                return vec![(shift, 0.0), (shift, 1.0), (shift + 1.0, 1.0), (shift + 1.0, 0.0)];
            }
            let bell = Normal::new(shift, 1.0);
            linspace(low, high, 297).filter_map(|x| Some((x, bell.as_ref().ok()?.pdf(x)))).collect()
        };
        let mut panel = Panel::new("shapes", "Drag Q away from P", Axis::new(low, high, ""), Axis::new(0.0, top, ""));
        panel.y.ticks = crate::figure::Ticks::None;
        for (role, name, shift) in [(Role::P, "P", 0.0), (Role::Q, "Q", self.gap)] {
            panel.area(role, name, curve(shift));
            panel.line(role, name, curve(shift));
        }
        let peak = if self.boxes() { 0.5 } else { 0.0 };
        let height = if self.boxes() { 1.0 } else { 0.4 };
        let control = if self.boxes() { "box_gap" } else { "gap" };
        let left = if self.boxes() { (0.0, 0.6) } else { (-1.0, 0.24) };
        panel.label(Role::P, left, Place::Left, "P");
        let right = if self.boxes() { (self.gap + 1.0, 0.6) } else { (self.gap + 1.0, 0.24) };
        panel.label(Role::Q, right, Place::Right, "Q");
        let at = (self.gap + peak, height);
        panel.handle(Handle::new("gap", "Q", Role::Q, at).sideways(control, move |(x, _)| x - peak));
        panel
    }

    /// A panel over the gap with a rule at the present one.
    fn over_gap(&self, id: &'static str, title: &'static str, label: &'static str, y: Axis) -> Panel {
        let mut panel = Panel::new(id, title, Axis::new(0.0, self.farthest(), label), y);
        panel.mark(Mark::RuleX { role: Role::Rule, at: self.gap });
        panel
    }

    /// D and Jensen–Shannon.
    fn information(&self) -> Panel {
        let top = if self.boxes() { 1.0 } else { 2.0 };
        let title = if self.boxes() { "D is ∞ at once; JS stops at ln 2" } else { "D goes on; JS stops at ln 2" };
        let mut panel = self.over_gap("information", title, "", Axis::new(0.0, top, "").unit(Unit::Nats));
        panel.fine(Role::Muted, "ln 2", vec![(0.0, LN_2), (self.farthest(), LN_2)]);
        if self.boxes() {
            panel.line(Role::Forward, "D(P‖Q)", vec![(0.0, 0.0), (0.0, top)]);
            panel.label(Role::Forward, (0.0, 0.9 * top), Place::Right, "D(P‖Q) = ∞ for any gap");
            panel.line(Role::Other, "JS", vec![(0.0, 0.0), (1.0, LN_2), (2.0, LN_2)]);
            panel.label(Role::Other, (0.62, 0.62 * LN_2), Place::Right, "JS");
        } else {
            panel.line(Role::Forward, "D(P‖Q)", linspace(0.0, 8.0, 161).map(|g| (g, 0.5 * g * g)).collect());
            panel.label(Role::Forward, (1.8, 1.62), Place::Right, "D(P‖Q)");
            panel.line(Role::Other, "JS", BELLS.iter().map(|b| (b.0, b.1)).collect());
            panel.label(Role::Other, (6.0, LN_2), Place::Below, "JS");
        }
        panel.label(Role::Muted, (0.88 * self.farthest(), LN_2), Place::Above, "ln 2");
        let points = [self.forward.value, self.js.value].map(|v| (self.gap, v));
        panel.mark(Mark::Dots { name: "now".into(), role: Role::Forward, filled: true, points: points[..1].into() });
        panel.mark(Mark::Dots { name: "now".into(), role: Role::Other, filled: true, points: points[1..].into() });
        panel
    }

    /// Total variation and Wasserstein distance.
    fn lengths(&self) -> Panel {
        let top = if self.boxes() { 2.0 } else { 4.0 };
        let mut panel = self.over_gap("lengths", "W goes on; TV stops at 1", "", Axis::new(0.0, top, "length, share"));
        let far = self.farthest();
        panel.line(Role::Ink, self.w_name(), vec![(0.0, 0.0), (far, far)]);
        panel.label(Role::Ink, (0.6 * top, 0.6 * top), Place::Left, self.w_name());
        let tv = if self.boxes() {
            vec![(0.0, 0.0), (1.0, 1.0), (2.0, 1.0)]
        } else {
            let at = |gap| Some((gap, measure_tv(gap)?));
            linspace(0.0, 8.0, 161).filter_map(at).collect()
        };
        panel.mark(Mark::Line { name: "TV".into(), role: Role::Other, stroke: Stroke::Bold, points: tv });
        panel.label(Role::Other, (0.75 * far, 1.0), Place::Above, "TV");
        for (role, value) in [(Role::Ink, self.w.value), (Role::Other, self.tv.value)] {
            panel.mark(Mark::Dots { name: "now".into(), role, filled: true, points: vec![(self.gap, value)] });
        }
        panel
    }

    fn information_slopes(&self) -> Panel {
        let y = Axis::new(0.0, 1.0, "slope").unit(Unit::Nats);
        let mut panel = self.over_gap("information-slopes", "JS pulls only from nearby", "gap", y);
        if self.boxes() {
            panel.line(Role::Other, "slope of JS", vec![(0.0, LN_2), (1.0, LN_2), (1.0, 0.0), (2.0, 0.0)]);
            panel.label(Role::Other, (0.5, LN_2), Place::Below, "JS");
        } else {
            panel.line(Role::Forward, "slope of D(P‖Q)", vec![(0.0, 0.0), (8.0, 8.0)]);
            panel.label(Role::Forward, (0.8, 0.8), Place::Right, "D(P‖Q)");
            panel.line(Role::Other, "slope of JS", BELLS.iter().map(|b| (b.0, b.2)).collect());
            panel.label(Role::Other, (3.4, 0.15), Place::Above, "JS");
        }
        let points = vec![(self.gap, self.js_slope.value)];
        panel.mark(Mark::Dots { name: "now".into(), role: Role::Other, filled: true, points });
        panel
    }

    fn length_slopes(&self) -> Panel {
        let mut panel =
            self.over_gap("length-slopes", "W pulls from any distance", "gap", Axis::new(0.0, 1.25, "slope"));
        let far = self.farthest();
        panel.line(Role::Ink, "slope of W", vec![(0.0, 1.0), (far, 1.0)]);
        panel.label(Role::Ink, (0.8 * far, 1.0), Place::Below, self.w_name());
        let tv = if self.boxes() {
            vec![(0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (2.0, 0.0)]
        } else {
            let p = Normal::new(0.0, 1.0);
            let at = |gap| Some((gap, slope::tv_normal(p.as_ref().ok()?, &Normal::new(gap, 1.0).ok()?).value));
            linspace(0.0, 8.0, 161).filter_map(at).collect()
        };
        panel.line(Role::Other, "slope of TV", tv);
        panel.label(Role::Other, (0.55 * far, 0.1), Place::Above, "TV");
        for (role, value) in [(Role::Ink, self.w_slope.value), (Role::Other, self.tv_slope.value)] {
            panel.mark(Mark::Dots { name: "now".into(), role, filled: true, points: vec![(self.gap, value)] });
        }
        panel
    }

    fn readouts(&self) -> Vec<Readout> {
        const SLOPES: &str = "Slopes, per unit of gap";
        let w = if self.boxes() { "Wasserstein W₁" } else { "Wasserstein W₂" };
        vec![
            Readout::new("forward", "D(P‖Q)", &self.forward, Unit::Nats, Role::Forward),
            Readout::new("js", "Jensen–Shannon", &self.js, Unit::Nats, Role::Other),
            Readout::new("tv", "total variation", &self.tv, Unit::One, Role::Other),
            Readout::new("w", w, &self.w, Unit::One, Role::Ink),
            Readout::new("js_slope", "of Jensen–Shannon", &self.js_slope, Unit::Nats, Role::Other).under(SLOPES),
            Readout::new("tv_slope", "of total variation", &self.tv_slope, Unit::One, Role::Other).under(SLOPES),
            Readout::new("w_slope", "of Wasserstein", &self.w_slope, Unit::One, Role::Ink).under(SLOPES),
        ]
    }

    fn goals(&self) -> Vec<Goal> {
        let steepest = BELLS.iter().map(|b| b.2).fold(0.0, f64::max);
        vec![
            Goal::new(
                "lost",
                "Part the bells until the slope of JS is less than a thousandth of the slope of W.",
                !self.boxes() && self.js_slope.value < 1e-3 && self.gap > 0.0,
            ),
            Goal::new(
                "steepest",
                "Find the gap between the bells at which JS rises fastest.",
                !self.boxes() && self.js_slope.value > 0.999 * steepest,
            ),
            Goal::new(
                "half",
                "Put the boxes so that JS is half of its ceiling ln 2. How much do they still overlap?",
                self.boxes() && (self.js.value - 0.5 * LN_2).abs() < 0.003,
            ),
        ]
    }

    fn formulas(&self) -> Vec<Formula> {
        let gap = || Math::from(Quantity::exact(self.gap));
        let word = |of: &'static str, role| Math::Words(of.into()).colored(role);
        let two = || Math::from(Quantity::exact(2.0));
        let nats = |answer: &Answer| Math::from(answer.quantity(Unit::Nats));
        let number = |answer: &Answer| Math::from(answer.quantity(Unit::One));
        let (forward, js, tv): (Vec<Math>, Vec<Math>, Vec<Math>) = if self.boxes() {
            let least = |of: Math| {
                Math::from(["min".into(), "(".into(), of, ",".into(), Quantity::exact(1.0).into(), ")".into()])
            };
            (
                vec![],
                vec![least("g".into()), "·".into(), "ln".into(), two()],
                vec![least("g".into()), "=".into(), least(gap())],
            )
        } else {
            let half = |of: Math| Math::fraction(Math::power(of, two()), two());
            (
                vec![half("g".into()), "=".into(), half(gap()), "=".into()],
                vec![Math::Words("an integral without a closed form".into())],
                vec![
                    two(),
                    "·".into(),
                    "Φ".into(),
                    "(".into(),
                    Math::fraction("g", two()),
                    ")".into(),
                    "−".into(),
                    Quantity::exact(1.0).into(),
                ],
            )
        };
        let line = |label: &'static str, name: Math, middle: Vec<Math>, value: Math| {
            let mut parts = vec![name, "=".into()];
            let more = !middle.is_empty() && !matches!(middle.last(), Some(Math::Operator("=")));
            parts.extend(middle);
            parts.extend(more.then(|| "=".into()));
            parts.push(value);
            Formula::new(label, parts)
        };
        let w = Math::from([word(self.w_name(), Role::Ink), "=".into(), "g".into(), "=".into(), number(&self.w)]);
        vec![
            line("Kullback–Leibler", word("D(P‖Q)", Role::Forward), forward, nats(&self.forward)),
            line("Jensen–Shannon", word("JS", Role::Other), js, nats(&self.js)),
            line("Total variation", word("TV", Role::Other), tv, number(&self.tv)),
            Formula::new("Wasserstein", w),
        ]
    }
}

/// Total variation of unit bells.
fn measure_tv(gap: f64) -> Option<f64> {
    let bell = |mean| Normal::new(mean, 1.0).ok().map(Dist::Normal);
    Some(measure(Measure::Tv, &bell(0.0)?, &bell(gap)?).ok()?.value)
}

fn presets() -> Vec<Preset> {
    let boxes = |id, label: &'static str, gap| Preset::new(id, label, &[("box_gap", gap)]).with("shape", "boxes");
    vec![
        Preset::new("near", "Bells, 1 apart", &[("gap", 1.0)]),
        Preset::new("apart", "Bells, 4 apart", &[("gap", 4.0)]),
        Preset::new("far", "Bells, 8 apart", &[("gap", 8.0)]),
        boxes("hair", "Boxes, a hair apart", 0.01),
        boxes("half", "Boxes, half apart", 0.5),
        boxes("parted", "Boxes that have parted", 1.5),
    ]
}

fn questions() -> Vec<Question> {
    let hair = Question::new(
        "hair",
        "Two boxes of width 1; Q has slid by 0.01, so that they overlap by 99 %. D(P‖Q) is …",
        &[("box_gap", 0.01)],
        &[
            (
                "small",
                "about 0.01",
                "That is the total variation. But 1 % of P’s mass now lies where Q has none at all.",
            ),
            (
                "infinite",
                "infinite",
                "Yes: P puts 1 % of its mass where Q is 0. D does not care how near Q is, only whether it is there.",
            ),
            ("bit", "ln 2, one bit", "That is the most Jensen–Shannon can be. It is far from it here: 0.0069."),
        ],
        "infinite",
    );
    vec![
        Question::new(
            "twice",
            "Two bells of sd 1 stand 4 apart. Q moves on until they are 8 apart. What becomes of Jensen–Shannon?",
            &[("gap", 4.0)],
            &[
                (
                    "four",
                    "it becomes four times as large",
                    "D(P‖Q) does, being g²/2. JS compares with the midpoint, which covers both bells, so it is bounded.",
                ),
                ("two", "it doubles", "Wasserstein distance does. JS is nearly at its ceiling already."),
                (
                    "tenth",
                    "it grows by less than a tenth",
                    "Yes: from 0.6327 to 0.69305. Once the bells are told apart, there is nothing left to gain.",
                ),
            ],
            "tenth",
        ),
        Question { values: hair.values.into_iter().chain([("shape".to_owned(), "boxes".into())]).collect(), ..hair },
    ]
}
