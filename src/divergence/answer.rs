//! temp
use crate::quantity::{Method, Quantity, Unit};
use crate::text::Text;
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub value: f64,
    pub error: f64,
    pub method: Method,
    pub cause: Option<Text>,
    pub evaluations: usize,
}
impl Answer {
    pub fn quantity(&self, unit: Unit) -> Quantity {
        Quantity::bounded(self.value, self.error).unit(unit)
    }
}
