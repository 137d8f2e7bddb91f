use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{BdlPrefix, GminaKind, Level, Nuts, UnitId};

/// One version of one unit in the register of territory.
///
/// A change of kind or name ends one version and begins the next. The levels above the unit follow
/// from its code; only the subregion of a powiat and the first digits of its BDL ids do not, and
/// stand beside it.
///
/// ```
/// use diagnoza_core::territory::UnitRecord;
/// let wielbark: UnitRecord = serde_json::from_str(
///     r#"{"unit": "2817083", "name": "Wielbark", "valid_from": "2019-01-01"}"#,
/// )?;
/// assert!(wielbark.valid_on("2019-01-01".parse()?));
/// assert!(!wielbark.valid_on("2018-12-31".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitRecord {
    /// The unit. A gmina carries its kind digit; parts of gminas (kinds 4 and 5) have no records.
    pub unit: UnitId,
    /// Name as the register writes it: `Pisz`, `piski`, `ełcki`, `warmińsko-mazurskie`.
    pub name: String,
    /// First day on which this version was valid; `None` if it has no known start.
    #[serde(default)]
    pub valid_from: Option<Date>,
    /// First day on which this version was valid no longer (exclusive); `None` if it is still.
    #[serde(default)]
    pub valid_to: Option<Date>,
    /// Subregion that a powiat belongs to, NUTS edition 2021; `None` at other levels.
    #[serde(default)]
    pub subregion: Option<Nuts>,
    /// First seven digits of the BDL ids of a powiat and its gminas; `None` if unknown, and at other
    /// levels.
    #[serde(default)]
    pub bdl_prefix: Option<BdlPrefix>,
}

/// Days on which a version of a unit is valid: from the first, included, to the second, excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// First day; `None` without a known start.
    pub from: Option<Date>,
    /// Day after the last; `None` without an end.
    pub to: Option<Date>,
}

impl UnitRecord {
    /// A version without known start or end, subregion and BDL digits.
    #[must_use]
    pub fn new(unit: impl Into<UnitId>, name: impl Into<String>) -> Self {
        Self {
            unit: unit.into(),
            name: name.into(),
            valid_from: None,
            valid_to: None,
            subregion: None,
            bdl_prefix: None,
        }
    }

    /// Level of the unit.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.unit.level()
    }

    /// Kind of the gmina; `None` at other levels.
    #[must_use]
    pub fn kind(&self) -> Option<GminaKind> {
        self.unit.teryt()?.kind()
    }

    /// Days on which the version is valid.
    #[must_use]
    pub const fn validity(&self) -> Validity {
        Validity { from: self.valid_from, to: self.valid_to }
    }

    /// Whether the version is valid on `date`.
    #[must_use]
    pub fn valid_on(&self, date: Date) -> bool {
        self.validity().first() <= date && self.validity().to.is_none_or(|end| date < end)
    }

    /// Whether the unit is a city with powiat rights: powiats numbered from 61.
    pub(super) fn is_city_powiat(&self) -> bool {
        let number = |digits: &str| digits.get(2..4).and_then(|powiat| powiat.parse::<u8>().ok());
        self.level() == Level::Powiat
            && self
                .unit
                .teryt()
                .and_then(|code| number(&code.seven_digits()))
                .is_some_and(|powiat| powiat > 60)
    }
}

impl Validity {
    /// First day, the earliest there is if no start is known.
    pub(super) fn first(self) -> Date {
        self.from.unwrap_or(Date::MIN)
    }

    /// Day after the last, the latest there is if there is no end.
    pub(super) fn end(self) -> Date {
        self.to.unwrap_or(Date::MAX)
    }
}

impl fmt::Display for Validity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (None, None) => f.write_str("at all times"),
            (Some(from), None) => write!(f, "from {from}"),
            (None, Some(to)) => write!(f, "before {to}"),
            (Some(from), Some(to)) => write!(f, "from {from} to the day before {to}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wielbark() -> UnitRecord {
        UnitRecord {
            valid_from: Some("2019-01-01".parse().unwrap()),
            ..UnitRecord::new("2817083".parse::<UnitId>().unwrap(), "Wielbark")
        }
    }

    #[test]
    fn validity_includes_the_first_day_and_excludes_the_end() {
        let mut record = wielbark();
        record.valid_to = Some("2024-01-01".parse().unwrap());
        let on = |day: &str| record.valid_on(day.parse().unwrap());
        assert_eq!([on("2018-12-31"), on("2019-01-01")], [false, true]);
        assert_eq!([on("2023-12-31"), on("2024-01-01")], [true, false]);
        assert_eq!(record.validity().to_string(), "from 2019-01-01 to the day before 2024-01-01");
    }

    #[test]
    fn a_version_without_limits_is_valid_on_the_last_day_there_is() {
        let record = UnitRecord::new("28".parse::<UnitId>().unwrap(), "warmińsko-mazurskie");
        assert!(record.valid_on(Date::MIN) && record.valid_on(Date::MAX));
    }

    #[test]
    fn json_reads_back_and_refuses_unknown_fields() {
        let text = serde_json::to_string(&wielbark()).unwrap();
        assert_eq!(serde_json::from_str::<UnitRecord>(&text).unwrap(), wielbark());
        assert!(serde_json::from_str::<UnitRecord>(r#"{"unit": "28", "name": "x", "until": 1}"#).is_err());
    }

    #[test]
    fn only_cities_with_powiat_rights_are_numbered_from_61() {
        let city = |code: &str| UnitRecord::new(code.parse::<UnitId>().unwrap(), "x").is_city_powiat();
        assert_eq!([city("2862"), city("2819"), city("2862011"), city("28")], [true, false, false, false]);
    }
}
