//! The two curves over α: where the best fit is, and what it costs.

use crate::figure::{Axis, Handle, Mark, Panel, Place, Point, Role, Stroke, Ticks, linspace, nice_range};
use crate::fit::alpha::ORDERS;
use crate::fit::alpha_path::Spot;

use super::{ORDERS_FINE, State, leaps};

impl State {
    fn axis(&self) -> Axis {
        let named = [(-1.0, "−1"), (0.0, "0 reverse"), (0.5, "½"), (1.0, "1 forward"), (2.0, "2")];
        let ticks = named.map(|(at, words)| (at, words.into())).into();
        Axis::new(-1.0, 2.0, "α").ticks(Ticks::Named(ticks))
    }

    /// The best spots, in pieces between which the best fit leaps.
    fn lines(&self, of: impl Fn(&Spot) -> f64) -> Vec<Vec<Point>> {
        let best: Vec<&Spot> = self.path.iter().filter_map(|spots| spots.first()).collect();
        let pieces = best.chunk_by(|a, b| !leaps(a, b));
        pieces.map(|piece| piece.iter().map(|spot| (spot.alpha, of(spot))).collect()).collect()
    }

    /// Mean and mean ± sd of the best fit over α, and of those that are only local.
    pub fn places(&self) -> Panel {
        let reach = self.path.iter().flatten().flat_map(|s| [s.mean - s.sd, s.mean + s.sd]);
        let (low, high) = nice_range(reach, 0.05);
        let mut panel =
            Panel::new("places", "Where the best fit is", self.axis(), Axis::new(low, high, "mean ± sd of the fit"));
        let mut line = |name: &'static str, stroke, of: &dyn Fn(&Spot) -> f64| {
            for points in self.lines(of) {
                panel.mark(Mark::Line { name: name.into(), role: Role::Q, stroke, points });
            }
        };
        line("mean − sd", Stroke::Fine, &|s| s.mean - s.sd);
        line("mean + sd", Stroke::Fine, &|s| s.mean + s.sd);
        line("mean", Stroke::Solid, &|s| s.mean);
        let lines = self.local();
        if !lines.is_empty() {
            let name = "local minimum".into();
            panel.mark(Mark::Contour { name, role: Role::Muted, stroke: Stroke::Fine, lines });
        }
        let now = &self.now.normal;
        panel.label(Role::Q, (self.alpha, now.mean() + now.sd()), Place::Above, "mean + sd");
        self.here(&mut panel, "alpha", now.mean());
        panel
    }

    /// The means of minima that are not the best, each joined to its continuation.
    fn local(&self) -> Vec<Vec<Point>> {
        let mut lines = Vec::new();
        for pair in self.path.windows(2) {
            for (i, from) in pair[0].iter().enumerate() {
                let next = pair[1].iter().enumerate().find(|(_, to)| !leaps(from, to));
                if let Some((_, to)) = next.filter(|(j, _)| i + j > 0) {
                    lines.push(vec![(from.alpha, from.mean), (to.alpha, to.mean)]);
                }
            }
        }
        lines
    }

    /// The least value over α; and for the current fit, all orders of both families.
    pub fn values(&self) -> Panel {
        let best: Vec<Point> = self.lines(|s| s.value).concat();
        let tallest = best.iter().map(|p| p.1).filter(|v| v.is_finite()).fold(0.0, f64::max);
        let (_, high) = nice_range([0.0, tallest.max(1e-3)], 0.8);
        let mut panel = Panel::new(
            "values",
            "One Q, all α: what it costs, and the least there is",
            self.axis(),
            Axis::new(0.0, high, "value, in nats at α = 0 and 1"),
        );
        let now = &self.now.normal;
        // Where the tails of Q are too light or too heavy for an order, the divergence is infinite.
        let cost = |alpha: f64| self.grid.value(alpha, now.mean(), now.sd()).unwrap_or(f64::INFINITY);
        // ∫pᵅq¹⁻ᵅ = 1 − α(1−α)·D, and Rényi’s divergence is its logarithm over α − 1.
        let renyi = |alpha: f64| match cost(alpha) {
            value if (alpha - 1.0).abs() < 1e-9 || value.is_infinite() => value,
            value => (alpha * (alpha - 1.0) * value).max(-1.0).ln_1p() / (alpha - 1.0),
        };
        let orders = || linspace(ORDERS.0, ORDERS.1, ORDERS_FINE);
        let own: Vec<Point> = orders().map(|a| (a, cost(a))).collect();
        let renyi: Vec<Point> = orders().filter(|a| *a > 1e-9).map(|a| (a, renyi(a))).collect();
        let end = |line: &[Point]| line.iter().rev().copied().find(|p| p.1 < 0.95 * high);
        for (role, name, line) in [(Role::Other, "Rényi of this Q", renyi), (Role::Q, "this Q", own)] {
            let at = end(&line);
            panel.fine(role, name, line);
            if let Some(at) = at {
                panel.label(role, at, Place::Above, name);
            }
        }
        panel.mark(Mark::Line { name: "least".into(), role: Role::Ink, stroke: Stroke::Solid, points: best.clone() });
        if let Some(at) = best.first().filter(|p| p.1.is_finite()) {
            panel.label(Role::Ink, *at, Place::Below, "least of any Q");
        }
        self.here(&mut panel, "alpha-value", self.now.value.value);
        panel
    }

    /// The current order, to be dragged.
    fn here(&self, panel: &mut Panel, id: &'static str, y: f64) {
        panel.mark(Mark::RuleX { role: Role::Rule, at: self.alpha });
        panel.handle(Handle::new(id, "α", Role::Q, (self.alpha, y)).sideways("alpha", |(x, _)| x));
    }
}
