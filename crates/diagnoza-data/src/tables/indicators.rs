use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use diagnoza_core::demography::cohort_component::NegativePopulation;
use diagnoza_core::demography::scenario::{Baseline, Scenario};
use diagnoza_core::observation::{Status, Year};
use diagnoza_core::resources::catalogue::{DEMOGRAPHIC, Indicator, IndicatorError, evaluate};
use diagnoza_core::resources::{PeerSet, Position, position};
use diagnoza_core::territory::{Level, UnitId};
use polars::prelude::DataFrame;

use super::frame::{column, frame};
use super::structure::{age_structure, area_structure};
use crate::error::FigureError;
use crate::official::{Forecast, JUMP_OFF, LAST_OF_GMINAS, LAST_PROJECTED, STOCK_2021, gazetteer};

/// Which indicators to tabulate.
#[derive(Clone, Debug)]
pub struct IndicatorRequest {
    /// Units; peers are added by themselves.
    pub units: Vec<UnitId>,
    /// Years, 2021 to 2060; to 2040 for gminas.
    pub years: Vec<Year>,
    /// Indicators; empty for all of the catalogue.
    pub indicators: Vec<&'static Indicator>,
    /// Scenario; gminas have the main variant only.
    pub scenario: Scenario,
    /// Whom a unit is compared with.
    pub peers: PeerSet,
    /// What to do when a scenario's emigration exceeds the people there.
    pub negative: NegativePopulation,
}

/// Demographic indicators by unit and year with the position among peers.
///
/// Columns: `unit`, `name`, `scenario`, `year`, `indicator`, `label_pl`, `label_en`, `value`, `unit_of_measure_pl`,
/// `unit_of_measure_en`, `note` (why a value is empty), `peers` (word of the set), `n` (units compared, this one included), `rank` (1 is the highest
/// value, ties share the best rank), `percentile` (mid-rank), `q1`, `median`, `q3` (type 7, of the peers),
/// `status`. A value that published counts cannot give (85+ in gminas) is empty and says why.
///
/// # Errors
/// [`FigureError`] names unit and year.
pub fn indicators(request: &IndicatorRequest) -> Result<DataFrame, FigureError> {
    let mut rows = Rows::default();
    for measurement in measure(request)? {
        rows.push(&measurement);
    }
    rows.into_frame(request)
}

/// One indicator of one unit and year, with its place among the peers.
#[derive(Clone, Debug)]
pub(crate) struct Measurement {
    pub(crate) unit: UnitId,
    pub(crate) name: String,
    pub(crate) year: Year,
    pub(crate) indicator: &'static Indicator,
    pub(crate) value: Result<f64, IndicatorError>,
    pub(crate) place: Option<Position>,
    pub(crate) status: Status,
}

/// Measures every unit asked for; units outermost, then years, then indicators.
pub(crate) fn measure(request: &IndicatorRequest) -> Result<Vec<Measurement>, FigureError> {
    let register = gazetteer()?;
    let wanted: &[&'static Indicator] =
        if request.indicators.is_empty() { DEMOGRAPHIC } else { &request.indicators };
    let units: Vec<UnitId> =
        request.units.iter().map(|&unit| register.resolve(unit)).collect::<Result<_, _>>()?;
    check_request(request, &units)?;
    let until = request.years.iter().copied().max().unwrap_or(JUMP_OFF).max(JUMP_OFF);
    let areas: Vec<UnitId> = units.iter().copied().filter(|unit| unit.level() != Level::Gmina).collect();
    let forecast = Forecast::run(&areas, &request.scenario, until, request.negative)?;
    let mut known = Known { forecast: &forecast, wanted, values: BTreeMap::new() };
    let mut measurements = Vec::with_capacity(units.len() * request.years.len() * wanted.len());
    for unit in units {
        let peers = peers_of(unit, request.peers)?;
        for &year in &request.years {
            let (own, status) = known.values(unit, year)?.clone();
            for ((i, &indicator), value) in wanted.iter().enumerate().zip(own) {
                let mut others = Vec::with_capacity(peers.len());
                for &peer in &peers {
                    others.extend(
                        known.values(peer, year)?.0.get(i).and_then(|value| value.as_ref().ok().copied()),
                    );
                }
                let place = match &value {
                    Ok(value) if !others.is_empty() => Some(position(*value, &others).map_err(|source| {
                        FigureError::Peers { unit, year, indicator: indicator.id, source }
                    })?),
                    _ => None,
                };
                let name = register.name(unit)?.to_owned();
                measurements.push(Measurement { unit, name, year, indicator, value, place, status });
            }
        }
    }
    Ok(measurements)
}

fn check_request(request: &IndicatorRequest, units: &[UnitId]) -> Result<(), FigureError> {
    let with_gminas = units.iter().any(|unit| unit.level() == Level::Gmina);
    if matches!(request.peers, PeerSet::Kind | PeerSet::Powiat)
        && let Some(&unit) = units.iter().find(|unit| unit.level() != Level::Gmina)
    {
        return Err(FigureError::PeersOfGminas { unit, peers: request.peers });
    }
    if with_gminas && request.scenario != Scenario::unchanged(Baseline::Main) {
        return Err(FigureError::GminaScenario { scenario: request.scenario.name().to_owned() });
    }
    let (what, first, last) = if with_gminas {
        ("indicators of gminas", JUMP_OFF, LAST_OF_GMINAS)
    } else {
        ("indicators", STOCK_2021, LAST_PROJECTED)
    };
    match request.years.iter().find(|&&year| year < first || year > last) {
        Some(&year) => Err(FigureError::Years { what, from: year, until: year, first, last }),
        None => Ok(()),
    }
}

/// The other units a unit is compared with, in code order.
fn peers_of(unit: UnitId, set: PeerSet) -> Result<Vec<UnitId>, FigureError> {
    let register = gazetteer()?;
    let record = register.unit(unit)?;
    let Some(voivodeship) = voivodeship_of(unit)? else { return Ok(Vec::new()) };
    let within = match set {
        PeerSet::Voivodeship | PeerSet::Kind => voivodeship,
        PeerSet::Subregion => register.subregion_of(unit)?.unwrap_or(voivodeship),
        PeerSet::Powiat => unit.teryt().and_then(|code| code.powiat()).map_or(voivodeship, UnitId::from),
    };
    let candidates = match unit.level() {
        Level::Gmina => register.gminas(within)?,
        Level::Powiat => register.powiats(within)?,
        Level::Subregion => register.subregions(voivodeship)?,
        Level::Poland | Level::Voivodeship => Vec::new(),
    };
    let kind = record.kind();
    let same_kind = |peer: &UnitId| {
        set != PeerSet::Kind || register.unit(*peer).is_ok_and(|record| record.kind() == kind)
    };
    Ok(candidates.into_iter().filter(|&peer| peer != unit).filter(same_kind).collect())
}

fn voivodeship_of(unit: UnitId) -> Result<Option<UnitId>, FigureError> {
    let first = crate::official::powiats_of(unit)?.first().copied().or_else(|| unit.teryt());
    Ok(first.and_then(|code| code.voivodeship()).map(UnitId::from))
}

/// Values of every wanted indicator, and how they are known.
type Values = (Vec<Result<f64, IndicatorError>>, Status);

/// Values already computed, by unit and year.
struct Known<'a> {
    forecast: &'a Forecast,
    wanted: &'a [&'static Indicator],
    values: BTreeMap<(UnitId, Year), Values>,
}

