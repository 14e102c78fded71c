//! Two fits: one target, one Gaussian to fit it, and what each direction of the divergence makes of that.

mod densities;
mod descents;
mod fits;
mod land;
mod maps;
mod play;
mod scenery;
mod target;
mod words;

use crate::dist::mixture::Mixture;
use crate::dist::normal::Normal;
use crate::divergence::Request;
use crate::divergence::mixture::{MixtureDivergences, divergences};
use crate::error::{Error, Result};
use crate::figure::{Figure, Role, Row, Sign};
use crate::fit::descent::Family;
use crate::numeric::tolerance::AT_REST;
use crate::quantity::{Quantity, Unit};
use crate::scene::{Controls, Readout, Scene, View};
use crate::text::Text;
use descents::Descents;
use fits::Fits;
use maps::{Side, Sights};
use scenery::Scenery;

/// The scene.
pub const SCENE: Scene = Scene {
    id: "two-fits",
    title: "Two fits",
    about: "One Gaussian cannot be two modes. Forward divergence makes it cover both; reverse divergence often makes it choose one.",
    view,
};

fn view(c: &mut Controls<'_>) -> Result<View> {
    let play = play::read(c);
    let set = target::read(c, play.hidden.is_some());
    let modes = play.hidden.map_or(set, target::hidden);
    c.group("Your Q", Role::Q);
    let q_mean = c.stepped("q_mean", "mean of Q", -12.0..=12.0, 0.05, 0.5);
    let q_sd = c.stepped("q_sd", "sd of Q", 0.05..=8.0, 0.05, 1.0);
    let family = c.choice("family", "Q may have", &[("free", "any sd"), ("fixed", "this sd only")], "free");
    // Where the maps are not shown, nobody could see a descent.
    c.active(play.shows_fits());
    let plan = descents::read(c);
    c.active(true);
    c.group("Picture", Role::Ink);
    let wide = c.choice("view", "shown", &[("near", "−8 to 8"), ("wide", "−14 to 14")], "near") == "wide";

    let (p, q) = (target::mixture(&modes)?, Normal::new(q_mean, q_sd)?);
    let model = Mixture::of_normal(&q)?;
    let fixed = family == "fixed";
    let fits = fits::fits(&p, fixed.then_some(q_sd));
    let fits = fits.as_ref().as_ref().ok_or(Error::Uncomputed)?;
    let live = divergences(&p, &model, AT_REST);
    let descents = Descents::new(&p, fits, &q, if fixed { Family::FixedSd } else { Family::Free }, plan);

    let shown = play.shows_fits() && !c.asked();
    let scenery = Scenery {
        p: &p,
        q: &q,
        range: if wide { (-14.0, 14.0) } else { (-8.0, 8.0) },
        target: play.shows_target(),
        movable: play.hidden.is_none(),
    };
    let curves = densities::panel(&scenery, &modes, shown.then_some((fits, &descents)));
    let mut rows = vec![Row::new(if shown { 165.0 } else { 300.0 }, vec![curves])];
    if shown {
        let window = if wide { [(-13.0, 13.0), (0.04, 10.0)] } else { [(-7.0, 7.0), (0.15, 8.0)] };
        let land = land::land(&p, window, fits, fixed);
        let sights = Sights { p: &p, q: &q, fixed, land: &land };
        rows.push(Row::new(215.0, sides(fits, &live, &descents).iter().map(|side| sights.panel(side)).collect()));
    }
    // Once the descents have left, the learner's Q is no longer the only one.
    let names = match shown && descents.steps() > 0 {
        true => ["D(P‖Q) at your Q", "D(Q‖P) at your Q"],
        false => ["D(P‖Q)", "D(Q‖P)"],
    };
    let mut readouts = vec![
        Readout::new("forward", names[0], &live.forward, Unit::Nats, Role::Forward).computes(Request::kl(&p, &q)),
        Readout::new("reverse", names[1], &live.reverse, Unit::Nats, Role::Reverse).computes(Request::kl(&q, &p)),
    ];
    readouts.extend(play.readouts(fits, &live));
    if shown {
        readouts.extend(descents.readouts());
        readouts.extend(fits.readouts());
    }
    let mut goals = fits.goals(&q, &live);
    goals.push(play.goal(&live));
    Ok(View {
        figure: Figure { rows },
        description: description(&live, fits, &descents, shown),
        formulas: if shown { words::formulas(&p, &fits.forward, fixed) } else { Vec::new() },
        goals,
        readouts,
        presets: words::presets(),
        questions: words::questions(),
        counts_in: None,
    })
}

/// What each map has to show.
fn sides<'a>(fits: &Fits, live: &'a MixtureDivergences, descents: &'a Descents) -> [Side<'a>; 2] {
    let best = &fits.forward.normal;
    let forward = vec![(Sign::Least, (best.mean(), best.sd()), fits.forward.value.value)];
    let reverse =
        fits.reverse.iter().map(|point| (fits.sign(point), (point.mean, point.sd), point.value.value)).collect();
    [
        Side { role: Role::Forward, live: &live.forward, stationary: forward, path: descents.forward() },
        Side { role: Role::Reverse, live: &live.reverse, stationary: reverse, path: descents.reverse() },
    ]
}

fn description(live: &MixtureDivergences, fits: &Fits, descents: &Descents, shown: bool) -> Text {
    let [forward, reverse, best] =
        [&live.forward, &live.reverse, &fits.forward.value].map(|answer| answer.quantity(Unit::Nats));
    let best_reverse = fits.best_reverse().map_or(Quantity::exact(0.0), |r| r.value.quantity(Unit::Nats));
    let numbers = |words: &'static str| {
        Text::new(words).with("forward", forward.beside(&best)).with("reverse", reverse.beside(&best_reverse))
    };
    if !shown {
        return Text::new("Your Q: D(P‖Q) is {forward}, D(Q‖P) {reverse}.")
            .with("forward", forward)
            .with("reverse", reverse);
    }
    match descents.now() {
        Some([forward, reverse]) => {
            Text::new("Step {n}: forward {v1} at mean {m1}, sd {s1}; reverse {v2} at mean {m2}, sd {s2}.")
                .with("n", Quantity::exact(forward.steps.max(reverse.steps) as f64))
                .with("v1", forward.value.quantity(Unit::Nats))
                .with("m1", forward.mean)
                .with("s1", forward.sd)
                .with("v2", reverse.value.quantity(Unit::Nats))
                .with("m2", reverse.mean)
                .with("s2", reverse.sd)
        }
        None => numbers("Your Q: D(P‖Q) is {forward}, D(Q‖P) {reverse}. The best are {best} and {best_reverse}.")
            .with("best", best.beside(&forward))
            .with("best_reverse", best_reverse.beside(&reverse)),
    }
}
