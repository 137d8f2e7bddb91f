//! Time of fitting and using Lee-Carter on 101 ages x 57 years; `benches/run.py` puts NumPy beside it.

#![allow(clippy::unwrap_used, reason = "a bench that cannot build its own input has nothing to measure")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use diagnoza_benches::synthetic;
use diagnoza_core::demography::mortality_model::{
    Adjustment, ForecastOptions, JumpOff, LeeCarter, Uncertainty,
};

fn fits(criterion: &mut Criterion) {
    let surface = synthetic::surface().unwrap();
    let mut group = criterion.benchmark_group("lee_carter");
    group.throughput(Throughput::Elements(1));
    for (name, model) in [
        ("none", LeeCarter::svd(Adjustment::None)),
        ("dt", LeeCarter::svd(Adjustment::Dt)),
        ("dxt", LeeCarter::svd(Adjustment::Dxt)),
        ("e0", LeeCarter::svd(Adjustment::E0)),
        ("poisson", LeeCarter::poisson()),
    ] {
        group.bench_function(name, |bencher| bencher.iter(|| model.fit(black_box(&surface)).unwrap()));
    }
    let fitted = LeeCarter::default().fit(&surface).unwrap();
    group.bench_function("forecast_31", |bencher| {
        bencher.iter(|| black_box(&fitted).forecast(31, ForecastOptions::default()).unwrap());
    });
    group.bench_function("paths_100_x_31", |bencher| {
        let simulate = || fitted.simulate(31, 100, black_box(1), JumpOff::Actual, Uncertainty::default());
        bencher.iter(|| simulate().unwrap());
    });
    group.finish();
}

fn settings() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
}

criterion_group!(name = benches; config = settings(); targets = fits);
criterion_main!(benches);
