//! Two Gaussians: only their correlation counts.

use super::{Parts, goals, nats};
use crate::dist::{Normal, Normal2};
use crate::divergence::information::of_correlation;
use crate::divergence::{Answer, Request, entropy};
use crate::error::Result;
use crate::figure::{Axis, Figure, Handle, Panel, Place, Point, Role, Row, linspace};
use crate::quantity::{Quantity, Unit};
use crate::scene::{Math, View};
use crate::text::Text;

/// Two standard Gaussians of one correlation.
pub fn view(rho: f64, asked: bool) -> Result<View> {
    let (joint, one) = (Normal2::from_correlation([0.0; 2], [1.0; 2], rho)?, Normal::new(0.0, 1.0)?);
    let parts = Parts {
        information: of_correlation(rho)?,
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
    Ok(View {
        figure: Figure { rows },
        description: parts
            .describe(Text::new(
                "X and Y share {information}: the correlation is {rho}, H(X) and H(Y) are {x} each, H(X, Y) {both}.",
            ))
            .with("rho", Quantity::exact(rho)),
        formulas: parts.formulas(sum),
        goals: goals(&parts, false, rho != 0.0),
        readouts: parts.readouts(Request::Correlation(rho)),
        ..View::default()
    })
}

/// Where the density of two standard Gaussians with a correlation has fallen to that of 1 and 2 sds.
fn ellipses(id: &'static str, title: &'static str, role: Role, rho: f64) -> Panel {
    let mut panel = Panel::new(id, title, Axis::new(-2.8, 2.8, "x"), Axis::new(-2.8, 2.4, "y"));
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
    // In a corner that the ellipses leave free.
    let (corner, place) = if rho < 0.0 { (-2.8, Place::Right) } else { (2.8, Place::Left) };
    panel.label(role, (corner, -2.45), place, if rho == 0.0 && role == Role::Q { "p(x)·p(y)" } else { "p(x, y)" });
    panel
}

/// −½ ln(1 − ρ²) over the correlation.
fn curve(rho: f64, now: &Answer) -> Panel {
    let mut panel = Panel::new(
        "curve",
        Text::by_unit("I = −½ ln(1 − ρ²)", "I = −½ log₂(1 − ρ²)"),
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
