use csv::StringRecord;

use super::values::Values;
use super::{Schema, Table, TidyOptions};
use crate::readers::ReadError;
use crate::readers::delimited::Delimited;
use crate::readers::encoding::decode;
use crate::readers::violations::Violations;

pub(super) fn read(
    name: &str,
    bytes: &[u8],
    schema: &Schema,
    options: &TidyOptions,
    mut violations: Violations,
) -> Result<Table, ReadError> {
    let (text, encoding) = decode(name, bytes, options.encoding)?;
    let mut table = Delimited::open(name, &text, options.delimiter, &options.limits)?;
    let places = schema.places(&table.header, table.header_row, &mut violations);
    let mut values = Values::new(schema, options.decimal);
    let mut record = StringRecord::new();
    let mut any = false;
    while let Some(row) = table.next(&mut record, &mut violations)? {
        any = true;
        let cells = places.iter().map(|place| place.and_then(|place| record.get(place)));
        values.push(row, cells, &mut violations);
    }
    violations.into_result()?;
    if !any {
        return Err(table.no_rows());
    }
    Ok(Table {
        frame: values.into_frame(name)?,
        delimiter: Some(table.delimiter),
        encoding: Some(encoding),
        ignored: schema.ignored(&table.header),
    })
}
