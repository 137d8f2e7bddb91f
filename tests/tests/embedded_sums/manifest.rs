//! Hashes, bases and codes.

use diagnoza_core::territory::Level;
use diagnoza_data::embedded;

use crate::columns::{table, texts};

#[test]
fn every_file_has_the_hash_of_its_manifest_and_an_owner() {
    embedded::verify().unwrap();
    for info in embedded::tables().unwrap() {
        assert_eq!(info.sha256.len(), 64);
        assert!(!info.publisher.is_empty() && !info.licence.is_empty() && !info.date.is_empty());
        assert!(!info.basis.is_empty() && !info.status.is_empty(), "{}", info.name);
        for source in &info.sources {
            assert!(!source.file.contains('/') && source.sha256.len() == 64, "{}", source.file);
        }
        for column in &info.columns {
            assert!(!column.unit.is_empty() && !column.description.is_empty(), "{}", info.name);
        }
    }
    let bytes: usize =
        embedded::tables().unwrap().iter().map(|t| embedded::bytes(&t.name).unwrap().len()).sum();
    assert!(bytes < 6_000_000, "{bytes} bytes");
}

#[test]
fn bases_in_the_tables_are_those_of_the_manifest() {
    let mut with_basis = 0;
    for info in embedded::tables().unwrap() {
        if info.columns.iter().all(|column| column.name != "basis") {
            continue;
        }
        with_basis += 1;
        let mut found = texts(&table(&info.name), "basis");
        found.retain(|word| !word.is_empty());
        found.sort();
        found.dedup();
        let mut words: Vec<&str> = info.basis.iter().map(|basis| basis.word()).collect();
        words.sort_unstable();
        assert_eq!(found, words, "{}", info.name);
    }
    assert_eq!(with_basis, 6);
}

#[test]
fn codes_join_across_the_tables() {
    let register = table("register");
    let codes = texts(&register, "code");
    let (level, kind) = (texts(&register, "level"), texts(&register, "kind"));
    let count = |wanted: &str, prefix: &str| {
        let rows =
            level.iter().zip(&codes).filter(|(level, code)| *level == wanted && code.starts_with(prefix));
        rows.count()
    };
    // Wielbark has two versions; 183 gminas and 22 powiats are those of Małopolska.
    assert_eq!((count("gmina", "28"), count("gmina", "12"), count("powiat", "12")), (117, 183, 22));
    assert_eq!((count("powiat", "28"), count("powiat", "22"), count("powiat", "02")), (21, 20, 30));
    let kinds =
        ["urban", "rural", "urban_rural"].map(|word| kind.iter().filter(|kind| *kind == word).count());
    assert_eq!(kinds.iter().sum::<usize>(), 117 + 183);

    let malopolska = texts(&table("malopolska_gminas_2025"), "teryt");
    assert_eq!(malopolska.len(), 183);
    for name in ["malopolska_gminas_2025", "gmina_frame_28", "own_revenue_28", "gmina_components_28"] {
        assert!(texts(&table(name), "teryt").iter().all(|code| codes.contains(code)), "{name}");
    }
    let observed = table("population_gminas_28");
    let levels = texts(&observed, "level");
    for (code, level) in texts(&observed, "teryt").iter().zip(&levels) {
        assert!(level == "part" || codes.contains(code), "{code}");
    }
    for (borders, units) in [(Level::Powiat, 21), (Level::Gmina, 116)] {
        let map: serde_json::Value = serde_json::from_str(embedded::borders(borders).unwrap()).unwrap();
        let features = map["features"].as_array().unwrap();
        let found: Vec<&str> = features.iter().map(|f| f["properties"]["code"].as_str().unwrap()).collect();
        assert_eq!(found.len(), units);
        assert!(found.iter().all(|code| codes.iter().any(|known| known == code)));
        assert!(borders == Level::Powiat || found.contains(&"2817083") && !found.contains(&"2817082"));
    }
}
