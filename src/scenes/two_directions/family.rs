//! A family: one slider from the reverse divergence to the forward one, past the squared Hellinger distance, and on to χ².

mod curves;
mod words;

use crate::dist::mixture::{Component, Mixture};
use crate::dist::normal::Normal;
use crate::divergence::any::Measure;
use crate::divergence::mixture::order::renyi;
use crate::divergence::{Answer, Request};
use crate::error::{Error, Result};
use crate::figure::{Axis, Figure, Panel, Place, Role, Row, linspace, nice_range};
use crate::fit::alpha::{AlphaFit, ORDERS, best as anywhere, polished};
use crate::fit::alpha_path::{Grid, Spot};
use crate::fit::reverse::{Kind, reverse};
use crate::numeric::tolerance::AT_REST;
use crate::quantity::{Quantity, Unit};
use crate::scene::bells::{self, Bell};
use crate::scene::{Controls, Goal, Readout, Scene, View};
use crate::text::Text;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "family",
    title: "A family",
    about: "Forward and reverse are two members of one family; between them, and beyond, the best fit changes from choosing to covering.",
    view,
};

/// The orders that are kept in view.
const KEPT: [f64; 5] = [-1.0, 0.0, 0.5, 1.0, 2.0];
/// Orders at which the best fits are found.
const ORDERS_DRAWN: usize = 49;
/// Orders on the curves of one Q, which turn more sharply.
const ORDERS_FINE: usize = 73;
/// Neighbours on a curve whose means are this far apart (in sds) are two minima: the best fit has jumped.
const JUMP: f64 = 0.5;
/// Values on the drawing's grid this near to each other, relatively, are looked at closely: they may be equal.
const ALIKE: f64 = 1e-6;

/// Everything that is shown.
struct State {
    alpha: f64,
    modes: [Component; 2],
    p: Mixture,
    /// The best fit of the order that is set.
    now: AlphaFit,
    /// Another fit that is as good, where P's symmetry leaves two.
    twin: Option<AlphaFit>,
    kept: Vec<(f64, AlphaFit)>,
    /// The minima for each order drawn, best first.
    path: Vec<Vec<Spot>>,
    grid: Grid,
}

fn view(c: &mut Controls<'_>) -> Result<View> {
    c.group("Target P", Role::P);
    let weight = c.stepped("weight", "weight of the left mode", 0.05..=0.95, 0.05, 0.8);
    let mean = |c: &mut Controls<'_>, id, label: &'static str, v| c.stepped(id, label, -4.0..=4.0, 0.05, v);
    let sd = |c: &mut Controls<'_>, id, label: &'static str| c.stepped(id, label, 0.3..=2.0, 0.05, 0.75);
    let (m1, s1) = (mean(c, "p1_mean", "mean of mode 1", -1.35), sd(c, "p1_sd", "sd of mode 1"));
    let (m2, s2) = (mean(c, "p2_mean", "mean of mode 2", 1.35), sd(c, "p2_sd", "sd of mode 2"));
    c.group("Which divergence", Role::Q);
    let alpha = c.stepped("alpha", "order α", ORDERS.0..=ORDERS.1, 0.05, 0.5);
    let modes = [Component { weight, mean: m1, sd: s1 }, Component { weight: 1.0 - weight, mean: m2, sd: s2 }];
    let state = State::new(alpha, modes).ok_or(Error::Uncomputed)?;

    let mut rows = vec![Row::new(if c.asked() { 280.0 } else { 190.0 }, vec![state.densities(c.asked())])];
    if !c.asked() {
        rows.push(Row::new(210.0, vec![state.places(), state.values()]));
    }
    Ok(View {
        figure: Figure { rows },
        description: if c.asked() { Text::new("A target with two modes.") } else { state.description() },
        formulas: if c.asked() { Vec::new() } else { words::formulas(&state) },
        goals: state.goals(),
        readouts: if c.asked() { Vec::new() } else { state.readouts() },
        presets: words::presets(),
        questions: words::questions(),
        counts_in: None,
    })
}

