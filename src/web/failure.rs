//! Errors as JavaScript sees them: an `Error` with the field, the value and the rule.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::plain::plain;
use crate::error::Error;

/// The error as a JavaScript `Error`; a bad parameter carries `field`, `value` and `rule`. Each carries its
/// message as the template and arguments `text`, for pages in other languages.
pub fn thrown(error: Error) -> JsValue {
    let js: JsValue = js_sys::Error::new(&error.to_string()).into();
    if let Error::BadParameter { field, value, rule } = &error {
        for (name, words) in [("field", field), ("value", value), ("rule", &rule.english())] {
            // Setting a property of a fresh Error can't fail.
            let _ = Reflect::set(&js, &name.into(), &words.as_str().into());
        }
    }
    if let Ok(text) = plain(&error.text()) {
        let _ = Reflect::set(&js, &"text".into(), &text);
    }
    js
}
