//! Mutual information: how far two things are from being independent, as a divergence.

use crate::dist::{Normal, Normal2};
use crate::divergence::information::{Table, of_correlation};
use crate::divergence::{Answer, Cell, Request, entropy};
use crate::figure::{Axis, Bar, Figure, Handle, Mark, Panel, Place, Point, Role, Row, Ticks, linspace, nice_range};
use crate::quantity::{Quantity, Unit};
use crate::scene::{Controls, Formula, Goal, Math, Preset, Question, Readout, Scene, View};
use crate::text::Text;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "mutual-information",
    title: "Mutual information",
    about: "What one thing tells about another is the divergence of their joint distribution from the product of its margins.",
    view,
};

fn view(c: &mut Controls<'_>) -> View {
    c.group("Two things", Role::P);
    let kind = c.choice(
        "kind",
        "what is observed",
        &[("table", "weather and ice cream"), ("gaussian", "two Gaussians")],
        "table",
    );
    let table = kind == "table";
    c.active(table);
    let sun = c.stepped("sun", "chance of sun", 0.0..=1.0, 0.01, 0.6);
    let when_sun = c.stepped("ice_sun", "ice cream when it is sunny", 0.0..=1.0, 0.01, 0.7);
    let when_rain = c.stepped("ice_rain", "ice cream when it rains", 0.0..=1.0, 0.01, 0.2);
    c.active(!table);
    let rho = c.stepped("rho", "correlation ρ", -0.99..=0.99, 0.01, 0.8);
    c.active(true);
    let shown = if table { of_table(sun, when_sun, when_rain, c.asked()) } else { of_gaussian(rho, c.asked()) };
    View { presets: presets(), questions: questions(), ..shown.unwrap_or_default() }
}

/// The information with the entropies it is the difference of.
struct Parts {
    information: Answer,
    x: Answer,
    y: Answer,
    both: Answer,
}

fn nats(answer: &Answer) -> Quantity {
    answer.quantity(Unit::Nats)
}

impl Parts {
    fn readouts(&self) -> Vec<Readout> {
        const ENTROPIES: &str = "Entropies";
        let entropy = |id: &str, label: &'static str, answer, role| {
            Readout::new(id, label, answer, Unit::Nats, role).under(ENTROPIES)
        };
        vec![
            Readout::new("information", "I(X; Y) = D(joint‖product)", &self.information, Unit::Nats, Role::Forward),
            entropy("entropy_x", "H(X)", &self.x, Role::Ink),
            entropy("entropy_y", "H(Y)", &self.y, Role::Ink),
            entropy("entropy_joint", "H(X, Y)", &self.both, Role::P),
        ]
    }

    /// H(X) + H(Y) on top, H(X, Y) + I below: two lying bars of one length.
    fn bars(&self) -> Panel {
        let total = self.x.value + self.y.value;
        let names = vec![(-1.0, Text::new("apart")), (-2.0, Text::new("joint"))];
        let mut panel = Panel::new(
            "entropies",
            "H(X) + H(Y) = H(X, Y) + I",
            Axis::new(0.0, nice_range([0.0, total, 1.0], 0.1).1, "").unit(Unit::Nats),
            Axis::new(-2.6, -0.4, "").ticks(Ticks::Named(names)),
        );
        let bar = |row: f64, from: f64, to: f64| vec![Bar { from, to, base: row - 0.33, top: row + 0.33 }];
        for (role, name, row, from, to) in [
            (Role::Other, "H(X)", -1.0, 0.0, self.x.value),
            (Role::Q, "H(Y)", -1.0, self.x.value, total),
            (Role::P, "H(X, Y)", -2.0, 0.0, self.both.value),
            (Role::Forward, "I", -2.0, self.both.value, self.both.value + self.information.value),
        ] {
            panel.mark(Mark::Bars { name: name.into(), role, bars: bar(row, from, to) });
            // In the middle of a bar that is wide enough; the last one has room beside it.
            if to - from > 0.12 * panel.x.high {
                panel.label(role, ((from + to) / 2.0, row - 0.24), Place::Above, name);
            } else if role == Role::Forward {
                panel.label(role, (to, row), Place::Right, name);
            }
        }
        panel
    }

    fn formulas(&self, sum: Vec<Math>) -> Vec<Formula> {
        let words = |key: &'static str, role| Math::Words(key.into()).colored(role);
        let number = |answer: &Answer| Math::from(nats(answer));
        let information = || number(&self.information).colored(Role::Forward);
        let mut first = vec![words("I(X; Y)", Role::Forward), "=".into()];
        first.extend(sum);
        first.extend(["=".into(), information()]);
        let second = [
            words("I(X; Y)", Role::Forward),
            "=".into(),
            words("H(X)", Role::Other),
            "+".into(),
            words("H(Y)", Role::Q),
            "−".into(),
            words("H(X, Y)", Role::P),
            "=".into(),
            number(&self.x),
            "+".into(),
            number(&self.y),
            "−".into(),
            number(&self.both),
            "=".into(),
            information(),
        ];
        vec![Formula::new("As a divergence", first), Formula::new("From entropies", second)]
    }

    fn describe(&self, text: Text) -> Text {
        text.with("information", nats(&self.information))
            .with("x", nats(&self.x))
            .with("y", nats(&self.y))
            .with("both", nats(&self.both))
    }
}

