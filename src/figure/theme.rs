//! Colours and dash patterns by role: P, Q, forward and reverse look the same in every scene.
//!
//! Hue is never alone: P is solid, Q long-dashed, forward dash-dotted, reverse dotted, a third and a fourth thing
//! dash-dot-dotted and short-dashed. The colours are
//! told apart by all common kinds of colour blindness and reach 4.5:1 against the background
//! (after M. Okabe and K. Ito, "Color Universal Design", 2008, darkened or lightened for text).

use serde::Serialize;

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The truth or target P.
    P,
    /// The model Q.
    Q,
    /// The forward divergence D(P‖Q), and fits that minimise it.
    Forward,
    /// The reverse divergence D(Q‖P), and fits that minimise it.
    Reverse,
    /// A third thing: a mixture's component, a midpoint, another measure.
    Other,
    /// A fourth thing beside it: one more measure, the second leg of a detour.
    Further,
    /// Axis lines and words.
    Ink,
    /// Ticks and secondary words.
    Muted,
    /// Rules and grid lines.
    Rule,
    /// What lies behind everything.
    Paper,
}

/// Every role, with the name its colour has in CSS (`--kl-` in front).
pub const ROLES: [(Role, &str); 10] = [
    (Role::P, "p"),
    (Role::Q, "q"),
    (Role::Forward, "forward"),
    (Role::Reverse, "reverse"),
    (Role::Other, "other"),
    (Role::Further, "further"),
    (Role::Ink, "ink"),
    (Role::Muted, "muted"),
    (Role::Rule, "rule"),
    (Role::Paper, "paper"),
];

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    /// Reads `#rrggbb`, `rgb(r, g, b)` or `rgb(r g b)`, as a computed style gives them.
    pub fn parse(css: &str) -> Option<Self> {
        let css = css.trim();
        if let Some(hex) = css.strip_prefix('#') {
            let byte = |i: usize| u8::from_str_radix(hex.get(i..i + 2)?, 16).ok();
            return (hex.len() == 6).then_some(()).and_then(|()| Some(Self(byte(0)?, byte(2)?, byte(4)?)));
        }
        let inner = css.strip_prefix("rgba(").or_else(|| css.strip_prefix("rgb("))?.strip_suffix(')')?;
        let mut numbers = inner.split([',', ' ', '/']).filter(|s| !s.is_empty()).map(|s| s.parse::<f64>().ok());
        let mut next = || Some(numbers.next()??.round().clamp(0.0, 255.0) as u8);
        Some(Self(next()?, next()?, next()?))
    }
}

/// A colour for every role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    colors: [Color; ROLES.len()],
}

impl Theme {
    /// Dark on white.
    pub const fn light() -> Self {
        Self {
            colors: [
                Color(0x0b, 0x5c, 0xad),
                Color(0xb5, 0x45, 0x00),
                Color(0x00, 0x6f, 0x58),
                Color(0x8a, 0x3b, 0x9e),
                Color(0x6b, 0x5d, 0x00),
                Color(0xb0, 0x1c, 0x58),
                Color(0x1c, 0x20, 0x26),
                Color(0x59, 0x61, 0x6b),
                Color(0xd5, 0xda, 0xe1),
                Color(0xff, 0xff, 0xff),
            ],
        }
    }

    /// Light on near-black.
    pub const fn dark() -> Self {
        Self {
            colors: [
                Color(0x73, 0xb8, 0xff),
                Color(0xff, 0xa2, 0x66),
                Color(0x4f, 0xd6, 0xa8),
                Color(0xdc, 0xa3, 0xf5),
                Color(0xe3, 0xcf, 0x57),
                Color(0xff, 0x8f, 0xb4),
                Color(0xe8, 0xea, 0xed),
                Color(0xa7, 0xae, 0xb8),
                Color(0x3a, 0x42, 0x4d),
                Color(0x15, 0x18, 0x1d),
            ],
        }
    }

    /// The theme with the colour of one role replaced.
    #[must_use]
    pub fn with(mut self, role: Role, color: Color) -> Self {
        self.colors[role as usize] = color;
        self
    }

    /// The colour of a role.
    pub const fn color(&self, role: Role) -> Color {
        self.colors[role as usize]
    }
}

impl Role {
    /// Lengths of dash and gap in CSS pixels, in turn; empty for a solid line.
    pub const fn dashes(self) -> &'static [f64] {
        match self {
            Self::Q => &[9.0, 4.0],
            Self::Forward => &[11.0, 3.5, 2.5, 3.5],
            Self::Reverse => &[2.5, 3.0],
            Self::Other => &[11.0, 3.0, 2.5, 3.0, 2.5, 3.0],
            Self::Further => &[5.0, 3.5],
            Self::Rule => &[3.0, 3.0],
            Self::P | Self::Ink | Self::Muted | Self::Paper => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(Color(r, g, b): Color) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    /// WCAG 2.2, success criteria 1.4.3 and 1.4.11.
    #[test]
    fn every_role_that_carries_words_reaches_the_contrast_of_text() {
        for (name, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
            let paper = luminance(theme.color(Role::Paper));
            for (role, id) in ROLES {
                if matches!(role, Role::Paper | Role::Rule) {
                    continue;
                }
                let ink = luminance(theme.color(role));
                let ratio = (paper.max(ink) + 0.05) / (paper.min(ink) + 0.05);
                assert!(ratio >= 4.5, "{name} {id}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn colours_are_read_as_browsers_write_them() {
        assert_eq!(Color::parse("#0b5cad"), Some(Color(11, 92, 173)));
        assert_eq!(Color::parse("rgb(1, 2, 3)"), Some(Color(1, 2, 3)));
        assert_eq!(Color::parse("rgba(1, 2, 3, 0.5)"), Some(Color(1, 2, 3)));
        assert_eq!(Color::parse("rgb(1 2 300)"), Some(Color(1, 2, 255)));
        for bad in ["", "#12", "#12345é", "red", "rgb(1,2)", "rgb(a,b,c)"] {
            assert_eq!(Color::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn roles_stand_in_the_order_of_their_colours() {
        for (i, (role, _)) in ROLES.iter().enumerate() {
            assert_eq!(*role as usize, i);
        }
    }
}
