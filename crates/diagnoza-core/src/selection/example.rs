use std::collections::BTreeMap;

use super::{Column, Criterion, Direction, GminaRow, SelectionSpec};
use crate::observation::{Cell, Source, Year};

/// One place in each of two strata, one criterion `x`, ties and gaps refused to be hidden.
pub(super) fn spec() -> SelectionSpec {
    let text = r#"
        format = "diagnoza-selection/2"
        title = { pl = "t", en = "t" }
        ties = "report"
        missing = "refuse"
        [frame]
        voivodeship = "28"
        date = 2018-04-01
        table = "t"
        [eligibility]
        kinds = ["urban_rural"]
        [strata]
        by = "subregion"
        quotas = { PL622 = 1, PL623 = 1 }
        [[criteria]]
        variable = "x"
        year = 2016
        label = { pl = "iks", en = "ex" }
        unit = "families"
        measure = "count"
        direction = "stimulant"
    "#;
    SelectionSpec::from_toml(text).unwrap()
}

pub(super) fn criterion(variable: &str) -> Criterion {
    Criterion::new(variable, Year::new(2016).unwrap(), "families", Direction::Stimulant)
}

/// Two urban-rural gminas in each stratum and a rural one.
pub(super) fn rows() -> Vec<GminaRow> {
    let gminas = [
        ("2808043", "Korsze", "PL622"),
        ("2808053", "Reszel", "PL622"),
        ("2816023", "Orzysz", "PL623"),
        ("2816033", "Pisz", "PL623"),
        ("2817082", "Wielbark", "PL622"),
    ];
    let row = |(code, name, subregion): (&str, &str, &str)| GminaRow {
        code: code.parse().unwrap(),
        name: name.to_owned(),
        powiat: "p".to_owned(),
        strata: BTreeMap::from([("subregion".to_owned(), subregion.to_owned())]),
    };
    gminas.map(row).to_vec()
}

/// A column of made-up cells for [`rows`].
pub(super) fn column(variable: &str, cells: [Cell; 5]) -> Column {
    Column {
        variable: variable.to_owned(),
        year: Year::new(2016).unwrap(),
        unit: "families".to_owned(),
        source: Source {
            publisher: "-".to_owned(),
            title: "made up".to_owned(),
            date: "2016".to_owned(),
            sha256: String::new(),
        },
        non_negative: true,
        cells: cells.to_vec(),
    }
}