/// The four outcomes, row by row of the table: sun then rain, ice cream first.
const OUTCOMES: [&str; 4] = ["sun, ice cream", "sun, none", "rain, ice cream", "rain, none"];

fn of_table(sun: f64, when_sun: f64, when_rain: f64, asked: bool) -> Option<View> {
    let rain = 1.0 - sun;
    let rows = vec![vec![sun * when_sun, sun * (1.0 - when_sun)], vec![rain * when_rain, rain * (1.0 - when_rain)]];
    let table = Table::new(&rows).ok()?;
    let cells = table.cells();
    let parts = Parts {
        information: table.mutual_information(),
        x: entropy::categorical(&table.rows()),
        y: entropy::categorical(&table.columns()),
        both: table.joint_entropy(),
    };
    let ice = table.columns().probs().first().copied()?;
    let mut first = vec![mosaic("joint", "Joint: drag the edges", Role::P, sun, [when_sun, when_rain])];
    for (id, label, control, from, to, height) in [
        ("ice-sun", "ice cream when it is sunny", "ice_sun", 0.0, sun, when_sun),
        ("ice-rain", "ice cream when it rains", "ice_rain", sun, 1.0, when_rain),
    ] {
        first[0].handle(Handle::new(id, label, Role::P, ((from + to) / 2.0, height)).upright(control, |(_, y)| y));
    }
    // Below both heights, where it is in nobody's way.
    let low = 0.5 * when_sun.min(when_rain).max(0.1);
    first[0].handle(Handle::new("sun", "chance of sun", Role::P, (sun, low)).sideways("sun", |(x, _)| x));
    let mut figure = vec![];
    if !asked {
        first.push(mosaic("product", "Product: one level", Role::Q, sun, [ice, ice]));
        figure.push(Row::new(150.0, vec![terms(&cells, parts.information.value), parts.bars()]));
    }
    figure.insert(0, Row::new(210.0, first));
    let number = |v: f64| Math::from(Quantity::rounded(v));
    let mut sum = Vec::new();
    for (i, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.p > 0.0) {
        if !sum.is_empty() {
            sum.push("+".into());
        }
        let (row, column) = (table.rows().probs()[i / 2], table.columns().probs()[i % 2]);
        sum.extend([
            number(cell.p),
            "ln".into(),
            Math::fraction(number(cell.p), [number(row), "·".into(), number(column)]),
        ]);
    }
    let shown = View {
        figure: Figure { rows: figure },
        description: parts
            .describe(Text::new("Weather and ice cream share {information}: H(X) is {x}, H(Y) {y}, H(X, Y) {both}.")),
        formulas: parts.formulas(sum),
        goals: goals(&parts, true, when_sun != when_rain),
        readouts: {
            let mut readouts = parts.readouts();
            let ice = Quantity::rounded(ice);
            readouts.push(Readout::plain("ice", "ice cream, in all weathers", ice, Role::Q).under("Margins"));
            readouts
        },
        ..View::default()
    };
    Some(shown.computes("information", Request::Table(rows)))
}

/// Tiles whose areas are probabilities: columns as wide as the weather is likely, cut at the share of ice cream.
fn mosaic(id: &'static str, title: &'static str, role: Role, sun: f64, heights: [f64; 2]) -> Panel {
    let mut panel = Panel::new(
        id,
        title,
        Axis::new(0.0, 1.0, "")
            .ticks(Ticks::Named(vec![(sun / 2.0, "sun".into()), ((1.0 + sun) / 2.0, "rain".into())])),
        Axis::new(0.0, 1.0, "share with ice cream"),
    );
    let columns = [(0.0, sun), (sun, 1.0)];
    for (i, (from, to)) in columns.into_iter().enumerate() {
        for (j, (base, top, role)) in [(0.0, heights[i], role), (heights[i], 1.0, Role::Muted)].into_iter().enumerate()
        {
            let name = OUTCOMES[2 * i + j];
            let area = (to - from) * (top - base);
            panel.mark(Mark::Bars { name: name.into(), role, bars: vec![Bar { from, to, base, top }] });
            if area > 0.03 && top - base > 0.1 {
                let words = Text::new("{area}").with("area", Quantity::rounded(area));
                // Away from the handles: those stand in the middle of an edge.
                let at = (from + 0.5 * (to - from), base + 0.55 * (top - base) + 0.09);
                panel.label(if role == Role::Muted { Role::Ink } else { role }, at, Place::Below, words);
            }
        }
    }
    panel
}

