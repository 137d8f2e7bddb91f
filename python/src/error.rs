//! The one place where errors of the library become Python exceptions.
//!
//! The exceptions are written in Python (`diagnoza.errors`); each is also the matching built-in.

use diagnoza_core::demography::age_quality::AgeQualityError;
use diagnoza_core::demography::backtest::{BaselineError, MeasureError};
use diagnoza_core::demography::cohort_component::CohortComponentError;
use diagnoza_core::demography::decomposition::DecompositionError;
use diagnoza_core::demography::fertility::FertilityError;
use diagnoza_core::demography::graduation::GraduationError;
use diagnoza_core::demography::life_table::{LifeTableError, OldAgeError};
use diagnoza_core::demography::local_projection::LocalProjectionError;
use diagnoza_core::demography::migration::MigrationError;
use diagnoza_core::demography::mortality::StandardLifeTableError;
use diagnoza_core::demography::mortality_model::MortalityModelError;
use diagnoza_core::demography::reconcile::{RakeError, ReconcileError};
use diagnoza_core::demography::reverse_survival::ReverseSurvivalError;
use diagnoza_core::demography::scenario::ScenarioError;
use diagnoza_core::demography::small_area::SmallAreaError;
use diagnoza_core::demography::stable_population::StablePopulationError;
use diagnoza_core::demography::survival::UnreachableLifeExpectancy;
use diagnoza_core::diagnosis::basket::BasketError;
use diagnoza_core::diagnosis::omission::OmissionError;
use diagnoza_core::observation::YearError;
use diagnoza_core::resources::PeerSetError;
use diagnoza_core::resources::assessment::{
    AssessmentError, ClassError, ClassMethodError, SettingsError, TableError,
};
use diagnoza_core::resources::catalogue::{CatalogueFileError, FormulaError, UnknownIndicator};
use diagnoza_core::resources::coverage::TargetError;
use diagnoza_core::resources::deinstitutionalisation::DeinstitutionalisationError;
use diagnoza_core::resources::disclosure::DisclosureError;
use diagnoza_core::resources::form::{EditionError, FormError, NoRows, UnknownEdition};
use diagnoza_core::resources::need::NeedError;
use diagnoza_core::selection::normalise::MethodError;
use diagnoza_core::selection::robustness::RobustnessError;
use diagnoza_core::territory::{
    BdlLookupError, LookupError, SelectError, TerytError, UnitError, UnitIdError,
};
use diagnoza_data::FigureError;
use diagnoza_data::assessment::AssessError;
use diagnoza_data::embedded::DataError;
use diagnoza_data::needs::NeedsError;
use diagnoza_data::readers::ReadError;
use diagnoza_data::selection::SelectionError;
use diagnoza_data::tables::ComputeError;
use numpy::AsSliceError;
use polars::prelude::PolarsError;
use pyo3::PyErr;

/// The exceptions of `diagnoza.errors`.
mod exceptions {
    pyo3::import_exception!(diagnoza.errors, InputError);
    pyo3::import_exception!(diagnoza.errors, UnknownUnitError);
    pyo3::import_exception!(diagnoza.errors, AmbiguousUnitError);
    pyo3::import_exception!(diagnoza.errors, MissingTableError);
    pyo3::import_exception!(diagnoza.errors, ReadError);
    pyo3::import_exception!(diagnoza.errors, SpecError);
    pyo3::import_exception!(diagnoza.errors, CalibrationError);
    pyo3::import_exception!(diagnoza.errors, InternalError);
}

/// An error on its way to Python.
pub(crate) struct Fault(PyErr);

impl Fault {
    /// An input that the bindings themselves refuse.
    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self(exceptions::InputError::new_err(message.into()))
    }

    /// A word that is not one of the closed choices of an option.
    pub(crate) fn word(option: &str, got: &str, allowed: &[&str]) -> Self {
        Self::input(format!("{option}='{got}' is not known: expected one of {}", allowed.join(", ")))
    }
}

impl From<Fault> for PyErr {
    fn from(fault: Fault) -> Self {
        fault.0
    }
}

