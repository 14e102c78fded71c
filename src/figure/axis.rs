//! Axes: range, scale, label and ticks.

use crate::quantity::{LN_2, Unit, power_of_ten};
use crate::text::Text;

/// How data become lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Proportional.
    Linear,
    /// Proportional to the logarithm; the range must be positive.
    Log,
}

/// Where ticks stand.
#[derive(Clone, Debug, PartialEq)]
pub enum Ticks {
    /// At round numbers.
    Round,
    /// At named places, such as the outcomes of a coin.
    Named(Vec<(f64, Text)>),
    /// Nowhere.
    None,
}

/// One axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// What it measures, in words.
    pub label: Text,
    /// Its unit; information is labelled in the unit the reader chose.
    pub unit: Unit,
    /// Its scale.
    pub scale: Scale,
    /// Its ticks.
    pub ticks: Ticks,
}

impl Axis {
    /// A linear axis with ticks at round numbers.
    pub fn new(low: f64, high: f64, label: impl Into<Text>) -> Self {
        Self { low, high, label: label.into(), unit: Unit::One, scale: Scale::Linear, ticks: Ticks::Round }
    }

    /// The axis with a unit.
    #[must_use]
    pub const fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// The axis with a logarithmic scale.
    #[must_use]
    pub const fn log(mut self) -> Self {
        self.scale = Scale::Log;
        self
    }

    /// The axis with other ticks.
    #[must_use]
    pub fn ticks(mut self, ticks: Ticks) -> Self {
        self.ticks = ticks;
        self
    }

    /// Where a value stands, 0 at the lower end and 1 at the upper.
    pub fn position(&self, value: f64) -> f64 {
        let (low, high) = (self.along(self.low), self.along(self.high));
        (self.along(value) - low) / (high - low)
    }

    /// The value at a position.
    pub fn value(&self, position: f64) -> f64 {
        self.values()(position)
    }

    /// [`Axis::value`] for many positions.
    pub fn values(&self) -> impl Fn(f64) -> f64 + use<> {
        let (scale, low, high) = (self.scale, self.along(self.low), self.along(self.high));
        move |position| {
            let at = low + position * (high - low);
            match scale {
                Scale::Linear => at,
                Scale::Log => at.exp(),
            }
        }
    }

    /// How far along its scale a value stands.
    pub(super) fn along(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Linear => value,
            Scale::Log => value.ln(),
        }
    }

    /// How many of the shown units one unit of the data is.
    fn shown_per_unit(&self, bits: bool) -> f64 {
        if bits && self.unit == Unit::Nats { 1.0 / LN_2 } else { 1.0 }
    }

    /// A value of the data in the unit the reader chose.
    pub fn shown(&self, value: f64, bits: bool) -> f64 {
        value * self.shown_per_unit(bits)
    }

    /// The unit the reader chose, for what the axis measures.
    pub fn shown_unit(&self, bits: bool) -> Unit {
        if bits && self.unit == Unit::Nats { Unit::Bits } else { self.unit }
    }

    /// The label with its unit, in the unit the reader chose.
    pub fn caption(&self, bits: bool, say: &dyn Fn(&Text) -> String) -> String {
        let unit = match self.shown_unit(bits) {
            Unit::Nats => Some(Text::new("nats")),
            Unit::Bits => Some(Text::new("bits")),
            Unit::One | Unit::Percent | Unit::Count => None,
        };
        match unit {
            Some(unit) if self.label.is_empty() => say(&unit),
            Some(unit) => format!("{} ({})", say(&self.label), say(&unit)),
            None => say(&self.label),
        }
    }

    /// The numbers at round ticks: positions in data and words, about one for each `spacing` of `length` CSS pixels.
    pub fn tick_labels(&self, length: f64, spacing: f64, bits: bool, decimal: char) -> Vec<(f64, String)> {
        match &self.ticks {
            Ticks::None | Ticks::Named(_) => Vec::new(),
            Ticks::Round => {
                let factor = self.shown_per_unit(bits);
                let count = (length / spacing).max(1.0);
                let (low, high) = (self.low * factor, self.high * factor);
                let ticks = match self.scale {
                    Scale::Linear => round_ticks(low, high, count),
                    Scale::Log => log_ticks(low, high, count),
                };
                ticks.into_iter().map(|(v, words)| (v / factor, words.replace('.', &decimal.to_string()))).collect()
            }
        }
    }
}

