//! The browser's side of the core: the only module that names wasm-bindgen, web-sys, plotters-canvas and
//! serde-wasm-bindgen.
//!
//! Every function takes all it needs and remembers nothing that could be observed, but for the identity of objects (see
//! `reply`): a request names the scene, its values and the look; the reply is plain data.

mod calculator;
mod canvas;
mod failure;
mod memo;
mod plain;
mod qr;
mod reply;
mod request;
mod speech;

use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::error::Error;
use crate::figure;
use crate::program::{self, Language};
use crate::scene::{self, Seen};
use crate::scenes;
use crate::text::Text;
use failure::thrown;
use memo::{Shot, shoot};
use request::{DragRequest, PressRequest, Request, SweepRequest, TypedRequest, read};

/// Reports panics on the console; the page offers a fresh start.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
}

/// The scenes in teaching order: `[{id, title, about}, …]`.
#[wasm_bindgen]
pub fn scenes() -> Result<JsValue, JsValue> {
    reply::scenes()
}

/// Draws a scene on a canvas and says what it shows: controls, readouts, words, handles.
///
/// The request: `{scene, values, held, width, height, ratio, scale, bits, language, decimal, colors}`; width in CSS
/// pixels. The canvas's own size is set here; its CSS height is the reply's `height`. While something is dragged, `held`
/// has the values that it began with: the axes stay as they were there.
#[wasm_bindgen]
pub fn render(target: &HtmlCanvasElement, request: JsValue) -> Result<JsValue, JsValue> {
    let request = read::<Request>(request)?;
    let shot = shoot(&request).map_err(thrown)?;
    let Shot { seen, layout, look, speaker } = &*shot;
    let surface = canvas::SubpixelCanvas::new(target, layout, look).map_err(thrown)?;
    figure::draw(surface, &seen.view.figure, layout, look, &canvas::text_width, &|text| speaker.say(text))
        .map_err(thrown)?;
    reply::frame(&shot)
}

/// The control values where a handle is dragged away from where the request has it: `{control: value, …}`. The drag:
/// `{handle, dx, dy, along, fine}` in pixels, where `along` is the one direction that it keeps to, or nothing.
#[wasm_bindgen]
pub fn drag(request: JsValue, drag: JsValue) -> Result<JsValue, JsValue> {
    let shot = shoot(&read::<Request>(request)?).map_err(thrown)?;
    let DragRequest { handle, by, along, fine } = read(drag)?;
    reply::values(scene::drag(&shot.seen, &shot.layout, &handle, by, along, fine))
}

/// The control values where a sweep has drawn bars: `{control: value, …}`. The sweep: `{drawn, fine}`, where `drawn` has
/// heights in pixels by handle.
#[wasm_bindgen]
pub fn sweep(request: JsValue, sweep: JsValue) -> Result<JsValue, JsValue> {
    let shot = shoot(&read::<Request>(request)?).map_err(thrown)?;
    let SweepRequest { drawn, fine } = read(sweep)?;
    reply::values(scene::sweep(&shot.seen, &shot.layout, &drawn, fine))
}

/// The control values where a number is typed: `{values}`, or `{problem}` as in the reply of `render`. What is typed:
/// `{control, words, decimal, group, zero}`, the last three being the signs of its language.
#[wasm_bindgen]
pub fn typed(request: JsValue, typed: JsValue) -> Result<JsValue, JsValue> {
    let shot = shoot(&read::<Request>(request)?).map_err(thrown)?;
    let TypedRequest { control, words, signs } = read(typed)?;
    reply::typed(scene::typed(&shot.seen, &control, &words, &signs), &shot.seen)
}

/// The control values after an arrow key on a handle: `{control: value, …}`. The press:
/// `{handle, direction: "horizontal" | "vertical", steps, fine}`.
#[wasm_bindgen]
pub fn press(request: JsValue, press: JsValue) -> Result<JsValue, JsValue> {
    let shot = shoot(&read::<Request>(request)?).map_err(thrown)?;
    let press = read::<PressRequest>(press)?;
    reply::values(scene::press(&shot.seen, &shot.layout, &press.handle, press.arrow))
}

