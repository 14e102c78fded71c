//! Weather and ice cream: areas are probabilities, and independence is one level.

use super::{Parts, goals};
use crate::dist::Bernoulli;
use crate::divergence::{Cell, Request};
use crate::error::Result;
use crate::figure::{Axis, Bar, Figure, Handle, Mark, Panel, Place, Role, Row, Ticks, nice_range};
use crate::quantity::{Method, Quantity, Unit};
use crate::scene::{Math, Readout, View};
use crate::text::Text;
use crate::topics::channel::Channel;

/// The four outcomes, row by row of the table: sun then rain, ice cream first.
const OUTCOMES: [&str; 4] = ["sun, ice cream", "sun, none", "rain, ice cream", "rain, none"];

/// The joint distribution as a table of four tiles.
pub fn view(sun: f64, when_sun: f64, when_rain: f64, asked: bool) -> Result<View> {
    let channel = Channel::new(Bernoulli::new(sun)?, [Bernoulli::new(when_sun)?, Bernoulli::new(when_rain)?]);
    let cells = channel.cells();
    let parts = Parts {
        information: channel.mutual_information(),
        x: channel.input_entropy(),
        y: channel.output_entropy(),
        both: channel.joint_entropy(),
    };
    let (weather, treats) = (channel.inputs(), channel.outputs());
    let ice = treats.probs()[0];
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
        let (row, column) = (weather.probs()[i / 2], treats.probs()[i % 2]);
        sum.extend([
            number(cell.p),
            "ln".into(),
            Math::fraction(number(cell.p), [number(row), "·".into(), number(column)]),
        ]);
    }
    let rows = channel.joint().probs().chunks(2).map(<[f64]>::to_vec).collect();
    Ok(View {
        figure: Figure { rows: figure },
        description: parts
            .describe(Text::new("Weather and ice cream share {information}: H(X) is {x}, H(Y) {y}, H(X, Y) {both}.")),
        formulas: parts.formulas(sum),
        goals: goals(&parts, true, when_sun != when_rain),
        readouts: {
            let mut readouts = parts.readouts(Request::Table(rows));
            let ice = Quantity::rounded(ice);
            readouts.push(
                Readout::computed("ice", "ice cream, in all weathers", ice, Method::Sum, Role::Q).under("Margins"),
            );
            readouts
        },
        ..View::default()
    })
}

/// Tiles whose areas are probabilities: columns as wide as the weather is likely, cut at the share of ice cream.
fn mosaic(id: &'static str, title: &'static str, role: Role, sun: f64, heights: [f64; 2]) -> Panel {
    let mut panel = Panel::new(
        id,
        title,
        Axis::new(0.0, 1.0, "")
            .ticks(Ticks::Named(vec![(sun / 2.0, "sun".into()), ((1.0 + sun) / 2.0, "rain".into())])),
        Axis::new(0.0, 1.0, "share with ice cream"),
    )
    .tiled();
    let columns = [(0.0, sun), (sun, 1.0)];
    for (i, (from, to)) in columns.into_iter().enumerate() {
        for (j, (base, top, role)) in [(0.0, heights[i], role), (heights[i], 1.0, Role::Muted)].into_iter().enumerate()
        {
            let name = OUTCOMES[2 * i + j];
            let area = (to - from) * (top - base);
            panel.mark(Mark::Bars { name: name.into(), role, bars: vec![Bar { from, to, base, top }] });
            // A tile says what it is; where that has no room, its number alone.
            let at = (0.5 * (from + to), 0.5 * (base + top));
            let role = if role == Role::Muted { Role::Ink } else { role };
            for words in [["ice cream {area}", "none {area}"][j], "{area}"] {
                panel.label(role, at, Place::On, Text::new(words).with("area", Quantity::rounded(area)));
            }
        }
    }
    panel
}

/// Each outcome's signed term p·ln(p/product), and their sum.
fn terms(cells: &[Cell], information: f64) -> Panel {
    let values: Vec<f64> = cells.iter().map(Cell::signed_term).chain([information]).collect();
    let (low, high) = nice_range(values.iter().copied().chain([0.0, 0.1]), 0.1);
    let names = OUTCOMES.into_iter().chain(["I, the sum"]).enumerate();
    let rows = names.map(|(i, name)| (-1.0 - i as f64, name.into())).collect();
    let mut panel = Panel::new(
        "terms",
        "What each tile adds",
        Axis::new(low, high, "").unit(Unit::Nats),
        Axis::new(-5.6, -0.4, "").ticks(Ticks::Named(rows)),
    );
    let bar = |(i, v): (usize, &f64)| {
        let row = -1.0 - i as f64;
        Bar { from: v.min(0.0), to: v.max(0.0), base: row - 0.33, top: row + 0.33 }
    };
    let bars: Vec<Bar> = values.iter().enumerate().map(bar).collect();
    let (tiles, sum) = bars.split_at(cells.len());
    panel.mark(Mark::Bars {
        name: Text::by_unit("p ln(p/product)", "p log₂(p/product)"),
        role: Role::Other,
        bars: tiles.to_vec(),
    });
    panel.mark(Mark::Bars { name: "I".into(), role: Role::Forward, bars: sum.to_vec() });
    panel.mark(Mark::RuleX { role: Role::Muted, at: 0.0 });
    panel
}
