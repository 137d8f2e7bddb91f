use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::selection::spec::written;
use crate::selection::{SelectionSpec, SpecError};

/// Specifications that differ in declared parts: all combinations of one option for each varied part.
///
/// As TOML: `format = "diagnoza-family/1"`, the specification under `[spec]`, and `[[vary]]` with `name` and
/// `[[vary.options]]`, each with a `name`, keys to `set` (`"method.name" = "topsis"`; positions of a list
/// count from 0: `"criteria.0.measure"`) and keys to `unset`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Edition of the format.
    pub format: FamilyFormat,
    /// The specification that is varied, in its own format.
    pub spec: Value,
    /// The varied parts.
    pub vary: Vec<Varied>,
}

/// Edition of the format of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FamilyFormat {
    /// `diagnoza-family/1`.
    #[serde(rename = "diagnoza-family/1")]
    V1,
}

/// A part of the specification with its alternatives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Varied {
    /// What is varied, for people.
    pub name: String,
    /// The alternatives.
    pub options: Vec<VariedOption>,
}

/// One alternative.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariedOption {
    /// Its name, for people.
    pub name: String,
    /// Keys set, by path.
    #[serde(default)]
    pub set: BTreeMap<String, Value>,
    /// Keys taken out, by path.
    #[serde(default)]
    pub unset: Vec<String>,
}

/// One specification of a family.
#[derive(Clone, Debug, PartialEq)]
pub struct FamilyMember {
    /// Position of the option of every varied part.
    pub options: Vec<usize>,
    /// The specification.
    pub spec: SelectionSpec,
}

/// Why a family cannot be run.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FamilyError {
    /// The file does not read.
    #[error(transparent)]
    Toml(#[from] SpecError),
    /// A part without alternatives.
    #[error("vary '{name}' has no options")]
    NoOptions {
        /// Name of the part.
        name: String,
    },
    /// Two parts or two options of one name.
    #[error("the name '{name}' stands twice in {place}: names tell combinations apart")]
    DuplicateName {
        /// The name.
        name: String,
        /// Where.
        place: String,
    },
    /// More specifications than are run.
    #[error("the family has {specs} specifications and at most {most} are run: leave out options")]
    TooMany {
        /// Number of combinations.
        specs: String,
        /// The most.
        most: usize,
    },
    /// A path that leads nowhere.
    #[error("vary '{part}', option '{option}': '{path}' leads nowhere: {reason}")]
    Path {
        /// Name of the part.
        part: String,
        /// Name of the option.
        option: String,
        /// The path.
        path: String,
        /// Where it ends.
        reason: String,
    },
    /// The specification itself does not read.
    #[error("the specification of the family does not read: {reason}")]
    Spec {
        /// What is wrong.
        reason: String,
    },
}

impl Family {
    /// At most this number of specifications is run.
    pub const MOST: usize = 100_000;

    /// Reads a family in TOML.
    ///
    /// # Errors
    /// [`FamilyError::Toml`] with line, column and key, and what [`Family::check`] finds.
    pub fn from_toml(text: &str) -> Result<Self, FamilyError> {
        let family: Self = toml::from_str(text).map_err(|error| SpecError::at(text, error))?;
        family.check()?;
        Ok(family)
    }

    /// Reads a family in JSON, with the keys of the TOML form.
    ///
    /// # Errors
    /// [`FamilyError::Toml`] with line and column, and what [`Family::check`] finds.
    pub fn from_json(text: &str) -> Result<Self, FamilyError> {
        let mut family: Self = serde_json::from_str(text).map_err(|error| SpecError::of_json(&error))?;
        family.spec = written(family.spec);
        family.check()?;
        Ok(family)
    }

    /// A specification with parts to vary.
    ///
    /// # Errors
    /// What [`Family::check`] finds.
    pub fn new(spec: &SelectionSpec, vary: Vec<Varied>) -> Result<Self, FamilyError> {
        let spec = serde_json::to_value(spec).map_err(|e| FamilyError::Spec { reason: e.to_string() })?;
        let family = Self { format: FamilyFormat::V1, spec, vary };
        family.check()?;
        Ok(family)
    }

