use ndarray::ArrayView2;

use super::Weights;
use crate::selection::normalise::{MethodError, SortedColumn, check_table};

/// Weights in proportion to the standard deviation of each criterion.
///
/// # Formula
/// `w_j = s_j / sum(s)`, `s_j` the standard deviation of the values as given; the divisor (n or n - 1) cancels.
/// The weights follow the units: give normalised values to be free of them. A constant criterion has the
/// weight 0. Reference: Diakoulaki, Mavrotas, Papayannakis (1995) Computers & Operations Research 22(7).
///
/// # Errors
/// [`MethodError`] for values that are not finite, or only constant criteria.
#[doc(alias = "wagi z odchylenia standardowego")]
pub fn standard_deviation(values: ArrayView2<'_, f64>) -> Result<Weights, MethodError> {
    check_table(values)?;
    let mut spread = Vec::with_capacity(values.ncols());
    for (criterion, column) in values.columns().into_iter().enumerate() {
        let s = SortedColumn::new(column.iter().copied()).standard_deviation(0);
        if !s.is_finite() {
            return Err(MethodError::Magnitude { criterion });
        }
        spread.push(s);
    }
    let none = MethodError::NothingDistinguishes { method: "weighting by standard deviation" };
    Weights::given(&spread).map_err(|_| none)
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn a_constant_weighs_nothing() {
        let found = standard_deviation(array![[1.0, 5.0, 0.0], [3.0, 5.0, 6.0]].view()).unwrap();
        assert_eq!(found.as_slice(), [0.25, 0.0, 0.75]);
        let error = standard_deviation(array![[1.0, 5.0]].view()).unwrap_err();
        assert!(matches!(error, MethodError::NothingDistinguishes { .. }));
    }
}
