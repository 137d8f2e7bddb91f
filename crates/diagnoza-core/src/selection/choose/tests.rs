use super::*;
use crate::observation::{Cell, Missing};
use crate::selection::example::{column, rows, spec};
use crate::selection::{Column, Denominator, Measure, SelectionSpec, VariableOfYear};

fn values(numbers: [f64; 5]) -> [Cell; 5] {
    numbers.map(Cell::Value)
}

fn choose(spec: &SelectionSpec, columns: Vec<Column>) -> Result<Selection, ChoiceError> {
    let table = CriteriaTable::new(rows(), columns).unwrap();
    spec.check(table.frame()).unwrap().choose(&table)
}

#[test]
fn tables_about_something_else_are_refused() {
    let x = || column("x", values([3.0, 2.0, 1.0, 4.0, 9.0]));
    assert!(choose(&spec(), vec![x()]).is_ok());
    let error = choose(&spec(), vec![column("y", values([1.0; 5]))]).unwrap_err();
    assert_eq!(error.to_string(), "the table has no column x of 2016; it has y of 2016");
    let mut thousands = x();
    thousands.unit = "thousand families".to_owned();
    let error = choose(&spec(), vec![thousands]).unwrap_err();
    assert!(matches!(error, ChoiceError::OtherUnit { .. }), "{error}");

    let full = Frame::new(rows()).unwrap();
    let checked = spec().check(&full).unwrap();
    let mut fewer = x();
    fewer.cells.pop();
    let table = CriteriaTable::new(rows()[..4].to_vec(), vec![fewer]).unwrap();
    let error = checked.choose(&table).unwrap_err();
    assert!(error.to_string().contains("1 gminas have no row in the table (2817082)"), "{error}");
    let mut moved = rows();
    moved[0].strata.insert("subregion".to_owned(), "PL623".to_owned());
    let table = CriteriaTable::new(moved, vec![x()]).unwrap();
    let error = checked.choose(&table).unwrap_err();
    assert!(matches!(error, ChoiceError::OtherStratum { .. }), "{error}");
}

#[test]
fn rates_divide_and_refuse_a_zero_denominator() {
    let mut spec = spec();
    spec.criteria[0].measure = Measure::Rate;
    spec.criteria[0].denominator = Some(Denominator {
        variable: "population".to_owned(),
        year: spec.criteria[0].year,
        unit: "families".to_owned(),
        factor: 100.0,
    });
    let x = || column("x", values([1.0, 2.0, 1.0, 4.0, 9.0]));
    let people = column("population", values([3.0, 6.0, 50.0, 100.0, 0.0]));
    // Korsze 1/3 and Reszel 2/6 are one rate; the rural gmina's zero is not looked at.
    let selection = choose(&spec, vec![x(), people]).unwrap();
    assert_eq!(selection.tied_sets.as_ref().and_then(|t| t.count.get()), Some(2));
    assert_eq!(
        selection.explain("2816033".parse().unwrap()).unwrap().en,
        "Pisz (2816033): chosen, 1st of 2 in stratum PL623 (quota 1); ex, 2016: 4 (4 / 100); 2 ahead of \
         Orzysz (2816023), the next."
    );
    assert_eq!(
        selection.explain("2808053".parse().unwrap()).unwrap().pl,
        "Reszel (2808053): w remisie (wolne miejsca: 1, równe gminy: 2), miejsce 1 z 2 w warstwie PL622 ex \
         aequo (limit 1); iks, 2016: 33,3333 (2 / 6); na równi z gminą Korsze (2808043), w tym samym remisie."
    );
    let people = column("population", values([3.0, 6.0, 0.0, 100.0, 5.0]));
    let error = choose(&spec, vec![x(), people]).unwrap_err();
    assert!(error.to_string().starts_with("2816023 (Orzysz), population of 2016: 0"), "{error}");
}

#[test]
fn data_that_is_missing_empties_a_stratum_and_says_so() {
    let gap = Cell::Missing(Missing::Suppressed);
    let mut cells = values([3.0, 2.0, 1.0, 4.0, 9.0]);
    (cells[2], cells[3]) = (gap, gap);
    let mut wanted = spec();
    wanted.missing = MissingRule::Exclude;
    let error = choose(&wanted, vec![column("x", cells)]).unwrap_err();
    assert!(error.to_string().contains("'PL623': a quota of 1 and only 0"), "{error}");

    let mut cells = values([1.0; 5]);
    cells[3] = gap;
    let mut wanted = spec();
    wanted.eligibility.require_data =
        vec![VariableOfYear { variable: "income".to_owned(), year: wanted.criteria[0].year }];
    let x = column("x", values([3.0, 2.0, 1.0, 4.0, 9.0]));
    let selection = choose(&wanted, vec![x, column("income", cells)]).unwrap();
    assert_eq!(
        selection.explain("2816033".parse().unwrap()).unwrap().en,
        "Pisz (2816033): not eligible: has no value of income for 2016 (suppressed)."
    );
    assert!(selection.chosen.contains(&"2816023".parse().unwrap()));
}
