use serde::{Deserialize, Serialize};

use super::PclmSettings;

/// How counts by age groups become counts by single years of age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[doc(alias = "rozdzielenie grup wieku")]
pub enum GraduationMethod {
    /// Everybody of a group evenly over its ages.
    Uniform,
    /// Sprague's fifth-difference multipliers.
    Sprague,
    /// Beers' ordinary six-term multipliers.
    BeersOrdinary,
    /// Beers' modified multipliers, which smooth the groups too.
    BeersModified,
    /// Grabill's multipliers, stronger smoothing, blended into Sprague's at both ends.
    Grabill,
    /// Monotone cubic spline on the cumulated counts (Hyman's filter).
    Mono,
    /// Penalised composite link model.
    Pclm,
    /// Each group in the proportions of another unit's single ages.
    WithinStructure,
}

/// What becomes of the last group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LastGroup {
    /// It is open and stays one number at the end.
    #[default]
    Keep,
    /// It ends with this age, included, and is graduated as the others are: it is closed, or open and nobody is
    /// assumed to be older.
    Until(u8),
    /// It is open and is spread in the proportions of [`Graduation::structure`], the open group of which becomes
    /// the last.
    WithinStructure,
}

/// What to do where a method gives fewer than nobody at an age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NegativeAges {
    /// Give the group to the monotone spline, which is never negative and keeps its total.
    #[default]
    Redistribute,
    /// Refuse, naming the age.
    Refuse,
    /// Leave them, as the tools do.
    Allow,
}

/// Whether groups keep the counts given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupTotals {
    /// Ages of each group sum to its count: what the method gives is scaled within the group.
    #[default]
    Keep,
    /// As the method gives them: modified Beers, Grabill and PCLM move people between groups.
    AsMethod,
}

/// What to do with a group of people for whom the structure has nobody at all its ages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmptyStructure {
    /// Refuse, naming the group.
    #[default]
    Refuse,
    /// Spread the group evenly, and list it.
    Uniform,
}

/// A graduation: the method and its choices. All but the method have defaults.
///
/// ```
/// use diagnoza_core::demography::graduation::{Graduation, GraduationMethod, LastGroup};
/// let closed = Graduation { last_group: LastGroup::Until(29), ..GraduationMethod::Sprague.into() };
/// assert!(closed.structure.is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Graduation {
    /// The method.
    pub method: GraduationMethod,
    /// What becomes of the last group.
    pub last_group: LastGroup,
    /// What to do with ages of fewer than nobody.
    pub negatives: NegativeAges,
    /// Whether groups keep their counts.
    pub totals: GroupTotals,
    /// Persons (or person-years of a life table) by single ages from 0, the last open, in whose proportions groups
    /// are spread; asked for by [`GraduationMethod::WithinStructure`] and [`LastGroup::WithinStructure`].
    pub structure: Option<Vec<f64>>,
    /// What to do with groups for which the structure has nobody.
    pub empty_structure: EmptyStructure,
    /// Settings of PCLM; no other method reads them.
    pub pclm: PclmSettings,
}

impl From<GraduationMethod> for Graduation {
    fn from(method: GraduationMethod) -> Self {
        Self {
            method,
            last_group: LastGroup::default(),
            negatives: NegativeAges::default(),
            totals: GroupTotals::default(),
            structure: None,
            empty_structure: EmptyStructure::default(),
            pclm: PclmSettings::default(),
        }
    }
}

impl GraduationMethod {
    /// Names of the methods as users write them.
    pub const WORDS: [(&'static str, Self); 8] = [
        ("uniform", Self::Uniform),
        ("sprague", Self::Sprague),
        ("beers_ordinary", Self::BeersOrdinary),
        ("beers_modified", Self::BeersModified),
        ("grabill", Self::Grabill),
        ("mono", Self::Mono),
        ("pclm", Self::Pclm),
        ("within_structure", Self::WithinStructure),
    ];
}

impl NegativeAges {
    /// Names of the choices as users write them.
    pub const WORDS: [(&'static str, Self); 3] =
        [("redistribute", Self::Redistribute), ("refuse", Self::Refuse), ("allow", Self::Allow)];
}

impl GroupTotals {
    /// Names of the choices as users write them.
    pub const WORDS: [(&'static str, Self); 2] = [("keep", Self::Keep), ("as_method", Self::AsMethod)];
}

impl EmptyStructure {
    /// Names of the choices as users write them.
    pub const WORDS: [(&'static str, Self); 2] = [("refuse", Self::Refuse), ("uniform", Self::Uniform)];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_names_in_records() {
        fn same<T: Serialize + Copy>(words: &[(&str, T)]) {
            for (word, value) in words {
                assert_eq!(serde_json::to_value(value).unwrap(), *word);
            }
        }
        same(&GraduationMethod::WORDS);
        same(&NegativeAges::WORDS);
        same(&GroupTotals::WORDS);
        same(&EmptyStructure::WORDS);
    }

    #[test]
    fn a_graduation_is_read_back_as_written() {
        let spec = Graduation { last_group: LastGroup::Until(99), ..GraduationMethod::Pclm.into() };
        let text = serde_json::to_string(&spec).unwrap();
        assert!(text.contains(r#""last_group":{"until":99}"#), "{text}");
        assert_eq!(serde_json::from_str::<Graduation>(&text).unwrap(), spec);
    }
}
