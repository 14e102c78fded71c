//! Heat maps: values on a grid of cells, how a value becomes a colour, and lines of equal value.

use std::fmt;

use super::axis::Axis;
use super::point::Point;

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
        (self.along(value) / self.along(self.top)).clamp(0.0, 1.0)
    }

    /// [`Tone::share`] of many values in whole steps from 0 to `deepest`: neighbours are seldom far apart.
    pub fn steps(self, deepest: u8) -> impl FnMut(f64) -> u8 {
        let full = self.along(self.top);
        let edge = |step: u8| self.at((f64::from(step) + 0.5) / f64::from(deepest) * full);
        let edges: Vec<f64> = (0..deepest).map(edge).collect();
        let mut band = Band::default();
        move |value| band.of(value, &edges) as u8
    }

    /// The value that stands so far along the scale.
    fn at(&self, along: f64) -> f64 {
        if self.knee.is_infinite() { along } else { self.knee * along.exp_m1() }
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
        // How many of the levels lie below each value: where that is the same at all corners, no contour crosses.
        let mut band = Band::default();
        let bands: Vec<usize> = self.values.iter().map(|value| band.of(*value, &rising)).collect();
        // Only beside a contour is it asked for, and then by several squares.
        let mut known = vec![f64::NAN; self.values.len()];
        let columns = self.columns;
        let rows: Vec<&[usize]> = bands.chunks(columns.max(1)).collect();
        for (row, pair) in rows.windows(2).enumerate() {
            let squares = pair[0].windows(2).zip(pair[1].windows(2));
            for (column, (below, above)) in squares.enumerate() {
                let bands = [below[0], below[1], above[1], above[0]];
                if bands[0] == bands[1] && bands[1] == bands[2] && bands[2] == bands[3] {
                    continue;
                }
                let least = bands.iter().copied().fold(usize::MAX, usize::min);
                let most = bands.iter().copied().fold(0, usize::max);
                let start = row * columns + column;
                let corners = [start, start + 1, start + columns + 1, start + columns];
                let along = corners.map(|i| {
                    if known[i].is_nan() {
                        known[i] = tone.along(self.values[i]);
                    }
                    known[i]
                });
                for k in least..most {
                    let (level, above) = (along_rising[k], bands.map(|band| band > k));
                    all[order[k]].square(row, column, columns, above, along.map(|at| at - level));
                }
            }
        }
        let rows_at: Vec<f64> = centres(y, self.rows).collect();
        let (x, y) = (x.values(), y.values());
        // Half of the crossings are on edges from one centre to the next in a row.
        let height = |j: f64| if j.fract() == 0.0 { rows_at[j as usize] } else { y((j + 0.5) / self.rows as f64) };
        let data = |(i, j): Point| (x((i + 0.5) / self.columns as f64), height(j));
        let last = (columns as f64 - 1.0, self.rows as f64 - 1.0);
        let mut meetings = Meetings::new(2 * self.values.len());
        let mut lines = |segments: Segments| -> Vec<Vec<Point>> {
            let whole = segments.lines(&mut meetings).into_iter().map(|line| to_the_frame(line, last));
            whole.map(|line| line.into_iter().map(data).collect()).collect()
        };
        all.into_iter().map(&mut lines).collect()
    }
}

/// A line between the outermost centres, in cells, led on straight over the half cell from there to the frame.
fn to_the_frame(mut line: Vec<Point>, last: Point) -> Vec<Point> {
    let onward = |end: Point, before: Point| -> Option<Point> {
        let (dx, dy) = (end.0 - before.0, end.1 - before.1);
        let ways = [(end.0 == 0.0, -dx), (end.0 == last.0, dx), (end.1 == 0.0, -dy), (end.1 == last.1, dy)];
        // One that runs along the frame never gets there.
        let far = ways.into_iter().find(|(there, _)| *there).map(|(_, speed)| 0.5 / speed)?;
        (0.0..=4.0).contains(&far).then_some((end.0 + far * dx, end.1 + far * dy))
    };
    let count = line.len();
    if count > 1 && line[0] != line[count - 1] {
        let ends = (onward(line[0], line[1]), onward(line[count - 1], line[count - 2]));
        line.extend(ends.1);
        if let Some(start) = ends.0 {
            line.insert(0, start);
        }
    }
    line
}

/// Counts which of rising numbers lie below a value, starting where the last count ended.
#[derive(Default)]
struct Band(usize);

