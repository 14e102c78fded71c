//! Numbers as people type them: in the signs and digits of their language, as a decimal, a percentage, a fraction or with
//! a power of ten. What could be two numbers is refused and not guessed at.

use crate::quantity::Quantity;
use crate::text::Text;

/// The signs with which a language writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// Between whole and fraction.
    pub decimal: char,
    /// Between thousands.
    pub group: char,
    /// The digit 0; the others follow it.
    pub zero: char,
}

impl Signs {
    /// Those of English.
    pub const ENGLISH: Self = Self { decimal: '.', group: ',', zero: '0' };
}

/// The zeros of the scripts in which browsers print numbers.
const ZEROS: [char; 21] =
    ['0', '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '༠', '၀', '០', '᠐', '᱐', '０'];
/// Signs that are written for one another.
const ALIKE: [(char, &str); 8] = [
    ('-', "−–—‐‑﹣－"),
    ('+', "＋"),
    ('%', "٪％﹪"),
    ('/', "⁄∕／"),
    ('\'', "’ʼ"),
    ('×', "·⋅*✕"),
    ('.', "．"),
    (',', "，"),
];
/// Marks of writing direction, which browsers put around signs.
const MARKS: &str = "\u{200e}\u{200f}\u{61c}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/// Fractions that are one character, as fractions of two numbers.
const FRACTIONS: [(char, f64, f64); 10] = [
    ('½', 1.0, 2.0),
    ('⅓', 1.0, 3.0),
    ('⅔', 2.0, 3.0),
    ('¼', 1.0, 4.0),
    ('¾', 3.0, 4.0),
    ('⅕', 1.0, 5.0),
    ('⅛', 1.0, 8.0),
    ('⅜', 3.0, 8.0),
    ('⅝', 5.0, 8.0),
    ('⅞', 7.0, 8.0),
];

/// The number that was typed.
///
/// # Errors
/// The rule that it breaks.
pub fn number(words: &str, signs: &Signs) -> Result<f64, Text> {
    let plain: String = words.chars().filter(|c| !MARKS.contains(*c)).map(|c| alike(c, signs)).collect();
    let (plain, percent) = without_percent(plain.trim());
    let (plain, negative) = match plain.strip_prefix('-') {
        Some(rest) => (rest.trim_start(), true),
        None => (plain.strip_prefix('+').unwrap_or(plain).trim_start(), false),
    };
    let size = if let Some((over, under)) = fraction(plain, signs)? {
        if percent || under == 0.0 {
            return Err(none());
        }
        over / under
    } else {
        let (digits, power) = power(plain).ok_or_else(none)?;
        let digits = decimal(digits, signs)?;
        // Through decimals, so that 7 % is 0.07 to the last bit.
        finite(&format!("{digits}e{}", i64::from(power) - if percent { 2 } else { 0 }))?
    };
    Ok(if negative { -size } else { size })
}

/// The signs and digits of all languages as those of programs.
fn alike(c: char, signs: &Signs) -> char {
    for zero in ZEROS.into_iter().chain([signs.zero]) {
        if let Some(digit) = (c as u32).checked_sub(zero as u32).filter(|digit| *digit < 10) {
            return char::from(b'0' + digit as u8);
        }
    }
    if c.is_whitespace() {
        return ' ';
    }
    ALIKE.into_iter().find(|(_, others)| others.contains(c)).map_or(c, |(sign, _)| sign)
}

/// What stands beside a per cent sign, on whichever side a language has it.
fn without_percent(plain: &str) -> (&str, bool) {
    match plain.strip_suffix('%').or_else(|| plain.strip_prefix('%')) {
        Some(rest) => (rest.trim(), true),
        None => (plain, false),
    }
}

/// A fraction as what is over its line and under it, if it is one.
fn fraction(plain: &str, signs: &Signs) -> Result<Option<(f64, f64)>, Text> {
    let mut letters = plain.chars();
    if let (Some(only), None) = (letters.next(), letters.next())
        && let Some((_, over, under)) = FRACTIONS.into_iter().find(|(c, ..)| *c == only)
    {
        return Ok(Some((over, under)));
    }
    let Some((over, under)) = plain.split_once('/') else { return Ok(None) };
    // Persian writes its decimal sign so where a keyboard has no other.
    if signs.zero == '۰' {
        return Err(
            Text::new("could be a fraction or a decimal; a half is written {half}").with("half", Quantity::exact(0.5))
        );
    }
    let part = |words: &str| finite(&decimal(words.trim(), signs)?);
    Ok(Some((part(over)?, part(under)?)))
}

/// The digits before a power of ten, and the power: 5e-9, 5 × 10⁻⁹, 10^-9.
fn power(plain: &str) -> Option<(&str, i32)> {
    if let Some((digits, exponent)) = plain.split_once(['e', 'E']) {
        return Some((digits.trim(), exponent.trim().parse().ok()?));
    }
    let (digits, ten) = match plain.split_once('×') {
        Some((digits, ten)) => (digits.trim(), ten.trim()),
        None if plain.starts_with("10") => ("1", plain),
        None => return Some((plain, 0)),
    };
    let exponent = ten.strip_prefix("10")?;
    let raised = |c: char| c == '⁻' || SUPERSCRIPTS.contains(c);
    if let Some(exponent) = exponent.strip_prefix('^') {
        Some((digits, exponent.trim().parse().ok()?))
    } else if exponent.starts_with(raised) {
        let lowered = |c: char| match SUPERSCRIPTS.chars().position(|s| s == c) {
            Some(digit) => char::from(b'0' + digit as u8),
            None if c == '⁻' => '-',
            None => c,
        };
        Some((digits, exponent.chars().map(lowered).collect::<String>().parse().ok()?))
    } else {
        // Ten and more, and no power of it.
        (ten == plain).then_some((plain, 0))
    }
}

/// Digits with their separators as a program writes them.
fn decimal(words: &str, signs: &Signs) -> Result<String, Text> {
    let separators: Vec<char> = words.chars().filter(|c| !c.is_ascii_digit()).collect();
    let known = separators.iter().all(|c| ".,٫٬' ".contains(*c));
    if !known || separators.len() == words.chars().count() {
        return Err(none());
    }
    let Some((&last, before)) = separators.split_last() else { return Ok(words.to_owned()) };
    let may_be_decimal = ".,٫".contains(last) && !before.contains(&last);
    let parted = || words.rsplit_once(last).unwrap_or((words, ""));
    let ungrouped = || grouped(words, last).ok_or_else(none);
    if !before.is_empty() && may_be_decimal {
        let (whole, fraction) = parted();
        return Ok(format!("{}.{fraction}", grouped(whole, before[0]).ok_or_else(none)?));
    }
    if !may_be_decimal {
        return ungrouped();
    }
    let (whole, fraction) = parted();
    let as_decimal = format!("{whole}.{fraction}");
    match grouped(words, last) {
        Some(digits) if last != signs.decimal && last != '٫' => {
            if last == signs.group {
                return Ok(digits);
            }
            let rule = Text::new("could be {one} or {other} here; write one of these");
            let number = |digits: &str| Ok::<_, Text>(Quantity::exact(finite(digits)?));
            Err(rule.with("one", number(&as_decimal)?).with("other", number(&digits)?))
        }
        _ => Ok(as_decimal),
    }
}

/// The digits of a whole number whose thousands are set apart, in threes or, as in India, the last three and then in twos.
fn grouped(words: &str, separator: char) -> Option<String> {
    let groups: Vec<&str> = words.split(separator).collect();
    let (first, rest) = groups.split_first()?;
    let (last, middle) = rest.split_last()?;
    let digits = groups.iter().all(|group| group.bytes().all(|c| c.is_ascii_digit()));
    let begins = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let even = [3, 2].into_iter().any(|size| middle.iter().all(|group| group.len() == size));
    (digits && begins && even && last.len() == 3).then(|| groups.concat())
}

/// Written digits as a finite number.
fn finite(digits: &str) -> Result<f64, Text> {
    let number: f64 = digits.parse().map_err(|_| none())?;
    let significant = digits.bytes().take_while(|c| *c != b'e').any(|c| (b'1'..=b'9').contains(&c));
    match number {
        0.0 if significant => Err("is too small to be told from 0".into()),
        number if number.is_finite() => Ok(number),
        _ => Err(none()),
    }
}

fn none() -> Text {
    Text::new("is not a number; write it like {half}, 1/20 or 5 %").with("half", Quantity::exact(0.5))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn signs(decimal: char, group: char, zero: char) -> Signs {
        Signs { decimal, group, zero }
    }

    const EN: Signs = Signs::ENGLISH;
    const DE: Signs = signs(',', '.', '0');
    const FR: Signs = signs(',', '\u{202f}', '0');
    const DE_CH: Signs = signs('.', '’', '0');
    const AR: Signs = signs('٫', '٬', '٠');
    const FA: Signs = signs('٫', '٬', '۰');
    const HI: Signs = signs('.', ',', '0');
    const BN: Signs = signs('.', ',', '০');
    const MR: Signs = signs('.', ',', '०');

    #[test]
    fn what_people_type_is_read_in_their_language() {
        for (language, words, want) in [
            // The same in every language.
            (EN, "5 %", 0.05),
            (DE, "5\u{a0}%", 0.05),
            (FR, "5\u{202f}%", 0.05),
            (EN, "%7", 0.07),
            (EN, "0.1 %", 0.001),
            (EN, "1/20", 0.05),
            (DE, "−1/20", -0.05),
            (EN, "½", 0.5),
            (EN, "–1.5", -1.5),
            (EN, "—1.5", -1.5),
            (EN, "－1．5", -1.5),
            (DE, "– 1,5", -1.5),
            (EN, "+3", 3.0),
            (EN, ".5", 0.5),
            (EN, "5.", 5.0),
            (EN, "-0", 0.0),
            (EN, " 2e0 ", 2.0),
            (DE, "1,5E−3", 0.0015),
            (EN, "5 × 10⁻⁹", 5e-9),
            (DE, "2,5·10^-3", 0.0025),
            (EN, "10⁻¹²", 1e-12),
            (EN, "10", 10.0),
            (EN, "105", 105.0),
            (EN, "10.5", 10.5),
            // Half with either sign, wherever it can be nothing else.
            (EN, "0,05", 0.05),
            (EN, "0,5", 0.5),
            (DE, "0.5", 0.5),
            (DE, "0.500", 0.5),
            (FR, "0.500", 0.5),
            (DE, "1.5", 1.5),
            (EN, "1,5", 1.5),
            // Thousands as the language has them, and as others do where they can be nothing else.
            (EN, "1.000", 1.0),
            (EN, "1,000", 1000.0),
            (DE, "1.000", 1000.0),
            (DE, "1,000", 1.0),
            (DE, "15.932", 15932.0),
            (DE, "1.234,5", 1234.5),
            (EN, "1.234,5", 1234.5),
            (DE, "1,234.5", 1234.5),
            (EN, "1.000.000", 1e6),
            (FR, "15\u{202f}932", 15932.0),
            (FR, "15 932,5", 15932.5),
            (DE_CH, "1’000.5", 1000.5),
            (DE_CH, "1'000", 1000.0),
            (HI, "1,50,000", 150_000.0),
            (HI, "12,34,567.8", 1_234_567.8),
            (EN, "1,50,000", 150_000.0),
            // In other digits.
            (AR, "٠٫٠٥", 0.05),
            (AR, "\u{61c}-١٫٥", -1.5),
            (AR, "١٬٠٠٠", 1000.0),
            (AR, "٥٪\u{61c}", 0.05),
            (AR, "0,05", 0.05),
            (FA, "\u{200e}−۱٫۵", -1.5),
            (FA, "۱۵٬۹۳۲", 15932.0),
            (FA, "۵٪", 0.05),
            (BN, "০.০৫", 0.05),
            (BN, "১,৫০,০০০", 150_000.0),
            (MR, "०.०५", 0.05),
            (MR, "१/२०", 0.05),
            (HI, "०.०५", 0.05),
            (EN, "５％", 0.05),
        ] {
            let read = number(words, &language);
            assert_eq!(read.as_ref().map(|v| v + 0.0), Ok(want), "“{words}” in {language:?}");
        }
    }

    #[test]
    fn what_could_be_two_numbers_is_refused_with_both() {
        for (language, words, rule) in [
            (FR, "1.000", "could be 1 or 1000 here; write one of these"),
            (FR, "1.250", "could be 1.25 or 1250 here; write one of these"),
            (DE_CH, "15,932", "could be 15.932 or 15932 here; write one of these"),
            (AR, "1,000", "could be 1 or 1000 here; write one of these"),
            (FA, "۰/۵", "could be a fraction or a decimal; a half is written 0.5"),
            (EN, "1e-999", "is too small to be told from 0"),
        ] {
            assert_eq!(number(words, &language).map_err(|rule| rule.english()), Err(rule.to_owned()), "“{words}”");
        }
    }

    #[test]
    fn what_is_no_number_is_told_how_to_write_one() {
        for words in [
            "",
            " ",
            "wide",
            "NaN",
            "inf",
            "1e999",
            "1,5,3",
            "1 2",
            "1 1/2",
            "1½",
            "--1",
            "1/0",
            "1/2/3",
            "1/2 %",
            "5 %%",
            "1.2.3",
            "0x10",
            "1e",
            "e5",
            "10^",
            "10⁻",
            "2 × 3",
            "5 × 11⁻²",
            ".",
            ",",
            "-",
            "%",
            "/",
            "1,,5",
            "1..5",
            "٬5",
            "5٫5٫5",
            "0,123,456",
            "1,2345,678",
            "1 000 00",
            "1_000",
            "1e5.5",
            "∞",
            "²",
        ] {
            let rule = number(words, &EN).map_err(|rule| rule.english());
            assert_eq!(rule, Err("is not a number; write it like 0.5, 1/20 or 5 %".to_owned()), "“{words}”");
        }
    }

    #[test]
    fn every_number_that_is_shown_can_be_typed_again() {
        let mut rng = crate::numeric::rng::Rng::new(7);
        for _ in 0..20_000 {
            let size = 10f64.powf(24.0 * rng.open01() - 12.0);
            let value = if rng.below(2) == 0 { size } else { -size };
            for language in [EN, DE, AR] {
                // Three decimals after a whole number of up to three digits would be thousands elsewhere, but not here.
                let shown = value.to_string().replace('.', &language.decimal.to_string()).replace('-', "−");
                assert_eq!(number(&shown, &language), Ok(value), "{shown}");
            }
        }
    }
}
