//! Life tables against MortCast, DemoTools, MortalityLaws, demography (`shared/vectors/life_tables`),
//! Kannisto's law against MortCast (`shared/vectors/mortality_from_e0`), and the published tables of
//! Poland (Human Mortality Database, embedded).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use diagnoza_core::demography::Sexes;
use diagnoza_core::demography::life_table::{
    InfantRule, LifeTable, OldAge, OpenGroup, Rules, SeparationRule, kannisto, kannisto_coherent,
};
use diagnoza_data::embedded;
use diagnoza_tests::shared;
use polars::prelude::DataType;

/// Columns of a CSV by name, as numbers; what is not a number becomes NaN.
struct Csv {
    header: Vec<String>,
    rows: Vec<Vec<f64>>,
}

impl Csv {
    fn read(folder: &Path, file: &str) -> Self {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        // MortalityLaws writes its intervals, commas and all, between quotes.
        let plain: String = text.split('"').step_by(2).collect();
        let mut lines = plain.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let header = lines.next().unwrap();
        let rows = lines
            .map(|line| {
                line.iter().map(|cell| cell.trim_end_matches('+').parse().unwrap_or(f64::NAN)).collect()
            })
            .collect();
        Self { header, rows }
    }

    fn column(&self, name: &str) -> Vec<f64> {
        let at = self.header.iter().position(|cell| cell == name).unwrap();
        self.rows.iter().map(|row| row[at]).collect()
    }

    fn ages(&self, name: &str) -> Vec<u32> {
        self.column(name).into_iter().map(|age| age as u32).collect()
    }
}

fn rules(infant: InfantRule, separation: SeparationRule) -> Rules {
    Rules { infant, separation }
}

fn sex_of(file: &str) -> Sexes {
    if file.contains("_F") { Sexes::Female } else { Sexes::Male }
}

/// Equal to 1e-8, relative above 1.
fn same(got: &[f64], expected: &[f64], what: &str) {
    assert!(got.len() >= expected.len(), "{what}: {} {}", got.len(), expected.len());
    for (row, (got, expected)) in got.iter().zip(expected).enumerate() {
        assert!(
            (got - expected).abs() < 1e-8 * expected.abs().max(1.0),
            "{what} row {row}: {got} {expected}"
        );
    }
}

const MORTCAST: [&str; 4] = ["usa_F_1933", "usa_F_2019", "poland_abridged_F", "poland_abridged_M"];

#[test]
fn every_column_matches_mortcast() {
    let Some(folder) = shared("vectors/life_tables") else { return };
    for case in MORTCAST {
        let csv = Csv::read(&folder, &format!("tool_MortCast_{case}.csv"));
        let table = LifeTable::from_mx(&csv.ages("age"), &csv.column("mx"), sex_of(case), &Rules::default())
            .unwrap()
            .with_radix(1.0)
            .unwrap();
        let columns = [
            ("qx", table.qx()),
            ("lx", table.lx()),
            ("dx", table.dx()),
            ("Lx", table.person_years()),
            ("Tx", table.years_above()),
            ("ex", table.ex()),
        ];
        for (name, got) in columns {
            same(got, &csv.column(name), &format!("{case} {name}"));
        }
        let closed = csv.rows.len() - 1;
        same(table.ax(), &csv.column("ax")[..closed], &format!("{case} ax"));
        // Abridged, the tool has no ratio in its last row.
        let abridged = case.contains("abridged");
        let (step, rows) = if abridged { (5, closed) } else { (1, closed + 1) };
        let ratios = table.survival_ratios(step, None, OpenGroup::Pooled).unwrap().to_vec();
        same(&ratios, &csv.column("sx")[..rows], &format!("{case} sx"));
    }
}

