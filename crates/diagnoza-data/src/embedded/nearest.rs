/// The name most like `got`, if fewer than half of its letters differ.
pub(super) fn nearest(got: &str, names: &[String]) -> Option<String> {
    let got = got.trim().to_lowercase();
    let (name, distance) =
        names.iter().map(|name| (name, distance(&got, name))).min_by_key(|&(_, distance)| distance)?;
    (2 * distance < name.chars().count()).then(|| name.clone())
}

/// Number of single-letter insertions, deletions and replacements that turn `a` into `b` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, &to) in row.iter_mut().skip(1).zip(&b) {
            let replaced = diagonal + usize::from(from != to);
            diagonal = *cell;
            left = replaced.min(*cell + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_follow_levenshtein() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("gęś", "ges"), 2);
        assert_eq!(distance("register", "register"), 0);
    }

    #[test]
    fn only_near_names_are_suggested() {
        let names = ["register".to_owned(), "projection_28".to_owned()];
        assert_eq!(nearest("Projection28", &names).as_deref(), Some("projection_28"));
        assert_eq!(nearest("ludność", &names), None);
        assert_eq!(nearest("x", &[]), None);
    }
}
