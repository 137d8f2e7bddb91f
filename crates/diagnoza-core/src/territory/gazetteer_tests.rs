use super::super::{BdlLookupError, BdlUnitId, fixture};
use super::*;

fn unit(code: &str) -> UnitId {
    code.parse().unwrap()
}

fn on(date: &str) -> Gazetteer {
    fixture::gazetteer().on(date.parse().unwrap())
}

fn codes(units: Vec<UnitId>) -> Vec<String> {
    units.iter().map(UnitId::to_string).collect()
}

#[test]
fn a_stale_or_absent_kind_resolves_to_the_version_of_the_date() {
    for code in ["2817082", "2817083", "281708", "2817081"] {
        let resolved = |date| on(date).resolve(unit(code)).unwrap().to_string();
        assert_eq!(resolved("2018-12-31"), "2817082", "{code}");
        assert_eq!(resolved("2019-01-01"), "2817083", "{code}");
    }
    let latest = Gazetteer::from_records(fixture::records()).unwrap();
    assert_eq!(latest.resolve(unit("2817082")).unwrap(), unit("2817083"));
    assert_eq!(latest.name(unit("281708")).unwrap(), "Wielbark");
}

#[test]
fn a_part_of_a_gmina_is_not_taken_for_the_gmina() {
    let error = |code, date| on(date).resolve(unit(code)).unwrap_err().to_string();
    assert_eq!(
        error("2816034", "2024-01-01"),
        "2816034 is a part of an urban-rural gmina; the register of 2024-01-01 holds the whole gmina, 2816033"
    );
    // Wielbark was rural: it had no town.
    assert_eq!(error("2817084", "2018-12-31"), "no unit 2817084 in the register of 2018-12-31");
    assert!(error("2817084", "2019-01-01").ends_with("holds the whole gmina, 2817083"));
}

#[test]
fn unknown_units_name_the_register() {
    let error = |code, date| on(date).unit(unit(code)).unwrap_err().to_string();
    assert_eq!(error("2898", "2024-01-01"), "no unit 2898 in the register of 2024-01-01");
    assert_eq!(error("PL624", "2024-01-01"), "no unit PL624 in the register of 2024-01-01");
    assert_eq!(
        error("2899", "2024-01-01"),
        "no unit 2899 in the register of 2024-01-01: zniesiony was valid before 2002-01-01"
    );
    assert!(on("2001-12-31").contains(unit("2899")));
    assert!(!on("2002-01-01").contains(unit("2899")));
    let latest = Gazetteer::from_records(fixture::records()).unwrap();
    assert_eq!(
        latest.unit(unit("3201")).unwrap_err().to_string(),
        "no unit 3201 in the register's latest state"
    );
}

#[test]
fn lists_are_in_code_order_and_follow_the_date() {
    let now = on("2024-01-01");
    assert_eq!(codes(now.voivodeships()), ["12", "28"]);
    assert_eq!(codes(now.subregions(unit("28")).unwrap()), ["PL621", "PL622", "PL623"]);
    assert_eq!(codes(now.powiats(unit("PL622")).unwrap()), ["2814", "2817", "2862"]);
    assert_eq!(codes(now.powiats(unit("PL623")).unwrap()), ["2805", "2816"]);
    assert_eq!(codes(on("2001-12-31").powiats(unit("PL623")).unwrap()), ["2805", "2816", "2899"]);
    assert_eq!(codes(now.gminas(unit("2805")).unwrap()), ["2805011", "2805022"]);
    assert_eq!(codes(now.gminas(unit("PL622")).unwrap()), ["2814013", "2817083", "2862011"]);
    assert_eq!(now.gminas(Teryt::POLAND).unwrap().len(), 10);
    assert_eq!(codes(now.gminas(unit("281708")).unwrap()), ["2817083"]);
    assert!(now.powiats(unit("2816033")).unwrap().is_empty());
    assert!(now.subregions(unit("12")).unwrap().is_empty());
    assert!(now.powiats(unit("2899")).is_err());
}

#[test]
fn units_lie_in_subregions_through_their_powiat() {
    let now = on("2024-01-01");
    assert_eq!(now.subregion_of(unit("2817082")).unwrap(), Some(unit("PL622")));
    assert_eq!(now.subregion_of(unit("1201011")).unwrap(), None);
    assert_eq!(now.subregion_of(unit("28")).unwrap(), None);
    let within = |unit_code, of| now.is_within(unit(unit_code), unit(of)).unwrap();
    assert!(within("2816033", "PL623") && within("PL623", "28") && within("PL623", "00"));
    assert!(within("PL623", "PL623") && within("2817082", "2817083"));
    assert!(!within("2816033", "PL622") && !within("PL623", "12") && !within("PL623", "2816"));
    assert!(!within("28", "PL623") && !within("PL621", "PL622"));
}

#[test]
fn bdl_ids_come_from_the_digits_of_the_powiat() {
    let now = on("2024-01-01");
    for (code, id) in [
        ("00", "000000000000"),
        ("12", "011200000000"),
        ("28", "042800000000"),
        ("PL621", "042815400000"),
        ("1201", "011212001000"),
        ("1201022", "011212001022"),
        ("2817082", "042815617083"),
    ] {
        let bdl = now.bdl_id(unit(code)).unwrap();
        assert_eq!(bdl.to_string(), id, "{code}");
        assert_eq!(now.unit_of_bdl(bdl).unwrap(), now.resolve(unit(code)).unwrap());
    }
    // An id of the time before the kind changed.
    let stale: BdlUnitId = "042815617082".parse().unwrap();
    assert_eq!(now.unit_of_bdl(stale).unwrap(), unit("2817083"));
}

#[test]
fn bdl_ids_that_are_not_known_say_so() {
    let now = on("2024-01-01");
    assert_eq!(
        now.bdl_id(unit("2816033")).unwrap_err().to_string(),
        "the BDL id of 2816033 (Pisz) is not known: the register gives no BDL digits (macroregion, \
         voivodeship, region, subregion) for 2816"
    );
    assert!(matches!(now.bdl_id(unit("PL623")), Err(BdlLookupError::NoPrefix { .. })));
    assert!(matches!(now.bdl_id(unit("2898")), Err(BdlLookupError::Unit(_))));
    let from = |id: &str| now.unit_of_bdl(id.parse().unwrap());
    assert!(matches!(from("040000000000"), Err(BdlLookupError::NoCounterpart { .. })));
    assert!(matches!(from("042815500000"), Err(BdlLookupError::NoCounterpart { .. })));
    assert!(matches!(from("042815517083"), Err(BdlLookupError::OtherPrefix { .. })));
    assert!(matches!(from("042815617084"), Err(BdlLookupError::Unit(UnitError::Part { .. }))));
    // Without digits to compare with, the administrative part decides.
    assert_eq!(from("042815516033").unwrap(), unit("2816033"));
}
