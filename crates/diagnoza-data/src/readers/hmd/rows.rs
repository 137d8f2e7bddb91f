use diagnoza_core::observation::Missing;
use polars::prelude::DataFrame;

use super::span::{self, Ages, Years};
use super::{HmdSex, HmdTable};
use crate::readers::ReadError;
use crate::readers::columns::{column, frame};
use crate::readers::number;
use crate::readers::seen::Seen;
use crate::readers::violations::Violations;

const LIFE_TABLE: [&str; 8] = ["mx", "qx", "ax", "lx", "dx", "Lx", "Tx", "ex"];
const SEXES: [&str; 3] = ["Female", "Male", "Total"];

/// The columns of a file, in order.
pub(super) struct Layout {
    headers: Vec<String>,
    ages: bool,
    cohorts: bool,
    life_table: bool,
}

impl Layout {
    /// The layout a header states, or what was expected.
    pub(super) fn parse(header: &str, table: HmdTable) -> Result<Self, String> {
        // Older editions write m(x) for mx.
        let headers: Vec<String> =
            header.split_whitespace().map(|name| name.replace(['(', ')'], "")).collect();
        let names: Vec<&str> = headers.iter().map(String::as_str).collect();
        let (ages, cohorts, values) = match names.as_slice() {
            ["Year", "Age", "Cohort", values @ ..] => (true, true, values),
            ["Year", "Age", values @ ..] => (true, false, values),
            ["Year", values @ ..] => (false, false, values),
            _ => (false, false, &[][..]),
        };
        let life_table = table == HmdTable::LifeTable;
        let fits = if life_table { values == LIFE_TABLE && ages && !cohorts } else { values == SEXES };
        if !fits {
            let columns =
                if life_table { "Year Age mx qx ax lx dx Lx Tx ex" } else { "Year Age Female Male Total" };
            return Err(format!("the headers '{columns}', as the heading announces"));
        }
        Ok(Self { headers, ages, cohorts, life_table })
    }

    pub(super) const fn is_life_table(&self) -> bool {
        self.life_table
    }

    /// Number of columns before the figures.
    fn lead(&self) -> usize {
        1 + usize::from(self.ages) + usize::from(self.cohorts)
    }
}

/// What stood above the row that is read.
enum Above {
    Header,
    /// A row whose year and age are not known.
    Unreadable,
    Row {
        row: usize,
        year: String,
        ages: Ages,
    },
}

/// The columns of the frame while they grow.
pub(super) struct Rows {
    layout: Layout,
    sexes: Vec<HmdSex>,
    seen: Seen,
    above: Above,
    sex: Vec<&'static str>,
    years: Vec<Years>,
    ages: Vec<Ages>,
    cohort: Vec<Option<i32>>,
    /// Eight for a life table, one for the others.
    values: Vec<Vec<Option<f64>>>,
}

impl Rows {
    pub(super) fn new(layout: Layout, sexes: Vec<HmdSex>) -> Self {
        let width = if layout.life_table { LIFE_TABLE.len() } else { 1 };
        Self {
            layout,
            sexes,
            seen: Seen::default(),
            above: Above::Header,
            sex: Vec::new(),
            years: Vec::new(),
            ages: Vec::new(),
            cohort: Vec::new(),
            values: vec![Vec::new(); width],
        }
    }

    /// Rows of the frame so far.
    pub(super) const fn len(&self) -> usize {
        self.sex.len()
    }

