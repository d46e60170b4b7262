//! From the text of rules to its words and signs.

use std::fmt;

/// A word or a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Word(&'t str),
    /// What stands between `"`.
    Quoted(&'t str),
    Open,
    Close,
    Semicolon,
    Equal,
    Unequal,
    And,
    Or,
    Not,
    /// A sign that has no meaning.
    Stray(char),
    End,
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Quoted(words) => write!(f, "\"{words}\""),
            Self::Open => f.write_str("("),
            Self::Close => f.write_str(")"),
            Self::Semicolon => f.write_str(";"),
            Self::Equal => f.write_str("=="),
            Self::Unequal => f.write_str("!="),
            Self::And => f.write_str("&&"),
            Self::Or => f.write_str("||"),
            Self::Not => f.write_str("!"),
            Self::Stray(sign) => write!(f, "{sign}"),
            Self::End => f.write_str("the end"),
        }
    }
}

/// Signs, the longer ones first.
const SIGNS: [(&str, Token<'static>); 8] = [
    ("==", Token::Equal),
    ("!=", Token::Unequal),
    ("&&", Token::And),
    ("||", Token::Or),
    ("!", Token::Not),
    ("(", Token::Open),
    (")", Token::Close),
    (";", Token::Semicolon),
];

/// Whether text is one word.
pub(in crate::config) fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_of_word)
}

/// Whether a character can be part of a word: names of resources have dots, colons and the like.
fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || "_-.:?*/@+[]".contains(character)
}

/// The text, read token by token.
pub(super) struct Lexer<'t> {
    text: &'t str,
    /// Where the next token starts.
    at: usize,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut lexer = Self { text, at: 0 };
        lexer.skip_blank();
        lexer
    }

    /// The byte where the next token starts.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// The next token, which stays the next one.
    pub(super) fn peek(&self) -> Token<'t> {
        self.token().0
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Token<'t> {
        let (token, length) = self.token();
        self.at += length;
        self.skip_blank();
        token
    }

    /// A label with its colon, if that comes next. In front of a rule a colon ends the word.
    pub(super) fn label(&mut self) -> Option<&'t str> {
        let rest = &self.text[self.at..];
        let end = rest.find(|c| c == ':' || !is_of_word(c))?;
        let (label, rest) = rest.split_at(end);
        let behind = rest.trim_start().strip_prefix(':')?;
        if label.is_empty() {
            return None;
        }
        self.at = self.text.len() - behind.len();
        self.skip_blank();
        Some(label)
    }

    /// The next token and how many bytes it has.
    fn token(&self) -> (Token<'t>, usize) {
        let rest = &self.text[self.at..];
        let Some(first) = rest.chars().next() else {
            return (Token::End, 0);
        };
        if let Some((sign, token)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            return (*token, sign.len());
        }
        if let Some((words, _)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
            return (Token::Quoted(words), words.len() + 2);
        }
        if !is_of_word(first) {
            return (Token::Stray(first), first.len_utf8());
        }
        let end = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
        (Token::Word(&rest[..end]), end)
    }

    fn skip_blank(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }
}