impl State {
    fn new(alpha: f64, modes: [Component; 2]) -> Option<Self> {
        let p = Mixture::new(&modes).ok()?;
        let grid = Grid::new(&p);
        let alphas: Vec<f64> = linspace(ORDERS.0, ORDERS.1, ORDERS_DRAWN).collect();
        // Everything that may be a minimum somewhere: the cover, the reverse fits, the modes themselves.
        let mut starts = vec![(1.0, Normal::new(p.mean(), p.variance().sqrt()).ok()?)];
        for point in reverse(&p).iter().filter(|point| point.kind == Kind::Minimum) {
            starts.push((0.0, Normal::new(point.mean, point.sd).ok()?));
        }
        for mode in p.components() {
            starts.push((ORDERS.0, Normal::new(mode.mean, mode.sd).ok()?));
        }
        let path = grid.follow(&alphas, &starts);
        let spots = |order: f64| {
            let near = alphas.partition_point(|a| *a < order - 1e-9);
            // What chains led to at this very order.
            if alphas.get(near).is_some_and(|a| (a - order).abs() < 1e-9) {
                return path.get(near).cloned().unwrap_or_default();
            }
            let around = path.get(near).into_iter().chain(near.checked_sub(1).and_then(|i| path.get(i))).flatten();
            around.filter_map(|spot| grid.fit(order, (spot.mean, spot.sd))).collect::<Vec<_>>()
        };
        let polish = |order: f64, spot: &Spot| polished(order, &p, &Normal::new(spot.mean, spot.sd).ok()?).ok();
        // Where tails are on the edge of the finite the drawing's grid gives up; the slow way does not.
        let best = |order: f64| match (p.components(), spots(order).iter().min_by(|a, b| Spot::better(a, b))) {
            // One bell is its own best fit.
            ([bell], _) => {
                let normal = Normal::new(bell.mean, bell.sd).ok()?;
                Some(AlphaFit { normal, precision: 0.0, value: Answer::exact(0.0) })
            }
            (_, Some(spot)) => polish(order, spot),
            (_, None) => anywhere(order, &p).ok(),
        };
        let now = best(alpha)?;
        let others = spots(alpha);
        let mut others = others.iter().filter(|spot| (spot.mean - now.normal.mean()).abs() > JUMP * spot.sd);
        let twin = others.find(|spot| (spot.value - now.value.value).abs() < ALIKE * now.value.value);
        let twin = twin.and_then(|spot| polish(alpha, spot));
        let twin = twin.filter(|fit| (fit.value.value - now.value.value).abs() <= fit.value.error + now.value.error);
        let of = |order: f64| if order == alpha { Some(now.clone()) } else { best(order) };
        let kept = KEPT.iter().filter_map(|order| Some((*order, of(*order)?))).collect();
        Some(Self { alpha, modes, now, twin, kept, path, grid, p })
    }

    /// Whether the best fit leaps somewhere as α grows.
    fn jumps(&self) -> bool {
        self.path.windows(2).any(|pair| match (pair[0].first(), pair[1].first()) {
            (Some(a), Some(b)) => leaps(a, b),
            _ => false,
        })
    }

    fn description(&self) -> Text {
        let words = match self.alpha {
            0.0 => "α = 0, the reverse divergence: the best Q has mean {m}, sd {s}: {v}.",
            0.5 => "α = ½, four times squared Hellinger: the best Q has mean {m}, sd {s}: {v}.",
            1.0 => "α = 1, the forward divergence: the best Q has mean {m}, sd {s}: {v}.",
            2.0 => "α = 2, half of χ²: the best Q has mean {m}, sd {s}: {v}.",
            _ => "α = {a}: the best Q has mean {m}, sd {s}: {v}.",
        };
        let words = match &self.twin {
            Some(_) => "α = {a}: two Q are best alike, with means {m} and {m2}, sds {s} and {s2}: {v}.",
            None => words,
        };
        let place = |v: f64| Quantity::place(v, self.now.precision * self.now.normal.sd() + 1e-13);
        let twin = &self.twin.as_ref().unwrap_or(&self.now).normal;
        Text::new(words)
            .with("a", Quantity::exact(self.alpha))
            .with("m", place(self.now.normal.mean()))
            .with("s", place(self.now.normal.sd()))
            .with("m2", place(twin.mean()))
            .with("s2", place(twin.sd()))
            .with("v", self.now.value.quantity(unit(self.alpha)))
    }