/// The value of a control whose slider is moved to `value`: `{control: value}`, on its grid of steps.
#[wasm_bindgen]
pub fn slide(request: JsValue, control: &str, value: f64, fine: bool) -> Result<JsValue, JsValue> {
    let shot = shoot(&read::<Request>(request)?).map_err(thrown)?;
    reply::values(scene::slide(&shot.seen, control, value, fine))
}

/// The value of a control so many steps from its present one: `{control: value}`.
#[wasm_bindgen]
pub fn step(request: JsValue, control: &str, steps: i32, fine: bool) -> Result<JsValue, JsValue> {
    let shot = shoot(&read::<Request>(request)?).map_err(thrown)?;
    reply::values(scene::step(&shot.seen, control, steps, fine))
}

/// The plotted values under a pixel, or null: `{name, number, place, values: [[name, value], …]}`, where `name` is the name of the
/// place or of what it is measured by; `number` which one of what is numbered, or null; `place` how far along it is, or null.
#[wasm_bindgen]
pub fn probe(request: JsValue, x: f64, y: f64) -> Result<JsValue, JsValue> {
    let shot = shoot(&read::<Request>(request)?).map_err(thrown)?;
    reply::reading(figure::probe(&shot.seen.view.figure, &shot.layout, (x, y), shot.look.bits))
}

/// The figure as an SVG document; while a question is open, without the description that would answer it.
#[wasm_bindgen]
pub fn svg(request: JsValue) -> Result<String, JsValue> {
    let request = read::<Request>(request)?;
    let shot = shoot(&request).map_err(thrown)?;
    let Seen { view, .. } = &shot.seen;
    let say = |text: &Text| shot.speaker.say(text);
    let title = say(&scenes::find(&request.scene).map_err(thrown)?.title.into());
    figure::svg(&view.figure, request.width, &shot.look, &title, &say(&view.description), &say).map_err(thrown)
}

/// Exactly what is plotted, as CSV.
#[wasm_bindgen]
pub fn csv(request: JsValue) -> Result<String, JsValue> {
    let shot = shoot(&read::<Request>(request)?).map_err(thrown)?;
    Ok(figure::csv(&shot.seen.view.figure, shot.look.bits, &|text| shot.speaker.say(text)))
}

/// The state as a program in `"python"` or `"rust"` that prints the main numbers, with a line of the caller's choice
/// (such as its link) at the top; null where there is none, as while a question is open.
#[wasm_bindgen]
pub fn program(request: JsValue, language: &str, heading: &str) -> Result<Option<String>, JsValue> {
    let request = read::<Request>(request)?;
    let language = match language {
        "python" => Language::Python,
        "rust" => Language::Rust,
        other => return Err(thrown(Error::bad("language", other, "is not python or rust"))),
    };
    let shot = shoot(&request).map_err(thrown)?;
    let shown = Some(&shot.seen.view).filter(|_| !request.asked);
    Ok(shown.and_then(|view| program::program(language, view, heading)))
}

/// Words as a QR code: `{size, path}`, the squares of a grid of `size` by `size` as an SVG path; null where they are
/// too many for one.
#[wasm_bindgen]
pub fn qr(words: &str) -> Result<JsValue, JsValue> {
    reply::plain(&qr::code(words))
}

/// The version of this crate.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The plotted series in the units of the axes: `[{id, panel, name, x, y, x_unit, y_unit, x_names, y_names,
/// crowd, points: [[x, y], …]}, …]`, `id` being the panel's, the names `[[place, name], …]`, `crowd` whether it is one of many that are not read off one by one.
#[wasm_bindgen]
pub fn table(request: JsValue) -> Result<JsValue, JsValue> {
    let shot = shoot(&read::<Request>(request)?).map_err(thrown)?;
    reply::table(&shot.seen.view.figure, shot.look.bits)
}
