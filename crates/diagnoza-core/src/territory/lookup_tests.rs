use proptest::prelude::*;

use super::super::fixture;
use super::*;

fn find(text: &str) -> Result<String, LookupError> {
    fixture::gazetteer().find(text).map(|unit| unit.to_string())
}

fn found(text: &str) -> String {
    find(text).unwrap()
}

fn message(text: &str) -> String {
    find(text).unwrap_err().to_string()
}

#[test]
fn takes_codes_in_every_form() {
    for (text, code) in [
        ("28", "28"),
        ("2800000", "28"),
        ("2816", "2816"),
        ("281603", "2816033"),
        (" 2816033\n", "2816033"),
        ("2817082", "2817083"),
        ("PL623", "PL623"),
        ("pl623", "PL623"),
        ("042815617083", "2817083"),
        ("00", "00"),
    ] {
        assert_eq!(found(text), code, "{text}");
    }
}

#[test]
fn takes_names_without_case_and_diacritics() {
    for text in ["Pisz", "PISZ", " pisz "] {
        assert_eq!(found(text), "2816033");
    }
    for text in
        ["szczycieński", "Szczycienski", "powiat SZCZYCIEŃSKI", "pow. szczycieński", "szczycien\u{301}ski"]
    {
        assert_eq!(found(text), "2817", "{text}");
    }
    assert_eq!(found("Warmińsko–Mazurskie"), "28");
    assert_eq!(found("woj. małopolskie"), "12");
}

#[test]
fn words_before_the_name_tell_units_apart() {
    for (text, code) in [
        ("powiat ełcki", "2805"),
        ("podregion ełcki", "PL623"),
        ("m. Bochnia", "1201011"),
        ("gmina wiejska Bochnia", "1201022"),
        ("gmina miejska Bochnia", "1201011"),
        ("Bochnia (2)", "1201022"),
        ("powiat m. Olsztyn", "2862"),
        ("powiat Olsztyn", "2862"),
        ("gmina Olsztyn", "2862011"),
        ("Elbląg (elbląski)", "2804012"),
        ("Elbląg (powiat m. Elbląg)", "2861011"),
        ("gm. m. Elbląg", "2861011"),
        ("Polska", "00"),
    ] {
        assert_eq!(found(text), code, "{text}");
    }
}

#[test]
fn a_shared_name_lists_every_unit() {
    assert_eq!(
        message("bochnia"),
        "'bochnia' may be 1201011 Bochnia (gmina miejska, powiat bocheński), 1201022 Bochnia (gmina wiejska, \
         powiat bocheński): give the code, the level or kind before the name ('powiat X', 'gmina wiejska X'), \
         or its powiat in brackets after it"
    );
    assert_eq!(
        message("ełcki"),
        "'ełcki' may be 2805 ełcki (powiat), PL623 ełcki (subregion): give the code, the level or kind before \
         the name ('powiat X', 'gmina wiejska X'), or its powiat in brackets after it"
    );
    let codes = |text| match find(text) {
        Err(LookupError::Ambiguous { candidates, .. }) => {
            candidates.iter().map(|candidate| candidate.unit.to_string()).collect()
        }
        other => vec![format!("{other:?}")],
    };
    assert_eq!(codes("Elbląg"), ["2804012", "2861", "2861011"]);
    assert_eq!(codes("m. Olsztyn"), ["2862", "2862011"]);
}

#[test]
fn an_unknown_name_suggests_the_nearest() {
    assert_eq!(
        message("Wielbrak"),
        "no unit 'Wielbrak' in the register of 2024-01-01: did you mean 2817083 Wielbark (gmina \
         miejsko-wiejska, powiat szczycieński)?"
    );
    assert_eq!(message("Kraków"), "no unit 'Kraków' in the register of 2024-01-01");
    let level = |level| fixture::gazetteer().find_at("elcky", level).unwrap_err().to_string();
    assert!(level(Level::Powiat).ends_with("did you mean 2805 ełcki (powiat)?"));
    assert!(level(Level::Gmina).ends_with("in the register of 2024-01-01"));
}

#[test]
fn a_level_narrows_names_and_checks_codes() {
    let at = |text: &str, level| {
        let unit = fixture::gazetteer().find_at(text, level);
        unit.map(|unit| unit.to_string()).map_err(|error| error.to_string())
    };
    assert_eq!(at("ełcki", Level::Subregion).as_deref(), Ok("PL623"));
    assert_eq!(at("Olsztyn", Level::Powiat).as_deref(), Ok("2862"));
    assert_eq!(at("Olsztyn", Level::Gmina).as_deref(), Ok("2862011"));
    assert_eq!(at("2816", Level::Powiat).as_deref(), Ok("2816"));
    assert_eq!(at("2816", Level::Gmina), Err("2816 piski (powiat) is not a gmina".to_owned()));
    assert!(at("Bochnia", Level::Gmina).is_err());
}

#[test]
fn a_wrong_code_is_an_error_of_codes() {
    assert_eq!(message("2898"), "no unit 2898 in the register of 2024-01-01");
    assert_eq!(message("PL629"), "no unit PL629 in the register of 2024-01-01");
    assert!(matches!(find(" "), Err(LookupError::Empty)));
    assert!(matches!(find("281"), Err(LookupError::Code(_))));
    assert!(matches!(find("2800001"), Err(LookupError::Code(_))));
    assert!(matches!(find("PL62"), Err(LookupError::Code(_))));
    assert!(matches!(find("28 16"), Err(LookupError::Code(_))));
    assert!(matches!(find("011312001011"), Err(LookupError::BdlCode(_))));
    assert!(matches!(find("040000000000"), Err(LookupError::Bdl(_))));
}

#[test]
fn a_name_of_the_past_is_not_of_today() {
    assert!(matches!(find("zniesiony"), Err(LookupError::Unknown { .. })));
    let then = fixture::gazetteer().on("2001-12-31".parse().unwrap());
    assert_eq!(then.find("zniesiony").unwrap().to_string(), "2899");
}

#[test]
fn a_long_text_is_refused_without_suggestions() {
    let text = "pisz ".repeat(200_000);
    assert!(matches!(find(&text), Err(LookupError::Unknown { nearest, .. }) if nearest.is_empty()));
}

proptest! {
    #[test]
    fn never_panics(text in "\\PC{0,24}", words in "(gmina |powiat |m\\.|PL|28){0,3}[ (]?[0-9)]{0,13}") {
        let gazetteer = fixture::gazetteer();
        let _ = gazetteer.find(&text);
        let _ = gazetteer.find(&words);
        let _ = gazetteer.select(&text);
        let _ = gazetteer.select(&format!("gminas:{words}"));
    }
}
