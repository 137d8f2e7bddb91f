//! What is wanted of a selection, as the user writes it.

mod conditions;
mod criterion;
mod error;
mod first_format;
mod method;
mod note;

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::de::{self, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

pub use conditions::{
    ConsentRule, ConsentSpec, DisclosureSpec, DiversityOver, DiversityPurpose, DiversitySpec, Locality,
    Refusal, SearchSpec, Spread,
};
pub use criterion::{Bounds, Criterion, Denominator, Direction, Measure, Nominal, Role};
pub use error::SpecError;
use first_format::FirstFormat;
pub use method::{ComparedWithin, Method, MethodSpec, NormalisationRule, WeightRule, WeightsSpec};
pub use note::Note;

use super::Label;
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
    pub notes: Vec<Note>,
    /// What happens when equal gminas stand on both sides of a quota.
    pub ties: TieRule,
    /// What happens to an eligible gmina without a value.
    pub missing: MissingRule,
    /// Number of reserve places in each stratum.
    #[serde(default)]
    pub reserve: usize,
    /// Whether the gminas chosen in a stratum lie in one powiat.
    #[serde(default)]
    pub locality: Locality,
    /// Which gminas are looked at.
    pub frame: FrameSpec,
    /// Which of them may be chosen.
    pub eligibility: EligibilitySpec,
    /// Consent of the gminas; none is asked for when it is left out.
    #[serde(default)]
    pub consent: Option<ConsentSpec>,
    /// Strata and the number of places in each.
    pub strata: StrataSpec,
    /// The criteria, in order.
    pub criteria: Vec<Criterion>,
    /// How the primary criteria become an order.
    #[serde(default)]
    pub method: MethodSpec,
    /// Weights of the primary criteria, for the methods that use them.
    #[serde(default)]
    pub weights: Option<WeightsSpec>,
    /// Difference among the gminas chosen.
    #[serde(default)]
    pub diversity: Option<DiversitySpec>,
    /// What is kept back in the publication view.
    #[serde(default)]
    pub disclosure: Option<DisclosureSpec>,
    /// How long every set is looked at.
    #[serde(default)]
    pub search: SearchSpec,
    /// The published result of a historical selection, shown beside the computed one.
    #[serde(default)]
    pub published: Option<Published>,
}

/// Edition of the format of a specification. `diagnoza-selection/1` reads too, and becomes the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpecFormat {
    /// `diagnoza-selection/2`.
    #[serde(rename = "diagnoza-selection/2")]
    V2,
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
    /// A second level: the gminas of a stratum come from a few groups within it.
    #[serde(default)]
    pub within: Option<SecondLevel>,
}

/// A second level of strata: the gminas chosen in a stratum lie in exactly so many groups, such as
/// one powiat in every subregion and two gminas of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondLevel {
    /// What makes a group.
    pub by: StrataBy,
    /// Groups to be chosen in every stratum that has places.
    pub groups: usize,
    /// How the groups are chosen.
    #[serde(default)]
    pub rule: GroupRule,
}

/// How the groups of a second level are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupRule {
    /// Together with the gminas: the set that is best as a whole.
    #[default]
    Together,
    /// First, by the sum of the scores of their eligible gminas.
    Sum,
    /// First, by the mean of the scores of their eligible gminas.
    Mean,
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

/// What happens when equal gminas stand on both sides of a quota. Never chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieRule {
    /// The tie stays and every optimal set is reported.
    Report,
    /// The secondary criteria decide in their order; what is equal in all stays a tie.
    NextCriterion,
    /// The secondary criteria, if any, and then the lower code decides.
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
    /// The median of the eligible gminas of its stratum that have a value takes its place.
    StratumMedian,
    /// The mean of the eligible gminas of its stratum that have a value takes its place.
    StratumMean,
    /// The median of all eligible gminas that have a value takes its place.
    PoolMedian,
    /// The mean of all eligible gminas that have a value takes its place.
    PoolMean,
}

/// The published result of a historical selection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// Codes as published.
    pub chosen: Vec<Teryt>,
    /// Where it was published.
    #[serde(with = "crate::observation::once_or_both")]
    pub source: Label,
    /// What a reader has to know about it.
    pub note: Label,
}

