//! Attributes of values in GUS's Local Data Bank (BDL) and what they mean here.
//!
//! The table `bdl_attributes.csv` is BDL's own list (API `/attributes`) with, for each, the typed missing value
//! or the typed reservations it becomes: `x` is suppressed, `k` a value with the reservation that the
//! aggregate may be incomplete. A reservation never takes a value away.

use std::sync::LazyLock;

use diagnoza_core::observation::{Missing, Reservation};

/// One attribute of BDL's list.
///
/// ```
/// use diagnoza_core::observation::{Missing, Reservation};
/// use diagnoza_data::readers::BdlAttribute;
/// assert_eq!(BdlAttribute::of_symbol("x").and_then(|a| a.missing), Some(Missing::Suppressed));
/// assert_eq!(BdlAttribute::of_symbol("k").map(|a| a.reservations.as_slice()), Some(&[Reservation::IncompleteAggregate][..]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BdlAttribute {
    /// Number in BDL's API.
    pub id: u16,
    /// Letter in BDL's exports; empty where there is none.
    pub symbol: String,
    /// Why there is no value, where there is none.
    pub missing: Option<Missing>,
    /// What BDL says against the value.
    pub reservations: Vec<Reservation>,
    /// BDL's description, in Polish.
    pub description: String,
}

static ATTRIBUTES: LazyLock<Vec<BdlAttribute>> =
    LazyLock::new(|| include_str!("bdl_attributes.csv").lines().skip(1).filter_map(attribute).collect());

fn attribute(line: &str) -> Option<BdlAttribute> {
    let mut cells = line.splitn(6, ';');
    let (id, symbol, _, missing) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let (reservations, description) = (cells.next()?, cells.next()?);
    let known = [Missing::NotReported, Missing::BelowUnit, Missing::Suppressed, Missing::NotApplicable];
    let reservation = |word: &str| Reservation::ALL.into_iter().find(|known| known.word() == word);
    Some(BdlAttribute {
        id: id.parse().ok()?,
        symbol: symbol.to_owned(),
        missing: known.into_iter().find(|known| known.word() == missing),
        reservations: reservations.split_whitespace().filter_map(reservation).collect(),
        description: description.to_owned(),
    })
}

impl BdlAttribute {
    /// BDL's list, by number.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &ATTRIBUTES
    }

    /// The attribute of a letter of the exports.
    #[must_use]
    pub fn of_symbol(symbol: &str) -> Option<&'static Self> {
        ATTRIBUTES.iter().find(|attribute| attribute.symbol == symbol)
    }

    /// The attribute of a number of the API.
    #[must_use]
    pub fn of_id(id: u16) -> Option<&'static Self> {
        ATTRIBUTES.iter().find(|attribute| attribute.id == id)
    }

    /// Words of the reservations, separated by spaces; none if there are none.
    pub(crate) fn reservation_words(&self) -> Option<String> {
        let words: Vec<&str> = self.reservations.iter().map(|reservation| reservation.word()).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_understood() {
        let lines: Vec<&str> = include_str!("bdl_attributes.csv").lines().skip(1).collect();
        assert_eq!(BdlAttribute::all().len(), lines.len());
        for (attribute, line) in BdlAttribute::all().iter().zip(lines) {
            let cells: Vec<&str> = line.splitn(6, ';').collect();
            assert_eq!(cells[2] == "no value", attribute.missing.is_some(), "{line}");
            assert_eq!(attribute.missing.map_or("", Missing::word), cells[3], "{line}");
            assert_eq!(attribute.reservation_words().unwrap_or_default(), cells[4], "{line}");
        }
    }

    #[test]
    fn attributes_of_one_letter_mean_the_same() {
        for one in BdlAttribute::all().iter().filter(|attribute| !attribute.symbol.is_empty()) {
            let first = BdlAttribute::of_symbol(&one.symbol).unwrap();
            assert_eq!((first.missing, &first.reservations), (one.missing, &one.reservations), "{}", one.id);
        }
    }
}
