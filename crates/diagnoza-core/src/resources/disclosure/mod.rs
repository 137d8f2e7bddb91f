//! Publication view of a table of counts (kontrola ujawniania danych): small and dominated cells are
//! suppressed, further cells with them so that the margins do not give them back, and an attack proves it.
//!
//! A cell of n persons or entities whose largest contributor has x is suppressed
//!
//! ```text
//! primary: threshold    n < t (and n > 0, unless zeros are suppressed by name)       t = 3
//! primary: dominance    x > k n                                                      k = 3/4
//! complementary         chosen so that for each primary cell p the attacker's interval [L, U] has
//!                       U >= t - 1 + b   (b = 1: nobody can prove that the cell is below the threshold)
//!                       U >= x / k       (dominance: the largest cannot be estimated from above)
//!                       U - L >= w       (w = t - 1: at least t whole numbers stay possible)
//! ```
//!
//! and of all such choices one of the smallest lost count. The attacker knows everything published: the
//! other cells, the sums, the rules, and that no count is negative; his interval is the exact minimum and
//! maximum over all real tables that agree. For tables of one and two dimensions, one of them a hierarchy,
//! whole numbers give him nothing more, as their equations are those of a network.
//!
//! References: t and k are those of art. 38 (2) of the Polish Act on official statistics of 29 June 1995
//! (Dz.U. 2024, item 1799: an aggregate of fewer than three entities, or one of them with more than three
//! quarters of the whole; said there of data that can be linked to a person and of the economic and financial
//! results of businesses, here taken as the default for any count). x / k is where the upper protection level
//! of the dominance rule, x / k - n, puts the upper end: Hundepool et al., Statistical Disclosure Control
//! (2012), ch. 4. The choice is Fischetti and Salazar (2000), Models and algorithms for optimizing cell
//! suppression in tabular data with linear constraints, JASA 95, 916 ff. b and w are ours.
//!
//! The full view and the publication view are two types: [`FullTable`] holds every number,
//! [`PublicationTable`] none of the suppressed ones, in memory or in a file.
//!
//! ```
//! use diagnoza_core::resources::disclosure::{Absent, DisclosureRules, FullTable, Leaf};
//! let leaves = [Leaf::new(&["Pisz"], 14), Leaf::new(&["Orzysz"], 2), Leaf::new(&["Ruciane-Nida"], 6)];
//! let full = FullTable::from_leaves(&["gmina"], None, &leaves, Absent::Refuse)?;
//! let made = full.publish(&DisclosureRules::default().check()?)?;
//! // 2 is below the threshold; 6 goes with it, for 22 - 14 - 6 would give it back.
//! let published: Vec<_> = made.publication.cells().iter().map(|cell| cell.count()).collect();
//! assert_eq!(published, [Some(22), Some(14), None, None]);
//! # Ok::<(), diagnoza_core::resources::disclosure::DisclosureError>(())
//! ```

mod attack;
mod bounds;
mod error;
mod full_table;
mod layout;
mod programme;
mod publication;
mod publish;
mod rules;
mod suppress;

pub use attack::{Attack, AttackedCell, attack};
pub use error::DisclosureError;
pub use full_table::{Absent, FullCell, FullTable, Leaf};
pub use publication::{CellStatus, PublicationCell, PublicationTable};
pub use publish::{Audit, AuditCell, Protected};
pub use rules::{CheckedRules, DisclosureRules, Protection, ReasonRule, ZeroRule};
pub use suppress::Search;

#[cfg(test)]
mod tests;
