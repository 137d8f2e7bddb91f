//! The assessment of a unit: values with trend, the place among peers, what stands out and why, what is not known.
//!
//! Everything starts from an [`IndicatorTable`], which whatever computes or reads indicators can fill. [`assess`]
//! one unit, [`assess_units`] or [`assess_all`]; [`class_breaks`] divides values into the classes of a map.
//!
//! ```
//! use diagnoza_core::observation::{Cell, Year};
//! use diagnoza_core::resources::PeerSet;
//! use diagnoza_core::resources::assessment::{
//!     CheckedSettings, IndicatorTable, PeerGroup, TableIndicator, TableUnit, TableValue, assess,
//! };
//! // Persons in assisted families per 10,000 inhabitants, three gminas of one powiat: made-up figures.
//! let units = [("2816011", 400.0), ("2816022", 520.0), ("2816033", 610.0)];
//! let (mut known, mut rows) = (Vec::new(), Vec::new());
//! for (code, value) in units {
//!     let unit = code.parse()?;
//!     known.push(TableUnit::new(unit, code));
//!     rows.push(TableValue { indicator: "assisted".into(), unit, year: Year::constant(2024), cell: Cell::Value(value) });
//! }
//! let table = IndicatorTable::new(vec![TableIndicator::new("assisted")], known, rows)?;
//! let peers = [PeerGroup::Set(PeerSet::Powiat)];
//! let pisz = assess(&table, "2816033".parse()?, &peers, &CheckedSettings::default())?;
//! let standing = &pisz.indicators[0].standings[0];
//! assert_eq!(standing.spread.map(|spread| spread.median), Some(520.0));
//! assert_eq!(standing.place.map(|place| place.rank), Some(1));
//! assert!(standing.few && pisz.flags.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod indicator;
mod table;
mod table_error;
mod unit;

mod group;
mod peers;
mod position;

mod settings;
mod trend;

mod flag;
mod raise;

mod assess;
mod result;

mod class_breaks;
mod jenks;

pub use assess::{AssessmentError, assess, assess_all, assess_units};
pub use class_breaks::{ClassBreaks, ClassError, ClassMethod, ClassMethodError, class_breaks};
pub use flag::{Flag, FlagRule, Judgement, Side};
pub use group::{NoPeers, PeerGroup};
pub use indicator::{ChangeMeasure, Direction, SeriesBreak, TableIndicator, ValueKind};
pub use peers::{PeerSet, PeerSetError};
pub use position::{PeersError, PercentileRule, Position, QuartileRule, Spread, TieRule, position};
pub use result::{Assessment, Assessments, Gap, Measured, Place, Point, Standing, WithoutPeers};
pub use settings::{AssessmentSettings, CheckedSettings, SettingsError};
pub use table::{IndicatorTable, TableValue};
pub use table_error::{TableError, TableFault};
pub use trend::{Course, Outlook, Trend};
pub use unit::TableUnit;

#[cfg(test)]
mod tests;
