//! Ages of a mortality table: where groups start and how wide they are.

use super::MortalityModelError;

/// Widths of the closed groups, in years; the last group is open and has none.
///
/// Single years of age from any age, or abridged groups: 0, 1, 5, 10, ... or multiples of 5.
pub(super) fn closed_widths(ages: &[u8]) -> Result<Vec<f64>, MortalityModelError> {
    if ages.len() < 2 {
        return Err(MortalityModelError::TooFew { what: "ages", got: ages.len(), needed: 2 });
    }
    let single = ages[1].saturating_sub(ages[0]) == 1 && (ages[0] != 0 || ages.get(2) != Some(&5));
    ages.windows(2)
        .map(|pair| {
            let (before, got) = (pair[0], pair[1]);
            let expected = if single || before == 0 && got == 1 {
                before.checked_add(1)
            } else {
                (before / 5 * 5).checked_add(5).filter(|_| before == 1 && ages[0] == 0 || before % 5 == 0)
            };
            match expected {
                Some(expected) if expected == got => Ok(f64::from(got - before)),
                _ => Err(MortalityModelError::Ages { before, got }),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_and_abridged_ages_are_told_apart() {
        assert_eq!(closed_widths(&[0, 1, 2, 3]).unwrap(), [1.0; 3]);
        assert_eq!(closed_widths(&[55, 56, 57]).unwrap(), [1.0; 2]);
        assert_eq!(closed_widths(&[0, 1, 5, 10]).unwrap(), [1.0, 4.0, 5.0]);
        assert_eq!(closed_widths(&[0, 5, 10]).unwrap(), [5.0, 5.0]);
        assert_eq!(closed_widths(&[60, 65, 70]).unwrap(), [5.0, 5.0]);
        assert_eq!(closed_widths(&[0, 1]).unwrap(), [1.0]);
    }

    #[test]
    fn other_ages_are_refused_where_they_break() {
        for (ages, before, got) in [
            (&[0, 1, 2, 5][..], 2, 5),
            (&[0, 1, 5, 6], 5, 6),
            (&[0, 1, 5, 15], 5, 15),
            (&[0, 2, 4], 0, 2),
            (&[3, 8, 13], 3, 8),
            (&[1, 5, 10], 1, 5),
            (&[5, 5], 5, 5),
            (&[255, 255], 255, 255),
        ] {
            assert_eq!(closed_widths(ages), Err(MortalityModelError::Ages { before, got }), "{ages:?}");
        }
        assert!(closed_widths(&[0]).is_err() && closed_widths(&[]).is_err());
    }
}
