use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Unit of measure as a product of powers: `persons`, `zł/persons`, or a pure number.
///
/// Polish and English words of one unit are one unit; a word that is not known is a unit of its own, so that `wnioski`
/// add to `wnioski` and to nothing else. `%`, `per 1000` and `na 10 tys.` are pure numbers.
///
/// ```
/// use diagnoza_core::resources::catalogue::UnitOfMeasure;
/// let unit = |text: &str| text.parse::<UnitOfMeasure>();
/// assert_eq!(unit("os.")?, unit("persons")?);
/// assert_eq!(unit("zł/mieszk.")?, unit("zł per person")?);
/// assert_eq!(unit("marriages per 1000 persons")?.to_string(), "marriages/persons");
/// assert!(unit("%")?.is_pure());
/// # Ok::<(), diagnoza_core::resources::catalogue::UnitOfMeasureError>(())
/// ```
#[doc(alias = "jednostka miary")]
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitOfMeasure {
    powers: BTreeMap<String, i32>,
}

/// A text that is no unit of measure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{got}' is not a unit of measure: expected one such as persons, zł, zł/persons, %, per 1000 or \
     'marriages per 1000 persons'"
)]
pub struct UnitOfMeasureError {
    /// The text given.
    pub got: String,
}

impl UnitOfMeasure {
    /// Whether it is a pure number.
    #[must_use]
    pub fn is_pure(&self) -> bool {
        self.powers.is_empty()
    }

    /// Unit of a product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        self.combined(other, 1)
    }

    /// Unit of a quotient.
    #[must_use]
    pub fn over(&self, other: &Self) -> Self {
        self.combined(other, -1)
    }

    fn combined(&self, other: &Self, sign: i32) -> Self {
        let mut powers = self.powers.clone();
        for (word, power) in &other.powers {
            *powers.entry(word.clone()).or_default() += sign * power;
        }
        powers.retain(|_, power| *power != 0);
        Self { powers }
    }

    fn word(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let word = match text.as_str() {
            "" => return None,
            "%" | "\u{2030}" | "1" | "number" | "liczba" => return Some(Self::default()),
            "person" | "osoba" | "osoby" | "osób" | "os." | "os" | "child" | "children" | "dzieci"
            | "dziecko" | "inhabitant" | "inhabitants" | "mieszkańcy" | "mieszkańców" | "mieszkańca"
            | "mieszk." | "ludności" => "persons",
            "family" | "rodzina" | "rodzinę" | "rodziny" | "rodzin" => "families",
            "household" | "gospodarstwa" | "gospodarstwo" => "households",
            "worker" | "pracownik" | "pracownika" | "pracownicy" | "pracowników" => "workers",
            "pln" | "zloty" | "złoty" | "złote" | "złotych" => "zł",
            "km²" => "km2",
            other if other.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ' ')) => other,
            _ => return None,
        };
        Some(Self { powers: BTreeMap::from([(word.to_owned(), 1)]) })
    }

    /// What follows `per` or `na`: `1000`, `10 tys. mieszkańców`, `person`.
    fn whole(text: &str) -> Option<Self> {
        let words: Vec<&str> = text
            .split_whitespace()
            .skip_while(|word| word.parse::<u32>().is_ok() || *word == "tys.")
            .collect();
        if words.is_empty() && !text.trim().is_empty() {
            return Some(Self::default());
        }
        Self::word(&words.join(" "))
    }
}

impl FromStr for UnitOfMeasure {
    type Err = UnitOfMeasureError;

    fn from_str(text: &str) -> Result<Self, UnitOfMeasureError> {
        let error = || UnitOfMeasureError { got: text.to_owned() };
        let padded = format!(" {} ", text.trim());
        let Some((above, below)) =
            [" per ", " na ", "/"].iter().find_map(|separator| padded.split_once(separator))
        else {
            return Self::word(text).ok_or_else(error);
        };
        let below = Self::whole(below).ok_or_else(error)?;
        match (above.trim().is_empty(), below.is_pure()) {
            (true, true) => Ok(Self::default()),
            // `per 1000 persons` does not say of what, `persons per 1000` not of whom.
            (true, false) | (false, true) => Err(error()),
            (false, false) => Ok(Self::word(above).ok_or_else(error)?.over(&below)),
        }
    }
}

impl fmt::Display for UnitOfMeasure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |below: bool| -> Vec<String> {
            let powers = self.powers.iter().filter(|(_, power)| (**power < 0) == below);
            let written = powers.map(|(word, power)| match power.unsigned_abs() {
                1 => word.clone(),
                power => format!("{word}^{power}"),
            });
            written.collect()
        };
        match (side(false).join("*"), side(true).join("/")) {
            (above, below) if above.is_empty() && below.is_empty() => f.write_str("a pure number"),
            (above, below) if below.is_empty() => f.write_str(&above),
            (above, below) if above.is_empty() => write!(f, "1/{below}"),
            (above, below) => write!(f, "{above}/{below}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(text: &str) -> UnitOfMeasure {
        text.parse().unwrap()
    }

    #[test]
    fn words_of_one_unit_are_one_unit() {
        for (text, written) in [
            ("osoby", "persons"),
            ("PLN", "zł"),
            ("rodziny", "families"),
            ("os./km2", "persons/km2"),
            ("zł na mieszkańca", "zł/persons"),
            ("wnioski", "wnioski"),
            ("na 100", "a pure number"),
            ("per 10000", "a pure number"),
            ("na 10 tys.", "a pure number"),
        ] {
            assert_eq!(unit(text).to_string(), written, "{text}");
        }
    }

    #[test]
    fn products_and_quotients_cancel() {
        let (zloty, persons) = (unit("zł"), unit("persons"));
        assert_eq!(zloty.over(&persons).times(&persons), zloty);
        assert!(persons.over(&persons).is_pure());
        assert_eq!(zloty.times(&persons).to_string(), "persons*zł");
        assert_eq!(zloty.times(&zloty).to_string(), "zł^2");
        assert_eq!(UnitOfMeasure::default().over(&persons).to_string(), "1/persons");
    }

    #[test]
    fn texts_that_are_no_unit_are_refused() {
        for bad in [
            "",
            " ",
            "/",
            "zł/",
            "/persons",
            "zł/persons/km2",
            "per 1000 persons",
            "persons per 1000",
            "zł+os.",
        ] {
            assert!(bad.parse::<UnitOfMeasure>().is_err(), "{bad}");
        }
    }
}
