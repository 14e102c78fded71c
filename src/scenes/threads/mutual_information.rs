//! Mutual information: how far two things are from being independent, as a divergence.

mod gaussian;
mod table;
mod words;

use crate::divergence::{Answer, Request};
use crate::error::Result;
use crate::figure::{Axis, Bar, Mark, Panel, Place, Role, Ticks, nice_range};
use crate::quantity::{Quantity, Unit};
use crate::scene::{Controls, Formula, Goal, Math, Readout, Scene, View};
use crate::text::Text;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "mutual-information",
    title: "Mutual information",
    about: "What one thing tells about another is the divergence of their joint distribution from the product of its margins.",
    view,
};

fn view(c: &mut Controls<'_>) -> Result<View> {
    c.group("Two things", Role::P);
    let kind = c.choice(
        "kind",
        "what is observed",
        &[("table", "weather and ice cream"), ("gaussian", "two Gaussians")],
        "table",
    );
    let tabled = kind == "table";
    c.active(tabled);
    let sun = c.stepped("sun", "chance of sun", 0.0..=1.0, 0.01, 0.6);
    let when_sun = c.stepped("ice_sun", "ice cream when it is sunny", 0.0..=1.0, 0.01, 0.7);
    let when_rain = c.stepped("ice_rain", "ice cream when it rains", 0.0..=1.0, 0.01, 0.2);
    c.active(!tabled);
    let rho = c.stepped("rho", "correlation ρ", -0.99..=0.99, 0.01, 0.8);
    c.active(true);
    let shown = if tabled { table::view(sun, when_sun, when_rain, c.asked()) } else { gaussian::view(rho, c.asked()) };
    Ok(View { presets: words::presets(), questions: words::questions(), ..shown? })
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
    fn readouts(&self, information: Request) -> Vec<Readout> {
        const ENTROPIES: &str = "Entropies";
        let entropy = |id: &str, label: &'static str, answer, role| {
            Readout::new(id, label, answer, Unit::Nats, role).under(ENTROPIES)
        };
        vec![
            Readout::new("information", "I(X; Y) = D(joint‖product)", &self.information, Unit::Nats, Role::Forward)
                .computes(information),
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
        // A digit more than the sum has, so that the parts shown make the sum shown.
        let number = |answer: &Answer| Math::from(nats(answer).finer());
        let information = || Math::from(nats(&self.information)).colored(Role::Forward);
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
            Text::new("Find two things that are dependent and share less than {i}.").with("i", Quantity::nats(0.001)),
            dependent && information > 0.0 && information < 0.001,
        ),
    ]
}
