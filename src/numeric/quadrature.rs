//! Adaptive Gauss–Kronrod quadrature of several integrals that share their evaluations.
//!
//! The 15-point Kronrod rule gives the value, its difference from the 7-point Gauss rule inside it the error
//! (QUADPACK's estimate; Piessens et al., "QUADPACK", Springer 1983). Panels whose error is too large are
//! halved until every integral meets its own tolerance.

use super::effort::spend;
use super::tolerance::{EVALUATIONS, PANEL_ROUNDING};

/// Kronrod nodes in (0, 1], outermost first, then the centre; every second one (odd index) is a Gauss node.
const NODES: [f64; 7] = [
    0.991455371120812639206854697526329,
    0.949107912342758524526189684047851,
    0.864864423359769072789712788640926,
    0.741531185599394439863864773280788,
    0.586087235467691130294144045693013,
    0.405845151377397166906606412076961,
    0.207784955007898467600689403773245,
];
/// Weights of the nodes in the 15-point rule.
const KRONROD: [f64; 7] = [
    0.022935322010529224963732008058970,
    0.063092092629978553290700663189204,
    0.104790010322250183839876322541518,
    0.140653259715525918745189590510238,
    0.169004726639267902826583426598550,
    0.190350578064785409913256402421014,
    0.204432940075298892414161999234649,
];
const KRONROD_CENTRE: f64 = 0.209482141084727828012999174891714;
/// Weights of the odd nodes in the 7-point rule.
const GAUSS: [f64; 3] =
    [0.129484966168869693270611432679082, 0.279705391489276667901467771423780, 0.381830050505118944950369775488975];
const GAUSS_CENTRE: f64 = 0.417959183673469387755102040816327;

/// The least share of the difference between both rules that is counted as error.
const GUARD: f64 = 0.02;

/// Evaluations that one panel costs.
pub const PER_PANEL: usize = 15;

/// An interval of integration in one chart.
///
/// A chart is a coordinate of the caller's choice, such as the distance from a mean: near 10⁹ a sd of 10⁻³
/// can only be resolved by coordinates that start there. One that needs none uses chart 0 for x itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Panel {
    /// Which coordinate `from` and `to` are in.
    pub chart: usize,
    /// Lower end.
    pub from: f64,
    /// Upper end.
    pub to: f64,
}

/// The panels between consecutive breakpoints, in increasing order.
pub fn panels(breakpoints: &[f64]) -> Vec<Panel> {
    breakpoints.windows(2).map(|w| Panel { chart: 0, from: w[0], to: w[1] }).collect()
}

/// How exact each of N integrals has to be.
#[derive(Clone, Copy, Debug)]
pub struct Goal<const N: usize> {
    /// Allowed error relative to the integral's own value.
    pub relative: f64,
    /// Allowed absolute error, where the relative one asks for more.
    pub floor: [f64; N],
    /// Allowed error relative to the square root of the value. An integral of t² whose t has noise n is only
    /// known to n·√value, and quadrature must not chase that noise.
    pub root: [f64; N],
    /// The most evaluations; beyond, the error is what it is.
    pub evaluations: usize,
}

impl<const N: usize> Goal<N> {
    /// The same relative tolerance and absolute floor for every integral.
    pub const fn new(relative: f64, floor: f64) -> Self {
        Self { relative, floor: [floor; N], root: [0.0; N], evaluations: EVALUATIONS }
    }

    /// The error allowed to integral `i` when its value is `value`.
    pub fn allowed(&self, i: usize, value: f64) -> f64 {
        let size = value.abs();
        (self.relative * size).max(self.floor[i]).max(self.root[i] * size.sqrt())
    }
}

/// N integrals, their error bounds and what they cost.
#[derive(Clone, Copy, Debug)]
pub struct Integrals<const N: usize> {
    /// The values.
    pub values: [f64; N],
    /// Bounds of the absolute errors, rounding included.
    pub errors: [f64; N],
    /// Evaluations of the integrand.
    pub evaluations: usize,
}

/// What one panel contributes.
#[derive(Clone, Copy, Debug)]
pub struct Piece<const N: usize> {
    /// The interval.
    pub panel: Panel,
    /// The integrals over it by the Kronrod rule.
    pub values: [f64; N],
    /// Bounds of the truncation errors.
    pub errors: [f64; N],
    /// The integrals of the absolute values, to which rounding is relative.
    pub sizes: [f64; N],
}

