use diagnoza_core::demography::age_quality::{self, MyersRule};
use diagnoza_core::demography::graduation::{
    self as core, EmptyStructure, Graduation, GraduationMethod, GroupTotals, LastGroup, NegativeAges,
    PclmCriterion, PclmSettings,
};
use diagnoza_core::demography::{AgeRange, AgeRangeError};
use pyo3::prelude::*;

use crate::error::Fault;

/// One of the words of a closed choice.
pub(crate) fn choice<T: Copy>(option: &str, got: &str, words: &[(&str, T)]) -> Result<T, Fault> {
    let found = words.iter().find(|(word, _)| *word == got).map(|(_, value)| *value);
    found.ok_or_else(|| Fault::word(option, got, &words.iter().map(|(word, _)| *word).collect::<Vec<_>>()))
}

/// An age, or the fault that says which number is none.
pub(crate) fn age(got: i64) -> Result<u8, Fault> {
    u8::try_from(got).map_err(|_| Fault::input(format!("age {got} is outside 0..130")))
}

/// Ages in completed years.
pub(crate) fn ages(got: Vec<i64>) -> Result<Vec<u8>, Fault> {
    got.into_iter().map(age).collect()
}

fn range((first, last): (i64, i64)) -> Result<AgeRange, Fault> {
    let (first, last) = (age(first)?, age(last)?);
    AgeRange::new(first, Some(last)).map_err(|error: AgeRangeError| Fault::input(error.to_string()))
}

/// Graduates counts by groups of ages; see `diagnoza.graduate`. Returns the record as JSON.
#[pyfunction]
#[pyo3(signature = (counts, starts, *, method, open_group, last_age, structure, empty_structure, negatives, totals,
    exposure, smoothing, criterion))]
#[allow(clippy::too_many_arguments, reason = "keywords of a Python function")]
pub(crate) fn graduate(
    py: Python<'_>,
    counts: Vec<f64>,
    starts: Vec<i64>,
    method: &str,
    open_group: &str,
    last_age: Option<i64>,
    structure: Option<Vec<f64>>,
    empty_structure: &str,
    negatives: &str,
    totals: &str,
    exposure: Option<Vec<f64>>,
    smoothing: Option<f64>,
    criterion: &str,
) -> Result<String, Fault> {
    let open_groups = [("keep", LastGroup::Keep), ("within_structure", LastGroup::WithinStructure)];
    let last_group = match (choice("open_group", open_group, &open_groups)?, last_age) {
        (LastGroup::WithinStructure, Some(_)) => {
            return Err(Fault::input("open_group='within_structure' takes no last_age: give one of them"));
        }
        (open_group, None) => open_group,
        (_, Some(last)) => LastGroup::Until(age(last)?),
    };
    let criterion = choice("criterion", criterion, &PclmCriterion::WORDS)?;
    let spec = Graduation {
        method: choice("method", method, &GraduationMethod::WORDS)?,
        last_group,
        negatives: choice("negatives", negatives, &NegativeAges::WORDS)?,
        totals: choice("totals", totals, &GroupTotals::WORDS)?,
        structure,
        empty_structure: choice("empty_structure", empty_structure, &EmptyStructure::WORDS)?,
        pclm: PclmSettings { lambda: smoothing, criterion, exposure, ..PclmSettings::default() },
    };
    let starts = ages(starts)?;
    let found = py.detach(|| core::graduate(&counts, &starts, &spec))?;
    Ok(serde_json::to_string(&found)?)
}

/// Whipple's index; see `diagnoza.whipple`. Returns the record as JSON.
#[pyfunction]
pub(crate) fn whipple(
    counts: Vec<f64>,
    first: i64,
    digits: Vec<i64>,
    between: (i64, i64),
) -> Result<String, Fault> {
    let digits: Vec<u8> = digits.into_iter().map(|digit| u8::try_from(digit).unwrap_or(u8::MAX)).collect();
    Ok(serde_json::to_string(&age_quality::whipple(&counts, age(first)?, &digits, range(between)?)?)?)
}

/// Myers' blended index; see `diagnoza.myers`. Returns the record as JSON.
#[pyfunction]
pub(crate) fn myers(counts: Vec<f64>, first: i64, between: (i64, i64), rule: &str) -> Result<String, Fault> {
    let rule = choice("rule", rule, &MyersRule::WORDS)?;
    Ok(serde_json::to_string(&age_quality::myers(&counts, age(first)?, range(between)?, rule)?)?)
}

/// Bachi's index; see `diagnoza.bachi`. Returns the record as JSON.
#[pyfunction]
pub(crate) fn bachi(counts: Vec<f64>, first: i64, between: (i64, i64)) -> Result<String, Fault> {
    Ok(serde_json::to_string(&age_quality::bachi(&counts, age(first)?, range(between)?)?)?)
}
