//! Whether a text is an extended regular expression as POSIX defines it (IEEE Std 1003.1, 9.4): groups
//! and brackets that end, repetitions of something, ranges the right way round.

use crate::config::limits::REGEX_BYTES_MAX;

/// The largest number in a repetition (`RE_DUP_MAX`).
const REPEAT_MAX: u32 = 255;

/// Takes an extended regular expression.
pub(super) fn extended(text: &str) -> Result<String, String> {
    if text.is_empty() || text.len() > REGEX_BYTES_MAX {
        return Err(format!(
            "a regular expression has 1 to {REGEX_BYTES_MAX} bytes, this one has {}",
            text.len()
        ));
    }
    let mut scan = Scan {
        rest: text,
        depth: 0,
        can_repeat: false,
    };
    scan.all()
        .map_err(|reason| format!("{text:?} is not a regular expression: {reason}"))?;
    Ok(text.to_owned())
}

struct Scan<'t> {
    rest: &'t str,
    /// Groups that are open.
    depth: u32,
    /// Whether something stands before that can be repeated.
    can_repeat: bool,
}

impl Scan<'_> {
    fn all(&mut self) -> Result<(), String> {
        while let Some(sign) = self.take() {
            match sign {
                '(' => {
                    self.depth += 1;
                    self.can_repeat = false;
                }
                ')' => {
                    self.depth = self.depth.checked_sub(1).ok_or(") closes nothing")?;
                    self.can_repeat = true;
                }
                '|' | '^' => self.can_repeat = false,
                '*' | '+' | '?' => self.repeat(sign)?,
                '{' => {
                    self.repeat(sign)?;
                    self.interval()?;
                }
                '[' => self.bracket()?,
                '\\' => {
                    self.take().ok_or("nothing stands behind the last \\")?;
                    self.can_repeat = true;
                }
                _ => self.can_repeat = true,
            }
        }
        if self.depth > 0 {
            return Err("a ( is not closed".to_owned());
        }
        Ok(())
    }

    fn take(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let first = characters.next();
        self.rest = characters.as_str();
        first
    }

    fn repeat(&self, sign: char) -> Result<(), String> {
        if self.can_repeat {
            return Ok(());
        }
        Err(format!(
            "there is nothing for {sign} to repeat; write \\{sign} for the sign itself"
        ))
    }

    /// Behind `{`: `m}`, `m,}` or `m,n}`.
    fn interval(&mut self) -> Result<(), String> {
        let (inner, rest) = self.rest.split_once('}').ok_or("a { is not closed")?;
        self.rest = rest;
        let number = |text: &str| {
            let number: Option<u32> = text.parse().ok();
            let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
            let number = number.filter(|number| is_digits && *number <= REPEAT_MAX);
            number.ok_or_else(|| format!("{{{inner}}} has no numbers from 0 to {REPEAT_MAX}"))
        };
        let is_right = match inner.split_once(',') {
            None => number(inner).map(|_| true)?,
            Some((least, "")) => number(least).map(|_| true)?,
            Some((least, most)) => number(least)? <= number(most)?,
        };
        if is_right {
            Ok(())
        } else {
            Err(format!("{{{inner}}} is the wrong way round"))
        }
    }

    /// Behind `[`: in brackets `]` stands for itself at the beginning, and so does all else but
    /// ranges and names of classes.
    fn bracket(&mut self) -> Result<(), String> {
        self.can_repeat = true;
        self.rest = self.rest.strip_prefix('^').unwrap_or(self.rest);
        let mut before: Option<char> = None;
        let mut is_first = true;
        loop {
            let sign = self.take().ok_or("a [ is not closed")?;
            let kind = self.rest.chars().next().filter(|_| sign == '[');
            match (sign, kind) {
                (']', _) if !is_first => return Ok(()),
                ('[', Some(mark @ (':' | '.' | '='))) => {
                    let inner = &self.rest[1..];
                    let (name, rest) = inner
                        .split_once(&format!("{mark}]"))
                        .ok_or_else(|| format!("[{mark} is not closed"))?;
                    if mark == ':' && !CLASSES.contains(&name) {
                        return Err(format!("there is no class [:{name}:]"));
                    }
                    self.rest = rest;
                    before = None;
                }
                ('-', _) if before.is_some() && !self.rest.starts_with(']') => {
                    let last = self.take().ok_or("a [ is not closed")?;
                    if before.is_some_and(|first| first > last) {
                        return Err(format!(
                            "the range {}-{last} is the wrong way round",
                            before.unwrap_or_default()
                        ));
                    }
                    before = None;
                }
                _ => before = Some(sign),
            }
            is_first = false;
        }
    }
}

const CLASSES: [&str; 12] = [
    "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
    "upper", "xdigit",
];

#[cfg(test)]
mod tests {
    use super::extended;

    #[test]
    fn expressions_that_are_some() {
        for text in [
            "nginx",
            "^java .*-Dname=(a|b)$",
            "[]a-z[:digit:]-]+",
            "[^]]*",
            "x{2}y{2,}z{2,3}",
            r"\(\*",
            "a**",
            "[a-]",
            "[[.-.]]",
            "()",
        ] {
            assert_eq!(extended(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn expressions_that_are_none() {
        for (text, reason) in [
            ("", "1 to 256 bytes"),
            ("(a", "a ( is not closed"),
            ("a)", ") closes nothing"),
            ("*a", "nothing for * to repeat"),
            ("(+)", "nothing for + to repeat"),
            ("a|?", "nothing for ? to repeat"),
            ("[a", "a [ is not closed"),
            ("[]", "a [ is not closed"),
            ("[z-a]", "the range z-a is the wrong way round"),
            ("[[:name:]]", "no class [:name:]"),
            ("[[:digit]", "[: is not closed"),
            ("a{", "a { is not closed"),
            ("a{3,2}", "{3,2} is the wrong way round"),
            ("a{256}", "{256} has no numbers from 0 to 255"),
            ("a{x}", "{x} has no numbers from 0 to 255"),
            ("a\\", "nothing stands behind the last \\"),
        ] {
            let message = extended(text).unwrap_err();
            assert!(message.contains(reason), "{text}: {message}");
        }
    }
}
