//! What the two layouts of BDL's website exports have in common: codes, names, values, sources.

use diagnoza_core::observation::{Missing, Source};
use diagnoza_core::territory::{GminaKind, Teryt};

use super::BdlAttribute;
use super::number::{self, Decimal};
use super::provenance;

/// A unit as BDL writes it: seven digits, and for gminas the kind after the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BdlUnit {
    pub(crate) teryt: Teryt,
    pub(crate) name: String,
}

/// The code of seven digits, or what was expected.
pub(crate) fn code(text: &str) -> Result<Teryt, String> {
    let text = text.trim();
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    if digits && text.len() == 12 {
        return Err("a code of 7 digits: 12 digits are the unit numbers of BDL's API".to_owned());
    }
    if digits && (1..7).contains(&text.len()) {
        return Err(format!(
            "a code of 7 digits, found {}: a spreadsheet may have dropped leading zeros",
            text.len()
        ));
    }
    text.parse().map_err(|error| format!("a TERYT code of 7 digits ({error})"))
}

/// Unit of a row: `Korsze (3)` is the gmina Korsze of kind 3, which the code must end in.
pub(crate) fn unit(teryt: Teryt, name: &str) -> Result<BdlUnit, String> {
    let name = name.trim();
    let kind = name
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("))
        .filter(|(_, digit)| digit.len() == 1)
        .and_then(|(plain, digit)| Some((plain, digit.parse().ok().and_then(GminaKind::from_digit)?)));
    let Some((plain, kind)) = kind else {
        return Ok(BdlUnit { teryt, name: name.to_owned() });
    };
    if teryt.kind() != Some(kind) {
        return Err(format!(
            "a name that agrees with the code {}, which does not end in {}",
            teryt.seven_digits(),
            kind.digit()
        ));
    }
    Ok(BdlUnit { teryt, name: plain.trim().to_owned() })
}

/// A value and, where there is none, why. The meaning of the attributes is BDL's own
/// (API `/attributes`):
///
/// | value or attribute | read as |
/// | --- | --- |
/// | empty cell; `-`; `n` not available yet | `not_reported` |
/// | `.`; `x`, `X` secrecy or no information | `suppressed` |
/// | `a`, `A` less than the format shows | `below_unit` |
/// | `z`, `Z` a zero that is the balance of its parts | the zero |
/// | `k` `K` `M` `s` `v` `p` incomplete, method changed, provisional, imprecise, joint | the value, with typed reservations |
pub(crate) fn value(text: &str, attribute: &str) -> Result<(Option<f64>, Option<Missing>), String> {
    let by_attribute = match attribute.trim() {
        "" => None,
        symbol => match BdlAttribute::of_symbol(symbol) {
            Some(attribute) => attribute.missing,
            None => {
                return Err(format!(
                    "an attribute BDL defines (k, K, M, s, v, p, z, Z, x, X, a, A, n), found '{symbol}'"
                ));
            }
        },
    };
    let by_value = match text.trim() {
        "" | "-" => Some(Missing::NotReported),
        "." => Some(Missing::Suppressed),
        _ => None,
    };
    if let Some(missing) = by_attribute.or(by_value).filter(|_| by_value.is_some()) {
        return Ok((None, Some(missing)));
    }
    let number = number::parse(text.trim(), Decimal::Comma)?;
    match by_attribute {
        None => Ok((Some(number), None)),
        // BDL prints 0 in the place of a value it withholds or cannot show.
        Some(missing) if number.abs() < f64::MIN_POSITIVE => Ok((None, Some(missing))),
        Some(missing) => Err(format!(
            "0 or an empty cell beside the attribute '{}', which says the value is {missing}",
            attribute.trim()
        )),
    }
}

/// Words of what BDL says against a value by its attribute; none if nothing.
pub(crate) fn reservations(attribute: &str) -> Option<String> {
    let attribute = Some(attribute.trim()).filter(|symbol| !symbol.is_empty());
    attribute.and_then(BdlAttribute::of_symbol)?.reservation_words()
}

/// Provenance from the name BDL gives an export: `LUDN_2137_CREL_20250113221303_WM.csv`
/// is subject LUDN_2137 exported on 2025-01-13.
pub(crate) fn source(file: &str, bytes: &[u8]) -> Source {
    let parts: Vec<&str> = file.trim_end_matches(".csv").split('_').collect();
    let title = match parts.as_slice() {
        [group, subject, "CREL" | "CTAB", ..] => format!("Bank Danych Lokalnych, {group}_{subject}"),
        _ => "Bank Danych Lokalnych".to_owned(),
    };
    let stamp = parts.iter().find(|part| part.len() == 14 && part.bytes().all(|b| b.is_ascii_digit()));
    let date = stamp
        .and_then(|stamp| Some((stamp.get(..4)?, stamp.get(4..6)?, stamp.get(6..8)?)))
        .map_or_else(|| "not stated".to_owned(), |(year, month, day)| format!("{year}-{month}-{day}"));
    provenance::source("GUS", &title, &date, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_the_kind_and_must_agree_with_the_code() {
        let korsze: Teryt = "2808043".parse().unwrap();
        assert_eq!(unit(korsze, "Korsze (3)").unwrap().name, "Korsze");
        assert_eq!(unit(korsze, "Korsze").unwrap().name, "Korsze");
        assert!(unit(korsze, "Korsze (2)").unwrap_err().contains("2808043"));
        let powiat: Teryt = "0201000".parse().unwrap();
        assert_eq!(
            unit(powiat, "Powiat m.Wrocław od 2002 (x)").unwrap().name,
            "Powiat m.Wrocław od 2002 (x)"
        );
    }

    #[test]
    fn codes_without_their_zeros_are_explained() {
        assert_eq!(code("2800000").unwrap().to_string(), "28");
        assert!(code("201000").unwrap_err().contains("leading zeros"));
        assert!(code("042816000000").unwrap_err().contains("API"));
        assert!(code("3400000").unwrap_err().contains("voivodeship"));
    }

    #[test]
    fn attributes_follow_bdl_definitions() {
        let missing = |text, attribute| value(text, attribute).unwrap().1;
        assert_eq!(missing("", ""), Some(Missing::NotReported));
        assert_eq!(missing("-", ""), Some(Missing::NotReported));
        assert_eq!(missing("", "n"), Some(Missing::NotReported));
        assert_eq!(missing(".", ""), Some(Missing::Suppressed));
        assert_eq!(missing("0", "x"), Some(Missing::Suppressed));
        assert_eq!(missing("", "X"), Some(Missing::Suppressed));
        assert_eq!(missing("0", "a"), Some(Missing::BelowUnit));
        assert_eq!(value("0", "z").unwrap(), (Some(0.0), None));
        assert_eq!(value("0", "").unwrap(), (Some(0.0), None));
        for symbol in ["k", "K", "M", "s", "v", "p"] {
            assert_eq!(value("7", symbol).unwrap(), (Some(7.0), None), "{symbol}");
        }
        assert_eq!(reservations("K").as_deref(), Some("method_changed incomplete_aggregate"));
        assert_eq!((reservations(""), reservations("x")), (None, None));
        assert_eq!(value("-2,5", "s").unwrap(), (Some(-2.5), None));
        assert!(value("7", "x").unwrap_err().contains("suppressed"));
        assert!(value("7", "?").unwrap_err().contains("'?'"));
        assert!(value("7.5", "").unwrap_err().contains("decimal point was found"));
        assert!(value("1 234", "").unwrap_err().contains("write 1234"));
    }
}
