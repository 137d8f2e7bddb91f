use std::collections::BTreeMap;

use diagnoza_core::observation::Year;
use diagnoza_core::resources::form::{Column, Fault, words};

use super::grid::{Grid, Raw};

/// What a column of a table is for, by its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Chapter,
    Row,
    Label,
    Measure,
    Unit,
    Document,
    Column,
    Year,
    Value,
    Text,
    State,
}

impl Role {
    fn of(title: &str) -> Option<Self> {
        Some(match words(title).as_str() {
            "chapter" | "section" | "rozdzial" | "dzial" => Self::Chapter,
            "row" | "wiersz" | "nr wiersza" | "numer wiersza" | "lp" | "l p" | "nr" => Self::Row,
            "label" | "label pl" | "wyszczegolnienie" | "opis" => Self::Label,
            "unit of measure" | "jednostka miary" | "jm" | "j m" | "moment" | "stan lub okres" => {
                Self::Measure
            }
            "unit" | "teryt" | "kod teryt" | "kod" => Self::Unit,
            "document" | "dokument" => Self::Document,
            "column" | "kolumna" => Self::Column,
            "year" | "rok" => Self::Year,
            "value" | "wartosc" => Self::Value,
            "text" | "tekst" => Self::Text,
            "state" | "missing" => Self::State,
            _ => return None,
        })
    }
}

/// The header of a table: where each role stands, and the columns of years.
pub(super) struct Header {
    pub(super) row: usize,
    pub(super) roles: BTreeMap<Role, usize>,
    pub(super) years: Vec<YearColumn>,
}

/// A column that holds the fields of one year.
#[derive(Clone, Debug)]
pub(super) struct YearColumn {
    pub(super) column: usize,
    pub(super) title: String,
    said: Said,
}

#[derive(Clone, Copy, Debug)]
enum Said {
    Column(Column),
    Year(Year),
    /// Between two columns of years, but not readable.
    Nothing,
}

impl Header {
    /// The header that a row is, if it is one: roles of which one is the row, and its value or at least two
    /// columns of years; or at least three columns of years.
    pub(super) fn of(row: usize, cells: &BTreeMap<usize, Raw>) -> Option<Self> {
        let mut roles = BTreeMap::new();
        let mut said = BTreeMap::new();
        for (&column, raw) in cells {
            let title = raw.text();
            if let Some(role) = Role::of(&title) {
                roles.entry(role).or_insert(column);
            } else if let Some(found) = Said::of(&title) {
                said.insert(column, found);
            }
        }
        let titled = roles.contains_key(&Role::Row) || roles.contains_key(&Role::Label);
        let long = roles.contains_key(&Role::Row) && roles.contains_key(&Role::Value);
        if !(long || said.len() >= 3 || titled && said.len() >= 2) {
            return None;
        }
        let first = said.keys().next().copied().unwrap_or_default();
        let mut last = said.keys().next_back().copied().unwrap_or_default();
        // a title that cannot be read right after the last year is one of a year too, if one is wanting
        if said.len() < Column::ALL.len()
            && last - first + 1 == said.len()
            && let Some(next) = cells.get(&(last + 1))
            && next.text().chars().any(|c| c.is_ascii_digit())
            && !long
        {
            last += 1;
        }
        let taken: Vec<usize> = roles.values().copied().collect();
        let years =
            (first..=last).filter(|column| *column > 0 && !taken.contains(column)).map(|column| YearColumn {
                column,
                title: cells.get(&column).map(Raw::text).unwrap_or_default(),
                said: said.get(&column).copied().unwrap_or(Said::Nothing),
            });
        Some(Self { row, years: years.collect(), roles })
    }

    /// The second line of a header: words of columns and no figures, as below "prognoza".
    pub(super) fn second_line(row: usize, cells: &BTreeMap<usize, Raw>) -> Option<Self> {
        let said: Option<Vec<YearColumn>> = cells
            .iter()
            .map(|(&column, raw)| {
                let title = raw.text();
                Said::of(&title).map(|said| YearColumn { column, title, said })
            })
            .collect();
        said.map(|years| Self { row, roles: BTreeMap::new(), years })
    }