/// The least margin beside something infinite: what is finite ends below where an infinite bar is torn.
const BELOW_TEAR: f64 = 0.25;

/// A range that holds every finite value given, with `margin` of its length to spare above and below zero,
/// its ends rounded outwards to 1, 2 or 5 steps so that it stands still while values move a little.
pub fn nice_range(values: impl IntoIterator<Item = f64>, margin: f64) -> (f64, f64) {
    let mut margin = margin;
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for v in values {
        if v.is_finite() {
            (low, high) = (low.min(v), high.max(v));
        } else if v.is_infinite() {
            margin = margin.max(BELOW_TEAR);
        }
    }
    if low > high { (0.0, 1.0) } else { around(low, high, margin) }
}

fn around(low: f64, high: f64, margin: f64) -> (f64, f64) {
    // Values that are all one and the same still need an axis around them.
    let length = if high - low > 1e-12 * high.abs().max(low.abs()) { high - low } else { high.abs().max(1.0) };
    let low = if low < 0.0 { low - margin * length } else { low };
    let high = if high > 0.0 { high + margin * length } else { high };
    let high = if high > low { high } else { low + length };
    let raw = (high - low) / 5.0;
    let power = 10f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].iter().map(|m| m * power).find(|s| *s >= raw).unwrap_or(raw);
    ((low / step).floor() * step, (high / step).ceil() * step)
}

/// Multiples of 1, 2 or 5 times a power of ten within `low..=high`, at most about `count` of them.
fn round_ticks(low: f64, high: f64, count: f64) -> Vec<(f64, String)> {
    let raw = (high - low) / count;
    if !(raw.is_finite() && raw > 0.0) {
        return Vec::new();
    }
    let power = 10f64.powf(raw.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|m| m * power);
    let fitting = steps.iter().position(|s| *s >= raw * 0.999).unwrap_or(steps.len() - 1);
    let within = |step: f64| (high / step).floor() - (low / step).ceil();
    // One number alone tells no scale.
    let step = steps[if within(steps[fitting]) < 1.0 { fitting.saturating_sub(1) } else { fitting }];
    let places = (-step.log10().floor()).max(0.0) as usize;
    let plain = step < 1e6 && (step >= 1e-6 || low.abs().max(high.abs()) >= 1e-3);
    let slack = 1e-9 * step;
    let first = ((low - slack) / step).ceil() as i64;
    let last = ((high + slack) / step).floor() as i64;
    (first..=last)
        .map(|i| {
            let value = i as f64 * step;
            let words = if plain { format!("{value:.places$}") } else { scientific(value, step) };
            (value, words.replace('-', "−"))
        })
        .collect()
}

/// A multiple of a very small or very large step, to the digits of the step, as a power of ten.
fn scientific(value: f64, step: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    // A multiple such as 3 × 1e-7 may lie an ulp below its power of ten.
    let magnitude = |v: f64| (v.abs() * (1.0 + 1e-12)).log10().floor() as i32;
    let exponent = magnitude(value);
    let digits = (exponent - magnitude(step)).max(0) as usize;
    let written = format!("{:.digits$}", value / 10f64.powi(exponent));
    let mantissa = if digits > 0 { written.trim_end_matches('0').trim_end_matches('.') } else { &written };
    if mantissa == "1" { power_of_ten(exponent) } else { format!("{mantissa} × {}", power_of_ten(exponent)) }
}

