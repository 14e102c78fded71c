//! Requests: plain JavaScript objects, read into types.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use super::failure::thrown;
use crate::error::{Error, Result};
use crate::figure::{Color, Direction, Look, ROLES, Theme};
use crate::scene::{Arrow, Value, Values};

/// Which scene, in which state, how large and in which colours.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The scene's id.
    pub scene: String,
    /// Control values; what is missing takes its default.
    #[serde(default)]
    values: BTreeMap<String, Given>,
    /// The figure's width in CSS pixels.
    #[serde(default = "default_width")]
    pub width: f64,
    /// The height in CSS pixels that the figure is to fill.
    #[serde(default)]
    height: Option<f64>,
    /// Device pixels to the CSS pixel.
    #[serde(default = "one")]
    ratio: f64,
    /// The factor on type and lines.
    #[serde(default = "one")]
    scale: f64,
    /// Whether information is shown in bits.
    #[serde(default)]
    bits: bool,
    /// Whether a question is open, so that the answer must not be seen yet.
    #[serde(default)]
    pub asked: bool,
    /// The language of the words on the figure: English, or one that was given to `speak`.
    #[serde(default = "english")]
    pub language: String,
    /// The decimal sign.
    #[serde(default = "point")]
    decimal: char,
    /// Colours by the name of their role; what is missing is taken from the light theme.
    #[serde(default)]
    colors: BTreeMap<String, String>,
}

/// A control value as it comes in.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
enum Given {
    // Numbers first: each kind that is tried in vain makes an error in JavaScript, and this is done every frame.
    Number(f64),
    Switch(bool),
    Text(String),
}

/// An arrow key on a handle.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PressRequest {
    /// The handle's id.
    pub handle: String,
    direction: Way,
    steps: i32,
    #[serde(default)]
    fine: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Way {
    Horizontal,
    Vertical,
}

const fn default_width() -> f64 {
    720.0
}

const fn one() -> f64 {
    1.0
}

fn english() -> String {
    super::speech::ENGLISH.to_owned()
}

const fn point() -> char {
    '.'
}

/// Reads a request of any kind.
pub fn read<T: DeserializeOwned>(request: JsValue) -> std::result::Result<T, JsValue> {
    serde_wasm_bindgen::from_value(request)
        .map_err(|e| thrown(Error::bad("request", e, "is not how a request is written")))
}

impl Request {
    /// The control values.
    pub fn values(&self) -> Values {
        let value = |given: &Given| match given {
            Given::Switch(on) => Value::Switch(*on),
            Given::Number(v) => Value::Number(*v),
            Given::Text(words) => Value::Text(words.clone()),
        };
        self.values.iter().map(|(id, given)| (id.clone(), value(given))).collect()
    }

    /// The look asked for.
    pub fn look(&self) -> Result<Look> {
        within("width", self.width, 40.0, 20_000.0)?;
        let mut theme = Theme::light();
        for (name, css) in &self.colors {
            let Some((role, _)) = ROLES.iter().find(|(_, id)| id == name) else {
                return Err(Error::bad(format!("colors.{name}"), css, "is for no role of that name"));
            };
            let color = Color::parse(css)
                .ok_or_else(|| Error::bad(format!("colors.{name}"), css, "is not #rrggbb or rgb(r, g, b)"))?;
            theme = theme.with(*role, color);
        }
        Ok(Look {
            theme,
            scale: within("scale", self.scale, 0.5, 8.0)?,
            ratio: within("ratio", self.ratio, 0.25, 16.0)?,
            bits: self.bits,
            decimal: self.decimal,
            height: self.height.map(|height| within("height", height, 40.0, 20_000.0)).transpose()?,
        })
    }
}

fn within(field: &str, value: f64, low: f64, high: f64) -> Result<f64> {
    if (low..=high).contains(&value) {
        return Ok(value);
    }
    let rule = crate::text::Text::new("is outside {min} to {max}")
        .with("min", crate::quantity::Quantity::exact(low))
        .with("max", crate::quantity::Quantity::exact(high));
    Err(Error::bad(field, value, rule))
}

impl PressRequest {
    /// The key.
    pub const fn arrow(&self) -> Arrow {
        let direction = match self.direction {
            Way::Horizontal => Direction::Horizontal,
            Way::Vertical => Direction::Vertical,
        };
        Arrow { direction, steps: self.steps, fine: self.fine }
    }
}
