//! The plane with its ellipses, and one coordinate of it seen from the side.

use std::f64::consts::TAU;

use crate::dist::normal::Normal;
use crate::dist::normal2::Normal2;
use crate::figure::{Axis, Cells, Handle, Mark, Panel, Place, Point, Role, Stroke, Tone, linspace, nice_range};
use crate::fit::plane::Shape;
use crate::scene::bells;

use super::State;

/// What is shown of the plane: with one bell, and with two.
const REACH: [f64; 2] = [2.5, 4.0];

/// The heat map's resolution.
const CELLS: usize = 72;

/// A line of equal density is drawn where that of a bell alone would be so many sds away.
const LINE: f64 = 2.0;

impl State {
    /// P as a map, every fit as the ellipse of one sd.
    pub fn plane(&self, asked: bool) -> Panel {
        let reach = self.reach();
        let (x, y) = (Axis::new(-reach, reach, "x₁"), Axis::new(-reach, reach, "x₂"));
        let pair = self.pair;
        let density = move |(x, y): Point| pair.ln_pdf([x, y]).exp();
        let peak = density((self.gap[0], self.gap[1])).max(density((0.0, 0.0)));
        let cells = Cells::sampled(&x, &y, CELLS, CELLS, density);
        // Almost as ln p, which is a parabola beside one bell: so the grid's lines are smooth.
        let heights = Tone { knee: 1e-3 * peak, top: peak };
        let lines = cells.contours(&x, &y, &heights, &[(-0.5 * LINE * LINE).exp() * peak]).concat();
        let title =
            if asked { "P and your Q, each as the ellipse of one sd" } else { "Ellipses of one sd: drag P or Q" };
        let mut panel = Panel::new("plane", title, x, y).plane();
        // A gentle tint: the ellipses are the subject.
        panel.mark(Mark::Cells { name: "p".into(), role: Role::P, tone: Tone::linear(2.2 * peak), cells });
        outline(&mut panel, Role::P, Stroke::Fine, "equal density of P", lines);
        if !self.two {
            // Where these cross the ellipse of P, the reverse fit passes too.
            panel.mark(Mark::RuleX { role: Role::Rule, at: 0.0 });
            panel.mark(Mark::RuleY { role: Role::Rule, at: 0.0 });
        }
        let bells: Vec<Vec<Point>> = self
            .centres()
            .into_iter()
            .filter_map(|mean| Normal2::from_correlation(mean, self.sd, self.rho).ok())
            .map(|bell| ellipse(&bell))
            .collect();
        outline(&mut panel, Role::P, Stroke::Bold, "P", bells);
        if !asked {
            let forward = &self.forward.normal;
            outline(&mut panel, Role::Forward, Stroke::Bold, "forward fit", vec![ellipse(forward)]);
            let top = forward.mean()[1] + forward.cov()[2].sqrt();
            panel.label(Role::Forward, (forward.mean()[0], top), Place::Above, "forward fit");
            for fit in &self.reverse {
                let (stroke, name) =
                    if self.is_best(fit) { (Stroke::Bold, "reverse fit") } else { (Stroke::Fine, "local minimum") };
                outline(&mut panel, Role::Reverse, stroke, name, vec![ellipse(&fit.normal)]);
                let [mx, my] = fit.normal.mean();
                panel.label(Role::Reverse, (mx, my - fit.normal.cov()[2].sqrt()), Place::Below, name);
            }
        }
        outline(&mut panel, Role::Q, Stroke::Bold, "Q", vec![ellipse(&self.q)]);
        self.target_handles(&mut panel);
        self.model_handles(&mut panel);
        panel
    }

    const fn reach(&self) -> f64 {
        REACH[self.two as usize]
    }

    fn centres(&self) -> Vec<[f64; 2]> {
        if self.two { vec![self.gap, self.gap.map(|g| -g)] } else { vec![[0.0; 2]] }
    }

    /// The ellipse touches its box where x₁ is one sd out, and there x₂ = ρ·sd: one handle for both.
    fn target_handles(&self, panel: &mut Panel) {
        let ([gx, gy], [sx, sy], rho) = (self.gap, self.sd, self.rho);
        let right = Handle::new("p-right", "P: sd of x₁ and correlation", Role::P, (gx + sx, gy + rho * sy))
            .sideways("sd_x", move |(x, _)| x - gx)
            .upright("rho", move |(_, y)| (y - gy) / sy);
        // The other one on the far side, where it is free.
        let low = Handle::new("p-low", "P: sd of x₂ and correlation", Role::P, (gx - rho * sx, gy - sy))
            .sideways("rho", move |(x, _)| (gx - x) / sx)
            .upright("sd_y", move |(_, y)| gy - y);
        panel.handle(right);
        panel.handle(low);
        if self.two {
            let centre = Handle::new("p-centre", "P: second bell", Role::P, (gx, gy)).free();
            panel.handle(centre.sideways("gap_x", |(x, _)| x).upright("gap_y", |(_, y)| y));
        }
    }

