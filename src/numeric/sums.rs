//! Sums that do not lose what they add.

/// A running sum with Neumaier's compensation: exact to about one rounding, however many terms there are.
///
/// A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974).
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    /// Adds a term.
    pub fn add(&mut self, term: f64) {
        let sum = self.total + term;
        // What is lost is only defined while the sum is finite; ∞ − ∞ must not make NaN of ∞.
        if sum.is_finite() {
            self.lost +=
                if self.total.abs() >= term.abs() { (self.total - sum) + term } else { (term - sum) + self.total };
        }
        self.total = sum;
    }

    /// The sum of all terms so far.
    pub fn value(self) -> f64 {
        self.total + self.lost
    }
}

/// The compensated sum of `terms`.
pub fn sum(terms: impl IntoIterator<Item = f64>) -> f64 {
    let mut sum = Sum::default();
    for term in terms {
        sum.add(term);
    }
    sum.value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_terms_survive_large_ones() {
        assert_eq!(sum([1.0, 1e100, 1.0, -1e100]), 2.0);
        assert_eq!(sum((0..10).map(|_| 0.1)), 1.0);
        assert_eq!(sum([f64::INFINITY, 1.0]), f64::INFINITY);
    }
}
