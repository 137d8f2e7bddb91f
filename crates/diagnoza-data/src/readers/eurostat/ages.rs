use diagnoza_core::observation::Age;

/// First and last age of a code of Eurostat's list `AGE`; the last is `None` where the group is open.
/// `None` for codes that are no group of completed years: `UNK`, `Y_OPEN`, months.
pub(super) fn limits(code: &str) -> Option<(i32, Option<i32>)> {
    let age = |text: &str| -> Option<i32> {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<Age>().ok()).flatten().map(|age| i32::from(age.get()))
    };
    if code == "TOTAL" {
        return Some((0, None));
    }
    let group = code.strip_prefix('Y')?;
    if let Some(text) = group.strip_prefix("_LT") {
        return age(text).filter(|&age| age > 0).map(|age| (0, Some(age - 1)));
    }
    if let Some(text) = group.strip_prefix("_LE") {
        return age(text).map(|age| (0, Some(age)));
    }
    if let Some(text) = group.strip_prefix("_GE") {
        return age(text).map(|age| (age, None));
    }
    if let Some(text) = group.strip_prefix("_GT") {
        return age(text).map(|age| (age + 1, None));
    }
    let (first, last) = match group.split_once('-') {
        Some((first, last)) => (age(first)?, age(last)?),
        None => (age(group)?, age(group)?),
    };
    (first <= last).then_some((first, Some(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_eurostat_are_ages() {
        for (code, from, to) in [
            ("TOTAL", 0, None),
            ("Y_LT1", 0, Some(0)),
            ("Y_LT5", 0, Some(4)),
            ("Y_LE14", 0, Some(14)),
            ("Y5-9", 5, Some(9)),
            ("Y1", 1, Some(1)),
            ("Y0", 0, Some(0)),
            ("Y15-64", 15, Some(64)),
            ("Y85-89", 85, Some(89)),
            ("Y_GE85", 85, None),
            ("Y_GT65", 66, None),
        ] {
            assert_eq!(limits(code), Some((from, to)), "{code}");
        }
        for code in
            ["UNK", "Y_OPEN", "", "Y", "Y-", "Y9-5", "Y_LT0", "Y_LT", "Y200", "Y5-", "M0-11", "y5", "Y+5"]
        {
            assert_eq!(limits(code), None, "{code}");
        }
    }
}
