use std::sync::{LazyLock, OnceLock};

use super::*;

/// The demographic indicators, in the order in which they are shown.
pub static DEMOGRAPHIC: &[&Indicator] = &[
    &POPULATION,
    &FEMINISATION,
    &MASCULINISATION,
    &SHARE_PRE_WORKING,
    &SHARE_WORKING,
    &SHARE_POST_WORKING,
    &DEMOGRAPHIC_DEPENDENCY,
    &YOUNG_DEPENDENCY,
    &OLD_DEPENDENCY,
    &TOTAL_DEPENDENCY,
    &MEDIAN_AGE,
    &SHARE_60_PLUS,
    &SHARE_65_PLUS,
    &SHARE_80_PLUS,
    &AGEING_INDEX,
    &DOUBLE_AGEING,
    &CARE_POTENTIAL,
    &PARENT_SUPPORT,
    &POTENTIAL_SUPPORT,
];

/// The indicators of resources and needs, after the demographic ones.
pub static RESOURCES: &[&Indicator] = &[
    &NATURAL_INCREASE_RATE,
    &BIRTH_RATE,
    &DEATH_RATE,
    &MARRIAGE_RATE,
    &NET_PERMANENT_MIGRATION,
    &POPULATION_DENSITY,
    &URBANISATION,
    &INHABITANTS_PER_SOCIAL_WORKER,
    &SHARE_HIGHER_EDUCATION,
    &SHARE_FIRST_DEGREE,
    &SHARE_SECOND_DEGREE,
    &BENEFICIARIES,
    &REASON_POVERTY,
    &REASON_UNEMPLOYMENT,
    &REASON_LARGE_FAMILY,
    &REASON_HOMELESSNESS,
    &REASON_ORPHANHOOD,
    &REASON_VIOLENCE,
    &REASON_DISABILITY,
    &REASON_HELPLESSNESS,
    &REASON_ILLNESS,
    &REASON_ALCOHOLISM,
    &REASON_DRUG_ADDICTION,
    &REASON_CRISIS,
    &REASON_CHANCE_EVENT,
    &REASON_MATERNITY,
    &ONE_PARENT_FAMILIES_SHARE,
    &LARGE_FAMILIES_SHARE,
    &PENSIONER_FAMILIES_SHARE,
    &CASH_BENEFITS_SHARE,
    &NON_CASH_BENEFITS_SHARE,
    &SOCIAL_CONTRACT_SHARE,
    &MEALS_RATE,
    &MEALS_CHILDREN_SHARE,
    &MEALS_PUPILS_SHARE,
    &CARE_SERVICES,
    &PSYCHIATRIC_CARE_SERVICES,
    &DPS_BEDRIDDEN,
    &DPS_TO_18,
    &DPS_19_40,
    &DPS_41_60,
    &DPS_61_74,
    &DPS_OVER_74,
    &DEINSTITUTIONALISATION,
    &DEINSTITUTIONALISATION_WITH_RELATED,
    &FOSTER_CARE_INTENSITY,
    &FOSTER_FAMILIES,
    &FOSTER_FAMILY_CHILDREN,
    &UNEMPLOYMENT_RATE,
    &SPENDING_PER_INHABITANT,
    &SOCIAL_SPENDING_PER_INHABITANT,
];

/// Every indicator with a published definition: the demographic ones, then those of resources and needs.
pub static ALL: LazyLock<Vec<&'static Indicator>> = LazyLock::new(|| [DEMOGRAPHIC, RESOURCES].concat());

/// No indicator of that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no indicator '{got}'{}: expected one of {}", meant(nearest), known.join(", "))]
pub struct UnknownIndicator {
    /// The name given.
    pub got: String,
    /// The most similar name, if one is similar.
    pub nearest: Option<&'static str>,
    /// The names there are.
    pub known: Vec<&'static str>,
}

/// The indicator of that name, e.g. `double_ageing`.
///
/// # Errors
/// [`UnknownIndicator`] lists the names there are.
pub fn indicator(id: &str) -> Result<&'static Indicator, UnknownIndicator> {
    ALL.iter().copied().find(|known| known.id == id).ok_or_else(|| {
        let known: Vec<&'static str> = ALL.iter().map(|known| known.id).collect();
        let alike = |name: &&&str| strsim::jaro_winkler(id, name);
        let nearest = known.iter().max_by(|a, b| alike(a).total_cmp(&alike(b))).copied();
        let nearest = nearest.filter(|name| strsim::jaro_winkler(id, name) > 0.85);
        UnknownIndicator { got: id.to_owned(), nearest, known }
    })
}

fn meant(nearest: &Option<&'static str>) -> String {
    nearest.map(|name| format!(" (did you mean '{name}'?)")).unwrap_or_default()
}

/// Every figure that an indicator is computed from, by name, and persons granted benefits, which no indicator uses.
#[must_use]
pub fn figures() -> &'static [&'static Figure] {
    static FIGURES: OnceLock<Vec<&'static Figure>> = OnceLock::new();
    FIGURES.get_or_init(|| {
        let mut figures: Vec<&'static Figure> = vec![&PERSONS_GRANTED_BENEFITS];
        for input in ALL.iter().flat_map(|indicator| indicator.inputs()) {
            if let Input::Figure(figure) = input {
                figures.push(figure);
            }
        }
        figures.sort_unstable_by_key(|figure| figure.name);
        figures.dedup_by_key(|figure| figure.name);
        figures
    })
}

/// The figure of that name.
#[must_use]
pub fn figure(name: &str) -> Option<&'static Figure> {
    let place = figures().binary_search_by_key(&name, |figure| figure.name).ok()?;
    figures().get(place).copied()
}
