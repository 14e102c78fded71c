//! Requests: plain JavaScript objects, read into types.

use std::collections::BTreeMap;

use wasm_bindgen::JsValue;

use super::failure::thrown;
use super::speech::ENGLISH;
use crate::error::{Error, Result};
use crate::figure::{Color, Direction, Look, Point, ROLES, Theme};
use crate::measure::{Fields, Value as Given};
use crate::scene::{Arrow, Signs, Value, Values};
use crate::text::Text;

/// Which scene, in which state, how large and in which colours.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The scene's id.
    pub scene: String,
    /// Control values; what is missing takes its default.
    values: Values,
    /// The control values that the movement began with in which the scene is; its axes stay as they were there.
    held: Option<Values>,
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

/// A handle that is dragged.
#[derive(Debug)]
pub struct DragRequest {
    /// The handle's id.
    pub handle: String,
    /// How far, in pixels of the figure.
    pub by: Point,
    /// The direction it keeps to; nothing for both.
    pub along: Option<Direction>,
    /// In tenths of the control's step.
    pub fine: bool,
}

/// Bars that are swept over.
#[derive(Debug)]
pub struct SweepRequest {
    /// The heights to which they are drawn, in pixels of the figure, by their handles' ids.
    pub drawn: BTreeMap<String, f64>,
    /// In tenths of the control's step.
    pub fine: bool,
}

/// A number that is typed.
#[derive(Debug)]
pub struct TypedRequest {
    /// The control's id.
    pub control: String,
    /// What was typed.
    pub words: String,
    /// The signs of its language.
    pub signs: Signs,
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

/// Control values, if any are given; those that are null count as not given.
fn values(fields: &mut Fields<'_>, name: &'static str) -> Result<Option<Values>> {
    let entries = match fields.optional(name) {
        None => return Ok(None),
        Some(Given::Map(entries)) => entries,
        Some(other) => return Err(Error::bad(name, other, "must be a map of fields")),
    };
    let mut values = Values::new();
    for (id, given) in entries {
        let value = match given {
            Given::Null => continue,
            Given::Number(v) => Value::Number(*v),
            Given::Bool(on) => Value::Switch(*on),
            Given::Text(words) => Value::Text(words.clone()),
            other => {
                let rule = "must be a number, a text, true or false";
                return Err(Error::bad(id.as_str(), other, rule).within(name));
            }
        };
        values.insert(id.clone(), value);
    }
    Ok(Some(values))
}

/// One sign; `usual` if it is not given.
fn sign(fields: &mut Fields<'_>, name: &'static str, usual: char) -> Result<char> {
    let Some(words) = fields.optional_text(name)? else { return Ok(usual) };
    let mut signs = words.chars();
    let (Some(sign), None) = (signs.next(), signs.next()) else {
        return Err(Error::bad(name, Given::Text(words.to_owned()), "must be one sign"));
    };
    Ok(sign)
}

/// The direction that a word means.
fn direction(word: &str, name: &'static str) -> Result<Direction> {
    match word {
        "horizontal" => Ok(Direction::Horizontal),
        "vertical" => Ok(Direction::Vertical),
        other => Err(Error::bad(name, Given::Text(other.to_owned()), "must be horizontal or vertical")),
    }
}

impl FromRequest for Request {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self> {
        let given = values(fields, "values")?.unwrap_or_default();
        let held = values(fields, "held")?;
        let mut colors = BTreeMap::new();
        for (role, given) in map(fields, "colors")? {
            let Given::Text(css) = given else {
                return Err(Error::bad(role.as_str(), given, "must be a text").within("colors"));
            };
            colors.insert(role.clone(), css.clone());
        }
        Ok(Self {
            scene: fields.text("scene")?.to_owned(),
            values: given,
            held,
            width: fields.optional_number("width")?.unwrap_or(720.0),
            ratio: fields.optional_number("ratio")?.unwrap_or(1.0),
            height: fields.optional_number("height")?,
            scale: fields.optional_number("scale")?.unwrap_or(1.0),
            bits: switch(fields, "bits")?,
            asked: switch(fields, "asked")?,
            numberless: switch(fields, "numberless")?,
            language: fields.optional_text("language")?.unwrap_or(ENGLISH).to_owned(),
            decimal: sign(fields, "decimal", '.')?,
            colors,
        })
    }
}

impl FromRequest for PressRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self> {
        let direction = direction(fields.text("direction")?, "direction")?;
        let steps = fields.number("steps")?;
        if steps.fract() != 0.0 || steps.abs() > 1000.0 {
            return Err(Error::bad("steps", steps, "must be a whole number from -1000 to 1000"));
        }
        let fine = switch(fields, "fine")?;
        let handle = fields.text("handle")?.to_owned();
        Ok(Self { handle, arrow: Arrow { direction, steps: steps as i32, fine } })
    }
}

impl FromRequest for DragRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self> {
        let along = fields.optional_text("along")?.map(|word| direction(word, "along")).transpose()?;
        let by = (fields.number("dx")?, fields.number("dy")?);
        let fine = switch(fields, "fine")?;
        Ok(Self { handle: fields.text("handle")?.to_owned(), by, along, fine })
    }
}

impl FromRequest for SweepRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self> {
        let mut drawn = BTreeMap::new();
        for (handle, given) in map(fields, "drawn")? {
            let Given::Number(height) = given else {
                return Err(Error::bad(handle.as_str(), given, "must be a number").within("drawn"));
            };
            drawn.insert(handle.clone(), *height);
        }
        Ok(Self { drawn, fine: switch(fields, "fine")? })
    }
}

impl FromRequest for TypedRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self> {
        let Signs { decimal, group, zero } = Signs::ENGLISH;
        let signs = Signs {
            decimal: sign(fields, "decimal", decimal)?,
            group: sign(fields, "group", group)?,
            zero: sign(fields, "zero", zero)?,
        };
        Ok(Self { control: fields.text("control")?.to_owned(), words: fields.text("words")?.to_owned(), signs })
    }
}

impl Request {
    /// The control values.
    pub const fn values(&self) -> &Values {
        &self.values
    }

    /// The picture that the movement began with in which the scene is, if it is in one.
    pub fn beginning(&self) -> Option<Self> {
        let values = self.held.clone()?;
        Some(Self { values, held: None, ..self.clone() })
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
