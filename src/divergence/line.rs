//! Divergences of two densities on the line that have no closed form: adaptive quadrature.
//!
//! The line is cut where either density changes its shape; what only one of them covers is counted by its
//! mass; whether the integral is finite is decided by the tails, not by the quadrature. A Beta distribution,
//! whose density may be infinite at 0 and 1, is integrated over u = ln(x/(1−x)), where it is a smooth hump.

use crate::dist::beta::{ln_logistic, logistic};
use crate::dist::density::{Density, Tail};
use crate::dist::{Beta, Dist};
use crate::divergence::answer::Answer;
use crate::divergence::answer::too_large;
use crate::divergence::cell::Cell;
use crate::divergence::kl::region;
use crate::divergence::renyi::from_alpha;
use crate::numeric::quadrature::{Goal, Integrals, on_line};
use crate::numeric::root;
use crate::numeric::tolerance::{EPS, LOG_RATIO_NOISE};
use crate::quantity::Method;
use crate::text::Text;

/// An f-divergence as a function of one point's two densities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kernel {
    /// p·ln(p/q) − p + q.
    Kl,
    /// Jensen–Shannon.
    JensenShannon,
    /// ½|p − q|.
    TotalVariation,
    /// ½(√p − √q)².
    SquaredHellinger,
    /// (p − q)²/q.
    ChiSquared,
    /// The α-divergence.
    Alpha(f64),
}

impl Kernel {
    /// The kernel of one cell.
    pub fn of(self, cell: &Cell) -> f64 {
        match self {
            Self::Kl => cell.kl(),
            Self::JensenShannon => cell.jensen_shannon(),
            Self::TotalVariation => cell.total_variation(),
            Self::SquaredHellinger => cell.squared_hellinger(),
            Self::ChiSquared => cell.chi_squared(),
            Self::Alpha(alpha) => cell.alpha(alpha),
        }
    }

    /// The power of p in p^α·q^(1−α) on which its being finite depends; `None` where it always is.
    fn order(self) -> Option<f64> {
        match self {
            Self::Kl => Some(1.0),
            Self::ChiSquared => Some(2.0),
            Self::Alpha(alpha) => Some(alpha),
            Self::JensenShannon | Self::TotalVariation | Self::SquaredHellinger => None,
        }
    }
}

/// Two densities in a common coordinate.
pub(crate) struct Line<'a> {
    p: &'a dyn Density,
    q: &'a dyn Density,
    betas: Option<[Option<&'a Beta>; 2]>,
}

/// Where both densities live, in the coordinate of integration, and how their tails fall there.
struct Overlap {
    from: f64,
    to: f64,
    tails: [[Tail; 2]; 2],
}

impl<'a> Line<'a> {
    /// The pair, if both have densities on the line.
    pub fn new(p: &'a Dist, q: &'a Dist) -> Option<Self> {
        let betas = [p.beta(), q.beta()];
        let betas = betas.iter().any(Option::is_some).then_some(betas);
        Some(Self { p: p.density()?, q: q.density()?, betas })
    }

    /// ln p and ln q at the coordinate u.
    fn logs(&self, u: f64) -> (f64, f64) {
        let Some([p, q]) = self.betas else {
            return (self.p.ln_pdf(u), self.q.ln_pdf(u));
        };
        let jacobian = ln_logistic(u) + ln_logistic(-u);
        let other = |d: &dyn Density| d.ln_pdf(logistic(u)) + jacobian;
        let one = |b: Option<&Beta>, d| b.map_or_else(|| other(d), |b| b.ln_pdf_logit(u));
        (one(p, self.p), one(q, self.q))
    }

    /// The coordinate of x.
    fn coordinate(&self, x: f64) -> f64 {
        if self.betas.is_some() { x.ln() - (-x).ln_1p() } else { x }
    }

    /// Where both live; `None` if nowhere.
    fn overlap(&self) -> Option<Overlap> {
        let ((a, b), (c, d)) = (self.p.support(), self.q.support());
        let (low, high) = (a.max(c), b.min(d));
        if low >= high {
            return None;
        }
        let (from, to) = (self.coordinate(low), self.coordinate(high));
        let mut tails = [self.p.tails(), self.q.tails()];
        if let Some(betas) = self.betas {
            for (tail, beta) in tails.iter_mut().zip(betas) {
                // In u a Beta falls as e^(−a|u|) and e^(−bu), a density that is finite at the end as e^(−|u|).
                let rates = beta.map_or([1.0, 1.0], |b| [b.a(), b.b()]);
                *tail = rates.map(|linear| Tail { square: 0.0, linear, log: 0.0 });
            }
        }
        Some(Overlap { from, to, tails })
    }

