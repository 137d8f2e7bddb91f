//! Time of the cohort-component step beside the limits of the machine it runs on.
//!
//! Criterion shows the time of a whole run and its throughput in area-years (`elem/s`);
//! `benches/run.py` turns both into ns per area x year and prints the table.

#![allow(clippy::unwrap_used, reason = "a bench that cannot build its own input has nothing to measure")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use diagnoza_benches::{machine, synthetic};
use diagnoza_core::demography::calibration::calibrate;
use diagnoza_core::demography::cohort_component::{
    Assumptions, CohortProjection, MigrationTiming, NegativePopulation, project, project_areas, project_into,
};
use diagnoza_core::observation::Sex;
use ndarray::{Array2, Array3, Axis};

/// Areas in the runs; the rates of the largest take half a gigabyte.
const AREAS: [usize; 3] = [1, 100, 5_000];

/// Values of the memory sweeps: 512 MB, far above any cache.
const SWEEP: usize = 64 << 20;

fn limits(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("machine");
    let mut values = vec![1.0; SWEEP];
    let bytes = size_of_val(values.as_slice()) as u64;
    group.throughput(Throughput::BytesDecimal(2 * bytes));
    group.bench_function("read_write", |bencher| {
        bencher.iter(|| machine::read_write_sweep(black_box(&mut values)));
    });
    group.throughput(Throughput::BytesDecimal(bytes));
    group.bench_function("read", |bencher| bencher.iter(|| machine::read_sweep(black_box(&values))));
    let rounds = 10_000;
    group.throughput(Throughput::Elements((2 * machine::CHAINS * rounds) as u64));
    group.bench_function("multiply_add", |bencher| {
        bencher.iter(|| machine::multiply_add(black_box(1.0), black_box(rounds)));
    });
    group.finish();
}

/// Projects every area and drops its result, as a run that keeps only summaries does.
fn project_all<'a>(bases: &[Array2<f64>], rates: impl Iterator<Item = &'a Assumptions>) {
    for (base, rates) in bases.iter().zip(rates) {
        black_box(run(base, rates));
    }
}

fn run(base: &Array2<f64>, rates: &Assumptions) -> CohortProjection {
    project(base.view(), rates, MigrationTiming::End, NegativePopulation::Refuse).unwrap()
}

/// As [`project_all`], each area into the arrays of `runs` in turn: one is used again for all, as many as
/// there are areas keep everything.
fn project_all_into<'a>(
    bases: &[Array2<f64>],
    rates: impl Iterator<Item = &'a Assumptions>,
    runs: &mut [CohortProjection],
) {
    let areas = runs.len();
    for (area, (base, rates)) in bases.iter().zip(rates).enumerate() {
        let run = &mut runs[area % areas];
        project_into(run, base.view(), rates, MigrationTiming::End, NegativePopulation::Refuse).unwrap();
        black_box(run);
    }
}

/// Projects all areas under the same rates and keeps population, births and deaths of every year.
fn fold_all(bases: &Array3<f64>, rates: &Assumptions) -> [[f64; 3]; synthetic::STEPS] {
    let mut kept = [[0.0; 3]; synthetic::STEPS];
    let (timing, negative) = (MigrationTiming::End, NegativePopulation::Refuse);
    project_areas(bases.view(), rates, timing, negative, |block| {
        let lanes = block.areas().len();
        let kept = &mut kept[block.step()];
        for sex in Sex::BOTH {
            let totals = [block.population(sex), block.births(sex), block.deaths(sex)];
            for (kept, totals) in kept.iter_mut().zip(totals) {
                *kept += totals[..lanes].iter().sum::<f64>();
            }
        }
        black_box(block.stock(Sex::Female));
    })
    .unwrap();
    kept
}

fn projection(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("project");
    let shared = synthetic::assumptions(0).unwrap();
    for areas in AREAS {
        let bases: Vec<_> = (0..areas).map(synthetic::base).collect();
        let views: Vec<_> = bases.iter().map(|base| base.view()).collect();
        let stacked = ndarray::stack(Axis(0), &views).unwrap();
        group.throughput(Throughput::Elements((areas * synthetic::STEPS) as u64));
        group.bench_function(BenchmarkId::new("shared_rates_folded", areas), |bencher| {
            bencher.iter(|| black_box(fold_all(black_box(&stacked), &shared)));
        });
        group.bench_function(BenchmarkId::new("shared_rates", areas), |bencher| {
            bencher.iter(|| project_all(&bases, std::iter::repeat(&shared)));
        });
        let mut one = [CohortProjection::room_for(&shared)];
        group.bench_function(BenchmarkId::new("shared_rates_reused", areas), |bencher| {
            bencher.iter(|| project_all_into(&bases, std::iter::repeat(&shared), &mut one));
        });
        let own = synthetic::own_assumptions(areas).unwrap();
        group.bench_function(BenchmarkId::new("own_rates", areas), |bencher| {
            bencher.iter(|| project_all(&bases, own.iter()));
        });
        group.bench_function(BenchmarkId::new("own_rates_reused", areas), |bencher| {
            bencher.iter(|| project_all_into(&bases, own.iter(), &mut one));
        });
        // Written once here, so that the system has given the memory before anything is timed.
        let mut all: Vec<_> = bases.iter().zip(&own).map(|(base, rates)| run(base, rates)).collect();
        group.bench_function(BenchmarkId::new("own_rates_kept", areas), |bencher| {
            bencher.iter(|| project_all_into(&bases, own.iter(), &mut all));
        });
    }
    group.finish();
}

fn beside(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("beside");
    let (area, standards) = synthetic::official().unwrap();
    group.throughput(Throughput::Elements(synthetic::STEPS as u64));
    group.bench_function(BenchmarkId::new("calibrate", 1), |bencher| {
        bencher.iter(|| calibrate(black_box(&area), black_box(&standards)).unwrap());
    });

    let areas = 100;
    let rates = synthetic::assumptions(0).unwrap();
    let runs: Vec<_> = (0..areas).map(|area| run(&synthetic::base(area), &rates)).collect();
    let runs: Vec<_> = runs.iter().collect();
    group.throughput(Throughput::Elements((areas * synthetic::STEPS) as u64));
    group.bench_function(BenchmarkId::new("sum", areas), |bencher| {
        bencher.iter(|| CohortProjection::sum(black_box(&runs)).unwrap());
    });
    group.finish();
}

fn settings() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
}

criterion_group!(name = benches; config = settings(); targets = limits, projection, beside);
criterion_main!(benches);
