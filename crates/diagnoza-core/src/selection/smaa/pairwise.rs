use ndarray::{Array2, ArrayView2};

use super::{WeightDraws, by_criterion, scores};
use crate::progress::{Progress, tell};
use crate::selection::normalise::MethodError;

/// Share of draws in which the row has a higher score than the column; exact ties count for neither.
///
/// Time grows with the square of the alternatives: 10,000 draws of 183 gminas take well under a second, of all
/// 2,477 many seconds.
///
/// # Errors
/// [`MethodError`] names what does not fit, or is `Interrupted`.
#[doc(alias = "pairwise winning index")]
pub fn pairwise_winning(
    values: ArrayView2<'_, f64>,
    draws: &WeightDraws,
    progress: &Progress<'_>,
) -> Result<Array2<f64>, MethodError> {
    let columns = by_criterion(values, draws)?;
    let (m, n) = columns.dim();
    let mut wins = Array2::<u32>::zeros((n, n));
    let (mut weights, mut score) = (vec![0.0; m], vec![0.0; n]);
    for draw in 0..draws.draws() {
        tell(progress, draw, draws.draws())?;
        draws.fill(draw, &mut weights);
        scores(&columns, &weights, &mut score);
        for (mut row, own) in wins.rows_mut().into_iter().zip(&score) {
            row.iter_mut().zip(&score).for_each(|(wins, other)| *wins += u32::from(own > other));
        }
    }
    Ok(wins.mapv(|wins| f64::from(wins) / draws.draws() as f64))
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::progress::unwatched;

    #[test]
    fn equals_win_neither() {
        let values = array![[1.0, 1.0], [1.0, 1.0], [0.0, 0.5]];
        let found =
            pairwise_winning(values.view(), &WeightDraws::uniform(2, 50, 1).unwrap(), &unwatched).unwrap();
        assert_eq!(found, array![[0.0, 0.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]);
    }
}
