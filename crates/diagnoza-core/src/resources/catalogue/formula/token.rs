use super::FormulaError;
use crate::resources::catalogue::Part;

/// The smallest parts of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Input(String),
    Sign(char),
}

/// A token and the character, counted from 1, where it begins.
pub(super) type Placed = (Token, usize);

/// Cuts a text into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, FormulaError> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let at = text.chars().count() - rest.chars().count() + 1;
        let Some(first) = rest.chars().next() else { return Ok(found) };
        let (token, after) = match first {
            '+' | '-' | '*' | '/' | '(' | ')' => (Token::Sign(first), &rest[first.len_utf8()..]),
            '0'..='9' => number(rest, at)?,
            _ if first.is_alphabetic() || first == '_' => input(rest, at)?,
            _ => {
                return Err(FormulaError::Unexpected {
                    at,
                    got: first.to_string(),
                    expected: "a number, an input or one of + - * / ( )",
                });
            }
        };
        found.push((token, at));
        rest = after;
    }
}

/// `12` or `0.5`; a comma or an exponent is no part of a number.
fn number(rest: &str, at: usize) -> Result<(Token, &str), FormulaError> {
    let (digits, after) = split(rest, |c| c.is_alphanumeric() || matches!(c, '.' | ',' | '_'));
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number = digits.parse().ok().filter(|number: &f64| plain && number.is_finite());
    match number {
        Some(number) => Ok((Token::Number(number), after)),
        None => Err(FormulaError::NotANumber { at, got: digits.to_owned() }),
    }
}

/// `social_workers_ops`, or people: `women 18-59`, `persons of all ages`.
fn input(rest: &str, at: usize) -> Result<(Token, &str), FormulaError> {
    let (word, after) = split(rest, |c| c.is_alphanumeric() || c == '_');
    if !matches!(word, "women" | "men" | "persons") {
        return Ok((Token::Input(word.to_owned()), after));
    }
    let ages = after.trim_start();
    let end = match ages.strip_prefix(Part::ALL_AGES) {
        Some(_) => Part::ALL_AGES.len(),
        None => range(ages),
    };
    let (ages, after) = ages.split_at(end);
    match format!("{word} {ages}").parse::<Part>() {
        Ok(part) => Ok((Token::Input(part.to_string()), after)),
        Err(error) => Err(FormulaError::NotAPart { at, source: error }),
    }
}

/// Length of `7`, `0-17` or `60+`; a sign belongs to it only where it touches the digits.
fn range(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(text);
    let after = text.get(first..).unwrap_or_default();
    match after.strip_prefix('-').map(digits) {
        Some(last) if first > 0 && last > 0 => first + 1 + last,
        _ => first + usize::from(first > 0 && after.starts_with('+')),
    }
}

/// The characters that belong to a token, and the others.
fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !belongs(c)).unwrap_or(text.len()))
}
