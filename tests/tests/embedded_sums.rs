//! The embedded data set adds up as its offices say it does.

use std::collections::BTreeMap;

use diagnoza_core::territory::Level;
use diagnoza_data::embedded;
use polars::frame::DataFrame;
use polars::prelude::DataType;

const SCENARIOS: [&str; 3] = ["main", "low", "high"];
const FLOWS: [&str; 6] = ["births", "deaths", "internal_in", "internal_out", "immigration", "emigration"];
const FIRST: i64 = 2022;
const YEARS: usize = 39;

fn table(name: &str) -> DataFrame {
    embedded::table(name).unwrap()
}

fn texts(frame: &DataFrame, column: &str) -> Vec<String> {
    let column = frame.column(column).unwrap();
    column.str().unwrap().iter().map(|text| text.unwrap_or("").to_owned()).collect()
}

fn ints(frame: &DataFrame, column: &str) -> Vec<i64> {
    let column = frame.column(column).unwrap().cast(&DataType::Int64).unwrap();
    column.i64().unwrap().iter().map(|number| number.unwrap_or(i64::MIN)).collect()
}

fn floats(frame: &DataFrame, column: &str) -> Vec<f64> {
    frame.column(column).unwrap().f64().unwrap().iter().map(Option::unwrap).collect()
}

/// A projection table as a dense array over (scenario, unit), sex, year, age, its order checked row by row.
struct Projection {
    blocks: BTreeMap<(String, String), usize>,
    ages: usize,
    population: Vec<i64>,
}

impl Projection {
    fn read(name: &str, ages: usize) -> Self {
        let frame = table(name);
        let (scenario, teryt) = (texts(&frame, "scenario"), texts(&frame, "teryt"));
        let (sex, year, age) = (texts(&frame, "sex"), ints(&frame, "year"), ints(&frame, "age"));
        let block = 2 * YEARS * ages;
        let mut blocks = BTreeMap::new();
        let mut last = None;
        for row in 0..frame.height() {
            let within = row % block;
            if within == 0 {
                let order = SCENARIOS.iter().position(|word| *word == scenario[row]).unwrap();
                let key = (order, teryt[row].clone());
                assert!(last.as_ref() < Some(&key), "{name}: {key:?} after {last:?}");
                last = Some(key);
                blocks.insert((scenario[row].clone(), teryt[row].clone()), row);
            }
            let start = row - within;
            assert_eq!((&scenario[row], &teryt[row]), (&scenario[start], &teryt[start]));
            assert_eq!(sex[row], if within < block / 2 { "F" } else { "M" });
            assert_eq!(year[row], FIRST + (within / ages % YEARS) as i64);
            assert_eq!(age[row], (within % ages) as i64);
        }
        assert_eq!(frame.height() % block, 0, "{name}: the last block is complete");
        Self { blocks, ages, population: ints(&frame, "population") }
    }

    fn by_age(&self, scenario: &str, teryt: &str, sex: usize, year: usize) -> &[i64] {
        let start = self.blocks[&(scenario.to_owned(), teryt.to_owned())] + (sex * YEARS + year) * self.ages;
        &self.population[start..start + self.ages]
    }

    fn total(&self, scenario: &str, teryt: &str, year: usize) -> i64 {
        (0..2).map(|sex| self.by_age(scenario, teryt, sex, year).iter().sum::<i64>()).sum()
    }

    fn units(&self) -> Vec<String> {
        let mut units: Vec<String> = self.blocks.keys().map(|(_, teryt)| teryt.clone()).collect();
        units.sort();
        units.dedup();
        units
    }
}

/// Flows by scenario, unit and year, in the order of [`FLOWS`].
fn components(name: &str) -> BTreeMap<(String, String, i64), [i64; 6]> {
    let frame = table(name);
    let scenario = frame
        .column("scenario")
        .map_or_else(|_| vec!["main".to_owned(); frame.height()], |_| texts(&frame, "scenario"));
    let (teryt, year) = (texts(&frame, "teryt"), ints(&frame, "year"));
    let flows = FLOWS.map(|flow| ints(&frame, flow));
    (0..frame.height())
        .map(|row| {
            let key = (scenario[row].clone(), teryt[row].clone(), year[row]);
            (key, [0, 1, 2, 3, 4, 5].map(|flow| flows[flow][row]))
        })
        .collect()
}

