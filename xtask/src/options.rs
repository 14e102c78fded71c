//! The flags of a command: `--flag value` or `--flag=value`, unknown ones refused.

use crate::Outcome;
use std::fmt::Display;
use std::str::FromStr;

/// Flags as they were given, in order.
pub struct Options(Vec<(String, String)>);

impl Options {
    /// Reads `args`, all of which must be flags out of `known`, each with a value.
    pub fn parse(command: &str, known: &[&str], args: Vec<String>) -> Outcome<Self> {
        let mut given = Vec::new();
        let mut args = args.into_iter();
        while let Some(arg) = args.next() {
            let (flag, value) = match arg.split_once('=') {
                Some((flag, value)) => (flag.to_string(), Some(value.to_string())),
                None => (arg, None),
            };
            if !known.contains(&flag.as_str()) {
                return Err(format!("`cargo xtask {command}` takes no `{flag}`; see `cargo xtask --help`"));
            }
            let value = value.or_else(|| args.next()).ok_or(format!("`{flag}` needs a value after it"))?;
            given.push((flag, value));
        }
        Ok(Self(given))
    }

    /// Every value given for a flag.
    pub fn all(&self, flag: &str) -> Vec<&str> {
        self.0.iter().filter(|(name, _)| name == flag).map(|(_, value)| value.as_str()).collect()
    }

    /// The last value given for a flag, read as a `T`.
    pub fn last<T: FromStr<Err: Display>>(&self, flag: &str) -> Outcome<Option<T>> {
        let Some(value) = self.all(flag).last().copied() else { return Ok(None) };
        value.parse().map(Some).map_err(|reason| format!("`{flag} {value}` can't be used: {reason}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Outcome<Options> {
        Options::parse("serve", &["--port"], args.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn reads_both_spellings_and_the_last_one_counts() {
        assert_eq!(parse(&["--port", "1", "--port=2"]).and_then(|o| o.last::<u16>("--port")), Ok(Some(2)));
        assert_eq!(parse(&[]).and_then(|o| o.last::<u16>("--port")), Ok(None));
    }

    #[test]
    fn refuses_by_name() {
        for (args, word) in [
            (vec!["--prot", "1"], "--prot"),
            (vec!["8000"], "8000"),
            (vec!["--port"], "--port"),
            (vec!["--port", "70000"], "70000"),
        ] {
            let refusal = parse(&args).and_then(|o| o.last::<u16>("--port")).expect_err("must be refused");
            assert!(refusal.contains(word), "{refusal}");
        }
    }
}
