use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::de::{self, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Label, SpecError};
use crate::observation::Year;
use crate::territory::{GminaKind, Teryt};

/// What is wanted of a selection, as the user wrote it: not yet checked against
/// the gminas it is about. [`SelectionSpec::check`] gives the type that runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelectionSpec {
    /// Edition of the format of this file.
    pub format: SpecFormat,
    /// What is selected, for people.
    pub title: Label,
    /// What a reader has to know: sources, ambiguities, what is left out.
    #[serde(default)]
    pub notes: Vec<String>,
    /// What happens when equal gminas stand on both sides of a quota.
    pub ties: TieRule,
    /// What happens to an eligible gmina without a value.
    pub missing: MissingRule,
    /// Number of reserve places in each stratum.
    #[serde(default)]
    pub reserve: usize,
    /// Which gminas are looked at.
    pub frame: FrameSpec,
    /// Which of them may be chosen.
    pub eligibility: EligibilitySpec,
    /// Strata and the number of places in each.
    pub strata: StrataSpec,
    /// The primary criterion.
    pub criterion: Criterion,
    /// Further criteria, each used only where all before it are equal.
    #[serde(default)]
    pub then: Vec<Criterion>,
    /// The published result of a historical selection, shown beside the computed one.
    #[serde(default)]
    pub published: Option<Published>,
}

/// Edition of the format of a specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpecFormat {
    /// `diagnoza-selection/1`.
    #[serde(rename = "diagnoza-selection/1")]
    V1,
}

/// The gminas looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameSpec {
    /// Voivodeship, two digits.
    pub voivodeship: Teryt,
    /// Date of the register of territory: decides the kind of each gmina.
    #[serde(deserialize_with = "date")]
    pub date: Date,
    /// Name of the table that holds the criteria.
    pub table: String,
}

/// Which gminas of the frame may be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EligibilitySpec {
    /// Kinds admitted: `urban`, `rural`, `urban_rural`.
    pub kinds: Vec<GminaKind>,
    /// Gminas left out by name, each with its reason.
    #[serde(default)]
    pub exclude: Vec<Exclusion>,
    /// A gmina without a value of one of these is not eligible.
    #[serde(default)]
    pub require_data: Vec<VariableOfYear>,
}

/// A gmina left out by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// Code of the gmina.
    pub code: Teryt,
    /// Why it is left out.
    pub reason: Label,
}

/// A column of the table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariableOfYear {
    /// Name of the variable.
    pub variable: String,
    /// Year of the values.
    pub year: Year,
}

/// Strata and quotas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StrataSpec {
    /// What makes a stratum.
    pub by: StrataBy,
    /// Places by stratum; a stratum from which none is wanted is written with 0.
    pub quotas: BTreeMap<String, usize>,
}

/// What makes a stratum: `subregion`, `powiat`, `kind`, `all`, or the name of a
/// stratum key of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum StrataBy {
    /// NUTS3 subregion, from the stratum key `subregion` of the table: `PL623`.
    Subregion,
    /// Powiat, from the code of the gmina: `2816`.
    Powiat,
    /// Kind, from the code of the gmina: `urban_rural`.
    Kind,
    /// One stratum named `all`.
    All,
    /// Another stratum key of the table.
    Column(String),
}

/// A criterion: one variable of one year, the way it is measured and its direction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Name of the variable, a column of the table.
    pub variable: String,
    /// Year of the values.
    pub year: Year,
    /// What it is, for people.
    pub label: Label,
    /// Unit of the column, as the table states it.
    pub unit: String,
    /// How it is measured.
    pub measure: Measure,
    /// What it is divided by; for `measure = "rate"` only.
    #[serde(default)]
    pub denominator: Option<Denominator>,
    /// Whether more or less of it speaks for a gmina.
    pub direction: Direction,
}

/// How a criterion is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The number as it stands.
    Count,
    /// The number divided by the denominator, times its factor.
    Rate,
    /// A rate, share or amount that its publisher computed, taken as it stands.
    AsPublished,
}

/// What a rate is divided by, `rate = factor x numerator / denominator`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Denominator {
    /// Name of the variable, a column of the table.
    pub variable: String,
    /// Year of the values.
    pub year: Year,
    /// Unit of the column, as the table states it.
    pub unit: String,
    /// Multiplier, such as 10000 for "per 10 000 inhabitants".
    pub factor: f64,
}

/// Direction of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More speaks for the gmina.
    #[doc(alias = "stymulanta")]
    Stimulant,
    /// Less speaks for the gmina.
    #[doc(alias = "destymulanta")]
    Destimulant,
}

/// What happens when equal gminas stand on both sides of a quota. Never chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieRule {
    /// The tie stays and every optimal set is reported.
    Report,
    /// The criteria of `then` decide in their order; what is equal in all stays a tie.
    NextCriterion,
    /// The criteria of `then`, if any, and then the lower code decides.
    CodeOrder,
}

