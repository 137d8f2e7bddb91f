use diagnoza_core::demography::cohort_component::{MigrationTiming, NegativePopulation};
use diagnoza_core::demography::decomposition::{ProjectionInputs, projection_difference};
use diagnoza_core::demography::projection::Area;
use diagnoza_core::demography::scenario::Scenario;
use diagnoza_core::observation::Year;
use diagnoza_core::territory::{Level, Teryt, UnitId};
use polars::prelude::DataFrame;

use super::frame::{column, frame, persons};
use crate::error::FigureError;
use crate::official::{JUMP_OFF, LAST_PROJECTED, areas_of, gazetteer, powiats_of, projected_voivodeships};

/// The difference between two scenarios' populations in a year by what causes it.
///
/// Columns: `unit`, `name`, `year`, `first`, `second` (names of the scenarios), `component` (`jump_off`, `fertility`,
/// `mortality`, `net_migration`, `total`), `persons` (second less first). Powiats are decomposed and summed; see
/// [`projection_difference`].
///
/// # Errors
/// [`FigureError`]: gminas and units that are not projected, years, scenarios that cannot be mixed.
pub fn difference(
    units: &[UnitId],
    [first, second]: [&Scenario; 2],
    until: Year,
    negative: NegativePopulation,
) -> Result<DataFrame, FigureError> {
    if until <= JUMP_OFF || until > LAST_PROJECTED {
        let (what, first) = ("difference of scenarios", JUMP_OFF.next());
        return Err(FigureError::Years { what, from: until, until, first, last: LAST_PROJECTED });
    }
    let register = gazetteer()?;
    let (mut codes, mut names, mut components, mut people) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for &unit in units {
        let unit = register.resolve(unit)?;
        if unit.level() == Level::Gmina {
            let known = "powiats, subregions and voivodeships".to_owned();
            return Err(FigureError::NoFigures { unit, what: "difference of scenarios", year: until, known });
        }
        let powiats = powiats_of(unit)?;
        let voivodeship = powiats.first().and_then(|powiat| powiat.voivodeship()).unwrap_or(Teryt::POLAND);
        let none = || FigureError::NoProjection { voivodeship, available: projected_voivodeships() };
        if powiats.is_empty() {
            return Err(none());
        }
        let areas = [areas_of(voivodeship, first, until)?, areas_of(voivodeship, second, until)?];
        let mut parts = [0.0; 4];
        for powiat in powiats {
            let of = |areas: &[Area]| areas.iter().find(|area| area.unit == powiat.into()).cloned();
            let (one, other) = (of(&areas[0]).ok_or_else(none)?, of(&areas[1]).ok_or_else(none)?);
            let found = projection_difference(inputs(&one), inputs(&other), MigrationTiming::End, negative)
                .map_err(|source| FigureError::Difference { unit: powiat.into(), source })?;
            let shares = [&found.jump_off, &found.fertility, &found.mortality, &found.net_migration];
            parts.iter_mut().zip(shares).for_each(|(sum, part)| *sum += part.sum());
        }
        let total: f64 = parts.iter().sum();
        let words = ["jump_off", "fertility", "mortality", "net_migration", "total"];
        for (word, value) in words.into_iter().zip(parts.into_iter().chain([total])) {
            codes.push(unit.to_string());
            names.push(register.name(unit)?);
            components.push(word);
            people.push(persons(value));
        }
    }
    let height = codes.len();
    frame(
        height,
        vec![
            column("unit", codes),
            column("name", names),
            column("year", vec![i32::from(until.get()); height]),
            column("first", vec![first.name(); height]),
            column("second", vec![second.name(); height]),
            column("component", components),
            column("persons", people),
        ],
    )
}

fn inputs(area: &Area) -> ProjectionInputs<'_> {
    ProjectionInputs { base: &area.base, assumptions: &area.assumptions }
}
