//! Heat maps: values on a grid of cells, how a value becomes a colour, and lines of equal value.

use std::fmt;

use super::axis::Axis;
use super::model::Point;

/// Values on a grid of equal cells that fill a panel, equal along the scales of its axes.
pub struct Cells {
    columns: usize,
    rows: usize,
    /// Row by row from the lowest, each from left to right, at the cells' centres.
    values: Vec<f64>,
    at: Box<dyn Fn(Point) -> f64>,
}

/// How a value becomes a colour: paper at zero, the role's colour at `top`, and in between ln(1 + v/knee), which
/// grows in proportion below the knee and with the logarithm above it. So shallow and steep both show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tone {
    /// Where proportion turns into logarithm; infinite for proportion alone.
    pub knee: f64,
    /// The value that has the full colour; what is larger has it too.
    pub top: f64,
}

impl Tone {
    /// Proportional up to `top`.
    pub const fn linear(top: f64) -> Self {
        Self { knee: f64::INFINITY, top }
    }

    /// How much of the full colour a value has, from 0 to 1.
    pub fn share(&self, value: f64) -> f64 {
        self.shares()(value)
    }

    /// [`Tone::share`] for many values.
    pub fn shares(self) -> impl Fn(f64) -> f64 {
        let full = self.along(self.top);
        move |value| (self.along(value) / full).clamp(0.0, 1.0)
    }

    /// The scale without its ends: contour lines are interpolated along it.
    fn along(&self, value: f64) -> f64 {
        if self.knee.is_infinite() { value } else { (value.max(0.0) / self.knee).ln_1p() }
    }
}

impl Cells {
    /// A grid with its values, row by row from the lowest, each from left to right; `at` is the function they are
    /// samples of, for whoever points at a place. Values that are missing count as 0.
    pub fn new(columns: usize, rows: usize, mut values: Vec<f64>, at: impl Fn(Point) -> f64 + 'static) -> Self {
        values.resize(columns * rows, 0.0);
        Self { columns, rows, values, at: Box::new(at) }
    }

    /// A grid sampled from a function.
    pub fn sampled(x: &Axis, y: &Axis, columns: usize, rows: usize, at: impl Fn(Point) -> f64 + 'static) -> Self {
        let xs: Vec<f64> = centres(x, columns).collect();
        let values = centres(y, rows).flat_map(|y| xs.iter().map(move |&x| (x, y))).map(&at).collect();
        Self::new(columns, rows, values, at)
    }

    /// Cells from left to right.
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// Cells from bottom to top.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The values, row by row from the lowest.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The value at a point, as exact as the function behind the cells.
    pub fn at(&self, point: Point) -> f64 {
        (self.at)(point)
    }

    /// The value of the cell that a position (0 to 1 along both axes) falls into.
    pub fn cell(&self, across: f64, up: f64) -> Option<f64> {
        let index = |share: f64, count: usize| ((share * count as f64) as usize).min(count.saturating_sub(1));
        self.values.get(index(up, self.rows) * self.columns + index(across, self.columns)).copied()
    }

    /// The lines on which the values are each of `levels`, in data coordinates, by marching squares
    /// (W. E. Lorensen and H. E. Cline, "Marching cubes", SIGGRAPH 1987, in two dimensions).
    pub fn contours(&self, x: &Axis, y: &Axis, tone: &Tone, levels: &[f64]) -> Vec<Vec<Vec<Point>>> {
        let mut order: Vec<usize> = (0..levels.len()).collect();
        order.sort_by(|a, b| levels[*a].total_cmp(&levels[*b]));
        let rising: Vec<f64> = order.iter().map(|i| levels[*i]).collect();
        let along_rising: Vec<f64> = rising.iter().map(|level| tone.along(*level)).collect();
        let mut all: Vec<Segments> = levels.iter().map(|_| Segments::default()).collect();
        let bands = self.bands(&rising);
        let columns = self.columns;
        for row in 0..self.rows.saturating_sub(1) {
            for column in 0..columns.saturating_sub(1) {
                let start = row * columns + column;
                let corners = [start, start + 1, start + columns + 1, start + columns];
                let band = corners.map(|i| bands[i]);
                let lowest = band[0].min(band[1]).min(band[2]).min(band[3]);
                let highest = band[0].max(band[1]).max(band[2]).max(band[3]);
                if lowest == highest {
                    continue;
                }
                let along = corners.map(|i| tone.along(self.values[i]));
                for k in lowest..highest {
                    let pieces = &mut all[order[k]];
                    pieces.square(row, column, columns, band.map(|b| b > k), along.map(|v| v - along_rising[k]));
                }
            }
        }
        let place = |i: f64, count: usize| (i + 0.5) / count as f64;
        let data = |(i, j): Point| (x.value(place(i, self.columns)), y.value(place(j, self.rows)));
        let lines = |segments: Segments| -> Vec<Vec<Point>> {
            segments.lines().into_iter().map(|line| line.into_iter().map(data).collect()).collect()
        };
        all.into_iter().map(lines).collect()
    }

