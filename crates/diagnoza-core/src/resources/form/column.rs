use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::label::words;
use crate::observation::Year;

/// A column of the form: two years before the assessed one, the assessed year, two forecasts.
///
/// ```
/// use diagnoza_core::observation::Year;
/// use diagnoza_core::resources::form::Column;
/// let assessed = Year::new(2014)?;
/// assert_eq!(Column::YearMinus2.year(assessed).get(), 2012);
/// assert_eq!("rok oceny".parse(), Ok(Column::Assessed));
/// assert!(Column::Forecast1.is_forecast());
/// # Ok::<(), diagnoza_core::observation::YearError>(())
/// ```
#[doc(alias = "rok oceny")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Column {
    /// Two years before the assessed year.
    #[serde(rename = "year_minus_2")]
    YearMinus2,
    /// The year before the assessed year.
    #[serde(rename = "year_minus_1")]
    YearMinus1,
    /// The year the assessment is of.
    #[serde(rename = "assessed")]
    Assessed,
    /// Forecast for the year after ("rok po ocenie").
    #[serde(rename = "forecast_1")]
    Forecast1,
    /// Forecast for the second year after ("dwa lata po ocenie").
    #[serde(rename = "forecast_2")]
    Forecast2,
}

/// A text that names no [`Column`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{got}' is no column of a form: expected one of {}", Column::ALL.map(Column::word).join(", "))]
pub struct ColumnError {
    /// The text given.
    pub got: String,
}

impl Column {
    /// Every column, from left to right.
    pub const ALL: [Self; 5] =
        [Self::YearMinus2, Self::YearMinus1, Self::Assessed, Self::Forecast1, Self::Forecast2];

    /// Place from the left, from 0.
    #[must_use]
    pub const fn place(self) -> usize {
        match self {
            Self::YearMinus2 => 0,
            Self::YearMinus1 => 1,
            Self::Assessed => 2,
            Self::Forecast1 => 3,
            Self::Forecast2 => 4,
        }
    }

    /// Years after the assessed year; negative before it.
    #[must_use]
    pub const fn offset(self) -> i64 {
        self.place() as i64 - 2
    }

    /// The column `offset` years after the assessed year, if the form has it.
    #[must_use]
    pub fn at_offset(offset: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.offset() == offset)
    }

    /// Whether it holds forecasts, which may stay empty.
    #[must_use]
    pub const fn is_forecast(self) -> bool {
        matches!(self, Self::Forecast1 | Self::Forecast2)
    }

    /// The year of the column in a form that assesses `assessed`.
    ///
    /// A year beyond those the library knows is the nearest it knows.
    #[must_use]
    pub fn year(self, assessed: Year) -> Year {
        Year::new(i64::from(assessed.get()) + self.offset()).unwrap_or(assessed)
    }

    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::YearMinus2 => "year_minus_2",
            Self::YearMinus1 => "year_minus_1",
            Self::Assessed => "assessed",
            Self::Forecast1 => "forecast_1",
            Self::Forecast2 => "forecast_2",
        }
    }

    /// The words of the Polish form.
    #[must_use]
    pub const fn polish(self) -> &'static str {
        match self {
            Self::YearMinus2 => "dwa lata przed oceną",
            Self::YearMinus1 => "rok przed oceną",
            Self::Assessed => "rok oceny",
            Self::Forecast1 => "rok po ocenie (prognoza)",
            Self::Forecast2 => "dwa lata po ocenie (prognoza)",
        }
    }
}

impl FromStr for Column {
    type Err = ColumnError;

    /// Reads the word of a file, or the words of the Polish form with or without what stands in brackets.
    fn from_str(text: &str) -> Result<Self, ColumnError> {
        let plain = text.split('(').next().unwrap_or(text).trim();
        let signed = plain.replace(' ', "").to_lowercase();
        match words(plain).as_str() {
            "year minus 2" | "y minus 2" | "dwa lata przed ocena" | "dwa lata przed rokiem oceny" => {
                Ok(Self::YearMinus2)
            }
            "year minus 1" | "y minus 1" | "rok przed ocena" | "rok przed rokiem oceny" => {
                Ok(Self::YearMinus1)
            }
            "assessed" | "assessed year" | "rok oceny" | "rok oceniany" => Ok(Self::Assessed),
            "forecast 1" | "rok po ocenie" | "prognoza rok po ocenie" => Ok(Self::Forecast1),
            "forecast 2" | "dwa lata po ocenie" | "prognoza dwa lata po ocenie" => Ok(Self::Forecast2),
            _ => match signed.as_str() {
                "year-2" | "rok-2" | "-2" => Ok(Self::YearMinus2),
                "year-1" | "rok-1" | "-1" => Ok(Self::YearMinus1),
                "year+1" | "rok+1" | "+1" => Ok(Self::Forecast1),
                "year+2" | "rok+2" | "+2" => Ok(Self::Forecast2),
                _ => Err(ColumnError { got: text.to_owned() }),
            },
        }
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_read_their_words_their_polish_and_offsets() {
        for column in Column::ALL {
            assert_eq!(column.word().parse(), Ok(column));
            assert_eq!(column.polish().parse(), Ok(column));
            assert_eq!(Column::at_offset(column.offset()), Some(column));
            assert_eq!(serde_json::to_string(&column).unwrap(), format!("\"{column}\""));
        }
        assert_eq!("y_minus_2".parse(), Ok(Column::YearMinus2));
        assert_eq!("Rok + 1".parse(), Ok(Column::Forecast1));
        assert!("2014".parse::<Column>().is_err());
        assert!("".parse::<Column>().is_err());
        assert_eq!(Column::at_offset(3), None);
    }
}
