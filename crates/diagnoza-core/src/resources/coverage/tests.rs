use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::territory::{Gazetteer, UnitRecord};

/// Made up apart from codes and names of the register.
fn gazetteer() -> Gazetteer {
    let units = [
        ("22", "pomorskie"),
        ("2201", "bytowski"),
        ("2261", "Gdańsk"),
        ("28", "warmińsko-mazurskie"),
        ("2816", "piski"),
        ("2816033", "Pisz"),
        ("2816042", "Ruciane-Nida"),
        ("2862", "Olsztyn"),
        ("2862011", "Olsztyn"),
    ];
    let record =
        |(code, name): (&str, &str)| UnitRecord::new(code.parse::<crate::territory::UnitId>().unwrap(), name);
    Gazetteer::from_records(units.into_iter().map(record).collect()).unwrap()
}

const TARGETS: &str = r#"
title = { pl = "Próba", en = "Trial" }
source = "made up for the tests"
territory = "28"
period = { from = "2023-01-01", to = "2024-12-31" }
[[target]]
id = "people"
name = { pl = "Osoby", en = "Persons" }
counts = "persons"
goal = { value = 4 }
[[target]]
id = "gminas"
name = { pl = "Gminy", en = "Gminas" }
counts = "gminas"
goal = { share = 0.7 }
frame = { register = "2023-01-01" }
[[target]]
id = "governments"
name = { pl = "JST", en = "Governments" }
counts = "gminas_and_powiats"
goal = { share = 0.7 }
frame = { register = "2023-01-01" }
[[target]]
id = "course"
name = { pl = "Kurs", en = "Course" }
counts = "persons"
goal = { value = 2 }
forms = ["Training"]
requires = [{ module = "I", hours = 60 }, { module = "II", hours = 52 }]
[[target]]
id = "advice"
name = { pl = "Doradztwo", en = "Advice" }
counts = "hours"
goal = { value = 10 }
forms = ["advice"]
"#;

fn targets() -> CheckedTargetSet {
    TargetSet::from_toml(TARGETS).unwrap().check(&gazetteer(), &BTreeMap::new()).unwrap()
}

/// `row person institution unit form module hours date`, `_` for an empty cell.
fn rows(text: &str) -> Vec<SupportRow> {
    let row = |(i, line): (usize, &str)| {
        let cells: Vec<String> =
            line.split_whitespace().map(|c| if c == "_" { String::new() } else { c.to_owned() }).collect();
        let [person, institution, unit, form, module, hours, date] = cells.try_into().unwrap();
        let role = String::new();
        SupportRow { row: i + 2, person, institution, unit, form, module, hours, date, role }
    };
    text.lines().filter(|line| !line.trim().is_empty()).enumerate().map(row).collect()
}

fn run(rows: &[SupportRow], step: Step) -> Coverage {
    let register = SupportRegister::check(rows, &gazetteer(), KeyRule::Trim);
    coverage(&register, &targets(), &gazetteer(), step)
}

fn of<'c>(found: &'c Coverage, id: &str) -> &'c TargetCoverage {
    found.targets.iter().find(|target| target.id == id).unwrap()
}

const REGISTER: &str = "
A   OPS-1 2816033 training I  60   2023-03-01
A   OPS-1 2816033 training II 30,5 2023-09-01
A   OPS-1 2816033 training II 21.5 2024-02-01
B   OPS-1 2816042 training I  60   2023-03-01
B   OPS-2 2862    training II 51   2023-04-01
B   OPS-2 2862    training II 51   2023-04-01
_   OPS-3 2816    advice   _  4    2024-06-30
C   _     _       other    _  _    2023-01-01
D   OPS-1 2816033 other    _  _    2022-12-31
E   OPS-9 2201    other    _  _    2023-05-05
";

