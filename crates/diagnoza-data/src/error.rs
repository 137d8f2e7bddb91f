use diagnoza_core::demography::backtest::{BaselineError, SummaryError};
use diagnoza_core::demography::calibration::CalibrationError;
use diagnoza_core::demography::decomposition::DecompositionError;
use diagnoza_core::demography::graduation::GraduationError;
use diagnoza_core::demography::local_projection::LocalProjectionError;
use diagnoza_core::demography::mortality::StandardLifeTableError;
use diagnoza_core::demography::projection::ProjectionError;
use diagnoza_core::demography::regional_forecast::RegionalForecastError;
use diagnoza_core::demography::reverse_survival::ReverseSurvivalError;
use diagnoza_core::demography::scenario::ScenarioError;
use diagnoza_core::demography::trajectory::TrajectoryError;
use diagnoza_core::demography::{Sexes, StructureError};
use diagnoza_core::observation::Year;
use diagnoza_core::resources::catalogue::{IndicatorError, UnknownIndicator};
use diagnoza_core::resources::{PeerSet, PeersError};
use diagnoza_core::territory::{GazetteerError, SelectError, Teryt, UnitError, UnitId};

use crate::embedded::DataError;

/// Why figures asked for cannot be given.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FigureError {
    /// An embedded table is damaged.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The register contradicts itself.
    #[error("embedded register: {0}")]
    Register(#[from] GazetteerError),
    /// A unit the register does not have.
    #[error(transparent)]
    Unit(#[from] UnitError),
    /// A selection of units that cannot be read.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// A standard life table is damaged.
    #[error("embedded life tables: {0}")]
    Standard(#[from] StandardLifeTableError),
    /// The official projection cannot be calibrated.
    #[error(transparent)]
    Calibration(#[from] CalibrationError),
    /// The structure of 2021 cannot be estimated.
    #[error("{powiat}, 31 XII 2021: {source}")]
    Structure2021 {
        /// The powiat.
        powiat: Teryt,
        /// What does not fit.
        source: ReverseSurvivalError,
    },
    /// Published groups of ages cannot be graduated.
    #[error("single ages of published groups: {0}")]
    Graduation(#[from] GraduationError),
    /// An area cannot be forecast from what was observed.
    #[error("{unit}: {source}")]
    Forecast {
        /// The area.
        unit: UnitId,
        /// What does not fit.
        source: RegionalForecastError,
    },
    /// A naive forecast cannot be made.
    #[error("{unit}: {source}")]
    Baseline {
        /// The area.
        unit: UnitId,
        /// What does not fit.
        source: BaselineError,
    },
    /// The gminas of a powiat cannot be projected with it.
    #[error("gminas of powiat {powiat}: {source}")]
    Local {
        /// The powiat.
        powiat: Teryt,
        /// What does not fit.
        source: LocalProjectionError,
    },
    /// Errors of a backtest cannot be summed up.
    #[error(transparent)]
    Summary(#[from] SummaryError),
    /// A backtest from a year without a stock by single age.
    #[error("no backtest from {got}: jump-offs are 2014 to 2020 and 2022, the years with a stock by age")]
    JumpOff {
        /// The year asked for.
        got: Year,
    },
    /// Two scenarios cannot be compared.
    #[error("{unit}: {source}")]
    Difference {
        /// The powiat.
        unit: UnitId,
        /// What does not fit.
        source: DecompositionError,
    },
    /// A scenario is refused.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The projection cannot run.
    #[error(transparent)]
    Projection(#[from] ProjectionError),
    /// Counts by age cannot be put together.
    #[error("{unit}, {year}: {source}")]
    Structure {
        /// The unit.
        unit: UnitId,
        /// The year.
        year: Year,
        /// What does not fit.
        source: StructureError,
    },
    /// An indicator that does not exist.
    #[error(transparent)]
    UnknownIndicator(#[from] UnknownIndicator),
    /// An indicator cannot be computed.
    #[error("{unit}, {year}: {source}")]
    Indicator {
        /// The unit.
        unit: UnitId,
        /// The year.
        year: Year,
        /// What is lacking.
        source: IndicatorError,
    },
    /// A unit cannot be placed among its peers.
    #[error("{unit}, {year}, {indicator}: {source}")]
    Peers {
        /// The unit.
        unit: UnitId,
        /// The year.
        year: Year,
        /// Name of the indicator.
        indicator: &'static str,
        /// What does not fit.
        source: PeersError,
    },
    /// No official projection of the powiats of that voivodeship is embedded.
    #[error(
        "no projection of the powiats of voivodeship {voivodeship} is embedded: expected one of {}",
        available.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    )]
    NoProjection {
        /// The voivodeship.
        voivodeship: Teryt,
        /// Voivodeships there are.
        available: Vec<Teryt>,
    },
    /// No forecast from observed data for that voivodeship.
    #[error("no forecast from observed data for voivodeship {voivodeship}: scenario own is there for 28")]
    NoOwnForecast {
        /// The voivodeship.
        voivodeship: Teryt,
    },
    /// Trajectories cannot be drawn.
    #[error("{0}")]
    Trajectory(Box<TrajectoryError>),
    /// The country's rates cannot be modelled.
    #[error("{what} of Poland: {source}")]
    Country {
        /// Mortality or fertility.
        what: &'static str,
        /// What does not fit.
        source: Box<RegionalForecastError>,
    },
    /// A parameter that the uncertainty does not have.
    #[error("settings: there is no parameter '{got}': expected one of {}", known.join(", "))]
    Setting {
        /// The name given.
        got: String,
        /// Names there are.
        known: Vec<String>,
    },
    /// A parameter of powiats where subregions are drawn as wholes.
    #[error(
        "settings: '{got}' is of powiats, but past intervals are drawn for subregions as wholes: leave it out, or give \
         that of the group"
    )]
    OfPowiats {
        /// The name given.
        got: String,
    },
    /// A level of an interval that is none.
    #[error(
        "level {got}: expected a number above 0 and below 1, such as 0.8 for intervals that hold 80 per cent"
    )]
    Level {
        /// The level given.
        got: f64,
    },
    /// A unit whose trajectories cannot be drawn.
    #[error(
        "no trajectories of {unit}: the forecast from observed data is there for the powiats and subregions of 28 and \
         for 28 itself, not for gminas"
    )]
    NoTrajectories {
        /// The unit.
        unit: UnitId,
    },
    /// A word that is no indicator of population by sex and age.
    #[error(
        "'{got}' is no indicator of trajectories{}: expected births, deaths, net_migration, people such as '75+' or \
         'F 15-49', or one of {}",
        nearest.map(|name| format!(" (did you mean '{name}'?)")).unwrap_or_default(),
        known.join(", ")
    )]
    TrajectoryIndicator {
        /// The word given.
        got: String,
        /// A name that is alike.
        nearest: Option<&'static str>,
        /// Names of the catalogue that people by sex and age give.
        known: Vec<&'static str>,
    },
    /// Figures of that year are not known for the unit.
    #[error("{unit}: no {what} for {year}; known: {known}")]
    NoFigures {
        /// The unit.
        unit: UnitId,
        /// What was asked for.
        what: &'static str,
        /// The year.
        year: Year,
        /// What is known instead.
        known: String,
    },
    /// The years asked for are not within the known ones or run backwards.
    #[error(
        "{what}: years {from} to {until} cannot be given, expected {first} to {last}, the first not after the last"
    )]
    Years {
        /// What was asked for.
        what: &'static str,
        /// First year asked for.
        from: Year,
        /// Last year asked for.
        until: Year,
        /// First year known.
        first: Year,
        /// Last year known.
        last: Year,
    },
    /// Peers that a unit of that level does not have.
    #[error("{unit} is not a gmina: peers='{peers}' compares gminas only, expected voivodeship or subregion")]
    PeersOfGminas {
        /// The unit.
        unit: UnitId,
        /// The set asked for.
        peers: PeerSet,
    },
    /// Gminas are published for the main variant only.
    #[error(
        "gminas have no scenario '{scenario}': GUS publishes their projection in the main variant only, to 2040; \
         ask for powiats or subregions"
    )]
    GminaScenario {
        /// The scenario asked for.
        scenario: String,
    },
    /// Units whose ages are cut differently in one table.
    #[error(
        "gminas come in ten-year age groups and other units in single ages: ask for them in two tables, or without age"
    )]
    MixedAges,
    /// A published count that the figures need is lacking.
    #[error("{unit}, {year}: the count of {} aged {ages} is not published", sexes.word())]
    NoCount {
        /// The unit.
        unit: UnitId,
        /// The year.
        year: Year,
        /// Whom it would cover.
        sexes: Sexes,
        /// Which ages.
        ages: String,
    },
}

impl From<TrajectoryError> for FigureError {
    fn from(error: TrajectoryError) -> Self {
        Self::Trajectory(Box::new(error))
    }
}
