use super::super::fixture;
use super::*;

fn record(code: &str, name: &str) -> UnitRecord {
    UnitRecord::new(code.parse::<UnitId>().unwrap(), name)
}

fn between(code: &str, from: &str, to: &str) -> UnitRecord {
    let date = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
    UnitRecord { valid_from: date(from), valid_to: date(to), ..record(code, "x") }
}

fn refused(more: Vec<UnitRecord>) -> GazetteerError {
    let mut records = fixture::records();
    records.extend(more);
    Register::check(records).unwrap_err()
}

#[test]
fn takes_the_excerpt_in_any_order_and_adds_poland() {
    let mut records = fixture::records();
    records.reverse();
    let codes = |records| {
        let register = Register::check(records).unwrap();
        register.records().map(|record| record.unit.to_string()).collect::<Vec<_>>()
    };
    let sorted = codes(fixture::records());
    assert_eq!(codes(records), sorted);
    assert!(sorted.contains(&"00".to_owned()));
    assert_eq!(sorted.len(), fixture::records().len() + 1);
}

#[test]
fn refuses_versions_that_overlap_whatever_their_kind() {
    for more in [
        record("2816033", "Pisz"),
        between("2816032", "", "2001-01-01"),
        between("2817081", "2018-12-31", "2019-01-01"),
    ] {
        assert!(matches!(refused(vec![more]), GazetteerError::Overlap { .. }));
    }
    let error = refused(vec![between("2817081", "2018-12-31", "2019-01-01")]);
    assert_eq!(
        error.to_string(),
        "units 2817082 (before 2019-01-01) and 2817081 (from 2018-12-31 to the day before 2019-01-01) are \
         versions of one unit and overlap in time"
    );
}

#[test]
fn refuses_units_without_the_unit_above() {
    let error = refused(vec![record("2820012", "Sierota")]);
    assert_eq!(
        error.to_string(),
        "unit 2820012 (Sierota) is valid at all times, but its powiat 2820 is not in the register for all \
         that time"
    );
    assert!(matches!(
        refused(vec![record("3001", "x")]),
        GazetteerError::NoParent { level: Level::Voivodeship, .. }
    ));
    let mut powiat = record("2818", "gołdapski");
    powiat.subregion = Some("PL624".parse().unwrap());
    assert!(matches!(refused(vec![powiat]), GazetteerError::NoParent { level: Level::Subregion, .. }));
}

#[test]
fn the_unit_above_must_stand_all_the_time() {
    // Powiat 2899 of the excerpt ends in 2002: a gmina may end with it, not outlive it.
    assert!(matches!(
        refused(vec![between("2899012", "", "2002-01-02")]),
        GazetteerError::NoParent { level: Level::Powiat, .. }
    ));
    let mut records = fixture::records();
    records.push(between("2899012", "", "2002-01-01"));
    assert!(Register::check(records).is_ok());
    // Two versions that meet cover the time together; with a day between them they do not.
    let powiat = |until, from| {
        let mut records = fixture::records();
        records.extend([between("2820", "", until), between("2820", from, ""), record("2820012", "x")]);
        Register::check(records).is_ok()
    };
    assert!(powiat("2002-01-01", "2002-01-01"));
    assert!(!powiat("2002-01-01", "2002-01-02"));
}

#[test]
fn refuses_records_that_do_not_fit_their_level() {
    assert!(matches!(refused(vec![record("281604", "x")]), GazetteerError::NoKind { .. }));
    assert!(matches!(refused(vec![record("2816034", "x")]), GazetteerError::Part { .. }));
    assert!(matches!(refused(vec![record("2816042", " ")]), GazetteerError::NoName { .. }));
    for (from, to) in [("2019-01-01", "2019-01-01"), ("2019-01-02", "2019-01-01")] {
        let never = refused(vec![between("2816042", from, to)]);
        assert!(matches!(never, GazetteerError::NeverValid { .. }));
    }
    let gmina = UnitRecord { subregion: Some("PL623".parse().unwrap()), ..record("2816042", "x") };
    assert!(matches!(refused(vec![gmina]), GazetteerError::NotAPowiat { .. }));
    let powiat = UnitRecord { subregion: Some("PL62".parse().unwrap()), ..record("2818", "x") };
    assert!(matches!(refused(vec![powiat]), GazetteerError::NotASubregion { .. }));
    let region: Nuts = "PL62".parse().unwrap();
    assert!(matches!(refused(vec![UnitRecord::new(region, "x")]), GazetteerError::NotASubregion { .. }));
}

#[test]
fn refuses_bdl_digits_that_contradict() {
    let powiat = |prefix: &str| UnitRecord {
        subregion: Some("PL622".parse().unwrap()),
        bdl_prefix: Some(prefix.parse().unwrap()),
        ..record("2810", "mrągowski")
    };
    assert!(matches!(refused(vec![powiat("0112120")]), GazetteerError::ForeignPrefix { .. }));
    let error = refused(vec![powiat("0428155")]);
    assert!(
        matches!(&error, GazetteerError::TwoIds { shared, .. } if shared.to_string() == "PL622"),
        "{error}"
    );
    let error = refused(vec![powiat("0528156")]);
    assert!(matches!(error, GazetteerError::TwoIds { .. }), "{error}");
}
