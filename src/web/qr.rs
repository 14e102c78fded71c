//! A QR code as a path: one rectangle for each run of dark squares in a row.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;

/// A code on a grid of `size` by `size` squares, without the quiet zone around it.
#[derive(Serialize)]
pub struct Code {
    size: i32,
    path: String,
}

/// The smallest code that holds the words, with the most correction of errors that it has room for.
pub fn code(words: &str) -> Option<Code> {
    let code = QrCode::encode_text(words, QrCodeEcc::Low).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let run = (x..size).take_while(|x| code.get_module(*x, y)).count() as i32;
            if run > 0 {
                // Writing to a String can't fail.
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run + 1;
        }
    }
    Some(Code { size, path })
}
