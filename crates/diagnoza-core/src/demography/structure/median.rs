use serde::{Deserialize, Serialize};

use super::{AgeRange, AgeStructure, Sexes, StructureError};

/// How a median age is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MedianMethod {
    /// People are spread evenly over the years of age of the group that holds the
    /// median. With 5-year groups this gives Eurostat's `MEDAGEPOP` to its decimal.
    LinearInGroup,
}

/// The exact age that half of the people have not yet reached.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MedianAge {
    /// Exact age in years; completed age `a` covers `a` to `a + 1`.
    pub years: f64,
    /// The group it was interpolated in: how fine the answer can be.
    pub group: AgeRange,
    /// How it was found.
    pub method: MedianMethod,
}

impl AgeStructure {
    /// Median age by [`MedianMethod::LinearInGroup`].
    ///
    /// # Formula
    /// a + w (N/2 - C(a)) / n: the group that holds the median begins at age a, is
    /// w years wide and has n people; C(a) are younger than a, N are all. If half
    /// the people are exactly younger than a cut, the cut is the median.
    ///
    /// # Errors
    /// [`StructureError::Lacking`] without all ages, [`StructureError::NoPeople`],
    /// [`StructureError::MedianInOpenGroup`].
    #[doc(alias = "mediana wieku")]
    #[doc(alias = "wiek środkowy")]
    pub fn median_age(&self, sexes: Sexes) -> Result<MedianAge, StructureError> {
        let total = self.total(sexes)?;
        if total <= 0.0 {
            return Err(StructureError::NoPeople { sexes });
        }
        let half = total / 2.0;
        let (mut start, mut younger) = (0, 0.0);
        for cut in self.cuts() {
            let below = match self.persons(sexes, AgeRange::between(0, cut)) {
                Ok(below) => below,
                // A cut that only the other sex has, or that nothing joins to age 0.
                Err(StructureError::Lacking { .. }) => continue,
                Err(error) => return Err(error),
            };
            if below >= half {
                return Ok(MedianAge {
                    years: f64::from(start) + f64::from(cut - start) * (half - younger) / (below - younger),
                    group: AgeRange::between(start, cut),
                    method: MedianMethod::LinearInGroup,
                });
            }
            (start, younger) = (cut, below);
        }
        Err(StructureError::MedianInOpenGroup { sexes, ages: AgeRange::open(start) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::AgeScheme;

    fn median(starts: &[u8], counts: &[f64]) -> Result<f64, StructureError> {
        let ages = AgeScheme::from_starts(starts.to_vec()).unwrap();
        let nobody = vec![0.0; counts.len()];
        AgeStructure::from_ages(&ages, counts, &nobody)?.median_age(Sexes::Both).map(|median| median.years)
    }

    #[test]
    fn half_the_people_are_younger_than_the_median() {
        // 10 under 10; the 15th of 30 is a quarter into the 20 of 10-19.
        assert_eq!(median(&[0, 10, 20], &[10.0, 20.0, 0.0]), Ok(12.5));
        // Everybody of one completed age is half a year older on average.
        assert_eq!(median(&[0, 40, 41], &[0.0, 8.0, 0.0]), Ok(40.5));
        assert_eq!(median(&[0, 10, 20], &[5.0, 0.0, 5.0]), Ok(10.0));
    }

    #[test]
    fn a_median_that_cannot_be_told_is_refused() {
        assert_eq!(
            median(&[0, 10], &[1.0, 3.0]).unwrap_err().to_string(),
            "T: the median age lies in the open group 10+: expected counts by narrower groups of ages"
        );
        assert_eq!(median(&[0, 10], &[0.0, 0.0]), Err(StructureError::NoPeople { sexes: Sexes::Both }));
    }
}
