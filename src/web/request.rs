//! Requests: plain JavaScript objects, read into types.

use std::collections::BTreeMap;

use wasm_bindgen::JsValue;

use super::failure::thrown;
use super::speech::ENGLISH;
use crate::error::{Error, Result};
use crate::figure::{Color, Direction, Look, Point, ROLES, Theme};
use crate::measure::{Fields, Value as Given};
use crate::scene::{Arrow, Value, Values};
use crate::text::Text;

/// Which scene, in which state, how large and in which colours.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The scene's id.
    pub scene: String,
    /// Control values; what is missing takes its default.
    values: Values,
    /// The figure's width in CSS pixels.
    pub width: f64,
    /// The height in CSS pixels that the figure is to fill.
    height: Option<f64>,
    /// Device pixels to the CSS pixel.
    ratio: f64,
    /// The factor on type and lines.
    scale: f64,
    /// Whether information is shown in bits.
    bits: bool,
    /// Whether a question is open, so that the answer must not be seen yet.
    pub asked: bool,
    /// Whether the figure tells no number but on its axes.
    pub numberless: bool,
    /// The language of the words on the figure: English, or one that was given to `speak`.
    pub language: String,
    /// The decimal sign.
    decimal: char,
    /// Colours by the name of their role; what is missing is taken from the light theme.
    colors: BTreeMap<String, String>,
}

/// An arrow key on a handle.
#[derive(Debug)]
pub struct PressRequest {
    /// The handle's id.
    pub handle: String,
    /// The key.
    pub arrow: Arrow,
}

/// One bar of a sweep.
#[derive(Debug)]
pub struct SweepRequest {
    /// The handle's id.
    pub handle: String,
    /// Where the pointer passes it, in pixels of the figure.
    pub at: Point,
    /// In tenths of the control's step.
    pub fine: bool,
    /// What the bars that were passed before were drawn to, by control.
    pub kept: BTreeMap<String, f64>,
}

/// What can be read from a plain JavaScript object.
pub trait FromRequest: Sized {
    /// Reads it from its fields.
    ///
    /// # Errors
    /// Names the path of the field, its value and the rule.
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self>;
}

/// Reads a request of any kind.
pub fn read<T: FromRequest>(request: JsValue) -> std::result::Result<T, JsValue> {
    let given = plain(request)?;
    let read = || {
        let mut fields = Fields::of(&given, "request")?;
        let found = T::from_fields(&mut fields)?;
        fields.finish()?;
        Ok(found)
    };
    read().map_err(thrown)
}

/// A JavaScript value as a tree of plain values.
pub fn plain(request: JsValue) -> std::result::Result<Given, JsValue> {
    serde_wasm_bindgen::from_value(request).map_err(|e| {
        let rule = Text::new("can't be read: {why}").with("why", e.to_string().trim_start_matches("Error: "));
        thrown(Error::bad("request", "what was given", rule))
    })
}

/// On or off; off if it is not given.
fn switch(fields: &mut Fields<'_>, name: &'static str) -> Result<bool> {
    match fields.optional(name) {
        None => Ok(false),
        Some(Given::Bool(on)) => Ok(*on),
        Some(other) => Err(Error::bad(name, other, "must be true or false")),
    }
}

/// The entries of a map; none if it is not given.
fn map<'a>(fields: &mut Fields<'a>, name: &'static str) -> Result<&'a [(String, Given)]> {
    match fields.optional(name) {
        None => Ok(&[]),
        Some(Given::Map(entries)) => Ok(entries),
        Some(other) => Err(Error::bad(name, other, "must be a map of fields")),
    }
}

impl FromRequest for Request {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self> {
        let mut values = Values::new();
        for (id, given) in map(fields, "values")? {
            let value = match given {
                Given::Null => continue,
                Given::Number(v) => Value::Number(*v),
                Given::Bool(on) => Value::Switch(*on),
                Given::Text(words) => Value::Text(words.clone()),
                other => {
                    let rule = "must be a number, a text, true or false";
                    return Err(Error::bad(id.as_str(), other, rule).within("values"));
                }
            };
            values.insert(id.clone(), value);
        }
        let mut colors = BTreeMap::new();
        for (role, given) in map(fields, "colors")? {
            let Given::Text(css) = given else {
                return Err(Error::bad(role.as_str(), given, "must be a text").within("colors"));
            };
            colors.insert(role.clone(), css.clone());
        }
        let decimal = fields.optional_text("decimal")?.unwrap_or(".");
        let mut signs = decimal.chars();
        let (Some(sign), None) = (signs.next(), signs.next()) else {
            return Err(Error::bad("decimal", Given::Text(decimal.to_owned()), "must be one sign"));
        };
        Ok(Self {
            scene: fields.text("scene")?.to_owned(),
            values,
            width: fields.optional_number("width")?.unwrap_or(720.0),
            ratio: fields.optional_number("ratio")?.unwrap_or(1.0),
            height: fields.optional_number("height")?,
            scale: fields.optional_number("scale")?.unwrap_or(1.0),
            bits: switch(fields, "bits")?,
            asked: switch(fields, "asked")?,
            numberless: switch(fields, "numberless")?,
            language: fields.optional_text("language")?.unwrap_or(ENGLISH).to_owned(),
            decimal: sign,
            colors,
        })
    }
}

impl FromRequest for PressRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self> {
        let direction = match fields.text("direction")? {
            "horizontal" => Direction::Horizontal,
            "vertical" => Direction::Vertical,
            other => {
                return Err(Error::bad("direction", Given::Text(other.to_owned()), "must be horizontal or vertical"));
            }
        };
        let steps = fields.number("steps")?;
        if steps.fract() != 0.0 || steps.abs() > 1000.0 {
            return Err(Error::bad("steps", steps, "must be a whole number from -1000 to 1000"));
        }
        let fine = switch(fields, "fine")?;
        let handle = fields.text("handle")?.to_owned();
        Ok(Self { handle, arrow: Arrow { direction, steps: steps as i32, fine } })
    }
}

impl FromRequest for SweepRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self> {
        let mut kept = BTreeMap::new();
        for (control, given) in map(fields, "kept")? {
            let Given::Number(height) = given else {
                return Err(Error::bad(control.as_str(), given, "must be a number").within("kept"));
            };
            kept.insert(control.clone(), *height);
        }
        let at = (fields.number("x")?, fields.number("y")?);
        let fine = switch(fields, "fine")?;
        Ok(Self { handle: fields.text("handle")?.to_owned(), at, fine, kept })
    }
}

impl Request {
    /// The control values.
    pub const fn values(&self) -> &Values {
        &self.values
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
    let rule = Text::new("is outside {min} to {max}")
        .with("min", crate::quantity::Quantity::exact(low))
        .with("max", crate::quantity::Quantity::exact(high));
    Err(Error::bad(field, value, rule))
}