    /// Points to split at, inside the overlap and in order, and the scales of its infinite ends.
    fn cuts(&self, overlap: &Overlap) -> (Vec<f64>, Option<f64>, Option<f64>) {
        let landmarks = |beta: Option<&Beta>, d: &dyn Density| {
            if self.betas.is_none() {
                d.landmarks()
            } else if let Some(beta) = beta {
                beta.logit_landmarks()
            } else {
                d.landmarks().into_iter().filter(|x| *x > 0.0 && *x < 1.0).map(|x| self.coordinate(x)).collect()
            }
        };
        let [p, q] = self.betas.unwrap_or([None, None]);
        let mut cuts = landmarks(p, self.p);
        cuts.extend(landmarks(q, self.q));
        let heavy: Vec<(f64, f64)> = [self.p, self.q]
            .into_iter()
            .filter(|d| d.tails().iter().any(Tail::is_power))
            .map(Density::centre)
            .collect();
        cuts.extend(decades(&heavy, &cuts));
        cuts.extend([overlap.from, overlap.to]);
        cuts.retain(|x| x.is_finite() && overlap.from <= *x && *x <= overlap.to);
        if cuts.is_empty() {
            cuts.push(if overlap.from.is_finite() { overlap.from } else { 0.0 });
        }
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        let scale = if self.betas.is_some() { 1.0 } else { self.p.centre().1.max(self.q.centre().1) };
        // A power falls on the scale of the distance gone.
        let beyond = |last: f64| heavy.iter().map(|(middle, _)| (last - middle).abs()).fold(scale, f64::max);
        let (first, last) = (cuts[0], cuts[cuts.len() - 1]);
        let left = overlap.from.is_infinite().then(|| beyond(first));
        let right = overlap.to.is_infinite().then(|| beyond(last));
        (cuts, left, right)
    }

    /// The divergence with this kernel.
    pub fn divergence(&self, kernel: Kernel) -> Answer {
        let overlap = self.overlap();
        let lonely = self.lonely(overlap.as_ref());
        let outside: f64 = lonely.iter().map(|cell| kernel.of(cell)).sum();
        if outside == f64::INFINITY {
            return Answer::infinite(self.lonely_cause(kernel), Method::Quadrature);
        }
        let Some(overlap) = overlap else {
            return Answer::closed_form(outside);
        };
        if let Some(cause) = diverges(kernel, &overlap) {
            return Answer::infinite(cause, Method::Quadrature);
        }
        let (mut cuts, left, right) = self.cuts(&overlap);
        if kernel == Kernel::TotalVariation {
            self.add_crossings(&mut cuts);
        }
        // The second integral is what rounding of the point and of the two logarithms may do to the first.
        let goal = Goal::<2> {
            relative: 1e-13,
            floor: [1e-300, f64::INFINITY],
            root: [LOG_RATIO_NOISE, 0.0],
            ..Goal::new(0.0, 0.0)
        };
        let got = on_line(&cuts, left, right, &goal, |u| {
            let (ln_p, ln_q) = self.logs(u);
            if ln_p.max(ln_q) < -745.0 {
                return [0.0; 2];
            }
            let value = kernel.of(&Cell::from_logs(ln_p, ln_q));
            // Both at the next number, and each wrong by its own rounding.
            let apart = if ln_p > ln_q { 2.0 * EPS } else { -2.0 * EPS };
            let (near_p, near_q) = self.logs(u * (1.0 + 2.0 * EPS));
            let moved = Cell::from_logs(near_p + apart * (ln_p.abs() + 1.0), near_q - apart * (ln_q.abs() + 1.0));
            let change = if moved.p == 0.0 && moved.q == 0.0 { 0.0 } else { (kernel.of(&moved) - value).abs() };
            [value, change]
        });
        finish(outside, &got)
    }

