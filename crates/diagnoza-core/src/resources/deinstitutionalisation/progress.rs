use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DeinstitutionalisationError as Error, Target};
use crate::observation::Year;
use crate::territory::UnitId;

/// How many of how many, at the end of a year; the user's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measurement {
    /// The unit.
    pub unit: UnitId,
    /// Id of the target.
    pub target: String,
    /// The year.
    pub year: Year,
    /// How many have it: assessed, transformed.
    pub done: f64,
    /// Of how many.
    pub of: f64,
    /// Where the figures come from.
    pub source: String,
}

/// How a path to the target is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PathRule {
    /// A straight line from the first measurement to the target.
    LinearFromFirst,
}

/// Where a unit stands on the way to a target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// The unit.
    pub unit: UnitId,
    /// Id of the target.
    pub target: String,
    /// The share to reach.
    pub target_share: f64,
    /// Year by which it is to be reached.
    pub target_year: Year,
    /// How the path is drawn.
    pub path: PathRule,
    /// Measured shares by year.
    pub shares: BTreeMap<Year, f64>,
    /// Year of the last measurement.
    pub year: Option<Year>,
    /// Share of that year.
    pub share: Option<f64>,
    /// What the path asks for in that year.
    pub on_path: Option<f64>,
    /// How many more of the last total it takes to reach the target.
    pub still_to_do: Option<f64>,
    /// The judgement.
    pub state: State,
    /// What is missing to judge.
    pub missing: Vec<String>,
    /// Sources of the measurements.
    pub sources: Vec<String>,
}

/// How a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The target is reached.
    Reached,
    /// On the path or ahead of it.
    OnPath,
    /// Behind the path.
    Behind,
    /// The year of the target has passed without it.
    Missed,
    /// Cannot be told from what was measured.
    Unknown,
}

/// Progress of one unit towards a target on a straight line from its first measurement.
///
/// The first measurement starts the line and cannot be judged by it: a second one is needed, or the target reached.
///
/// ```
/// use diagnoza_core::observation::Year;
/// use diagnoza_core::resources::deinstitutionalisation::{Measurement, State, TARGETS_TOML, Targets, progress};
/// let targets = Targets::from_toml("targets", TARGETS_TOML)?;
/// let measured = |year, done| Measurement {
///     unit: "28".parse().unwrap(), target: "facilities_transformed".into(), year: Year::constant(year),
///     done, of: 40.0, source: "invented for this example".into(),
/// };
/// let found = progress("28".parse().unwrap(), targets.target("facilities_transformed")?, &[measured(2025, 0.0), measured(2030, 6.0)])?;
/// // Half of the way from 0 to 40 per cent has passed: 20 per cent would be on the path, 6 of 40 are 15.
/// assert_eq!((found.share, found.on_path, found.state), (Some(0.15), Some(0.2), State::Behind));
/// assert_eq!(found.still_to_do, Some(10.0));
/// # Ok::<(), diagnoza_core::resources::deinstitutionalisation::DeinstitutionalisationError>(())
/// ```
///
/// # Errors
/// [`Error`]: numbers that are none, more done than there are, a year given twice, a figure without a source.
pub fn progress(unit: UnitId, target: &Target, measured: &[Measurement]) -> Result<Progress, Error> {
    let mut found: BTreeMap<Year, (f64, f64)> = BTreeMap::new();
    let mut sources: Vec<String> = Vec::new();
    for one in measured.iter().filter(|one| one.unit == unit && one.target == target.id) {
        check(one)?;
        if found.insert(one.year, (one.done, one.of)).is_some() {
            return Err(Error::Twice { unit, year: one.year, what: one.target.clone() });
        }
        if !sources.contains(&one.source) {
            sources.push(one.source.clone());
        }
    }
    let shares: BTreeMap<Year, f64> = found.iter().map(|(year, (done, of))| (*year, done / of)).collect();
    let first = shares.first_key_value().map(|(year, share)| (*year, *share));
    let last = shares.last_key_value().map(|(year, share)| (*year, *share));
    let on_path = match (first, last) {
        (Some(first), Some((year, _))) if year > first.0 => Some(path(first, target, year)),
        _ => None,
    };
    let (state, missing) = judge(target, last, on_path);
    let still_to_do = found.last_key_value().map(|(_, (done, of))| (target.share * of - done).max(0.0));
    Ok(Progress {
        unit,
        target: target.id.clone(),
        target_share: target.share,
        target_year: target.year,
        path: PathRule::LinearFromFirst,
        year: last.map(|(year, _)| year),
        share: last.map(|(_, share)| share),
        shares,
        on_path,
        still_to_do,
        state,
        missing,
        sources,
    })
}

