use std::collections::{BTreeMap, BTreeSet};

use super::{
    Assessment, Assessments, CheckedSettings, Gap, IndicatorTable, Measured, NoPeers, Outlook, PeerGroup,
    Place, Point, Spread, Standing, TableIndicator, Trend, WithoutPeers, raise,
};
use crate::observation::{Cell, Missing, Provenance, Source, Year};
use crate::territory::{Level, UnitId};

/// Why nothing can be assessed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssessmentError {
    /// The table has no such unit.
    #[error("the table has no unit {unit}: it has {units} units, the first is {first}")]
    UnknownUnit {
        /// The unit asked for.
        unit: UnitId,
        /// Number of units there are.
        units: usize,
        /// The first of them.
        first: UnitId,
    },
    /// The user's own peers have a unit that the table does not have.
    #[error("own peers: the table has no unit {unit}")]
    UnknownPeer {
        /// The unit named.
        unit: UnitId,
    },
    /// One set of peers twice.
    #[error("peers '{peers}' are asked for twice")]
    SamePeers {
        /// Word of the peers.
        peers: &'static str,
    },
}

/// Assesses one unit of a table among its peers.
///
/// Every indicator that units of its level are asked for is compared in one common year (the last observed one in
/// which at least half of the level has a value, not after [`year`](super::AssessmentSettings::year)); quartiles are
/// type 7, percentiles mid-rank, equal values share the best rank; the unit's own value belongs to the set.
///
/// # Errors
/// [`AssessmentError`] for a unit or peer that the table does not have.
pub fn assess(
    table: &IndicatorTable,
    unit: UnitId,
    peers: &[PeerGroup],
    settings: &CheckedSettings,
) -> Result<Assessment, AssessmentError> {
    let batch = Batch::new(table, peers, settings)?;
    Ok(batch.assess(place_of(table, unit)?))
}

/// Assesses some units of a table, in the order given, each once; see [`assess`].
///
/// # Errors
/// As [`assess`].
pub fn assess_units(
    table: &IndicatorTable,
    units: &[UnitId],
    peers: &[PeerGroup],
    settings: &CheckedSettings,
) -> Result<Assessments, AssessmentError> {
    let batch = Batch::new(table, peers, settings)?;
    let mut places = Vec::with_capacity(units.len());
    let mut seen = BTreeSet::new();
    for &unit in units {
        let place = place_of(table, unit)?;
        if seen.insert(place) {
            places.push(place);
        }
    }
    Ok(Assessments {
        indicators: table.indicators().to_vec(),
        peers: peers.to_vec(),
        settings: *settings,
        units: places.into_iter().map(|place| batch.assess(place)).collect(),
    })
}

/// Assesses every unit of a table; see [`assess`].
///
/// # Errors
/// As [`assess`].
pub fn assess_all(
    table: &IndicatorTable,
    peers: &[PeerGroup],
    settings: &CheckedSettings,
) -> Result<Assessments, AssessmentError> {
    let units: Vec<UnitId> = table.units().iter().map(|unit| unit.unit).collect();
    assess_units(table, &units, peers, settings)
}

fn place_of(table: &IndicatorTable, unit: UnitId) -> Result<usize, AssessmentError> {
    table.place(unit).ok_or_else(|| AssessmentError::UnknownUnit {
        unit,
        units: table.units().len(),
        first: table.units().first().map_or(unit, |known| known.unit),
    })
}

/// What all units of a table share.
struct Batch<'a> {
    table: &'a IndicatorTable,
    peers: &'a [PeerGroup],
    settings: &'a CheckedSettings,
    years: BTreeMap<(usize, Level), Year>,
    provenance: Provenance,
}

impl<'a> Batch<'a> {
    fn new(
        table: &'a IndicatorTable,
        peers: &'a [PeerGroup],
        settings: &'a CheckedSettings,
    ) -> Result<Self, AssessmentError> {
        for (i, group) in peers.iter().enumerate() {
            if peers.iter().take(i).any(|earlier| earlier.word() == group.word()) {
                return Err(AssessmentError::SamePeers { peers: group.word() });
            }
            if let PeerGroup::Own(units) = group
                && let Some(&unit) = units.iter().find(|&&unit| table.place(unit).is_none())
            {
                return Err(AssessmentError::UnknownPeer { unit });
            }
        }
        let mut levels: Vec<Level> = table.units().iter().map(super::TableUnit::level).collect();
        levels.sort_unstable();
        levels.dedup();
        let mut years = BTreeMap::new();
        for (which, _) in table.indicators().iter().enumerate() {
            for &level in &levels {
                if let Some(year) = table.common_year(which, level, settings.get().year) {
                    years.insert((which, level), year);
                }
            }
        }
        Ok(Self { table, peers, settings, years, provenance: provenance(table) })
    }

