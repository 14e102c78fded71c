//! How much has been computed: evaluations of densities and their like, counted where the loops are that make them. No
//! number depends on the count; by it tests hold every state of every scene to a bound without asking a clock.

use std::cell::Cell;

thread_local! {
    static SPENT: Cell<u64> = const { Cell::new(0) };
}

/// A term of a sum over a table is a few multiplications: so many of them cost what an evaluation does.
const TERMS: u64 = 16;

/// Counts so many evaluations, of a whole batch at a time.
pub fn spend(evaluations: usize) {
    SPENT.with(|spent| spent.set(spent.get() + TERMS * evaluations as u64));
}

/// Counts so many terms of a sum over values that are there already.
pub fn spend_terms(terms: usize) {
    SPENT.with(|spent| spent.set(spent.get() + terms as u64));
}

/// The evaluations so far on this thread.
pub fn spent() -> u64 {
    SPENT.with(Cell::get) / TERMS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::quadrature::{Goal, integrate, panels};

    #[test]
    fn what_quadrature_evaluates_is_counted() {
        let (before, mut calls) = (spent(), 0);
        let found = integrate(&panels(&[0.0, 1.0, 2.0]), &Goal::<1>::new(1e-12, 0.0), |_, x| {
            calls += 1;
            [(x - 0.3).abs()]
        });
        assert_eq!((spent() - before, found.evaluations), (calls, calls as usize));
        spend_terms(32);
        assert_eq!(spent() - before, calls + 2);
    }
}
