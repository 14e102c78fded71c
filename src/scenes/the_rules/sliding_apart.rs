//! Sliding apart: what each divergence makes of a growing gap, and what slope it leaves to a learner.

use std::f64::consts::LN_2;
use std::sync::LazyLock;

use crate::dist::{Dist, Normal, Uniform};
use crate::divergence::any::{Measure, measure};
use crate::divergence::{Answer, Request};
use crate::error::{Error, Result};
use crate::figure::{Axis, Figure, Handle, Mark, Panel, Place, Point, Role, Row, Ticks, linspace};
use crate::quantity::{Quantity, Unit};
use crate::scene::{Controls, Formula, Goal, Math, Preset, Question, Readout, Scene, View};
use crate::text::Text;
use crate::topics::slope;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "sliding-apart",
    title: "Sliding apart",
    about: "As two shapes part, Jensen–Shannon and total variation hardly grow any more; Wasserstein distance keeps its slope.",
    view,
};

/// What Jensen–Shannon never exceeds.
const CEILING: Text = Text::by_unit("ln 2 nats", "1 bit");

/// The shape that slides.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Bells,
    Boxes,
}

/// The divergences of one shape at one gap, and their slopes.
struct State {
    shape: Shape,
    gap: f64,
    forward: Answer,
    js: Answer,
    tv: Answer,
    w: Answer,
    js_slope: Answer,
    tv_slope: Answer,
    w_slope: Answer,
}

fn view(c: &mut Controls<'_>) -> Result<View> {
    let chosen = c.choice("shape", "shape", &[("bells", "bells of sd 1"), ("boxes", "boxes of width 1")], "bells");
    let shape = if chosen == "boxes" { Shape::Boxes } else { Shape::Bells };
    c.active(shape == Shape::Bells);
    let bells = c.stepped("gap", "gap between the bells", 0.0..=8.0, 0.05, 2.0);
    c.active(shape == Shape::Boxes);
    let boxes = c.stepped("box_gap", "gap between the boxes", 0.0..=2.0, 0.01, 0.2);
    c.active(true);
    let gap = if shape == Shape::Boxes { boxes } else { bells };
    let state = State::new(shape, gap).ok_or(Error::Uncomputed)?;

    let mut rows = vec![Row::new(85.0, vec![state.shapes()])];
    if !c.asked() {
        rows.push(Row::new(140.0, vec![state.information(), state.lengths()]));
        rows.push(Row::new(95.0, vec![state.pulls()]));
    }
    Ok(View {
        figure: Figure { rows },
        description: Text::new(
            "At gap {gap}: D(P‖Q) is {d}, JS {js}, TV {tv}, Wasserstein {w}; JS rises at {slope} per unit.",
        )
        .with("gap", Quantity::exact(state.gap))
        .with("d", state.forward.quantity(Unit::Nats))
        .with("js", state.near_ceiling(&state.js, Unit::Nats))
        .with("tv", state.near_ceiling(&state.tv, Unit::One))
        .with("w", state.w.quantity(Unit::One))
        .with("slope", state.js_slope.quantity(Unit::Nats)),
        formulas: state.formulas(),
        goals: state.goals(),
        readouts: state.readouts(),
        presets: presets(),
        questions: questions(),
        counts_in: None,
    })
}

/// Gap, Jensen–Shannon divergence and its slope for unit bells. They depend on nothing else and have no closed
/// form, so the curves are computed once.
static BELLS: LazyLock<Vec<(f64, f64, f64)>> = LazyLock::new(|| {
    let at = |gap| Some((gap, apart(Measure::Js, Shape::Bells, gap)?.value, slopes(Shape::Bells, gap)?[0].value));
    linspace(0.0, 8.0, 81).filter_map(at).collect()
});

/// P at 0 and Q so far from it.
fn pair(shape: Shape, gap: f64) -> Option<(Dist, Dist)> {
    Some(match shape {
        Shape::Bells => (Dist::Normal(Normal::new(0.0, 1.0).ok()?), Dist::Normal(Normal::new(gap, 1.0).ok()?)),
        Shape::Boxes => {
            (Dist::Uniform(Uniform::new(0.0, 1.0).ok()?), Dist::Uniform(Uniform::new(gap, gap + 1.0).ok()?))
        }
    })
}

