//! The names of bars and rows. Each stands at its own bar, in as many lines as it needs, and none is left out: where there is
//! no room every other one goes a line down, then all are set smaller, and at last they are shortened, the whole being told
//! to who points at the bar.

use super::axis::{Axis, Ticks};
use super::head::{RIGHT, wrap};
use super::look::Look;
use crate::text::Text;

/// Room that is left between two names, in CSS pixels.
const BETWEEN: f64 = 6.0;
/// How small a name may become, and in which steps it gets there.
const SIZES: [f64; 4] = [1.0, 0.9, 0.8, 0.7];
/// From a line of a name to its next one, as a share of the size of the words.
pub(super) const LEADING: f64 = 1.28;

/// A name as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The place in data that it names.
    pub at: f64,
    /// Its middle, in CSS pixels along the axis.
    pub middle: f64,
    /// Its words, line by line; the first line is empty where the name stands a line down.
    pub lines: Vec<String>,
    /// Its size as a share of the size of other words.
    pub size: f64,
}

/// The names of an axis; nothing where its ticks are numbers.
pub(super) fn named(axis: &Axis) -> &[(f64, Text)] {
    match &axis.ticks {
        Ticks::Named(names) => names,
        Ticks::Round | Ticks::None => &[],
    }
}

/// The part of a line that is nearer to each place on it than to the others: from half-way to half-way.
pub(super) fn slots(places: &[f64], ends: (f64, f64)) -> Vec<(f64, f64)> {
    let nearest = |at: f64, side: &dyn Fn(f64) -> bool, end: f64| {
        let others = places.iter().copied().filter(|other| side(*other));
        others
            .map(|other| 0.5 * (at + other))
            .fold(end, |best, edge| if (edge - at).abs() < (best - at).abs() { edge } else { best })
    };
    let slot = |at: &f64| (nearest(*at, &|other| other < *at, ends.0), nearest(*at, &|other| other > *at, ends.1));
    places.iter().map(slot).collect()
}

/// The same where every other name stands a line down: names of one line share it with each other alone.
fn by_turns(places: &[f64], ends: (f64, f64)) -> Vec<(f64, f64)> {
    let line = |first: usize| slots(&places.iter().copied().skip(first).step_by(2).collect::<Vec<_>>(), ends);
    let lines = [line(0), line(1)];
    (0..places.len()).map(|i| lines[i % 2][i / 2]).collect()
}

/// The names under a plotting area `width` CSS pixels wide that begins `indent` right of its panel's edge, all in one size
/// and in `most` lines at most where that is given.
pub(super) fn under(
    axis: &Axis,
    (indent, width): (f64, f64),
    most: Option<usize>,
    look: &Look,
    ruler: &dyn Fn(&str, f64) -> f64,
    say: &dyn Fn(&Text) -> String,
) -> Vec<Name> {
    let names = named(axis);
    let places: Vec<f64> = names.iter().map(|(at, _)| indent + axis.position(*at) * width).collect();
    let ends = (0.0, indent + width + RIGHT * look.scale);
    let words: Vec<String> = names.iter().map(|(_, text)| say(text)).collect();
    let long = |words: &str, size: f64| ruler(words, size * look.text_size());
    let room = |(left, right): (f64, f64)| (right - left - BETWEEN * look.scale).max(1.0);
    // Side by side each has its own part; in two lines by turns it may use half of those beside it.
    let parts = [slots(&places, ends), by_turns(&places, ends)];
    let set = |size: f64, turns: bool| -> Option<Vec<Vec<String>>> {
        let line = |(i, words): (usize, &String)| match turns {
            true => std::iter::repeat_n(String::new(), i % 2).chain([words.clone()]).collect(),
            false => wrap(words, room(parts[0][i]), |words| long(words, size)),
        };
        let lines: Vec<Vec<String>> = words.iter().enumerate().map(line).collect();
        let fits = lines.iter().zip(&parts[usize::from(turns)]).all(|(lines, part)| {
            most.is_none_or(|most| lines.len() <= most) && lines.iter().all(|line| long(line, size) <= room(*part))
        });
        fits.then_some(lines)
    };
    let tries = SIZES.into_iter().flat_map(|size| [(size, false), (size, true)]);
    let found = tries.into_iter().find_map(|(size, turns)| Some((size, turns, set(size, turns)?)));
    let (size, turns, lines) = found.unwrap_or_else(|| {
        let size = SIZES[SIZES.len() - 1];
        let fits = |part: (f64, f64)| move |line: &str| long(line, size) <= room(part);
        let wrapped = |(words, part): (&String, &(f64, f64))| {
            shortened(wrap(words, room(*part), |words| long(words, size)), most, fits(*part))
        };
        (size, false, words.iter().zip(&parts[0]).map(wrapped).collect())
    });
    let placed = names.iter().zip(&places).zip(parts[usize::from(turns)].iter().zip(lines));
    placed
        .map(|(((at, _), place), (slot, lines))| {
            // At the ends of an axis a name moves in, within its own part of it.
            let half = lines.iter().map(|line| long(line, size)).fold(0.0, f64::max) / 2.0;
            let middle = place.min(slot.1 - half).max(slot.0 + half);
            Name { at: *at, middle: middle - indent, lines, size }
        })
        .collect()
}

/// No more lines than there may be, none longer than fits; what is left out is marked by three dots.
fn shortened(mut lines: Vec<String>, most: Option<usize>, fits: impl Fn(&str) -> bool) -> Vec<String> {
    if let Some(most) = most.filter(|most| lines.len() > *most) {
        let rest = lines.split_off(most.max(1) - 1).join(" ");
        lines.push(rest);
    }
    lines.into_iter().map(|line| cut(line, &fits)).collect()
}

