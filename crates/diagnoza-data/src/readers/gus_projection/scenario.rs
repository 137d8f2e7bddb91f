use diagnoza_core::demography::scenario::Baseline;

use super::{ReadError, Sheet, TITLE_ROWS};

/// The scenario the workbook's first sheet states; the caller's where it states none.
pub(super) fn of_workbook(
    file: &str,
    sheets: &[Sheet],
    given: Option<Baseline>,
) -> Result<Baseline, ReadError> {
    let fault = |why: String| ReadError::Setting { file: file.to_owned(), what: "scenario", why };
    let stated = sheets
        .iter()
        .take(1)
        .flat_map(|sheet| sheet.head(TITLE_ROWS + 4))
        .find(|text| text.starts_with("Scenariusz"));
    let Some(stated) = stated else {
        return given.ok_or_else(|| {
            fault("the workbook does not state it: say which it is, main, low or high".to_owned())
        });
    };
    let words = [("główny", Baseline::Main), ("niski", Baseline::Low), ("wysoki", Baseline::High)];
    let read = words.into_iter().find(|(word, _)| stated.contains(word));
    match (read, given) {
        (Some((_, read)), Some(given)) if read != given => {
            Err(fault(format!("the workbook states '{stated}' but {given} was given")))
        }
        (Some((_, read)), _) => Ok(read),
        (None, _) => {
            Err(fault(format!("'{stated}' is none this reader knows: expected główny, niski or wysoki")))
        }
    }
}
