use super::error::{NeedError, RowFault};
use super::rates::{AgesWithoutRate, NeedRate, NeedRates, RateRow, RatesSpec, ServiceNeed};
use super::unit::NeedUnit;
use crate::demography::{AgeRange, Sexes};
use crate::observation::{Sex, Year};

/// Ages 0 to 130, each with the index of the row that rates it, of both sexes.
type Taken = [[Option<usize>; AGES]; 2];
const AGES: usize = 131;

/// Nobody is served for longer, or visited more often.
const HOURS_OF_A_YEAR: f64 = 8784.0;

impl RatesSpec {
    /// Checks every row: words, ages, sexes, rates (0 to 1 for persons per person), year and source given, no
    /// age rated twice, every age rated or said to have no need.
    ///
    /// # Errors
    /// [`NeedError::Rows`] lists every fault by its place.
    pub fn check(&self, file: &str) -> Result<NeedRates, NeedError> {
        let mut check = Check { spec: self, faults: Vec::new() };
        let mut kinds: Vec<&str> = Vec::new();
        for (index, row) in self.rate.iter().enumerate() {
            let kind = row.service.trim();
            if kind.is_empty() {
                check.fault(index, "service", "", "the kind of service, such as care_services");
            } else if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let services: Vec<ServiceNeed> = kinds.iter().map(|kind| check.service(kind)).collect();
        if self.rate.is_empty() {
            check.fault(0, "rate", "", "at least one rate");
        }
        if check.faults.is_empty() {
            return Ok(NeedRates { services });
        }
        let mut faults = check.faults;
        faults.sort_by_key(|(index, _)| *index);
        let faults = faults.into_iter().map(|(_, fault)| fault).collect();
        Err(NeedError::Rows { file: file.to_owned(), faults })
    }
}

struct Check<'s> {
    spec: &'s RatesSpec,
    faults: Vec<(usize, RowFault)>,
}

