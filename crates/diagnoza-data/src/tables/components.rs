use diagnoza_core::demography::cohort_component::NegativePopulation;
use diagnoza_core::demography::scenario::{Baseline, Scenario};
use diagnoza_core::observation::{Sex, Status, Year};
use diagnoza_core::territory::UnitId;
use ndarray::{Axis, s};
use polars::prelude::DataFrame;

use super::frame::{column, frame, persons};
use crate::error::FigureError;
use crate::official::{Forecast, JUMP_OFF, LAST_PROJECTED, OBSERVED_UNTIL, gazetteer};

/// Components of population change by unit and year, and the rates that the projection implies.
///
/// Columns: `unit`, `name`, `scenario`, `year`, `births`, `deaths`, `net_migration`, `change`
/// (persons in the year), `tfr` (children per woman), `e0_female`, `e0_male` (years; empty where
/// nobody was at risk at some age), `status`. Years 2023 to `until`.
///
/// # Errors
/// [`FigureError`]: units that are not projected (gminas have no ages to project), years.
pub fn components(
    units: &[UnitId],
    scenario: &Scenario,
    until: Year,
    negative: NegativePopulation,
) -> Result<DataFrame, FigureError> {
    if until <= JUMP_OFF || until > LAST_PROJECTED {
        let first = JUMP_OFF.next();
        return Err(FigureError::Years {
            what: "components of change",
            from: until,
            until,
            first,
            last: LAST_PROJECTED,
        });
    }
    let register = gazetteer()?;
    let units: Vec<UnitId> = units.iter().map(|&unit| register.resolve(unit)).collect::<Result<_, _>>()?;
    if let Some(&gmina) = units.iter().find(|unit| unit.level() == diagnoza_core::territory::Level::Gmina) {
        return Err(FigureError::NoFigures {
            unit: gmina,
            what: "components of change by age",
            year: until,
            known: "powiats, subregions and voivodeships; GUS's totals for gminas are the table gmina_components_28"
                .to_owned(),
        });
    }
    let forecast = Forecast::run(&units, scenario, until, negative)?;
    let years: Vec<Year> = JUMP_OFF.next().through(until).collect();
    let height = units.len() * years.len();
    let mut texts = (Vec::with_capacity(height), Vec::with_capacity(height));
    let mut statuses = Vec::with_capacity(height);
    let mut year_column = Vec::with_capacity(height);
    let mut numbers: [Vec<Option<f64>>; 7] = std::array::from_fn(|_| Vec::with_capacity(height));
    for unit in units {
        let run = forecast.unit(unit)?;
        for (step, year) in years.iter().enumerate() {
            texts.0.push(unit.to_string());
            texts.1.push(register.name(unit)?.to_owned());
            statuses.push(status_of_flows(scenario, *year).word());
            year_column.push(i32::from(year.get()));
            let births = run.births.row(step).sum();
            let deaths = run.deaths.index_axis(Axis(0), step).sum();
            let net = run.net_migration.slice(s![step, .., ..]).sum();
            let row = [
                Some(persons(births)),
                Some(persons(deaths)),
                Some(persons(net)),
                Some(persons(births - deaths + net)),
                Some(run.total_fertility(step)),
                run.life_expectancy(step, Sex::Female),
                run.life_expectancy(step, Sex::Male),
            ];
            numbers.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
        }
    }
    let mut columns = vec![
        column("unit", texts.0),
        column("name", texts.1),
        column("scenario", vec![scenario.name(); height]),
        column("year", year_column),
    ];
    let names = ["births", "deaths", "net_migration", "change", "tfr", "e0_female", "e0_male"];
    columns.extend(names.into_iter().zip(numbers).map(|(name, values)| column(name, values)));
    columns.push(column("status", statuses));
    frame(height, columns)
}

/// The forecast from observed data is brought to what was published of 2023 and 2024.
fn status_of_flows(scenario: &Scenario, year: Year) -> Status {
    if scenario.base() == Baseline::Own && year <= OBSERVED_UNTIL {
        Status::Estimated
    } else {
        Status::Projected
    }
}
