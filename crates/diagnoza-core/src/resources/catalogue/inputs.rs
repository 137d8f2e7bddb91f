use std::collections::BTreeMap;

use super::indicator_error::Reason;
use super::{Input, Part, PartError, figure};
use crate::demography::{AgeRange, AgeStructure, Sexes, StructureError};
use crate::observation::{Cell, Missing, Panel, PanelError, Quantity, Sex, Source, Year};
use crate::territory::UnitId;

/// What is known of one unit in one year: numbers by name, and people by sex and age.
///
/// Names are those of [`figures`](super::figures()) (`social_workers_ops`), a user's own, or the words of a [`Part`]
/// (`women 18-59`). People are answered as [`AgeStructure`] does, by sum and difference of the groups given. A cell
/// given as missing stays missing: no sum takes its place.
///
/// ```
/// use diagnoza_core::observation::{Cell, Missing, Year};
/// use diagnoza_core::resources::catalogue::{Inputs, compute, indicator};
/// // Powiat brzeski (Małopolska), 31 XII 2024; 39 social workers.
/// let brzeski = Inputs::new([
///     ("persons of all ages", Cell::Value(91_340.0)),
///     ("social_workers_ops", Cell::Value(39.0)),
///     ("social_workers_ops_higher_education", Cell::Missing(Missing::NotReported)),
/// ])?
/// .of("1202".parse()?, Year::new(2024)?);
/// let value = compute(indicator("inhabitants_per_social_worker")?, &brzeski)?;
/// assert_eq!(value.rounded(), Some(2342.0));
/// let refused = compute(indicator("social_workers_higher_education_share")?, &brzeski).unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "social_workers_higher_education_share of 1202 in 2024 needs social_workers_ops_higher_education: not reported"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    place: Place,
    source: Option<Source>,
    cells: BTreeMap<String, Cell>,
    /// People by sex and age that have a number; an error if the groups contradict each other.
    people: Option<Result<AgeStructure, StructureError>>,
}

/// Unit and year of some inputs, where they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The unit.
    pub unit: Option<UnitId>,
    /// The year.
    pub year: Option<Year>,
}

