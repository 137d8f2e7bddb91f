//! Empty files for the user to fill in: structure and no figures.

/// Rates of need as TOML.
pub const RATES_TOML: &str = include_str!("../../../templates/need_rates.toml");

/// Rates of need as CSV.
pub const RATES_CSV: &str = include_str!("../../../templates/need_rates.csv");

/// Supply as TOML.
pub const SUPPLY_TOML: &str = include_str!("../../../templates/supply.toml");

/// Supply as CSV.
pub const SUPPLY_CSV: &str = include_str!("../../../templates/supply.csv");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::need::{NeedError, RatesSpec, SupplySpec};

    #[test]
    fn templates_read_and_ask_for_figures_and_sources_only() {
        let spec = RatesSpec::from_toml("need_rates.toml", RATES_TOML).unwrap();
        assert!(spec.rate.iter().all(|row| row.rate.is_none() && row.source.is_empty()));
        let Err(NeedError::Rows { faults, .. }) = spec.check("need_rates.toml") else { panic!("no rates") };
        assert!(faults.iter().all(|fault| ["rate", "year", "source"].contains(&fault.column)), "{faults:?}");
        assert_eq!(faults.len(), 3 * spec.rate.len());
        let supply = SupplySpec::from_toml("supply.toml", SUPPLY_TOML).unwrap();
        assert!(supply.supply.iter().all(|row| row.value.is_none() && row.factor.is_none()));
    }

    #[test]
    fn csv_templates_have_the_rows_of_the_toml_ones() {
        let spec = RatesSpec::from_toml("need_rates.toml", RATES_TOML).unwrap();
        let rows: Vec<Vec<&str>> = RATES_CSV.lines().skip(1).map(|line| line.split(',').collect()).collect();
        assert_eq!(rows.len(), spec.rate.len());
        for (cells, row) in rows.iter().zip(&spec.rate) {
            assert_eq!(
                (cells[0], cells[1], cells[4], cells[5]),
                (&*row.service, &*row.name_pl, &*row.sex, &*row.ages)
            );
        }
        let supply = SupplySpec::from_toml("supply.toml", SUPPLY_TOML).unwrap();
        assert_eq!(SUPPLY_CSV.lines().count() - 1, supply.supply.len());
    }
}