#[test]
fn people_units_and_hours_are_counted_once() {
    let found = run(&rows(REGISTER), Step::Year);
    let people = of(&found, "people");
    assert_eq!(
        (people.achieved, people.needed, people.missing, people.percent),
        (2.0, Some(4.0), Some(2.0), Some(50.0))
    );
    // A 60 + 52 hours; B lacks an hour of module II, for the equal rows count once.
    let course = of(&found, "course");
    assert_eq!((course.achieved, course.incomplete), (1.0, 1));
    assert_eq!(course.rows, RowAccount { counted: 5, same: 1, of_other_kind: 4, left_out: 0 });
    let by_year: Vec<_> =
        course.periods.iter().map(|p| (p.period.as_str(), p.keys, p.new, p.cumulated)).collect();
    assert_eq!(by_year, [("2023", 2, 0.0, 0.0), ("2024", 1, 1.0, 1.0)]);
    assert_eq!((course.twice_by_period, course.twice_by_gmina), (1, 1));
    assert_eq!(Some(of(&found, "advice").achieved), Some(4.0));
    let same: Vec<_> = found.double_counting.same_rows.iter().map(|same| (same.row, same.of)).collect();
    assert_eq!(same, [(7, 6)]);
    let repeats: Vec<_> =
        found.double_counting.repeats.iter().map(|r| (r.key.as_str(), r.rows.len())).collect();
    assert_eq!(repeats, [("A", 3), ("B", 2), ("OPS-1", 5)]);
}

#[test]
fn shares_are_of_the_frame_and_missing_units_are_named() {
    let found = run(&rows(REGISTER), Step::Year);
    // Three gminas, the city by its powiat's code: 70 % of 3 is at least 3.
    let gminas = of(&found, "gminas");
    assert_eq!((gminas.frame, gminas.needed, gminas.achieved), (Some(3), Some(3.0), 3.0));
    assert_eq!(gminas.without_support.as_deref(), Some(&[][..]));
    let governments = of(&found, "governments");
    assert_eq!((governments.frame, governments.achieved), (Some(4), 4.0));
    let one = run(&rows("A O 2816033 x _ _ 2023-01-01"), Step::Year);
    let names: Vec<_> =
        of(&one, "gminas").without_support.iter().flatten().map(|u| u.name.as_deref().unwrap()).collect();
    assert_eq!(names, ["Ruciane-Nida", "Olsztyn"]);
    assert_eq!(of(&one, "people").without_support.as_ref().map(Vec::len), Some(2));
}

#[test]
fn every_fault_of_every_row_is_listed_and_rows_add_up() {
    let found = run(
        &rows(
            "A _ 9999 x _ -3 31.02.2023\n_ _ Pisz x _ siedem _\nB _ 2816033 x _ _ 2030-01-01\nC _ _ x _ _ 2023-01-01",
        ),
        Step::Year,
    );
    let faults: Vec<_> =
        found.left_out.iter().filter(|f| f.target.is_none()).map(|f| (f.row, f.reason)).collect();
    use LeftOutReason as R;
    assert_eq!(
        faults,
        [
            (2, R::BadDate),
            (2, R::UnknownUnit),
            (2, R::NegativeHours),
            (3, R::NoDate),
            (3, R::BadHours),
            (3, R::NoKey)
        ]
    );
    let of_people: Vec<_> = found
        .left_out
        .iter()
        .filter(|f| f.target.as_deref() == Some("people"))
        .map(|f| (f.row, f.reason))
        .collect();
    assert_eq!(of_people, [(5, R::NoUnit), (4, R::OutsidePeriod)]);
    for target in &found.targets {
        let rows = target.rows;
        assert_eq!(rows.counted + rows.same + rows.of_other_kind + rows.left_out, 2, "{}", target.id);
    }
    assert_eq!(found.left_out.iter().find(|f| f.row == 3).unwrap().because.pl, "brak daty wsparcia");
}

#[test]
fn keys_are_exact_and_likely_doubles_are_only_shown() {
    let written = rows("Ala O-1 2816033 x _ _ 2023-01-01\nALA O.1 2816033 x _ _ 2023-01-01");
    let found = run(&written, Step::Year);
    assert_eq!(Some(of(&found, "people").achieved), Some(2.0));
    assert_eq!(found.double_counting.alike, [["ALA", "Ala"], ["O-1", "O.1"]]);
    let register = SupportRegister::check(&written, &gazetteer(), KeyRule::TrimCase);
    assert_eq!(
        Some(of(&coverage(&register, &targets(), &gazetteer(), Step::Year), "people").achieved),
        Some(1.0)
    );
}