/// Each outcome's signed term p·ln(p/product), and their sum.
fn terms(cells: &[Cell], information: f64) -> Panel {
    let values: Vec<f64> = cells.iter().map(Cell::signed_term).chain([information]).collect();
    let (low, high) = nice_range(values.iter().copied().chain([0.0, 0.1]), 0.1);
    // Room for the names on either side of zero.
    let (low, high) = (low.min(-0.8 * high), high.max(-0.8 * low));
    let mut panel = Panel::new(
        "terms",
        "What each tile adds",
        Axis::new(low, high, "").unit(Unit::Nats),
        Axis::new(-5.6, -0.4, "").ticks(Ticks::Named(Vec::new())),
    );
    let bar = |(i, v): (usize, &f64)| {
        let row = -1.0 - i as f64;
        Bar { from: v.min(0.0), to: v.max(0.0), base: row - 0.33, top: row + 0.33 }
    };
    let bars: Vec<Bar> = values.iter().enumerate().map(bar).collect();
    let (tiles, sum) = bars.split_at(cells.len());
    panel.mark(Mark::Bars { name: "p ln(p/product)".into(), role: Role::Other, bars: tiles.to_vec() });
    panel.mark(Mark::Bars { name: "I".into(), role: Role::Forward, bars: sum.to_vec() });
    panel.mark(Mark::RuleX { role: Role::Muted, at: 0.0 });
    for (i, name) in OUTCOMES.into_iter().chain(["I, the sum"]).enumerate() {
        let role = if i < cells.len() { Role::Other } else { Role::Forward };
        let place = if values[i] < 0.0 { Place::Right } else { Place::Left };
        panel.label(role, (0.0, -1.0 - i as f64), place, name);
    }
    panel
}

fn of_gaussian(rho: f64, asked: bool) -> Option<View> {
    let (joint, one) = (Normal2::from_correlation([0.0; 2], [1.0; 2], rho).ok()?, Normal::new(0.0, 1.0).ok()?);
    let parts = Parts {
        information: of_correlation(rho).ok()?,
        x: entropy::normal(&one),
        y: entropy::normal(&one),
        both: entropy::normal2(&joint),
    };
    let mut first = vec![ellipses("joint", "Joint: drag the top", Role::P, rho)];
    first[0].handle(Handle::new("rho", "correlation", Role::P, (2.0 * rho, 2.0)).sideways("rho", |(x, _)| x / 2.0));
    let mut rows = vec![];
    if !asked {
        first.push(ellipses("product", "Product of the margins", Role::Q, 0.0));
        rows.push(Row::new(150.0, vec![curve(rho, &parts.information), parts.bars()]));
    }
    rows.insert(0, Row::new(220.0, first));
    let exact = |v: f64| Math::from(Quantity::exact(v));
    let form = |rho: Math| {
        vec![
            "−".into(),
            Math::fraction(exact(1.0), exact(2.0)),
            "ln".into(),
            "(".into(),
            exact(1.0),
            "−".into(),
            Math::power(rho, exact(2.0)),
            ")".into(),
        ]
    };
    let number = if rho < 0.0 { Math::from(["(".into(), exact(rho), ")".into()]) } else { exact(rho) };
    let sum = [form("ρ".into()), vec!["=".into()], form(number)].concat();
    let shown = View {
        figure: Figure { rows },
        description: parts
            .describe(Text::new(
                "X and Y share {information}: the correlation is {rho}, H(X) and H(Y) are {x} each, H(X, Y) {both}.",
            ))
            .with("rho", Quantity::exact(rho)),
        formulas: parts.formulas(sum),
        goals: goals(&parts, false, rho != 0.0),
        readouts: parts.readouts(),
        ..View::default()
    };
    Some(shown.computes("information", Request::Correlation(rho)))
}