/// The rule applied to one panel: [`PER_PANEL`] evaluations of `f(chart, x)`.
pub fn piece<const N: usize>(panel: Panel, f: &mut impl FnMut(usize, f64) -> [f64; N]) -> Piece<N> {
    let centre = 0.5 * (panel.from + panel.to);
    let half = 0.5 * (panel.to - panel.from);
    let mut at = [[0.0; PER_PANEL]; N];
    let mut see = |j: usize, x: f64| {
        for (values, value) in at.iter_mut().zip(f(panel.chart, x)) {
            values[j] = value;
        }
    };
    see(14, centre);
    for (j, node) in NODES.iter().enumerate() {
        see(2 * j, centre - half * node);
        see(2 * j + 1, centre + half * node);
    }
    let mut out = Piece { panel, values: [0.0; N], errors: [0.0; N], sizes: [0.0; N] };
    for (i, y) in at.iter().enumerate() {
        let mut kronrod = KRONROD_CENTRE * y[14];
        let mut size = KRONROD_CENTRE * y[14].abs();
        let mut gauss = GAUSS_CENTRE * y[14];
        for (j, weight) in KRONROD.iter().enumerate() {
            let (below, above) = (y[2 * j], y[2 * j + 1]);
            kronrod += weight * (below + above);
            size += weight * (below.abs() + above.abs());
            if j % 2 == 1 {
                gauss += GAUSS[j / 2] * (below + above);
            }
        }
        let mean = 0.5 * kronrod;
        let mut spread = KRONROD_CENTRE * (y[14] - mean).abs();
        for (j, weight) in KRONROD.iter().enumerate() {
            spread += weight * ((y[2 * j] - mean).abs() + (y[2 * j + 1] - mean).abs());
        }
        let mut error = (kronrod - gauss).abs();
        if spread > 0.0 && error > 0.0 {
            let ratio = 200.0 * error / spread;
            // The power 3/2 is optimistic for the last digits; a share of the plain difference guards them.
            error = (spread * (ratio * ratio.sqrt()).min(1.0)).max(GUARD * error);
        }
        out.values[i] = half * kronrod;
        out.errors[i] = half * error;
        out.sizes[i] = half * size;
    }
    out
}

/// The integrals of `f(chart, x)` over `panels`, to `goal`.
pub fn integrate<const N: usize>(
    panels: &[Panel],
    goal: &Goal<N>,
    mut f: impl FnMut(usize, f64) -> [f64; N],
) -> Integrals<N> {
    let (integrals, _) = integrate_pieces(panels, goal, &mut f);
    integrals
}

/// As [`integrate`], with the pieces at the end, in no particular order.
pub fn integrate_pieces<const N: usize>(
    panels: &[Panel],
    goal: &Goal<N>,
    f: &mut impl FnMut(usize, f64) -> [f64; N],
) -> (Integrals<N>, Vec<Piece<N>>) {
    let mut pieces: Vec<Piece<N>> = Vec::with_capacity(2 * panels.len() + 16);
    pieces.extend(panels.iter().filter(|panel| panel.to > panel.from).map(|&panel| piece(panel, f)));
    let mut evaluations = PER_PANEL * pieces.len();
    while evaluations + 2 * PER_PANEL <= goal.evaluations {
        let total = totals(&pieces);
        let allowed: [f64; N] = std::array::from_fn(|i| goal.allowed(i, total.values[i]));
        let unfinished: [bool; N] = std::array::from_fn(|i| total.errors[i] > allowed[i]);
        if !unfinished.contains(&true) {
            break;
        }
        let excess = |piece: &Piece<N>| {
            let ratios = (0..N).filter(|&i| unfinished[i] && !rounded(piece, i)).map(|i| piece.errors[i] / allowed[i]);
            ratios.fold(0.0, f64::max)
        };
        let worst = pieces.iter().map(excess).fold(0.0, f64::max);
        if worst == 0.0 {
            break;
        }
        // A panel far below the worst one may be fine once that is gone; an equal share of the tolerance is fine.
        let share = (worst / 16.0).max(0.5 / pieces.len() as f64).min(worst);
        for k in 0..pieces.len() {
            let Panel { chart, from, to } = pieces[k].panel;
            let middle = 0.5 * (from + to);
            if excess(&pieces[k]) < share || !(from < middle && middle < to) {
                continue;
            }
            if evaluations + 2 * PER_PANEL > goal.evaluations {
                break;
            }
            pieces[k] = piece(Panel { chart, from, to: middle }, f);
            pieces.push(piece(Panel { chart, from: middle, to }, f));
            evaluations += 2 * PER_PANEL;
        }
    }
    spend(evaluations);
    let total = totals(&pieces);
    let errors = std::array::from_fn(|i| total.errors[i] + PANEL_ROUNDING * total.sizes[i]);
    (Integrals { values: total.values, errors, evaluations }, pieces)
}