/// Share that the straight line has in a year; the target's from its year on.
fn path((from, share): (Year, f64), target: &Target, year: Year) -> f64 {
    if year >= target.year {
        return target.share;
    }
    let passed = f64::from(year.get() - from.get()) / f64::from(target.year.get() - from.get());
    share + (target.share - share) * passed
}

fn judge(target: &Target, last: Option<(Year, f64)>, on_path: Option<f64>) -> (State, Vec<String>) {
    // Shares are quotients of counts: what differs by less than a billionth is the same.
    const SAME: f64 = 1e-9;
    let Some((year, share)) = last else {
        return (State::Unknown, vec![format!("a measurement of {}", target.id)]);
    };
    if share >= target.share - SAME {
        return (State::Reached, Vec::new());
    }
    if year >= target.year {
        return (State::Missed, Vec::new());
    }
    match on_path {
        Some(on_path) if share >= on_path - SAME => (State::OnPath, Vec::new()),
        Some(_) => (State::Behind, Vec::new()),
        None => {
            let missing =
                format!("a measurement after {year}: one alone starts the path and is not judged by it");
            (State::Unknown, vec![missing])
        }
    }
}

fn check(one: &Measurement) -> Result<(), Error> {
    let (unit, year) = (one.unit, one.year);
    let value = |what: &str, got, expected| {
        Err(Error::Value { unit, year, what: format!("{}, {what}", one.target), got, expected })
    };
    if !(one.of.is_finite() && one.of > 0.0) {
        return value("of", one.of, "how many there are, above 0");
    }
    if !(one.done >= 0.0 && one.done <= one.of) {
        return value("done", one.done, "0 or more, and not more than there are");
    }
    if one.source.trim().is_empty() {
        return Err(Error::NoSource { unit, year, what: one.target.clone() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::deinstitutionalisation::{TARGETS_TOML, Targets};

    fn measured(year: u16, done: f64, of: f64) -> Measurement {
        Measurement {
            unit: "28".parse().unwrap(),
            target: "facilities_transformed".to_owned(),
            year: Year::constant(year),
            done,
            of,
            source: "synthetic".to_owned(),
        }
    }

    fn found(measured: &[Measurement]) -> Result<Progress, Error> {
        let targets = Targets::from_toml("shipped", TARGETS_TOML)?;
        progress("28".parse().unwrap(), targets.target("facilities_transformed")?, measured)
    }

    #[test]
    fn every_state_is_told() {
        let state = |measured: &[Measurement]| found(measured).unwrap().state;
        let start = measured(2025, 0.0, 10.0);
        assert_eq!(state(&[start.clone(), measured(2030, 2.0, 10.0)]), State::OnPath);
        assert_eq!(state(&[start.clone(), measured(2030, 1.0, 10.0)]), State::Behind);
        assert_eq!(state(&[start.clone(), measured(2030, 4.0, 10.0)]), State::Reached);
        assert_eq!(state(&[start.clone(), measured(2036, 3.0, 10.0)]), State::Missed);
        assert_eq!(state(&[measured(2025, 5.0, 10.0)]), State::Reached);
    }

    #[test]
    fn what_is_missing_to_judge_is_said() {
        let none = found(&[]).unwrap();
        assert_eq!((none.state, none.share), (State::Unknown, None));
        assert_eq!(none.missing, ["a measurement of facilities_transformed"]);
        let one = found(&[measured(2025, 1.0, 10.0)]).unwrap();
        assert_eq!((one.state, one.still_to_do), (State::Unknown, Some(3.0)));
        assert!(one.missing[0].contains("after 2025"));
    }

    #[test]
    fn wrong_measurements_are_refused() {
        let error = |one: Measurement| found(&[one]).unwrap_err().to_string();
        assert!(error(measured(2025, 11.0, 10.0)).contains("done: 11, expected 0 or more"));
        assert!(error(measured(2025, f64::NAN, 10.0)).contains("NaN"));
        assert!(error(measured(2025, 0.0, 0.0)).contains("of: 0"));
        assert!(
            error(Measurement { source: String::new(), ..measured(2025, 1.0, 2.0) }).contains("no source")
        );
        assert!(found(&[measured(2025, 1.0, 2.0), measured(2025, 1.0, 2.0)]).is_err());
    }
}
