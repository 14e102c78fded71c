//! What stands above a plotting area: the panel's title, as many lines as it needs, and the caption of its y axis.

use super::look::Look;
use super::model::Panel;
use crate::text::Text;

/// Room right of a panel, for half of the last tick label.
pub(super) const RIGHT: f64 = 16.0;
/// Height of tick labels and of a line of words.
pub(super) const LINE: f64 = 18.0;
/// Room between a title and what is below it.
pub(super) const GAP: f64 = 8.0;

/// What stands above a plotting area.
pub(super) struct Head {
    /// The lines of the title.
    pub title: Vec<String>,
    /// The caption of the y axis.
    pub caption: String,
    /// In CSS pixels.
    pub height: f64,
}

/// A panel's head, its title wrapped by a ruler. The room that is kept for it is that of the nominal ruler, so that the height
/// of a figure is known wherever its width is, in whatever face its words are set.
pub(super) fn head(
    panel: &Panel,
    outer: f64,
    look: &Look,
    ruler: &dyn Fn(&str, f64) -> f64,
    say: &dyn Fn(&Text) -> String,
) -> Head {
    let title = if panel.title.is_empty() {
        Vec::new()
    } else {
        wrap(&say(&panel.title), outer - RIGHT * look.scale, |words| ruler(words, look.title_size()))
    };
    let caption = panel.y.caption(look.bits, say);
    let lines = title.len() + usize::from(!caption.is_empty());
    let height = (GAP + lines as f64 * (LINE + 2.0) + GAP / 2.0) * look.scale;
    Head { title, caption, height }
}

/// Words broken into lines no wider than `width`, where spaces allow.
pub(super) fn wrap(words: &str, width: f64, measure: impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // No-break spaces hold: odds such as 20 : 1 stay in one piece.
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        if let Some(line) = lines.last_mut() {
            let longer = format!("{line} {word}");
            if measure(&longer) <= width {
                *line = longer;
                continue;
            }
        }
        lines.push(word.to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_at_spaces() {
        let lines = wrap("the quick brown fox", 10.0, |w| w.chars().count() as f64);
        assert_eq!(lines, ["the quick", "brown fox"]);
        assert_eq!(
            wrap("odds of 20\u{a0}:\u{a0}1", 9.0, |w| w.chars().count() as f64),
            ["odds of", "20\u{a0}:\u{a0}1"]
        );
        assert_eq!(wrap("unbreakable", 3.0, |w| w.len() as f64), ["unbreakable"]);
    }
}