impl From<PyErr> for Fault {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

impl From<LookupError> for Fault {
    fn from(error: LookupError) -> Self {
        let text = error.to_string();
        Self(match error {
            LookupError::Ambiguous { .. } => exceptions::AmbiguousUnitError::new_err(text),
            _ => exceptions::UnknownUnitError::new_err(text),
        })
    }
}

impl From<SelectError> for Fault {
    fn from(error: SelectError) -> Self {
        let text = error.to_string();
        Self(match &error {
            SelectError::Unit { source, .. } => match **source {
                LookupError::Ambiguous { .. } => exceptions::AmbiguousUnitError::new_err(text),
                _ => exceptions::UnknownUnitError::new_err(text),
            },
            _ => exceptions::InputError::new_err(text),
        })
    }
}

impl From<FigureError> for Fault {
    fn from(error: FigureError) -> Self {
        let text = error.to_string();
        Self(match error {
            FigureError::Unit(_)
            | FigureError::NoProjection { .. }
            | FigureError::NoOwnForecast { .. }
            | FigureError::NoTrajectories { .. } => exceptions::UnknownUnitError::new_err(text),
            FigureError::Select(error) => return error.into(),
            FigureError::Scenario(_) => exceptions::SpecError::new_err(text),
            FigureError::Calibration(_) | FigureError::Structure2021 { .. } => {
                exceptions::CalibrationError::new_err(text)
            }
            FigureError::Register(_) | FigureError::Standard(_) | FigureError::Graduation(_) => {
                exceptions::InternalError::new_err(text)
            }
            FigureError::Data(error) => return error.into(),
            FigureError::Projection(_)
            | FigureError::Forecast { .. }
            | FigureError::Baseline { .. }
            | FigureError::JumpOff { .. }
            | FigureError::Difference { .. }
            | FigureError::Trajectory(_)
            | FigureError::Country { .. }
            | FigureError::Setting { .. }
            | FigureError::OfPowiats { .. }
            | FigureError::Level { .. }
            | FigureError::TrajectoryIndicator { .. }
            | FigureError::Summary(_)
            | FigureError::Local { .. }
            | FigureError::Structure { .. }
            | FigureError::UnknownIndicator(_)
            | FigureError::Indicator { .. }
            | FigureError::Peers { .. }
            | FigureError::NoFigures { .. }
            | FigureError::Years { .. }
            | FigureError::GminaScenario { .. }
            | FigureError::PeersOfGminas { .. }
            | FigureError::MixedAges
            | FigureError::NoCount { .. } => exceptions::InputError::new_err(text),
        })
    }
}

impl From<DataError> for Fault {
    fn from(error: DataError) -> Self {
        let text = error.to_string();
        Self(match error {
            DataError::UnknownTable { .. } | DataError::NotAFrame { .. } | DataError::NoBorders { .. } => {
                exceptions::InputError::new_err(text)
            }
            DataError::HashMismatch { .. }
            | DataError::MissingFile { .. }
            | DataError::Manifest { .. }
            | DataError::Unreadable { .. } => exceptions::InternalError::new_err(text),
        })
    }
}

impl From<SelectionError> for Fault {
    fn from(error: SelectionError) -> Self {
        let text = error.to_string();
        Self(match error {
            SelectionError::Spec { .. }
            | SelectionError::Check { .. }
            | SelectionError::Family { .. }
            | SelectionError::EmptyFamily { .. } => exceptions::SpecError::new_err(text),
            SelectionError::NoTable { .. } => exceptions::MissingTableError::new_err(text),
            SelectionError::Read(_) | SelectionError::Table { .. } => exceptions::ReadError::new_err(text),
            SelectionError::Unit { .. } | SelectionError::NotAGmina { .. } => {
                exceptions::UnknownUnitError::new_err(text)
            }
            SelectionError::Figure(error) => return error.into(),
            SelectionError::Inverse(_)
            | SelectionError::Required(_)
            | SelectionError::Record(_)
            | SelectionError::Replay { .. }
            | SelectionError::ReplayTable { .. } => exceptions::InputError::new_err(text),
        })
    }
}

impl From<AssessError> for Fault {
    fn from(error: AssessError) -> Self {
        let text = error.to_string();
        match error {
            AssessError::Figure(error) => error.into(),
            AssessError::Select(error) => error.into(),
            AssessError::Assessment(error) => error.into(),
            AssessError::Frame { .. } | AssessError::Column { .. } | AssessError::Table(_) => {
                Self(exceptions::ReadError::new_err(text))
            }
            AssessError::NoTable { .. } | AssessError::Voivodeships { .. } | AssessError::Settings(_) => {
                Self::input(text)
            }
        }
    }
}

impl From<AssessmentError> for Fault {
    fn from(error: AssessmentError) -> Self {
        let text = error.to_string();
        Self(match error {
            AssessmentError::SamePeers { .. } => exceptions::InputError::new_err(text),
            AssessmentError::UnknownUnit { .. } | AssessmentError::UnknownPeer { .. } => {
                exceptions::UnknownUnitError::new_err(text)
            }
        })
    }
}

impl From<NeedsError> for Fault {
    fn from(error: NeedsError) -> Self {
        let text = error.to_string();
        Self(match error {
            NeedsError::Need(NeedError::Syntax { .. } | NeedError::Rows { .. })
            | NeedsError::Read(_)
            | NeedsError::NotUtf8 { .. } => exceptions::ReadError::new_err(text),
            NeedsError::Unit { .. } => exceptions::UnknownUnitError::new_err(text),
            NeedsError::Figure(error) => return error.into(),
            NeedsError::Need(_)
            | NeedsError::Nothing { .. }
            | NeedsError::ScenarioTwice { .. }
            | NeedsError::Frame(_) => exceptions::InputError::new_err(text),
        })
    }
}

macro_rules! faults {
    ($($error:ty => $exception:path),* $(,)?) => {$(
        impl From<$error> for Fault {
            fn from(error: $error) -> Self {
                Self(<$exception>::new_err(error.to_string()))
            }
        }
    )*};
}

faults! {
    ReadError => exceptions::ReadError,
    UnitError => exceptions::UnknownUnitError,
    UnitIdError => exceptions::UnknownUnitError,
    BdlLookupError => exceptions::UnknownUnitError,
    ScenarioError => exceptions::SpecError,
    CohortComponentError => exceptions::InputError,
    MortalityModelError => exceptions::InputError,
    RakeError => exceptions::InputError,
    ReconcileError => exceptions::InputError,
    DecompositionError => exceptions::InputError,
    MeasureError => exceptions::InputError,
    BaselineError => exceptions::InputError,
    FertilityError => exceptions::InputError,
    MigrationError => exceptions::InputError,
    LocalProjectionError => exceptions::InputError,
    ReverseSurvivalError => exceptions::InputError,
    GraduationError => exceptions::InputError,
    RobustnessError => exceptions::InputError,
    TerytError => exceptions::UnknownUnitError,
    AgeQualityError => exceptions::InputError,
    SmallAreaError => exceptions::InputError,
    StandardLifeTableError => exceptions::InputError,
    LifeTableError => exceptions::InputError,
    OldAgeError => exceptions::InputError,
    StablePopulationError => exceptions::InputError,
    UnreachableLifeExpectancy => exceptions::InputError,
    YearError => exceptions::InputError,
    AsSliceError => exceptions::InputError,
    DeinstitutionalisationError => exceptions::InputError,
    BasketError => exceptions::SpecError,
    OmissionError => exceptions::SpecError,
    UnknownIndicator => exceptions::InputError,
    FormulaError => exceptions::InputError,
    ComputeError => exceptions::InputError,
    CatalogueFileError => exceptions::InternalError,
    PeerSetError => exceptions::InputError,
    UnknownEdition => exceptions::InputError,
    EditionError => exceptions::SpecError,
    FormError => exceptions::InputError,
    NoRows => exceptions::InputError,
    SettingsError => exceptions::InputError,
    TableError => exceptions::InputError,
    ClassError => exceptions::InputError,
    ClassMethodError => exceptions::InputError,
    TargetError => exceptions::SpecError,
    DisclosureError => exceptions::InputError,
    MethodError => exceptions::InputError,
    PolarsError => exceptions::InputError,
    serde_json::Error => exceptions::InternalError,
}
