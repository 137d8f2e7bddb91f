use proptest::prelude::*;

use super::*;
use crate::observation::Year;
use crate::resources::form::{UnitKind, edition};

fn form() -> Form {
    let mut form =
        Form::empty(edition("2014").unwrap(), "1419033".parse().unwrap(), Year::new(2014).unwrap()).unwrap();
    // Drobin, unemployed.
    for (column, value) in Column::ALL.into_iter().zip([562.0, 608.0, 483.0, 483.0, 485.0]) {
        form.set(&RowId::new("2", 10), column, Entry::Value(value)).unwrap();
    }
    form
}

fn unemployed(form: &Form) -> Vec<Option<f64>> {
    Column::ALL.map(|column| form.entry(&RowId::new("2", 10), column).value()).to_vec()
}

#[test]
fn columns_move_one_to_the_left_and_the_assessed_year_is_empty() {
    let edition = edition("2014").unwrap();
    let dropped = form().shift(edition, Forecasts::Drop);
    assert_eq!(unemployed(&dropped.form), [Some(608.0), Some(483.0), None, None, None]);
    assert_eq!(dropped.form.year, Year::new(2015).ok());
    let carried = form().shift(edition, Forecasts::Carry);
    assert_eq!(unemployed(&carried.form), [Some(608.0), Some(483.0), None, Some(485.0), None]);
    assert_eq!((carried.left_behind.len(), carried.new_rows.len()), (0, 23));
}

#[test]
fn another_edition_takes_rows_by_input_or_label_and_lists_the_rest() {
    let mut spec = edition("2014").unwrap().spec().clone();
    spec.name = "ozps_2015".to_owned();
    for row in &mut spec.chapters[0].rows {
        row.number += 100;
        row.identity.clear();
    }
    spec.chapters[0].rows[9].label = "Bezrobotni".to_owned(); // found by its input
    spec.chapters[0].rows[10].input = None; // found by its label
    spec.chapters[0].rows[11].input = Some("other".to_owned());
    spec.chapters[0].rows[11].label = "Inne".to_owned(); // not found
    let later = spec.check().unwrap();
    let mut form = form();
    for row in [11, 12] {
        form.set(&RowId::new("2", row), Column::Assessed, Entry::Value(f64::from(row))).unwrap();
    }
    let shifted = form.shift(&later, Forecasts::Drop);
    let at = |row| shifted.form.entry(&RowId::new("2", row), Column::YearMinus1).value();
    assert_eq!((at(110), at(111)), (Some(483.0), Some(11.0)));
    assert_eq!(shifted.left_behind, [RowId::new("2", 12)]);
    assert!(shifted.new_rows.contains(&RowId::new("2", 112)));
}

proptest! {
    #[test]
    fn two_shifts_leave_the_assessed_year_alone(values in proptest::collection::vec(proptest::option::of(0_u32..1_000), 5 * 24)) {
        let known = edition("2014").unwrap();
        let mut form = Form::unknown(known, UnitKind::Gmina);
        form.year = Year::new(2014).ok();
        let ids: Vec<RowId> = known.rows().map(|(id, _)| id).collect();
        for (n, value) in values.iter().enumerate() {
            if let Some(value) = value {
                form.set(&ids[n / 5], Column::ALL[n % 5], Entry::Value(f64::from(*value))).unwrap();
            }
        }
        let twice = form.shift(known, Forecasts::Drop).form.shift(known, Forecasts::Drop).form;
        prop_assert_eq!(twice.year, Year::new(2016).ok());
        for id in &ids {
            prop_assert_eq!(twice.entry(id, Column::YearMinus2), form.entry(id, Column::Assessed));
            for column in &Column::ALL[1..] {
                prop_assert_eq!(twice.entry(id, *column), Entry::default());
            }
        }
        let json = serde_json::to_string(&twice).unwrap();
        prop_assert_eq!(serde_json::from_str::<Form>(&json).unwrap(), twice);
    }
}