fn change([births, deaths, arrivals, departures, immigration, emigration]: [i64; 6]) -> i64 {
    births - deaths + arrivals - departures + immigration - emigration
}

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
    assert_eq!(with_basis, 3);
}

#[test]
fn powiats_sum_to_their_voivodeship() {
    let voivodeships = Projection::read("projection_voivodeships", 101);
    for (code, powiats) in [("28", 21), ("22", 20), ("02", 30)] {
        let projection = Projection::read(&format!("projection_{code}"), 91);
        let units = projection.units();
        assert_eq!(units.len(), powiats);
        for scenario in SCENARIOS {
            for sex in 0..2 {
                for year in 0..YEARS {
                    let whole = voivodeships.by_age(scenario, code, sex, year);
                    let mut expected = whole[..90].to_vec();
                    expected.push(whole[90..].iter().sum());
                    let mut sum = vec![0; 91];
                    for unit in &units {
                        let ages = projection.by_age(scenario, unit, sex, year);
                        sum.iter_mut().zip(ages).for_each(|(sum, age)| *sum += age);
                    }
                    assert_eq!(sum, expected, "{code} {scenario} sex {sex} year {year}");
                }
            }
        }
        for unit in &units {
            let base = |scenario| [0, 1].map(|sex| projection.by_age(scenario, unit, sex, 0).to_vec());
            assert!(base("main") == base("low") && base("main") == base("high"), "{unit}: observed 2022");
        }
    }
}

#[test]
fn populations_change_by_their_components() {
    let components = components("projection_components");
    let mut checked = 0;
    for (name, ages) in [
        ("projection_28", 91),
        ("projection_22", 91),
        ("projection_02", 91),
        ("projection_voivodeships", 101),
    ] {
        let projection = Projection::read(name, ages);
        for (scenario, unit) in projection.blocks.keys() {
            for year in 1..YEARS {
                let key = (scenario.clone(), unit.clone(), FIRST + year as i64);
                let grown =
                    projection.total(scenario, unit, year) - projection.total(scenario, unit, year - 1);
                let gap = (grown - change(components[&key])).abs();
                // GUS's first projected year starts from an observed stock: 2 persons at most.
                assert!(gap <= if year == 1 { 2 } else { 0 }, "{key:?}: {gap}");
                checked += 1;
            }
        }
    }
    assert_eq!(checked, components.len());
}

#[test]
fn projected_gminas_sum_to_powiats_and_balance_but_for_the_known_flaw() {
    let powiats = Projection::read("projection_28", 91);
    let frame = table("gmina_projection_28");
    let (teryt, sex, group) = (texts(&frame, "teryt"), texts(&frame, "sex"), texts(&frame, "group"));
    let (from, to) = (ints(&frame, "age_from"), ints(&frame, "age_to"));
    let (year, population) = (ints(&frame, "year"), ints(&frame, "population"));
    let mut sums: BTreeMap<(&str, &str, &str, i64), (i64, i64, i64)> = BTreeMap::new();
    let mut totals = BTreeMap::new();
    let mut tens: BTreeMap<(&str, &str, i64), i64> = BTreeMap::new();
    for row in 0..frame.height() {
        let key = (&teryt[row][..4], sex[row].as_str(), group[row].as_str(), year[row]);
        let sum = sums.entry(key).or_insert((0, from[row], to[row]));
        sum.0 += population[row];
        let gmina = (teryt[row].as_str(), sex[row].as_str(), year[row]);
        if group[row] == "TOTAL" {
            totals.insert(gmina, population[row]);
        } else if to[row] == from[row] + 9 && from[row] % 10 == 0 || group[row] == "80+" {
            *tens.entry(gmina).or_default() += population[row];
        }
    }
    assert_eq!(tens, totals, "0-9 to 80+ sum to the total");
    for (&(powiat, sex, group, year), &(sum, from, to)) in &sums {
        let of = |sex: usize, from: i64, to: i64| -> i64 {
            let ages = powiats.by_age("main", powiat, sex, (year - FIRST) as usize);
            ages[from as usize..=to.min(90) as usize].iter().sum()
        };
        let open = |to: i64| if to == i64::MIN { 90 } else { to };
        let expected = match (sex, group) {
            ("T", "18-59/64") => of(0, 18, 59) + of(1, 18, 64),
            ("T", "45-59/64") => of(0, 45, 59) + of(1, 45, 64),
            ("T", "60+/65+") => of(0, 60, 90) + of(1, 65, 90),
            ("T", _) => of(0, from, open(to)) + of(1, from, open(to)),
            ("F", _) => of(0, from, open(to)),
            _ => of(1, from, open(to)),
        };
        assert_eq!(sum, expected, "{powiat} {sex} {group} {year}");
    }

    let mut unbalanced = Vec::new();
    let gmina_components = components("gmina_components_28");
    let powiat_components = components("projection_components");
    let mut sums: BTreeMap<(String, i64), [i64; 6]> = BTreeMap::new();
    for ((_, gmina, year), flows) in &gmina_components {
        let total = |year| totals[&(gmina.as_str(), "T", year)];
        if total(*year) - total(year - 1) != change(*flows) {
            unbalanced.push((gmina.as_str(), *year));
        }
        let sum = sums.entry((gmina[..4].to_owned(), *year)).or_default();
        sum.iter_mut().zip(flows).for_each(|(sum, flow)| *sum += flow);
    }
    let flaw = |gmina, years: std::ops::RangeInclusive<i64>| years.map(move |year| (gmina, year));
    let mut known: Vec<_> = flaw("2861011", 2026..=2032).chain(flaw("2862011", 2025..=2033)).collect();
    known.sort_unstable();
    unbalanced.retain(|&(_, year)| year > 2023);
    assert_eq!(unbalanced, known);

    let mut differing = Vec::new();
    for ((powiat, year), sum) in &sums {
        let official = powiat_components[&("main".to_owned(), powiat.clone(), *year)];
        // Births, deaths and moves to and from abroad; internal moves of gminas hold moves inside the powiat too.
        for flow in [0, 1, 4, 5] {
            if sum[flow] != official[flow] {
                differing.push((powiat.clone(), *year, FLOWS[flow]));
            }
        }
    }
    assert!(differing.is_empty(), "{differing:?}");
}