    /// Whether the table has a row for every field, not for every row of the form.
    pub(super) fn is_long(&self) -> bool {
        self.roles.contains_key(&Role::Row) && self.roles.contains_key(&Role::Value)
    }

    /// Adds what a second line of the header says, as where years stand under "prognoza".
    pub(super) fn join(&mut self, second: Self) {
        self.row = second.row;
        for (role, column) in second.roles {
            self.roles.entry(role).or_insert(column);
        }
        for year in second.years {
            match self.years.iter_mut().find(|known| known.column == year.column) {
                Some(known) if !matches!(year.said, Said::Nothing) => *known = year,
                Some(_) => {}
                None => self.years.push(year),
            }
        }
        self.years.sort_by_key(|year| year.column);
    }

    /// Finds the columns of row numbers and labels where the header does not name them, by what stands below.
    pub(super) fn complete(&mut self, grid: &Grid) {
        let first_year = self.years.first().map_or(usize::MAX, |year| year.column);
        let taken: Vec<usize> = self.roles.values().copied().collect();
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let mut texts: BTreeMap<usize, usize> = BTreeMap::new();
        for cells in grid.rows_after(self.row).take(200) {
            for (&column, raw) in cells.range(..first_year).filter(|(column, _)| !taken.contains(column)) {
                let counts = if row_number(raw).is_some() { &mut numbers } else { &mut texts };
                *counts.entry(column).or_default() += 1;
            }
        }
        let most = |counts: BTreeMap<usize, usize>| counts.into_iter().max_by_key(|&(_, count)| count);
        for (role, counts) in [(Role::Row, numbers), (Role::Label, texts)] {
            if !self.roles.contains_key(&role)
                && let Some((column, _)) = most(counts)
                && !self.roles.values().any(|&taken| taken == column)
            {
                self.roles.insert(role, column);
            }
        }
    }

    /// Assessed years that the titles speak for, each by its place or by its words.
    pub(super) fn assessed_years(&self) -> Vec<i64> {
        let said = self.years.iter().zip(Column::ALL).filter_map(|(year, place)| match year.said {
            Said::Year(said) => Some(i64::from(said.get()) - place.offset()),
            Said::Column(_) | Said::Nothing => None,
        });
        said.collect()
    }

    /// Which column of the form each column of years is, and what is wrong with its title.
    pub(super) fn assign(&self, columns: &[Column], assessed: Option<Year>) -> Assigned {
        let mut found: BTreeMap<Column, usize> = BTreeMap::new();
        let mut left = Vec::new();
        for (place, year) in self.years.iter().enumerate() {
            let said = match (year.said, assessed) {
                (Said::Column(column), _) => Some(column),
                (Said::Year(said), Some(assessed)) => {
                    Column::at_offset(i64::from(said.get()) - i64::from(assessed.get()))
                }
                (Said::Year(_), None) | (Said::Nothing, _) => None,
            };
            match said {
                Some(column) if !found.contains_key(&column) => {
                    found.insert(column, year.column);
                }
                _ => left.push((place, year)),
            }
        }
        let mut faults = Vec::new();
        for (place, year) in left {
            let column = columns.get(place).copied().filter(|column| !found.contains_key(column));
            if let Some(column) = column {
                found.insert(column, year.column);
            }
            let expected = column.and_then(|column| assessed.map(|assessed| column.year(assessed)));
            faults.push((year.column, Fault::WrongYear { got: year.title.clone(), expected }));
        }
        for &column in columns.iter().filter(|column| !column.is_forecast() && !found.contains_key(column)) {
            faults.push((0, Fault::MissingColumn { column }));
        }
        Assigned { columns: found.into_iter().map(|(column, at)| (at, column)).collect(), faults }
    }
}

/// Columns of the file with the column of the form they are, and faults by column of the file (0: none).
pub(super) struct Assigned {
    pub(super) columns: Vec<(usize, Column)>,
    pub(super) faults: Vec<(usize, Fault)>,
}

