use diagnoza_core::observation::{Age, Year};

/// A year, or an interval of years, and the side of a change of territory it is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Years {
    pub(super) from: i32,
    pub(super) to: i32,
    pub(super) territory: Option<&'static str>,
}

/// An age group; `to` is `None` where it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ages {
    pub(super) from: i32,
    pub(super) to: Option<i32>,
}

/// `1958`, `1990-1994`, or `1959-` and `1959+` on the two sides of a change of territory.
pub(super) fn years(text: &str) -> Result<Years, String> {
    let year = |part: &str| -> Result<i32, String> {
        let digits = part.bytes().all(|b| b.is_ascii_digit());
        let year = digits.then(|| part.parse::<Year>().ok()).flatten();
        year.map(|year| i32::from(year.get())).ok_or_else(|| {
            "a year such as 1958, an interval such as 1990-1994, or 1959- and 1959+ around a change of territory"
                .to_owned()
        })
    };
    if let Some(part) = text.strip_suffix('+') {
        let year = year(part)?;
        return Ok(Years { from: year, to: year, territory: Some("after_change") });
    }
    match text.split_once('-') {
        None => year(text).map(|year| Years { from: year, to: year, territory: None }),
        Some((part, "")) => {
            let year = year(part)?;
            Ok(Years { from: year, to: year, territory: Some("before_change") })
        }
        Some((first, last)) => {
            let (from, to) = (year(first)?, year(last)?);
            if from > to {
                return Err("an interval that ends after it begins".to_owned());
            }
            Ok(Years { from, to, territory: None })
        }
    }
}

/// `0`, `1-4`, `110+`.
pub(super) fn ages(text: &str) -> Result<Ages, String> {
    let age = |part: &str| -> Result<i32, String> {
        let digits = part.bytes().all(|b| b.is_ascii_digit());
        let age = digits.then(|| part.parse::<Age>().ok()).flatten();
        age.map(|age| i32::from(age.get()))
            .ok_or_else(|| "an age such as 7, a group such as 5-9, or 110+".to_owned())
    };
    if let Some(part) = text.strip_suffix('+') {
        return Ok(Ages { from: age(part)?, to: None });
    }
    let (from, to) = match text.split_once('-') {
        Some((first, last)) => (age(first)?, age(last)?),
        None => (age(text)?, age(text)?),
    };
    if from > to {
        return Err("a group that ends after it begins".to_owned());
    }
    Ok(Ages { from, to: Some(to) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_ages_of_the_hmd_are_read() {
        assert_eq!(years("1958"), Ok(Years { from: 1958, to: 1958, territory: None }));
        assert_eq!(years("1990-1994"), Ok(Years { from: 1990, to: 1994, territory: None }));
        assert_eq!(years("1959-").unwrap().territory, Some("before_change"));
        assert_eq!(years("1959+").unwrap().territory, Some("after_change"));
        assert_eq!(ages("0"), Ok(Ages { from: 0, to: Some(0) }));
        assert_eq!(ages("1-4"), Ok(Ages { from: 1, to: Some(4) }));
        assert_eq!(ages("110+"), Ok(Ages { from: 110, to: None }));
    }

    #[test]
    fn others_are_refused() {
        for text in ["", "-", "+", "19", "1994-1990", "1990-94", "1990--", "+1990", "1990-1994-", "x", "1e3"]
        {
            assert!(years(text).is_err(), "{text}");
        }
        for text in ["", "-1", "+", "9-5", "131", "1-4-", "++", "x", "110++", "1.5"] {
            assert!(ages(text).is_err(), "{text}");
        }
    }
}