#[test]
fn every_column_matches_demotools_given_its_open_age() {
    let Some(folder) = shared("vectors/life_tables") else { return };
    let (ak, cd) = (InfantRule::AndreevKingkade, InfantRule::CoaleDemeny);
    let mut cases = vec![];
    for (name, infant) in [("ak", ak), ("cd", cd)] {
        for year in [1933, 2019] {
            cases.push((format!("{name}_usa_F_{year}"), infant, SeparationRule::Pas));
        }
        for sex in ["F", "M"] {
            cases.push((format!("pas_{name}_poland_abridged_{sex}"), infant, SeparationRule::Pas));
            cases.push((format!("un_{name}_poland_abridged_{sex}"), infant, SeparationRule::Un));
        }
    }
    for (case, infant, separation) in cases {
        let csv = Csv::read(&folder, &format!("tool_DemoTools_{case}.csv"));
        let (ages, mx, nax) = (csv.ages("Age"), csv.column("nMx"), csv.column("nAx"));
        let own = LifeTable::from_mx(&ages, &mx, sex_of(&case), &rules(infant, separation.clone())).unwrap();
        // The tool fits a law from age 60 to close the table. Its rule `un` takes the fitted rate of
        // age 100 as a neighbour of age 95, so that `a` may be compared below 95 only.
        let compared = ages.len() - if separation == SeparationRule::Un { 2 } else { 1 };
        same(own.ax(), &nax[..compared], &format!("{case} ax"));
        same(own.qx(), &csv.column("nqx")[..compared], &format!("{case} qx"));
        same(own.lx(), &csv.column("lx")[..=compared], &format!("{case} lx"));

        let given: Vec<f64> = own.ax()[..compared].iter().chain(&nax[compared..]).copied().collect();
        let table =
            LifeTable::from_mx(&ages, &mx, sex_of(&case), &rules(infant, SeparationRule::Given(given)))
                .unwrap();
        let columns = [
            ("nqx", table.qx()),
            ("ndx", table.dx()),
            ("nLx", table.person_years()),
            ("Tx", table.years_above()),
            ("ex", table.ex()),
        ];
        for (name, got) in columns {
            same(got, &csv.column(name), &format!("{case} {name}"));
        }
        let abridged = case.contains("abridged");
        let (step, rows) = if abridged { (5, ages.len() - 1) } else { (1, ages.len()) };
        let ratios = table.survival_ratios(step, None, OpenGroup::Pooled).unwrap().to_vec();
        same(&ratios, &csv.column("Sx")[..rows], &format!("{case} Sx"));
    }
}

#[test]
fn demography_is_coale_demeny_of_rates_with_midpoints() {
    let Some(folder) = shared("vectors/life_tables") else { return };
    for case in ["usa_F_1933", "usa_F_2019"] {
        let csv = Csv::read(&folder, &format!("tool_demography_{case}.csv"));
        let rules = rules(InfantRule::CoaleDemenyRate, SeparationRule::Midpoint);
        let table = LifeTable::from_mx(&csv.ages("age"), &csv.column("mx"), Sexes::Female, &rules)
            .unwrap()
            .with_radix(1.0)
            .unwrap();
        let columns = [
            ("qx", table.qx()),
            ("lx", table.lx()),
            ("dx", table.dx()),
            ("Lx", table.person_years()),
            ("Tx", table.years_above()),
            ("ex", table.ex()),
        ];
        for (name, got) in columns {
            same(got, &csv.column(name), &format!("{case} {name}"));
        }
    }
}

/// Its `a` of ages 0 and 1 and of the open age contradict its own `q` and `m`; the rest is a constant hazard.
#[test]
fn mortality_laws_is_a_constant_hazard() {
    let Some(folder) = shared("vectors/life_tables") else { return };
    let cases = ["usa_F_1933", "usa_F_2019", "poland_abridged_F", "poland_abridged_M"];
    for case in cases {
        let csv = Csv::read(&folder, &format!("tool_MortalityLaws_{case}.csv"));
        let rules = rules(InfantRule::ConstantHazard, SeparationRule::ConstantHazard);
        let table = LifeTable::from_mx(&csv.ages("x"), &csv.column("mx"), sex_of(case), &rules).unwrap();
        let closed = csv.rows.len() - 1;
        for (name, got) in [("qx", table.qx()), ("lx", table.lx()), ("dx", table.dx())] {
            same(got, &csv.column(name), &format!("{case} {name}"));
        }
        same(&table.ax()[2..], &csv.column("ax")[2..closed], &format!("{case} ax"));
        same(&table.person_years()[2..], &csv.column("Lx")[2..closed], &format!("{case} Lx"));
    }
}

#[test]
fn summary_of_life_expectancies_by_tool() {
    let Some(folder) = shared("vectors/life_tables") else { return };
    let text = std::fs::read_to_string(folder.join("SUMMARY_e0_by_tool.csv")).unwrap();
    let mut compared = 0;
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let rules = match cells[1] {
            "MortCast" => Rules::default(),
            "demography" => rules(InfantRule::CoaleDemenyRate, SeparationRule::Midpoint),
            _ => continue,
        };
        let (ages, mx) = if cells[0].starts_with("usa") {
            let csv = Csv::read(&folder, &format!("hmd_{}.csv", cells[0]));
            (csv.ages("Age"), csv.column("mx"))
        } else {
            let csv = Csv::read(&folder, &format!("tool_MortCast_{}.csv", cells[0]));
            (csv.ages("age"), csv.column("mx"))
        };
        let table = LifeTable::from_mx(&ages, &mx, sex_of(cells[0]), &rules).unwrap();
        let number = |cell: &str| cell.parse::<f64>().unwrap();
        same(&[table.e0()], &[number(cells[2])], line);
        same(&[table.expectancy_at(65).unwrap()], &[number(cells[3])], line);
        compared += 1;
    }
    assert_eq!(compared, 10);
}