#[test]
fn observed_gminas_sum_to_powiats_and_the_voivodeship() {
    let frame = table("population_gminas_28");
    let (teryt, level) = (texts(&frame, "teryt"), texts(&frame, "level"));
    let (year, population) = (ints(&frame, "year"), ints(&frame, "population"));
    let mut published = BTreeMap::new();
    let mut sums: BTreeMap<(&str, i64), i64> = BTreeMap::new();
    for row in 0..frame.height() {
        published.insert((teryt[row].as_str(), year[row]), population[row]);
        let parent = match level[row].as_str() {
            "voivodeship" => continue,
            "powiat" => &teryt[row][..2],
            "gmina" => &teryt[row][..4],
            // Towns and rural areas: to the six digits of their gmina.
            _ => &teryt[row][..6],
        };
        *sums.entry((parent, year[row])).or_default() += population[row];
    }
    for (&(parent, year), &sum) in &sums {
        let code = if parent.len() == 6 { format!("{parent}3") } else { parent.to_owned() };
        assert_eq!(published[&(code.as_str(), year)], sum, "{code} {year}");
    }
    assert_eq!(sums.keys().filter(|(code, year)| code.len() == 4 && *year == 2024).count(), 21);
    assert_eq!(published[&("28", 2020)], 1_385_622, "the 2021-census figure, not the withdrawn 1,416,495");

    let ages = table("population_powiats_age_28");
    let (teryt, group) = (texts(&ages, "teryt"), texts(&ages, "group"));
    let (year, population) = (ints(&ages, "year"), ints(&ages, "population"));
    let mut totals: BTreeMap<(&str, i64), i64> = BTreeMap::new();
    for row in (0..ages.height()).filter(|&row| group[row] == "TOTAL" && year[row] >= 2015) {
        *totals.entry((teryt[row].as_str(), year[row])).or_default() += population[row];
    }
    assert_eq!(totals.len(), 21 * 10);
    for (key, total) in totals {
        assert_eq!(published[&key], total, "{key:?}: females and males");
    }
}

