use diagnoza_core::observation::Cell;
use diagnoza_core::resources::form::{Column, Entry, Form, Violation};
use polars::prelude::{Column as PolarsColumn, DataFrame, IntoColumn, NamedFrom, PolarsError, Series};

/// The form in long form, a row per field, in the order of the form.
///
/// | column | type | |
/// | --- | --- | --- |
/// | `unit` | text | TERYT code, null if the form does not say it |
/// | `chapter`, `row`, `label` | text, i32, text | |
/// | `column` | text | `year_minus_2`, `year_minus_1`, `assessed`, `forecast_1`, `forecast_2` |
/// | `year` | i32 | null if the form does not say its year |
/// | `unit_of_measure` | text | |
/// | `value` | f64 | null where there is none |
/// | `text` | text | of rows that hold texts |
/// | `state` | text | `value`, `text`, or why there is neither |
///
/// Its CSV reads back as the same form.
///
/// # Errors
/// [`PolarsError`] if the frame cannot be made.
pub fn form_frame(form: &Form, english: bool) -> Result<DataFrame, PolarsError> {
    let mut fields = Vec::new();
    for (id, row) in form.rows() {
        let columns = form.edition.chapter(&id.chapter).map_or(&Column::ALL[..], |chapter| &chapter.columns);
        for &column in columns {
            let label = if english { row.label_english() } else { &row.label };
            fields.push((id.clone(), label, row.unit.as_str(), column, form.entry(&id, column)));
        }
    }
    let unit = form.unit.map(|unit| unit.to_string());
    let text = |entry: &Entry| match entry {
        Entry::Text(text) => Some(text.clone()),
        Entry::Value(_) | Entry::Missing(_) => None,
    };
    let year = |column| form.year_of(column).map(|year| i32::from(year.get()));
    frame(vec![
        Series::new("unit".into(), vec![unit; fields.len()]),
        Series::new("chapter".into(), fields.iter().map(|f| f.0.chapter.as_str()).collect::<Vec<_>>()),
        Series::new("row".into(), fields.iter().map(|f| i32::from(f.0.row)).collect::<Vec<_>>()),
        Series::new("label".into(), fields.iter().map(|f| f.1).collect::<Vec<_>>()),
        Series::new("column".into(), fields.iter().map(|f| f.3.word()).collect::<Vec<_>>()),
        Series::new("year".into(), fields.iter().map(|f| year(f.3)).collect::<Vec<_>>()),
        Series::new("unit_of_measure".into(), fields.iter().map(|f| f.2).collect::<Vec<_>>()),
        Series::new("value".into(), fields.iter().map(|f| f.4.value()).collect::<Vec<_>>()),
        Series::new("text".into(), fields.iter().map(|f| text(&f.4)).collect::<Vec<_>>()),
        Series::new("state".into(), fields.iter().map(|f| f.4.state()).collect::<Vec<_>>()),
    ])
}

/// Violations, a row each: `file`, `sheet`, `file_row` (null: the whole file), `file_column`, `chapter`, `row`,
/// `label`, `column`, `year`, `rule`, `found`, `expected` (the two numbers), `message` (Polish or English).
///
/// # Errors
/// [`PolarsError`] if the frame cannot be made.
pub fn violations_frame(violations: &[Violation], english: bool) -> Result<DataFrame, PolarsError> {
    let place = |v: &Violation| v.place.clone();
    let texts = |name: &str, of: &dyn Fn(&Violation) -> Option<String>| {
        Series::new(name.into(), violations.iter().map(of).collect::<Vec<_>>())
    };
    let whole = |name: &str, of: &dyn Fn(&Violation) -> Option<i64>| {
        Series::new(name.into(), violations.iter().map(of).collect::<Vec<_>>())
    };
    let numbers = |name: &str, of: &dyn Fn(&Violation) -> Option<f64>| {
        Series::new(name.into(), violations.iter().map(of).collect::<Vec<_>>())
    };
    let file_row =
        |v: &Violation| v.place.as_ref().filter(|at| at.row > 0).and_then(|at| i64::try_from(at.row).ok());
    frame(vec![
        texts("file", &|v| place(v).map(|at| at.file)),
        texts("sheet", &|v| place(v).and_then(|at| at.sheet)),
        whole("file_row", &file_row),
        texts("file_column", &|v| place(v).map(|at| at.column).filter(|column| !column.is_empty())),
        texts("chapter", &|v| v.row.as_ref().map(|id| id.chapter.clone())),
        whole("row", &|v| v.row.as_ref().map(|id| i64::from(id.row))),
        texts("label", &|v| v.label.clone()),
        texts("column", &|v| v.column.map(|column| column.word().to_owned())),
        whole("year", &|v| v.year.map(|year| i64::from(year.get()))),
        texts("rule", &|v| Some(v.rule().to_owned())),
        numbers("found", &|v| v.fault.numbers().0),
        numbers("expected", &|v| v.fault.numbers().1),
        texts("message", &|v| Some(if english { v.to_string() } else { v.polish() })),
    ])
}

/// Counts of a column by the names under which indicators ask for them: `unit`, `year`, `input`, `value`,
/// `state` (`value` or why there is none).
///
/// # Errors
/// [`PolarsError`] if the frame cannot be made.
pub fn inputs_frame(form: &Form, column: Column) -> Result<DataFrame, PolarsError> {
    let inputs = form.inputs(column);
    let value = |cell: &Cell| match cell {
        Cell::Value(value) => Some(*value),
        Cell::Missing(_) => None,
    };
    let state = |cell: &Cell| match cell {
        Cell::Value(_) => "value",
        Cell::Missing(why) => why.word(),
    };
    let unit = form.unit.map(|unit| unit.to_string());
    let year = form.year_of(column).map(|year| i32::from(year.get()));
    frame(vec![
        Series::new("unit".into(), vec![unit; inputs.len()]),
        Series::new("year".into(), vec![year; inputs.len()]),
        Series::new("input".into(), inputs.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>()),
        Series::new("value".into(), inputs.iter().map(|(_, cell)| value(cell)).collect::<Vec<_>>()),
        Series::new("state".into(), inputs.iter().map(|(_, cell)| state(cell)).collect::<Vec<_>>()),
    ])
}

fn frame(columns: Vec<Series>) -> Result<DataFrame, PolarsError> {
    let columns: Vec<PolarsColumn> = columns.into_iter().map(IntoColumn::into_column).collect();
    DataFrame::new_infer_height(columns)
}
