//! The last scenes that were run. A scene is a pure function of its values, so that hovering over a figure
//! or dragging a handle on it need not run it again; nobody can tell the difference but by the clock.

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

/// A request and what came of it, where there was one.
type Kept = Option<(Request, Rc<Shot>)>;

thread_local! {
    /// The last, and the one before: where a drag began, and where it is.
    static LAST: RefCell<[Kept; 2]> = const { RefCell::new([None, None]) };
}

/// Runs and lays out what is asked for, or hands back the last one if it is the same.
pub fn shoot(request: &Request) -> Result<Rc<Shot>> {
    let known = LAST.with_borrow_mut(|last| {
        let at = last.iter().position(|shot| matches!(shot, Some((asked, _)) if asked == request))?;
        last.swap(0, at);
        last[0].as_ref().map(|(_, shot)| Rc::clone(shot))
    });
    if let Some(shot) = known {
        return Ok(shot);
    }
    let beginning = request.beginning().map(|beginning| shoot(&beginning)).transpose()?;
    let look = request.look()?;
    let mut seen = scenes::find(&request.scene)?.run(request.values(), request.asked);
    if look.bits {
        seen.view = seen.view.in_bits();
    }
    if request.numberless {
        seen.view.figure = seen.view.figure.numberless();
    }
    let speaker = Speaker::of(&request.language)?;
    if let Some(beginning) = &beginning {
        seen.view.figure = seen.view.figure.held(&beginning.seen.view.figure);
    }
    let layout = Layout::new(&seen.view.figure, request.width, &look, &text_width, &|text| speaker.say(text));
    let layout = match &beginning {
        Some(beginning) => layout.held(&beginning.layout),
        None => layout,
    };
    let shot = Rc::new(Shot { seen, layout, look, speaker });
    LAST.with_borrow_mut(|last| {
        last.swap(0, 1);
        last[0] = Some((request.clone(), Rc::clone(&shot)));
    });
    Ok(shot)
}
