//! Which gminas to choose, and why these: a declarative [`SelectionSpec`] is
//! checked against a [`Frame`] of gminas, run on a [`CriteriaTable`], and gives
//! a [`Selection`] with a reason for every gmina, tied sets listed, never drawn.
//!
//! ```
//! use std::collections::BTreeMap;
//! use diagnoza_core::observation::{Cell, Source, Year};
//! use diagnoza_core::selection::{Column, CriteriaTable, Frame, GminaRow, Lang, SelectionSpec};
//!
//! let spec = SelectionSpec::from_toml(r#"
//!     format = "diagnoza-selection/2"
//!     title = { pl = "Przykład", en = "Example" }
//!     ties = "report"
//!     missing = "refuse"
//!     [frame]
//!     voivodeship = "28"
//!     date = 2018-04-01
//!     table = "families"
//!     [eligibility]
//!     kinds = ["urban_rural"]
//!     [strata]
//!     by = "powiat"
//!     quotas = { 2816 = 1 }
//!     [[criteria]]
//!     variable = "families"
//!     year = 2016
//!     label = { pl = "liczba rodzin", en = "number of families" }
//!     unit = "families"
//!     measure = "count"
//!     direction = "stimulant"
//! "#)?;
//! // The numbers are made up for the example.
//! let row = |code: &str, name: &str| -> Result<GminaRow, Box<dyn std::error::Error>> {
//!     Ok(GminaRow { code: code.parse()?, name: name.into(), powiat: "piski".into(), strata: BTreeMap::new() })
//! };
//! let rows = vec![row("2816033", "Pisz")?, row("2816023", "Orzysz")?];
//! let source = Source { publisher: "-".into(), title: "example".into(), date: "2016".into(), sha256: String::new() };
//! let column = Column {
//!     variable: "families".into(),
//!     year: Year::new(2016)?,
//!     unit: "families".into(),
//!     source,
//!     non_negative: true,
//!     cells: vec![Cell::Value(9.0), Cell::Value(7.0)],
//! };
//! let checked = spec.check(&Frame::new(rows.clone())?)?;
//! let selection = checked.choose(&CriteriaTable::new(rows, vec![column])?)?;
//! assert_eq!(
//!     selection.explain("2816033".parse()?)?.get(Lang::En),
//!     "Pisz (2816033): chosen, 1st of 2 in stratum 2816 (quota 1); number of families, 2016: 9; \
//!      2 ahead of Orzysz (2816023), the next."
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod spec;

pub mod shipped;

mod frame;

mod table;

mod eligibility;

mod check;

mod conflict;

pub mod prepared;

mod missing_table;

mod columns;

mod measure;

mod stream;

mod ranking;

mod choice_error;

mod score;

mod candidates;

mod choose;

mod offers;

mod published;

mod set_count;

mod result;

mod explain;

mod record;

pub mod normalise;

pub mod weights;

pub mod aggregate;

pub mod smaa;

pub mod robustness;

pub mod inverse;

#[cfg(test)]
mod example;

pub use crate::observation::{Label, Lang, LangError};
pub use candidates::{Candidates, Imputed};
pub use check::{CheckError, CheckedSpec};
pub use choice_error::{ChoiceError, MissingValue};
pub use conflict::{Condition, Conflict};
pub use eligibility::{FunnelStep, Step};
pub use explain::{ExplainError, Mixture, Pair, PairRow, SetWith, ValueChange, WeightChange, Why, WhyError};
pub use frame::{Frame, GminaRow};
pub use measure::Measured;
pub use missing_table::{MissingTable, StratumSupply, WantedColumn, wanted_columns};
pub use prepared::{Prepared, PreparedError, Proof, SetObjective};
pub use record::{
    Change, ColumnRecord, DecisionRecord, Publication, PublishedRow, PublishedStratum, RecordDiff,
    RecordError, RecordFormat, ReplayError, Shown, TableRecord,
};
pub use result::{
    ChoiceUsed, CriterionUsed, DecidedBy, Margin, Offer, Outcome, Part, Place, PublishedComparison, Ranked,
    Reason, ResolvedTie, Selection, StratumRanking, TiedSets,
};
pub use score::{Scored, Values};
pub use set_count::SetCount;
pub use spec::{
    Bounds, ComparedWithin, ConsentRule, ConsentSpec, Criterion, Denominator, Direction, DisclosureSpec,
    DiversityOver, DiversityPurpose, DiversitySpec, EligibilitySpec, Exclusion, FrameSpec, GroupRule,
    Locality, Measure, Method, MethodSpec, MissingRule, Nominal, NormalisationRule, Note, Published, Refusal,
    Role, SearchSpec, SecondLevel, SelectionSpec, SpecError, SpecFormat, Spread, StrataBy, StrataSpec,
    TieRule, VariableOfYear, WeightRule, WeightsSpec,
};
pub use table::{Column, CriteriaTable, TableError};
