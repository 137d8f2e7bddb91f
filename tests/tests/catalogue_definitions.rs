//! The catalogue against the list of the 64 published definitions (table `indicator_definitions`) and the list of
//! official names (table `ozps_indicator_names`).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use diagnoza_core::resources::catalogue::{
    ALL, Indicator, Measure, OfficialKind, Status, Summand, not_reproduced, official,
};
use diagnoza_data::embedded;
use polars::frame::DataFrame;

fn texts(frame: &DataFrame, column: &str) -> Vec<Option<String>> {
    let texts = frame.column(column).unwrap().str().unwrap();
    texts.iter().map(|text| text.map(str::to_owned)).collect()
}

fn numbers(frame: &DataFrame, column: &str) -> Vec<Option<i32>> {
    frame.column(column).unwrap().i32().unwrap().iter().collect()
}

/// The words of the list and the inputs of the catalogue that they mean.
const MEANT: &[(&str, &str)] = &[
    ("population", "persons of all ages"),
    ("non-productive age (0-17 + post-productive)", "persons 0-17 + women 60+ + men 65+"),
    ("productive age", "women 18-59 + men 18-64"),
    ("men 18-64 + women 18-59", "women 18-59 + men 18-64"),
    ("men 65+ and women 60+", "women 60+ + men 65+"),
    ("women", "women of all ages"),
    ("men", "men of all ages"),
    ("births - deaths", "live_births - deaths"),
    ("live births", "live_births"),
    ("area km2", "area_km2"),
    ("urban population", "urban_population"),
    ("in - out registrations", "permanent_registrations - permanent_deregistrations"),
    ("social workers in OPS", "social_workers_ops"),
    ("social workers OPS", "social_workers_ops"),
    ("social workers OPS with higher education", "social_workers_ops_higher_education"),
    ("with I degree", "social_workers_ops_first_degree"),
    ("with II degree", "social_workers_ops_second_degree"),
    (
        "persons in families covered by social assistance (real number; own+commissioned tasks, any kind, form, number, \
         financing source)",
        "persons_in_families_covered",
    ),
    ("persons in families covered", "persons_in_families_covered"),
    ("one-parent families assisted", "one_parent_families_assisted"),
    ("families with 3+ children assisted", "large_families_assisted"),
    ("all families with children assisted", "families_with_children_assisted"),
    ("families of pensioners", "pensioner_families_assisted"),
    ("all families assisted", "families_assisted"),
    ("persons in families with cash benefits", "persons_in_families_cash_benefits"),
    ("persons in families with non-cash benefits", "persons_in_families_non_cash_benefits"),
    ("persons under a kontrakt socjalny", "persons_social_contract"),
    ("persons in the meals programme", "persons_in_meals_programme"),
    ("persons in meals programme", "persons_in_meals_programme"),
    ("children", "children_in_meals_programme"),
    ("pupils", "pupils_in_meals_programme"),
    ("bedridden residents 31 XII", "dps_residents_bedridden"),
    ("DPS residents 31 XII", "dps_residents"),
    ("DPS residents", "dps_residents"),
    ("residents <=18", "dps_residents_to_18"),
    ("residents 19-40", "dps_residents_19_40"),
    ("residents 41-60", "dps_residents_41_60"),
    ("residents 61-74", "dps_residents_61_74"),
    ("residents >74", "dps_residents_over_74"),
    (
        "children in family foster care (non-related foster families + rodzinne domy dziecka + POW typu rodzinnego)",
        "children_in_non_related_foster_families + children_in_family_childrens_homes + \
         children_in_family_type_institutions",
    ),
    (
        "all children in foster care excluding related foster families",
        "children_in_foster_care - children_in_related_foster_families",
    ),
    ("children <18 in foster care", "children_under_18_in_foster_care"),
    ("children <18", "persons 0-17"),
    ("registered unemployed", "unemployed"),
    ("economically active", "economically_active"),
    ("gmina spending", "gmina_spending"),
    ("działy 852 + 853", "gmina_social_spending"),
];

/// Counts and reasons, which the list does not write out, by the name of the indicator.
const UNWRITTEN: &[(&str, &str)] = &[
    ("Ludność ogółem", "persons of all ages"),
    ("Osoby korzystające z usług opiekuńczych i specjalistycznych", "persons_care_services"),
    (
        "Osoby korzystające ze specjalistycznych usług opiekuńczych dla osób z zaburzeniami psychicznymi",
        "persons_psychiatric_care_services",
    ),
    ("Liczba rodzin zastępczych", "foster_families"),
    ("Liczba dzieci w rodzinach zastępczych", "children_in_foster_families"),
    ("Powód: ubóstwo", "persons_in_families_reason_poverty"),
    ("Powód: bezrobocie", "persons_in_families_reason_unemployment"),
    ("Powód: wielodzietność", "persons_in_families_reason_large_family"),
    ("Powód: bezdomność", "persons_in_families_reason_homelessness"),
    ("Powód: sieroctwo", "persons_in_families_reason_orphanhood"),
    ("Powód: przemoc", "persons_in_families_reason_violence"),
    ("Powód: niepełnosprawność", "persons_in_families_reason_disability"),
    (
        "Powód: bezradność w sprawach opiekuńczo-wychowawczych i prowadzenia gosp. dom.",
        "persons_in_families_reason_helplessness",
    ),
    ("Powód: długotrwała lub ciężka choroba", "persons_in_families_reason_illness"),
    ("Powód: alkoholizm", "persons_in_families_reason_alcoholism"),
    ("Powód: narkomania", "persons_in_families_reason_drug_addiction"),
    ("Powód: sytuacja kryzysowa", "persons_in_families_reason_crisis"),
    ("Powód: zdarzenie losowe", "persons_in_families_reason_chance_event"),
    ("Powód: potrzeba ochrony macierzyństwa", "persons_in_families_reason_maternity"),
];