#[test]
fn shipped_targets_are_read_and_say_what_is_unknown() {
    for (name, text) in shipped::ALL {
        let set = TargetSet::from_toml(text).unwrap();
        let checked = set.clone().check(&gazetteer(), &BTreeMap::new()).unwrap();
        let empty = SupportRegister::check(&[], &gazetteer(), KeyRule::Trim);
        let found = coverage(&empty, &checked, &gazetteer(), Step::Year);
        assert!(
            found.targets.iter().all(|target| target.achieved < 0.5 && target.periods.is_empty()),
            "{name}"
        );
        assert!(set.source.en.contains("not at hand"), "{name}");
    }
    let pomorskie = TargetSet::from_toml(shipped::POMORSKIE_2023_2028).unwrap();
    let given = BTreeMap::from([("social_economy".to_owned(), Frame::Number(139))]);
    let checked = pomorskie.check(&gazetteer(), &given).unwrap();
    let needed: Vec<_> = checked.targets().iter().map(CheckedTarget::needed).collect();
    // 70 % of 139 is 97.3; two powiats of this excerpt; institutions not given.
    assert_eq!(needed, [Some(1090.0), Some(98.0), Some(2.0), None]);
}

#[test]
fn units_of_a_voivodeship_that_the_register_lacks_are_taken_by_their_code() {
    let set = TargetSet::from_toml(shipped::POMORSKIE_2023_2028).unwrap();
    let frames =
        BTreeMap::from([("social_economy".to_owned(), Frame::Listed(vec!["2201011".into(), "2261".into()]))]);
    let checked = set.check(&gazetteer(), &frames).unwrap();
    let written = rows(
        "A _ 2201012 social_economy _ _ 2023-02-02\nA _ 2261011 social_economy _ _ 2023-02-02\nA _ 2202012 social_economy _ _ 2023-02-02",
    );
    let register = SupportRegister::check(&written, &gazetteer(), KeyRule::Trim);
    // Powiat 2202 is not in this excerpt, which holds the voivodeship's powiats.
    assert_eq!(
        register.left_out().iter().map(|f| (f.row, f.reason)).collect::<Vec<_>>(),
        [(4, LeftOutReason::UnknownUnit)]
    );
    let found = coverage(&register, &checked, &gazetteer(), Step::Year);
    assert_eq!(Some(of(&found, "social_economy").achieved), Some(2.0));
}

#[test]
fn sets_that_contradict_themselves_are_refused_by_target() {
    let refused = |change: &dyn Fn(&mut TargetSet)| {
        let mut set = TargetSet::from_toml(TARGETS).unwrap();
        change(&mut set);
        set.check(&gazetteer(), &BTreeMap::new()).unwrap_err().to_string()
    };
    assert!(refused(&|s| s.targets.clear()).contains("no targets"));
    assert!(refused(&|s| s.targets[1].id = "people".into()).contains("'people'"));
    assert!(refused(&|s| s.targets[0].goal = Some(Goal::Share(1.2))).contains("above 0 to 1"));
    assert!(refused(&|s| s.targets[0].goal = Some(Goal::Value(f64::NAN))).contains("whole number"));
    assert!(refused(&|s| s.targets[0].minimum_hours = Some(-1.0)).contains("-1 hours"));
    assert!(refused(&|s| s.targets[4].minimum_hours = Some(1.0)).contains("counts hours"));
    assert!(refused(&|s| s.territory = Some("32".parse().unwrap())).contains("territory 32"));
    assert!(refused(&|s| s.territory = Some("22".parse().unwrap())).contains("no gminas of 22"));
    assert!(refused(&|s| s.targets[1].frame = Some(Frame::Number(0))).contains("empty"));
    assert!(
        refused(&|s| s.targets[1].frame = Some(Frame::Listed(vec!["2816".into()])))
            .contains("none of the gminas")
    );
    assert!(refused(&|s| s.targets[0].frame = Some(Frame::Listed(vec![]))).contains("a number"));
    let back = |p: Period| Period { from: p.to, to: p.from };
    assert!(refused(&|s| s.period = s.period.map(back)).contains("the first first"));
    let unknown = BTreeMap::from([("other".to_owned(), Frame::Number(1))]);
    let error = TargetSet::from_toml(TARGETS).unwrap().check(&gazetteer(), &unknown).unwrap_err();
    assert!(error.to_string().contains("people, gminas"), "{error}");
    assert!(TargetSet::from_toml("title = 1").unwrap_err().to_string().contains("line 1"));
}

