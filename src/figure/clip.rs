//! Clipping in pixels, before plotters sees a point: plotters clamps, which would draw infinity on the
//! frame and NaN on the floor.

use super::point::Point;

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Rect {
    /// Whether a point lies inside or on the edge.
    pub fn contains(&self, (x, y): Point) -> bool {
        x >= self.left && x <= self.right && y >= self.top && y <= self.bottom
    }
}

/// The visible pieces of a polyline: broken where a point is not finite or leaves the rectangle. Towards a point
/// that is infinitely high or low the line goes on to the edge; between two such points there is none.
pub fn polyline(points: &[Point], rect: &Rect) -> Vec<Vec<Point>> {
    if points.len() > 1 && points.iter().all(|point| rect.contains(*point)) {
        return vec![points.to_vec()];
    }
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let (a, b) = (onward(pair[0], pair[1], rect), onward(pair[1], pair[0], rect));
        let Some((from, to)) = segment(a, b, rect) else {
            open = false;
            continue;
        };
        match pieces.last_mut() {
            Some(piece) if open && piece.last() == Some(&from) => piece.push(to),
            _ => pieces.push(vec![from, to]),
        }
        open = to == b;
    }
    pieces
}

/// Where a line from `near` towards a point leaves the rectangle, if that point is infinitely high or low; the point
/// itself if not.
fn onward(point: Point, near: Point, rect: &Rect) -> Point {
    if point.1.is_infinite() && near.1.is_finite() {
        // A line that is beyond the edge already stays there.
        (point.0, point.1.clamp(rect.top.min(near.1), rect.bottom.max(near.1)))
    } else {
        point
    }
}

/// A point, put on the edge where it is infinitely high or low.
pub fn pinned((x, y): Point, rect: &Rect) -> Point {
    (x, if y.is_infinite() { y.clamp(rect.top, rect.bottom) } else { y })
}

/// The part of a segment inside the rectangle (Y.-D. Liang and B. A. Barsky, ACM Trans. Graph. 3, 1984).
fn segment(a: Point, b: Point, rect: &Rect) -> Option<(Point, Point)> {
    if ![a.0, a.1, b.0, b.1].iter().all(|v| v.is_finite()) {
        return None;
    }
    // Beyond one side as a whole; from far out rounding would find that it touches the frame.
    let beyond =
        [a.0.max(b.0) < rect.left, a.0.min(b.0) > rect.right, a.1.max(b.1) < rect.top, a.1.min(b.1) > rect.bottom];
    if beyond.contains(&true) {
        return None;
    }
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    for (direction, distance) in
        [(-dx, a.0 - rect.left), (dx, rect.right - a.0), (-dy, a.1 - rect.top), (dy, rect.bottom - a.1)]
    {
        if direction == 0.0 {
            if distance < 0.0 {
                return None;
            }
        } else {
            let at = distance / direction;
            if direction < 0.0 { enter = enter.max(at) } else { leave = leave.min(at) }
        }
    }
    if enter > leave {
        return None;
    }
    // Far ends cost digits: both are put on the frame, or a curve from 1e25 would be dashed for half a minute.
    let inside = |(x, y): Point| (x.clamp(rect.left, rect.right), y.clamp(rect.top, rect.bottom));
    let at = |t: f64| inside((a.0 + t * dx, a.1 + t * dy));
    Some((if enter > 0.0 { at(enter) } else { inside(a) }, if leave < 1.0 { at(leave) } else { inside(b) }))
}