impl Check<'_> {
    fn fault(&mut self, index: usize, column: &'static str, got: &str, expected: impl Into<String>) {
        let place = self.spec.counting.place(index);
        self.faults
            .push((index, RowFault { place, column, got: got.trim().to_owned(), expected: expected.into() }));
    }

    /// The checked service; what cannot be read is noted and left out.
    fn service(&mut self, kind: &str) -> ServiceNeed {
        let spec = self.spec;
        let rows: Vec<(usize, &RateRow)> =
            spec.rate.iter().enumerate().filter(|(_, row)| row.service.trim() == kind).collect();
        let name_pl = self.agreed(&rows, "name_pl", |row| &row.name_pl);
        let name_en = self.agreed(&rows, "name_en", |row| &row.name_en);
        let unit = self.unit(&rows);
        let mut taken: Taken = [[None; AGES]; 2];
        let mut rates = Vec::new();
        for &(index, row) in &rows {
            if let Some(rate) = self.rate(index, row, unit) {
                self.take(index, &rate, &mut taken);
                rates.push(rate);
            }
        }
        let without_rate = without_rate(&taken);
        let declared = self.agreed(&rows, "other_ages", |row| &row.other_ages);
        let first = rows.first().map_or(0, |(index, _)| *index);
        if !declared.is_empty() && declared != "no_need" {
            self.fault(first, "other_ages", &declared, "no_need or nothing");
        }
        // Rows that could not be read leave holes of their own, which are not reported a second time.
        if declared.is_empty() && !without_rate.is_empty() && rates.len() == rows.len() {
            let holes: Vec<String> =
                without_rate.iter().map(|hole| format!("{} {}", hole.sexes.word(), hole.ages)).collect();
            let expected = format!(
                "rates of {kind} for {} as well, 0 where there is no need; or no_need here",
                holes.join(", ")
            );
            self.fault(first, "other_ages", "", expected);
        }
        let named = |name: String| if name.is_empty() { kind.to_owned() } else { name };
        ServiceNeed {
            service: kind.to_owned(),
            name_pl: named(name_pl),
            name_en: named(name_en),
            unit: unit.unwrap_or(NeedUnit::PersonsPerPerson),
            rates,
            without_rate,
        }
    }

    /// A text of the service that may stand in several rows; two different ones are a fault.
    fn agreed(
        &mut self,
        rows: &[(usize, &RateRow)],
        column: &'static str,
        text: fn(&RateRow) -> &String,
    ) -> String {
        let mut found = "";
        for &(index, row) in rows {
            let here = text(row).trim();
            if found.is_empty() {
                found = here;
            } else if !here.is_empty() && here != found {
                self.fault(index, column, here, format!("'{found}' as in the row above of this service"));
            }
        }
        found.to_owned()
    }

    fn unit(&mut self, rows: &[(usize, &RateRow)]) -> Option<NeedUnit> {
        let word = self.agreed(rows, "unit", |row| &row.unit);
        let unit = NeedUnit::from_word(&word);
        if unit.is_none() {
            let first = rows.iter().find(|(_, row)| !row.unit.trim().is_empty()).or(rows.first());
            let expected = format!("one of {}", NeedUnit::ALL.map(NeedUnit::word).join(", "));
            self.fault(first.map_or(0, |(index, _)| *index), "unit", &word, expected);
        }
        unit
    }

    fn rate(&mut self, index: usize, row: &RateRow, unit: Option<NeedUnit>) -> Option<NeedRate> {
        let sexes = row.sex.parse::<Sexes>().map_err(|_| "F, M or T (both)".to_owned());
        let sexes = self.read(index, "sex", &row.sex, sexes);
        let ages = row.ages.parse::<AgeRange>().map_err(|_| "ages such as 7, 75-84 or 85+".to_owned());
        let ages = self.read(index, "ages", &row.ages, ages);
        let rate = self.number(index, row.rate, unit);
        let year = match row.year.map(Year::new) {
            Some(Ok(year)) => Some(year),
            other => {
                let got = row.year.map(|year| year.to_string()).unwrap_or_default();
                let expected = other.and_then(Result::err).map(|_| "a year between 1800 and 2200");
                self.fault(index, "year", &got, expected.unwrap_or("the year of the rate"));
                None
            }
        };
        if row.source.trim().is_empty() {
            self.fault(index, "source", "", "where the rate comes from: rates without a source are not used");
        }
        Some(NeedRate {
            sexes: sexes?,
            ages: ages?,
            rate: rate?,
            year: year?,
            basis: row.basis.trim().to_owned(),
            source: row.source.trim().to_owned(),
        })
    }

    fn read<T>(
        &mut self,
        index: usize,
        column: &'static str,
        got: &str,
        read: Result<T, String>,
    ) -> Option<T> {
        read.map_err(|expected| self.fault(index, column, got, expected)).ok()
    }

    fn number(&mut self, index: usize, rate: Option<f64>, unit: Option<NeedUnit>) -> Option<f64> {
        let Some(rate) = rate else {
            self.fault(index, "rate", "", "a number: fill it in, or delete the row");
            return None;
        };
        let (most, expected) = match unit {
            Some(NeedUnit::PersonsPerPerson) => {
                (1.0, "persons in need per person, 0 to 1 (12 per cent is 0.12)")
            }
            _ => (HOURS_OF_A_YEAR, "a number per person and year, 0 to 8784 (the hours of a leap year)"),
        };
        if (0.0..=most).contains(&rate) {
            return Some(rate);
        }
        self.fault(index, "rate", &rate.to_string(), expected);
        None
    }

    /// Notes the ages of a rate as taken; the first age that is taken already is a fault.
    fn take(&mut self, index: usize, rate: &NeedRate, taken: &mut Taken) {
        let mut clash = None;
        for sex in Sex::BOTH {
            if rate.sexes != Sexes::Both && rate.sexes != Sexes::from(sex) {
                continue;
            }
            for (age, owner) in taken[sex.index()].iter_mut().enumerate() {
                if rate.ages.contains(age as u8) {
                    match owner {
                        Some(earlier) => clash = clash.or(Some((*earlier, sex, age))),
                        None => *owner = Some(index),
                    }
                }
            }
        }
        if let Some((earlier, sex, age)) = clash {
            let expected = format!(
                "ages that no other row rates: {} aged {age} stand in {} already",
                Sexes::from(sex).word(),
                self.spec.counting.place(earlier)
            );
            self.fault(index, "ages", &rate.ages.to_string(), expected);
        }
    }
}

/// Ranges of ages without a rate; those that both sexes share are written once.
fn without_rate(taken: &Taken) -> Vec<AgesWithoutRate> {
    let [women, men] = [holes(&taken[0]), holes(&taken[1])];
    let both = women.iter().filter(|ages| men.contains(ages)).map(|&ages| (Sexes::Both, ages));
    let only_women = women.iter().filter(|ages| !men.contains(ages)).map(|&ages| (Sexes::Female, ages));
    let only_men = men.iter().filter(|ages| !women.contains(ages)).map(|&ages| (Sexes::Male, ages));
    both.chain(only_women).chain(only_men).map(|(sexes, ages)| AgesWithoutRate { sexes, ages }).collect()
}

