use ndarray::{Array1, Array2, Array3};

use super::*;
use crate::demography::survival::life_expectancy;

const PISZ: &str = "2816";

fn year(year: i64) -> Year {
    Year::new(year).unwrap()
}

fn assumptions() -> Assumptions {
    let steps = 10;
    Assumptions::new(
        Array3::from_elem((steps, 2, 5), 0.9),
        Array2::from_shape_fn((steps, 4), |(step, _)| 0.3 - 0.01 * step as f64),
        Array1::from_elem(steps, 1.06),
        Array3::from_elem((steps, 2, 4), -10.0),
    )
    .unwrap()
}

fn applied(toml: &str) -> Result<Assumptions, ScenarioError> {
    let spec = ScenarioSpec::from_toml("test.toml", toml)?;
    let powiats_of = |unit: UnitId| unit.teryt().map(|code| vec![code]);
    let scenario = spec.check(year(2023), year(2032), powiats_of)?;
    let mut assumptions = assumptions();
    scenario.apply(PISZ.parse().unwrap(), year(2022), &mut assumptions)?;
    Ok(assumptions)
}

fn file(change: &str) -> String {
    format!("format = \"diagnoza-scenario/1\"\nname = \"x\"\nbase = \"main\"\n[[change]]\n{change}\n")
}

#[test]
fn a_total_fertility_rate_holds_from_its_year_on() {
    let tfr = applied(&file("tfr = 1.5\nfrom = 2025")).unwrap().total_fertility();
    assert!((tfr[1] - 1.16).abs() < 1e-12);
    assert!(tfr.iter().skip(2).all(|tfr| (tfr - 1.5).abs() < 1e-12), "{tfr}");
}

#[test]
fn a_total_fertility_rate_is_reached_on_a_line() {
    let tfr = applied(&file("tfr = 2.0\nfrom = 2025\nby = 2028")).unwrap().total_fertility();
    let start = 1.16;
    for (step, part) in [(2, 0.25), (3, 0.5), (4, 0.75), (5, 1.0), (9, 1.0)] {
        assert!((tfr[step] - (start + (2.0 - start) * part)).abs() < 1e-12, "{step} {tfr}");
    }
}

#[test]
fn migration_life_expectancy_and_constant_rates() {
    let none = applied(&file("net_migration_factor = 0.0\nfrom = 2024")).unwrap();
    assert!((none.net_migration().sum() + 10.0 * 8.0).abs() < 1e-12);
    let longer = applied(&file("e0_shift = 2.0\nsex = \"F\"\nfrom = 2023")).unwrap();
    let e0 = |a: &Assumptions, sex: usize| life_expectancy(a.survival.slice(s![0, sex, ..])).unwrap();
    assert!((e0(&longer, 0) - 11.0).abs() < 1e-8 && (e0(&longer, 1) - 9.0).abs() < 1e-8);
    let constant = applied(&file("constant_rates = true\nfrom = 2024")).unwrap();
    assert!((constant.total_fertility()[9] - 1.16).abs() < 1e-12);
}

#[test]
fn changes_for_other_units_leave_a_powiat_alone() {
    let elsewhere = applied(&file("tfr = 1.5\nfrom = 2025\nunits = [\"2805\"]")).unwrap();
    assert_eq!(elsewhere, assumptions());
    let here = applied(&file("tfr = 1.5\nfrom = 2025\nunits = [\"2816\"]")).unwrap();
    assert_ne!(here, assumptions());
}

#[test]
fn wrong_files_are_refused_with_their_place() {
    let message = |change: &str| applied(&file(change)).unwrap_err().to_string();
    assert!(message("tfrr = 1.1\nfrom = 2025").contains("unknown field `tfrr`"));
    assert!(message("tfrr = 1.1\nfrom = 2025").contains("line 5"));
    assert!(message("from = 2025").starts_with("change 1 sets 0 assumptions"));
    assert!(message("tfr = 1.1\ntfr_factor = 2.0\nfrom = 2025").starts_with("change 1 sets 2 assumptions"));
    assert!(message("tfr = -1.0\nfrom = 2025").contains("tfr = -1, expected 0 to 10"));
    assert!(message("tfr = 1.1\nfrom = 2061").contains("from = 2061 is outside the years 2023 to 2032"));
    assert!(message("tfr = 1.1\nfrom = 2025\nby = 2024").contains("by = 2024"));
    assert!(message("tfr = 1.1").contains("'from' is missing"));
    assert!(message("tfr = 1.1\nfrom = 2025\nsex = \"F\"").contains("e0_shift only"));
    assert!(message("tfr = 1.1\nfrom = 2025\nunits = [\"PL623\"]").contains("unit PL623"));
    let other = "format = \"x\"\nname = \"x\"\nbase = \"main\"\n";
    assert!(applied(other).unwrap_err().to_string().contains("format 'x' is not known"));
    let official = "format = \"diagnoza-scenario/1\"\nname = \"low\"\nbase = \"main\"\n";
    assert!(applied(official).unwrap_err().to_string().contains("that of a base"));
}
