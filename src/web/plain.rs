//! What crosses to JavaScript, as plain data.

use serde::Serialize;
use wasm_bindgen::JsValue;

/// Any serializable value as plain JavaScript data.
pub fn plain<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, serde_wasm_bindgen::Error> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())
}
