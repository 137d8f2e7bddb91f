use super::super::fixture;
use super::*;

fn select(text: &str) -> Result<Vec<String>, String> {
    let units = fixture::gazetteer().select(text);
    units.map(|units| units.iter().map(UnitId::to_string).collect()).map_err(|error| error.to_string())
}

#[test]
fn lists_select_the_units_inside() {
    let selected = |text| select(text).unwrap();
    assert_eq!(selected("subregions:28"), ["PL621", "PL622", "PL623"]);
    assert_eq!(selected("powiats:PL623"), ["2805", "2816"]);
    assert_eq!(selected("powiats: podregion ełcki"), ["2805", "2816"]);
    assert_eq!(selected("gminas:2816"), ["2816033"]);
    assert_eq!(selected("gminas:28").len(), 8);
    assert_eq!(selected("Gminas : 12"), ["1201011", "1201022"]);
    assert_eq!(selected("voivodeships:00"), ["12", "28"]);
    assert_eq!(selected("powiats:2816"), ["2816"]);
}

#[test]
fn items_keep_their_order_and_come_once() {
    let selected = |text| select(text).unwrap();
    assert_eq!(selected("2816033, PL623 ,28"), ["2816033", "PL623", "28"]);
    assert_eq!(selected("2817083,2817082,281708,Wielbark"), ["2817083"]);
    assert_eq!(selected("2816,powiats:PL623,2816"), ["2816", "2805"]);
}

#[test]
fn errors_name_the_item_and_what_is_allowed() {
    let error = |text| select(text).unwrap_err();
    assert_eq!(
        error("28, powiat:28"),
        "'powiat:28': there is no list 'powiat', did you mean 'powiats'? expected voivodeships, subregions, \
         powiats or gminas"
    );
    assert_eq!(
        error("hospitals_and_schools:28"),
        "'hospitals_and_schools:28': there is no list 'hospitals_and_schools'; expected voivodeships, \
         subregions, powiats or gminas"
    );
    assert_eq!(error("2898"), "'2898': no unit 2898 in the register of 2024-01-01");
    assert_eq!(error("28,gminas:2898"), "'gminas:2898': no unit 2898 in the register of 2024-01-01");
    assert_eq!(error("28,,2816"), "item 2 of the selection '28,,2816' is empty: is there a comma too many?");
    assert_eq!(
        error("powiats:2816033"),
        "'powiats:2816033' selects nothing: there is no powiat in 2816033 Pisz (gmina miejsko-wiejska, powiat \
         piski)"
    );
    assert!(error("Bochnia").starts_with("'Bochnia' may be 1201011"));
    for text in ["", "  "] {
        assert!(error(text).starts_with("no units are selected: expected items separated by commas"));
    }
    for text in [",", "28,", ":", "gminas:", ":28", "gminas:28:29"] {
        assert!(select(text).is_err(), "{text}");
    }
}