fn written(parts: &[Summand]) -> String {
    let mut text = String::new();
    for (i, part) in parts.iter().enumerate() {
        let sign = if part.subtracted { " - " } else { " + " };
        text.push_str(if i == 0 && !part.subtracted { "" } else { sign });
        text.push_str(&part.input.to_string());
    }
    text
}

fn meant(name: &str, words: &str) -> String {
    let named = UNWRITTEN.iter().find(|(known, _)| *known == name);
    if ["count", "as 31"].contains(&words) || (words.contains("for the reason") && named.is_some()) {
        return named.unwrap().1.to_owned();
    }
    let found = MEANT.iter().find(|(known, _)| *known == words);
    found.map_or_else(|| words.to_owned(), |(_, inputs)| (*inputs).to_owned())
}

#[test]
fn the_64_published_definitions_are_those_of_the_catalogue() {
    let list = embedded::table("indicator_definitions").unwrap();
    let names: Vec<String> = texts(&list, "name_pl").into_iter().map(Option::unwrap).collect();
    let (numerators, denominators) = (texts(&list, "numerator"), texts(&list, "denominator"));
    let (units, ids, factors) = (texts(&list, "unit"), numbers(&list, "ioss_id"), numbers(&list, "factor"));
    let by_name: BTreeMap<&str, &Indicator> = ALL.iter().map(|known| (known.name_pl, *known)).collect();
    assert_eq!((names.len(), by_name.len()), (64, ALL.len()));
    for row in 0..names.len() {
        let name = names[row].as_str();
        let known = by_name.get(name).copied().unwrap_or_else(|| panic!("'{name}' is not in the catalogue"));
        assert_eq!(known.ioss_id.map(i32::from), ids[row], "{name}");
        assert_eq!(Some(known.unit_pl), units[row].as_deref(), "{name}");
        assert_eq!(known.status, Status::Verbatim, "{name}");
        assert!(known.source.starts_with("IOSS, ROPS Kraków"), "{name}");
        let (above, below, factor) = match known.measure {
            Measure::Count { of } => (written(of), None, None),
            Measure::Ratio { numerator, denominator, factor } => {
                (written(numerator), Some(written(denominator)), Some(factor as i32))
            }
            Measure::MedianAge { .. } => panic!("{name} is published as a quotient"),
        };
        assert_eq!(above, meant(name, numerators[row].as_deref().unwrap()), "{name}");
        // The list refers to reason 31 for the denominator of the other reasons.
        let whole = denominators[row].as_deref().map(|words| match words {
            "as 31" => "persons_in_families_covered".to_owned(),
            words => meant("", words),
        });
        assert_eq!((below, factor), (whole, factors[row]), "{name}");
    }
    let listed = ALL.iter().filter(|known| names.iter().any(|name| name == known.name_pl)).count();
    assert_eq!(listed, 64);
    let others = ALL.iter().filter(|known| known.status != Status::Verbatim);
    assert_eq!(others.count(), ALL.len() - 64);
}

#[test]
fn official_names_are_those_seen() {
    let list = embedded::table("ozps_indicator_names").unwrap();
    let (ids, names, kinds) = (texts(&list, "id"), texts(&list, "name_pl"), texts(&list, "kind"));
    let (editions, sources) = (texts(&list, "edition"), texts(&list, "source"));
    let known = official().unwrap();
    assert_eq!(known.len(), list.height());
    for (row, name) in known.iter().enumerate() {
        assert_eq!(Some(name.id.as_str()), ids[row].as_deref());
        assert_eq!(Some(name.name_pl.as_str()), names[row].as_deref());
        assert_eq!(Some(name.edition.as_str()), editions[row].as_deref());
        assert_eq!(Some(name.source.as_str()), sources[row].as_deref());
        let kind = if name.kind == OfficialKind::Section { "section" } else { "indicator" };
        assert_eq!(Some(kind), kinds[row].as_deref());
        assert_eq!(numbers(&list, "order")[row], Some(i32::from(name.order)));
    }
}

#[test]
fn decimals_are_those_of_the_published_figures() {
    let list = embedded::table("ioss_values_2024").unwrap();
    let (ids, decimals) = (texts(&list, "indicator"), numbers(&list, "decimals"));
    let mut compared = 0;
    for (id, published) in ids.iter().zip(decimals) {
        let Some(id) = id else { continue };
        let known = diagnoza_core::resources::catalogue::indicator(id).unwrap();
        // These come from the local data bank with one decimal and a zero is printed behind it.
        let padded = ["demographic_dependency", "population_density", "marriage_rate", "unemployment_rate"]
            .contains(&known.id);
        let printed = known.decimals.map(|decimals| i32::from(decimals) + i32::from(padded));
        assert_eq!(printed, published, "{id}");
        compared += 1;
    }
    assert_eq!(compared, 93);
}

#[test]
fn what_does_not_come_out_is_an_example_or_a_table() {
    let examples = texts(&embedded::table("worked_examples").unwrap(), "id");
    for figure in not_reproduced().unwrap() {
        let example = examples.iter().any(|id| id.as_deref() == Some(figure.id.as_str()));
        assert!(example || embedded::table(&figure.id).is_ok(), "{}", figure.id);
    }
}
