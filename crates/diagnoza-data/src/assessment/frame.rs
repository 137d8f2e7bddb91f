use diagnoza_core::observation::Cell;
use diagnoza_core::resources::assessment::{Assessment, Assessments, Measured, Standing, TableIndicator};
use polars::prelude::{Column, DataFrame};

use super::AssessError;
use crate::tables::{column, frame as framed};

/// Assessments in long form, a row per unit, indicator and set of peers (one with empty `peers` where a unit has none).
///
/// Columns: `unit`, `name`, `level`, `indicator`, `label_pl`, `label_en`, `year`, `value`, `missing` (why it is empty),
/// `unit_of_measure_pl`, `unit_of_measure_en`, `decimals`, `direction`, `status`, `peers`, `peer_units` (others in the
/// set), `without_value` (those of them without one), `few`, `n` (values compared, the unit's included), `lowest`, `q1`,
/// `median`, `q3`, `highest`, `percentile` (mid-rank), `rank` (1 is the highest), `ties`, `from_median`, `trend_from`,
/// `trend_to`, `change`, `per_year`, `percent`, `course`, `outlook_year`, `outlook`, `flags` (words of the rules met,
/// joined by a space), `judgement` (of the first of them).
///
/// # Errors
/// [`AssessError::Figure`] when polars refuses the columns.
pub fn frame(assessments: &Assessments) -> Result<DataFrame, AssessError> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for unit in &assessments.units {
        for measured in &unit.indicators {
            let known = assessments.indicators.iter().find(|known| known.id == measured.indicator);
            let Some(indicator) = known else { continue };
            let row = |standing| Row { unit, indicator, measured, standing };
            if measured.standings.is_empty() {
                rows.push(row(None));
            }
            rows.extend(measured.standings.iter().map(|standing| row(Some(standing))));
        }
    }
    Ok(framed(rows.len(), columns(&rows))?)
}

struct Row<'a> {
    unit: &'a Assessment,
    indicator: &'a TableIndicator,
    measured: &'a Measured,
    standing: Option<&'a Standing>,
}

fn columns(rows: &[Row<'_>]) -> Vec<Column> {
    let text = |name, of: &dyn Fn(&Row<'_>) -> Option<String>| {
        column(name, rows.iter().map(of).collect::<Vec<Option<String>>>())
    };
    let number = |name, of: &dyn Fn(&Row<'_>) -> Option<f64>| {
        column(name, rows.iter().map(of).collect::<Vec<Option<f64>>>())
    };
    let whole = |name, of: &dyn Fn(&Row<'_>) -> Option<usize>| {
        column(name, rows.iter().map(|row| of(row).map(|n| n as i32)).collect::<Vec<Option<i32>>>())
    };
    let year = |name, of: &dyn Fn(&Row<'_>) -> Option<u16>| {
        column(name, rows.iter().map(|row| of(row).map(i32::from)).collect::<Vec<Option<i32>>>())
    };
    let spread = |row: &Row<'_>| row.standing.and_then(|standing| standing.spread);
    let place = |row: &Row<'_>| row.standing.and_then(|standing| standing.place);
    let few: Vec<Option<bool>> = rows.iter().map(|row| row.standing.map(|standing| standing.few)).collect();
    vec![
        text("unit", &|row| Some(row.unit.unit.to_string())),
        text("name", &|row| Some(row.unit.name.clone())),
        text("level", &|row| Some(row.unit.level.word().to_owned())),
        text("indicator", &|row| Some(row.indicator.id.clone())),
        text("label_pl", &|row| Some(row.indicator.name_pl.clone())),
        text("label_en", &|row| Some(row.indicator.name_en.clone())),
        year("year", &|row| Some(row.measured.year.get())),
        number("value", &|row| match row.measured.cell {
            Cell::Value(value) => Some(value),
            Cell::Missing(_) => None,
        }),
        text("missing", &|row| match row.measured.cell {
            Cell::Value(_) => None,
            Cell::Missing(reason) => Some(reason.word().to_owned()),
        }),
        text("unit_of_measure_pl", &|row| Some(row.indicator.unit_pl.clone())),
        text("unit_of_measure_en", &|row| Some(row.indicator.unit_en.clone())),
        whole("decimals", &|row| Some(usize::from(row.indicator.decimals))),
        text("direction", &|row| Some(row.indicator.direction.word().to_owned())),
        text("status", &|row| Some(row.indicator.status(row.measured.year).word().to_owned())),
        text("peers", &|row| row.standing.map(|standing| standing.peers.clone())),
        whole("peer_units", &|row| row.standing.map(|standing| standing.units)),
        whole("without_value", &|row| row.standing.map(|standing| standing.without_value.len())),
        column("few", few),
        whole("n", &|row| spread(row).map(|spread| spread.n)),
        number("lowest", &|row| spread(row).map(|spread| spread.lowest)),
        number("q1", &|row| spread(row).map(|spread| spread.lower_quartile)),
        number("median", &|row| spread(row).map(|spread| spread.median)),
        number("q3", &|row| spread(row).map(|spread| spread.upper_quartile)),
        number("highest", &|row| spread(row).map(|spread| spread.highest)),
        number("percentile", &|row| place(row).map(|place| place.percentile)),
        whole("rank", &|row| place(row).map(|place| place.rank)),
        whole("ties", &|row| place(row).map(|place| place.ties)),
        number("from_median", &|row| place(row).map(|place| place.from_median)),
        year("trend_from", &|row| row.measured.trend.as_ref().map(|trend| trend.first_year.get())),
        year("trend_to", &|row| row.measured.trend.as_ref().map(|trend| trend.last_year.get())),
        number("change", &|row| row.measured.trend.as_ref().map(|trend| trend.change)),
        number("per_year", &|row| row.measured.trend.as_ref().map(|trend| trend.per_year)),
        number("percent", &|row| row.measured.trend.as_ref().and_then(|trend| trend.percent)),
        text("course", &|row| row.measured.trend.as_ref().map(|trend| trend.course.word().to_owned())),
        year("outlook_year", &|row| row.measured.outlook.map(|outlook| outlook.year.get())),
        number("outlook", &|row| row.measured.outlook.map(|outlook| outlook.value)),
        text("flags", &|row| {
            let words: Vec<&str> = flags(row).map(|flag| flag.rule.word()).collect();
            (!words.is_empty()).then(|| words.join(" "))
        }),
        text("judgement", &|row| flags(row).next().map(|flag| flag.judgement.word().to_owned())),
    ]
}

/// Flags of the row's indicator, against the row's peers or against the unit itself.
fn flags<'a>(row: &'a Row<'_>) -> impl Iterator<Item = &'a diagnoza_core::resources::assessment::Flag> {
    let peers = row.standing.map(|standing| standing.peers.as_str());
    let flags = row.unit.flags.iter().filter(|flag| flag.indicator == row.indicator.id);
    flags.filter(move |flag| flag.peers.is_none() || flag.peers.as_deref() == peers)
}
