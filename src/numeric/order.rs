//! Putting short lists in order.

use std::cmp::Ordering;

/// Sorts a short list in place; equal entries keep their order.
///
/// By insertion: O(n²) comparisons. The standard sorts are compiled anew for every kind of entry, and a dozen of them
/// weighed more than all of quadrature; lists such as stationary points, components and cuts have a few dozen entries.
pub fn by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && compare(&list[at - 1], &list[at]) == Ordering::Greater {
            list.swap(at - 1, at);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_as_the_standard_library_sorts_them() {
        for seed in 0..200_u64 {
            let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                state >> 60
            };
            let mut list: Vec<(u64, usize)> = (0..seed as usize % 40).map(|at| (next(), at)).collect();
            let mut sorted = list.clone();
            sorted.sort_by_key(|entry| entry.0);
            by(&mut list, |a, b| a.0.cmp(&b.0));
            assert_eq!(list, sorted);
        }
    }
}
