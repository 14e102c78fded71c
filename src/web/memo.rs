//! The last scene that was run. A scene is a pure function of its values, so that hovering over a figure
//! or grabbing a handle on it need not run it again; nobody can tell the difference but by the clock.

use std::cell::RefCell;
use std::rc::Rc;

use super::canvas::text_width;
use super::request::Request;
use super::speech::Speaker;
use crate::error::Result;
use crate::figure::{Layout, Look};
use crate::scene::Seen;
use crate::scenes;

/// A scene that was run and laid out.
#[derive(Debug)]
pub struct Shot {
    /// What it shows.
    pub seen: Seen,
    /// Where its panels stand.
    pub layout: Layout,
    /// How it looks.
    pub look: Look,
    /// Who fills in its words.
    pub speaker: Speaker,
}

thread_local! {
    static LAST: RefCell<Option<(Request, Rc<Shot>)>> = const { RefCell::new(None) };
}

/// Runs and lays out what is asked for, or hands back the last one if it is the same.
pub fn shoot(request: &Request) -> Result<Rc<Shot>> {
    let last = LAST.with_borrow(|last| match last {
        Some((asked, shot)) if asked == request => Some(Rc::clone(shot)),
        _ => None,
    });
    if let Some(shot) = last {
        return Ok(shot);
    }
    let look = request.look()?;
    let mut seen = scenes::find(&request.scene)?.run(request.values(), request.asked);
    if look.bits {
        seen.view = seen.view.in_bits();
    }
    if request.numberless {
        seen.view.figure = seen.view.figure.numberless();
    }
    let speaker = Speaker::of(&request.language)?;
    let layout = Layout::new(&seen.view.figure, request.width, &look, &text_width, &|text| speaker.say(text));
    let shot = Rc::new(Shot { seen, layout, look, speaker });
    LAST.set(Some((request.clone(), Rc::clone(&shot))));
    Ok(shot)
}