    /// The Rényi divergence of order α.
    pub fn renyi(&self, alpha: f64) -> Answer {
        if alpha == 1.0 {
            return self.divergence(Kernel::Kl);
        }
        let divergence = self.divergence(Kernel::Alpha(alpha));
        let excess = alpha * (alpha - 1.0) * divergence.value;
        if divergence.value.is_infinite() && divergence.cause != Some(too_large()) {
            return divergence;
        }
        if (-0.5..1.0).contains(&excess) {
            return from_alpha(alpha, &divergence, || f64::NAN);
        }
        let Some((ln, error)) = self.ln_mixed(alpha) else {
            return Answer::infinite(Text::new("P and Q share no outcome"), Method::Quadrature);
        };
        Answer::quadrature(ln / (alpha - 1.0), error / (alpha - 1.0).abs(), divergence.evaluations)
    }

    /// The Bhattacharyya distance, half the Rényi divergence of order ½.
    pub fn bhattacharyya(&self) -> Answer {
        let order = self.renyi(0.5);
        Answer { value: 0.5 * order.value, error: 0.5 * order.error, ..order }
    }

    /// ln ∫p^α q^(1−α) and its error, for integrals far from 1.
    fn ln_mixed(&self, alpha: f64) -> Option<(f64, f64)> {
        let overlap = self.overlap()?;
        let (cuts, left, right) = self.cuts(&overlap);
        let mixed = |u: f64| {
            let (ln_p, ln_q) = self.logs(u);
            if ln_p == f64::NEG_INFINITY || ln_q == f64::NEG_INFINITY {
                f64::NEG_INFINITY
            } else {
                alpha * ln_p + (1.0 - alpha) * ln_q
            }
        };
        // The hump of the product may lie beyond both: it is looked for, and then cut around.
        let (cuts, shift) = around_the_top(cuts, left, right, &mixed);
        let goal = Goal::<1>::new(1e-13, 1e-300);
        let got = on_line(&cuts, left, right, &goal, |u| [(mixed(u) - shift).exp()]);
        Some((shift + got.values[0].ln(), got.errors[0] / got.values[0] + 4.0 * EPS * shift.abs()))
    }

    /// What lies where only one of the two lives, as cells in which the other has nothing.
    fn lonely(&self, overlap: Option<&Overlap>) -> Vec<Cell> {
        let ((a, b), (c, d)) = (self.p.support(), self.q.support());
        if overlap.is_none() {
            return vec![Cell::new(1.0, 0.0), Cell::new(0.0, 1.0)];
        }
        // A region may hold less than the smallest number: what is possible there is possible still.
        let mass = |m: f64| m.max(f64::MIN_POSITIVE);
        let mut cells = Vec::new();
        if a < c {
            cells.push(Cell::new(mass(self.p.cdf(c)), 0.0));
        } else if c < a {
            cells.push(Cell::new(0.0, mass(self.q.cdf(a))));
        }
        if b > d {
            cells.push(Cell::new(mass(self.p.survival(d)), 0.0));
        } else if d > b {
            cells.push(Cell::new(0.0, mass(self.q.survival(b))));
        }
        cells
    }

    /// Where one has mass and the other has none.
    fn lonely_cause(&self, kernel: Kernel) -> Text {
        // Of an α-divergence of order 0 or less it is Q's lonely mass that makes it infinite.
        let reverse = kernel.order().is_some_and(|order| order <= 0.0);
        let (one, other) = if reverse { (self.q, self.p) } else { (self.p, self.q) };
        let ((a, b), (c, d)) = (one.support(), other.support());
        let (from, to, mass) = if a < c { (a, c.min(b), one.cdf(c)) } else { (d.max(a), b, one.survival(d)) };
        let cause = region(from, to, mass);
        if reverse { Text::new("with P and Q exchanged: {cause}").with("cause", cause) } else { cause }
    }

    /// Adds the points where p and q cross, found from changes of sign between close points.
    fn add_crossings(&self, cuts: &mut Vec<f64>) {
        let gap = |u: f64| {
            let (ln_p, ln_q) = self.logs(u);
            ln_p - ln_q
        };
        let mut found = Vec::new();
        for w in cuts.windows(2) {
            let steps = 16;
            let at = |i: usize| w[0] + (w[1] - w[0]) * i as f64 / steps as f64;
            found.extend((0..steps).filter_map(|i| root::bracketed(at(i), at(i + 1), 0.0, gap)));
        }
        let (first, last) = (cuts.first().copied(), cuts.last().copied());
        cuts.extend(found.into_iter().filter(|u| Some(*u) > first && Some(*u) < last));
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
    }
}