/// Where the density of two standard Gaussians with a correlation has fallen to that of 1 and 2 sds.
fn ellipses(id: &'static str, title: &'static str, role: Role, rho: f64) -> Panel {
    let mut panel = Panel::new(id, title, Axis::new(-2.8, 2.8, "x"), Axis::new(-2.4, 2.4, "y"));
    let across = ((1.0 - rho) * (1.0 + rho)).sqrt();
    for (radius, bold) in [(1.0, false), (2.0, true)] {
        // Upper and lower half, x ascending; the angle is evenly spaced, so that the ends are round.
        for (name, side) in [("upper edge", 1.0), ("lower edge", -1.0)] {
            let half: Vec<Point> = linspace(-std::f64::consts::FRAC_PI_2, std::f64::consts::FRAC_PI_2, 61)
                .map(|a| (radius * a.sin(), radius * (rho * a.sin() + side * across * a.cos())))
                .collect();
            if bold {
                panel.line(role, name, half)
            } else {
                panel.fine(role, name, half)
            };
        }
    }
    panel.label(role, (0.0, 0.0), Place::Above, if rho == 0.0 && role == Role::Q { "p(x)·p(y)" } else { "p(x, y)" });
    panel
}

/// −½ ln(1 − ρ²) over the correlation.
fn curve(rho: f64, now: &Answer) -> Panel {
    let mut panel = Panel::new(
        "curve",
        "I = −½ ln(1 − ρ²)",
        Axis::new(-1.0, 1.0, "correlation ρ"),
        Axis::new(0.0, 2.0, "").unit(Unit::Nats),
    );
    let points: Vec<Point> =
        linspace(-0.99, 0.99, 199).filter_map(|r| Some((r, of_correlation(r).ok()?.value))).collect();
    panel.line(Role::Forward, "I", points);
    let words = Text::new("{information}").with("information", nats(now));
    // Inside of the curve, clear of the handle.
    let (inwards, place) = if rho > 0.0 { (-0.05, Place::Left) } else { (0.05, Place::Right) };
    panel.label(Role::Forward, (rho + inwards, now.value.max(0.2)), place, words);
    panel.handle(Handle::new("rho-curve", "correlation", Role::P, (rho, now.value)).sideways("rho", |(x, _)| x));
    panel
}

fn goals(parts: &Parts, table: bool, dependent: bool) -> Vec<Goal> {
    let (information, least) = (parts.information.value, parts.x.value.min(parts.y.value));
    vec![
        Goal::new(
            "tells-all",
            "Make ice cream tell the weather for certain, and the weather not certain by itself.",
            table && parts.x.value > 0.1 && (information - least).abs() < 1e-12 && information >= parts.x.value - 1e-12,
        ),
        Goal::new(
            "hardly",
            "Find two things that are dependent and share less than 0.001 nats.",
            dependent && information > 0.0 && information < 0.001,
        ),
    ]
}

fn presets() -> Vec<Preset> {
    let table = |id, label: &'static str, sun, when_sun, when_rain| {
        Preset::new(id, label, &[("sun", sun), ("ice_sun", when_sun), ("ice_rain", when_rain)])
    };
    let gaussian = |id, label: &'static str, rho| Preset::new(id, label, &[("rho", rho)]).with("kind", "gaussian");
    vec![
        table("weather", "Ice cream weather", 0.6, 0.7, 0.2),
        table("independent", "Ice cream in any weather", 0.6, 0.5, 0.5),
        table("certain", "Only when it is sunny", 0.5, 1.0, 0.0),
        gaussian("half", "Correlation 0.5", 0.5),
        gaussian("strong", "Correlation 0.8", 0.8),
        gaussian("close", "Correlation 0.9", 0.9),
    ]
}

fn questions() -> Vec<Question> {
    let mut doubled = Question::new(
        "sign",
        "Two Gaussians have correlation −0.8. Compared with correlation 0.8, what does one tell about the other?",
        &[("rho", -0.8)],
        &[
            (
                "less",
                "less: it is negative",
                "A low value of one then tells of a high value of the other; that is just as good to know.",
            ),
            ("same", "the same", "Yes: only ρ² counts. Turning one of the two upside down changes no probability."),
            (
                "none",
                "nothing",
                "Nothing is told at ρ = 0, where the ellipse is upright. Here it is narrow and slanting.",
            ),
        ],
        "same",
    );
    doubled.values.push(("kind".to_owned(), "gaussian".into()));
    vec![
        Question::new(
            "rare",
            "Ice cream is bought on 90 % of sunny and 10 % of rainy days. When does buying tell most about the weather?",
            &[("sun", 0.95), ("ice_sun", 0.9), ("ice_rain", 0.1)],
            &[
                (
                    "sunny",
                    "where it is nearly always sunny",
                    "There the weather is hardly in question: its own entropy, the most that can be told, is small.",
                ),
                (
                    "even",
                    "where sun and rain are equally likely",
                    "Yes: there is most to be told, a whole bit, and buying tells 0.53 bits of it.",
                ),
                (
                    "any",
                    "it makes no difference",
                    "The two conditional shares are the same, but information is a mean over the days as they come.",
                ),
            ],
            "even",
        ),
        doubled,
    ]
}
