use proptest::prelude::*;

use super::*;
use crate::resources::form::{Edition, edition};

fn form() -> Form {
    let year = crate::observation::Year::new(2014).unwrap();
    Form::empty(edition("2014").unwrap(), "1419033".parse().unwrap(), year).unwrap()
}

fn put(form: &mut Form, row: u16, value: f64) {
    form.set(&RowId::new("2", row), Column::Assessed, Entry::Value(value)).unwrap();
}

fn rules(form: &Form) -> Vec<&'static str> {
    form.check().violations.iter().map(Violation::rule).collect()
}

#[test]
fn a_sum_is_checked_once_all_its_parts_are_there() {
    let mut form = form();
    put(&mut form, 1, 8_279.0);
    put(&mut form, 2, 4_149.0);
    let check = form.check();
    assert!(check.violations.is_empty());
    let lacks = check.unchecked.iter().find(|one| one.identity.to_string() == "1=2+6").unwrap();
    assert_eq!((lacks.column, lacks.lacking.as_slice()), (Column::Assessed, &[RowId::new("2", 6)][..]));
    put(&mut form, 6, 4_130.0);
    assert!(rules(&form).is_empty());
    put(&mut form, 6, 4_129.0);
    let violation = form.check().violations.remove(0);
    assert_eq!(violation.fault.numbers(), (Some(8_279.0), Some(8_278.0)));
    assert_eq!(
        violation.to_string(),
        "chapter 2 row 1 'Mieszkańcy ogółem', 2014: 1=2+6 does not hold: the row says 8279, the parts sum to 8278"
    );
}

#[test]
fn known_parts_that_exceed_the_whole_break_the_sum_though_others_are_missing() {
    let mut form = form();
    put(&mut form, 1, 100.0);
    put(&mut form, 2, 101.0);
    assert_eq!(rules(&form), ["sum"]);
}

#[test]
fn a_part_is_no_more_than_the_whole() {
    let mut form = form();
    put(&mut form, 10, 483.0);
    put(&mut form, 11, 483.0);
    assert!(rules(&form).is_empty());
    put(&mut form, 12, 484.0);
    assert_eq!(rules(&form), ["at_most"]);
    assert_eq!(form.check().violations[0].fault.numbers(), (Some(484.0), Some(483.0)));
    form.set(&RowId::new("2", 10), Column::Assessed, Entry::Missing(Missing::BelowUnit)).unwrap();
    assert_eq!(rules(&form), ["at_most", "at_most"]);
}

#[test]
fn one_mistake_is_listed_once() {
    let mut form = form();
    put(&mut form, 1, 100.0);
    put(&mut form, 2, 60.0);
    put(&mut form, 6, -40.0);
    assert_eq!(rules(&form), ["negative"]);
    put(&mut form, 6, 40.5);
    assert_eq!(rules(&form), ["fraction"]);
}

#[test]
fn decimals_are_sums_within_their_last_digit() {
    let mut spec = edition("2014").unwrap().spec().clone();
    for row in &mut spec.chapters[0].rows {
        row.content = if row.number == 22 { Content::Text } else { Content::Decimal(1) };
        row.negative = row.number == 16;
    }
    let edition: Edition = spec.check().unwrap();
    let mut form = Form::unknown(&edition, crate::resources::form::UnitKind::Gmina);
    for (row, value) in [(2, 10.0), (3, 3.3), (4, 3.3), (5, 3.3), (16, -2.5)] {
        put(&mut form, row, value);
    }
    assert!(rules(&form).is_empty(), "9.9 can be 10.0 when every number is rounded");
    put(&mut form, 5, 3.1);
    assert_eq!(rules(&form), ["sum"]);
    put(&mut form, 5, 3.35);
    assert_eq!(rules(&form), ["fraction"]);
}

#[test]
fn texts_and_fields_that_are_not_to_be_filled() {
    let mut spec = edition("2014").unwrap().spec().clone();
    spec.chapters[0].rows[9].not_applicable = vec![Column::Forecast2];
    let edition = spec.check().unwrap();
    let mut form = Form::unknown(&edition, crate::resources::form::UnitKind::Gmina);
    let row = RowId::new("2", 10);
    assert_eq!(form.entry(&row, Column::Forecast2), Entry::Missing(Missing::NotApplicable));
    form.set(&row, Column::Forecast2, Entry::Value(5.0)).unwrap();
    form.set(&row, Column::Assessed, Entry::Text("około 5".to_owned())).unwrap();
    form.set(&RowId::new("2", 22), Column::Assessed, Entry::Text("brak miejsc: 4".to_owned())).unwrap();
    assert_eq!(rules(&form), ["not_a_number", "not_applicable"]);
}

#[test]
fn rows_that_are_absent_are_told_except_texts() {
    let mut form = form();
    assert_eq!(form.missing_rows().len(), 23);
    put(&mut form, 24, 1.0);
    assert_eq!(form.missing_rows().len(), 22);
    assert!(form.set(&RowId::new("2", 25), Column::Assessed, Entry::default()).is_err());
    assert!(form.set(&RowId::new("2", 1), Column::Assessed, Entry::Value(f64::NAN)).is_err());
}

proptest! {
    /// Whatever is true of the whole numbers is what the checker says of them.
    #[test]
    fn sums_of_counts_are_exact(women in 0_u32..1_000_000, men in 0_u32..1_000_000, off in -2_i64..3) {
        let mut form = form();
        let people = i64::from(women) + i64::from(men) + off;
        prop_assume!(people >= 0);
        put(&mut form, 1, people as f64);
        put(&mut form, 2, f64::from(women));
        put(&mut form, 6, f64::from(men));
        prop_assert_eq!(rules(&form).is_empty(), off == 0);
    }

    /// Taking a number away never makes a form wrong.
    #[test]
    fn fewer_numbers_never_add_violations(values in proptest::collection::vec(0_u32..50, 24), gone in 1_u16..25) {
        let mut form = form();
        for (row, &value) in (1_u16..).zip(&values) {
            if row != 22 {
                put(&mut form, row, f64::from(value));
            }
        }
        let before = rules(&form).len();
        form.set(&RowId::new("2", gone), Column::Assessed, Entry::default()).unwrap();
        prop_assert!(rules(&form).len() <= before);
    }
}