/// Points at growing distances from the middles of densities that fall like powers, as far as the cuts reach: a
/// panel over many orders of magnitude would miss what happens at its near end.
fn decades(heavy: &[(f64, f64)], cuts: &[f64]) -> Vec<f64> {
    let mut points = Vec::new();
    for (middle, scale) in heavy {
        let reach = cuts.iter().map(|x| (x - middle).abs()).fold(0.0, f64::max);
        let mut distance = 8.0 * scale;
        while distance < reach {
            points.extend([middle - distance, middle + distance]);
            distance *= 8.0;
        }
    }
    points
}

/// Why the integral over the tails is infinite, if it is.
fn diverges(kernel: Kernel, overlap: &Overlap) -> Option<Text> {
    let order = kernel.order()?;
    let ends = [overlap.from, overlap.to];
    (0..2).filter(|&side| ends[side].is_infinite()).find_map(|side| {
        let (p, q) = (overlap.tails[0][side], overlap.tails[1][side]);
        let finite = if order == 1.0 {
            p.expects_log_of(&q)
        } else if order == 0.0 {
            q.expects_log_of(&p)
        } else {
            p.combined(order, &q, 1.0 - order).integrable()
        };
        let which = if order > 0.0 {
            "P's {side} tail falls so much more slowly than Q's that the mean diverges"
        } else {
            "Q's {side} tail falls so much more slowly than P's that the mean diverges"
        };
        let name = Text::new(if side == 0 { "left" } else { "right" });
        (!finite).then(|| Text::new(which).with("side", name))
    })
}

/// The value over the overlap and outside of it, with the errors of both.
fn finish(outside: f64, got: &Integrals<2>) -> Answer {
    let value = outside + got.values[0];
    if !value.is_finite() {
        return Answer::infinite(too_large(), Method::Quadrature);
    }
    let rounding = 4.0 * EPS * value + 64.0 * EPS * outside;
    Answer::quadrature(value, got.errors[0] + got.values[1] + rounding, got.evaluations)
}

/// The cuts with more of them around the largest value of `ln_f`, and that value.
fn around_the_top(
    mut cuts: Vec<f64>,
    left: Option<f64>,
    right: Option<f64>,
    ln_f: &impl Fn(f64) -> f64,
) -> (Vec<f64>, f64) {
    let (first, last) = (cuts[0], cuts[cuts.len() - 1]);
    let mut nodes = cuts.clone();
    for k in 0..60 {
        let far = 2f64.powi(k);
        nodes.extend(left.map(|s| first - s * far));
        nodes.extend(right.map(|s| last + s * far));
    }
    nodes.sort_by(f64::total_cmp);
    let top = (0..nodes.len()).max_by(|&i, &j| ln_f(nodes[i]).total_cmp(&ln_f(nodes[j]))).unwrap_or(0);
    let (mut low, mut high) = (nodes[top.saturating_sub(1)], nodes[(top + 1).min(nodes.len() - 1)]);
    // Golden-section search; the hump between neighbouring cuts is single.
    for _ in 0..80 {
        let (a, b) = (low + 0.382 * (high - low), low + 0.618 * (high - low));
        if ln_f(a) < ln_f(b) { low = a } else { high = b }
    }
    let peak = 0.5 * (low + high);
    let height = ln_f(peak).max(ln_f(nodes[top]));
    // Where it has fallen by 1, and by 40: the width of the hump on either side.
    for drop in [1.0, 10.0, 45.0] {
        for side in [-1.0, 1.0] {
            let mut step = 1e-12 * (peak.abs() + 1e-300);
            while step < 1e300 && ln_f(peak + side * step) > height - drop {
                step *= 1.5;
            }
            cuts.push(peak + side * step);
        }
    }
    cuts.push(peak);
    let (a, b) =
        (if left.is_some() { f64::NEG_INFINITY } else { first }, if right.is_some() { f64::INFINITY } else { last });
    cuts.retain(|x| x.is_finite() && a <= *x && *x <= b);
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    (cuts, height)
}
