use super::super::aggregate::Comparison;
use super::super::{
    CheckError, Criterion, Direction, Measure, Method, NormalisationRule, SelectionSpec, TieRule, WeightRule,
};

/// Whether a part is there, and whether the rest of the specification uses it.
pub(super) fn used(
    there: bool,
    wanted: bool,
    place: impl Fn() -> String,
    user: impl Fn() -> String,
) -> Result<(), CheckError> {
    match (there, wanted) {
        (true, false) => Err(CheckError::Unused { place: place(), because: user() }),
        (false, true) => Err(CheckError::Missing { place: place(), needed_by: user() }),
        _ => Ok(()),
    }
}

/// A number that must hold to a condition.
pub(super) fn number(
    place: impl Fn() -> String,
    got: f64,
    holds: bool,
    expected: &'static str,
) -> Result<(), CheckError> {
    if holds && got.is_finite() {
        Ok(())
    } else {
        Err(CheckError::BadNumber { place: place(), got, expected })
    }
}

impl SelectionSpec {
    pub(super) fn check_criteria(&self) -> Result<(), CheckError> {
        if self.primary().next().is_none() {
            return Err(CheckError::NoCriterion);
        }
        match (self.ties, self.secondary().count()) {
            (TieRule::Report, criteria @ 1..) => return Err(CheckError::SecondaryUnused { criteria }),
            (TieRule::NextCriterion, 0) => return Err(CheckError::SecondaryMissing),
            _ => {}
        }
        let mut seen: Vec<&Criterion> = Vec::new();
        for (i, criterion) in self.criteria.iter().enumerate() {
            let place = || format!("criteria {} ({})", i + 1, criterion.variable);
            criterion.check(&place)?;
            self.check_part_in_method(criterion, &place)?;
            if seen.iter().any(|earlier| earlier.measures_the_same(criterion)) {
                return Err(CheckError::DuplicateCriterion {
                    place: place(),
                    variable: criterion.variable.clone(),
                    year: criterion.year,
                });
            }
            seen.push(criterion);
        }
        self.check_method()?;
        self.check_weights()
    }

    /// Parts of a criterion that only some methods, normalisations or weights use.
    fn check_part_in_method(
        &self,
        criterion: &Criterion,
        place: &dyn Fn() -> String,
    ) -> Result<(), CheckError> {
        let method = self.method.name;
        let primary = criterion.role == super::super::Role::Primary;
        let part = |key: &str| format!("{}, {key}", place());
        let by_method = || format!("method.name = \"{}\"", method.word());
        used(
            criterion.preference.is_some(),
            primary && method == Method::Promethee2,
            || part("preference"),
            by_method,
        )?;
        used(
            criterion.thresholds.is_some(),
            primary && method == Method::Electre3,
            || part("thresholds"),
            by_method,
        )?;
        if criterion.comparison.is_some() && !(primary && method == Method::Lexicographic) {
            return Err(CheckError::Unused { place: part("comparison"), because: by_method() });
        }
        used(
            criterion.goalposts.is_some(),
            primary && self.method.normalisation == Some(NormalisationRule::Goalposts),
            || part("goalposts"),
            || "method.normalisation".to_owned(),
        )?;
        let rule = self.weights.as_ref().map(|weights| weights.rule);
        used(
            criterion.weight.is_some(),
            primary && rule == Some(WeightRule::Given),
            || part("weight"),
            || "weights.rule".to_owned(),
        )
    }

    fn check_method(&self) -> Result<(), CheckError> {
        let method = &self.method;
        let by = || format!("method.name = \"{}\"", method.name.word());
        let key = |key: &'static str| move || format!("method.{key}");
        let may_normalise = method.name.normalises() || method.name == Method::Gdm1;
        if method.normalisation.is_some() || method.name.normalises() {
            used(method.normalisation.is_some(), may_normalise, key("normalisation"), by)?;
        }
        if let (Method::Gdm1, Some(rule)) = (method.name, method.normalisation)
            && rule.formula().is_none()
        {
            return Err(CheckError::Unused { place: "method.normalisation".to_owned(), because: by() });
        }
        used(method.power.is_some(), method.name == Method::WeightedMean, key("power"), by)?;
        used(method.ddof.is_some(), method.name == Method::Hellwig, key("ddof"), by)?;
        let goalposts = method.normalisation == Some(NormalisationRule::Goalposts);
        used(method.clip.is_some(), goalposts, key("clip"), || "method.normalisation".to_owned())?;
        if let Some(power) = method.power {
            number(key("power"), power, true, "a number")?;
        }
        if let Some(ddof) = method.ddof {
            number(key("ddof"), f64::from(ddof), ddof <= 1, "0 or 1")?;
        }
        Ok(())
    }