    /// For each value, how many of the levels lie below it: where that is the same at all corners of a square, no
    /// contour crosses it.
    fn bands(&self, rising: &[f64]) -> Vec<usize> {
        let mut band = 0;
        let count = |value: &f64| {
            // Neighbours are seldom more than one level apart.
            while rising.get(band).is_some_and(|level| value > level) {
                band += 1;
            }
            while band > 0 && value <= &rising[band - 1] {
                band -= 1;
            }
            band
        };
        self.values.iter().map(count).collect()
    }
}

/// The centres of `count` cells along an axis.
pub fn centres(axis: &Axis, count: usize) -> impl Iterator<Item = f64> + '_ {
    (0..count).map(move |i| axis.value((i as f64 + 0.5) / count as f64))
}

impl fmt::Debug for Cells {
    /// The values as one number that changes with any of them: there are too many to read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digest = self.values.iter().fold(0u64, |d, v| d.rotate_left(7) ^ v.to_bits());
        f.debug_struct("Cells")
            .field("columns", &self.columns)
            .field("rows", &self.rows)
            .field("digest", &digest)
            .finish()
    }
}

/// A crossing of a contour with an edge of the grid: the edge's number, and where on it.
#[derive(Clone, Copy)]
struct Crossing {
    edge: usize,
    at: Point,
}

/// The pieces of a contour, one for each square it passes, in no order.
#[derive(Default)]
struct Segments(Vec<[Crossing; 2]>);

impl Segments {
    /// The pieces in the square between four neighbouring centres; whether they are above the level, and how far along
    /// the tone, goes round from lower left.
    fn square(&mut self, row: usize, column: usize, columns: usize, above: [bool; 4], corners: [f64; 4]) {
        let (i, j) = (column as f64, row as f64);
        // Every edge has a number: twice that of its lower left corner, and one more where it stands upright.
        let number = 2 * (row * columns + column);
        let edges = [number, number + 3, number + 2 * columns, number + 1];
        let ends = [(i, j), (i + 1.0, j), (i + 1.0, j + 1.0), (i, j + 1.0)];
        let crossing = |k: usize| {
            // Always from the lower or left end, so that both neighbours of an edge find the same point.
            let (a, b) = [(0, 1), (1, 2), (3, 2), (0, 3)][k];
            let at = || between(ends[a], ends[b], corners[a], corners[b]);
            (above[a] != above[b]).then(|| Crossing { edge: edges[k], at: at() })
        };
        let [bottom, right, top, left] = [0, 1, 2, 3].map(crossing);
        match (bottom, right, top, left) {
            (Some(b), Some(r), Some(t), Some(l)) => {
                // Two opposite corners are above: the mean in the middle tells which belong together.
                let joined = (corners.iter().sum::<f64>() > 0.0) == above[0];
                self.0.extend(if joined { [[b, r], [t, l]] } else { [[l, b], [r, t]] });
            }
            _ => {
                let mut found = [bottom, right, top, left].into_iter().flatten();
                if let (Some(a), Some(b)) = (found.next(), found.next()) {
                    self.0.push([a, b]);
                }
            }
        }
    }

    /// The pieces joined end to end.
    fn lines(self) -> Vec<Vec<Point>> {
        let mut ends: Vec<(usize, usize)> =
            self.0.iter().enumerate().flat_map(|(i, piece)| piece.map(|end| (end.edge, i))).collect();
        ends.sort_unstable();
        let mut used = vec![false; self.0.len()];
        // From a crossing, along pieces not yet used, to the end of the line.
        let follow = |from: Crossing, used: &mut Vec<bool>| {
            let mut line = Vec::new();
            let mut edge = from.edge;
            let at = |edge: usize| {
                let first = ends.partition_point(|end| end.0 < edge);
                ends.iter().skip(first).take_while(move |end| end.0 == edge).map(|end| end.1)
            };
            while let Some(i) = at(edge).find(|i| !used[*i]) {
                used[i] = true;
                let [a, b] = self.0[i];
                let to = if a.edge == edge { b } else { a };
                line.push(to.at);
                edge = to.edge;
            }
            line
        };
        let mut lines = Vec::new();
        for (i, piece) in self.0.iter().enumerate() {
            if used[i] {
                continue;
            }
            used[i] = true;
            let ahead = follow(piece[1], &mut used);
            let mut line = follow(piece[0], &mut used);
            line.reverse();
            line.extend(piece.iter().map(|end| end.at));
            line.extend(ahead);
            lines.push(line);
        }
        lines
    }
}