    fn goals(&self) -> Vec<Goal> {
        let sd = |order: f64| self.kept.iter().find(|(a, _)| *a == order).map(|(_, fit)| fit.normal.sd());
        let alike = match (sd(-1.0), sd(2.0)) {
            (Some(narrow), Some(wide)) => wide / narrow < 1.05 && self.modes[0].mean != self.modes[1].mean,
            _ => false,
        };
        vec![
            Goal::new(
                "jump",
                "Shape P so that the best fit leaps at some α instead of changing smoothly.",
                self.jumps(),
            ),
            Goal::new(
                "alike",
                "Make the choice hardly matter: all sds within 5 %, though P still has two modes.",
                alike,
            ),
        ]
    }

    fn readouts(&self) -> Vec<Readout> {
        let part = |id: &str, label: &'static str, fit: &AlphaFit, v: f64, role| {
            let place = Quantity::place(v, fit.precision * fit.normal.sd());
            Readout::computed(id, label, place, fit.value.method, role)
        };
        let main = Readout::new("value", value_name(self.alpha), &self.now.value, unit(self.alpha), Role::Q)
            .computes(Request::pair(Measure::Alpha(self.alpha), &self.p, &self.now.normal));
        let mut all = vec![
            main,
            part("mean", "mean of the fit", &self.now, self.now.normal.mean(), Role::Q),
            part("sd", "sd of the fit", &self.now, self.now.normal.sd(), Role::Q),
        ];
        if let Some(other) = self.renyi(self.alpha) {
            all.push(
                Readout::new("renyi", "Rényi of the same order", &other, Unit::Nats, Role::Other).under("Beside it"),
            );
        }
        for (order, fit) in &self.kept {
            let (id, heading, role) = kept_name(*order);
            for (name, v) in [("mean", fit.normal.mean()), ("sd", fit.normal.sd())] {
                all.push(part(&format!("{id}_{name}"), name, fit, v, role).under(heading));
            }
            all.push(Readout::new(id, value_name(*order), &fit.value, unit(*order), role).under(heading));
        }
        all
    }

    /// Rényi's divergence of the current fit, for the orders it is defined for.
    fn renyi(&self, order: f64) -> Option<Answer> {
        let q = Mixture::of_normal(&self.now.normal).ok()?;
        (order > 0.0).then(|| renyi(order, &self.p, &q, AT_REST))
    }

    fn densities(&self, asked: bool) -> Panel {
        let fits = self.kept.iter().map(|(_, fit)| fit).chain([&self.now]).map(|fit| &fit.normal);
        let scales = fits.map(|fit| (fit.mean(), fit.sd())).chain(self.modes.iter().map(|mode| (mode.mean, mode.sd)));
        let xs = bells::grid((-6.0, 6.0), scales);
        let curve = |f: &dyn Fn(f64) -> f64| bells::curve(&xs, f);
        let target = curve(&|x| self.p.pdf(x));
        let now = &self.now.normal;
        let tall = target.iter().map(|v| v.1).fold(0.0, f64::max);
        let peaks =
            self.kept.iter().map(|(_, fit)| fit).chain([&self.now]).map(|fit| fit.normal.pdf(fit.normal.mean()));
        let fitted = peaks.filter(|_| !asked).fold(tall, f64::max);
        let (_, high) = nice_range([0.0, fitted.min(2.2 * tall)], 0.15);
        let title =
            if asked { "A target with two modes" } else { "The best fit for your α, and those for −1, 0, ½, 1, 2" };
        let mut panel = Panel::new("densities", title, Axis::new(-6.0, 6.0, "x"), Axis::new(0.0, high, "density"));
        panel.area(Role::P, "P", target.clone());
        panel.line(Role::P, "P", target);
        if !asked {
            for (order, fit) in &self.kept {
                let (_, name, role) = kept_name(*order);
                let normal = fit.normal;
                panel.fine(role, name, curve(&|x| normal.pdf(x)));
            }
            // The two directions first: where room is scarce their names are kept.
            let (ends, others): (Vec<_>, Vec<_>) = self.kept.iter().partition(|(a, _)| *a == 0.0 || *a == 1.0);
            for (order, fit) in ends.into_iter().chain(others) {
                // Narrow fits are named at their peaks, wide ones on their flanks.
                let normal = fit.normal;
                let away = match *order {
                    ..0.0 => 0.0,
                    0.0 => 0.9,
                    order => 1.5 + 0.6 * order,
                };
                let x = normal.mean() + away * normal.sd();
                let (.., role) = kept_name(*order);
                let place = if *order == 0.0 { Place::Right } else { Place::Above };
                panel.label(role, (x, normal.pdf(x)), place, order_name(*order));
            }
            panel.line(Role::Q, "best fit", curve(&|x| now.pdf(x)));
            if let Some(AlphaFit { normal: twin, .. }) = &self.twin {
                panel.fine(Role::Q, "as good a fit", curve(&|x| twin.pdf(x)));
                panel.label(Role::Q, (twin.mean(), twin.pdf(twin.mean())), Place::Above, "as good");
            }
            let x = now.mean() - 2.0 * now.sd();
            let words = Text::new("α = {a}").with("a", Quantity::exact(self.alpha));
            panel.label(Role::Q, (x, now.pdf(x)), Place::Above, words);
        }
        self.handles(&mut panel);
        panel
    }

    fn handles(&self, panel: &mut Panel) {
        let bells = Bell::parts(&self.modes, |mode| if mode.mean > 0.0 { Place::Right } else { Place::Left });
        for (number, bell) in (1..).zip(bells) {
            let label = bells::numbered("mode {n} of P", number);
            let peak = bell.peak(Role::P, format!("p{number}"), label, format!("p{number}_mean"));
            panel.handle(bell.shared(peak, "weight", number == 2));
            let label = bells::numbered("sd of mode {n} of P", number);
            panel.handle(bell.width(Role::P, format!("p{number}-sd"), label, format!("p{number}_sd")));
        }
    }
}

