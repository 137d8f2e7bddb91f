use proptest::prelude::*;

use super::*;

fn code(text: &str) -> Teryt {
    text.parse().unwrap()
}

/// Any code the register could hold.
fn any_code() -> impl Strategy<Value = Teryt> {
    let powiat = prop_oneof![Just(0_u32), 1..100_u32];
    let gmina = prop_oneof![Just(0_u32), 1..100_u32];
    (1..17_u32, powiat, gmina, 0..6_u32).prop_map(|(voivodeship, powiat, gmina, kind)| {
        let gmina = if powiat == 0 { 0 } else { gmina };
        let kind = if gmina == 0 { 0 } else { kind };
        Teryt(voivodeship * 200_000 + powiat * 1_000 + gmina * 10 + kind)
    })
}

proptest! {
    #[test]
    fn reads_what_it_writes(code in any_code()) {
        prop_assert_eq!(code.to_string().parse::<Teryt>(), Ok(code));
        let json = serde_json::to_string(&code).unwrap();
        prop_assert_eq!(&json, &format!("\"{code}\""));
        prop_assert_eq!(serde_json::from_str::<Teryt>(&json).unwrap(), code);
    }

    #[test]
    fn numeric_order_is_hierarchy_order(a in any_code(), b in any_code()) {
        // The written code padded with zeros is the register's own order.
        prop_assert_eq!(a.cmp(&b), a.seven_digits().cmp(&b.seven_digits()));
        if a.is_within(b) && !a.same_unit(b) {
            prop_assert!(b < a.with_kind(GminaKind::RuralArea));
        }
    }

    #[test]
    fn a_unit_lies_in_all_its_parents(code in any_code()) {
        prop_assert!(code.is_within(code) && code.is_within(Teryt::POLAND));
        for parent in [code.powiat(), code.voivodeship(), Some(code.without_kind())].into_iter().flatten() {
            prop_assert!(code.is_within(parent));
            prop_assert_eq!(parent.is_within(code), parent.same_unit(code) || parent == code);
        }
    }

    #[test]
    fn never_panics_and_accepts_digits_only(text in "\\PC{0,14}") {
        if text.parse::<Teryt>().is_ok() {
            prop_assert!(text.trim().bytes().all(|b| b.is_ascii_digit()));
        }
    }
}

#[test]
fn reads_every_length_in_use() {
    for (text, level, shown) in [
        ("00", Level::Poland, "00"),
        ("0000000", Level::Poland, "00"),
        ("02", Level::Voivodeship, "02"),
        ("2800000", Level::Voivodeship, "28"),
        ("2816", Level::Powiat, "2816"),
        ("2816000", Level::Powiat, "2816"),
        ("281603", Level::Gmina, "281603"),
        (" 2816033 ", Level::Gmina, "2816033"),
    ] {
        let code: Teryt = text.parse().unwrap();
        assert_eq!((code.level(), code.to_string().as_str()), (level, shown), "{text}");
    }
}

#[test]
fn refuses_what_the_register_cannot_hold() {
    let error = |text: &str| text.parse::<Teryt>().unwrap_err();
    let got = |text: &str| text.to_owned();
    for text in ["", " ", "2", "281", "28160", "28160333", "011212001011", "28 16", "+2816", "-28", "28160a3"]
    {
        assert_eq!(error(text), TerytError::NotACode { got: got(text) });
    }
    // Digits of other scripts: Arabic, fullwidth, superscript; their byte lengths are 4, 6 and 4.
    for text in ["٢٨", "２８", "²⁸"] {
        assert_eq!(error(text), TerytError::NotACode { got: got(text) });
    }
    for text in ["01", "27", "34", "99", "2916033"] {
        assert_eq!(error(text), TerytError::NoVoivodeship { got: got(text) });
    }
    for text in ["2800001", "2800013", "2816001", "280001", "0016033"] {
        assert_eq!(error(text), TerytError::MissingLevel { got: got(text) });
    }
    for (text, digit) in [("2816030", 0), ("2816036", 6), ("2816039", 9)] {
        assert_eq!(error(text), TerytError::NoKind { got: got(text), digit });
    }
}

#[test]
fn json_takes_text_only() {
    for json in ["2816", "null", "\"28x\"", "[\"28\"]"] {
        assert!(serde_json::from_str::<Teryt>(json).is_err(), "{json}");
    }
}

#[test]
fn a_changed_kind_is_the_same_unit() {
    assert!(code("2817082").same_unit(code("2817083")));
    assert!(code("281708").same_unit(code("2817083")));
    assert!(!code("2817082").same_unit(code("2817072")));
    assert!(!code("2817").same_unit(code("2816")));
    assert_eq!(code("2817082").with_kind(GminaKind::UrbanRural), code("2817083"));
    assert_eq!(code("2817").with_kind(GminaKind::Urban), code("2817"));
}

#[test]
fn a_town_is_part_of_its_gmina_and_not_the_gmina() {
    let (gmina, town, rural) = (code("2801043"), code("2801044"), code("2801045"));
    assert!(town.is_part() && rural.is_part() && !gmina.is_part());
    assert!(!town.same_unit(gmina) && !gmina.same_unit(rural) && !town.same_unit(rural));
    assert!(town.same_unit(town));
    assert!(town.is_within(gmina) && rural.is_within(code("280104")));
    assert!(!gmina.is_within(town) && !town.is_within(rural));
}

#[test]
fn parents_follow_from_the_code() {
    let pisz = code("2816033");
    assert_eq!(pisz.powiat(), Some(code("2816")));
    assert_eq!(pisz.voivodeship(), Some(code("28")));
    assert_eq!(code("28").powiat(), None);
    assert_eq!(Teryt::POLAND.voivodeship(), None);
    assert_eq!(pisz.kind(), Some(GminaKind::UrbanRural));
    assert_eq!(code("2816").kind(), None);
    assert!(!code("28").is_within(code("2816")));
}

#[test]
fn kinds_read_their_own_digits() {
    for digit in 1..=5 {
        let kind = GminaKind::from_digit(digit).unwrap();
        assert_eq!(u32::from(kind.digit()), digit);
    }
    assert_eq!(GminaKind::from_digit(0), None);
    assert_eq!(GminaKind::from_digit(8), None);
}