/// Where a value that is linear between two corners is zero; an infinite corner pulls it to the other.
fn between(a: Point, b: Point, at_a: f64, at_b: f64) -> Point {
    let share = match (at_a.is_finite(), at_b.is_finite()) {
        (true, true) => at_a / (at_a - at_b),
        (true, false) => 0.0,
        (false, _) => 1.0,
    };
    (a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axes() -> (Axis, Axis) {
        (Axis::new(-2.0, 2.0, ""), Axis::new(0.1, 10.0, "").log())
    }

    #[test]
    fn a_contour_is_where_the_function_has_its_level() {
        let (x, y) = axes();
        let tone = Tone { knee: 0.2, top: 100.0 };
        let bowl = |(x, y): Point| x * x + y.ln() * y.ln();
        let cells = Cells::sampled(&x, &y, 120, 110, bowl);
        for level in [0.3, 1.0, 3.0] {
            let lines = &cells.contours(&x, &y, &tone, &[level])[0];
            assert_eq!(lines.len(), 1, "a bowl has one contour of each level");
            assert!(lines[0].iter().all(|p| (bowl(*p) - level).abs() < 2e-3 * level));
            assert_eq!(lines[0].first(), lines[0].last(), "it is closed");
        }
        assert!(cells.contours(&x, &y, &tone, &[-1.0])[0].is_empty());
    }

    #[test]
    fn an_open_contour_is_one_line_from_edge_to_edge() {
        let (x, y) = axes();
        let cells = Cells::sampled(&x, &y, 40, 30, |(x, _)| if x > 1.5 { f64::INFINITY } else { x + 2.0 });
        let found = cells.contours(&x, &y, &Tone::linear(4.0), &[1.0, 1e9]);
        let (lines, edge) = (&found[0], &found[1]);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].len(), 30);
        assert!(lines[0].iter().all(|p| (p.0 + 1.0).abs() < 1e-12));
        assert!(edge.iter().flatten().all(|p| p.0.is_finite() && p.1.is_finite()), "an infinite value has an edge too");
    }

    #[test]
    fn a_saddle_has_two_lines_that_do_not_cross() {
        let (x, y) = (Axis::new(-1.0, 1.0, ""), Axis::new(-1.0, 1.0, ""));
        let cells = Cells::sampled(&x, &y, 50, 50, |(x, y)| 1.0 + x * y);
        for lines in cells.contours(&x, &y, &Tone::linear(2.0), &[0.9, 1.1]) {
            assert_eq!(lines.len(), 2);
        }
    }

    #[test]
    fn tones_grow_with_the_value_and_end_at_the_full_colour() {
        let tone = Tone { knee: 0.2, top: 500.0 };
        let shares: Vec<f64> = (0..=60).map(|i| tone.share(1e-3 * 1.3f64.powi(i))).collect();
        assert!(shares.windows(2).all(|w| w[0] < w[1] || w[0] == 1.0));
        assert_eq!((tone.share(0.0), tone.share(500.0), tone.share(f64::INFINITY)), (0.0, 1.0, 1.0));
        assert_eq!(Tone::linear(4.0).share(1.0), 0.25);
    }

    #[test]
    fn cells_stand_where_their_values_were_taken() {
        let (x, y) = axes();
        let cells = Cells::sampled(&x, &y, 8, 6, |(x, y)| 10.0 * x + y);
        for (j, at_y) in centres(&y, 6).enumerate() {
            for (i, at_x) in centres(&x, 8).enumerate() {
                let value = cells.cell((i as f64 + 0.5) / 8.0, (j as f64 + 0.5) / 6.0);
                assert_eq!(value, Some(cells.at((at_x, at_y))));
            }
        }
        assert_eq!(cells.cell(1.0, 1.0), Some(cells.values()[47]));
    }
}
