//! Graduation: counts by groups of ages become counts by single years of age.
//!
//! [`graduate`] takes the counts, the first age of each group and a [`Graduation`]: a [`GraduationMethod`] with its
//! choices. Groups keep their counts exactly unless [`GroupTotals::AsMethod`] asks for what the method itself gives;
//! whatever was changed for that, or because a method gave fewer than nobody, is listed in [`Graduated::adjusted`].
//!
//! | method | groups | keeps groups by itself | never negative |
//! | --- | --- | --- | --- |
//! | `uniform`, `mono`, `within_structure` | any | yes | yes |
//! | `sprague`, `beers_ordinary` | five years, at least five | yes | no |
//! | `beers_modified`, `grabill` | five years, at least five | no | no |
//! | `pclm` | any, at least three | nearly | yes |
//!
//! Parts of five-year groups (0 and 1-4) are taken together for the multipliers, and keep their own counts after.

mod beers;
mod error;
mod five_year;
mod grabill;
mod graduated;
mod groups;
mod minimum;
mod mono;
mod pclm;
mod spec;
mod splines;
mod sprague;
mod uniform;
mod within_structure;

pub use error::GraduationError;
pub use graduated::{AdjustedGroup, Adjustment, Graduated, graduate};
pub use pclm::{PclmCriterion, PclmFit, PclmSettings};
pub use spec::{EmptyStructure, Graduation, GraduationMethod, GroupTotals, LastGroup, NegativeAges};