    fn assess(&self, place: usize) -> Assessment {
        let unit = &self.table.units()[place];
        let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
        let mut without_peers = Vec::new();
        for group in self.peers {
            match group.members(self.table, place) {
                Ok(members) => groups.push((group.word(), members)),
                Err(reason) => without_peers.push(self.without(group, reason)),
            }
        }
        let (mut indicators, mut flags, mut gaps) = (Vec::new(), Vec::new(), Vec::new());
        for (which, indicator) in self.table.indicators().iter().enumerate() {
            let Some(&year) = self.years.get(&(which, unit.level())) else { continue };
            let measured = self.measure(which, indicator, place, year, &groups);
            let known = measured.series.iter().filter(|point| point.year <= year);
            gaps.extend(known.filter_map(|point| gap(indicator, point)));
            flags.extend(raise::flags(self.table, which, place, &measured, &groups, self.settings.get()));
            indicators.push(measured);
        }
        raise::sort(&mut flags, self.table.indicators(), self.peers);
        Assessment {
            unit: unit.unit,
            name: unit.name.clone(),
            level: unit.level(),
            kind: unit.kind(),
            powiat: unit.powiat(),
            subregion: unit.subregion,
            voivodeship: unit.voivodeship(),
            indicators,
            flags,
            gaps,
            without_peers,
            provenance: self.provenance.clone(),
        }
    }

    fn without(&self, group: &PeerGroup, reason: NoPeers) -> WithoutPeers {
        WithoutPeers { peers: group.word().to_owned(), reason }
    }

    fn measure(
        &self,
        which: usize,
        indicator: &TableIndicator,
        place: usize,
        year: Year,
        groups: &[(&str, Vec<usize>)],
    ) -> Measured {
        let cells = self.table.cells(which, place);
        let cell = cells.get(&year).copied().unwrap_or(Cell::Missing(Missing::NotReported));
        let own = match cell {
            Cell::Value(value) => Some(value),
            Cell::Missing(_) => None,
        };
        let standing =
            |(peers, members): &(&str, Vec<usize>)| self.standing(which, year, own, peers, members);
        let point = |(&year, &cell): (&Year, &Cell)| Point { year, cell, status: indicator.status(year) };
        Measured {
            indicator: indicator.id.clone(),
            year,
            cell,
            series: cells.iter().map(point).collect(),
            trend: Trend::of(indicator, cells, year),
            outlook: Outlook::of(indicator, cells, own),
            standings: groups.iter().map(standing).collect(),
        }
    }

    fn standing(
        &self,
        which: usize,
        year: Year,
        own: Option<f64>,
        peers: &str,
        members: &[usize],
    ) -> Standing {
        let (mut values, mut without_value) = (Vec::with_capacity(members.len() + 1), Vec::new());
        for &member in members {
            match self.table.value(which, member, year) {
                Some(value) => values.push(value),
                None => without_value.push(self.table.units()[member].unit),
            }
        }
        let others = values.len();
        let place = own.filter(|_| others > 0).map(|own| {
            let below = values.iter().filter(|&&value| value < own).count();
            let above = values.iter().filter(|&&value| value > own).count();
            (own, below, above, others - below - above)
        });
        values.extend(own);
        let spread = Spread::of(&values);
        Standing {
            peers: peers.to_owned(),
            units: members.len(),
            without_value,
            few: others < self.settings.get().few_peers,
            place: place.zip(spread).map(|((own, below, above, ties), spread)| Place {
                rank: above + 1,
                ties,
                percentile: 100.0 * (2 * below + ties + 1) as f64 / (2 * spread.n) as f64,
                from_median: own - spread.median,
            }),
            spread,
        }
    }
}

fn gap(indicator: &TableIndicator, point: &Point) -> Option<Gap> {
    match point.cell {
        Cell::Missing(reason @ (Missing::NotReported | Missing::Suppressed)) => {
            Some(Gap { indicator: indicator.id.clone(), year: point.year, reason })
        }
        // below half the unit is known to be small, and what does not apply is not lacking
        Cell::Missing(Missing::BelowUnit | Missing::NotApplicable) | Cell::Value(_) => None,
    }
}

fn provenance(table: &IndicatorTable) -> Provenance {
    let mut sources: Vec<Source> = Vec::new();
    for source in table.indicators().iter().flat_map(|indicator| &indicator.sources) {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    let methods = [
        ("quartiles", "type7"),
        ("percentile", "mid_rank"),
        ("ties", "min"),
        ("own_value", "in_the_set"),
        ("trend", "first_and_last_observed"),
        ("year", "last_observed_common_to_half"),
    ];
    Provenance::new(&methods, sources)
}
