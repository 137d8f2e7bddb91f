//! The register of Warmińsko-Mazurskie and the BDL ids of Małopolska, against GUS's own files.

// Clippy takes only functions marked as tests for tests; those that build their inputs are none.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use diagnoza_core::territory::{
    BdlUnitId, Gazetteer, GminaKind, Level, LookupError, Nuts, Teryt, UnitId, UnitRecord,
};
use jiff::civil::{Date, date};

/// The day from which the register of 28 of this test is complete.
const REGISTER_DAY: Date = date(2024, 1, 1);
/// Wielbark became urban-rural.
const WIELBARK_DAY: Date = date(2019, 1, 1);

/// Rows of a file of the shared data set by column name; `None`, said aloud, where it is absent.
///
/// No field before the last holds a comma.
fn rows(file: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is absent", path.display());
        return None;
    };
    let mut lines = text.lines();
    let header: Vec<_> = lines.next()?.split(',').map(str::to_owned).collect();
    let row = |line: &str| {
        let fields: Vec<_> = line.splitn(header.len(), ',').map(str::to_owned).collect();
        assert_eq!(fields.len(), header.len(), "{file}: {line}");
        header.iter().cloned().zip(fields).collect()
    };
    Some(lines.filter(|line| !line.is_empty()).map(row).collect())
}

fn unit(code: &str) -> UnitId {
    code.parse().unwrap()
}

/// BDL ids of the three subregions begin so. Published: 042815400000 is PL621, 042815500000 PL623 and
/// 042815600000 PL622; units of PL621 and PL622 agree (`ids_published_for_28_are_made`).
fn bdl_digits(subregion: &str) -> &'static str {
    match subregion {
        "PL621" => "0428154",
        "PL622" => "0428156",
        "PL623" => "0428155",
        other => panic!("{other} is not of 28"),
    }
}

/// Powiats and the voivodeship of GUS's register file, gminas with both kinds of `gminas_28.csv`.
///
/// Miłakowo, Miłomłyn and Pasym changed their kind before 2016 on days that no file here states: their
/// present kind is taken without a known start. Wielbark's change is dated.
fn records_of_28() -> Option<Vec<UnitRecord>> {
    let gminas = rows("territory/gminas_28.csv")?;
    let register = rows("territory/terc_28_2024-01-01.csv")?;
    let mut records = Vec::new();
    let mut subregions = BTreeSet::new();
    let mut subregion_of = BTreeMap::new();
    for row in &gminas {
        subregions.insert((row["nuts3"].clone(), row["subregion"].clone()));
        subregion_of.insert(row["powiat_teryt"].clone(), row["nuts3"].clone());
        let now = UnitRecord::new(unit(&row["teryt"]), row["name"].as_str());
        let before = &row["type_code_before_2019"];
        if *before == row["type_code"] {
            records.push(now);
        } else {
            let old = unit(&format!("{}{before}", &row["teryt"][..6]));
            records.push(UnitRecord {
                valid_to: Some(WIELBARK_DAY),
                ..UnitRecord::new(old, row["name"].as_str())
            });
            records.push(UnitRecord { valid_from: Some(WIELBARK_DAY), ..now });
        }
    }
    for (code, name) in subregions {
        records.push(UnitRecord::new(unit(&code), name));
    }
    for row in register.iter().filter(|row| row["GMI"].is_empty()) {
        let code = format!("{}{}", row["WOJ"], row["POW"]);
        let nuts = subregion_of.get(&code).map(String::as_str);
        records.push(UnitRecord {
            subregion: nuts.map(|nuts| nuts.parse().unwrap()),
            bdl_prefix: nuts.map(|nuts| bdl_digits(nuts).parse().unwrap()),
            ..UnitRecord::new(unit(&code), row["NAZWA"].as_str())
        });
    }
    Some(records)
}

fn gazetteer_of_28() -> Option<Gazetteer> {
    records_of_28().map(|records| Gazetteer::from_records(records).unwrap())
}

fn kinds(gazetteer: &Gazetteer, of: &str, kind: GminaKind) -> usize {
    let gminas = gazetteer.gminas(unit(of)).unwrap();
    gminas.iter().filter(|gmina| gmina.teryt().and_then(Teryt::kind) == Some(kind)).count()
}

