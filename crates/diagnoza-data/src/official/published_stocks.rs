use std::collections::BTreeMap;
use std::sync::OnceLock;

use diagnoza_core::demography::reverse_survival::PublishedGroup;
use diagnoza_core::observation::{Source, Year};
use diagnoza_core::territory::Teryt;

use crate::embedded::Columns;
use crate::error::FigureError;

/// What GUS publishes of a powiat's stock at 31 XII.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublishedStock {
    /// Totals of females and males.
    pub totals: [f64; 2],
    /// Five-year ages 15-19 to 65-69 of each sex.
    pub groups: Vec<PublishedGroup>,
}

type Stocks = (BTreeMap<(Teryt, Year), PublishedStock>, Source);

/// Stocks of the powiats of 28 at 31 XII 2013 to 2024 by sex, with the source. Years to 2019 are on the 2011-census
/// basis, later ones on the 2021-census basis.
///
/// # Errors
/// [`FigureError::Data`] when the table is damaged.
pub fn published_stocks() -> Result<&'static Stocks, FigureError> {
    static STOCKS: OnceLock<Result<Stocks, FigureError>> = OnceLock::new();
    STOCKS.get_or_init(read).as_ref().map_err(Clone::clone)
}

fn read() -> Result<Stocks, FigureError> {
    let table = Columns::open("population_powiats_age_28")?;
    let (units, sexes, groups) =
        (table.full_texts("teryt")?, table.full_texts("sex")?, table.full_texts("group")?);
    let (years, from, to) =
        (table.full_numbers("year")?, table.full_numbers("age_from")?, table.numbers("age_to")?);
    let people = table.full_numbers("population")?;
    let mut stocks: BTreeMap<_, PublishedStock> = BTreeMap::new();
    for row in 0..table.height() {
        let unreadable = |what: &dyn std::fmt::Display| table.unreadable(&format!("row {}: {what}", row + 1));
        let powiat = units[row].parse().map_err(|e| unreadable(&e))?;
        let sex = table.sex(row, sexes[row])?;
        let stock = stocks.entry((powiat, table.year(row, years[row])?)).or_default();
        match to[row] {
            None if groups[row] == "TOTAL" => stock.totals[sex.index()] = people[row],
            Some(to) => {
                let (from, to) = (from[row] as usize, to as usize);
                stock.groups.push(PublishedGroup { sex, from, to, persons: people[row] });
            }
            None => return Err(unreadable(&"an open group that is not the total").into()),
        }
    }
    Ok((stocks, table.source()?))
}
