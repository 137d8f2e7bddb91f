//! Assessments of made-up tables.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::observation::{Cell, Missing, Year};
use crate::territory::UnitId;

const YEAR: Year = Year::constant(2024);

fn gmina(number: usize) -> UnitId {
    // rural gminas 2816012, 2816022, ...
    format!("2816{number:02}2").parse().unwrap()
}

fn value(indicator: &str, unit: UnitId, year: u16, value: f64) -> TableValue {
    TableValue { indicator: indicator.into(), unit, year: Year::constant(year), cell: Cell::Value(value) }
}

fn missing(indicator: &str, unit: UnitId, year: u16, reason: Missing) -> TableValue {
    TableValue { indicator: indicator.into(), unit, year: Year::constant(year), cell: Cell::Missing(reason) }
}

fn units(n: usize) -> Vec<TableUnit> {
    (1..=n).map(|i| TableUnit::new(gmina(i), format!("gmina {i}"))).collect()
}

/// One ratio in one year; a `None` is not reported.
fn table(direction: Direction, values: &[Option<f64>]) -> IndicatorTable {
    let indicator = TableIndicator { direction, ..TableIndicator::new("x") };
    let rows = values.iter().enumerate().map(|(i, given)| match given {
        Some(number) => value("x", gmina(i + 1), 2024, *number),
        None => missing("x", gmina(i + 1), 2024, Missing::NotReported),
    });
    IndicatorTable::new(vec![indicator], units(values.len()), rows.collect()).unwrap()
}

const SETS: [PeerGroup; 1] = [PeerGroup::Set(PeerSet::Powiat)];

fn one(table: &IndicatorTable, unit: usize) -> Assessment {
    assess(table, gmina(unit), &SETS, &CheckedSettings::default()).unwrap()
}

fn rules(assessment: &Assessment) -> Vec<(&'static str, Judgement)> {
    assessment.flags.iter().map(|flag| (flag.rule.word(), flag.judgement)).collect()
}

#[test]
fn a_value_outside_the_fence_is_flagged_by_the_direction() {
    let values: Vec<Option<f64>> = [10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 40.0].into_iter().map(Some).collect();
    for (direction, judgement) in [
        (Direction::LowerFavourable, Judgement::Unfavourable),
        (Direction::HigherFavourable, Judgement::Favourable),
        (Direction::NotStated, Judgement::NotStated),
    ] {
        let far = one(&table(direction, &values), 7);
        assert_eq!(rules(&far), [("outside_fence", judgement)]);
        let FlagRule::OutsideFence { side, limit, median, n, .. } = far.flags[0].rule else { panic!() };
        // quartiles 11.5 and 14.5: fence 14.5 + 1.5 x 3
        assert_eq!((side, limit, median, n), (Side::High, 19.0, 13.0, 7));
        assert_eq!(far.flags[0].peers.as_deref(), Some("powiat"));
    }
    assert!(one(&table(Direction::NotStated, &values), 6).flags.is_empty());
}

#[test]
fn a_tenth_with_equal_values_counted_in_is_extreme() {
    let mut values: Vec<Option<f64>> = (1..=20).map(|i| Some(f64::from(i))).collect();
    let pair = table(Direction::NotStated, &values);
    assert_eq!(rules(&one(&pair, 19)), [("extreme", Judgement::NotStated)]);
    assert_eq!(rules(&one(&pair, 2)), [("extreme", Judgement::NotStated)]);
    assert!(one(&pair, 18).flags.is_empty());
    // three equal at the top are more than a tenth of twenty
    for value in &mut values[17..] {
        *value = Some(20.0);
    }
    assert!(one(&table(Direction::NotStated, &values), 20).flags.is_empty());
}

#[test]
fn constants_and_few_peers_raise_no_flags_and_few_is_said() {
    let level = one(&table(Direction::NotStated, &[Some(3.3); 30]), 1);
    let standing = &level.indicators[0].standings[0];
    assert!(level.flags.is_empty() && !standing.few);
    assert_eq!(standing.place.map(|place| (place.rank, place.ties, place.percentile)), Some((1, 29, 50.0)));
    let few = one(&table(Direction::NotStated, &[Some(1.0), Some(1.1), Some(99.0)]), 3);
    assert!(few.indicators[0].standings[0].few && few.flags.is_empty());
}

#[test]
fn what_prints_as_the_median_is_not_far() {
    let dust: Vec<Option<f64>> =
        (0..20).map(|i| Some(5.0 + f64::from(i) * 1e-12)).chain([Some(5.04)]).collect();
    assert!(one(&table(Direction::NotStated, &dust), 21).flags.is_empty());
    let seen: Vec<Option<f64>> = dust.iter().copied().chain([Some(5.06)]).collect();
    assert_eq!(
        rules(&one(&table(Direction::NotStated, &seen), 22)),
        [("outside_fence", Judgement::NotStated)]
    );
}

