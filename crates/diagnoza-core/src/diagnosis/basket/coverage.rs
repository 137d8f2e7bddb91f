use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::check::nearest;
use super::error::{BasketError, BasketFault};
use super::spec::{Basket, Problem};
use crate::territory::UnitId;

/// What is known of one service in a unit; the user's. Services not mentioned are unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presence {
    /// Id of the service.
    pub service: String,
    /// Whether it is there.
    pub state: Present,
    /// Who gives it, in words; may be empty.
    #[serde(default)]
    pub institution: String,
    /// Where this is known from.
    #[serde(default)]
    pub source: String,
}

/// Whether a service is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Present {
    /// It is.
    Exists,
    /// It is not.
    Missing,
    /// Nobody said.
    Unknown,
}

/// What a unit has of a basket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasketCoverage {
    /// The unit.
    pub unit: UnitId,
    /// Every problem of the basket.
    pub problems: Vec<ProblemCoverage>,
    /// Every service of the basket.
    pub services: Vec<ServiceCoverage>,
    /// Services that are missing or incomplete, those that answer most problems first.
    pub gaps: Vec<Gap>,
}

/// How a problem is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemCoverage {
    /// Id of the problem.
    pub problem: String,
    /// Polish name.
    pub name_pl: String,
    /// English name.
    pub name_en: String,
    /// The answer in a word.
    pub state: ProblemState,
    /// Services that are there.
    pub exists: Vec<String>,
    /// Services that are there but lack another that they require.
    pub incomplete: Vec<String>,
    /// Services that are not there.
    pub missing: Vec<String>,
    /// Services of which it is not known.
    pub unknown: Vec<String>,
}

/// How a problem is answered, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemState {
    /// All its services are there.
    Covered,
    /// Some are.
    Partly,
    /// None is.
    Uncovered,
    /// None is known to be there, and of some it is not known.
    Unknown,
    /// The basket names no service for it.
    NoServices,
}

/// What is known of a service in a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceCoverage {
    /// Id of the service.
    pub service: String,
    /// Polish name.
    pub name_pl: String,
    /// English name.
    pub name_en: String,
    /// What is known.
    pub state: ServiceState,
    /// Services it requires, also through others, that are missing or unknown.
    pub lacks: Vec<String>,
    /// Who gives it.
    pub institution: String,
    /// Where this is known from.
    pub source: String,
}

/// What is known of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceState {
    /// It is there with all it requires.
    Exists,
    /// It is there, but something it requires is missing or unknown.
    Incomplete,
    /// It is not there.
    Missing,
    /// Not known.
    Unknown,
}

/// A service that a unit lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Id of the service.
    pub service: String,
    /// Missing or incomplete.
    pub state: ServiceState,
    /// Problems it answers.
    pub problems: Vec<String>,
    /// Institutions that may give it, by the basket.
    pub institutions: Vec<String>,
}