impl Band {
    fn of(&mut self, value: f64, rising: &[f64]) -> usize {
        while rising.get(self.0).is_some_and(|level| value > *level) {
            self.0 += 1;
        }
        while self.0 > 0 && value <= rising[self.0 - 1] {
            self.0 -= 1;
        }
        self.0
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
        // Every edge has a number: twice that of its lower left corner, and one more where it stands upright. Where it is
        // crossed is told from its lower or left end, so that both neighbours of an edge find the same point.
        let number = 2 * (row * columns + column);
        let across =
            |edge, low: usize, high: usize, j| Crossing { edge, at: (i + share(corners[low], corners[high]), j) };
        let up = |edge, low: usize, high: usize, i| Crossing { edge, at: (i, j + share(corners[low], corners[high])) };
        let bottom = || across(number, 0, 1, j);
        let right = || up(number + 3, 1, 2, i + 1.0);
        let top = || across(number + 2 * columns, 3, 2, j + 1.0);
        let left = || up(number + 1, 0, 3, i);
        // An edge is crossed where its ends lie on different sides.
        match [above[0] != above[1], above[1] != above[2], above[2] != above[3], above[3] != above[0]] {
            [true, true, true, true] => {
                // Two opposite corners are above: the mean in the middle tells which belong together.
                let joined = (corners.iter().sum::<f64>() > 0.0) == above[0];
                let pieces = if joined {
                    [[bottom(), right()], [top(), left()]]
                } else {
                    [[left(), bottom()], [right(), top()]]
                };
                self.0.extend(pieces);
            }
            [true, true, ..] => self.0.push([bottom(), right()]),
            [true, _, true, _] => self.0.push([bottom(), top()]),
            [true, ..] => self.0.push([bottom(), left()]),
            [_, true, true, _] => self.0.push([right(), top()]),
            [_, true, ..] => self.0.push([right(), left()]),
            [_, _, true, _] => self.0.push([top(), left()]),
            [false, false, false, _] => {}
        }
    }

    /// The pieces joined end to end; `meetings` is empty, and so it is left.
    fn lines(self, meetings: &mut Meetings) -> Vec<Vec<Point>> {
        for (i, piece) in self.0.iter().enumerate() {
            piece.iter().for_each(|end| meetings.add(end.edge, i));
        }
        let mut used = vec![false; self.0.len()];
        // From a crossing, along pieces not yet used, to the end of the line.
        let follow = |from: Crossing, used: &mut Vec<bool>| {
            let mut line = Vec::new();
            let mut edge = from.edge;
            while let Some(i) = meetings.at(edge).find(|i| !used[*i]) {
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
        self.0.iter().flatten().for_each(|end| meetings.clear(end.edge));
        lines
    }
}

/// For every edge of the grid the pieces of one contour that end on it: two at most, from the squares on its two sides.
struct Meetings(Vec<[u32; 2]>);

/// No piece.
const NONE: u32 = u32::MAX;

impl Meetings {
    fn new(edges: usize) -> Self {
        Self(vec![[NONE; 2]; edges])
    }

    fn add(&mut self, edge: usize, piece: usize) {
        if let Some(free) = self.0.get_mut(edge).and_then(|pair| pair.iter_mut().find(|piece| **piece == NONE)) {
            *free = piece as u32;
        }
    }

    fn at(&self, edge: usize) -> impl Iterator<Item = usize> + use<> {
        let pair = self.0.get(edge).copied().unwrap_or([NONE; 2]);
        pair.into_iter().filter(|piece| *piece != NONE).map(|piece| piece as usize)
    }

    fn clear(&mut self, edge: usize) {
        if let Some(pair) = self.0.get_mut(edge) {
            *pair = [NONE; 2];
        }
    }
}

/// Which share of the way from one corner to the other a value that is linear between them is zero at; an infinite corner
/// pulls it to the other.
fn share(from: f64, to: f64) -> f64 {
    match (from.is_finite(), to.is_finite()) {
        (true, true) => from / (from - to),
        (true, false) => 0.0,
        (false, _) => 1.0,
    }
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
        assert_eq!(lines[0].len(), 32);
        assert!(lines[0].iter().all(|p| (p.0 + 1.0).abs() < 1e-12));
        let ends = [lines[0][0].1, lines[0][31].1].map(|at| y.position(at));
        assert!(
            ends.iter().all(|at| at.min(1.0 - at).abs() < 1e-12) && ends[0] != ends[1],
            "from edge to edge: {ends:?}"
        );
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
        for tone in [tone, Tone::linear(4.0)] {
            let mut step = tone.steps(200);
            for value in (0..1000).map(|i| f64::from(i * 7919 % 1000) * 0.6) {
                assert_eq!(f64::from(step(value)), (tone.share(value) * 200.0).round(), "{value}");
            }
            assert_eq!((step(f64::INFINITY), step(-1.0)), (200, 0));
        }
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
