use std::collections::{BTreeMap, BTreeSet};

use diagnoza_core::observation::Missing;
use diagnoza_core::territory::Nuts;
use polars::prelude::{Column, DataFrame};

use super::ages;
use super::cells::Observed;
use crate::readers::ReadError;
use crate::readers::columns::{column, frame};
use crate::readers::violations::shown;

/// Columns of the frame that a dimension must not be called.
const RESERVED: [&str; 7] = ["age_from", "age_to", "period", "year", "value", "flags", "missing"];
/// Codes of Eurostat's list `SEX` that the frame is read by; others are kept and said.
const SEXES: [&str; 3] = ["F", "M", "T"];

/// Codes that a note lists, the rest are counted.
const LISTED: usize = 10;

/// A column of codes that repeat: every code once, and its number in each row.
#[derive(Default)]
struct Codes {
    words: Vec<String>,
    numbers: BTreeMap<String, u32>,
    rows: Vec<u32>,
}

impl Codes {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word.to_owned());
        self.numbers.insert(word.to_owned(), number);
        number
    }

    /// What `of` makes of each row's code, asked once per code.
    fn each<'s, T: Copy + 's>(&'s self, of: impl Fn(&'s str) -> T) -> impl Iterator<Item = Option<T>> + 's {
        let each: Vec<T> = self.words.iter().map(|word| of(word)).collect();
        self.rows.iter().map(move |&number| each.get(number as usize).copied())
    }

    fn column(&self, name: &str) -> Column {
        column(name, self.each(|word| word).collect::<Vec<_>>())
    }

    /// Codes that `odd` marks, with the number of their rows.
    fn counted(&self, odd: impl Fn(&str) -> bool) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for (word, odd) in self.each(|word| (word, odd(word))).flatten() {
            if odd {
                *counts.entry(word).or_default() += 1;
            }
        }
        counts
    }
}

/// The columns of the frame while they grow.
pub(super) struct Rows {
    names: Vec<String>,
    dimensions: Vec<Codes>,
    period: Codes,
    year: Vec<i32>,
    value: Vec<Option<f64>>,
    flags: Codes,
    missing: Vec<Option<&'static str>>,
    contradictory: usize,
}

impl Rows {
    /// Columns for dimensions of these names, or what was expected of the names.
    pub(super) fn new(names: &[&str]) -> Result<Self, String> {
        let names: Vec<String> = names.iter().map(|name| name.trim().to_lowercase()).collect();
        let mut earlier = BTreeSet::new();
        for name in &names {
            if name.is_empty() || !earlier.insert(name) || RESERVED.contains(&name.as_str()) {
                return Err(format!("dimensions with names of their own, found '{}'", shown(name)));
            }
        }
        Ok(Self {
            dimensions: names.iter().map(|_| Codes::default()).collect(),
            names,
            period: Codes::default(),
            year: Vec::new(),
            value: Vec::new(),
            flags: Codes::default(),
            missing: Vec::new(),
            contradictory: 0,
        })
    }

    pub(super) fn dimensions(&self) -> &[String] {
        &self.names
    }

    pub(super) const fn len(&self) -> usize {
        self.year.len()
    }

    /// The codes of a series as numbers, by which it is known again.
    pub(super) fn series(&mut self, codes: &[&str]) -> Vec<u32> {
        self.dimensions.iter_mut().zip(codes).map(|(column, code)| column.number(code)).collect()
    }

    /// A period as a number, to stand behind those of the series.
    pub(super) fn period(&mut self, period: &str) -> u32 {
        self.period.number(period)
    }

    pub(super) fn push(&mut self, series: &[u32], period: u32, year: i32, observed: &Observed) {
        for (column, &number) in self.dimensions.iter_mut().zip(series) {
            column.rows.push(number);
        }
        self.period.rows.push(period);
        self.year.push(year);
        self.value.push(observed.value);
        let flags = self.flags.number(&observed.flags);
        self.flags.rows.push(flags);
        self.missing.push(observed.missing.map(Missing::word));
        self.contradictory += usize::from(observed.is_contradictory());
    }

    fn of(&self, dimension: &str) -> Option<&Codes> {
        let place = self.names.iter().position(|name| name == dimension)?;
        self.dimensions.get(place)
    }

    fn notes(&self) -> Vec<String> {
        let ageless = |code: &str| ages::limits(code).is_none();
        let astray = |code: &str| code.starts_with("PL") && code != "PL" && code.parse::<Nuts>().is_err();
        let mut notes: Vec<String> = [
            self.odd("age", &ageless, "no group of completed years: age_from and age_to are null"),
            self.odd("sex", &|code| !SEXES.contains(&code), "not F, M or T"),
            self.odd("geo", &astray, "no Polish NUTS code"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if self.contradictory > 0 {
            notes.push(format!(
                "numbers beside a flag that says they are confidential, kept: {}",
                self.contradictory
            ));
        }
        notes
    }

    /// A note on the codes of a dimension that are not of the kind expected.
    fn odd(&self, dimension: &str, odd: &dyn Fn(&str) -> bool, why: &str) -> Option<String> {
        let counts = self.of(dimension)?.counted(odd);
        let listed: Vec<String> =
            counts.keys().take(LISTED).map(|code| format!("'{}'", shown(code))).collect();
        let more = match counts.len().saturating_sub(LISTED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let rows: usize = counts.values().sum();
        (rows > 0).then(|| format!("{dimension} {}{more}, kept: {why} (rows: {rows})", listed.join(", ")))
    }

    /// The frame, and what in it could not be interpreted.
    pub(super) fn finish(self, file: &str) -> Result<(DataFrame, Vec<String>), ReadError> {
        let notes = self.notes();
        let mut columns: Vec<Column> =
            self.names.iter().zip(&self.dimensions).map(|(name, codes)| codes.column(name)).collect();
        if let Some(codes) = self.of("age") {
            let limits = || codes.each(ages::limits).map(Option::flatten);
            columns
                .push(column("age_from", limits().map(|age| age.map(|(from, _)| from)).collect::<Vec<_>>()));
            let last = limits().map(|age| age.and_then(|(_, to)| to)).collect::<Vec<_>>();
            columns.push(column("age_to", last));
        }
        columns.push(self.period.column("period"));
        columns.push(column("year", self.year));
        columns.push(column("value", self.value));
        let flags = self.flags.each(|flags| flags).map(|flags| flags.filter(|flags| !flags.is_empty()));
        columns.push(column("flags", flags.collect::<Vec<_>>()));
        columns.push(column("missing", self.missing));
        Ok((frame(file, columns)?, notes))
    }
}
