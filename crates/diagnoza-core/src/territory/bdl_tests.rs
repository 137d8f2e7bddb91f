use proptest::prelude::*;

use super::*;

fn id(text: &str) -> BdlUnitId {
    text.parse().unwrap()
}

fn teryt(text: &str) -> Option<String> {
    id(text).teryt().map(|code| code.to_string())
}

#[test]
fn inverts_ids_captured_from_the_bdl_api() {
    for (text, level, code) in [
        ("000000000000", BdlLevel::Poland, Some("00")),
        ("010000000000", BdlLevel::Macroregion, None),
        ("011200000000", BdlLevel::Voivodeship, Some("12")),
        ("011210000000", BdlLevel::Region, None),
        ("011212000000", BdlLevel::Subregion, None),
        ("011212001000", BdlLevel::Powiat, Some("1201")),
        ("011212001011", BdlLevel::Gmina, Some("1201011")),
        ("023015706012", BdlLevel::Gmina, Some("3006012")),
    ] {
        assert_eq!(id(text).level(), level, "{text}");
        assert_eq!(teryt(text).as_deref(), code, "{text}");
        assert_eq!(id(text).to_string(), text);
    }
}

#[test]
fn districts_and_delegations_of_cities_have_no_teryt_counterpart() {
    assert_eq!(id("071412865028").level(), BdlLevel::Gmina);
    assert_eq!(teryt("071412865028"), None);
    assert_eq!(teryt("011212161029"), None);
}

#[test]
fn refuses_what_is_no_id() {
    let not_an_id = |text: &str| BdlUnitIdError::NotAnId { got: text.to_owned() };
    for text in ["", "2816033", "0112120010111", "01121200101a", "+11212001011", "023015706012-0199020"] {
        assert_eq!(text.parse::<BdlUnitId>(), Err(not_an_id(text)));
    }
    // Six Arabic digits are twelve bytes.
    assert_eq!("٠١١٢١٢".parse::<BdlUnitId>(), Err(not_an_id("٠١١٢١٢")));
    for (text, level) in [
        ("000000000011", BdlLevel::Gmina),
        ("011212000011", BdlLevel::Gmina),
        ("011210001000", BdlLevel::Powiat),
        ("011202000000", BdlLevel::Subregion),
        ("010010000000", BdlLevel::Region),
        ("001200000000", BdlLevel::Voivodeship),
    ] {
        let got = text.to_owned();
        assert_eq!(text.parse::<BdlUnitId>(), Err(BdlUnitIdError::MissingLevel { got, level }), "{text}");
    }
    let kind = |text: &str| match text.parse::<BdlUnitId>() {
        Err(BdlUnitIdError::NoKind { digit, .. }) => Some(digit),
        _ => None,
    };
    assert_eq!(["011212001010", "011212001016", "011212001017"].map(kind), [Some(0), Some(6), Some(7)]);
    assert!(matches!("011312001011".parse::<BdlUnitId>(), Err(BdlUnitIdError::Teryt { .. })));
}

#[test]
fn a_prefix_makes_the_ids_of_its_powiats() {
    let prefix: BdlPrefix = "0112120".parse().unwrap();
    let unit = |code: &str| prefix.unit(code.parse().unwrap()).map(|id| id.to_string());
    assert_eq!(unit("1201011").as_deref(), Some("011212001011"));
    assert_eq!(unit("1201").as_deref(), Some("011212001000"));
    assert_eq!([unit("2801011"), unit("120101"), unit("12"), unit("00")], [None, None, None, None]);
    assert_eq!(prefix.subregion(), id("011212000000"));
    assert_eq!(prefix.voivodeship(), id("011200000000"));
    assert_eq!(id("011212001011").prefix(), Some(prefix));
    assert_eq!(id("011210000000").prefix(), None);
}

#[test]
fn refuses_what_is_no_prefix() {
    for text in ["", "0112", "01121200", "0112100", "0000000", "011212a", "0113120"] {
        assert!(text.parse::<BdlPrefix>().is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn reads_what_it_writes(
        (macroregion, voivodeship, region, subregion) in (1..8_u32, 1..17_u32, 1..3_u32, 1..100_u32),
        (powiat, gmina, kind) in (1..100_u32, 1..100_u32, 1..6_u32),
    ) {
        let voivodeship = voivodeship * 2;
        let text = format!("{macroregion:02}{voivodeship:02}{region}{subregion:02}{powiat:02}{gmina:02}{kind}");
        let id: BdlUnitId = text.parse().unwrap();
        prop_assert_eq!(id.to_string(), text.clone());
        prop_assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{text}\""));
        prop_assert_eq!(serde_json::from_str::<BdlUnitId>(&format!("\"{text}\"")).unwrap(), id);
        // The prefix and the TERYT code together are the id.
        prop_assert_eq!(id.prefix().unwrap().unit(id.teryt().unwrap()), Some(id));
    }

    #[test]
    fn twelve_digits_are_read_or_refused_never_changed(text in "[0-9]{12}") {
        if let Ok(id) = text.parse::<BdlUnitId>() {
            prop_assert_eq!(id.to_string(), text);
        }
    }
}
