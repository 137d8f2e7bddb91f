use ndarray::{Array2, ArrayView2, s};

use super::RegionalForecastError;
use crate::demography::reverse_survival::PublishedGroup;
use crate::demography::root;
use crate::observation::Sex;

/// Net migration by sex and age that leads from the stock expected without it to published counts, `(2, A)`.
///
/// # Method (`published_groups`)
/// The difference of each published group is spread over its ages like the people expected there; what then lacks to
/// the total of the sex falls on the children younger than the first group, like the children expected: above the
/// last group people hardly move.
///
/// `expected (2, A)` survivors and newborn at the end of the year; `groups` published counts; `totals` of the sexes.
///
/// # Errors
/// [`RegionalForecastError::Published`] names sex and ages where the counts cannot be met.
pub fn net_migration_to_published(
    expected: ArrayView2<'_, f64>,
    groups: &[PublishedGroup],
    totals: [f64; 2],
) -> Result<Array2<f64>, RegionalForecastError> {
    let mut moved = Array2::zeros(expected.dim());
    for sex in Sex::BOTH {
        let i = sex.index();
        let known: Vec<&PublishedGroup> = groups.iter().filter(|group| group.sex == sex).collect();
        let mut spread = |from: usize, to: usize, persons: f64| {
            let there = expected.slice(s![i, from..=to]);
            let people = there.sum();
            if !(people > 0.0 && persons >= -people) {
                return Err(RegionalForecastError::Published { sex, from, to, expected: people, persons });
            }
            moved.slice_mut(s![i, from..=to]).assign(&(&there * (persons / people)));
            Ok(())
        };
        for group in &known {
            if group.to >= expected.ncols() || group.from > group.to {
                let (from, to) = (group.from, group.to);
                return Err(RegionalForecastError::Published {
                    sex,
                    from,
                    to,
                    expected: 0.0,
                    persons: group.persons,
                });
            }
            let people = expected.slice(s![i, group.from..=group.to]).sum();
            spread(group.from, group.to, group.persons - people)?;
        }
        let published: f64 = known.iter().map(|group| group.persons).sum();
        let within: f64 = known.iter().map(|group| expected.slice(s![i, group.from..=group.to]).sum()).sum();
        let lacking = (totals[i] - published) - (expected.row(i).sum() - within);
        let first = known.iter().map(|group| group.from).min().unwrap_or(expected.ncols());
        if first == 0 {
            return Err(RegionalForecastError::Published {
                sex,
                from: 0,
                to: 0,
                expected: 0.0,
                persons: lacking,
            });
        }
        spread(0, first - 1, lacking)?;
    }
    Ok(moved)
}

/// The factor on all death rates with which a stock has the deaths published.
///
/// # Formula
/// `S'(a) = S(a)^k`, `k` such that `sum P(a) (1 - S'(a))` and the deaths of the newborn add to `deaths`.
///
/// `stock (2, A)`, `survival (2, A+1)` birth first.
///
/// # Errors
/// [`RegionalForecastError::Deaths`] when no factor between 1/50 and 50 gives them.
pub fn mortality_factor(
    stock: ArrayView2<'_, f64>,
    births: f64,
    sex_ratio_at_birth: f64,
    survival: ArrayView2<'_, f64>,
    deaths: f64,
) -> Result<f64, RegionalForecastError> {
    let girls = births / (1.0 + sex_ratio_at_birth);
    let mut at_risk = Array2::zeros(survival.dim());
    at_risk.slice_mut(s![.., 1..]).assign(&stock);
    at_risk[[0, 0]] = girls;
    at_risk[[1, 0]] = births - girls;
    let scaled = |log_factor: f64| survival.mapv(|ratio| ratio.powf(log_factor.exp()));
    let died = |log_factor: f64| (&at_risk * &scaled(log_factor).mapv(|ratio| 1.0 - ratio)).sum();
    let limit = 50f64.ln();
    root::find(|log_factor| died(log_factor) - deaths, -limit, limit, 1e-12)
        .map(f64::exp)
        .ok_or(RegionalForecastError::Deaths { published: deaths, expected: died(0.0) })
}

#[cfg(test)]
mod tests {
    use ndarray::{Axis, arr2};

    use super::*;

    #[test]
    fn published_groups_and_totals_are_met_exactly() {
        let expected = arr2(&[[10.0, 20.0, 30.0, 40.0], [11.0, 21.0, 31.0, 41.0]]);
        let group = |sex, persons| PublishedGroup { sex, from: 1, to: 2, persons };
        let groups = [group(Sex::Female, 55.0), group(Sex::Male, 49.0)];
        let moved = net_migration_to_published(expected.view(), &groups, [103.0, 100.0]).unwrap();
        let stock = &expected + &moved;
        assert!((stock.slice(s![0, 1..=2]).sum() - 55.0).abs() < 1e-12);
        assert!((stock.slice(s![1, 1..=2]).sum() - 49.0).abs() < 1e-12);
        let totals = stock.sum_axis(Axis(1));
        assert!((totals[0] - 103.0).abs() < 1e-12 && (totals[1] - 100.0).abs() < 1e-12);
        // The old do not move.
        assert_eq!(moved.column(3).to_vec(), [0.0, 0.0]);
    }

    #[test]
    fn counts_that_cannot_be_met_are_refused() {
        let expected = arr2(&[[1.0, 20.0, 30.0], [1.0, 20.0, 30.0]]);
        let groups = Sex::BOTH.map(|sex| PublishedGroup { sex, from: 1, to: 1, persons: 40.0 });
        let error = net_migration_to_published(expected.view(), &groups, [60.0, 60.0]).unwrap_err();
        assert!(matches!(error, RegionalForecastError::Published { from: 0, to: 0, .. }), "{error}");
        let beyond = Sex::BOTH.map(|sex| PublishedGroup { sex, from: 2, to: 9, persons: 40.0 });
        assert!(net_migration_to_published(expected.view(), &beyond, [60.0, 60.0]).is_err());
    }
}
