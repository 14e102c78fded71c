//! The branches over d: where each fit stands, and what it costs.

use crate::figure::{Axis, Handle, Mark, Panel, Place, Point, Role, Stroke, nice_range};
use crate::quantity::{LN_2, Quantity, Unit};
use crate::text::Text;

use super::story::FURTHEST;
use super::story::{Spot, Story};
use super::{History, OUT, State};

/// Mean of Q over d: one solid line splits into three, with dashed saddles between.
pub fn places(story: &Story, state: &State) -> Panel {
    let mut panel = Panel::new(
        "places",
        "Where the fits are: solid lines are minima",
        Axis::new(0.0, FURTHEST, "d, in sds of a mode"),
        Axis::new(-1.1 * FURTHEST, 1.1 * FURTHEST, "mean of Q"),
    );
    for sign in [1.0, -1.0] {
        branches(&mut panel, story, &|spot| sign * spot.mean, sign > 0.0);
    }
    let (birth, tie) = (&story.birth, &story.tie);
    panel.label(Role::Ink, (birth.distance, birth.mean), Place::Left, "birth");
    panel.label(Role::Reverse, (tie.distance, tie.mean), Place::Above, "jump");
    panel.label(Role::Muted, (1.2, 0.0), Place::Above, "in the middle");
    panel.label(Role::Reverse, (3.4, 2.65), Place::On, "on a mode");
    // The best fit leaps; nothing lies between.
    panel.mark(Mark::Line {
        name: "the jump of the best fit".into(),
        role: Role::Reverse,
        stroke: Stroke::Fine,
        points: vec![(tie.distance, -tie.mean), (tie.distance, tie.mean)],
    });
    walker(&mut panel, story, state, "walker", |spot| spot.mean, state.followed().mean);
    panel
}

/// D(Q‖P) over d: the tie is where the lines cross.
pub fn values(story: &Story, state: &State) -> Panel {
    let (_, top) = nice_range(story.middle.iter().map(|spot| spot.value), 0.0);
    let mut panel = Panel::new(
        "values",
        "What they cost: the lower one is best",
        Axis::new(0.0, FURTHEST, "d, in sds of a mode"),
        Axis::new(0.0, top, "D(Q‖P)").unit(Unit::Nats),
    );
    panel.mark(Mark::RuleY { role: Role::Rule, at: LN_2 });
    branches(&mut panel, story, &|spot| spot.value, true);
    let (birth, tie) = (&story.birth, &story.tie);
    let at = |words: &'static str, d: f64| {
        Text::new(words).with("d", Quantity::bounded(d, crate::fit::branches::EVENT_ERROR).finer())
    };
    panel.label(Role::Ink, (birth.distance, birth.value), Place::Left, at("birth at {d}", birth.distance));
    // Below the line on which a mode stays from there on, where there is room.
    panel.label(Role::Ink, (3.2, tie.value - 0.2), Place::On, at("tie at {d}", tie.distance));
    let events = vec![(birth.distance, birth.value), (tie.distance, tie.value)];
    panel.mark(Mark::Dots { name: "birth and tie".into(), role: Role::Ink, filled: false, points: events });
    panel.label(Role::Muted, (0.4, LN_2), Place::Above, Text::by_unit("ln 2 nats", "1 bit"));
    walker(&mut panel, story, state, "walker-cost", |spot| spot.value, state.followed().value.value);
    panel
}

/// One view of the branches; `named` once, where the mirror image is drawn too.
fn branches(panel: &mut Panel, story: &Story, of: &dyn Fn(&Spot) -> f64, named: bool) {
    let tie = story.tie.distance;
    let line = |spots: &[Spot], keep: &dyn Fn(f64) -> bool| -> Vec<Point> {
        spots.iter().filter(|spot| keep(spot.d)).map(|spot| (spot.d, of(spot))).collect()
    };
    let (before, after): (&dyn Fn(f64) -> bool, &dyn Fn(f64) -> bool) = (&|d| d <= tie, &|d| d >= tie);
    let parts = [
        (&story.saddle, before, Role::Muted, Stroke::Dashed, "saddle"),
        (&story.saddle, after, Role::Muted, Stroke::Dashed, "saddle"),
        (&story.side, before, Role::Muted, Stroke::Solid, "local minimum on a mode"),
        (&story.side, after, Role::Reverse, Stroke::Solid, "best fit, on a mode"),
        (&story.middle, before, Role::Reverse, Stroke::Solid, "best fit, in the middle"),
        (&story.middle, after, Role::Muted, Stroke::Solid, "local minimum in the middle"),
    ];
    for (spots, keep, role, stroke, name) in parts {
        let mirrored = !named && std::ptr::eq(spots, &story.middle);
        if !mirrored {
            panel.mark(Mark::Line { name: name.into(), role, stroke, points: line(spots, keep) });
        }
    }
}

/// The way the learner's fit has come, and where it is; it drags d.
fn walker(panel: &mut Panel, story: &Story, state: &State, id: &'static str, of: impl Fn(&Spot) -> f64, now: f64) {
    let d = state.d;
    let birth = story.birth.distance;
    let way = |spots: &[Spot], from: f64, to: f64| -> Vec<Point> {
        spots.iter().filter(|spot| (from..=to).contains(&spot.d)).map(|spot| (spot.d, of(spot))).collect()
    };
    let mut path = match state.history {
        History::Apart => way(&story.middle, 0.0, d),
        History::Together | History::Back => {
            let from = if state.history == History::Back || !state.movable { OUT } else { FURTHEST };
            let lowest = if state.history == History::Back { super::IN } else { d };
            let mut path = way(&story.side, lowest.max(birth), from);
            path.reverse();
            let mut fallen = way(&story.middle, lowest, birth);
            fallen.reverse();
            path.extend(fallen);
            if state.history == History::Back {
                path.extend(way(&story.middle, super::IN, d));
            }
            path
        }
    };
    path.push((d, now));
    panel.mark(Mark::Line { name: "the way of Q".into(), role: Role::Q, stroke: Stroke::Bold, points: path });
    panel.mark(Mark::RuleX { role: Role::Rule, at: d });
    if state.movable {
        panel.handle(Handle::new(id, "d", Role::Q, (d, now)).sideways("d", |(x, _)| x));
    } else {
        panel.mark(Mark::Dots { name: "Q".into(), role: Role::Q, filled: true, points: vec![(d, now)] });
    }
}
