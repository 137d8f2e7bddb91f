use super::super::{
    CheckError, ConsentRule, DiversityOver, DiversityPurpose, Frame, GroupRule, Locality, Method,
    SelectionSpec, Spread, StrataBy,
};
use super::criteria::{number, used};
use super::known;
use crate::territory::Teryt;

/// Keys of a specification, for notes that say what they are about.
const PARTS: [&str; 16] = [
    "title",
    "ties",
    "missing",
    "reserve",
    "locality",
    "frame",
    "eligibility",
    "consent",
    "strata",
    "criteria",
    "method",
    "weights",
    "diversity",
    "disclosure",
    "search",
    "published",
];

impl SelectionSpec {
    pub(super) fn check_notes(&self) -> Result<(), CheckError> {
        for about in self.notes.iter().filter_map(|note| note.about.as_deref()) {
            let part = about.split(['.', ' ', '[']).next().unwrap_or_default();
            if !PARTS.contains(&part) {
                return Err(CheckError::UnknownPart { about: about.to_owned(), parts: PARTS.join(", ") });
            }
        }
        Ok(())
    }

    pub(super) fn check_consent(&self, frame: &Frame) -> Result<(), CheckError> {
        let Some(consent) = &self.consent else { return Ok(()) };
        let before = consent.rule == ConsentRule::Before;
        let by = || format!("consent.rule = \"{}\"", if before { "before" } else { "offers" });
        used(!consent.agreed.is_empty(), before, || "consent.agreed".to_owned(), by)?;
        if before && !consent.refused.is_empty() {
            return Err(CheckError::Unused { place: "consent.refused".to_owned(), because: by() });
        }
        known("consent.agreed", &consent.agreed, frame)?;
        let refused: Vec<Teryt> = consent.refused.iter().map(|refusal| refusal.code).collect();
        known("consent.refused", &refused, frame)
    }

    pub(super) fn check_diversity(&self) -> Result<(), CheckError> {
        let Some(diversity) = &self.diversity else { return Ok(()) };
        diversity.as_criterion().check(&|| "diversity".to_owned())?;
        let classes = diversity.spread == Spread::QuantileClasses;
        let by_spread = || "diversity.spread".to_owned();
        used(diversity.classes.is_some(), classes, || "diversity.classes".to_owned(), by_spread)?;
        if let Some(classes) = diversity.classes {
            let place = || "diversity.classes".to_owned();
            number(place, classes as f64, (2..=64).contains(&classes), "2 to 64")?;
        }
        let threshold = diversity.purpose == DiversityPurpose::Threshold;
        let place = || "diversity.at_least".to_owned();
        used(diversity.at_least.is_some(), threshold, place, || "diversity.purpose".to_owned())?;
        if let Some(least) = diversity.at_least {
            number(place, least, least >= 0.0, "0 or more")?;
        }
        let most = self.strata.quotas.values().copied().max().unwrap_or(0);
        match diversity.over {
            DiversityOver::Set if self.places() < 2 => {
                Err(CheckError::NoDiversity { among: "the whole set" })
            }
            DiversityOver::Strata if most < 2 => Err(CheckError::NoDiversity { among: "any stratum" }),
            _ => Ok(()),
        }
    }

    pub(super) fn check_second_level(&self) -> Result<(), CheckError> {
        if let Some(disclosure) = self.disclosure {
            let place = || "disclosure.threshold".to_owned();
            number(place, disclosure.threshold, disclosure.threshold > 0.0, "a number above 0")?;
        }
        let most = self.strata.quotas.values().copied().max().unwrap_or(0);
        if matches!(self.locality, Locality::Require | Locality::Prefer) && most < 2 {
            return Err(CheckError::Unused {
                place: "locality".to_owned(),
                because: "strata.quotas, where no stratum has two places".to_owned(),
            });
        }
        let Some(within) = &self.strata.within else { return Ok(()) };
        let place = || "strata.within.groups".to_owned();
        let least = self.strata.quotas.values().copied().filter(|&quota| quota > 0).min().unwrap_or(0);
        number(
            place,
            within.groups as f64,
            (1..=least.max(1)).contains(&within.groups),
            "1 or more, and no more than the places of the smallest stratum",
        )?;
        if within.by == self.strata.by || within.by == StrataBy::All {
            return Err(CheckError::SameLevels { by: within.by.word().to_owned() });
        }
        if within.rule != GroupRule::Together && self.method.name == Method::Lexicographic {
            return Err(CheckError::Unused {
                place: "strata.within.rule".to_owned(),
                because: "method.name = \"lexicographic\", which has no score to add up".to_owned(),
            });
        }
        Ok(())
    }
}
