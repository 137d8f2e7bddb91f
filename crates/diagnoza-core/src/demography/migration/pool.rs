//! The internal migration pool: what leaves the areas of a closed set arrives in them.
//!
//! # Formula
//! For each sex and age, over the areas `i` of the set:
//! ```text
//! departures     d(i) = P(i) o(i)             o out-rate, P population at risk
//! to outside     u(i) = d(i) v(i)             v share of departures that leave the set, 0 when closed
//! into the pool  p(i) = d(i) - u(i)
//! shared:          a(j) = s(j) sum p(i)                        s in-shares, their sum 1
//! exclude_origin:  a(j) = s(j) sum over i != j of p(i) / (1 - s(i))
//! ```
//! so that `sum a(j) = sum p(i)`. The last bits that rounding would lose go to the largest receiver: the
//! sums, taken in the order of the areas, are equal.
//!
//! # Which moves
//! Statistics Poland counts internal moves between gminas, those inside a powiat included. A pool of powiats
//! fed with these counts must be `shared`: part of an area's departures return to it, as moves
//! inside the powiat do, and cancel in its net. `exclude_origin` is for out-rates of moves
//! *between* the areas of the set only. Moves to the rest of the country are `outside`, not part of the pool.
//!
//! # Reference
//! Rogers (1990), *Requiem for the net migrant*; Wilson & Bell (2004), *Comparative empirical
//! evaluations of internal migration models in subnational population projections* (migrant pool).

use ndarray::{Array3, ArrayView3};
use serde::{Deserialize, Serialize};

use super::{MigrationError, check};

/// Whether movers may arrive where they left; see the module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PoolRule {
    /// Everybody in the pool goes to every area by its in-share.
    #[default]
    Shared,
    /// Nobody returns to the area of departure.
    ExcludeOrigin,
}

impl PoolRule {
    /// The word in results.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::ExcludeOrigin => "exclude_origin",
        }
    }
}

/// Moves over the border of the set; nothing by default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outside {
    /// Share of each area's departures that leave the set, `(areas, 2, A)`.
    pub departure_share: Option<Array3<f64>>,
    /// Arrivals from outside the set, persons, `(areas, 2, A)`.
    pub arrivals: Option<Array3<f64>>,
}

/// Moves of the areas of a set, all `(areas, 2, A)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PoolMoves {
    /// Departures into the pool.
    pub into_pool: Array3<f64>,
    /// Arrivals from the pool; their sum over the areas is that of `into_pool`.
    pub from_pool: Array3<f64>,
    /// Departures to the outside.
    pub to_outside: Array3<f64>,
    /// Arrivals from the outside.
    pub from_outside: Array3<f64>,
    /// Whether movers may arrive where they left.
    pub rule: PoolRule,
}

impl PoolMoves {
    /// All departures.
    #[must_use]
    pub fn departures(&self) -> Array3<f64> {
        &self.into_pool + &self.to_outside
    }

    /// All arrivals.
    #[must_use]
    pub fn arrivals(&self) -> Array3<f64> {
        &self.from_pool + &self.from_outside
    }

    /// Arrivals less departures.
    #[must_use]
    pub fn net(&self) -> Array3<f64> {
        (&self.from_pool - &self.into_pool) + (&self.from_outside - &self.to_outside)
    }
}

/// In-shares by area from observed arrivals, `(areas, 2, A)`: each sex and age adds to 1, or to 0 where nobody
/// arrived.
///
/// # Errors
/// [`MigrationError`]: shape, values.
pub fn in_shares(arrivals: ArrayView3<'_, f64>) -> Result<Array3<f64>, MigrationError> {
    let (areas, _, ages) = arrivals.dim();
    check::shape("arrivals", arrivals.shape(), &[areas.max(1), 2, ages.max(1)])?;
    check::by_axis("arrivals", "area", arrivals, |count| count >= 0.0, "zero or more arrivals")?;
    let mut shares = arrivals.to_owned();
    for mut cell in shares.lanes_mut(ndarray::Axis(0)) {
        let total = cell.sum();
        if total > 0.0 {
            cell /= total;
        }
    }
    Ok(shares)
}

