use std::io::Cursor;

use diagnoza_core::observation::sha256;
use diagnoza_core::territory::Level;
use polars::frame::DataFrame;
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;

use super::files::embedded_file;
use super::manifest::{TableInfo, table_info};
use super::{DataError, tables};

/// The table `name` as a frame.
///
/// Columns, units, source, basis and date stand in [`table_info`].
///
/// ```
/// let register = diagnoza_data::embedded::table("register")?;
/// let info = diagnoza_data::embedded::table_info("register")?;
/// assert_eq!(register.height(), info.rows);
/// let error = diagnoza_data::embedded::table("regster").unwrap_err();
/// assert!(error.to_string().contains("did you mean 'register'?"));
/// # Ok::<(), diagnoza_data::embedded::DataError>(())
/// ```
///
/// # Errors
/// [`DataError::UnknownTable`] for a name that is none, [`DataError::NotAFrame`] for borders,
/// [`DataError::HashMismatch`] if the bytes are not those of the manifest.
pub fn table(name: &str) -> Result<DataFrame, DataError> {
    let info = table_info(name)?;
    if info.file.ends_with(".geojson") {
        return Err(DataError::NotAFrame { name: name.to_owned() });
    }
    ParquetReader::new(Cursor::new(checked(info)?))
        .finish()
        .map_err(|error| DataError::Unreadable { name: name.to_owned(), reason: error.to_string() })
}

/// The file of the table `name`: Parquet (Zstandard), or GeoJSON for borders.
///
/// # Errors
/// As [`table`], borders allowed.
pub fn bytes(name: &str) -> Result<&'static [u8], DataError> {
    checked(table_info(name)?)
}

/// Borders of the powiats or gminas of voivodeship 28 as GeoJSON (WGS 84); every
/// feature has the properties `code` and `name`.
///
/// # Errors
/// [`DataError::NoBorders`] for another level.
pub fn borders(level: Level) -> Result<&'static str, DataError> {
    let name = match level {
        Level::Powiat => "borders_powiaty_28",
        Level::Gmina => "borders_gminy_28",
        Level::Poland | Level::Voivodeship | Level::Subregion => return Err(DataError::NoBorders { level }),
    };
    std::str::from_utf8(bytes(name)?)
        .map_err(|error| DataError::Unreadable { name: name.to_owned(), reason: error.to_string() })
}

/// Checks the hash of every embedded file.
///
/// # Errors
/// The first [`DataError::HashMismatch`] or [`DataError::MissingFile`].
pub fn verify() -> Result<(), DataError> {
    tables()?.iter().try_for_each(|info| checked(info).map(drop))
}

fn checked(info: &TableInfo) -> Result<&'static [u8], DataError> {
    let bytes = embedded_file(&info.file)?;
    check_hash(&info.file, &info.sha256, bytes)?;
    Ok(bytes)
}

fn check_hash(file: &str, expected: &str, bytes: &[u8]) -> Result<(), DataError> {
    let found = sha256(bytes);
    if found == expected {
        return Ok(());
    }
    Err(DataError::HashMismatch { file: file.to_owned(), expected: expected.to_owned(), found })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_is_noticed() {
        // FIPS 180-4: the digest of "abc".
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(check_hash("t", abc, b"abc"), Ok(()));
        assert!(matches!(check_hash("t", abc, b"abd"), Err(DataError::HashMismatch { .. })));
    }

    #[test]
    fn every_file_has_the_hash_of_the_manifest() {
        assert_eq!(verify(), Ok(()));
    }

    #[test]
    fn frames_have_the_columns_and_rows_the_manifest_says() {
        for info in tables().unwrap().iter().filter(|info| info.file.ends_with(".parquet")) {
            let frame = table(&info.name).unwrap();
            assert_eq!(frame.height(), info.rows, "{}", info.name);
            let names: Vec<&str> = info.columns.iter().map(|column| column.name.as_str()).collect();
            let found: Vec<&str> = frame.get_column_names().into_iter().map(|name| name.as_str()).collect();
            assert_eq!(found, names, "{}", info.name);
            for column in &info.columns {
                let nulls = frame.column(&column.name).unwrap().null_count();
                assert_eq!(nulls > 0, column.nullable, "{} {}", info.name, column.name);
            }
        }
    }

    #[test]
    fn projections_lie_in_one_piece() {
        let frame = table("projection_28").unwrap();
        let population = frame.column("population").unwrap().u32().unwrap();
        assert_eq!(population.cont_slice().unwrap().len(), 3 * 21 * 2 * 39 * 91);
    }

    #[test]
    fn wrong_requests_say_what_there_is() {
        assert!(matches!(table("borders_gminy_28"), Err(DataError::NotAFrame { .. })));
        assert_eq!(bytes("borders_gminy_28").unwrap(), borders(Level::Gmina).unwrap().as_bytes());
        for hostile in ["", "../Cargo.toml", "register.parquet", "\0", "REGISTER"] {
            assert!(matches!(table(hostile), Err(DataError::UnknownTable { .. })), "{hostile}");
        }
        let unknown = table("projekcja_28").unwrap_err();
        assert!(unknown.to_string().contains("projection_28, projection_22"), "{unknown}");
        assert!(matches!(borders(Level::Poland), Err(DataError::NoBorders { .. })));
    }
}