#[test]
fn stock_of_2021_by_subregion_is_that_of_gus() {
    let register = table("register");
    let (code, nuts3) = (texts(&register, "code"), texts(&register, "nuts3"));
    let subregion: BTreeMap<&str, &str> = code
        .iter()
        .zip(&nuts3)
        .filter(|(_, nuts)| !nuts.is_empty())
        .map(|(c, n)| (c.as_str(), n.as_str()))
        .collect();
    let frame = table("population_gminas_28");
    let (teryt, level) = (texts(&frame, "teryt"), texts(&frame, "level"));
    let (year, population) = (ints(&frame, "year"), ints(&frame, "population"));
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for row in (0..frame.height()).filter(|&row| level[row] == "gmina" && year[row] == 2021) {
        *sums.entry(subregion[&teryt[row][..4]]).or_default() += population[row];
    }
    let expected = [("PL621", 503_531), ("PL622", 595_895), ("PL623", 275_273)];
    assert_eq!(sums.into_iter().collect::<Vec<_>>(), expected);
    assert_eq!(expected.iter().map(|(_, persons)| persons).sum::<i64>(), 1_374_699);
}

#[test]
fn ages_of_gminas_in_2020_sum_to_their_totals() {
    let frame = table("population_gminas_age_2020");
    let (teryt, level, group) = (texts(&frame, "teryt"), texts(&frame, "level"), texts(&frame, "group"));
    let population = ints(&frame, "population");
    let mut gap: BTreeMap<&str, i64> = BTreeMap::new();
    let mut total = 0;
    for row in 0..frame.height() {
        let sign = if group[row] == "TOTAL" { -1 } else { 1 };
        *gap.entry(&teryt[row]).or_default() += sign * population[row];
        if group[row] == "TOTAL" && level[row] == "gmina" {
            total += population[row];
        }
    }
    assert_eq!(gap.len(), 184);
    assert!(gap.values().all(|gap| *gap == 0));
    assert_eq!(total, 1_416_495, "GUS's first, later withdrawn figure of 31 XII 2020");
}

#[test]
fn eurostat_ages_and_sexes_sum_to_totals() {
    for (name, value, tops) in [
        ("eurostat_population", "population", &["90+"][..]),
        ("eurostat_deaths", "deaths", &["90+"]),
        ("eurostat_population_broad", "population", &["65+"]),
    ] {
        let frame = table(name);
        let (geo, sex, group) = (texts(&frame, "geo"), texts(&frame, "sex"), texts(&frame, "group"));
        let (year, to, counts) = (ints(&frame, "year"), ints(&frame, "age_to"), ints(&frame, value));
        let mut gap: BTreeMap<(&str, &str, i64), i64> = BTreeMap::new();
        let mut sexes: BTreeMap<(&str, &str, i64), i64> = BTreeMap::new();
        for row in 0..frame.height() {
            if frame.column("edition").is_ok() && texts(&frame, "edition")[row] == "pre_census" {
                break;
            }
            let key = (geo[row].as_str(), sex[row].as_str(), year[row]);
            if group[row] == "TOTAL" {
                *gap.entry(key).or_default() -= counts[row];
            } else if to[row] != i64::MIN || tops.contains(&group[row].as_str()) {
                *gap.entry(key).or_default() += counts[row];
            }
            if counts[row] != i64::MIN {
                let sign = if sex[row] == "T" { -1 } else { 1 };
                *sexes.entry((&geo[row], &group[row], year[row])).or_default() += sign * counts[row];
            }
        }
        assert!(gap.len() > 100, "{name}");
        assert_eq!(gap.iter().find(|(_, gap)| **gap != 0), None, "{name}: ages");
        assert_eq!(sexes.iter().find(|(_, gap)| **gap != 0), None, "{name}: sexes");
    }
}

#[test]
fn eurostat_deaths_are_the_same_in_both_of_its_tables() {
    let by_age = table("eurostat_deaths");
    let (geo, sex, group) = (texts(&by_age, "geo"), texts(&by_age, "sex"), texts(&by_age, "group"));
    let (year, deaths) = (ints(&by_age, "year"), ints(&by_age, "deaths"));
    let totals = table("eurostat_births_deaths");
    let expected: BTreeMap<(String, i64), i64> =
        texts(&totals, "geo").into_iter().zip(ints(&totals, "year")).zip(ints(&totals, "deaths")).collect();
    let rows = (0..by_age.height()).filter(|&row| sex[row] == "T" && group[row] == "TOTAL");
    let mut checked = 0;
    for row in rows {
        assert_eq!(expected[&(geo[row].clone(), year[row])], deaths[row], "{} {}", geo[row], year[row]);
        checked += 1;
    }
    assert_eq!(checked, 6 * 9);
}