/// Departures of a set of areas and where in the set they arrive.
///
/// `population`, `out_rates` (moves per person, 0 to 1) and `in_shares`: `(areas, 2, A)`.
///
/// ```
/// use diagnoza_core::demography::migration::{Outside, PoolRule, migration_pool};
/// use ndarray::arr3;
/// let population = arr3(&[[[100.0], [100.0]], [[300.0], [300.0]]]);
/// let rates = arr3(&[[[0.1], [0.1]], [[0.1], [0.1]]]);
/// let shares = arr3(&[[[0.25], [0.5]], [[0.75], [0.5]]]);
/// let moves = migration_pool(population.view(), rates.view(), shares.view(), &Outside::default(), PoolRule::Shared)?;
/// assert_eq!(moves.from_pool[[0, 0, 0]], 10.0); // a quarter of 10 + 30
/// assert_eq!(moves.net().sum(), 0.0);
/// # Ok::<(), diagnoza_core::demography::migration::MigrationError>(())
/// ```
///
/// # Errors
/// [`MigrationError`]: shapes, values, in-shares that do not add to 1 or are missing where somebody departs.
#[doc(alias = "migracje wewnętrzne")]
pub fn migration_pool(
    population: ArrayView3<'_, f64>,
    out_rates: ArrayView3<'_, f64>,
    in_shares: ArrayView3<'_, f64>,
    outside: &Outside,
    rule: PoolRule,
) -> Result<PoolMoves, MigrationError> {
    let (areas, _, ages) = population.dim();
    let expected = [areas.max(1), 2, ages.max(1)];
    let share = |value: f64| (0.0..=1.0).contains(&value);
    check::shape("population", population.shape(), &expected)?;
    check::by_axis("population", "area", population, |count| count >= 0.0, "zero or more persons")?;
    for (what, array, of) in [
        ("out-rate", out_rates, "moves per person, 0 to 1"),
        ("in-share", in_shares, "a share between 0 and 1"),
    ] {
        check::shape(what, array.shape(), &expected)?;
        check::by_axis(what, "area", array, share, of)?;
    }
    let departures = &population * &out_rates;
    let to_outside = match &outside.departure_share {
        None => Array3::zeros(population.dim()),
        Some(shares) => {
            let what = "share of departures to the outside";
            check::shape(what, shares.shape(), &expected)?;
            check::by_axis(what, "area", shares.view(), share, "a share between 0 and 1")?;
            &departures * shares
        }
    };
    let from_outside = match &outside.arrivals {
        None => Array3::zeros(population.dim()),
        Some(arrivals) => {
            let what = "arrivals from the outside";
            check::shape(what, arrivals.shape(), &expected)?;
            check::by_axis(what, "area", arrivals.view(), |count| count >= 0.0, "zero or more persons")?;
            arrivals.clone()
        }
    };
    let into_pool = departures - &to_outside;
    let mut from_pool = Array3::zeros(population.dim());
    for sex in 0..2 {
        for age in 0..ages {
            let cell = |array: ArrayView3<'_, f64>| -> Vec<f64> {
                (0..areas).map(|area| array[[area, sex, age]]).collect()
            };
            let arrived = arrive(&cell(into_pool.view()), &cell(in_shares), rule, (sex, age))?;
            for (area, count) in arrived.into_iter().enumerate() {
                from_pool[[area, sex, age]] = count;
            }
        }
    }
    Ok(PoolMoves { into_pool, from_pool, to_outside, from_outside, rule })
}

/// Arrivals of one sex and age by area.
fn arrive(
    departures: &[f64],
    shares: &[f64],
    rule: PoolRule,
    (sex, age): (usize, usize),
) -> Result<Vec<f64>, MigrationError> {
    let total: f64 = departures.iter().sum();
    let whole: f64 = shares.iter().sum();
    if total <= 0.0 {
        return Ok(vec![0.0; departures.len()]);
    }
    let nobody = |departures: f64| MigrationError::NobodyArrives { sex: check::sex(sex), age, departures };
    if whole <= 0.0 {
        return Err(nobody(total));
    }
    if (whole - 1.0).abs() > 1e-9 {
        return Err(MigrationError::Shares { sex: check::sex(sex), age, got: whole });
    }
    let mut arrivals = match rule {
        PoolRule::Shared => shares.iter().map(|share| total * (share / whole)).collect::<Vec<f64>>(),
        PoolRule::ExcludeOrigin => {
            // Departures of an area for each unit of in-share elsewhere.
            let mut spread = Vec::with_capacity(departures.len());
            for (origin, &departed) in departures.iter().enumerate() {
                let others = shares.iter().enumerate().filter(|(area, _)| *area != origin);
                let elsewhere: f64 = others.map(|(_, share)| share).sum();
                if departed > 0.0 && elsewhere <= 0.0 {
                    return Err(nobody(departed));
                }
                spread.push(if departed > 0.0 { departed / elsewhere } else { 0.0 });
            }
            let arriving = |area: usize| -> f64 {
                spread.iter().enumerate().filter(|(origin, _)| *origin != area).map(|(_, unit)| unit).sum()
            };
            shares.iter().enumerate().map(|(area, share)| share * arriving(area)).collect()
        }
    };
    settle(&mut arrivals, total);
    Ok(arrivals)
}

