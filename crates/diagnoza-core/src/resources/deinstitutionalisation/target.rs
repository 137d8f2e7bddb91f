use serde::{Deserialize, Serialize};

use super::DeinstitutionalisationError as Error;
use crate::observation::Year;

/// The targets that come with the library.
pub const TARGETS_TOML: &str = include_str!("../../../targets/deinstitutionalisation.toml");

/// A list of targets, checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// Edition of the format of the file.
    pub format: TargetsFormat,
    /// The targets.
    pub target: Vec<Target>,
}

/// Edition of the format of a file of targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TargetsFormat {
    /// `diagnoza-targets/1`.
    #[serde(rename = "diagnoza-targets/1")]
    V1,
}

/// A share to reach by a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Name in code and files.
    pub id: String,
    /// Polish name.
    pub name_pl: String,
    /// English name.
    pub name_en: String,
    /// What is measured, in Polish.
    pub measured_pl: String,
    /// What is measured, in English.
    pub measured_en: String,
    /// The share to reach, above 0 and at most 1.
    pub share: f64,
    /// Year by which it is to be reached.
    pub year: Year,
    /// How sure the target is.
    pub status: TargetStatus,
    /// Where it stands.
    pub source: String,
}

/// How sure the text of a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetStatus {
    /// Compared with the document that sets it.
    Verified,
    /// As somebody names it; the document was not at hand.
    AsNamed,
}

impl Targets {
    /// Reads and checks targets in TOML. `file` names it in messages.
    ///
    /// ```
    /// use diagnoza_core::resources::deinstitutionalisation::{TARGETS_TOML, Targets};
    /// let targets = Targets::from_toml("deinstitutionalisation.toml", TARGETS_TOML)?;
    /// assert_eq!(targets.target("facilities_transformed")?.year.get(), 2035);
    /// # Ok::<(), diagnoza_core::resources::deinstitutionalisation::DeinstitutionalisationError>(())
    /// ```
    ///
    /// # Errors
    /// [`Error`]: the syntax, a share outside 0 to 1, an id twice, a target without a source.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, Error> {
        let read: Self = toml::from_str(text).map_err(|error| Error::Syntax {
            file: file.to_owned(),
            reason: error.to_string().trim().to_owned(),
        })?;
        for (place, target) in read.target.iter().enumerate() {
            let refuse = |key, got: &str, expected| {
                let (id, got) = (target.id.clone(), got.to_owned());
                Err(Error::Target { file: file.to_owned(), id, key, got, expected })
            };
            if target.id.trim().is_empty()
                || read.target.iter().take(place).any(|other| other.id == target.id)
            {
                return refuse("id", &target.id, "a name that no other target has");
            }
            if !(target.share > 0.0 && target.share <= 1.0) {
                return refuse(
                    "share",
                    &target.share.to_string(),
                    "a share above 0, at most 1 (40 per cent is 0.4)",
                );
            }
            if target.source.trim().is_empty() {
                return refuse("source", "", "where the target stands");
            }
        }
        Ok(read)
    }

    /// The target of that id.
    ///
    /// # Errors
    /// [`Error::UnknownTarget`] lists those there are.
    pub fn target(&self, id: &str) -> Result<&Target, Error> {
        self.target.iter().find(|target| target.id == id).ok_or_else(|| Error::UnknownTarget {
            got: id.to_owned(),
            known: self.target.iter().map(|target| target.id.clone()).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_targets_say_that_the_document_was_not_at_hand() {
        let targets = Targets::from_toml("shipped", TARGETS_TOML).unwrap();
        assert_eq!(targets.target.len(), 2);
        for target in &targets.target {
            assert_eq!(target.status, TargetStatus::AsNamed);
            assert!(target.source.contains("not at hand"));
        }
        assert!(targets.target("x").unwrap_err().to_string().contains("periodic_assessment"));
    }

    #[test]
    fn targets_that_are_none_are_refused_by_key() {
        for (from, to, says) in [
            ("share = 0.4", "share = 40.0", "share: '40'"),
            ("share = 0.4", "share = nan", "share: 'NaN'"),
            ("id = \"facilities_transformed\"", "id = \"periodic_assessment\"", "no other target has"),
            ("year = 2035", "year = 20350", "20350"),
            ("share = 0.4", "shares = 0.4", "shares"),
        ] {
            let error =
                Targets::from_toml("t.toml", &TARGETS_TOML.replace(from, to)).unwrap_err().to_string();
            assert!(error.starts_with("t.toml") && error.contains(says), "{error}");
        }
    }
}