    /// Checks names, the number of combinations, and that the specification reads as it stands.
    ///
    /// # Errors
    /// [`FamilyError`].
    pub fn check(&self) -> Result<(), FamilyError> {
        unique(self.vary.iter().map(|part| &part.name), "vary")?;
        for part in &self.vary {
            if part.options.is_empty() {
                return Err(FamilyError::NoOptions { name: part.name.clone() });
            }
            unique(part.options.iter().map(|option| &option.name), &format!("vary '{}'", part.name))?;
        }
        let number =
            self.vary.iter().try_fold(1_usize, |product, part| product.checked_mul(part.options.len()));
        match number {
            Some(specs) if specs <= Self::MOST => {}
            number => {
                let specs = number.map_or_else(|| "more than 10^19".to_owned(), |specs| specs.to_string());
                return Err(FamilyError::TooMany { specs, most: Self::MOST });
            }
        }
        // A path that leads nowhere is found before anything runs.
        for part in &self.vary {
            for option in &part.options {
                self.apply(&mut self.spec.clone(), part, option)?;
            }
        }
        read(&self.spec).map(|_| ()).map_err(|reason| FamilyError::Spec { reason })
    }

    /// Number of specifications.
    #[must_use]
    pub fn len(&self) -> usize {
        self.vary.iter().map(|part| part.options.len()).product()
    }

    /// Whether there is no specification; a checked family has at least one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Names of the options of a combination, part by part.
    #[must_use]
    pub fn names(&self, options: &[usize]) -> Vec<String> {
        let names = self.vary.iter().zip(options).filter_map(|(part, &at)| part.options.get(at));
        names.map(|option| option.name.clone()).collect()
    }

    /// The options of combination number `index`, the last part varying fastest.
    #[must_use]
    pub fn options(&self, mut index: usize) -> Vec<usize> {
        let mut options = vec![0; self.vary.len()];
        for (at, part) in options.iter_mut().zip(&self.vary).rev() {
            (index, *at) = (index / part.options.len(), index % part.options.len());
        }
        options
    }

    /// The specification of a combination; the reason, where its parts do not make one.
    ///
    /// # Errors
    /// The reason in words: options may exclude each other.
    pub fn member(&self, index: usize) -> Result<FamilyMember, String> {
        let options = self.options(index);
        let mut spec = self.spec.clone();
        for (part, &at) in self.vary.iter().zip(&options) {
            let option =
                part.options.get(at).ok_or_else(|| format!("vary '{}' has no option {at}", part.name))?;
            self.apply(&mut spec, part, option).map_err(|error| error.to_string())?;
        }
        Ok(FamilyMember { options, spec: read(&spec)? })
    }

    fn apply(&self, spec: &mut Value, part: &Varied, option: &VariedOption) -> Result<(), FamilyError> {
        let fault = |path: &str, reason: String| FamilyError::Path {
            part: part.name.clone(),
            option: option.name.clone(),
            path: path.to_owned(),
            reason,
        };
        for (path, value) in &option.set {
            let place = parent(spec, path).map_err(|reason| fault(path, reason))?;
            place.put(value.clone()).map_err(|reason| fault(path, reason))?;
        }
        for path in &option.unset {
            let place = parent(spec, path).map_err(|reason| fault(path, reason))?;
            place.take().map_err(|reason| fault(path, reason))?;
        }
        Ok(())
    }
}

/// The last key of a path and what holds it.
struct Place<'a> {
    holder: &'a mut Value,
    key: &'a str,
}

impl Place<'_> {
    fn put(self, value: Value) -> Result<(), String> {
        match self.holder {
            Value::Object(table) => {
                table.insert(self.key.to_owned(), value);
                Ok(())
            }
            Value::Array(list) => {
                let length = list.len();
                let at = position(self.key, length)?;
                list[at] = value;
                Ok(())
            }
            _ => Err(format!("what stands before '{}' is neither a table nor a list", self.key)),
        }
    }

    fn take(self) -> Result<(), String> {
        match self.holder {
            // A key that is not there is as if it were taken out.
            Value::Object(table) => {
                table.remove(self.key);
                Ok(())
            }
            Value::Array(list) => {
                let at = position(self.key, list.len())?;
                list.remove(at);
                Ok(())
            }
            _ => Err(format!("what stands before '{}' is neither a table nor a list", self.key)),
        }
    }
}

fn parent<'a>(spec: &'a mut Value, path: &'a str) -> Result<Place<'a>, String> {
    let (before, key) = path.rsplit_once('.').map_or((None, path), |(before, key)| (Some(before), key));
    let mut holder = spec;
    for step in before.into_iter().flat_map(|before| before.split('.')) {
        holder = match holder {
            // A table that is optional and absent is begun.
            Value::Object(table) => {
                let found = table.entry(step).or_insert(Value::Null);
                if found.is_null() {
                    *found = Value::Object(serde_json::Map::new());
                }
                found
            }
            Value::Array(list) => {
                let at = position(step, list.len())?;
                &mut list[at]
            }
            _ => return Err(format!("what stands before '{step}' is neither a table nor a list")),
        };
    }
    if key.is_empty() {
        return Err("the path ends in a dot".to_owned());
    }
    Ok(Place { holder, key })
}