#[test]
fn survival_ratios_of_poland_2020_to_2050_match_mortcast() {
    let Some(folder) = shared("vectors/cohort_component/poland_wpp2024_5x5") else { return };
    let text = std::fs::read_to_string(folder.join("in_mx_abridged.csv")).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let expectancies = std::fs::read_to_string(folder.join("tool_e0_MortCast.csv")).unwrap();
    let ages: Vec<u32> = [0, 1].into_iter().chain((5..=100).step_by(5)).collect();
    for (sex, column) in [(Sexes::Male, 2), (Sexes::Female, 3)] {
        let csv = Csv::read(&folder, &format!("tool_survival_ratios_{sex}.csv"));
        for period in &csv.header[1..] {
            let mx: Vec<f64> =
                rows.iter().filter(|row| row[0] == period).map(|row| row[column].parse().unwrap()).collect();
            let table = LifeTable::from_mx(&ages, &mx, sex, &Rules::default()).unwrap();
            let ratios = table.survival_ratios(5, None, OpenGroup::Pooled).unwrap().to_vec();
            same(&ratios, &csv.column(period), &format!("{period} {sex}"));
            let line = format!("{period},{sex},");
            let e0 = expectancies.lines().find_map(|text| text.strip_prefix(&line)).unwrap();
            same(&[table.e0()], &[e0.parse().unwrap()], &line);
        }
    }
}

#[test]
fn kannisto_and_coherent_kannisto_match_mortcast_to_130() {
    let Some(folder) = shared("vectors/mortality_from_e0") else { return };
    let women = Csv::read(&folder, "in_mxF_poland_wpp2017.csv");
    let men = Csv::read(&folder, "in_mxM_poland_wpp2017.csv");
    let (alone, coherent) = (Csv::read(&folder, "kannisto_M.csv"), Csv::read(&folder, "cokannisto_F.csv"));
    let ages = women.ages("age");
    let old = OldAge::FIVE_YEAR;
    for period in &women.header[1..] {
        let (f, m) = (women.column(period), men.column(period));
        let got = kannisto(&ages, &m, &old).unwrap();
        assert_eq!(got.age, alone.ages("age"));
        let (got_f, got_m) = kannisto_coherent(&ages, &f, &m, &old).unwrap();
        assert!((got_f.law.slope - got_m.law.slope).abs() < 1e-15);
        for (got, expected) in [(&got.mx, alone.column(period)), (&got_f.mx, coherent.column(period))] {
            assert_eq!(got.len(), expected.len());
            for (got, expected) in got.iter().zip(expected) {
                assert!((got - expected).abs() < 1e-12, "{period}: {got} {expected}");
            }
        }
    }
}

/// The 132 published tables of the Human Mortality Database, from `m` and `a` as rounded there, and
/// from `m` alone.
#[test]
fn poland_1958_to_2023_is_the_published_table() {
    let frame = embedded::table("hmd_poland").unwrap();
    let sexes = frame.column("sex").unwrap().str().unwrap();
    let column = |name: &str| -> Vec<f64> {
        let numbers = frame.column(name).unwrap().cast(&DataType::Float64).unwrap();
        numbers.f64().unwrap().iter().map(Option::unwrap).collect()
    };
    let (years, ages) = (column("year"), column("age"));
    let published: Vec<Vec<f64>> = ["mx", "ax", "qx", "lx", "Lx", "Tx", "ex"].map(column).into();
    let starts: Vec<usize> = (0..frame.height()).filter(|&row| ages[row] < 0.5).collect();
    assert_eq!(starts.len(), 132);
    let age: Vec<u32> = (0..=110).collect();
    for start in starts {
        let sex = sexes.get(start).unwrap();
        let what = format!("{sex} {}", years[start]);
        let of = |index: usize| &published[index][start..start + 111];
        let sex: Sexes = sex.parse().unwrap();
        let given = rules(InfantRule::default(), SeparationRule::Given(of(1).to_vec()));
        let rebuilt = LifeTable::from_mx(&age, of(0), sex, &given).unwrap();
        assert!((rebuilt.e0() - of(6)[0]).abs() < 0.01, "{what}: {} {}", rebuilt.e0(), of(6)[0]);
        for row in 0..111 {
            // Rates have five decimals and a(x) two: a probability may differ by one in the fifth.
            assert!((rebuilt.qx()[row] - of(2)[row]).abs() < 1.6e-5, "{what} q({row})");
            // The roundings of the rates below add up, and a(0) of two decimals is worth up to 4e-5.
            let most = 0.5 + of(3)[row] * (4e-5 + 0.6e-5 * row as f64);
            assert!((rebuilt.lx()[row] - of(3)[row]).abs() < most, "{what} l({row})");
        }
        for separation in [SeparationRule::Greville, SeparationRule::Midpoint, SeparationRule::Keyfitz] {
            let by_rule = rules(InfantRule::AndreevKingkade, separation.clone());
            let named = LifeTable::from_mx(&age, of(0), sex, &by_rule).unwrap();
            assert!((named.e0() - of(6)[0]).abs() < 0.05, "{what} {separation:?}: {}", named.e0());
            let abridged = named.abridged().unwrap();
            assert!((abridged.e0() - named.e0()).abs() < 1e-12);
        }
    }
}
