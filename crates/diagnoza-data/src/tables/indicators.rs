use diagnoza_core::demography::AgeStructure;
use diagnoza_core::demography::cohort_component::NegativePopulation;
use diagnoza_core::demography::scenario::{OfficialVariant, Scenario};
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
    let register = gazetteer()?;
    let wanted: &[&'static Indicator] =
        if request.indicators.is_empty() { DEMOGRAPHIC } else { &request.indicators };
    let units: Vec<UnitId> =
        request.units.iter().map(|&unit| register.resolve(unit)).collect::<Result<_, _>>()?;
    let with_gminas = units.iter().any(|unit| unit.level() == Level::Gmina);
    check_request(request, with_gminas)?;
    let mut rows = Rows::default();
    let until = request.years.iter().copied().max().unwrap_or(JUMP_OFF).max(JUMP_OFF);
    let areas: Vec<UnitId> = units.iter().copied().filter(|unit| unit.level() != Level::Gmina).collect();
    let forecast = Forecast::run(&areas, &request.scenario, until, request.negative)?;
    let mut known = Structures { forecast: &forecast, kept: std::collections::BTreeMap::new() };
    for unit in units {
        let peers = peers_of(unit, request.peers)?;
        for &year in &request.years {
            for &indicator in wanted {
                let (value, status) = known.value(unit, year, indicator)?;
                let among = peers
                    .iter()
                    .map(|&peer| known.value(peer, year, indicator).map(|(value, _)| value.ok()))
                    .collect::<Result<Vec<_>, _>>()?;
                let others: Vec<f64> = among.into_iter().flatten().collect();
                let place = match &value {
                    Ok(value) if !others.is_empty() => Some(position(*value, &others).map_err(|source| {
                        FigureError::Peers { unit, year, indicator: indicator.id, source }
                    })?),
                    _ => None,
                };
                rows.push(unit, register.name(unit)?, year, indicator, &value, place.as_ref(), status);
            }
        }
    }
    rows.into_frame(request)
}

fn check_request(request: &IndicatorRequest, with_gminas: bool) -> Result<(), FigureError> {
    if with_gminas && request.scenario != Scenario::official(OfficialVariant::Main) {
        return Err(FigureError::GminaScenario { scenario: request.scenario.name().to_owned() });
    }
    let (first, last) = if with_gminas { (JUMP_OFF, LAST_OF_GMINAS) } else { (STOCK_2021, LAST_PROJECTED) };
    match request.years.iter().find(|&&year| year < first || year > last) {
        Some(&year) => Err(FigureError::Years { from: year, until: year, first, last }),
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

/// Structures already looked up, by unit and year.
struct Structures<'a> {
    forecast: &'a Forecast,
    kept: std::collections::BTreeMap<(UnitId, Year), (AgeStructure, Status)>,
}

impl Structures<'_> {
    fn value(
        &mut self,
        unit: UnitId,
        year: Year,
        indicator: &Indicator,
    ) -> Result<(Result<f64, IndicatorError>, Status), FigureError> {
        if let std::collections::btree_map::Entry::Vacant(place) = self.kept.entry((unit, year)) {
            place.insert(match unit.teryt() {
                Some(gmina) if unit.level() == Level::Gmina => age_structure(gmina, year)?,
                _ => area_structure(unit, year, &self.forecast.unit(unit)?)?,
            });
        }
        let Some((structure, status)) = self.kept.get(&(unit, year)) else {
            return Err(FigureError::NoFigures {
                unit,
                what: "population by age",
                year,
                known: String::new(),
            });
        };
        Ok((evaluate(indicator, structure), *status))
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
    #[allow(clippy::too_many_arguments, reason = "one argument per group of columns")]
    fn push(
        &mut self,
        unit: UnitId,
        name: &str,
        year: Year,
        indicator: &Indicator,
        value: &Result<f64, IndicatorError>,
        place: Option<&Position>,
        status: Status,
    ) {
        let texts = [
            unit.to_string(),
            name.to_owned(),
            indicator.id.to_owned(),
            indicator.name_pl.to_owned(),
            indicator.name_en.to_owned(),
            indicator.unit_pl.to_owned(),
            indicator.unit_en.to_owned(),
            status.word().to_owned(),
        ];
        self.texts.iter_mut().zip(texts).for_each(|(column, text)| column.push(text));
        self.years.push(i32::from(year.get()));
        self.values.push(value.as_ref().ok().copied());
        self.notes.push(value.as_ref().err().map(ToString::to_string));
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