impl Basket {
    /// What a unit has of the basket.
    ///
    /// ```
    /// use diagnoza_core::diagnosis::basket::{BasketSpec, Presence, Present, ProblemState};
    /// let basket = BasketSpec::from_toml("basket.toml", r#"
    ///     format = "diagnoza-service-basket/1"
    ///     [[problem]]
    ///     id = "frail_age"
    ///     name_pl = "niesamodzielność w starości"
    ///     services = ["care_at_home", "day_centre"]
    ///     [[service]]
    ///     id = "care_at_home"
    ///     name_pl = "usługi opiekuńcze"
    ///     [[service]]
    ///     id = "day_centre"
    ///     name_pl = "dzienny dom pomocy"
    /// "#)?.check("basket.toml")?;
    /// let there = Presence {
    ///     service: "care_at_home".into(), state: Present::Exists, institution: "GOPS".into(), source: "example".into(),
    /// };
    /// let found = basket.coverage("2816033".parse()?, &[there])?;
    /// assert_eq!(found.problems[0].state, ProblemState::Partly);
    /// assert_eq!(found.problems[0].unknown, ["day_centre"]); // not said, so not missing
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`BasketError::Entries`]: services that are not in the basket, twice, or without a source.
    pub fn coverage(&self, unit: UnitId, known: &[Presence]) -> Result<BasketCoverage, BasketError> {
        self.check_presence(unit, known)?;
        let known: BTreeMap<&str, &Presence> = known.iter().map(|one| (one.service.as_str(), one)).collect();
        let said = |id: &str| known.get(id).map_or(Present::Unknown, |one| one.state);
        let mut states: BTreeMap<&str, ServiceState> = BTreeMap::new();
        let mut services = Vec::new();
        for service in self.services() {
            let required = self.required(&service.id);
            let lacks: Vec<String> =
                required.into_iter().filter(|id| said(id) != Present::Exists).map(str::to_owned).collect();
            let state = match said(&service.id) {
                Present::Exists if lacks.is_empty() => ServiceState::Exists,
                Present::Exists => ServiceState::Incomplete,
                Present::Missing => ServiceState::Missing,
                Present::Unknown => ServiceState::Unknown,
            };
            states.insert(&service.id, state);
            let one = known.get(service.id.as_str());
            services.push(ServiceCoverage {
                service: service.id.clone(),
                name_pl: service.name_pl.clone(),
                name_en: service.name_en.clone(),
                state,
                lacks,
                institution: one.map(|one| one.institution.trim().to_owned()).unwrap_or_default(),
                source: one.map(|one| one.source.trim().to_owned()).unwrap_or_default(),
            });
        }
        let problems = self.problems().iter().map(|problem| of_problem(problem, &states)).collect();
        Ok(BasketCoverage { unit, problems, gaps: self.gaps(&states), services })
    }

    fn check_presence(&self, unit: UnitId, known: &[Presence]) -> Result<(), BasketError> {
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        for one in known {
            let id = one.service.clone();
            if self.service(&id).is_none() {
                let nearest = nearest(&id, self.services().iter().map(|service| service.id.as_str()));
                let (list, key) = ("unit", "service");
                faults.push(BasketFault::Unknown { list, id: unit.to_string(), key, got: id, nearest });
            } else if !seen.insert(one.service.as_str()) {
                faults.push(BasketFault::Twice { list: "service", id });
            } else if one.state != Present::Unknown && one.source.trim().is_empty() {
                faults.push(BasketFault::NoSource { service: id });
            }
        }
        let file = format!("services of {unit}");
        if faults.is_empty() { Ok(()) } else { Err(BasketError::Entries { file, faults }) }
    }

    /// Services that one requires, also through others, in the order they are met.
    fn required(&self, id: &str) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        let mut ahead: Vec<&str> = vec![id];
        while let Some(next) = ahead.pop() {
            for required in self.service(next).map_or(&[][..], |service| &service.requires) {
                if !found.contains(&required.as_str()) {
                    found.push(required);
                    ahead.push(required);
                }
            }
        }
        found
    }

    fn gaps(&self, states: &BTreeMap<&str, ServiceState>) -> Vec<Gap> {
        let lacking = self.services().iter().filter_map(|service| {
            let state = *states.get(service.id.as_str())?;
            let lacks = matches!(state, ServiceState::Missing | ServiceState::Incomplete);
            let problems = self.problems().iter().filter(|problem| problem.services.contains(&service.id));
            lacks.then(|| Gap {
                service: service.id.clone(),
                state,
                problems: problems.map(|problem| problem.id.clone()).collect(),
                institutions: service.institutions.clone(),
            })
        });
        let mut gaps: Vec<Gap> = lacking.collect();
        gaps.sort_by_key(|gap| std::cmp::Reverse(gap.problems.len()));
        gaps
    }
}

