//! Bases in the manifest are the words of [`Basis::word`], the same as in the tables' column `basis`.

use diagnoza_core::observation::Basis;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

const BASES: [Basis; 6] = [
    Basis::Census2011,
    Basis::Census2021,
    Basis::UsualResidents,
    Basis::GusProjection2023,
    Basis::Europop2019,
    Basis::NotPopulation,
];

pub(super) fn serialize<S: Serializer>(bases: &[Basis], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(bases.iter().map(|basis| basis.word()))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Basis>, D::Error> {
    let words = Vec::<String>::deserialize(deserializer)?;
    let basis = |word: &String| BASES.into_iter().find(|basis| basis.word() == word);
    words
        .iter()
        .map(|word| basis(word).ok_or_else(|| D::Error::custom(format!("'{word}' is no basis of a count"))))
        .collect()
}