#[test]
fn the_register_of_28_has_116_gminas_and_21_powiats() {
    let Some(gazetteer) = gazetteer_of_28() else {
        return;
    };
    for day in [WIELBARK_DAY.yesterday().unwrap(), WIELBARK_DAY, REGISTER_DAY] {
        let on = gazetteer.on(day);
        assert_eq!(on.gminas(unit("28")).unwrap().len(), 116);
        assert_eq!(on.powiats(unit("28")).unwrap().len(), 21);
        let powiats = |nuts| on.powiats(unit(nuts)).unwrap().len();
        assert_eq!([powiats("PL621"), powiats("PL622"), powiats("PL623")], [7, 8, 6]);
        let gminas = on.subregions(unit("28")).unwrap().into_iter().map(|nuts| on.gminas(nuts).unwrap());
        assert_eq!(gminas.map(|gminas| gminas.len()).sum::<usize>(), 116);
    }
}

#[test]
fn gminas_of_the_two_gus_files_are_the_same() {
    let (Some(gazetteer), Some(register)) = (gazetteer_of_28(), rows("territory/terc_28_2024-01-01.csv"))
    else {
        return;
    };
    let whole = register.iter().filter(|row| matches!(row["RODZ"].as_str(), "1" | "2" | "3"));
    let listed = |row: &BTreeMap<String, String>| {
        let code = ["WOJ", "POW", "GMI", "RODZ"].map(|column| row[column].as_str()).concat();
        (unit(&code), row["NAZWA"].clone())
    };
    let expected: Vec<_> = whole.map(listed).collect();
    let on = gazetteer.on(REGISTER_DAY);
    let gminas = on.gminas(unit("28")).unwrap();
    let named: Vec<_> = gminas.into_iter().map(|gmina| (gmina, on.name(gmina).unwrap().to_owned())).collect();
    assert_eq!(named, expected);
}

#[test]
fn wielbark_became_urban_rural_on_1_january_2019() {
    let Some(gazetteer) = gazetteer_of_28() else {
        return;
    };
    let (before, after) = (gazetteer.on(WIELBARK_DAY.yesterday().unwrap()), gazetteer.on(WIELBARK_DAY));
    let urban_rural =
        |on: &Gazetteer| ["28", "PL621", "PL622", "PL623"].map(|of| kinds(on, of, GminaKind::UrbanRural));
    assert_eq!(urban_rural(&before), [33, 12, 13, 8]);
    assert_eq!(urban_rural(&after), [34, 12, 14, 8]);
    assert_eq!(kinds(&before, "28", GminaKind::Rural), kinds(&after, "28", GminaKind::Rural) + 1);
    for code in ["2817082", "2817083", "281708"] {
        assert_eq!(before.resolve(unit(code)).unwrap(), unit("2817082"));
        assert_eq!(after.resolve(unit(code)).unwrap(), unit("2817083"));
    }
    assert_eq!(before.find("Wielbark").unwrap(), unit("2817082"));
    assert_eq!(after.select("wielbark, gminas:2817").unwrap()[0], unit("2817083"));
}

#[test]
fn codes_of_the_recodes_file_resolve_to_the_present_ones() {
    let (Some(gazetteer), Some(recodes)) = (gazetteer_of_28(), rows("territory/teryt_recodes.csv")) else {
        return;
    };
    let on = gazetteer.on(REGISTER_DAY);
    let mut of_28 = 0;
    for row in recodes.iter().filter(|row| row["old"].starts_with("28")) {
        assert_eq!(on.resolve(unit(&row["old"])).unwrap(), unit(&row["new"]));
        assert_eq!(on.name(unit(&row["old"])).unwrap(), row["name"]);
        of_28 += 1;
    }
    assert_eq!(of_28, 4);
}