fn position(step: &str, length: usize) -> Result<usize, String> {
    let at: Option<usize> = step.parse().ok();
    at.filter(|at| *at < length)
        .ok_or_else(|| format!("'{step}' is no position in a list of {length}, from 0"))
}

fn read(spec: &Value) -> Result<SelectionSpec, String> {
    serde_json::from_value(spec.clone()).map_err(|error| error.to_string())
}

fn unique<'a>(names: impl Iterator<Item = &'a String>, place: &str) -> Result<(), FamilyError> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(FamilyError::DuplicateName { name: name.clone(), place: place.to_owned() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::selection::{Locality, TieRule, shipped};

    fn base() -> SelectionSpec {
        SelectionSpec::from_toml(shipped::PILOT_28_2018).unwrap()
    }

    fn option(name: &str, set: &[(&str, Value)]) -> VariedOption {
        let set = set.iter().map(|(path, value)| ((*path).to_owned(), value.clone())).collect();
        VariedOption { name: name.to_owned(), set, unset: Vec::new() }
    }

    fn locality_and_ties() -> Vec<Varied> {
        let word = |key: &'static str| move |word: &str| option(word, &[(key, Value::from(word))]);
        let vary = |name: &str, key: &'static str, words: &[&str]| Varied {
            name: name.to_owned(),
            options: words.iter().copied().map(word(key)).collect(),
        };
        vec![
            vary("locality", "locality", &["free", "require"]),
            vary("ties", "ties", &["next_criterion", "code_order"]),
        ]
    }

    #[test]
    fn members_are_all_combinations_the_last_part_fastest() {
        let family = Family::new(&base(), locality_and_ties()).unwrap();
        assert_eq!((family.len(), family.options(1), family.options(2)), (4, vec![0, 1], vec![1, 0]));
        let member = family.member(3).unwrap();
        assert_eq!((member.spec.locality, member.spec.ties), (Locality::Require, TieRule::CodeOrder));
        assert_eq!(family.names(&member.options), ["require", "code_order"]);
    }

    #[test]
    fn paths_reach_into_lists_and_absent_tables() {
        let vary = vec![Varied {
            name: "measure".to_owned(),
            options: vec![option(
                "rate",
                &[
                    ("criteria.0.measure", Value::from("rate")),
                    ("criteria.0.denominator.variable", Value::from("population")),
                    ("criteria.0.denominator.year", Value::from(2016)),
                    ("criteria.0.denominator.unit", Value::from("persons")),
                    ("criteria.0.denominator.factor", Value::from(1000.0)),
                ],
            )],
        }];
        let member = Family::new(&base(), vary).unwrap().member(0).unwrap();
        assert_eq!(member.spec.criteria[0].denominator.as_ref().unwrap().variable, "population");
    }

    #[test]
    fn faults_are_named() {
        let bad = |vary: Vec<Varied>| Family::new(&base(), vary).unwrap_err().to_string();
        let one = |option: VariedOption| vec![Varied { name: "part".to_owned(), options: vec![option] }];
        assert!(
            bad(one(option("far", &[("criteria.9.year", Value::from(1))]))).contains("'9' is no position")
        );
        assert!(
            bad(one(option("deep", &[("title.pl.x", Value::from(1))])))
                .contains("neither a table nor a list")
        );
        let none = Varied { name: "part".to_owned(), options: Vec::new() };
        assert_eq!(bad(vec![none]), "vary 'part' has no options");
        let twice = locality_and_ties().into_iter().cycle().take(4).collect();
        assert!(bad(twice).contains("'locality' stands twice"));
        let many: Vec<Varied> = (0..6)
            .map(|part| Varied {
                name: format!("{part}"),
                options: (0..10).map(|at| option(&at.to_string(), &[])).collect(),
            })
            .collect();
        assert!(bad(many).contains("1000000 specifications"));
        // An option that makes no specification is refused when it is run, by its own reason.
        let family = Family::new(&base(), one(option("word", &[("ties", Value::from("dice"))]))).unwrap();
        assert!(family.member(0).unwrap_err().contains("unknown variant `dice`"));
    }
}
