use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{IndicatorTable, PeerSet, TableUnit};
use crate::territory::{GminaKind, Level, Nuts, Teryt, UnitId};

/// Whom a unit is compared with: a set that follows from where and what it is, or a list of the user's own.
#[doc(alias = "grupa porównawcza")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeerGroup {
    /// Units of the table by kind or place.
    Set(PeerSet),
    /// Units named by the user; those of the unit's own level are compared with it.
    Own(BTreeSet<UnitId>),
}

/// Why a unit has no peers of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoPeers {
    /// Kinds and common powiats are of gminas; the unit is of another level.
    OnlyGminas,
    /// The unit's code does not carry its kind.
    KindUnknown,
    /// It is not known in which subregion the unit lies.
    SubregionUnknown,
    /// The unit is no part of a set of that width: a voivodeship in its voivodeship.
    NotInside,
    /// No other unit of its level is in the set.
    Nobody,
}

impl PeerGroup {
    /// The word used in tables and files: that of the set, or `own`.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Set(set) => set.word(),
            Self::Own(_) => "own",
        }
    }

    /// Places in the table of the other units that the unit at `place` is compared with, in the table's order.
    pub(super) fn members(&self, table: &IndicatorTable, place: usize) -> Result<Vec<usize>, NoPeers> {
        let Some(unit) = table.units().get(place) else { return Err(NoPeers::Nobody) };
        let scope = self.scope(unit)?;
        let others = table.units().iter().enumerate().filter(|&(other, candidate)| {
            other != place && candidate.level() == unit.level() && scope.holds(candidate)
        });
        let members: Vec<usize> = others.map(|(other, _)| other).collect();
        if members.is_empty() { Err(NoPeers::Nobody) } else { Ok(members) }
    }

    fn scope(&self, unit: &TableUnit) -> Result<Scope, NoPeers> {
        let level = unit.level();
        let set = match self {
            Self::Set(set) => *set,
            Self::Own(units) => {
                return Ok(Scope::Named(units.iter().map(|unit| unit.without_kind()).collect()));
            }
        };
        if matches!(set, PeerSet::Kind | PeerSet::Powiat) && level != Level::Gmina {
            return Err(NoPeers::OnlyGminas);
        }
        let inside = match set {
            PeerSet::Subregion => matches!(level, Level::Powiat | Level::Gmina),
            _ => matches!(level, Level::Subregion | Level::Powiat | Level::Gmina),
        };
        let voivodeship = unit.voivodeship().filter(|_| inside).ok_or(NoPeers::NotInside)?;
        Ok(match set {
            PeerSet::Voivodeship => Scope::Voivodeship(voivodeship),
            PeerSet::Kind => Scope::Kind(voivodeship, unit.kind().ok_or(NoPeers::KindUnknown)?),
            PeerSet::Powiat => Scope::Powiat(unit.powiat().ok_or(NoPeers::NotInside)?),
            PeerSet::Subregion => Scope::Subregion(unit.subregion.ok_or(NoPeers::SubregionUnknown)?),
        })
    }
}

/// What a unit must be to belong to the peers of another.
enum Scope {
    Voivodeship(Teryt),
    Kind(Teryt, GminaKind),
    Powiat(Teryt),
    Subregion(Nuts),
    /// Codes without the digit of the kind.
    Named(BTreeSet<UnitId>),
}

impl Scope {
    fn holds(&self, unit: &TableUnit) -> bool {
        match self {
            Self::Voivodeship(voivodeship) => unit.voivodeship() == Some(*voivodeship),
            Self::Kind(voivodeship, kind) => {
                unit.voivodeship() == Some(*voivodeship) && unit.kind() == Some(*kind)
            }
            Self::Powiat(powiat) => unit.powiat() == Some(*powiat),
            Self::Subregion(subregion) => unit.subregion == Some(*subregion),
            Self::Named(units) => units.contains(&unit.unit.without_kind()),
        }
    }
}