fn of_problem(problem: &Problem, states: &BTreeMap<&str, ServiceState>) -> ProblemCoverage {
    let of = |state: ServiceState| -> Vec<String> {
        problem.services.iter().filter(|id| states.get(id.as_str()) == Some(&state)).cloned().collect()
    };
    let (exists, incomplete) = (of(ServiceState::Exists), of(ServiceState::Incomplete));
    let (missing, unknown) = (of(ServiceState::Missing), of(ServiceState::Unknown));
    let state = match () {
        () if problem.services.is_empty() => ProblemState::NoServices,
        () if exists.len() == problem.services.len() => ProblemState::Covered,
        () if !exists.is_empty() || !incomplete.is_empty() => ProblemState::Partly,
        () if unknown.is_empty() => ProblemState::Uncovered,
        () => ProblemState::Unknown,
    };
    ProblemCoverage {
        problem: problem.id.clone(),
        name_pl: problem.name_pl.clone(),
        name_en: problem.name_en.clone(),
        state,
        exists,
        incomplete,
        missing,
        unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::basket::{BasketFormat, BasketSpec, Service};

    fn basket() -> Basket {
        let service = |id: &str, requires: &[&str], institutions: &[&str]| Service {
            id: id.to_owned(),
            name_pl: id.to_owned(),
            requires: requires.iter().map(|&id| id.to_owned()).collect(),
            institutions: institutions.iter().map(|&id| id.to_owned()).collect(),
            ..Service::default()
        };
        let problem = |id: &str, services: &[&str]| Problem {
            id: id.to_owned(),
            name_pl: id.to_owned(),
            services: services.iter().map(|&id| id.to_owned()).collect(),
            ..Problem::default()
        };
        BasketSpec {
            format: BasketFormat::V1,
            title: String::new(),
            problem: vec![
                problem("p1", &["a", "b"]),
                problem("p2", &["b"]),
                problem("p3", &["c"]),
                problem("p4", &[]),
                problem("p5", &["a"]),
            ],
            service: vec![
                service("a", &[], &[]),
                service("b", &[], &["ops"]),
                service("c", &["d"], &[]),
                service("d", &["b"], &[]),
            ],
            institution: vec![crate::diagnosis::basket::Institution {
                id: "ops".to_owned(),
                name_pl: "OPS".to_owned(),
                ..Default::default()
            }],
        }
        .check("basket")
        .unwrap()
    }

    fn presence(service: &str, state: Present) -> Presence {
        Presence {
            service: service.to_owned(),
            state,
            institution: String::new(),
            source: "synthetic".to_owned(),
        }
    }

    fn coverage(known: &[Presence]) -> BasketCoverage {
        basket().coverage("2816033".parse().unwrap(), known).unwrap()
    }

    #[test]
    fn every_state_of_a_problem_is_told() {
        use Present::{Exists, Missing};
        let found = coverage(&[
            presence("a", Exists),
            presence("b", Missing),
            presence("c", Exists),
            presence("d", Exists),
        ]);
        let states: Vec<ProblemState> = found.problems.iter().map(|problem| problem.state).collect();
        use ProblemState::{Covered, NoServices, Partly, Uncovered, Unknown};
        assert_eq!(states, [Partly, Uncovered, Partly, NoServices, Covered]);
        // c requires d, which requires b.
        assert_eq!(
            (found.services[2].state, found.services[2].lacks.clone()),
            (ServiceState::Incomplete, vec!["b".to_owned()])
        );
        let gaps: Vec<(&str, usize)> =
            found.gaps.iter().map(|gap| (gap.service.as_str(), gap.problems.len())).collect();
        assert_eq!(gaps, [("b", 2), ("c", 1), ("d", 0)]);
        assert_eq!(found.gaps[0].institutions, ["ops"]);
        assert_eq!(coverage(&[]).problems[1].state, Unknown);
    }

    #[test]
    fn what_is_not_said_is_unknown_and_no_gap() {
        let found = coverage(&[presence("b", Present::Unknown)]);
        assert!(found.services.iter().all(|service| service.state == ServiceState::Unknown));
        assert!(found.gaps.is_empty());
    }

    #[test]
    fn statements_are_checked_together() {
        let unsourced = Presence { source: " ".to_owned(), ..presence("a", Present::Exists) };
        let known = [
            unsourced,
            presence("bb", Present::Missing),
            presence("c", Present::Missing),
            presence("c", Present::Exists),
        ];
        let error = basket().coverage("2816033".parse().unwrap(), &known).unwrap_err().to_string();
        assert!(error.starts_with("services of 2816033: 3 faults"), "{error}");
        for says in
            ["service 'a' is said to exist", "there is no 'bb', is 'b' meant?", "service 'c' is there twice"]
        {
            assert!(error.contains(says), "{error}");
        }
    }
}