/// Whether two neighbouring spots are different minima.
fn leaps(a: &Spot, b: &Spot) -> bool {
    (a.mean - b.mean).abs() > JUMP * a.sd.min(b.sd)
}

/// Nats for the two directions of KL; the others are pure numbers.
fn unit(order: f64) -> Unit {
    if order == 0.0 || order == 1.0 { Unit::Nats } else { Unit::One }
}

/// What the α-divergence of an order is called.
fn value_name(order: f64) -> &'static str {
    match order {
        0.0 => "D(Q‖P)",
        0.5 => "4·Hellinger²",
        1.0 => "D(P‖Q)",
        2.0 => "χ²/2",
        _ => "α-divergence",
    }
}

/// Id, heading and role of an order that is kept.
fn kept_name(order: f64) -> (&'static str, &'static str, Role) {
    match order {
        0.0 => ("fit_0", "Fit for α = 0, reverse", Role::Reverse),
        0.5 => ("fit_half", "Fit for α = ½", Role::Muted),
        1.0 => ("fit_1", "Fit for α = 1, forward", Role::Forward),
        2.0 => ("fit_2", "Fit for α = 2", Role::Muted),
        _ => ("fit_minus_1", "Fit for α = −1", Role::Muted),
    }
}

/// An order on the figure.
fn order_name(order: f64) -> &'static str {
    match order {
        0.0 => "0, reverse",
        0.5 => "½",
        1.0 => "1, forward",
        2.0 => "2",
        _ => "−1",
    }
}