impl SelectionSpec {
    /// Reads a specification in TOML. Unknown keys and unknown words are refused.
    ///
    /// # Errors
    /// [`SpecError`] with line, column, key and the allowed words.
    pub fn from_toml(text: &str) -> Result<Self, SpecError> {
        /// The formats that read.
        #[derive(Deserialize)]
        enum Format {
            #[serde(rename = "diagnoza-selection/2")]
            Second,
            #[serde(rename = "diagnoza-selection/1")]
            First,
        }

        #[derive(Deserialize)]
        struct Head {
            format: Format,
        }

        let head: Head = toml::from_str(text).map_err(|error| SpecError::at(text, error))?;
        match head.format {
            Format::First => toml::from_str::<FirstFormat>(text).map(Self::from),
            Format::Second => toml::from_str(text),
        }
        .map_err(|error| SpecError::at(text, error))
    }

    /// Reads a specification in JSON: the same keys. Unknown keys and unknown words are refused.
    ///
    /// # Errors
    /// [`SpecError`] with line, column and the allowed words.
    pub fn from_json(text: &str) -> Result<Self, SpecError> {
        let value: serde_json::Value =
            serde_json::from_str(text).map_err(|error| SpecError::of_json(&error))?;
        // By way of TOML, which has no null and whose errors name the key.
        let toml = toml::to_string(&written(value)).map_err(|error| SpecError {
            line: 1,
            column: 1,
            key: String::new(),
            problem: error.to_string(),
        })?;
        Self::from_toml(&toml).map_err(|error| error.with_place_of(serde_json::from_str::<Self>(text).err()))
    }

    /// A specification without criteria, in the rules that need no word: ties reported, missing
    /// values refused, lexicographic, every gmina eligible. Set what differs.
    ///
    /// ```
    /// use diagnoza_core::observation::Year;
    /// use diagnoza_core::selection::{Criterion, Direction, FrameSpec, Label, SelectionSpec, StrataSpec};
    /// let frame = FrameSpec { voivodeship: "28".parse()?, date: "2018-04-01".parse()?, table: "t".into() };
    /// let title = Label { pl: "Pilotaż".into(), en: "Pilot".into() };
    /// let spec = SelectionSpec {
    ///     criteria: vec![Criterion::new("families", Year::new(2016)?, "families", Direction::Stimulant)],
    ///     reserve: 2,
    ///     ..SelectionSpec::new(title, frame, StrataSpec::all(5))
    /// };
    /// assert_eq!(spec.places(), 5);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(title: Label, frame: FrameSpec, strata: StrataSpec) -> Self {
        Self {
            format: SpecFormat::V2,
            title,
            notes: Vec::new(),
            ties: TieRule::Report,
            missing: MissingRule::Refuse,
            reserve: 0,
            locality: Locality::Free,
            frame,
            eligibility: EligibilitySpec {
                kinds: vec![GminaKind::Urban, GminaKind::Rural, GminaKind::UrbanRural],
                exclude: Vec::new(),
                require_data: Vec::new(),
            },
            consent: None,
            strata,
            criteria: Vec::new(),
            method: MethodSpec::default(),
            weights: None,
            diversity: None,
            disclosure: None,
            search: SearchSpec::default(),
            published: None,
        }
    }

    /// The specification as TOML, which reads back.
    ///
    /// # Errors
    /// [`toml::ser::Error`] for a quota or number that TOML cannot hold.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
    }

    /// The criteria that the method uses, in order.
    pub fn primary(&self) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter().filter(|criterion| criterion.role == Role::Primary)
    }

    /// The criteria that decide ties, in order.
    pub fn secondary(&self) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter().filter(|criterion| criterion.role == Role::Secondary)
    }

    /// Places over all strata.
    #[must_use]
    pub fn places(&self) -> usize {
        let quotas = self.strata.quotas.values();
        quotas.fold(0, |sum, &quota| sum.saturating_add(quota))
    }
}

impl StrataSpec {
    /// One stratum of all gminas with so many places.
    #[must_use]
    pub fn all(places: usize) -> Self {
        let quotas = BTreeMap::from([("all".to_owned(), places)]);
        Self { by: StrataBy::All, quotas, within: None }
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

/// Leaves out keys that are null: what is not given is not written.
pub(in crate::selection) fn written(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(key, value)| (key, written(value))).collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(written).collect()),
        other => other,
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
mod tests;