/// A measure of a pair that far apart.
fn apart(what: Measure, shape: Shape, gap: f64) -> Option<Answer> {
    // Of boxes of width 1 the gap says it all, and has digits that the end of Q, gap + 1, has not.
    match (shape, what) {
        (Shape::Boxes, Measure::W1) => return Some(Answer::closed_form(gap)),
        (Shape::Boxes, Measure::Tv) => return Some(Answer::closed_form(gap.min(1.0))),
        (Shape::Boxes, Measure::Js) => return Some(Answer::closed_form(gap.min(1.0) * LN_2)),
        _ => {}
    }
    let (p, q) = pair(shape, gap)?;
    measure(what, &p, &q).ok()
}

/// The slopes of Jensen–Shannon and of total variation.
fn slopes(shape: Shape, gap: f64) -> Option<[Answer; 2]> {
    match pair(shape, gap)? {
        (Dist::Normal(p), Dist::Normal(q)) => Some([slope::js_normal(&p, &q), slope::tv_normal(&p, &q)]),
        (Dist::Uniform(p), Dist::Uniform(q)) => Some([slope::js_uniform(&p, &q), slope::tv_uniform(&p, &q)]),
        _ => None,
    }
}

impl State {
    fn new(shape: Shape, gap: f64) -> Option<Self> {
        let of = |what| apart(what, shape, gap);
        let [js_slope, tv_slope] = slopes(shape, gap)?;
        Some(Self {
            shape,
            gap,
            forward: of(Measure::Kl)?,
            js: of(Measure::Js)?,
            tv: of(Measure::Tv)?,
            w: of(if shape == Shape::Boxes { Measure::W1 } else { Measure::W2 })?,
            js_slope,
            tv_slope,
            w_slope: slope::wasserstein(0.0, gap),
        })
    }

    /// A number shown with more digits where the usual ones would read as the ceiling that it keeps below, one at least
    /// where the other is near its own.
    fn near_ceiling(&self, answer: &Answer, unit: Unit) -> Quantity {
        let quantity = answer.quantity(unit);
        let near = |a: &Answer, ceiling: f64| a.value < ceiling - a.error && ceiling - a.value < 5e-4;
        let quantity = if near(&self.js, LN_2) || near(&self.tv, 1.0) { quantity.finer() } else { quantity };
        let ceiling = if unit == Unit::Nats { LN_2 } else { 1.0 };
        quantity.beside(&Quantity::rounded(ceiling).unit(unit))
    }

    /// A measure over the gap: straight between the corners for boxes, a curve for bells.
    fn over(&self, what: Measure) -> Vec<Point> {
        let gaps: Vec<f64> = if self.boxes() { vec![0.0, 1.0, 2.0] } else { linspace(0.0, 8.0, 81).collect() };
        gaps.into_iter().filter_map(|gap| Some((gap, apart(what, self.shape, gap)?.value))).collect()
    }

    fn request(&self, measure: Measure) -> Option<Request> {
        let (p, q) = pair(self.shape, self.gap)?;
        Some(Request::pair(measure, p, q))
    }

    fn boxes(&self) -> bool {
        self.shape == Shape::Boxes
    }

    /// The largest gap shown.
    fn farthest(&self) -> f64 {
        if self.boxes() { 2.0 } else { 8.0 }
    }

