use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::readers::{Limits, ReadError};

/// The bytes of the text: unpacked if they begin as a gzip file does. No more than the limit is ever held.
pub(super) fn unpacked<'b>(file: &str, bytes: &'b [u8], limits: &Limits) -> Result<Cow<'b, [u8]>, ReadError> {
    if !bytes.starts_with(b"\x1f\x8b") {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut text = Vec::new();
    MultiGzDecoder::new(bytes)
        .take(limits.unpacked_bytes.saturating_add(1))
        .read_to_end(&mut text)
        .map_err(|error| ReadError::Gzip { file: file.to_owned(), why: error.to_string() })?;
    limits.check_unpacked(file, text.len() as u64)?;
    if text.is_empty() {
        return Err(ReadError::Empty { file: file.to_owned() });
    }
    Ok(Cow::Owned(text))
}
