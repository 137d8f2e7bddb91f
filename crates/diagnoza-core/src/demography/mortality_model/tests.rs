use std::collections::BTreeMap;

use ndarray::Array2;
use proptest::prelude::*;

use super::*;
use crate::observation::{Sex, Year};

/// Rates that follow the model exactly, with an index that is not a line.
fn exact(ages: &[u8], count: usize, slope: f64) -> (MortalitySurface, Vec<f64>) {
    let years: Vec<Year> = (0..count).map(|t| Year::new(1980 + t as i64).unwrap()).collect();
    let kt: Vec<f64> = (0..count).map(|t| slope * t as f64 + 2.0 * ((t * t) as f64).sin()).collect();
    let bx = |x: usize| (1.5 - x as f64 / ages.len() as f64) / ages.len() as f64;
    let mx = Array2::from_shape_fn((ages.len(), count), |(x, t)| {
        (-9.0 + 0.085 * f64::from(ages[x]) + bx(x) * kt[t]).exp()
    });
    let exposure = Array2::from_shape_fn(mx.dim(), |(x, t)| 1e5 - 500.0 * x as f64 + 100.0 * t as f64);
    let surface = MortalitySurface::new(mx, Some(exposure), ages.to_vec(), years, Some(Sex::Female)).unwrap();
    (surface, kt)
}

fn single() -> Vec<u8> {
    (0..=100).collect()
}

/// Rates with noise that depends on the cell and a number.
fn noisy(noise: u64, count: usize) -> MortalitySurface {
    let (surface, _) = exact(&single(), count, -1.5);
    let mut mx = surface.mx().to_owned();
    for ((x, t), rate) in mx.indexed_iter_mut() {
        let phase = (x as u64 * 7 + t as u64 * 13 + noise * 31 + (x as u64 * t as u64 * noise) % 17) % 23;
        *rate *= (0.01 * (phase as f64 - 11.0)).exp();
    }
    let exposure = surface.exposure().map(|exposure| exposure.to_owned());
    MortalitySurface::new(mx, exposure, single(), surface.years().to_vec(), Some(Sex::Male)).unwrap()
}

const EVERY: [Adjustment; 4] = [Adjustment::None, Adjustment::Dt, Adjustment::Dxt, Adjustment::E0];

