use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{StrataBy, TableError};
use crate::territory::{GminaKind, Level, Teryt};

/// A gmina as the register of the wanted date has it, and the strata it lies in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GminaRow {
    /// Seven-digit code; the last digit is the kind on the date of the register.
    pub code: Teryt,
    /// Name of the gmina.
    pub name: String,
    /// Name of its powiat.
    pub powiat: String,
    /// Further strata by key, such as `subregion` -> `PL623`.
    pub strata: BTreeMap<String, String>,
}

/// The gminas a selection looks at, in the order of their codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Frame {
    gminas: Vec<GminaRow>,
}

impl Frame {
    /// Orders the gminas by code.
    ///
    /// # Errors
    /// [`TableError::NotAGmina`] for a code that is no whole gmina of seven digits,
    /// [`TableError::DuplicateGmina`] when two rows are one gmina, also under two kinds.
    pub fn new(mut gminas: Vec<GminaRow>) -> Result<Self, TableError> {
        for row in &gminas {
            let whole =
                matches!(row.code.kind(), Some(GminaKind::Urban | GminaKind::Rural | GminaKind::UrbanRural));
            if row.code.level() != Level::Gmina || !whole {
                return Err(TableError::NotAGmina { code: row.code, name: row.name.clone() });
            }
        }
        gminas.sort_by_key(|row| row.code);
        let twice = gminas.windows(2).find_map(|pair| match pair {
            [a, b] if a.code.same_unit(b.code) => Some((a, b)),
            _ => None,
        });
        if let Some((first, second)) = twice {
            return Err(TableError::DuplicateGmina {
                first: first.code,
                first_name: first.name.clone(),
                second: second.code,
                second_name: second.name.clone(),
            });
        }
        Ok(Self { gminas })
    }

    /// The gminas in the order of their codes.
    #[must_use]
    pub fn gminas(&self) -> &[GminaRow] {
        &self.gminas
    }

    /// The gmina with this code; the digit of the kind is left out of the comparison.
    #[must_use]
    pub fn get(&self, code: Teryt) -> Option<&GminaRow> {
        self.gminas.iter().find(|row| row.code.same_unit(code))
    }

    /// Stratum keys that at least one gmina has.
    #[must_use]
    pub fn strata_keys(&self) -> BTreeSet<&str> {
        let keys = self.gminas.iter().flat_map(|row| row.strata.keys());
        keys.map(String::as_str).collect()
    }
}

impl GminaRow {
    /// The stratum of the gmina; `None` when the row does not have the key.
    #[must_use]
    pub fn stratum(&self, by: &StrataBy) -> Option<String> {
        match by {
            StrataBy::All => Some("all".to_owned()),
            StrataBy::Powiat => self.code.powiat().map(|powiat| powiat.to_string()),
            StrataBy::Kind => self.code.kind().map(|kind| kind.to_string()),
            StrataBy::Subregion | StrataBy::Column(_) => self.strata.get(by.word()).cloned(),
        }
    }
}