    fn model_handles(&self, panel: &mut Panel) {
        let ([mx, my], [xx, _, yy]) = (self.q.mean(), self.q.cov());
        let (sx, sy, rho) = (xx.sqrt(), yy.sqrt(), self.q.correlation());
        let centre = Handle::new("q", "Q: mean", Role::Q, (mx, my)).free();
        panel.handle(centre.sideways("q_x", |(x, _)| x).upright("q_y", |(_, y)| y));
        let mut left = Handle::new("q-left", "Q: sd of x₁", Role::Q, (mx - sx, my - rho * sy))
            .sideways("q_sd_x", move |(x, _)| mx - x);
        let mut low = Handle::new("q-low", "Q: sd of x₂", Role::Q, (mx - rho * sx, my - sy))
            .upright("q_sd_y", move |(_, y)| my - y);
        if self.shape == Shape::Full {
            left = left.upright("q_rho", move |(_, y)| (my - y) / sy);
            low = low.sideways("q_rho", move |(x, _)| (mx - x) / sx);
        }
        panel.handle(left);
        panel.handle(low);
    }

    /// The densities of x₁ alone.
    pub fn side(&self) -> Panel {
        let bell = |mean: f64, variance: f64| Normal::new(mean, variance.sqrt()).ok();
        let p: Vec<Normal> = self.centres().iter().filter_map(|mean| bell(mean[0], self.sd[0] * self.sd[0])).collect();
        let of = |normal: &Normal2| bell(normal.mean()[0], normal.cov()[0]);
        let fits: Vec<Normal> = self.reverse.iter().filter_map(|fit| of(&fit.normal)).collect();
        let others = [of(&self.forward.normal), of(&self.q)];
        let drawn = p.iter().chain(&fits).chain(others.iter().flatten());
        let xs = bells::grid((-self.reach(), self.reach()), drawn.map(|n| (n.mean(), n.sd())));
        let curve = |parts: &[Normal]| {
            let share = 1.0 / parts.len().max(1) as f64;
            bells::curve(&xs, |x| parts.iter().map(|part| share * part.pdf(x)).sum())
        };
        let target = curve(&p);
        let peak = |n: &Normal| n.pdf(n.mean());
        let bells = fits.iter().chain(&others[1]).map(peak);
        let tall = bells.chain(target.iter().map(|p| p.1)).fold(0.0, f64::max);
        let (_, high) = nice_range([0.0, tall], 0.12);
        let mut panel = Panel::new(
            "side",
            "One coordinate alone",
            Axis::new(-self.reach(), self.reach(), "x₁"),
            Axis::new(0.0, high, "density of x₁"),
        );
        panel.area(Role::P, "P", target.clone());
        panel.line(Role::P, "P", target);
        let [forward, q] = others;
        if let Some(forward) = forward {
            panel.line(Role::Forward, "forward fit", curve(&[forward]));
            let x = forward.mean() + 1.3 * forward.sd();
            panel.label(Role::Forward, (x, forward.pdf(x)), Place::Right, "forward fit");
        }
        for (fit, normal) in self.reverse.iter().zip(&fits) {
            let stroke = if self.is_best(fit) { Stroke::Bold } else { Stroke::Fine };
            let name = if self.is_best(fit) { "reverse fit" } else { "local minimum" };
            panel.mark(Mark::Line { name: name.into(), role: Role::Reverse, stroke, points: curve(&[*normal]) });
            panel.label(Role::Reverse, (normal.mean(), normal.pdf(normal.mean())), Place::Above, name);
        }
        if let Some(q) = q {
            panel.line(Role::Q, "Q", curve(&[q]));
            panel.label(Role::Q, (q.mean() - q.sd(), q.pdf(q.mean() - q.sd())), Place::Left, "Q");
        }
        panel
    }
}

fn outline(panel: &mut Panel, role: Role, stroke: Stroke, name: &'static str, lines: Vec<Vec<Point>>) {
    panel.mark(Mark::Contour { name: name.into(), role, stroke, lines });
}

/// The ellipse one sd away from the mean.
fn ellipse(normal: &Normal2) -> Vec<Point> {
    let ([mx, my], [l00, l10, l11]) = (normal.mean(), normal.cholesky());
    linspace(0.0, TAU, 121).map(|t| (mx + l00 * t.cos(), my + l10 * t.cos() + l11 * t.sin())).collect()
}