/// The visible part of a polygon (I. E. Sutherland and G. W. Hodgman, Comm. ACM 17, 1974).
/// Points that are not finite are dropped first; callers split areas there.
pub fn polygon(points: &[Point], rect: &Rect) -> Vec<Point> {
    type Side = (fn(Point, &Rect) -> f64, fn(Point, Point, &Rect) -> Point);
    const SIDES: [Side; 4] = [
        (|p, r| p.0 - r.left, |a, b, r| (r.left, a.1 + (b.1 - a.1) * (r.left - a.0) / (b.0 - a.0))),
        (|p, r| r.right - p.0, |a, b, r| (r.right, a.1 + (b.1 - a.1) * (r.right - a.0) / (b.0 - a.0))),
        (|p, r| p.1 - r.top, |a, b, r| (a.0 + (b.0 - a.0) * (r.top - a.1) / (b.1 - a.1), r.top)),
        (|p, r| r.bottom - p.1, |a, b, r| (a.0 + (b.0 - a.0) * (r.bottom - a.1) / (b.1 - a.1), r.bottom)),
    ];
    let mut shape: Vec<Point> = points.iter().copied().filter(|p| p.0.is_finite() && p.1.is_finite()).collect();
    for (inside, cross) in SIDES {
        let Some(&last) = shape.last() else { break };
        let mut kept = Vec::with_capacity(shape.len() + 4);
        let mut from = last;
        for &to in &shape {
            let (was, is) = (inside(from, rect) >= 0.0, inside(to, rect) >= 0.0);
            if was != is {
                kept.push(cross(from, to, rect));
            }
            if is {
                kept.push(to);
            }
            from = to;
        }
        shape = kept;
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Rect = Rect { left: 0.0, top: 0.0, right: 1.0, bottom: 1.0 };

    #[test]
    fn a_line_is_cut_where_it_crosses_the_frame() {
        let pieces = polyline(&[(-1.0, 0.5), (0.5, 0.5), (0.5, 2.0), (0.75, -1.0)], &UNIT);
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[0], [(0.0, 0.5), (0.5, 0.5), (0.5, 1.0)]);
        assert!(pieces[1].iter().all(|p| UNIT.contains(*p)));
    }

    #[test]
    fn a_line_breaks_where_it_is_no_number_and_does_not_run_along_the_frame() {
        let nan = f64::NAN;
        let pieces = polyline(&[(0.1, 0.2), (0.2, 0.2), (0.3, nan), (0.4, 0.2), (nan, 0.5), (0.6, 0.2)], &UNIT);
        assert_eq!(pieces, [[(0.1, 0.2), (0.2, 0.2)]]);
        assert!(polyline(&[(0.1, 1e300), (0.2, 1e300)], &UNIT).is_empty());
        let up = f64::NEG_INFINITY;
        assert!(polyline(&[(0.1, up), (0.2, up), (0.3, nan), (0.4, up)], &UNIT).is_empty());
        assert!(polyline(&[(0.1, 0.5), (f64::INFINITY, 0.5)], &UNIT).is_empty(), "nowhere in particular");
    }

    #[test]
    fn a_line_goes_on_to_the_edge_towards_infinity() {
        let (up, down) = (f64::NEG_INFINITY, f64::INFINITY);
        let pieces = polyline(&[(0.1, up), (0.2, 0.4), (0.4, 0.5), (0.5, down), (0.6, down)], &UNIT);
        assert_eq!(pieces, [[(0.1, 0.0), (0.2, 0.4), (0.4, 0.5), (0.5, 1.0)]]);
        // A pole: up on one side, down on the other, and nothing between.
        let pieces = polyline(&[(0.2, 0.5), (0.3, up), (0.3, down), (0.4, 0.5)], &UNIT);
        assert_eq!(pieces, [[(0.2, 0.5), (0.3, 0.0)], [(0.3, 1.0), (0.4, 0.5)]]);
        // Where it has left already there is nothing more of it.
        assert!(polyline(&[(0.2, -0.5), (0.3, up)], &UNIT).is_empty());
    }

    #[test]
    fn a_cut_lies_on_the_frame_however_far_the_line_came_from() {
        for far in [1e3, 1e16, 1e25, 1e300] {
            for piece in polyline(&[(0.3, -far), (0.4, 0.5), (0.6, 0.5), (far, far)], &UNIT) {
                assert!(piece.iter().all(|p| UNIT.contains(*p)), "{far}: {piece:?}");
            }
        }
    }

    #[test]
    fn what_lies_beyond_the_frame_is_not_drawn_from_however_far_it_comes() {
        // Seen from 1e25 the nearer end lies on the frame, as far as numbers tell.
        for (far, near) in [(1e25, 1e6), (1e17, 3.0), (1e300, 1e280)] {
            assert!(polyline(&[(0.2, -far), (0.4, -near), (0.6, -far)], &UNIT).is_empty(), "{far}");
            assert!(polyline(&[(far, 0.2), (near, 0.4), (far, 0.6)], &UNIT).is_empty(), "{far}");
            for piece in polyline(&[(0.1, 0.5), (0.2, near), (0.3, far), (0.4, f64::INFINITY), (0.5, 0.5)], &UNIT) {
                assert!(piece.iter().all(|p| UNIT.contains(*p)), "{far}: {piece:?}");
            }
        }
    }

    #[test]
    fn a_polygon_is_cut_on_all_four_sides() {
        let diamond = polygon(&[(0.5, -0.5), (1.5, 0.5), (0.5, 1.5), (-0.5, 0.5)], &UNIT);
        let area: f64 =
            diamond.iter().zip(diamond.iter().cycle().skip(1)).map(|(a, b)| (a.0 * b.1 - b.0 * a.1) / 2.0).sum();
        assert!((area.abs() - 1.0).abs() < 1e-12, "the diamond covers the square: {area}");
        assert!(polygon(&[(2.0, 2.0), (3.0, 2.0), (2.0, 3.0)], &UNIT).is_empty());
    }
}