impl Said {
    fn of(title: &str) -> Option<Self> {
        title.parse().map(Self::Column).ok().or_else(|| year_in(title).map(Self::Year))
    }
}

/// The one year that a title names: `2014`, `2015 (prognoza)`, `31.XII.2014`.
pub(super) fn year_in(title: &str) -> Option<Year> {
    let numbers = title.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 4);
    let mut years = numbers
        .filter_map(|part| part.parse::<Year>().ok())
        .filter(|year| (1990..2101).contains(&year.get()));
    let year = years.next()?;
    (years.next().is_none() && title.chars().count() < 40).then_some(year)
}

/// The row number that a field is: `12`, `12.`.
pub(super) fn row_number(raw: &Raw) -> Option<u16> {
    let text = raw.text();
    let digits = text.strip_suffix('.').unwrap_or(&text);
    digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(titles: &[&str]) -> BTreeMap<usize, Raw> {
        (1..)
            .zip(titles)
            .filter(|(_, title)| !title.is_empty())
            .map(|(n, title)| (n, Raw::Text((*title).to_owned())))
            .collect()
    }

    type Assigned = (Vec<(usize, Column)>, Vec<(usize, &'static str)>);

    fn assigned(titles: &[&str], year: Option<i64>) -> Assigned {
        let header = Header::of(1, &cells(titles)).unwrap();
        let year = year.map(|year| Year::new(year).unwrap());
        let found = header.assign(&Column::ALL, year);
        (found.columns, found.faults.iter().map(|(at, fault)| (*at, fault.rule())).collect())
    }

    #[test]
    fn years_words_and_offsets_are_columns() {
        for titles in [
            ["Wiersz", "Wyszczególnienie", "2012", "2013", "2014", "2015 (prognoza)", "2016*"],
            ["row", "label", "y_minus_2", "y_minus_1", "assessed_year", "forecast_1", "forecast_2"],
            [
                "Lp.",
                "",
                "Dwa lata przed oceną",
                "Rok przed oceną",
                "Rok oceny",
                "Rok po ocenie",
                "Dwa lata po ocenie",
            ],
        ] {
            let (columns, faults) = assigned(&titles, Some(2014));
            assert_eq!(columns, (3..).zip(Column::ALL).collect::<Vec<_>>(), "{titles:?}");
            assert!(faults.is_empty());
        }
    }

    #[test]
    fn wrong_unreadable_repeated_and_absent_years_are_told() {
        let titles = |third, fourth| ["Wiersz", "2012", "2013", third, fourth, "2016"];
        let (columns, faults) = assigned(&titles("2041", "2015"), Some(2014));
        assert_eq!((columns.len(), faults), (5, vec![(4, "wrong_year")]));
        assert_eq!(assigned(&titles("2o14", "2015"), Some(2014)).1, [(4, "wrong_year")]);
        assert_eq!(assigned(&titles("2013", "2015"), Some(2014)).1, [(4, "wrong_year")]);
        assert_eq!(
            assigned(&["Wiersz", "2013", "2014", "2015", "2016"], Some(2014)).1,
            [(0, "missing_column")]
        );
        let short = assigned(&["Wiersz", "2012", "2013", "2014", "2015"], Some(2014));
        assert_eq!((short.0.len(), short.1.len()), (4, 0), "forms of four columns have one forecast");
    }

    #[test]
    fn rows_of_figures_and_heads_are_no_headers() {
        assert!(Header::of(1, &cells(&["Rok oceny", "2014"])).is_none());
        assert!(Header::of(1, &cells(&["20", "Liczba miejsc", "2012", "2013"])).is_none());
        assert!(Header::of(1, &cells(&["row", "value"])).unwrap().is_long());
        assert_eq!(year_in("stan na 31.XII.2014 r.").map(Year::get), Some(2014));
        assert_eq!(year_in("2014-2015"), None);
        assert_eq!(year_in("12014"), None);
    }
}
