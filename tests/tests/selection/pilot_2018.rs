//! The pilot of 2018 on the frame of April 2018.

use crate::*;

fn spec() -> SelectionSpec {
    SelectionSpec::from_toml(shipped::PILOT_28_2018).unwrap()
}

/// The 116 gminas with the kinds of before 2019.
fn rows(text: &str) -> Vec<GminaRow> {
    let row = |record: &BTreeMap<&str, &str>| {
        let digit = record["type_code_before_2019"].parse().unwrap();
        let kind = GminaKind::from_digit(digit).unwrap();
        GminaRow {
            code: record["teryt"].parse::<Teryt>().unwrap().with_kind(kind),
            name: record["name"].to_owned(),
            powiat: record["powiat"].to_owned(),
            strata: BTreeMap::from([("subregion".to_owned(), record["nuts3"].to_owned())]),
        }
    };
    records(text).iter().map(row).collect()
}

#[test]
fn the_frame_is_33_gminas_in_strata_of_12_13_and_8() {
    let Some(text) = shared("data/territory/gminas_28.csv") else {
        return;
    };
    let checked = spec().check(&Frame::new(rows(&text)).unwrap()).unwrap();
    let wanted = checked.missing_table();
    assert_eq!(checked.frame().gminas().len(), 116);
    assert_eq!(wanted.gminas.len(), 33);
    let supply: Vec<(&str, usize, usize)> =
        wanted.strata.iter().map(|(s, n)| (s.as_str(), n.eligible, n.quota)).collect();
    assert_eq!(supply, [("PL621", 12, 2), ("PL622", 13, 2), ("PL623", 8, 1)]);
    assert!(wanted.gminas.values().all(|name| name != "Wielbark"));
    assert!(wanted.template.starts_with(
        "teryt,name,ozps2016_families_total,ozps2016_persons_in_families_total\n2801043,Bisztynek,,\n"
    ));
    assert_eq!(wanted.template.lines().count(), 34);
    assert!(wanted.template.ends_with("2819033,Węgorzewo,,\n"));
    assert_eq!(
        wanted.to_string(),
        "table 'gmina_frame_28' is not supplied; it needs column ozps2016_families_total (number of \
         families on social assistance, 2016, families), column ozps2016_persons_in_families_total \
         (number of persons in families on social assistance, 2016, persons) for 33 gminas: PL621 12 \
         (quota 2), PL622 13 (quota 2), PL623 8 (quota 1); fill in the template and pass it with --table"
    );
}

#[test]
fn the_published_codes_are_the_gminas_that_were_named() {
    let Some(text) = shared("data/territory/gminas_28.csv") else {
        return;
    };
    let frame = Frame::new(rows(&text)).unwrap();
    let published = spec().published.unwrap().chosen;
    let names: Vec<(&str, &str)> = published
        .iter()
        .map(|&code| frame.get(code).unwrap())
        .map(|row| (row.name.as_str(), row.powiat.as_str()))
        .collect();
    let expected = [
        ("Pisz", "piski"),
        ("Morąg", "ostródzki"),
        ("Miłomłyn", "ostródzki"),
        ("Korsze", "kętrzyński"),
        ("Reszel", "kętrzyński"),
    ];
    assert_eq!(names, expected);
}

#[test]
fn empty_ozps_columns_are_refused_for_every_gmina() {
    let (Some(text), Some(frame)) =
        (shared("data/territory/gminas_28.csv"), shared("data/selection/gmina_frame_28.csv"))
    else {
        return;
    };
    let (rows, records) = (rows(&text), records(&frame));
    let of_rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let same = |r: &&BTreeMap<&str, &str>| row.code.same_unit(r["teryt"].parse().unwrap());
            records.iter().find(same).unwrap().clone()
        })
        .collect();
    let columns = vec![
        column(&of_rows, "ozps2016_families_total", 2016, "families"),
        column(&of_rows, "ozps2016_persons_in_families_total", 2016, "persons"),
        column(&of_rows, "population_2020", 2020, "persons"),
    ];
    let table = CriteriaTable::new(rows, columns).unwrap();
    let error = spec().check(table.frame()).unwrap().choose(&table).unwrap_err();
    let ChoiceError::MissingValues { values } = error else { panic!("{error}") };
    assert_eq!(values.len(), 66);

    // What a count alone would choose: population is known and does not give the published set.
    let mut spec = spec();
    spec.ties = TieRule::Report;
    spec.criteria.truncate(1);
    spec.criteria[0].variable = "population_2020".to_owned();
    spec.criteria[0].year = Year::new(2020).unwrap();
    spec.criteria[0].unit = "persons".to_owned();
    let selection = run(&spec, &table);
    let (stratum, milomlyn) = selection.ranked("2815073".parse().unwrap()).unwrap();
    assert_eq!((milomlyn.rank, stratum.rows.len()), (10, 12));
    let published = selection.published.unwrap();
    assert!(!published.reproduced);
    assert_eq!(published.in_both, codes(&["2815083", "2816033"]));
    assert_eq!(published.only_published, codes(&["2808043", "2808053", "2815073"]));
}

#[test]
fn a_table_with_the_kinds_of_after_2019_has_34_gminas() {
    let Some(text) = shared("data/territory/gminas_28.csv") else {
        return;
    };
    let mut rows = rows(&text);
    for row in &mut rows {
        if row.name == "Wielbark" {
            row.code = row.code.with_kind(GminaKind::UrbanRural);
        }
    }
    let checked = spec().check(&Frame::new(rows).unwrap()).unwrap();
    assert_eq!(checked.eligible().count(), 34);
}