#[test]
fn fertility_rates_sum_to_the_published_total() {
    let frame = table("asfr_poland");
    let (year, group, rate) = (ints(&frame, "year"), texts(&frame, "group"), floats(&frame, "rate"));
    let mut gap: BTreeMap<i64, f64> = BTreeMap::new();
    for row in 0..frame.height() {
        *gap.entry(year[row]).or_default() += match group[row].as_str() {
            "TOTAL" => -rate[row],
            "10-14" => 5.0 * rate[row],
            "50+" => 0.0,
            _ => rate[row],
        };
    }
    // 35 single ages and five times 10-14, each rounded to 5 decimals: at most (35 + 5) x 0.000005, and the total's own.
    assert_eq!(gap.len(), 34);
    assert!(gap.values().all(|gap| gap.abs() <= 41.0 * 0.000_005 + 1e-12), "{gap:?}");
}

#[test]
fn hmd_survivors_less_deaths_are_the_next_survivors() {
    let frame = table("hmd_poland");
    let age = ints(&frame, "age");
    let (lx, dx) = (ints(&frame, "lx"), ints(&frame, "dx"));
    let (big_l, big_t) = (ints(&frame, "Lx"), ints(&frame, "Tx"));
    for row in 0..frame.height() {
        if age[row] == 0 {
            assert_eq!(lx[row], 100_000);
        }
        if age[row] == 110 {
            assert_eq!((lx[row], big_l[row]), (dx[row], big_t[row]), "open age: everyone dies in it");
            continue;
        }
        // lx, dx, Lx and Tx are rounded to whole numbers each.
        assert!((lx[row] - dx[row] - lx[row + 1]).abs() <= 1, "row {row}");
        assert!((big_t[row] - big_l[row] - big_t[row + 1]).abs() <= 1, "row {row}");
    }
}

#[test]
fn own_revenue_sums_to_the_grosz() {
    let frame = table("own_revenue_28");
    let (teryt, level, year) = (texts(&frame, "teryt"), texts(&frame, "level"), ints(&frame, "year"));
    let grosze: Vec<i64> =
        floats(&frame, "own_revenue").iter().map(|zloty| (zloty * 100.0).round() as i64).collect();
    let mut gap: BTreeMap<(&str, i64), i64> = BTreeMap::new();
    for row in 0..frame.height() {
        let (own, parent) = match level[row].as_str() {
            "voivodeship" => (Some("28"), None),
            "powiat" => (Some(&teryt[row][..]), Some("28")),
            _ => (None, Some(&teryt[row][..4])),
        };
        if let Some(own) = own {
            *gap.entry((own, year[row])).or_default() -= grosze[row];
        }
        if let Some(parent) = parent {
            *gap.entry((parent, year[row])).or_default() += grosze[row];
        }
    }
    assert_eq!(gap.len(), 22 * 3);
    assert!(gap.values().all(|gap| *gap == 0), "{gap:?}");
    assert_eq!(grosze[0], 264_327_872_878);
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

#[test]
fn yearbook_gives_what_gus_printed_for_2024() {
    let frame = table("yearbook_2025");
    let columns = ["measure", "code", "area", "sex", "group"].map(|column| texts(&frame, column));
    let (year, value) = (ints(&frame, "year"), floats(&frame, "value"));
    let figure = |key: [&str; 5]| {
        let mut rows = (0..frame.height()).filter(|&row| {
            year[row] == 2024 && columns.iter().zip(key).all(|(column, text)| column[row] == text)
        });
        let row = rows.next().unwrap();
        assert_eq!(rows.next(), None);
        value[row]
    };
    let near = |key: [&str; 5], printed: f64| assert!((figure(key) - printed).abs() < 1e-9, "{key:?}");
    near(["life_expectancy", "28", "total", "M", "0"], 74.29);
    near(["life_expectancy", "28", "total", "F", "0"], 81.84);
    near(["tfr", "28", "total", "F", "TOTAL"], 1.045);
    near(["asfr", "28", "total", "F", "25-29"], 73.5);
    let all = figure(["population", "28", "total", "T", "TOTAL"]);
    let balances = table("population_gminas_28");
    let (teryt, years) = (texts(&balances, "teryt"), ints(&balances, "year"));
    let row = (0..balances.height()).find(|&row| teryt[row] == "28" && years[row] == 2024).unwrap();
    assert_eq!(all.round() as i64, ints(&balances, "population")[row]);
}