/// Why inputs are refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum InputsError {
    /// An empty name.
    #[error("an input has no name: expected one such as social_workers_ops or 'women 18-59'")]
    Unnamed,
    /// A name that begins as people by sex and age and does not go on so.
    #[error(transparent)]
    NotAPart(#[from] PartError),
    /// NaN or infinity.
    #[error("{name} is {got}: expected a number, or a missing cell with its reason")]
    NotANumber {
        /// Name of the input.
        name: String,
        /// The value given.
        got: f64,
    },
    /// A count below zero.
    #[error("{name} is {got}: expected zero or more")]
    Negative {
        /// Name of the input.
        name: String,
        /// The value given.
        got: f64,
    },
    /// The same input twice.
    #[error("{name} is given twice: keep one")]
    Twice {
        /// Name of the input.
        name: String,
    },
    /// People are given as a whole structure and by name.
    #[error("{name} is given by name although the population is already given by sex and age: keep one")]
    PeopleTwice {
        /// Name of the input.
        name: String,
    },
    /// The panel does not count people.
    #[error("a table of {quantity} is no population: expected persons by sex and age")]
    NotPersons {
        /// What the panel measures.
        quantity: Quantity,
    },
    /// The panel has not the unit or year.
    #[error(transparent)]
    Panel(#[from] PanelError),
}

impl Inputs {
    /// Inputs by name.
    ///
    /// # Errors
    /// [`InputsError`]: a number that is none, a negative count, a name twice, a misspelt group of ages.
    pub fn new<N: Into<String>>(cells: impl IntoIterator<Item = (N, Cell)>) -> Result<Self, InputsError> {
        Self::default().and(cells)
    }

    /// People by sex and age.
    #[must_use]
    pub fn from_structure(people: AgeStructure) -> Self {
        Self { people: Some(Ok(people)), ..Self::default() }
    }

    /// People by sex and age of one unit and year of a panel; cells without a value keep their reason.
    ///
    /// # Errors
    /// [`InputsError::NotPersons`], [`InputsError::Panel`] for a unit or year that is not there.
    pub fn from_panel(panel: &Panel, unit: UnitId, year: Year) -> Result<Self, InputsError> {
        if panel.quantity() != Quantity::Persons {
            return Err(InputsError::NotPersons { quantity: panel.quantity() });
        }
        let starts = panel.ages().starts();
        let ends = starts.iter().copied().skip(1).chain([AgeRange::NEVER]);
        let ranges: Vec<AgeRange> = starts.iter().zip(ends).map(|(&a, b)| AgeRange::between(a, b)).collect();
        let parts = Sex::BOTH.into_iter().flat_map(|sex| {
            ranges.iter().map(move |&ages| Part { sexes: Sexes::from(sex), ages }.to_string())
        });
        let cells = parts.zip(panel.cells(unit, year)?.iter().copied());
        let mut inputs = Self::new(cells)?.of(unit, year);
        inputs.source = Some(panel.source().clone());
        Ok(inputs)
    }

    /// The same with more inputs.
    ///
    /// # Errors
    /// As [`Inputs::new`]; [`InputsError::PeopleTwice`] for people beside a whole structure.
    pub fn and<N: Into<String>>(
        mut self,
        cells: impl IntoIterator<Item = (N, Cell)>,
    ) -> Result<Self, InputsError> {
        let whole = self.people.is_some() && self.parts().next().is_none();
        for (name, cell) in cells {
            let name = name.into();
            let part = canonical(&name)?;
            let name = part.map_or_else(|| name.trim().to_owned(), |part| part.to_string());
            if whole && part.is_some() {
                return Err(InputsError::PeopleTwice { name });
            }
            if let Cell::Value(got) = cell {
                if !got.is_finite() {
                    return Err(InputsError::NotANumber { name, got });
                }
                // What a user counts may be a balance; what the catalogue counts may not.
                if got < 0.0 && (part.is_some() || figure(&name).is_some()) {
                    return Err(InputsError::Negative { name, got });
                }
            }
            if self.cells.insert(name.clone(), cell).is_some() {
                return Err(InputsError::Twice { name });
            }
        }
        if !whole {
            let groups: Vec<_> = self
                .parts()
                .filter_map(|(part, cell)| match cell {
                    Cell::Value(count) => Some((part.sexes, part.ages, count)),
                    Cell::Missing(_) => None,
                })
                .collect();
            self.people = (!groups.is_empty()).then(|| AgeStructure::from_groups(groups));
        }
        Ok(self)
    }

    /// The same as inputs of a unit and year, which errors then name.
    #[must_use]
    pub fn of(self, unit: UnitId, year: Year) -> Self {
        self.at(Place { unit: Some(unit), year: Some(year) })
    }

    /// The same as inputs of a place, of which unit or year may be unknown.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// The same with the source of the numbers, which results then carry.
    #[must_use]
    pub fn from_source(mut self, source: Source) -> Self {
        self.source = Some(source);
        self
    }

    /// Unit and year, where they are known.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// Where the numbers come from, if it was said.
    #[must_use]
    pub const fn source(&self) -> Option<&Source> {
        self.source.as_ref()
    }

    /// The inputs given by name, in alphabetical order.
    pub fn cells(&self) -> impl Iterator<Item = (&str, Cell)> {
        self.cells.iter().map(|(name, &cell)| (name.as_str(), cell))
    }

    fn parts(&self) -> impl Iterator<Item = (Part, Cell)> + '_ {
        self.cells.iter().filter_map(|(name, &cell)| Some((name.parse().ok()?, cell)))
    }

    /// The number of an input of the catalogue.
    pub(super) fn number(&self, input: Input) -> Result<f64, Reason> {
        match input {
            Input::People(part) => self.people(part),
            Input::Figure(figure) => self.named(figure.name),
        }
    }

    /// The number of a name, people included.
    pub(super) fn named(&self, name: &str) -> Result<f64, Reason> {
        if let Ok(part) = name.parse() {
            return self.people(part);
        }
        match self.cells.get(name) {
            Some(&Cell::Value(value)) => Ok(value),
            Some(&Cell::Missing(reason)) => Err(Reason::Missing(reason)),
            None => Err(self.absent(name)),
        }
    }

    fn people(&self, part: Part) -> Result<f64, Reason> {
        if let Some(&Cell::Missing(reason)) = self.cells.get(&part.to_string()) {
            return Err(Reason::Missing(reason));
        }
        let people = self.structure()?;
        people.persons(part.sexes, part.ages).map_err(|problem| self.lacking(part, problem))
    }

    /// People by sex and age.
    pub(super) fn structure(&self) -> Result<&AgeStructure, Reason> {
        match &self.people {
            Some(Ok(people)) => Ok(people),
            Some(Err(problem)) => Err(Reason::Structure(problem.clone())),
            None => {
                Err(self.lacking(Part { sexes: Sexes::Both, ages: AgeRange::ALL }, StructureError::Empty))
            }
        }
    }

    /// Groups given as missing that the asked one overlaps are the reason, if there are any.
    fn lacking(&self, asked: Part, problem: StructureError) -> Reason {
        let missing = |(part, cell)| match cell {
            Cell::Missing(reason) if asked.overlaps(part) => Some((part, reason)),
            _ => None,
        };
        let groups: Vec<(Part, Missing)> = self.parts().filter_map(missing).collect();
        match problem {
            StructureError::Lacking { .. } | StructureError::Empty if !groups.is_empty() => {
                Reason::Groups(groups)
            }
            StructureError::Empty => Reason::NotGiven,
            other => Reason::Structure(other),
        }
    }

    /// Nothing of that name; the other definition of beneficiaries is pointed at.
    fn absent(&self, name: &str) -> Reason {
        use super::beneficiaries::{PERSONS_GRANTED_BENEFITS, PERSONS_IN_FAMILIES_COVERED};
        let definitions = [PERSONS_IN_FAMILIES_COVERED.name, PERSONS_GRANTED_BENEFITS.name];
        let other = definitions.into_iter().find(|other| *other != name && self.cells.contains_key(*other));
        match other {
            Some(given) if definitions.contains(&name) => Reason::OtherDefinition { given },
            _ => Reason::NotGiven,
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(unit) = self.unit {
            write!(f, " of {unit}")?;
        }
        self.year.map_or(Ok(()), |year| write!(f, " in {year}"))
    }
}

/// The part a name means; an error if it begins as one and does not go on so.
fn canonical(name: &str) -> Result<Option<Part>, InputsError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(InputsError::Unnamed);
    }
    if Part::begins(name).is_some() { Ok(Some(name.parse()?)) } else { Ok(None) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::{AgeScheme, Basis};

    fn values<'a>(cells: &[(&'a str, f64)]) -> Vec<(&'a str, Cell)> {
        cells.iter().map(|&(name, value)| (name, Cell::Value(value))).collect()
    }

    #[test]
    fn bad_inputs_are_refused_by_name() {
        let refused =
            |name: &str, value: f64| Inputs::new([(name, Cell::Value(value))]).unwrap_err().to_string();
        assert_eq!(refused("deaths", -1.0), "deaths is -1: expected zero or more");
        assert_eq!(refused("women 0+", -1.0), "women of all ages is -1: expected zero or more");
        assert!(refused("deaths", f64::NAN).starts_with("deaths is NaN"));
        assert!(refused("x", f64::INFINITY).starts_with("x is inf"));
        assert!(refused("women 18\u{2013}59", 1.0).starts_with("'women 18\u{2013}59' names no people"));
        assert!(refused("  ", 1.0).starts_with("an input has no name"));
        assert!(Inputs::new([("my balance", Cell::Value(-4.0))]).is_ok());
        let twice = Inputs::new(values(&[("persons 0+", 1.0), ("persons of all ages", 1.0)]));
        assert_eq!(twice.unwrap_err().to_string(), "persons of all ages is given twice: keep one");
    }

    #[test]
    fn people_are_sums_and_differences_of_groups() {
        let inputs =
            Inputs::new(values(&[("women 0+", 50.0), ("men 0+", 40.0), ("persons 0-17", 20.0)])).unwrap();
        let asked = |name: &str| inputs.named(name);
        assert_eq!(asked("persons of all ages"), Ok(90.0));
        assert_eq!(
            asked("persons 18+"),
            Err(Reason::Structure(StructureError::Lacking {
                sexes: Sexes::Both,
                ages: AgeRange::open(18),
                available: vec![
                    (Sexes::Female, AgeRange::ALL),
                    (Sexes::Male, AgeRange::ALL),
                    (Sexes::Both, AgeRange::closed(0, 17)),
                ],
            }))
        );
    }

    #[test]
    fn what_is_given_as_missing_stays_missing() {
        let mut cells = values(&[("women 0+", 50.0), ("men 0+", 40.0)]);
        cells.push(("persons of all ages", Cell::Missing(Missing::Suppressed)));
        cells.push(("women 60+", Cell::Missing(Missing::NotReported)));
        let inputs = Inputs::new(cells).unwrap();
        assert_eq!(inputs.named("persons of all ages"), Err(Reason::Missing(Missing::Suppressed)));
        let group: Part = "women 60+".parse().unwrap();
        assert_eq!(
            inputs.named("persons 65+"),
            Err(Reason::Groups(vec![
                ("persons of all ages".parse().unwrap(), Missing::Suppressed),
                (group, Missing::NotReported),
            ]))
        );
        assert_eq!(inputs.named("deaths"), Err(Reason::NotGiven));
    }

    #[test]
    fn groups_that_contradict_each_other_answer_nothing() {
        let inputs = Inputs::new(values(&[
            ("women 0+", 50.0),
            ("men 0+", 40.0),
            ("persons 0+", 99.0),
            ("deaths", 1.0),
        ]));
        let inputs = inputs.unwrap();
        assert!(matches!(
            inputs.named("persons of all ages"),
            Err(Reason::Structure(StructureError::Contradiction { .. }))
        ));
        assert_eq!(inputs.named("deaths"), Ok(1.0));
    }

    #[test]
    fn a_panel_gives_its_unit_and_year() {
        let unit: UnitId = "2816".parse().unwrap();
        let source = Source {
            publisher: "GUS".to_owned(),
            title: "test".to_owned(),
            date: "2022".to_owned(),
            sha256: String::new(),
        };
        let cells =
            [Cell::Value(1.0), Cell::Value(2.0), Cell::Missing(Missing::Suppressed), Cell::Value(4.0)];
        let panel = |quantity| {
            let ages = AgeScheme::from_starts(vec![0, 65]).unwrap();
            let years = vec![Year::constant(2022)];
            Panel::new(quantity, Basis::Census2021, source.clone(), vec![unit], years, ages, cells.to_vec())
                .unwrap()
        };
        let inputs = Inputs::from_panel(&panel(Quantity::Persons), unit, Year::constant(2022)).unwrap();
        assert_eq!(inputs.named("persons 65+"), Ok(6.0));
        assert_eq!(inputs.named("women of all ages"), Ok(3.0));
        let men: Part = "men 0-64".parse().unwrap();
        assert_eq!(
            inputs.named("persons of all ages"),
            Err(Reason::Groups(vec![(men, Missing::Suppressed)]))
        );
        assert_eq!(inputs.source(), Some(&source));
        assert!(inputs.clone().and([("deaths", Cell::Value(1.0))]).is_ok());
        let zloty = Inputs::from_panel(&panel(Quantity::Zloty), unit, Year::constant(2022)).unwrap_err();
        assert_eq!(zloty, InputsError::NotPersons { quantity: Quantity::Zloty });
        assert!(Inputs::from_panel(&panel(Quantity::Persons), unit, Year::constant(2023)).is_err());
    }

    #[test]
    fn a_whole_structure_takes_no_groups_beside_it() {
        let people = AgeStructure::from_groups([(Sexes::Both, AgeRange::ALL, 5.0)]).unwrap();
        let inputs = Inputs::from_structure(people);
        assert_eq!(inputs.named("persons of all ages"), Ok(5.0));
        let more = inputs.clone().and([("deaths", Cell::Value(1.0))]).unwrap();
        assert_eq!(more.named("persons of all ages"), Ok(5.0));
        assert!(matches!(inputs.and([("men 0+", Cell::Value(1.0))]), Err(InputsError::PeopleTwice { .. })));
    }
}
