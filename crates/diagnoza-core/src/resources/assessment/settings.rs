use serde::{Deserialize, Serialize};

use crate::observation::Year;

/// Parameters of an assessment, unchecked: when values are compared and what raises a flag.
///
/// ```
/// use diagnoza_core::resources::assessment::AssessmentSettings;
/// let settings = AssessmentSettings { fence: 3.0, ..AssessmentSettings::default() };
/// assert!(settings.check().is_ok());
/// assert!(AssessmentSettings { extreme_share: 0.7, ..settings }.check().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AssessmentSettings {
    /// Values after this year are left out of the comparison; `None` takes the last that are common.
    pub year: Option<Year>,
    /// With fewer other units that have a value, no flag is raised by comparing: too few peers. 5.
    pub few_peers: usize,
    /// A value outside q1 - fence x (q3 - q1) and q3 + fence x (q3 - q1) is far from its peers (Tukey 1977). 1.5.
    pub fence: f64,
    /// Share of the units at either end that are flagged, units of equal value counted in. 0.1: a decile.
    pub extreme_share: f64,
    /// Change from one year to the next, in per cent of the earlier value, that is flagged. 20.
    pub big_change: f64,
    /// Counts both below this never make a big change: from 2 to 3 families is 50 per cent. 20.
    pub big_change_from: f64,
    /// Share of the peers that move the other way, from which a trend is against them. 0.75.
    pub against_share: f64,
}

/// Settings that hold together; only these assess.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "AssessmentSettings", into = "AssessmentSettings")]
pub struct CheckedSettings(AssessmentSettings);

/// A setting with a value it cannot have.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{name} is {got}: expected {expected}")]
pub struct SettingsError {
    /// Name of the setting.
    pub name: &'static str,
    /// The value given.
    pub got: f64,
    /// What is expected.
    pub expected: &'static str,
}

impl Default for AssessmentSettings {
    fn default() -> Self {
        Self {
            year: None,
            few_peers: 5,
            fence: 1.5,
            extreme_share: 0.1,
            big_change: 20.0,
            big_change_from: 20.0,
            against_share: 0.75,
        }
    }
}

impl AssessmentSettings {
    /// Checks the settings.
    ///
    /// # Errors
    /// [`SettingsError`] names the setting.
    pub fn check(self) -> Result<CheckedSettings, SettingsError> {
        let above_zero = |x: f64| x.is_finite() && x > 0.0;
        let rules: [(&'static str, f64, bool, &'static str); 6] = [
            ("few_peers", self.few_peers as f64, self.few_peers >= 1, "1 or more"),
            ("fence", self.fence, above_zero(self.fence), "a number above 0"),
            (
                "extreme_share",
                self.extreme_share,
                self.extreme_share > 0.0 && self.extreme_share < 0.5,
                "a share between 0 and 0.5, such as 0.1",
            ),
            ("big_change", self.big_change, above_zero(self.big_change), "per cent above 0, such as 20"),
            (
                "big_change_from",
                self.big_change_from,
                self.big_change_from.is_finite() && self.big_change_from >= 0.0,
                "a count of 0 or more",
            ),
            (
                "against_share",
                self.against_share,
                self.against_share > 0.5 && self.against_share <= 1.0,
                "a share above 0.5, at most 1",
            ),
        ];
        match rules.into_iter().find(|(_, _, holds, _)| !holds) {
            Some((name, got, _, expected)) => Err(SettingsError { name, got, expected }),
            None => Ok(CheckedSettings(self)),
        }
    }
}

impl CheckedSettings {
    /// The settings.
    #[must_use]
    pub const fn get(&self) -> &AssessmentSettings {
        &self.0
    }
}

impl TryFrom<AssessmentSettings> for CheckedSettings {
    type Error = SettingsError;

    fn try_from(settings: AssessmentSettings) -> Result<Self, SettingsError> {
        settings.check()
    }
}

impl From<CheckedSettings> for AssessmentSettings {
    fn from(checked: CheckedSettings) -> Self {
        checked.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_cannot_hold_are_refused_by_name() {
        let base = AssessmentSettings::default();
        assert_eq!(base.check(), Ok(CheckedSettings::default()));
        let name = |settings: AssessmentSettings| settings.check().unwrap_err().name;
        assert_eq!(name(AssessmentSettings { few_peers: 0, ..base }), "few_peers");
        for fence in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(name(AssessmentSettings { fence, ..base }), "fence");
        }
        for extreme_share in [0.0, 0.5, f64::NAN] {
            assert_eq!(name(AssessmentSettings { extreme_share, ..base }), "extreme_share");
        }
        assert_eq!(name(AssessmentSettings { big_change: 0.0, ..base }), "big_change");
        assert_eq!(name(AssessmentSettings { big_change_from: -1.0, ..base }), "big_change_from");
        assert_eq!(name(AssessmentSettings { against_share: 0.5, ..base }), "against_share");
        assert!(serde_json::from_str::<CheckedSettings>(r#"{"fence": 0.0}"#).is_err());
        let error = AssessmentSettings { fence: 0.0, ..base }.check().unwrap_err();
        assert_eq!(error.to_string(), "fence is 0: expected a number above 0");
    }
}