#[test]
fn peers_without_a_value_are_listed_and_own_missing_is_flagged() {
    let values = [Some(1.0), None, Some(2.0), None, Some(3.0)];
    let known = one(&table(Direction::NotStated, &values), 1);
    let standing = &known.indicators[0].standings[0];
    assert_eq!((standing.units, &standing.without_value), (4, &vec![gmina(2), gmina(4)]));
    let unknown = one(&table(Direction::NotStated, &values), 2);
    let standing = &unknown.indicators[0].standings[0];
    assert_eq!(
        (standing.place, standing.spread.map(|spread| (spread.n, spread.median))),
        (None, Some((3, 2.0)))
    );
    assert_eq!(unknown.flags[0].rule, FlagRule::MissingValue { reason: Missing::NotReported, others: 3 });
    assert_eq!(unknown.gaps, [Gap { indicator: "x".into(), year: YEAR, reason: Missing::NotReported }]);
}

#[test]
fn one_unit_alone_and_a_table_without_values_are_assessed() {
    let alone = one(&table(Direction::NotStated, &[Some(1.0)]), 1);
    assert!(alone.indicators[0].standings.is_empty() && alone.flags.is_empty());
    assert_eq!(alone.without_peers, [WithoutPeers { peers: "powiat".into(), reason: NoPeers::Nobody }]);
    let empty = one(&table(Direction::NotStated, &[None, None]), 1);
    assert_eq!(empty.indicators[0].year, YEAR);
    assert_eq!(rules(&empty), [("missing_value", Judgement::Unknown)]);
    assert_eq!(empty.indicators[0].standings[0].spread, None);
}

#[test]
fn what_does_not_apply_is_no_gap() {
    for reason in [Missing::NotApplicable, Missing::BelowUnit] {
        let rows = vec![missing("x", gmina(1), 2024, reason), value("x", gmina(2), 2024, 1.0)];
        let table = IndicatorTable::new(vec![TableIndicator::new("x")], units(2), rows).unwrap();
        let unit = one(&table, 1);
        assert!(unit.gaps.is_empty() && unit.flags.is_empty());
    }
}

#[test]
fn size_is_no_finding_but_its_change_is() {
    let indicator = TableIndicator { kind: ValueKind::Size, decimals: 0, ..TableIndicator::new("x") };
    let mut rows = Vec::new();
    for i in 1..=12 {
        rows.push(value("x", gmina(i), 2022, 1000.0));
        rows.push(value("x", gmina(i), 2024, if i == 12 { 90_000.0 } else { 990.0 - i as f64 }));
    }
    let table = IndicatorTable::new(vec![indicator], units(12), rows).unwrap();
    let large = one(&table, 12);
    assert_eq!(rules(&large), [("against_peers", Judgement::NotStated)]);
    let FlagRule::AgainstPeers { course, against, compared, .. } = large.flags[0].rule else { panic!() };
    assert_eq!((course, against, compared), (Course::Up, 11, 11));
    // two years apart: no change from one year to the next
    assert!(one(&table, 1).flags.is_empty());
}

#[test]
fn the_largest_change_from_year_to_year_is_flagged() {
    let series = |points: &[(u16, f64)], kind| {
        let indicator =
            TableIndicator { kind, direction: Direction::LowerFavourable, ..TableIndicator::new("x") };
        let rows = points.iter().map(|&(year, number)| value("x", gmina(1), year, number)).collect();
        one(&IndicatorTable::new(vec![indicator], units(1), rows).unwrap(), 1)
    };
    let found = series(&[(2020, 100.0), (2021, 125.0), (2022, 75.0), (2023, 76.0)], ValueKind::Ratio);
    assert_eq!(rules(&found), [("big_change", Judgement::Favourable)]);
    let FlagRule::BigChange { from_year, to, percent, .. } = found.flags[0].rule else { panic!() };
    assert_eq!((from_year.get(), to, percent), (2021, 75.0, Some(-40.0)));
    assert!(series(&[(2020, 2.0), (2021, 3.0)], ValueKind::Size).flags.is_empty());
    let from_none = series(&[(2020, 0.0), (2021, 40.0)], ValueKind::Size);
    let FlagRule::BigChange { percent, .. } = from_none.flags[0].rule else { panic!() };
    assert_eq!(percent, None);
    assert!(series(&[(2020, 0.0), (2021, 40.0)], ValueKind::Ratio).flags.is_empty());
    assert!(series(&[(2020, 10.0), (2022, 40.0)], ValueKind::Ratio).flags.is_empty());
}