impl Known<'_> {
    fn values(&mut self, unit: UnitId, year: Year) -> Result<&Values, FigureError> {
        match self.values.entry((unit, year)) {
            Entry::Occupied(found) => Ok(found.into_mut()),
            Entry::Vacant(place) => {
                let (structure, status) = match unit.teryt() {
                    Some(gmina) if unit.level() == Level::Gmina => age_structure(gmina, year)?,
                    _ => area_structure(unit, year, &self.forecast.unit(unit)?)?,
                };
                let values = self.wanted.iter().map(|indicator| evaluate(indicator, &structure)).collect();
                Ok(place.insert((values, status)))
            }
        }
    }
}

#[derive(Default)]
struct Rows {
    texts: [Vec<String>; 8],
    years: Vec<i32>,
    values: Vec<Option<f64>>,
    notes: Vec<Option<String>>,
    counts: [Vec<Option<i32>>; 2],
    places: [Vec<Option<f64>>; 4],
}

impl Rows {
    fn push(&mut self, row: &Measurement) {
        let (indicator, place) = (row.indicator, row.place.as_ref());
        let texts = [
            row.unit.to_string(),
            row.name.clone(),
            indicator.id.to_owned(),
            indicator.name_pl.to_owned(),
            indicator.name_en.to_owned(),
            indicator.unit_pl.to_owned(),
            indicator.unit_en.to_owned(),
            row.status.word().to_owned(),
        ];
        self.texts.iter_mut().zip(texts).for_each(|(column, text)| column.push(text));
        self.years.push(i32::from(row.year.get()));
        self.values.push(row.value.as_ref().ok().copied());
        self.notes.push(row.value.as_ref().err().map(ToString::to_string));
        let counts = [place.map(|p| p.n as i32), place.map(|p| p.rank as i32)];
        self.counts.iter_mut().zip(counts).for_each(|(column, count)| column.push(count));
        let places = [
            place.map(|p| p.percentile),
            place.map(|p| p.lower_quartile),
            place.map(|p| p.median),
            place.map(|p| p.upper_quartile),
        ];
        self.places.iter_mut().zip(places).for_each(|(column, place)| column.push(place));
    }

    fn into_frame(self, request: &IndicatorRequest) -> Result<DataFrame, FigureError> {
        let height = self.years.len();
        let [units, names, ids, labels_pl, labels_en, units_pl, units_en, statuses] = self.texts;
        let [n, rank] = self.counts;
        let [percentile, q1, median, q3] = self.places;
        frame(
            height,
            vec![
                column("unit", units),
                column("name", names),
                column("scenario", vec![request.scenario.name(); height]),
                column("year", self.years),
                column("indicator", ids),
                column("label_pl", labels_pl),
                column("label_en", labels_en),
                column("value", self.values),
                column("unit_of_measure_pl", units_pl),
                column("unit_of_measure_en", units_en),
                column("note", self.notes),
                column("peers", vec![request.peers.word(); height]),
                column("n", n),
                column("rank", rank),
                column("percentile", percentile),
                column("q1", q1),
                column("median", median),
                column("q3", q3),
                column("status", statuses),
            ],
        )
    }
}