    fn check_weights(&self) -> Result<(), CheckError> {
        let method = self.method.name;
        let by = || format!("method.name = \"{}\"", method.word());
        used(self.weights.is_some(), method.weighs(), || "weights".to_owned(), by)?;
        let Some(weights) = &self.weights else { return Ok(()) };
        used(
            weights.matrix.is_some(),
            weights.rule == WeightRule::Ahp,
            || "weights.matrix".to_owned(),
            || "weights.rule".to_owned(),
        )?;
        let criteria = self.primary().count();
        for (i, row) in weights.matrix.iter().flatten().enumerate() {
            let place = || format!("weights.matrix, row {}", i + 1);
            if row.len() != criteria || weights.matrix.as_ref().is_some_and(|m| m.len() != criteria) {
                let (rows, columns) = (weights.matrix.as_ref().map_or(0, Vec::len), row.len());
                return Err(CheckError::MatrixShape { rows, columns, criteria });
            }
            for (j, &got) in row.iter().enumerate() {
                let place = || format!("{}, column {}", place(), j + 1);
                number(place, got, got > 0.0, "a number above 0")?;
            }
        }
        if weights.rule == WeightRule::Given
            && self.primary().all(|criterion| criterion.weight.is_none_or(|weight| weight <= 0.0))
        {
            return Err(CheckError::NoWeight);
        }
        Ok(())
    }
}

impl Criterion {
    pub(super) fn check(&self, place: &dyn Fn() -> String) -> Result<(), CheckError> {
        let variable = self.variable.clone();
        let part = |key: &'static str| move || format!("{}, {key}", place());
        match (self.measure, &self.denominator) {
            (Measure::Rate, None) => {
                return Err(CheckError::RateWithoutDenominator { place: place(), variable });
            }
            (Measure::Rate, Some(d)) if !d.factor.is_finite() || d.factor <= 0.0 => {
                return Err(CheckError::BadFactor { place: place(), got: d.factor });
            }
            (Measure::Count | Measure::AsPublished, Some(_)) => {
                return Err(CheckError::DenominatorUnused { place: place(), variable });
            }
            _ => {}
        }
        used(self.nominal.is_some(), self.direction == Direction::Nominant, part("nominal"), || {
            "direction".to_owned()
        })?;
        if let Some(bounds) = self.nominal.map(super::super::Nominal::bounds) {
            number(part("nominal"), bounds.from, true, "a number")?;
            number(part("nominal"), bounds.to, bounds.to >= bounds.from, "an end not below the start")?;
        }
        if let Some(weight) = self.weight {
            number(part("weight"), weight, weight >= 0.0, "0 or more")?;
        }
        for (key, bound) in [("at_least", self.at_least), ("at_most", self.at_most)] {
            if let Some(got) = bound {
                number(part(key), got, true, "a number")?;
            }
        }
        if let (Some(least), Some(most)) = (self.at_least, self.at_most) {
            number(part("at_most"), most, most >= least, "a number not below at_least")?;
        }
        if let Some(posts) = self.goalposts {
            number(part("goalposts"), posts.high, posts.high > posts.low, "a high end above the low one")?;
        }
        match self.comparison {
            Some(Comparison::Bands { width, from }) => {
                number(part("comparison"), from, true, "a number")?;
                number(part("comparison"), width, width > 0.0, "a width above 0")
            }
            Some(Comparison::LeaderDistance { within } | Comparison::LeaderShare { within }) => {
                number(part("comparison"), within, within >= 0.0, "0 or more")
            }
            Some(Comparison::Strict) | None => Ok(()),
        }
    }

    /// The same numbers in the same order, whatever label, direction or factor say.
    fn measures_the_same(&self, other: &Self) -> bool {
        let denominator = |c: &Self| c.denominator.as_ref().map(|d| (d.variable.clone(), d.year));
        (&self.variable, self.year, denominator(self)) == (&other.variable, other.year, denominator(other))
    }
}
