//! The rules by which flags are raised.

use super::trend::{Course, comparable};
use super::{
    AssessmentSettings, Flag, FlagRule, IndicatorTable, Judgement, Measured, PeerGroup, Side, Standing,
    TableIndicator, Trend, ValueKind,
};
use crate::observation::{Cell, Missing};

/// Room for the rounding of share x number.
const SLACK: f64 = 1e-9;

/// Flags of one indicator of the unit at `place`.
pub(super) fn flags(
    table: &IndicatorTable,
    which: usize,
    place: usize,
    measured: &Measured,
    groups: &[(&str, Vec<usize>)],
    settings: &AssessmentSettings,
) -> Vec<Flag> {
    let Some(indicator) = table.indicators().get(which) else { return Vec::new() };
    let flag = |peers: Option<&str>, judgement, rule| Flag {
        indicator: indicator.id.clone(),
        year: measured.year,
        peers: peers.map(str::to_owned),
        judgement,
        rule,
    };
    let mut raised = Vec::new();
    match measured.cell {
        Cell::Value(value) if indicator.kind == ValueKind::Ratio => {
            for standing in measured.standings.iter().filter(|standing| !standing.few) {
                if let Some((side, rule)) = far(value, indicator, standing, settings) {
                    let judgement = Judgement::of(indicator.direction, side);
                    raised.push(flag(Some(&standing.peers), judgement, rule));
                }
            }
        }
        Cell::Missing(reason @ (Missing::NotReported | Missing::Suppressed)) => {
            let level = |unit: &super::TableUnit| {
                table.units().get(place).is_some_and(|own| own.level() == unit.level())
            };
            let units = table.units().iter().enumerate().filter(|(_, unit)| level(unit));
            let others =
                units.filter(|&(other, _)| table.value(which, other, measured.year).is_some()).count();
            raised.push(flag(None, Judgement::Unknown, FlagRule::MissingValue { reason, others }));
        }
        _ => {}
    }
    if let Some((side, rule)) = big_change(table, which, indicator, place, measured, settings) {
        raised.push(flag(None, Judgement::of(indicator.direction, side), rule));
    }
    if let Some(trend) = &measured.trend {
        for (peers, members) in groups {
            if let Some((side, rule)) = against(table, which, indicator, trend, members, settings) {
                raised.push(flag(Some(peers), Judgement::of(indicator.direction, side), rule));
            }
        }
    }
    raised
}

/// Unfavourable first; within a judgement by rule, then by the order of indicators and peers.
pub(super) fn sort(flags: &mut [Flag], indicators: &[TableIndicator], peers: &[PeerGroup]) {
    let indicator = |flag: &Flag| indicators.iter().position(|known| known.id == flag.indicator);
    let group = |flag: &Flag| peers.iter().position(|known| flag.peers.as_deref() == Some(known.word()));
    flags.sort_by_key(|flag| (flag.judgement, flag.rule.order(), indicator(flag), group(flag)));
}

/// Outside the fence; else among the extreme share.
fn far(
    value: f64,
    indicator: &TableIndicator,
    standing: &Standing,
    settings: &AssessmentSettings,
) -> Option<(Side, FlagRule)> {
    let (spread, place) = (standing.spread?, standing.place?);
    let (n, median) = (spread.n, spread.median);
    if Course::of(value - median, indicator.decimals) == Course::Level {
        return None; // it prints as the median
    }
    let reach = settings.fence * (spread.upper_quartile - spread.lower_quartile);
    let (low, high) = (spread.lower_quartile - reach, spread.upper_quartile + reach);
    // Equal quartiles say nothing of how far is far: every other value would be outside.
    if reach > 0.0 && (value < low || value > high) {
        let (side, limit) = if value > high { (Side::High, high) } else { (Side::Low, low) };
        return Some((
            side,
            FlagRule::OutsideFence { side, value, limit, factor: settings.fence, median, n },
        ));
    }
    let most = settings.extreme_share * n as f64 + SLACK;
    let above_or_equal = place.rank + place.ties;
    let below_or_equal = n + 1 - place.rank;
    let extreme = |side, as_far| {
        (side, FlagRule::Extreme { side, value, as_far, share: settings.extreme_share, median, n })
    };
    if above_or_equal as f64 <= most {
        Some(extreme(Side::High, above_or_equal))
    } else if below_or_equal as f64 <= most {
        Some(extreme(Side::Low, below_or_equal))
    } else {
        None
    }
}

/// The largest change from one year to the next that reaches the threshold.
fn big_change(
    table: &IndicatorTable,
    which: usize,
    indicator: &TableIndicator,
    place: usize,
    measured: &Measured,
    settings: &AssessmentSettings,
) -> Option<(Side, FlagRule)> {
    let points = comparable(indicator, table.cells(which, place), measured.year);
    let mut largest: Option<(f64, FlagRule, Side)> = None;
    for pair in points.windows(2) {
        let &[(from_year, from), (to_year, to)] = pair else { continue };
        let small = indicator.kind == ValueKind::Size && from.abs().max(to.abs()) < settings.big_change_from;
        let change = to - from;
        if from_year.next() != to_year || small || Course::of(change, indicator.decimals) == Course::Level {
            continue;
        }
        let percent = Some(100.0 * change / from.abs()).filter(|percent| percent.is_finite());
        let size = match percent {
            Some(percent) => percent.abs(),
            // from nothing: a count that is not small is a big change, a ratio says nothing
            None if indicator.kind == ValueKind::Size => f64::INFINITY,
            None => continue,
        };
        if size >= settings.big_change - SLACK && largest.as_ref().is_none_or(|(most, ..)| size >= *most) {
            let threshold = settings.big_change;
            let rule = FlagRule::BigChange { from_year, from, to_year, to, percent, threshold };
            largest = Some((size, rule, if change > 0.0 { Side::High } else { Side::Low }));
        }
    }
    largest.map(|(_, rule, side)| (side, rule))
}

/// Moves one way while enough of the peers move the other.
fn against(
    table: &IndicatorTable,
    which: usize,
    indicator: &TableIndicator,
    trend: &Trend,
    members: &[usize],
    settings: &AssessmentSettings,
) -> Option<(Side, FlagRule)> {
    let side = match trend.course {
        Course::Up => Side::High,
        Course::Down => Side::Low,
        Course::Level => return None,
    };
    let courses: Vec<Course> = members
        .iter()
        .filter_map(|&member| {
            let first = table.value(which, member, trend.first_year)?;
            let last = table.value(which, member, trend.last_year)?;
            Some(Course::of(last - first, indicator.decimals))
        })
        .collect();
    let against = courses.iter().filter(|course| course.is_against(trend.course)).count();
    let compared = courses.len();
    let enough = against as f64 >= settings.against_share * compared as f64 - SLACK;
    (compared >= settings.few_peers && enough).then(|| {
        let rule = FlagRule::AgainstPeers {
            course: trend.course,
            from_year: trend.first_year,
            to_year: trend.last_year,
            change: indicator.change.between(trend.first, trend.last),
            against,
            compared,
            share: settings.against_share,
        };
        (side, rule)
    })
}