    /// Reads one row of figures.
    pub(super) fn push(&mut self, line: &str, row: usize, violations: &mut Violations) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let (width, lead) = (self.layout.headers.len(), self.layout.lead());
        if cells.len() != width {
            let expected = format!(
                "{width} cells as in the header, found {}: look for a missing figure or a file that was cut off",
                cells.len()
            );
            violations.push(row, "(whole row)", line, expected);
            self.above = Above::Unreadable;
            return;
        }
        let cell = |index: usize| cells.get(index).copied().unwrap_or_default();
        let mut faults = Vec::new();
        let years = span::years(cell(0)).map_err(|why| faults.push((0, why))).ok();
        let everyone = Ages { from: 0, to: None };
        let ages = if self.layout.ages {
            span::ages(cell(1)).map_err(|why| faults.push((1, why))).ok()
        } else {
            Some(everyone)
        };
        let cohort = match (self.layout.cohorts, cell(2)) {
            (false, _) | (true, ".") => Some(None),
            (true, text) => {
                span::years(text).map(|year| Some(year.from)).map_err(|why| faults.push((2, why))).ok()
            }
        };
        let figures: Vec<Option<f64>> = (lead..width)
            .map(|i| {
                let header = self.layout.headers.get(i).map_or("", String::as_str);
                figure(cell(i), header).unwrap_or_else(|why| {
                    faults.push((i, why));
                    None
                })
            })
            .collect();
        for (i, expected) in &faults {
            let header = self.layout.headers.get(*i).map_or("", String::as_str);
            violations.push(row, header, cell(*i), expected.as_str());
        }
        let (Some(years), Some(ages), Some(cohort)) = (years, ages, cohort) else {
            self.above = Above::Unreadable;
            return;
        };
        let key = cells.get(..lead).unwrap_or_default().iter().map(|&text| text.to_owned()).collect();
        if let Some(earlier) = self.seen.insert(key, row) {
            let expected =
                format!("one row per year and age, found the same as row {earlier}: remove one of the two");
            violations.push(row, "(whole row)", line, expected);
            return;
        }
        if self.layout.ages && !self.layout.cohorts {
            self.check_order(cell(0), cell(1), ages, row, violations);
        }
        if faults.is_empty() {
            self.keep(years, ages, cohort, &figures);
        }
    }

    /// The ages of a year begin with 0, follow one another and end with an open one.
    fn check_order(
        &mut self,
        year: &str,
        printed: &str,
        ages: Ages,
        row: usize,
        violations: &mut Violations,
    ) {
        let next = match &self.above {
            Above::Header => Some(0),
            Above::Unreadable => Some(ages.from),
            Above::Row { year: above, ages: last, .. } if above == year => last.to.map(|to| to + 1),
            Above::Row { ages: last, .. } => {
                if last.to.is_some() {
                    let expected = "an open age such as 110+ at the end of the year before: rows are missing";
                    violations.push(row, "Year", year, expected);
                }
                Some(0)
            }
        };
        match next {
            Some(next) if next == ages.from => {}
            Some(next) => violations.push(
                row,
                "Age",
                printed,
                format!("age {next}, which follows the row above: rows are missing or out of order"),
            ),
            None => violations.push(row, "Age", printed, "another year after the open age"),
        }
        self.above = Above::Row { row, year: year.to_owned(), ages };
    }

    /// The last year must be whole as well.
    pub(super) fn close(&self, violations: &mut Violations) {
        if let Above::Row { row, year, ages: Ages { to: Some(to), .. } } = &self.above {
            let expected = format!("ages after {to} up to an open one such as 110+: the file is cut off");
            violations.push(*row, "Year", year, expected);
        }
    }

    fn keep(&mut self, years: Years, ages: Ages, cohort: Option<i32>, figures: &[Option<f64>]) {
        for &sex in &self.sexes {
            self.sex.push(sex.letter());
            self.years.push(years);
            self.ages.push(ages);
            self.cohort.push(cohort);
            let place = HmdSex::ALL.iter().position(|&each| each == sex).unwrap_or_default();
            let first = if self.layout.life_table { 0 } else { place };
            for (values, &figure) in self.values.iter_mut().zip(figures.get(first..).unwrap_or_default()) {
                values.push(figure);
            }
        }
    }

    /// What the caller should know.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut changes: Vec<i32> =
            self.years.iter().filter(|years| years.territory.is_some()).map(|years| years.from).collect();
        changes.dedup();
        changes
            .into_iter()
            .map(|year| {
                format!("the territory changed in {year}: the year has a population before and after")
            })
            .collect()
    }

    pub(super) fn into_frame(self, file: &str, table: HmdTable) -> Result<DataFrame, ReadError> {
        let missing: Vec<Option<&str>> = (0..self.sex.len())
            .map(|row| {
                let gap = self.values.iter().any(|values| values.get(row).copied().flatten().is_none());
                gap.then_some(Missing::NotReported.word())
            })
            .collect();
        let years = |part: fn(&Years) -> i32| self.years.iter().map(part).collect::<Vec<_>>();
        let mut columns = vec![
            column("sex", self.sex),
            column("year", years(|years| years.from)),
            column("year_to", years(|years| years.to)),
        ];
        if table == HmdTable::Population {
            let territory: Vec<Option<&str>> = self.years.iter().map(|years| years.territory).collect();
            columns.push(column("territory", territory));
        }
        if self.layout.ages {
            columns.push(column("age", self.ages.iter().map(|ages| ages.from).collect::<Vec<_>>()));
            columns.push(column("age_to", self.ages.iter().map(|ages| ages.to).collect::<Vec<_>>()));
        }
        if self.layout.cohorts {
            columns.push(column("cohort", self.cohort));
        }
        let names = if self.layout.life_table { &LIFE_TABLE[..] } else { &["value"] };
        columns.extend(names.iter().zip(self.values).map(|(name, values)| column(name, values)));
        columns.push(column("missing", missing));
        frame(file, columns)
    }
}

/// A figure, `None` for `.`, or what was expected.
fn figure(text: &str, header: &str) -> Result<Option<f64>, String> {
    if text == "." {
        return Ok(None);
    }
    let number = number::parse_point(text).map_err(|why| format!("{why}, or '.' for no value"))?;
    if number < 0.0 {
        return Err("a number of at least 0, or '.' for no value".to_owned());
    }
    if header == "qx" && number > 1.0 {
        return Err("a probability, from 0 to 1".to_owned());
    }
    Ok(Some(number))
}
