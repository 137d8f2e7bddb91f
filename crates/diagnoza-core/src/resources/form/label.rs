use crate::territory::fold;

/// A label as it is compared: lower case, Polish letters without their marks, only letters and digits.
///
/// ```
/// use diagnoza_core::resources::form::words;
/// assert_eq!(words("  Kobiety — wiek 60 lat i więcej: "), "kobiety wiek 60 lat i wiecej");
/// ```
#[must_use]
pub fn words(label: &str) -> String {
    let plain: String = fold(label).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a label found in a file can be the label `known`.
///
/// The printed form splits labels over group headings (KOBIETY: Wiek 0-17) and adds words before
/// them (w tym), so whole words of one that stand together in the other are enough.
#[must_use]
pub fn same_label(found: &str, known: &str) -> bool {
    let (found, known) = (words(found), words(known));
    let within = |part: &str, whole: &str| format!(" {whole} ").contains(&format!(" {part} "));
    found.is_empty() || within(&found, &known) || within(&known, &found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_agree_over_group_headings_and_disagree_over_ages() {
        assert!(same_label("Wiek 0-17", "Kobiety wiek 0-17"));
        assert!(same_label("Ogółem", "Mieszkańcy ogółem"));
        assert!(same_label("w tym z wiersza 13: Liczba mieszkań socjalnych", "Liczba mieszkań socjalnych"));
        assert!(same_label("MEZCZYZNI ogolem", "Mężczyźni ogółem"));
        assert!(same_label("", "Mężczyźni ogółem"));
        assert!(!same_label("Wiek 18-59", "Mężczyźni wiek 18-64"));
        assert!(!same_label("Kobiety ogółem", "Mężczyźni ogółem"));
        assert!(!same_label("ogół", "Mężczyźni ogółem"));
    }
}
