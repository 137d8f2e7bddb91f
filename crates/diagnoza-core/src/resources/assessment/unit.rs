use serde::{Deserialize, Serialize};

use crate::territory::{GminaKind, Level, Nuts, Teryt, UnitId};

/// A unit of a table: its code, its name, and where it lies as far as the code does not say.
///
/// Two units may have one name (Bochnia the town, Bochnia around it): the code tells them apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableUnit {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// The subregion that a powiat or gmina lies in; `None` if it is not known.
    pub subregion: Option<Nuts>,
    /// The voivodeship of a subregion, whose code does not say it; other units need none.
    pub voivodeship: Option<Teryt>,
}

impl TableUnit {
    /// A unit of which only code and name are known.
    #[must_use]
    pub fn new(unit: impl Into<UnitId>, name: impl Into<String>) -> Self {
        Self { unit: unit.into(), name: name.into(), subregion: None, voivodeship: None }
    }

    /// Level of the unit.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.unit.level()
    }

    /// Kind of the gmina, if its code says it.
    #[must_use]
    pub fn kind(&self) -> Option<GminaKind> {
        self.unit.teryt()?.kind()
    }

    /// The powiat that the unit is or lies in.
    #[must_use]
    pub fn powiat(&self) -> Option<Teryt> {
        self.unit.teryt()?.powiat()
    }

    /// The voivodeship that the unit is or lies in.
    #[must_use]
    pub fn voivodeship(&self) -> Option<Teryt> {
        match self.unit {
            UnitId::Administrative(code) => code.voivodeship(),
            UnitId::Subregion(_) => self.voivodeship,
        }
    }
}