#[test]
fn units_are_compared_in_a_year_common_to_half_of_them() {
    let mut rows: Vec<TableValue> = (1..=4).map(|i| value("x", gmina(i), 2023, i as f64)).collect();
    rows.push(value("x", gmina(1), 2024, 9.0));
    let table = IndicatorTable::new(vec![TableIndicator::new("x")], units(4), rows).unwrap();
    assert_eq!(one(&table, 1).indicators[0].year.get(), 2023);
    let early = AssessmentSettings { year: Some(Year::constant(2022)), ..AssessmentSettings::default() };
    let early = assess(&table, gmina(1), &SETS, &early.check().unwrap()).unwrap();
    assert!(early.indicators.is_empty());
}

#[test]
fn peers_are_of_one_level_and_of_the_set() {
    let code = |text: &str| text.parse::<UnitId>().unwrap();
    let mut units: Vec<TableUnit> =
        ["28", "2816", "2817", "PL622", "PL623", "2816033", "2816012", "2817011", "281702"]
            .iter()
            .map(|text| TableUnit::new(code(text), *text))
            .collect();
    for unit in &mut units {
        match unit.unit {
            UnitId::Subregion(_) => unit.voivodeship = Some("28".parse().unwrap()),
            UnitId::Administrative(teryt) if unit.level() > crate::territory::Level::Subregion => {
                let nuts = if teryt.powiat() == Some("2816".parse().unwrap()) { "PL623" } else { "PL622" };
                unit.subregion = Some(nuts.parse().unwrap());
            }
            UnitId::Administrative(_) => {}
        }
    }
    let rows = units.iter().enumerate().map(|(i, unit)| value("x", unit.unit, 2024, i as f64)).collect();
    let table = IndicatorTable::new(vec![TableIndicator::new("x")], units, rows).unwrap();
    let sets: Vec<PeerGroup> = PeerSet::ALL.into_iter().map(PeerGroup::Set).collect();
    let found = |unit: &str| {
        let found = assess(&table, code(unit), &sets, &CheckedSettings::default()).unwrap();
        let sizes: Vec<(String, usize)> =
            found.indicators[0].standings.iter().map(|s| (s.peers.clone(), s.units)).collect();
        let none: Vec<(String, NoPeers)> =
            found.without_peers.into_iter().map(|w| (w.peers, w.reason)).collect();
        (sizes, none)
    };
    let sizes = |pairs: &[(&str, usize)]| pairs.iter().map(|&(w, n)| (w.to_owned(), n)).collect::<Vec<_>>();
    let none = |pairs: &[(&str, NoPeers)]| pairs.iter().map(|&(w, r)| (w.to_owned(), r)).collect::<Vec<_>>();
    let (with, without) = found("2816033");
    assert_eq!(with, sizes(&[("voivodeship", 3), ("subregion", 1), ("powiat", 1)]));
    assert_eq!(without, none(&[("kind", NoPeers::Nobody)]));
    assert_eq!(found("281702").1, none(&[("kind", NoPeers::KindUnknown)]));
    let (with, without) = found("2816");
    assert_eq!(with, sizes(&[("voivodeship", 1)]));
    let gminas = NoPeers::OnlyGminas;
    assert_eq!(without, none(&[("subregion", NoPeers::Nobody), ("powiat", gminas), ("kind", gminas)]));
    assert_eq!(found("PL622").0, sizes(&[("voivodeship", 1)]));
    assert_eq!(found("PL622").1[0], ("subregion".to_owned(), NoPeers::NotInside));
    assert_eq!(found("28").1[0], ("voivodeship".to_owned(), NoPeers::NotInside));
    let own = PeerGroup::Own(BTreeSet::from([code("2817011"), code("2817021"), code("2816")]));
    let found = assess(&table, code("2816031"), &[own], &CheckedSettings::default()).unwrap();
    assert_eq!(found.indicators[0].standings[0].units, 2); // gminas, whatever kind digit; the powiat is left out
}

#[test]
fn what_the_table_does_not_have_is_named() {
    let table = table(Direction::NotStated, &[Some(1.0), Some(2.0)]);
    let settings = CheckedSettings::default();
    let fault = |unit, peers: &[PeerGroup]| assess(&table, unit, peers, &settings).unwrap_err().to_string();
    assert_eq!(fault(gmina(9), &SETS), "the table has no unit 2816092: it has 2 units, the first is 2816012");
    assert!(fault(gmina(1), &[PeerGroup::Own(BTreeSet::from([gmina(7)]))]).contains("no unit 2816072"));
    assert!(fault(gmina(1), &[SETS[0].clone(), SETS[0].clone()]).contains("'powiat' are asked for twice"));
}

