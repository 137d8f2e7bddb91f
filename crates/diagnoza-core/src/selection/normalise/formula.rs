//! The eighteen normalisations of clusterSim, all of one form.
//!
//! # Formula
//! `z = (x - centre) / scale`, over the n alternatives; `s` standard deviation (n - 1), `mad` median absolute
//! deviation times 1.4826, `range` = max - min:
//!
//! | | centre | scale | | centre | scale |
//! | --- | --- | --- | --- | --- | --- |
//! | n1 | mean | s | n7 | 0 | range |
//! | n2 | median | mad | n8 | 0 | max |
//! | n3 | mean | range | n9 | 0 | mean |
//! | n3a | median | range | n9a | 0 | median |
//! | n4 | min | range | n10 | 0 | sum |
//! | n5 | mean | largest absolute deviation from the mean | n11 | 0 | root of the sum of squares |
//! | n5a | median | largest absolute deviation from the median | n12 | mean | root of the squares about the mean |
//! | n6 | 0 | s | n12a | median | root of the squares about the median |
//! | n6a | 0 | mad | n13 | (max + min) / 2 | range / 2 |
//!
//! n0 leaves the values as they are. A change of unit `x -> a x` with `a > 0` leaves all but n0 as they are; a
//! shift `x -> x + b` leaves those that subtract (n1 to n5a, n12, n12a, n13) and changes the quotients (n6 to n11).
//! Reference: Walesiak, M., Dudek, A., *clusterSim*, `data.Normalization`; Walesiak (2014) Przegląd Statystyczny 61(4).

use serde::{Deserialize, Serialize};

use super::column::SortedColumn;
use super::{Constant, MethodError, Turning};

/// One of clusterSim's normalisations, by its name there.
#[doc(alias = "formuła normalizacyjna")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the table of the module is the documentation")]
pub enum Formula {
    N0,
    N1,
    N2,
    N3,
    N3a,
    N4,
    N5,
    N5a,
    N6,
    N6a,
    N7,
    N8,
    N9,
    N9a,
    N10,
    N11,
    N12,
    N12a,
    N13,
}

enum Scale {
    One,
    StandardDeviation,
    Mad,
    Range,
    HalfRange,
    LargestDeviation,
    RootOfSquares,
    Divisor(&'static str, f64),
}

impl Formula {
    /// Destimulants and nominants are turned by difference where the formula subtracts a centre, else by quotient.
    #[must_use]
    pub fn turning(self) -> Turning {
        match self {
            Self::N6 | Self::N6a | Self::N7 | Self::N8 | Self::N9 | Self::N9a | Self::N10 | Self::N11 => {
                Turning::Quotient
            }
            _ => Turning::Difference,
        }
    }

    fn centre_and_scale(self, column: &SortedColumn) -> (f64, Scale) {
        match self {
            Self::N0 => (0.0, Scale::One),
            Self::N1 => (column.mean(), Scale::StandardDeviation),
            Self::N2 => (column.median(), Scale::Mad),
            Self::N3 => (column.mean(), Scale::Range),
            Self::N3a => (column.median(), Scale::Range),
            Self::N4 => (column.min(), Scale::Range),
            Self::N5 => (column.mean(), Scale::LargestDeviation),
            Self::N5a => (column.median(), Scale::LargestDeviation),
            Self::N6 => (0.0, Scale::StandardDeviation),
            Self::N6a => (0.0, Scale::Mad),
            Self::N7 => (0.0, Scale::Range),
            Self::N8 => (0.0, Scale::Divisor("maximum", column.max())),
            Self::N9 => (0.0, Scale::Divisor("mean", column.mean())),
            Self::N9a => (0.0, Scale::Divisor("median", column.median())),
            Self::N10 => (0.0, Scale::Divisor("sum", column.sum())),
            Self::N11 => (0.0, Scale::RootOfSquares),
            Self::N12 => (column.mean(), Scale::RootOfSquares),
            Self::N12a => (column.median(), Scale::RootOfSquares),
            Self::N13 => (f64::midpoint(column.min(), column.max()), Scale::HalfRange),
        }
    }

    /// The criterion, already a stimulant, normalised. Where the scale of a constant is 0, every value is what
    /// `constant` says.
    pub(super) fn normalised(
        self,
        values: &[f64],
        criterion: usize,
        constant: Constant,
    ) -> Result<Vec<f64>, MethodError> {
        let column = SortedColumn::new(values.iter().copied());
        let (centre, scale) = self.centre_and_scale(&column);
        let width = match scale {
            Scale::One => 1.0,
            Scale::StandardDeviation => column.standard_deviation(1),
            Scale::Mad => column.mad(),
            Scale::Range => column.range(),
            Scale::HalfRange => column.range() / 2.0,
            Scale::LargestDeviation => column.largest_deviation(centre),
            Scale::RootOfSquares => column.squares_about(centre).sqrt(),
            Scale::Divisor(_, divisor) => divisor,
        };
        if width <= 0.0
            && column.is_constant()
            && (column.min() >= 0.0 || !matches!(scale, Scale::Divisor(..)))
        {
            return Ok(vec![constant.value(criterion, column.min())?; values.len()]);
        }
        match scale {
            _ if !width.is_finite() || !centre.is_finite() => Err(MethodError::Magnitude { criterion }),
            Scale::Mad if width <= 0.0 => Err(MethodError::NoDeviation { criterion }),
            Scale::Divisor(divisor, got) if got <= 0.0 => {
                Err(MethodError::Divisor { criterion, divisor, got })
            }
            _ if width <= 0.0 => Err(MethodError::Magnitude { criterion }),
            _ => Ok(values.iter().map(|x| (x - centre) / width).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(formula: Formula, values: &[f64]) -> Result<Vec<f64>, MethodError> {
        formula.normalised(values, 3, Constant::Half)
    }

    #[test]
    fn a_constant_is_what_the_rule_says_where_the_scale_is_zero() {
        for formula in
            [Formula::N1, Formula::N2, Formula::N4, Formula::N5a, Formula::N7, Formula::N12, Formula::N13]
        {
            assert_eq!(of(formula, &[0.1; 3]).unwrap(), [0.5; 3], "{formula:?}");
        }
        for formula in [Formula::N8, Formula::N9, Formula::N9a] {
            assert_eq!(of(formula, &[0.1; 3]).unwrap(), [1.0; 3], "{formula:?}");
            assert_eq!(of(formula, &[0.0; 3]).unwrap(), [0.5; 3], "{formula:?}");
            assert!(matches!(of(formula, &[-1.0; 3]), Err(MethodError::Divisor { .. })), "{formula:?}");
        }
        let error = Formula::N1.normalised(&[2.0; 2], 3, Constant::Refuse).unwrap_err();
        assert_eq!(error, MethodError::Constant { criterion: 3, value: 2.0 });
    }

    #[test]
    fn a_scale_that_is_none_is_refused_not_divided_by() {
        assert!(matches!(
            of(Formula::N2, &[1.0, 1.0, 1.0, 5.0]),
            Err(MethodError::NoDeviation { criterion: 3 })
        ));
        let error = of(Formula::N9, &[-3.0, 1.0]).unwrap_err();
        assert!(error.to_string().contains("its mean is -1"), "{error}");
        assert!(matches!(of(Formula::N10, &[-1.0, 1.0]), Err(MethodError::Divisor { .. })));
        assert!(matches!(of(Formula::N4, &[-1e308, 1e308]), Err(MethodError::Magnitude { criterion: 3 })));
        assert!(matches!(of(Formula::N1, &[0.0, 1e-200]), Err(MethodError::Magnitude { criterion: 3 })));
    }
}
