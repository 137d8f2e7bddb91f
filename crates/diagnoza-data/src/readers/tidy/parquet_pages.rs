//! What the pages of a Parquet file claim, checked before they are decoded.
//!
//! The decoder reserves memory for as many values as a page says a run has. A damaged
//! page says exabytes, and memory that is not there ends the process: that cannot be caught.
//! Here every run of levels and dictionary indices, and every count of a delta encoding,
//! is held against the number of values of its page.

use std::io::Cursor;

use polars_buffer::Buffer;
use polars_parquet::parquet::encoding::Encoding;
use polars_parquet::parquet::metadata::ColumnChunkMetadata;
use polars_parquet::parquet::page::{DataPage, split_buffer};
use polars_parquet::parquet::read::{BasicDecompressor, PageReader};

/// Bits of a definition level of a column without nesting.
const LEVEL_BITS: usize = 1;

/// Checks one column of one row group and returns the bytes its pages unpack to.
pub(super) fn check_chunk(
    bytes: &[u8],
    chunk: &ColumnChunkMetadata,
    rows: usize,
    most: u64,
) -> Result<u64, String> {
    let descriptor = &chunk.descriptor().descriptor;
    if descriptor.max_rep_level != 0 || !(0..=1).contains(&descriptor.max_def_level) {
        return Err("a column of lists or structs".to_owned());
    }
    if usize::try_from(chunk.num_values()) != Ok(rows) {
        return Err(format!("{} values for {rows} rows", chunk.num_values()));
    }
    let range = chunk.byte_range();
    let place = usize::try_from(range.start).ok().zip(usize::try_from(range.end).ok());
    let pages = place.and_then(|(start, end)| bytes.get(start..end));
    let pages = pages.ok_or("a column that lies outside the file")?;

    let most_of_a_page = usize::try_from(most).unwrap_or(usize::MAX);
    let reader =
        PageReader::new(Cursor::new(Buffer::from(pages.to_vec())), chunk, Vec::new(), most_of_a_page);
    let mut pages = BasicDecompressor::new(reader, Vec::new());
    let mut unpacked = match pages.read_dict_page().map_err(|error| error.to_string())? {
        Some(dictionary) => dictionary.buffer.len() as u64,
        None => 0,
    };
    let mut values = 0_usize;
    while let Some(page) = pages.next() {
        let page = page.map_err(|error| error.to_string())?;
        values = values.saturating_add(page.num_values());
        if values > rows {
            return Err("pages of more values than rows".to_owned());
        }
        // Refused before room is made for it.
        unpacked = unpacked.saturating_add(page.page().uncompressed_size() as u64);
        if unpacked > most {
            return Ok(unpacked); // the caller says which limit is passed
        }
        let page = page.decompress(&mut pages).map_err(|error| error.to_string())?;
        check_page(&page)?;
        pages.reuse_page_buffer(page);
    }
    if values != rows {
        return Err(format!("pages of {values} values for {rows} rows"));
    }
    Ok(unpacked)
}

fn check_page(page: &DataPage) -> Result<(), String> {
    let count = page.num_values();
    let parts = split_buffer(page).map_err(|error| error.to_string())?;
    if page.descriptor.max_def_level > 0 {
        check_runs(parts.def, LEVEL_BITS, count)?;
    }
    match page.encoding() {
        Encoding::PlainDictionary | Encoding::RleDictionary => match parts.values.split_first() {
            None => Ok(()), // a page of nulls only
            Some((bits, _)) if *bits > 32 => Err(format!("dictionary indices of {bits} bits")),
            Some((bits, indices)) => check_runs(indices, usize::from(*bits), count),
        },
        Encoding::Rle => check_runs(parts.values.get(4..).unwrap_or_default(), LEVEL_BITS, count),
        Encoding::DeltaBinaryPacked | Encoding::DeltaLengthByteArray | Encoding::DeltaByteArray => {
            check_delta(parts.values, count)
        }
        Encoding::Plain | Encoding::BitPacked | Encoding::ByteStreamSplit => Ok(()),
    }
}

/// Runs of the RLE / bit-packed hybrid: a header, then one value for a run of equal ones or
/// groups of eight packed ones. The last group may be filled up past `count`.
fn check_runs(mut bytes: &[u8], bits: usize, count: usize) -> Result<(), String> {
    let mut left = count;
    while left > 0 && !bytes.is_empty() {
        let (header, rest) = varint(bytes).ok_or("a run that is cut off")?;
        let length = header >> 1;
        let size = if header & 1 == 1 {
            if length > left.div_ceil(8) as u64 {
                return Err(format!("a run of {length} groups where {left} values are left"));
            }
            left = left.saturating_sub(length as usize * 8);
            length as usize * bits
        } else {
            if length > left as u64 {
                return Err(format!("a run of {length} values where {left} are left"));
            }
            left -= length as usize;
            bits.div_ceil(8)
        };
        // The last run may be cut short by writers that leave the filling out.
        bytes = rest.get(size..).unwrap_or_default();
    }
    Ok(())
}

/// Head of a delta encoding: block size, miniblocks, number of values.
fn check_delta(bytes: &[u8], count: usize) -> Result<(), String> {
    let cut = "a delta encoding that is cut off";
    let (block, rest) = varint(bytes).ok_or(cut)?;
    let (_, rest) = varint(rest).ok_or(cut)?;
    let (values, _) = varint(rest).ok_or(cut)?;
    if block > 1 << 20 || values > count as u64 {
        return Err(format!("{values} delta values in blocks of {block} where {count} are declared"));
    }
    Ok(())
}

/// An unsigned LEB128 integer and what follows it.
fn varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0_u64;
    for (i, byte) in bytes.iter().enumerate().take(10) {
        value |= u64::from(byte & 0x7f).checked_shl(7 * u32::try_from(i).ok()?)?;
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(i + 1..)?));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_longer_than_their_page_are_refused() {
        assert!(check_runs(&[6, 1], 1, 3).is_ok()); // three times 1
        assert!(check_runs(&[3, 0b101], 1, 3).is_ok()); // one group of eight, three of them meant
        assert!(check_runs(&[8, 1], 1, 3).is_err());
        assert!(check_runs(&[5, 0, 0], 1, 3).is_err());
        let endless = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 1];
        assert!(check_runs(&endless, 1, 3).is_err());
        assert!(check_runs(&[0xff], 1, 3).is_err());
    }

    #[test]
    fn delta_heads_that_claim_more_values_are_refused() {
        assert!(check_delta(&[0x80, 0x01, 4, 3, 0], 3).is_ok());
        assert!(check_delta(&[0x80, 0x01, 4, 4, 0], 3).is_err());
        assert!(check_delta(&[0x80], 3).is_err());
    }
}
