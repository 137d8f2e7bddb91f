use std::fmt;

use serde::{Deserialize, Serialize};

/// What a count of people is based on. Counts of different bases do not add up
/// and are never mixed silently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Basis {
    /// GUS balances from the 2011 census (NSP 2011), stocks to 31 XII 2019.
    #[serde(rename = "census_2011")]
    Census2011,
    /// GUS balances from the 2021 census (NSP 2021), stocks from 31 XII 2020.
    #[serde(rename = "census_2021")]
    Census2021,
    /// Usual residents at 1 January as Eurostat publishes them.
    #[serde(rename = "usual_residents")]
    UsualResidents,
    /// GUS projection 2023-2060, jump-off 31 XII 2022 on the 2021 census.
    #[serde(rename = "gus_projection_2023")]
    GusProjection2023,
    /// Eurostat's EUROPOP2019, jump-off 1 I 2019.
    #[serde(rename = "europop_2019")]
    Europop2019,
    /// Not a count of people (money, services, rates).
    #[serde(rename = "not_population")]
    NotPopulation,
}

impl Basis {
    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Census2011 => "census_2011",
            Self::Census2021 => "census_2021",
            Self::UsualResidents => "usual_residents",
            Self::GusProjection2023 => "gus_projection_2023",
            Self::Europop2019 => "europop_2019",
            Self::NotPopulation => "not_population",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