#[test]
fn results_read_back_from_json() {
    let found = run(&rows(REGISTER), Step::Quarter);
    let text = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Coverage>(&text).unwrap(), found);
}

fn any_row() -> impl Strategy<Value = SupportRow> {
    let words = (0..4_u8, 0..3_u8, prop::sample::select(vec!["2816033", "2816042", "2862", "2816", ""]));
    let rest = (
        prop::sample::select(vec!["training", "advice"]),
        0..3_u8,
        0..80_u8,
        1..29_u8,
        1..13_u8,
        2023..2025_u16,
    );
    (words, rest).prop_map(|((person, institution, unit), (form, module, hours, day, month, year))| {
        SupportRow {
            row: 0,
            person: if person == 0 { String::new() } else { format!("P{person}") },
            institution: format!("I{institution}"),
            unit: unit.to_owned(),
            form: form.to_owned(),
            module: "I".repeat(usize::from(module)),
            hours: hours.to_string(),
            date: format!("{year}-{month:02}-{day:02}"),
            role: String::new(),
        }
    })
}

fn numbered(mut rows: Vec<SupportRow>) -> Vec<SupportRow> {
    for (i, row) in rows.iter_mut().enumerate() {
        row.row = i + 2;
    }
    rows
}

proptest! {
    #[test]
    fn order_does_not_matter(rows in prop::collection::vec(any_row(), 0..30).prop_map(numbered).prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))) {
        prop_assert_eq!(run(&rows.0, Step::Year).targets, run(&rows.1, Step::Year).targets);
    }

    #[test]
    fn a_row_given_twice_changes_no_count(rows in prop::collection::vec(any_row(), 1..30), which in any::<prop::sample::Index>()) {
        let mut twice = rows.clone();
        twice.push(rows[which.index(rows.len())].clone());
        let (once, twice) = (run(&numbered(rows), Step::Year), run(&numbered(twice), Step::Year));
        for (one, two) in once.targets.iter().zip(&twice.targets) {
            prop_assert!((one.achieved - two.achieved).abs() < 1e-9);
            prop_assert_eq!(&one.periods, &two.periods);
        }
    }

    #[test]
    fn shorter_periods_cumulate_to_the_same(rows in prop::collection::vec(any_row(), 1..30).prop_map(numbered)) {
        let last = |step| {
            let found = run(&rows, step);
            found.targets.iter().map(|t| t.periods.last().map(|p| p.cumulated)).collect::<Vec<_>>()
        };
        let years = last(Step::Year);
        for step in [Step::Half, Step::Quarter, Step::Month] {
            prop_assert_eq!(&last(step), &years);
        }
        for target in run(&rows, Step::Month).targets {
            let new: f64 = target.periods.iter().map(|period| period.new).sum();
            prop_assert!((new - target.achieved).abs() < 1e-6);
            let account = target.rows;
            prop_assert_eq!(account.counted + account.same + account.of_other_kind + account.left_out, rows.len());
        }
    }

    #[test]
    fn hostile_cells_never_panic(cells in prop::collection::vec("\\PC{0,12}", 8)) {
        let cell = |i: usize| cells[i].clone();
        let row = SupportRow {
            row: 2, person: cell(0), institution: cell(1), unit: cell(2), form: cell(3),
            module: cell(4), hours: cell(5), date: cell(6), role: cell(7),
        };
        let found = run(&[row], Step::Month);
        prop_assert!(found.targets.iter().all(|target| target.achieved.is_finite()));
    }
}