    fn w_measure(&self) -> Measure {
        if self.boxes() { Measure::W1 } else { Measure::W2 }
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
        panel.y.ticks = Ticks::None;
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
    fn over_gap(&self, id: &'static str, title: impl Into<Text>, label: &'static str, y: Axis) -> Panel {
        let mut panel = Panel::new(id, title, Axis::new(0.0, self.farthest(), label), y);
        panel.mark(Mark::RuleX { role: Role::Rule, at: self.gap });
        panel
    }

    /// Where the measures of a panel stand now.
    fn now(&self, panel: &mut Panel, values: &[(Role, f64)]) {
        for &(role, value) in values {
            panel.mark(Mark::Dots { name: "now".into(), role, filled: true, points: vec![(self.gap, value)] });
        }
    }

    /// D and Jensen–Shannon.
    fn information(&self) -> Panel {
        let top = if self.boxes() { 1.0 } else { 2.0 };
        let title = match self.boxes() {
            true => Text::by_unit("D is ∞ at once; JS stops at ln 2", "D is ∞ at once; JS stops at 1 bit"),
            false => Text::by_unit("D goes on; JS stays below ln 2", "D goes on; JS stays below 1 bit"),
        };
        let mut panel = self.over_gap("information", title, "gap", Axis::new(0.0, top, "").unit(Unit::Nats));
        panel.fine(Role::Muted, CEILING, vec![(0.0, LN_2), (self.farthest(), LN_2)]);
        if self.boxes() {
            panel.line(Role::Forward, "D(P‖Q)", vec![(0.0, 0.0), (0.0, top)]);
            panel.label(Role::Forward, (0.0, 0.9 * top), Place::Right, "D(P‖Q) = ∞ for any gap");
            panel.line(Role::Other, "JS", self.over(Measure::Js));
            panel.label(Role::Other, (0.62, 0.62 * LN_2), Place::Right, "JS");
        } else {
            panel.line(Role::Forward, "D(P‖Q)", self.over(Measure::Kl));
            panel.label(Role::Forward, (1.6, 1.3), Place::Left, "D(P‖Q)");
            panel.line(Role::Other, "JS", BELLS.iter().map(|b| (b.0, b.1)).collect());
            panel.label(Role::Other, (5.0, 0.67), Place::Below, "JS");
        }
        panel.label(Role::Muted, (0.88 * self.farthest(), LN_2), Place::Above, CEILING);
        if self.forward.value > top && self.forward.value.is_finite() {
            let words = Text::new("↑ {d}").with("d", self.forward.quantity(Unit::Nats));
            panel.label(Role::Forward, (self.gap, 0.92 * top), Place::Right, words);
        }
        self.now(&mut panel, &[(Role::Forward, self.forward.value), (Role::Other, self.js.value)]);
        panel
    }

    /// Total variation and Wasserstein distance.
    fn lengths(&self) -> Panel {
        let far = self.farthest();
        let y = Axis::new(0.0, far, "length, share");
        let title = if self.boxes() { "W goes on; TV stops at 1" } else { "W goes on; TV stays below 1" };
        let mut panel = self.over_gap("lengths", title, "gap", y);
        panel.line(Role::Ink, self.w_name(), self.over(self.w_measure()));
        panel.label(Role::Ink, (0.6 * far, 0.6 * far), Place::Left, self.w_name());
        panel.line(Role::Further, "TV", self.over(Measure::Tv));
        panel.label(Role::Further, (0.75 * far, 1.0), Place::Above, "TV");
        self.now(&mut panel, &[(Role::Ink, self.w.value), (Role::Further, self.tv.value)]);
        panel
    }

    /// The slopes, each beside the steepest that it ever is: what is left of the pull on a learner.
    fn pulls(&self) -> Panel {
        let far = self.farthest();
        let title = "What still pulls: each slope as a share of its steepest";
        let mut panel = self.over_gap("pulls", title, "gap", Axis::new(0.0, 1.1, "share"));
        let at = |gap: f64| slopes(self.shape, gap).map_or([0.0; 2], |both| both.map(|slope| slope.value));
        let gaps: Vec<f64> = linspace(0.0, far, 81).collect();
        let [js, tv]: [Vec<Point>; 2] = if self.boxes() {
            // Constant until the boxes part, and from then on.
            let ([js, tv], [js_after, tv_after]) = (at(0.5), at(1.5));
            [(js, js_after), (tv, tv_after)].map(|(a, b)| vec![(0.0, a), (1.0, a), (1.0, b), (far, b)])
        } else {
            [BELLS.iter().map(|b| (b.0, b.2)).collect(), gaps.iter().map(|&gap| (gap, at(gap)[1])).collect()]
        };
        let steepest = |curve: &[Point]| curve.iter().map(|v| v.1).fold(f64::MIN_POSITIVE, f64::max);
        let (js_top, tv_top) = (steepest(&js), steepest(&tv));
        let share = |curve: Vec<Point>, top: f64| curve.into_iter().map(|(gap, v)| (gap, v / top)).collect();
        panel.line(Role::Ink, self.w_name(), gaps.iter().map(|&gap| (gap, self.w_slope.value)).collect());
        panel.line(Role::Other, "JS", share(js, js_top));
        panel.line(Role::Further, "TV", share(tv, tv_top));
        panel.label(Role::Ink, (0.85 * far, 1.0), Place::Below, self.w_name());
        let (of_js, of_tv) = if self.boxes() { (1.0, 1.0) } else { (3.2, 2.4) };
        let height = |gap: f64, i: usize, top: f64| if self.boxes() { 0.7 - 0.4 * i as f64 } else { at(gap)[i] / top };
        panel.label(Role::Other, (of_js, height(of_js, 0, js_top)), Place::Right, "JS");
        let side = if self.boxes() { Place::Right } else { Place::Left };
        panel.label(Role::Further, (of_tv, height(of_tv, 1, tv_top)), side, "TV");
        let (js, tv) = (self.js_slope.value / js_top, self.tv_slope.value / tv_top);
        self.now(&mut panel, &[(Role::Other, js), (Role::Further, tv), (Role::Ink, self.w_slope.value)]);
        panel
    }

    fn readouts(&self) -> Vec<Readout> {
        const SLOPES: &str = "Slopes, per unit of gap";
        let w = if self.boxes() { "Wasserstein W₁" } else { "Wasserstein W₂" };
        let mut js = Readout::new("js", "Jensen–Shannon", &self.js, Unit::Nats, Role::Other);
        let mut tv = Readout::new("tv", "total variation", &self.tv, Unit::One, Role::Further);
        js.quantity = self.near_ceiling(&self.js, Unit::Nats);
        tv.quantity = self.near_ceiling(&self.tv, Unit::One);
        vec![
            Readout::new("forward", "D(P‖Q)", &self.forward, Unit::Nats, Role::Forward)
                .computes(self.request(Measure::Kl)),
            js.computes(self.request(Measure::Js)),
            tv.computes(self.request(Measure::Tv)),
            Readout::new("w", w, &self.w, Unit::One, Role::Ink).computes(self.request(self.w_measure())),
            Readout::new("js_slope", "of Jensen–Shannon", &self.js_slope, Unit::Nats, Role::Other).under(SLOPES),
            Readout::new("tv_slope", "of total variation", &self.tv_slope, Unit::One, Role::Further).under(SLOPES),
            Readout::new("w_slope", "of Wasserstein", &self.w_slope, Unit::One, Role::Ink).under(SLOPES),
        ]
    }

    fn goals(&self) -> Vec<Goal> {
        let steepest = BELLS.iter().map(|b| b.2).fold(0.0, f64::max);
        vec![
            Goal::new(
                "lost",
                "Part the bells until the slope of JS, in nats, is less than a thousandth of the slope of W.",
                !self.boxes() && self.js_slope.value < 1e-3 && self.gap > 0.0,
            ),
            Goal::new(
                "steepest",
                "Find the gap between the bells at which JS rises fastest.",
                !self.boxes() && self.js_slope.value > 0.999 * steepest,
            ),
            Goal::new(
                "half",
                Text::by_unit(
                    "Put the boxes so that JS is half of its ceiling ln 2. How much do they still overlap?",
                    "Put the boxes so that JS is half of its ceiling, 1 bit. How much do they still overlap?",
                ),
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
                vec![Math::of_nats(half("g".into())), "=".into(), Math::of_nats(half(gap())), "=".into()],
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
            line("Total variation", word("TV", Role::Further), tv, number(&self.tv)),
            Formula::new("Wasserstein", w),
        ]
    }
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
                "Yes: P puts 1 % of its mass where Q is 0. Whether D is infinite does not depend on how near Q is, only on whether it is there.",
            ),
            ("bit", "{ln2}", "That is the most Jensen–Shannon can be. Here it is far from that: {js}."),
        ],
        "infinite",
    )
    .telling("ln2", Quantity::rounded(LN_2).unit(Unit::Nats))
    .telling("js", Quantity::rounded(0.01 * LN_2).unit(Unit::Nats))
    .with("shape", "boxes");
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
                    "Yes: from {from} to {to}. Once the bells can be told apart, there is hardly anything left to gain.",
                ),
            ],
            "tenth",
        )
        .telling("from", Quantity::rounded(0.632_720_193_736_839).unit(Unit::Nats))
        .telling("to", Quantity::rounded(0.693_053_645_482_920).unit(Unit::Nats).finer()),
        hair,
    ]
}
