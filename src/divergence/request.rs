//! What a number is, as data: a measure and what it is taken of, so that the number can be asked for again elsewhere.

use crate::dist::{Dist, Normal, Normal2};
use crate::divergence::any::Measure;

/// A number's definition.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// A measure of two distributions.
    Pair(Measure, Box<[Dist; 2]>),
    /// The entropy of a distribution, in nats.
    Entropy(Box<Dist>),
    /// A number with its sign changed.
    Negative(Box<Request>),
    /// The mean of ln q over some points, in nats.
    LogLikelihood(Vec<f64>, Normal),
    /// The mutual information of a table of joint probabilities, in nats.
    Table(Vec<Vec<f64>>),
    /// The mutual information of two normals with that correlation, −½ ln(1 − ρ²) nats.
    Correlation(f64),
    /// D(P‖Q), or reversed D(Q‖P), where P = ½N(−gap, cov) + ½N(gap, cov) in the plane; cov is [xx, xy, yy].
    TwoBells {
        /// Half the way from bell to bell.
        gap: [f64; 2],
        /// The covariances of either bell.
        cov: [f64; 3],
        /// Q.
        q: Normal2,
        /// Whether it is D(Q‖P).
        reversed: bool,
    },
}

impl Request {
    /// A measure of `p` and `q`.
    pub fn pair(measure: Measure, p: impl Into<Dist>, q: impl Into<Dist>) -> Self {
        Self::Pair(measure, Box::new([p.into(), q.into()]))
    }

    /// D(p‖q).
    pub fn kl(p: impl Into<Dist>, q: impl Into<Dist>) -> Self {
        Self::pair(Measure::Kl, p, q)
    }

    /// H(p).
    pub fn entropy(p: impl Into<Dist>) -> Self {
        Self::Entropy(Box::new(p.into()))
    }
}
