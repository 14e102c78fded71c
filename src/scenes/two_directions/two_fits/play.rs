//! Games: match by hand before the fits are shown, or find a target that is not shown at all.

use crate::divergence::mixture::MixtureDivergences;
use crate::figure::Role;
use crate::quantity::{Quantity, Unit};
use crate::scene::{Controls, Goal, Readout};
use crate::text::Text;

use super::fits::Fits;

/// What is being played, and whether the answer has been shown.
#[derive(Clone, Copy)]
pub struct Play {
    /// Whether the target is a hidden one, and by which seed.
    pub hidden: Option<u64>,
    playing: bool,
    revealed: bool,
}

/// Reads what is to be played.
pub fn read(c: &mut Controls<'_>) -> Play {
    c.group("What to do", Role::Ink);
    let options = [("explore", "explore"), ("match", "be the optimiser"), ("hidden", "find a hidden P")];
    let game = c.choice("game", "game", &options, "explore");
    let playing = game != "explore";
    c.active(playing);
    let revealed = c.switch("reveal", "show the answer", false);
    c.active(game == "hidden");
    let seed = c.seed("hidden", "which hidden P");
    c.active(true);
    Play { hidden: (game == "hidden").then_some(seed), playing, revealed }
}

impl Play {
    /// Whether fits and maps may be seen.
    pub const fn shows_fits(&self) -> bool {
        !self.playing || self.revealed
    }

    /// Whether P may be seen.
    pub const fn shows_target(&self) -> bool {
        self.hidden.is_none() || self.revealed
    }

    /// A score for each direction: 100 at the best place, and a factor e less for each nat above it.
    pub fn readouts(&self, fits: &Fits, live: &MixtureDivergences) -> Vec<Readout> {
        if !self.playing {
            return Vec::new();
        }
        let best_reverse = fits.best_reverse().map_or(0.0, |best| best.value.value);
        let score = |id: &'static str, label: &'static str, value: f64, best: f64, role: Role| {
            let points = (100.0 * (-(value - best).max(0.0)).exp() + 1e-6).floor();
            Readout::plain(id, label, Quantity::exact(points).unit(Unit::Count), role).under("Your score, of 100")
        };
        vec![
            score("score_forward", "for D(P‖Q)", live.forward.value, fits.forward.value.value, Role::Forward),
            score("score_reverse", "for D(Q‖P)", live.reverse.value, best_reverse, Role::Reverse),
        ]
    }

    /// The goal of the hidden target.
    pub fn goal(&self, live: &MixtureDivergences) -> Goal {
        let found = self.hidden.is_some() && !self.revealed && live.forward.value < 0.01 && live.reverse.value < 0.01;
        let words = Text::new("Find a hidden P by its numbers alone: bring both below {d}.");
        Goal::new("hidden", words.with("d", Quantity::nats(0.01)), found)
    }
}