fn holes(taken: &[Option<usize>; AGES]) -> Vec<AgeRange> {
    let mut found = Vec::new();
    let mut start = None;
    for (age, owner) in taken.iter().enumerate() {
        match (owner, start) {
            (None, None) => start = Some(age as u8),
            (Some(_), Some(from)) => {
                found.extend(AgeRange::new(from, Some(age as u8 - 1)));
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.and_then(|from| AgeRange::new(from, None).ok()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::need::RatesFormat;

    fn row(service: &str, sex: &str, ages: &str, rate: f64) -> RateRow {
        RateRow {
            service: service.to_owned(),
            unit: "persons_per_person".to_owned(),
            sex: sex.to_owned(),
            ages: ages.to_owned(),
            rate: Some(rate),
            year: Some(2024),
            source: "synthetic".to_owned(),
            ..RateRow::default()
        }
    }

    fn faults(rate: Vec<RateRow>) -> Vec<String> {
        match RatesSpec::from_table(rate).check("rates.csv") {
            Err(NeedError::Rows { faults, .. }) => faults.iter().map(ToString::to_string).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn rates_that_cover_every_age_pass() {
        let rows = vec![row("a", "F", "0-79", 0.0), row("a", "M", "0-79", 0.1), row("a", "T", "80+", 0.2)];
        let rates = RatesSpec::from_table(rows).check("rates.csv").unwrap();
        assert!(rates.services()[0].without_rate.is_empty());
        assert_eq!(rates.services()[0].name_pl, "a");
        assert!(rates.service("b").unwrap_err().to_string().contains("there are rates of a"));
    }

    #[test]
    fn every_fault_is_listed_by_its_row() {
        let mut bad = row("a", "K", "80-70", 1.5);
        bad.year = Some(20_245);
        bad.source = " ".to_owned();
        let mut empty = row("a", "T", "80+", 0.1);
        (empty.rate, empty.year) = (None, None);
        let found = faults(vec![bad, empty, row("", "T", "0+", 0.1)]);
        let expected = [
            "row 2, sex: 'K'",
            "row 2, ages: '80-70'",
            "row 2, rate: '1.5', expected persons in need per person, 0 to 1",
            "row 2, year: '20245'",
            "row 2, source: empty",
            "row 3, rate: empty, expected a number: fill it in, or delete the row",
            "row 3, year: empty",
            "row 4, service: empty",
        ];
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{found}");
        }
    }

    #[test]
    fn overlaps_and_holes_are_named() {
        let found = faults(vec![row("a", "T", "0-79", 0.1), row("a", "F", "75+", 0.1)]);
        assert!(
            found[0].starts_with("row 2, other_ages: empty, expected rates of a for men 80+"),
            "{found:?}"
        );
        assert!(found[1].contains("women aged 75 stand in row 2 already"), "{found:?}");
        let mut partial = row("a", "T", "65+", 0.1);
        partial.other_ages = "no_need".to_owned();
        let rates = RatesSpec::from_table(vec![partial.clone()]).check("r").unwrap();
        assert_eq!(rates.services()[0].without_rate[0].ages.to_string(), "0-64");
        partial.other_ages = "none".to_owned();
        assert!(faults(vec![partial])[0].contains("expected no_need or nothing"));
    }

    #[test]
    fn numbers_that_are_none_and_contradictions_are_refused() {
        for bad in [f64::NAN, f64::INFINITY, -0.1] {
            assert!(faults(vec![row("a", "T", "0+", bad)])[0].contains("rate"), "{bad}");
        }
        let mut other = row("a", "T", "50+", 0.1);
        other.unit = "hours_per_person".to_owned();
        assert!(faults(vec![row("a", "T", "0-49", 0.1), other])[0].contains("as in the row above"));
        let mut hours = row("a", "T", "0+", 9000.0);
        hours.unit = "hours_per_person".to_owned();
        assert!(
            faults(vec![hours])[0].contains("rate: '9000', expected a number per person and year, 0 to 8784")
        );
        let mut unknown = row("a", "T", "0+", 3.0);
        unknown.unit = "percent".to_owned();
        assert!(faults(vec![unknown])[0].contains("one of persons_per_person, hours_per_person"));
        assert!(faults(Vec::new())[0].contains("at least one rate"));
    }

    #[test]
    fn toml_names_the_line_of_an_unknown_key() {
        let text = "format = \"diagnoza-need-rates/1\"\n[[rate]]\nservise = \"a\"\n";
        let error = RatesSpec::from_toml("r.toml", text).unwrap_err().to_string();
        assert!(error.starts_with("r.toml: ") && error.contains("line 3"), "{error}");
        let spec = RatesSpec {
            format: RatesFormat::V1,
            rate: vec![row("", "T", "0+", 0.1)],
            counting: Default::default(),
        };
        assert!(spec.check("r.toml").unwrap_err().to_string().contains("entry 1, service"));
    }
}
