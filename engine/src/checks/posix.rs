//! Extended regular expressions as POSIX defines them (IEEE Std 1003.1, 9.4), in the notation of the
//! crate `regex`. Their form was checked when the configuration was read.

use regex::bytes::{Regex, RegexBuilder};

use crate::limits;

/// Compiles an expression that looks for itself anywhere in a text.
///
/// # Errors
///
/// With a sentence, when the expression is too large or of a kind that is not supported.
pub(super) fn compile(text: &str) -> Result<Regex, String> {
    let unusable = |why: String| format!("the regular expression {text:?} cannot be used: {why}");
    let translated = translate(text).map_err(unusable)?;
    RegexBuilder::new(&translated)
        // In POSIX the point stands for a line's end too.
        .dot_matches_new_line(true)
        .size_limit(limits::REGEX_PROGRAM_BYTES)
        .build()
        .map_err(|error| unusable(error.to_string()))
}

fn translate(text: &str) -> Result<String, String> {
    let mut translation = Translation {
        rest: text,
        out: String::with_capacity(text.len() * 2),
        atom: 0,
        groups: Vec::new(),
        is_repeated: false,
    };
    translation.all()?;
    Ok(translation.out)
}

struct Translation<'t> {
    rest: &'t str,
    out: String,
    /// Where in `out` the last thing begins that can be repeated.
    atom: usize,
    /// Where in `out` the groups begin that are open.
    groups: Vec<usize>,
    /// A repetition of that thing was the last.
    is_repeated: bool,
}

impl Translation<'_> {
    fn all(&mut self) -> Result<(), String> {
        while let Some(sign) = self.take() {
            match sign {
                '*' | '+' | '?' => self.repeat(sign),
                '{' => {
                    self.repeat(sign);
                    let (inner, rest) = self.rest.split_once('}').ok_or("a { is not closed")?;
                    self.out.push_str(inner);
                    self.out.push('}');
                    self.rest = rest;
                }
                '(' => {
                    self.groups.push(self.out.len());
                    self.out.push('(');
                    self.is_repeated = false;
                }
                ')' => {
                    let start = self.groups.pop().ok_or(") closes nothing")?;
                    self.out.push(')');
                    (self.atom, self.is_repeated) = (start, false);
                }
                '[' => {
                    self.begin();
                    self.bracket()?;
                }
                // Escaped, every sign stands for itself: `\d` is a d.
                '\\' => {
                    self.begin();
                    let sign = self.take().ok_or("nothing stands behind the last \\")?;
                    self.literal(sign);
                }
                '.' | '^' | '$' | '|' => {
                    self.begin();
                    self.out.push(sign);
                }
                _ => {
                    self.begin();
                    self.literal(sign);
                }
            }
        }
        Ok(())
    }

    fn take(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let first = characters.next();
        self.rest = characters.as_str();
        first
    }

    fn begin(&mut self) {
        (self.atom, self.is_repeated) = (self.out.len(), false);
    }

    fn literal(&mut self, sign: char) {
        let text = regex::escape(sign.encode_utf8(&mut [0; 4]));
        self.out.push_str(&text);
    }

    /// A repetition of a repetition needs a group around the first here: `a+?` would be something else.
    fn repeat(&mut self, sign: char) {
        if self.is_repeated {
            self.out.insert_str(self.atom, "(?:");
            self.out.push(')');
        }
        self.out.push(sign);
        self.is_repeated = true;
    }

    /// Behind `[`: a backslash stands for itself here, and so does `]` at the beginning.
    fn bracket(&mut self) -> Result<(), String> {
        self.out.push('[');
        if let Some(rest) = self.rest.strip_prefix('^') {
            self.rest = rest;
            self.out.push('^');
        }
        let mut is_first = true;
        while is_first || !self.rest.starts_with(']') {
            is_first = false;
            if let Some(inner) = self.rest.strip_prefix("[:") {
                let (name, rest) = inner.split_once(":]").ok_or("[: is not closed")?;
                self.out.push_str(&format!("[:{name}:]"));
                self.rest = rest;
                continue;
            }
            let sign = self.element()?;
            self.literal(sign);
            let range = self.rest.strip_prefix('-');
            if let Some(rest) = range.filter(|rest| !rest.starts_with(']')) {
                self.rest = rest;
                self.out.push('-');
                let last = self.element()?;
                self.literal(last);
            }
        }
        self.rest = self.rest.strip_prefix(']').unwrap_or_default();
        self.out.push(']');
        Ok(())
    }

    /// A sign in brackets, also as `[.x.]` or `[=x=]`.
    fn element(&mut self) -> Result<char, String> {
        for mark in ['.', '='] {
            let Some(inner) = self
                .rest
                .strip_prefix('[')
                .and_then(|r| r.strip_prefix(mark))
            else {
                continue;
            };
            let end = format!("{mark}]");
            let (name, rest) = inner.split_once(&end).ok_or("a [ is not closed")?;
            let mut signs = name.chars();
            let (Some(sign), None) = (signs.next(), signs.next()) else {
                return Err(format!("no alphabet here has the element {name:?}"));
            };
            self.rest = rest;
            return Ok(sign);
        }
        self.take().ok_or_else(|| "a [ is not closed".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matches() {
        for (text, matching, others) in [
            (
                "nginx",
                &["nginx", "my-nginx: x"][..],
                &["ngin", "NGINX"][..],
            ),
            (
                "^java .*-Dname=(a|b)$",
                &["java -x -Dname=b"],
                &["java -Dname=c", "xjava -Dname=a"],
            ),
            ("^[]a-c[:digit:]-]+$", &["]", "ab9-"], &["d", "[", ""]),
            ("^[^]]$", &["a", "["], &["]"]),
            (r"^[\d]$", &["\\", "d"], &["5"]),
            (r"^\d\.$", &["d."], &["5.", "dx"]),
            ("^x{2}y{2,}z{0,1}$", &["xxyy", "xxyyyz"], &["xyy", "xxyyzz"]),
            ("^a+?$", &["", "aa"], &["b"]),
            ("^(ab)**{2}$", &["", "abab"], &["aba"]),
            ("^[a&&b~~-]$", &["&", "~", "a", "-"], &["e"]),
            ("^[[.-.][=a=]]$", &["-", "a"], &["."]),
            ("^a.b$", &["a\nb", "aüb"], &["ab"]),
            ("^()$", &[""], &["x"]),
            ("^#&~]}$", &["#&~]}"], &["#&~]"]),
        ] {
            let regex = compile(text).unwrap();
            for good in matching {
                assert!(regex.is_match(good.as_bytes()), "{text} and {good:?}");
            }
            for bad in others {
                assert!(!regex.is_match(bad.as_bytes()), "{text} and {bad:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_used_says_why() {
        let message = compile("[[.space.]]").unwrap_err();
        assert!(
            message.contains("no alphabet here has the element"),
            "{message}"
        );
        let message = compile("(((.{255}){255}){255})").unwrap_err();
        assert!(message.contains("cannot be used"), "{message}");
    }
}
