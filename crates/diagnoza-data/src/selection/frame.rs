use std::collections::BTreeMap;

use diagnoza_core::selection::{Frame, FrameSpec, GminaRow};
use diagnoza_core::territory::{BdlUnitId, Gazetteer, Teryt, UnitId};

use super::SelectionError;
use crate::official::gazetteer;

/// The gminas of a voivodeship in the register of the specification's date.
pub(super) fn frame_of(spec: &FrameSpec) -> Result<Frame, SelectionError> {
    let register = gazetteer()?.on(spec.date);
    let rows = register
        .gminas(spec.voivodeship)?
        .into_iter()
        .filter_map(UnitId::teryt)
        .map(|code| gmina_row(&register, code))
        .collect::<Result<Vec<_>, _>>()?;
    Frame::new(rows).map_err(|source| SelectionError::Table { table: "register".to_owned(), source })
}

/// A gmina with its powiat and, where the register knows them, its subregion: the NUTS code as `subregion`, the
/// digits of BDL's unit ids as `bdl_subregion`.
pub(super) fn gmina_row(register: &Gazetteer, code: Teryt) -> Result<GminaRow, SelectionError> {
    let powiat = code.powiat().map_or(Ok(""), |powiat| register.name(powiat))?.to_owned();
    let subregion = register.subregion_of(code)?;
    let prefix = register.bdl_id(code).ok().and_then(BdlUnitId::prefix);
    let nuts = subregion.map(|unit| ("subregion".to_owned(), unit.to_string()));
    let bdl = prefix.map(|prefix| ("bdl_subregion".to_owned(), prefix.to_string()));
    let strata: BTreeMap<String, String> = nuts.into_iter().chain(bdl).collect();
    Ok(GminaRow { code, name: register.name(code)?.to_owned(), powiat, strata })
}
