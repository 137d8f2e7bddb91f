//! Coverage targets (wskaźniki zasięgu wsparcia): distinct people and units of a register of support,
//! per target, period and territory, with double counting shown and nothing dropped silently.
//!
//! For a target with the key k of a row (person, institution, gmina or powiat), the filter F of forms
//! and roles and the condition C on hours and modules
//!
//! ```text
//! achieved(t) = |{ k : C holds for the rows of k in F dated from the target's start to t }|
//! needed      = value, or ceil(share x frame)
//! percent     = 100 x achieved / needed      missing = max(0, needed - achieved)
//! rows        = counted + same rows + of another kind + left out
//! ```
//!
//! Unit: persons, institutions, gminas, powiats or hours. Rows equal in every field are one row. Counts
//! of periods and of gminas do not add up to the total, for a key may stand in several: the surplus is
//! given beside them. Keys are compared exactly after the named [`KeyRule`]; spellings are not guessed.
//!
//! ```
//! use diagnoza_core::resources::coverage::{Step, SupportRegister, SupportRow, TargetSet, coverage};
//! use diagnoza_core::territory::{Gazetteer, UnitRecord, UnitId};
//! let units = ["28", "2816", "2816033"].map(|code| code.parse::<UnitId>().map(|u| UnitRecord::new(u, code)));
//! let gazetteer = Gazetteer::from_records(units.into_iter().collect::<Result<_, _>>()?)?;
//! let row = |row, person: &str, date: &str| SupportRow {
//!     row,
//!     person: person.into(),
//!     unit: "2816033".into(),
//!     date: date.into(),
//!     ..SupportRow::default()
//! };
//! // Row 4 has no such date; the person of row 2 comes again in row 3.
//! let rows = [row(2, "A", "2023-05-31"), row(3, "A", "2024-01-10"), row(4, "B", "2024-02-30")];
//! let register = SupportRegister::check(&rows, &gazetteer, Default::default());
//! let targets = TargetSet::from_toml(r#"
//!     title = { pl = "Przykład", en = "Example" }
//!     source = "made up for this example"
//!     [[target]]
//!     id = "people"
//!     name = { pl = "Osoby", en = "Persons" }
//!     counts = "persons"
//!     goal = { value = 4 }
//! "#)?.check(&gazetteer, &Default::default())?;
//! let found = coverage(&register, &targets, &gazetteer, Step::Year);
//! assert_eq!(found.targets[0].achieved, 1.0);
//! assert_eq!(found.targets[0].missing, Some(3.0));
//! assert_eq!(found.left_out[0].row, 4);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod count;
mod double_counting;
mod error;
mod left_out;
mod period;
mod place;
mod result;
pub mod shipped;
mod support;
mod target;
mod target_check;

pub use double_counting::{DoubleCounting, KeyKind, Repeat, SameRow};
pub use error::TargetError;
pub use left_out::{LeftOut, LeftOutReason};
pub use period::{Period, Step};
pub use place::NamedUnit;
pub use result::{
    Coverage, PeriodCount, RowAccount, TargetCoverage, TerritoryCount, UnmatchedWord, coverage,
};
pub use support::{KeyRule, Support, SupportRegister, SupportRow};
pub use target::{Counts, Frame, Goal, ModuleHours, Target, TargetSet, TargetStatus};
pub use target_check::{CheckedTarget, CheckedTargetSet};

#[cfg(test)]
mod tests;
