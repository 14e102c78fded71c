//! The calculator for scripts: a request in, an answer or an `Error` with field, value and rule out.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::failure::thrown;
use super::reply::plain;
use crate::error::{Error, Result};
use crate::measure::{self, Value};
use crate::text::Text;

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
    let request: Value = serde_wasm_bindgen::from_value(request).map_err(|e| {
        let rule = Text::new("can't be read: {why}").with("why", e.to_string().trim_start_matches("Error: "));
        thrown(Error::bad("request", "what was given", rule))
    })?;
    plain(&compute(&request).map_err(thrown)?)
}