#[test]
fn rates_that_follow_the_model_are_recovered_by_every_estimation() {
    let (surface, kt) = exact(&single(), 30, -1.5);
    let models = EVERY.map(LeeCarter::svd).into_iter().chain([LeeCarter::poisson()]);
    for model in models {
        let fitted = model.fit(&surface).unwrap();
        for ((x, t), rate) in surface.mx().indexed_iter() {
            let model = (fitted.ax[x] + fitted.bx[x] * fitted.kt[t]).exp();
            assert!((model / rate - 1.0).abs() < 1e-8, "{:?} {x} {t}", fitted.method);
        }
        assert!((fitted.bx.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // b of the formula adds up to 1 + 1/(2n): k is longer by it, and so is its drift.
        let stretch: f64 = (0..101).map(|x| (1.5 - f64::from(x) / 101.0) / 101.0).sum();
        let drift = (kt[29] - kt[0]) / 29.0 * stretch;
        assert!((fitted.walk.drift - drift).abs() < 1e-6, "{:?}", fitted.method);
        assert!(fitted.explained > 1.0 - 1e-9);
        assert!(fitted.poisson.unwrap().deviance < 1e-8);
    }
}

#[test]
fn the_second_stage_matches_what_it_says() {
    let surface = noisy(3, 25);
    let (mx, exposure) = (surface.mx(), surface.exposure().unwrap());
    let model = |fitted: &FittedLeeCarter| {
        Array2::from_shape_fn(mx.dim(), |(x, t)| (fitted.ax[x] + fitted.bx[x] * fitted.kt[t]).exp())
    };
    let dt = LeeCarter::svd(Adjustment::Dt).fit(&surface).unwrap();
    let deaths = |rates: &Array2<f64>, t: usize| (&rates.column(t) * &exposure.column(t)).sum();
    let dxt = LeeCarter::svd(Adjustment::Dxt).fit(&surface).unwrap();
    let e0 = LeeCarter::svd(Adjustment::E0).fit(&surface).unwrap();
    for t in 0..25 {
        let observed = deaths(&mx.to_owned(), t);
        assert!((deaths(&model(&dt), t) / observed - 1.0).abs() < 1e-11);
        let score: f64 = (0..101)
            .filter(|&x| exposure[[x, t]].ln() + dxt.ax[x] > 0.0)
            .map(|x| dxt.bx[x] * exposure[[x, t]] * (mx[[x, t]] - model(&dxt)[[x, t]]))
            .sum();
        assert!(score.abs() < 1e-9 * observed, "{score}");
        let rule = ExpectancyRule::Demography;
        let of = |column: Vec<f64>| life_expectancy(&column, &single(), Some(Sex::Male), rule).unwrap();
        assert!((of(model(&e0).column(t).to_vec()) - of(mx.column(t).to_vec())).abs() < 1e-9);
    }
}

#[test]
fn poisson_is_the_maximum_of_its_likelihood() {
    let surface = noisy(5, 20);
    let best = LeeCarter::poisson().fit(&surface).unwrap();
    let likelihood = best.poisson.clone().unwrap().log_likelihood;
    for model in EVERY.map(LeeCarter::svd) {
        assert!(model.fit(&surface).unwrap().poisson.unwrap().log_likelihood < likelihood);
    }
    for x in [0, 50, 100] {
        for change in [-1e-3, 1e-3] {
            let (mut ax, mut bx) = (best.ax.clone(), best.bx.clone());
            ax[x] += change;
            let moved = PoissonFit::of(&surface, &ax, &best.bx, &best.kt).unwrap();
            assert!(moved.log_likelihood < likelihood);
            bx[x] += change;
            let moved = PoissonFit::of(&surface, &best.ax, &bx, &best.kt).unwrap();
            assert!(moved.log_likelihood < likelihood);
        }
    }
    assert!(best.kt.iter().sum::<f64>().abs() < 1e-9);
}

#[test]
fn abridged_and_old_ages_can_be_fitted() {
    let abridged: Vec<u8> = [0, 1].into_iter().chain((1..=20).map(|group| 5 * group)).collect();
    let old: Vec<u8> = (55..=89).collect();
    for ages in [abridged, old, vec![80, 81]] {
        let (surface, _) = exact(&ages, 12, -3.0);
        for model in EVERY.map(LeeCarter::svd).into_iter().chain([LeeCarter::poisson()]) {
            assert!(model.fit(&surface).unwrap().walk.drift < 0.0, "{model:?} {ages:?}");
        }
    }
}

#[test]
fn what_cannot_be_fitted_is_refused_with_a_reason() {
    let (surface, _) = exact(&single(), 10, -1.5);
    let years = surface.years().to_vec();
    let made = |mx: Array2<f64>, exposure: Option<Array2<f64>>| {
        MortalitySurface::new(mx, exposure, single(), years.clone(), None).unwrap()
    };
    let mut zero = surface.mx().to_owned();
    zero[[7, 3]] = 0.0;
    let with_zero = made(zero.clone(), Some(Array2::from_elem((101, 10), 1e4)));
    let error = LeeCarter::svd(Adjustment::Dt).fit(&with_zero).unwrap_err();
    assert_eq!(error, MortalityModelError::ZeroRate { age: 7, year: Year::constant(1983) });
    let filled = LeeCarter::svd(Adjustment::Dt).with_zeros(ZeroRates::Interpolate).fit(&with_zero).unwrap();
    assert_eq!(filled.interpolated.len(), 1);
    assert!(LeeCarter::poisson().fit(&with_zero).is_ok());
    let mut last = surface.mx().to_owned();
    last[[7, 9]] = 0.0;
    let last = made(last, Some(Array2::from_elem((101, 10), 1e4)));
    let poisson = LeeCarter::poisson().fit(&last).unwrap();
    let actual = ForecastOptions { jump_off: JumpOff::Actual, ..ForecastOptions::default() };
    let error = poisson.forecast(5, actual).unwrap_err();
    assert_eq!(error, MortalityModelError::ZeroJumpOff { age: 7, year: Year::constant(1989) });
    assert!(poisson.forecast(5, ForecastOptions::default()).is_ok());
    let shorter = FittedLeeCarter { bx: vec![0.5, 0.5], ..poisson };
    let error = shorter.forecast(5, ForecastOptions::default()).unwrap_err();
    assert_eq!(error, MortalityModelError::Length { what: "bx", got: 2, expected: 101 });
    for model in [LeeCarter::svd(Adjustment::Dt), LeeCarter::svd(Adjustment::Dxt), LeeCarter::poisson()] {
        let error = model.fit(&made(surface.mx().to_owned(), None)).unwrap_err();
        assert!(matches!(error, MortalityModelError::ExposureNeeded { .. }), "{error}");
    }
    let constant = made(Array2::from_elem((101, 10), 0.01), Some(Array2::from_elem((101, 10), 1e4)));
    for model in EVERY.map(LeeCarter::svd) {
        assert_eq!(model.fit(&constant), Err(MortalityModelError::NoChange), "{model:?}");
    }
    zero.row_mut(5).fill(0.0);
    let never = made(zero, Some(Array2::from_elem((101, 10), 1e4)));
    assert_eq!(LeeCarter::poisson().fit(&never), Err(MortalityModelError::NoDeathsAtAge { age: 5 }));
    let nobody = made(surface.mx().to_owned(), Some(Array2::zeros((101, 10))));
    for model in [LeeCarter::svd(Adjustment::Dt), LeeCarter::svd(Adjustment::Dxt), LeeCarter::poisson()] {
        assert!(model.fit(&nobody).is_err(), "{model:?}");
    }
    let two = surface.keeping(|year| year.get() < 1982).unwrap();
    assert!(matches!(LeeCarter::default().fit(&two), Err(MortalityModelError::TooFew { got: 2, .. })));
}

#[test]
fn a_forecast_starts_where_it_says() {
    let fitted = LeeCarter::svd(Adjustment::Dt).fit(&noisy(3, 25)).unwrap();
    let forecast =
        |jump_off| fitted.forecast(30, ForecastOptions { jump_off, ..Default::default() }).unwrap();
    let (fit, actual) = (forecast(JumpOff::Fit), forecast(JumpOff::Actual));
    for x in 0..101 {
        let step = (fitted.bx[x] * fitted.walk.drift).exp();
        assert!((actual.mx[[x, 0]] / (fitted.last_mx[x] * step) - 1.0).abs() < 1e-12);
        let fitted_last = (fitted.ax[x] + fitted.bx[x] * fitted.kt[24]).exp();
        assert!((fit.mx[[x, 0]] / (fitted_last * step) - 1.0).abs() < 1e-12);
        assert!(fit.lower[[x, 29]] < fit.mx[[x, 29]] && fit.mx[[x, 29]] < fit.upper[[x, 29]]);
    }
    assert_eq!(fit.years[29], Year::constant(2034));
    let e0 = fit.life_expectancy(ExpectancyRule::Demography).unwrap();
    assert!(e0[29] > e0[0]);
    let text = serde_json::to_string(&fit).unwrap();
    assert_eq!(serde_json::from_str::<MortalityForecast>(&text).unwrap(), fit);
    assert!(fitted.forecast(0, ForecastOptions::default()).is_err());
}

#[test]
fn a_path_is_the_same_however_many_are_drawn() {
    let fitted = LeeCarter::default().fit(&noisy(3, 25)).unwrap();
    let draw = |paths| fitted.simulate(20, paths, 28, JumpOff::Actual, Uncertainty::default()).unwrap();
    let (few, many) = (draw(3), draw(200));
    assert_eq!(few.mx.slice(ndarray::s![2, .., ..]), many.mx.slice(ndarray::s![2, .., ..]));
    let mean = many.kt.column(19).sum() / 200.0;
    let ahead = fitted.walk.forecast(20, 0.8, Uncertainty::default()).unwrap();
    assert!((mean - ahead.mean[19]).abs() < 4.0 * ahead.se[19] / 200.0_f64.sqrt());
    assert!(many.mx.iter().all(|rate| rate.is_finite() && *rate > 0.0));
    let other = fitted.simulate(20, 3, 29, JumpOff::Actual, Uncertainty::default()).unwrap();
    assert_ne!(few.kt, other.kt);
}

fn both_sexes() -> BTreeMap<String, MortalitySurface> {
    [("F", 3), ("M", 8)].map(|(name, noise)| (name.to_owned(), noisy(noise, 25))).into()
}

#[test]
fn populations_of_li_lee_share_their_trend() {
    for deviation in [Deviation::RandomWalk, Deviation::Ar1] {
        for weights in [CommonWeights::Exposure, CommonWeights::Equal] {
            let model = LiLee { deviation, weights, ..LiLee::default() };
            let fitted = model.fit(&both_sexes()).unwrap();
            for population in fitted.populations.values() {
                assert!((population.bx.iter().map(|b| b * b).sum::<f64>() - 1.0).abs() < 1e-12);
                assert!(population.kt.iter().sum::<f64>().abs() < 1e-9);
                assert!(population.explained >= population.explained_common && population.explained <= 1.0);
            }
            let options = ForecastOptions { jump_off: JumpOff::Actual, ..ForecastOptions::default() };
            let ahead = fitted.forecast(100, options).unwrap();
            let (f, m) = (&ahead.populations["F"].mx, &ahead.populations["M"].mx);
            // The ratio of the sexes comes to rest: it changes no more from year 99 to 100.
            for x in [0, 40, 80] {
                let change = (m[[x, 99]] / f[[x, 99]]) / (m[[x, 98]] / f[[x, 98]]);
                assert!((change - 1.0).abs() < 1e-9, "{deviation:?}");
            }
        }
    }
}

#[test]
fn one_population_of_li_lee_is_lee_carter() {
    let one: BTreeMap<String, MortalitySurface> = [("F".to_owned(), noisy(3, 25))].into();
    let fitted = LiLee::default().fit(&one).unwrap();
    let alone = LeeCarter::svd(Adjustment::None).fit(&one["F"]).unwrap();
    for (got, want) in fitted.common.kt.iter().zip(&alone.kt) {
        assert!((got - want).abs() < 1e-9);
    }
    assert!((fitted.populations["F"].explained_common - alone.explained).abs() < 1e-12);
}

#[test]
fn li_lee_paths_do_not_depend_on_the_other_populations_or_on_how_many() {
    let fitted = LiLee::default().fit(&both_sexes()).unwrap();
    let draw = |paths| fitted.simulate(10, paths, 5, JumpOff::Fit, Uncertainty::default()).unwrap();
    let (few, many) = (draw(2), draw(20));
    assert_eq!(few.populations["M"].mx.row_of(1), many.populations["M"].mx.row_of(1));
    assert_eq!(few.common.row(1), many.common.row(1));
    assert_ne!(few.populations["M"].kt, few.populations["F"].kt);
}

trait RowOf {
    fn row_of(&self, path: usize) -> Array2<f64>;
}

impl RowOf for ndarray::Array3<f64> {
    fn row_of(&self, path: usize) -> Array2<f64> {
        self.index_axis(ndarray::Axis(0), path).to_owned()
    }
}

#[test]
fn populations_that_differ_are_named() {
    let mut populations = both_sexes();
    let shorter = populations["M"].keeping(|year| year.get() < 2000).unwrap();
    populations.insert("M".to_owned(), shorter);
    let error = LiLee::default().fit(&populations).unwrap_err();
    assert_eq!(error.to_string(), "M has other years than F: populations of one model share ages and years");
    assert!(LiLee::default().fit(&BTreeMap::new()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// The unit of exposure, and the order in which ages are shared out, change no rate.
    #[test]
    fn exposures_scaled_change_no_parameter(noise in 0_u64..1_000, factor in 0.5_f64..20.0) {
        let surface = noisy(noise, 15);
        let scaled = surface.exposure().map(|exposure| exposure.mapv(|lived| lived * factor));
        let scaled =
            MortalitySurface::new(surface.mx().to_owned(), scaled, single(), surface.years().to_vec(), surface.sex());
        let scaled = scaled.unwrap();
        for model in [LeeCarter::svd(Adjustment::Dt), LeeCarter::poisson()] {
            let (one, other) = (model.fit(&surface).unwrap(), model.fit(&scaled).unwrap());
            for (a, b) in one.kt.iter().zip(&other.kt) {
                prop_assert!((a - b).abs() < 1e-6, "{a} {b}");
            }
        }
    }

    /// All rates higher by the same factor: `a` moves, `b` and `k` stay.
    #[test]
    fn a_higher_level_moves_a_alone(noise in 0_u64..1_000, factor in 0.5_f64..1.5) {
        let surface = noisy(noise, 15);
        let higher = surface.mx().mapv(|rate| rate * factor);
        let higher = MortalitySurface::new(higher, None, single(), surface.years().to_vec(), None).unwrap();
        let model = LeeCarter::svd(Adjustment::None);
        let (one, other) = (model.fit(&surface).unwrap(), model.fit(&higher).unwrap());
        for x in 0..101 {
            prop_assert!((other.ax[x] - one.ax[x] - factor.ln()).abs() < 1e-10);
            prop_assert!((other.bx[x] - one.bx[x]).abs() < 1e-8);
        }
    }
}
