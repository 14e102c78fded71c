//! Dash patterns: a polyline cut into its dashes, by arc length in pixels.

use super::point::Point;

/// A polyline that would have more dashes than this is drawn as it is: no frame has room for so many.
const MOST: f64 = 5000.0;

/// The dashes of a polyline; `pattern` holds lengths of dash and gap in turn and is repeated.
pub fn dashes(line: &[Point], pattern: &[f64]) -> Vec<Vec<Point>> {
    let whole: f64 = line.windows(2).map(|pair| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1)).sum();
    let period: f64 = pattern.iter().sum();
    // Neither does a length that is no number come to an end.
    if whole.is_nan() || whole > MOST * period {
        return vec![line.to_vec()];
    }
    let mut pieces = Vec::new();
    let mut piece: Vec<Point> = line.first().copied().into_iter().collect();
    let mut turn = 0;
    let mut left = pattern[0];
    for pair in line.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        // Within a figure no square overflows.
        let mut length = (dx * dx + dy * dy).sqrt();
        while length > left {
            let t = left / length;
            from = (from.0 + t * (to.0 - from.0), from.1 + t * (to.1 - from.1));
            length -= left;
            if turn % 2 == 0 {
                piece.push(from);
                pieces.push(std::mem::take(&mut piece));
            }
            turn = (turn + 1) % pattern.len();
            left = pattern[turn];
            if turn % 2 == 0 {
                piece = vec![from];
            }
        }
        left -= length;
        if turn % 2 == 0 {
            piece.push(to);
        }
    }
    if piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_follow_the_arc_length_round_corners() {
        let pieces = dashes(&[(0.0, 0.0), (3.0, 0.0), (3.0, 7.0)], &[4.0, 2.0]);
        assert_eq!(pieces, [vec![(0.0, 0.0), (3.0, 0.0), (3.0, 1.0)], vec![(3.0, 3.0), (3.0, 7.0)]]);
    }

    #[test]
    fn what_no_frame_could_hold_is_not_cut() {
        for far in [1e6, 1e25, f64::INFINITY, f64::NAN] {
            let line = [(0.0, 0.0), (far, 1.0)];
            assert_eq!(dashes(&line, &[4.0, 2.0]).len(), 1);
        }
        assert_eq!(dashes(&[(0.0, 0.0), (600.0, 0.0)], &[4.0, 2.0]).len(), 100);
        assert_eq!(dashes(&[(0.0, 0.0), (6.0, 0.0)], &[0.0, 0.0]).len(), 1, "a pattern without length");
    }

    #[test]
    fn a_point_has_no_dashes() {
        assert!(dashes(&[(1.0, 1.0)], &[4.0, 2.0]).is_empty());
        assert!(dashes(&[], &[4.0, 2.0]).is_empty());
    }
}
