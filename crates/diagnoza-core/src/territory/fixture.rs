//! An excerpt of the register for unit tests: code, name, from, to, subregion, BDL digits.
//! Powiat 2899 is made up, as one that was abolished; powiats 2805 and 2816 are left without BDL digits.

use super::{Gazetteer, UnitRecord};

const REGISTER: &str = "\
12,małopolskie,,,,
1201,bocheński,,,,0112120
1201011,Bochnia,,,,
1201022,Bochnia,,,,
28,warmińsko-mazurskie,,,,
PL621,elbląski,,,,
PL622,olsztyński,,,,
PL623,ełcki,,,,
2804,elbląski,,,PL621,0428154
2804012,Elbląg,,,,
2861,Elbląg,,,PL621,0428154
2861011,Elbląg,,,,
2814,olsztyński,,,PL622,0428156
2814013,Barczewo,,,,
2817,szczycieński,,,PL622,0428156
2817082,Wielbark,,2019-01-01,,
2817083,Wielbark,2019-01-01,,,
2862,Olsztyn,,,PL622,0428156
2862011,Olsztyn,,,,
2805,ełcki,,,PL623,
2805011,Ełk,,,,
2805022,Ełk,,,,
2816,piski,,,PL623,
2816033,Pisz,,,,
2899,zniesiony,,2002-01-01,PL623,";

pub(super) fn records() -> Vec<UnitRecord> {
    let date = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
    let row = |line: &str| {
        let [code, name, from, to, nuts, prefix] = line.split(',').collect::<Vec<_>>().try_into().unwrap();
        UnitRecord {
            unit: code.parse().unwrap(),
            name: name.to_owned(),
            valid_from: date(from),
            valid_to: date(to),
            subregion: (!nuts.is_empty()).then(|| nuts.parse().unwrap()),
            bdl_prefix: (!prefix.is_empty()).then(|| prefix.parse().unwrap()),
        }
    };
    REGISTER.lines().map(row).collect()
}

/// The excerpt as of 1 January 2024.
pub(super) fn gazetteer() -> Gazetteer {
    let register = Gazetteer::from_records(records()).unwrap();
    register.on("2024-01-01".parse().unwrap())
}
