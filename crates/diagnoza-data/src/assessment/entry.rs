//! What the public indicators are: `indicators.json` beside this file.

use diagnoza_core::observation::{Source, Year};
use diagnoza_core::resources::assessment::{ChangeMeasure, Direction, TableIndicator, ValueKind};
use diagnoza_core::resources::catalogue::indicator;
use diagnoza_core::territory::Teryt;
use serde::Deserialize;

use crate::FigureError;
use crate::embedded::DataError;

/// One public indicator of a voivodeship.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    voivodeship: Teryt,
    /// Id in the table; names and units of an id of the catalogue are the catalogue's.
    pub(super) id: String,
    /// Column of the embedded table, or the computation that gives it.
    pub(super) from: String,
    /// Year of the column.
    pub(super) year: Option<Year>,
    #[serde(default)]
    direction: Direction,
    #[serde(default)]
    kind: ValueKind,
    #[serde(default)]
    change: ChangeMeasure,
    decimals: Option<u8>,
    name_pl: Option<String>,
    name_en: Option<String>,
    unit_pl: Option<String>,
    unit_en: Option<String>,
    #[serde(default)]
    note_pl: String,
    #[serde(default)]
    note_en: String,
}

/// The entries of a voivodeship, in the order in which they are shown.
pub(super) fn entries(voivodeship: Teryt) -> Result<Vec<Entry>, FigureError> {
    let all: Vec<Entry> = serde_json::from_str(include_str!("indicators.json"))
        .map_err(|e| DataError::Unreadable { name: "indicators.json".to_owned(), reason: e.to_string() })?;
    Ok(all.into_iter().filter(|entry| entry.voivodeship == voivodeship).collect())
}

impl Entry {
    /// What the table says of the indicator.
    pub(super) fn indicator(&self, sources: Vec<Source>) -> Result<TableIndicator, FigureError> {
        let mut made = TableIndicator::new(self.id.clone());
        if self.name_pl.is_none() {
            let known = indicator(&self.id)?;
            made.name_pl = known.name_pl.to_owned();
            made.name_en = known.name_en.to_owned();
            made.unit_pl = known.unit_pl.to_owned();
            made.unit_en = known.unit_en.to_owned();
        }
        let given = [&self.name_pl, &self.name_en, &self.unit_pl, &self.unit_en];
        let fields = [&mut made.name_pl, &mut made.name_en, &mut made.unit_pl, &mut made.unit_en];
        for (field, given) in fields.into_iter().zip(given) {
            if let Some(text) = given {
                text.clone_into(field);
            }
        }
        made.direction = self.direction;
        made.kind = self.kind;
        made.change = self.change;
        made.decimals = self.decimals.unwrap_or(1);
        made.note_pl.clone_from(&self.note_pl);
        made.note_en.clone_from(&self.note_en);
        made.sources = sources;
        Ok(made)
    }
}