/// What happens to an eligible gmina without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingRule {
    /// The run stops and names every value that is missing.
    Refuse,
    /// The gmina drops out, with that reason.
    Exclude,
}

/// The published result of a historical selection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// Codes as published.
    pub chosen: Vec<Teryt>,
    /// Where it was published.
    pub source: String,
    /// What a reader has to know about it.
    pub note: Label,
}

impl SelectionSpec {
    /// Reads a specification in TOML. Unknown keys and unknown words are refused.
    ///
    /// # Errors
    /// [`SpecError`] with line, column, key and the allowed words.
    pub fn from_toml(text: &str) -> Result<Self, SpecError> {
        toml::from_str(text).map_err(|error| SpecError::at(text, error))
    }

    /// The primary criterion and the further ones, in order.
    pub fn criteria(&self) -> impl Iterator<Item = &Criterion> {
        std::iter::once(&self.criterion).chain(&self.then)
    }

    /// Places over all strata.
    #[must_use]
    pub fn places(&self) -> usize {
        let quotas = self.strata.quotas.values();
        quotas.fold(0, |sum, &quota| sum.saturating_add(quota))
    }
}

impl StrataBy {
    /// The word used in specifications.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Subregion => "subregion",
            Self::Powiat => "powiat",
            Self::Kind => "kind",
            Self::All => "all",
            Self::Column(name) => name,
        }
    }
}

impl From<String> for StrataBy {
    fn from(word: String) -> Self {
        match word.as_str() {
            "subregion" => Self::Subregion,
            "powiat" => Self::Powiat,
            "kind" => Self::Kind,
            "all" => Self::All,
            _ => Self::Column(word),
        }
    }
}

impl From<StrataBy> for String {
    fn from(by: StrataBy) -> Self {
        by.word().to_owned()
    }
}

/// A date written bare (`2018-04-01`), as TOML does, or as a text, as JSON does.
fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    struct DateText;

    impl<'de> Visitor<'de> for DateText {
        type Value = Date;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a date such as 2018-04-01")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
            let date: Option<Date> = text.parse().ok();
            // A date with a time of day is another thing than a date.
            date.filter(|date| date.to_string() == text)
                .ok_or_else(|| E::custom(format!("'{text}' is not a date: expected one such as 2018-04-01")))
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Date, A::Error> {
            let date = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?;
            self.visit_str(&date.to_string())
        }
    }

    deserializer.deserialize_any(DateText)
}

#[cfg(test)]
mod tests {
    use super::super::shipped;
    use super::*;

    fn error_of(from: &str, to: &str) -> SpecError {
        let text = shipped::PILOT_28_2018.replacen(from, to, 1);
        assert_ne!(text, shipped::PILOT_28_2018, "{from}");
        SelectionSpec::from_toml(&text).unwrap_err()
    }

    #[test]
    fn shipped_specifications_read_and_survive_json() {
        for (name, text) in shipped::ALL {
            let spec = SelectionSpec::from_toml(text).unwrap_or_else(|e| panic!("{name}: {e}"));
            let json = serde_json::to_string(&spec).unwrap();
            assert_eq!(serde_json::from_str::<SelectionSpec>(&json).unwrap(), spec);
        }
    }

    #[test]
    fn a_wrong_word_names_line_key_and_the_allowed_words() {
        let error = error_of(r#"direction = "stimulant""#, r#"direction = "more""#);
        let line = 1 + shipped::PILOT_28_2018.lines().position(|l| l.starts_with("direction")).unwrap();
        assert_eq!((error.line, error.column), (line, 13));
        assert_eq!(error.key, "criterion.direction");
        assert_eq!(error.problem, "unknown variant `more`, expected `stimulant` or `destimulant`");
        let error = error_of(r#"["urban_rural"]"#, r#"["city"]"#);
        assert!(error.problem.contains("`urban`, `rural`, `urban_rural`"), "{error}");
        assert!(error.key.starts_with("eligibility.kinds"), "{error}");
    }

    #[test]
    fn unknown_keys_wrong_formats_and_wrong_dates_are_refused() {
        assert!(error_of("missing =", "absent =").problem.contains("unknown field `absent`"));
        let error = error_of("diagnoza-selection/1", "diagnoza-selection/9");
        assert!(error.problem.contains("`diagnoza-selection/1`"), "{error}");
        for bad in ["date = 2018-02-30", "date = \"soon\"", "date = 7", "date = 2018-04-01T10:00:00"] {
            let error = error_of("date = 2018-04-01", bad);
            assert!(error.to_string().contains("date"), "{bad}: {error}");
        }
        assert!(SelectionSpec::from_toml("").unwrap_err().problem.contains("missing field"));
    }
}
