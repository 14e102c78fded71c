//! The languages of the page: each with the page's own function that fills in words, so that a label on the canvas and
//! a word beside it come from one catalogue and one way of writing numbers.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;

use super::plain::plain;
use crate::error::{Error, Result};
use crate::text::Text;

/// The language of the templates themselves.
pub const ENGLISH: &str = "en";

thread_local! {
    static SPEAKERS: RefCell<HashMap<String, Function>> = RefCell::default();
}

/// From now on, requests in that language have their words filled in by `say`, which gets `{key, args}` and gives a
/// string. It must give the same words for the same text.
#[wasm_bindgen]
pub fn speak(language: String, say: Function) {
    SPEAKERS.with_borrow_mut(|speakers| speakers.insert(language, say));
}

/// Fills in words in one language.
#[derive(Debug)]
pub struct Speaker(Option<Function>);

impl Speaker {
    /// The speaker of a language; English needs none.
    pub fn of(language: &str) -> Result<Self> {
        if language == ENGLISH {
            return Ok(Self(None));
        }
        let say = SPEAKERS.with_borrow(|speakers| speakers.get(language).cloned());
        say.map(|say| Self(Some(say))).ok_or_else(|| Error::bad("language", language, "is not spoken here"))
    }

    /// The words; in English where the page's function fails.
    pub fn say(&self, text: &Text) -> String {
        let spoken = self.0.as_ref().and_then(|say| say.call1(&JsValue::NULL, &plain(text).ok()?).ok()?.as_string());
        spoken.unwrap_or_else(|| text.english())
    }
}
