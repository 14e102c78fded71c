//! What of the two maps does not depend on Q: heights over every mean and sd, and lines of equal height. It stands still
//! while Q moves, and so is kept.

use std::rc::Rc;

use crate::dist::mixture::Mixture;
use crate::figure::{Axis, Cells, Point, Tone, centres};
use crate::fit::bell::Spaced;
use crate::fit::expectation::LogDensity;
use crate::fit::forward::ForwardObjective;
use crate::fit::landscape::{forward_landscape, reverse_landscape};
use crate::fit::objective::Objective;
use crate::fit::reverse::{Kind, Stationary};
use crate::numeric::tolerance::AT_REST;
use crate::scene::Last;

use super::fits::Fits;

/// The maps' resolution; the browser smooths between cells.
const COLUMNS: usize = 100;
const ROWS: usize = 80;

/// One scale for both maps: colours can be compared across them and from one state to the next.
pub const TONE: Tone = Tone { knee: 0.2, top: 300.0 };

/// A ring that is fewer cells across shows the grid, not the land.
const RESOLVED: f64 = 3.0;

/// Heights that differ by no more nats are one.
const SAME_HEIGHT: f64 = 1e-9;

/// Contours stand so many nats above the map's least value.
const ABOVE: [f64; 9] = [0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0];

/// What is shown of the means and of the sds.
pub type Window = [(f64, f64); 2];

/// Both maps of a target.
#[derive(Debug)]
pub struct Land {
    window: Window,
    objective: ForwardObjective,
    ln_p: Rc<LogDensity>,
    /// D(P‖Q).
    pub forward: Ground,
    /// D(Q‖P).
    pub reverse: Ground,
}

/// One map.
#[derive(Debug)]
pub struct Ground {
    values: Vec<f64>,
    /// Lines of equal height: so many nats above the least, or through a saddle, which part the valleys.
    pub lines: Vec<(Option<f64>, Vec<Vec<Point>>)>,
}

thread_local! {
    static LAST: Last<(Mixture, Window, bool), Land> = const { Last::none() };
}

/// The maps of `p`; `fits` are those of any sd, or of a `fixed` one.
pub fn land(p: &Mixture, window: Window, fits: &Fits, fixed: bool) -> Rc<Land> {
    LAST.with(|last| last.get((p.clone(), window, fixed), |_| Land::new(p, window, fits, fixed)))
}

/// The axes of the maps.
pub fn axes([(left, right), (low, high)]: Window) -> (Axis, Axis) {
    (Axis::new(left, right, "mean of Q"), Axis::new(low, high, "sd of Q").log())
}

impl Land {
    fn new(p: &Mixture, window: Window, fits: &Fits, fixed: bool) -> Self {
        let (x, y) = axes(window);
        let spacing = (x.high - x.low) / COLUMNS as f64;
        let means = Spaced { first: x.low + 0.5 * spacing, spacing, count: COLUMNS };
        let sds: Vec<f64> = centres(&y, ROWS).collect();
        let forward = forward_landscape(&fits.objective, &means, &sds).map_or(Vec::new(), |map| map.values);
        let reverse = reverse_landscape(p, &means, &sds).map_or(Vec::new(), |map| map.values);
        // With a fixed sd the best of the line need not be the lowest place of the map.
        let least = |best: f64, values: &[f64]| {
            if fixed { values.iter().copied().fold(f64::INFINITY, f64::min) } else { best }
        };
        let mut saddles: Vec<f64> = fits.of_kind(Kind::Saddle).map(|point: &Stationary| point.value.value).collect();
        // Saddles of a symmetric target are as high as each other, and lie on one line; they come in order of height.
        saddles.dedup_by(|a, b| (*a - *b).abs() < SAME_HEIGHT);
        let best = fits.best_reverse().map_or(0.0, |best| best.value.value);
        let (under, below) = (least(fits.forward.value.value, &forward), least(best, &reverse));
        Self {
            window,
            objective: fits.objective,
            ln_p: Rc::new(LogDensity::new(p)),
            forward: Ground::new(forward, (&x, &y), under, &[]),
            reverse: Ground::new(reverse, (&x, &y), below, &saddles),
        }
    }

    /// The axes of both maps.
    pub fn axes(&self) -> (Axis, Axis) {
        axes(self.window)
    }

    /// D(P‖Q) as a heat map.
    pub fn forward_cells(&self) -> Cells {
        let objective = self.objective;
        self.forward.cells(move |(mean, sd)| objective.value(mean, sd).0.max(0.0))
    }

    /// D(Q‖P) as a heat map.
    pub fn reverse_cells(&self) -> Cells {
        let ln_p = Rc::clone(&self.ln_p);
        let at =
            move |(mean, sd): Point| Objective::from_expectations(sd, &ln_p.through(mean, sd, AT_REST)).value.max(0.0);
        self.reverse.cells(at)
    }
}

impl Ground {
    fn new(values: Vec<f64>, (x, y): (&Axis, &Axis), least: f64, saddles: &[f64]) -> Self {
        let levels: Vec<f64> = ABOVE.iter().map(|above| least + above).chain(saddles.iter().copied()).collect();
        let names = ABOVE.into_iter().map(Some).chain(saddles.iter().map(|_| None));
        let cells = Cells::new(COLUMNS, ROWS, values, |_| 0.0);
        let mut contours = cells.contours(x, y, &TONE, &levels);
        contours.iter_mut().for_each(|lines| lines.retain(|line| resolved(line, x, y)));
        Self { values: cells.values().to_vec(), lines: names.zip(contours).collect() }
    }

    fn cells(&self, at: impl Fn(Point) -> f64 + 'static) -> Cells {
        Cells::new(COLUMNS, ROWS, self.values.clone(), at)
    }
}

/// Whether a contour is more than a few corners around one point of the grid.
fn resolved(line: &[Point], x: &Axis, y: &Axis) -> bool {
    let across = |axis: &Axis, places: &dyn Fn(&Point) -> f64| {
        let ends = line.iter().map(places).fold((axis.high, axis.low), |(l, h), v| (l.min(v), h.max(v)));
        axis.position(ends.1) - axis.position(ends.0)
    };
    line.first() != line.last()
        || (across(x, &|p| p.0) * COLUMNS as f64 >= RESOLVED && across(y, &|p| p.1) * ROWS as f64 >= RESOLVED)
}
