use ndarray::Array1;

use super::TrajectoryError;

/// How the survival ratios of ages 0 to `open`+ follow the time index of a Lee-Carter model by single ages, `(open + 2)`.
///
/// # Formula
/// `b` of birth is `b(0)`; of those aged `a` at the start of a year `(b(a) + b(a+1)) / 2`, as they live half of it at
/// either age; of the open group the mean of `b` weighted by the life table's deaths `l(x) (1 - e^-m(x))` from its first
/// age on. `bx` and `mx` have one value per age from 0, the last age open and beyond `open`.
///
/// # Errors
/// [`TrajectoryError::Shape`] where ages are too few or differ in number.
pub fn age_loading(bx: &[f64], mx: &[f64], open: usize) -> Result<Array1<f64>, TrajectoryError> {
    if bx.len() != mx.len() || bx.len() <= open || open < 1 {
        let expected = vec![mx.len().max(open + 1)];
        return Err(TrajectoryError::Shape { what: "b(x) by age", got: vec![bx.len()], expected });
    }
    let mut loading = Array1::zeros(open + 2);
    loading[0] = bx[0];
    for age in 0..open {
        loading[age + 1] = (bx[age] + bx[age + 1]) / 2.0;
    }
    let (mut alive, mut sum, mut weights) = (1.0, 0.0, 0.0);
    for (b, m) in bx.iter().zip(mx).skip(open) {
        let deaths = alive * (1.0 - (-m).exp());
        sum += b * deaths;
        weights += deaths;
        alive -= deaths;
    }
    loading[open + 1] = if weights > 0.0 { sum / weights } else { bx[open] };
    Ok(loading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_means_and_the_open_group_is_weighted_by_deaths() {
        let (bx, mx) = ([0.4, 0.2, 0.2, 0.1, 0.1], [0.01, 0.001, 0.01, 0.2, 0.6]);
        let loading = age_loading(&bx, &mx, 3).unwrap().to_vec();
        for (found, expected) in loading.iter().zip([0.4, 0.3, 0.2, 0.15, 0.1]) {
            assert!((found - expected).abs() < 1e-12, "{loading:?}");
        }
        assert!(age_loading(&bx, &mx[..4], 3).is_err() && age_loading(&bx, &mx, 5).is_err());
    }
}
