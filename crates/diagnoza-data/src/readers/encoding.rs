use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::ReadError;
use super::violations::shown;

/// How the characters of a text file are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[serde(rename = "utf-8")]
    Utf8,
    /// Windows-1250, which older Polish spreadsheets save.
    #[serde(rename = "windows-1250")]
    Windows1250,
}

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// The text in `bytes` and the encoding it was read in: the one declared, else
/// UTF-8. Windows-1250 is never guessed, as every sequence of bytes is valid in it.
pub(crate) fn decode<'b>(
    file: &str,
    bytes: &'b [u8],
    declared: Option<Encoding>,
) -> Result<(Cow<'b, str>, Encoding), ReadError> {
    let fault = |byte: usize, why: String| ReadError::Encoding {
        file: file.to_owned(),
        row: row_at(bytes, byte),
        byte,
        why,
    };
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let why = "the file is UTF-16: save it as UTF-8 ('CSV UTF-8' in a spreadsheet)";
        return Err(fault(0, why.to_owned()));
    }
    if let Some(byte) = bytes.iter().position(|&b| b == 0) {
        let why = "a NUL byte: the file is damaged or no text, save it again as CSV in UTF-8";
        return Err(fault(byte, why.to_owned()));
    }
    let marked = bytes.starts_with(UTF8_MARK);
    if declared == Some(Encoding::Windows1250) {
        if marked {
            let why = "the file is marked as UTF-8 but encoding = \"windows-1250\" was declared: \
                       leave the encoding out";
            return Err(fault(0, why.to_owned()));
        }
        let (text, _) = encoding_rs::WINDOWS_1250.decode_without_bom_handling(bytes);
        return Ok((text, Encoding::Windows1250));
    }
    let start = if marked { UTF8_MARK.len() } else { 0 };
    let body = bytes.get(start..).unwrap_or_default();
    match std::str::from_utf8(body) {
        Ok(text) => Ok((Cow::Borrowed(text), Encoding::Utf8)),
        Err(error) => {
            let byte = start + error.valid_up_to();
            let why = format!(
                "not UTF-8; read as Windows-1250 this place is '{}': if that is right, \
                 declare encoding = \"windows-1250\"",
                as_windows_1250(bytes, byte)
            );
            Err(fault(byte, why))
        }
    }
}

/// The cell around `byte` as it reads in Windows-1250.
fn as_windows_1250(bytes: &[u8], byte: usize) -> String {
    let ends = |b: &u8| matches!(b, b',' | b';' | b'\t' | b'\n' | b'\r' | b'"');
    let (before, after) = bytes.split_at_checked(byte).unwrap_or((bytes, b""));
    let start = before.iter().rposition(ends).map_or(0, |at| at + 1);
    let end = byte + after.iter().position(ends).unwrap_or(after.len());
    let cell = bytes.get(start..end).unwrap_or_default();
    let (text, _) = encoding_rs::WINDOWS_1250.decode_without_bom_handling(cell);
    shown(&text)
}

fn row_at(bytes: &[u8], byte: usize) -> usize {
    1 + bytes.iter().take(byte).filter(|&&b| b == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_encoding_is_named_with_the_word_it_would_be() {
        let bytes = b"name,year\nReszel,2022\nMi\xb3om\xb3yn,2022\n"; // "Miłomłyn" in Windows-1250
        let message = decode("gminy.csv", bytes, None).unwrap_err().to_string();
        assert!(message.starts_with("gminy.csv, row 3, byte 24: not UTF-8"), "{message}");
        assert!(message.contains("'Miłomłyn'") && message.contains("windows-1250"), "{message}");
        let (text, encoding) = decode("gminy.csv", bytes, Some(Encoding::Windows1250)).unwrap();
        assert!(text.contains("Miłomłyn") && encoding == Encoding::Windows1250);
    }

    #[test]
    fn marks_are_stripped_or_refused() {
        assert_eq!(decode("a", b"\xef\xbb\xbfx", None).unwrap().0, "x");
        assert!(decode("a", b"\xef\xbb\xbfx", Some(Encoding::Windows1250)).is_err());
        let message = decode("a", b"\xff\xfex\0", None).unwrap_err().to_string();
        assert!(message.contains("UTF-16"), "{message}");
        let message = decode("a", b"x\n1\0", None).unwrap_err().to_string();
        assert!(message.starts_with("a, row 2, byte 3: a NUL byte"), "{message}");
    }
}