#[test]
fn every_fault_of_a_table_is_listed_by_place() {
    let indicators = vec![TableIndicator::new("x"), TableIndicator::new("x"), TableIndicator::new(" ")];
    let unit = |code: &str| TableUnit::new(code.parse::<UnitId>().unwrap(), code);
    let units = vec![unit("2816012"), unit("2816013"), unit("2816034")];
    let a = gmina(1);
    let rows = vec![
        value("x", a, 2024, 1.0),
        value("y", a, 2024, 1.0),
        value("x", gmina(5), 2024, 1.0),
        value("x", "2816011".parse().unwrap(), 2024, 2.0),
        value("x", a, 2023, f64::NAN),
        value("x", a, 2022, f64::INFINITY),
    ];
    let error = IndicatorTable::new(indicators, units, rows).unwrap_err();
    assert_eq!(error.faults.len(), 9, "{error}");
    let text = error.to_string();
    for part in [
        "9 faults",
        "indicators 1 and 2 are both 'x'",
        "indicator 3 has no id",
        "units 1 (2816012) and 2 (2816013) are one unit",
        "unit 3, 2816034, is a part of a gmina",
        "row 2: there is no indicator 'y'",
        "row 3, indicator 'x': there is no unit 2816052",
        "rows 1 and 4 are both of 'x', 2816011, 2024",
        "row 5, 'x', 2816012, 2023: NaN is no value",
        "row 6",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(IndicatorTable::new(vec![], vec![], vec![]).unwrap_err().faults.len(), 2);
}

#[test]
fn tables_and_assessments_come_back_from_json() {
    let table = table(Direction::NotStated, &[Some(0.1), None, Some(1.0 / 3.0)]);
    let text = serde_json::to_string(&table).unwrap();
    assert_eq!(serde_json::from_str::<IndicatorTable>(&text).unwrap(), table);
    let doubled = text.replacen("2816022", "2816012", 1);
    assert!(
        serde_json::from_str::<IndicatorTable>(&doubled).unwrap_err().to_string().contains("are one unit")
    );
    let found = one(&table, 2);
    let text = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Assessment>(&text).unwrap(), found);
    let all = assess_all(&table, &SETS, &CheckedSettings::default()).unwrap();
    let text = serde_json::to_string(&all).unwrap();
    assert_eq!(serde_json::from_str::<Assessments>(&text).unwrap(), all);
}

proptest! {
    #[test]
    fn order_of_units_and_unit_of_measure_do_not_matter(
        values in prop::collection::vec(prop::option::weighted(0.85, -40_i8..40), 1..40),
        shift in 0_usize..40,
    ) {
        let values: Vec<Option<f64>> = values.into_iter().map(|value| value.map(f64::from)).collect();
        let plain = table(Direction::LowerFavourable, &values);
        let found = assess_all(&plain, &SETS, &CheckedSettings::default()).unwrap();
        // the same units in another order
        let mut known = plain.units().to_vec();
        known.rotate_left(shift % values.len());
        let mut rows = plain.values();
        rows.reverse();
        let turned = IndicatorTable::new(plain.indicators().to_vec(), known, rows).unwrap();
        // powers of two do not round
        let eighths: Vec<Option<f64>> = values.iter().map(|value| value.map(|value| value * 8.0)).collect();
        let scaled = assess_all(&table(Direction::LowerFavourable, &eighths), &SETS, &CheckedSettings::default()).unwrap();
        for (unit, scaled) in found.units.iter().zip(&scaled.units) {
            let mut other = assess(&turned, unit.unit, &SETS, &CheckedSettings::default()).unwrap();
            for standing in other.indicators.iter_mut().flat_map(|measured| &mut measured.standings) {
                standing.without_value.sort_unstable();
            }
            prop_assert_eq!(unit, &other);
            prop_assert_eq!(rules(unit), rules(scaled));
            let places = |a: &Assessment| -> Vec<_> {
                let standings = a.indicators.iter().flat_map(|m| &m.standings);
                standings.map(|s| s.place.map(|p| (p.rank, p.ties, p.percentile))).collect()
            };
            prop_assert_eq!(places(unit), places(scaled));
        }
        // what position() says of the same values
        for (unit, own) in found.units.iter().zip(&values) {
            let others: Vec<f64> = values.iter().flatten().copied().collect();
            if let (Some(own), Some(standing)) = (own, unit.indicators[0].standings.first())
                && let (Some(place), Some(spread)) = (standing.place, standing.spread)
            {
                let mut peers = others.clone();
                let at = peers.iter().position(|value| value.total_cmp(own).is_eq()).unwrap();
                peers.swap_remove(at);
                let at = position(*own, &peers).unwrap();
                prop_assert_eq!((at.rank, at.ties, at.percentile), (place.rank, place.ties, place.percentile));
                prop_assert_eq!((at.lower_quartile, at.median), (spread.lower_quartile, spread.median));
            }
        }
    }
}