/// Whether what is left of the error of integral `i` over a piece is rounding, or its interval can't be halved.
fn rounded<const N: usize>(piece: &Piece<N>, i: usize) -> bool {
    let Panel { from, to, .. } = piece.panel;
    let middle = 0.5 * (from + to);
    piece.errors[i] <= PANEL_ROUNDING * piece.sizes[i] || !(from < middle && middle < to)
}

/// Values, truncation errors and sizes over all pieces.
fn totals<const N: usize>(pieces: &[Piece<N>]) -> Piece<N> {
    let panel = Panel { chart: 0, from: 0.0, to: 0.0 };
    let mut total = Piece { panel, values: [0.0; N], errors: [0.0; N], sizes: [0.0; N] };
    for piece in pieces {
        for i in 0..N {
            total.values[i] += piece.values[i];
            total.errors[i] += piece.errors[i];
            total.sizes[i] += piece.sizes[i];
        }
    }
    total
}

/// The integrals of `f(x)` over a line: the panels between increasing `breakpoints`, and on either side, where
/// a scale is given, the half-line beyond.
///
/// A half-line beyond b is mapped by x = b ± scale·u/(1−u), 0 < u < 1, which suits tails that fall like
/// an exponential or a power (at least x⁻²); `scale` is the length over which the tail falls.
pub fn on_line<const N: usize>(
    breakpoints: &[f64],
    left: Option<f64>,
    right: Option<f64>,
    goal: &Goal<N>,
    mut f: impl FnMut(f64) -> [f64; N],
) -> Integrals<N> {
    let (Some(&first), Some(&last)) = (breakpoints.first(), breakpoints.last()) else {
        return Integrals { values: [0.0; N], errors: [0.0; N], evaluations: 0 };
    };
    let mut all = panels(breakpoints);
    for (chart, scale) in [(1, left), (2, right)] {
        if scale.is_some() {
            all.extend([(0.0, 0.5), (0.5, 1.0)].map(|(from, to)| Panel { chart, from, to }));
        }
    }
    let (left, right) = (left.unwrap_or(0.0), right.unwrap_or(0.0));
    integrate(&all, goal, |chart, u| {
        let (x, stretch) = match chart {
            0 => return f(u),
            1 => (first - left * u / (1.0 - u), left / ((1.0 - u) * (1.0 - u))),
            _ => (last + right * u / (1.0 - u), right / ((1.0 - u) * (1.0 - u))),
        };
        f(x).map(|y| if y == 0.0 { 0.0 } else { y * stretch })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_integrals_share_their_evaluations_and_bound_their_errors() {
        let goal = Goal::<3>::new(1e-12, 1e-30);
        let mut calls = 0;
        let got = integrate(&panels(&[0.0, 1.0, 2.0]), &goal, |_, x| {
            calls += 1;
            [x.exp(), (x - 0.3).abs(), (10.0 * x).cos()]
        });
        let want = [2f64.exp() - 1.0, 0.5 * (0.09 + 1.7 * 1.7), (20f64).sin() / 10.0];
        for (i, want) in want.into_iter().enumerate() {
            let error = (got.values[i] - want).abs();
            assert!(error <= got.errors[i] && got.errors[i] < 2e-12 * want.abs(), "{i}: {error:e} {:e}", got.errors[i]);
        }
        assert_eq!(calls, got.evaluations);
    }

    #[test]
    fn half_lines_take_exponential_and_algebraic_tails() {
        let goal = Goal::<2>::new(1e-12, 1e-30);
        let got = on_line(&[-1.0, 1.0], Some(1.0), Some(1.0), &goal, |x| {
            [1.0 / (std::f64::consts::PI * (1.0 + x * x)), (-0.5 * x * x).exp()]
        });
        let want = [1.0, (2.0 * std::f64::consts::PI).sqrt()];
        for (i, want) in want.into_iter().enumerate() {
            assert!((got.values[i] - want).abs() <= got.errors[i] && got.errors[i] < 1e-11);
        }
    }

    #[test]
    fn what_cannot_be_integrated_ends_with_a_large_error() {
        let goal = Goal { evaluations: 3000, ..Goal::<1>::new(1e-10, 0.0) };
        let got = integrate(&panels(&[0.0, 1.0]), &goal, |_, x| [(1.0 / x).sin() / x]);
        assert!(got.evaluations <= 3000 && got.errors[0] > 1e-10);
        let zero = integrate(&panels(&[0.0, 1.0]), &goal, |_, _| [0.0]);
        assert_eq!((zero.values[0], zero.evaluations), (0.0, 15));
    }
}
