//! Indicators from a user's own numbers: a frame of inputs in, a frame of values out.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use diagnoza_core::observation::{Cell, Missing, Year};
use diagnoza_core::resources::catalogue::{
    ALL, Formula, FormulaError, FormulaSpec, Indicator, IndicatorValue, Inputs, InputsError,
    OfficialIndicator, Place, UnknownIndicator, compute, indicator, official,
};
use polars::prelude::{DataFrame, DataType, PolarsError};

use super::frame::{column, frame};
use crate::error::FigureError;

/// Which indicators to compute.
#[derive(Clone, Debug, Default)]
pub struct ComputeRequest {
    /// Ids of indicators, official names or formulas; empty for all with a definition and all formulas.
    pub ids: Vec<String>,
    /// The user's formulas.
    pub formulas: Vec<FormulaSpec>,
}

/// Why nothing is computed.
#[derive(Debug, thiserror::Error)]
pub enum ComputeError {
    /// A column is missing or has another type.
    #[error("column {column}: {source}")]
    Column {
        /// Name of the column.
        column: &'static str,
        /// What polars says.
        source: PolarsError,
    },
    /// A cell cannot be read.
    #[error("row {row}, column {column}: {reason}")]
    Cell {
        /// Row, the first being 1.
        row: usize,
        /// Name of the column.
        column: &'static str,
        /// What is wrong, and what was expected.
        reason: String,
    },
    /// The inputs of a unit and year are refused.
    #[error("inputs{place}: {source}")]
    Inputs {
        /// Unit and year.
        place: Place,
        /// What is wrong.
        source: InputsError,
    },
    /// A formula is refused.
    #[error("formula '{id}': {source}")]
    Formula {
        /// Id of the formula.
        id: String,
        /// What is wrong.
        source: FormulaError,
    },
    /// Two formulas have one id.
    #[error("there are two formulas '{id}': keep one or rename it")]
    Twice {
        /// The id.
        id: String,
    },
    /// No indicator, official name or formula of that id.
    #[error(transparent)]
    Unknown(#[from] UnknownIndicator),
    /// The result is no frame.
    #[error(transparent)]
    Figure(#[from] FigureError),
}

/// Computes indicators from inputs in long form.
///
/// Columns in: `unit` (code) and `year`, which may be left out or null, `input`, `value`, and if wanted `state` (why there is
/// no value: not_reported, below_unit, suppressed, not_applicable). Columns out: `unit`, `year`, `indicator`, `name_pl`,
/// `name_en`, `value`, `rounded`, `unit_of_measure_pl`, `unit_of_measure_en`, `formula`, `status`, `source`, `problem`; one row
/// per unit, year and indicator, units and years in order. What cannot be computed has no value and says why.
///
/// # Errors
/// [`ComputeError`]: a table that does not read, a formula that is refused, an unknown id.
pub fn computed(inputs: &DataFrame, request: &ComputeRequest) -> Result<DataFrame, ComputeError> {
    let definitions = definitions(request)?;
    let places = places(inputs)?;
    let mut rows = Rows::default();
    for (place, cells) in places {
        let inputs = Inputs::new(cells).map_err(|source| ComputeError::Inputs { place, source })?.at(place);
        for definition in &definitions {
            rows.push(place, definition, definition.value(&inputs));
        }
    }
    Ok(rows.into_frame()?)
}

/// What an id stands for.
enum Definition {
    Published(&'static Indicator),
    Users(Box<Formula>),
    NameOnly(&'static OfficialIndicator),
}

impl Definition {
    fn value(&self, inputs: &Inputs) -> Result<IndicatorValue, String> {
        match self {
            Self::Published(indicator) => compute(indicator, inputs).map_err(|error| error.to_string()),
            Self::Users(formula) => formula.compute(inputs).map_err(|error| error.to_string()),
            Self::NameOnly(name) if name.is_section() => Err(format!(
                "{} is the title of a chapter, the names of its indicators are not known",
                name.id
            )),
            Self::NameOnly(name) => Err(format!("{} has no public formula: supply one", name.id)),
        }
    }
}

fn definitions(request: &ComputeRequest) -> Result<Vec<Definition>, ComputeError> {
    let mut formulas = BTreeMap::new();
    for spec in &request.formulas {
        let id = spec.id.clone();
        let formula =
            spec.clone().check().map_err(|source| ComputeError::Formula { id: id.clone(), source })?;
        if formulas.insert(id.clone(), formula).is_some() {
            return Err(ComputeError::Twice { id });
        }
    }
    let names =
        official().map_err(|error| ComputeError::Formula { id: String::new(), source: error.into() })?;
    if request.ids.is_empty() {
        let published = ALL.iter().map(|known| Definition::Published(known));
        let own = request.formulas.iter().filter_map(|spec| formulas.get(&spec.id).cloned());
        return Ok(published.chain(own.map(|formula| Definition::Users(Box::new(formula)))).collect());
    }
    let meant = |id: &String| {
        if let Some(formula) = formulas.get(id) {
            return Ok(Definition::Users(Box::new(formula.clone())));
        }
        match names.iter().find(|name| name.id == *id) {
            Some(name) => Ok(Definition::NameOnly(name)),
            None => Ok(Definition::Published(indicator(id)?)),
        }
    };
    request.ids.iter().map(meant).collect()
}

/// The inputs of every unit and year.
fn places(frame: &DataFrame) -> Result<BTreeMap<Place, Vec<(String, Cell)>>, ComputeError> {
    let units = optional(frame, "unit")?;
    let years: Vec<Option<Year>> = optional(frame, "year")?;
    let inputs: Vec<Option<String>> = optional(frame, "input")?;
    let states: Vec<Option<String>> = optional(frame, "state")?;
    let fault = |source| ComputeError::Column { column: "value", source };
    let values = frame.column("value").and_then(|c| c.strict_cast(&DataType::Float64)).map_err(fault)?;
    let values: Vec<Option<f64>> = values.f64().map_err(fault)?.iter().collect();
    // A column that is left out has no cell.
    frame.column("input").map_err(|source| ComputeError::Column { column: "input", source })?;
    let mut places: BTreeMap<Place, Vec<(String, Cell)>> = BTreeMap::new();
    for (row, value) in values.into_iter().enumerate() {
        let cell =
            |column, reason: &str| ComputeError::Cell { row: row + 1, column, reason: reason.to_owned() };
        let name =
            inputs[row].clone().ok_or_else(|| cell("input", "no name: expected the name of an input"))?;
        let content = match (value, states[row].as_deref()) {
            (Some(value), None | Some("value")) => Cell::Value(value),
            (None, None) => Cell::Missing(Missing::NotReported),
            (None, Some(word)) => Cell::Missing(missing(word).ok_or_else(|| {
                let words = STATES.map(Missing::word).join(", ");
                cell("state", &format!("'{word}' is no reason for a missing value: expected one of {words}"))
            })?),
            (Some(_), Some(word)) => {
                return Err(cell(
                    "state",
                    &format!("'{word}' stands beside a value: leave one of them empty"),
                ));
            }
        };
        let place = Place { unit: units[row], year: years[row] };
        places.entry(place).or_default().push((name, content));
    }
    Ok(places)
}

const STATES: [Missing; 4] =
    [Missing::NotReported, Missing::BelowUnit, Missing::Suppressed, Missing::NotApplicable];

fn missing(word: &str) -> Option<Missing> {
    STATES.into_iter().find(|missing| missing.word() == word)
}

/// A column read from its texts; without the column every cell is empty.
fn optional<T>(frame: &DataFrame, name: &'static str) -> Result<Vec<Option<T>>, ComputeError>
where
    T: FromStr,
    T::Err: Display,
{
    let fault = |source| ComputeError::Column { column: name, source };
    let Ok(cells) = frame.column(name) else { return Ok((0..frame.height()).map(|_| None).collect()) };
    if name == "unit" && cells.dtype().is_numeric() {
        let reason =
            "the code is a number, which loses a leading zero: expected text such as '2816033'".to_owned();
        return Err(ComputeError::Cell { row: 1, column: name, reason });
    }
    let texts = cells.cast(&DataType::String).map_err(fault)?;
    let read = |(row, text): (usize, Option<&str>)| {
        let cell =
            |error: T::Err| ComputeError::Cell { row: row + 1, column: name, reason: error.to_string() };
        text.map(|text| text.parse().map_err(cell)).transpose()
    };
    texts.str().map_err(fault)?.iter().enumerate().map(read).collect()
}

#[derive(Default)]
struct Rows {
    units: Vec<Option<String>>,
    years: Vec<Option<i32>>,
    ids: Vec<String>,
    texts: [Vec<String>; 4],
    optional: [Vec<Option<String>>; 3],
    values: [Vec<Option<f64>>; 2],
    problems: Vec<Option<String>>,
}

impl Rows {
    fn push(&mut self, place: Place, definition: &Definition, value: Result<IndicatorValue, String>) {
        let text = |text: &str| Some(text.to_owned());
        // Id; name and unit of measure in Polish and English; formula, status and source.
        let (id, texts, optional) = match definition {
            Definition::Published(of) => (
                of.id,
                [of.name_pl, of.name_en, of.unit_pl, of.unit_en],
                [Some(of.formula()), text(of.status.word()), text(of.source)],
            ),
            Definition::Users(of) => (
                of.spec().id.as_str(),
                [of.name_pl(), of.name_en(), &of.spec().unit, &of.spec().unit],
                [Some(of.formula()), text("user"), Some(of.source())],
            ),
            Definition::NameOnly(of) => (
                of.id.as_str(),
                [&of.name_pl, &of.name_en, "", ""],
                [None, text("name_only"), text(&of.source)],
            ),
        };
        self.units.push(place.unit.map(|unit| unit.to_string()));
        self.years.push(place.year.map(|year| i32::from(year.get())));
        self.ids.push(id.to_owned());
        self.texts.iter_mut().zip(texts).for_each(|(column, text)| column.push(text.to_owned()));
        self.optional.iter_mut().zip(optional).for_each(|(column, text)| column.push(text));
        let [values, rounded] = &mut self.values;
        values.push(value.as_ref().ok().map(|value| value.value));
        rounded.push(value.as_ref().ok().and_then(IndicatorValue::rounded));
        self.problems.push(value.err());
    }

    fn into_frame(self) -> Result<DataFrame, FigureError> {
        let [names_pl, names_en, units_pl, units_en] = self.texts;
        let [formulas, statuses, sources] = self.optional;
        let [values, rounded] = self.values;
        frame(
            self.ids.len(),
            vec![
                column("unit", self.units),
                column("year", self.years),
                column("indicator", self.ids),
                column("name_pl", names_pl),
                column("name_en", names_en),
                column("value", values),
                column("rounded", rounded),
                column("unit_of_measure_pl", units_pl),
                column("unit_of_measure_en", units_en),
                column("formula", formulas),
                column("status", statuses),
                column("source", sources),
                column("problem", self.problems),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Powiat brzeski (Małopolska), 31 XII 2024, and a unit without numbers.
    fn inputs() -> DataFrame {
        let columns = vec![
            column("unit", vec!["1202", "1202", "1202", "1201"]),
            column("year", vec![2024_i32; 4]),
            column(
                "input",
                vec![
                    "persons of all ages",
                    "social_workers_ops",
                    "social_workers_ops_higher_education",
                    "deaths",
                ],
            ),
            column("value", vec![Some(91_340.0), Some(39.0), Some(32.0), None]),
            column("state", vec![None, None, None, Some("suppressed")]),
        ];
        DataFrame::new(4, columns).unwrap()
    }

    fn texts(frame: &DataFrame, name: &str) -> Vec<Option<String>> {
        frame.column(name).unwrap().str().unwrap().iter().map(|text| text.map(str::to_owned)).collect()
    }

    fn request(ids: &[&str]) -> ComputeRequest {
        ComputeRequest { ids: ids.iter().map(|id| (*id).to_owned()).collect(), formulas: Vec::new() }
    }

    #[test]
    fn nothing_is_dropped_and_refused_rows_say_why() {
        let ids =
            ["inhabitants_per_social_worker", "death_rate", "ozps_2011_gmina_01", "ozps_2013_2018_gmina_01"];
        let frame = computed(&inputs(), &request(&ids)).unwrap();
        assert_eq!(frame.height(), 8);
        let rounded: Vec<_> = frame.column("rounded").unwrap().f64().unwrap().iter().collect();
        assert_eq!(rounded[4], Some(2342.0));
        assert_eq!(rounded.iter().flatten().count(), 1);
        let problems: Vec<String> =
            texts(&frame, "problem").into_iter().map(Option::unwrap_or_default).collect();
        assert_eq!(
            problems[1],
            "death_rate of 1201 in 2024 needs deaths: suppressed; persons of all ages: not given"
        );
        assert_eq!(problems[2], "ozps_2011_gmina_01 has no public formula: supply one");
        assert!(problems[3].contains("title of a chapter"));
        assert_eq!(problems.iter().filter(|problem| problem.is_empty()).count(), 1);
    }

    #[test]
    fn all_definitions_and_formulas_are_the_default() {
        let formula = FormulaSpec {
            id: "ozps_2011_gmina_01".to_owned(),
            expression: "100 * social_workers_ops_higher_education / social_workers_ops".to_owned(),
            unit: "%".to_owned(),
            decimals: Some(2),
            author: "a test".to_owned(),
            source: "not official".to_owned(),
            ..FormulaSpec::default()
        };
        let with = |formulas| ComputeRequest { ids: Vec::new(), formulas };
        let frame = computed(&inputs(), &with(vec![formula.clone()])).unwrap();
        assert_eq!(frame.height(), 2 * (ALL.len() + 1));
        let last = frame.height() - 1;
        assert_eq!(
            texts(&frame, "name_pl")[last].as_deref(),
            Some("Wskaźnik wykształcenia pracowników socjalnych")
        );
        assert_eq!(frame.column("rounded").unwrap().f64().unwrap().get(last), Some(82.05));
        let twice = computed(&inputs(), &with(vec![formula.clone(), formula])).unwrap_err();
        assert!(matches!(twice, ComputeError::Twice { .. }));
    }

    #[test]
    fn bad_tables_are_refused_by_row_and_column() {
        let refused = |name: &'static str, changed: polars::prelude::Column| {
            let mut frame = inputs();
            let _ = frame.with_column(changed).unwrap();
            let message = computed(&frame, &request(&["death_rate"])).unwrap_err().to_string();
            assert!(message.contains(name), "{message}");
            message
        };
        refused("row 2, column unit", column("unit", vec!["1202", "12x", "1202", "1201"]));
        refused("leading zero", column("unit", vec![1202_i32; 4]));
        refused("row 1, column year: '2o24' is not a year", column("year", vec!["2o24"; 4]));
        refused("row 1, column input: no name", column("input", vec![None::<&str>; 4]));
        refused("suppressed, not_applicable", column("state", vec![None, None, None, Some("hidden")]));
        refused(
            "row 1, column state: 'suppressed' stands beside a value",
            column("state", vec!["suppressed"; 4]),
        );
        refused("of 1202 in 2024: deaths is given twice", column("input", vec!["deaths"; 4]));
        refused("is NaN", column("value", vec![Some(f64::NAN), Some(1.0), Some(1.0), None]));
        let error = computed(&inputs().drop("input").unwrap(), &request(&[])).unwrap_err();
        assert!(error.to_string().starts_with("column input"), "{error}");
        assert!(matches!(computed(&inputs(), &request(&["x"])), Err(ComputeError::Unknown(_))));
    }

    #[test]
    fn inputs_may_be_of_no_place() {
        let frame = inputs().drop("unit").unwrap().drop("year").unwrap();
        let values = computed(&frame, &request(&["inhabitants_per_social_worker"])).unwrap();
        assert_eq!((values.height(), texts(&values, "unit")[0].as_deref()), (1, None));
        assert_eq!(values.column("rounded").unwrap().f64().unwrap().get(0), Some(2342.0));
    }
}
