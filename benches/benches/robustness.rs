//! Time of the questions about robustness on 116 synthetic gminas, 6 criteria, five places in three strata.

#![allow(clippy::unwrap_used, reason = "a bench that cannot build its own input has nothing to measure")]

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use diagnoza_benches::pilot::{CRITERIA, study};
use diagnoza_core::progress::unwatched;
use diagnoza_core::selection::robustness::{
    ErrorLaw, PerturbationSettings, VariantFamily, acceptability, leave_one_out, perturbation, variants,
};
use diagnoza_core::selection::smaa::WeightDraws;

const DRAWS: usize = 2_000;

fn robustness(criterion: &mut Criterion) {
    let study = study();
    let mut group = criterion.benchmark_group("robustness");
    group.throughput(Throughput::Elements(1));
    let family = VariantFamily::all_of(&study);
    group.bench_function("grid", |bencher| {
        bencher.iter(|| variants(black_box(&study), &family).unwrap());
    });
    let draws = WeightDraws::uniform(CRITERIA, DRAWS, 1).unwrap();
    group.bench_function("acceptability", |bencher| {
        bencher.iter(|| acceptability(black_box(&study), &draws, NonZeroUsize::MIN, &unwatched).unwrap());
    });
    let errors = PerturbationSettings { law: ErrorLaw::Uniform, size: 0.05, draws: DRAWS, seed: 1 };
    group.bench_function("perturbation", |bencher| {
        bencher.iter(|| perturbation(black_box(&study), errors, NonZeroUsize::MIN, &unwatched).unwrap());
    });
    group.bench_function("leave_one_out", |bencher| {
        bencher.iter(|| leave_one_out(black_box(&study)).unwrap());
    });
    group.finish();
}

fn settings() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
}

criterion_group!(name = benches; config = settings(); targets = robustness);
criterion_main!(benches);