fn cut(line: String, fits: &impl Fn(&str) -> bool) -> String {
    if fits(&line) {
        return line;
    }
    let letters: Vec<char> = line.chars().collect();
    let dotted =
        |count: usize| format!("{}…", letters[..count].iter().collect::<String>().trim_end_matches([' ', ',']));
    // One letter stays, however narrow its bar is.
    (1..letters.len()).rev().map(dotted).find(|words| fits(words)).unwrap_or_else(|| dotted(1))
}

/// The names left of a plotting area, whose rows they are: the room that they take, at most `most`, and the names.
pub(super) fn beside(
    axis: &Axis,
    most: f64,
    look: &Look,
    ruler: &dyn Fn(&str, f64) -> f64,
    say: &dyn Fn(&Text) -> String,
) -> (f64, Vec<Name>) {
    let words: Vec<(f64, String)> = named(axis).iter().map(|(at, text)| (*at, say(text))).collect();
    let widest = |size: f64| words.iter().map(|(_, words)| ruler(words, size * look.text_size())).fold(0.0, f64::max);
    let size = SIZES.into_iter().find(|size| widest(*size) <= most).unwrap_or(SIZES[SIZES.len() - 1]);
    let room = widest(size).min(most);
    let fits = |line: &str| ruler(line, size * look.text_size()) <= most;
    let name = |(at, words): (f64, String)| Name { at, middle: 0.0, lines: vec![cut(words, &fits)], size };
    (room, words.into_iter().map(name).collect())
}

/// The names of rows, smaller where these lie closer than lines of words do; the axis is `height` CSS pixels long.
pub(super) fn in_rows(mut names: Vec<Name>, axis: &Axis, height: f64, look: &Look) -> Vec<Name> {
    let places: Vec<f64> = names.iter().map(|name| axis.position(name.at) * height).collect();
    let pairs =
        places.iter().enumerate().flat_map(|(i, one)| places[i + 1..].iter().map(move |other| (one - other).abs()));
    let least = pairs.fold(f64::INFINITY, f64::min);
    for name in &mut names {
        name.size = name.size.min(least / look.text_size());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Theme;

    fn axis(names: &[&'static str]) -> Axis {
        let last = names.len() as f64 - 0.5;
        let ticks = names.iter().enumerate().map(|(i, name)| (i as f64, Text::new(name))).collect();
        Axis::new(-0.5, last, "").ticks(Ticks::Named(ticks))
    }

    fn set(names: &[&'static str], width: f64, most: Option<usize>) -> Vec<Name> {
        let ruler = |words: &str, size: f64| words.chars().count() as f64 * size * 0.5;
        under(&axis(names), (40.0, width), most, &Look::new(Theme::light()), &ruler, &Text::english)
    }

    #[test]
    fn names_wrap_before_they_shrink_and_shrink_before_they_are_shortened() {
        let lines = |width, most| set(&["rain, ice cream", "sun"], width, most).swap_remove(0);
        let wide = lines(400.0, None);
        assert_eq!((wide.lines.as_slice(), wide.size), (["rain, ice cream".to_owned()].as_slice(), 1.0));
        let wrapped = lines(100.0, None);
        assert_eq!((wrapped.lines.len(), wrapped.size), (2, 1.0));
        let turns = set(&["Windows", "macOS", "Linux"], 84.0, None);
        let told: Vec<_> = turns.iter().map(|name| (name.lines.join("/"), name.size)).collect();
        assert_eq!(told, [("Windows".into(), 1.0), ("/macOS".into(), 1.0), ("Linux".into(), 1.0)]);
        let small = lines(80.0, Some(1));
        assert!(small.size < 1.0 && small.lines == ["rain, ice cream"], "{small:?}");
        let short = lines(50.0, Some(1));
        assert!(short.size < 1.0 && short.lines[0].ends_with('…') && short.lines[0].starts_with("ra"), "{short:?}");
    }

    #[test]
    fn a_slot_ends_half_way_to_the_next_place() {
        assert_eq!(slots(&[10.0, 30.0, 70.0], (0.0, 100.0)), [(0.0, 20.0), (20.0, 50.0), (50.0, 100.0)]);
        assert_eq!(slots(&[50.0, 100.0], (0.0, 110.0)), [(0.0, 75.0), (75.0, 110.0)]);
        assert!(slots(&[], (0.0, 1.0)).is_empty());
    }

    #[test]
    fn a_name_at_the_end_of_an_axis_moves_in_within_its_own_part() {
        let ticks = Ticks::Named(vec![(0.5, "sun".into()), (1.0, "a longer name".into())]);
        let axis = Axis::new(0.0, 1.0, "").ticks(ticks);
        let ruler = |words: &str, size: f64| words.chars().count() as f64 * size * 0.5;
        let names = under(&axis, (40.0, 400.0), None, &Look::new(Theme::light()), &ruler, &Text::english);
        assert_eq!(names[0].middle, 200.0);
        let half = 13.0 * 12.5 * 0.25;
        assert!((names[1].middle - (416.0 - half)).abs() < 1e-9 && names[1].middle - half >= 300.0, "{names:?}");
    }

    #[test]
    fn names_of_rows_have_the_room_that_they_need() {
        let ruler = |words: &str, size: f64| words.chars().count() as f64 * size * 0.5;
        let rows = axis(&["apart", "joint, and long"]);
        let look = Look::new(Theme::light());
        let (room, names) = beside(&rows, 200.0, &look, &ruler, &Text::english);
        assert_eq!((room, names[1].size), (15.0 * 6.25, 1.0));
        let (room, names) = beside(&rows, 40.0, &look, &ruler, &Text::english);
        assert!(room <= 40.0 && names[1].lines[0].ends_with('…') && names[0].lines == ["apart"], "{names:?}");
    }
}
