//! The calculator for scripts: a request in, an answer or an `Error` with field, value and rule out.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::failure::thrown;
use super::{reply, request};
use crate::error::Result;
use crate::measure::{self, Value};

/// `{measure, p, q, …}` → `{value, error, method, cause?}` in nats, or in bits with `unit: "bits"`.
#[wasm_bindgen]
pub fn measure(request: JsValue) -> std::result::Result<JsValue, JsValue> {
    answer(request, measure::measure)
}

/// `{target, direction, family: "normal", sd?}` → `{points: [{kind, mean, sd, value, error}, …]}`, best first.
#[wasm_bindgen]
pub fn fit(request: JsValue) -> std::result::Result<JsValue, JsValue> {
    answer(request, measure::fit)
}

/// `{estimator, …}` → `{value, error, method, …}` from samples.
#[wasm_bindgen]
pub fn estimate(request: JsValue) -> std::result::Result<JsValue, JsValue> {
    answer(request, measure::estimate)
}

fn answer<T: Serialize>(request: JsValue, compute: fn(&Value) -> Result<T>) -> std::result::Result<JsValue, JsValue> {
    let request = request::plain(request)?;
    reply::plain(&compute(&request).map_err(thrown)?)
}
