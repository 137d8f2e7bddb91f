use serde::{Deserialize, Serialize};

use super::{CheckedSettings, Flag, NoPeers, Outlook, PeerGroup, Spread, TableIndicator, Trend};
use crate::observation::{Cell, Missing, Provenance, Status, Year};
use crate::territory::{GminaKind, Level, Nuts, Teryt, UnitId};

/// The assessment of one unit: its values, where it stands, what stands out, what is not known.
#[doc(alias = "ocena zasobów pomocy społecznej")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// Its kind, if it is a gmina whose code says it.
    pub kind: Option<GminaKind>,
    /// Its powiat.
    pub powiat: Option<Teryt>,
    /// Its subregion, if known.
    pub subregion: Option<Nuts>,
    /// Its voivodeship.
    pub voivodeship: Option<Teryt>,
    /// The indicators that units of its level are asked for, in the table's order.
    pub indicators: Vec<Measured>,
    /// What stands out: unfavourable first, then what is far from the peers, favourable, missing.
    pub flags: Vec<Flag>,
    /// Years for which a value is asked and not known.
    pub gaps: Vec<Gap>,
    /// Peers that the unit does not have.
    pub without_peers: Vec<WithoutPeers>,
    /// Methods and sources.
    pub provenance: Provenance,
}

/// One indicator of a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Id of the indicator.
    pub indicator: String,
    /// The year in which units are compared.
    pub year: Year,
    /// The value in it, or why there is none.
    pub cell: Cell,
    /// All cells by year.
    pub series: Vec<Point>,
    /// Change over the observed years; `None` with fewer than two values that compare.
    pub trend: Option<Trend>,
    /// What is projected; `None` if nothing is.
    pub outlook: Option<Outlook>,
    /// The unit among its peers, in the order in which they were asked for.
    pub standings: Vec<Standing>,
}

/// A cell of a series.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The year.
    pub year: Year,
    /// A number, or why there is none.
    pub cell: Cell,
    /// Observed or projected.
    pub status: Status,
}

/// One indicator of a unit among one set of peers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Word of the peers.
    pub peers: String,
    /// Other units in the set.
    pub units: usize,
    /// Those of them without a value in the year.
    pub without_value: Vec<UnitId>,
    /// Fewer others have a value than the settings ask for: no flag is raised by comparing.
    pub few: bool,
    /// How the values lie, the unit's own included; `None` if there is none.
    pub spread: Option<Spread>,
    /// Where the unit's value lies; `None` without one, or without another to compare it with.
    pub place: Option<Place>,
}

/// Where a value lies in a set.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// 1 for the highest value; equals share the best rank.
    pub rank: usize,
    /// How many others have exactly the value.
    pub ties: usize,
    /// 100 x (number below + half the number equal, the unit included) / n.
    pub percentile: f64,
    /// Value less the median.
    pub from_median: f64,
}

/// A value that is asked for and not known: not reported, or withheld.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Id of the indicator.
    pub indicator: String,
    /// The year.
    pub year: Year,
    /// Why.
    pub reason: Missing,
}

/// A set of peers that the unit does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithoutPeers {
    /// Word of the peers.
    pub peers: String,
    /// Why.
    pub reason: NoPeers,
}

/// Assessments of many units on one table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessments {
    /// The indicators of the table.
    pub indicators: Vec<TableIndicator>,
    /// Whom every unit was compared with.
    pub peers: Vec<PeerGroup>,
    /// The settings.
    pub settings: CheckedSettings,
    /// The units, in the table's order.
    pub units: Vec<Assessment>,
}

impl NoPeers {
    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OnlyGminas => "only_gminas",
            Self::KindUnknown => "kind_unknown",
            Self::SubregionUnknown => "subregion_unknown",
            Self::NotInside => "not_inside",
            Self::Nobody => "nobody",
        }
    }
}