/// Powers of ten within the range, thinned to about `count`; on ranges under two decades also 2 and 5.
fn log_ticks(low: f64, high: f64, count: f64) -> Vec<(f64, String)> {
    if !(low > 0.0 && high > low && high.is_finite()) {
        return Vec::new();
    }
    let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    let decades = f64::from(last - first).max(1.0);
    let stride = (decades / count).ceil().max(1.0) as usize;
    let within = |v: &f64| *v >= low * (1.0 - 1e-9) && *v <= high * (1.0 + 1e-9);
    let multiples: &[f64] = if decades <= 2.0 { &[1.0, 2.0, 5.0] } else { &[1.0] };
    (first..=last)
        .step_by(stride)
        .flat_map(|e| multiples.iter().map(move |m| m * 10f64.powi(e)))
        .filter(within)
        .map(|v| (v, power_label(v)))
        .collect()
}

fn power_label(value: f64) -> String {
    if (1e-3..1e5).contains(&value) {
        return format!("{value}");
    }
    let exponent = value.log10().round() as i32;
    power_of_ten(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &Axis, bits: bool) -> Vec<String> {
        axis.tick_labels(400.0, 80.0, bits, '.').into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn ticks_stand_at_round_numbers() {
        assert_eq!(labels(&Axis::new(-4.0, 4.0, "x"), false), ["−4", "−2", "0", "2", "4"]);
        assert_eq!(labels(&Axis::new(0.0, 1.0, "p"), false), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(labels(&Axis::new(0.01, 100.0, "T").log(), false), ["0.01", "0.1", "1", "10", "100"]);
        let small = ["−2 × 10⁻⁷", "0", "2 × 10⁻⁷", "4 × 10⁻⁷", "6 × 10⁻⁷"];
        assert_eq!(labels(&Axis::new(-2e-7, 7e-7, "x"), false), small);
        let large = ["0", "5 × 10⁶", "10⁷", "1.5 × 10⁷"];
        assert_eq!(labels(&Axis::new(0.0, 1.6e7, "x"), false), large);
        let far = ["10¹¹", "1.00002 × 10¹¹", "1.00004 × 10¹¹", "1.00006 × 10¹¹"];
        assert_eq!(labels(&Axis::new(1e11, 1.000_07e11, "x"), false), far);
        let near = ["1.0000000", "1.0000002", "1.0000004", "1.0000006"];
        assert_eq!(labels(&Axis::new(1.0, 1.000_000_7, "x"), false), near);
    }

    #[test]
    fn an_axis_of_information_is_labelled_in_the_chosen_unit() {
        let axis = Axis::new(0.0, LN_2, "D").unit(Unit::Nats);
        assert_eq!(labels(&axis, true), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(axis.caption(true, &Text::english), "D (bits)");
        assert_eq!(axis.caption(false, &Text::english), "D (nats)");
    }

    #[test]
    fn positions_and_values_are_inverse() {
        for axis in [Axis::new(-3.0, 5.0, ""), Axis::new(1e-3, 50.0, "").log()] {
            for i in 0..=10 {
                let position = f64::from(i) / 10.0;
                assert!((axis.position(axis.value(position)) - position).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn a_nice_range_holds_its_values_and_ends_on_round_numbers() {
        assert_eq!(nice_range([0.0, 0.93], 0.0), (0.0, 1.0));
        assert_eq!(nice_range([-0.25, 0.78, f64::NAN], 0.1), (-0.5, 1.0));
        // Beside something infinite there is room for its tear.
        assert_eq!(nice_range([-0.25, 0.78, f64::INFINITY, f64::NAN], 0.1), (-1.0, 1.5));
        assert_eq!(nice_range([f64::NAN], 0.1), (0.0, 1.0));
        for same in [3.0, 0.0, -2.0] {
            let (low, high) = nice_range([same, same], 0.1);
            assert!(low <= same && high >= same && high > low, "{low} {high}");
        }
    }

    #[test]
    fn an_empty_range_has_no_ticks() {
        assert!(labels(&Axis::new(1.0, 1.0, ""), false).is_empty());
        assert!(labels(&Axis::new(0.0, 1.0, "").log(), false).is_empty());
        assert!(labels(&Axis::new(f64::NAN, 1.0, ""), false).is_empty());
    }
}
