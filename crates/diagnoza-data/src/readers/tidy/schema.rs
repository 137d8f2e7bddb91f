use serde::{Deserialize, Serialize};

use crate::readers::ReadError;
use crate::readers::violations::Violations;

/// What a table must look like; read from TOML or JSON or built in code.
///
/// ```
/// use diagnoza_data::readers::tidy::{Kind, Schema};
/// let schema: Schema = serde_json::from_str(
///     r#"{ "columns": [ { "name": "teryt", "kind": "code" },
///                       { "name": "families", "kind": { "number": { "min": 0, "nullable": true } },
///                         "required": false } ],
///          "key": ["teryt"] }"#,
/// )?;
/// assert_eq!(schema.columns[0].kind, Kind::Code);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// The columns, in the order the frame will have.
    pub columns: Vec<Column>,
    /// Columns that together identify a row; empty if rows may repeat.
    #[serde(default)]
    pub key: Vec<String>,
}

/// One declared column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Header in the file and name in the frame.
    pub name: String,
    /// What its cells hold.
    pub kind: Kind,
    /// Whether the column must be there and its cells filled; `true` by default. Numbers
    /// say by `nullable` whether a cell may be empty.
    #[serde(default = "yes")]
    pub required: bool,
}

/// What the cells of a column hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Code of a unit: TERYT or a subregion such as PL623. The frame has the short form, `2816` for `2816000`.
    Code,
    /// A calendar year, 1800 to 2200.
    Year,
    /// An age in completed years; `90+` is read as 90.
    Age,
    /// `F` or `M`.
    Sex,
    /// A finite number.
    Number {
        /// Least value allowed, e.g. 0 for a population.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// Greatest value allowed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
        /// Whether a cell may be empty or hold one of the words for a missing value
        /// (`not_reported`, `below_unit`, `suppressed`, `not_applicable`).
        #[serde(default)]
        nullable: bool,
    },
    /// Any text.
    Text,
}

const fn yes() -> bool {
    true
}

impl Schema {
    /// Refuses a schema that contradicts itself.
    pub(super) fn check(&self) -> Result<(), ReadError> {
        let fault = |why: String| Err(ReadError::Schema { why });
        if self.columns.is_empty() {
            return fault("no columns are declared".to_owned());
        }
        for (i, column) in self.columns.iter().enumerate() {
            let name = &column.name;
            if name.trim() != name || name.is_empty() {
                return fault(format!("column name '{name}' is empty or has spaces around it"));
            }
            let taken =
                |other: &Self, name: &str| {
                    other.columns.iter().take(i).any(|earlier| {
                        earlier.name == name || earlier.missing_name().as_deref() == Some(name)
                    })
                };
            if taken(self, name) || column.missing_name().is_some_and(|missing| taken(self, &missing)) {
                return fault(format!("column '{name}' is declared twice, or is the '_missing' of another"));
            }
            if let Kind::Number { min, max, .. } = &column.kind {
                let finite = [min, max].into_iter().flatten().all(|bound| bound.is_finite());
                if !finite || min.zip(*max).is_some_and(|(min, max)| min > max) {
                    return fault(format!("column '{name}': min and max must be numbers with min <= max"));
                }
            }
        }
        for key in &self.key {
            if !self.columns.iter().any(|column| &column.name == key && column.required) {
                return fault(format!("key column '{key}' is not declared as a required column"));
            }
        }
        Ok(())
    }

    /// Place of each declared column in a file with these headers; `None` for one that is
    /// not there. Missing and doubled headers are noted.
    pub(super) fn places(
        &self,
        header: &[String],
        header_row: usize,
        violations: &mut Violations,
    ) -> Vec<Option<usize>> {
        let mut places = Vec::new();
        for column in &self.columns {
            let name = &column.name;
            let mut found = header.iter().enumerate().filter(|(_, header)| *header == name);
            let place = found.next().map(|(place, _)| place);
            if found.next().is_some() {
                violations.push(header_row, name, name, "one column with this header, found it twice");
            }
            if place.is_none() && column.required {
                let expected = match nearest(name, header) {
                    Some(nearest) => {
                        format!(
                            "a column headed '{name}'; the nearest header is '{nearest}', rename it if it is meant"
                        )
                    }
                    None => format!("a column headed '{name}'"),
                };
                violations.push(header_row, name, &header.join(", "), expected);
            }
            places.push(place);
        }
        places
    }

    /// Headers that are not declared.
    pub(super) fn ignored(&self, header: &[String]) -> Vec<String> {
        let declared = |header: &&String| self.columns.iter().any(|column| &column.name == *header);
        header.iter().filter(|header| !declared(header)).cloned().collect()
    }
}

impl Column {
    /// Name of the column that says why a number is missing.
    pub(super) fn missing_name(&self) -> Option<String> {
        let nullable = matches!(self.kind, Kind::Number { nullable: true, .. });
        let optional = matches!(self.kind, Kind::Number { .. }) && !self.required;
        (nullable || optional).then(|| format!("{}_missing", self.name))
    }
}

/// The header most like `name`, if any is alike at all.
fn nearest<'h>(name: &str, header: &'h [String]) -> Option<&'h str> {
    let name = name.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in header {
        let likeness = strsim::normalized_damerau_levenshtein(&name, &candidate.to_lowercase());
        if likeness >= 0.5 && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, nearest)| nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, kind: Kind) -> Column {
        Column { name: name.to_owned(), kind, required: true }
    }

    #[test]
    fn schemas_read_from_toml() {
        let schema: Schema = toml::from_str(
            r#"
            key = ["teryt"]
            [[columns]]
            name = "teryt"
            kind = "code"
            [[columns]]
            name = "share"
            kind = { number = { min = 0.0, max = 1.0 } }
            required = false
            "#,
        )
        .unwrap();
        assert!(schema.check().is_ok());
        let json = serde_json::to_string(&schema).unwrap();
        assert_eq!(serde_json::from_str::<Schema>(&json).unwrap(), schema);
        assert!(serde_json::from_str::<Schema>(r#"{"columns":[],"keys":[]}"#).is_err());
    }

    #[test]
    fn schemas_that_contradict_themselves_are_refused() {
        let number = |min, max| Kind::Number { min, max, nullable: true };
        let schema =
            |columns, key: &[&str]| Schema { columns, key: key.iter().map(|&key| key.to_owned()).collect() };
        for (wrong, says) in [
            (schema(vec![], &[]), "no columns"),
            (schema(vec![column("a", Kind::Text), column("a", Kind::Age)], &[]), "twice"),
            (
                schema(vec![column("a", number(None, None)), column("a_missing", Kind::Text)], &[]),
                "'_missing' of another",
            ),
            (schema(vec![column("a", number(Some(2.0), Some(1.0)))], &[]), "min <= max"),
            (schema(vec![column("a", number(Some(f64::NAN), None))], &[]), "min <= max"),
            (schema(vec![column("a", Kind::Text)], &["b"]), "key column 'b'"),
            (schema(vec![column(" a", Kind::Text)], &[]), "spaces"),
        ] {
            let message = wrong.check().unwrap_err().to_string();
            assert!(message.contains(says), "{message}");
        }
    }
}