/// Gives what rounding lost to the largest receivers until the sum is met to the last bit.
fn settle(arrivals: &mut [f64], total: f64) {
    let mut order: Vec<usize> = (0..arrivals.len()).collect();
    order.sort_by(|a, b| arrivals[*b].total_cmp(&arrivals[*a]));
    for receiver in order.into_iter().take(8) {
        let lost = total - arrivals.iter().sum::<f64>();
        if lost.abs() <= 0.0 {
            return;
        }
        arrivals[receiver] = (arrivals[receiver] + lost).max(0.0);
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Axis, arr3};
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    const SHAPE: (usize, usize, usize) = (6, 2, 4);
    const CELLS: usize = 48;

    proptest! {
        #[test]
        fn arrivals_add_to_departures(
            population in vec(0.0..90_000.0_f64, CELLS),
            rates in vec(0.0..0.4_f64, CELLS),
            arrived in vec(0.001..500.0_f64, CELLS),
            away in vec(0.0..1.0_f64, CELLS),
            exclude in any::<bool>(),
        ) {
            let array = |values: Vec<f64>| Array3::from_shape_vec(SHAPE, values).unwrap();
            let shares = in_shares(array(arrived).view()).unwrap();
            let rule = if exclude { PoolRule::ExcludeOrigin } else { PoolRule::Shared };
            let outside = Outside { departure_share: Some(array(away)), arrivals: None };
            let (population, rates) = (array(population), array(rates));
            let moves = migration_pool(population.view(), rates.view(), shares.view(), &outside, rule).unwrap();
            for (out, back) in moves.into_pool.lanes(Axis(0)).into_iter().zip(moves.from_pool.lanes(Axis(0))) {
                let (out, back): (f64, f64) = (out.iter().sum(), back.iter().sum());
                prop_assert!((out - back).abs() <= 1e-15 * out, "{out} {back}");
            }
            prop_assert!(moves.from_pool.iter().all(|count| *count >= 0.0));
            let difference = moves.departures() - &population * &rates;
            prop_assert!(difference.iter().all(|d| d.abs() < 1e-9));
            // What the areas lose together is what left the set.
            prop_assert!((moves.net().sum() + moves.to_outside.sum()).abs() < 1e-6);
        }
    }

    #[test]
    fn two_areas_that_exclude_the_origin_exchange_their_movers() {
        let population = arr3(&[[[100.0], [50.0]], [[400.0], [80.0]]]);
        let rates = arr3(&[[[0.1], [0.2]], [[0.05], [0.25]]]);
        let shares = arr3(&[[[0.3], [0.9]], [[0.7], [0.1]]]);
        let rule = PoolRule::ExcludeOrigin;
        let moves = migration_pool(population.view(), rates.view(), shares.view(), &Outside::default(), rule)
            .unwrap();
        for sex in 0..2 {
            assert!((moves.from_pool[[0, sex, 0]] - moves.into_pool[[1, sex, 0]]).abs() < 1e-12);
            assert!((moves.from_pool[[1, sex, 0]] - moves.into_pool[[0, sex, 0]]).abs() < 1e-12);
        }
    }

    #[test]
    fn movers_with_nowhere_to_go_are_refused() {
        let ones = Array3::from_elem((2, 2, 1), 1.0);
        let pool = |shares: &Array3<f64>, rule| {
            migration_pool(ones.view(), ones.view(), shares.view(), &Outside::default(), rule).unwrap_err()
        };
        let none = Array3::zeros((2, 2, 1));
        assert!(matches!(pool(&none, PoolRule::Shared), MigrationError::NobodyArrives { .. }));
        assert!(matches!(pool(&ones, PoolRule::Shared), MigrationError::Shares { .. }));
        let one_place = arr3(&[[[1.0], [1.0]], [[0.0], [0.0]]]);
        assert!(matches!(pool(&one_place, PoolRule::ExcludeOrigin), MigrationError::NobodyArrives { .. }));
        let nan = Array3::from_elem((2, 2, 1), f64::NAN);
        assert!(matches!(pool(&nan, PoolRule::Shared), MigrationError::Cell { .. }));
        assert!(in_shares(Array3::zeros((0, 2, 1)).view()).is_err());
        // Nobody departs, so nobody needs to arrive.
        let still =
            migration_pool(ones.view(), none.view(), none.view(), &Outside::default(), PoolRule::Shared);
        assert!(still.unwrap().from_pool.iter().all(|count| count.abs() <= 0.0));
    }
}
