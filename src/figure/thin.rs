//! Polylines without the points that make no difference: fewer for whoever has to draw them.

use plotters_backend::BackendCoord;

/// The points without those that lie no further than `tolerance` from the straight line that then passes them.
///
/// From the last point that was kept, all that follow are seen under some angle; as long as one line passes all of
/// them near enough, they are not needed (J. Sklansky and V. Gonzalez, "Fast polygonal approximation of digitized
/// curves", Pattern Recognition 12, 1980).
pub fn thinned(points: impl IntoIterator<Item = BackendCoord>, tolerance: f64) -> Vec<BackendCoord> {
    let mut kept: Vec<BackendCoord> = Vec::new();
    let mut ahead: Option<Ahead> = None;
    for point in points {
        let Some(&from) = kept.last() else {
            kept.push(point);
            continue;
        };
        let way = vector(from, point);
        ahead = match ahead {
            None => Some(Ahead::new(point, way, tolerance)),
            Some(before) => match before.on(point, way, tolerance) {
                Some(further) => Some(further),
                None => {
                    kept.push(before.last);
                    Some(Ahead::new(point, vector(before.last, point), tolerance))
                }
            },
        };
    }
    kept.extend(ahead.map(|ahead| ahead.last));
    kept
}

/// What is seen from a point that was kept.
struct Ahead {
    /// The last point, how far it is, and between which directions the line to the next one may run.
    last: BackendCoord,
    far: f64,
    right: (f64, f64),
    left: (f64, f64),
}

impl Ahead {
    fn new(last: BackendCoord, (x, y): (f64, f64), tolerance: f64) -> Self {
        // On the drawing grid no square overflows.
        let far = (x * x + y * y).sqrt();
        // A point at the very place leaves all directions open.
        let aside = if far > 0.0 { tolerance / far } else { 0.0 };
        Self { last, far, right: (x + aside * y, y - aside * x), left: (x - aside * y, y + aside * x) }
    }

    /// The same with one more point, if one line passes all of them. A line that turns back is not passed by any.
    fn on(&self, point: BackendCoord, way: (f64, f64), tolerance: f64) -> Option<Self> {
        let next = Self::new(point, way, tolerance);
        if self.far == 0.0 {
            return Some(next);
        }
        if next.far < self.far || turn(self.right, way) < 0.0 || turn(way, self.left) < 0.0 {
            return None;
        }
        let right = if turn(self.right, next.right) > 0.0 { next.right } else { self.right };
        let left = if turn(next.left, self.left) > 0.0 { next.left } else { self.left };
        Some(Self { right, left, ..next })
    }
}

fn vector((x0, y0): BackendCoord, (x1, y1): BackendCoord) -> (f64, f64) {
    (f64::from(x1) - f64::from(x0), f64::from(y1) - f64::from(y0))
}

/// Above 0 where the second direction lies to the left of the first.
fn turn(a: (f64, f64), b: (f64, f64)) -> f64 {
    a.0 * b.1 - a.1 * b.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(point: BackendCoord, from: BackendCoord, to: BackendCoord) -> f64 {
        let ((dx, dy), (px, py)) = (vector(from, to), vector(from, point));
        let along = ((px * dx + py * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
        let along = if along.is_nan() { 0.0 } else { along };
        (px - along * dx).hypot(py - along * dy)
    }

    #[test]
    fn ends_and_corners_are_kept_and_nothing_between() {
        let straight: Vec<BackendCoord> = (0..100).map(|i| (i, 2 * i)).collect();
        assert_eq!(thinned(straight, 1.0), [(0, 0), (99, 198)]);
        for corners in [&[(0, 0), (40, 0), (40, 30)][..], &[(0, 0), (20, 0), (0, 0)], &[(5, 5)], &[]] {
            assert_eq!(thinned(corners.iter().copied(), 1.0), corners);
        }
        assert_eq!(thinned([(0, 0), (20, 0), (40, 0), (40, 30)], 1.0), [(0, 0), (40, 0), (40, 30)]);
        assert_eq!(thinned([(0, 0), (0, 0), (0, 0), (9, 3)], 1.0), [(0, 0), (9, 3)]);
    }

    #[test]
    fn no_point_is_further_away_than_it_may_be() {
        for (size, tolerance) in [(300.0, 1.0), (3000.0, 1.0), (3000.0, 12.0), (20.0, 4.0)] {
            // A loop that crosses itself and turns both ways.
            let at = |k: i32| {
                let t = f64::from(k) * 0.01;
                ((size * (2.0 * t).sin()).round() as i32, (size * (3.0 * t).cos()).round() as i32)
            };
            let points: Vec<BackendCoord> = (0..=700).map(at).collect();
            let kept = thinned(points.iter().copied(), tolerance);
            assert!(kept.len() <= points.len() / 2, "{} of {}", kept.len(), points.len());
            assert_eq!((kept.first(), kept.last()), (points.first(), points.last()));
            let mut span = kept.windows(2);
            let mut here = span.next().expect("a span");
            for point in points {
                while distance(point, here[0], here[1]) > tolerance {
                    here = span.next().unwrap_or_else(|| panic!("{point:?} is passed by nothing"));
                }
            }
        }
    }
}
