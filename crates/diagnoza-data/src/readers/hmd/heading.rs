use super::{HmdSex, HmdTable};

const TABLES: [(&str, HmdTable); 7] = [
    ("life tables", HmdTable::LifeTable),
    ("death rates", HmdTable::DeathRates),
    ("exposure to risk", HmdTable::Exposure),
    ("deaths", HmdTable::Deaths),
    ("population size", HmdTable::Population),
    ("births", HmdTable::Births),
    ("life expectancy", HmdTable::LifeExpectancy),
];

const CHANGED: &str = "last modified:";

/// The first row of a file: `Poland, Life tables (period 1x1), Females` and, after a tab or spaces,
/// `Last modified: 05 Nov 2024;  Methods Protocol: v6 (2017)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) country: String,
    pub(super) table: HmdTable,
    pub(super) cohort: bool,
    pub(super) sex: Option<HmdSex>,
    /// Date of the last change, as stated.
    pub(super) modified: String,
    /// Country, table, sex and protocol.
    pub(super) title: String,
}

impl Heading {
    /// The heading, or what was expected.
    pub(super) fn parse(line: &str) -> Result<Self, String> {
        let expected = || {
            "country, table and date, such as 'Poland, Life tables (period 1x1), Females  Last modified: \
             05 Nov 2024; Methods Protocol: v6 (2017)': is this a file of mortality.org?"
                .to_owned()
        };
        // ASCII case folding keeps the places of the bytes.
        let lower = line.to_ascii_lowercase();
        let at = lower.find(CHANGED).ok_or_else(expected)?;
        let (stated, after) = line.split_at_checked(at).ok_or_else(expected)?;
        let stated = stated.trim().trim_end_matches(',').trim_end();
        let rest = after.get(CHANGED.len()..).unwrap_or_default();
        let (modified, protocol) = rest.split_once([';', ',']).unwrap_or((rest, ""));

        let folded = stated.to_ascii_lowercase();
        let found = TABLES.iter().find_map(|&(words, table)| Some((folded.find(words)?, words, table)));
        let (place, words, table) = found.ok_or_else(expected)?;
        // A country may have a comma of its own: "France, Total Population".
        let country = stated.get(..place).unwrap_or_default().trim().trim_end_matches(',').trim_end();
        if country.is_empty() {
            return Err(expected());
        }
        let detail = folded.get(place + words.len()..).unwrap_or_default();
        let sex = match detail.rsplit(',').next().unwrap_or_default().trim() {
            "females" | "female" => Some(HmdSex::Female),
            "males" | "male" => Some(HmdSex::Male),
            "total" | "both sexes" => Some(HmdSex::Total),
            _ => None,
        };
        let protocol = protocol.trim();
        Ok(Self {
            country: country.to_owned(),
            table,
            cohort: detail.contains("cohort"),
            sex,
            modified: modified.trim().to_owned(),
            title: if protocol.is_empty() { stated.to_owned() } else { format!("{stated}; {protocol}") },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_mortality_org_are_read() {
        let line = "Poland, Life tables (period 1x1), Females\tLast modified: 05 Nov 2024;  Methods Protocol: v6 (2017)";
        let heading = Heading::parse(line).unwrap();
        assert_eq!(heading.country, "Poland");
        assert_eq!((heading.table, heading.cohort), (HmdTable::LifeTable, false));
        assert_eq!((heading.sex, heading.modified.as_str()), (Some(HmdSex::Female), "05 Nov 2024"));
        assert_eq!(heading.title, "Poland, Life tables (period 1x1), Females; Methods Protocol: v6 (2017)");
        for (line, country, table, cohort, sex) in [
            (
                "France, Total Population, Death rates (cohort 1x1), \tLast modified: 09 juin 2026;",
                "France, Total Population",
                HmdTable::DeathRates,
                true,
                None,
            ),
            (
                "Sweden, Life tables (cohort 5x1), Males  Last modified: 12-Mar-2012, MPv5 (May07)",
                "Sweden",
                HmdTable::LifeTable,
                true,
                Some(HmdSex::Male),
            ),
            (
                "Bulgaria, Population size (abridged)\tLast modified: 15 Sep 2022;",
                "Bulgaria",
                HmdTable::Population,
                false,
                None,
            ),
            (
                "Germany,  Births (1-year)\tLast modified: 03 Jun 2022;",
                "Germany",
                HmdTable::Births,
                false,
                None,
            ),
            (
                "Poland, Deaths (Lexis triangle)  Last modified: 05 Nov 2024;",
                "Poland",
                HmdTable::Deaths,
                false,
                None,
            ),
        ] {
            let heading = Heading::parse(line).unwrap();
            assert_eq!(heading.country, country);
            assert_eq!((heading.table, heading.cohort, heading.sex), (table, cohort, sex), "{line}");
        }
    }

    #[test]
    fn other_first_rows_are_refused() {
        for line in [
            "",
            "Year Age mx",
            "Poland, Life tables (period 1x1), Females",
            "Poland, Stories  Last modified: 1 May",
            "Life tables  Last modified: 1 May",
            "İ, last modified:",
        ] {
            assert!(Heading::parse(line).unwrap_err().contains("mortality.org"), "{line}");
        }
    }
}
