//! The last result of a costly function, kept for the next time it is asked the same: while a reader drags one thing,
//! what does not depend on it stands still. Only the clock can tell.

use std::cell::RefCell;
use std::rc::Rc;

/// The last result of a pure function and what it was asked; to be put into a `thread_local`.
#[derive(Debug)]
pub struct Last<K, V>(RefCell<Option<(K, Rc<V>)>>);

impl<K: PartialEq, V> Last<K, V> {
    /// Nothing yet.
    pub const fn none() -> Self {
        Self(RefCell::new(None))
    }

    /// The result for `key`: the last one where it was asked the same, and otherwise what `make` makes of it.
    pub fn get(&self, key: K, make: impl FnOnce(&K) -> V) -> Rc<V> {
        if let Some((_, value)) = self.0.borrow().as_ref().filter(|(last, _)| *last == key) {
            return Rc::clone(value);
        }
        let value = Rc::new(make(&key));
        *self.0.borrow_mut() = Some((key, Rc::clone(&value)));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn a_result_is_made_once_for_each_question_in_turn() {
        let (last, made) = (Last::none(), Cell::new(0));
        let square = |x: i32| {
            let make = |x: &i32| {
                made.set(made.get() + 1);
                x * x
            };
            *last.get(x, make)
        };
        assert_eq!([square(3), square(3), square(4), square(4), square(3)], [9, 9, 16, 16, 9]);
        assert_eq!(made.get(), 3);
    }
}