#[test]
fn every_unit_of_28_is_found_by_code_and_by_name() {
    let Some(gazetteer) = gazetteer_of_28() else {
        return;
    };
    let on = gazetteer.on(REGISTER_DAY);
    for record in on.records() {
        assert_eq!(on.find(&record.unit.to_string()).unwrap(), record.unit);
        let words = match record.kind() {
            Some(kind) => {
                // Two rural gminas of 28 are called Świętajno: the powiat tells them apart.
                let powiat = record.unit.teryt().and_then(Teryt::powiat).unwrap();
                let powiat = on.name(powiat).unwrap();
                format!("gmina {} {} ({powiat})", kind.polish(), record.name)
            }
            None => record.name.to_uppercase(),
        };
        assert_eq!(on.find_at(&words, record.level()).unwrap(), record.unit, "{words}");
    }
    let candidates = |name: &str| match on.find(name) {
        Err(LookupError::Ambiguous { candidates, .. }) => {
            candidates.iter().map(|candidate| candidate.unit.to_string()).collect()
        }
        other => vec![format!("{other:?}")],
    };
    assert_eq!(candidates("bartoszyce"), ["2801011", "2801032"]);
    assert_eq!(candidates("OLSZTYN"), ["2862", "2862011"]);
    assert_eq!(candidates("gmina wiejska Świętajno"), ["2813052", "2817072"]);
    assert_eq!(candidates("elcki"), ["2805", "PL623"]);
    assert_eq!(on.find("Warmińsko-Mazurskie").unwrap(), unit("28"));
    assert_eq!(
        on.select("2899").unwrap_err().to_string(),
        "'2899': no unit 2899 in the register of 2024-01-01"
    );
}

#[test]
fn powiats_lie_in_the_subregions_eurostat_gives_them() {
    let (Some(gazetteer), Some(_)) = (gazetteer_of_28(), rows("territory/gminas_28.csv")) else {
        return;
    };
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/eurostat/pl62_powiat_to_nuts3.tsv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is absent", path.display());
        return;
    };
    let mut powiats = 0;
    for line in text.lines().skip(1) {
        let (nuts, powiat) = line.trim().split_once('\t').unwrap();
        assert_eq!(gazetteer.subregion_of(unit(powiat)).unwrap(), Some(unit(nuts)));
        powiats += 1;
    }
    assert_eq!(powiats, 21);
}

#[test]
fn ids_published_for_28_are_made() {
    let Some(gazetteer) = gazetteer_of_28() else {
        return;
    };
    let on = gazetteer.on(REGISTER_DAY);
    for (code, id) in [
        ("28", "042800000000"),
        ("PL621", "042815400000"),
        ("PL622", "042815600000"),
        ("PL623", "042815500000"),
        ("2803", "042815403000"),
        ("2803011", "042815403011"),
        ("2803022", "042815403022"),
        ("2803032", "042815403032"),
        ("2803043", "042815403043"),
        ("2803052", "042815403052"),
        ("2803062", "042815403062"),
        ("2862", "042815662000"),
    ] {
        let id: BdlUnitId = id.parse().unwrap();
        assert_eq!(on.bdl_id(unit(code)).unwrap(), id);
        assert_eq!(on.unit_of_bdl(id).unwrap(), unit(code));
    }
}

#[test]
fn all_bdl_ids_of_malopolska_invert() {
    let Some(gminas) = rows("selection/malopolska_gminas_2025.csv") else {
        return;
    };
    let mut records = vec![UnitRecord::new(unit("12"), "małopolskie")];
    let mut powiats = BTreeSet::new();
    for row in &gminas {
        let code: Teryt = row["teryt"].parse().unwrap();
        let powiat = code.powiat().unwrap();
        // The digits of a powiat are those of its first gmina; the other gminas are to agree.
        if powiats.insert(powiat) {
            let id: BdlUnitId = row["bdl_unit_id"].parse().unwrap();
            records.push(UnitRecord {
                bdl_prefix: id.prefix(),
                ..UnitRecord::new(powiat, row["powiat"].as_str())
            });
        }
        records.push(UnitRecord::new(code, row["name"].as_str()));
    }
    let gazetteer = Gazetteer::from_records(records).unwrap();
    assert_eq!((gminas.len(), powiats.len()), (183, 22));
    for row in &gminas {
        let id: BdlUnitId = row["bdl_unit_id"].parse().unwrap();
        assert_eq!(id.to_string(), row["bdl_unit_id"]);
        assert_eq!(id.teryt().unwrap().to_string(), row["teryt"]);
        assert_eq!(gazetteer.bdl_id(unit(&row["teryt"])).unwrap(), id);
        assert_eq!(gazetteer.unit_of_bdl(id).unwrap(), unit(&row["teryt"]));
    }
}

#[test]
fn a_register_without_a_subregion_is_refused() {
    let Some(mut records) = records_of_28() else {
        return;
    };
    let gone: Nuts = "PL623".parse().unwrap();
    records.retain(|record| record.unit != UnitId::Subregion(gone));
    let error = Gazetteer::from_records(records).unwrap_err().to_string();
    assert!(error.contains("its subregion PL623 is not in the register"), "{error}");
    assert_eq!(unit("PL623").level(), Level::Subregion);
}
